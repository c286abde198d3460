//! Second factors as a whole: what users say of them, the recovery codes that come with the first, and the end of them all.

use sqlx::query;

use super::Result;
use super::db::{Store, Tx, anew, either};
use super::mails::Told;
use super::recovery_codes::NewCodes;
use super::users::UserTerms;
use crate::model::event::Event;
use crate::model::id::{SessionId, UserId};
use crate::model::mail::NewMail;
use crate::model::upstream::UpstreamAccount;
use crate::model::user::User;
use crate::storage::UserChanged;

/// What came of a new factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactorAdded {
    /// `with_codes`: it is the first, and the recovery codes came with it.
    Added { with_codes: bool },
    /// There is such a one already, or what brought it was used before.
    AlreadyThere,
    /// The person has as many as one may have.
    TooMany,
    /// The person is gone.
    NoUser,
}

/// What came of taking a factor away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactorRemoved {
    Removed,
    NotThere,
    /// It is the last one, or the last way in, and one must stay.
    MustStay,
}

/// Whether its person can sign in with an account elsewhere.
pub type LeadsIn<'a> = &'a (dyn Fn(&UpstreamAccount) -> bool + Sync);

/// On what conditions a factor is taken away, and what goes with it.
#[derive(Clone, Copy, Default)]
pub struct FactorTerms<'a> {
    /// One factor must be left.
    pub keeps_one: bool,
    /// A way to sign in must be left.
    pub keeps_way_in: Option<LeadsIn<'a>>,
    /// Every session but this one ends, and that is written down.
    pub ends_others: Option<(SessionId, &'a Event)>,
    /// Tells the person.
    pub notice: Option<&'a NewMail>,
}

/// Both columns in step with the tables, whatever was done to them.
const NOTE: &str = "UPDATE users SET has_totp = EXISTS (SELECT 1 FROM totps WHERE user_id = $1),
        has_passkey = EXISTS (SELECT 1 FROM passkeys WHERE user_id = $1)
    WHERE id = $1";
const HAS_ANY: &str = "SELECT 1 FROM users WHERE id = $1 AND (has_totp OR has_passkey)";
const DELETE_PASSKEYS: &str = "DELETE FROM passkeys WHERE user_id = $1";
const DELETE_TOTP: &str = "DELETE FROM totps WHERE user_id = $1";
const RAISE_VERSION: &str = "UPDATE users SET version = version + 1 WHERE id = $1";

impl Store {
    /// Takes all of a person's second factors away, the recovery codes with them.
    pub async fn remove_factors(
        &self,
        id: UserId,
        terms: UserTerms,
        told: impl Into<Told<'_>>,
    ) -> Result<UserChanged> {
        let told = told.into();
        anew!(self.try_remove_factors(id, terms, told))
    }

    async fn try_remove_factors(
        &self,
        id: UserId,
        terms: UserTerms,
        told: Told<'_>,
    ) -> Result<UserChanged> {
        let mut tx = self.begin_telling(told).await?;
        if let Err(outcome) = tx.user_to_change(id, terms).await? {
            return Ok(outcome);
        }
        let mut number = 0;
        for statement in [DELETE_PASSKEYS, DELETE_TOTP] {
            number += either!(tx &mut tx, db => query(statement)
                .bind(id.0).execute(db).await.map(|done| done.rows_affected()))?;
        }
        number += tx.forget_recovery_codes(id).await?;
        if number == 0 {
            return Ok(UserChanged::AlreadySo);
        }
        tx.note_factors(id).await?;
        either!(tx &mut tx, db => query(RAISE_VERSION).bind(id.0).execute(db).await.map(|_| ()))?;
        tx.finish_told(told).await?;
        Ok(UserChanged::Changed)
    }
}

impl Tx {
    /// The person, whose factors nobody else changes until the end of the transaction.
    pub(super) async fn owner_of_factors(&mut self, id: UserId) -> Result<Option<User>> {
        Ok(self.user_to_change(id, UserTerms::default()).await?.ok())
    }

    /// The end of a transaction that brought a factor to `before`, as the person was read in it.
    pub(super) async fn finish_added(
        mut self,
        before: &User,
        first: &NewCodes<'_>,
        event: &Event,
    ) -> Result<FactorAdded> {
        let with_codes = !before.has_totp && !before.has_passkey;
        if with_codes {
            self.forget_recovery_codes(before.id).await?;
            self.insert_recovery_codes(before.id, first.hashes, first.event.at)
                .await?;
        }
        self.note_factors(before.id).await?;
        self.record(event).await?;
        if with_codes {
            self.record(first.event).await?;
        }
        if let Some(notice) = first.notice {
            self.queue_mail(notice).await?;
        }
        self.commit().await?;
        Ok(FactorAdded::Added { with_codes })
    }

    /// The end of a transaction that took a factor away; the recovery codes go with the last.
    pub(super) async fn finish_removed(
        mut self,
        id: UserId,
        terms: FactorTerms<'_>,
        event: &Event,
    ) -> Result<FactorRemoved> {
        self.note_factors(id).await?;
        if let Some(leads_in) = terms.keeps_way_in
            && !self.has_way_in(id, leads_in).await?
        {
            return Ok(FactorRemoved::MustStay);
        }
        if !self.has_factor(id).await? {
            if terms.keeps_one {
                return Ok(FactorRemoved::MustStay);
            }
            self.forget_recovery_codes(id).await?;
        }
        self.record(event).await?;
        if let Some(notice) = terms.notice {
            self.queue_mail(notice).await?;
        }
        self.end_others(id, terms.ends_others).await?;
        self.commit().await?;
        Ok(FactorRemoved::Removed)
    }

    async fn note_factors(&mut self, id: UserId) -> Result<()> {
        either!(tx self, db => query(NOTE).bind(id.0).execute(db).await.map(|_| ()))?;
        Ok(())
    }

    async fn has_factor(&mut self, id: UserId) -> Result<bool> {
        Ok(either!(tx self, db => query(HAS_ANY)
            .bind(id.0).fetch_optional(db).await.map(|row| row.is_some()))?)
    }
}
