//! Secrets by reference: a document says where a secret is, never the secret itself.

use std::collections::HashMap;
use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::document::Document;
use crate::model::secret::Secret;

const MIN_CHARACTERS: usize = 32;
const MAX_CHARACTERS: usize = 512;
/// A random text of the least length has more.
const MIN_DIFFERENT: usize = 8;
const HOW: &str = "it is not written into the file; put it elsewhere, and write where: \"file:/run/secrets/NAME\" or \"env:NAME\"";
const MEND: &str = "make one with `openssl rand -base64 48`";

/// Where a secret is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SecretReference {
    /// A file that holds nothing else.
    File(String),
    /// A variable of the environment.
    Env(String),
}

impl SecretReference {
    /// Reads `file:PATH` or `env:NAME`. No fault repeats the text: it may be a secret.
    fn parse(text: &str) -> Result<Self, &'static str> {
        let is_name = |name: &str| {
            name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        };
        match text.split_once(':') {
            Some(("file", path)) if !path.is_empty() => Ok(Self::File(path.to_owned())),
            Some(("env", name)) if is_name(name) => Ok(Self::Env(name.to_owned())),
            Some(("env", _)) => {
                Err("env: is followed by the name of a variable: letters, digits and _")
            }
            _ => Err(HOW),
        }
    }

    /// The placeholder that an export writes for what it does not tell. Names with PLACET_ are those of settings.
    pub(super) fn placeholder(id: &str) -> Self {
        let legal = |c: char| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_uppercase()
            } else {
                '_'
            }
        };
        Self::Env(format!(
            "SECRET_{}",
            id.chars().map(legal).collect::<String>()
        ))
    }
}

impl fmt::Display for SecretReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "file:{path}"),
            Self::Env(name) => write!(f, "env:{name}"),
        }
    }
}

impl Serialize for SecretReference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SecretReference {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // By way of a value of any type: serde's own fault would repeat one of the wrong type.
        match Value::deserialize(deserializer)? {
            Value::String(text) => Self::parse(&text).map_err(D::Error::custom),
            _ => Err(D::Error::custom(HOW)),
        }
    }
}

/// What was found behind a reference.
#[derive(Debug)]
pub(super) enum Found {
    Secret(Secret<String>),
    /// Nothing, and why.
    Missing(String),
    /// What is there cannot be a secret.
    Bad(String),
}

/// What is behind the references of a document.
#[derive(Debug, Default)]
pub struct Secrets(HashMap<SecretReference, Found>);

impl Secrets {
    /// Reads each reference once, by `read`; its error says why there is nothing.
    pub fn read(
        document: &Document,
        read: impl Fn(&SecretReference) -> Result<String, String>,
    ) -> Self {
        let mut found = HashMap::new();
        for reference in document.references() {
            found
                .entry(reference.clone())
                .or_insert_with(|| match read(reference) {
                    Ok(text) => checked(text.trim_end_matches(['\r', '\n'])),
                    Err(why) => Found::Missing(why),
                });
        }
        Self(found)
    }

    pub(super) fn get(&self, reference: &SecretReference) -> &Found {
        static UNREAD: Found = Found::Missing(String::new());
        self.0.get(reference).unwrap_or(&UNREAD)
    }
}

/// Secrets are kept as plain hashes, which is safe only where there is nothing to guess (S171).
fn checked(text: &str) -> Found {
    let count = text.chars().count();
    // RFC 6749 appendix A.2
    let is_legal = text.chars().all(|c| (' '..='~').contains(&c));
    let different: std::collections::HashSet<char> = text.chars().collect();
    if !(MIN_CHARACTERS..=MAX_CHARACTERS).contains(&count) || !is_legal {
        return Found::Bad(format!(
            "it is not {MIN_CHARACTERS} to {MAX_CHARACTERS} characters of printable ASCII; {MEND}"
        ));
    }
    if different.len() < MIN_DIFFERENT {
        return Found::Bad(format!("it is not random; {MEND}"));
    }
    Found::Secret(Secret::new(text.to_owned()))
}
