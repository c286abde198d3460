//! An initial access token (RFC 7591 §3): lets its holder register some clients.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// As stored, but for its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InitialAccessToken {
    pub id: Uuid,
    /// Whom it was made for: for administrators and the audit log.
    pub name: String,
    /// How many clients may still be registered with it.
    pub uses_left: i64,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

impl InitialAccessToken {
    /// Whether a client may be registered with it at `now`.
    pub fn is_good(&self, now: DateTime<Utc>) -> bool {
        self.uses_left > 0 && now < self.expires_at
    }
}
