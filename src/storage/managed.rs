//! What files manage, and what they last said of it.

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use sqlx::{FromRow, query, query_as};

use super::db::{Store, Tx, either};
use super::{Error, Result};
use crate::model::managed::{Kind, Managed};

const FIND: &str =
    "SELECT kind, id, source, definition, applied_at FROM managed WHERE kind = $1 AND id = $2";
const LIST: &str =
    "SELECT kind, id, source, definition, applied_at FROM managed ORDER BY source, kind, id";
const DELETE: &str = "DELETE FROM managed WHERE kind = $1 AND id = $2";

#[derive(FromRow)]
struct ManagedRow {
    kind: String,
    id: String,
    source: String,
    definition: Json<serde_json::Value>,
    applied_at: DateTime<Utc>,
}

impl ManagedRow {
    fn into_managed(self) -> Result<Managed> {
        Ok(Managed {
            kind: Kind::parse(&self.kind).ok_or(Error::Corrupt("managed.kind"))?,
            id: self.id,
            source: self.source,
            definition: self.definition.0,
            applied_at: self.applied_at,
        })
    }
}

impl Store {
    /// What manages that thing, if anything does.
    pub async fn find_managed(&self, kind: Kind, id: &str) -> Result<Option<Managed>> {
        let row: Option<ManagedRow> = either!(read self.db, db => query_as(FIND)
            .bind(kind.as_str()).bind(id).fetch_optional(db).await)?;
        row.map(ManagedRow::into_managed).transpose()
    }

    /// Everything that is managed.
    pub async fn list_managed(&self) -> Result<Vec<Managed>> {
        let rows: Vec<ManagedRow> =
            either!(read self.db, db => query_as(LIST).fetch_all(db).await)?;
        rows.into_iter().map(ManagedRow::into_managed).collect()
    }
}

impl Tx {
    /// Nothing manages that thing any more; the end of everything that removes one.
    pub(super) async fn forget_managed(&mut self, kind: Kind, id: &str) -> Result<()> {
        either!(tx self, db => query(DELETE)
            .bind(kind.as_str()).bind(id).execute(db).await.map(|_| ()))?;
        Ok(())
    }
}
