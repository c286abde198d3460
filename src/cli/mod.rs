//! The command line: what is typed becomes a call of `admin`, and its answer is printed.
//!
//! Exit codes: 0 done, 1 failed, 2 wrong usage (an unknown flag, a bad value, a bad setting). A failure is one line on stderr.

mod apply;
mod audit;
mod client;
mod demo;
mod doctor;
mod explain;
mod export;
mod grant;
mod health;
mod import;
mod invitation;
mod key;
mod mail;
mod migrate;
mod output;
mod password;
mod probe;
mod registration_token;
mod rekey;
mod resource;
mod role;
mod scope;
mod serve;
mod session;
mod upstream_account;
mod user;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use futures_util::future::LocalBoxFuture;

use crate::admin::paging::MAX_LIMIT;
use crate::admin::{self, Page, Paging};
use crate::app::{App, StartError};
use crate::clock::Clock;
use crate::config::{self, Config, LoadOptions, LogFormat};
use crate::telemetry;
use output::{Failure, Output};

/// Commands print what they did; only what somebody must know goes to the log. sqlx would report what fails as well.
const COMMAND_LOG: &str = "warn,sqlx=error";

/// An OAuth 2.x / OpenID Connect authorization server.
#[derive(Debug, Parser)]
#[command(
    name = "placet",
    version,
    max_term_width = 100,
    disable_help_subcommand = true
)]
struct Arguments {
    /// The file of settings; else the one that PLACET_CONFIG names, else placet.toml if it is there
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print one JSON value to stdout, and nothing else
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve (the default)
    Serve,
    /// Serve a guided tour on a throwaway database
    Demo,
    /// Apply the database's schema and exit
    Migrate,
    /// Ask the running server whether it is ready
    Health,
    /// Check settings, database, issuer, TLS proxy, clock and keys
    Doctor,
    /// Why a request was refused, by its id, and what to do
    Explain(explain::Arguments),
    /// Apps that ask for tokens
    #[command(subcommand)]
    Client(client::Command),
    /// People who sign in
    #[command(subcommand)]
    User(user::Command),
    /// What people are called by, so that APIs can tell them apart
    #[command(subcommand)]
    Role(role::Command),
    /// Browsers in which people are signed in
    #[command(subcommand)]
    Session(session::Command),
    /// What apps hold of people
    #[command(subcommand)]
    Grant(grant::Command),
    /// What apps may ask for, in the words of the consent page
    #[command(subcommand)]
    Scope(scope::Command),
    /// APIs that accept access tokens
    #[command(subcommand)]
    Resource(resource::Command),
    /// Tokens with which clients may register themselves
    #[command(subcommand)]
    RegistrationToken(registration_token::Command),
    /// Keys that sign tokens, and the secret key that they are encrypted under
    #[command(subcommand)]
    Key(key::Command),
    /// Try out whether mail arrives
    #[command(subcommand)]
    Mail(mail::Command),
    /// Take over what another server exported
    #[command(subcommand)]
    Import(import::Command),
    /// What happened: search it, prove it, export it
    #[command(subcommand)]
    Audit(audit::Command),
    /// Make everything so as a file, or a folder of files, says
    Apply(apply::Arguments),
    /// Write what there is as a file for apply
    Export(export::Arguments),
}

/// Runs the command that the arguments name; the first one is the program.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return output::usage(&error),
    };
    let output = Output {
        is_json: arguments.json,
    };
    let command = arguments.command.unwrap_or(Command::Serve);
    let config = config::load(&LoadOptions::from_process(arguments.config));
    let result = match (command, config) {
        // The one command that answers for the settings itself.
        (Command::Doctor, config) => {
            start_log(COMMAND_LOG, config.as_ref().ok());
            block_on(doctor::run(config, output))
        }
        (_, Err(error)) => Err(Failure::usage(error.to_string())),
        (Command::Apply(arguments), Ok(config)) => {
            start_log(COMMAND_LOG, Some(&config));
            block_on(apply::run(arguments, config, output))
        }
        (Command::Serve, Ok(config)) => {
            start_log(&config.log, Some(&config));
            return serve::run(config);
        }
        (Command::Demo, Ok(config)) => {
            start_log(&config.log, Some(&config));
            return demo::run(config);
        }
        (command, Ok(config)) => {
            start_log(COMMAND_LOG, Some(&config));
            block_on(administer(command, config, output)).map(|()| ExitCode::SUCCESS)
        }
    };
    result.unwrap_or_else(|failure| failure.report())
}

