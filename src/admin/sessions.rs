//! Signed-in browsers: who is signed in where, and ending that.

use serde_json::json;
use uuid::Uuid;

use super::paging::before;
use super::{By, Page, Paging, Result, not_found, users};
use crate::app::App;
use crate::model::event::EventKind;
use crate::model::id::{SessionId, UserId};
use crate::model::session::Session;
pub use crate::model::session::SessionView;
pub use crate::storage::SessionFilter;
use crate::storage::Which;

/// The live sessions that are looked for, by id.
pub async fn find(app: &App, filter: &SessionFilter, paging: &Paging) -> Result<Page<SessionView>> {
    let (after, limit) = (paging.after_id()?, paging.limit()?);
    let now = app.clock.now();
    let found = app.store.find_sessions(*filter, now, after, limit + 1);
    Ok(Page::cut(found.await?, limit, |session| {
        session.id.to_string()
    }))
}

/// That live session.
pub async fn show(app: &App, id: &str) -> Result<SessionView> {
    let gone = || not_found("session", id);
    let uuid = Uuid::try_parse(id).map_err(|_| gone())?;
    let (filter, now) = (SessionFilter::default(), app.clock.now());
    let found = app
        .store
        .find_sessions(filter, now, before(uuid), 1)
        .await?;
    let found = found.into_iter().next();
    found
        .filter(|session| session.id.0 == uuid)
        .ok_or_else(gone)
}

/// Ends a session as if its person had signed out: clients hear of it, and what lasts only as long ends (S59).
pub async fn end(app: &App, by: &By, id: SessionId) -> Result<()> {
    let gone = || not_found("session", &id.to_string());
    let found = app.store.find_session_user(id, app.clock.now()).await?;
    let user = found.ok_or_else(gone)?;
    end_of(app, by, user, id).await
}

/// The same for a session of that user, and nobody else's (S169).
pub async fn end_of(app: &App, by: &By, user: UserId, id: SessionId) -> Result<()> {
    let mut event = by.event(app, EventKind::SessionEnded, json!({ "session_id": id }));
    event.user_id = Some(user);
    let ended = app.store.end_sessions(user, Which::One(id), &event);
    if ended.await? == 0 {
        return Err(not_found("session", &id.to_string()));
    }
    app.logout_due.notify_one();
    Ok(())
}

/// Ends every session of its user but this one; how many there were.
pub async fn end_others(app: &App, by: &By, kept: &Session) -> Result<u64> {
    let mut event = by.event(app, EventKind::SessionEnded, json!({ "others": true }));
    event.user_id = Some(kept.user_id);
    let which = Which::Others(kept.id);
    let ended = app.store.end_sessions(kept.user_id, which, &event).await?;
    app.logout_due.notify_one();
    Ok(ended)
}

/// Ends every session of a user in the same way; how many there were.
pub async fn end_all(app: &App, by: &By, user: &str) -> Result<u64> {
    let user = users::show(app, user).await?;
    let mut event = by.event(app, EventKind::SessionEnded, json!({ "all": true }));
    event.user_id = Some(user.id);
    let ended = app.store.end_sessions(user.id, Which::All, &event).await?;
    app.logout_due.notify_one();
    Ok(ended)
}
