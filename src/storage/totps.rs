//! Authenticator apps (RFC 6238): one for each person.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, query, query_as};
use uuid::Uuid;

use super::db::{Store, anew, either};
use super::factors::{FactorAdded, FactorRemoved, FactorTerms};
use super::recovery_codes::NewCodes;
use super::{Error, Result};
use crate::model::event::Event;
use crate::model::factor::StoredTotp;
use crate::model::id::UserId;

const INSERT: &str =
    "INSERT INTO totps (user_id, secret_sealed, last_step, created_at) VALUES ($1, $2, $3, $4)";
const FIND: &str =
    "SELECT user_id, secret_sealed, last_step, created_at FROM totps WHERE user_id = $1";
const USE_STEP: &str = "UPDATE totps SET last_step = $2 WHERE user_id = $1 AND last_step < $2";
const DELETE: &str = "DELETE FROM totps WHERE user_id = $1";

#[derive(FromRow)]
struct TotpRow {
    user_id: Uuid,
    secret_sealed: Vec<u8>,
    last_step: i64,
    created_at: DateTime<Utc>,
}

impl Store {
    /// Stores an authenticator app's secret; with the person's first factor also the recovery codes.
    pub async fn add_totp(
        &self,
        totp: &StoredTotp,
        first: &NewCodes<'_>,
        event: &Event,
    ) -> Result<FactorAdded> {
        let mut tx = self.begin_sealing().await?;
        let Some(before) = tx.owner_of_factors(totp.user_id).await? else {
            return Ok(FactorAdded::NoUser);
        };
        let inserted = either!(tx &mut tx, db => query(INSERT)
            .bind(totp.user_id.0)
            .bind(&totp.secret_sealed)
            .bind(totp.last_step)
            .bind(totp.created_at)
            .execute(db).await.map(|_| ()));
        match inserted {
            Err(error) if Error::is_unique_violation(&error) => {
                return Ok(FactorAdded::AlreadyThere);
            }
            other => other?,
        }
        tx.finish_added(&before, first, event).await
    }

    /// A person's authenticator app.
    pub async fn find_totp(&self, user_id: UserId) -> Result<Option<StoredTotp>> {
        let row: Option<TotpRow> =
            either!(read self.db, db => query_as(FIND).bind(user_id.0).fetch_optional(db).await)?;
        Ok(row.map(|row| StoredTotp {
            user_id: UserId(row.user_id),
            secret_sealed: row.secret_sealed,
            last_step: row.last_step,
            created_at: row.created_at,
        }))
    }

    /// Uses a time step up; false where it, or a later one, was used before (RFC 6238 §5.2). Of many at once one is told true.
    pub async fn use_totp_step(&self, user_id: UserId, step: i64) -> Result<bool> {
        let used = either!(write self.db, db => query(USE_STEP)
            .bind(user_id.0).bind(step).execute(db).await.map(|done| done.rows_affected()))?;
        Ok(used == 1)
    }

    /// Takes a person's authenticator app away.
    pub async fn remove_totp(
        &self,
        user_id: UserId,
        terms: FactorTerms<'_>,
        event: &Event,
    ) -> Result<FactorRemoved> {
        anew!(self.try_remove_totp(user_id, terms, event))
    }

    async fn try_remove_totp(
        &self,
        user_id: UserId,
        terms: FactorTerms<'_>,
        event: &Event,
    ) -> Result<FactorRemoved> {
        let mut tx = self.begin_sealing().await?;
        tx.lock_user(user_id).await?;
        let found = either!(tx &mut tx, db => query(DELETE)
            .bind(user_id.0).execute(db).await.map(|done| done.rows_affected() == 1))?;
        if !found {
            return Ok(FactorRemoved::NotThere);
        }
        tx.finish_removed(user_id, terms, event).await
    }
}
