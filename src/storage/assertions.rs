//! Ids that may be used once: those of client assertions (RFC 7523 §3), of request objects and of passkey ceremonies, as hashes. Nothing of
//! them is kept in a node's memory, so another node and a node that was started anew know them too (S165).

use chrono::{DateTime, Utc};
use sqlx::query;

use super::Result;
use super::db::{Store, Tx, either};
use crate::model::secret::TokenHash;

/// Something that is good once, in the transaction of what it is good for.
#[derive(Debug)]
pub struct UsedOnce<'a> {
    pub hash: &'a TokenHash,
    /// When it is dead by itself.
    pub expires_at: DateTime<Utc>,
}

const USE: &str =
    "INSERT INTO used_assertions (hash, expires_at) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING";

impl Store {
    /// Marks an id as used; false where it was used before. It is remembered until `expires_at`, when what it names must be dead.
    pub async fn use_assertion(&self, hash: &TokenHash, expires_at: DateTime<Utc>) -> Result<bool> {
        let added = either!(write self.db, db => query(USE)
            .bind(hash.as_bytes().as_slice()).bind(expires_at)
            .execute(db).await.map(|done| done.rows_affected()))?;
        Ok(added == 1)
    }
}

impl Tx {
    /// [`Store::use_assertion`]; what it is good for waits for the commit.
    pub(super) async fn use_once(&mut self, used: &UsedOnce<'_>) -> Result<bool> {
        let added = either!(tx self, db => query(USE)
            .bind(used.hash.as_bytes().as_slice()).bind(used.expires_at)
            .execute(db).await.map(|done| done.rows_affected()))?;
        Ok(added == 1)
    }
}
