//! What people change of their own account.

use sqlx::{query, query_scalar};

use super::super::Result;
use super::super::db::{Store, anew, either};
use super::super::mails::Told;
use super::super::session_lists::Which;
use crate::model::id::{SessionId, UserId};
use crate::model::secret::PasswordHash;
use chrono::{DateTime, Utc};

/// Only in place of the one that was shown to be known: of two changes at once, or of one and an administrator's, one wins.
const CHANGE_PASSWORD: &str = "UPDATE users
    SET password_hash = $3, password_changed_at = $4, updated_at = $4, version = version + 1
    WHERE id = $1 AND (password_hash = $2 OR ($2 IS NULL AND password_hash IS NULL))";
const PASSWORD_CHANGED_AT: &str = "SELECT password_changed_at FROM users WHERE id = $1";

impl Store {
    /// Puts a password in place of the `old` one, with which links that were mailed end; with `kept`, every other session ends in the same moment, with what lasts only as
    /// long. False if the old one was another by now: then nothing was done.
    pub async fn change_password(
        &self,
        id: UserId,
        (old, new): (Option<&PasswordHash>, &PasswordHash),
        kept: Option<SessionId>,
        told: impl Into<Told<'_>>,
    ) -> Result<bool> {
        let told = told.into();
        anew!(self.try_change_password(id, (old, new), kept, told))
    }

    async fn try_change_password(
        &self,
        id: UserId,
        (old, new): (Option<&PasswordHash>, &PasswordHash),
        kept: Option<SessionId>,
        told: Told<'_>,
    ) -> Result<bool> {
        let mut tx = self.begin_telling(told).await?;
        tx.lock_user(id).await?;
        let changed = either!(tx &mut tx, db => query(CHANGE_PASSWORD)
            .bind(id.0)
            .bind(old.map(PasswordHash::as_phc))
            .bind(new.as_phc())
            .bind(told.event.at)
            .execute(db).await.map(|done| done.rows_affected()))?;
        if changed == 0 {
            return Ok(false);
        }
        tx.end_links(id).await?;
        if let Some(kept) = kept {
            tx.end_sessions(id, Which::Others(kept), told.event.at)
                .await?;
        }
        tx.finish_told(told).await?;
        Ok(true)
    }

    /// When the person's password was last set, as far as that is known.
    pub async fn password_changed_at(&self, id: UserId) -> Result<Option<DateTime<Utc>>> {
        let found: Option<Option<DateTime<Utc>>> = either!(read self.db, db => query_scalar(PASSWORD_CHANGED_AT)
            .bind(id.0).fetch_optional(db).await)?;
        Ok(found.flatten())
    }
}
