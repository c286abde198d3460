//! Raw parameters of an authorization request → a checked request, by this list, in this order:
//!
//! | # | check | source | error goes |
//! |---|---|---|---|
//! | 1 | `client_id` sent once, known, enabled | RFC 6749 §4.1.1 | to the person |
//! | 2 | `redirect_uri` sent at most once, registered | RFC 9700 §4.1.3 | to the person |
//! | 3 | no other parameter sent twice | RFC 6749 §3.1 | to the client, as all below |
//! | 4 | `response_mode` known | OAuth Multiple Response Types §2.1 | |
//! | 5 | `request`, `request_uri`, `registration` refused by name | OIDC Core §3.1.2.6 | |
//! | 6 | `response_type=code`, and the client has the grant | RFC 6749 §3.1.1 | |
//! | 7 | `state` and `nonce` of a bearable length | | |
//! | 8 | PKCE: S256, and no public client without | RFC 7636 §4.4.1, RFC 9700 §2.1.1 | |
//! | 9 | `prompt`, `max_age` | OIDC Core §3.1.2.1 | |
//! | 10 | `resource` one of the client's | RFC 8707 §2 | |
//! | 11 | `scope` within what the client may have | RFC 6749 §3.3 | |
//! | 12 | `claims` well-formed | OIDC Core §5.5 | |

use std::sync::Arc;

use chrono::{DateTime, Utc};
use oauth2_types::requests::{GrantType, Prompt, ResponseMode};

use super::{Reply, hint};
use crate::app::{App, Registry};
use crate::model::client::Client;
use crate::model::id::RequestId;
use crate::model::request::AuthorizationRequest;
use crate::model::scope::{OFFLINE_ACCESS, OPENID, Scopes};
use crate::oauth::error::{
    AuthorizeError, Error, ErrorCode, invalid_request, invalid_scope, invalid_target,
    unauthorized_client, unsupported_response_type,
};
use crate::oauth::params::Params;
use crate::oauth::{claims, pkce, redirect_uri};
use crate::random;

/// A checked request with what was proven on the way.
#[derive(Debug, Clone)]
pub struct Checked {
    pub request: AuthorizationRequest,
    pub client: Arc<Client>,
    pub reply: Reply,
}

/// Parameters that may be sent once only; unknown ones are ignored (RFC 6749 §3.1).
const SINGLE: [&str; 17] = [
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
    "acr_values",
    "id_token_hint",
    "claims",
    "request",
    "request_uri",
];

/// State comes back unchanged, so it is refused rather than cut; the sealed request has to fit into an address.
const MAX_STATE: usize = 4096;
const MAX_NONCE: usize = 512;

