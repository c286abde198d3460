//! The outbox: mails that are still to be sent, each sealed.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, query, query_as};
use uuid::Uuid;

use super::Result;
use super::db::{Store, Tx, either};
use crate::model::event::Event;
use crate::model::mail::{NewMail, OutgoingMail};

const INSERT: &str = "INSERT INTO outgoing_mails
        (id, kind, mail_sealed, attempts, next_attempt_at, created_at, expires_at)
    VALUES ($1, $2, $3, 0, $4, $4, $5)";
const DUE: &str =
    "SELECT id, kind, mail_sealed, attempts, created_at, expires_at FROM outgoing_mails
    WHERE next_attempt_at <= $1 ORDER BY next_attempt_at, id LIMIT $2";
const CLAIM: &str = "UPDATE outgoing_mails SET attempts = attempts + 1, next_attempt_at = $4
    WHERE id = $1 AND attempts = $2 AND next_attempt_at <= $3";
const DELETE: &str = "DELETE FROM outgoing_mails WHERE id = $1";

#[derive(FromRow)]
struct MailRow {
    id: Uuid,
    kind: String,
    mail_sealed: Vec<u8>,
    attempts: i64,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
}

impl From<MailRow> for OutgoingMail {
    fn from(row: MailRow) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            sealed: row.mail_sealed,
            attempts: row.attempts,
            created_at: row.created_at,
            expires_at: row.expires_at,
        }
    }
}

/// What is kept beside a change: its line of the audit log, and the mail that tells its person.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    pub event: &'a Event,
    pub notice: Option<&'a NewMail>,
}

impl<'a> From<&'a Event> for Told<'a> {
    fn from(event: &'a Event) -> Self {
        Self {
            event,
            notice: None,
        }
    }
}

impl Store {
    /// Begins a transaction that ends with [`Tx::finish_told`].
    pub(super) async fn begin_telling(&self, told: Told<'_>) -> Result<Tx> {
        match told.notice {
            Some(_) => self.begin_sealing().await,
            None => self.begin_write().await,
        }
    }

    /// Puts mails into the outbox by themselves.
    pub async fn queue_mail(&self, mail: &NewMail) -> Result<()> {
        let mut tx = self.begin_sealing().await?;
        tx.queue_mail(mail).await?;
        tx.commit().await
    }

    /// At most `limit` mails that are due; those that wait longest first.
    pub async fn due_mails(&self, now: DateTime<Utc>, limit: i64) -> Result<Vec<OutgoingMail>> {
        let rows: Vec<MailRow> = either!(read self.db, db => query_as(DUE)
            .bind(now).bind(limit).fetch_all(db).await)?;
        Ok(rows.into_iter().map(OutgoingMail::from).collect())
    }

    /// Claims a mail that was found due; of many nodes one gets it. Nobody else has it due before `next_attempt_at`.
    pub async fn claim_mail(
        &self,
        found: &OutgoingMail,
        now: DateTime<Utc>,
        next_attempt_at: DateTime<Utc>,
    ) -> Result<bool> {
        Ok(either!(write self.db, db => query(CLAIM)
            .bind(found.id).bind(found.attempts).bind(now).bind(next_attempt_at)
            .execute(db).await.map(|done| done.rows_affected() == 1))?)
    }

    /// Forgets a mail: it was sent.
    pub async fn delete_mail(&self, id: Uuid) -> Result<()> {
        either!(write self.db, db => query(DELETE).bind(id).execute(db).await.map(|_| ()))?;
        Ok(())
    }

    /// Forgets a mail that nobody sends any more; true if it was this call that did.
    pub async fn give_up_mail(&self, id: Uuid, event: &Event) -> Result<bool> {
        let mut tx = self.begin_write().await?;
        let is_gone = either!(tx &mut tx, db => query(DELETE)
            .bind(id).execute(db).await.map(|done| done.rows_affected() == 1))?;
        if is_gone {
            tx.record(event).await?;
            tx.commit().await?;
        }
        Ok(is_gone)
    }
}

impl Tx {
    /// Puts a mail into the outbox, with what it tells of. The transaction is one of `begin_sealing`.
    pub(super) async fn queue_mail(&mut self, mail: &NewMail) -> Result<()> {
        either!(tx self, db => query(INSERT)
            .bind(mail.id)
            .bind(mail.kind.as_str())
            .bind(mail.sealed.as_slice())
            .bind(mail.created_at)
            .bind(mail.expires_at)
            .execute(db).await.map(|_| ()))?;
        Ok(())
    }

    /// The end of a change of which somebody is told: all of it, or nothing.
    pub(super) async fn finish_told(mut self, told: Told<'_>) -> Result<()> {
        self.record(told.event).await?;
        if let Some(notice) = told.notice {
            self.queue_mail(notice).await?;
        }
        self.commit().await
    }
}
