//! Whoever must show (again) who they are: sent to sign in, and from there back to the page that was asked for.

use actix_web::http::Method;
use actix_web::{HttpRequest, HttpResponse};
use chrono::TimeDelta;

use super::respond;
use super::return_to::ReturnTo;
use super::web::Web;
use crate::identity::factors;
use crate::model::acr;
use crate::model::session::SignedIn;

/// Within this after somebody showed who they are, dangerous things may be done without asking.
const RECENT: TimeDelta = TimeDelta::minutes(10);

/// Whether it was shown lately. A sign-in elsewhere of which nobody said when it was counts where it is all that the person could come by
/// again.
pub(super) fn is_recent(web: &Web, SignedIn { session, user }: &SignedIn) -> bool {
    let is_told = acr::is_dated(&session.amr) || !factors::has_own(user);
    is_told && web.app.clock.now() - session.authenticated_at < RECENT
}

/// The address that was asked for; of a post, the page with its form.
pub(super) fn here(request: &HttpRequest, web: &Web) -> Option<ReturnTo> {
    let path = request.path().strip_prefix(&web.base).unwrap_or_default();
    let query = request.query_string();
    let is_bare = request.method() != Method::GET || query.is_empty();
    let text = if is_bare {
        path.to_owned()
    } else {
        format!("{path}?{query}")
    };
    ReturnTo::parse(&text)
}

/// Nobody is signed in: to the sign-in page, and from there to `to`.
pub(super) fn to_login(web: &Web, to: &ReturnTo) -> HttpResponse {
    // Where a sign-in leads by itself need not be said.
    let page = if *to == ReturnTo::account() {
        "/login".to_owned()
    } else {
        to.carried_by("/login", "return_to")
    };
    respond::isolated(respond::see_other(&web.href(&page)))
}

/// Somebody is signed in, and shall show once more who they are, with every factor that is theirs.
pub(super) fn again(web: &Web, to: &ReturnTo) -> HttpResponse {
    let page = to.carried_by("/login", "return_to");
    respond::isolated(respond::see_other(&web.href(&format!("{page}&again=1"))))
}

/// Somebody is signed in with less than is wanted: the missing factor is asked for, and then it goes on to `to`.
pub(super) fn to_verify(web: &Web, to: &ReturnTo) -> HttpResponse {
    let page = to.carried_by("/login/verify", "return_to");
    respond::isolated(respond::see_other(&web.href(&page)))
}
