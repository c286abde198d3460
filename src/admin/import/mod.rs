//! What another server exported, in our words: a conversion from text to values, with a report of all that did not fit.
//!
//! Nothing here reads or writes what is stored. A field is taken, or noted with the mend, or counted as not read: none goes
//! in silence.

mod clients;
mod fields;
mod hydra;
mod keycloak;
mod kratos;
mod people;
pub mod plan;
mod report;

use serde_json::Value;

use super::clients::NewClient;
use super::resources::NewResource;
use super::scopes::NewScope;
use super::users::NewUser;
use super::{Result, invalid};
use crate::model::id::UserId;
use crate::model::secret::{PasswordHash, Secret};
pub use report::{Note, Report, Unread};

/// What wrote the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Ory Hydra's clients, or Ory Kratos's identities.
    Hydra,
    /// A Keycloak realm.
    Keycloak,
}

impl Source {
    /// The name on the command line, and before ids that cannot stay as they are.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hydra => "hydra",
            Self::Keycloak => "keycloak",
        }
    }
}

/// Everything that a file gives.
#[derive(Debug, Default)]
pub struct Imported {
    pub scopes: Vec<NewScope>,
    pub roles: Vec<NewRole>,
    pub resources: Vec<NewResource>,
    pub clients: Vec<ImportedClient>,
    pub users: Vec<ImportedUser>,
    pub report: Report,
}

/// A role that people of the file have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRole {
    pub name: String,
    pub description: String,
}

/// A client of the file.
#[derive(Debug)]
pub struct ImportedClient {
    pub new: NewClient,
    /// The secret that it has had; else one is made where it needs one.
    pub secret: Option<Secret<String>>,
    pub is_disabled: bool,
}

/// A person of the file.
#[derive(Debug)]
pub struct ImportedUser {
    /// The id that they have had, which apps know them by (`sub`).
    pub id: Option<UserId>,
    pub new: NewUser,
    pub password_hash: Option<PasswordHash>,
    pub is_disabled: bool,
}

/// Larger files are nobody's export: at some 2 KiB for each person, this is a quarter of a million people.
pub const MAX_FILE_BYTES: u64 = 512 * 1024 * 1024;

/// Takes a file apart.
pub fn convert(source: Source, text: &str) -> Result<Imported> {
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| invalid("file", format!("it is not JSON: {error}")))?;
    let mut imported = Imported::default();
    match source {
        Source::Hydra => hydra::convert(value, &mut imported)?,
        Source::Keycloak => keycloak::convert(value, &mut imported)?,
    }
    Ok(imported)
}

#[cfg(test)]
mod broken_tests;
#[cfg(test)]
mod tests;
