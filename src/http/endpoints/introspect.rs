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

/// RFC 9701 §4: by the media type, which nobody names who does not mean it, unless JSON is named as the better one (RFC 9110 §12.5.1).
fn wants_jwt(request: &HttpRequest) -> bool {
    let weight = |wanted: &str| {
        let values = request.headers().get_all(header::ACCEPT);
        let ranges = values.filter_map(|value| value.to_str().ok());
        let mut named = ranges
            .flat_map(|value| value.split(','))
            .filter_map(|range| {
                let mut parts = range.split(';').map(str::trim);
                parts
                    .next()
                    .filter(|name| name.eq_ignore_ascii_case(wanted))?;
                let mut weights =
                    parts.filter_map(|part| part.strip_prefix(['q', 'Q'])?.strip_prefix('='));
                Some(
                    weights
                        .next()
                        .map_or(1.0, |weight| weight.parse().unwrap_or(0.0)),
                )
            });
        named.next()
    };
    let json: Option<f32> = weight("application/json");
    weight(introspect::JWT_MEDIA_TYPE)
        .is_some_and(|jwt| jwt > 0.0 && json.is_none_or(|json| json <= jwt))
}

/// Any other method.
pub(crate) async fn not_post(request: HttpRequest) -> HttpResponse {
    form_request::not_post(&request, "POST")
}
