//! Access tokens of ours that come back: read, and traced to the grant, the person and the client behind them.
//!
//! 1. [`read`]: the signature, by our own published keys alone, and the claims. A token signed with a resource's shared secret is
//!    not believed here: that resource could have made it.
//! 2. [`find`]: the grant, its person and its client, all of them alive.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::error::{Error, invalid_token};
use super::token::grant_of;
use crate::app::App;
use crate::keys::jwt::{self, Checks};
use crate::model::client::Client;
use crate::model::scope::Scopes;
use crate::model::signing_key::SigningAlg;
use crate::storage::PersonGrant;

/// The clocks of two nodes may differ: a token is not refused for coming from a moment ahead.
const SKEW: Duration = Duration::from_secs(10);

/// What a token says of itself, once its signature was found to be ours.
#[derive(Debug, Deserialize)]
pub struct AccessToken {
    pub sub: String,
    pub client_id: String,
    pub jti: String,
    pub aud: Option<String>,
    pub iat: i64,
    pub exp: i64,
    #[serde(default)]
    pub scope: Scopes,
}

/// A living token with what stands behind it.
#[derive(Debug)]
pub struct VerifiedAccess {
    pub token: AccessToken,
    pub client: Arc<Client>,
    /// The grant and its person; `None` where the client acts for itself.
    pub person: Option<PersonGrant>,
}

/// Reads a token; nothing is looked up.
pub fn read(app: &App, value: &str, now: DateTime<Utc>) -> Result<AccessToken, Error> {
    let checks = Checks {
        issuer: app.issuer(),
        audience: None,
        // No ID token, logout token or answer to a resource passes for one (S103).
        typ: "at+jwt",
        algorithms: &SigningAlg::ASYMMETRIC,
        now,
        leeway: SKEW,
    };
    let keys = app.registry().keys.verifying_keys();
    let token: AccessToken = jwt::verify(value, &keys, &checks).map_err(|error| {
        tracing::info!(%error, "an access token is not believed");
        invalid_token("not an access token of this server, or an expired one")
    })?;
    if now.timestamp() >= token.exp {
        return Err(invalid_token("the access token has expired"));
    }
    Ok(token)
}

/// Finds what stands behind a token, by one question to the database at most.
pub async fn find(
    app: &App,
    token: AccessToken,
    now: DateTime<Utc>,
) -> Result<VerifiedAccess, Error> {
    let client = app.find_client(&token.client_id).await?;
    let client = client
        .filter(|client| client.is_enabled())
        .ok_or_else(|| invalid_token("the client of the access token is gone or disabled"))?;
    let person = match grant_of(app, &token.jti) {
        None => None,
        Some(id) => {
            let found = app.store.find_person_grant(id).await?;
            let found =
                found.ok_or_else(|| invalid_token("the grant of the access token is gone"))?;
            check_alive(&found, &client, now)?;
            Some(found)
        }
    };
    Ok(VerifiedAccess {
        token,
        client,
        person,
    })
}

/// Both.
pub async fn verify(app: &App, value: &str, now: DateTime<Utc>) -> Result<VerifiedAccess, Error> {
    let token = read(app, value, now)?;
    find(app, token, now).await
}

fn check_alive(found: &PersonGrant, client: &Client, now: DateTime<Utc>) -> Result<(), Error> {
    if found.grant.client_id != client.id {
        return Err(invalid_token(
            "the access token and its grant are of two clients",
        ));
    }
    if found.grant.revoked_at.is_some() {
        return Err(invalid_token("the grant of the access token is revoked"));
    }
    if now >= found.grant.expires_at {
        return Err(invalid_token("the grant of the access token has ended"));
    }
    if !found.user.is_enabled() {
        return Err(invalid_token(
            "the person behind the access token is disabled",
        ));
    }
    Ok(())
}
