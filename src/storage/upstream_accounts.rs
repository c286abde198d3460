//! Accounts at other providers: each leads to one person, and a person may have several.

use chrono::{DateTime, Utc};
use serde_json::Map;
use sqlx::{FromRow, query, query_as};
use uuid::Uuid;

use super::db::{Store, Tx, anew, either};
use super::factors::{FactorTerms, LeadsIn};
use super::users::{Added, UserTerms};
use super::{Error, Result};
use crate::model::event::Event;
use crate::model::id::UserId;
use crate::model::mail::NewMail;
use crate::model::upstream::UpstreamAccount;
use crate::model::user::{User, account_key};

/// What came of linking an account to somebody who is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpstreamLinked {
    Linked,
    /// It leads to somebody already, maybe to them.
    AlreadyThere,
    /// They are gone or disabled, or the address is no longer theirs.
    NotTheirs,
}

/// What came of a new account here for one elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpstreamAdded {
    Added,
    /// It leads to somebody already.
    AlreadyThere,
    UsernameTaken,
    /// The e-mail address is somebody else's.
    AddressTaken,
}

/// What came of taking one away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpstreamRemoved {
    Removed,
    NotThere,
    /// It is the last way in, and one must stay.
    MustStay,
}

const INSERT: &str = "INSERT INTO upstream_accounts (issuer, subject, provider, user_id, email, created_at, last_used_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const FIND: &str = "SELECT issuer, subject, provider, user_id, email, created_at, last_used_at
    FROM upstream_accounts WHERE issuer = $1 AND subject = $2";
const LIST: &str = "SELECT issuer, subject, provider, user_id, email, created_at, last_used_at
    FROM upstream_accounts WHERE user_id = $1";
const USE: &str = "UPDATE upstream_accounts SET last_used_at = $3, email = $4, provider = $5
    WHERE issuer = $1 AND subject = $2";
const DELETE: &str =
    "DELETE FROM upstream_accounts WHERE user_id = $1 AND issuer = $2 AND subject = $3";
const HAS_OWN_WAY_IN: &str =
    "SELECT 1 FROM users WHERE id = $1 AND (password_hash IS NOT NULL OR has_passkey)";
const ADDRESS_TAKEN: &str = "SELECT 1 FROM users WHERE email_key = $1 OR username_key = $1";

#[derive(FromRow)]
struct UpstreamRow {
    issuer: String,
    subject: String,
    provider: String,
    user_id: Uuid,
    email: Option<String>,
    created_at: DateTime<Utc>,
    last_used_at: Option<DateTime<Utc>>,
}

impl From<UpstreamRow> for UpstreamAccount {
    fn from(row: UpstreamRow) -> Self {
        Self {
            issuer: row.issuer,
            subject: row.subject,
            provider: row.provider,
            user_id: UserId(row.user_id),
            email: row.email,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
        }
    }
}

impl Store {
    /// The account that an issuer calls so.
    pub async fn find_upstream_account(
        &self,
        issuer: &str,
        subject: &str,
    ) -> Result<Option<UpstreamAccount>> {
        let row: Option<UpstreamRow> = either!(read self.db, db => query_as(FIND)
            .bind(issuer).bind(subject).fetch_optional(db).await)?;
        Ok(row.map(UpstreamAccount::from))
    }

    /// A person's accounts elsewhere, the oldest first.
    pub async fn list_upstream_accounts(&self, user_id: UserId) -> Result<Vec<UpstreamAccount>> {
        let rows: Vec<UpstreamRow> =
            either!(read self.db, db => query_as(LIST).bind(user_id.0).fetch_all(db).await)?;
        let mut all: Vec<UpstreamAccount> = rows.into_iter().map(UpstreamAccount::from).collect();
        // Not in SQL: the two databases order text differently.
        all.sort_by(|a, b| {
            (a.created_at, &a.issuer, &a.subject).cmp(&(b.created_at, &b.issuer, &b.subject))
        });
        Ok(all)
    }

    /// Notes that somebody signed in with it, and what is told of it now. False where it is gone, or another's.
    pub async fn use_upstream_account(&self, account: &UpstreamAccount) -> Result<bool> {
        let used = either!(write self.db, db => query(USE)
            .bind(&account.issuer).bind(&account.subject).bind(account.last_used_at)
            .bind(&account.email).bind(&account.provider)
            .execute(db).await.map(|done| done.rows_affected()))?;
        Ok(used == 1)
    }

