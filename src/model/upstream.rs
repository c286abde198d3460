//! An account at a provider elsewhere with which somebody signs in here.

use chrono::{DateTime, Utc};

use super::id::UserId;

/// The link between the two. Of all the people in the world, issuer and subject together name one (OIDC Core §5.7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpstreamAccount {
    pub issuer: String,
    pub subject: String,
    /// The provider's id in the settings.
    pub provider: String,
    pub user_id: UserId,
    /// As the provider said lately; for people to know the account again, never to find anybody by.
    pub email: Option<String>,
    pub created_at: DateTime<Utc>,
    pub last_used_at: Option<DateTime<Utc>>,
}
