//! Every setting, its default, and how it is read. What each one means, its bounds and its example stand in `reference`, once;
//! `placet.example.toml` and the settings page of the docs are made from there, and a test keeps this struct in step with it.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use serde::Deserialize;

use crate::model::issuer::Issuer;
use crate::model::language::Language;
use crate::model::secret::Secret;

mod branding;
mod check;
mod database_url;
mod error;
mod load;
mod mail;
mod reference;
mod reference_table;
mod sign_in;
mod sign_up;
mod upstream;
mod values;

pub use branding::BrandingSettings;
pub use database_url::{DatabaseKind, DatabaseUrl};
pub use error::ConfigError;
pub use load::{LoadOptions, load};
pub use mail::{MailSettings, MailTransport, Sender, SmtpSecurity, SmtpUrl};
pub use reference::{Kind, Setting, example_toml, reference};
pub use sign_in::{SecondFactorSettings, SignInSettings};
pub use sign_up::{SignUpMode, SignUpSettings};
pub use upstream::{Protocol, Provider, UpstreamSettings};
pub use values::{
    AuditExport, LogFormat, RegistrationMode, SecretKeyError, Synchronous, parse_secret_key,
};

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// All settings, checked. Made by [`load`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Address and port, or host and port.
    #[serde(deserialize_with = "values::listen")]
    pub listen: String,
    pub issuer: Issuer,
    /// The installation's name, on its pages.
    #[serde(deserialize_with = "values::name")]
    pub name: String,
    /// Of pages and mails for whoever speaks none of ours, as far as is known.
    #[serde(rename = "locale")]
    pub language: Language,
    pub database_url: DatabaseUrl,
    /// Read it through [`Config::database_url_with_password`].
    pub database_password: Option<Secret<String>>,
    #[serde(deserialize_with = "values::secret_key")]
    pub secret_key: Option<Secret<[u8; 32]>>,
    pub admin_username: Option<String>,
    pub admin_password: Option<Secret<String>>,
    pub admin_email: Option<String>,
    /// Whose `X-Forwarded-*` is believed (S61).
    #[serde(deserialize_with = "values::networks")]
    pub trusted_proxies: Vec<IpNet>,
    /// Worker threads; 0: see [`Config::worker_count`].
    pub workers: usize,
    /// How long running requests may go on after the signal to stop.
    #[serde(with = "humantime_serde")]
    pub shutdown_timeout: Duration,
    /// A filter of `tracing_subscriber::EnvFilter`.
    #[serde(deserialize_with = "values::log")]
    pub log: String,
    pub log_format: LogFormat,
    pub branding: BrandingSettings,
    pub database: DatabaseSettings,
    pub outgoing: OutgoingSettings,
    pub mail: MailSettings,
    pub tokens: TokenSettings,
    pub sessions: SessionSettings,
    pub requests: RequestSettings,
    pub password: PasswordSettings,
    pub password_hash: PasswordHashSettings,
    pub sign_in: SignInSettings,
    pub second_factor: SecondFactorSettings,
    pub sign_up: SignUpSettings,
    pub upstream: UpstreamSettings,
    pub registration: RegistrationSettings,
    pub keys: KeySettings,
    pub account: AccountSettings,
    pub audit: AuditSettings,
    pub errors: ErrorSettings,
    pub sweep: SweepSettings,
}

/// `[database]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DatabaseSettings {
    /// 0: see [`Config::max_connections`].
    pub max_connections: u32,
    pub synchronous: Synchronous,
    /// Whether `serve` applies the schema.
    pub migrate: bool,
}

/// `[outgoing]`: what the guarded fetcher may call.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OutgoingSettings {
    /// `host:port` in lower case.
    #[serde(deserialize_with = "values::hosts")]
    pub allow_hosts: Vec<String>,
    /// PEM.
    pub extra_ca_file: Option<PathBuf>,
}

