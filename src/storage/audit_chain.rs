//! The audit log as a chain. A row is written with the change that it records, without a place; right after, here, it gets the
//! next one and a hash over itself and the row before, one writer at a time. So nobody who signs in waits for another.
//!
//! The two statements here are the only ones that touch an audit row once it is written: `LINK` gives it the place that it has not yet,
//! `DELETE` takes rows from the front, by age.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, query, query_as, query_scalar};

use super::Result;
use super::audit::{AuditRow, columns, events};
use super::db::{Db, Store, Tx, either};
use super::error::Error;
use crate::crypto::{ChainKey, End, equal};
use crate::model::event::{Event, EventKind, StoredEvent};

const KEY: &str = "SELECT key_sealed FROM audit_chain WHERE id = 1";
// Where somebody removed the row, the new chain begins behind the rows that have a place.
const HIGHEST: &str = "SELECT COALESCE(MAX(seq), 0) FROM audit_events";
const BEGIN: &str = "INSERT INTO audit_chain (id, key_sealed, last_seq, last_hash, swept_seq, swept_hash, exported_seq)
    VALUES (1, $1, $2, $3, 0, $4, 0)";
const STATE: &str =
    "SELECT last_seq, last_hash, swept_seq, swept_hash FROM audit_chain WHERE id = 1";
const HAS_UNCHAINED: &str = "SELECT 1 FROM audit_events WHERE seq IS NULL LIMIT 1";
const UNCHAINED: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM audit_events WHERE seq IS NULL ORDER BY id LIMIT $1"
);
const LINK: &str = "UPDATE audit_events SET seq = $2, hash = $3 WHERE id = $1 AND seq IS NULL";
const MOVE_BACK: &str =
    "UPDATE audit_chain SET last_seq = $2, last_hash = $3 WHERE id = 1 AND last_seq = $1";
const CHAINED: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM audit_events WHERE seq > $1 ORDER BY seq LIMIT $2"
);
const BOUNDS: &str = "SELECT MIN(seq), MAX(seq) FROM audit_events";
const WAITING: &str = "SELECT COUNT(*) FROM audit_events WHERE seq IS NULL AND at <= $1";
const OLDEST: &str = "SELECT at FROM audit_events
    WHERE seq > (SELECT swept_seq FROM audit_chain WHERE id = 1) ORDER BY seq LIMIT 1";
const DELETE: &str = "DELETE FROM audit_events WHERE seq > $1 AND seq <= $2";
const MOVE_FRONT: &str =
    "UPDATE audit_chain SET swept_seq = $2, swept_hash = $3 WHERE id = 1 AND swept_seq = $1";
const TO_EXPORT: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM audit_events WHERE seq > (SELECT exported_seq FROM audit_chain WHERE id = 1) ORDER BY seq LIMIT $1"
);
const EXPORTED: &str =
    "UPDATE audit_chain SET exported_seq = $1 WHERE id = 1 AND exported_seq < $1";

/// Where the chain begins and ends, as it is kept: see [`ChainKey::open_end`].
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ChainEnds {
    pub last_seq: i64,
    pub last_hash: Vec<u8>,
    pub swept_seq: i64,
    pub swept_hash: Vec<u8>,
}

/// What one round took from the front of the chain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AuditSwept {
    pub rows: u64,
    /// More is due than one round takes.
    pub has_more: bool,
    /// From this row on the chain is not whole: what is behind it stays, until somebody has looked.
    pub broken_at: Option<i64>,
}

impl Store {
    /// The sealed key of the chain, if there is a chain.
    pub async fn chain_key(&self) -> Result<Option<Vec<u8>>> {
        Ok(either!(read self.db, db => query_scalar(KEY).fetch_optional(db).await)?)
    }

    /// Begins the chain with a key, given sealed too, unless there is one; the sealed key of the one that is.
    pub async fn begin_chain(&self, sealed: &[u8], key: &ChainKey) -> Result<Vec<u8>> {
        let mut tx = self.begin_sealing().await?;
        tx.lock_chain().await?;
        let found: Option<Vec<u8>> =
            either!(tx &mut tx, db => query_scalar(KEY).fetch_optional(db).await)?;
        if let Some(found) = found {
            return Ok(found);
        }
        let last: i64 = either!(tx &mut tx, db => query_scalar(HIGHEST).fetch_one(db).await)?;
        let back = key.seal_end(End::Back, last, &[0; 32]);
        let front = key.seal_end(End::Front, 0, &[0; 32]);
        either!(tx &mut tx, db => query(BEGIN)
            .bind(sealed).bind(last).bind(back).bind(front).execute(db).await.map(|_| ()))?;
        tx.commit().await?;
        Ok(sealed.to_vec())
    }

