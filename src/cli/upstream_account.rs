//! `placet user upstream-accounts` and `remove-upstream-account`: accounts at other providers with which somebody signs in here.

use super::output::{self, Failure, Output, instant};
use crate::admin::{By, users};
use crate::config::Config;

pub(super) async fn list(name: &str, config: Config, output: Output) -> Result<(), Failure> {
    let all = users::upstream_accounts(&super::open(config).await?, name).await?;
    output.print(&all, || {
        let rows: Vec<[String; 4]> = all
            .iter()
            .map(|account| {
                let email = account.email.clone().unwrap_or_default();
                [
                    account.id.clone(),
                    account.provider.clone(),
                    email,
                    account.last_used_at.map(instant).unwrap_or_default(),
                ]
            })
            .collect();
        output::table(["id", "provider", "email", "last used"], &rows)
    })
}

pub(super) async fn remove(
    (name, id): (&str, &str),
    config: Config,
    output: Output,
) -> Result<(), Failure> {
    let app = super::open(config).await?;
    let removed = users::remove_upstream_account(&app, &By::command_line(), name, id).await?;
    output.print(&removed, || {
        format!("{} is no longer linked to {name}\n", removed.provider)
    })
}