    /// Links an account to its person; with `verified`, only while that address is theirs and shown to be.
    pub async fn link_upstream_account(
        &self,
        account: &UpstreamAccount,
        verified: Option<&str>,
        notice: Option<&NewMail>,
        event: &Event,
    ) -> Result<UpstreamLinked> {
        let mut tx = self.begin_sealing().await?;
        let found = tx.user_to_change(account.user_id, UserTerms::default());
        let has = |user: &User| {
            let own = user.email.as_deref().filter(|_| user.is_email_verified);
            verified.is_none_or(|email| own.map(account_key) == Some(account_key(email)))
        };
        if !found
            .await?
            .is_ok_and(|user| user.is_enabled() && has(&user))
        {
            return Ok(UpstreamLinked::NotTheirs);
        }
        if !tx.insert_upstream_account(account).await? {
            return Ok(UpstreamLinked::AlreadyThere);
        }
        if let Some(notice) = notice {
            tx.queue_mail(notice).await?;
        }
        tx.record(event).await?;
        tx.commit().await?;
        Ok(UpstreamLinked::Linked)
    }

    /// Stores a new person together with the account that they came with.
    pub async fn add_upstream_user(
        &self,
        user: &User,
        account: &UpstreamAccount,
        events: &[Event],
    ) -> Result<UpstreamAdded> {
        let mut tx = self.begin_write().await?;
        let mut is_address_taken = false;
        if let Some(email) = &user.email {
            is_address_taken = either!(tx &mut tx, db => query(ADDRESS_TAKEN)
                .bind(account_key(email)).fetch_optional(db).await.map(|row| row.is_some()))?;
        }
        // After the address: a read sees what was committed since the one before, so whoever has the address by this very account is found.
        let there: Option<UpstreamRow> = either!(tx &mut tx, db => query_as(FIND)
            .bind(&account.issuer).bind(&account.subject).fetch_optional(db).await)?;
        if there.is_some() {
            return Ok(UpstreamAdded::AlreadyThere);
        }
        if is_address_taken {
            return Ok(UpstreamAdded::AddressTaken);
        }
        if tx.insert_user(user, &Map::new()).await? != Added::Added {
            return Ok(UpstreamAdded::UsernameTaken);
        }
        if !tx.insert_upstream_account(account).await? {
            return Ok(UpstreamAdded::AlreadyThere);
        }
        for event in events {
            tx.record(event).await?;
        }
        tx.commit().await?;
        Ok(UpstreamAdded::Added)
    }

    /// Takes one of a person's accounts elsewhere away; with `keeps_way_in`, not the last with which they can sign in. It is no factor that
    /// `keeps_one` would count.
    pub async fn remove_upstream_account(
        &self,
        account: &UpstreamAccount,
        terms: FactorTerms<'_>,
        event: &Event,
    ) -> Result<UpstreamRemoved> {
        anew!(self.try_remove_upstream_account(account, terms, event))
    }

    async fn try_remove_upstream_account(
        &self,
        account: &UpstreamAccount,
        terms: FactorTerms<'_>,
        event: &Event,
    ) -> Result<UpstreamRemoved> {
        let mut tx = self.begin_sealing().await?;
        tx.lock_user(account.user_id).await?;
        let found = either!(tx &mut tx, db => query(DELETE)
            .bind(account.user_id.0).bind(&account.issuer).bind(&account.subject)
            .execute(db).await.map(|done| done.rows_affected() == 1))?;
        if !found {
            return Ok(UpstreamRemoved::NotThere);
        }
        if let Some(leads_in) = terms.keeps_way_in
            && !tx.has_way_in(account.user_id, leads_in).await?
        {
            return Ok(UpstreamRemoved::MustStay);
        }
        if let Some(notice) = terms.notice {
            tx.queue_mail(notice).await?;
        }
        tx.record(event).await?;
        tx.end_others(account.user_id, terms.ends_others).await?;
        tx.commit().await?;
        Ok(UpstreamRemoved::Removed)
    }
}

impl Tx {
    /// Whether somebody, who is locked, can sign in: with a password, a passkey, or an account elsewhere.
    pub(super) async fn has_way_in(&mut self, user: UserId, leads_in: LeadsIn<'_>) -> Result<bool> {
        let has_own = either!(tx &mut *self, db => query(HAS_OWN_WAY_IN)
            .bind(user.0).fetch_optional(db).await.map(|row| row.is_some()))?;
        if has_own {
            return Ok(true);
        }
        let rows: Vec<UpstreamRow> =
            either!(tx self, db => query_as(LIST).bind(user.0).fetch_all(db).await)?;
        let mut accounts = rows.into_iter().map(UpstreamAccount::from);
        Ok(accounts.any(|account| leads_in(&account)))
    }

    /// False where it is there already: then the transaction must not be committed.
    async fn insert_upstream_account(&mut self, account: &UpstreamAccount) -> Result<bool> {
        let inserted = either!(tx self, db => query(INSERT)
            .bind(&account.issuer)
            .bind(&account.subject)
            .bind(&account.provider)
            .bind(account.user_id.0)
            .bind(&account.email)
            .bind(account.created_at)
            .bind(account.last_used_at)
            .execute(db).await.map(|_| ()));
        match inserted {
            Err(error) if Error::is_unique_violation(&error) => Ok(false),
            other => Ok(other.map(|()| true)?),
        }
    }
}
