//! What introspection (RFC 7662) and revocation (RFC 7009) have in common: somebody who proves who they are, and a token.

use super::client_auth::{self, AuthenticatedClient};
use super::error::invalid_request;
use super::token::{Refused, TokenRequest};
use crate::app::App;
use crate::model::id::ClientId;

/// The parameters of both endpoints, each to be sent once at most; others are ignored. `token_type_hint` is but a hint, and our tokens
/// show their kind by their form.
pub const PARAMETERS: [&str; 6] = [
    "token",
    "token_type_hint",
    "client_id",
    "client_secret",
    "client_assertion",
    "client_assertion_type",
];

/// The client that asks, and the token that it asks about.
pub(super) async fn read<'a>(
    app: &App,
    request: TokenRequest<'a>,
) -> Result<(AuthenticatedClient, &'a str), Refused> {
    let params = request.params;
    let named = || {
        params
            .get("client_id")
            .and_then(|id| ClientId::parse(id).ok())
    };
    let refused = |error| Refused {
        error,
        client_id: named(),
    };
    if let Some(name) = params.repeated(&PARAMETERS) {
        return Err(refused(invalid_request(format!(
            "{name} was sent more than once"
        ))));
    }
    // Before the token is looked for, so that a stranger learns nothing, not even of its own mistakes.
    let client = client_auth::authenticate(app, params, request.authorization, request.now)
        .await
        .map_err(refused)?;
    let token = params.get("token").ok_or_else(|| Refused {
        error: invalid_request("token is missing"),
        client_id: Some(client.client().id.clone()),
    })?;
    Ok((client, token))
}
