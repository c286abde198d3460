//! `POST /register` (RFC 7591 §3), and `/register/{client_id}` (RFC 7592 §2). Not for pages of other origins: no CORS.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};

use crate::http::web::Web;
use crate::http::{body, place, respond};
use crate::oauth::error::{Error, ErrorCode};
use crate::oauth::register::{self, Asker, ClientInformation};

/// Registers a client.
pub(crate) async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let body = match body::json(&request, payload).await {
        Ok(body) => body,
        Err(bad) => return respond::json_error_as(&request, &bad.error, None, bad.status),
    };
    let registered = register::create(&web.app, asker(&request), &body).await;
    answer(&request, &web, StatusCode::CREATED, registered)
}

/// Reads a registration.
pub(crate) async fn get(request: HttpRequest, web: Data<Web>, id: Path<String>) -> HttpResponse {
    let found = register::read(&web.app, asker(&request), &id).await;
    answer(&request, &web, StatusCode::OK, found)
}

/// Replaces a registration.
pub(crate) async fn put(
    request: HttpRequest,
    web: Data<Web>,
    id: Path<String>,
    payload: Payload,
) -> HttpResponse {
    let body = match body::json(&request, payload).await {
        Ok(body) => body,
        Err(bad) => return respond::json_error_as(&request, &bad.error, None, bad.status),
    };
    let replaced = register::replace(&web.app, asker(&request), &id, &body).await;
    answer(&request, &web, StatusCode::OK, replaced)
}

/// Removes a registration.
pub(crate) async fn delete(request: HttpRequest, web: Data<Web>, id: Path<String>) -> HttpResponse {
    match register::remove(&web.app, asker(&request), &id).await {
        Ok(()) => HttpResponse::NoContent()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .finish(),
        Err(error) => refuse(&request, &error),
    }
}

fn answer(
    request: &HttpRequest,
    web: &Web,
    status: StatusCode,
    result: Result<ClientInformation, Error>,
) -> HttpResponse {
    match result {
        Ok(information) => HttpResponse::build(status)
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::PRAGMA, "no-cache"))
            .json(information.information(&web.app)),
        Err(error) => refuse(request, &error),
    }
}

/// RFC 6750 §3: where a token is missing or wrong, the challenge says which kind.
fn refuse(request: &HttpRequest, error: &Error) -> HttpResponse {
    let status = if error.code == ErrorCode::AccessDenied {
        // RFC 7592 §2: the token is right, but nothing may be done with it; or nobody may register.
        403
    } else {
        error.status()
    };
    let mut response = respond::json_error_as(request, error, None, status);
    if status == 401 {
        let challenge = if bearer(request).is_some() {
            "Bearer realm=\"placet\", error=\"invalid_token\""
        } else {
            "Bearer realm=\"placet\""
        };
        response.headers_mut().insert(
            header::WWW_AUTHENTICATE,
            HeaderValue::from_static(challenge),
        );
    }
    response
}

fn asker(request: &HttpRequest) -> Asker<'_> {
    let place = place::of(request);
    Asker {
        bearer: bearer(request),
        origin: place.origin(),
        range: place.range(),
    }
}

/// The token of the one `Authorization` header; of two, none can be meant.
fn bearer(request: &HttpRequest) -> Option<&str> {
    let mut headers = request.headers().get_all(header::AUTHORIZATION);
    let (value, None) = (headers.next()?, headers.next()) else {
        return None;
    };
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}
