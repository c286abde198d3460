//! Tokens in the making: the answer to a grant, the end and the first refresh token of a grant. Access tokens (RFC 9068) are made
//! in `access`, ID tokens (OIDC Core §2) in `id_token`.

pub(in crate::oauth) mod access;
pub(in crate::oauth) mod id_token;

use chrono::{DateTime, TimeDelta, Utc};
use oauth2_types::requests::GrantType;
use serde_json::{Map, Value};

use super::refresh_value;
use super::{TokenRequest, TokenResponse};
use crate::app::{App, Registry, after};
use crate::crypto;
use crate::model::acr::Acr;
use crate::model::client::Client;
use crate::model::event::{Actor, Event, EventKind};
use crate::model::grant::{Grant, Refresh};
use crate::model::scope::{OPENID, Scopes};
use crate::model::user::User;
use crate::oauth::error::{Error, invalid_grant};
use crate::oauth::{claims, subject};
use access::{Access, Person};
use id_token::IdToken;

/// A person's grant to be answered with tokens.
pub(in crate::oauth) struct PersonGrant<'a> {
    pub client: &'a Client,
    pub user: &'a User,
    pub grant: &'a Grant,
    /// The scope of this access token: the grant's, or less.
    pub scope: &'a Scopes,
    /// The one of the grant's resources that this access token is for.
    pub resource: Option<&'a str>,
    pub nonce: Option<&'a str>,
    /// For the ID token, from [`requested_claims`].
    pub claims: Map<String, Value>,
    pub refresh_token: Option<String>,
    pub now: DateTime<Utc>,
}

/// The claims that were asked for one by one for the ID token (OIDC Core §5.5); the person's are read only if there are any.
pub(in crate::oauth) async fn requested_claims(
    app: &App,
    client: &Client,
    user: &User,
    grant: &Grant,
) -> Result<Map<String, Value>, Error> {
    let request = grant.claims.as_ref();
    let request = request.and_then(|request| request.within(&client.metadata.scope));
    let Some(request) = request.filter(|request| !request.id_token.is_empty()) else {
        return Ok(Map::new());
    };
    let stored = app.store.find_user_claims(user.id).await?;
    let stored = stored.ok_or_else(|| invalid_grant("the person is gone"))?;
    Ok(claims::of_request(user, &stored, &request.id_token))
}

/// What an ID token is issued beside, and bound to.
#[derive(Clone, Copy, Default)]
pub(in crate::oauth) struct Beside<'a> {
    pub access_token: Option<&'a str>,
    pub code: Option<&'a str>,
}

/// The answer to a grant of a person.
pub(super) fn answer_person(app: &App, person: PersonGrant<'_>) -> Result<TokenResponse, Error> {
    let registry = app.registry();
    let sub = subject::of(app, person.client, person.user.id)?;
    let mut answer = access_token(app, &registry, &person, &sub)?;
    if person.scope.contains(OPENID) {
        let beside = Beside {
            access_token: Some(&answer.access_token),
            code: None,
        };
        answer.id_token = Some(id_token(app, &registry, &person, &sub, beside)?);
    }
    answer.refresh_token = person.refresh_token;
    Ok(answer)
}

/// What tokens of a grant say of how surely the person showed who they are.
fn acr(grant: &Grant) -> Acr {
    let told = grant.claims.as_ref().and_then(|claims| claims.acr);
    told.unwrap_or_else(|| Acr::of(&grant.amr))
}

/// The access token of a person's grant; the answer has nothing but it.
pub(in crate::oauth) fn access_token(
    app: &App,
    registry: &Registry,
    person: &PersonGrant<'_>,
    sub: &str,
) -> Result<TokenResponse, Error> {
    let PersonGrant { client, grant, .. } = person;
    // What the client may have now, if that became less since the person agreed (S96).
    let scope = person
        .scope
        .filter(|name| client.metadata.scope.contains(name));
    let access = Access {
        client,
        sub,
        resource: person.resource,
        scope: &scope,
        jti: &access::grant_jti(app, grant.id),
        person: Some(Person {
            auth_time: grant.auth_time,
            acr: acr(grant),
            amr: &grant.amr,
            roles: &person.user.roles,
        }),
        until: Some(grant.expires_at),
        now: person.now,
    };
    access::make(app, registry, access)
}

/// The ID token of a person's grant.
pub(in crate::oauth) fn id_token(
    app: &App,
    registry: &Registry,
    person: &PersonGrant<'_>,
    sub: &str,
    beside: Beside<'_>,
) -> Result<String, Error> {
    let token = IdToken {
        client: person.client,
        sub,
        auth_time: person.grant.auth_time,
        acr: acr(person.grant),
        amr: &person.grant.amr,
        nonce: person.nonce,
        session_id: person.grant.session_id,
        access_token: beside.access_token,
        code: beside.code,
        claims: person.claims.clone(),
        now: person.now,
    };
    id_token::make(app, registry, token)
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
        jti: &access::random_jti(),
        person: None,
        until: None,
        now,
    };
    access::make(app, &app.registry(), access)
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

/// When a grant ends for good, and the first refresh token of one that gets any. `resource`: what its first access token is for.
pub(super) fn first_refresh(
    app: &App,
    client: &Client,
    mut grant: Grant,
    resource: Option<&str>,
) -> (Grant, Option<(Refresh, String)>) {
    let now = grant.created_at;
    if !client.metadata.may_use(&GrantType::RefreshToken) {
        // As long as the one access token that comes of it, which the resource may have a say in.
        let ttl = access::ttl(app, &app.registry(), resource);
        grant.expires_at = now + TimeDelta::seconds(ttl);
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
