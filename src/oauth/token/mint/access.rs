//! Access tokens: for one resource, or for this server itself where there is none. A JWT (RFC 9068), or the same claims sealed.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::app::{App, Registry, ResourceKeys, delta};
use crate::keys::crypto::SigningKey;
use crate::keys::jwt;
use crate::model::acr::{self, Acr};
use crate::model::client::Client;
use crate::model::id::GrantId;
use crate::model::resource::TokenFormat;
use crate::model::scope::Scopes;
use crate::model::signing_key::SigningAlg;
use crate::oauth::error::{Error, invalid_scope, invalid_target};
use crate::oauth::token::TokenResponse;
use crate::oauth::{access_token, roles};
use crate::random;

/// What hides grant ids in token ids.
const JTI: &[u8] = b"jti";

#[derive(Serialize)]
struct AccessClaims<'a> {
    iss: &'a str,
    sub: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    aud: Option<&'a str>,
    exp: i64,
    iat: i64,
    jti: &'a str,
    client_id: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    scope: &'a str,
    #[serde(flatten)]
    person: Option<PersonClaims<'a>>,
}

/// What a token says of the person behind it.
#[derive(Serialize)]
struct PersonClaims<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    auth_time: Option<i64>,
    acr: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    amr: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    roles: Option<Vec<&'a str>>,
}

/// The person behind a token, and how they signed in.
pub(in crate::oauth) struct Person<'a> {
    pub auth_time: DateTime<Utc>,
    pub acr: Acr,
    pub amr: &'a [String],
    pub roles: &'a [String],
}

/// The `jti` of a token that a grant stands behind: leads to it for whoever has the key; for anyone else it is random.
pub(in crate::oauth) fn grant_jti(app: &App, id: GrantId) -> String {
    URL_SAFE_NO_PAD.encode(app.crypto.token_ids.seal(JTI, id.0.as_bytes()))
}

/// The grant that a `jti` of ours leads to; `None` for one of a token without a grant.
pub(in crate::oauth) fn grant_of(app: &App, jti: &str) -> Option<GrantId> {
    let sealed = URL_SAFE_NO_PAD.decode(jti).ok()?;
    let id = app.crypto.token_ids.open(JTI, &sealed)?;
    Uuid::from_slice(&id).ok().map(GrantId)
}

/// The `jti` of a token without a grant.
pub(in crate::oauth) fn random_jti() -> String {
    URL_SAFE_NO_PAD.encode(random::bytes::<32>())
}

/// What an access token is made of.
pub(in crate::oauth) struct Access<'a> {
    pub client: &'a Client,
    pub sub: &'a str,
    pub resource: Option<&'a str>,
    pub scope: &'a Scopes,
    pub jti: &'a str,
    pub person: Option<Person<'a>>,
    /// The end of the grant, which no token of it outlives.
    pub until: Option<DateTime<Utc>>,
    pub now: DateTime<Utc>,
}

/// How many seconds an access token for that resource lives.
pub(in crate::oauth) fn ttl(app: &App, registry: &Registry, resource: Option<&str>) -> i64 {
    let target = resource.and_then(|uri| registry.resources.get(uri));
    target
        .and_then(|target| target.resource.access_ttl_seconds)
        .unwrap_or_else(|| delta(app.config.tokens.access_ttl).num_seconds())
}

