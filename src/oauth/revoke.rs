//! Token revocation (RFC 7009). One token of a family ends the family: its grant is revoked, and with it every access token and the
//! refresh token that came of it. A client's own access token has no grant; its id is remembered until it would have expired.
//!
//! Unknown, expired and foreign tokens are answered like revoked ones (§2.2), and nothing is written for them. The answer comes after
//! the commit; if the database fails, the client is told so and can try again (§2.2.1).

use chrono::{DateTime, TimeDelta, Utc};

use super::access_token::{self, AccessClaims};
use super::error::Error;
use super::token::{Refused, TokenRequest, grant_of, read_refresh_token};
use super::{about_token, subject};
use crate::app::App;
use crate::crypto;
use crate::model::client::Client;
use crate::model::event::{Actor, Event, EventKind};
use crate::model::id::{GrantId, UserId};

pub use super::about_token::PARAMETERS;

/// No access token of ours lives longer, so nothing need be remembered for longer.
const MAX_ACCESS_TTL: TimeDelta = TimeDelta::days(1);
/// By how much the clock of the node that sweeps may be ahead of one that still finds the token good.
const CLOCK_SKEW: TimeDelta = TimeDelta::minutes(1);

/// Revokes a token of the client that asks.
pub async fn answer(app: &App, request: TokenRequest<'_>) -> Result<(), Refused> {
    let (client, token) = about_token::read(app, request).await?;
    let client = client.client();
    revoke(app, client, token, request)
        .await
        .map_err(|error| Refused {
            error,
            client_id: Some(client.id.clone()),
        })
}

async fn revoke(
    app: &App,
    client: &Client,
    token: &str,
    request: TokenRequest<'_>,
) -> Result<(), Error> {
    if let Some(state) = read_refresh_token(app, token).await? {
        if state.is_alive_for(client, request.now)
            && let Some(found) = &state.found
        {
            return end_family(app, (client, found.user.id), state.grant_id, request).await;
        }
        return Ok(());
    }
    let claims = access_token::read_any(app, &app.registry(), token, request.now);
    let Some(claims) = claims.filter(|claims| claims.client_id == client.id.as_str()) else {
        return Ok(());
    };
    let Some(grant_id) = grant_of(app, &claims.jti) else {
        return end_token(app, client, &claims, request).await;
    };
    // By its own client only: who signs with a shared secret could put another client's `jti` into a token.
    let found = app.store.find_grant(grant_id).await?;
    match found {
        Some((grant, user))
            if grant.client_id == client.id
                && subject::read(app, client, &claims.sub) == Some(user.id) =>
        {
            end_family(app, (client, user.id), grant_id, request).await
        }
        _ => Ok(()),
    }
}

/// Idempotent: what has ended stays as it is, and leaves no second event.
async fn end_family(
    app: &App,
    (client, user_id): (&Client, UserId),
    grant_id: GrantId,
    request: TokenRequest<'_>,
) -> Result<(), Error> {
    let mut event = event(app, EventKind::GrantRevoked, client, request);
    event.user_id = Some(user_id);
    event.detail = serde_json::json!({ "grant_id": grant_id });
    app.store.revoke_grant(grant_id, &event).await?;
    Ok(())
}

async fn end_token(
    app: &App,
    client: &Client,
    claims: &AccessClaims,
    request: TokenRequest<'_>,
) -> Result<(), Error> {
    // What is nobody's own token is dead already.
    if claims.sub != claims.client_id {
        return Ok(());
    }
    let end = DateTime::<Utc>::from_timestamp(claims.exp, 0).unwrap_or(DateTime::<Utc>::MAX_UTC);
    let forget_at = end.min(request.now + MAX_ACCESS_TTL) + CLOCK_SKEW;
    let mut event = event(app, EventKind::TokenRevoked, client, request);
    event.detail = serde_json::json!({ "aud": claims.audience(), "scope": claims.scope });
    let hash = crypto::hash_token(&claims.jti);
    app.store.revoke_token(&hash, forget_at, &event).await?;
    Ok(())
}

fn event(app: &App, kind: EventKind, client: &Client, request: TokenRequest<'_>) -> Event {
    let actor = Actor::Client(client.id.clone());
    let mut event = app.event(kind, actor, request.place.origin());
    event.client_id = Some(client.id.clone());
    event
}
