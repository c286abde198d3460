//! Links that were mailed, each good once, and what those of people with an account bring about.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use sqlx::types::Json;
use sqlx::{FromRow, query, query_as, query_scalar};
use uuid::Uuid;

use super::db::{Store, Tx, anew, either};
use super::users::UserTerms;
use super::{Error, Result};
use crate::model::event::Event;
use crate::model::id::UserId;
use crate::model::mail::NewMail;
use crate::model::mailed_link::{LinkKind, MailedLink};
use crate::model::secret::{PasswordHash, TokenHash};
use crate::model::user::{User, account_key};

const INSERT: &str = "INSERT INTO mailed_links
        (token_hash, kind, user_id, email, detail, created_at, expires_at, id)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const END_OLDER: &str = "DELETE FROM mailed_links WHERE kind = $1 AND user_id = $2";
const END_OLDER_OF_ADDRESS: &str =
    "DELETE FROM mailed_links WHERE kind = $1 AND user_id IS NULL AND email = $2";
const END_ALL: &str = "DELETE FROM mailed_links WHERE user_id = $1";
const FIND: &str =
    "SELECT id, token_hash, user_id, email, detail, created_at, expires_at FROM mailed_links
    WHERE token_hash = $1 AND kind = $2 AND used_at IS NULL AND expires_at > $3";
const PENDING: &str = "SELECT email FROM mailed_links
    WHERE user_id = $1 AND kind = 'verify_email' AND used_at IS NULL AND expires_at > $2";
const USE: &str = "UPDATE mailed_links SET used_at = $3
    WHERE token_hash = $1 AND kind = $2 AND used_at IS NULL AND expires_at > $3";
const VERIFY: &str = "UPDATE users SET email = $2, email_key = $3, is_email_verified = TRUE, updated_at = $4, version = version + 1
    WHERE id = $1";

/// What came of opening a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkUse {
    Done,
    /// Used, expired, replaced by a newer one, or never there; or its person is gone or disabled.
    Dead,
    /// The address is somebody else's by now.
    AddressTaken,
}

#[derive(FromRow)]
pub(super) struct LinkRow {
    id: Uuid,
    token_hash: Vec<u8>,
    user_id: Option<Uuid>,
    email: Option<String>,
    detail: Json<Map<String, Value>>,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
}

impl LinkRow {
    /// Of that kind.
    pub(super) fn link(self, kind: LinkKind) -> Result<MailedLink> {
        let hash = TokenHash::from_slice(&self.token_hash);
        Ok(MailedLink {
            hash: hash.ok_or(Error::Corrupt("mailed_links.token_hash"))?,
            id: self.id,
            kind,
            user_id: self.user_id.map(UserId),
            email: self.email,
            detail: self.detail.0,
            created_at: self.created_at,
            expires_at: self.expires_at,
        })
    }
}

/// A password that a link lets somebody set.
#[derive(Debug)]
pub struct PasswordReset<'a> {
    pub link: &'a MailedLink,
    pub password: &'a PasswordHash,
    pub ends_sessions: bool,
    /// Tells the person.
    pub notice: Option<&'a NewMail>,
}

impl Store {
    /// Stores a link and the mail that it stands in; older ones of its kind for the same person, or the same address, end. Nothing where the
    /// person is gone, or has another address by now than the one that it is mailed to.
    pub async fn add_mailed_link(
        &self,
        link: &MailedLink,
        mail: Option<&NewMail>,
        event: &Event,
    ) -> Result<()> {
        let mut tx = self.begin_sealing().await?;
        let kind = link.kind.as_str();
        match (link.user_id, &link.email) {
            // Locked: of two links for one person the later ends the earlier, however close together they are made.
            (Some(user), _) => {
                let found = tx.user_to_change(user, UserTerms::default()).await?;
                if !found.is_ok_and(|user| is_to(link, &user)) {
                    return Ok(());
                }
                either!(tx &mut tx, db => query(END_OLDER).bind(kind).bind(user.0).execute(db).await.map(|_| ()))?;
            }
            (None, Some(email)) => {
                tx.lock_address(email).await?;
                either!(tx &mut tx, db => query(END_OLDER_OF_ADDRESS).bind(kind).bind(email).execute(db).await.map(|_| ()))?;
            }
            (None, None) => {}
        }
        either!(tx &mut tx, db => query(INSERT)
            .bind(link.hash.as_bytes().as_slice())
            .bind(kind)
            .bind(link.user_id.map(|id| id.0))
            .bind(&link.email)
            .bind(Json(&link.detail))
            .bind(link.created_at)
            .bind(link.expires_at)
            .bind(link.id)
            .execute(db).await.map(|_| ()))?;
        if let Some(mail) = mail {
            tx.queue_mail(mail).await?;
        }
        tx.record(event).await?;
        tx.commit().await
    }