    /// Gives at most `limit` rows their places, in the order of their ids; how many. Writes nothing where each has one.
    pub async fn chain_events(&self, key: &ChainKey, limit: i64) -> Result<usize> {
        let waiting: Option<i32> =
            either!(read self.db, db => query_scalar(HAS_UNCHAINED).fetch_optional(db).await)?;
        if waiting.is_none() {
            return Ok(0);
        }
        let mut tx = self.begin_write().await?;
        tx.lock_chain().await?;
        let ends = tx.chain_ends().await?;
        let rows: Vec<AuditRow> =
            either!(tx &mut tx, db => query_as(UNCHAINED).bind(limit).fetch_all(db).await)?;
        // An end that somebody moved is not built upon: that would make it good.
        let mut hash = key
            .open_end(End::Back, ends.last_seq, &ends.last_hash)
            .ok_or(Error::Corrupt("audit_chain.last_hash"))?;
        let (mut seq, number) = (ends.last_seq, rows.len());
        for row in events(rows) {
            seq += 1;
            hash = key.hash(&hash, seq, &row);
            let linked = either!(tx &mut tx, db => query(LINK)
                .bind(row.id).bind(seq).bind(hash.as_slice()).execute(db).await.map(|done| done.rows_affected()))?;
            if linked != 1 {
                return Ok(0);
            }
        }
        let back = key.seal_end(End::Back, seq, &hash);
        let is_moved = either!(tx &mut tx, db => query(MOVE_BACK)
            .bind(ends.last_seq).bind(seq).bind(back).execute(db).await.map(|done| done.rows_affected() == 1))?;
        // Another was faster: nothing of this is kept, the next round goes on from there.
        if !is_moved {
            return Ok(0);
        }
        tx.commit().await?;
        Ok(number)
    }

    /// Where the chain begins and ends; `None` where somebody removed that.
    pub async fn chain_ends(&self) -> Result<Option<ChainEnds>> {
        Ok(either!(read self.db, db => query_as(STATE).fetch_optional(db).await)?)
    }

    /// Rows behind that place, in the chain's order.
    pub async fn chained_events(&self, after: i64, limit: i64) -> Result<Vec<StoredEvent>> {
        let rows: Vec<AuditRow> = either!(read self.db, db => query_as(CHAINED)
            .bind(after).bind(limit).fetch_all(db).await)?;
        Ok(events(rows))
    }

    /// The first and the last place that a row has.
    pub async fn chain_bounds(&self) -> Result<Option<(i64, i64)>> {
        let (first, last): (Option<i64>, Option<i64>) =
            either!(read self.db, db => query_as(BOUNDS).fetch_one(db).await)?;
        Ok(first.zip(last))
    }

    /// How many rows from then or before have no place yet.
    pub async fn unchained_events(&self, before: DateTime<Utc>) -> Result<i64> {
        Ok(either!(read self.db, db => query_scalar(WAITING).bind(before).fetch_one(db).await)?)
    }

    /// Takes at most `batch` rows from `before` or earlier from the front of the chain, as far as it is whole, and moves the front with
    /// them. The round that takes the last of them leaves `event`, unless only such events went: the log does not feed itself.
    pub async fn sweep_events(
        &self,
        key: &ChainKey,
        before: DateTime<Utc>,
        batch: u32,
        event: &Event,
    ) -> Result<AuditSwept> {
        let oldest: Option<DateTime<Utc>> =
            either!(read self.db, db => query_scalar(OLDEST).fetch_optional(db).await)?;
        if oldest.is_none_or(|oldest| oldest > before) {
            return Ok(AuditSwept::default());
        }
        let mut tx = self.begin_write().await?;
        tx.lock_chain().await?;
        let ends = tx.chain_ends().await?;
        let rows: Vec<AuditRow> = either!(tx &mut tx, db => query_as(CHAINED)
            .bind(ends.swept_seq).bind(i64::from(batch) + 1).fetch_all(db).await)?;
        let Front {
            seq,
            hash,
            swept,
            is_news,
        } = front(key, &ends, events(rows), before, u64::from(batch))?;
        if swept.rows == 0 {
            return Ok(swept);
        }
        let gone = either!(tx &mut tx, db => query(DELETE)
            .bind(ends.swept_seq).bind(seq).execute(db).await.map(|done| done.rows_affected()))?;
        let kept = key.seal_end(End::Front, seq, &hash);
        let is_moved = either!(tx &mut tx, db => query(MOVE_FRONT)
            .bind(ends.swept_seq).bind(seq).bind(kept).execute(db).await.map(|done| done.rows_affected() == 1))?;
        if gone != swept.rows || !is_moved {
            return Ok(AuditSwept::default());
        }
        if is_news && !swept.has_more {
            let mut event = event.clone();
            event.detail = serde_json::json!({ "through": seq, "before": before });
            tx.record(&event).await?;
        }
        tx.commit().await?;
        Ok(swept)
    }

