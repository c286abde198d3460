//! The ring of signing keys: which one signs, which ones are published.
//!
//! A key's state follows from its times alone (`model::signing_key`), so every node that has read the same rows agrees,
//! and no job has to move anything.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::crypto::{KeyError, SigningKey, VerifyingKey};
use crate::crypto::Crypto;
use crate::model::signing_key::{SigningAlg, StoredKey};

/// Every key of the installation, parsed.
#[derive(Debug, Default)]
pub struct KeyRing {
    keys: Vec<LoadedKey>,
}

#[derive(Debug, Clone)]
struct LoadedKey {
    key: SigningKey,
    alg: SigningAlg,
    kid: String,
    public_jwk: Value,
    activates_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
}

/// How a key stands at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyState {
    /// Published, does not sign yet.
    Next,
    /// Signs.
    Current,
    /// Signs no more; tokens that it signed are alive.
    Retired,
    /// No longer published.
    Gone,
}

impl KeyState {
    /// The word for people.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Next => "next",
            Self::Current => "current",
            Self::Retired => "retired",
            Self::Gone => "gone",
        }
    }
}

/// A key whose successor is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub alg: SigningAlg,
    pub kid: String,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// Why stored keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RingError {
    #[error(
        "the secret key does not open the signing key {0}: it is not the one that the keys were stored with"
    )]
    WrongSecretKey(String),
    #[error("the signing key {0} cannot be used: {1}")]
    Unusable(String, KeyError),
}

/// A new key, sealed for storage.
pub fn make(
    alg: SigningAlg,
    crypto: &Crypto,
    now: DateTime<Utc>,
    activates_at: DateTime<Utc>,
) -> Result<StoredKey, KeyError> {
    let (key, private) = SigningKey::generate(alg)?;
    let kid = key.kid().unwrap_or_default().to_owned();
    Ok(StoredKey {
        private_sealed: crypto.at_rest.seal(kid.as_bytes(), private.expose()),
        public_jwk: key.public_jwk().cloned().ok_or(KeyError::WrongKind(alg))?,
        kid,
        alg,
        created_at: now,
        activates_at,
        expires_at: None,
    })
}

/// The state of a stored key among `all` at `now`.
pub fn state(key: &StoredKey, all: &[StoredKey], now: DateTime<Utc>) -> KeyState {
    let is_current =
        |candidate: &StoredKey| candidate.alg == key.alg && candidate.activates_at <= now;
    let current = all
        .iter()
        .filter(|candidate| is_current(candidate))
        .max_by_key(|k| (k.activates_at, k.kid.clone()));
    if key.expires_at.is_some_and(|at| at <= now) {
        KeyState::Gone
    } else if key.activates_at > now {
        KeyState::Next
    } else if current.is_some_and(|current| current.kid == key.kid) {
        KeyState::Current
    } else {
        KeyState::Retired
    }
}

impl KeyRing {
    /// Opens and parses stored keys; those of `before` are taken over as they are.
    pub fn load(stored: &[StoredKey], crypto: &Crypto, before: &Self) -> Result<Self, RingError> {
        let known: HashMap<&str, &LoadedKey> = before
            .keys
            .iter()
            .map(|key| (key.kid.as_str(), key))
            .collect();
        let mut keys = Vec::with_capacity(stored.len());
        for row in stored {
            let key = match known.get(row.kid.as_str()) {
                Some(known) => known.key.clone(),
                None => open(row, crypto)?,
            };
            keys.push(LoadedKey {
                key,
                alg: row.alg,
                kid: row.kid.clone(),
                public_jwk: row.public_jwk.clone(),
                activates_at: row.activates_at,
                expires_at: row.expires_at,
            });
        }
        keys.sort_by(|a, b| (a.activates_at, &a.kid).cmp(&(b.activates_at, &b.kid)));
        Ok(Self { keys })
    }

    /// The key of that algorithm that signs at `now`.
    pub fn current(&self, alg: SigningAlg, now: DateTime<Utc>) -> Option<&SigningKey> {
        self.keys
            .iter()
            .rev()
            .find(|key| key.alg == alg && key.activates_at <= now)
            // Before the first key's time, when the clock was set back, the first one signs rather than none.
            .or_else(|| self.keys.iter().find(|key| key.alg == alg))
            .map(|key| &key.key)
    }

    /// The public halves, for tokens of our own that come back.
    pub fn verifying_keys(&self) -> Vec<VerifyingKey> {
        self.keys
            .iter()
            .map(|key| key.key.verifying_key())
            .collect()
    }

    /// The same of those alone that are in the key set at `now`: nothing that is alive was signed by another.
    pub fn published_keys(&self, now: DateTime<Utc>) -> Vec<VerifyingKey> {
        self.keys
            .iter()
            .filter(|key| key.expires_at.is_none_or(|at| now < at))
            .map(|key| key.key.verifying_key())
            .collect()
    }

    /// The key set (RFC 7517 §5) at `now`.
    pub fn jwks(&self, now: DateTime<Utc>) -> Value {
        let live = self
            .keys
            .iter()
            .filter(|key| key.expires_at.is_none_or(|at| now < at));
        json!({ "keys": live.map(|key| &key.public_jwk).collect::<Vec<_>>() })
    }

    /// When the key set next changes by the mere passing of time.
    pub fn next_change(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.keys
            .iter()
            .filter_map(|key| key.expires_at)
            .filter(|at| *at > now)
            .min()
    }

    /// The keys that need a successor now: it is in the key set for `publish_before_use`, and begins to sign when the key has
    /// signed for `rotate_every`.
    pub fn due(
        &self,
        now: DateTime<Utc>,
        rotate_every: TimeDelta,
        publish_before_use: TimeDelta,
    ) -> Vec<Due> {
        self.keys
            .iter()
            // One that ends has a successor.
            .filter(|key| key.expires_at.is_none())
            .map(|key| Due {
                alg: key.alg,
                kid: key.kid.clone(),
                since: key.activates_at + (rotate_every - publish_before_use),
            })
            .filter(|due| due.since <= now)
            .collect()
    }
}

fn open(row: &StoredKey, crypto: &Crypto) -> Result<SigningKey, RingError> {
    let private = crypto
        .at_rest
        .open(row.kid.as_bytes(), &row.private_sealed)
        .ok_or_else(|| RingError::WrongSecretKey(row.kid.clone()))?;
    SigningKey::from_pkcs8(row.alg, row.kid.clone(), &private)
        .map_err(|error| RingError::Unusable(row.kid.clone(), error))
}
