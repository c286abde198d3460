//! What is derived from the secret key: sealing, message authentication; and the hash of random tokens.
//!
//! One key per purpose, derived by HKDF-SHA256 (RFC 5869), so that a value made for one is nothing to another.

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::cipher::{
    AES_256, DecryptingKey, DecryptionContext, EncryptingKey, UnboundCipherKey,
};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
use aws_lc_rs::{digest, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use subtle::ConstantTimeEq as _;

use crate::model::client::{AuthMethod, ClientMetadata, ClientSecret};
use crate::model::secret::{Secret, TokenHash};
use crate::random;

mod chain;

pub use chain::{ChainKey, End};

/// SHA-256 of a random token: what is stored of it.
pub fn hash_token(token: &str) -> TokenHash {
    TokenHash::from_bytes(sha256(token.as_bytes()))
}

/// SHA-256.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut out = [0; 32];
    out.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    out
}

/// SHA-512.
pub fn sha512(bytes: &[u8]) -> [u8; 64] {
    let mut out = [0; 64];
    out.copy_from_slice(digest::digest(&digest::SHA512, bytes).as_ref());
    out
}

/// Whether two byte strings are equal, in a time that does not tell where they differ.
pub fn equal(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}

/// Encrypts and authenticates (AES-256-GCM-SIV, RFC 8452: a nonce met twice betrays nothing but equality).
#[derive(Debug)]
pub struct Sealer(LessSafeKey);

impl Sealer {
    /// The nonce, then the sealed bytes. `context` must be the same when opening.
    pub fn seal(&self, context: &[u8], plain: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE_LEN] = random::bytes();
        let mut out = plain.to_vec();
        let sealed = self.0.seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(context),
            &mut out,
        );
        if sealed.is_err() {
            // Only inputs of many gigabytes fail.
            tracing::error!("sealing failed; stopping");
            std::process::abort();
        }
        [nonce.as_slice(), &out].concat()
    }

    /// What was sealed under this key and context; `None` for anything else.
    pub fn open(&self, context: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, body) = sealed.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut body = body.to_vec();
        let plain = self
            .0
            .open_in_place(nonce, Aad::from(context), &mut body)
            .ok()?;
        Some(plain.to_vec())
    }
}

/// Authenticates short values (HMAC-SHA256).
#[derive(Debug)]
pub struct Authenticator(hmac::Key);

impl Authenticator {
    /// The code of the parts, each framed by its length so that no two lists of parts share one.
    pub fn sign(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.0);
        for part in parts {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part);
        }
        let mut out = [0; 32];
        out.copy_from_slice(context.sign().as_ref());
        out
    }

    /// [`Authenticator::sign`] in base64url.
    pub fn sign_text(&self, parts: &[&[u8]]) -> String {
        URL_SAFE_NO_PAD.encode(self.sign(parts))
    }
}

/// Every key that the secret key gives.
#[derive(Debug)]
pub struct Crypto {
    /// Seals private signing keys and shared secrets at rest.
    pub at_rest: Sealer,
    /// Seals authorization requests while they travel in the browser.
    pub requests: Sealer,
    /// Binds forms to browsers and sessions.
    pub csrf: Authenticator,
    /// Makes refresh tokens out of their grant and generation.
    pub refresh_tokens: Authenticator,
    /// Recognises browsers that an account has signed in from.
    pub known_browsers: Authenticator,
    /// Hides grant ids in token ids (`jti`): a grant id is half of a refresh token.
    pub token_ids: Sealer,
    /// Seals the claims of opaque access tokens into the tokens themselves.
    pub access_tokens: Sealer,
    /// Makes the set-up link, the same on every node.
    pub setup: Authenticator,
    /// Proves that the secret key is the one the database was made with.
    pub check: [u8; 32],
}

/// Turns a person's id into another for each sector, and back (OIDC Core §8.1): one AES block under a key of the sector's, so
/// that two ids never meet and nothing has to be stored.
#[derive(Debug)]
pub struct SubjectCipher(hmac::Key);

impl SubjectCipher {
    /// With the installation's key; `None` unless it has 32 bytes.
    pub fn new(key: &[u8]) -> Option<Self> {
        (key.len() == 32).then(|| Self(hmac::Key::new(hmac::HMAC_SHA256, key)))
    }

    fn key(&self, sector: &str) -> Option<UnboundCipherKey> {
        let derived = hmac::sign(&self.0, sector.as_bytes());
        UnboundCipherKey::new(&AES_256, derived.as_ref()).ok()
    }