    /// Hands at most `limit` rows that were not exported yet to `write`, in the chain's order, and remembers them as exported once it has
    /// written them; how many. One node at a time on Postgres.
    pub async fn export_events<F, W>(&self, limit: i64, write: F) -> Result<std::io::Result<usize>>
    where
        F: FnOnce(Vec<StoredEvent>) -> W + Send,
        W: Future<Output = std::io::Result<()>> + Send,
    {
        match &self.db {
            // One process has the file. No lock is held while it writes: who signs in must not wait for a pipe.
            Db::Sqlite {
                read,
                write: writer,
                ..
            } => {
                let rows = query_as(TO_EXPORT).bind(limit).fetch_all(read).await?;
                let (number, last) = match hand_over(rows, write).await {
                    Ok(Some(done)) => done,
                    Ok(None) => return Ok(Ok(0)),
                    Err(error) => return Ok(Err(error)),
                };
                query(EXPORTED).bind(last).execute(writer).await?;
                Ok(Ok(number))
            }
            // The transaction is only what the lock hangs on; no row is locked while it writes.
            Db::Postgres(pool) => {
                let mut tx = pool.begin().await?;
                // Whoever reads what is written may be slow.
                query("SET LOCAL idle_in_transaction_session_timeout = 0")
                    .execute(&mut *tx)
                    .await?;
                let is_ours: bool = query_scalar("SELECT pg_try_advisory_xact_lock(7015271903)")
                    .fetch_one(&mut *tx)
                    .await?;
                if !is_ours {
                    tx.rollback().await?;
                    return Ok(Ok(0));
                }
                let rows = query_as(TO_EXPORT).bind(limit).fetch_all(&mut *tx).await?;
                let exported = match hand_over(rows, write).await {
                    Ok(Some((number, last))) => {
                        query(EXPORTED).bind(last).execute(&mut *tx).await?;
                        Ok(number)
                    }
                    Ok(None) => Ok(0),
                    Err(error) => Err(error),
                };
                // On every road: a transaction that is only dropped keeps the lock until its connection is used again.
                tx.commit().await?;
                Ok(exported)
            }
        }
    }
}

/// Writes the rows; how many, and the place of the last.
async fn hand_over<F, W>(
    rows: Vec<AuditRow>,
    write: F,
) -> std::io::Result<Option<(usize, Option<i64>)>>
where
    F: FnOnce(Vec<StoredEvent>) -> W + Send,
    W: Future<Output = std::io::Result<()>> + Send,
{
    let rows = events(rows);
    let Some(last) = rows.last() else {
        return Ok(None);
    };
    let done = (rows.len(), last.seq);
    write(rows).await?;
    Ok(Some(done))
}

/// How far the front may move.
struct Front {
    seq: i64,
    hash: [u8; 32],
    swept: AuditSwept,
    /// Something else than events of the sweep itself goes.
    is_news: bool,
}

fn front(
    key: &ChainKey,
    ends: &ChainEnds,
    rows: Vec<StoredEvent>,
    before: DateTime<Utc>,
    batch: u64,
) -> Result<Front> {
    let mut front = Front {
        seq: ends.swept_seq,
        hash: key
            .open_end(End::Front, ends.swept_seq, &ends.swept_hash)
            .ok_or(Error::Corrupt("audit_chain.swept_hash"))?,
        swept: AuditSwept::default(),
        is_news: false,
    };
    for row in rows {
        if row.at > before {
            break;
        }
        if front.swept.rows == batch {
            front.swept.has_more = true;
            break;
        }
        let seq = front.seq + 1;
        let hash = key.hash(&front.hash, seq, &row);
        // A row whose time somebody set back must not be cleared away by us.
        let is_whole = row.seq == Some(seq) && row.hash.is_some_and(|kept| equal(&kept, &hash));
        if !is_whole {
            front.swept.broken_at = Some(seq);
            break;
        }
        (front.seq, front.hash) = (seq, hash);
        front.swept.rows += 1;
        front.is_news |= row.kind != EventKind::AuditSwept.as_str();
    }
    Ok(front)
}

impl Tx {
    /// Lets one transaction at a time work on the chain; SQLite's writers are alone anyway.
    async fn lock_chain(&mut self) -> Result<()> {
        if let Self::Postgres(tx) = self {
            query("SELECT pg_advisory_xact_lock(7015271902)")
                .execute(&mut **tx)
                .await?;
        }
        Ok(())
    }

    async fn chain_ends(&mut self) -> Result<ChainEnds> {
        let ends = either!(tx self, db => query_as(STATE).fetch_optional(db).await)?;
        ends.ok_or(Error::Corrupt("audit_chain"))
    }
}
