//! JWTs as compact JWS (RFC 7515, RFC 7519): signing, and verifying by the rules of RFC 8725.
//!
//! A token is believed in this order:
//! 1. Size and shape: three parts of strict base64url.
//! 2. Header: no member twice; `crit` and headers that bring a key along are refused; `alg` is one that the caller pinned; `typ` is the
//!    one expected, so that no token passes for one of another kind (S103).
//! 3. Signature, by a key that the caller gave, of that algorithm and with that `kid`. Nothing of the claims is read before.
//! 4. Claims: no member twice; `iss`, `aud`, and the times against the caller's `now`.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use jsonwebtoken::Header;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};

use super::crypto::{SigningKey, VerifyingKey};
use super::provider::jsonwebtoken_alg;
use super::unique::Unique;
use crate::model::signing_key::SigningAlg;

/// Longer tokens are not looked at (S177).
const MAX_TOKEN_BYTES: usize = 16 * 1024;

/// Why a token was not made or not believed. The text is for the log, not for the one who sent the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JwtError {
    /// The claims could not be written, or the key could not sign.
    #[error("the token could not be signed")]
    Signing,
    /// Not a compact JWS of JSON, too long, or with a member twice.
    #[error("the token is malformed: {0}")]
    Malformed(&'static str),
    /// A header that we refuse, a wrong `typ` or an algorithm that is not pinned.
    #[error("the token's header is refused: {0}")]
    Header(&'static str),
    /// No given key has the token's `kid` and algorithm.
    #[error("the token's key is unknown")]
    UnknownKey,
    /// The signature is wrong.
    #[error("the token's signature is wrong")]
    Signature,
    /// `iss` is another's.
    #[error("the token is from another issuer")]
    Issuer,
    /// `aud` does not hold the expected value.
    #[error("the token is for another audience")]
    Audience,
    /// `exp` is past.
    #[error("the token has expired")]
    Expired,
    /// `nbf` or `iat` lies ahead.
    #[error("the token is not valid yet")]
    NotYetValid,
    /// A claim is missing or of the wrong kind.
    #[error("the token's claims are refused: {0}")]
    Claims(&'static str),
}

/// What a token must be, to be believed.
#[derive(Clone, Copy, Debug)]
pub struct Checks<'a> {
    /// What `iss` must equal.
    pub issuer: &'a str,
    /// What `aud` must be or hold; `None`: any.
    pub audience: Option<&'a str>,
    /// What the `typ` header must say, such as `at+jwt`; case and a leading `application/` do not matter (RFC 7515 §4.1.9).
    pub typ: &'a str,
    /// The algorithms that are accepted.
    pub algorithms: &'a [SigningAlg],
    /// The present instant.
    pub now: DateTime<Utc>,
    /// By how much the two clocks may differ.
    pub leeway: Duration,
}

/// Signs claims: a compact JWS with the header members `typ`, `alg` and, where the key has one, `kid`. The claims keep their order.
pub fn sign<C: Serialize>(key: &SigningKey, typ: &str, claims: &C) -> Result<String, JwtError> {
    let mut header = Header::new(jsonwebtoken_alg(key.alg()));
    header.typ = Some(typ.to_owned());
    header.kid = key.kid().map(str::to_owned);
    jsonwebtoken::encode(&header, claims, key.encoding_key()).map_err(|_| JwtError::Signing)
}

/// Verifies a token and reads its claims. `keys` are tried by `kid` where the token names one, else by algorithm.
pub fn verify<C: DeserializeOwned>(
    token: &str,
    keys: &[VerifyingKey],
    checks: &Checks<'_>,
) -> Result<C, JwtError> {
    verify_as(&[Some(checks.typ)], token, keys, (checks, Demand::All))
}

/// The same for what a client signed with a key of its own. Most clients still send such tokens without a type, or as a plain `JWT`, so these
/// pass too; what keeps tokens of ours apart from them is the key, and `iss`, which must be the client (RFC 8725 §3.12).
pub fn verify_of_client<C: DeserializeOwned>(
    token: &str,
    keys: &[VerifyingKey],
    checks: &Checks<'_>,
) -> Result<C, JwtError> {
    let types = [Some(checks.typ), Some("JWT"), None];
    verify_as(&types, token, keys, (checks, Demand::All))
}

/// The same for request objects, which may leave out `iss`, `aud` and `exp` (RFC 9101 §4, OIDC Core §6.1): what is there must be right.
pub fn verify_request_object<C: DeserializeOwned>(
    token: &str,
    keys: &[VerifyingKey],
    checks: &Checks<'_>,
) -> Result<C, JwtError> {
    let types = [Some(checks.typ), Some("JWT"), None];
    verify_as(&types, token, keys, (checks, Demand::WhatIsThere))
}

/// Which of `iss`, `aud` and `exp` must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Demand {
    All,
    WhatIsThere,
}

