//! Forgeries of a token of ours (S106): each must be refused wherever tokens are read.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use placet::keys::crypto::SigningKey;
use placet::keys::jwt;
use serde_json::{Value, json};

use super::TestServer;
use super::client::decode_jwt;
use super::requests::altered;

/// Forgeries of this ES256 access token, and what each is.
pub(crate) async fn forgeries(server: &TestServer, token: &str) -> Vec<(String, &'static str)> {
    let (header, claims) = decode_jwt(token);
    let parts: Vec<&str> = token.split('.').collect();
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let with = |change: Value| {
        let mut header = header.clone();
        header
            .as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        format!("{}.{}.{}", part(&header), parts[1], parts[2])
    };
    let jwks = server.jwks().await;
    let mut keys = jwks["keys"].as_array().unwrap().iter();
    let public = keys
        .find(|key| key["kid"] == header["kid"])
        .unwrap()
        .to_string();
    let with_public =
        SigningKey::from_hmac_secret(header["kid"].as_str(), public.as_bytes()).unwrap();
    let (strange, _) = SigningKey::generate("ES256".parse().unwrap()).unwrap();
    let none = part(&json!({ "alg": "none", "typ": "at+jwt" }));
    let twice = URL_SAFE_NO_PAD.encode(format!(
        "{{\"scope\":\"openid profile\",{}",
        &claims.to_string()[1..]
    ));
    let signature = parts[2];
    vec![
        (format!("{none}.{}.", parts[1]), "no signature"),
        (with(json!({ "alg": "none" })), "alg none"),
        (with(json!({ "alg": "HS256" })), "HS256"),
        (with(json!({ "alg": "ES384" })), "another curve"),
        (
            jwt::sign(&with_public, "at+jwt", &claims).unwrap(),
            "HS256 with our public key",
        ),
        (
            jwt::sign(&strange, "at+jwt", &claims).unwrap(),
            "a strange key",
        ),
        (with(json!({ "crit": ["exp"] })), "crit"),
        (
            with(json!({ "jwk": strange.public_jwk() })),
            "a key of its own",
        ),
        (
            with(json!({ "jku": "https://evil.example/jwks" })),
            "a key elsewhere",
        ),
        (
            with(json!({ "kid": "../../../etc/passwd" })),
            "a path as kid",
        ),
        (with(json!({ "kid": "' OR 1=1 --" })), "SQL as kid"),
        (
            format!("{}.{twice}.{signature}", parts[0]),
            "a member twice",
        ),
        (
            format!("{}.{}.{}", parts[0], parts[1], altered(signature)),
            "another signature",
        ),
        (
            format!(
                "{}.{}.{}",
                parts[0],
                parts[1],
                &signature[..signature.len() - 4]
            ),
            "a cut signature",
        ),
        (
            format!("{}.{}.{signature}", parts[0], altered(parts[1])),
            "another payload",
        ),
        (format!("{}.{}", parts[0], parts[1]), "two parts"),
    ]
}