    /// The link of that kind, while it is good. It stays so.
    pub async fn find_mailed_link(
        &self,
        kind: LinkKind,
        hash: &TokenHash,
        now: DateTime<Utc>,
    ) -> Result<Option<MailedLink>> {
        let row: Option<LinkRow> = either!(read self.db, db => query_as(FIND)
            .bind(hash.as_bytes().as_slice()).bind(kind.as_str()).bind(now).fetch_optional(db).await)?;
        row.map(|row| row.link(kind)).transpose()
    }

    /// The address that a person asked for and that no link has proved yet.
    pub async fn pending_email(&self, user: UserId, now: DateTime<Utc>) -> Result<Option<String>> {
        let found: Option<Option<String>> = either!(read self.db, db => query_scalar(PENDING)
            .bind(user.0).bind(now).fetch_optional(db).await)?;
        Ok(found.flatten())
    }

    /// Sets a password by a link, once, however many try at the same time. The person's other links end with it.
    pub async fn reset_password(
        &self,
        reset: &PasswordReset<'_>,
        event: &Event,
    ) -> Result<LinkUse> {
        anew!(self.try_reset_password(reset, event))
    }

    async fn try_reset_password(
        &self,
        reset: &PasswordReset<'_>,
        event: &Event,
    ) -> Result<LinkUse> {
        let Some(user) = reset.link.user_id else {
            return Ok(LinkUse::Dead);
        };
        let mut tx = self.begin_sealing().await?;
        if !tx.use_person_link(reset.link, user, event.at).await? {
            return Ok(LinkUse::Dead);
        }
        tx.put_password(user, reset.password, reset.ends_sessions, event.at)
            .await?;
        if let Some(notice) = reset.notice {
            tx.queue_mail(notice).await?;
        }
        tx.finish_user_change(event).await?;
        Ok(LinkUse::Done)
    }

    /// Makes the link's address the person's, verified. `notice` tells the address of before.
    pub async fn verify_email(
        &self,
        link: &MailedLink,
        notice: Option<&NewMail>,
        event: &Event,
    ) -> Result<LinkUse> {
        let (Some(user), Some(email)) = (link.user_id, &link.email) else {
            return Ok(LinkUse::Dead);
        };
        let mut tx = self.begin_sealing().await?;
        if !tx.use_person_link(link, user, event.at).await? {
            return Ok(LinkUse::Dead);
        }
        let changed = either!(tx &mut tx, db => query(VERIFY)
            .bind(user.0).bind(email).bind(account_key(email)).bind(event.at)
            .execute(db).await.map(|_| ()));
        match changed {
            Err(error) if Error::is_unique_violation(&error) => return Ok(LinkUse::AddressTaken),
            other => other?,
        }
        // Links that went to the address of before must not outlive it.
        tx.end_links(user).await?;
        if let Some(notice) = notice {
            tx.queue_mail(notice).await?;
        }
        tx.finish_user_change(event).await?;
        Ok(LinkUse::Done)
    }
}

/// Whether a link to set a password, where it was mailed, went to the address that its person still has.
fn is_to(link: &MailedLink, user: &User) -> bool {
    let mailed_to = link
        .email
        .as_deref()
        .filter(|_| link.kind == LinkKind::ResetPassword);
    mailed_to.is_none_or(|email| user.email.as_deref().map(account_key) == Some(account_key(email)))
}

impl Tx {
    /// Uses a link up; true if it was good, and its person may sign in.
    async fn use_person_link(
        &mut self,
        link: &MailedLink,
        user: UserId,
        at: DateTime<Utc>,
    ) -> Result<bool> {
        let found = self.user_to_change(user, UserTerms::default()).await?;
        if !found.is_ok_and(|user| user.is_enabled() && is_to(link, &user)) {
            return Ok(false);
        }
        self.use_mailed_link(link.kind, &link.hash, at).await
    }

    /// Uses a link up; of many at once one does. False where it is no longer good: then the transaction is of no use.
    pub(super) async fn use_mailed_link(
        &mut self,
        kind: LinkKind,
        hash: &TokenHash,
        at: DateTime<Utc>,
    ) -> Result<bool> {
        Ok(either!(tx self, db => query(USE)
            .bind(hash.as_bytes().as_slice()).bind(kind.as_str()).bind(at)
            .execute(db).await.map(|done| done.rows_affected() == 1))?)
    }

    /// Ends every link of a person: another password or another address.
    pub(super) async fn end_links(&mut self, user: UserId) -> Result<()> {
        either!(tx self, db => query(END_ALL).bind(user.0).execute(db).await.map(|_| ()))?;
        Ok(())
    }
}
