//! The sample app at the token endpoint: it asks from the server side, as a confidential client, and believes an ID token
//! only after checking it (OIDC Core §3.1.3.7).

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::Value;

use super::key_set::{PINNED, Source, Unverified};
use super::remembered::SignedIn;
use super::{Demo, WEB_CLIENT, client_secret, own_address};
use crate::crypto;
use crate::http::web::Web;
use crate::keys::jwt::Checks;
use crate::model::secret::Secret;

/// How far the clocks of issuer and app may differ.
const LEEWAY: Duration = Duration::from_secs(5);

/// RFC 6749 §5.1, OIDC Core §3.1.3.3.
#[derive(Deserialize)]
struct Answer {
    access_token: Secret<String>,
    token_type: String,
    expires_in: i64,
    refresh_token: Option<Secret<String>>,
    id_token: Option<String>,
    scope: Option<String>,
}

/// RFC 6749 §5.2.
#[derive(Deserialize)]
struct Refusal {
    error: String,
    #[serde(default)]
    error_description: String,
}

/// Why the sample app has no tokens.
#[derive(Debug)]
pub(super) struct Trouble {
    pub(super) status: StatusCode,
    /// RFC 6749's or our own code.
    pub(super) error: String,
    pub(super) description: String,
    /// The server said so; otherwise the app found it.
    pub(super) is_told: bool,
}

impl Trouble {
    /// Something that the app found wrong with what it was sent.
    pub(super) fn found(error: &str, description: &str) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            error: error.to_owned(),
            description: description.to_owned(),
            is_told: false,
        }
    }

    /// What the server answered.
    pub(super) fn told(error: &str, description: &str) -> Self {
        Self {
            status: StatusCode::OK,
            error: error.to_owned(),
            description: description.to_owned(),
            is_told: true,
        }
    }

    fn server(description: &str) -> Self {
        Self {
            status: StatusCode::BAD_GATEWAY,
            ..Self::found("server_unreachable", description)
        }
    }
}

/// What an ID token must say beside its issuer, audience and times.
pub(super) enum Expected<'a> {
    /// The first one: it answers the request with this nonce.
    Nonce(&'a str),
    /// A later one: of the same person, from the same sign-in (OIDC Core §12.2).
    Like(&'a Value),
}

/// Where the app asks from, and on whose behalf.
pub(super) struct Asking<'a> {
    pub(super) request: &'a HttpRequest,
    pub(super) web: &'a Web,
    pub(super) demo: &'a Demo,
}

impl Asking<'_> {
    /// Sends a token request, and checks what comes.
    pub(super) async fn tokens(
        &self,
        params: &[(&str, &str)],
        expected: Expected<'_>,
    ) -> Result<SignedIn, Trouble> {
        let answer = self.send(params).await?;
        if !answer.token_type.eq_ignore_ascii_case("bearer") {
            return Err(Trouble::found(
                "token_type",
                "the token is of a type that the app does not know",
            ));
        }
        let id_claims = match (&answer.id_token, &expected) {
            (Some(id_token), _) => {
                self.check_id_token(id_token, answer.access_token.expose(), &expected)
                    .await?
            }
            (None, Expected::Like(before)) => (*before).clone(),
            (None, Expected::Nonce(_)) => {
                return Err(Trouble::found(
                    "id_token",
                    "there is no ID token in the answer",
                ));
            }
        };
        Ok(SignedIn {
            expires_at: self.web.app.clock.now()
                + TimeDelta::seconds(answer.expires_in.clamp(0, 86_400)),
            access_token: answer.access_token,
            refresh_token: answer.refresh_token,
            scope: answer.scope.unwrap_or_default(),
            id_claims,
            last_call: None,
        })
    }

    async fn send(&self, params: &[(&str, &str)]) -> Result<Answer, Trouble> {
        let secret = client_secret(&self.web.app, WEB_CLIENT);
        let url = format!("{}/token", own_address(self.request, self.web));
        // RFC 6749 §2.3.1 wants both form-encoded before; these two read the same afterwards.
        let request = self
            .demo
            .http
            .post(url)
            .basic_auth(WEB_CLIENT, Some(secret.expose()))
            .form(params);
        let unreachable = |error: reqwest::Error| {
            tracing::warn!(%error, "the sample app cannot reach the token endpoint");
            Trouble::server("the app could not reach the token endpoint")
        };
        let response = request.send().await.map_err(unreachable)?;
        if response.status().is_success() {
            return response.json().await.map_err(unreachable);
        }
        let refusal: Refusal = response.json().await.map_err(unreachable)?;
        Err(Trouble::told(&refusal.error, &refusal.error_description))
    }

    async fn check_id_token(
        &self,
        token: &str,
        access_token: &str,
        expected: &Expected<'_>,
    ) -> Result<Value, Trouble> {
        let checks = Checks {
            issuer: self.web.app.issuer(),
            audience: Some(WEB_CLIENT),
            typ: "JWT",
            algorithms: &PINNED,
            now: self.web.app.clock.now(),
            leeway: LEEWAY,
        };
        let url = format!(
            "{}/.well-known/jwks.json",
            own_address(self.request, self.web)
        );
        let source = Source {
            http: &self.demo.http,
            url,
        };
        let claims: Value = self
            .demo
            .app_keys
            .verify(&source, token, &checks)
            .await
            .map_err(|error| match error {
                Unverified::Token(error) => Trouble::found("id_token", &error.to_string()),
                Unverified::NoKeys => Trouble::server("the app could not fetch the server's keys"),
            })?;
        check_claims(&claims, access_token, expected)
            .map_err(|fault| Trouble::found("id_token", fault))?;
        Ok(claims)
    }
}

