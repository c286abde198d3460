//! The set-up pages, which make the first administrator, once.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::layout::Layout;
use super::reset;
use crate::admin::users::{self, NewUser};
use crate::admin::{AdminError, By};
use crate::crypto;
use crate::http::csrf::{self, Bound};
use crate::http::respond::{Forms, Problem};
use crate::http::web::Web;
use crate::http::{body, place, respond};
use crate::identity::password::rules;
use crate::model::event::Actor;
use crate::model::secret::Secret;
use crate::oauth::params::Params;
use crate::texts::Texts;

/// Asks for the first administrator's account.
#[derive(Template)]
#[template(path = "pages/setup.html")]
pub struct SetupPage {
    pub layout: Layout,
    /// The one-time value from the set-up link.
    pub token: String,
    pub csrf: String,
    pub username: String,
    pub name: String,
    pub email: String,
    /// Field (`username`, `name`, `email`, `password`, or empty for the whole form) and sentence.
    pub problems: Vec<(String, String)>,
    /// The shortest password taken.
    pub min_length: usize,
}

impl SetupPage {
    fn problem(&self, field: &str) -> Option<&str> {
        self.problems
            .iter()
            .find(|(of, _)| of == field)
            .map(|(_, text)| text.as_str())
    }
}

/// Says that it is done and what to do next.
#[derive(Template)]
#[template(path = "pages/setup_done.html")]
pub struct SetupDonePage {
    pub layout: Layout,
    pub username: String,
    pub discovery_href: String,
    pub login_href: String,
}

/// Asks for the first administrator, if there is none and the link is right.
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let params = Params::parse(request.query_string()).unwrap_or_default();
    match closed(&request, &web, params.get("token")).await {
        Some(response) => response,
        None => show(&request, &web, &params, Vec::new()),
    }
}

/// Makes the first administrator, once.
pub async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let params = match body::form(&request, payload).await {
        Ok(params) => params,
        Err(bad) => return respond::unread(&request, &web, &bad),
    };
    if let Some(response) = closed(&request, &web, params.get("token")).await {
        return response;
    }
    let (browser, _) = csrf::browser(&request, &web);
    if !csrf::is_genuine(
        &request,
        &web,
        Bound::Browser(&browser),
        &["setup"],
        params.get("csrf"),
    ) {
        let text = web.layout_for(&request).say("setup-not-checked").plain();
        return show(&request, &web, &params, vec![(String::new(), text)]);
    }
    make(&request, &web, &params).await
}

async fn make(request: &HttpRequest, web: &Web, params: &Params) -> HttpResponse {
    let text = |name: &str| params.get(name).map(|value| value.trim().to_owned());
    let password = Secret::new(params.get("password").unwrap_or_default().to_owned());
    let username = text("username").unwrap_or_default();
    let settings = &web.app.config.password;
    if let Err(fault) = rules::check_aside(settings, &password, &[&username]).await {
        let said = reset::why_refused(web.layout_for(request).texts, fault);
        let problem = ("password".to_owned(), said.plain());
        return show(request, web, params, vec![problem]);
    }
    let new = NewUser {
        username,
        email: text("email"),
        name: text("name"),
        password: Some(password),
        ..NewUser::default()
    };
    let by = By::new(Actor::Anonymous, place::of(request).origin());
    let problem =
        match users::first_administrator(&web.app, &web.identity.passwords, &by, new).await {
            Ok(user) => return done(request, web, user.username),
            Err(AdminError::AlreadyThere {
                what: "administrator",
                ..
            }) => return already_done(request, web),
            Err(AdminError::Storage(error)) => return respond::failed(request, web, error),
            Err(error) => in_words(web.layout_for(request).texts, &error),
        };
    show(request, web, params, vec![problem])
}

/// A fault, and the field that it is at.
fn in_words(texts: Texts, error: &AdminError) -> (String, String) {
    let (field, said) = match error {
        AdminError::Invalid { field, .. } => match *field {
            "username" => ("username", texts.say("setup-wrong-username")),
            "email" => ("email", texts.say("account-email-bad")),
            _ => ("name", texts.say("account-wrong-text")),
        },
        AdminError::AlreadyThere { .. } => ("username", texts.say("setup-taken")),
        AdminError::Busy => ("", texts.say("reset-busy")),
        _ => ("", texts.say("problem-ours-what")),
    };
    (field.to_owned(), said.plain())
}

fn done(request: &HttpRequest, web: &Web, username: String) -> HttpResponse {
    let view = SetupDonePage {
        layout: web.layout_for(request),
        username,
        discovery_href: web.discovery_uri(),
        login_href: web.href("/login?return_to=/admin/new/client"),
    };
    respond::isolated(respond::page(StatusCode::OK, &view, Forms::Own))
}

/// Why the page does not open: set up already, or not the right link.
async fn closed(request: &HttpRequest, web: &Web, token: Option<&str>) -> Option<HttpResponse> {
    match web.app.store.has_administrator().await {
        Err(error) => return Some(respond::failed(request, web, error)),
        Ok(true) => return Some(already_done(request, web)),
        Ok(false) => {}
    }
    let expected = match web.app.setup_token().await {
        Ok(expected) => expected,
        Err(error) => return Some(respond::failed(request, web, error)),
    };
    if token.is_some_and(|token| crypto::equal(token.as_bytes(), expected.as_bytes())) {
        return None;
    }
    let texts = web.layout_for(request);
    let say = |id| texts.say(id).plain();
    Some(respond::problem(
        request,
        web,
        StatusCode::FORBIDDEN,
        Problem {
            title: &say("problem-setup-title"),
            what: &say("problem-setup-what"),
            what_to_do: &[&say("problem-setup-look")],
            way_on: None,
            technical: "the set-up token is missing or wrong",
        },
    ))
}

fn already_done(request: &HttpRequest, web: &Web) -> HttpResponse {
    let texts = web.layout_for(request);
    let say = |id| texts.say(id).plain();
    respond::problem(
        request,
        web,
        StatusCode::NOT_FOUND,
        Problem {
            title: &say("problem-set-up-title"),
            what: &say("problem-set-up-what"),
            what_to_do: &[&say("problem-set-up-sign-in")],
            way_on: Some((say("sign-in"), web.href("/login"))),
            technical: "there is an administrator",
        },
    )
}

fn show(
    request: &HttpRequest,
    web: &Web,
    params: &Params,
    problems: Vec<(String, String)>,
) -> HttpResponse {
    let (browser, is_new) = csrf::browser(request, web);
    let text = |name: &str| params.get(name).unwrap_or_default().to_owned();
    let status = if problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let view = SetupPage {
        layout: web.layout_for(request),
        token: text("token"),
        csrf: csrf::token(web, Bound::Browser(&browser), &["setup"]),
        username: text("username"),
        name: text("name"),
        email: text("email"),
        problems,
        min_length: web.app.config.password.min_length,
    };
    let mut response = respond::isolated(respond::page_with_script(status, &view, Forms::Own));
    csrf::keep(web, (browser, is_new), &mut response);
    response
}
