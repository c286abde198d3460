//! Signing and verifying keys (RFC 7517, RFC 7518), each for one algorithm, parsed once when it is made; `provider` hands them to jsonwebtoken.

use std::sync::Arc;

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    self as aws, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RsaKeyPair, RsaPublicKeyComponents,
};
use aws_lc_rs::{hmac, rsa};
use jsonwebtoken::{DecodingKey, EncodingKey};
use serde_json::Value;

use super::jwk;
use super::provider::{Entry, Parsed};
use crate::model::secret::Secret;
use crate::model::signing_key::SigningAlg;

/// RFC 7518 §3.2: at least as long as the hash.
const MIN_HMAC_SECRET_BYTES: usize = 32;

/// Why a key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The bytes are no key of this algorithm (or RSA below 2048 bits, or another exponent than 65537).
    #[error("not a usable key for {0}")]
    Rejected(SigningAlg),
    /// The algorithm has no keys of this form.
    #[error("{0} has no keys of this form")]
    WrongKind(SigningAlg),
    /// An HS256 secret below 32 bytes (RFC 7518 §3.2).
    #[error("an HS256 secret must have at least 32 bytes")]
    ShortSecret,
    /// A JWK without a member that its kind must have, or of a kind that we do not verify with.
    #[error("not a usable JWK")]
    Jwk,
    /// The operating system gave no random numbers.
    #[error("no key could be generated")]
    Generation,
    /// Other code in this process installed its own jsonwebtoken provider first.
    #[error("another jsonwebtoken provider is installed")]
    OtherProvider,
}

/// A private key (or an HS256 secret) that signs for one algorithm, parsed. Clones share it.
#[derive(Clone)]
pub struct SigningKey(Arc<Signing>);

struct Signing {
    alg: SigningAlg,
    kid: Option<String>,
    public_jwk: Option<Value>,
    handle: EncodingKey,
    verifying: VerifyingKey,
    entry: Entry,
}

/// A public key (or an HS256 secret) that verifies for one algorithm, parsed. Clones share it.
#[derive(Clone)]
pub struct VerifyingKey(Arc<Verifying>);

struct Verifying {
    alg: SigningAlg,
    kid: Option<String>,
    handle: DecodingKey,
    entry: Entry,
}

impl SigningKey {
    /// A new key with the RFC 7638 thumbprint as its `kid`, and its PKCS#8 form to be sealed and stored. RSA has 2048 bits.
    /// Not for HS256: there the secret belongs to the resource, see [`SigningKey::from_hmac_secret`].
    pub fn generate(alg: SigningAlg) -> Result<(Self, Secret<Vec<u8>>), KeyError> {
        let failed = |_| KeyError::Generation;
        let random = SystemRandom::new();
        let pkcs8 = match alg {
            SigningAlg::ES256 => {
                EcdsaKeyPair::generate_pkcs8(&aws::ECDSA_P256_SHA256_FIXED_SIGNING, &random)
                    .map_err(failed)?
                    .as_ref()
                    .to_vec()
            }
            SigningAlg::EdDSA => Ed25519KeyPair::generate_pkcs8(&random)
                .map_err(failed)?
                .as_ref()
                .to_vec(),
            SigningAlg::RS256 | SigningAlg::PS256 => RsaKeyPair::generate(rsa::KeySize::Rsa2048)
                .and_then(|pair| pair.as_der())
                .map_err(failed)?
                .as_ref()
                .to_vec(),
            SigningAlg::HS256 => return Err(KeyError::WrongKind(alg)),
        };
        let key = Self::read(alg, None, &pkcs8)?;
        Ok((key, Secret::new(pkcs8)))
    }

    /// A stored key, under the `kid` that it was published with.
    pub fn from_pkcs8(alg: SigningAlg, kid: String, pkcs8: &[u8]) -> Result<Self, KeyError> {
        Self::read(alg, Some(kid), pkcs8)
    }

    fn read(alg: SigningAlg, kid: Option<String>, pkcs8: &[u8]) -> Result<Self, KeyError> {
        let rejected = |_| KeyError::Rejected(alg);
        let (parsed, public) = match alg {
            SigningAlg::ES256 => {
                let pair = EcdsaKeyPair::from_pkcs8(&aws::ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8)
                    .map_err(rejected)?;
                let public = jwk::Public::ec(pair.public_key().as_ref());
                (Parsed::Ecdsa(pair), public)
            }
            SigningAlg::EdDSA => {
                let pair = Ed25519KeyPair::from_pkcs8(pkcs8).map_err(rejected)?;
                let public = jwk::Public::ed(pair.public_key().as_ref());
                (Parsed::Ed(pair), Some(public))
            }
            SigningAlg::RS256 | SigningAlg::PS256 => {
                let pair = RsaKeyPair::from_pkcs8(pkcs8).map_err(rejected)?;
                let public = jwk::Public::rsa(RsaPublicKeyComponents::from(pair.public_key()));
                (Parsed::Rsa(pair, rsa_encoding(alg)), public)
            }
            SigningAlg::HS256 => return Err(KeyError::WrongKind(alg)),
        };
        let public = public.ok_or(KeyError::Rejected(alg))?;
        let kid = kid.unwrap_or_else(|| public.thumbprint());
        let verifying = VerifyingKey::from_public(alg, Some(kid.clone()), &public)?;
        let public_jwk = Some(public.to_jwk(alg, &kid));
        Self::new(parsed, verifying, public_jwk)
    }

