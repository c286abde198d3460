//! Checks that look at one given value against the reference, and at several settings together.

use std::time::Duration;

use url::Url;

use super::database_url::DatabaseKind;
use super::reference::{Kind, Setting};
use super::{Config, OutgoingSettings, mail, sign_up, values};
use crate::model::scope::RESERVED_PREFIX;

/// `text` is the value as given; `None` where it is a table or a list. The answer says what is wrong, without showing a secret.
pub(super) fn fault(setting: &Setting, text: Option<&str>) -> Option<String> {
    let Some(text) = text else {
        return (setting.kind != Kind::List).then(|| "must be a single value".to_owned());
    };
    match setting.kind {
        Kind::Duration { min, max } => out_of_span(text, min, max),
        Kind::Number { min, max } => match text.parse::<u64>() {
            Ok(number) if number < min => {
                Some(format!("{number} is below the least allowed, {min}"))
            }
            Ok(number) if number > max => {
                Some(format!("{number} is above the most allowed, {max}"))
            }
            Ok(_) => None,
            Err(_) => Some(format!(
                "{text:?} is not a whole number from {min} to {max}"
            )),
        },
        Kind::Switch => {
            let is_good = text == "true" || text == "false";
            (!is_good).then(|| format!("{text:?} is neither true nor false"))
        }
        Kind::Choice(words) => {
            let is_good = words.contains(&text);
            (!is_good).then(|| format!("{text:?} is not one of {}", words.join(", ")))
        }
        Kind::List => Some("must be a list".to_owned()),
        Kind::Text | Kind::Secret => None,
    }
}

fn out_of_span(text: &str, min: &str, max: &str) -> Option<String> {
    let limit = |text: &str| humantime::parse_duration(text).unwrap_or(Duration::ZERO);
    match humantime::parse_duration(text) {
        Ok(span) if span < limit(min) => Some(format!("{text} is below the least allowed, {min}")),
        Ok(span) if span > limit(max) => Some(format!("{text} is above the most allowed, {max}")),
        Ok(_) => None,
        Err(_) => Some(format!(
            "{text:?} is not a duration: a number with its unit (s, m, h or d)"
        )),
    }
}

/// A setting, and what is wrong with it.
type Fault = (&'static str, &'static str);

/// What is wrong with several settings together. `is_given` says which to name: the one that somebody wrote, not a default.
pub(super) fn contradiction(config: &Config, is_given: impl Fn(&str) -> bool) -> Option<Fault> {
    let named = |faults: &[Fault]| {
        faults
            .iter()
            .find(|(key, _)| is_given(key))
            .or(faults.first())
            .copied()
    };
    contradictions(config)
        .iter()
        .find(|(is_wrong, _)| *is_wrong)
        .and_then(|(_, faults)| named(faults))
        .or_else(|| admin_password_fault(config).map(|fault| ("admin_password", fault)))
        .or_else(|| database_password_fault(config).map(|fault| ("database_password", fault)))
        .or_else(|| mail::fault(config))
        .or_else(|| sign_up::fault(config))
        .or_else(|| ca_file_fault(config).map(|fault| ("outgoing.extra_ca_file", fault)))
}

const REFRESH: &[Fault] = &[
    (
        "tokens.refresh_idle_ttl",
        "must not be longer than tokens.refresh_max_ttl",
    ),
    (
        "tokens.refresh_max_ttl",
        "must not be shorter than tokens.refresh_idle_ttl",
    ),
];
const SESSIONS: &[Fault] = &[
    (
        "sessions.idle_ttl",
        "must not be longer than sessions.max_ttl",
    ),
    (
        "sessions.max_ttl",
        "must not be shorter than sessions.idle_ttl",
    ),
];
const ATTEMPTS: &[Fault] = &[
    (
        "sign_in.attempts_per_account",
        "must not be more than sign_in.attempts_per_account_everywhere",
    ),
    (
        "sign_in.attempts_per_account_everywhere",
        "must not be less than sign_in.attempts_per_account",
    ),
];
const NETWORK: &[Fault] = &[
    (
        "sign_in.attempts_per_address",
        "must not be more than sign_in.attempts_per_network",
    ),
    (
        "sign_in.attempts_per_network",
        "must not be less than sign_in.attempts_per_address",
    ),
];
const LANES: &[Fault] = &[
    (
        "password_hash.memory_kib",
        "must be at least 8 times password_hash.parallelism",
    ),
    (
        "password_hash.parallelism",
        "must be at most an eighth of password_hash.memory_kib",
    ),
];
const RESERVED_SCOPE: &[Fault] = &[(
    "registration.scope",
    "must not have placet:admin, placet:read or any other scope that begins with placet:; clients that register themselves do not administer",
)];
const ROTATION: &[Fault] = &[
    (
        "keys.rotate_every",
        "must be 0s, or at least 1d and longer than keys.publish_before_use",
    ),
    (
        "keys.publish_before_use",
        "must be shorter than keys.rotate_every",
    ),
];
const NO_PASSWORD: &[Fault] = &[(
    "admin_password",
    "must be given together with admin_username",
)];
const NO_USERNAME: &[Fault] = &[(
    "admin_username",
    "must be given together with admin_password and admin_email",
)];

