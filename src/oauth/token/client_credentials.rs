//! `grant_type=client_credentials` (RFC 6749 §4.4). Touches no database: the client is in memory, the token is a JWT.

use chrono::{DateTime, Utc};

use super::{TokenRequest, TokenResponse, mint};
use crate::app::App;
use crate::model::client::Client;
use crate::model::scope::{self, Scopes};
use crate::oauth::client_auth::AuthenticatedClient;
use crate::oauth::error::{Error, invalid_scope, unauthorized_client};
use crate::oauth::params::Params;
use crate::oauth::target::{check_resource, refuse_foreign};

/// A token for the client itself.
pub(super) fn answer(
    app: &App,
    client: &AuthenticatedClient,
    request: TokenRequest<'_>,
) -> Result<TokenResponse, Error> {
    of_client(app, client.client(), request.params, request.now)
}

/// Decides and mints, for a client that has proven itself.
pub(in crate::oauth) fn of_client(
    app: &App,
    client: &Client,
    params: &Params,
    now: DateTime<Utc>,
) -> Result<TokenResponse, Error> {
    if client.metadata.is_public() {
        return Err(unauthorized_client(
            "a public client cannot use client_credentials (RFC 6749 section 4.4)",
        ));
    }
    let registry = app.registry();
    let resource = check_resource(&registry, client, params)?;
    // The scopes of OpenID Connect speak of a person, and there is none here.
    let allowed = client
        .metadata
        .scope
        .filter(|name| !scope::is_built_in(name) && registry.has_scope(name));
    let scope = match params.get("scope") {
        None => allowed,
        Some(sent) => {
            let asked = Scopes::parse(sent).map_err(|error| invalid_scope(error.to_string()))?;
            if let Some(denied) = asked.minus(&allowed).iter().next() {
                return Err(invalid_scope(format!(
                    "scope {denied} is not registered for this client, or speaks of a person, and client_credentials has none"
                )));
            }
            refuse_foreign(&registry, &resource.iter().collect(), &asked)?;
            asked
        }
    };
    mint::answer_client(app, client, resource.as_deref(), &scope, now)
}
