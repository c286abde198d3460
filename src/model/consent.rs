//! An approval remembered: what a person allowed an app, and what they left out.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::id::{ClientId, UserId};
use super::resource::{self, Resources};
use super::scope::Scopes;

/// What one person decided for one client, about what was asked for together: what is allowed at one API says
/// nothing of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    pub user_id: UserId,
    pub client_id: ClientId,
    /// RFC 8707; none where none was named.
    pub resources: Resources,
    /// Allowed.
    pub granted: Scopes,
    /// Shown and left out: not asked again until the client says `prompt=consent`, or asks for something new beside it.
    pub declined: Scopes,
    pub granted_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// The person is asked anew then, and what came of it has ended; `None`: until they take it back.
    pub expires_at: Option<DateTime<Utc>>,
}

/// For how long a person allows something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lasting {
    /// Until they take it back.
    #[default]
    Always,
    /// [`LIMITED`] days, however often it is used.
    Limited,
    /// This time: nothing is remembered, and what comes of it ends with the session.
    Once,
}

/// The days of [`Lasting::Limited`].
pub const LIMITED: i64 = 30;

impl Lasting {
    /// The name in the form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Limited => "limited",
            Self::Once => "once",
        }
    }

    /// The choice of that name.
    pub fn parse(value: &str) -> Option<Self> {
        [Self::Always, Self::Limited, Self::Once]
            .into_iter()
            .find(|choice| choice.as_str() == value)
    }
}

/// An approval as administrators see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConsentView {
    pub user_id: UserId,
    pub username: String,
    pub client_id: ClientId,
    /// As the consent page calls it.
    pub client_name: String,
    #[serde(serialize_with = "resource::as_list")]
    pub resources: Resources,
    pub granted: Scopes,
    pub declined: Scopes,
    pub granted_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// The person is asked anew then; null: until they take it back.
    pub expires_at: Option<DateTime<Utc>>,
}
