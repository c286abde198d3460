//! What lets jsonwebtoken sign and verify with keys that are parsed already.
//!
//! Its own provider parses the key at every call, which costs ES256 two fifths of its speed and RS256 more. With ours:
//! 1. A key parses its bytes when it is made and puts the result into a table; its [`Entry`] there has a number.
//! 2. What jsonwebtoken gets as `EncodingKey` or `DecodingKey` is a handle, that number; no private key is copied.
//! 3. Our `CryptoProvider` finds the parsed key by its handle, and leaves any other key to jsonwebtoken's own provider.
//! 4. When the last clone of a key goes, its entry goes too.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, OnceLock, PoisonError, RwLock};

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    EcdsaKeyPair, Ed25519KeyPair, ParsedPublicKey, RsaEncoding, RsaKeyPair,
};
use jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER;
use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier};
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::signature::{Error as SignatureError, Signer, Verifier};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};

use super::crypto::KeyError;
use crate::model::signing_key::SigningAlg;

/// The parsed form of a key.
pub(super) enum Parsed {
    Ecdsa(EcdsaKeyPair),
    Rsa(RsaKeyPair, &'static dyn RsaEncoding),
    Ed(Ed25519KeyPair),
    Hmac(Box<hmac::Key>),
    Public(ParsedPublicKey),
}

type Table = HashMap<u64, (Algorithm, Arc<Parsed>)>;

static TABLE: LazyLock<RwLock<Table>> = LazyLock::new(RwLock::default);
static NEXT: AtomicU64 = AtomicU64::new(1);

/// Marks a handle; the number follows. No DER key begins so, and our HS256 secrets, which do not come this way, are longer.
const MARK: &[u8; 16] = b"placet key entry";

/// A key's place in the table; the parsed key leaves the table when this is dropped.
pub(super) struct Entry {
    id: u64,
    alg: SigningAlg,
}

impl Entry {
    pub(super) fn new(alg: SigningAlg, parsed: Parsed) -> Result<Self, KeyError> {
        install()?;
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        TABLE
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id, (jsonwebtoken_alg(alg), Arc::new(parsed)));
        Ok(Self { id, alg })
    }

    pub(super) fn id(&self) -> u64 {
        self.id
    }

    fn handle(&self) -> Vec<u8> {
        [MARK.as_slice(), &self.id.to_be_bytes()].concat()
    }

    pub(super) fn encoding_key(&self) -> EncodingKey {
        match self.alg {
            SigningAlg::ES256 => EncodingKey::from_ec_der(&self.handle()),
            SigningAlg::RS256 | SigningAlg::PS256 => EncodingKey::from_rsa_der(&self.handle()),
            SigningAlg::EdDSA => EncodingKey::from_ed_der(&self.handle()),
            SigningAlg::HS256 => EncodingKey::from_secret(&self.handle()),
        }
    }

    pub(super) fn decoding_key(&self) -> DecodingKey {
        match self.alg {
            SigningAlg::ES256 => DecodingKey::from_ec_der(&self.handle()),
            SigningAlg::RS256 | SigningAlg::PS256 => DecodingKey::from_rsa_der(&self.handle()),
            SigningAlg::EdDSA => DecodingKey::from_ed_der(&self.handle()),
            SigningAlg::HS256 => DecodingKey::from_secret(&self.handle()),
        }
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        TABLE
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.id);
    }
}

/// Our algorithm in jsonwebtoken's words.
pub(super) fn jsonwebtoken_alg(alg: SigningAlg) -> Algorithm {
    match alg {
        SigningAlg::ES256 => Algorithm::ES256,
        SigningAlg::RS256 => Algorithm::RS256,
        SigningAlg::PS256 => Algorithm::PS256,
        SigningAlg::EdDSA => Algorithm::EdDSA,
        SigningAlg::HS256 => Algorithm::HS256,
    }
}

static PROVIDER: LazyLock<CryptoProvider> = LazyLock::new(|| CryptoProvider {
    signer_factory: |alg, key| match find(key.as_bytes()) {
        Some(found) => Ok(Box::new(InUse::new(*alg, found)?)),
        None => (DEFAULT_PROVIDER.signer_factory)(alg, key),
    },
    verifier_factory: |alg, key| match key.try_get_as_bytes().ok().and_then(find) {
        Some(found) => Ok(Box::new(InUse::new(*alg, found)?)),
        None => (DEFAULT_PROVIDER.verifier_factory)(alg, key),
    },
    key_utils: DEFAULT_PROVIDER.key_utils.clone(),
});

/// Makes ours the process's provider. The first key that is made does it, so that no caller can forget.
fn install() -> Result<(), KeyError> {
    static IS_OURS: OnceLock<bool> = OnceLock::new();
    let is_ours = IS_OURS.get_or_init(|| LazyLock::force(&PROVIDER).install_default().is_ok());
    is_ours.then_some(()).ok_or(KeyError::OtherProvider)
}

fn find(handle: &[u8]) -> Option<(Algorithm, Arc<Parsed>)> {
    let id = handle.strip_prefix(MARK)?.try_into().ok()?;
    TABLE
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .get(&u64::from_be_bytes(id))
        .cloned()
}

/// A parsed key during one call.
struct InUse(Algorithm, Arc<Parsed>);

impl InUse {
    /// Each key has one algorithm (S107): an RS256 key does not sign or verify under a header that says PS256.
    fn new(asked: Algorithm, (alg, parsed): (Algorithm, Arc<Parsed>)) -> Result<Self, Error> {
        if asked == alg {
            Ok(Self(alg, parsed))
        } else {
            Err(ErrorKind::InvalidAlgorithm.into())
        }
    }
}

impl Signer<Vec<u8>> for InUse {
    fn try_sign(&self, message: &[u8]) -> Result<Vec<u8>, SignatureError> {
        let random = SystemRandom::new();
        match &*self.1 {
            Parsed::Ecdsa(pair) => pair
                .sign(&random, message)
                .map(|signature| signature.as_ref().to_vec()),
            Parsed::Ed(pair) => pair
                .try_sign(message)
                .map(|signature| signature.as_ref().to_vec()),
            Parsed::Rsa(pair, encoding) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(*encoding, &random, message, &mut signature)
                    .map(|()| signature)
            }
            Parsed::Hmac(key) => Ok(hmac::sign(key, message).as_ref().to_vec()),
            Parsed::Public(_) => return Err(SignatureError::new()),
        }
        .map_err(|_| SignatureError::new())
    }
}

impl Verifier<Vec<u8>> for InUse {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), SignatureError> {
        match &*self.1 {
            Parsed::Public(key) => key.verify_sig(message, signature),
            Parsed::Hmac(key) => hmac::verify(key, message, signature),
            Parsed::Ecdsa(_) | Parsed::Rsa(..) | Parsed::Ed(_) => return Err(SignatureError::new()),
        }
        .map_err(|_| SignatureError::new())
    }
}

impl JwtSigner for InUse {
    fn algorithm(&self) -> Algorithm {
        self.0
    }
}

impl JwtVerifier for InUse {
    fn algorithm(&self) -> Algorithm {
        self.0
    }
}
