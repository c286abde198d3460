//! `placet grant`: what apps hold of people.

use clap::Subcommand;
use serde_json::json;
use uuid::Uuid;

use super::output::{self, Failure, Output, instant};
use crate::admin::grants::{self, GrantFilter, GrantView};
use crate::admin::{By, clients, users};
use crate::config::Config;
use crate::model::id::GrantId;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Every live grant
    List {
        /// Of this person alone: username, e-mail address or id
        #[arg(long, value_name = "NAME")]
        user: Option<String>,
        /// Of this app alone: its client_id
        #[arg(long, value_name = "ID")]
        client: Option<String>,
    },
    /// End a grant with its refresh token; what the person allowed stays allowed (else: user disconnect)
    Revoke {
        /// The grant's id, as `list` tells it
        id: Uuid,
    },
}

pub(super) async fn run(command: Command, config: Config, output: Output) -> Result<(), Failure> {
    match command {
        Command::List { user, client } => list(user, client, config, output).await,
        Command::Revoke { id } => {
            let app = super::open(config).await?;
            grants::revoke(&app, &By::command_line(), GrantId(id)).await?;
            output.print(&json!({ "id": id, "revoked": true }), || {
                format!("revoked grant {id}\n")
            })
        }
    }
}

async fn list(
    user: Option<String>,
    client: Option<String>,
    config: Config,
    output: Output,
) -> Result<(), Failure> {
    let app = super::open(config).await?;
    let mut filter = GrantFilter::default();
    if let Some(name) = user {
        filter.user = Some(users::show(&app, &name).await?.id);
    }
    if let Some(id) = client {
        filter.client = Some(clients::show(&app, &id).await?.id);
    }
    let all = super::every(async |paging| grants::find(&app, &filter, paging).await).await?;
    output.print(&all, || {
        let row = |grant: &GrantView| {
            [
                grant.id.to_string(),
                grant.username.clone(),
                grant.client_id.to_string(),
                grant.last_used_at.map(instant).unwrap_or_default(),
                instant(grant.expires_at),
                grant.scope.to_string(),
            ]
        };
        output::table(
            ["id", "user", "client", "last used", "expires", "scope"],
            &all.iter().map(row).collect::<Vec<_>>(),
        )
    })
}
