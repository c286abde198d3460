//! `[sign_up]`: whether people make accounts themselves, and what these are given.

use std::time::Duration;

use serde::{Deserialize, Deserializer};

use super::{Config, DAY};
use crate::model::user::{ADMIN_ROLE, check_role};

/// Who may make an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignUpMode {
    /// Nobody: administrators do.
    #[default]
    Off,
    /// Whom an administrator invited.
    Invitation,
    /// Anyone who can read mail at an address, and whom an administrator invited.
    Open,
}

/// `[sign_up]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignUpSettings {
    pub mode: SignUpMode,
    /// In lower case; empty: all. Invitations are not bound by it.
    #[serde(deserialize_with = "domains")]
    pub allowed_email_domains: Vec<String>,
    /// Of everyone who signs up uninvited.
    #[serde(deserialize_with = "roles")]
    pub roles: Vec<String>,
    #[serde(with = "humantime_serde")]
    pub invitation_ttl: Duration,
}

impl Default for SignUpSettings {
    fn default() -> Self {
        Self {
            mode: SignUpMode::Off,
            allowed_email_domains: Vec::new(),
            roles: Vec::new(),
            invitation_ttl: 7 * DAY,
        }
    }
}

impl SignUpSettings {
    /// Whether anyone may make an account.
    pub fn is_open(&self) -> bool {
        self.mode == SignUpMode::Open
    }

    /// Whether administrators may invite people.
    pub fn is_by_invitation(&self) -> bool {
        self.mode != SignUpMode::Off
    }

    /// Whether somebody with that address may sign up uninvited.
    pub fn is_allowed(&self, email: &str) -> bool {
        let domain = email.rsplit_once('@').map_or("", |(_, domain)| domain);
        let domain = domain.to_lowercase();
        self.allowed_email_domains.is_empty() || self.allowed_email_domains.contains(&domain)
    }
}

fn domains<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    let is_domain = |text: &&String| {
        let is_part = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
        !text.is_empty() && text.chars().all(is_part)
    };
    match texts.iter().find(|text| !is_domain(text)) {
        Some(text) => Err(serde::de::Error::custom(format!("{text:?} is no domain"))),
        None => Ok(texts.iter().map(|text| text.to_lowercase()).collect()),
    }
}

fn roles<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let roles = Vec::<String>::deserialize(deserializer)?;
    match roles.iter().find(|role| check_role(role).is_err()) {
        Some(role) => Err(serde::de::Error::custom(format!(
            "{role:?} is no role, which has 1 to 64 of the characters A-Z a-z 0-9 . _ - :"
        ))),
        None => Ok(roles),
    }
}

/// The setting that cannot be, and why.
pub(super) fn fault(config: &Config) -> Option<(&'static str, &'static str)> {
    let settings = &config.sign_up;
    if settings.is_open() && !config.mail.is_set_up() {
        return Some((
            "mail.transport",
            "must be set with sign_up.mode = \"open\", which proves addresses by mail",
        ));
    }
    let makes_administrators = settings.roles.iter().any(|role| role == ADMIN_ROLE);
    makes_administrators.then_some((
        "sign_up.roles",
        "must not have admin: anyone could make themselves an administrator",
    ))
}
