//! Sessions: started at sign-in under a new cookie, noted when used, ended.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::login::Place;
use crate::app::{App, after, delta};
use crate::crypto;
use crate::model::event::{Actor, Event, EventKind};
use crate::model::id::{ClientId, SessionId};
use crate::model::mail::NewMail;
use crate::model::secret::Secret;
use crate::model::session::{Session, SignedIn};
use crate::model::user::User;
use crate::random;
use crate::storage::{self, Told};

/// The prefix of session cookies' values.
pub const SESSION_PREFIX: &str = "placet_s_";

/// What the audit log keeps where somebody ends their other sessions along with something else.
pub(super) fn others_ended(app: &App, user: &User, place: &Place) -> Event {
    let mut event = app.event(
        EventKind::SessionEnded,
        Actor::User(user.id),
        place.origin(),
    );
    event.user_id = Some(user.id);
    event.detail = json!({ "others": true });
    event
}

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

/// What a session starts with.
#[derive(Debug)]
pub struct Shown {
    /// How the person proved who they are (RFC 8176).
    pub amr: Vec<String>,
    pub authenticated_at: DateTime<Utc>,
    /// The client that sent them to sign in, for the audit log.
    pub client_id: Option<ClientId>,
    /// Tells the person of the sign-in.
    pub notice: Option<NewMail>,
}

/// Starts a session for someone who proved who they are. The cookie's value is always new; the id stays where
/// the same person signs in anew, so that the person's other tabs go on. `None`: their password is another by now, or they were disabled.
pub async fn start(
    app: &App,
    user: User,
    before: Option<&SignedIn>,
    shown: Shown,
    place: &Place,
) -> storage::Result<Option<(Secret<String>, SignedIn)>> {
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
        authenticated_at: shown.authenticated_at.min(now),
        amr: shown.amr,
        created_at: same.map_or(now, |same| same.created_at),
        last_seen_at: now,
        idle_expires_at: after(now, app.config.sessions.idle_ttl).min(expires_at),
        expires_at,
        address: place.address.map(|address| address.to_string()),
        user_agent: place.short_user_agent(),
    };
    let mut event = signed_in_event(app, &session, place);
    event.client_id = shown.client_id;
    let replaced = before.map(|before| before.session.id);
    let told = Told {
        event: &event,
        notice: shown.notice.as_ref(),
    };
    let started = app
        .store
        .start_session(&session, replaced, Some(&user), told);
    if !started.await? {
        return Ok(None);
    }
    if told.notice.is_some() {
        app.mail_due.notify_one();
    }
    if before.is_some() {
        app.logout_due.notify_one();
    }
    Ok(Some((value, SignedIn { session, user })))
}

/// How one more factor came to a session.
#[derive(Debug, Clone)]
pub enum Strengthened {
    /// Something asked for it (RFC 9470): that client, where it was one; and what tells the person.
    StepUp(Option<ClientId>, Option<NewMail>),
    /// The person set it up, which showed it.
    Enrolment,
}

/// One more factor was shown in a session: it counts as that sure from now on, under a new cookie (S40). When the person signed in, and
/// how long that lasts, stays as it was: nothing of before was shown anew (OIDC Core §2 `auth_time`, §3.1.2.1 `max_age`). `None`: it has ended.
pub async fn strengthen(
    app: &App,
    signed_in: SignedIn,
    amr: Vec<String>,
    how: Strengthened,
    place: &Place,
) -> storage::Result<Option<(Secret<String>, SignedIn)>> {
    let now = app.clock.now();
    let value = random::token(SESSION_PREFIX);
    let SignedIn { session, user } = signed_in;
    let session = Session {
        token_hash: crypto::hash_token(value.expose()),
        amr,
        last_seen_at: now,
        idle_expires_at: after(now, app.config.sessions.idle_ttl).min(session.expires_at),
        address: place.address.map(|address| address.to_string()),
        user_agent: place.short_user_agent(),
        ..session
    };
    let (event, notice) = match how {
        Strengthened::StepUp(client_id, notice) => {
            let mut event = signed_in_event(app, &session, place);
            event.client_id = client_id;
            event.detail = json!({ "user_agent": session.user_agent, "step_up": true });
            (Some(event), notice)
        }
        Strengthened::Enrolment => (None, None),
    };
    let notice = notice.as_ref();
    let told = event.as_ref().map(|event| Told { event, notice });
    let is_there = app.store.strengthen_session(&session, told).await?;
    if notice.is_some() {
        app.mail_due.notify_one();
    }
    Ok(is_there.then_some((value, SignedIn { session, user })))
}

fn signed_in_event(app: &App, session: &Session, place: &Place) -> Event {
    let actor = Actor::User(session.user_id);
    let mut event = app.event(EventKind::SignInSucceeded, actor, place.origin());
    event.user_id = Some(session.user_id);
    event.detail = json!({ "user_agent": session.user_agent });
    event
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
