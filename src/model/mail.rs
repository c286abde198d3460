//! Mail that is still to be sent, as it lies in the outbox.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// What a mail is about: its name in the audit log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailKind {
    ResetPassword,
    VerifyEmail,
    SignUp,
    Invitation,
    /// Tells of something that happened; nothing in it is to be done.
    Notice,
}

impl MailKind {
    /// The name as stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ResetPassword => "reset_password",
            Self::VerifyEmail => "verify_email",
            Self::SignUp => "sign_up",
            Self::Invitation => "invitation",
            Self::Notice => "notice",
        }
    }
}

/// A mail for the outbox. What it says is sealed: there may be a link in it.
#[derive(Debug, Clone)]
pub struct NewMail {
    pub id: Uuid,
    pub kind: MailKind,
    pub sealed: Vec<u8>,
    pub created_at: DateTime<Utc>,
    /// From then on nobody tries any more: a link in it would be dead.
    pub expires_at: DateTime<Utc>,
}

/// A mail that was found in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingMail {
    pub id: Uuid,
    /// A [`MailKind`]; text, because a newer version may have queued it.
    pub kind: String,
    pub sealed: Vec<u8>,
    /// How often it was tried, the attempt under way included.
    pub attempts: i64,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}
