//! The outbox: mails lie sealed in the database until one node has sent them.
//!
//! A node that is about to send claims the row by setting when it is due next: that is its lease, and the time of the next attempt should
//! this one fail. Neither an address nor a link ever stands in the log.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::App;
use crate::mail::{Letter, SendError};
use crate::model::event::{Actor, EventKind, Origin};
use crate::model::mail::{MailKind, NewMail, OutgoingMail};
use crate::random;
use crate::storage;

/// How long a mail rests after each attempt; the first is longer than any attempt takes. After the last it is given up.
const RESTS: [TimeDelta; 8] = [
    TimeDelta::seconds(30),
    TimeDelta::minutes(1),
    TimeDelta::minutes(5),
    TimeDelta::minutes(15),
    TimeDelta::hours(1),
    TimeDelta::hours(3),
    TimeDelta::hours(6),
    TimeDelta::hours(12),
];
/// How long a mail is tried that tells of something.
pub const NOTICE_TTL: TimeDelta = TimeDelta::hours(24);
/// How many one look at the database takes, which are sent at the same time.
const AT_ONCE: i64 = 8;

impl App {
    /// A mail for the outbox. It is tried for as long as `lasts`.
    pub fn outgoing_mail(&self, kind: MailKind, letter: &Letter, lasts: TimeDelta) -> NewMail {
        let now = self.clock.now();
        let id = random::uuid_sortable(now);
        // A struct of texts does not fail to become JSON.
        let plain = serde_json::to_vec(letter).unwrap_or_default();
        NewMail {
            id,
            kind,
            sealed: self.crypto.at_rest.seal(id.as_bytes(), &plain),
            created_at: now,
            expires_at: now + lasts,
        }
    }

    fn open_mail(&self, mail: &OutgoingMail) -> Option<Letter> {
        let plain = self.crypto.at_rest.open(mail.id.as_bytes(), &mail.sealed)?;
        serde_json::from_slice(&plain).ok()
    }
}

/// Sends what is due, at most some; how many were due.
pub async fn send_due(app: &Arc<App>) -> storage::Result<usize> {
    let due = app.store.due_mails(app.clock.now(), AT_ONCE).await?;
    let number = due.len();
    let mut under_way = tokio::task::JoinSet::new();
    for mail in due {
        let app = Arc::clone(app);
        under_way.spawn(async move {
            if let Err(error) = send(&app, mail).await {
                tracing::error!(%error, "cannot keep the outbox");
            }
        });
    }
    while under_way.join_next().await.is_some() {}
    Ok(number)
}

async fn send(app: &App, mut mail: OutgoingMail) -> storage::Result<()> {
    let now = app.clock.now();
    if now >= mail.expires_at {
        return give_up(app, &mail, "it was not sent in time").await;
    }
    let next_attempt_at = next_attempt(&mail, now);
    let next = next_attempt_at.unwrap_or(mail.expires_at);
    if !app.store.claim_mail(&mail, now, next).await? {
        return Ok(());
    }
    mail.attempts += 1;
    let error = match app.open_mail(&mail) {
        Some(letter) => match app.mailer.send(&letter, mail.id, mail.created_at).await {
            Ok(()) => {
                app.metrics.count_mail("sent");
                tracing::debug!(mail = %mail.id, kind = mail.kind, "a mail was sent");
                return app.store.delete_mail(mail.id).await;
            }
            Err(error) => error,
        },
        // By another secret key, or another version's.
        None => SendError {
            fault: "it cannot be opened".to_owned(),
            answer: None,
            is_final: true,
        },
    };
    app.metrics.count_mail("failed");
    if error.is_final || next_attempt_at.is_none() {
        return give_up(app, &mail, &error.fault).await;
    }
    tracing::warn!(mail = %mail.id, kind = mail.kind, attempts = mail.attempts, fault = error.fault, "a mail could not be sent; trying again");
    Ok(())
}

/// When the mail is due again if it fails now; `None`: never.
fn next_attempt(mail: &OutgoingMail, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let index = usize::try_from(mail.attempts).unwrap_or(usize::MAX);
    let rest = RESTS.get(index)?;
    Some(now + *rest).filter(|next| *next < mail.expires_at)
}

async fn give_up(app: &App, mail: &OutgoingMail, fault: &str) -> storage::Result<()> {
    let mut event = app.event(EventKind::MailGivenUp, Actor::Server, Origin::default());
    event.detail =
        json!({ "mail": mail.id, "kind": mail.kind, "attempts": mail.attempts, "fault": fault });
    if app.store.give_up_mail(mail.id, &event).await? {
        app.metrics.count_mail("given_up");
        tracing::error!(mail = %mail.id, kind = mail.kind, attempts = mail.attempts, fault, "a mail is given up");
    }
    Ok(())
}
