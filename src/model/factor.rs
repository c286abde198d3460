//! What proves who somebody is beside the password: passkeys, an authenticator app, recovery codes.

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::id::UserId;

/// A passkey: a public key of one person's, whose private half stays with an authenticator (`WebAuthn` §4, public key credential source).
#[derive(Debug, Clone, PartialEq)]
pub struct StoredPasskey {
    pub id: Uuid,
    pub user_id: UserId,
    /// What the authenticator calls it.
    pub credential_id: Vec<u8>,
    /// What its owner calls it.
    pub name: String,
    /// What the verifier keeps of it: public key, counter, backup state.
    pub credential: Value,
    pub created_at: DateTime<Utc>,
    pub last_used_at: Option<DateTime<Utc>>,
}

/// An authenticator app's shared secret (RFC 6238).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTotp {
    pub user_id: UserId,
    /// Sealed with the person's id as context.
    pub secret_sealed: Vec<u8>,
    /// The newest time step of which a code was taken.
    pub last_step: i64,
    pub created_at: DateTime<Utc>,
}

/// At most so many passkeys of one person.
pub const MAX_PASSKEYS: usize = 20;

/// The longest name of a passkey, in characters.
pub const MAX_PASSKEY_NAME: usize = 60;

/// The name of a passkey as it is kept: without blanks at its ends; `None` where it is empty, too long or deceptive.
pub fn passkey_name(typed: &str) -> Option<String> {
    let name = typed.trim();
    let is_good = !name.is_empty()
        && name.chars().count() <= MAX_PASSKEY_NAME
        && !name.chars().any(super::client::is_deceptive);
    is_good.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::passkey_name;

    #[test]
    fn a_name_is_short_and_plain() {
        assert_eq!(
            passkey_name("  My phone \u{1f4f1} ").as_deref(),
            Some("My phone \u{1f4f1}")
        );
        for bad in ["", "   ", "a\nb", "a\0", "\u{202e}enohp", &"x".repeat(61)] {
            assert_eq!(passkey_name(bad), None, "{bad:?}");
        }
        assert!(passkey_name(&"\u{e4}".repeat(60)).is_some());
    }
}
