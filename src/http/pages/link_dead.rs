//! The page of a mailed link that is no longer good: used, too old, replaced by a newer one. Which of these is not told; but that an invitation was
//! withdrawn is.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::layout::Layout;
use crate::http::respond::Forms;
use crate::http::web::Web;
use crate::http::{place, respond};
use crate::texts::Message;

/// What the link was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) enum For {
    Password,
    Address,
    Account,
    /// For an account too, but it was withdrawn.
    Withdrawn,
}

#[derive(Template)]
#[template(path = "pages/link_dead.html")]
struct LinkDeadPage {
    layout: Layout,
    what: Message,
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
        For::Withdrawn => None,
    };
    let layout = web.layout_for(request);
    let what = if link == For::Withdrawn {
        let message = layout.say("link-dead-withdrawn");
        message.with("installation", &layout.installation)
    } else {
        layout.say("link-dead-what")
    };
    let view = LinkDeadPage {
        layout,
        what,
        href: path.map(|path| web.href(path)),
    };
    respond::isolated(respond::page(StatusCode::GONE, &view, Forms::Own))
}
