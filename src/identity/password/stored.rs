//! Stored password hashes, taken apart and found acceptable: a row must not be able to stop the server.

use argon2::password_hash::phc::{Output, PasswordHash as Phc, Salt};
use argon2::{Algorithm, Params, Version};

use super::foreign::Foreign;

/// Argon2 hashes that ask for more than this are refused: 1 GiB, 100 passes.
const MAX_MEMORY_KIB: u32 = 1024 * 1024;
const MAX_ITERATIONS: u32 = 100;

/// What becomes of a hash that was made elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usable {
    /// Its owner can sign in with it.
    Yes,
    /// It is of a kind that is not known here.
    UnknownKind,
    /// Of a known kind, but damaged, or it asks for more work than any stored hash may.
    Refused,
}

/// Whether a stored hash can be checked, before it is stored.
pub fn usable(hash: &str) -> Usable {
    let is_known = hash.starts_with("$argon2") || Foreign::is_known(hash);
    match AnyStored::read(hash) {
        Some(_) => Usable::Yes,
        None if is_known => Usable::Refused,
        None => Usable::UnknownKind,
    }
}

/// A hash of any kind.
pub(super) enum AnyStored {
    Argon2(Stored),
    Foreign(Foreign),
}

impl AnyStored {
    pub(super) fn read(hash: &str) -> Option<Self> {
        if Foreign::is_known(hash) {
            return Foreign::read(hash).map(Self::Foreign);
        }
        Stored::read(&Phc::new(hash).ok()?).map(Self::Argon2)
    }
}

/// An argon2 hash.
pub(super) struct Stored {
    pub(super) algorithm: Algorithm,
    pub(super) version: Version,
    pub(super) params: Params,
    pub(super) salt: Salt,
    pub(super) tag: Output,
}

impl Stored {
    pub(super) fn read(phc: &Phc) -> Option<Self> {
        let params = Params::try_from(phc).ok()?;
        let is_bearable = params.m_cost() <= MAX_MEMORY_KIB && params.t_cost() <= MAX_ITERATIONS;
        is_bearable.then_some(())?;
        Some(Self {
            algorithm: Algorithm::try_from(phc.algorithm.as_str()).ok()?,
            // A PHC string without a version is of the first one (argon2 reference, `decode_string`).
            version: phc.version.map_or(Some(Version::V0x10), |version| {
                Version::try_from(version).ok()
            })?,
            params,
            salt: phc.salt?,
            tag: phc.hash?,
        })
    }
}
