//! What a ceremony with an authenticator needs to know at its end: it travels sealed in the page, for five minutes, and is used once.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use webauthn_rs::prelude::Url;
use webauthn_rs::{Webauthn, WebauthnBuilder};

use crate::app::{App, after};
use crate::crypto;
use crate::model::id::UserId;
use crate::model::secret::TokenHash;
use crate::random;
use crate::storage::UsedOnce;

/// So long a ceremony may take.
const TTL: Duration = Duration::from_mins(5);
/// Answers are a few kilobytes long, with the certificates that some authenticators send.
const MAX_ANSWER: usize = 64 * 1024;

/// What it is for; one is no good for the other.
#[derive(Debug, Clone, Copy)]
pub(super) enum Purpose {
    Register,
    SignIn,
}

impl Purpose {
    const fn context(self) -> &'static [u8] {
        match self {
            Self::Register => b"passkey registration 1",
            Self::SignIn => b"passkey sign-in 1",
        }
    }
}

/// A ceremony under way.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Ceremony<S> {
    id: Uuid,
    /// Whose passkey it must be; `None`: anybody's.
    pub(super) user_id: Option<UserId>,
    expires_at: DateTime<Utc>,
    pub(super) state: S,
}

impl<S: Serialize + DeserializeOwned> Ceremony<S> {
    pub(super) fn new(app: &App, user_id: Option<UserId>, state: S) -> Self {
        Self {
            id: random::uuid(),
            user_id,
            expires_at: after(app.clock.now(), TTL),
            state,
        }
    }

    /// `None` where the state does not serialise, which it does.
    pub(super) fn seal(&self, app: &App, purpose: Purpose) -> Option<String> {
        let plain = serde_json::to_vec(self).ok()?;
        Some(URL_SAFE_NO_PAD.encode(app.crypto.requests.seal(purpose.context(), &plain)))
    }

    /// The ceremony, where it is one for that and not over.
    pub(super) fn open(app: &App, purpose: Purpose, sealed: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let plain = app.crypto.requests.open(purpose.context(), &bytes)?;
        let ceremony: Self = serde_json::from_slice(&plain).ok()?;
        (app.clock.now() < ceremony.expires_at).then_some(ceremony)
    }

    /// Under what it is remembered as used.
    pub(super) fn hash(&self) -> TokenHash {
        crypto::hash_token(&format!("passkey ceremony {}", self.id))
    }

    pub(super) const fn once<'a>(&self, hash: &'a TokenHash) -> UsedOnce<'a> {
        UsedOnce {
            hash,
            expires_at: self.expires_at,
        }
    }
}

/// An authenticator's answer as the browser's script posts it.
pub(super) fn answer<T: DeserializeOwned>(posted: &str) -> Option<T> {
    (posted.len() <= MAX_ANSWER).then(|| serde_json::from_str(posted).ok())?
}

/// The verifier: the relying party is the issuer's host, the origin the issuer's (`WebAuthn` §4, RP ID). `None` where the host is an address
/// of numbers, for which browsers make no passkeys.
pub(super) fn verifier(app: &App) -> Option<Webauthn> {
    let issuer = &app.config.issuer;
    let host = issuer.url().domain()?;
    let origin = Url::parse(&issuer.origin()).ok()?;
    WebauthnBuilder::new(host, &origin)
        .ok()?
        .rp_name(&app.config.name)
        .timeout(TTL)
        .build()
        .ok()
}
