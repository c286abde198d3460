//! The audit log: appended to and read. Nothing here changes a row; each gets its place in the chain in `audit_chain`.

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use sqlx::{FromRow, query, query_as};
use uuid::Uuid;

use super::Result;
use super::db::{Store, Tx, either};
use crate::model::event::{Event, EventKind, StoredEvent};
use crate::model::id::UserId;

const SIGNED_IN: &str = "SELECT 1 FROM audit_events WHERE user_id = $1 AND kind = $2 LIMIT 1";
pub(super) const INSERT: &str = "INSERT INTO audit_events (id, at, kind, actor, user_id, client_id, address, request_id, detail)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

/// Binds an event's nine columns, in the order of the table.
macro_rules! bind_event {
    ($query:expr, $event:expr) => {
        $query
            .bind($event.id)
            .bind($event.at)
            .bind($event.kind.as_str())
            .bind($event.actor.to_stored())
            .bind($event.user_id.map(|id| id.0))
            .bind($event.client_id.as_ref().map(|id| id.as_str().to_owned()))
            .bind($event.origin.address.clone())
            .bind($event.origin.request_id.clone())
            .bind(sqlx::types::Json($event.detail.clone()))
    };
}
pub(super) use bind_event;

/// The columns of an [`AuditRow`].
macro_rules! columns {
    () => {
        "id, at, kind, actor, user_id, client_id, address, request_id, detail, seq, hash"
    };
}
pub(super) use columns;

#[derive(FromRow)]
pub(super) struct AuditRow {
    id: Uuid,
    at: DateTime<Utc>,
    kind: String,
    actor: String,
    user_id: Option<Uuid>,
    client_id: Option<String>,
    address: Option<String>,
    request_id: Option<String>,
    detail: Json<serde_json::Value>,
    seq: Option<i64>,
    hash: Option<Vec<u8>>,
}

impl From<AuditRow> for StoredEvent {
    fn from(row: AuditRow) -> Self {
        Self {
            id: row.id,
            at: row.at,
            kind: row.kind,
            actor: row.actor,
            user_id: row.user_id.map(UserId),
            client_id: row.client_id,
            address: row.address,
            request_id: row.request_id,
            detail: row.detail.0,
            seq: row.seq,
            hash: row.hash,
        }
    }
}

pub(super) fn events(rows: Vec<AuditRow>) -> Vec<StoredEvent> {
    rows.into_iter().map(StoredEvent::from).collect()
}

/// Which events to find; what is `None` does not matter.
#[derive(Debug, Clone, Default)]
pub struct EventQuery {
    pub kind: Option<EventKind>,
    /// As stored: `command_line`, `user:…`, `client:…`.
    pub actor: Option<String>,
    pub user: Option<UserId>,
    pub client: Option<String>,
    pub request_id: Option<String>,
    pub from: Option<DateTime<Utc>>,
    /// This instant is not in it any more.
    pub to: Option<DateTime<Utc>>,
    /// Only those older than the one with this id.
    pub before: Option<Uuid>,
}

macro_rules! narrowed {
    () => {
        " AND ($2 IS NULL OR id < $2) AND ($3 IS NULL OR kind = $3) AND ($4 IS NULL OR actor = $4)
          AND ($5 IS NULL OR client_id = $5) AND ($6 IS NULL OR request_id = $6)
          AND ($7 IS NULL OR at >= $7) AND ($8 IS NULL OR at < $8)
        ORDER BY id DESC LIMIT $9"
    };
}
// Two texts, so that a person's events are found by the index, however the statement is planned.
const FIND: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM audit_events WHERE $1 IS NULL",
    narrowed!()
);
const FIND_OF_USER: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM audit_events WHERE user_id = $1",
    narrowed!()
);

impl Store {
    /// Events that fit, newest first.
    pub async fn find_events(&self, wanted: &EventQuery, limit: i64) -> Result<Vec<StoredEvent>> {
        let sql = if wanted.user.is_some() {
            FIND_OF_USER
        } else {
            FIND
        };
        let rows: Vec<AuditRow> = either!(read self.db, db => query_as(sql)
            .bind(wanted.user.map(|id| id.0)).bind(wanted.before).bind(wanted.kind.map(EventKind::as_str))
            .bind(&wanted.actor).bind(&wanted.client).bind(&wanted.request_id)
            .bind(wanted.from).bind(wanted.to).bind(limit)
            .fetch_all(db).await)?;
        Ok(events(rows))
    }

    /// Remembers an event that stands alone; one that goes with a change is written with the change.
    pub async fn record(&self, event: &Event) -> Result<()> {
        either!(write self.db, db => bind_event!(query(INSERT), event).execute(db).await.map(|_| ()))?;
        Ok(())
    }

    /// Whether somebody has signed in before, as far as the log goes back.
    pub async fn has_signed_in(&self, user: UserId) -> Result<bool> {
        Ok(either!(read self.db, db => query(SIGNED_IN)
            .bind(user.0).bind(EventKind::SignInSucceeded.as_str())
            .fetch_optional(db).await.map(|row| row.is_some()))?)
    }

    /// The kinds of all events, oldest first, at most `limit`: for tests and `doctor`.
    pub async fn event_kinds(&self, limit: i64) -> Result<Vec<(String, serde_json::Value)>> {
        const LIST: &str = "SELECT kind, detail FROM audit_events ORDER BY id LIMIT $1";
        let rows: Vec<(String, Json<serde_json::Value>)> =
            either!(read self.db, db => sqlx::query_as(LIST).bind(limit).fetch_all(db).await)?;
        Ok(rows
            .into_iter()
            .map(|(kind, Json(detail))| (kind, detail))
            .collect())
    }
}

impl Tx {
    pub(super) async fn record(&mut self, event: &Event) -> Result<()> {
        either!(tx self, db => bind_event!(query(INSERT), event).execute(db).await.map(|_| ()))?;
        Ok(())
    }
}