    /// The secret that a resource shares with us, for HS256; at least 32 bytes. `kid` is normally `None`.
    pub fn from_hmac_secret(kid: Option<&str>, secret: &[u8]) -> Result<Self, KeyError> {
        let verifying = VerifyingKey::from_hmac_secret(kid, secret)?;
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
        Self::new(Parsed::Hmac(Box::new(key)), verifying, None)
    }

    fn new(
        parsed: Parsed,
        verifying: VerifyingKey,
        public_jwk: Option<Value>,
    ) -> Result<Self, KeyError> {
        let alg = verifying.alg();
        let entry = Entry::new(alg, parsed)?;
        let handle = entry.encoding_key();
        Ok(Self(Arc::new(Signing {
            alg,
            kid: verifying.0.kid.clone(),
            public_jwk,
            handle,
            verifying,
            entry,
        })))
    }

    /// The one algorithm that this key signs with (S107).
    pub fn alg(&self) -> SigningAlg {
        self.0.alg
    }

    /// What the `kid` header says; `None` only for HS256.
    pub fn kid(&self) -> Option<&str> {
        self.0.kid.as_deref()
    }

    /// The public half with `use`, `alg` and `kid` (RFC 7517 §4); `None` for HS256, which has none (S131).
    pub fn public_jwk(&self) -> Option<&Value> {
        self.0.public_jwk.as_ref()
    }

    /// What verifies this key's signatures.
    pub fn verifying_key(&self) -> VerifyingKey {
        self.0.verifying.clone()
    }

    /// For [`jsonwebtoken::encode`]. Good for as long as this key or a clone lives.
    pub(super) fn encoding_key(&self) -> &EncodingKey {
        &self.0.handle
    }
}

impl VerifyingKey {
    /// A public key from a key set (RFC 7517), pinned to one algorithm: the JWK's `alg` must be absent or the same (RFC 8725 §3.1).
    pub fn from_jwk(alg: SigningAlg, key: &Value) -> Result<Self, KeyError> {
        let public = jwk::Public::from_jwk(alg, key).ok_or(KeyError::Jwk)?;
        let kid = key.get("kid").and_then(Value::as_str).map(str::to_owned);
        Self::from_public(alg, kid, &public)
    }

    /// The shared secret of an HS256 resource; at least 32 bytes.
    pub fn from_hmac_secret(kid: Option<&str>, secret: &[u8]) -> Result<Self, KeyError> {
        if secret.len() < MIN_HMAC_SECRET_BYTES {
            return Err(KeyError::ShortSecret);
        }
        let parsed = Parsed::Hmac(Box::new(hmac::Key::new(hmac::HMAC_SHA256, secret)));
        Self::new(SigningAlg::HS256, kid.map(str::to_owned), parsed)
    }

    fn from_public(
        alg: SigningAlg,
        kid: Option<String>,
        public: &jwk::Public,
    ) -> Result<Self, KeyError> {
        let parsed = public.parse(alg).ok_or(KeyError::Rejected(alg))?;
        Self::new(alg, kid, Parsed::Public(parsed))
    }

    fn new(alg: SigningAlg, kid: Option<String>, parsed: Parsed) -> Result<Self, KeyError> {
        let entry = Entry::new(alg, parsed)?;
        let handle = entry.decoding_key();
        Ok(Self(Arc::new(Verifying {
            alg,
            kid,
            handle,
            entry,
        })))
    }

    /// The one algorithm that this key verifies.
    pub fn alg(&self) -> SigningAlg {
        self.0.alg
    }

    /// The key's id, if it has one.
    pub fn kid(&self) -> Option<&str> {
        self.0.kid.as_deref()
    }

    pub(super) fn decoding_key(&self) -> &DecodingKey {
        &self.0.handle
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "SigningKey({} #{}: {:?})",
            self.alg(),
            self.0.entry.id(),
            self.kid()
        )
    }
}

impl std::fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "VerifyingKey({} #{}: {:?})",
            self.alg(),
            self.0.entry.id(),
            self.kid()
        )
    }
}

fn rsa_encoding(alg: SigningAlg) -> &'static dyn aws::RsaEncoding {
    if alg == SigningAlg::PS256 {
        &aws::RSA_PSS_SHA256
    } else {
        &aws::RSA_PKCS1_SHA256
    }
}

#[cfg(test)]
#[path = "crypto_tests.rs"]
mod tests;
