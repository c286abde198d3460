//! The provider's UserInfo endpoint (OIDC Core §5.3), for what its ID token left out.

use serde_json::Value;

use super::exchange::Tokens;
use super::id_token::text;
use super::metadata::Metadata;
use super::{Claims, Failure};
use crate::app::App;
use crate::fetch::{FetchError, Question};
use crate::model::secret::Secret;

const MAX_BYTES: usize = 64 * 1024;

/// Adds what it says of the same person. Providers without one, and tokens that are not for it, add nothing.
pub(super) async fn add(
    app: &App,
    metadata: &Metadata,
    tokens: &Tokens,
    claims: &mut Claims,
) -> Result<(), Failure> {
    let (Some(url), Some(token)) = (&metadata.userinfo_endpoint, &tokens.access_token) else {
        return Ok(());
    };
    let bearer = Secret::new(format!("Bearer {}", token.expose()));
    let question = Question {
        url,
        form: None,
        authorization: Some(bearer.expose()),
        limit: MAX_BYTES,
    };
    let asked = app.fetcher.ask(question).await;
    let (status, answer) =
        asked.map_err(|error| Failure::fetch("the provider's UserInfo", url, error))?;
    if status != 200 {
        let error = FetchError::Status(status);
        return Err(Failure::fetch("the provider's UserInfo", url, error));
    }
    // §5.3.2: else it may be of somebody else.
    if answer.get("sub").and_then(Value::as_str) != Some(&claims.subject) {
        return Err(Failure::untrusted("UserInfo is of somebody else (sub)"));
    }
    let of = |name: &str| answer.get(name);
    claims.email = text(of("email"));
    // As in the ID token, true and nothing else; Microsoft answers for no address.
    claims.is_email_verified =
        !metadata.is_microsoft && of("email_verified") == Some(&Value::Bool(true));
    let known = claims.preferred_username.take();
    claims.preferred_username = known.or_else(|| text(of("preferred_username")));
    let known = claims.name.take();
    claims.name = known.or_else(|| text(of("name")));
    Ok(())
}
