//! One public key as a JWK (RFC 7517): its members, its thumbprint (RFC 7638), and back into a key that verifies.

use aws_lc_rs::digest;
use aws_lc_rs::signature::{self as aws, ParsedPublicKey, RsaPublicKeyComponents};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::model::signing_key::SigningAlg;

/// S131: 65537, the one exponent that we make or accept.
const RSA_EXPONENT: [u8; 3] = [1, 0, 1];
/// 2048 to 4096 bits: longer ones cost more to verify with than a stranger should be able to make us pay (S177).
const RSA_MODULUS_BYTES: std::ops::RangeInclusive<usize> = 256..=512;

/// The public half of a key: big-endian members without padding but what their size asks for.
pub(super) enum Public {
    /// P-256 coordinates, 32 bytes each (RFC 7518 §6.2.1).
    Ec { x: Vec<u8>, y: Vec<u8> },
    /// Ed25519, 32 bytes (RFC 8037 §2).
    Ed { x: Vec<u8> },
    /// RFC 7518 §6.3.1.
    Rsa(RsaPublicKeyComponents<Vec<u8>>),
}

impl Public {
    /// From the uncompressed point (SEC 1 §2.3.3): 4, x, y.
    pub(super) fn ec(point: &[u8]) -> Option<Self> {
        let (x, y) = point.strip_prefix(&[4])?.split_at_checked(32)?;
        (y.len() == 32).then(|| Self::Ec {
            x: x.to_vec(),
            y: y.to_vec(),
        })
    }

    pub(super) fn ed(x: &[u8]) -> Self {
        Self::Ed { x: x.to_vec() }
    }

    pub(super) fn rsa(key: RsaPublicKeyComponents<Vec<u8>>) -> Option<Self> {
        let is_good = RSA_MODULUS_BYTES.contains(&key.n.len()) && key.e == RSA_EXPONENT;
        is_good.then_some(Self::Rsa(key))
    }

    /// Reads the members that the algorithm needs; `None` where one is missing, malformed or of another kind, curve or algorithm.
    pub(super) fn from_jwk(alg: SigningAlg, key: &Value) -> Option<Self> {
        let is = |name: &str, wanted: &str| key.get(name).and_then(Value::as_str) == Some(wanted);
        let is_alg = |name: &Value| name.as_str().is_some_and(|name| alg.is_called(name));
        let is_signing = key.get("use").is_none() || is("use", "sig");
        let member = |name: &str| URL_SAFE_NO_PAD.decode(key.get(name)?.as_str()?).ok();
        if !key.get("alg").is_none_or(is_alg) || !is_signing {
            return None;
        }
        match alg {
            SigningAlg::ES256 if is("kty", "EC") && is("crv", "P-256") => {
                let point = [vec![4], member("x")?, member("y")?].concat();
                Self::ec(&point)
            }
            SigningAlg::EdDSA if is("kty", "OKP") && is("crv", "Ed25519") => {
                Some(Self::Ed { x: member("x")? })
            }
            SigningAlg::RS256 | SigningAlg::PS256 if is("kty", "RSA") => {
                let (n, e) = (member("n")?, member("e")?);
                Self::rsa(RsaPublicKeyComponents { n, e })
            }
            _ => None,
        }
    }

    /// The JWK for the key set: public members, then `alg`, `use` and `kid`.
    pub(super) fn to_jwk(&self, alg: SigningAlg, kid: &str) -> Value {
        let mut jwk = match self {
            Self::Ec { x, y } => json!({"kty": "EC", "crv": "P-256", "x": b64(x), "y": b64(y)}),
            Self::Ed { x } => json!({"kty": "OKP", "crv": "Ed25519", "x": b64(x)}),
            Self::Rsa(key) => json!({"kty": "RSA", "n": b64(&key.n), "e": b64(&key.e)}),
        };
        for (name, value) in [("alg", alg.as_str()), ("use", "sig"), ("kid", kid)] {
            jwk[name] = Value::from(value);
        }
        jwk
    }

