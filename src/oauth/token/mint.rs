//! Tokens in the making: access tokens (RFC 9068), ID tokens (OIDC Core §2), the end and the first refresh token of a grant.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use oauth2_types::requests::GrantType;
use serde::Serialize;

use super::refresh_value;
use super::{TokenRequest, TokenResponse};
use crate::app::{App, Registry, ResourceKeys, after, delta};
use crate::crypto;
use crate::keys::crypto::SigningKey;
use crate::keys::jwt;
use crate::model::client::Client;
use crate::model::event::{Actor, Event, EventKind};
use crate::model::grant::{Grant, Refresh};
use crate::model::scope::{OPENID, Scopes};
use crate::model::signing_key::SigningAlg;
use crate::model::user::User;
use crate::oauth::error::{Error, invalid_scope, invalid_target};
use crate::random;

/// How a person authenticated, as `acr`: by a password, and by nothing else yet.
pub const ACR_PASSWORD: &str = "pwd";

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

#[derive(Serialize)]
struct PersonClaims<'a> {
    auth_time: i64,
    acr: &'static str,
    amr: &'a [String],
    roles: &'a [String],
}

#[derive(Serialize)]
struct IdClaims<'a> {
    iss: &'a str,
    sub: String,
    aud: &'a str,
    exp: i64,
    iat: i64,
    auth_time: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    acr: &'static str,
    amr: &'a [String],
    azp: &'a str,
    at_hash: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sid: Option<String>,
}

/// A person's grant to be answered with tokens.
pub(super) struct PersonGrant<'a> {
    pub client: &'a Client,
    pub user: &'a User,
    pub grant: &'a Grant,
    /// The scope of this access token: the grant's, or less.
    pub scope: &'a Scopes,
    pub nonce: Option<&'a str>,
    pub refresh_token: Option<String>,
    pub now: DateTime<Utc>,
}

/// The answer to a grant of a person.
pub(super) fn answer_person(app: &App, person: PersonGrant<'_>) -> Result<TokenResponse, Error> {
    let registry = app.registry();
    let PersonGrant {
        client,
        user,
        grant,
        ..
    } = person;
    let sub = user.id.to_string();
    // What the client may have now, if that became less since the person agreed (S96).
    let scope = person
        .scope
        .filter(|name| client.metadata.scope.contains(name));
    // Leads to the grant for whoever has the key; for anyone else it is random.
    let jti = app.crypto.token_ids.seal(b"jti", grant.id.0.as_bytes());
    let claims = PersonClaims {
        auth_time: grant.auth_time.timestamp(),
        acr: ACR_PASSWORD,
        amr: &grant.amr,
        roles: &user.roles,
    };
    let access = Access {
        client,
        sub: &sub,
        resource: grant.resource.as_deref(),
        scope: &scope,
        jti: &URL_SAFE_NO_PAD.encode(jti),
        person: Some(claims),
        now: person.now,
    };
    let mut answer = access_token(app, &registry, access)?;
    if person.scope.contains(OPENID) {
        answer.id_token = Some(id_token(app, &registry, &person, &answer.access_token)?);
    }
    answer.refresh_token = person.refresh_token;
    Ok(answer)
}

/// The answer to a client on its own behalf (RFC 6749 §4.4.3): no refresh token, no ID token.
pub(super) fn answer_client(
    app: &App,
    client: &Client,
    resource: Option<&str>,
    scope: &Scopes,
    now: DateTime<Utc>,
) -> Result<TokenResponse, Error> {
    let access = Access {
        client,
        sub: client.id.as_str(),
        resource,
        scope,
        jti: &URL_SAFE_NO_PAD.encode(random::bytes::<32>()),
        person: None,
        now,
    };
    access_token(app, &app.registry(), access)
}

struct Access<'a> {
    client: &'a Client,
    sub: &'a str,
    resource: Option<&'a str>,
    scope: &'a Scopes,
    jti: &'a str,
    person: Option<PersonClaims<'a>>,
    now: DateTime<Utc>,
}

