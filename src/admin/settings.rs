//! The settings in force: what each is now, and what it would be if nobody had set it. Secrets are never shown.

use std::time::Duration;

use serde::Serialize;

use crate::app::App;
use crate::config::{
    AuditExport, Config, Kind, LogFormat, MailTransport, RegistrationMode, Setting, SignUpMode,
    Synchronous, reference,
};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// A setting as administrators see one.
#[derive(Debug, Clone, Serialize)]
pub struct SettingView {
    /// As in `placet.toml`, with its section.
    pub key: &'static str,
    /// As one would write it; `None`: not set. Of a secret only whether it is set.
    pub value: Option<String>,
    pub default: Option<&'static str>,
    pub is_default: bool,
    /// The environment variable.
    pub env: String,
    pub help: &'static str,
}

/// Every setting, in the order of the example file. Those that only name the file of another are left out: what was in the file is in
/// force.
pub fn in_force(app: &App) -> Vec<SettingView> {
    let is_file_of_another = |key: &str| {
        let other = key.strip_suffix("_file");
        other.is_some_and(|other| reference().iter().any(|setting| setting.key == other))
    };
    let settings = reference().iter();
    settings
        .filter(|setting| !is_file_of_another(setting.key))
        .map(|setting| view(&app.config, setting))
        .collect()
}

fn view(config: &Config, setting: &Setting) -> SettingView {
    let value = value(config, setting.key);
    let is_default = match (setting.default, &value) {
        (None, None) => true,
        (Some(default), Some(value)) => is_same(setting.kind, default, value),
        _ => false,
    };
    SettingView {
        key: setting.key,
        value,
        default: setting.default,
        is_default,
        env: setting.env(),
        help: setting.help,
    }
}

/// Durations may be written in several ways.
fn is_same(kind: Kind, one: &str, other: &str) -> bool {
    let duration = |text: &str| humantime::parse_duration(text).ok();
    match kind {
        Kind::Duration { .. } => duration(one) == duration(other),
        _ => one == other,
    }
}

fn value(config: &Config, key: &str) -> Option<String> {
    let (section, name) = key.split_once('.').unwrap_or(("", key));
    match section {
        "" => top(config, name),
        "branding" => branding(config, name),
        "database" | "outgoing" => machines(config, key),
        "tokens" | "sessions" | "requests" => lifetimes(config, key),
        "registration" => registration(config, name),
        "mail" => mail(config, name),
        "sign_up" => sign_up(config, name),
        _ => others(config, key),
    }
}

fn top(config: &Config, name: &str) -> Option<String> {
    let is_set = |is: bool| is.then(|| "set".to_owned());
    match name {
        "listen" => Some(config.listen.clone()),
        "issuer" => Some(config.issuer.as_str().to_owned()),
        "name" => Some(config.name.clone()),
        "locale" => Some(config.language.tag().to_owned()),
        // Without the password, which its `Display` leaves out.
        "database_url" => Some(config.database_url.to_string()),
        "database_password" => is_set(config.database_password.is_some()),
        "secret_key" => is_set(config.secret_key.is_some()),
        "admin_username" => config.admin_username.clone(),
        "admin_password" => is_set(config.admin_password.is_some()),
        "admin_email" => config.admin_email.clone(),
        "trusted_proxies" => list(&config.trusted_proxies),
        "workers" => number(config.workers),
        "shutdown_timeout" => span(config.shutdown_timeout),
        "log" => Some(config.log.clone()),
        "log_format" => word(match config.log_format {
            LogFormat::Text => "text",
            LogFormat::Json => "json",
        }),
        _ => None,
    }
}

fn branding(config: &Config, name: &str) -> Option<String> {
    let settings = &config.branding;
    let logo = settings.logo_file.as_ref();
    match name {
        "logo_file" => logo.map(|file| file.display().to_string()),
        "accent" => settings.accent.map(|accent| accent.to_string()),
        "accent_dark" => settings.accent_dark.map(|accent| accent.to_string()),
        "privacy_uri" => settings.privacy_uri.clone(),
        "terms_uri" => settings.terms_uri.clone(),
        "help_uri" => settings.help_uri.clone(),
        _ => None,
    }
}

