//! Our cookies (S173): `__Host-`, `Secure`, `HttpOnly`, `SameSite=Lax`.
//!
//! On an issuer with plain http, which is a loopback one, they have neither prefix nor `Secure`: most programs other than
//! Chromium and Firefox would not send them back.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

use super::web::Web;

/// The session.
pub(super) const SESSION: Name = Name {
    plain: "placet_session",
    host: "__Host-placet_session",
};
/// A random value that binds forms to the browser before anyone is signed in.
pub(super) const BROWSER: Name = Name {
    plain: "placet_browser",
    host: "__Host-placet_browser",
};
/// That this browser has signed in as somebody before.
pub(super) const KNOWN: Name = Name {
    plain: "placet_known",
    host: "__Host-placet_known",
};

/// Who is between the factors of a sign-in, sealed.
pub(super) const PENDING: Name = Name {
    plain: "placet_pending",
    host: "__Host-placet_pending",
};

/// What waits for the browser to come back from providers elsewhere, sealed.
pub(super) const UPSTREAM: Name = Name {
    plain: "placet_upstream",
    host: "__Host-placet_upstream",
};

/// What the next page of the console or the account says was done.
pub(super) const FLASH: Name = Name {
    plain: "placet_flash",
    host: "__Host-placet_flash",
};

/// A cookie's name under plain http and under https.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name {
    plain: &'static str,
    host: &'static str,
}

impl Name {
    fn of(self, web: &Web) -> &'static str {
        if web.app.config.issuer.is_https() {
            self.host
        } else {
            self.plain
        }
    }
}

/// The value of the cookie, if the browser sent exactly one of that name: of two, one was planted.
pub(super) fn get(request: &HttpRequest, web: &Web, name: Name) -> Option<String> {
    let name = name.of(web);
    let cookies = request.cookies().ok()?;
    let mut found = cookies.iter().filter(|cookie| cookie.name() == name);
    match (found.next(), found.next()) {
        (Some(cookie), None) => Some(cookie.value().to_owned()),
        _ => None,
    }
}

/// A cookie that lasts until the browser closes, or for `days`.
pub(super) fn set(web: &Web, name: Name, value: String, days: Option<i64>) -> Cookie<'static> {
    let mut cookie = Cookie::build(name.of(web), value)
        .path("/")
        .http_only(true)
        .secure(web.app.config.issuer.is_https())
        .same_site(SameSite::Lax)
        .finish();
    cookie.set_max_age(days.map(Duration::days));
    cookie
}

/// The cookie that takes one away.
pub(super) fn clear(web: &Web, name: Name) -> Cookie<'static> {
    let mut cookie = set(web, name, String::new(), None);
    cookie.make_removal();
    cookie
}

/// Puts a cookie onto an answer.
pub(super) fn add(response: &mut actix_web::HttpResponse, cookie: &Cookie<'static>) {
    // Fails on characters that no value of ours has.
    if response.add_cookie(cookie).is_err() {
        tracing::error!("a cookie cannot be set");
    }
}
