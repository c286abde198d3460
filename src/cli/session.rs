//! `placet session`: browsers in which people are signed in.

use clap::{ArgGroup, Args, Subcommand};
use serde_json::json;
use uuid::Uuid;

use super::output::{self, Failure, Output, instant};
use crate::admin::sessions::{self, SessionFilter, SessionView};
use crate::admin::{By, users};
use crate::config::Config;
use crate::model::id::SessionId;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Every live session
    List {
        /// Of this person alone: username, e-mail address or id
        #[arg(long, value_name = "NAME")]
        user: Option<String>,
    },
    /// End a session, or all of a person, as if they had signed out
    End(End),
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("which").required(true))]
pub(super) struct End {
    /// The session's id, as `list` tells it
    #[arg(group = "which")]
    id: Option<Uuid>,
    /// Every session of this person: username, e-mail address or id
    #[arg(long, value_name = "NAME", group = "which")]
    user: Option<String>,
}

pub(super) async fn run(command: Command, config: Config, output: Output) -> Result<(), Failure> {
    let by = By::command_line();
    match command {
        Command::List { user } => list(user, config, output).await,
        Command::End(End { id: Some(id), .. }) => {
            sessions::end(&super::open(config).await?, &by, SessionId(id)).await?;
            output.print(&json!({ "id": id, "ended": true }), || {
                format!("ended session {id}\n")
            })
        }
        Command::End(End { user, .. }) => {
            let user = user.unwrap_or_default();
            let ended = sessions::end_all(&super::open(config).await?, &by, &user).await?;
            output.print(&json!({ "username": user, "ended": ended }), || {
                let plural = if ended == 1 { "" } else { "s" };
                format!("ended {ended} session{plural} of {user}\n")
            })
        }
    }
}

async fn list(user: Option<String>, config: Config, output: Output) -> Result<(), Failure> {
    let app = super::open(config).await?;
    let mut filter = SessionFilter::default();
    if let Some(name) = user {
        filter.user = Some(users::show(&app, &name).await?.id);
    }
    let all = super::every(async |paging| sessions::find(&app, &filter, paging).await).await?;
    output.print(&all, || {
        let row = |session: &SessionView| {
            [
                session.id.to_string(),
                session.username.clone(),
                instant(session.last_seen_at),
                instant(session.expires_at),
                session.address.clone().unwrap_or_default(),
                session.user_agent.clone().unwrap_or_default(),
            ]
        };
        output::table(
            ["id", "user", "last seen", "expires", "address", "browser"],
            &all.iter().map(row).collect::<Vec<_>>(),
        )
    })
}
