//! Proof Key for Code Exchange, by S256 alone (RFC 7636; RFC 9700 §2.1.1).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::error::{Error, invalid_request};
use crate::crypto;

/// Checks `code_challenge` and `code_challenge_method` of an authorization request (RFC 7636 §4.3).
pub fn challenge(challenge: Option<&str>, method: Option<&str>) -> Result<Option<String>, Error> {
    let Some(challenge) = challenge else {
        return match method {
            None => Ok(None),
            Some(_) => Err(invalid_request(
                "code_challenge_method was sent without code_challenge",
            )),
        };
    };
    // A missing method means plain (§4.3), and plain protects nothing that a leaked request does not give away.
    if method != Some("S256") {
        return Err(invalid_request(
            "code_challenge_method must be S256; plain, which is meant when it is missing, is not accepted",
        ));
    }
    let is_legal = challenge.len() == 43
        && challenge
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if !is_legal {
        return Err(invalid_request(
            "code_challenge must be the 43 base64url characters of a SHA-256 hash, without padding",
        ));
    }
    Ok(Some(challenge.to_owned()))
}

/// Whether the verifier belongs to the challenge (RFC 7636 §4.6).
pub fn is_verified(challenge: &str, verifier: &str) -> bool {
    let legal = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    if !(43..=128).contains(&verifier.len()) || !verifier.bytes().all(legal) {
        return false;
    }
    crypto::equal(challenge_of(verifier).as_bytes(), challenge.as_bytes())
}

/// The challenge that belongs to a verifier, by S256 (RFC 7636 §4.2).
pub fn challenge_of(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(crypto::sha256(verifier.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    // RFC 7636 appendix B
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    #[test]
    fn the_rfcs_own_example() {
        assert!(is_verified(CHALLENGE, VERIFIER));
        assert!(!is_verified(CHALLENGE, CHALLENGE));
        assert!(!is_verified(CHALLENGE, &VERIFIER[..42]));
        assert_eq!(
            challenge(Some(CHALLENGE), Some("S256")).unwrap().as_deref(),
            Some(CHALLENGE)
        );
    }

    #[test]
    fn bad_challenges() {
        let long = "a".repeat(129);
        for (bad, method) in [
            (Some(CHALLENGE), None),
            (Some(CHALLENGE), Some("plain")),
            (Some(CHALLENGE), Some("s256")),
            (Some(&CHALLENGE[..42]), Some("S256")),
            (Some(long.as_str()), Some("S256")),
            (
                Some("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM"),
                Some("S256"),
            ),
            (None, Some("S256")),
        ] {
            assert!(challenge(bad, method).is_err(), "{bad:?} {method:?}");
        }
    }
}
