//! A client: who may ask, and what it registered (RFC 7591 §2). The rules of registration stand here, once.

use chrono::{DateTime, Utc};
use oauth2_types::requests::GrantType;
use serde::{Deserialize, Serialize};

mod branding;
mod check;
mod localized;
mod metadata;

pub use branding::ClientBranding;
pub use localized::{LOCALIZED, LocalizedMetadata, localized_field};
pub use metadata::{ApplicationType, AuthMethod, ClientMetadata, IdTokenAlg, SubjectType};

use super::acr::Acr;
use super::id::ClientId;
use super::secret::TokenHash;

/// A registered client, as every node caches it.
#[derive(Debug, Clone)]
pub struct Client {
    /// Its `client_id`.
    pub id: ClientId,
    /// What it registered.
    pub metadata: ClientMetadata,
    /// Belongs to the installation itself: people are not asked for consent.
    pub is_first_party: bool,
    /// What it wants of every sign-in at least, whatever its requests say.
    pub required_acr: Option<Acr>,
    /// People are asked every time, whatever they allowed before.
    pub is_consent_always_asked: bool,
    /// Its colours on the pages that lead to it.
    pub branding: ClientBranding,
    /// Who registered it: decides what the consent page says of it.
    pub registration: Registration,
    /// Set: no grant works.
    pub disabled_at: Option<DateTime<Utc>>,
    /// The hashes of its secrets; several during a change of secret.
    pub secrets: Vec<ClientSecret>,
    /// When it was registered.
    pub created_at: DateTime<Utc>,
    /// Registered itself, and nothing was ever issued to it: it goes then.
    pub sweep_at: Option<DateTime<Utc>>,
    /// Raised by every change.
    pub version: i64,
}

/// One secret of a client, hashed.
#[derive(Debug, Clone)]
pub struct ClientSecret {
    /// SHA-256 of the secret.
    pub hash: TokenHash,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// From then on it is dead; `None`: until removed.
    pub expires_at: Option<DateTime<Utc>>,
    /// The secret itself, sealed under the secret key with the hash as context: for `client_secret_jwt` alone, which needs it.
    pub sealed: Option<Vec<u8>>,
}

/// Who registered a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Registration {
    /// An administrator, who looked at it.
    Administrator,
    /// The client itself (RFC 7591).
    Dynamic,
}

/// What is wrong with one field of client metadata.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {fault}")]
pub struct MetadataError {
    /// The field's name in RFC 7591.
    pub field: &'static str,
    /// The fault and its mend.
    pub fault: String,
}

impl MetadataError {
    /// A fault of `field`.
    pub fn new(field: &'static str, fault: impl Into<String>) -> Self {
        Self {
            field,
            fault: fault.into(),
        }
    }
}

/// The grant types of the token endpoint; discovery lists them.
pub const SUPPORTED_GRANTS: [GrantType; 4] = [
    GrantType::AuthorizationCode,
    GrantType::RefreshToken,
    GrantType::ClientCredentials,
    GrantType::Password,
];

/// The grant types that a client may register. `implicit` has no place at the token endpoint: it is what the response types
/// with tokens in them need (RFC 7591 §2.1), and legacy.
pub const REGISTRABLE_GRANTS: [GrantType; 5] = [
    GrantType::AuthorizationCode,
    GrantType::RefreshToken,
    GrantType::ClientCredentials,
    GrantType::Password,
    GrantType::Implicit,
];

/// The response types that a client may register (OAuth Multiple Response Types §3, §5), each in the one spelling that is
/// kept. All but `code` are legacy.
pub const RESPONSE_TYPES: [&str; 7] = [
    "code",
    "code id_token",
    "code token",
    "code id_token token",
    "id_token",
    "id_token token",
    "token",
];

/// The spelling of a response type that is kept, whatever the order of its words; `None` where there is no such type.
pub fn response_type(value: &str) -> Option<&'static str> {
    let sorted = |text: &str| {
        let mut words: Vec<String> = text.split(' ').map(ToOwned::to_owned).collect();
        words.sort_unstable();
        words
    };
    RESPONSE_TYPES
        .into_iter()
        .find(|known| sorted(known) == sorted(value))
}

impl Client {
    /// Whether any grant may work now.
    pub const fn is_enabled(&self) -> bool {
        self.disabled_at.is_none()
    }

    /// Nobody looked at it: it registered itself, under whatever name it liked.
    pub const fn is_unchecked(&self) -> bool {
        matches!(self.registration, Registration::Dynamic)
    }

    /// Whether one of its secrets is alive at `now`.
    pub fn live_secrets(&self, now: DateTime<Utc>) -> impl Iterator<Item = &ClientSecret> {
        self.secrets
            .iter()
            .filter(move |secret| secret.expires_at.is_none_or(|at| now < at))
    }
}

/// Characters with which a name could pass for another, or break the page: controls, bidirectional overrides, and what nobody sees.
pub fn is_deceptive(c: char) -> bool {
    c.is_control() || is_directing(c) || is_unseen(c)
}

const fn is_directing(c: char) -> bool {
    matches!(
        c,
        '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
    )
}

/// A name of these looks empty, or like the same name without them (Unicode TR #36 §3.5): soft hyphen, joiners, fillers, selectors, tags.
const fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{ffa0}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::is_deceptive;

    // S52
    #[test]
    fn names_that_nobody_sees_are_deceptive() {
        let unseen = "\u{ad}\u{34f}\u{115f}\u{1160}\u{17b4}\u{17b5}\u{180b}\u{180c}\u{180d}\u{180e}\u{180f}\u{2800}\u{3164}\u{ffa0}\u{e0000}\u{e0001}\u{e0041}\u{e0100}\u{e01ef}\u{e0fff}\u{206a}\u{202e}\u{200b}\u{feff}\0\n";
        for c in unseen.chars() {
            assert!(is_deceptive(c), "{c:?}");
        }
        for c in "a é ß-'·あ中ا\u{1f4f1}\u{fe0f}가\u{17b6}\u{1820}".chars() {
            assert!(!is_deceptive(c), "{c:?}");
        }
    }
}
