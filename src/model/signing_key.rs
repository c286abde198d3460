//! Signing algorithms, and a signing key as it is stored.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A JWS algorithm that this server signs with (RFC 7518 §3.1, RFC 8037).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default,
)]
pub enum SigningAlg {
    ES256,
    #[default]
    RS256,
    PS256,
    EdDSA,
    HS256,
}

impl SigningAlg {
    /// Those with a public half in the key set.
    pub const ASYMMETRIC: [Self; 4] = [Self::RS256, Self::ES256, Self::PS256, Self::EdDSA];

    /// The name in `alg` headers and metadata.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ES256 => "ES256",
            Self::RS256 => "RS256",
            Self::PS256 => "PS256",
            Self::EdDSA => "EdDSA",
            Self::HS256 => "HS256",
        }
    }

    /// Whether `name` means this one. RFC 9864 calls Ed25519 what RFC 8037 calls `EdDSA`; clients send either, we send the older.
    pub fn is_called(self, name: &str) -> bool {
        name == self.as_str() || (self == Self::EdDSA && name == "Ed25519")
    }
}

impl FromStr for SigningAlg {
    type Err = String;
    fn from_str(value: &str) -> Result<Self, Self::Err> {
        [
            Self::ES256,
            Self::RS256,
            Self::PS256,
            Self::EdDSA,
            Self::HS256,
        ]
        .into_iter()
        .find(|alg| alg.as_str() == value)
        .ok_or_else(|| format!("{value} is not one of ES256, RS256, PS256, EdDSA, HS256"))
    }
}

impl std::fmt::Display for SigningAlg {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A signing key as stored: the private half sealed under the secret key.
///
/// Its state follows from the times alone: *next* until `activates_at`, then *current* until a younger key of its
/// algorithm becomes so, then *retired* until `expires_at`, when the last token that it signed is dead.
#[derive(Debug, Clone)]
pub struct StoredKey {
    /// RFC 7638 thumbprint.
    pub kid: String,
    pub alg: SigningAlg,
    /// The public JWK, ready for the key set.
    pub public_jwk: serde_json::Value,
    /// PKCS#8, sealed.
    pub private_sealed: Vec<u8>,
    pub created_at: DateTime<Utc>,
    /// Published before, signs from then on.
    pub activates_at: DateTime<Utc>,
    /// Set when a successor was made: gone from the key set from then on.
    pub expires_at: Option<DateTime<Utc>>,
}
