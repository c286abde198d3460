//! `placet doctor`: looks at everything that must be right, and says of each whether it is. It changes nothing.

use std::process::ExitCode;

use chrono::TimeDelta;
use serde::Serialize;
use serde_json::json;

use super::output::{Failure, Output, instant};
use super::probe;
use crate::admin::{clients, keys, roles};
use crate::app::{App, StartError, storage_options};
use crate::clock::Clock;
use crate::config::{Config, ConfigError};
use crate::identity::upstream;
use crate::mail::Mailer;
use crate::model::signing_key::SigningAlg;
use crate::storage::{SchemaState, Store};

/// By how much the database's clock may differ from ours.
const MAX_SKEW_SECONDS: i64 = 5;
/// Servers look every minute.
const ROTATION_GRACE: TimeDelta = TimeDelta::hours(1);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Ok,
    Warn,
    Fail,
}

#[derive(Debug, Serialize)]
struct Check {
    name: &'static str,
    state: State,
    detail: String,
}

#[derive(Default)]
struct Checks(Vec<Check>);

impl Checks {
    fn add(&mut self, name: &'static str, state: State, detail: impl Into<String>) {
        let detail = detail.into();
        // Many a fault begins with the name of its setting.
        let detail = detail
            .strip_prefix(name)
            .and_then(|rest| rest.strip_prefix(": "))
            .unwrap_or(&detail)
            .to_owned();
        self.0.push(Check {
            name,
            state,
            detail,
        });
    }
}

