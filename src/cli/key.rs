//! `placet key`: keys that sign tokens.

use clap::Subcommand;
use serde_json::json;

use super::output::{self, Failure, Output, instant};
use super::rekey::{self, NewKey};
use crate::admin::By;
use crate::admin::keys::{self, KeyView};
use crate::config::Config;
use crate::model::signing_key::SigningAlg;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Every key, and how it stands
    List,
    /// Make new keys in place of the old, which stay published until their last token is dead
    Rotate {
        /// Only the keys of this algorithm
        #[arg(long)]
        alg: Option<SigningAlg>,
        /// Sign with it at once: APIs that hold an older key set fail until they fetch it anew
        #[arg(long)]
        now: bool,
    },
    /// Remove a key at once, such as one that leaked: what it signed is good no more
    Remove {
        #[arg(allow_hyphen_values = true)]
        kid: String,
    },
    /// Change the secret key: encrypt everything anew; on SQLite with a key made by the server
    Rekey(NewKey),
}

pub(super) async fn run(command: Command, config: Config, output: Output) -> Result<(), Failure> {
    if let Command::Rekey(new_key) = command {
        return rekey::run(new_key, config, output).await;
    }
    let app = super::open(config).await?;
    match command {
        Command::List => print(output, &keys::list(&app).await?),
        Command::Rotate { alg, now } => print(
            output,
            &keys::rotate(&app, &By::command_line(), alg, now).await?,
        ),
        Command::Remove { kid } => {
            keys::remove(&app, &By::command_line(), &kid).await?;
            output.print(&json!({ "kid": kid, "removed": true }), || {
                format!("removed {kid}; APIs that hold an older key set believe it for up to {} s more\n", app.config.keys.set_max_age().as_secs())
            })
        }
        // Handled before: it opens the database in its own way.
        Command::Rekey(_) => Ok(()),
    }
}

fn print(output: Output, keys: &[KeyView]) -> Result<(), Failure> {
    output.print(&keys, || {
        let row = |key: &KeyView| {
            let expires = key.expires_at.map_or_else(|| "-".to_owned(), instant);
            [
                key.alg.to_string(),
                key.state.to_owned(),
                instant(key.activates_at),
                expires,
                key.kid.clone(),
            ]
        };
        let heading = ["alg", "state", "signs from", "published until", "kid"];
        output::table(heading, &keys.iter().map(row).collect::<Vec<_>>())
    })
}