fn access_token(
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
    let ttl = resource.and_then(|resource| resource.access_ttl_seconds);
    let expires_in = ttl.unwrap_or_else(|| delta(app.config.tokens.access_ttl).num_seconds());
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
        person: access.person,
    };
    // Without `aud` it is no token of RFC 9068, and must not say so.
    let typ = if claims.aud.is_some() {
        "at+jwt"
    } else {
        "JWT"
    };
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
    Ok(TokenResponse {
        access_token,
        token_type: "Bearer",
        expires_in,
        refresh_token: None,
        id_token: None,
        scope,
    })
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
/// that is another's (RFC 9700 §2.3). What is left has to be something: an answer cannot say "no scope" (RFC 6749 §3.3).
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
    Ok(kept)
}

fn published_key(
    registry: &Registry,
    alg: SigningAlg,
    now: DateTime<Utc>,
) -> Result<&SigningKey, Error> {
    registry
        .keys
        .current(alg, now)
        .ok_or_else(|| Error::server("there is no signing key", format!("no {alg} key")))
}

fn id_token(
    app: &App,
    registry: &Registry,
    person: &PersonGrant<'_>,
    access_token: &str,
) -> Result<String, Error> {
    let client = person.client;
    let alg = client.metadata.id_token_signed_response_alg.alg();
    let grant = person.grant;
    let claims = IdClaims {
        iss: app.issuer(),
        sub: person.user.id.to_string(),
        aud: client.id.as_str(),
        exp: after(person.now, app.config.tokens.id_ttl).timestamp(),
        iat: person.now.timestamp(),
        auth_time: grant.auth_time.timestamp(),
        nonce: person.nonce,
        acr: ACR_PASSWORD,
        amr: &grant.amr,
        azp: client.id.as_str(),
        at_hash: half_hash(alg, access_token),
        sid: grant.session_id.map(|id| id.to_string()),
    };
    let key = published_key(registry, alg, person.now)?;
    jwt::sign(key, "JWT", &claims).map_err(|error| Error::server("signing failed", error))
}

/// `at_hash` (OIDC Core §3.1.3.6): the left half of the hash that belongs to the algorithm; SHA-512 for Ed25519.
fn half_hash(alg: SigningAlg, token: &str) -> String {
    if alg == SigningAlg::EdDSA {
        return URL_SAFE_NO_PAD.encode(&crypto::sha512(token.as_bytes())[..32]);
    }
    URL_SAFE_NO_PAD.encode(&crypto::sha256(token.as_bytes())[..16])
}

/// What the audit log remembers of a new grant.
pub(super) fn grant_event(
    app: &App,
    grant: &Grant,
    grant_type: &str,
    request: &TokenRequest<'_>,
) -> Event {
    let actor = Actor::Client(grant.client_id.clone());
    let mut event = app.event(EventKind::GrantCreated, actor, request.place.origin());
    event.at = request.now;
    event.user_id = Some(grant.user_id);
    event.client_id = Some(grant.client_id.clone());
    event.detail =
        serde_json::json!({ "grant_id": grant.id, "grant_type": grant_type, "scope": grant.scope });
    event
}

/// When a grant ends for good, and the first refresh token of one that gets any.
pub(super) fn first_refresh(
    app: &App,
    client: &Client,
    mut grant: Grant,
) -> (Grant, Option<(Refresh, String)>) {
    let now = grant.created_at;
    if !client.metadata.may_use(&GrantType::RefreshToken) {
        grant.expires_at = after(now, app.config.tokens.access_ttl);
        return (grant, None);
    }
    // Without offline_access the app stays connected no longer than a sign-in can last.
    grant.expires_at = if grant.is_offline {
        after(now, app.config.tokens.refresh_max_ttl)
    } else {
        after(
            now,
            app.config
                .tokens
                .refresh_max_ttl
                .min(app.config.sessions.max_ttl),
        )
    };
    let value = refresh_value::make(app, grant.id, 0);
    let refresh = Refresh {
        generation: 0,
        hash: crypto::hash_token(&value),
        rotated_at: now,
        idle_expires_at: after(now, app.config.tokens.refresh_idle_ttl).min(grant.expires_at),
    };
    (grant, Some((refresh, value)))
}
