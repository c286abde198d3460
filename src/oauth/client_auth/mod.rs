//! Client authentication (RFC 6749 §2.3, OIDC Core §9): a secret by HTTP Basic or in the form body ([`secret`]), a signed assertion
//! ([`assertion`]), or none for public clients.

mod assertion;
mod secret;

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::error::{Error, invalid_request};
use super::params::Params;
use crate::app::App;
use crate::model::client::{AuthMethod, Client};
use crate::model::signing_key::SigningAlg;

/// A client that proved to be itself by its registered method; for public clients: that named itself.
#[derive(Debug, Clone)]
pub struct AuthenticatedClient(Arc<Client>);

impl AuthenticatedClient {
    /// The client.
    pub fn client(&self) -> &Arc<Client> {
        &self.0
    }
}

/// What works; discovery lists it.
pub const METHODS: [AuthMethod; 5] = AuthMethod::ALL;

/// The algorithms of client assertions; discovery lists them. HS256 is for `client_secret_jwt`, the others for `private_key_jwt`.
pub const SIGNING_ALGS: [SigningAlg; 5] = [
    SigningAlg::RS256,
    SigningAlg::ES256,
    SigningAlg::PS256,
    SigningAlg::EdDSA,
    SigningAlg::HS256,
];

/// Authenticates a request. `authorization` is the header's value, if there is one.
pub async fn authenticate(
    app: &App,
    params: &Params,
    authorization: Option<&str>,
    now: DateTime<Utc>,
) -> Result<AuthenticatedClient, Error> {
    if !assertion::is_presented(params) {
        return secret::authenticate(app, params, authorization, now).await;
    }
    // RFC 6749 §2.3: never more than one method in a request.
    if authorization.is_some() || params.has("client_secret") {
        return Err(invalid_request(
            "the client authenticated in two ways at once: send client_assertion alone, without Authorization header and client_secret",
        ));
    }
    assertion::authenticate(app, params, now).await
}
