//! Scope values (RFC 6749 §3.3) and what a person is told of them.

use std::collections::BTreeSet;
use std::str::FromStr;

use oauth2_types::scope::ScopeToken;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::localized::Localized;

/// At most this many scope values in one request: more is nobody's wish.
const MAX_SCOPES: usize = 100;

/// A set of scope values, possibly empty; written with single blanks between, in alphabetical order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scopes(BTreeSet<ScopeToken>);

/// A scope string that does not follow RFC 6749 §3.3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ScopeError {
    /// A character outside `%x21 / %x23-5B / %x5D-7E`.
    #[error("scope has a character that RFC 6749 section 3.3 does not allow")]
    Characters,
    /// More than 100 values.
    #[error("scope has more than 100 values")]
    TooMany,
}

impl Scopes {
    /// Parses a `scope` parameter; several blanks in a row count as one, an empty string is the empty set.
    pub fn parse(value: &str) -> Result<Self, ScopeError> {
        let mut set = BTreeSet::new();
        for part in value.split(' ').filter(|part| !part.is_empty()) {
            set.insert(ScopeToken::from_str(part).map_err(|_| ScopeError::Characters)?);
            if set.len() > MAX_SCOPES {
                return Err(ScopeError::TooMany);
            }
        }
        Ok(Self(set))
    }

    /// Whether the set holds `name`.
    pub fn contains(&self, name: &str) -> bool {
        self.0.iter().any(|token| token.as_str() == name)
    }

    /// The names, in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(ScopeToken::as_str)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The values that pass `keep`.
    #[must_use]
    pub fn filter(&self, keep: impl Fn(&str) -> bool) -> Self {
        Self(
            self.0
                .iter()
                .filter(|token| keep(token.as_str()))
                .cloned()
                .collect(),
        )
    }

    /// The values of both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self(self.0.union(&other.0).cloned().collect())
    }

    /// The values that `other` has not.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        Self(self.0.difference(&other.0).cloned().collect())
    }

    /// Whether every value is in `other` too.
    pub fn is_subset(&self, other: &Self) -> bool {
        self.0.is_subset(&other.0)
    }
}

impl std::fmt::Display for Scopes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, name) in self.iter().enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            f.write_str(name)?;
        }
        Ok(())
    }
}

impl Serialize for Scopes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Scopes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = String::deserialize(deserializer)?;
        Self::parse(&value).map_err(serde::de::Error::custom)
    }
}

/// A scope as an administrator registered it: its name, and the words of the consent page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScopeDefinition {
    /// The value that goes over the wire.
    pub name: String,
    /// What the consent page says the app will be able to do, after "It will be able to".
    pub description: String,
    /// Whether a person who allows at all must allow this one too.
    pub is_required: bool,
    /// The same in other languages.
    #[serde(skip_serializing_if = "Localized::is_empty")]
    pub descriptions: Localized,
    /// Raised by every change; 0 where it is as it came with the installation.
    #[serde(skip)]
    pub version: i64,
}

/// `offline_access` (OIDC Core §11): refresh tokens that live on after the person has signed out.
pub const OFFLINE_ACCESS: &str = "offline_access";
/// `openid` (OIDC Core §3.1.2.1): makes the request an OpenID Connect one.
pub const OPENID: &str = "openid";

/// The scopes that every installation has, in the order of the consent page: OIDC Core §5.4 and §11.
pub fn built_in() -> Vec<ScopeDefinition> {
    let scope = |name: &str, description: &str, is_required| ScopeDefinition {
        name: name.to_owned(),
        description: description.to_owned(),
        is_required,
        descriptions: Localized::default(),
        version: 0,
    };
    vec![
        scope(OPENID, "know that you have an account here", true),
        scope("profile", "see your name and profile", true),
        scope("email", "see your e-mail address", false),
        scope("address", "see your postal address", false),
        scope("phone", "see your phone number", false),
        scope(OFFLINE_ACCESS, "stay connected while you are away", false),
    ]
}

/// Lets an app or a service change what is administered.
pub const ADMIN: &str = "placet:admin";
/// Lets it look, and change nothing.
pub const ADMIN_READ: &str = "placet:read";
/// What the names of our own scopes begin with; nobody else's do.
pub const RESERVED_PREFIX: &str = "placet:";

/// The scopes of the admin API, which every installation has.
pub fn administrative() -> Vec<ScopeDefinition> {
    [
        (ADMIN, "change everything that an administrator can"),
        (ADMIN_READ, "see everything that an administrator can"),
    ]
    .map(|(name, description)| ScopeDefinition {
        name: name.to_owned(),
        description: description.to_owned(),
        is_required: false,
        descriptions: Localized::default(),
        version: 0,
    })
    .to_vec()
}

/// Whether `name` is a scope of OpenID Connect: one that speaks of a person.
pub fn is_built_in(name: &str) -> bool {
    matches!(
        name,
        "openid" | "profile" | "email" | "address" | "phone" | "offline_access"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_and_writes_in_one_order() {
        let scopes = Scopes::parse("write  read read").unwrap();
        assert_eq!(scopes.to_string(), "read write");
        assert_eq!(Scopes::parse("").unwrap(), Scopes::default());
        assert_eq!(Scopes::parse("a\"b"), Err(ScopeError::Characters));
        assert_eq!(Scopes::parse("a\u{e9}"), Err(ScopeError::Characters));
        let many: Vec<String> = (0..101).map(|n| format!("s{n}")).collect();
        assert_eq!(Scopes::parse(&many.join(" ")), Err(ScopeError::TooMany));
    }
}
