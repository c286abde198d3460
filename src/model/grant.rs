//! A grant: what was permitted, and the root of the family of tokens that came of it; and the code that leads to it.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::claims_request::ClaimsRequest;
use super::id::{ClientId, GrantId, RequestId, SessionId, UserId};
use super::resource::{self, Resources};
use super::scope::Scopes;
use super::secret::TokenHash;

/// A grant to be stored: everything that its tokens say. Refresh state is beside it, in [`Refresh`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    pub id: GrantId,
    pub client_id: ClientId,
    pub user_id: UserId,
    /// The session it was given in; `None` for the password grant.
    pub session_id: Option<SessionId>,
    pub scope: Scopes,
    /// The resources (RFC 8707) that its tokens may be for, one each.
    pub resources: Resources,
    /// Claims that were asked for one by one (OIDC Core §5.5), and allowed.
    pub claims: Option<ClaimsRequest>,
    pub auth_time: DateTime<Utc>,
    /// How the person signed in (RFC 8176).
    pub amr: Vec<String>,
    /// Lives on after the person signed out (`offline_access`).
    pub is_offline: bool,
    pub created_at: DateTime<Utc>,
    /// The end of everything that comes of it.
    pub expires_at: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
}

/// The state of a grant's refresh token: one row, one live token, whatever happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refresh {
    /// Counts rotations; the token carries it too.
    pub generation: i64,
    /// Hash of the one live token.
    pub hash: TokenHash,
    /// When the live token replaced its predecessor.
    pub rotated_at: DateTime<Utc>,
    /// The end if it is not used until then.
    pub idle_expires_at: DateTime<Utc>,
}

/// An authorization code as stored: with it, all that the grant will be made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    pub hash: TokenHash,
    /// Unique: the same request never gives a second code.
    pub request_id: RequestId,
    pub grant_id: GrantId,
    pub client_id: ClientId,
    pub user_id: UserId,
    pub session_id: SessionId,
    pub redirect_uri: String,
    pub is_redirect_uri_sent: bool,
    pub code_challenge: Option<String>,
    pub scope: Scopes,
    pub resources: Resources,
    pub nonce: Option<String>,
    pub claims: Option<ClaimsRequest>,
    pub auth_time: DateTime<Utc>,
    pub amr: Vec<String>,
    pub issued_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// Until when the person allowed what comes of it, where they set an end.
    pub grant_expires_at: Option<DateTime<Utc>>,
    pub redeemed_at: Option<DateTime<Utc>>,
    /// Kept until then, so that a replay or a second code for the same request is seen.
    pub sweep_at: DateTime<Utc>,
}

/// A live grant as administrators see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GrantView {
    pub id: GrantId,
    pub client_id: ClientId,
    /// As the consent page calls it.
    pub client_name: String,
    pub user_id: UserId,
    pub username: String,
    pub scope: Scopes,
    #[serde(serialize_with = "resource::as_list")]
    pub resources: Resources,
    pub created_at: DateTime<Utc>,
    /// When its refresh token was last renewed; `None`: it has none.
    pub last_used_at: Option<DateTime<Utc>>,
    /// The end if it is not used until then.
    pub expires_at: DateTime<Utc>,
    /// Lives on after the person signed out (`offline_access`).
    pub is_offline: bool,
}
