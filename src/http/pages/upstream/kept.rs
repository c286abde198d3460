//! What waits for a browser to come back, kept by that browser: sealed, in a cookie of its own, bound to its other one. Several may wait, because
//! people have tabs.

use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::put_cookie;
use crate::http::web::Web;
use crate::http::{cookies, csrf};
use crate::identity::upstream::Attempt;

/// More tabs than that are forgotten, the oldest first: a cookie has but 4 kB.
const MOST: usize = 4;

fn context(browser: &str) -> Vec<u8> {
    [b"upstream attempts 1 ", browser.as_bytes()].concat()
}

fn all(request: &HttpRequest, web: &Web) -> Vec<Attempt> {
    let (browser, _) = csrf::browser(request, web);
    let opened = || {
        let value = cookies::get(request, web, cookies::UPSTREAM)?;
        let sealed = URL_SAFE_NO_PAD.decode(value).ok()?;
        let plain = web.app.crypto.requests.open(&context(&browser), &sealed)?;
        serde_json::from_slice::<Vec<Attempt>>(&plain).ok()
    };
    let now = web.app.clock.now();
    let mut all = opened().unwrap_or_default();
    all.retain(|attempt| !attempt.is_over(now));
    all
}

fn put(request: &HttpRequest, web: &Web, all: &[Attempt], response: &mut HttpResponse) {
    let (browser, _) = csrf::browser(request, web);
    let plain = serde_json::to_vec(all).unwrap_or_default();
    let sealed = web.app.crypto.requests.seal(&context(&browser), &plain);
    let value = (!all.is_empty()).then(|| URL_SAFE_NO_PAD.encode(sealed));
    put_cookie(web, response, value);
}

/// One more.
pub(super) fn add(request: &HttpRequest, web: &Web, attempt: Attempt, response: &mut HttpResponse) {
    let mut all = all(request, web);
    let over = (all.len() + 1).saturating_sub(MOST);
    all.drain(..over);
    all.push(attempt);
    put(request, web, &all, response);
}

/// The one of that state.
pub(super) fn find(request: &HttpRequest, web: &Web, state: &str) -> Option<Attempt> {
    let now = web.app.clock.now();
    let mut all = all(request, web).into_iter();
    all.find(|attempt| attempt.is_of(state, now))
}

/// It is over.
pub(super) fn remove(request: &HttpRequest, web: &Web, state: &str, response: &mut HttpResponse) {
    let now = web.app.clock.now();
    let mut all = all(request, web);
    all.retain(|attempt| !attempt.is_of(state, now));
    put(request, web, &all, response);
}
