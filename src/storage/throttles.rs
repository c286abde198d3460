//! Counters of wrong passwords, and of what strangers may do only so often. A row exists only after the first of them; who types their
//! password right never writes one.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, query, query_as};

use super::Result;
use super::db::{Store, either};
use crate::model::event::Event;

/// Several keys with one look.
const READ: &str =
    "SELECT key, failures FROM sign_in_throttles WHERE key IN ($1, $2, $3, $4) AND expires_at > $5";
const COUNT: &str = "INSERT INTO sign_in_throttles (key, failures, expires_at) VALUES ($1, 1, $3)
    ON CONFLICT (key) DO UPDATE SET
        failures = CASE WHEN sign_in_throttles.expires_at > $2 THEN sign_in_throttles.failures + 1 ELSE 1 END,
        expires_at = CASE WHEN sign_in_throttles.expires_at > $2 THEN sign_in_throttles.expires_at ELSE $3 END";
const READ_COUNT: &str =
    "SELECT failures, expires_at FROM sign_in_throttles WHERE key = $1 AND expires_at > $2";
const CLEAR: &str = "DELETE FROM sign_in_throttles WHERE key = $1";

/// How often something was done in the window that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct Count {
    #[sqlx(rename = "failures")]
    pub count: i64,
    /// When the window ends.
    pub expires_at: DateTime<Utc>,
}

impl Store {
    /// What was counted under `key` in the window that is open at `now`.
    pub async fn count_of(&self, key: &str, now: DateTime<Utc>) -> Result<Option<Count>> {
        Ok(either!(read self.db, db => query_as(READ_COUNT)
            .bind(key).bind(now).fetch_optional(db).await)?)
    }

    /// Counts one more under `key`; the count with it. Of many at once each learns another number.
    pub async fn count_one(
        &self,
        key: &str,
        now: DateTime<Utc>,
        window_ends_at: DateTime<Utc>,
    ) -> Result<Option<Count>> {
        let mut tx = self.begin_write().await?;
        either!(tx &mut tx, db => query(COUNT)
            .bind(key).bind(now).bind(window_ends_at).execute(db).await.map(|_| ()))?;
        let count = either!(tx &mut tx, db => query_as(READ_COUNT)
            .bind(key).bind(now).fetch_optional(db).await)?;
        tx.commit().await?;
        Ok(count)
    }

    /// Remembers an event, unless one was remembered under `key` in the window that is open; true if it was this one. Of many at once
    /// one is.
    pub async fn record_once(
        &self,
        key: &str,
        window_ends_at: DateTime<Utc>,
        event: &Event,
    ) -> Result<bool> {
        let now = event.at;
        if self.count_of(key, now).await?.is_some() {
            return Ok(false);
        }
        let mut tx = self.begin_write().await?;
        either!(tx &mut tx, db => query(COUNT)
            .bind(key).bind(now).bind(window_ends_at).execute(db).await.map(|_| ()))?;
        let count: Option<Count> = either!(tx &mut tx, db => query_as(READ_COUNT)
            .bind(key).bind(now).fetch_optional(db).await)?;
        let is_first = count.is_some_and(|count| count.count == 1);
        if is_first {
            tx.record(event).await?;
            tx.commit().await?;
        }
        Ok(is_first)
    }

    /// Failures counted under `key` in the window that is open at `now`.
    pub async fn failures(&self, key: &str, now: DateTime<Utc>) -> Result<i64> {
        let found = self.failures_of(&[key], now).await?;
        Ok(found.first().copied().unwrap_or(0))
    }

    /// The same of several keys, in their order.
    pub async fn failures_of(&self, keys: &[&str], now: DateTime<Utc>) -> Result<Vec<i64>> {
        let mut all = Vec::with_capacity(keys.len());
        for keys in keys.chunks(4) {
            let nth = |index: usize| {
                keys.get(index)
                    .or(keys.first())
                    .copied()
                    .unwrap_or_default()
            };
            let found: Vec<(String, i64)> = either!(read self.db, db => query_as(READ)
                .bind(nth(0)).bind(nth(1)).bind(nth(2)).bind(nth(3)).bind(now).fetch_all(db).await)?;
            let failures = |key: &&str| {
                let mut found = found.iter();
                let found = found.find(|(counted, _)| counted == key);
                found.map_or(0, |(_, failures)| *failures)
            };
            all.extend(keys.iter().map(failures));
        }
        Ok(all)
    }

    /// Counts one failure under each key; a first one opens a window that ends at `window_ends_at`.
    pub async fn count_failure(
        &self,
        keys: &[String],
        now: DateTime<Utc>,
        window_ends_at: DateTime<Utc>,
    ) -> Result<()> {
        // Always in one order: two who lock the same rows in opposite orders would wait for each other.
        let mut keys: Vec<&String> = keys.iter().collect();
        keys.sort_unstable();
        let mut tx = self.begin_write().await?;
        for key in keys {
            either!(tx &mut tx, db => query(COUNT)
                .bind(key).bind(now).bind(window_ends_at).execute(db).await.map(|_| ()))?;
        }
        tx.commit().await
    }

    /// Forgets the failures under `key`.
    pub async fn clear_failures(&self, key: &str) -> Result<()> {
        either!(write self.db, db => query(CLEAR).bind(key).execute(db).await.map(|_| ()))?;
        Ok(())
    }
}
