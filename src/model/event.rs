//! What the audit log remembers: who did what to whom, when, from where.

use std::fmt::Write as _;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Serialize, Serializer};
use uuid::Uuid;

use super::id::{ClientId, UserId};

macro_rules! kinds {
    ($($kind:ident => $name:literal,)+) => {
        /// What happened. The names are the log's public vocabulary.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum EventKind {
            $($kind,)+
        }

        impl EventKind {
            /// Every kind there is.
            pub const fn all() -> &'static [Self] {
                &[$(Self::$kind,)+]
            }

            /// The name as stored.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)+
                }
            }
        }
    };
}

kinds! {
    SetupCompleted => "setup_completed",
    SignInSucceeded => "sign_in_succeeded",
    SignInFailed => "sign_in_failed",
    SignInThrottled => "sign_in_throttled",
    SignedOut => "signed_out",
    SessionEnded => "session_ended",
    ConsentGranted => "consent_granted",
    ConsentDenied => "consent_denied",
    ConsentWithdrawn => "consent_withdrawn",
    GrantCreated => "grant_created",
    GrantRevoked => "grant_revoked",
    CodeReplayed => "code_replayed",
    RefreshTokenReplayed => "refresh_token_replayed",
    TokenRevoked => "token_revoked",
    ClientAdded => "client_added",
    ClientUpdated => "client_updated",
    ClientRemoved => "client_removed",
    ClientSecretAdded => "client_secret_added",
    ClientSecretRemoved => "client_secret_removed",
    RegistrationTokenAdded => "registration_token_added",
    RegistrationTokenRemoved => "registration_token_removed",
    UserAdded => "user_added",
    UserUpdated => "user_updated",
    UserDisabled => "user_disabled",
    UserEnabled => "user_enabled",
    UserRemoved => "user_removed",
    PasswordSet => "password_set",
    PasswordChanged => "password_changed",
    PasswordResetRequested => "password_reset_requested",
    PasswordReset => "password_reset",
    EmailChangeRequested => "email_change_requested",
    EmailVerified => "email_verified",
    SignUpRequested => "sign_up_requested",
    SignedUp => "signed_up",
    InvitationMade => "invitation_made",
    InvitationWithdrawn => "invitation_withdrawn",
    FactorAdded => "factor_added",
    FactorRemoved => "factor_removed",
    RecoveryCodesMade => "recovery_codes_made",
    RecoveryCodeUsed => "recovery_code_used",
    UpstreamLinked => "upstream_linked",
    UpstreamUnlinked => "upstream_unlinked",
    UpstreamFailed => "upstream_failed",
    RoleAdded => "role_added",
    RoleUpdated => "role_updated",
    RoleRemoved => "role_removed",
    ScopeAdded => "scope_added",
    ScopeUpdated => "scope_updated",
    ScopeRemoved => "scope_removed",
    ResourceAdded => "resource_added",
    ResourceUpdated => "resource_updated",
    ResourceRemoved => "resource_removed",
    KeyCreated => "key_created",
    KeyRemoved => "key_removed",
    SecretKeyChanged => "secret_key_changed",
    FileApplied => "file_applied",
    MailGivenUp => "mail_given_up",
    AuditSwept => "audit_swept",
}

/// The name is none of an [`EventKind`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is no kind of event; docs/audit.md lists them")]
pub struct UnknownKind;

impl FromStr for EventKind {
    type Err = UnknownKind;

    fn from_str(name: &str) -> Result<Self, UnknownKind> {
        let mut all = Self::all().iter().copied();
        all.find(|kind| kind.as_str() == name).ok_or(UnknownKind)
    }
}

/// Who acted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Someone with the command line and the database.
    CommandLine,
    /// The server itself: first start, sweep.
    Server,
    /// A signed-in person.
    User(UserId),
    /// A client on its own behalf.
    Client(ClientId),
    /// Nobody known: a failed sign-in.
    Anonymous,
}

impl Actor {
    /// The form stored: `kind` or `kind:id`.
    pub fn to_stored(&self) -> String {
        match self {
            Self::CommandLine => "command_line".to_owned(),
            Self::Server => "server".to_owned(),
            Self::User(id) => format!("user:{id}"),
            Self::Client(id) => format!("client:{id}"),
            Self::Anonymous => "anonymous".to_owned(),
        }
    }
}

/// Where an event came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The peer's address, by the trusted proxies' word where there are any.
    pub address: Option<String>,
    /// The id that the answer and the log line carry too.
    pub request_id: Option<String>,
}

/// One row of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Sorts by time.
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub kind: EventKind,
    pub actor: Actor,
    pub user_id: Option<UserId>,
    pub client_id: Option<ClientId>,
    pub origin: Origin,
    /// An object with further facts, never a secret.
    pub detail: serde_json::Value,
}

/// A row of the audit log as it lies there. Texts, not types: what an older or newer version wrote is read too.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StoredEvent {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub kind: String,
    pub actor: String,
    pub user_id: Option<UserId>,
    pub client_id: Option<String>,
    pub address: Option<String>,
    pub request_id: Option<String>,
    pub detail: serde_json::Value,
    /// Its place in the chain; `None` for the moment until it has one.
    pub seq: Option<i64>,
    /// Over this row and the hash of the one before.
    #[serde(serialize_with = "hex")]
    pub hash: Option<Vec<u8>>,
}

#[expect(clippy::ref_option, reason = "serde hands the field over so")]
fn hex<S: Serializer>(bytes: &Option<Vec<u8>>, serializer: S) -> Result<S::Ok, S::Error> {
    let text = bytes.as_ref().map(|bytes| {
        bytes.iter().fold(String::new(), |mut text, byte| {
            // Writing to a string does not fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    });
    text.serialize(serializer)
}
