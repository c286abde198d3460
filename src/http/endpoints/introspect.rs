//! `POST /introspect` (RFC 7662 §2).

use actix_web::http::header;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::form_request;
use crate::http::web::Web;
use crate::http::{place, respond};
use crate::oauth::introspect::{self, Answer};
use crate::oauth::token::TokenRequest;

/// Answers a resource server, or a client about its own tokens. Not for pages of other origins: no public client may ask.
pub(crate) async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let form = match form_request::read(&request, payload, &introspect::PARAMETERS).await {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    let place = place::of(&request);
    let token_request = TokenRequest {
        params: &form.params,
        authorization: form.authorization.as_deref(),
        place: &place,
        now: web.app.clock.now(),
    };
    let answer = introspect::answer(&web.app, token_request, wants_jwt(&request)).await;
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::PRAGMA, "no-cache"));
    match answer {
        Ok(Answer::Json(found)) => response.json(found),
        Ok(Answer::Jwt(jwt)) => response
            .insert_header((header::CONTENT_TYPE, introspect::JWT_MEDIA_TYPE))
            .body(jwt),
        Err(refused) => respond::json_error(&request, &refused.error, refused.client_id.as_ref()),
    }
}

/// RFC 9701 §4: by the media type, which nobody names who does not mean it.
fn wants_jwt(request: &HttpRequest) -> bool {
    let values = request.headers().get_all(header::ACCEPT);
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|range| {
            let mut parts = range.split(';').map(str::trim);
            let is_jwt = parts
                .next()
                .is_some_and(|name| name.eq_ignore_ascii_case(introspect::JWT_MEDIA_TYPE));
            is_jwt && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
        })
}

/// Any other method.
pub(crate) async fn not_post(request: HttpRequest) -> HttpResponse {
    form_request::not_post(&request, "POST")
}
