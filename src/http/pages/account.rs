//! The person's own page, and the one after signing out.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::layout::Layout;
use crate::http::csrf::{self, Bound};
use crate::http::endpoints::authorize;
use crate::http::respond::Forms;
use crate::http::web::Web;
use crate::http::{body, cookies, place, respond};
use crate::identity::session;

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

/// Confirms that the session has ended.
#[derive(Template)]
#[template(path = "pages/signed_out.html")]
pub struct SignedOutPage {
    pub layout: Layout,
    pub login_href: String,
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
    match authorize::signed_in(&request, &web).await {
        Err(error) => return respond::failed(&request, &web, error),
        Ok(None) => {}
        Ok(Some(signed_in)) => {
            let bound = Bound::Session(&signed_in.session);
            if !csrf::is_genuine(&request, &web, bound, &["sign-out"], params.get("csrf")) {
                return respond::see_other(&web.href("/account"));
            }
            if let Err(error) = session::end(&web.app, &signed_in, &place::of(&request)).await {
                return respond::failed(&request, &web, error);
            }
        }
    }
    let view = SignedOutPage {
        layout: web.layout(),
        login_href: web.href("/login"),
    };
    let mut response = respond::isolated(respond::page(StatusCode::OK, &view, Forms::Own));
    cookies::add(&mut response, &cookies::clear(&web, cookies::SESSION));
    response
}