pub(super) async fn run(
    config: Result<Config, ConfigError>,
    output: Output,
) -> Result<ExitCode, Failure> {
    let mut checks = Checks::default();
    match config {
        Err(error) => checks.add("settings", State::Fail, error.to_string()),
        Ok(config) => check_all(&config, &mut checks).await,
    }
    let Checks(checks) = checks;
    let is_good = checks.iter().all(|check| check.state != State::Fail);
    output.print(&json!({ "ok": is_good, "checks": checks }), || {
        let word = |check: &Check| match check.state {
            State::Ok => "ok  ",
            State::Warn => "warn",
            State::Fail => "FAIL",
        };
        let line = |check: &Check| format!("{} {}: {}\n", word(check), check.name, check.detail);
        checks.iter().map(line).collect()
    })?;
    Ok(if is_good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn check_all(config: &Config, checks: &mut Checks) {
    check_settings(config, checks);
    if let Some(store) = check_database(config, checks).await {
        check_clock(&store, checks).await;
        if store.revision().await.is_err() {
            checks.add(
                "secret_key",
                State::Warn,
                "not used yet: the first `placet serve` makes the installation",
            );
        } else {
            check_installation(config, checks).await;
        }
        store.close().await;
    }
    check_mail(config, checks).await;
    check_issuer(config, checks).await;
}

fn check_settings(config: &Config, checks: &mut Checks) {
    let (proxy, other): (Vec<String>, Vec<String>) = config
        .warnings()
        .into_iter()
        .partition(|line| line.starts_with("trusted_proxies"));
    if other.is_empty() {
        checks.add("settings", State::Ok, "read and consistent");
    }
    for line in other {
        checks.add("settings", State::Warn, line);
    }
    match proxy.into_iter().next() {
        Some(line) => checks.add("proxy", State::Warn, line),
        None if !config.issuer.is_https() => checks.add(
            "proxy",
            State::Ok,
            "none needed: the issuer is on this machine",
        ),
        None if config.trusted_proxies.is_empty() => {
            checks.add(
                "proxy",
                State::Warn,
                "trusted_proxies: none, so limits and the audit log see the TLS proxy's address",
            );
        }
        None => checks.add(
            "proxy",
            State::Ok,
            format!("{} trusted", config.trusted_proxies.len()),
        ),
    }
}

/// The database, if it can be used.
async fn check_database(config: &Config, checks: &mut Checks) -> Option<Store> {
    let place = config.database_url.to_string();
    // Opening a SQLite database that is not there would make it.
    if config.sqlite_file().is_some_and(|file| !file.exists()) {
        checks.add(
            "database",
            State::Warn,
            format!("{place} is not there yet; the first `placet serve` makes it"),
        );
        return None;
    }
    let opened = Store::open(&storage_options(config)).await;
    let store = match opened {
        Ok(store) => store,
        Err(error) => {
            checks.add("database", State::Fail, error.to_string());
            return None;
        }
    };
    match store.schema_state().await {
        Ok(SchemaState::Current) => {
            checks.add(
                "database",
                State::Ok,
                format!("{place} answers; schema version {}", Store::known_schema()),
            );
            return Some(store);
        }
        Ok(SchemaState::Older) => {
            let fault = "its schema is older than this placet; run `placet migrate`";
            checks.add("database", State::Fail, format!("{place}: {fault}"));
        }
        Err(error) => checks.add("database", State::Fail, error.to_string()),
    }
    store.close().await;
    None
}

async fn check_clock(store: &Store, checks: &mut Checks) {
    let before = Clock::system().now();
    match store.database_time().await {
        Ok(None) => checks.add(
            "clock",
            State::Ok,
            format!("{}; the database has the same", instant(before)),
        ),
        Ok(Some(theirs)) => {
            let ours = before + (Clock::system().now() - before) / 2;
            let skew = (theirs - ours).num_seconds();
            let state = if skew.abs() > MAX_SKEW_SECONDS {
                State::Fail
            } else {
                State::Ok
            };
            checks.add(
                "clock",
                state,
                format!("{}; the database's differs by {skew} s", instant(ours)),
            );
        }
        Err(error) => checks.add("clock", State::Fail, error.to_string()),
    }
}

/// What can only be seen with the secret key.
async fn check_installation(config: &Config, checks: &mut Checks) {
    match super::open(config.clone()).await {
        Ok(app) => {
            checks.add("secret_key", State::Ok, "fits the database");
            check_providers(&app, checks).await;
            if let Err(failure) = check_contents(&app, checks).await {
                checks.add("database", State::Fail, failure.to_string());
            }
            app.store.close().await;
        }
        Err(error @ (StartError::Ring(_) | StartError::Key(_))) => {
            checks.add("keys", State::Fail, error.to_string());
        }
        Err(error @ (StartError::Open(_) | StartError::Storage(_))) => {
            checks.add("database", State::Fail, error.to_string());
        }
        Err(error) => checks.add("secret_key", State::Fail, error.to_string()),
    }
}

/// Whether the providers that people sign in with answer.
async fn check_providers(app: &App, checks: &mut Checks) {
    for provider in &app.config.upstream.providers {
        let (state, detail) = match upstream::probe(app, provider).await {
            Ok(()) => (
                State::Ok,
                format!("{}: {} answers", provider.id, provider.issuer),
            ),
            Err(error) => (
                State::Fail,
                format!("{}: {}: {error}", provider.id, provider.issuer),
            ),
        };
        checks.add("provider", state, detail);
    }
}

async fn check_contents(app: &App, checks: &mut Checks) -> Result<(), crate::admin::AdminError> {
    let registry = app.registry();
    let of_resources = registry.resources.values().map(|own| own.resource.alg);
    let of_clients = clients::list(app)
        .await?
        .into_iter()
        .map(|c| c.metadata.id_token_signed_response_alg.alg());
    let mut in_use: Vec<SigningAlg> = [SigningAlg::ES256]
        .into_iter()
        .chain(of_resources)
        .chain(of_clients)
        .collect();
    in_use.retain(|alg| *alg != SigningAlg::HS256);
    in_use.sort_unstable();
    in_use.dedup();
    let now = app.clock.now();
    let (there, missing): (Vec<_>, Vec<_>) = in_use
        .iter()
        .partition(|alg| registry.keys.current(**alg, now).is_some());
    let names = |algs: &[&SigningAlg]| {
        algs.iter()
            .map(|alg| alg.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    if missing.is_empty() {
        let (state, late) = match overdue(app) {
            Some(late) => (State::Warn, late),
            None => (State::Ok, String::new()),
        };
        checks.add(
            "keys",
            state,
            format!("a current one for {}{late}", names(&there)),
        );
    } else {
        checks.add(
            "keys",
            State::Fail,
            format!(
                "none signs with {} now; run `placet key rotate --now`",
                names(&missing)
            ),
        );
    }
    if let Some(warning) = roles::missing_of_settings(app).await? {
        checks.add("second_factor.required_for_roles", State::Warn, warning);
    }
    if app.store.has_administrator().await? {
        checks.add("administrator", State::Ok, "there is one");
    } else {
        checks.add(
            "administrator",
            State::Warn,
            "there is none; open the set-up link that `placet serve` prints",
        );
    }
    Ok(())
}

/// Which keys should have a successor and have none, though servers make them by themselves.
fn overdue(app: &App) -> Option<String> {
    let before = app.clock.now() - ROTATION_GRACE;
    let late: Vec<String> = keys::due(app)
        .iter()
        .filter(|due| due.since < before)
        .map(|due| format!("{} since {}", due.alg, instant(due.since)))
        .collect();
    (!late.is_empty()).then(|| {
        format!(
            "; a successor is due for {}: a running server makes it, or `placet key rotate`",
            late.join(", ")
        )
    })
}

/// Connects to the mail server and says hello; sends nothing.
async fn check_mail(config: &Config, checks: &mut Checks) {
    let place = config.mail.place();
    let found = match Mailer::new(config) {
        Ok(mailer) => mailer.check().await.map_err(|error| {
            let answer = error.answer.map(|answer| format!(" ({answer})"));
            format!("{}{}", error.fault, answer.unwrap_or_default())
        }),
        Err(error) => Err(error.to_string()),
    };
    match found {
        Ok(found) => checks.add("mail", State::Ok, format!("{place}: {found}")),
        Err(fault) => checks.add("mail", State::Fail, format!("{place}: {fault}")),
    }
}

async fn check_issuer(config: &Config, checks: &mut Checks) {
    let ours = config.issuer.as_str();
    let kind = if config.issuer.is_https() {
        "https"
    } else {
        "on this machine"
    };
    checks.add("issuer", State::Ok, format!("{ours} is {kind}"));
    let is_running = probe::health(config).await;
    match probe::published_issuer(config).await {
        Ok(theirs) if theirs == ours => {
            checks.add("discovery", State::Ok, "served at the issuer, and names it");
        }
        Ok(theirs) => checks.add(
            "discovery",
            State::Fail,
            format!("{ours} serves another issuer: {theirs:?}"),
        ),
        Err(reason) => match is_running {
            Ok(()) => checks.add(
                "discovery",
                State::Fail,
                format!("the server runs, but {ours} does not lead to it from here: {reason}"),
            ),
            Err(_) => checks.add(
                "discovery",
                State::Warn,
                format!("no server runs here, and {ours}: {reason}"),
            ),
        },
    }
}
