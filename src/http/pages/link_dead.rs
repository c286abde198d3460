//! The page of a mailed link that is no longer good: used, too old, replaced by a newer one. Which of these is not told.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::layout::Layout;
use crate::http::respond::Forms;
use crate::http::web::Web;
use crate::http::{place, respond};

/// What the link was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) enum For {
    Password,
    Address,
    Account,
}

#[derive(Template)]
#[template(path = "pages/link_dead.html")]
struct LinkDeadPage {
    layout: Layout,
    /// Where another one is to be had.
    href: Option<String>,
}

/// The page.
pub(in crate::http) fn answer(request: &HttpRequest, web: &Web, link: For) -> HttpResponse {
    let request_id = place::of(request).request_id;
    tracing::info!(request_id, ?link, "a mailed link that is no longer good");
    let path = match link {
        For::Password => web.app.mailer.is_set_up().then_some("/forgot"),
        For::Address => web.app.mailer.is_set_up().then_some("/account/email"),
        For::Account => web.app.config.sign_up.is_open().then_some("/sign-up"),
    };
    let view = LinkDeadPage {
        layout: web.layout_for(request),
        href: path.map(|path| web.href(path)),
    };
    respond::isolated(respond::page(StatusCode::GONE, &view, Forms::Own))
}
