//! Access tokens that come back to us: at UserInfo, introspection and revocation.
//!
//! 1. *Read*: a JWT (RFC 9068) is verified, an opaque token is opened: it is its claims, sealed, so that nothing of it is stored and
//!    every node can open it. This touches no database, so garbage costs next to nothing (RFC 7662 §4).
//! 2. *Find what stands behind it*: one read by primary key, nothing remembered, so that what was revoked at one node is dead at
//!    every other at once (S115). An error of the database is an error: neither alive nor dead.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::error::Error;
use super::subject;
use super::token::grant_of;
use crate::app::{App, Registry};
use crate::crypto;
use crate::keys::crypto::{SigningKey, VerifyingKey};
use crate::keys::jwt::{self, Checks, JwtError};
use crate::model::client::Client;
use crate::model::grant::Grant;
use crate::model::scope::Scopes;
use crate::model::signing_key::SigningAlg;
use crate::model::user::User;
use crate::storage::PersonGrant;

/// The prefix of opaque access tokens.
const PREFIX: &str = "placet_at_";
/// What an opaque access token is sealed as.
const CONTEXT: &[u8] = b"access token";
/// Longer ones are not looked at (S177).
const MAX_BYTES: usize = 16 * 1024;
/// By how much the clocks of two nodes may differ, so that a token is good the moment it was issued.
const LEEWAY: Duration = Duration::from_secs(5);

/// What an access token says, whatever its kind. Written again, it has the claims of the JWT, no more and no less.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AccessClaims {
    pub iss: String,
    pub sub: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aud: Option<String>,
    pub exp: i64,
    pub iat: i64,
    pub jti: String,
    pub client_id: String,
    #[serde(default, skip_serializing_if = "Scopes::is_empty")]
    pub scope: Scopes,
    /// Everything else: `auth_time`, `acr`, `amr`, `roles`.
    #[serde(flatten)]
    pub more: Map<String, Value>,
    /// The resource whose shared secret it was verified with, for such a token has no `aud`.
    #[serde(skip)]
    pub shared_with: Option<String>,
}

impl AccessClaims {
    /// The one audience that it is for.
    pub fn audience(&self) -> Option<&str> {
        self.shared_with.as_deref().or(self.aud.as_deref())
    }
}

/// What stands behind an access token that is good.
#[derive(Debug, Clone)]
pub struct Live {
    pub client: Arc<Client>,
    /// The grant and whose it is; `None` for a client's own token.
    pub person: Option<(Grant, User)>,
}

/// Makes an opaque token of claims.
pub(super) fn seal(app: &App, claims: &impl Serialize) -> Result<String, Error> {
    let json = serde_json::to_vec(claims).map_err(|error| Error::server("claims failed", error))?;
    let mut token = PREFIX.to_owned();
    let sealed = app.crypto.access_tokens.seal(CONTEXT, &json);
    URL_SAFE_NO_PAD.encode_string(sealed, &mut token);
    Ok(token)
}

/// The claims of an access token that this server made, and that has not expired. Not of one that was signed with a shared secret:
/// the resource that has the secret can write what it likes, so such a token proves nothing here (see [`read_any`]).
pub fn read(
    app: &App,
    registry: &Registry,
    token: &str,
    now: DateTime<Utc>,
) -> Option<AccessClaims> {
    if let Some(sealed) = token.strip_prefix(PREFIX) {
        return open(app, sealed, now);
    }
    let keys = registry.keys.published_keys(now);
    verify(app, (token, "at+jwt"), &keys, &SigningAlg::ASYMMETRIC, now).ok()
}

/// The same, and of tokens for resources with a shared secret too: for those who ask whether a token is good at that very resource.
pub fn read_any(
    app: &App,
    registry: &Registry,
    token: &str,
    now: DateTime<Utc>,
) -> Option<AccessClaims> {
    if token.starts_with(PREFIX) {
        return read(app, registry, token, now);
    }
    let keys = registry.keys.published_keys(now);
    match verify(app, (token, "at+jwt"), &keys, &SigningAlg::ASYMMETRIC, now) {
        Ok(claims) => Some(claims),
        // Another kind of header is the only fault that a token for such a resource has so far.
        Err(JwtError::Header(_)) => read_shared(app, registry, token, now),
        Err(_) => None,
    }
}

