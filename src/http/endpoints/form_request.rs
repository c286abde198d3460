//! What `/token`, `/introspect` and `/revoke` read alike: a form, and the one `Authorization` header.

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};

use crate::http::{body, respond};
use crate::oauth::error::invalid_request;
use crate::oauth::params::Params;

/// A request of a client to the server.
pub(super) struct FormRequest {
    pub params: Params,
    pub authorization: Option<String>,
}

/// Reads it; `ours`: the parameters that may not be in the address. `Err` is the answer.
pub(super) async fn read(
    request: &HttpRequest,
    payload: Payload,
    ours: &[&str],
) -> Result<FormRequest, HttpResponse> {
    // RFC 6749 §2.3.1: nothing of this in an address, which ends in logs and histories.
    let has_ours = |query: Params| ours.iter().any(|name| query.has(name));
    if Params::parse(request.query_string()).map_or(true, has_ours) {
        let error = invalid_request("parameters belong in the body, not in the address");
        return Err(respond::json_error(request, &error, None));
    }
    let params = body::form(request, payload)
        .await
        .map_err(|bad| respond::json_error_as(request, &bad.error, None, bad.status))?;
    let mut headers = request
        .headers()
        .get_all(header::AUTHORIZATION)
        .map(|value| value.to_str());
    let authorization = match (headers.next(), headers.next()) {
        (None, _) => None,
        (Some(Ok(value)), None) => Some(value.to_owned()),
        // Two of them, or not ASCII: no scheme that we know, and it must not pass for a missing header.
        _ => Some(String::new()),
    };
    Ok(FormRequest {
        params,
        authorization,
    })
}

/// Any other method: credentials in an address would be read by whoever reads logs. Where browser apps may call, they may ask first.
pub(super) fn not_post(request: &HttpRequest, allow: &'static str) -> HttpResponse {
    let error = invalid_request("this endpoint takes POST alone");
    let mut response = respond::json_error_as(request, &error, None, 405);
    response
        .headers_mut()
        .insert(header::ALLOW, HeaderValue::from_static(allow));
    response
}
