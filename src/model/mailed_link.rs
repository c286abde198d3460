//! Links that are mailed, each good once: what stands behind the token in one.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::id::UserId;
use super::secret::TokenHash;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    VerifyEmail,
    ResetPassword,
    SignUp,
    Invitation,
    LinkUpstream,
}

impl LinkKind {
    /// The name as stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::VerifyEmail => "verify_email",
            Self::ResetPassword => "reset_password",
            Self::SignUp => "sign_up",
            Self::Invitation => "invitation",
            Self::LinkUpstream => "link_upstream",
        }
    }
}

/// A link as it is stored; of its token only the hash.
#[derive(Debug, Clone, PartialEq)]
pub struct MailedLink {
    pub hash: TokenHash,
    /// What administrators call it by; sorts by time.
    pub id: Uuid,
    pub kind: LinkKind,
    pub user_id: Option<UserId>,
    /// The address that it proves; of a link to set a password the one that it was mailed to.
    pub email: Option<String>,
    /// What its kind needs beside.
    pub detail: Map<String, Value>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}
