//! `placet client`: apps that ask for tokens.

mod openid;
mod view;

use std::time::Duration;

use clap::{Args, Subcommand};
use serde_json::json;

use super::output::{self, Failure, Output};
use crate::admin::By;
use crate::admin::clients::{self, ClientFields, ClientView, NewClient};
use crate::admin::localized::LocalizedFields;
use crate::app::App;
use crate::config::Config;
use crate::model::client::Client;
use crate::model::secret::Secret;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Register an app; its secret is printed once
    Add(Box<Add>),
    /// Every app
    List,
    /// One app
    Show { id: String },
    /// Change what is given; an empty value takes one away
    Update(Box<Update>),
    /// Remove an app, and end all that was granted to it
    Remove { id: String },
    /// Make a new secret, and let the old ones live on for a while
    Secret {
        id: String,
        /// How long the old secrets still work; 0s ends them now
        #[arg(long, default_value = "24h", value_name = "DURATION", value_parser = duration)]
        overlap: Duration,
    },
    /// Stop an app: no grant works until it is enabled again
    Disable { id: String },
    /// Let a disabled app work again
    Enable { id: String },
}

#[derive(Debug, Args)]
pub(super) struct Add {
    /// What people are told the app is called
    #[arg(long, visible_alias = "client-name")]
    name: String,
    /// Its client_id; else one is made
    #[arg(long, visible_alias = "client-id")]
    id: Option<String>,
    /// It cannot keep a secret (browser, phone): PKCE only
    #[arg(long)]
    public: bool,
    #[command(flatten)]
    flags: Flags,
}

#[derive(Debug, Args)]
pub(super) struct Update {
    id: String,
    /// What people are told the app is called
    #[arg(long, visible_alias = "client-name")]
    name: Option<String>,
    #[command(flatten)]
    flags: Flags,
}

/// The metadata that both take.
#[derive(Debug, Args)]
struct Flags {
    /// Where answers may be sent, exactly (repeat)
    #[arg(long = "redirect-uri", alias = "redirect-uris", value_name = "URI")]
    redirect_uris: Option<Vec<String>>,
    /// A grant type (repeat) [new: authorization_code refresh_token, or client_credentials without a redirect URI]
    #[arg(long = "grant", visible_alias = "grant-type", alias = "grant-types")]
    grants: Option<Vec<String>>,
    /// What it may ask for: "a b", or repeat [new, with authorization_code: openid profile email offline_access]
    #[arg(long)]
    scope: Option<Vec<String>>,
    /// An API that it may ask tokens for (repeat)
    #[arg(long = "resource", alias = "resources", value_name = "URI")]
    resources: Option<Vec<String>>,
    /// It is ours: people are not asked for consent
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    first_party: Option<bool>,
    /// What it wants of every sign-in at least: mfa (two factors) or phr (a passkey)
    #[arg(long, value_name = "ACR")]
    required_acr: Option<String>,
    /// People are asked every time, whatever they allowed before
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    always_ask: Option<bool>,
    /// The API that it is the server of: it may ask about its tokens (repeat)
    #[arg(long = "resource-server-of", value_name = "URI")]
    resource_server_of: Option<Vec<String>>,
    /// client_secret_basic, client_secret_post, client_secret_jwt, private_key_jwt or none
    #[arg(long, value_name = "METHOD")]
    token_endpoint_auth_method: Option<String>,
    #[command(flatten)]
    openid: openid::OpenIdFlags,
    /// Its name or one of the links below in another language, such as client_name#de=Fotodrucker (repeat); without a text: taken away
    #[arg(long = "lang", value_name = "FIELD#LANGUAGE=TEXT")]
    localized: Vec<String>,
    /// Its home page
    #[arg(long, value_name = "URL")]
    client_uri: Option<String>,
    #[arg(long, value_name = "URL")]
    logo_uri: Option<String>,
    /// Its privacy policy
    #[arg(long, value_name = "URL")]
    policy_uri: Option<String>,
    /// Its terms of service
    #[arg(long, value_name = "URL")]
    tos_uri: Option<String>,
    /// The colour of links and main buttons on the pages that lead to it
    #[arg(long, value_name = "#RRGGBB")]
    accent: Option<String>,
    /// The same on dark pages [made of --accent]
    #[arg(long, value_name = "#RRGGBB")]
    accent_dark: Option<String>,
    /// Whom to reach about it (repeat)
    #[arg(long = "contact", alias = "contacts", value_name = "ADDRESS")]
    contacts: Option<Vec<String>>,
}

