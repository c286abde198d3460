//! What ends somebody's sessions and grants: disabling, removing, another password; and letting them in again.

use chrono::{DateTime, Utc};
use sqlx::query;

use super::super::Result;
use super::super::db::{Store, Tx, anew, either};
use super::super::logouts::Ending;
use super::super::mails::Told;
use super::{UserChanged, UserTerms};
use crate::model::event::Event;
use crate::model::id::UserId;
use crate::model::managed::Kind;
use crate::model::secret::PasswordHash;
use crate::model::user::User;

const DISABLE: &str =
    "UPDATE users SET disabled_at = $2, updated_at = $2, version = version + 1 WHERE id = $1";
const ENABLE: &str =
    "UPDATE users SET disabled_at = NULL, updated_at = $2, version = version + 1 WHERE id = $1";
const SET_PASSWORD: &str = "UPDATE users SET password_hash = $2, password_changed_at = $3, updated_at = $3, version = version + 1 WHERE id = $1";
const LOCK_TO_REMOVE: &str = "SELECT id FROM users WHERE id = $1 FOR UPDATE";
const DELETE: &str = "DELETE FROM users WHERE id = $1";
const DELETE_SESSIONS: &str = "DELETE FROM sessions WHERE user_id = $1";
const REVOKE_GRANTS: &str =
    "UPDATE grants SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL";
const REVOKE_PASSING_GRANTS: &str = "UPDATE grants SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL AND NOT is_offline";
const DELETE_GRANTS: &str = "DELETE FROM grants WHERE user_id = $1";
const DELETE_OPEN_CODES: &str = "DELETE FROM codes WHERE user_id = $1 AND redeemed_at IS NULL";
const DELETE_CODES: &str = "DELETE FROM codes WHERE user_id = $1";

impl Store {
    /// Disables a user: ends every session and grant in the same moment.
    pub async fn disable_user(
        &self,
        id: UserId,
        terms: UserTerms,
        event: &Event,
    ) -> Result<UserChanged> {
        anew!(self.try_disable_user(id, terms, event))
    }

    async fn try_disable_user(
        &self,
        id: UserId,
        terms: UserTerms,
        event: &Event,
    ) -> Result<UserChanged> {
        let mut tx = self.begin_write().await?;
        let outcome = tx.disable_user(id, terms, event.at).await?;
        if outcome == UserChanged::Changed {
            tx.finish_user_change(event).await?;
        }
        Ok(outcome)
    }

    /// Lets a disabled user sign in again.
    pub async fn enable_user(
        &self,
        id: UserId,
        terms: UserTerms,
        event: &Event,
    ) -> Result<UserChanged> {
        let mut tx = self.begin_write().await?;
        let outcome = tx.enable_user(id, terms, event.at).await?;
        if outcome == UserChanged::Changed {
            tx.finish_user_change(event).await?;
        }
        Ok(outcome)
    }

    /// Sets a password and ends every session of its user, with the grants that last only as long as those; and links that were mailed.
    pub async fn set_password(
        &self,
        id: UserId,
        hash: &PasswordHash,
        terms: UserTerms,
        told: impl Into<Told<'_>>,
    ) -> Result<UserChanged> {
        let told = told.into();
        anew!(self.try_set_password(id, hash, terms, told))
    }

    async fn try_set_password(
        &self,
        id: UserId,
        hash: &PasswordHash,
        terms: UserTerms,
        told: Told<'_>,
    ) -> Result<UserChanged> {
        let mut tx = self.begin_telling(told).await?;
        if let Err(outcome) = tx.user_to_change(id, terms).await? {
            return Ok(outcome);
        }
        tx.put_password(id, hash, true, told.event.at).await?;
        tx.finish_told(told).await?;
        Ok(UserChanged::Changed)
    }

    /// Removes a user with all that is theirs.
    pub async fn remove_user(
        &self,
        id: UserId,
        terms: UserTerms,
        event: &Event,
    ) -> Result<UserChanged> {
        anew!(self.try_remove_user(id, terms, event))
    }

    async fn try_remove_user(
        &self,
        id: UserId,
        terms: UserTerms,
        event: &Event,
    ) -> Result<UserChanged> {
        let mut tx = self.begin_write().await?;
        let outcome = tx.remove_user(id, terms, event.at).await?;
        if outcome == UserChanged::Changed {
            tx.finish_user_change(event).await?;
        }
        Ok(outcome)
    }
}

