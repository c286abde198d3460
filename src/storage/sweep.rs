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

const CODES: &str = "DELETE FROM codes WHERE code_hash IN (SELECT code_hash FROM codes WHERE sweep_at <= $1 LIMIT $2)";
const GRANTS: &str =
    "DELETE FROM grants WHERE id IN (SELECT id FROM grants WHERE sweep_at <= $1 LIMIT $2)";
const SESSIONS: &str = "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE idle_expires_at <= $1 LIMIT $2)";
const THROTTLES: &str = "DELETE FROM sign_in_throttles WHERE key IN (SELECT key FROM sign_in_throttles WHERE expires_at <= $1 LIMIT $2)";
const SECRETS: &str = "DELETE FROM client_secrets WHERE hash IN (SELECT hash FROM client_secrets WHERE expires_at <= $1 LIMIT $2)";
const KEYS: &str = "DELETE FROM signing_keys WHERE kid IN (SELECT kid FROM signing_keys WHERE expires_at <= $1 LIMIT $2)";
const ASSERTIONS: &str = "DELETE FROM used_assertions WHERE hash IN (SELECT hash FROM used_assertions WHERE expires_at <= $1 LIMIT $2)";
const REVOKED_TOKENS: &str = "DELETE FROM revoked_tokens WHERE hash IN (SELECT hash FROM revoked_tokens WHERE expires_at <= $1 LIMIT $2)";
const INITIAL_ACCESS_TOKENS: &str = "DELETE FROM initial_access_tokens WHERE id IN (SELECT id FROM initial_access_tokens WHERE expires_at <= $1 LIMIT $2)";
const LOGOUT_DELIVERIES: &str = "DELETE FROM logout_deliveries WHERE id IN (SELECT id FROM logout_deliveries WHERE expires_at <= $1 LIMIT $2)";
const CONSENTS: &str = "DELETE FROM consents WHERE (user_id, client_id, resource) IN
    (SELECT user_id, client_id, resource FROM consents WHERE expires_at <= $1 LIMIT $2)";
const MAILS: &str = "DELETE FROM outgoing_mails WHERE id IN (SELECT id FROM outgoing_mails WHERE expires_at <= $1 LIMIT $2)";
const MAILED_LINKS: &str = "DELETE FROM mailed_links WHERE token_hash IN (SELECT token_hash FROM mailed_links WHERE expires_at <= $1 LIMIT $2)";
const ACTIVITY: &str =
    "DELETE FROM activity WHERE hour IN (SELECT hour FROM activity WHERE hour <= $1 LIMIT $2)";

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

    async fn delete(
        &self,
        statement: &'static str,
        before: DateTime<Utc>,
        batch: u32,
    ) -> Result<u64> {
        Ok(either!(write self.db, db => query(statement)
            .bind(before).bind(i64::from(batch)).execute(db).await.map(|done| done.rows_affected()))?)
    }
}
