//! Showing that an address is one's own by a link that was mailed to it: a page with a button, because mail scanners open links too.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::layout::Layout;
use super::link_dead;
use crate::http::csrf::{self, Bound};
use crate::http::respond::Forms;
use crate::http::web::Web;
use crate::http::{body, cookies, place, respond};
use crate::identity::links;
use crate::model::mailed_link::{LinkKind, MailedLink};
use crate::model::user::User;
use crate::oauth::params::Params;
use crate::storage::LinkUse;
use crate::texts::Message;

/// Asks whether the address is theirs; or, after that, says that it is done.
#[derive(Template)]
#[template(path = "pages/verify_email.html")]
pub struct VerifyEmailPage {
    pub layout: Layout,
    pub token: String,
    pub csrf: String,
    pub username: String,
    pub email: String,
    pub is_done: bool,
    pub problem: Option<Message>,
}

/// The question, while the link is good.
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let params = Params::parse(request.query_string()).unwrap_or_default();
    let token = params.get("token").unwrap_or_default();
    match links::find(&web.app, LinkKind::VerifyEmail, token).await {
        Ok(Some(found)) => show(
            &request,
            &web,
            (token, &found),
            (false, None),
            StatusCode::OK,
        ),
        Ok(None) => link_dead::answer(&request, &web, link_dead::For::Address),
        Err(error) => respond::failed(&request, &web, error),
    }
}

/// The answer: the address is the person's from now on.
pub async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let params = match body::form(&request, payload).await {
        Ok(params) => params,
        Err(bad) => return respond::unread(&request, &web, &bad),
    };
    let token = params.get("token").unwrap_or_default();
    let found = match links::find(&web.app, LinkKind::VerifyEmail, token).await {
        Ok(Some(found)) => found,
        Ok(None) => return link_dead::answer(&request, &web, link_dead::For::Address),
        Err(error) => return respond::failed(&request, &web, error),
    };
    let layout = web.layout_for(&request);
    let (browser, _) = csrf::browser(&request, &web);
    let bound = Bound::Browser(&browser);
    if !csrf::is_genuine(&request, &web, bound, &["verify-email"], params.get("csrf")) {
        let state = (false, Some(layout.say("reset-stale")));
        return show(
            &request,
            &web,
            (token, &found),
            state,
            StatusCode::FORBIDDEN,
        );
    }
    let place = place::of(&request);
    match links::verify_email(&web.app, (&found.0, &found.1), &place).await {
        Err(error) => respond::failed(&request, &web, error),
        Ok(LinkUse::Dead) => link_dead::answer(&request, &web, link_dead::For::Address),
        Ok(LinkUse::Done) => show(&request, &web, ("", &found), (true, None), StatusCode::OK),
        Ok(LinkUse::AddressTaken) => {
            let state = (false, Some(layout.say("verify-email-taken")));
            show(&request, &web, (token, &found), state, StatusCode::CONFLICT)
        }
    }
}

fn show(
    request: &HttpRequest,
    web: &Web,
    (token, (link, user)): (&str, &(MailedLink, User)),
    (is_done, problem): (bool, Option<Message>),
    status: StatusCode,
) -> HttpResponse {
    let (browser, is_new) = csrf::browser(request, web);
    let view = VerifyEmailPage {
        layout: web.layout_for(request),
        token: token.to_owned(),
        csrf: csrf::token(web, Bound::Browser(&browser), &["verify-email"]),
        username: user.username.clone(),
        email: link.email.clone().unwrap_or_default(),
        is_done,
        problem,
    };
    let mut response = respond::isolated(respond::page(status, &view, Forms::Own));
    if is_new {
        let cookie = cookies::set(web, cookies::BROWSER, browser, None);
        cookies::add(&mut response, &cookie);
    }
    response
}