/// `[tokens]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TokenSettings {
    #[serde(with = "humantime_serde")]
    pub access_ttl: Duration,
    #[serde(with = "humantime_serde")]
    pub refresh_idle_ttl: Duration,
    #[serde(with = "humantime_serde")]
    pub refresh_max_ttl: Duration,
    /// A repeat of the token before the newest is answered again within this (S87).
    #[serde(with = "humantime_serde")]
    pub refresh_retry_window: Duration,
    #[serde(with = "humantime_serde")]
    pub code_ttl: Duration,
    #[serde(with = "humantime_serde")]
    pub id_ttl: Duration,
}

/// `[sessions]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SessionSettings {
    #[serde(with = "humantime_serde")]
    pub idle_ttl: Duration,
    #[serde(with = "humantime_serde")]
    pub max_ttl: Duration,
}

/// `[requests]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RequestSettings {
    /// How long a sign-in or consent page may stay open.
    #[serde(with = "humantime_serde")]
    pub ttl: Duration,
}

/// `[password]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PasswordSettings {
    /// In characters (Unicode scalar values).
    pub min_length: usize,
    /// How hard to guess, 0 to 4 in the scale of zxcvbn.
    pub min_strength: u8,
}

/// `[password_hash]`: argon2id (RFC 9106).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PasswordHashSettings {
    pub memory_kib: u32,
    pub iterations: u32,
    pub parallelism: u32,
    /// 0: see [`Config::hash_threads`].
    pub threads: usize,
    /// How many may wait.
    pub queue: usize,
}

/// `[registration]`: clients that register themselves (RFC 7591).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RegistrationSettings {
    pub mode: RegistrationMode,
    /// What such a client may ask for at most.
    pub scope: Vec<String>,
    pub allow_legacy_response_types: bool,
    /// How many there may be.
    pub max_clients: u32,
    pub max_per_hour_per_address: u32,
    /// One that nothing was issued to for so long goes.
    #[serde(with = "humantime_serde")]
    pub unused_ttl: Duration,
}

/// `[keys]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct KeySettings {
    /// How long a new signing key is in the key set before it signs (S132).
    #[serde(with = "humantime_serde")]
    pub publish_before_use: Duration,
    /// Read it through [`KeySettings::rotation`].
    #[serde(with = "humantime_serde")]
    pub rotate_every: Duration,
}

impl KeySettings {
    /// How long a key signs until another takes its place; `None`: until somebody says so.
    pub fn rotation(&self) -> Option<Duration> {
        (!self.rotate_every.is_zero()).then_some(self.rotate_every)
    }

    /// How long anyone may keep a copy of the key set. Half of the time for which a key is in it before it signs: the other half is
    /// for nodes that hear of the key a moment later, for clocks, and for caches behind caches.
    pub fn set_max_age(&self) -> Duration {
        (self.publish_before_use / 2).min(5 * MINUTE)
    }
}

/// `[account]`: what people may do with their own account.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AccountSettings {
    /// Change name and other claims of their own.
    pub profile_editable: bool,
    /// Delete it.
    pub deletable: bool,
}

/// `[audit]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AuditSettings {
    #[serde(with = "humantime_serde")]
    pub retention: Duration,
    #[serde(deserialize_with = "values::audit_export")]
    pub export: AuditExport,
}

/// `[errors]`: refused requests, remembered so that they can be explained.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ErrorSettings {
    /// How many at most; 0: none.
    pub keep: u32,
    #[serde(with = "humantime_serde")]
    pub max_age: Duration,
}

/// `[sweep]`: deleting what has expired.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SweepSettings {
    #[serde(with = "humantime_serde")]
    pub interval: Duration,
    /// Rows in one transaction.
    pub batch: u32,
}

impl Config {
    /// The database's URL with `database_password` in it, percent-encoded. Never print it.
    pub fn database_url_with_password(&self) -> Secret<String> {
        match &self.database_password {
            // `load` has checked that the URL can take a password.
            Some(password) => self.database_url.with_password(password.expose()),
            None => None,
        }
        .unwrap_or_else(|| Secret::new(self.database_url.expose().to_owned()))
    }

