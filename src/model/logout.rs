//! The end of a session, as clients are told of it (OIDC Back-Channel Logout 1.0).

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::id::{ClientId, SessionId, UserId};

/// For so long a client that does not answer is called again.
pub const DELIVERY_TTL: TimeDelta = TimeDelta::hours(24);

/// One call that is still to be made: this client, about that session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogoutDelivery {
    pub id: Uuid,
    pub client_id: ClientId,
    pub user_id: UserId,
    pub session_id: SessionId,
    /// How often it was tried, the one under way included.
    pub attempts: i64,
    /// From then on nobody tries any more.
    pub expires_at: DateTime<Utc>,
}
