//! ID tokens (OIDC Core §2, §3.1.3.6, §3.3.2.11).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value};

use super::access::published_key;
use crate::app::{App, Registry, after};
use crate::crypto;
use crate::keys::jwt;
use crate::model::acr::{self, Acr};
use crate::model::client::Client;
use crate::model::id::SessionId;
use crate::model::signing_key::SigningAlg;
use crate::oauth::error::Error;
use crate::oauth::subject;

/// What an ID token is made of.
pub(in crate::oauth) struct IdToken<'a> {
    pub client: &'a Client,
    pub sub: &'a str,
    pub auth_time: DateTime<Utc>,
    pub acr: Acr,
    pub amr: &'a [String],
    pub nonce: Option<&'a str>,
    pub session_id: Option<SessionId>,
    /// Issued beside it: bound by `at_hash`.
    pub access_token: Option<&'a str>,
    /// Issued beside it in the authorization response: bound by `c_hash`.
    pub code: Option<&'a str>,
    /// Claims about the person that were asked for (OIDC Core §5.5); never one of those that the token has anyway.
    pub claims: Map<String, Value>,
    pub now: DateTime<Utc>,
}

#[derive(Serialize)]
struct IdClaims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    exp: i64,
    iat: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    auth_time: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    acr: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    amr: Vec<&'a str>,
    azp: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_hash: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    c_hash: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sid: Option<String>,
    #[serde(flatten)]
    claims: Map<String, Value>,
}

/// Signs it with the algorithm that the client chose.
pub(in crate::oauth) fn make(
    app: &App,
    registry: &Registry,
    token: IdToken<'_>,
) -> Result<String, Error> {
    let client = token.client;
    let alg = client.metadata.id_token_signed_response_alg.alg();
    let sid = token.session_id;
    let sid = sid.map(|id| subject::of_session(app, client, id));
    let claims = IdClaims {
        iss: app.issuer(),
        sub: token.sub,
        aud: client.id.as_str(),
        exp: after(token.now, app.config.tokens.id_ttl).timestamp(),
        iat: token.now.timestamp(),
        auth_time: acr::is_dated(token.amr).then(|| token.auth_time.timestamp()),
        nonce: token.nonce,
        acr: token.acr.as_str(),
        amr: acr::told(token.amr),
        azp: client.id.as_str(),
        at_hash: token.access_token.map(|token| half_hash(alg, token)),
        c_hash: token.code.map(|code| half_hash(alg, code)),
        sid: sid.transpose()?,
        claims: token.claims,
    };
    let key = published_key(registry, alg, token.now)?;
    jwt::sign(key, "JWT", &claims).map_err(|error| Error::server("signing failed", error))
}

/// `at_hash` and `c_hash` (OIDC Core §3.1.3.6, §3.3.2.11): the left half of the hash that belongs to the algorithm; SHA-512 for Ed25519.
fn half_hash(alg: SigningAlg, token: &str) -> String {
    if alg == SigningAlg::EdDSA {
        return URL_SAFE_NO_PAD.encode(&crypto::sha512(token.as_bytes())[..32]);
    }
    URL_SAFE_NO_PAD.encode(&crypto::sha256(token.as_bytes())[..16])
}