    /// RFC 7638 §3: SHA-256 over the required members in lexical order, without blanks; base64url.
    pub(super) fn thumbprint(&self) -> String {
        let members = match self {
            Self::Ec { x, y } => format!(
                r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#,
                b64(x),
                b64(y)
            ),
            Self::Ed { x } => format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, b64(x)),
            Self::Rsa(key) => format!(
                r#"{{"e":"{}","kty":"RSA","n":"{}"}}"#,
                b64(&key.e),
                b64(&key.n)
            ),
        };
        b64(digest::digest(&digest::SHA256, members.as_bytes()).as_ref())
    }

    /// The key that verifies; `None` where the numbers are no key, such as a point off the curve, or do not fit the algorithm.
    pub(super) fn parse(&self, alg: SigningAlg) -> Option<ParsedPublicKey> {
        match (self, alg) {
            (Self::Ec { x, y }, SigningAlg::ES256) => {
                let point = [&[4], x.as_slice(), y.as_slice()].concat();
                ParsedPublicKey::new(&aws::ECDSA_P256_SHA256_FIXED, point).ok()
            }
            (Self::Ed { x }, SigningAlg::EdDSA) => ParsedPublicKey::new(&aws::ED25519, x).ok(),
            (Self::Rsa(key), SigningAlg::RS256) => key
                .to_parsed_public_key(&aws::RSA_PKCS1_2048_8192_SHA256)
                .ok(),
            (Self::Rsa(key), SigningAlg::PS256) => key
                .to_parsed_public_key(&aws::RSA_PSS_2048_8192_SHA256)
                .ok(),
            _ => None,
        }
    }
}

fn b64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thumbprints_are_those_of_the_rfcs() {
        // RFC 7638 §3.1 and RFC 8037 §A.3.
        let rsa = json!({"kty": "RSA", "e": "AQAB", "n": concat!(
            "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMst",
            "n64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajr",
            "n1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw")});
        let ed = json!({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"});
        let cases = [
            (
                SigningAlg::RS256,
                &rsa,
                "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs",
            ),
            (
                SigningAlg::EdDSA,
                &ed,
                "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
            ),
        ];
        for (alg, jwk, thumbprint) in cases {
            let public = Public::from_jwk(alg, jwk).unwrap();
            assert_eq!(public.thumbprint(), thumbprint);
            assert!(public.parse(alg).is_some());
        }
    }

    #[test]
    fn keys_that_do_not_fit_are_refused() {
        let x = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
        let y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
        let good = json!({"kty": "EC", "crv": "P-256", "x": x, "y": y});
        let read = |alg, key: &Value| Public::from_jwk(alg, key).and_then(|key| key.parse(alg));
        assert!(read(SigningAlg::ES256, &good).is_some());
        let changes = [
            ("kty", json!("OKP")),
            ("crv", json!("P-384")),
            ("crv", json!("secp256k1")),
            ("alg", json!("ES384")),
            ("use", json!("enc")),
            ("x", json!(y)),
            ("x", json!("AAAA")),
            ("y", json!("not base64url!")),
            ("y", Value::Null),
        ];
        for (name, value) in changes {
            let mut bad = good.clone();
            bad[name] = value.clone();
            assert!(read(SigningAlg::ES256, &bad).is_none(), "{name}: {value}");
        }
        for alg in [
            SigningAlg::RS256,
            SigningAlg::PS256,
            SigningAlg::EdDSA,
            SigningAlg::HS256,
        ] {
            assert!(read(alg, &good).is_none(), "{alg}");
        }
        for (bytes, e) in [(128, "AQAB"), (256, "Aw"), (1024, "AQAB")] {
            let rsa = json!({"kty": "RSA", "n": b64(&vec![0xff; bytes]), "e": e});
            assert!(
                read(SigningAlg::RS256, &rsa).is_none(),
                "{bytes} bytes, e {e}"
            );
        }
    }
}
