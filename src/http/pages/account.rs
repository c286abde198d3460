//! The person's own page, and the way out of it.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::layout::Layout;
use super::logout;
use crate::http::csrf::{self, Bound};
use crate::http::endpoints::{authorize, end_session};
use crate::http::respond::Forms;
use crate::http::web::Web;
use crate::http::{body, respond};

/// Who is signed in, since when, and the way out.
#[derive(Template)]
#[template(path = "pages/account.html")]
pub struct AccountPage {
    pub layout: Layout,
    pub csrf: String,
    /// Display name, or the username where there is none.
    pub name: String,
    pub username: String,
    pub email: Option<String>,
    pub roles: Vec<String>,
    /// The moment for machines (`datetime`) and for people.
    pub signed_in_at: (String, String),
}

/// Who is signed in.
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let signed_in = match authorize::signed_in(&request, &web).await {
        Ok(Some(signed_in)) => signed_in,
        Ok(None) => return respond::see_other(&web.href("/login")),
        Err(error) => return respond::failed(&request, &web, error),
    };
    let at = signed_in.session.authenticated_at;
    let view = AccountPage {
        layout: web.layout(),
        csrf: csrf::token(&web, Bound::Session(&signed_in.session), &["sign-out"]),
        name: signed_in.user.display_name().to_owned(),
        username: signed_in.user.username.clone(),
        email: signed_in.user.email.clone(),
        roles: signed_in.user.roles.clone(),
        signed_in_at: (
            at.to_rfc3339(),
            at.format("%e %B %Y, %H:%M UTC")
                .to_string()
                .trim()
                .to_owned(),
        ),
    };
    respond::isolated(respond::page(StatusCode::OK, &view, Forms::Own))
}

/// Ends the session.
pub async fn sign_out(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let params = match body::form(&request, payload).await {
        Ok(params) => params,
        Err(bad) => return respond::unread(&request, &web, &bad),
    };
    let signed_in = match authorize::signed_in(&request, &web).await {
        Ok(Some(signed_in)) => signed_in,
        // The cookie stays: a post from elsewhere comes without it, and must not take it away.
        Ok(None) => return respond::isolated(logout::signed_out(&request, &web, None, &[])),
        Err(error) => return respond::failed(&request, &web, error),
    };
    let bound = Bound::Session(&signed_in.session);
    if !csrf::is_genuine(&request, &web, bound, &["sign-out"], params.get("csrf")) {
        return respond::see_other(&web.href("/account"));
    }
    let ended = end_session::end(&request, &web, &signed_in, None, None).await;
    ended.map_or_else(|response| response, respond::isolated)
}
