//! `POST /token` (RFC 6749 §3.2).

use actix_web::http::header;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};

use crate::http::web::Web;
use crate::http::{body, cors, place, respond};
use crate::oauth::error::invalid_request;
use crate::oauth::params::Params;
use crate::oauth::token::{self, TokenRequest};

/// Answers, and lets browser apps of registered origins read the answer.
pub(crate) async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let mut response = answer(&request, &web, payload).await;
    cors::allow(&request, &web, &mut response).await;
    response
}

async fn answer(request: &HttpRequest, web: &Web, payload: Payload) -> HttpResponse {
    // RFC 6749 §2.3.1: nothing of this in an address, which ends in logs and histories.
    let has_ours = |query: Params| token::PARAMETERS.iter().any(|name| query.has(name));
    if Params::parse(request.query_string()).map_or(true, has_ours) {
        let error = invalid_request("parameters belong in the body, not in the address");
        return respond::json_error(request, &error, None);
    }
    let params = match body::form(request, payload).await {
        Ok(params) => params,
        Err(bad) => return respond::json_error_as(request, &bad.error, None, bad.status),
    };
    let place = place::of(request);
    let mut headers = request
        .headers()
        .get_all(header::AUTHORIZATION)
        .map(|value| value.to_str());
    let authorization = match (headers.next(), headers.next()) {
        (None, _) => None,
        (Some(Ok(value)), None) => Some(value),
        // Two of them, or not ASCII: no scheme that we know, and it must not pass for a missing header.
        _ => Some(""),
    };
    let token_request = TokenRequest {
        params: &params,
        authorization,
        place: &place,
        now: web.app.clock.now(),
    };
    match token::answer(&web.app, &web.identity, token_request).await {
        Ok(answer) => HttpResponse::Ok()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::PRAGMA, "no-cache"))
            .json(answer),
        Err(refused) => respond::json_error(request, &refused.error, refused.client_id.as_ref()),
    }
}

/// Any other method: credentials in an address would be read by whoever reads logs.
pub(crate) async fn not_post(request: HttpRequest) -> HttpResponse {
    let error = invalid_request("the token endpoint takes POST alone");
    let mut response = respond::json_error_as(&request, &error, None, 405);
    response.headers_mut().insert(
        header::ALLOW,
        header::HeaderValue::from_static("POST, OPTIONS"),
    );
    response
}
