//! Signing keys as stored.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use sqlx::{FromRow, query, query_as};

use super::db::{Store, either};
use super::{Error, Result};
use crate::model::event::Event;
use crate::model::signing_key::{SigningAlg, StoredKey};

const LIST: &str = "SELECT kid, alg, public_jwk, private_sealed, created_at, activates_at, expires_at FROM signing_keys
    ORDER BY activates_at, kid";
const INSERT: &str = "INSERT INTO signing_keys (kid, alg, public_jwk, private_sealed, created_at, activates_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, NULL)";
/// Keys that would sign after the new one has begun to: they never signed, and would take over from it and then leave the key set.
const DELETE_LATER: &str =
    "DELETE FROM signing_keys WHERE alg = $1 AND kid <> $2 AND activates_at > $3";
const ANY: &str = "SELECT 1 FROM signing_keys WHERE alg = $1 AND expires_at IS NULL LIMIT 1";
const EXPIRE_OTHERS: &str =
    "UPDATE signing_keys SET expires_at = $3 WHERE alg = $1 AND kid <> $2 AND expires_at IS NULL";

#[derive(FromRow)]
struct KeyRow {
    kid: String,
    alg: String,
    public_jwk: Json<serde_json::Value>,
    private_sealed: Vec<u8>,
    created_at: DateTime<Utc>,
    activates_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
}

impl KeyRow {
    fn into_key(self) -> Result<StoredKey> {
        Ok(StoredKey {
            alg: SigningAlg::from_str(&self.alg).map_err(|_| Error::Corrupt("signing_keys.alg"))?,
            kid: self.kid,
            public_jwk: self.public_jwk.0,
            private_sealed: self.private_sealed,
            created_at: self.created_at,
            activates_at: self.activates_at,
            expires_at: self.expires_at,
        })
    }
}

impl Store {
    /// Every key that is kept, in the order in which they sign.
    pub async fn list_keys(&self) -> Result<Vec<StoredKey>> {
        let rows: Vec<KeyRow> = either!(read self.db, db => query_as(LIST).fetch_all(db).await)?;
        rows.into_iter().map(KeyRow::into_key).collect()
    }

    /// Adds the first key of its algorithm; false where another node has just done so.
    pub async fn add_first_key(&self, key: &StoredKey, event: &Event) -> Result<bool> {
        let mut tx = self.begin_write().await?;
        tx.lock_installation().await?;
        let exists = either!(tx &mut tx, db => query(ANY)
            .bind(key.alg.as_str()).fetch_optional(db).await.map(|row| row.is_some()))?;
        if exists {
            return Ok(false);
        }
        insert_key(&mut tx, key).await?;
        tx.finish_change(event).await?;
        Ok(true)
    }

    /// Adds a successor; the other keys of its algorithm leave at `others_expire_at`, and at once where they have yet to sign
    /// and would do so only after the new one.
    pub async fn rotate_key(
        &self,
        key: &StoredKey,
        others_expire_at: DateTime<Utc>,
        event: &Event,
    ) -> Result<()> {
        let mut tx = self.begin_write().await?;
        tx.lock_installation().await?;
        insert_key(&mut tx, key).await?;
        either!(tx &mut tx, db => query(DELETE_LATER)
            .bind(key.alg.as_str()).bind(&key.kid).bind(key.activates_at).execute(db).await.map(|_| ()))?;
        either!(tx &mut tx, db => query(EXPIRE_OTHERS)
            .bind(key.alg.as_str()).bind(&key.kid).bind(others_expire_at).execute(db).await.map(|_| ()))?;
        tx.finish_change(event).await
    }
}

async fn insert_key(tx: &mut super::db::Tx, key: &StoredKey) -> Result<()> {
    either!(tx tx, db => query(INSERT)
        .bind(&key.kid)
        .bind(key.alg.as_str())
        .bind(Json(&key.public_jwk))
        .bind(key.private_sealed.as_slice())
        .bind(key.created_at)
        .bind(key.activates_at)
        .execute(db).await.map(|_| ()))?;
    Ok(())
}