    /// The id under which a sector knows the person.
    pub fn hide(&self, sector: &str, id: [u8; 16]) -> Option<[u8; 16]> {
        let mut block = id;
        EncryptingKey::ecb(self.key(sector)?)
            .ok()?
            .encrypt(&mut block)
            .ok()?;
        Some(block)
    }

    /// The person's id behind one that the sector knows.
    pub fn reveal(&self, sector: &str, hidden: [u8; 16]) -> Option<[u8; 16]> {
        let mut block = hidden;
        DecryptingKey::ecb(self.key(sector)?)
            .ok()?
            .decrypt(&mut block, DecryptionContext::None)
            .ok()?;
        Some(block)
    }
}

struct Bytes32;

impl KeyType for Bytes32 {
    fn len(&self) -> usize {
        32
    }
}

impl Crypto {
    /// What is stored of a client's new secret. The secret itself is kept, sealed, only where an HMAC of it has to be checked.
    pub fn client_secret(
        &self,
        metadata: &ClientMetadata,
        secret: &Secret<String>,
        now: DateTime<Utc>,
    ) -> ClientSecret {
        let hash = hash_token(secret.expose());
        let is_needed = metadata.token_endpoint_auth_method == AuthMethod::ClientSecretJwt;
        let sealed = || {
            self.at_rest
                .seal(hash.as_bytes(), secret.expose().as_bytes())
        };
        ClientSecret {
            hash,
            created_at: now,
            expires_at: None,
            sealed: is_needed.then(sealed),
        }
    }

    /// Derives the keys; `installation` is the installation's id.
    ///
    /// # Errors
    /// When the library refuses, which it does not for keys of 32 bytes.
    pub fn derive(
        secret_key: &Secret<[u8; 32]>,
        installation: &[u8],
    ) -> Result<Self, aws_lc_rs::error::Unspecified> {
        let extracted = Salt::new(HKDF_SHA256, installation).extract(secret_key.expose());
        let derive = |purpose: &str| -> Result<[u8; 32], aws_lc_rs::error::Unspecified> {
            let mut out = [0; 32];
            extracted
                .expand(&[b"placet/1/", purpose.as_bytes()], Bytes32)?
                .fill(&mut out)?;
            Ok(out)
        };
        let sealer = |purpose: &str| {
            UnboundKey::new(&AES_256_GCM_SIV, &derive(purpose)?)
                .map(|key| Sealer(LessSafeKey::new(key)))
        };
        let authenticator = |purpose: &str| {
            derive(purpose).map(|key| Authenticator(hmac::Key::new(hmac::HMAC_SHA256, &key)))
        };
        Ok(Self {
            at_rest: sealer("at-rest")?,
            requests: sealer("requests")?,
            csrf: authenticator("csrf")?,
            refresh_tokens: authenticator("refresh-tokens")?,
            known_browsers: authenticator("known-browsers")?,
            token_ids: sealer("token-ids")?,
            access_tokens: sealer("access-tokens")?,
            setup: authenticator("setup")?,
            check: derive("check")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crypto(key: u8) -> Crypto {
        Crypto::derive(&Secret::new([key; 32]), b"installation").unwrap()
    }

    #[test]
    fn what_is_sealed_opens_only_with_its_key_and_context() {
        let sealed = crypto(1).at_rest.seal(b"context", b"plain");
        assert_eq!(
            crypto(1).at_rest.open(b"context", &sealed).as_deref(),
            Some(b"plain".as_slice())
        );
        assert_eq!(crypto(1).at_rest.open(b"other", &sealed), None);
        assert_eq!(crypto(1).requests.open(b"context", &sealed), None);
        assert_eq!(crypto(2).at_rest.open(b"context", &sealed), None);
        for index in 0..sealed.len() {
            let mut bent = sealed.clone();
            bent[index] ^= 1;
            assert_eq!(crypto(1).at_rest.open(b"context", &bent), None);
        }
        assert_eq!(crypto(1).at_rest.open(b"context", b"short"), None);
    }

    #[test]
    fn each_sector_knows_a_person_by_another_id() {
        let cipher = SubjectCipher::new(&[7; 32]).unwrap();
        let hidden = cipher.hide("a.example", [1; 16]).unwrap();
        assert_ne!(hidden, [1; 16]);
        assert_eq!(cipher.hide("a.example", [1; 16]), Some(hidden));
        assert_ne!(cipher.hide("b.example", [1; 16]), Some(hidden));
        assert_eq!(cipher.reveal("a.example", hidden), Some([1; 16]));
        assert!(SubjectCipher::new(&[7; 31]).is_none());
    }

    #[test]
    fn parts_are_framed() {
        let csrf = crypto(1).csrf;
        assert_ne!(csrf.sign(&[b"ab", b"c"]), csrf.sign(&[b"a", b"bc"]));
    }
}
