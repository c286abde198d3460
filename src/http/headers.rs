//! Around every request: an id, the headers that protect, the figures, one line in the log.

use std::rc::Rc;
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY, RETRY_AFTER,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, web};

use super::place::{self, Arrival};
use super::respond;
use super::web::Web;

/// Two years; subdomains are not ours to decide.
const HSTS: &str = "max-age=63072000";

/// The middleware.
pub(super) async fn around(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = Instant::now();
    let Some(web) = request.app_data::<web::Data<Web>>().cloned() else {
        return next
            .call(request)
            .await
            .map(ServiceResponse::map_into_boxed_body);
    };
    let arrival = Rc::new(place::arrive(request.request(), &web));
    request.extensions_mut().insert(Rc::clone(&arrival));
    let endpoint = endpoint_name(request.path(), &web.base);
    let is_https = web.app.config.issuer.is_https();
    let mut response = if is_https && arrival.is_plain_http && endpoint != "health" {
        let refusal = respond::plain_http(request.request(), &web);
        request.into_response(refusal)
    } else {
        next.call(request).await?.map_into_boxed_body()
    };
    let status = response.status().as_u16();
    protect(response.headers_mut(), &arrival, is_https);
    if matches!(status, 429 | 503) && !response.headers().contains_key(RETRY_AFTER) {
        let headers = response.headers_mut();
        headers.insert(RETRY_AFTER, HeaderValue::from_static("2"));
    }
    let took = started.elapsed();
    web.app.metrics.count_request(endpoint, status, took);
    tracing::debug!(
        request_id = arrival.place.request_id,
        method = %response.request().method(),
        endpoint,
        status,
        micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
        "answered"
    );
    Ok(response)
}

fn protect(headers: &mut HeaderMap, arrival: &Arrival, is_https: bool) {
    if let Ok(id) = HeaderValue::from_str(&arrival.place.request_id) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
    let mut put = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    put(X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(REFERRER_POLICY, "no-referrer");
    put(X_FRAME_OPTIONS, "DENY");
    if is_https {
        put(STRICT_TRANSPORT_SECURITY, HSTS);
    }
    if !headers.contains_key(CONTENT_SECURITY_POLICY) {
        headers.insert(
            CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
        );
    }
}

/// The endpoint's name in figures and log: never the address itself, which may hold secrets.
pub(super) fn endpoint_name(path: &str, base: &str) -> &'static str {
    let path = path.strip_prefix(base).unwrap_or(path);
    match path {
        "/authorize" | "/authorize/continue" => "authorize",
        "/token" => "token",
        "/introspect" => "introspect",
        "/revoke" => "revoke",
        "/userinfo" => "userinfo",
        "/client-logo" => "client_logo",
        "/login" => "login",
        "/login/verify" | "/login/enrol" => "login_verify",
        "/login/passkey" => "login_passkey",
        _ if path.starts_with("/login/upstream/") => "login_upstream",
        "/logout" => "logout",
        "/consent" => "consent",
        "/choose-account" => "choose_account",
        "/setup" => "setup",
        "/forgot" => "forgot",
        "/reset" => "reset",
        "/sign-up" => "sign_up",
        "/metrics" => "metrics",
        "/.well-known/jwks.json" => "jwks",
        "/.well-known/change-password" => "account",
        "/" | "" => "home",
        "/register" => "register",
        _ if path.starts_with("/register/") => "register",
        _ if path.starts_with("/.well-known/") => "discovery",
        _ if path.starts_with("/health/") => "health",
        _ if path.starts_with("/static/") || path.starts_with("/brand/") => "static",
        _ if path.starts_with("/account") => "account",
        _ if path.starts_with("/api/") => "api",
        _ if path == "/admin" || path.starts_with("/admin/") => "console",
        _ if path.starts_with("/demo") => "demo",
        _ => "other",
    }
}
