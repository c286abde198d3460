//! Access tokens without a grant that were revoked: the hashes of their ids, until they would have expired anyway.

use chrono::{DateTime, Utc};
use sqlx::{query, query_scalar};

use super::Result;
use super::db::{Store, either};
use crate::model::event::Event;
use crate::model::secret::TokenHash;

const FIND: &str = "SELECT 1 FROM revoked_tokens WHERE hash = $1";
const INSERT: &str =
    "INSERT INTO revoked_tokens (hash, expires_at) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING";

impl Store {
    /// Whether the token with that hash of its id was revoked.
    pub async fn is_token_revoked(&self, hash: &TokenHash) -> Result<bool> {
        let found: Option<i32> = either!(read self.db, db => query_scalar(FIND)
            .bind(hash.as_bytes().as_slice()).fetch_optional(db).await)?;
        Ok(found.is_some())
    }

    /// Remembers a token as revoked until `forget_at`, with its event. False where it is remembered already.
    pub async fn revoke_token(
        &self,
        hash: &TokenHash,
        forget_at: DateTime<Utc>,
        event: &Event,
    ) -> Result<bool> {
        let mut tx = self.begin_write().await?;
        let is_new = either!(tx &mut tx, db => query(INSERT)
            .bind(hash.as_bytes().as_slice()).bind(forget_at)
            .execute(db).await.map(|done| done.rows_affected() == 1))?;
        if is_new {
            tx.record(event).await?;
            tx.commit().await?;
        }
        Ok(is_new)
    }
}
