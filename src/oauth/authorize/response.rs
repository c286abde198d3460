//! What the answer brings and how it travels: `response_type`, `response_mode`, `state`, `nonce` (OAuth Multiple Response Types, OIDC Core §3).

use oauth2_types::requests::{GrantType, ResponseMode};

use crate::model::client::{Client, RESPONSE_TYPES};
use crate::model::request::ResponseType;
use crate::model::resource::Resources;
use crate::model::scope::{OFFLINE_ACCESS, OPENID, Scopes};
use crate::oauth::error::{
    Error, invalid_request, invalid_target, unauthorized_client, unsupported_response_type,
};
use crate::oauth::params::Params;

/// State comes back unchanged, so it is refused rather than cut; the sealed request has to fit into an address.
const MAX_STATE: usize = 4096;
const MAX_NONCE: usize = 512;

/// How even an error travels: as asked, else by the default of what was asked for. Tokens never travel in a query, and neither does an answer
/// to a wish for them (OAuth Multiple Response Types §5).
pub(super) fn mode(params: &Params) -> ResponseMode {
    match params.get("response_mode") {
        Some("fragment") => ResponseMode::Fragment,
        Some("form_post") => ResponseMode::FormPost,
        _ if params.get("response_type").is_some_and(asks_token) => ResponseMode::Fragment,
        _ => ResponseMode::Query,
    }
}

fn asks_token(kind: &str) -> bool {
    kind.split(' ')
        .any(|part| part == "token" || part == "id_token")
}

/// Checks mode and type against one another and the client, and what has to come back.
pub(super) fn check(client: &Client, params: &Params) -> Result<ResponseType, Error> {
    check_mode(params)?;
    let kind = check_type(client, params)?;
    check_lengths(params)?;
    if kind.has_id_token() && !params.has("nonce") {
        return Err(invalid_request(
            "nonce is missing; an ID token that travels through the browser needs one (OIDC Core section 3.2.2.1)",
        ));
    }
    Ok(kind)
}

fn check_mode(params: &Params) -> Result<(), Error> {
    match params.get("response_mode") {
        Some("query") if params.get("response_type").is_some_and(asks_token) => {
            Err(invalid_request(
                "response_mode=query is not for answers with tokens; leave it out, or use form_post",
            ))
        }
        None | Some("query" | "fragment" | "form_post") => Ok(()),
        Some(_) => Err(invalid_request(
            "response_mode must be query, fragment or form_post",
        )),
    }
}

fn check_type(client: &Client, params: &Params) -> Result<ResponseType, Error> {
    let sent = params
        .get("response_type")
        .ok_or_else(|| invalid_request("response_type is missing; for most clients it is code"))?;
    let Some(kind) = ResponseType::parse(sent) else {
        return Err(unsupported_response_type(format!(
            "response_type must be one of: {}",
            RESPONSE_TYPES.join(", ")
        )));
    };
    if is_registered(client, kind) {
        return Ok(kind);
    }
    if kind != ResponseType::CODE {
        return Err(unsupported_response_type(format!(
            "the client is not registered for the response type {}, which is legacy; use code",
            kind.as_str()
        )));
    }
    Err(unauthorized_client(
        "the client is not registered for the response type code and the grant type authorization_code",
    ))
}

/// Whether the client may have answers of that type.
pub(super) fn is_registered(client: &Client, kind: ResponseType) -> bool {
    let metadata = &client.metadata;
    let registered = &metadata.response_types;
    // Clients of before there were response types have none.
    let is_older = registered.is_empty() && metadata.may_use(&GrantType::AuthorizationCode);
    registered.iter().any(|known| known == kind.as_str())
        || (is_older && kind == ResponseType::CODE)
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
pub(super) fn returnable_state(params: &Params) -> Option<String> {
    let is_form = params.get("response_mode") == Some("form_post");
    let is_safe = |state: &&str| {
        state.len() <= MAX_STATE && !(is_form && state.chars().any(char::is_control))
    };
    params.get("state").filter(is_safe).map(ToOwned::to_owned)
}

/// Checks the type against what is asked for; what remains of the scope.
pub(super) fn check_wanted(
    kind: ResponseType,
    resources: &Resources,
    scope: Scopes,
) -> Result<Scopes, Error> {
    if kind.has_id_token() && !scope.contains(OPENID) {
        return Err(invalid_request(
            "a response_type with id_token needs the scope openid",
        ));
    }
    if kind.has_token() && resources.len() > 1 {
        return Err(invalid_target(
            "the access token of this response_type is for one resource; name only one",
        ));
    }
    // OIDC Core §11: without a code there is no refresh token, so nothing lives on.
    Ok(if kind.has_code() {
        scope
    } else {
        scope.filter(|name| name != OFFLINE_ACCESS)
    })
}
