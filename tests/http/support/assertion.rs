//! A client that proves itself by what it signs (RFC 7523): the JWTs are made here, byte by byte, not by the code under test.

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use placet::admin::clients::{ClientFields, NewClient};
use serde_json::{Value, json};

use super::client::Tokens;
use super::clients::encode;
use super::{Client, TestServer};

pub(crate) const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// A P-256 key of a client.
pub(crate) struct ClientKey {
    pair: EcdsaKeyPair,
    pub kid: String,
}

impl ClientKey {
    pub(crate) fn new(kid: &str) -> Self {
        Self {
            pair: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap(),
            kid: kid.to_owned(),
        }
    }

    /// The public half.
    pub(crate) fn jwk(&self) -> Value {
        let point = self.pair.public_key().as_ref();
        json!({"kty": "EC", "crv": "P-256", "kid": self.kid, "use": "sig", "x": b64(&point[1..33]), "y": b64(&point[33..])})
    }

    pub(crate) fn jwks(&self) -> String {
        json!({ "keys": [self.jwk()] }).to_string()
    }

    /// A JWT with this header and these claims.
    pub(crate) fn sign(&self, header: &Value, claims: &Value) -> String {
        let message = message(header, claims);
        let signature = self.pair.sign(&SystemRandom::new(), message.as_bytes());
        format!("{message}.{}", b64(signature.unwrap().as_ref()))
    }

    /// A JWT of these claims with the usual header.
    pub(crate) fn jwt(&self, claims: &Value) -> String {
        self.sign(&json!({"alg": "ES256", "kid": self.kid}), claims)
    }
}

/// A JWT that is authenticated by a secret.
pub(crate) fn hs256(secret: &str, claims: &Value) -> String {
    let message = message(&json!({"alg": "HS256"}), claims);
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let tag = hmac::sign(&key, message.as_bytes());
    format!("{message}.{}", b64(tag.as_ref()))
}

fn message(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| b64(value.to_string().as_bytes());
    format!("{}.{}", part(header), part(claims))
}

fn b64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl TestServer {
    /// A service that authenticates by assertions, with this metadata over the usual.
    pub(crate) async fn asserting_client(&self, fields: ClientFields) -> Client {
        self.add_scope("jobs:run", "run jobs").await;
        let method = "private_key_jwt".to_owned();
        self.add_client(NewClient {
            fields: ClientFields {
                name: Some("Night Job".to_owned()),
                scope: fields.scope.clone().or(Some("jobs:run".to_owned())),
                token_endpoint_auth_method: fields
                    .token_endpoint_auth_method
                    .clone()
                    .or(Some(method)),
                ..fields
            },
            ..NewClient::default()
        })
        .await
    }

    /// The claims of a good assertion, with an id of its own.
    pub(crate) fn assertion_claims(&self, client: &Client) -> Value {
        let now = self.app.clock.now().timestamp();
        json!({
            "iss": client.id, "sub": client.id, "aud": self.app.issuer(),
            "iat": now, "exp": now + 60, "jti": placet::random::uuid(),
        })
    }
}

impl Client {
    /// `client_credentials` with that assertion, and what else a test wants.
    pub(crate) async fn assert(&self, assertion: &str, more: &[(&str, &str)]) -> Tokens {
        let mut params = vec![
            ("grant_type", "client_credentials"),
            ("client_assertion_type", JWT_BEARER),
            ("client_assertion", assertion),
        ];
        params.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
        params.extend(more.iter().filter(|(_, value)| !value.is_empty()));
        let form = [(
            "content-type",
            "application/x-www-form-urlencoded".to_owned(),
        )];
        self.post_token(&form, encode(&params)).await
    }
}
