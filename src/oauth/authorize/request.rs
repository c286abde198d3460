//! Raw parameters of an authorization request → a checked request, by this list, in this order:
//!
//! | # | check | source | error goes |
//! |---|---|---|---|
//! | 1 | `client_id` sent once, known, enabled | RFC 6749 §4.1.1 | to the person |
//! | 2 | `request`, `request_uri`: verified, and then in place of what they say anew | RFC 9101 §6, OIDC Core §6 | to the client, if what stands outside names a registered `redirect_uri` |
//! | 3 | `redirect_uri` sent at most once, registered | RFC 9700 §4.1.3 | to the person |
//! | 4 | no other parameter sent twice | RFC 6749 §3.1 | to the client, as all below |
//! | 5 | `response_mode` known, and no query for tokens | OAuth Multiple Response Types §2.1, §5 | |
//! | 6 | `response_type` registered for the client | RFC 6749 §3.1.1 | |
//! | 7 | `state` and `nonce` of a bearable length; `nonce` where an ID token comes | OIDC Core §3.2.2.1 | |
//! | 8 | `registration` refused by name | OIDC Core §3.1.2.6 | |
//! | 9 | PKCE: S256, and no public client without | RFC 7636 §4.4.1, RFC 9700 §2.1.1 | |
//! | 10 | `prompt`, `max_age` | OIDC Core §3.1.2.1 | |
//! | 11 | every `resource` one of the client's | RFC 8707 §2 | |
//! | 12 | `scope` within what the client may have | RFC 6749 §3.3 | |
//! | 13 | `claims` well-formed; `acr_values` and `acr` in `claims` known, or ignored | OIDC Core §5.5, §5.5.1.1 | |

use std::sync::Arc;

use chrono::{DateTime, Utc};
use oauth2_types::requests::{Prompt, ResponseMode};

use super::{Reply, hint, request_object, response};
use crate::app::{App, Registry};
use crate::model::client::Client;
use crate::model::id::RequestId;
use crate::model::request::AuthorizationRequest;
use crate::model::scope::OPENID;
use crate::oauth::error::{AuthorizeError, Error, ErrorCode, invalid_request};
use crate::oauth::params::Params;
use crate::oauth::{claims, pkce, redirect_uri, target};
use crate::random;

/// A checked request with what was proven on the way.
#[derive(Debug, Clone)]
pub struct Checked {
    pub request: AuthorizationRequest,
    pub client: Arc<Client>,
    pub reply: Reply,
}

/// Parameters that may be sent once only; unknown ones are ignored (RFC 6749 §3.1).
pub(super) const SINGLE: [&str; 18] = [
    "response_type",
    "response_mode",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "prompt",
    "max_age",
    "login_hint",
    "display",
    "ui_locales",
    "claims_locales",
    "acr_values",
    "id_token_hint",
    "claims",
    "request",
    "request_uri",
];

/// Runs the list. `now` is when the request arrived.
pub async fn check(
    app: &App,
    params: &Params,
    now: DateTime<Utc>,
) -> Result<Checked, AuthorizeError> {
    let client = find_client(app, params)
        .await
        .map_err(AuthorizeError::Shown)?;
    let signed;
    let params = if request_object::is_used(params) {
        let opened = request_object::open(app, &client, params, now).await;
        signed = opened.map_err(|error| unopened(&client, params, error))?;
        &signed
    } else {
        params
    };
    let reply = reply(&client, params).map_err(AuthorizeError::Shown)?;
    match check_rest(&app.registry(), &client, params, now) {
        Ok(mut request) => {
            reply
                .callback
                .as_str()
                .clone_into(&mut request.redirect_uri);
            request.response_mode = reply.mode.clone();
            request.hint = params
                .get("id_token_hint")
                .map(|sent| hint::read(app, &app.registry(), &client, sent, now));
            if request.has_prompt(&Prompt::Create) && !app.config.sign_up.is_open() {
                return Err(AuthorizeError::Returned(Box::new(reply), no_sign_up()));
            }
            match claims::subject_hint(app, &client, params, request.hint) {
                Ok(hint) => request.hint = hint,
                Err(error) => return Err(AuthorizeError::Returned(Box::new(reply), error)),
            }
            Ok(Checked {
                request,
                client,
                reply,
            })
        }
        Err(error) => Err(AuthorizeError::Returned(Box::new(reply), error)),
    }
}

/// The way back that these parameters name.
fn reply(client: &Client, params: &Params) -> Result<Reply, Error> {
    if params.is_repeated("redirect_uri") {
        return Err(invalid_request("redirect_uri was sent more than once"));
    }
    let callback = redirect_uri::verify(client, params.get("redirect_uri"))
        .map_err(|error| invalid_request(error.to_string()))?;
    Ok(Reply {
        client_id: client.id.clone(),
        callback,
        mode: response::mode(params),
        state: response::returnable_state(params),
    })
}

/// A request object that is not believed names no way back: only what stands outside it may.
fn unopened(client: &Client, outside: &Params, error: Error) -> AuthorizeError {
    match reply(client, outside) {
        Ok(reply) => AuthorizeError::Returned(Box::new(reply), error),
        Err(_) => AuthorizeError::Shown(error),
    }
}

