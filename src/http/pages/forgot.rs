//! For whoever cannot sign in: asks for a username or an e-mail address, and mails a link. Whatever is typed, the answer is the same, and comes
//! before anybody is looked for (S42).

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::layout::Layout;
use crate::http::csrf::{self, Bound};
use crate::http::respond::Forms;
use crate::http::web::Web;
use crate::http::{body, place, respond};
use crate::identity::links;
use crate::oauth::params::Params;
use crate::texts::Message;

/// The form; or, after it, what happens now.
#[derive(Template)]
#[template(path = "pages/forgot.html")]
pub struct ForgotPage {
    pub layout: Layout,
    pub csrf: String,
    pub is_sent: bool,
    pub problem: Option<Message>,
    /// It is about what was typed.
    pub is_wrong: bool,
}

/// The form, or that it was sent.
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    if !web.app.mailer.is_set_up() {
        return respond::not_found(&request, &web);
    }
    let params = Params::parse(request.query_string()).unwrap_or_default();
    show(&request, &web, (params.has("sent"), None), StatusCode::OK)
}

/// Answers, and only then looks for whoever is called so.
pub async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    if !web.app.mailer.is_set_up() {
        return respond::not_found(&request, &web);
    }
    let params = match body::form(&request, payload).await {
        Ok(params) => params,
        Err(bad) => return respond::unread(&request, &web, &bad),
    };
    let texts = web.layout_for(&request).texts;
    let (browser, _) = csrf::browser(&request, &web);
    let bound = Bound::Browser(&browser);
    if !csrf::is_genuine(&request, &web, bound, &["forgot"], params.get("csrf")) {
        let problem = texts.say("forgot-stale");
        return show(
            &request,
            &web,
            (false, Some(problem)),
            StatusCode::FORBIDDEN,
        );
    }
    let name = params.get("name").unwrap_or_default().trim().to_owned();
    if name.is_empty() {
        let problem = texts.say("forgot-empty");
        return show(
            &request,
            &web,
            (false, Some(problem)),
            StatusCode::UNPROCESSABLE_ENTITY,
        );
    }
    let place = place::of(&request);
    match links::admit(&web.app, &place).await {
        Err(error) => return respond::failed(&request, &web, error),
        Ok(Some(seconds)) => {
            let problem = texts
                .say("forgot-throttled")
                .count("n", respond::minutes(seconds));
            let mut response = show(
                &request,
                &web,
                (false, Some(problem)),
                StatusCode::TOO_MANY_REQUESTS,
            );
            respond::retry_after(&mut response, Some(seconds));
            return response;
        }
        Ok(None) => {}
    }
    let (app, language) = (Arc::clone(&web.app), texts.language);
    actix_web::rt::spawn(async move {
        if let Err(error) = links::forgotten(&app, &name, &place, language).await {
            tracing::error!(request_id = place.request_id, %error, "cannot make a link to set a password");
        }
    });
    respond::see_other(&web.href("/forgot?sent=1"))
}

fn show(
    request: &HttpRequest,
    web: &Web,
    (is_sent, problem): (bool, Option<Message>),
    status: StatusCode,
) -> HttpResponse {
    let (browser, is_new) = csrf::browser(request, web);
    let view = ForgotPage {
        layout: web.layout_for(request),
        csrf: csrf::token(web, Bound::Browser(&browser), &["forgot"]),
        is_sent,
        problem,
        is_wrong: status == StatusCode::UNPROCESSABLE_ENTITY,
    };
    let mut response = respond::isolated(respond::page(status, &view, Forms::Own));
    csrf::keep(web, (browser, is_new), &mut response);
    response
}
