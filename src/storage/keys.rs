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

const IS_LAST: &str =
    "SELECT 1 FROM signing_keys WHERE kid = $1 AND alg = $2 AND expires_at IS NULL";
const SAME_ALG: &str = "SELECT kid, activates_at, expires_at FROM signing_keys
    WHERE alg = (SELECT alg FROM signing_keys WHERE kid = $1) ORDER BY activates_at, kid";
const DELETE: &str = "DELETE FROM signing_keys WHERE kid = $1";
const EXPIRE: &str = "UPDATE signing_keys SET expires_at = $2 WHERE kid = $1";

/// What became of removing a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyRemoval {
    Removed,
    /// It is the one that signs: nothing could take its place.
    Signs,
    Unknown,
}

#[derive(FromRow)]
struct KeyTimes {
    kid: String,
    activates_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
}

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
        let mut tx = self.begin_sealing().await?;
        tx.lock_keys().await?;
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
        let mut tx = self.begin_sealing().await?;
        tx.lock_keys().await?;
        insert_successor(&mut tx, key, others_expire_at).await?;
        tx.finish_change(event).await
    }

    /// [`Store::rotate_key`], if the key `predecessor` is still the one that has no successor; else false. Of several nodes
    /// that find one due at once, one makes it.
    pub async fn succeed_key(
        &self,
        predecessor: &str,
        key: &StoredKey,
        others_expire_at: DateTime<Utc>,
        event: &Event,
    ) -> Result<bool> {
        let mut tx = self.begin_sealing().await?;
        tx.lock_keys().await?;
        let is_last = either!(tx &mut tx, db => query(IS_LAST)
            .bind(predecessor).bind(key.alg.as_str()).fetch_optional(db).await.map(|row| row.is_some()))?;
        if !is_last {
            return Ok(false);
        }
        insert_successor(&mut tx, key, others_expire_at).await?;
        tx.finish_change(event).await?;
        Ok(true)
    }

    /// Removes a key at once, unless it is the one that signs. In the place of one that waits, the one before it goes on.
    pub async fn remove_key(
        &self,
        kid: &str,
        now: DateTime<Utc>,
        event: &Event,
    ) -> Result<KeyRemoval> {
        let mut tx = self.begin_write().await?;
        tx.lock_keys().await?;
        let all: Vec<KeyTimes> =
            either!(tx &mut tx, db => query_as(SAME_ALG).bind(kid).fetch_all(db).await)?;
        let heir = match removal(&all, kid, now) {
            Err(refused) => return Ok(refused),
            Ok(heir) => heir,
        };
        either!(tx &mut tx, db => query(DELETE).bind(kid).execute(db).await.map(|_| ()))?;
        if let Some((heir, expires_at)) = heir {
            either!(tx &mut tx, db => query(EXPIRE)
                .bind(heir).bind(expires_at).execute(db).await.map(|_| ()))?;
        }
        tx.finish_change(event).await?;
        Ok(KeyRemoval::Removed)
    }
}

/// The key that signs on, and its new end.
type Heir<'a> = (&'a str, Option<DateTime<Utc>>);

/// Pure: whether that key may go, and which one signs on in its place until when. `all` are those of its algorithm, in the
/// order in which they sign.
fn removal<'a>(
    all: &'a [KeyTimes],
    kid: &str,
    now: DateTime<Utc>,
) -> std::result::Result<Option<Heir<'a>>, KeyRemoval> {
    let Some(place) = all.iter().position(|key| key.kid == kid) else {
        return Err(KeyRemoval::Unknown);
    };
    // Before the first key's time, when the clock was set back, the first one signs.
    let signs = all
        .iter()
        .rposition(|key| key.activates_at <= now)
        .unwrap_or_default();
    if place == signs {
        return Err(KeyRemoval::Signs);
    }
    if place < signs {
        return Ok(None);
    }
    let (heir, gone) = (&all[place - 1], &all[place]);
    // No end is the latest.
    let later = heir.expires_at.zip(gone.expires_at).map(|(a, b)| a.max(b));
    Ok(Some((&heir.kid, later)))
}

async fn insert_successor(
    tx: &mut super::db::Tx,
    key: &StoredKey,
    others_expire_at: DateTime<Utc>,
) -> Result<()> {
    insert_key(tx, key).await?;
    either!(tx tx, db => query(DELETE_LATER)
        .bind(key.alg.as_str()).bind(&key.kid).bind(key.activates_at).execute(db).await.map(|_| ()))?;
    either!(tx tx, db => query(EXPIRE_OTHERS)
        .bind(key.alg.as_str()).bind(&key.kid).bind(others_expire_at).execute(db).await.map(|_| ()))?;
    Ok(())
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
