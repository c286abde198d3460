//! Deletes what has expired, in small batches, so that no node waits for it. Any node may do it at any time.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::query;

use super::Result;
use super::db::{Store, either};

/// How many rows one round deleted, by table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    pub codes: u64,
    pub grants: u64,
    pub sessions: u64,
    pub throttles: u64,
    pub secrets: u64,
    pub keys: u64,
    pub assertions: u64,
    pub revoked_tokens: u64,
    pub initial_access_tokens: u64,
    pub logout_deliveries: u64,
    pub mails: u64,
    pub mailed_links: u64,
    pub activity: u64,
    pub consents: u64,
}

impl Swept {
    /// All tables together.
    pub const fn total(&self) -> u64 {
        self.codes
            + self.grants
            + self.sessions
            + self.throttles
            + self.secrets
            + self.keys
            + self.assertions
            + self.revoked_tokens
            + self.initial_access_tokens
            + self.logout_deliveries
            + self.mails
            + self.mailed_links
            + self.activity
            + self.consents
    }

    /// Whether some table may hold more than one round deletes.
    pub const fn is_full(&self, batch: u64) -> bool {
        self.codes >= batch
            || self.grants >= batch
            || self.sessions >= batch
            || self.throttles >= batch
            || self.secrets >= batch
            || self.keys >= batch
            || self.assertions >= batch
            || self.revoked_tokens >= batch
            || self.initial_access_tokens >= batch
            || self.logout_deliveries >= batch
            || self.mails >= batch
            || self.mailed_links >= batch
            || self.activity >= batch
            || self.consents >= batch
    }
}

/// What deletes a batch, on SQLite and on Postgres: there in no order that others keep, so past what somebody has locked. `ctid` is the place
/// of a row, which the lock keeps it at.
#[derive(Clone, Copy)]
struct Delete {
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! delete {
    ($table:literal, $due:literal) => {
        Delete {
            sqlite: concat!(
                "DELETE FROM ",
                $table,
                " WHERE rowid IN (SELECT rowid FROM ",
                $table,
                " WHERE ",
                $due,
                " <= $1 LIMIT $2)"
            ),
            postgres: concat!(
                "DELETE FROM ",
                $table,
                " WHERE ctid = ANY(ARRAY(SELECT ctid FROM ",
                $table,
                " WHERE ",
                $due,
                " <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED))"
            ),
        }
    };
}

const CODES: Delete = delete!("codes", "sweep_at");
const GRANTS: Delete = delete!("grants", "sweep_at");
const SESSIONS: Delete = delete!("sessions", "idle_expires_at");
const THROTTLES: Delete = delete!("sign_in_throttles", "expires_at");
const SECRETS: Delete = delete!("client_secrets", "expires_at");
const KEYS: Delete = delete!("signing_keys", "expires_at");
const ASSERTIONS: Delete = delete!("used_assertions", "expires_at");
const REVOKED_TOKENS: Delete = delete!("revoked_tokens", "expires_at");
const INITIAL_ACCESS_TOKENS: Delete = delete!("initial_access_tokens", "expires_at");
const LOGOUT_DELIVERIES: Delete = delete!("logout_deliveries", "expires_at");
const CONSENTS: Delete = delete!("consents", "expires_at");
const MAILS: Delete = delete!("outgoing_mails", "expires_at");
const MAILED_LINKS: Delete = delete!("mailed_links", "expires_at");
const ACTIVITY: Delete = delete!("activity", "hour");

/// A mail that was not sent in time is given up, with a word in the audit log, by whoever sends mail; only where nobody does it goes unsaid.
const UNSENT_KEPT: TimeDelta = TimeDelta::days(1);

impl Store {
    /// One round: at most `batch` rows of each table. Counts of hours go that are from before `activity_before`. Audit rows go by a
    /// sweep of their own.
    pub async fn sweep(
        &self,
        now: DateTime<Utc>,
        activity_before: DateTime<Utc>,
        batch: u32,
    ) -> Result<Swept> {
        Ok(Swept {
            codes: self.delete(CODES, now, batch).await?,
            grants: self.delete(GRANTS, now, batch).await?,
            sessions: self.delete(SESSIONS, now, batch).await?,
            throttles: self.delete(THROTTLES, now, batch).await?,
            secrets: self.delete(SECRETS, now, batch).await?,
            keys: self.delete(KEYS, now, batch).await?,
            assertions: self.delete(ASSERTIONS, now, batch).await?,
            revoked_tokens: self.delete(REVOKED_TOKENS, now, batch).await?,
            initial_access_tokens: self.delete(INITIAL_ACCESS_TOKENS, now, batch).await?,
            logout_deliveries: self.delete(LOGOUT_DELIVERIES, now, batch).await?,
            mails: self.delete(MAILS, now - UNSENT_KEPT, batch).await?,
            mailed_links: self.delete(MAILED_LINKS, now, batch).await?,
            activity: self.delete(ACTIVITY, activity_before, batch).await?,
            consents: self.delete(CONSENTS, now, batch).await?,
        })
    }

    async fn delete(&self, statement: Delete, before: DateTime<Utc>, batch: u32) -> Result<u64> {
        let text = if self.is_postgres() {
            statement.postgres
        } else {
            statement.sqlite
        };
        Ok(either!(write self.db, db => query(text)
            .bind(before).bind(i64::from(batch)).execute(db).await.map(|done| done.rows_affected()))?)
    }
}
