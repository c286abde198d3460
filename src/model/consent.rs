//! An approval remembered: what a person allowed an app, and what they left out.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::id::{ClientId, UserId};
use super::resource::{self, Resources};
use super::scope::Scopes;

/// What one person decided for one client, about what was asked for together: what is allowed at one API says
/// nothing of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    pub user_id: UserId,
    pub client_id: ClientId,
    /// RFC 8707; none where none was named.
    pub resources: Resources,
    /// Allowed.
    pub granted: Scopes,
    /// Shown and left out: not asked again until the client says `prompt=consent`.
    pub declined: Scopes,
    pub granted_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// An approval as administrators see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConsentView {
    pub user_id: UserId,
    pub username: String,
    pub client_id: ClientId,
    /// As the consent page calls it.
    pub client_name: String,
    #[serde(serialize_with = "resource::as_list")]
    pub resources: Resources,
    pub granted: Scopes,
    pub declined: Scopes,
    pub granted_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
