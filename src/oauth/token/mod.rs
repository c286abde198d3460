//! The token endpoint (RFC 6749 §3.2). Every grant goes through the same doors, so that a new one cannot skip them:
//! 1. no parameter twice; `grant_type` is there and known
//! 2. the client authenticates, and is registered for the grant
//! 3. the grant's own file: read → decide → mint → commit

mod authorization_code;
mod client_credentials;
pub(in crate::oauth) mod mint;
mod password;
mod refresh_state;
mod refresh_token;
mod refresh_value;

pub(in crate::oauth) use authorization_code::{check_presenter, exchange};
pub(in crate::oauth) use client_credentials::of_client;
pub(in crate::oauth) use mint::access::{grant_of, published_key};
pub(in crate::oauth) use refresh_state::{RefreshTokenState, read as read_refresh_token};

use std::str::FromStr as _;

use chrono::{DateTime, Utc};
use oauth2_types::requests::GrantType;
use serde::Serialize;

use super::client_auth::{self, AuthenticatedClient};
use super::error::{Error, invalid_request, unauthorized_client, unsupported_grant_type};
use super::params::Params;
use crate::app::App;
use crate::identity::Identity;
use crate::identity::login::Place;
use crate::model::client::{Client, SUPPORTED_GRANTS};
use crate::model::id::ClientId;

/// A successful answer (RFC 6749 §5.1, OIDC Core §3.1.3.3), in the order of its members.
#[derive(Debug, Serialize)]
pub struct TokenResponse {
    pub access_token: String,
    pub token_type: &'static str,
    /// Seconds.
    pub expires_in: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_token: Option<String>,
    /// What was granted, which may be less than was asked (RFC 6749 §3.3); left out where there is none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub scope: String,
}

/// A token request with everything around it.
#[derive(Debug, Clone, Copy)]
pub struct TokenRequest<'a> {
    pub params: &'a Params,
    /// The Authorization header.
    pub authorization: Option<&'a str>,
    pub place: &'a Place,
    pub now: DateTime<Utc>,
}

/// A refusal, and the client that it concerns where that is known: for the log.
#[derive(Debug)]
pub struct Refused {
    pub error: Error,
    pub client_id: Option<ClientId>,
}

/// The parameters of the endpoint, each to be sent once at most; others are ignored (RFC 6749 §3.2).
pub const PARAMETERS: [&str; 12] = [
    "grant_type",
    "client_id",
    "client_secret",
    "code",
    "redirect_uri",
    "code_verifier",
    "refresh_token",
    "scope",
    "username",
    "password",
    "client_assertion",
    "client_assertion_type",
];

/// Answers a token request.
pub async fn answer(
    app: &App,
    identity: &Identity,
    request: TokenRequest<'_>,
) -> Result<TokenResponse, Refused> {
    let unknown = |error| Refused {
        error,
        client_id: None,
    };
    let params = request.params;
    if let Some(name) = params.repeated(&PARAMETERS) {
        return Err(unknown(invalid_request(format!(
            "{name} was sent more than once"
        ))));
    }
    let grant = params
        .get("grant_type")
        .ok_or_else(|| unknown(invalid_request("grant_type is missing")))?;
    // The client comes first, so that the answer to a stranger tells nothing of what is on.
    let authenticated = client_auth::authenticate(app, params, request.authorization, request.now)
        .await
        .map_err(|error| Refused {
            error,
            client_id: params
                .get("client_id")
                .and_then(|id| ClientId::parse(id).ok()),
        })?;
    let client_id = Some(authenticated.client().id.clone());
    dispatch(app, identity, &authenticated, grant, request)
        .await
        .map_err(|error| Refused { error, client_id })
}

async fn dispatch(
    app: &App,
    identity: &Identity,
    client: &AuthenticatedClient,
    grant: &str,
    request: TokenRequest<'_>,
) -> Result<TokenResponse, Error> {
    let Ok(grant) = GrantType::from_str(grant);
    if !SUPPORTED_GRANTS.contains(&grant) {
        return Err(unsupported_grant_type(
            "grant_type must be authorization_code, refresh_token, client_credentials or password",
        ));
    }
    check_grant(client.client(), &grant)?;
    let (answer, name) = match grant {
        GrantType::AuthorizationCode => (
            authorization_code::answer(app, client, request).await?,
            "authorization_code",
        ),
        GrantType::RefreshToken => (
            refresh_token::answer(app, client, request).await?,
            "refresh_token",
        ),
        GrantType::ClientCredentials => (
            client_credentials::answer(app, client, request)?,
            "client_credentials",
        ),
        _ => (
            password::answer(app, identity, client, request).await?,
            "password",
        ),
    };
    app.metrics.count_token(name);
    Ok(answer)
}

/// Whether the client is registered for that grant.
pub(in crate::oauth) fn check_grant(client: &Client, grant: &GrantType) -> Result<(), Error> {
    if client.metadata.may_use(grant) {
        return Ok(());
    }
    Err(unauthorized_client(format!(
        "the client is not registered for the grant type {grant}"
    )))
}
