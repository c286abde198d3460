//! What is opened at the start, and why it may fail.

use std::path::{Path, PathBuf};

use crate::config::{Config, parse_secret_key};
use crate::crypto::{ChainKey, Crypto, SubjectCipher, equal};
use crate::fetch;
use crate::keys::crypto::KeyError;
use crate::keys::ring::RingError;
use crate::keys::secret_file::SecretFile;
use crate::mail;
use crate::model::secret::Secret;
use crate::random;
use crate::storage::{self, Installation, OpenError, Store};

/// The context under which the key of pairwise subjects is sealed.
const PAIRWISE_KEY: &[u8] = b"pairwise key";
/// The context under which the key of the audit log's chain is sealed.
const CHAIN_KEY: &[u8] = b"audit chain";

/// Why the server cannot start: one line with the mend.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("{0}")]
    Open(#[from] OpenError),
    #[error("{0}")]
    Storage(#[from] storage::Error),
    #[error(
        "secret_key: on Postgres it must be given, the same to every node; make one with `openssl rand -base64 32` and set PLACET_SECRET_KEY or PLACET_SECRET_KEY_FILE"
    )]
    NoSecretKey,
    #[error(
        "secret_key: it is not the key that this database was made with; give that one, or use an empty database"
    )]
    WrongSecretKey,
    #[error("cannot read or write {place}: {cause}")]
    SecretKeyFile { place: String, cause: String },
    #[error("{0}")]
    Ring(#[from] RingError),
    #[error("{0}")]
    Outgoing(#[from] fetch::SetupError),
    #[error("{0}")]
    Mail(#[from] mail::SetupError),
    #[error("cannot make a signing key: {0}")]
    Key(#[from] KeyError),
    #[error("the cryptographic library refused the secret key")]
    Derive,
}

/// The key of pairwise subjects, made at the first start.
pub(super) async fn open_subjects(
    store: &Store,
    crypto: &Crypto,
    installation: Installation,
) -> Result<SubjectCipher, StartError> {
    let sealed = if let Some(sealed) = installation.pairwise_key_sealed {
        sealed
    } else {
        let made = crypto.at_rest.seal(PAIRWISE_KEY, &random::bytes::<32>());
        store.pairwise_key(&made).await?
    };
    let key = crypto.at_rest.open(PAIRWISE_KEY, &sealed);
    key.and_then(|key| SubjectCipher::new(&key))
        .ok_or_else(|| RingError::WrongSecretKey("of pairwise subjects".to_owned()).into())
}

/// The key of the audit log's chain, made at the first start.
pub(super) async fn open_chain(store: &Store, crypto: &Crypto) -> Result<ChainKey, StartError> {
    let wrong = || RingError::WrongSecretKey("of the audit log".to_owned());
    let sealed = if let Some(sealed) = store.chain_key().await? {
        sealed
    } else {
        let made = random::bytes::<32>();
        let key = ChainKey::new(&made).ok_or_else(wrong)?;
        let sealed = crypto.at_rest.seal(CHAIN_KEY, &made);
        store.begin_chain(&sealed, &key).await?
    };
    let key = crypto.at_rest.open(CHAIN_KEY, &sealed);
    Ok(key.and_then(|key| ChainKey::new(&key)).ok_or_else(wrong)?)
}

/// What the secret key gives, once it is shown to be the one that the database was made with.
pub(super) fn open_crypto(
    config: &Config,
    installation: &Installation,
) -> Result<Crypto, StartError> {
    let derive = |key: &Secret<[u8; 32]>| {
        Crypto::derive(key, installation.id.as_bytes()).map_err(|_| StartError::Derive)
    };
    let check = installation.secret_key_check.as_deref();
    let fits = |crypto: &Crypto| check.is_none_or(|check| equal(check, &crypto.check));
    let fitting = |crypto: Crypto| fits(&crypto).then_some(crypto);
    if let Some(key) = &config.secret_key {
        return fitting(derive(key)?).ok_or(StartError::WrongSecretKey);
    }
    let file = secret_key_file(config).ok_or(StartError::NoSecretKey)?;
    let fault = match read_or_make(&file, check.is_some()).and_then(|key| derive(&key)) {
        Ok(crypto) if fits(&crypto) => return Ok(crypto),
        Ok(_) => StartError::WrongSecretKey,
        Err(error) => error,
    };
    // `key rekey` is about to put the new key into its place, or was interrupted before it had.
    let opens = |key: &Secret<[u8; 32]>| derive(key).ok().and_then(fitting);
    SecretFile::at(&file)
        .settle(|text| opens(&parse_secret_key(text.trim()).ok()?))
        .ok_or(fault)
}

fn read_or_make(file: &Path, is_in_use: bool) -> Result<Secret<[u8; 32]>, StartError> {
    let failed = |cause: &dyn std::fmt::Display| StartError::SecretKeyFile {
        place: file.display().to_string(),
        cause: cause.to_string(),
    };
    match std::fs::read_to_string(file) {
        Ok(text) => parse_secret_key(text.trim()).map_err(|error| failed(&error)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && is_in_use => Err(failed(
            &"it is missing, and this database was made with it; put it back",
        )),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let key = Secret::new(random::bytes());
            SecretFile::at(file)
                .make(&key)
                .map_err(|error| failed(&error))?;
            Ok(key)
        }
        Err(error) => Err(failed(&error)),
    }
}

/// Where the secret key of a SQLite database lies: beside it.
pub fn secret_key_file(config: &Config) -> Option<PathBuf> {
    config
        .sqlite_file()
        .map(|file| file.with_file_name("secret.key"))
}
