//! Sessions: started at sign-in under a new cookie, noted when used, ended.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::login::Place;
use crate::app::{App, after, delta};
use crate::crypto;
use crate::model::event::{Actor, EventKind};
use crate::model::id::{ClientId, SessionId};
use crate::model::secret::Secret;
use crate::model::session::{Session, SignedIn};
use crate::model::user::User;
use crate::random;
use crate::storage;

/// The prefix of session cookies' values.
pub const SESSION_PREFIX: &str = "placet_s_";

/// The signed-in person behind a cookie's value. Writes at most once in a twentieth of the idle time.
pub async fn find(
    app: &App,
    cookie: &str,
    now: DateTime<Utc>,
) -> storage::Result<Option<SignedIn>> {
    if !cookie.starts_with(SESSION_PREFIX) {
        return Ok(None);
    }
    let Some(mut found) = app
        .store
        .find_session(&crypto::hash_token(cookie), now)
        .await?
    else {
        return Ok(None);
    };
    let idle = app.config.sessions.idle_ttl;
    if now - found.session.last_seen_at >= delta(idle / 20) {
        let idle_expires_at = after(now, idle).min(found.session.expires_at);
        app.store
            .touch_session(found.session.id, now, idle_expires_at)
            .await?;
        found.session.last_seen_at = now;
    }
    Ok(Some(found))
}

/// Starts a session for someone who has just proved who they are. The cookie's value is always new; the id stays where
/// the same person signs in anew, so that the person's other tabs go on.
pub async fn start(
    app: &App,
    user: User,
    before: Option<&SignedIn>,
    amr: Vec<String>,
    place: &Place,
) -> storage::Result<(Secret<String>, SignedIn)> {
    let now = app.clock.now();
    let value = random::token(SESSION_PREFIX);
    let same = before
        .filter(|before| before.user.id == user.id)
        .map(|before| &before.session);
    let expires_at = after(now, app.config.sessions.max_ttl);
    let session = Session {
        id: same.map_or_else(|| SessionId(random::uuid()), |same| same.id),
        token_hash: crypto::hash_token(value.expose()),
        user_id: user.id,
        authenticated_at: now,
        amr,
        created_at: same.map_or(now, |same| same.created_at),
        last_seen_at: now,
        idle_expires_at: after(now, app.config.sessions.idle_ttl).min(expires_at),
        expires_at,
        address: place.address.map(|address| address.to_string()),
        user_agent: place.short_user_agent(),
    };
    let mut event = app.event(
        EventKind::SignInSucceeded,
        Actor::User(user.id),
        place.origin(),
    );
    event.user_id = Some(user.id);
    event.detail = json!({ "user_agent": session.user_agent });
    app.store
        .start_session(&session, before.map(|before| before.session.id), &event)
        .await?;
    if before.is_some() {
        app.logout_due.notify_one();
    }
    Ok((value, SignedIn { session, user }))
}

/// Ends a session, and what lasts only as long as it; the clients that hear of it. `asked_by`: the client that sent the person to sign out.
pub async fn end(
    app: &App,
    signed_in: &SignedIn,
    asked_by: Option<&ClientId>,
    place: &Place,
) -> storage::Result<Vec<ClientId>> {
    let mut event = app.event(
        EventKind::SignedOut,
        Actor::User(signed_in.user.id),
        place.origin(),
    );
    event.user_id = Some(signed_in.user.id);
    event.client_id = asked_by.cloned();
    let clients = app.store.end_session(&signed_in.session, &event).await?;
    app.logout_due.notify_one();
    Ok(clients)
}
