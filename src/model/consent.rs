//! An approval remembered: what a person allowed an app, and what they left out.

use chrono::{DateTime, Utc};

use super::id::{ClientId, UserId};
use super::scope::Scopes;

/// What one person decided for one client, about one resource: what is allowed at one API says nothing of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    pub user_id: UserId,
    pub client_id: ClientId,
    /// RFC 8707; `None` where none was named.
    pub resource: Option<String>,
    /// Allowed.
    pub granted: Scopes,
    /// Shown and left out: not asked again until the client says `prompt=consent`.
    pub declined: Scopes,
    pub granted_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
