//! How often something happened in each hour: what all nodes counted, added up.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, query, query_as};

use super::Result;
use super::db::{Store, either};

const ADD: &str = "INSERT INTO activity (hour, kind, count) VALUES ($1, $2, $3)
    ON CONFLICT (hour, kind) DO UPDATE SET count = activity.count + excluded.count";
const LIST: &str =
    "SELECT hour, kind, count FROM activity WHERE hour >= $1 AND hour < $2 ORDER BY hour, kind";

/// How often one thing happened in the hour that begins then.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ActivityHour {
    pub hour: DateTime<Utc>,
    pub kind: String,
    pub count: i64,
}

impl Store {
    /// Adds what was counted in an hour. All or nothing; nothing is written where nothing was counted.
    pub async fn add_activity(&self, hour: DateTime<Utc>, counted: &[(&str, i64)]) -> Result<()> {
        if counted.is_empty() {
            return Ok(());
        }
        // Always in one order: two who lock the same rows in opposite orders would wait for each other.
        let mut counted = counted.to_vec();
        counted.sort_unstable();
        let mut tx = self.begin_write().await?;
        for (kind, count) in counted {
            either!(tx &mut tx, db => query(ADD)
                .bind(hour).bind(kind).bind(count).execute(db).await.map(|_| ()))?;
        }
        tx.commit().await
    }

    /// What happened in the hours that begin from `from` until before `to`, by hour.
    pub async fn activity(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<ActivityHour>> {
        Ok(either!(read self.db, db => query_as(LIST).bind(from).bind(to).fetch_all(db).await)?)
    }
}
