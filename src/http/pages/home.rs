//! The landing page at the server's root; whoever is signed in comes to their account.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::layout::Layout;
use crate::http::endpoints::authorize;
use crate::http::respond::{self, Forms};
use crate::http::web::Web;

/// Says what this server is, and where to go from here.
#[derive(Template)]
#[template(path = "pages/home.html")]
pub struct HomePage {
    pub layout: Layout,
    pub issuer: String,
    pub discovery_href: String,
    pub login_href: String,
    /// There is no administrator yet.
    pub needs_setup: bool,
    /// The guided minute is at `/demo`.
    pub demo: bool,
    pub is_signed_in: bool,
}

/// Says what runs here, to those who have no account to look at.
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let is_signed_in = match authorize::signed_in(&request, &web).await {
        Ok(signed_in) => signed_in.is_some(),
        Err(error) => return respond::failed(&request, &web, error),
    };
    // In the demo the page is also the way back to the guided minute.
    if is_signed_in && !web.is_demo {
        return respond::see_other(&web.href("/account"));
    }
    let has_administrator = match web.app.store.has_administrator().await {
        Ok(has) => has,
        Err(error) => return respond::failed(&request, &web, error),
    };
    let view = HomePage {
        layout: web.layout_for(&request),
        issuer: web.app.issuer().to_owned(),
        discovery_href: web.discovery_uri(),
        login_href: web.href("/login"),
        needs_setup: !has_administrator,
        demo: web.is_demo,
        is_signed_in,
    };
    respond::isolated(respond::page(StatusCode::OK, &view, Forms::Own))
}
