//! `id_token_hint` (OIDC Core §3.1.2.1): whom the client believes to be signed in.
//!
//! Believed only if it is an ID token of ours for this very client.

use chrono::{DateTime, Utc};

use crate::app::{App, Registry};
use crate::model::client::Client;
use crate::model::request::Hint;
use crate::oauth::{id_token_hint, subject};

/// What a hint says.
pub(super) fn read(
    app: &App,
    registry: &Registry,
    client: &Client,
    hint: &str,
    now: DateTime<Utc>,
) -> Hint {
    match id_token_hint::read(app, registry, Some(client.id.as_str()), hint, now) {
        Ok(claims) => {
            subject::read(app, client, &claims.sub).map_or(Hint::NotBelieved, Hint::Believed)
        }
        Err(error) => {
            tracing::info!(client_id = %client.id, %error, "an id_token_hint is not believed");
            Hint::NotBelieved
        }
    }
}
