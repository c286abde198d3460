//! `grant_type=refresh_token` (RFC 6749 §6), with rotation (RFC 9700 §4.14.2).
//!
//! A grant has one row and one live refresh token: *generation n*. A request presents generation *g*:
//! - *g = n*: the row moves to *n + 1* in one conditional statement; of many at once, one moves it.
//! - *g = n - 1*, within the retry window: the client lost the answer, or sent the request twice. It gets the very same
//!   successor again, which can be computed, and a new access token. The row does not move: there is no second branch.
//! - *g < n* otherwise: somebody else has the token too. The grant ends, with everything that came of it.
//! - anything that this server did not make, or that belongs to another client: refused, nothing changes.

use chrono::{DateTime, TimeDelta, Utc};

use super::mint::{self, PersonGrant};
use super::refresh_value::{self, Presented};
use super::{TokenRequest, TokenResponse};
use crate::app::{App, after, delta};
use crate::crypto;
use crate::model::client::Client;
use crate::model::event::{Actor, EventKind};
use crate::model::scope::{OFFLINE_ACCESS, Scopes};
use crate::oauth::client_auth::AuthenticatedClient;
use crate::oauth::error::{Error, invalid_grant, invalid_request, invalid_scope};
use crate::oauth::params::Params;
use crate::oauth::target;
use crate::storage::{RefreshGrant, Rotate};

#[derive(Debug, PartialEq, Eq)]
enum Decision {
    /// The live token.
    Rotate,
    /// Its immediate predecessor, a moment after.
    AnswerAgain,
    /// An older one.
    Replayed,
    Refuse(&'static str),
}

/// Read → decide → mint → commit; again from the start where another request moved the row in between.
pub(super) async fn answer(
    app: &App,
    client: &AuthenticatedClient,
    request: TokenRequest<'_>,
) -> Result<TokenResponse, Error> {
    let client = client.client();
    let value = request
        .params
        .get("refresh_token")
        .ok_or_else(|| invalid_request("refresh_token is missing"))?;
    let presented =
        refresh_value::parse(app, value).ok_or_else(|| invalid_grant("not a refresh token"))?;
    let hash = crypto::hash_token(value);
    // Who loses the race once finds the row moved, and is then a retry or a replay: two rounds decide.
    for _ in 0..2 {
        let found = app.store.find_refresh_grant(presented.grant_id).await?;
        let found = found.ok_or_else(|| invalid_grant("refresh token is unknown"))?;
        let is_live = crypto::equal(found.refresh.hash.as_bytes(), hash.as_bytes());
        match decide(
            client,
            presented,
            is_live,
            &found,
            (request.now, delta(app.config.tokens.refresh_retry_window)),
        ) {
            Decision::Refuse(reason) => return Err(invalid_grant(reason)),
            Decision::Replayed => return Err(replayed(app, &found, request).await?),
            Decision::AnswerAgain => {
                return mint(app, client, &found, found.refresh.generation, request).await;
            }
            Decision::Rotate => {
                let next = found.refresh.generation + 1;
                let answer = mint(app, client, &found, next, request).await?;
                let to = answer.refresh_token.as_deref().map(crypto::hash_token);
                let rotate = Rotate {
                    grant_id: presented.grant_id,
                    from_generation: found.refresh.generation,
                    from_hash: found.refresh.hash,
                    to_hash: to.unwrap_or(found.refresh.hash),
                    now: request.now,
                    idle_expires_at: after(request.now, app.config.tokens.refresh_idle_ttl)
                        .min(found.grant.expires_at),
                    expires_at: found.grant.expires_at,
                };
                if app.store.rotate_refresh_token(&rotate).await? {
                    return Ok(answer);
                }
            }
        }
    }
    Err(invalid_grant(
        "the grant ended while its refresh token was presented",
    ))
}

/// Pure: what a presented token means for the state of its grant. `times`: now, and how long the retry window is.
fn decide(
    client: &Client,
    presented: Presented,
    is_live: bool,
    found: &RefreshGrant,
    times: (DateTime<Utc>, TimeDelta),
) -> Decision {
    let (now, retry_window) = times;
    // The client is compared before anything else: a stranger's attempt must neither burn nor end the grant.
    if found.grant.client_id != client.id {
        return Decision::Refuse("refresh token belongs to another client");
    }
    if !is_live && !presented.is_ours {
        return Decision::Refuse("refresh token is unknown");
    }
    if found.grant.revoked_at.is_some() {
        return Decision::Refuse("the grant is revoked");
    }
    if !found.user.is_enabled() {
        return Decision::Refuse("the user is disabled");
    }
    if now >= found.grant.expires_at || now >= found.refresh.idle_expires_at {
        return Decision::Refuse("refresh token has expired");
    }
    let current = found.refresh.generation;
    if is_live {
        Decision::Rotate
    } else if presented.generation + 1 == current
        && (now - found.refresh.rotated_at).abs() < retry_window
    {
        // Both ways: a clock that was put back must not open a window that has closed (S89).
        Decision::AnswerAgain
    } else if presented.generation < current {
        Decision::Replayed
    } else {
        // Younger than what is stored: the database was put back to an earlier state.
        Decision::Refuse("refresh token is not known here")
    }
}

async fn mint(
    app: &App,
    client: &Client,
    found: &RefreshGrant,
    generation: i64,
    request: TokenRequest<'_>,
) -> Result<TokenResponse, Error> {
    let scope = narrowed(&found.grant.scope, request.params)?;
    let (resource, scope) = target::of_token(
        &app.registry(),
        &found.grant.resources,
        &scope,
        request.params,
    )?;
    let claims = mint::requested_claims(app, client, &found.user, &found.grant).await?;
    mint::answer_person(
        app,
        PersonGrant {
            client,
            user: &found.user,
            grant: &found.grant,
            scope: &scope,
            resource: resource.as_deref(),
            nonce: None,
            claims,
            refresh_token: Some(refresh_value::make(app, found.grant.id, generation)),
            now: request.now,
        },
    )
}

/// The scope of this access token; the refresh token keeps the grant's (RFC 6749 §6).
fn narrowed(granted: &Scopes, params: &Params) -> Result<Scopes, Error> {
    let Some(sent) = params.get("scope") else {
        return Ok(granted.clone());
    };
    let asked = Scopes::parse(sent).map_err(|error| invalid_scope(error.to_string()))?;
    // Libraries send the scope that they first asked for; what was left out quietly then is left out quietly now.
    let asked = asked.filter(|name| name != OFFLINE_ACCESS || granted.contains(name));
    if asked.is_empty() {
        return Ok(granted.clone());
    }
    if let Some(more) = asked.minus(granted).iter().next() {
        return Err(invalid_scope(format!("scope {more} was not granted")));
    }
    Ok(asked)
}

async fn replayed(
    app: &App,
    found: &RefreshGrant,
    request: TokenRequest<'_>,
) -> Result<Error, Error> {
    let grant = &found.grant;
    let actor = Actor::Client(grant.client_id.clone());
    let mut event = app.event(
        EventKind::RefreshTokenReplayed,
        actor,
        request.place.origin(),
    );
    event.user_id = Some(grant.user_id);
    event.client_id = Some(grant.client_id.clone());
    event.detail = serde_json::json!({ "grant_id": grant.id });
    app.store.revoke_grant(grant.id, &event).await?;
    tracing::warn!(client_id = %grant.client_id, grant_id = %grant.id, "a used refresh token was presented; its grant is revoked");
    Ok(invalid_grant(
        "refresh token was used before; its grant is revoked",
    ))
}