fn verify_as<C: DeserializeOwned>(
    types: &[Option<&str>],
    token: &str,
    keys: &[VerifyingKey],
    (checks, demand): (&Checks<'_>, Demand),
) -> Result<C, JwtError> {
    let (header, payload) = split(token)?;
    let header: RawHeader = read(header)?;
    let alg = check_header(&header, types, checks.algorithms)?;
    check_signature(token, keys, alg, header.kid.as_deref())?;
    let claims = decode(payload)?;
    let registered: RegisteredClaims = read_json(&claims)?;
    check_claims(&registered, checks, demand)?;
    serde_json::from_slice(&claims).map_err(|_| JwtError::Claims("not those expected"))
}

/// What an unverified token says of itself: enough to find the keys that it must be verified with, and good for nothing else.
#[derive(Debug)]
pub struct Peeked {
    pub kid: Option<String>,
    pub alg: String,
    pub sub: Option<String>,
    /// The tenant, in tokens of Microsoft's.
    pub tid: Option<String>,
}

/// Looks into a token that nobody verified yet.
pub fn peek(token: &str) -> Result<Peeked, JwtError> {
    #[derive(Deserialize)]
    struct Named {
        sub: Option<String>,
        tid: Option<String>,
    }
    let (header, payload) = split(token)?;
    let header: RawHeader = read(header)?;
    let named: Named = read(payload)?;
    Ok(Peeked {
        kid: header.kid,
        alg: header.alg,
        sub: named.sub,
        tid: named.tid,
    })
}

fn split(token: &str) -> Result<(&str, &str), JwtError> {
    if token.len() > MAX_TOKEN_BYTES {
        return Err(JwtError::Malformed("too long"));
    }
    let mut parts = token.splitn(4, '.');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(header), Some(payload), Some(_), None) => Ok((header, payload)),
        _ => Err(JwtError::Malformed("not three parts")),
    }
}

fn decode(part: &str) -> Result<Vec<u8>, JwtError> {
    URL_SAFE_NO_PAD
        .decode(part)
        .map_err(|_| JwtError::Malformed("not base64url"))
}

fn read<T: DeserializeOwned>(part: &str) -> Result<T, JwtError> {
    read_json(&decode(part)?)
}

/// Two readers of a member that comes twice may each see another one, so it may not come twice, at any depth (RFC 8725 §2.4, S106).
fn read_json<T: DeserializeOwned>(json: &[u8]) -> Result<T, JwtError> {
    let _: Unique = serde_json::from_slice(json)
        .map_err(|_| JwtError::Malformed("not JSON, or a member twice"))?;
    serde_json::from_slice(json).map_err(|_| JwtError::Malformed("a member of the wrong kind"))
}

#[derive(Deserialize)]
struct RawHeader {
    alg: String,
    typ: Option<String>,
    kid: Option<String>,
    crit: Option<IgnoredAny>,
    jwk: Option<IgnoredAny>,
    jku: Option<IgnoredAny>,
    x5u: Option<IgnoredAny>,
    x5c: Option<IgnoredAny>,
    enc: Option<IgnoredAny>,
    zip: Option<IgnoredAny>,
    b64: Option<IgnoredAny>,
}

