//! A client's own keys, from `jwks` or `jwks_uri` of its registration (OIDC Registration §2): for what it signs, client assertions and request
//! objects alike.
//!
//! A key set behind `jwks_uri` is kept for as long as its answer says. A token that no key of it verifies makes us fetch it anew, because the
//! client may have changed its keys (OIDC Core §10.1.1); the fetcher sees to it that strangers cannot bring that about often (S166).

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::fetch::{Document, FetchError, Want};
use crate::keys::crypto::VerifyingKey;
use crate::keys::jwt::{self, Checks, JwtError};
use crate::keys::key_set;
use crate::model::client::Client;

/// Twenty RSA keys with their certificates take half of it.
const MAX_SET_BYTES: usize = 64 * 1024;

/// Verifies what a client signed with a key of its own, and reads its claims.
pub async fn verify<C: DeserializeOwned>(
    app: &App,
    client: &Client,
    token: &str,
    checks: &Checks<'_>,
) -> Result<C, JwtError> {
    let by = |keys: &[VerifyingKey]| jwt::verify_of_client(token, keys, checks);
    verify_by(app, client, token, (checks.now, by)).await
}

/// The same for a request object.
pub async fn verify_request_object<C: DeserializeOwned>(
    app: &App,
    client: &Client,
    object: &str,
    checks: &Checks<'_>,
) -> Result<C, JwtError> {
    let by = |keys: &[VerifyingKey]| jwt::verify_request_object(object, keys, checks);
    verify_by(app, client, object, (checks.now, by)).await
}

async fn verify_by<C>(
    app: &App,
    client: &Client,
    token: &str,
    (now, by): (
        DateTime<Utc>,
        impl Fn(&[VerifyingKey]) -> Result<C, JwtError>,
    ),
) -> Result<C, JwtError> {
    let kid = jwt::peek(token)?.kid;
    let keys = verifying_keys(app, client, kid.as_deref()).await;
    let outcome = by(&keys);
    if outcome.as_ref().err() != Some(&JwtError::Signature) {
        return outcome;
    }
    // The kid is known, or there is none, and yet the key is another: some change the key and keep its name.
    match remote(app, client, now, Freshness::Now).await {
        Some(document) => by(&key_set::parse(&document.body)),
        None => outcome,
    }
}

/// The keys that a client may sign with; none where there are none to be had. `kid` is what the token names: where no key has it,
/// the client's set is fetched anew.
pub async fn verifying_keys(app: &App, client: &Client, kid: Option<&str>) -> Arc<[VerifyingKey]> {
    if let Some(jwks) = &client.metadata.jwks {
        return key_set::parse(jwks.to_string().as_bytes());
    }
    let now = app.clock.now();
    let keys = match remote(app, client, now, Freshness::Kept).await {
        Some(document) => key_set::parse(&document.body),
        None => return Arc::default(),
    };
    if kid.is_none() || keys.iter().any(|key| key.kid() == kid) {
        return keys;
    }
    match remote(app, client, now, Freshness::Now).await {
        Some(document) => key_set::parse(&document.body),
        None => keys,
    }
}

#[derive(Clone, Copy)]
enum Freshness {
    Kept,
    Now,
}

async fn remote(
    app: &App,
    client: &Client,
    now: DateTime<Utc>,
    freshness: Freshness,
) -> Option<Arc<Document>> {
    let uri = client.metadata.jwks_uri.as_deref()?;
    let fetcher = &app.fetcher;
    let answer: Result<_, FetchError> = match freshness {
        Freshness::Kept => fetcher.cached(uri, Want::Json, MAX_SET_BYTES, now).await,
        Freshness::Now => fetcher.refreshed(uri, Want::Json, MAX_SET_BYTES, now).await,
    };
    answer
        .inspect_err(|error| tracing::warn!(client_id = %client.id, %error, "jwks_uri: the client's keys cannot be had"))
        .ok()
}