fn read_shared(
    app: &App,
    registry: &Registry,
    token: &str,
    now: DateTime<Utc>,
) -> Option<AccessClaims> {
    registry.resources.values().find_map(|target| {
        let key = target.secret.as_ref().map(SigningKey::verifying_key)?;
        let pinned = [SigningAlg::HS256];
        let mut claims = verify(app, (token, "JWT"), &[key], &pinned, now).ok()?;
        claims.shared_with = Some(target.resource.uri.clone());
        Some(claims)
    })
}

fn open(app: &App, sealed: &str, now: DateTime<Utc>) -> Option<AccessClaims> {
    if sealed.len() > MAX_BYTES {
        return None;
    }
    let sealed = URL_SAFE_NO_PAD.decode(sealed).ok()?;
    let json = app.crypto.access_tokens.open(CONTEXT, &sealed)?;
    let claims: AccessClaims = serde_json::from_slice(&json).ok()?;
    (claims.iss == app.issuer() && now.timestamp() < claims.exp).then_some(claims)
}

fn verify(
    app: &App,
    (token, typ): (&str, &str),
    keys: &[VerifyingKey],
    algorithms: &[SigningAlg],
    now: DateTime<Utc>,
) -> Result<AccessClaims, JwtError> {
    let checks = Checks {
        issuer: app.issuer(),
        audience: None,
        typ,
        algorithms,
        now,
        leeway: LEEWAY,
    };
    let claims: AccessClaims = jwt::verify(token, keys, &checks)?;
    // The leeway is for `iat` alone: our own tokens end when they say so.
    if now.timestamp() < claims.exp {
        Ok(claims)
    } else {
        Err(JwtError::Expired)
    }
}

/// What stands behind a token that was read; `None` where it is dead: revoked, its grant gone, its person or client disabled.
pub async fn find_live(
    app: &App,
    claims: &AccessClaims,
    now: DateTime<Utc>,
) -> Result<Option<Live>, Error> {
    let Some(client) = find_client(app, claims).await? else {
        return Ok(None);
    };
    let Some(grant_id) = grant_of(app, &claims.jti) else {
        // A client's own token: there is no grant, and only what was revoked is remembered. Its `sub` is no person's (S98).
        // Nor is it of a client that was removed and whose id another has now (S171).
        let leeway = i64::try_from(LEEWAY.as_secs()).unwrap_or_default();
        let is_live = claims.sub == claims.client_id
            && claims.iat + leeway >= client.created_at.timestamp()
            && !app
                .store
                .is_token_revoked(&crypto::hash_token(&claims.jti))
                .await?;
        return Ok(is_live.then_some(Live {
            client,
            person: None,
        }));
    };
    let found = app.store.find_grant(grant_id).await?;
    let person = found.filter(|(grant, user)| is_live(app, (claims, &client), (grant, user), now));
    Ok(person.map(|person| Live {
        client: Arc::clone(&client),
        person: Some(person),
    }))
}

/// The same for a token of a person, with all that is known of them; `None` also for a client's own token.
pub async fn find_person(
    app: &App,
    claims: &AccessClaims,
    now: DateTime<Utc>,
) -> Result<Option<(Arc<Client>, PersonGrant)>, Error> {
    let Some(client) = find_client(app, claims).await? else {
        return Ok(None);
    };
    let Some(grant_id) = grant_of(app, &claims.jti) else {
        return Ok(None);
    };
    let found = app.store.find_person_grant(grant_id).await?;
    let person =
        found.filter(|found| is_live(app, (claims, &client), (&found.grant, &found.user), now));
    Ok(person.map(|person| (client, person)))
}

async fn find_client(app: &App, claims: &AccessClaims) -> Result<Option<Arc<Client>>, Error> {
    let client = app.find_client(&claims.client_id).await?;
    Ok(client.filter(|client| client.is_enabled()))
}

/// Whether a token and the grant that its `jti` leads to belong together, and the grant and its person are alive.
fn is_live(
    app: &App,
    (claims, client): (&AccessClaims, &Client),
    (grant, user): (&Grant, &User),
    now: DateTime<Utc>,
) -> bool {
    // Who signs with a shared secret could put the `jti` of one token into another.
    grant.client_id == client.id
        && subject::read(app, client, &claims.sub) == Some(user.id)
        && claims.scope.is_subset(&grant.scope)
        && grant.revoked_at.is_none()
        && now < grant.expires_at
        && user.is_enabled()
}
