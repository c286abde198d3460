//! Bodies, forms and JSON: of the right type, of a bearable size, in bearable time.

use std::time::Duration;

use actix_web::http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderValue};
use actix_web::{HttpRequest, web};

use super::refusals;
use crate::oauth::error::Error;
use crate::oauth::error::invalid_request;
use crate::oauth::params::Params;

/// Enough for the largest legal request; far below what would hurt.
pub(super) const MAX_FORM_BYTES: usize = 64 * 1024;
const FORM: &str = "application/x-www-form-urlencoded";
const READ_TIMEOUT: Duration = Duration::from_secs(20);

/// Why a body is not read, with the status that says so.
#[derive(Debug)]
pub(super) struct BadBody {
    pub status: u16,
    pub error: Error,
}

fn bad(status: u16, reason: &'static str) -> BadBody {
    BadBody {
        status,
        error: invalid_request(reason),
    }
}

/// Reads the parameters of an `application/x-www-form-urlencoded` body.
pub(super) async fn form(request: &HttpRequest, payload: web::Payload) -> Result<Params, BadBody> {
    check_coding(request)?;
    if !is_of_type(request, FORM) {
        return Err(bad(
            415,
            "the body must be application/x-www-form-urlencoded, in UTF-8",
        ));
    }
    let bytes = read(payload).await?;
    refusals::note_body(request, &bytes);
    let text = std::str::from_utf8(&bytes).map_err(|_| bad(400, "the body is not ASCII text"))?;
    Params::parse(text).map_err(|_| bad(400, "a parameter is not UTF-8"))
}

/// Reads an `application/json` body; not yet whether it is JSON.
pub(super) async fn json(
    request: &HttpRequest,
    payload: web::Payload,
) -> Result<web::Bytes, BadBody> {
    check_coding(request)?;
    if !is_of_type(request, "application/json") {
        return Err(bad(415, "the body must be application/json, in UTF-8"));
    }
    let bytes = read(payload).await?;
    refusals::note_body(request, &bytes);
    Ok(bytes)
}

/// Reads a body whatever its type.
pub(super) async fn read(payload: web::Payload) -> Result<web::Bytes, BadBody> {
    let read = tokio::time::timeout(READ_TIMEOUT, payload.to_bytes_limited(MAX_FORM_BYTES));
    match read.await {
        Err(_) => Err(bad(408, "the body did not arrive in time")),
        Ok(Err(_)) => Err(bad(413, "the body is larger than 64 KiB")),
        Ok(Ok(Err(_))) => Err(bad(400, "the body broke off")),
        Ok(Ok(Ok(bytes))) => Ok(bytes),
    }
}

/// Whether a body of that type is read as a form.
pub(super) fn is_form_type(content_type: &HeaderValue) -> bool {
    content_type.to_str().is_ok_and(|text| is_type(text, FORM))
}

/// Whether the body is of that type.
pub(super) fn is_of_type(request: &HttpRequest, wanted: &str) -> bool {
    let content_type = request.headers().get(CONTENT_TYPE);
    content_type
        .and_then(|value| value.to_str().ok())
        .is_some_and(|text| is_type(text, wanted))
}

/// 415, where RFC 9110 §15.5.16 has it.
fn check_coding(request: &HttpRequest) -> Result<(), BadBody> {
    if is_coded(request) {
        return Err(bad(
            415,
            "the body must be as it is, without a Content-Encoding",
        ));
    }
    Ok(())
}

/// Whether the body is in a content coding (RFC 9110 §8.4), of which none is read.
pub(super) fn is_coded(request: &HttpRequest) -> bool {
    let mut codings = request.headers().get_all(CONTENT_ENCODING);
    codings.any(|value| !value.as_bytes().eq_ignore_ascii_case(b"identity"))
}

fn is_type(content_type: &str, wanted: &str) -> bool {
    let mut parts = content_type.split(';').map(str::trim);
    let is_type = parts
        .next()
        .is_some_and(|essence| essence.eq_ignore_ascii_case(wanted));
    // Another charset would make the same bytes mean something else.
    let is_utf8 = |charset: &str| charset.trim_matches('"').eq_ignore_ascii_case("utf-8");
    is_type
        && parts
            .filter_map(|part| part.split_once('='))
            .all(|(name, value)| {
                !name.trim().eq_ignore_ascii_case("charset") || is_utf8(value.trim())
            })
}