fn check_claims(
    claims: &Value,
    access_token: &str,
    expected: &Expected<'_>,
) -> Result<(), &'static str> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    if text("sub").is_none() {
        return Err("the ID token names nobody");
    }
    // §3.1.3.7 items 3 to 5: for us alone, and made at our wish.
    let is_for_us_alone =
        text("aud") == Some(WEB_CLIENT) && text("azp").is_none_or(|azp| azp == WEB_CLIENT);
    if !is_for_us_alone {
        return Err("the ID token is for others too");
    }
    // §3.1.3.6: the left half of the SHA-256 of the access token.
    let at_hash = URL_SAFE_NO_PAD.encode(&crypto::sha256(access_token.as_bytes())[..16]);
    if text("at_hash").is_some_and(|hash| hash != at_hash) {
        return Err("the ID token was made for another access token");
    }
    let is_expected = match expected {
        Expected::Nonce(nonce) => text("nonce") == Some(*nonce),
        Expected::Like(before) => {
            ["iss", "sub", "aud", "auth_time"]
                .iter()
                .all(|name| claims.get(name) == before.get(name))
                && (claims.get("nonce").is_none() || claims.get("nonce") == before.get("nonce"))
        }
    };
    is_expected
        .then_some(())
        .ok_or("the ID token answers another sign-in")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn claims() -> Value {
        let at_hash = URL_SAFE_NO_PAD.encode(&crypto::sha256(b"token")[..16]);
        json!({ "iss": "i", "sub": "s", "aud": WEB_CLIENT, "auth_time": 1, "nonce": "n", "at_hash": at_hash })
    }

    #[test]
    fn each_claim_is_looked_at() {
        assert_eq!(
            check_claims(&claims(), "token", &Expected::Nonce("n")),
            Ok(())
        );
        assert_eq!(
            check_claims(&claims(), "token", &Expected::Like(&claims())),
            Ok(())
        );
        assert!(check_claims(&claims(), "other", &Expected::Nonce("n")).is_err());
        assert!(check_claims(&claims(), "token", &Expected::Nonce("m")).is_err());
        let changes = [
            ("sub", Value::Null),
            ("aud", json!([WEB_CLIENT, "other"])),
            ("azp", json!("other")),
            ("nonce", Value::Null),
        ];
        for (name, value) in changes {
            let mut bad = claims();
            bad[name] = value;
            assert!(
                check_claims(&bad, "token", &Expected::Nonce("n")).is_err(),
                "{name}"
            );
        }
        for (name, value) in [
            ("sub", json!("other")),
            ("auth_time", json!(2)),
            ("nonce", json!("m")),
        ] {
            let mut bad = claims();
            bad[name] = value;
            assert!(
                check_claims(&bad, "token", &Expected::Like(&claims())).is_err(),
                "{name}"
            );
        }
    }
}
