//! A signed-in browser: who, when, how, until when.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::id::{SessionId, UserId};
use super::secret::TokenHash;
use super::user::User;

/// A session as stored. The cookie's value is known to the browser alone.
#[derive(Debug, Clone)]
pub struct Session {
    pub id: SessionId,
    pub token_hash: TokenHash,
    pub user_id: UserId,
    /// When the person last proved who they are: `auth_time`.
    pub authenticated_at: DateTime<Utc>,
    /// How (RFC 8176): `pwd`, …
    pub amr: Vec<String>,
    pub created_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
    /// The end if nothing is heard until then.
    pub idle_expires_at: DateTime<Utc>,
    /// The end whatever is heard.
    pub expires_at: DateTime<Utc>,
    /// The address it was started from.
    pub address: Option<String>,
    /// The browser's own name for itself, cut to 300 characters.
    pub user_agent: Option<String>,
}

impl Session {
    /// Whether it is alive at `now`.
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        now < self.expires_at && now < self.idle_expires_at
    }
}

/// A live session and its enabled user: the proof that somebody is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub session: Session,
    pub user: User,
}

/// A live session as administrators see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SessionView {
    pub id: SessionId,
    pub user_id: UserId,
    pub username: String,
    pub created_at: DateTime<Utc>,
    pub authenticated_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
    /// The end if nothing more is heard of it.
    pub expires_at: DateTime<Utc>,
    pub address: Option<String>,
    pub user_agent: Option<String>,
    pub amr: Vec<String>,
}