fn contradictions(config: &Config) -> [(bool, &'static [Fault]); 9] {
    let Config {
        tokens,
        sessions,
        sign_in,
        password_hash: hash,
        ..
    } = config;
    let is_too_often =
        |every| every < Duration::from_hours(24) || every <= config.keys.publish_before_use;
    let mut for_anyone = config.registration.scope.iter();
    let is_for_anyone = for_anyone.any(|name| name.starts_with(RESERVED_PREFIX));
    let has_username = config.admin_username.is_some();
    let has_password = config.admin_password.is_some();
    let has_either = has_password || config.admin_email.is_some();
    [
        (tokens.refresh_idle_ttl > tokens.refresh_max_ttl, REFRESH),
        (sessions.idle_ttl > sessions.max_ttl, SESSIONS),
        (
            sign_in.attempts_per_account > sign_in.attempts_per_account_everywhere,
            ATTEMPTS,
        ),
        (
            sign_in.attempts_per_address > sign_in.attempts_per_network,
            NETWORK,
        ),
        (hash.memory_kib < hash.parallelism.saturating_mul(8), LANES),
        (config.keys.rotation().is_some_and(is_too_often), ROTATION),
        (has_username && !has_password, NO_PASSWORD),
        (!has_username && has_either, NO_USERNAME),
        (is_for_anyone, RESERVED_SCOPE),
    ]
}

fn admin_password_fault(config: &Config) -> Option<&'static str> {
    let password = config.admin_password.as_ref()?.expose();
    if password.chars().count() < config.password.min_length {
        return Some("must have at least password.min_length characters");
    }
    (password.len() > 1024).then_some("must not have more than 1024 bytes")
}

fn database_password_fault(config: &Config) -> Option<&'static str> {
    let password = config.database_password.as_ref()?.expose();
    let url = &config.database_url;
    if url.kind() == DatabaseKind::Sqlite {
        return Some("database_url is a SQLite file, which takes no password");
    }
    if url.has_password() {
        return Some("database_url holds a password already; give one of the two");
    }
    url.with_password(password)
        .is_none()
        .then_some("database_url has no user name and host that the password could be for")
}

fn ca_file_fault(config: &Config) -> Option<&'static str> {
    let file = config.outgoing.extra_ca_file.as_ref()?;
    (!file.is_file()).then_some("there is no such file")
}

/// See [`Config::warnings`].
pub(super) fn warnings(config: &Config) -> Vec<String> {
    let is_reachable = !values::is_loopback(&config.listen);
    let port = config
        .listen
        .rsplit_once(':')
        .and_then(|(_, port)| port.parse::<u16>().ok());
    let issuer_port = config.issuer.url().port_or_known_default();
    // Port 0 is the system's choice.
    let is_elsewhere =
        !config.issuer.is_https() && !is_reachable && port != Some(0) && port != issuer_port;
    let warnings = [
        (
            config.issuer.is_https() && is_reachable && config.trusted_proxies.is_empty(),
            "trusted_proxies: the issuer is https, so a proxy ends TLS, but none is trusted; limits and the audit log will see its address for everybody's",
        ),
        (
            !config.issuer.is_https() && is_reachable,
            "issuer: it is plain http on this machine, but listen is open to others, who cannot use it; set issuer to the https URL that they see",
        ),
        (
            is_elsewhere,
            "issuer: its port is not the one of listen, so its addresses lead elsewhere; set issuer (PLACET_ISSUER) to the URL that browsers see",
        ),
        (
            !config.outgoing.allow_hosts.is_empty(),
            "outgoing.allow_hosts: this server may be made to call loopback or private addresses; meant for tests and closed networks",
        ),
    ];
    let ours = warnings.iter().filter(|(applies, _)| *applies);
    let ours = ours.map(|(_, line)| (*line).to_owned());
    ours.chain(uncalled_providers(config)).collect()
}

/// Providers on plain http, which only `allow_hosts` opens. Of the others it shows when they are called.
fn uncalled_providers(config: &Config) -> impl Iterator<Item = String> {
    let allowed = &config.outgoing.allow_hosts;
    config.upstream.providers.iter().filter_map(|provider| {
        let url = Url::parse(&provider.issuer).ok()?;
        let entry = OutgoingSettings::entry_of(&url)?;
        let is_closed = url.scheme() == "http" && !allowed.contains(&entry);
        is_closed.then(|| {
            format!(
                "upstream.file: provider {:?}: {} is plain http and will not be called; add {entry:?} to outgoing.allow_hosts",
                provider.id, provider.issuer
            )
        })
    })
}