    /// The file of a SQLite database; `None` on Postgres and for one in memory.
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        self.database_url.sqlite_file()
    }

    /// How many database connections to hold. Automatic: 4 for each core and at least 8. Each request holds one for well under a
    /// millisecond, so more would only queue inside the database; fewer would leave cores idle while it waits for the disk.
    pub fn max_connections(&self) -> u32 {
        match self.database.max_connections {
            0 => u32::try_from(cores() * 4).unwrap_or(u32::MAX).max(8),
            number => number,
        }
    }

    /// How many threads hash passwords; automatic: one for each core.
    pub fn hash_threads(&self) -> usize {
        match self.password_hash.threads {
            0 => cores(),
            number => number,
        }
    }

    /// How many threads serve requests; automatic: one for each core.
    pub fn worker_count(&self) -> usize {
        match self.workers {
            0 => cores(),
            number => number,
        }
    }

    /// What is allowed but seldom meant: one line each, for the log at start and for `doctor`.
    pub fn warnings(&self) -> Vec<String> {
        check::warnings(self)
    }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZeroUsize::get)
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            issuer: Issuer::default(),
            name: "Placet".to_owned(),
            language: Language::default(),
            database_url: DatabaseUrl::default(),
            database_password: None,
            secret_key: None,
            admin_username: None,
            admin_password: None,
            admin_email: None,
            trusted_proxies: Vec::new(),
            workers: 0,
            shutdown_timeout: Duration::from_secs(10),
            log: "info".to_owned(),
            log_format: LogFormat::Text,
            branding: BrandingSettings::default(),
            database: DatabaseSettings::default(),
            outgoing: OutgoingSettings::default(),
            mail: MailSettings::default(),
            tokens: TokenSettings::default(),
            sessions: SessionSettings::default(),
            requests: RequestSettings::default(),
            password: PasswordSettings::default(),
            password_hash: PasswordHashSettings::default(),
            sign_in: SignInSettings::default(),
            second_factor: SecondFactorSettings::default(),
            sign_up: SignUpSettings::default(),
            upstream: UpstreamSettings::default(),
            registration: RegistrationSettings::default(),
            keys: KeySettings::default(),
            account: AccountSettings::default(),
            audit: AuditSettings::default(),
            errors: ErrorSettings::default(),
            sweep: SweepSettings::default(),
        }
    }
}

/// A section that is left out, or only partly given, has these values.
macro_rules! defaults {
    ($($section:ident { $($field:ident: $value:expr),+ $(,)? })+) => {
        $(impl Default for $section {
            fn default() -> Self {
                Self { $($field: $value),+ }
            }
        })+
    };
}

defaults! {
    DatabaseSettings { max_connections: 0, synchronous: Synchronous::Normal, migrate: true }
    TokenSettings {
        access_ttl: 10 * MINUTE,
        refresh_idle_ttl: 30 * DAY,
        refresh_max_ttl: 365 * DAY,
        refresh_retry_window: Duration::from_secs(10),
        code_ttl: MINUTE,
        id_ttl: 10 * MINUTE,
    }
    SessionSettings { idle_ttl: 12 * HOUR, max_ttl: 14 * DAY }
    RequestSettings { ttl: HOUR }
    PasswordSettings { min_length: 8, min_strength: 2 }
    PasswordHashSettings { memory_kib: 19_456, iterations: 2, parallelism: 1, threads: 0, queue: 256 }
    RegistrationSettings {
        mode: RegistrationMode::Closed,
        scope: ["openid", "profile", "email", "address", "phone", "offline_access"].map(str::to_owned).to_vec(),
        allow_legacy_response_types: false,
        max_clients: 10_000,
        max_per_hour_per_address: 20,
        unused_ttl: 7 * DAY,
    }
    KeySettings { publish_before_use: 10 * MINUTE, rotate_every: 90 * DAY }
    AccountSettings { profile_editable: true, deletable: false }
    AuditSettings { retention: 365 * DAY, export: AuditExport::Off }
    ErrorSettings { keep: 10_000, max_age: 7 * DAY }
    SweepSettings { interval: Duration::from_secs(10), batch: 500 }
}

#[cfg(test)]
mod bad_values;
#[cfg(test)]
mod tests;