impl Tx {
    /// Sets a password, without the event. Links that were mailed before end with the one of before.
    pub(in crate::storage) async fn put_password(
        &mut self,
        id: UserId,
        hash: &PasswordHash,
        ends_sessions: bool,
        at: DateTime<Utc>,
    ) -> Result<()> {
        either!(tx &mut *self, db => query(SET_PASSWORD)
            .bind(id.0).bind(hash.as_phc()).bind(at).execute(db).await.map(|_| ()))?;
        self.end_links(id).await?;
        if ends_sessions {
            self.announce_end(Ending::AllOf(id), at).await?;
            // Codes first: a redemption under way either came before, and its grant is revoked below, or finds none.
            either!(tx &mut *self, db => query(DELETE_OPEN_CODES).bind(id.0).execute(db).await.map(|_| ()))?;
            either!(tx &mut *self, db => query(DELETE_SESSIONS).bind(id.0).execute(db).await.map(|_| ()))?;
            either!(tx &mut *self, db => query(REVOKE_PASSING_GRANTS).bind(id.0).bind(at).execute(db).await.map(|_| ()))?;
        }
        Ok(())
    }

    /// [`Store::disable_user`], without the event. After anything but `Changed` or `AlreadySo` the transaction must not be committed.
    pub(in crate::storage) async fn disable_user(
        &mut self,
        id: UserId,
        terms: UserTerms,
        at: DateTime<Utc>,
    ) -> Result<UserChanged> {
        match self.user_to_end(id, terms).await? {
            Ok(user) if user.is_enabled() => {}
            Ok(_) => return Ok(UserChanged::AlreadySo),
            Err(outcome) => return Ok(outcome),
        }
        either!(tx &mut *self, db => query(DISABLE).bind(id.0).bind(at).execute(db).await.map(|_| ()))?;
        self.announce_end(Ending::AllOf(id), at).await?;
        // Codes first: a redemption under way either came before, and its grant is revoked below, or finds none.
        either!(tx &mut *self, db => query(DELETE_CODES).bind(id.0).execute(db).await.map(|_| ()))?;
        either!(tx &mut *self, db => query(DELETE_SESSIONS).bind(id.0).execute(db).await.map(|_| ()))?;
        either!(tx &mut *self, db => query(REVOKE_GRANTS).bind(id.0).bind(at).execute(db).await.map(|_| ()))?;
        Ok(UserChanged::Changed)
    }

    /// [`Store::enable_user`], in the same way.
    pub(in crate::storage) async fn enable_user(
        &mut self,
        id: UserId,
        terms: UserTerms,
        at: DateTime<Utc>,
    ) -> Result<UserChanged> {
        match self.user_to_change(id, terms).await? {
            Ok(user) if !user.is_enabled() => {}
            Ok(_) => return Ok(UserChanged::AlreadySo),
            Err(outcome) => return Ok(outcome),
        }
        either!(tx &mut *self, db => query(ENABLE).bind(id.0).bind(at).execute(db).await.map(|_| ()))?;
        Ok(UserChanged::Changed)
    }

    /// [`Store::remove_user`], without the event. After anything but `Changed` the transaction must not be committed.
    pub(in crate::storage) async fn remove_user(
        &mut self,
        id: UserId,
        terms: UserTerms,
        at: DateTime<Utc>,
    ) -> Result<UserChanged> {
        // Locks the row for good, and then what follows in the order of every other change to a user.
        self.lock_user_to_remove(id, terms).await?;
        let user = match self.user_to_end(id, terms).await? {
            Ok(user) => user,
            Err(outcome) => return Ok(outcome),
        };
        self.announce_end(Ending::AllOf(id), at).await?;
        either!(tx &mut *self, db => query(DELETE).bind(id.0).execute(db).await.map(|_| ()))?;
        // Codes first: that waits for a redemption under way, whose grant the second statement then sees.
        for statement in [DELETE_CODES, DELETE_GRANTS] {
            either!(tx &mut *self, db => query(statement).bind(id.0).execute(db).await.map(|_| ()))?;
        }
        self.forget_managed(Kind::User, &user.username).await?;
        Ok(UserChanged::Changed)
    }

    /// Whoever points to the user at this moment is waited for here, before anything of theirs is locked.
    async fn lock_user_to_remove(&mut self, id: UserId, terms: UserTerms) -> Result<()> {
        if terms.keeps_administrator {
            self.lock_administration().await?;
        }
        if let Self::Postgres(tx) = self {
            query(LOCK_TO_REMOVE).bind(id.0).execute(&mut **tx).await?;
        }
        Ok(())
    }

    /// The user, locked, unless the last administrator would go.
    async fn user_to_end(
        &mut self,
        id: UserId,
        terms: UserTerms,
    ) -> Result<std::result::Result<User, UserChanged>> {
        if terms.keeps_administrator {
            self.lock_administration().await?;
        }
        let found = self.user_to_change(id, terms).await?;
        if let Ok(user) = &found
            && terms.keeps_administrator
            && user.is_admin()
            && !self.has_other_administrator(id).await?
        {
            return Ok(Err(UserChanged::LastAdministrator));
        }
        Ok(found)
    }
}
