//! Refused requests: written many at a time, beside the requests' path; swept by age and by count.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use sqlx::types::{Json, Uuid};
use sqlx::{FromRow, query, query_as};

use super::Result;
use super::db::{Store, either};
use crate::model::id::UserId;
use crate::model::refusal::Refusal;

const INSERT: &str = "INSERT INTO refused_requests
        (id, at, endpoint, client_id, user_id, status, code, reason, params, address, user_agent)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO NOTHING";
const FIND: &str = "SELECT * FROM refused_requests WHERE id = $1";
const LIST: &str = "SELECT * FROM refused_requests
    WHERE at >= $1 AND at <= $2 AND (at < $3 OR (at = $3 AND id < $4)) ORDER BY at DESC, id DESC LIMIT $5";
const LIST_OF_CLIENT: &str = "SELECT * FROM refused_requests
    WHERE client_id = $6 AND at >= $1 AND at <= $2 AND (at < $3 OR (at = $3 AND id < $4)) ORDER BY at DESC, id DESC LIMIT $5";
const SWEEP_AGE: &str = "DELETE FROM refused_requests WHERE id IN (SELECT id FROM refused_requests WHERE at <= $1 LIMIT $2)";
// What is beyond the count, by its place: two nodes that do it at once delete the same rows.
const SWEEP_COUNT: &str = "DELETE FROM refused_requests WHERE id IN
    (SELECT id FROM refused_requests ORDER BY at DESC, id DESC LIMIT $2 OFFSET $1)";

#[derive(FromRow)]
struct RefusalRow {
    id: String,
    at: DateTime<Utc>,
    endpoint: String,
    client_id: Option<String>,
    user_id: Option<Uuid>,
    status: i64,
    code: String,
    reason: String,
    params: Json<Map<String, Value>>,
    address: Option<String>,
    user_agent: Option<String>,
}

impl From<RefusalRow> for Refusal {
    fn from(row: RefusalRow) -> Self {
        Self {
            id: row.id,
            at: row.at,
            endpoint: row.endpoint,
            client_id: row.client_id,
            user_id: row.user_id.map(UserId),
            status: u16::try_from(row.status).unwrap_or_default(),
            code: row.code,
            reason: row.reason,
            params: row.params.0,
            address: row.address,
            user_agent: row.user_agent,
        }
    }
}

/// Which refused requests, newest first.
#[derive(Debug, Clone)]
pub struct RefusalQuery<'a> {
    pub client_id: Option<&'a str>,
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    /// Only what is older than that one: its instant, and its id among those of the same instant.
    pub before: (DateTime<Utc>, &'a str),
    pub limit: i64,
}

impl Store {
    /// Remembers them, all or none.
    pub async fn add_refusals(&self, refusals: &[Refusal]) -> Result<()> {
        let mut tx = self.begin_write().await?;
        for refusal in refusals {
            either!(tx &mut tx, db => query(INSERT)
                .bind(&refusal.id)
                .bind(refusal.at)
                .bind(&refusal.endpoint)
                .bind(&refusal.client_id)
                .bind(refusal.user_id.map(|id| id.0))
                .bind(i64::from(refusal.status))
                .bind(&refusal.code)
                .bind(&refusal.reason)
                .bind(Json(&refusal.params))
                .bind(&refusal.address)
                .bind(&refusal.user_agent)
                .execute(db).await.map(|_| ()))?;
        }
        tx.commit().await
    }

    /// The refused request of that id.
    pub async fn find_refusal(&self, id: &str) -> Result<Option<Refusal>> {
        let row: Option<RefusalRow> =
            either!(read self.db, db => query_as(FIND).bind(id).fetch_optional(db).await)?;
        Ok(row.map(Refusal::from))
    }

    /// Refused requests, newest first.
    pub async fn list_refusals(&self, asked: &RefusalQuery<'_>) -> Result<Vec<Refusal>> {
        let (before, id) = asked.before;
        let rows: Vec<RefusalRow> = match asked.client_id {
            None => either!(read self.db, db => query_as(LIST)
                .bind(asked.from).bind(asked.to).bind(before).bind(id).bind(asked.limit)
                .fetch_all(db).await)?,
            Some(client_id) => either!(read self.db, db => query_as(LIST_OF_CLIENT)
                .bind(asked.from).bind(asked.to).bind(before).bind(id).bind(asked.limit).bind(client_id)
                .fetch_all(db).await)?,
        };
        Ok(rows.into_iter().map(Refusal::from).collect())
    }

    /// One round: at most `batch` of those from before `before`, and as many of those beyond the `keep` newest. How many went.
    pub async fn sweep_refusals(
        &self,
        before: DateTime<Utc>,
        keep: u32,
        batch: u32,
    ) -> Result<u64> {
        let (keep, batch) = (i64::from(keep), i64::from(batch));
        let old = either!(write self.db, db => query(SWEEP_AGE)
            .bind(before).bind(batch).execute(db).await.map(|done| done.rows_affected()))?;
        let many = either!(write self.db, db => query(SWEEP_COUNT)
            .bind(keep).bind(batch).execute(db).await.map(|done| done.rows_affected()))?;
        Ok(old + many)
    }
}
