//! `placet resource`: APIs that accept access tokens.

use std::time::Duration;

use clap::{Args, Subcommand};
use serde_json::json;

use super::client::duration;
use super::output::{self, Failure, Output, fields};
use crate::admin::By;
use crate::admin::resources::{self, NewResource, ResourceView};
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
    /// Remove an API: no new token is for it
    Remove { uri: String },
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
            };
            let made = resources::add(&super::open(config).await?, &by, new).await?;
            print(output, &made.resource, made.secret.as_ref())
        }
        Command::List => {
            let all = resources::list(&super::open(config).await?).await?;
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
        Command::Show { uri } => print(
            output,
            &resources::show(&super::open(config).await?, &uri).await?,
            None,
        ),
        Command::Remove { uri } => {
            resources::remove(&super::open(config).await?, &by, &uri).await?;
            output.print(&json!({ "uri": uri, "removed": true }), || {
                format!("removed resource {uri}\n")
            })
        }
    }
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
            ("access_ttl", Some(ttl.unwrap_or_else(|| "as the server's (tokens.access_ttl)".to_owned()))),
        ]);
        if secret.is_some() {
            text.push_str("\nThe secret is shown this once; the API verifies with exactly this text as its key.\n");
        }
        text
    })
}