fn check_header(
    header: &RawHeader,
    types: &[Option<&str>],
    algorithms: &[SigningAlg],
) -> Result<SigningAlg, JwtError> {
    let refused = [
        (&header.crit, "crit"),
        (&header.jwk, "jwk"),
        (&header.jku, "jku"),
        (&header.x5u, "x5u"),
        (&header.x5c, "x5c"),
        (&header.enc, "enc"),
        (&header.zip, "zip"),
        (&header.b64, "b64"),
    ];
    if let Some((_, name)) = refused.iter().find(|(member, _)| member.is_some()) {
        return Err(JwtError::Header(name));
    }
    let is_type = |wanted: Option<&str>| match (header.typ.as_deref(), wanted) {
        (Some(typ), Some(wanted)) => bare_type(typ).eq_ignore_ascii_case(bare_type(wanted)),
        (typ, wanted) => typ == wanted,
    };
    if !types.iter().copied().any(is_type) {
        return Err(JwtError::Header("typ"));
    }
    algorithms
        .iter()
        .copied()
        .find(|alg| alg.is_called(&header.alg))
        .ok_or(JwtError::Header("alg"))
}

fn bare_type(typ: &str) -> &str {
    match typ.split_at_checked("application/".len()) {
        Some((prefix, rest)) if prefix.eq_ignore_ascii_case("application/") => rest,
        _ => typ,
    }
}

fn check_signature(
    token: &str,
    keys: &[VerifyingKey],
    alg: SigningAlg,
    kid: Option<&str>,
) -> Result<(), JwtError> {
    let (message, signature) = token
        .rsplit_once('.')
        .ok_or(JwtError::Malformed("not three parts"))?;
    // Not its `decode`, which compares the times with the system's clock and does not know every name of an algorithm.
    let is_good = |key: &VerifyingKey| {
        let alg = jsonwebtoken_alg(alg);
        jsonwebtoken::crypto::verify(signature, message.as_bytes(), key.decoding_key(), alg)
    };
    let fits = |key: &&VerifyingKey| key.alg() == alg && (kid.is_none() || key.kid() == kid);
    let mut outcome = Err(JwtError::UnknownKey);
    for key in keys.iter().filter(fits) {
        if matches!(is_good(key), Ok(true)) {
            return Ok(());
        }
        outcome = Err(JwtError::Signature);
    }
    outcome
}

/// RFC 7519 §4.1. The times may have a fraction (§2, `NumericDate`).
#[derive(Deserialize)]
struct RegisteredClaims {
    iss: Option<String>,
    aud: Option<Audience>,
    exp: Option<f64>,
    nbf: Option<f64>,
    iat: Option<f64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Audience {
    fn holds(&self, wanted: &str) -> bool {
        match self {
            Self::One(audience) => audience == wanted,
            Self::Several(audiences) => audiences.iter().any(|audience| audience == wanted),
        }
    }
}

fn check_claims(
    claims: &RegisteredClaims,
    checks: &Checks<'_>,
    demand: Demand,
) -> Result<(), JwtError> {
    let may_lack = demand == Demand::WhatIsThere;
    let is_theirs = claims.iss.as_deref().map(|iss| iss == checks.issuer);
    if !is_theirs.unwrap_or(may_lack) {
        return Err(JwtError::Issuer);
    }
    if let Some(wanted) = checks.audience {
        let is_for_us = claims.aud.as_ref().map(|aud| aud.holds(wanted));
        let is_good = is_for_us.unwrap_or(may_lack);
        is_good.then_some(()).ok_or(JwtError::Audience)?;
    }
    let leeway = checks.leeway.as_secs_f64();
    let now = Duration::from_micros(u64::try_from(checks.now.timestamp_micros()).unwrap_or(0))
        .as_secs_f64();
    match claims.exp {
        // §4.1.4: "on or after" the time it is dead.
        Some(exp) if now >= exp + leeway => return Err(JwtError::Expired),
        None if !may_lack => return Err(JwtError::Claims("no exp")),
        _ => {}
    }
    let is_ahead = |time: Option<f64>| time.is_some_and(|time| time > now + leeway);
    if is_ahead(claims.nbf) || is_ahead(claims.iat) {
        return Err(JwtError::NotYetValid);
    }
    Ok(())
}

#[cfg(test)]
#[path = "jwt_tests.rs"]
mod tests;
