//! Invitations: links with which somebody whom an administrator named makes an account.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::mailed_link::MailedLink;

/// What an account that is made by an invitation gets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Terms {
    /// Proposed; the person may choose another.
    pub username: Option<String>,
    /// Proposed too.
    pub name: Option<String>,
    pub roles: Vec<String>,
    /// The language of its mail (BCP 47); `None`: the installation's.
    pub locale: Option<String>,
    /// The link went to the address: whoever has it can read mail there.
    pub is_mailed: bool,
}

impl Terms {
    /// As a link keeps them.
    pub fn to_detail(&self) -> Map<String, Value> {
        match serde_json::to_value(self) {
            Ok(Value::Object(detail)) => detail,
            _ => Map::new(),
        }
    }

    /// What a link keeps.
    pub fn of(link: &MailedLink) -> Self {
        let detail = Value::Object(link.detail.clone());
        serde_json::from_value(detail).unwrap_or_default()
    }
}

/// An invitation that nobody has accepted yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    pub id: Uuid,
    pub email: String,
    pub terms: Terms,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

impl From<&MailedLink> for Invitation {
    fn from(link: &MailedLink) -> Self {
        Self {
            id: link.id,
            email: link.email.clone().unwrap_or_default(),
            terms: Terms::of(link),
            created_at: link.created_at,
            expires_at: link.expires_at,
        }
    }
}