/// Runs the list. `now` is when the request arrived.
pub async fn check(
    app: &App,
    params: &Params,
    now: DateTime<Utc>,
) -> Result<Checked, AuthorizeError> {
    let client = find_client(app, params)
        .await
        .map_err(AuthorizeError::Shown)?;
    if params.is_repeated("redirect_uri") {
        return Err(AuthorizeError::Shown(invalid_request(
            "redirect_uri was sent more than once",
        )));
    }
    let sent_uri = params.get("redirect_uri");
    let callback = redirect_uri::verify(&client, sent_uri)
        .map_err(|error| AuthorizeError::Shown(invalid_request(error.to_string())))?;
    let reply = Reply {
        callback,
        mode: reply_mode(params),
        state: returnable_state(params),
    };
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

/// How even an error travels: as asked, else by the default of what was asked for, which for tokens is the fragment
/// (OAuth Multiple Response Types §5).
fn reply_mode(params: &Params) -> ResponseMode {
    let asks_token = |kind: &str| {
        kind.split(' ')
            .any(|part| part == "token" || part == "id_token")
    };
    match params.get("response_mode") {
        Some("fragment") => ResponseMode::Fragment,
        Some("form_post") => ResponseMode::FormPost,
        None if params.get("response_type").is_some_and(asks_token) => ResponseMode::Fragment,
        _ => ResponseMode::Query,
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

/// Checks 3 to 12: every error goes back to the client.
fn check_rest(
    registry: &Registry,
    client: &Client,
    params: &Params,
    now: DateTime<Utc>,
) -> Result<AuthorizationRequest, Error> {
    if let Some(name) = params.repeated(&SINGLE) {
        return Err(invalid_request(format!("{name} was sent more than once")));
    }
    check_response_mode(params)?;
    check_unsupported(params)?;
    check_response_type(client, params)?;
    check_lengths(params)?;
    let code_challenge = pkce::challenge(
        params.get("code_challenge"),
        params.get("code_challenge_method"),
    )?;
    if code_challenge.is_none() && client.metadata.is_public() {
        return Err(invalid_request(
            "code_challenge is missing: a public client must use PKCE with S256 (RFC 7636)",
        ));
    }
    let prompt = check_prompt(params)?;
    let max_age = check_max_age(params)?.or(client.metadata.default_max_age);
    let resource = check_resource(registry, client, params)?;
    let scope = check_scope(registry, client, resource.as_deref(), params.get("scope"))?;
    let claims = claims::check(registry, client, params, &scope)?;
    Ok(AuthorizationRequest {
        id: RequestId(random::uuid()),
        client_id: client.id.clone(),
        redirect_uri: String::new(),
        is_redirect_uri_sent: params.has("redirect_uri"),
        response_mode: ResponseMode::Query,
        scope,
        resource,
        claims,
        state: params.get("state").map(ToOwned::to_owned),
        nonce: params.get("nonce").map(ToOwned::to_owned),
        code_challenge,
        prompt,
        max_age,
        login_hint: params
            .get("login_hint")
            .map(|hint| hint.chars().take(254).collect()),
        hint: None,
        received_at: now,
        fresh: None,
        chosen: None,
    })
}

fn check_response_mode(params: &Params) -> Result<(), Error> {
    match params.get("response_mode") {
        None | Some("query" | "fragment" | "form_post") => Ok(()),
        Some(_) => Err(invalid_request(
            "response_mode must be query, fragment or form_post",
        )),
    }
}

fn check_unsupported(params: &Params) -> Result<(), Error> {
    // Ignoring one of these would grant something else than what was asked.
    for (name, code) in [
        ("request", ErrorCode::RequestNotSupported),
        ("request_uri", ErrorCode::RequestUriNotSupported),
        ("registration", ErrorCode::RegistrationNotSupported),
    ] {
        if params.has(name) {
            return Err(Error::new(
                code,
                format!("{name} is not supported; send plain parameters"),
            ));
        }
    }
    Ok(())
}

fn check_response_type(client: &Client, params: &Params) -> Result<(), Error> {
    match params.get("response_type") {
        None => Err(invalid_request("response_type is missing; it must be code")),
        Some("code") if client.metadata.may_use(&GrantType::AuthorizationCode) => Ok(()),
        Some("code") => Err(unauthorized_client(
            "the client is not registered for the grant type authorization_code",
        )),
        Some(_) => Err(unsupported_response_type("response_type must be code")),
    }
}

fn check_lengths(params: &Params) -> Result<(), Error> {
    if params.has("state") && returnable_state(params).is_none() {
        return Err(invalid_request(
            "state is longer than 4096 bytes, or has control characters, which form_post cannot carry",
        ));
    }
    match params.get("nonce") {
        Some(nonce) if nonce.len() > MAX_NONCE => {
            Err(invalid_request("nonce is longer than 512 bytes"))
        }
        Some(nonce) if nonce.contains('\0') => Err(invalid_request("nonce has a NUL character")),
        _ => Ok(()),
    }
}

/// The state, if it can come back byte for byte: an HTML form would bend control characters.
fn returnable_state(params: &Params) -> Option<String> {
    let is_form = params.get("response_mode") == Some("form_post");
    let is_safe = |state: &&str| {
        state.len() <= MAX_STATE && !(is_form && state.chars().any(char::is_control))
    };
    params.get("state").filter(is_safe).map(ToOwned::to_owned)
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

fn check_max_age(params: &Params) -> Result<Option<u32>, Error> {
    let parse = |value: &str| match value.parse::<u32>() {
        Ok(seconds) if !value.starts_with('+') => Ok(seconds),
        _ => Err(invalid_request(
            "max_age must be a whole number of seconds, 0 or more",
        )),
    };
    params.get("max_age").map(parse).transpose()
}

/// The resource that the token is for: the one asked for, else the client's only one (RFC 8707 §2).
pub fn check_resource(
    registry: &Registry,
    client: &Client,
    params: &Params,
) -> Result<Option<String>, Error> {
    let resource = match params.all("resource") {
        [] => match client.metadata.resources.as_slice() {
            [only] => only,
            _ => return Ok(None),
        },
        [one] => one,
        _ => {
            return Err(invalid_target(
                "resource was sent more than once; ask for one resource at a time",
            ));
        }
    };
    if crate::model::resource::check_uri(resource).is_err() {
        return Err(invalid_target(
            "resource must be an absolute URI without a fragment",
        ));
    }
    if !registry.resources.contains_key(resource) || !client.metadata.resources.contains(resource) {
        return Err(invalid_target(
            "resource is not one that the client is registered for",
        ));
    }
    Ok(Some(resource.clone()))
}

/// The scopes that are asked for; without `scope`, what the client registered but for `openid` and `offline_access`.
pub fn check_scope(
    registry: &Registry,
    client: &Client,
    resource: Option<&str>,
    sent: Option<&str>,
) -> Result<Scopes, Error> {
    let allowed = &client.metadata.scope;
    let Some(sent) = sent else {
        return Ok(allowed.filter(|name| {
            let is_asked_for_by_name = name == OPENID || name == OFFLINE_ACCESS;
            !is_asked_for_by_name
                && registry.has_scope(name)
                && !registry.is_foreign_scope(resource, name)
        }));
    };
    let asked = Scopes::parse(sent).map_err(|error| invalid_scope(error.to_string()))?;
    // Someone who may not stay connected is still let in: libraries ask for it by default (OIDC Core §11).
    let may_stay =
        allowed.contains(OFFLINE_ACCESS) && client.metadata.may_use(&GrantType::RefreshToken);
    let asked = asked.filter(|name| name != OFFLINE_ACCESS || may_stay);
    if let Some(unknown) = asked.iter().find(|name| !registry.has_scope(name)) {
        return Err(invalid_scope(format!(
            "scope {unknown} is not registered on this server"
        )));
    }
    if let Some(denied) = asked.minus(allowed).iter().next() {
        return Err(invalid_scope(format!(
            "scope {denied} is not registered for this client; add it to the client's scope"
        )));
    }
    refuse_foreign(registry, resource, &asked)?;
    Ok(asked)
}

/// A scope asked for by name must mean something at the resource that the token is for (RFC 9068 §3).
pub fn refuse_foreign(
    registry: &Registry,
    resource: Option<&str>,
    asked: &Scopes,
) -> Result<(), Error> {
    match asked
        .iter()
        .find(|name| registry.is_foreign_scope(resource, name))
    {
        None => Ok(()),
        Some(name) => Err(invalid_scope(format!(
            "scope {name} belongs to another resource; ask for that one with resource (RFC 8707)"
        ))),
    }
}
