//! Password hashes that other servers made: bcrypt, PBKDF2 (RFC 8018 §5.2) and scrypt (RFC 7914). They are checked, never made.
//!
//! - A match always asks to be renewed, so that each is argon2id after its owner's next sign-in.
//! - Each has bounds: what asks for more work than these is refused as if it were damaged.
//! - They take the time that they were made to take. That an account was brought from elsewhere, and has not signed in since, can
//!   be told from that, as can an argon2id hash of an older cost; which names exist here cannot, where none was brought (S41).

use std::num::NonZeroU32;

use aws_lc_rs::pbkdf2;
use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use super::{Password, Verdict};

/// bcrypt: some five seconds.
const BCRYPT_COSTS: std::ops::RangeInclusive<u32> = 4..=16;
/// The bytes of a password that bcrypt looks at, the closing NUL among them.
const BCRYPT_BYTES: usize = 72;
/// PBKDF2: iterations times blocks of output, some seconds.
const MAX_PBKDF2_ROUNDS: u64 = 10_000_000;
/// scrypt: memory, and memory times `p`.
const MAX_SCRYPT_BYTES: u64 = 1 << 30;
const MAX_SCRYPT_WORK: u64 = 1 << 32;
const MAX_SCRYPT_BLOCK: u32 = 64;
const MAX_SCRYPT_LANES: u32 = 64;
/// Shorter ones could be met by chance, longer ones are no hashes.
const TAG_BYTES: std::ops::RangeInclusive<usize> = 16..=128;
const MAX_SALT_BYTES: usize = 256;

/// Padding may be there or not, and unused bits may be set: the implementations differ.
const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const BASE64: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const BCRYPT_BASE64: GeneralPurpose = GeneralPurpose::new(&alphabet::BCRYPT, LENIENT);

/// A hash that another server made, taken apart and found acceptable.
pub(super) struct Foreign {
    kind: Kind,
    salt: Vec<u8>,
    tag: Vec<u8>,
}

enum Kind {
    Bcrypt { cost: u32, salt: [u8; 16] },
    Pbkdf2(pbkdf2::Algorithm, NonZeroU32),
    Scrypt(scrypt::Params),
}

impl Foreign {
    /// Whether it says of itself that it is of one of these kinds.
    pub(super) fn is_known(hash: &str) -> bool {
        ["$2a$", "$2b$", "$2y$", "$pbkdf2$", "$pbkdf2-", "$scrypt$"]
            .iter()
            .any(|start| hash.starts_with(start))
    }

    /// `None`: damaged, of another kind, or beyond the bounds.
    pub(super) fn read(hash: &str) -> Option<Self> {
        let parts: Vec<&str> = hash.strip_prefix('$')?.split('$').collect();
        match parts[..] {
            ["2a" | "2b" | "2y", cost, rest] => read_bcrypt(cost, rest),
            [kind, settings, salt, tag] if kind.starts_with("pbkdf2") => {
                read_pbkdf2(kind, settings, salt, tag)
            }
            ["scrypt", settings, salt, tag] => read_scrypt(settings, salt, tag),
            _ => None,
        }
    }

    /// Compares in constant time.
    pub(super) fn verify(&self, password: &Password) -> Verdict {
        let tag = match &self.kind {
            Kind::Bcrypt { cost, salt } => Some(bcrypt_tag(*cost, *salt, password)),
            Kind::Pbkdf2(algorithm, iterations) => {
                let mut tag = Zeroizing::new(vec![0; self.tag.len()]);
                pbkdf2::derive(
                    *algorithm,
                    *iterations,
                    &self.salt,
                    password.as_bytes(),
                    &mut tag,
                );
                Some(tag)
            }
            Kind::Scrypt(params) => {
                let mut tag = Zeroizing::new(vec![0; self.tag.len()]);
                let outcome = scrypt::scrypt(password.as_bytes(), &self.salt, params, &mut tag);
                outcome.is_ok().then_some(tag)
            }
        };
        match tag {
            Some(tag) if bool::from(tag.ct_eq(&self.tag)) => Verdict::Match {
                needs_upgrade: true,
            },
            _ => Verdict::Mismatch,
        }
    }
}

