//! `placet resource`: APIs that accept access tokens.

use std::time::Duration;

use clap::{Args, Subcommand};
use serde_json::json;

use super::client::duration;
use super::output::{self, Failure, Output, fields};
use crate::admin::By;
use crate::admin::resources::{self, NewResource, ResourceFields, ResourceView, ScopeRoles};
use crate::config::Config;
use crate::model::resource::Resource;
use crate::model::secret::Secret;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Register an API; with HS256 its secret is printed once
    Add(Add),
    /// Every API
    List,
    /// One API
    Show { uri: String },
    /// Change what is given of an API; an empty text takes a value away
    Update(Update),
    /// Another secret for an API with HS256, printed once; the present one stops at once
    RotateSecret { uri: String },
    /// Remove an API: no new token is for it
    Remove { uri: String },
}

#[derive(Debug, Args)]
pub(super) struct Update {
    uri: String,
    /// What the consent page calls it
    #[arg(long)]
    name: Option<String>,
    /// The scopes that are its own, in place of those that it has: "a b", or repeat
    #[arg(long)]
    scope: Option<Vec<String>>,
    /// ES256, RS256, PS256 or EdDSA
    #[arg(long)]
    alg: Option<String>,
    /// How long its tokens live, such as 30m; "" for tokens.access_ttl
    #[arg(long, value_name = "DURATION")]
    access_ttl: Option<String>,
    /// jwt or opaque
    #[arg(long)]
    format: Option<String>,
    /// People need one of these roles for that scope: notes:write=editor,chief; repeat. In place of all that there are; "" for none
    #[arg(long, value_name = "SCOPE=ROLE,…")]
    scope_role: Option<Vec<String>>,
    /// Which of a person's roles its tokens name: all, own (those in --scope-role) or none
    #[arg(long, value_name = "WHICH")]
    token_roles: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Add {
    /// Its identifier, and the `aud` of its tokens
    uri: String,
    /// What the consent page calls it [default: its URI]
    #[arg(long)]
    name: Option<String>,
    /// The scopes that are its own: "a b", or repeat
    #[arg(long)]
    scope: Vec<String>,
    /// ES256, RS256, PS256, EdDSA, or HS256 with a secret of its own [default: ES256]
    #[arg(long)]
    alg: Option<String>,
    /// How long its tokens live, such as 30m [default: tokens.access_ttl]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    access_ttl: Option<Duration>,
    /// jwt or opaque [default: jwt]
    #[arg(long)]
    format: Option<String>,
    /// People need one of these roles for that scope: notes:write=editor,chief; repeat
    #[arg(long, value_name = "SCOPE=ROLE,…")]
    scope_role: Vec<String>,
    /// Which of a person's roles its tokens name: all, own (those in --scope-role) or none [default: all]
    #[arg(long, value_name = "WHICH")]
    token_roles: Option<String>,
}

pub(super) async fn run(command: Command, config: Config, output: Output) -> Result<(), Failure> {
    let by = By::command_line();
    match command {
        Command::Add(add) => {
            let new = NewResource {
                uri: add.uri,
                name: add.name,
                scope: add.scope.join(" "),
                alg: add.alg,
                access_ttl: add.access_ttl,
                format: add.format,
                scope_roles: scope_roles(&add.scope_role)?,
                token_roles: add.token_roles,
            };
            let made = resources::add(&super::open(config).await?, &by, new).await?;
            print(output, &made.resource, made.secret.as_ref())
        }
        Command::List => {
            let all = resources::list(&super::open(config).await?).await?;
            print_all(output, &all)
        }
        Command::Show { uri } => print(
            output,
            &resources::show(&super::open(config).await?, &uri).await?,
            None,
        ),
        Command::Update(update) => {
            let uri = update.uri.clone();
            let fields = update.fields()?;
            let app = super::open(config).await?;
            let resource = resources::change(&app, &by, &uri, fields).await?;
            print(output, &resource, None)
        }
        Command::RotateSecret { uri } => {
            let app = super::open(config).await?;
            let made = resources::rotate_secret(&app, &by, &uri).await?;
            print(output, &made.resource, made.secret.as_ref())
        }
        Command::Remove { uri } => {
            resources::remove(&super::open(config).await?, &by, &uri).await?;
            output.print(&json!({ "uri": uri, "removed": true }), || {
                format!("removed resource {uri}\n")
            })
        }
    }
}

impl Update {
    fn fields(self) -> Result<ResourceFields, Failure> {
        let access_ttl = match self.access_ttl.as_deref() {
            None => None,
            Some("") => Some(None),
            Some(text) => {
                let ttl = duration(text)
                    .map_err(|fault| Failure::usage(format!("access_ttl: {fault}")))?;
                Some(Some(ttl))
            }
        };
        Ok(ResourceFields {
            name: self.name,
            scope: self.scope.map(|scope| scope.join(" ")),
            alg: self.alg,
            access_ttl,
            format: self.format,
            scope_roles: self.scope_role.as_deref().map(scope_roles).transpose()?,
            token_roles: self.token_roles,
            ..ResourceFields::default()
        })
    }
}

/// `SCOPE=ROLE,ROLE`, any number of times.
fn scope_roles(given: &[String]) -> Result<ScopeRoles, Failure> {
    let mut all = ScopeRoles::new();
    for item in given.iter().filter(|item| !item.is_empty()) {
        let (scope, roles) = item.split_once('=').ok_or_else(|| {
            Failure::usage(format!(
                "scope_roles: {item:?} is not SCOPE=ROLE,ROLE, such as notes:write=editor"
            ))
        })?;
        let roles = roles.split(',').filter(|role| !role.is_empty());
        let known = all.entry(scope.to_owned()).or_default();
        known.extend(roles.map(ToOwned::to_owned));
    }
    Ok(all)
}

/// The same, for people.
fn shown_roles(resource: &Resource) -> Option<String> {
    let shown = resource.scope_roles.iter().map(|(scope, roles)| {
        let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
        format!("{scope}={}", roles.join(","))
    });
    output::joined(&shown.collect::<Vec<_>>(), " ")
}

fn print_all(output: Output, all: &[Resource]) -> Result<(), Failure> {
    let views: Vec<ResourceView<'_>> = all
        .iter()
        .map(|resource| ResourceView::new(resource, None))
        .collect();
    output.print(&views, || {
        let row = |resource: &Resource| {
            [
                resource.uri.clone(),
                resource.alg.to_string(),
                resource.scope.to_string(),
                resource.name.clone(),
            ]
        };
        output::table(
            ["uri", "alg", "scope", "name"],
            &all.iter().map(row).collect::<Vec<_>>(),
        )
    })
}

fn print(
    output: Output,
    resource: &Resource,
    secret: Option<&Secret<String>>,
) -> Result<(), Failure> {
    output.print(&ResourceView::new(resource, secret), || {
        let ttl = resource.access_ttl_seconds.and_then(|seconds| u64::try_from(seconds).ok());
        let ttl = ttl.map(|seconds| humantime::format_duration(Duration::from_secs(seconds)).to_string());
        let mut text = fields(&[
            ("uri", Some(resource.uri.clone())),
            ("secret", secret.map(|secret| secret.expose().clone())),
            ("name", Some(resource.name.clone())),
            ("scope", Some(resource.scope.to_string()).filter(|scope| !scope.is_empty())),
            ("alg", Some(resource.alg.to_string())),
            ("format", Some(resource.format.as_str().to_owned())),
            ("scope_roles", shown_roles(resource)),
            ("token_roles", Some(resource.token_roles.as_str().to_owned())),
            ("access_ttl", Some(ttl.unwrap_or_else(|| "as the server's (tokens.access_ttl)".to_owned()))),
        ]);
        if secret.is_some() {
            text.push_str("\nThe secret is shown this once; the API verifies with exactly this text as its key.\n");
        }
        text
    })
}
