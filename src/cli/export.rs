//! `placet export`: what there is, as a document that `placet apply` reads.

use clap::{Args, ValueEnum};

use super::output::{self, Failure, Output};
use crate::admin::plan::{self, Format};
use crate::config::Config;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// How it is written [default: toml; with --json: json]
    #[arg(long, value_enum)]
    format: Option<Written>,
    /// Only what this set manages
    #[arg(long, value_name = "NAME")]
    set: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Written {
    Toml,
    Yaml,
    Json,
}

pub(super) async fn run(
    arguments: Arguments,
    config: Config,
    output: Output,
) -> Result<(), Failure> {
    let format = match (arguments.format, output.is_json) {
        (Some(Written::Toml) | None, false) => Format::Toml,
        (Some(Written::Yaml), false) => Format::Yaml,
        (Some(Written::Json), _) | (None, true) => Format::Json,
        (Some(_), true) => {
            return Err(Failure::usage(
                "--json and another --format exclude each other",
            ));
        }
    };
    let app = super::open(config).await?;
    let document = plan::export(&app, arguments.set.as_deref()).await?;
    let text = plan::write(&document, format, &plan::heading(&document))
        .map_err(|fault| Failure::failed(format!("cannot write it: {fault}; try --format json")))?;
    output::text(&text)
}