/// What comes after byte 72 is not looked at, as everywhere where bcrypt is; a NUL is a character like any other, as in Go and Java.
/// (C ends a password there: one that was set so is not recognised.)
fn bcrypt_tag(cost: u32, salt: [u8; 16], password: &Password) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new([0; BCRYPT_BYTES]);
    let seen = password.len().min(BCRYPT_BYTES);
    bytes[..seen].copy_from_slice(&password.as_bytes()[..seen]);
    let with_nul = (seen + 1).min(BCRYPT_BYTES);
    // The last of the 24 bytes is never stored.
    Zeroizing::new(bcrypt::bcrypt(cost, salt, &bytes[..with_nul])[..23].to_vec())
}

/// `$2b$10$` and 53 characters: 22 of the salt, 31 of the hash.
fn read_bcrypt(cost: &str, rest: &str) -> Option<Foreign> {
    let cost = number(cost).filter(|cost| BCRYPT_COSTS.contains(cost))?;
    if rest.len() != 53 {
        return None;
    }
    let (salt, tag) = rest.split_at_checked(22)?;
    let salt = BCRYPT_BASE64.decode(salt).ok()?.try_into().ok()?;
    let tag = BCRYPT_BASE64.decode(tag).ok()?;
    Some(Foreign {
        kind: Kind::Bcrypt { cost, salt },
        salt: Vec::new(),
        tag,
    })
}

/// `$pbkdf2-sha256$i=27500,l=32$salt$hash`; `l` may be left out.
fn read_pbkdf2(kind: &str, settings: &str, salt: &str, tag: &str) -> Option<Foreign> {
    let (algorithm, block) = match kind {
        "pbkdf2" | "pbkdf2-sha1" => (pbkdf2::PBKDF2_HMAC_SHA1, 20),
        "pbkdf2-sha256" => (pbkdf2::PBKDF2_HMAC_SHA256, 32),
        "pbkdf2-sha384" => (pbkdf2::PBKDF2_HMAC_SHA384, 48),
        "pbkdf2-sha512" => (pbkdf2::PBKDF2_HMAC_SHA512, 64),
        _ => return None,
    };
    let tag = decode_tag(tag)?;
    let [iterations, length] = settings_of(settings, ["i", "l"])?;
    let iterations = iterations.and_then(NonZeroU32::new)?;
    let is_whole = length.is_none_or(|length| usize::try_from(length) == Ok(tag.len()));
    let rounds = u64::from(iterations.get()) * u64::try_from(tag.len().div_ceil(block)).ok()?;
    (is_whole && rounds <= MAX_PBKDF2_ROUNDS).then_some(Foreign {
        kind: Kind::Pbkdf2(algorithm, iterations),
        salt: decode_salt(salt)?,
        tag,
    })
}

/// `$scrypt$ln=15,r=8,p=1$salt$hash`, where `ln` is the logarithm of N to base 2.
fn read_scrypt(settings: &str, salt: &str, tag: &str) -> Option<Foreign> {
    let [ln, r, p] = settings_of(settings, ["ln", "r", "p"])?;
    let ln = u8::try_from(ln?).ok().filter(|ln| (1..=30).contains(ln))?;
    let r = r.filter(|r| (1..=MAX_SCRYPT_BLOCK).contains(r))?;
    let p = p.filter(|p| (1..=MAX_SCRYPT_LANES).contains(p))?;
    let memory = (128 * u64::from(r)) << ln;
    if memory > MAX_SCRYPT_BYTES || memory * u64::from(p) > MAX_SCRYPT_WORK {
        return None;
    }
    Some(Foreign {
        kind: Kind::Scrypt(scrypt::Params::new(ln, r, p).ok()?),
        salt: decode_salt(salt)?,
        tag: decode_tag(tag)?,
    })
}

/// The values of `a=1,b=2` by their names, in any order; `None` where there is another, or one twice.
fn settings_of<const N: usize>(text: &str, names: [&str; N]) -> Option<[Option<u32>; N]> {
    let mut values = [None; N];
    for pair in text.split(',') {
        let (name, value) = pair.split_once('=')?;
        let place = names.iter().position(|known| *known == name)?;
        if values[place].replace(number(value)?).is_some() {
            return None;
        }
    }
    Some(values)
}

fn number(text: &str) -> Option<u32> {
    let is_plain = text.len() <= 10 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| text.parse().ok())?
}

fn decode_salt(text: &str) -> Option<Vec<u8>> {
    let salt = BASE64.decode(text).ok()?;
    (salt.len() <= MAX_SALT_BYTES).then_some(salt)
}

fn decode_tag(text: &str) -> Option<Vec<u8>> {
    let tag = BASE64.decode(text).ok()?;
    TAG_BYTES.contains(&tag.len()).then_some(tag)
}

#[cfg(test)]
#[path = "foreign_tests.rs"]
mod tests;
