//! Forms are bound to the browser or the session that they were made for (S36-S38), and refused when another site posts
//! them. `Origin` is not compared: under `no-referrer` Chromium posts forms with `Origin: null`.

use actix_web::http::header::HeaderValue;
use actix_web::{HttpRequest, HttpResponse};
use percent_encoding::percent_decode_str;

use super::cookies;
use super::web::Web;
use crate::crypto;
use crate::model::session::Session;
use crate::random;

/// What a form belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Bound<'a> {
    /// A browser in which nobody need be signed in: the value of its cookie.
    Browser(&'a str),
    /// A session: whoever signs in as someone else makes its forms stale.
    Session(&'a Session),
}

/// The value for a form's `csrf` field. `purpose` names the form and, where it carries a request, the request.
pub(super) fn token(web: &Web, bound: Bound<'_>, purpose: &[&str]) -> String {
    let (kind, id): (&[u8], &[u8]) = match bound {
        Bound::Browser(value) => (b"browser", value.as_bytes()),
        Bound::Session(session) => (b"session", session.id.0.as_bytes()),
    };
    let mut parts = vec![kind, id];
    parts.extend(purpose.iter().map(|part| part.as_bytes()));
    web.app.crypto.csrf.sign_text(&parts)
}

/// Whether a posted form is one that we made for this browser or session.
pub(super) fn is_genuine(
    request: &HttpRequest,
    web: &Web,
    bound: Bound<'_>,
    purpose: &[&str],
    sent: Option<&str>,
) -> bool {
    let made = token(web, bound, purpose);
    !is_cross_site(request)
        && sent.is_some_and(|sent| crypto::equal(made.as_bytes(), sent.as_bytes()))
}

/// The value for a form of that area that is posted to an address of ours, however that is written.
pub(super) fn of_address(web: &Web, session: &Session, area: &str, address: &str) -> String {
    token(web, Bound::Session(session), &[area, &path_of(address)])
}

/// Whether a form of that area was made for this session and for the address that it came to.
pub(super) fn is_of_address(
    request: &HttpRequest,
    web: &Web,
    session: &Session,
    area: &str,
    sent: Option<&str>,
) -> bool {
    let path = path_of(request.path());
    is_genuine(request, web, Bound::Session(session), &[area, &path], sent)
}

fn path_of(address: &str) -> String {
    let path = address.split('?').next().unwrap_or_default();
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}

/// Whether the browser says that another site caused the request.
pub(super) fn is_cross_site(request: &HttpRequest) -> bool {
    let site = request
        .headers()
        .get("sec-fetch-site")
        .map(HeaderValue::as_bytes);
    site.is_some_and(|site| site != b"same-origin" && site != b"none")
}

/// The browser's own value, and whether it is new: then the answer sets it, by [`keep`].
pub(super) fn browser(request: &HttpRequest, web: &Web) -> (String, bool) {
    match cookies::get(request, web, cookies::BROWSER).filter(|value| value.len() == 43) {
        Some(value) => (value, false),
        None => (random::token("").into_inner(), true),
    }
}

/// Sets the browser's own value as a cookie, where it is new.
pub(super) fn keep(web: &Web, (browser, is_new): (String, bool), response: &mut HttpResponse) {
    if is_new {
        let cookie = cookies::set(web, cookies::BROWSER, browser, None);
        cookies::add(response, &cookie);
    }
}
