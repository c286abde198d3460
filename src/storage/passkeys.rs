//! Passkeys: several for each person.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::types::Json;
use sqlx::{FromRow, query, query_as, query_scalar};
use uuid::Uuid;

use super::assertions::UsedOnce;
use super::db::{Store, anew, either};
use super::factors::{FactorAdded, FactorRemoved, FactorTerms};
use super::recovery_codes::NewCodes;
use super::{Error, Result};
use crate::model::event::Event;
use crate::model::factor::{MAX_PASSKEYS, StoredPasskey};
use crate::model::id::UserId;

/// What a sign-in with a passkey leaves.
#[derive(Debug)]
pub struct PasskeyUse<'a> {
    /// As it was read.
    pub passkey: &'a StoredPasskey,
    /// What the verifier keeps of it now, where that is something else: another counter or backup state.
    pub credential: Option<&'a Value>,
    /// The ceremony, good once.
    pub ceremony: UsedOnce<'a>,
}

const INSERT: &str =
    "INSERT INTO passkeys (id, user_id, credential_id, name, credential, created_at)
    VALUES ($1, $2, $3, $4, $5, $6)";
const LIST: &str = "SELECT id, user_id, credential_id, name, credential, created_at, last_used_at
    FROM passkeys WHERE user_id = $1 ORDER BY id";
const COUNT: &str = "SELECT count(*) FROM passkeys WHERE user_id = $1";
const FIND: &str = "SELECT id, user_id, credential_id, name, credential, created_at, last_used_at
    FROM passkeys WHERE credential_id = $1";
const RENAME: &str = "UPDATE passkeys SET name = $3 WHERE user_id = $1 AND id = $2";
const DELETE: &str = "DELETE FROM passkeys WHERE user_id = $1 AND id = $2";
const USE: &str = "UPDATE passkeys SET last_used_at = $2 WHERE id = $1";
/// Of two sign-ins that both read one counter, the second finds that it was used meanwhile.
const USE_AND_CHANGE: &str = "UPDATE passkeys SET last_used_at = $2, credential = $3
    WHERE id = $1 AND last_used_at IS NOT DISTINCT FROM $4";

#[derive(FromRow)]
struct PasskeyRow {
    id: Uuid,
    user_id: Uuid,
    credential_id: Vec<u8>,
    name: String,
    credential: Json<Value>,
    created_at: DateTime<Utc>,
    last_used_at: Option<DateTime<Utc>>,
}

impl From<PasskeyRow> for StoredPasskey {
    fn from(row: PasskeyRow) -> Self {
        Self {
            id: row.id,
            user_id: UserId(row.user_id),
            credential_id: row.credential_id,
            name: row.name,
            credential: row.credential.0,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
        }
    }
}

impl Store {
    /// Stores a new passkey, which the ceremony brought; with the person's first factor also the recovery codes.
    pub async fn add_passkey(
        &self,
        passkey: &StoredPasskey,
        ceremony: &UsedOnce<'_>,
        first: &NewCodes<'_>,
        event: &Event,
    ) -> Result<FactorAdded> {
        let mut tx = self.begin_sealing().await?;
        let Some(before) = tx.owner_of_factors(passkey.user_id).await? else {
            return Ok(FactorAdded::NoUser);
        };
        let number: i64 = either!(tx &mut tx, db => query_scalar(COUNT)
            .bind(passkey.user_id.0).fetch_one(db).await)?;
        if usize::try_from(number).is_ok_and(|number| number >= MAX_PASSKEYS) {
            return Ok(FactorAdded::TooMany);
        }
        if !tx.use_once(ceremony).await? {
            return Ok(FactorAdded::AlreadyThere);
        }
        let inserted = either!(tx &mut tx, db => query(INSERT)
            .bind(passkey.id)
            .bind(passkey.user_id.0)
            .bind(&passkey.credential_id)
            .bind(&passkey.name)
            .bind(Json(&passkey.credential))
            .bind(passkey.created_at)
            .execute(db).await.map(|_| ()));
        match inserted {
            Err(error) if Error::is_unique_violation(&error) => {
                return Ok(FactorAdded::AlreadyThere);
            }
            other => other?,
        }
        tx.finish_added(&before, first, event).await
    }

    /// A person's passkeys, the oldest first.
    pub async fn list_passkeys(&self, user_id: UserId) -> Result<Vec<StoredPasskey>> {
        let rows: Vec<PasskeyRow> =
            either!(read self.db, db => query_as(LIST).bind(user_id.0).fetch_all(db).await)?;
        Ok(rows.into_iter().map(StoredPasskey::from).collect())
    }

    /// The passkey that an authenticator calls by that id.
    pub async fn find_passkey(&self, credential_id: &[u8]) -> Result<Option<StoredPasskey>> {
        let row: Option<PasskeyRow> = either!(read self.db, db => query_as(FIND)
            .bind(credential_id).fetch_optional(db).await)?;
        Ok(row.map(StoredPasskey::from))
    }

    /// Gives a passkey another name. False where the person has no such passkey.
    pub async fn rename_passkey(&self, user_id: UserId, id: Uuid, name: &str) -> Result<bool> {
        let renamed = either!(write self.db, db => query(RENAME)
            .bind(user_id.0).bind(id).bind(name).execute(db).await.map(|done| done.rows_affected()))?;
        Ok(renamed == 1)
    }

    /// Takes one of a person's passkeys away.
    pub async fn remove_passkey(
        &self,
        user_id: UserId,
        id: Uuid,
        terms: FactorTerms<'_>,
        event: &Event,
    ) -> Result<FactorRemoved> {
        anew!(self.try_remove_passkey(user_id, id, terms, event))
    }

    async fn try_remove_passkey(
        &self,
        user_id: UserId,
        id: Uuid,
        terms: FactorTerms<'_>,
        event: &Event,
    ) -> Result<FactorRemoved> {
        let mut tx = self.begin_sealing().await?;
        tx.lock_user(user_id).await?;
        let found = either!(tx &mut tx, db => query(DELETE)
            .bind(user_id.0).bind(id).execute(db).await.map(|done| done.rows_affected() == 1))?;
        if !found {
            return Ok(FactorRemoved::NotThere);
        }
        tx.finish_removed(user_id, terms, event).await
    }

    /// Notes that a passkey was used; false where the ceremony was used before, or the passkey meanwhile or is gone.
    pub async fn use_passkey(&self, used: &PasskeyUse<'_>, now: DateTime<Utc>) -> Result<bool> {
        let mut tx = self.begin_write().await?;
        if !tx.use_once(&used.ceremony).await? {
            return Ok(false);
        }
        let id = used.passkey.id;
        let rows = match used.credential {
            None => either!(tx &mut tx, db => query(USE)
                .bind(id).bind(now).execute(db).await.map(|done| done.rows_affected()))?,
            Some(credential) => either!(tx &mut tx, db => query(USE_AND_CHANGE)
                .bind(id).bind(now).bind(Json(credential)).bind(used.passkey.last_used_at)
                .execute(db).await.map(|done| done.rows_affected()))?,
        };
        if rows == 1 {
            tx.commit().await?;
        }
        Ok(rows == 1)
    }
}
