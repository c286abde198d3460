//! An authorization request that passed every check (RFC 6749 §4.1.1, OIDC Core §3.1.2.1).
//!
//! It travels sealed in the browser while the person signs in and consents, so no row is written for someone who has
//! not signed in. It keeps the redirect URI as a plain string: whoever opens it has to verify the string again.

use chrono::{DateTime, Utc};
use oauth2_types::requests::{Prompt, ResponseMode};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::acr::Acr;
use super::claims_request::ClaimsRequest;
use super::client;
use super::id::{ClientId, RequestId, SessionId, UserId};
use super::resource::Resources;
use super::scope::Scopes;

/// A checked authorization request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizationRequest {
    /// At most one code is issued for it.
    #[serde(rename = "i")]
    pub id: RequestId,
    #[serde(rename = "c")]
    pub client_id: ClientId,
    /// As sent, or the only one registered.
    #[serde(rename = "r")]
    pub redirect_uri: String,
    /// Whether it was sent: then the token request of a client without PKCE must repeat it (RFC 6749 §4.1.3).
    #[serde(rename = "rs")]
    pub is_redirect_uri_sent: bool,
    #[serde(rename = "y", default)]
    pub response_type: ResponseType,
    #[serde(rename = "m")]
    pub response_mode: ResponseMode,
    #[serde(rename = "s")]
    pub scope: Scopes,
    /// RFC 8707: consented together, one for each token.
    #[serde(rename = "a", default, skip_serializing_if = "Resources::is_empty")]
    pub resources: Resources,
    /// Claims asked for one by one (OIDC Core §5.5).
    #[serde(rename = "q", default, skip_serializing_if = "Option::is_none")]
    pub claims: Option<ClaimsRequest>,
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// RFC 7636 §4.2, always by S256.
    #[serde(rename = "k", default, skip_serializing_if = "Option::is_none")]
    pub code_challenge: Option<String>,
    #[serde(rename = "p", default, skip_serializing_if = "Vec::is_empty")]
    pub prompt: Vec<Prompt>,
    /// Seconds since the last authentication that are still fresh enough.
    #[serde(rename = "x", default, skip_serializing_if = "Option::is_none")]
    pub max_age: Option<u32>,
    /// `auth_time` is asked for as essential (OIDC Core §5.5.1).
    #[serde(rename = "z", default, skip_serializing_if = "std::ops::Not::not")]
    pub is_time_essential: bool,
    /// The least authentication context that will do (`acr_values`, `acr` in `claims`).
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub acr: Option<Acr>,
    /// Those that were named, the one wanted most first: one that is met is what tokens say.
    #[serde(rename = "v", default, skip_serializing_if = "Vec::is_empty")]
    pub acr_wanted: Vec<Acr>,
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    pub login_hint: Option<String>,
    /// The languages that the client asks for (`ui_locales`), the one it wants most first.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub ui_locales: Option<String>,
    /// Whom `id_token_hint` names.
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Hint>,
    /// When it arrived.
    #[serde(rename = "w")]
    pub received_at: DateTime<Utc>,
    /// The sign-in that was made for this request: it alone satisfies `prompt=login` and `max_age`.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub fresh: Option<FreshSignIn>,
    /// The session that the person chose for this request (`prompt=select_account`).
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    pub chosen: Option<SessionId>,
}

/// What the answer brings (OAuth Multiple Response Types §3, §5). All but the code travels in the front channel: legacy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResponseType(&'static str);

impl ResponseType {
    /// `code`: the one that is not legacy.
    pub const CODE: Self = Self("code");

    /// The type of that name, whatever the order of its words.
    pub fn parse(value: &str) -> Option<Self> {
        client::response_type(value).map(Self)
    }

    /// The name, in the spelling that clients register.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// Whether a code comes.
    pub fn has_code(self) -> bool {
        self.has("code")
    }

    /// Whether an access token comes.
    pub fn has_token(self) -> bool {
        self.has("token")
    }

    /// Whether an ID token comes.
    pub fn has_id_token(self) -> bool {
        self.has("id_token")
    }

    fn has(self, wanted: &str) -> bool {
        self.0.split(' ').any(|word| word == wanted)
    }
}

impl Default for ResponseType {
    fn default() -> Self {
        Self::CODE
    }
}

impl Serialize for ResponseType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for ResponseType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = String::deserialize(deserializer)?;
        Self::parse(&value).ok_or_else(|| serde::de::Error::custom("no such response type"))
    }
}

/// A sign-in, by session and instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreshSignIn {
    #[serde(rename = "s")]
    pub session_id: SessionId,
    #[serde(rename = "t")]
    pub authenticated_at: DateTime<Utc>,
}

/// Whom an `id_token_hint` (OIDC Core §3.1.2.1), or a `sub` asked for by value (§5.5.1), names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hint {
    /// An ID token of ours, for this client and this person.
    #[serde(rename = "b")]
    Believed(UserId),
    /// Anything else: it names nobody.
    #[serde(rename = "n")]
    NotBelieved,
    /// A `sub` was asked for that is nobody's: no answer is the right one.
    #[serde(rename = "x")]
    Nobody,
}

impl AuthorizationRequest {
    /// Whether `prompt` has the value.
    pub fn has_prompt(&self, prompt: &Prompt) -> bool {
        self.prompt.contains(prompt)
    }

    /// The scopes that the person has to allow: those asked for, and those whose claims are asked for one by one.
    pub fn asked(&self) -> Scopes {
        match &self.claims {
            Some(claims) => self.scope.union(&claims.scopes()),
            None => self.scope.clone(),
        }
    }
}
