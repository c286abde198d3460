//! What the page after a change says, once: a word of that area's own and a name, sealed in a cookie for this session, so that
//! nobody outside can make a page say anything.

use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::cookies;
use super::web::Web;
use crate::model::session::Session;

/// The cookie must not name its subject at length.
const MAX_NAME: usize = 120;
/// For how long a message is news.
const NEWS_SECONDS: i64 = 60;

#[derive(Serialize, Deserialize)]
struct Kept<D> {
    done: D,
    name: String,
    at: i64,
}

/// Binds a message to where it is read, and to the session.
fn context(area: &str, session: &Session) -> Vec<u8> {
    let id = session.id.0;
    [area.as_bytes(), b" flash 1 ", id.as_bytes()].concat()
}

/// Puts what was done, and to what, onto an answer.
pub(super) fn put<D: Serialize>(
    response: &mut HttpResponse,
    web: &Web,
    (area, session): (&str, &Session),
    done: D,
    name: &str,
) {
    let kept = Kept {
        done,
        name: name.chars().take(MAX_NAME).collect(),
        at: web.app.clock.now().timestamp(),
    };
    let plain = serde_json::to_vec(&kept).unwrap_or_default();
    let sealed = web
        .app
        .crypto
        .requests
        .seal(&context(area, session), &plain);
    let value = URL_SAFE_NO_PAD.encode(sealed);
    cookies::add(response, &cookies::set(web, cookies::FLASH, value, None));
}

/// What the cookie says, if it is ours, of this area and session, and new.
pub(super) fn read<D: DeserializeOwned>(
    request: &HttpRequest,
    web: &Web,
    area: &str,
    session: &Session,
) -> Option<(D, String)> {
    let value = cookies::get(request, web, cookies::FLASH)?;
    let bytes = URL_SAFE_NO_PAD.decode(value).ok()?;
    let plain = web
        .app
        .crypto
        .requests
        .open(&context(area, session), &bytes)?;
    let kept: Kept<D> = serde_json::from_slice(&plain).ok()?;
    let age = web.app.clock.now().timestamp() - kept.at;
    (age < NEWS_SECONDS).then_some((kept.done, kept.name))
}

/// Takes the cookie away from a browser that sent it: the page that answers has said it.
pub(super) fn said(response: &mut HttpResponse, request: &HttpRequest, web: &Web) {
    if cookies::get(request, web, cookies::FLASH).is_some() {
        cookies::add(response, &cookies::clear(web, cookies::FLASH));
    }
}
