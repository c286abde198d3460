//! What the audit log remembers: who did what to whom, when, from where.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::id::{ClientId, UserId};

/// What happened. The names are the log's public vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    SetupCompleted,
    SignInSucceeded,
    SignInFailed,
    SignInThrottled,
    SignedOut,
    SessionEnded,
    ConsentGranted,
    ConsentDenied,
    ConsentWithdrawn,
    GrantCreated,
    GrantRevoked,
    CodeReplayed,
    RefreshTokenReplayed,
    TokenRevoked,
    ClientAdded,
    ClientUpdated,
    ClientRemoved,
    ClientSecretAdded,
    ClientSecretRemoved,
    RegistrationTokenAdded,
    RegistrationTokenRemoved,
    UserAdded,
    UserUpdated,
    UserDisabled,
    UserEnabled,
    UserRemoved,
    PasswordSet,
    RoleAdded,
    RoleUpdated,
    RoleRemoved,
    ScopeAdded,
    ScopeUpdated,
    ScopeRemoved,
    ResourceAdded,
    ResourceUpdated,
    ResourceRemoved,
    KeyCreated,
    KeyRemoved,
    SecretKeyChanged,
    FileApplied,
    AuditSwept,
}

impl EventKind {
    /// The name as stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SetupCompleted => "setup_completed",
            Self::SignInSucceeded => "sign_in_succeeded",
            Self::SignInFailed => "sign_in_failed",
            Self::SignInThrottled => "sign_in_throttled",
            Self::SignedOut => "signed_out",
            Self::SessionEnded => "session_ended",
            Self::ConsentGranted => "consent_granted",
            Self::ConsentDenied => "consent_denied",
            Self::ConsentWithdrawn => "consent_withdrawn",
            Self::GrantCreated => "grant_created",
            Self::GrantRevoked => "grant_revoked",
            Self::CodeReplayed => "code_replayed",
            Self::RefreshTokenReplayed => "refresh_token_replayed",
            Self::TokenRevoked => "token_revoked",
            Self::ClientAdded => "client_added",
            Self::ClientUpdated => "client_updated",
            Self::ClientRemoved => "client_removed",
            Self::ClientSecretAdded => "client_secret_added",
            Self::ClientSecretRemoved => "client_secret_removed",
            Self::RegistrationTokenAdded => "registration_token_added",
            Self::RegistrationTokenRemoved => "registration_token_removed",
            Self::UserAdded => "user_added",
            Self::UserUpdated => "user_updated",
            Self::UserDisabled => "user_disabled",
            Self::UserEnabled => "user_enabled",
            Self::UserRemoved => "user_removed",
            Self::PasswordSet => "password_set",
            Self::RoleAdded => "role_added",
            Self::RoleUpdated => "role_updated",
            Self::RoleRemoved => "role_removed",
            Self::ScopeAdded => "scope_added",
            Self::ScopeUpdated => "scope_updated",
            Self::ScopeRemoved => "scope_removed",
            Self::ResourceAdded => "resource_added",
            Self::ResourceUpdated => "resource_updated",
            Self::ResourceRemoved => "resource_removed",
            Self::KeyCreated => "key_created",
            Self::KeyRemoved => "key_removed",
            Self::SecretKeyChanged => "secret_key_changed",
            Self::FileApplied => "file_applied",
            Self::AuditSwept => "audit_swept",
        }
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
