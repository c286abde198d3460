//! The audit log: appended to, swept by age, never changed.

use sqlx::query;
use sqlx::types::Json;

use super::Result;
use super::db::{Store, Tx, either};
use crate::model::event::Event;

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

impl Store {
    /// Remembers an event that stands alone; one that goes with a change is written with the change.
    pub async fn record(&self, event: &Event) -> Result<()> {
        either!(write self.db, db => bind_event!(query(INSERT), event).execute(db).await.map(|_| ()))?;
        Ok(())
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