impl Flags {
    fn into_fields(self, name: Option<String>) -> Result<ClientFields, Failure> {
        let mut all = ClientFields {
            name,
            redirect_uris: self.redirect_uris,
            grants: self.grants,
            scope: self.scope.map(|scopes| scopes.join(" ")),
            resources: self.resources,
            token_endpoint_auth_method: self.token_endpoint_auth_method,
            localized: LocalizedFields::parse(&self.localized)?,
            is_first_party: self.first_party,
            required_acr: self.required_acr,
            is_consent_always_asked: self.always_ask,
            client_uri: self.client_uri,
            logo_uri: self.logo_uri,
            policy_uri: self.policy_uri,
            tos_uri: self.tos_uri,
            accent: self.accent,
            accent_dark: self.accent_dark,
            contacts: self.contacts,
            resource_server_of: self.resource_server_of,
            ..ClientFields::default()
        };
        self.openid.into_fields(&mut all)?;
        Ok(all)
    }
}

/// A duration as humantime writes it; its own fault says what is wrong, but not how it is right.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    humantime::parse_duration(text)
        .map_err(|_| "write a number with its unit, such as 30m, 24h or 7d".to_owned())
}

pub(super) async fn run(command: Command, config: Config, output: Output) -> Result<(), Failure> {
    let by = By::command_line();
    match command {
        Command::Add(add) => {
            let fields = add.flags.into_fields(Some(add.name))?;
            let app = super::open(config).await?;
            let made = clients::add(
                &app,
                &by,
                NewClient {
                    id: add.id,
                    is_public: add.public,
                    fields,
                },
            )
            .await?;
            print(&app, output, &made.client, made.secret.as_ref())
        }
        Command::List => list(&super::open(config).await?, output).await,
        Command::Show { id } => {
            let app = super::open(config).await?;
            print(&app, output, &clients::show(&app, &id).await?, None)
        }
        Command::Update(update) => {
            let fields = update.flags.into_fields(update.name)?;
            let app = super::open(config).await?;
            print(
                &app,
                output,
                &clients::change(&app, &by, &update.id, fields).await?,
                None,
            )
        }
        Command::Remove { id } => {
            clients::remove(&super::open(config).await?, &by, &id).await?;
            output.print(&json!({ "client_id": id, "removed": true }), || {
                format!("removed client {id}\n")
            })
        }
        Command::Secret { id, overlap } => {
            let app = super::open(config).await?;
            let made = clients::add_secret(&app, &by, &id, overlap).await?;
            print(&app, output, &made.client, made.secret.as_ref())
        }
        Command::Disable { id } => {
            let app = super::open(config).await?;
            print(&app, output, &clients::disable(&app, &by, &id).await?, None)
        }
        Command::Enable { id } => {
            let app = super::open(config).await?;
            print(&app, output, &clients::enable(&app, &by, &id).await?, None)
        }
    }
}

async fn list(app: &App, output: Output) -> Result<(), Failure> {
    let all = clients::list(app).await?;
    let now = app.clock.now();
    let views: Vec<ClientView<'_>> = all
        .iter()
        .map(|client| ClientView::new(client, None, now))
        .collect();
    output.print(&views, || {
        let row = |client: &Client| {
            let state = if client.is_enabled() {
                "enabled"
            } else {
                "disabled"
            };
            let metadata = &client.metadata;
            [
                client.id.to_string(),
                state.to_owned(),
                grants(client),
                metadata.client_name.clone(),
            ]
        };
        output::table(
            ["client_id", "state", "grants", "name"],
            &all.iter().map(row).collect::<Vec<_>>(),
        )
    })
}

fn grants(client: &Client) -> String {
    let names: Vec<String> = client
        .metadata
        .grant_types
        .iter()
        .map(ToString::to_string)
        .collect();
    names.join(" ")
}

fn print(
    app: &App,
    output: Output,
    client: &Client,
    secret: Option<&Secret<String>>,
) -> Result<(), Failure> {
    let view = ClientView::new(client, secret, app.clock.now());
    output.print(&view, || view::human(app, client, secret))
}
