//! Tests of JWTs: every algorithm there and back, and all that must not be believed.

use jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{DecodingKey, EncodingKey};
use serde_json::{Value, json};

use super::*;

const ALL: [SigningAlg; 5] = [
    SigningAlg::ES256,
    SigningAlg::RS256,
    SigningAlg::PS256,
    SigningAlg::EdDSA,
    SigningAlg::HS256,
];
const SECRET: &[u8; 32] = b"0123456789abcdef0123456789abcdef";
const ISSUER: &str = "https://id.example.com";
const AUDIENCE: &str = "https://api.example.com";
const NOW: i64 = 1_800_000_000;
const TWICE: JwtError = JwtError::Malformed("not JSON, or a member twice");
const NOT_THREE: JwtError = JwtError::Malformed("not three parts");
const WRONG_KIND: JwtError = JwtError::Malformed("a member of the wrong kind");

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: String,
    exp: i64,
    iat: i64,
}

fn claims() -> Claims {
    Claims {
        iss: ISSUER.into(),
        sub: "ada".into(),
        aud: AUDIENCE.into(),
        exp: NOW + 600,
        iat: NOW,
    }
}

fn checks() -> Checks<'static> {
    Checks {
        issuer: ISSUER,
        audience: Some(AUDIENCE),
        typ: "at+jwt",
        algorithms: &ALL,
        now: DateTime::from_timestamp(NOW, 0).unwrap(),
        leeway: Duration::ZERO,
    }
}

fn key(alg: SigningAlg) -> SigningKey {
    match alg {
        SigningAlg::HS256 => SigningKey::from_hmac_secret(None, SECRET).unwrap(),
        _ => SigningKey::generate(alg).unwrap().0,
    }
}

fn b64(json: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(json)
}

/// A token with exactly this header and payload, signed well.
fn forge(key: &SigningKey, header: &str, payload: &str) -> String {
    let message = format!("{}.{}", b64(header), b64(payload));
    let alg = jsonwebtoken_alg(key.alg());
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), key.encoding_key(), alg);
    format!("{message}.{}", signature.unwrap())
}

fn refusal(token: &str, keys: &[VerifyingKey], checks: &Checks<'_>) -> JwtError {
    verify::<Value>(token, keys, checks).unwrap_err()
}