impl Command {
    /// Whether it is of use before there is anything: it adds something, or needs no database.
    fn may_come_first(&self) -> bool {
        matches!(
            self,
            Self::Serve
                | Self::Demo
                | Self::Migrate
                | Self::Health
                | Self::Doctor
                | Self::Mail(_)
                | Self::Import(_)
                | Self::Apply(_)
                | Self::Client(client::Command::Add(_))
                | Self::User(user::Command::Add(_))
                | Self::Role(role::Command::Add { .. })
                | Self::Scope(scope::Command::Add { .. })
                | Self::Resource(resource::Command::Add(_))
                | Self::RegistrationToken(registration_token::Command::Add { .. })
        )
    }
}

/// In another folder than the server's a command would make a database of its own, and answer from that.
fn require_database(config: &Config) -> Result<(), Failure> {
    let Some(file) = config
        .sqlite_file()
        .filter(|file| file.try_exists().is_ok_and(|it| !it))
    else {
        return Ok(());
    };
    let place = std::path::absolute(&file).map_or_else(
        |_| file.display().to_string(),
        |whole| whole.display().to_string(),
    );
    Err(Failure::failed(format!(
        "there is no database {place}; run this in the server's folder, or set database_url (PLACET_DATABASE_URL); `placet serve` makes a new one"
    )))
}

async fn administer(command: Command, config: Config, output: Output) -> Result<(), Failure> {
    if !command.may_come_first() {
        require_database(&config)?;
    }
    // Boxed, and `open` likewise: else each command's future is a part of this one, with code of its own to drop it.
    let work: LocalBoxFuture<'_, Result<(), Failure>> = match command {
        Command::Migrate => Box::pin(migrate::run(&config, output)),
        Command::Health => Box::pin(health::run(&config, output)),
        Command::Explain(arguments) => Box::pin(explain::run(arguments, config, output)),
        Command::Client(command) => Box::pin(client::run(command, config, output)),
        Command::User(command) => Box::pin(user::run(command, config, output)),
        Command::Role(command) => Box::pin(role::run(command, config, output)),
        Command::Session(command) => Box::pin(session::run(command, config, output)),
        Command::Grant(command) => Box::pin(grant::run(command, config, output)),
        Command::Scope(command) => Box::pin(scope::run(command, config, output)),
        Command::Resource(command) => Box::pin(resource::run(command, config, output)),
        Command::RegistrationToken(command) => {
            Box::pin(registration_token::run(command, config, output))
        }
        Command::Key(command) => Box::pin(key::run(command, config, output)),
        Command::Mail(command) => Box::pin(mail::run(command, &config, output)),
        Command::Import(command) => Box::pin(import::run(command, config, output)),
        Command::Audit(command) => Box::pin(audit::run(command, config, output)),
        Command::Export(arguments) => Box::pin(export::run(arguments, config, output)),
        // Handled before.
        Command::Serve | Command::Demo | Command::Doctor | Command::Apply(_) => return Ok(()),
    };
    work.await
}

/// Opens the configured installation.
fn open(config: Config) -> LocalBoxFuture<'static, Result<App, StartError>> {
    Box::pin(App::start(config, Clock::system()))
}

/// Every part of a list, one after another.
async fn every<T>(
    mut find: impl AsyncFnMut(&Paging) -> admin::Result<Page<T>>,
) -> Result<Vec<T>, Failure> {
    let mut paging = Paging {
        after: None,
        limit: Some(MAX_LIMIT),
    };
    let mut all = Vec::new();
    loop {
        let page = find(&paging).await?;
        all.extend(page.items);
        paging.after = page.next;
        if paging.after.is_none() {
            return Ok(all);
        }
    }
}

fn start_log(filter: &str, config: Option<&Config>) {
    telemetry::start_log(
        filter,
        config.is_some_and(|config| config.log_format == LogFormat::Json),
    );
}

/// A command does one thing at a time: one thread is enough.
fn block_on<T>(future: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    match runtime {
        Ok(runtime) => runtime.block_on(future),
        Err(error) => Err(Failure::failed(format!("cannot start: {error}"))),
    }
}
