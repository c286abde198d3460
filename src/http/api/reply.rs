//! What the admin API answers: one thing with its entity tag, a list with its cursor, nothing.

use actix_web::HttpResponse;
use actix_web::http::header;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::call::Call;
use super::conditions::Seen;
use super::problem::Problem;
use crate::admin::{Page, Paging};

/// What every handler answers.
pub(super) type Answer = Result<HttpResponse, Problem>;

/// All but RFC 3986's unreserved characters.
const PART: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
/// No place in a list is longer.
const MAX_CURSOR: usize = 16 * 1024;

/// A list, or a part of one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct List<T> {
    items: Vec<T>,
    /// The cursor of the next part, for `after`; null: this was the last.
    next: Option<String>,
}

/// 200 with one thing and its `ETag`; 304 where whoever asks has it already (RFC 9110 §15.4.5).
pub(super) fn one(call: &Call, thing: &impl Serialize, seen: &Seen) -> Answer {
    let tag = (header::ETAG, seen.tag.as_str());
    if call.request.method().is_safe() && !call.conditions()?.is_wanted(seen)? {
        return Ok(HttpResponse::NotModified().insert_header(tag).finish());
    }
    Ok(HttpResponse::Ok().insert_header(tag).json(thing))
}

/// 200 with what has no version.
pub(super) fn plain(thing: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok().json(thing)
}

/// 201 with what was made, and where it is: the names of the path's parts.
pub(super) fn created(
    call: &Call,
    parts: &[&str],
    thing: &impl Serialize,
    seen: Option<&Seen>,
) -> HttpResponse {
    let mut response = HttpResponse::Created();
    response.insert_header((header::LOCATION, href(call, parts)));
    if let Some(seen) = seen {
        response.insert_header((header::ETAG, seen.tag.as_str()));
    }
    response.json(thing)
}

/// 204.
pub(super) fn nothing() -> HttpResponse {
    HttpResponse::NoContent().finish()
}

/// A whole list.
pub(super) fn all<T: Serialize>(items: Vec<T>) -> HttpResponse {
    HttpResponse::Ok().json(List { items, next: None })
}

/// A part of a list, with the way to the next (RFC 8288).
pub(super) fn page<T: Serialize>(call: &Call, page: Page<T>) -> HttpResponse {
    let next = page.next.map(|next| URL_SAFE_NO_PAD.encode(next));
    let mut response = HttpResponse::Ok();
    if let Some(next) = &next {
        let request = &call.request;
        let given = url::form_urlencoded::parse(request.query_string().as_bytes());
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(given.filter(|(name, _)| name != "after"))
            .append_pair("after", next)
            .finish();
        let link = format!("<{}?{query}>; rel=\"next\"", request.path());
        response.insert_header((header::LINK, link));
    }
    response.json(List {
        items: page.items,
        next,
    })
}

/// Which part of a list is asked for.
pub(super) fn paging(limit: Option<i64>, after: Option<&str>) -> Result<Paging, Problem> {
    let forged = || {
        Problem::field(
            actix_web::http::StatusCode::BAD_REQUEST,
            "after",
            "it is not a cursor that a list gave",
        )
    };
    let after = after
        .map(|cursor| {
            let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| forged())?;
            let is_id = !bytes.is_empty()
                && bytes.len() <= MAX_CURSOR
                && bytes.iter().all(u8::is_ascii_graphic);
            let text = String::from_utf8(bytes).ok().filter(|_| is_id);
            text.ok_or_else(forged)
        })
        .transpose()?;
    let paging = Paging { after, limit };
    paging.limit().map_err(Problem::of_parameters)?;
    Ok(paging)
}

/// An address below the API's.
fn href(call: &Call, parts: &[&str]) -> String {
    let mut href = call.web.href("/api/v1");
    for part in parts {
        href.push('/');
        href.extend(utf8_percent_encode(part, PART));
    }
    href
}

/// A view as JSON, with more members.
pub(super) fn with(view: &impl Serialize, more: &[(&str, Value)]) -> Result<Value, Problem> {
    let mut value = serde_json::to_value(view).map_err(Problem::failed)?;
    if let Value::Object(object) = &mut value {
        for (name, value) in more {
            object.insert((*name).to_owned(), value.clone());
        }
    }
    Ok(value)
}
