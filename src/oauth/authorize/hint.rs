//! `id_token_hint` (OIDC Core §3.1.2.1): whom the client believes to be signed in.
//!
//! Believed only if it is an ID token of ours for this very client; its age does not matter, since clients keep it for long.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::app::{App, Registry};
use crate::keys::jwt::{self, Checks};
use crate::model::client::Client;
use crate::model::request::Hint;
use crate::model::signing_key::SigningAlg;
use crate::oauth::subject;

/// A hundred years: an ID token is long dead when it is used as a hint.
const ANY_AGE: Duration = Duration::from_hours(100 * 365 * 24);

#[derive(Deserialize)]
struct Claims {
    sub: String,
}

/// What a hint says.
pub(super) fn read(
    app: &App,
    registry: &Registry,
    client: &Client,
    hint: &str,
    now: DateTime<Utc>,
) -> Hint {
    let checks = Checks {
        issuer: app.issuer(),
        audience: Some(client.id.as_str()),
        typ: "JWT",
        algorithms: &SigningAlg::ASYMMETRIC,
        now,
        leeway: ANY_AGE,
    };
    match jwt::verify::<Claims>(hint, &registry.keys.verifying_keys(), &checks) {
        Ok(claims) => {
            subject::read(app, client, &claims.sub).map_or(Hint::NotBelieved, Hint::Believed)
        }
        Err(error) => {
            tracing::info!(client_id = %client.id, %error, "an id_token_hint is not believed");
            Hint::NotBelieved
        }
    }
}
