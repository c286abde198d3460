//! What a file manages: `placet apply` wrote it, and other roads leave it alone unless somebody insists.

use chrono::{DateTime, Utc};
use serde::Serialize;

/// The kinds of things that a file may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Role,
    Scope,
    Resource,
    Client,
    User,
}

impl Kind {
    /// In the order in which one may speak of another.
    pub const ALL: [Self; 5] = [
        Self::Role,
        Self::Scope,
        Self::Resource,
        Self::Client,
        Self::User,
    ];

    /// The name in messages and in storage.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Scope => "scope",
            Self::Resource => "resource",
            Self::Client => "client",
            Self::User => "user",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// One thing that a file manages.
#[derive(Debug, Clone, PartialEq)]
pub struct Managed {
    pub kind: Kind,
    /// Its own name: `client_id`, a scope's or role's name, a resource's URI, a username.
    pub id: String,
    /// The name of the set of files that it stands in.
    pub source: String,
    /// What that said when it was last applied, an object.
    pub definition: serde_json::Value,
    pub applied_at: DateTime<Utc>,
}
