//! The code for tokens (RFC 6749 §4.1.3, OIDC Core §3.1.3).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use url::form_urlencoded::byte_serialize;

use super::metadata::{Metadata, Method};
use super::{Attempt, Failure, Fault, github, named, redirect_uri};
use crate::app::App;
use crate::config::Provider;
use crate::fetch::Question;
use crate::model::secret::Secret;

const MAX_BYTES: usize = 64 * 1024;

/// What the provider gave for the code. Kept nowhere.
pub(super) struct Tokens {
    pub id_token: Option<Secret<String>>,
    pub access_token: Option<Secret<String>>,
}

/// Redeems the code of an attempt. Without metadata the provider is GitHub.
pub(super) async fn redeem(
    app: &App,
    provider: &Provider,
    metadata: Option<&Metadata>,
    (code, attempt): (&Secret<String>, &Attempt),
) -> Result<Tokens, Failure> {
    let (endpoint, method) = match metadata {
        Some(metadata) => (metadata.token_endpoint.clone(), metadata.method),
        None => (github::token_endpoint(provider), Method::Post),
    };
    let redirect_uri = redirect_uri(app, provider);
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("code", code.expose()),
        ("redirect_uri", &redirect_uri),
        ("code_verifier", &attempt.verifier),
    ];
    let secret = provider.client_secret.as_ref().map(Secret::expose);
    let mut authorization = None;
    match (method, secret) {
        (Method::Basic, Some(secret)) => {
            authorization = Some(Secret::new(basic(&provider.client_id, secret)));
        }
        (Method::Post, Some(secret)) => {
            form.push(("client_id", &provider.client_id));
            form.push(("client_secret", secret));
        }
        _ => form.push(("client_id", &provider.client_id)),
    }
    let question = Question {
        url: &endpoint,
        form: Some(&form),
        authorization: authorization.as_ref().map(|value| value.expose().as_str()),
        limit: MAX_BYTES,
    };
    let (status, answer) = app
        .fetcher
        .ask(question)
        .await
        .map_err(|error| Failure::fetch("the provider's token endpoint", &endpoint, error))?;
    // GitHub answers errors with 200.
    let error = answer.get("error").and_then(Value::as_str);
    if status != 200 || error.is_some() {
        let error = error.map_or("(unreadable)", named);
        let reason =
            format!("the provider's token endpoint answered {status} with the error {error}");
        let fault = if status >= 500 {
            Fault::Unavailable
        } else {
            Fault::Refused
        };
        return Err(Failure::told(fault, reason));
    }
    let of = |name: &str| {
        let text = answer.get(name).and_then(Value::as_str);
        text.map(|text| Secret::new(text.to_owned()))
    };
    Ok(Tokens {
        id_token: of("id_token"),
        access_token: of("access_token"),
    })
}

/// RFC 6749 §2.3.1: both are form-encoded first.
fn basic(id: &str, secret: &str) -> String {
    let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let pair = format!("{}:{}", encoded(id), encoded(secret));
    format!("Basic {}", STANDARD.encode(pair))
}
