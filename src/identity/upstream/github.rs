//! GitHub: OAuth 2 without an ID token, so that its API says who came. The addresses are those of its documentation; with another issuer they
//! are those of GitHub Enterprise Server.

use serde_json::Value;

use super::exchange::Tokens;
use super::id_token::text;
use super::{Claims, Failure};
use crate::app::App;
use crate::config::Provider;
use crate::fetch::{FetchError, Question};
use crate::model::secret::Secret;

const MAX_BYTES: usize = 256 * 1024;

pub(super) fn authorization_endpoint(provider: &Provider) -> String {
    format!("{}/login/oauth/authorize", provider.issuer)
}

pub(super) fn token_endpoint(provider: &Provider) -> String {
    format!("{}/login/oauth/access_token", provider.issuer)
}

fn api(provider: &Provider) -> String {
    match provider.issuer.as_str() {
        "https://github.com" => "https://api.github.com".to_owned(),
        own => format!("{own}/api/v3"),
    }
}

/// Who the token is of: by their number, because a name can be given up and taken by somebody else.
pub(super) async fn claims(
    app: &App,
    provider: &Provider,
    tokens: &Tokens,
) -> Result<Claims, Failure> {
    let token = tokens.access_token.as_ref();
    let token = token.ok_or_else(|| Failure::untrusted("there is no access token"))?;
    let bearer = Secret::new(format!("Bearer {}", token.expose()));
    let user = get(app, &format!("{}/user", api(provider)), &bearer).await?;
    let id = user.get("id").and_then(Value::as_u64);
    let id = id.ok_or_else(|| Failure::untrusted("the API does not say who it is"))?;
    let emails = get(app, &format!("{}/user/emails", api(provider)), &bearer).await?;
    let is = |address: &Value, name: &str| address.get(name) == Some(&Value::Bool(true));
    let addresses = emails.as_array();
    let primary = addresses.and_then(|all| all.iter().find(|address| is(address, "primary")));
    Ok(Claims {
        issuer: provider.issuer.clone(),
        subject: id.to_string(),
        email: primary.and_then(|address| text(address.get("email"))),
        is_email_verified: primary.is_some_and(|address| is(address, "verified")),
        preferred_username: text(user.get("login")),
        name: text(user.get("name")),
        amr: Vec::new(),
        authenticated_at: None,
    })
}

async fn get(app: &App, url: &str, bearer: &Secret<String>) -> Result<Value, Failure> {
    let question = Question {
        url,
        form: None,
        authorization: Some(bearer.expose()),
        limit: MAX_BYTES,
    };
    let asked = app.fetcher.ask(question).await;
    let (status, answer) =
        asked.map_err(|error| Failure::fetch("the provider's API", url, error))?;
    if status == 200 {
        return Ok(answer);
    }
    let error = FetchError::Status(status);
    Err(Failure::fetch("the provider's API", url, error))
}
