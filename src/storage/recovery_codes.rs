//! Recovery codes, as hashes; each is good once.

use chrono::{DateTime, Utc};
use sqlx::{query, query_scalar};

use super::Result;
use super::db::{Store, Tx, anew, either};
use crate::model::event::Event;
use crate::model::id::{SessionId, UserId};
use crate::model::mail::NewMail;
use crate::model::secret::TokenHash;

/// Codes for somebody who has none, with the event of their making.
#[derive(Debug)]
pub struct NewCodes<'a> {
    pub hashes: &'a [TokenHash],
    pub event: &'a Event,
    /// Tells the person of the codes, or of the factor that they come with.
    pub notice: Option<&'a NewMail>,
}

const INSERT: &str =
    "INSERT INTO recovery_codes (code_hash, user_id, created_at) VALUES ($1, $2, $3)";
const DELETE: &str = "DELETE FROM recovery_codes WHERE user_id = $1";
const USE: &str = "UPDATE recovery_codes SET used_at = $3 WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL";
const COUNT: &str = "SELECT count(*) FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL";

impl Store {
    /// Ends a person's recovery codes and stores others, and ends every session but one where that is asked for; false where the person has
    /// no second factor that they could stand for.
    pub async fn replace_recovery_codes(
        &self,
        user_id: UserId,
        new: &NewCodes<'_>,
        ends_others: Option<(SessionId, &Event)>,
    ) -> Result<bool> {
        anew!(self.try_replace_recovery_codes(user_id, new, ends_others))
    }

    async fn try_replace_recovery_codes(
        &self,
        user_id: UserId,
        new: &NewCodes<'_>,
        ends_others: Option<(SessionId, &Event)>,
    ) -> Result<bool> {
        let mut tx = self.begin_sealing().await?;
        let owner = tx.owner_of_factors(user_id).await?;
        if !owner.is_some_and(|user| user.has_totp || user.has_passkey) {
            return Ok(false);
        }
        tx.forget_recovery_codes(user_id).await?;
        tx.insert_recovery_codes(user_id, new.hashes, new.event.at)
            .await?;
        tx.record(new.event).await?;
        if let Some(notice) = new.notice {
            tx.queue_mail(notice).await?;
        }
        tx.end_others(user_id, ends_others).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Uses a code up; false where there is none of that hash, or it was used before. Of many at once one is told true.
    pub async fn use_recovery_code(
        &self,
        user_id: UserId,
        hash: &TokenHash,
        notice: Option<&NewMail>,
        event: &Event,
    ) -> Result<bool> {
        let mut tx = self.begin_sealing().await?;
        let used = either!(tx &mut tx, db => query(USE)
            .bind(user_id.0).bind(hash.as_bytes().as_slice()).bind(event.at)
            .execute(db).await.map(|done| done.rows_affected() == 1))?;
        if used {
            tx.record(event).await?;
            if let Some(notice) = notice {
                tx.queue_mail(notice).await?;
            }
            tx.commit().await?;
        }
        Ok(used)
    }

    /// How many codes a person has left.
    pub async fn count_recovery_codes(&self, user_id: UserId) -> Result<i64> {
        Ok(either!(read self.db, db => query_scalar(COUNT).bind(user_id.0).fetch_one(db).await)?)
    }
}

impl Tx {
    pub(super) async fn insert_recovery_codes(
        &mut self,
        user_id: UserId,
        hashes: &[TokenHash],
        at: DateTime<Utc>,
    ) -> Result<()> {
        for hash in hashes {
            either!(tx &mut *self, db => query(INSERT)
                .bind(hash.as_bytes().as_slice()).bind(user_id.0).bind(at)
                .execute(db).await.map(|_| ()))?;
        }
        Ok(())
    }

    /// How many there were.
    pub(super) async fn forget_recovery_codes(&mut self, user_id: UserId) -> Result<u64> {
        Ok(either!(tx self, db => query(DELETE)
            .bind(user_id.0).execute(db).await.map(|done| done.rows_affected()))?)
    }
}