fn machines(config: &Config, key: &str) -> Option<String> {
    let file = config.outgoing.extra_ca_file.as_ref();
    match key {
        "database.max_connections" => number(config.database.max_connections),
        "database.synchronous" => word(match config.database.synchronous {
            Synchronous::Normal => "normal",
            Synchronous::Full => "full",
        }),
        "database.migrate" => number(config.database.migrate),
        "outgoing.allow_hosts" => list(&config.outgoing.allow_hosts),
        "outgoing.extra_ca_file" => file.map(|file| file.display().to_string()),
        _ => None,
    }
}

fn lifetimes(config: &Config, key: &str) -> Option<String> {
    span(match key {
        "tokens.access_ttl" => config.tokens.access_ttl,
        "tokens.refresh_idle_ttl" => config.tokens.refresh_idle_ttl,
        "tokens.refresh_max_ttl" => config.tokens.refresh_max_ttl,
        "tokens.refresh_retry_window" => config.tokens.refresh_retry_window,
        "tokens.code_ttl" => config.tokens.code_ttl,
        "tokens.id_ttl" => config.tokens.id_ttl,
        "sessions.idle_ttl" => config.sessions.idle_ttl,
        "sessions.max_ttl" => config.sessions.max_ttl,
        "requests.ttl" => config.requests.ttl,
        _ => return None,
    })
}

fn registration(config: &Config, name: &str) -> Option<String> {
    let settings = &config.registration;
    match name {
        "mode" => word(match settings.mode {
            RegistrationMode::Closed => "closed",
            RegistrationMode::Token => "token",
            RegistrationMode::Open => "open",
        }),
        "scope" => list(&settings.scope),
        "allow_legacy_response_types" => number(settings.allow_legacy_response_types),
        "max_clients" => number(settings.max_clients),
        "max_per_hour_per_address" => number(settings.max_per_hour_per_address),
        "unused_ttl" => span(settings.unused_ttl),
        _ => None,
    }
}

fn mail(config: &Config, name: &str) -> Option<String> {
    let settings = &config.mail;
    match name {
        "transport" => word(match settings.transport {
            MailTransport::None => "none",
            MailTransport::Smtp => "smtp",
            MailTransport::File => "file",
        }),
        "from" => settings.from.as_ref().map(ToString::to_string),
        // Without user name and password, which its `Display` leaves out.
        "smtp_url" => settings.smtp_url.as_ref().map(ToString::to_string),
        "smtp_password" => settings.smtp_password.as_ref().map(|_| "set".to_owned()),
        "allow_plain" => number(settings.allow_plain),
        "folder" => Some(settings.folder.display().to_string()),
        _ => None,
    }
}

fn sign_up(config: &Config, name: &str) -> Option<String> {
    let settings = &config.sign_up;
    match name {
        "mode" => word(match settings.mode {
            SignUpMode::Off => "off",
            SignUpMode::Invitation => "invitation",
            SignUpMode::Open => "open",
        }),
        "allowed_email_domains" => list(&settings.allowed_email_domains),
        "roles" => list(&settings.roles),
        "invitation_ttl" => span(settings.invitation_ttl),
        _ => None,
    }
}

fn others(config: &Config, key: &str) -> Option<String> {
    match key {
        "password.min_length" => number(config.password.min_length),
        "password.min_strength" => number(config.password.min_strength),
        "password_hash.memory_kib" => number(config.password_hash.memory_kib),
        "password_hash.iterations" => number(config.password_hash.iterations),
        "password_hash.parallelism" => number(config.password_hash.parallelism),
        "password_hash.threads" => number(config.password_hash.threads),
        "password_hash.queue" => number(config.password_hash.queue),
        "sign_in.attempts_per_account" => number(config.sign_in.attempts_per_account),
        "sign_in.attempts_per_account_everywhere" => {
            number(config.sign_in.attempts_per_account_everywhere)
        }
        "sign_in.attempts_per_address" => number(config.sign_in.attempts_per_address),
        "sign_in.attempts_per_network" => number(config.sign_in.attempts_per_network),
        "sign_in.window" => span(config.sign_in.window),
        "account.profile_editable" => number(config.account.profile_editable),
        "account.deletable" => number(config.account.deletable),
        "second_factor.required" => number(config.second_factor.required),
        "second_factor.required_for_roles" => list(&config.second_factor.required_for_roles),
        "upstream.file" => {
            let file = config.upstream.file.as_ref();
            file.map(|file| file.display().to_string())
        }
        "keys.publish_before_use" => span(config.keys.publish_before_use),
        "keys.rotate_every" => span(config.keys.rotate_every),
        "audit.export" => Some(match &config.audit.export {
            AuditExport::Off => "off".to_owned(),
            AuditExport::Stdout => "stdout".to_owned(),
            AuditExport::File(path) => path.display().to_string(),
        }),
        "audit.retention" => span(config.audit.retention),
        "errors.keep" => number(config.errors.keep),
        "errors.max_age" => span(config.errors.max_age),
        "sweep.interval" => span(config.sweep.interval),
        "sweep.batch" => number(config.sweep.batch),
        _ => None,
    }
}

