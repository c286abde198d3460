//! An approval remembered: what a person allowed an app, and what they left out.

use chrono::{DateTime, Utc};

use super::id::{ClientId, UserId};
use super::scope::Scopes;

/// What one person decided for one client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    pub user_id: UserId,
    pub client_id: ClientId,
    /// Allowed.
    pub granted: Scopes,
    /// Shown and left out: not asked again until the client says `prompt=consent`.
    pub declined: Scopes,
    pub granted_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
