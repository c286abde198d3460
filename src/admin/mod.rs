//! What administrators do, written once: the command line, the API and the console only call it.
//!
//! Each function checks what it was given, then calls one storage verb, which writes the change and its audit event together.
//! Before a check that needs the registry it is brought up to date, and after a change too, so that this node sees what it did.

pub mod activity;
pub mod audit;
pub mod clients;
pub mod consents;
pub mod explain;
pub mod grants;
pub mod import;
pub mod invitations;
pub mod keys;
pub mod localized;
pub mod managed;
pub mod paging;
pub mod plan;
pub mod refusals;
pub mod registration_tokens;
pub mod rekey;
pub mod resources;
pub mod roles;
pub mod scopes;
pub mod sessions;
pub mod settings;
pub mod users;

use std::borrow::Cow;

use crate::app::{App, Registry, StartError};
use crate::identity::password::PoolError;
use crate::model::client::{MetadataError, is_deceptive};
use crate::model::event::{Actor, Event, EventKind, Origin};
use crate::model::localized::Localized;
use crate::model::scope::Scopes;
use crate::model::signing_key::SigningAlg;
use crate::storage;

/// Why nothing was changed. Displayed as one line that says the mend.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    /// A value that was given is wrong. `field` is its name in RFC 7591 or in our own JSON.
    #[error("{field}: {fault}")]
    Invalid { field: &'static str, fault: String },
    #[error("there is no {what} {name:?}")]
    NotFound { what: &'static str, name: String },
    #[error("there is a {what} {name:?} already")]
    AlreadyThere { what: &'static str, name: String },
    #[error("the {what} {name:?} cannot go: {mend}")]
    InUse {
        what: &'static str,
        name: String,
        mend: Cow<'static, str>,
    },
    /// Somebody else changed it since it was read.
    #[error(
        "the {what} {name:?} was changed meanwhile; read it again, and change what is there now"
    )]
    Changed { what: &'static str, name: String },
    /// What a file manages is changed in the file.
    #[error(
        "the {what} {name:?} is managed by {source_name}; change it there, or say that you want to override it"
    )]
    Managed {
        what: &'static str,
        name: String,
        source_name: String,
    },
    #[error("the secret key does not open a value in the table {table}; nothing was changed")]
    Unreadable { table: &'static str },
    #[error("{0}")]
    Storage(#[from] storage::Error),
    /// Keys or the registry could not be made or read.
    #[error("{0}")]
    Start(#[from] StartError),
    /// The password-hashing queue is full.
    #[error("too many passwords are being hashed; try again in a few seconds")]
    Busy,
    #[error("{0}")]
    Hashing(PoolError),
}

pub use paging::{Page, Paging};

/// The result of everything here.
pub type Result<T> = std::result::Result<T, AdminError>;

/// Who acts, from where, and on what conditions.
#[derive(Debug, Clone)]
pub struct By {
    pub actor: Actor,
    pub origin: Origin,
    /// Only while the thing still has this version (`If-Match`, RFC 9110 §13.1.1); else [`AdminError::Changed`].
    pub expects: Option<i64>,
    /// Also what a file manages is changed; else [`AdminError::Managed`].
    pub overrides: bool,
}

impl By {
    /// Somebody, from somewhere, on no condition; what a file manages stays as it is.
    pub const fn new(actor: Actor, origin: Origin) -> Self {
        Self {
            actor,
            origin,
            expects: None,
            overrides: false,
        }
    }

    /// Someone at the command line, who may change what a file manages: the file is theirs.
    pub fn command_line() -> Self {
        Self {
            overrides: true,
            ..Self::new(Actor::CommandLine, Origin::default())
        }
    }

    /// The server itself, by its settings.
    pub fn server() -> Self {
        Self::new(Actor::Server, Origin::default())
    }

    fn event(&self, app: &App, kind: EventKind, detail: serde_json::Value) -> Event {
        let mut event = app.event(kind, self.actor.clone(), self.origin.clone());
        event.detail = detail;
        event
    }
}

impl From<MetadataError> for AdminError {
    fn from(error: MetadataError) -> Self {
        Self::Invalid {
            field: error.field,
            fault: error.fault,
        }
    }
}

impl From<PoolError> for AdminError {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Full => Self::Busy,
            PoolError::TooLong => invalid("password", "it has more than 1024 bytes"),
            PoolError::Closed | PoolError::Failed => Self::Hashing(error),
        }
    }
}

fn invalid(field: &'static str, fault: impl Into<String>) -> AdminError {
    AdminError::Invalid {
        field,
        fault: fault.into(),
    }
}

fn not_found(what: &'static str, name: &str) -> AdminError {
    AdminError::NotFound {
        what,
        name: name.to_owned(),
    }
}

fn already_there(what: &'static str, name: &str) -> AdminError {
    AdminError::AlreadyThere {
        what,
        name: name.to_owned(),
    }
}

/// Text that people will read: one line of bounded length that cannot pass for something else.
fn check_text(field: &'static str, text: &str, max: usize) -> Result<()> {
    let count = text.chars().count();
    if text.trim().is_empty() || count > max {
        return Err(invalid(field, format!("it has 1 to {max} characters")));
    }
    if text.chars().any(is_deceptive) {
        return Err(invalid(
            field,
            "it has control characters or ones that turn the direction of writing",
        ));
    }
    Ok(())
}

/// The same in other languages.
fn check_localized(field: &'static str, texts: &Localized, max: usize) -> Result<Localized> {
    localized::check(field, texts, max)
}

/// Parses scope values and checks that each is in the registry.
fn check_scopes(registry: &Registry, value: &str) -> Result<Scopes> {
    let scopes = Scopes::parse(value).map_err(|error| invalid("scope", error.to_string()))?;
    let unknown = scopes.iter().find(|name| !registry.has_scope(name));
    match unknown {
        Some(name) => Err(invalid(
            "scope",
            format!(
                "{name} is not registered; register it first: placet scope add {name} --description \"…\""
            ),
        )),
        None => Ok(scopes),
    }
}

fn parse_alg(field: &'static str, value: &str) -> Result<SigningAlg> {
    value.parse().map_err(|fault: String| invalid(field, fault))
}
