//! The audit log as administrators see it: searched, verified, exported, and swept by age. Nothing here can change an event.

mod export;
mod verify;

use chrono::{DateTime, Datelike as _, DurationRound as _, TimeDelta, Utc};
use uuid::Uuid;

pub use export::{export, to_line};
pub use verify::{Fault, Verification, verify};

use super::{AdminError, By, Page, Paging, Result, invalid, users};
use crate::app::{App, delta};
use crate::model::event::{EventKind, StoredEvent};
use crate::model::id::UserId;
use crate::storage::{AuditSwept, EventQuery};

/// Rows in one transaction: while it lasts, on SQLite nobody else writes.
const BATCH: i64 = 200;
/// No field of an event is longer.
const MAX_TEXT: usize = 512;

/// Which events to find, as it was typed; what is `None` does not matter.
#[derive(Debug, Clone, Default)]
pub struct EventFilter {
    /// The name of an [`EventKind`].
    pub kind: Option<String>,
    /// As stored: `command_line`, `server`, `anonymous`, `user:ID`, `client:ID`.
    pub actor: Option<String>,
    /// Whom it concerns: an id, also of somebody who was removed; or a username or e-mail address of today.
    pub user: Option<String>,
    pub client: Option<String>,
    pub request_id: Option<String>,
    pub from: Option<DateTime<Utc>>,
    /// Up to this instant, which is not in it any more.
    pub to: Option<DateTime<Utc>>,
}

/// Events that fit, newest first.
pub async fn find(app: &App, filter: &EventFilter, paging: &Paging) -> Result<Page<StoredEvent>> {
    let limit = paging.limit()?;
    let after = paging.after.as_deref();
    let before = after
        .map(|id| Uuid::try_parse(id).map_err(|_| invalid("after", "no page ended so")))
        .transpose()?;
    let kind = filter.kind.as_deref();
    let kind = kind
        .map(|name| {
            name.parse::<EventKind>()
                .map_err(|error| invalid("kind", error.to_string()))
        })
        .transpose()?;
    let user = match filter.user.as_deref() {
        Some(name) => Some(user_id(app, name).await?),
        None => None,
    };
    let wanted = EventQuery {
        kind,
        actor: checked("actor", filter.actor.as_deref())?,
        user,
        client: checked("client", filter.client.as_deref())?,
        request_id: checked("request_id", filter.request_id.as_deref())?,
        from: in_reach("from", filter.from)?,
        to: in_reach("to", filter.to)?,
        before,
    };
    let found = app.store.find_events(&wanted, limit + 1).await?;
    Ok(Page::cut(found, limit, |event| event.id.to_string()))
}

async fn user_id(app: &App, name: &str) -> Result<UserId> {
    if let Ok(id) = Uuid::try_parse(name) {
        return Ok(UserId(id));
    }
    if let Some(name) = checked("user", Some(name))? {
        return Ok(users::show(app, &name).await?.id);
    }
    Err(invalid("user", "it is empty"))
}

/// SQLite keeps instants as text, whose order is that of time for years of four digits.
pub(super) fn in_reach(
    field: &'static str,
    at: Option<DateTime<Utc>>,
) -> Result<Option<DateTime<Utc>>> {
    match at {
        Some(at) if !(0..=9999).contains(&at.year()) => {
            Err(invalid(field, "its year has more than four digits"))
        }
        at => Ok(at),
    }
}

/// Postgres takes no NUL in a text.
fn checked(field: &'static str, value: Option<&str>) -> Result<Option<String>> {
    match value {
        Some(text) if text.len() > MAX_TEXT || text.chars().any(char::is_control) => Err(invalid(
            field,
            format!("it has control characters, or more than {MAX_TEXT} bytes"),
        )),
        text => Ok(text.map(str::to_owned)),
    }
}

/// Gives every event that has none yet its place in the chain; how many. Any node may do it at any time.
pub async fn chain(app: &App) -> Result<usize> {
    let mut total = 0;
    loop {
        let number = app.store.chain_events(&app.audit_chain, BATCH).await?;
        total += number;
        if number < usize::try_from(BATCH).unwrap_or(usize::MAX) {
            return Ok(total);
        }
    }
}

/// The chain from that place on, a part at a time; empty at its end.
pub async fn chained_from(app: &App, seq: i64) -> Result<Vec<StoredEvent>> {
    let after = seq.saturating_sub(1);
    Ok(app.store.chained_events(after, BATCH).await?)
}

/// Deletes at most `batch` of the events that are older than `audit.retention`, from the front of the chain. They become due by the day,
/// and the round that takes the last of a day's leaves one event: what is swept does not fill what it sweeps.
pub async fn sweep(app: &App, batch: u32) -> Result<AuditSwept> {
    chain(app).await?;
    let before = app.clock.now() - delta(app.config.audit.retention);
    let before = before
        .duration_trunc(TimeDelta::days(1))
        .map_err(|error| invalid("audit.retention", error.to_string()))?;
    let event = By::server().event(app, EventKind::AuditSwept, serde_json::json!({}));
    let swept = app
        .store
        .sweep_events(&app.audit_chain, before, batch, &event)
        .await?;
    if let Some(seq) = swept.broken_at {
        tracing::error!(
            seq,
            "the audit log is not whole there, so what is old stays: see `placet audit verify`"
        );
    }
    Ok(swept)
}

impl AdminError {
    fn is_corrupt(&self) -> bool {
        matches!(
            self,
            Self::Storage(crate::storage::Error::Corrupt(_) | crate::storage::Error::Database(_))
        )
    }
}
