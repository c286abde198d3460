//! An ID token of ours that a client gives back as a hint (OIDC Core §3.1.2.1, RP-Initiated Logout §2).
//!
//! Its age does not matter, since clients keep it for long; its signature does, by a key that we still know.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::app::{App, Registry};
use crate::keys::jwt::{self, Checks, JwtError};
use crate::model::signing_key::SigningAlg;

/// A hundred years: an ID token is long dead when it is used as a hint.
const ANY_AGE: Duration = Duration::from_hours(100 * 365 * 24);

/// What of a hint is of use.
#[derive(Debug, Deserialize)]
pub(super) struct Claims {
    pub sub: String,
    pub aud: String,
    pub sid: Option<String>,
}

/// What a hint says, if it is an ID token of ours; for `audience` alone where one is given.
pub(super) fn read(
    app: &App,
    registry: &Registry,
    audience: Option<&str>,
    hint: &str,
    now: DateTime<Utc>,
) -> Result<Claims, JwtError> {
    let checks = Checks {
        issuer: app.issuer(),
        audience,
        typ: "JWT",
        algorithms: &SigningAlg::ASYMMETRIC,
        now,
        leeway: ANY_AGE,
    };
    jwt::verify(hint, &registry.keys.verifying_keys(), &checks)
}
