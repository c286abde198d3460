//! Verifying a token as a resource server or an app does: by the published key set, or by a shared secret.

use std::time::Duration;

use placet::keys::crypto::VerifyingKey;
use placet::keys::jwt::{self, Checks, JwtError};
use placet::model::signing_key::SigningAlg;
use serde_json::Value;

use super::TestServer;
use super::client::decode_jwt;

impl TestServer {
    /// The claims of a token that the published key with its `kid` signed with `alg`, for `audience`.
    pub(crate) async fn verify(&self, token: &str, typ: &str, alg: &str, audience: &str) -> Value {
        self.try_verify(token, typ, alg, Some(audience))
            .await
            .unwrap_or_else(|error| panic!("{alg}: {error}"))
    }

    /// The same, with the fault.
    pub(crate) async fn try_verify(
        &self,
        token: &str,
        typ: &str,
        alg: &str,
        audience: Option<&str>,
    ) -> Result<Value, JwtError> {
        let alg: SigningAlg = alg.parse().unwrap();
        let kid = decode_jwt(token).0["kid"].clone();
        let jwks = self.jwks().await;
        let named = jwks["keys"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|key| key["kid"] == kid);
        let keys: Vec<VerifyingKey> = named
            .map(|key| VerifyingKey::from_jwk(alg, key).unwrap())
            .collect();
        assert_eq!(keys.len(), 1, "one published key has the kid {kid}: {jwks}");
        jwt::verify(token, &keys, &self.checks(typ, &[alg], audience))
    }

    /// The claims of a token that was signed with that shared secret.
    pub(crate) fn verify_shared(&self, token: &str, secret: &str) -> Result<Value, JwtError> {
        let key = VerifyingKey::from_hmac_secret(None, secret.as_bytes()).unwrap();
        jwt::verify(
            token,
            &[key],
            &self.checks("JWT", &[SigningAlg::HS256], None),
        )
    }

    fn checks<'a>(
        &'a self,
        typ: &'a str,
        algorithms: &'a [SigningAlg],
        audience: Option<&'a str>,
    ) -> Checks<'a> {
        Checks {
            issuer: self.app.issuer(),
            audience,
            typ,
            algorithms,
            now: self.app.clock.now(),
            leeway: Duration::ZERO,
        }
    }
}
