//! Tests of JWTs that clients signed.

use super::*;

#[test]
fn what_clients_sign_may_have_no_type_or_a_plain_one() {
    // S103
    let key = key(SigningAlg::ES256);
    let keys = [key.verifying_key()];
    let checks = Checks {
        typ: "client-authentication+jwt",
        ..checks()
    };
    let payload = serde_json::to_string(&claims()).unwrap();
    let token = |typ: &str| forge(&key, &format!(r#"{{"alg":"ES256"{typ}}}"#), &payload);
    let good = [
        "",
        "JWT",
        "jwt",
        "application/jwt",
        "client-authentication+jwt",
    ];
    let bad = ["at+jwt", "logout+jwt", "JWT+", "application/", " "];
    let written = |typ: &str| match typ {
        "" => String::new(),
        typ => format!(r#","typ":"{typ}""#),
    };
    for typ in good {
        let token = token(&written(typ));
        assert!(
            verify_of_client::<Claims>(&token, &keys, &checks).is_ok(),
            "{typ}"
        );
        let strict = verify::<Claims>(&token, &keys, &checks).is_ok();
        assert_eq!(
            strict,
            typ.contains("client"),
            "only of_client is so kind: {typ}"
        );
    }
    for typ in bad {
        let token = token(&written(typ));
        let error = verify_of_client::<Claims>(&token, &keys, &checks).unwrap_err();
        assert_eq!(error, JwtError::Header("typ"), "{typ}");
    }
    let empty = token(r#","typ":"""#);
    assert!(verify_of_client::<Claims>(&empty, &keys, &checks).is_err());
}

#[test]
fn ed25519_has_two_names() {
    let key = key(SigningAlg::EdDSA);
    let payload = serde_json::to_string(&claims()).unwrap();
    let mut jwk = key.public_jwk().unwrap().clone();
    for name in ["EdDSA", "Ed25519"] {
        jwk["alg"] = name.into();
        let keys = [VerifyingKey::from_jwk(SigningAlg::EdDSA, &jwk).unwrap()];
        let token = forge(&key, &format!(r#"{{"alg":"{name}"}}"#), &payload);
        assert!(verify_of_client::<Claims>(&token, &keys, &checks()).is_ok());
        let (message, _) = token.rsplit_once('.').unwrap();
        let unsigned = verify_of_client::<Claims>(&format!("{message}."), &keys, &checks());
        assert_eq!(unsigned.unwrap_err(), JwtError::Signature);
    }
    jwk["alg"] = "Ed448".into();
    assert!(VerifyingKey::from_jwk(SigningAlg::EdDSA, &jwk).is_err());
}

#[test]
fn a_peek_says_who_and_by_which_key() {
    let key = key(SigningAlg::ES256);
    let peeked = |header: &str, payload: &str| peek(&forge(&key, header, payload));
    let named = peeked(r#"{"alg":"none","kid":"k"}"#, r#"{"sub":"ada","x":[]}"#).unwrap();
    assert_eq!(
        (named.kid.as_deref(), named.sub.as_deref()),
        (Some("k"), Some("ada"))
    );
    let nobody = peeked(r#"{"alg":"ES256"}"#, "{}").unwrap();
    assert_eq!((nobody.kid, nobody.sub), (None, None));
    assert_eq!(
        peeked(r#"{"alg":"ES256"}"#, r#"{"sub":"a","sub":"b"}"#).unwrap_err(),
        TWICE
    );
    assert_eq!(
        peeked(r#"{"alg":"ES256"}"#, r#"{"sub":1}"#).unwrap_err(),
        WRONG_KIND
    );
    assert_eq!(peek("a.b").unwrap_err(), NOT_THREE);
}
