//! Ids that may be used once: those of client assertions (RFC 7523 §3) and of request objects, as hashes. Nothing of them is kept in a node's
//! memory, so another node and a node that was started anew know them too (S165).

use chrono::{DateTime, Utc};
use sqlx::query;

use super::Result;
use super::db::{Store, either};
use crate::model::secret::TokenHash;

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
