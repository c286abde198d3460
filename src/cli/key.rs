//! `placet key`: keys that sign tokens.

use clap::Subcommand;

use super::output::{self, Failure, Output, instant};
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
}

pub(super) async fn run(command: Command, config: Config, output: Output) -> Result<(), Failure> {
    let app = super::open(config).await?;
    match command {
        Command::List => print(output, &keys::list(&app).await?),
        Command::Rotate { alg, now } => print(
            output,
            &keys::rotate(&app, &By::command_line(), alg, now).await?,
        ),
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