/// Signs it, or seals it for a resource that wants opaque tokens; the answer has nothing but it.
pub(in crate::oauth) fn make(
    app: &App,
    registry: &Registry,
    access: Access<'_>,
) -> Result<TokenResponse, Error> {
    let target = access
        .resource
        .map(|uri| find_resource(registry, access.client, uri))
        .transpose()?;
    let resource = target.map(|target| &target.resource);
    let scope = scope_for(registry, &access)?.to_string();
    let left = access
        .until
        .map_or(i64::MAX, |until| (until - access.now).num_seconds().max(1));
    let expires_in = ttl(app, registry, access.resource).min(left);
    let claims = AccessClaims {
        iss: app.issuer(),
        sub: access.sub,
        // A shared secret is known to one resource alone, so it names the audience already; the libraries of APIs
        // written against a shared key refuse a claim that they were not told to expect.
        aud: match resource {
            Some(resource) if resource.alg == SigningAlg::HS256 => None,
            Some(resource) => Some(&resource.uri),
            None => Some(app.issuer()),
        },
        exp: access.now.timestamp() + expires_in,
        iat: access.now.timestamp(),
        jti: access.jti,
        client_id: access.client.id.as_str(),
        scope: &scope,
        person: access.person.map(|person| PersonClaims {
            auth_time: acr::is_dated(person.amr).then(|| person.auth_time.timestamp()),
            acr: person.acr.as_str(),
            amr: acr::told(person.amr),
            roles: roles::told(resource, person.roles),
        }),
    };
    // Without `aud` it is no token of RFC 9068, and must not say so.
    let typ = if claims.aud.is_some() {
        "at+jwt"
    } else {
        "JWT"
    };
    if resource.is_some_and(|resource| resource.format == TokenFormat::Opaque) {
        let token = access_token::seal(app, &claims)?;
        return Ok(answer(token, expires_in, scope.clone()));
    }
    let own = target.and_then(|target| target.secret.as_ref());
    let key = match own {
        Some(key) => key,
        None => published_key(
            registry,
            resource.map_or(SigningAlg::ES256, |resource| resource.alg),
            access.now,
        )?,
    };
    let access_token =
        jwt::sign(key, typ, &claims).map_err(|error| Error::server("signing failed", error))?;
    Ok(answer(access_token, expires_in, scope))
}

const fn answer(access_token: String, expires_in: i64, scope: String) -> TokenResponse {
    TokenResponse {
        access_token,
        token_type: "Bearer",
        expires_in,
        refresh_token: None,
        id_token: None,
        scope,
    }
}

/// The resource that was granted, if it is still there and still the client's: a token for anyone else in its place would
/// be good where nobody meant it to be (RFC 9700 §2.3).
fn find_resource<'r>(
    registry: &'r Registry,
    client: &Client,
    uri: &str,
) -> Result<&'r ResourceKeys, Error> {
    let is_allowed = client
        .metadata
        .resources
        .iter()
        .any(|allowed| allowed == uri);
    let found = registry.resources.get(uri).filter(|_| is_allowed);
    found.ok_or_else(|| {
        invalid_target(
            "the resource that was granted is no longer registered, or no longer for this client",
        )
    })
}

/// A token carries no scope that was removed since it was granted, or taken from the client, and, for one resource, none
/// that is another's (RFC 9700 §2.3) or that the resource keeps for roles that the person has not. What is left has to be something: an answer cannot say "no scope" (RFC 6749 §3.3).
fn scope_for(registry: &Registry, access: &Access<'_>) -> Result<Scopes, Error> {
    let allowed = &access.client.metadata.scope;
    let kept = access.scope.filter(|name| {
        registry.has_scope(name)
            && allowed.contains(name)
            && !registry.is_foreign_scope(access.resource, name)
    });
    if kept.is_empty() && !access.scope.is_empty() {
        return Err(invalid_scope(
            "nothing of the scope is left: it was removed, or belongs to another resource",
        ));
    }
    let Some(person) = &access.person else {
        return Ok(kept);
    };
    let named = access.resource.into_iter().collect();
    let permitted = roles::permitted(registry, &named, &kept, person.roles);
    if permitted.is_empty() && !kept.is_empty() {
        return Err(invalid_scope(format!(
            "nothing of the scope is left: it is kept for roles that the person has not: {kept}"
        )));
    }
    Ok(permitted)
}

/// The key of that algorithm that signs now.
pub(in crate::oauth) fn published_key(
    registry: &Registry,
    alg: SigningAlg,
    now: DateTime<Utc>,
) -> Result<&SigningKey, Error> {
    registry
        .keys
        .current(alg, now)
        .ok_or_else(|| Error::server("there is no signing key", format!("no {alg} key")))
}
