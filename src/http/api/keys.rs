//! `/keys`: the signing keys.

use actix_web::web::Payload;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::ToSchema;

use super::call::{Call, Changing};
use super::reply::{self, Answer, List};
use crate::admin::keys;
use crate::model::signing_key::SigningAlg;

/// A signing key; its private half is never shown.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "the document alone reads it")]
#[serde(deny_unknown_fields)]
pub(super) struct Key {
    /// RFC 7638 thumbprint.
    kid: String,
    #[schema(pattern = "^(ES256|RS256|PS256|EdDSA)$")]
    alg: String,
    #[schema(pattern = "^(next|current|retired|gone)$")]
    state: String,
    created_at: DateTime<Utc>,
    /// Published before, signs from then on.
    activates_at: DateTime<Utc>,
    /// Gone from the key set from then on.
    expires_at: Option<DateTime<Utc>>,
}

/// A change of keys.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Rotation {
    /// Of one algorithm; if not given, of every one that there are keys of.
    #[schema(value_type = Option<String>, pattern = "^(ES256|RS256|PS256|EdDSA)$", example = "ES256")]
    alg: Option<SigningAlg>,
    /// Sign with the new key at once: those who hold an older key set fail until they fetch it anew.
    #[serde(default)]
    #[schema(default = false)]
    now: bool,
}

/// Lists the signing keys in the order in which they sign.
#[utoipa::path(get, path = "/keys", tag = "Keys",
    responses((status = 200, description = "The keys", body = List<Key>)))]
pub(super) async fn list(call: Call) -> Answer {
    call.no_query()?;
    Ok(reply::all(keys::list(call.app()).await?))
}

/// Makes new keys that sign after those that there are.
#[utoipa::path(post, path = "/keys", tag = "Keys", params(Changing), request_body = Rotation,
    responses((status = 200, description = "The new keys", body = List<Key>),
        (status = 404, description = "There is no key of that algorithm")))]
pub(super) async fn rotate(call: Call, payload: Payload) -> Answer {
    let by = call.by()?;
    let body: Rotation = call.json(payload).await?;
    let made = keys::rotate(call.app(), &by, body.alg, body.now).await?;
    Ok(reply::all(made))
}

/// Removes a key at once, with what it signed: for one that leaked. Not the one that signs.
#[utoipa::path(delete, path = "/keys/{kid}", tag = "Keys", params(Changing),
    responses((status = 204, description = "Removed")))]
pub(super) async fn remove(call: Call) -> Answer {
    let by = call.by()?;
    keys::remove(call.app(), &by, &call.part("kid")?).await?;
    Ok(reply::nothing())
}
