//! `placet role`: what people are called by, so that resources can tell them apart.

use clap::Subcommand;
use serde_json::json;

use super::output::{self, Failure, Output, fields, yes};
use crate::admin::By;
use crate::admin::roles::{self, RoleView};
use crate::app::App;
use crate::config::Config;

/// Those of the names that no role has yet.
pub(super) async fn new_ones(app: &App, names: &[String]) -> Result<Vec<String>, Failure> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let there = roles::list(app).await?;
    let is_there = |name: &str| there.iter().any(|role| role.name == name);
    let mut new: Vec<String> = names
        .iter()
        .filter(|name| !name.is_empty())
        .cloned()
        .collect();
    new.retain(|name| !is_there(name));
    new.sort_unstable();
    new.dedup();
    Ok(new)
}

/// Says that roles came with a person.
pub(super) fn note_made(names: &[String]) {
    for name in names {
        output::note(&format!(
            "there was no role {name:?}; it is made now (`placet role list` shows all)"
        ));
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add a role, or change the words of one
    Add {
        name: String,
        /// What it is for, in words for administrators
        #[arg(long)]
        description: String,
    },
    /// Every role, and how many people have it
    List,
    /// Remove a role that nobody has and no API names
    Remove { name: String },
}

pub(super) async fn run(command: Command, config: Config, output: Output) -> Result<(), Failure> {
    let by = By::command_line();
    let app = super::open(config).await?;
    match command {
        Command::Add { name, description } => {
            let (role, _) = roles::put(&app, &by, &name, &description).await?;
            output.print(&role, || {
                fields(&[
                    ("name", Some(role.name.clone())),
                    ("description", Some(role.description.clone())),
                    ("users", Some(role.users.to_string())),
                ])
            })
        }
        Command::List => {
            let all = roles::list(&app).await?;
            output.print(&all, || {
                let row = |role: &RoleView| {
                    [
                        role.name.clone(),
                        yes(role.built_in),
                        role.users.to_string(),
                        role.description.clone(),
                    ]
                };
                output::table(
                    ["name", "built in", "users", "description"],
                    &all.iter().map(row).collect::<Vec<_>>(),
                )
            })
        }
        Command::Remove { name } => {
            roles::remove(&app, &by, &name).await?;
            output.print(&json!({ "name": name, "removed": true }), || {
                format!("removed role {name}\n")
            })
        }
    }
}