async fn find_client(app: &App, params: &Params) -> Result<Arc<Client>, Error> {
    if params.is_repeated("client_id") {
        return Err(invalid_request("client_id was sent more than once"));
    }
    let id = params
        .get("client_id")
        .ok_or_else(|| invalid_request("client_id is missing"))?;
    let client = app.find_client(id).await?;
    client.filter(|client| client.is_enabled()).ok_or_else(|| {
        Error::new(
            ErrorCode::UnauthorizedClient,
            "client_id names no registered client",
        )
    })
}

/// Checks 4 to 13: every error goes back to the client.
fn check_rest(
    registry: &Registry,
    client: &Client,
    params: &Params,
    now: DateTime<Utc>,
) -> Result<AuthorizationRequest, Error> {
    if let Some(name) = params.repeated(&SINGLE) {
        return Err(invalid_request(format!("{name} was sent more than once")));
    }
    let response_type = response::check(client, params)?;
    refuse_unsupported(params)?;
    let code_challenge = pkce::challenge(
        params.get("code_challenge"),
        params.get("code_challenge_method"),
    )?;
    if code_challenge.is_none() && client.metadata.is_public() && response_type.has_code() {
        return Err(invalid_request(
            "code_challenge is missing: a public client must use PKCE with S256 (RFC 7636)",
        ));
    }
    let prompt = check_prompt(params)?;
    let max_age = check_max_age(params)?.or(client.metadata.default_max_age);
    let resources = target::check_resources(registry, client, params)?;
    let scope = target::check_scope(registry, client, &resources, params.get("scope"))?;
    let scope = response::check_wanted(response_type, &resources, scope)?;
    let claims = claims::check(registry, client, params, &scope)?;
    let acr = claims::acr(client, params)?;
    let is_time_essential = scope.contains(OPENID) && claims::is_time_essential(params)?;
    Ok(AuthorizationRequest {
        id: RequestId(random::uuid()),
        client_id: client.id.clone(),
        redirect_uri: String::new(),
        is_redirect_uri_sent: params.has("redirect_uri"),
        response_type,
        response_mode: ResponseMode::Query,
        scope,
        resources,
        claims,
        state: params.get("state").map(ToOwned::to_owned),
        nonce: params.get("nonce").map(ToOwned::to_owned),
        code_challenge,
        prompt,
        max_age,
        is_time_essential,
        acr: acr.least,
        acr_wanted: acr.named,
        login_hint: params
            .get("login_hint")
            .map(|hint| hint.chars().take(254).collect()),
        ui_locales: params.get("ui_locales").map(locales),
        hint: None,
        received_at: now,
        fresh: None,
        chosen: None,
    })
}

/// So many of the tags that a client asks for travel with its request: there are fewer languages here.
const MAX_LOCALES: usize = 20;
/// The longest tag that need be understood (RFC 5646 §4.4.1).
const MAX_LOCALE: usize = 35;

/// The first of `ui_locales`, each whole: a part of a tag is another language's.
fn locales(asked: &str) -> String {
    let tags = asked.split(' ').filter(|tag| !tag.is_empty());
    let tags = tags.filter(|tag| tag.len() <= MAX_LOCALE);
    tags.take(MAX_LOCALES).collect::<Vec<_>>().join(" ")
}

/// Ignoring it would grant something else than what was asked.
fn refuse_unsupported(params: &Params) -> Result<(), Error> {
    if params.has("registration") {
        return Err(Error::new(
            ErrorCode::RegistrationNotSupported,
            "registration is not supported; register the client first",
        ));
    }
    Ok(())
}

fn check_prompt(params: &Params) -> Result<Vec<Prompt>, Error> {
    let mut prompts = Vec::new();
    for value in params
        .get("prompt")
        .unwrap_or_default()
        .split(' ')
        .filter(|value| !value.is_empty())
    {
        let prompt = match value {
            "none" => Prompt::None,
            "login" => Prompt::Login,
            "consent" => Prompt::Consent,
            "select_account" => Prompt::SelectAccount,
            "create" => Prompt::Create,
            _ => {
                return Err(invalid_request(
                    "prompt must be of none, login, consent, select_account",
                ));
            }
        };
        if !prompts.contains(&prompt) {
            prompts.push(prompt);
        }
    }
    if prompts.len() > 1 && prompts.contains(&Prompt::None) {
        return Err(invalid_request(
            "prompt=none cannot be combined with other values",
        ));
    }
    Ok(prompts)
}

/// Initiating User Registration via OpenID Connect 1.0 §4.1.
fn no_sign_up() -> Error {
    invalid_request("prompt=create is not offered: nobody may sign up uninvited here")
}

fn check_max_age(params: &Params) -> Result<Option<u32>, Error> {
    let parse = |value: &str| match value.parse::<u32>() {
        Ok(seconds) if !value.starts_with('+') => Ok(seconds),
        _ => Err(invalid_request(
            "max_age must be a whole number of seconds, 0 or more",
        )),
    };
    params.get("max_age").map(parse).transpose()
}
