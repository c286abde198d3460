//! Key sets of others (RFC 7517 §5): the keys in them that we verify with, parsed once for each text.

use std::sync::{Arc, LazyLock};

use quick_cache::sync::Cache;
use serde::Deserialize;
use serde_json::Value;

use super::crypto::VerifyingKey;
use crate::crypto::sha256;
use crate::model::signing_key::SigningAlg;

/// No more keys of a set are looked at (S177).
const MAX_KEYS: usize = 20;
const KEPT: usize = 1000;

/// By the hash of the text, so an entry can never be stale.
static PARSED: LazyLock<Cache<[u8; 32], Arc<[VerifyingKey]>>> = LazyLock::new(|| Cache::new(KEPT));

#[derive(Deserialize)]
struct KeySet {
    #[serde(default)]
    keys: Vec<Value>,
}

/// The keys of a set that are of our kinds: RSA of 2048 to 4096 bits, P-256, Ed25519. What else is in it is passed over (§5); text that is no
/// key set has none. A key that names no `alg` is there once for each that fits it.
pub fn parse(json: &[u8]) -> Arc<[VerifyingKey]> {
    let hash = sha256(json);
    if let Some(keys) = PARSED.get(&hash) {
        return keys;
    }
    let set: KeySet = serde_json::from_slice(json).unwrap_or(KeySet { keys: Vec::new() });
    let keys: Arc<[VerifyingKey]> = set
        .keys
        .iter()
        .take(MAX_KEYS)
        .flat_map(|key| {
            let fits = |alg| VerifyingKey::from_jwk(alg, key).ok();
            SigningAlg::ASYMMETRIC.into_iter().filter_map(fits)
        })
        .collect();
    PARSED.insert(hash, Arc::clone(&keys));
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::crypto::SigningKey;
    use serde_json::json;

    fn jwk(alg: SigningAlg) -> Value {
        let (key, _) = SigningKey::generate(alg).unwrap();
        key.public_jwk().unwrap().clone()
    }

    fn algs(set: &Value) -> Vec<SigningAlg> {
        let keys = parse(set.to_string().as_bytes());
        keys.iter().map(VerifyingKey::alg).collect()
    }

    // S177
    #[test]
    fn keys_of_other_kinds_and_sizes_are_passed_over() {
        use base64::Engine as _;
        let b64 = |bytes: usize| {
            base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(vec![0xff; bytes])
        };
        let good = jwk(SigningAlg::ES256);
        let mut free = jwk(SigningAlg::RS256);
        free.as_object_mut().unwrap().remove("alg");
        let mut for_encryption = good.clone();
        for_encryption["use"] = json!("enc");
        let set = json!({"keys": [
            {"kty": "RSA", "n": b64(2048), "e": "AQAB", "kid": "16k"},
            {"kty": "RSA", "n": b64(128), "e": "AQAB", "kid": "1k"},
            {"kty": "oct", "k": b64(32)},
            {"kty": "EC", "crv": "P-521", "x": "AA", "y": "AA"},
            for_encryption, 1, "x", null, [], {}, good, free,
        ]});
        assert_eq!(
            algs(&set),
            [SigningAlg::ES256, SigningAlg::RS256, SigningAlg::PS256]
        );
        for none in [json!([]), json!({}), json!({"keys": 1}), json!("x")] {
            assert_eq!(algs(&none), [], "{none}");
        }
        assert!(parse(b"{").is_empty());
    }

    // S177
    #[test]
    fn no_more_than_twenty_are_looked_at() {
        let good = jwk(SigningAlg::ES256);
        let many = json!({"keys": vec![good.clone(); 21]});
        assert_eq!(algs(&many).len(), 20);
        let mut hidden = vec![json!({}); 20];
        hidden.push(good);
        assert_eq!(algs(&json!({ "keys": hidden })), []);
        let members: Vec<String> = (0..100_000).map(|n| format!("\"m{n}\":{n}")).collect();
        assert!(parse(format!("{{{}}}", members.join(",")).as_bytes()).is_empty());
    }
}