#[expect(clippy::needless_pass_by_value, reason = "numbers and switches")]
#[expect(clippy::unnecessary_wraps, reason = "an arm of what may not be set")]
fn number(value: impl ToString) -> Option<String> {
    Some(value.to_string())
}

#[expect(clippy::unnecessary_wraps, reason = "an arm of what may not be set")]
fn word(value: &str) -> Option<String> {
    Some(value.to_owned())
}

/// Comma-separated; an empty list is not set.
fn list<T: ToString>(items: &[T]) -> Option<String> {
    let texts: Vec<String> = items.iter().map(ToString::to_string).collect();
    (!texts.is_empty()).then(|| texts.join(","))
}

/// In the largest unit that leaves no rest.
#[expect(clippy::unnecessary_wraps, reason = "an arm of what may not be set")]
fn span(duration: Duration) -> Option<String> {
    let seconds = duration.as_secs();
    let units = [("d", DAY), ("h", HOUR), ("m", MINUTE)];
    let fits = |&&(_, unit): &&(&str, u64)| seconds >= unit && seconds.is_multiple_of(unit);
    let text = match units.iter().find(fits) {
        Some((name, unit)) => format!("{}{name}", seconds / unit),
        None => format!("{seconds}s"),
    };
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::secret::Secret;

    #[test]
    fn every_setting_is_known_and_is_its_default() {
        let config = Config::default();
        for setting in reference().iter().filter(|s| s.default.is_some()) {
            let view = view(&config, setting);
            assert!(view.is_default, "{view:?}");
        }
    }

    #[test]
    fn every_setting_shows_what_is_set() {
        let config = Config {
            database_password: Some(Secret::new("hush".to_owned())),
            secret_key: Some(Secret::new([7; 32])),
            admin_username: Some("ada".to_owned()),
            admin_password: Some(Secret::new("hush".to_owned())),
            admin_email: Some("ada@example.com".to_owned()),
            trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
            mail: crate::config::MailSettings {
                from: Some("id@acme.example".parse().unwrap()),
                smtp_url: Some("smtps://ada:hush@mail.example".parse().unwrap()),
                smtp_password: Some(Secret::new("hush".to_owned())),
                ..crate::config::MailSettings::default()
            },
            branding: crate::config::BrandingSettings {
                logo_file: Some("logo.svg".into()),
                accent: "#0f6a5b".parse().ok(),
                accent_dark: "#6fcdb6".parse().ok(),
                privacy_uri: Some("https://acme.example/privacy".to_owned()),
                terms_uri: Some("https://acme.example/terms".to_owned()),
                help_uri: Some("mailto:help@acme.example".to_owned()),
            },
            upstream: crate::config::UpstreamSettings {
                file: Some("providers.toml".into()),
                ..Default::default()
            },
            second_factor: crate::config::SecondFactorSettings {
                required_for_roles: vec!["admin".to_owned()],
                ..Default::default()
            },
            sign_up: crate::config::SignUpSettings {
                allowed_email_domains: vec!["acme.example".to_owned()],
                roles: vec!["member".to_owned()],
                ..Default::default()
            },
            ..Config::default()
        };
        for setting in reference()
            .iter()
            .filter(|s| !s.key.contains("outgoing") && !s.key.ends_with("_file"))
        {
            let view = view(&config, setting);
            let value = view
                .value
                .unwrap_or_else(|| panic!("{} is not known", setting.key));
            assert!(!value.contains("hush"), "{}", setting.key);
        }
    }

    #[test]
    fn the_password_of_the_database_is_not_shown() {
        let config = Config {
            database_url: "postgres://placet:hush@db/placet?sslkey=hush"
                .parse()
                .unwrap(),
            ..Config::default()
        };
        let shown = top(&config, "database_url").unwrap();
        assert!(
            shown.contains("db/placet") && !shown.contains("hush"),
            "{shown}"
        );
    }
}
