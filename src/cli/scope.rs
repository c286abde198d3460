//! `placet scope`: what apps may ask for, in the words of the consent page.

use std::fmt::Write as _;

use clap::Subcommand;
use serde_json::json;

use super::output::{self, Failure, Output, fields, yes};
use crate::admin::scopes::{self, NewScope, ScopeView, StillNamed};
use crate::admin::{By, localized};
use crate::config::Config;
use crate::model::localized::Localized;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add a scope, or change the words of one
    Add {
        name: String,
        /// What the consent page says that the app will be able to do
        #[arg(long)]
        description: String,
        /// Who allows the app at all must allow this as well
        #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
        required: Option<bool>,
        /// The description in another language: de=…; repeat. In place of all that there are; "" for none
        #[arg(long = "description-lang", value_name = "LANGUAGE=TEXT")]
        descriptions: Option<Vec<String>>,
    },
    /// Every scope
    List,
    /// Remove a scope: nothing new is granted with it
    Remove { name: String },
}

pub(super) async fn run(command: Command, config: Config, output: Output) -> Result<(), Failure> {
    let by = By::command_line();
    match command {
        Command::Add {
            name,
            description,
            required,
            descriptions,
        } => {
            let given = descriptions.as_deref();
            let parse = |given| localized::parse("descriptions", given);
            let descriptions = given.map(parse).transpose()?;
            let new = NewScope {
                name,
                description,
                is_required: required,
                descriptions,
            };
            let scope = scopes::put(&super::open(config).await?, &by, new).await?;
            output.print(&scope, || {
                fields(&[
                    ("name", Some(scope.name.clone())),
                    ("description", Some(scope.description.clone())),
                    ("descriptions", shown(&scope.descriptions)),
                    ("required", Some(yes(scope.required))),
                ])
            })
        }
        Command::List => {
            let all = scopes::list(&super::open(config).await?).await?;
            output.print(&all, || {
                let row = |scope: &ScopeView| {
                    let kind = if scope.built_in {
                        "built in"
                    } else {
                        "registered"
                    };
                    [
                        scope.name.clone(),
                        yes(scope.required),
                        kind.to_owned(),
                        scope.description.clone(),
                    ]
                };
                output::table(
                    ["name", "required", "kind", "description"],
                    &all.iter().map(row).collect::<Vec<_>>(),
                )
            })
        }
        Command::Remove { name } => {
            let named = scopes::remove(&super::open(config).await?, &by, &name).await?;
            let answer = json!({ "name": name, "removed": true, "still_named_by": named });
            output.print(&answer, || removed(&name, named))
        }
    }
}

/// Texts in other languages, for people.
pub(super) fn shown(texts: &Localized) -> Option<String> {
    (!texts.is_empty()).then(|| localized::lines(texts).replace('\n', "; "))
}

fn removed(name: &str, named: StillNamed) -> String {
    let mut text = format!("removed scope {name}\n");
    if named.clients + named.resources > 0 {
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "still named by {} and {}: their tokens go without it",
            counted(named.clients, "client"),
            counted(named.resources, "API")
        );
    }
    text
}

fn counted(number: usize, what: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {what}{ending}")
}
