//! Setting a new password by a link that was mailed. Opening it uses nothing up; sending the form does, once.

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
use crate::identity::links::{self, Reset};
use crate::identity::login;
use crate::identity::password::rules::Fault;
use crate::model::mailed_link::{LinkKind, MailedLink};
use crate::model::secret::Secret;
use crate::model::user::User;
use crate::oauth::params::Params;
use crate::storage;
use crate::texts::{Message, Texts};

/// Asks for the new password.
#[derive(Template)]
#[template(path = "pages/reset.html")]
pub struct ResetPage {
    pub layout: Layout,
    pub token: String,
    pub csrf: String,
    pub username: String,
    pub min_length: usize,
    pub ends_sessions: bool,
    pub problem: Option<Message>,
    /// It is about what was typed.
    pub is_wrong: bool,
}

impl ResetPage {
    fn least(&self) -> Message {
        let message = self.layout.say("reset-password-help");
        message.count("n", self.min_length)
    }
}

/// Says that it is done, and leads to the sign-in page.
#[derive(Template)]
#[template(path = "pages/reset_done.html")]
pub struct ResetDonePage {
    pub layout: Layout,
    pub ended_sessions: bool,
}

impl ResetDonePage {
    fn href(&self, path: &str) -> String {
        format!("{}{path}", self.layout.base)
    }
}

/// The form, while the link is good.
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let params = Params::parse(request.query_string()).unwrap_or_default();
    let token = params.get("token").unwrap_or_default();
    match links::find(&web.app, LinkKind::ResetPassword, token).await {
        Ok(Some((_, user))) => {
            let state = (true, None);
            show(&request, &web, (token, &user), state, StatusCode::OK)
        }
        Ok(None) => link_dead::answer(&request, &web, link_dead::For::Password),
        Err(error) => respond::failed(&request, &web, error),
    }
}

/// Sets it.
pub async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let params = match body::form(&request, payload).await {
        Ok(params) => params,
        Err(bad) => return respond::unread(&request, &web, &bad),
    };
    let token = params.get("token").unwrap_or_default();
    let (link, user) = match links::find(&web.app, LinkKind::ResetPassword, token).await {
        Ok(Some(found)) => found,
        Ok(None) => return link_dead::answer(&request, &web, link_dead::For::Password),
        Err(error) => return respond::failed(&request, &web, error),
    };
    let (browser, _) = csrf::browser(&request, &web);
    let bound = Bound::Browser(&browser);
    let ends_sessions = params.has("end_sessions");
    if !csrf::is_genuine(&request, &web, bound, &["reset"], params.get("csrf")) {
        let problem = web.layout_for(&request).say("reset-stale");
        let state = (ends_sessions, Some(problem));
        return show(&request, &web, (token, &user), state, StatusCode::FORBIDDEN);
    }
    let password = Secret::new(params.get("password").unwrap_or_default().to_owned());
    set(
        &request,
        &web,
        (token, &link, &user),
        (password, ends_sessions),
    )
    .await
}

async fn set(
    request: &HttpRequest,
    web: &Web,
    (token, link, user): (&str, &MailedLink, &User),
    (password, ends_sessions): (Secret<String>, bool),
) -> HttpResponse {
    let texts = web.layout_for(request).texts;
    let place = place::of(request);
    let wish = (password, ends_sessions);
    let outcome = links::reset_password(&web.app, &web.identity, (link, user), wish, &place).await;
    let (status, problem) = match outcome {
        Err(error) => return respond::failed(request, web, error),
        Ok(Reset::Dead) => return link_dead::answer(request, web, link_dead::For::Password),
        Ok(Reset::Done) => {
            let view = ResetDonePage {
                layout: web.layout_for(request),
                ended_sessions: ends_sessions,
            };
            let mut response = respond::isolated(respond::page(StatusCode::OK, &view, Forms::Own));
            if let Err(error) = still_known(request, web, user, &mut response).await {
                tracing::error!(request_id = place.request_id, %error, "a known browser is forgotten");
            }
            return response;
        }
        Ok(Reset::Refused(fault)) => (StatusCode::UNPROCESSABLE_ENTITY, why_refused(texts, fault)),
        Ok(Reset::Busy) => (StatusCode::SERVICE_UNAVAILABLE, texts.say("reset-busy")),
    };
    let state = (ends_sessions, Some(problem));
    show(request, web, (token, user), state, status)
}

/// A browser that the account knew before knows the new password's account too: that it was there is as true as it was.
async fn still_known(
    request: &HttpRequest,
    web: &Web,
    before: &User,
    response: &mut HttpResponse,
) -> storage::Result<()> {
    let cookie = cookies::get(request, web, cookies::KNOWN);
    let Some(known) = cookie.and_then(|it| login::known(&web.app, &it, before)) else {
        return Ok(());
    };
    if let Some(user) = web.app.store.find_user(before.id).await? {
        let known = login::known_browser(&web.app, &user, known.is_mfa);
        let known = cookies::set(web, cookies::KNOWN, known, Some(365));
        cookies::add(response, &known);
    }
    Ok(())
}

/// Why a new password is not taken, for people.
pub(in crate::http) fn why_refused(texts: Texts, fault: Fault) -> Message {
    match fault {
        Fault::TooShort { min } => texts.say("password-too-short").count("n", min),
        Fault::TooLong => texts.say("password-too-long"),
        Fault::IsUsername => texts.say("password-is-name"),
        Fault::Guessable => texts.say("password-guessable"),
    }
}

fn show(
    request: &HttpRequest,
    web: &Web,
    (token, user): (&str, &User),
    (ends_sessions, problem): (bool, Option<Message>),
    status: StatusCode,
) -> HttpResponse {
    let (browser, is_new) = csrf::browser(request, web);
    let view = ResetPage {
        layout: web.layout_for(request),
        token: token.to_owned(),
        csrf: csrf::token(web, Bound::Browser(&browser), &["reset"]),
        username: user.username.clone(),
        min_length: web.app.config.password.min_length,
        ends_sessions,
        problem,
        is_wrong: status == StatusCode::UNPROCESSABLE_ENTITY,
    };
    let mut response = respond::isolated(respond::page_with_script(status, &view, Forms::Own));
    csrf::keep(web, (browser, is_new), &mut response);
    response
}
