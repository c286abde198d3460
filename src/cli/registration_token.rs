//! `placet registration-token`: tokens with which somebody may register clients (RFC 7591 §3).

use std::time::Duration;

use clap::Subcommand;
use serde_json::json;

use super::client::duration;
use super::output::{self, Failure, Output, fields, instant};
use crate::admin::By;
use crate::admin::registration_tokens::{
    self as tokens, NewRegistrationToken, RegistrationTokenView,
};
use crate::config::{Config, RegistrationMode};
use crate::model::initial_access_token::InitialAccessToken;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a token with which clients may register themselves; it is printed this once
    Add {
        /// Whom it is for
        #[arg(long)]
        name: String,
        /// How many clients may be registered with it
        #[arg(long, default_value_t = 1)]
        uses: i64,
        /// How long it is good
        #[arg(long, default_value = "7d", value_parser = duration, value_name = "DURATION")]
        expires: Duration,
    },
    /// Every token, with its uses left
    List,
    /// End a token; clients that were registered with it stay
    Remove { id: String },
}

pub(super) async fn run(command: Command, config: Config, output: Output) -> Result<(), Failure> {
    let by = By::command_line();
    match command {
        Command::Add {
            name,
            uses,
            expires,
        } => {
            let new = NewRegistrationToken {
                name,
                uses,
                ttl: expires,
            };
            let app = super::open(config).await?;
            let (made, token) = tokens::add(&app, &by, new).await?;
            if app.config.registration.mode == RegistrationMode::Closed {
                output::note(
                    "registration.mode is closed, so nobody can use the token; set it to token",
                );
            }
            output.print(&RegistrationTokenView::new(&made, Some(&token)), || {
                fields(&[
                    ("id", Some(made.id.to_string())),
                    ("name", Some(made.name.clone())),
                    ("uses_left", Some(made.uses_left.to_string())),
                    ("expires_at", Some(instant(made.expires_at))),
                    ("token", Some(token.expose().clone())),
                ])
            })
        }
        Command::List => {
            let all = tokens::list(&super::open(config).await?).await?;
            let views: Vec<_> = all
                .iter()
                .map(|token| RegistrationTokenView::new(token, None))
                .collect();
            output.print(&views, || {
                let row = |token: &InitialAccessToken| {
                    [
                        token.id.to_string(),
                        token.uses_left.to_string(),
                        instant(token.expires_at),
                        token.name.clone(),
                    ]
                };
                output::table(
                    ["id", "uses left", "expires at", "name"],
                    &all.iter().map(row).collect::<Vec<_>>(),
                )
            })
        }
        Command::Remove { id } => {
            tokens::remove(&super::open(config).await?, &by, &id).await?;
            output.print(&json!({ "id": id, "removed": true }), || {
                format!("removed registration token {id}\n")
            })
        }
    }
}