#[test]
fn every_algorithm_there_and_back() {
    // S104
    for alg in ALL {
        let key = key(alg);
        let token = sign(&key, "at+jwt", &claims()).unwrap();
        let read: Claims = verify(&token, &[key.verifying_key()], &checks()).unwrap();
        assert_eq!(read, claims());

        let parts: Vec<&str> = token.split('.').collect();
        let header = String::from_utf8(URL_SAFE_NO_PAD.decode(parts[0]).unwrap()).unwrap();
        let kid = key
            .kid()
            .map_or(String::new(), |kid| format!(r#","kid":"{kid}""#));
        assert_eq!(header, format!(r#"{{"typ":"at+jwt","alg":"{alg}"{kid}}}"#));
        let payload = String::from_utf8(URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap();
        assert!(payload.starts_with(r#"{"iss":"https://id.example.com","sub":"ada","aud":"#));
    }
}

#[test]
fn others_verify_our_signatures() {
    for alg in ALL {
        let key = key(alg);
        let token = sign(&key, "at+jwt", &claims()).unwrap();
        let theirs = match key.public_jwk() {
            Some(jwk) => {
                let jwk: Jwk = serde_json::from_value(jwk.clone()).unwrap();
                DecodingKey::from_jwk(&jwk).unwrap()
            }
            None => DecodingKey::from_secret(SECRET),
        };
        let (message, signature) = token.rsplit_once('.').unwrap();
        let verifier =
            (DEFAULT_PROVIDER.verifier_factory)(&jsonwebtoken_alg(alg), &theirs).unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        assert!(
            verifier.verify(message.as_bytes(), &signature).is_ok(),
            "{alg}"
        );
    }
}

#[test]
fn keys_that_are_not_ours_still_work_with_jsonwebtoken() {
    let (ours, pkcs8) = SigningKey::generate(SigningAlg::ES256).unwrap();
    let mut header = Header::new(jsonwebtoken::Algorithm::ES256);
    header.typ = Some("application/AT+JWT".into());
    let plain = EncodingKey::from_ec_der(pkcs8.expose());
    let token = jsonwebtoken::encode(&header, &claims(), &plain).unwrap();
    assert!(verify::<Claims>(&token, &[ours.verifying_key()], &checks()).is_ok());
}

#[test]
fn forged_and_altered_tokens_are_refused() {
    // S106
    let es256 = key(SigningAlg::ES256);
    let token = sign(&es256, "at+jwt", &claims()).unwrap();
    let (message, signature) = token.rsplit_once('.').unwrap();
    let (header, payload) = message.split_once('.').unwrap();
    let kid = es256.kid().unwrap();
    let public = es256.public_jwk().unwrap().to_string();
    let with_public_key = SigningKey::from_hmac_secret(Some(kid), public.as_bytes()).unwrap();
    let mut other = claims();
    other.sub = "eve".into();
    let other = b64(serde_json::to_string(&other).unwrap());
    let mut flipped = URL_SAFE_NO_PAD.decode(signature).unwrap();
    flipped[10] ^= 1;
    let unsigned = |alg: &str| {
        let header = format!(r#"{{"alg":"{alg}","typ":"at+jwt","kid":"{kid}"}}"#);
        format!("{}.{payload}.", b64(header))
    };
    let by = |key: &SigningKey| sign(key, "at+jwt", &claims()).unwrap();
    let cases = [
        (unsigned("none"), JwtError::Header("alg")),
        (unsigned("nONe"), JwtError::Header("alg")),
        (unsigned("ES384"), JwtError::Header("alg")),
        (unsigned("ES256"), JwtError::Signature),
        (by(&with_public_key), JwtError::UnknownKey),
        (by(&key(SigningAlg::ES256)), JwtError::UnknownKey),
        (format!("{header}.{other}.{signature}"), JwtError::Signature),
        (format!("{message}.{}", b64(flipped)), JwtError::Signature),
        (format!("{message}.{}", b64([0; 64])), JwtError::Signature),
        (
            format!("{message}.{}", &signature[..80]),
            JwtError::Signature,
        ),
        (format!("{message}."), JwtError::Signature),
        (format!("{token}="), JwtError::Signature),
    ];
    for (token, expected) in cases {
        assert_eq!(
            refusal(&token, &[es256.verifying_key()], &checks()),
            expected,
            "{token}"
        );
    }
}

#[test]
fn what_is_no_compact_jws_is_refused() {
    // S106, S177
    let es256 = key(SigningAlg::ES256);
    let token = sign(&es256, "at+jwt", &claims()).unwrap();
    let (header, rest) = token.split_once('.').unwrap();
    let not_base64url = JwtError::Malformed("not base64url");
    let cases = [
        (token.rsplit_once('.').unwrap().0.to_owned(), NOT_THREE),
        (format!("{token}.x.y"), NOT_THREE),
        (String::new(), NOT_THREE),
        ("....".repeat(9), NOT_THREE),
        (format!(" {token}"), not_base64url),
        (format!("{header}=.{rest}"), not_base64url),
        ("a.b.c".repeat(9999), JwtError::Malformed("too long")),
    ];
    for (token, expected) in cases {
        assert_eq!(
            refusal(&token, &[es256.verifying_key()], &checks()),
            expected,
            "{token}"
        );
    }
}

#[test]
fn headers_that_bring_a_key_or_a_demand_are_refused() {
    // S106: well signed, and still not believed.
    let key = key(SigningAlg::ES256);
    let keys = [key.verifying_key()];
    let payload = serde_json::to_string(&claims()).unwrap();
    let kid = key.kid().unwrap();
    let jwk = key.public_jwk().unwrap();
    let cases = [
        (
            format!(r#""kid":"{kid}","crit":["exp"]"#),
            JwtError::Header("crit"),
        ),
        (
            format!(r#""kid":"{kid}","jwk":{jwk}"#),
            JwtError::Header("jwk"),
        ),
        (
            r#""jku":"https://evil.example/jwks""#.into(),
            JwtError::Header("jku"),
        ),
        (
            r#""x5u":"https://evil.example/x""#.into(),
            JwtError::Header("x5u"),
        ),
        (r#""x5c":[]"#.into(), JwtError::Header("x5c")),
        (r#""zip":"DEF""#.into(), JwtError::Header("zip")),
        (r#""b64":false"#.into(), JwtError::Header("b64")),
        (r#""kid":"../../etc/passwd""#.into(), JwtError::UnknownKey),
        (r#""kid":"' OR 1=1 --""#.into(), JwtError::UnknownKey),
        (r#""kid":7"#.into(), WRONG_KIND),
        (r#""alg":"none""#.into(), TWICE),
        (format!(r#""kid":"{kid}","\u006bid":"{kid}""#), TWICE),
        (
            format!(r#""deep":{}1{}"#, "[".repeat(9999), "]".repeat(9999)),
            JwtError::Malformed("too long"),
        ),
        (
            format!(r#""deep":{}1{}"#, "[".repeat(999), "]".repeat(999)),
            TWICE,
        ),
    ];
    for (members, expected) in cases {
        let token = forge(
            &key,
            &format!(r#"{{"alg":"ES256","typ":"at+jwt",{members}}}"#),
            &payload,
        );
        assert_eq!(refusal(&token, &keys, &checks()), expected, "{members}");
    }
    for typ in ["JWT", "logout+jwt", "", "at+jwt2"] {
        // S103
        let token = sign(&key, typ, &claims()).unwrap();
        assert_eq!(refusal(&token, &keys, &checks()), JwtError::Header("typ"));
    }
    let without = forge(&key, r#"{"alg":"ES256"}"#, &payload);
    assert_eq!(refusal(&without, &keys, &checks()), JwtError::Header("typ"));
}

#[test]
fn a_key_serves_its_own_algorithm_only() {
    // S107: RS256 and PS256 share a family; the key of one does not verify the other.
    let (rs256, pkcs8) = SigningKey::generate(SigningAlg::RS256).unwrap();
    let ps256 = SigningKey::from_pkcs8(SigningAlg::PS256, "ps".into(), pkcs8.expose()).unwrap();
    let token = sign(&rs256, "at+jwt", &claims()).unwrap();
    assert_eq!(
        refusal(&token, &[ps256.verifying_key()], &checks()),
        JwtError::UnknownKey
    );
    let payload = serde_json::to_string(&claims()).unwrap();
    let relabelled = forge(&rs256, r#"{"alg":"PS256","typ":"at+jwt"}"#, &payload);
    assert_eq!(
        refusal(&relabelled, &[ps256.verifying_key()], &checks()),
        JwtError::Signature
    );
    let es256_only = Checks {
        algorithms: &[SigningAlg::ES256],
        ..checks()
    };
    assert_eq!(
        refusal(&token, &[rs256.verifying_key()], &es256_only),
        JwtError::Header("alg")
    );
    let mut header = Header::new(jsonwebtoken::Algorithm::PS256);
    header.typ = Some("at+jwt".into());
    assert!(jsonwebtoken::encode(&header, &claims(), rs256.encoding_key()).is_err());
}

/// Good claims with these changes; `null` takes a claim out. Signed, then verified with that leeway in seconds.
fn outcome(changes: &Value, leeway: u64) -> Option<JwtError> {
    let key = SigningKey::from_hmac_secret(None, SECRET).unwrap();
    let mut claims = json!({"iss": ISSUER, "aud": AUDIENCE, "exp": NOW + 60});
    let members = claims.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => members.remove(name),
            value => members.insert(name.clone(), value.clone()),
        };
    }
    let token = sign(&key, "at+jwt", &claims).unwrap();
    let checks = Checks {
        leeway: Duration::from_secs(leeway),
        ..checks()
    };
    verify::<Value>(&token, &[key.verifying_key()], &checks).err()
}

#[test]
fn claims_are_checked_against_the_given_now() {
    let cases = [
        (json!({}), 0, None),
        (json!({"aud": ["x", AUDIENCE]}), 0, None),
        (json!({"exp": 1_800_000_000.5}), 0, None),
        (json!({"exp": NOW}), 0, Some(JwtError::Expired)),
        (json!({"exp": NOW - 4}), 5, None),
        (json!({"exp": NOW - 5}), 5, Some(JwtError::Expired)),
        (json!({"exp": null}), 0, Some(JwtError::Claims("no exp"))),
        (json!({"exp": "9999999999"}), 0, Some(WRONG_KIND)),
        (json!({"nbf": NOW + 1}), 0, Some(JwtError::NotYetValid)),
        (json!({"nbf": NOW + 5}), 5, None),
        (json!({"iat": NOW + 6}), 5, Some(JwtError::NotYetValid)),
        (
            json!({"iss": format!("{ISSUER}/")}),
            0,
            Some(JwtError::Issuer),
        ),
        (json!({"iss": null}), 0, Some(JwtError::Issuer)),
        (
            json!({"aud": format!("{AUDIENCE}/")}),
            0,
            Some(JwtError::Audience),
        ),
        (json!({"aud": []}), 0, Some(JwtError::Audience)),
        (json!({"aud": null}), 0, Some(JwtError::Audience)),
    ];
    for (changes, leeway, expected) in cases {
        assert_eq!(outcome(&changes, leeway), expected, "{changes}");
    }
}

#[test]
fn claims_come_once_and_are_those_expected() {
    let key = key(SigningAlg::EdDSA);
    let keys = [key.verifying_key()];
    let exp = NOW + 60;
    let twice =
        format!(r#"{{"iss":"{ISSUER}","aud":"{AUDIENCE}","exp":{exp},"x":{{"a":1,"a":2}}}}"#);
    let token = forge(&key, r#"{"alg":"EdDSA","typ":"at+jwt"}"#, &twice);
    assert_eq!(refusal(&token, &keys, &checks()), TWICE);
    let any_audience = Checks {
        audience: None,
        ..checks()
    };
    let token = sign(&key, "at+jwt", &json!({"iss": ISSUER, "exp": exp})).unwrap();
    assert!(verify::<Value>(&token, &keys, &any_audience).is_ok());
    let missing: Result<Claims, _> = verify(&token, &keys, &any_audience);
    assert_eq!(missing, Err(JwtError::Claims("not those expected")));
}

#[path = "jwt_client_tests.rs"]
mod of_client;
