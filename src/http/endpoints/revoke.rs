//! `POST /revoke` (RFC 7009 §2).

use actix_web::http::header;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::form_request;
use crate::http::web::Web;
use crate::http::{cors, place, respond};
use crate::oauth::revoke;
use crate::oauth::token::TokenRequest;

/// Answers, and lets browser apps of registered origins read the answer: they revoke when somebody signs out.
pub(crate) async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let mut response = answer(&request, &web, payload).await;
    cors::allow(&request, &web, &mut response).await;
    response
}

async fn answer(request: &HttpRequest, web: &Web, payload: Payload) -> HttpResponse {
    let form = match form_request::read(request, payload, &revoke::PARAMETERS).await {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    let place = place::of(request);
    let token_request = TokenRequest {
        params: &form.params,
        authorization: form.authorization.as_deref(),
        place: &place,
        now: web.app.clock.now(),
    };
    match revoke::answer(&web.app, token_request).await {
        Ok(()) => HttpResponse::Ok()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .finish(),
        Err(refused) => respond::json_error(request, &refused.error, refused.client_id.as_ref()),
    }
}

/// Any other method.
pub(crate) async fn not_post(request: HttpRequest) -> HttpResponse {
    form_request::not_post(&request, "POST, OPTIONS")
}
