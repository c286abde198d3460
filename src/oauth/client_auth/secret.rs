//! A secret by HTTP Basic or in the form body, or none for public clients (RFC 6749 §2.3.1).
//!
//! A secret is 256 random bits made by us, so comparing SHA-256 hashes in constant time is enough: nothing slow here.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};

use super::AuthenticatedClient;
use crate::app::App;
use crate::crypto;
use crate::model::client::{AuthMethod, Client};
use crate::model::secret::{Secret, TokenHash};
use crate::oauth::error::{Error, invalid_client, invalid_request};
use crate::oauth::params::{Params, decode};

struct Credentials {
    id: String,
    secret: Option<Secret<String>>,
    method: AuthMethod,
}

/// Authenticates the client that sent a secret, or only its name.
pub(super) async fn authenticate(
    app: &App,
    params: &Params,
    authorization: Option<&str>,
    now: DateTime<Utc>,
) -> Result<AuthenticatedClient, Error> {
    let credentials = credentials(params, authorization)?;
    let client = app.find_client(&credentials.id).await?;
    check(client, &credentials, now).map(AuthenticatedClient)
}

fn credentials(params: &Params, authorization: Option<&str>) -> Result<Credentials, Error> {
    if let Some(header) = authorization {
        return basic_credentials(params, header);
    }
    let id = params.get("client_id").ok_or_else(|| {
        invalid_client(
            "no client authentication: send client_id, and the secret by HTTP Basic or in the body",
        )
        .told()
    })?;
    let secret = params
        .get("client_secret")
        .map(|secret| Secret::new(secret.to_owned()));
    let method = if secret.is_some() {
        AuthMethod::ClientSecretPost
    } else {
        AuthMethod::None
    };
    Ok(Credentials {
        id: id.to_owned(),
        secret,
        method,
    })
}

fn basic_credentials(params: &Params, header: &str) -> Result<Credentials, Error> {
    // RFC 6749 §2.3: never more than one method in a request.
    if params.has("client_secret") {
        return Err(invalid_request(
            "the client authenticated in two ways at once: use the header or client_secret, not both",
        ));
    }
    let malformed = || {
        invalid_client("the Authorization header is not HTTP Basic with base64 of form-encoded client_id:client_secret").told()
    };
    let (scheme, value) = header.split_once(' ').ok_or_else(malformed)?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return Err(malformed());
    }
    let bytes = STANDARD.decode(value.trim()).map_err(|_| malformed())?;
    let text = String::from_utf8(bytes).map_err(|_| malformed())?;
    let (id, secret) = text.split_once(':').ok_or_else(malformed)?;
    // RFC 6749 §2.3.1: both were form-encoded once before.
    let (id, secret) = (
        decode(id).map_err(|_| malformed())?,
        decode(secret).map_err(|_| malformed())?,
    );
    if params.get("client_id").is_some_and(|other| other != id) {
        return Err(invalid_request(
            "client_id differs from the one in the Authorization header",
        ));
    }
    // An empty secret is none (RFC 6749 §2.3.1): so public clients of some libraries introduce themselves.
    let (secret, method) = if secret.is_empty() {
        (None, AuthMethod::None)
    } else {
        (Some(Secret::new(secret)), AuthMethod::ClientSecretBasic)
    };
    Ok(Credentials { id, secret, method })
}

fn check(
    client: Option<Arc<Client>>,
    credentials: &Credentials,
    now: DateTime<Utc>,
) -> Result<Arc<Client>, Error> {
    let Some(client) = client else {
        // The same work as for a known client, so that the time does not tell.
        let _ = is_secret_of(&[], credentials);
        return Err(invalid_client("unknown client"));
    };
    let live: Vec<TokenHash> = client.live_secrets(now).map(|secret| secret.hash).collect();
    let is_proven = is_secret_of(&live, credentials);
    let registered = client.metadata.token_endpoint_auth_method;
    if !client.is_enabled() {
        return Err(invalid_client("the client is disabled"));
    }
    match (registered, credentials.method) {
        (AuthMethod::None, AuthMethod::None) => Ok(client),
        (AuthMethod::None, _) => Err(invalid_client("a public client sent a secret")),
        (_, AuthMethod::None) => Err(invalid_client("a confidential client sent no secret")),
        _ if !is_proven => Err(invalid_client("wrong client secret")),
        (registered, used) if registered != used => Err(invalid_client(format!(
            "the client is registered for token_endpoint_auth_method {}, and used {}",
            registered.as_str(),
            used.as_str()
        ))
        .told()),
        _ => Ok(client),
    }
}

fn is_secret_of(live: &[TokenHash], credentials: &Credentials) -> bool {
    let sent = crypto::hash_token(
        credentials
            .secret
            .as_ref()
            .map_or("", |secret| secret.expose()),
    );
    let mut found = false;
    for hash in live.iter().chain([&TokenHash::from_bytes([0; 32])]) {
        found |= crypto::equal(hash.as_bytes(), sent.as_bytes());
    }
    found && credentials.secret.is_some()
}
