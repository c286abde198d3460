//! Tests of keys: made, stored and read again; what is not a key of the algorithm is refused.

use super::*;

const ASYMMETRIC: [SigningAlg; 4] = SigningAlg::ASYMMETRIC;

#[test]
fn a_generated_key_reads_back_the_same() {
    for alg in ASYMMETRIC {
        let (key, pkcs8) = SigningKey::generate(alg).unwrap();
        assert_eq!(key.alg(), alg);
        let kid = key.kid().unwrap().to_owned();
        let again = SigningKey::from_pkcs8(alg, kid, pkcs8.expose()).unwrap();
        assert_eq!(again.kid(), key.kid());
        assert_eq!(again.public_jwk(), key.public_jwk());
        let named = SigningKey::from_pkcs8(alg, "imported".into(), pkcs8.expose()).unwrap();
        assert_eq!(named.kid(), Some("imported"));
        assert_eq!(named.public_jwk().unwrap()["kid"], "imported");
        assert_ne!(SigningKey::generate(alg).unwrap().0.kid(), key.kid());
    }
}

#[test]
fn public_jwks_have_their_public_members_and_no_others() {
    // S107, S131
    let members = [
        (SigningAlg::ES256, vec!["kty", "crv", "x", "y"]),
        (SigningAlg::EdDSA, vec!["kty", "crv", "x"]),
        (SigningAlg::RS256, vec!["kty", "n", "e"]),
        (SigningAlg::PS256, vec!["kty", "n", "e"]),
    ];
    for (alg, mut expected) in members {
        let (key, _) = SigningKey::generate(alg).unwrap();
        let jwk = key.public_jwk().unwrap();
        expected.extend(["alg", "use", "kid"]);
        let names: Vec<&String> = jwk.as_object().unwrap().keys().collect();
        assert_eq!(names, expected);
        assert_eq!(jwk["alg"], alg.as_str());
        assert_eq!(jwk["use"], "sig");
        let kid = jwk["kid"].as_str().unwrap();
        assert_eq!((kid.len(), Some(kid)), (43, key.kid()));
        if let Some(e) = jwk.get("e") {
            assert_eq!(e, "AQAB");
            assert_eq!(jwk["n"].as_str().unwrap().len(), 342, "2048 bits");
        }
        assert_eq!(VerifyingKey::from_jwk(alg, jwk).unwrap().kid(), key.kid());
    }
}

#[test]
fn what_is_not_a_key_of_the_algorithm_is_refused() {
    let keys: Vec<_> = [SigningAlg::ES256, SigningAlg::EdDSA, SigningAlg::RS256]
        .map(|alg| (alg, SigningKey::generate(alg).unwrap().1))
        .into();
    for (alg, pkcs8) in &keys {
        for other in ASYMMETRIC {
            let is_rsa = |alg| matches!(alg, SigningAlg::RS256 | SigningAlg::PS256);
            let fits = other == *alg || (is_rsa(*alg) && is_rsa(other));
            let read = SigningKey::from_pkcs8(other, "k".into(), pkcs8.expose());
            assert_eq!(read.is_ok(), fits, "{alg} read as {other}");
        }
        let cut = &pkcs8.expose()[..40];
        let refused = SigningKey::from_pkcs8(*alg, "k".into(), cut).map(|_| ());
        assert_eq!(refused, Err(KeyError::Rejected(*alg)));
    }
    let p384 = EcdsaKeyPair::generate(&aws::ECDSA_P384_SHA384_FIXED_SIGNING).unwrap();
    let p384 = p384.to_pkcs8v1().unwrap();
    assert!(SigningKey::from_pkcs8(SigningAlg::ES256, "k".into(), p384.as_ref()).is_err());
    let wrong_kind = Err(KeyError::WrongKind(SigningAlg::HS256));
    assert_eq!(
        SigningKey::generate(SigningAlg::HS256).map(|_| ()),
        wrong_kind
    );
}

#[test]
fn shared_secrets_have_no_public_half_and_are_not_short() {
    let key = SigningKey::from_hmac_secret(None, &[7; 32]).unwrap();
    assert_eq!((key.kid(), key.public_jwk()), (None, None));
    let short = SigningKey::from_hmac_secret(None, &[7; 31]).map(|_| ());
    assert_eq!(short, Err(KeyError::ShortSecret));
}

#[test]
fn a_key_leaves_the_table_with_its_last_clone_and_prints_no_secret() {
    let key =
        SigningKey::from_hmac_secret(Some("k"), b"a secret of 32 bytes and not less").unwrap();
    assert_eq!(
        format!("{key:?}").replace(char::is_numeric, ""),
        "SigningKey(HS #: Some(\"k\"))"
    );
    let handle = key.encoding_key().clone();
    let sign =
        || jsonwebtoken::crypto::sign(b"m", &handle, jsonwebtoken::Algorithm::HS256).unwrap();
    let clone = key.clone();
    let signed = sign();
    drop(key);
    assert_eq!(sign(), signed);
    drop(clone);
    assert_ne!(sign(), signed, "the handle is nothing but bytes now");
}
