//! Cross-origin requests of browser apps to the token endpoint and its kin: allowed from the origins of registered
//! redirect URIs, never with credentials, never at the authorization endpoint (RFC 9700 §2.6).

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};

use super::web::Web;

/// The headers that libraries send: `X-Requested-With` is Swagger's.
const ALLOWED_HEADERS: &str = "authorization, content-type, x-requested-with, dpop";

/// The answer to a preflight.
pub(super) async fn preflight(request: HttpRequest, web: web::Data<Web>) -> HttpResponse {
    preflight_for(&request, &web, "POST").await
}

/// The answer to a preflight where something may be read as well.
pub(super) async fn preflight_read(request: HttpRequest, web: web::Data<Web>) -> HttpResponse {
    preflight_for(&request, &web, "GET, POST").await
}

async fn preflight_for(request: &HttpRequest, web: &Web, methods: &'static str) -> HttpResponse {
    let mut response = HttpResponse::NoContent().finish();
    if allow(request, web, &mut response).await {
        let headers = response.headers_mut();
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_METHODS,
            HeaderValue::from_static(methods),
        );
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            HeaderValue::from_static(ALLOWED_HEADERS),
        );
        headers.insert(
            header::ACCESS_CONTROL_MAX_AGE,
            HeaderValue::from_static("600"),
        );
    }
    response
}

/// The answer to a preflight for a public document.
pub(super) async fn preflight_public() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "GET"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, "*"))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, "600"))
        .finish()
}

/// Lets the page of a registered origin read the answer; true if so.
pub(super) async fn allow(request: &HttpRequest, web: &Web, response: &mut HttpResponse) -> bool {
    let Some(origin) = request.headers().get(header::ORIGIN) else {
        return false;
    };
    response
        .headers_mut()
        .append(header::VARY, HeaderValue::from_static("Origin"));
    let Ok(text) = origin.to_str() else {
        return false;
    };
    let is_known = match web.app.is_client_origin(text).await {
        Ok(is_known) => is_known,
        Err(error) => {
            tracing::error!(%error, "cannot look up an origin");
            false
        }
    };
    if is_known {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        headers.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("www-authenticate, retry-after, x-request-id"),
        );
    }
    is_known
}
