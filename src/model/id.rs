//! One newtype for each kind of id, so that none is taken for another.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A `client_id` (RFC 6749 §2.2): printable ASCII, at most 128 characters.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClientId(String);

/// Why a string is no `client_id`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClientIdError {
    /// Empty, over 128 characters, or with characters outside `A-Z a-z 0-9 . _ - ~ : / @`.
    #[error("a client_id has 1 to 128 of the characters A-Z a-z 0-9 . _ - ~ : / @")]
    Characters,
    /// Has the form of a user id: `sub` of a client must never equal `sub` of a user (RFC 9700 §4.15).
    #[error("a client_id must not be a UUID, because the ids of people are")]
    LooksLikeUser,
    /// `https://…` ids are reserved for clients that publish their own metadata.
    #[error("a client_id must not start with https:// or http://")]
    LooksLikeUrl,
}

impl ClientId {
    /// Parses an id that someone chose or sent.
    pub fn parse(value: &str) -> Result<Self, ClientIdError> {
        let legal = |c: char| c.is_ascii_alphanumeric() || "._-~:/@".contains(c);
        if value.is_empty() || value.len() > 128 || !value.chars().all(legal) {
            return Err(ClientIdError::Characters);
        }
        if Uuid::try_parse(value).is_ok() {
            return Err(ClientIdError::LooksLikeUser);
        }
        if value.starts_with("https://") || value.starts_with("http://") {
            return Err(ClientIdError::LooksLikeUrl);
        }
        Ok(Self(value.to_owned()))
    }

    /// The id as it goes over the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ClientId {
    type Error = ClientIdError;
    fn try_from(value: String) -> Result<Self, Self::Error> {
        Self::parse(&value)
    }
}

impl From<ClientId> for String {
    fn from(id: ClientId) -> Self {
        id.0
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

uuid_id!(
    /// A person's id; their `sub` in tokens. Never reused, never derived from a name.
    UserId
);
uuid_id!(
    /// A grant's id: the root of everything that was issued on one authorization.
    GrantId
);
uuid_id!(
    /// A signed-in browser's id, which outlives the rotation of its cookie; `sid` in ID tokens.
    SessionId
);
uuid_id!(
    /// An authorization request's id; at most one code is ever issued for it.
    RequestId
);
