//! Signing up: asks for an e-mail address, and mails a link to it. Whether the address has an account already is said in the mail alone, and
//! looked up after the answer (S42). What the link leads to stands in `making`.

mod making;

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::layout::Layout;
use super::link_dead;
use crate::http::csrf::{self, Bound};
use crate::http::endpoints::authorize;
use crate::http::respond::{Forms, Problem};
use crate::http::sign_in::Onward;
use crate::http::web::Web;
use crate::http::{body, place, respond};
use crate::identity::sign_up::{self, Asked, Waiting};
use crate::model::user::check_email;
use crate::oauth::authorize::request::Checked;
use crate::oauth::params::Params;
use crate::text_id;
use crate::texts::Message;

/// The purpose of its forms.
const FORM: &str = "sign-up";

/// The form; or, after it, what happens now.
#[derive(Template)]
#[template(path = "pages/sign_up.html")]
pub struct SignUpPage {
    pub layout: Layout,
    pub csrf: String,
    /// The sealed authorization request, when an app sent the person here.
    pub request: Option<String>,
    /// The app that waits.
    pub client_name: Option<String>,
    /// Nobody looked at it: it registered itself.
    pub is_unchecked: bool,
    pub login_href: String,
    pub is_sent: bool,
    pub email: String,
    pub problem: Option<Message>,
    /// It is about what was typed.
    pub is_wrong: bool,
}

/// The address of the page, with the request that waits; `None` where nobody may sign up uninvited.
pub(super) fn href(web: &Web, sealed: Option<&str>) -> Option<String> {
    let is_open = web.app.config.sign_up.is_open();
    is_open.then(|| carried(web, "/sign-up", sealed))
}

fn carried(web: &Web, page: &str, sealed: Option<&str>) -> String {
    match sealed {
        Some(sealed) => web.href(&format!("{page}?request={sealed}")),
        None => web.href(page),
    }
}

/// The form, that it was sent, or what a link leads to.
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let params = Params::parse(request.query_string()).unwrap_or_default();
    if !web.app.config.sign_up.is_by_invitation() {
        return closed(&request, &web);
    }
    if params.has("token") {
        return making::get(&request, &web, &params).await;
    }
    let waiting = match waiting(&request, &web, &params).await {
        Ok(waiting) => waiting,
        Err(response) => return response,
    };
    let form = Form {
        is_sent: params.has("sent"),
        ..Form::default()
    };
    show(&request, &web, waiting.as_ref(), form)
}

/// Answers, and only then looks whose the address is.
pub async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let params = match body::form(&request, payload).await {
        Ok(params) => params,
        Err(bad) => return respond::unread(&request, &web, &bad),
    };
    if !web.app.config.sign_up.is_by_invitation() {
        return closed(&request, &web);
    }
    if params.has("token") {
        return making::post(&request, &web, &params).await;
    }
    let waiting = match waiting(&request, &web, &params).await {
        Ok(waiting) => waiting,
        Err(response) => return response,
    };
    let email = params.get("email").unwrap_or_default().trim();
    let mut form = Form {
        email: email.chars().take(254).collect(),
        ..Form::default()
    };
    if let Err((status, problem)) = check(&request, &web, &params, email) {
        (form.status, form.problem) = (status, Some(problem));
        return show(&request, &web, waiting.as_ref(), form);
    }
    let place = place::of(&request);
    match sign_up::admit(&web.app, email, &place).await {
        Err(error) => return respond::failed(&request, &web, error),
        Ok(Some(seconds)) => {
            form.status = StatusCode::TOO_MANY_REQUESTS;
            let text = web.layout_for(&request).say("account-email-throttled");
            form.problem = Some(text.count("n", respond::minutes(seconds)));
            let mut response = show(&request, &web, waiting.as_ref(), form);
            respond::retry_after(&mut response, Some(seconds));
            return response;
        }
        Ok(None) => {}
    }
    send(&request, &web, waiting.as_ref(), email)
}

/// The request that waits; or that nobody may sign up uninvited.
async fn waiting(
    request: &HttpRequest,
    web: &Web,
    params: &Params,
) -> Result<Option<Checked>, HttpResponse> {
    if !web.app.config.sign_up.is_open() {
        return Err(closed(request, web));
    }
    Ok(Onward::read(request, web, params).await?.waiting)
}

fn check(
    request: &HttpRequest,
    web: &Web,
    params: &Params,
    email: &str,
) -> Result<(), (StatusCode, Message)> {
    let texts = web.layout_for(request).texts;
    let (browser, _) = csrf::browser(request, web);
    let bound = Bound::Browser(&browser);
    if !csrf::is_genuine(request, web, bound, &[FORM], params.get("csrf")) {
        return Err((StatusCode::FORBIDDEN, texts.say("forgot-stale")));
    }
    let unfit = |problem| Err((StatusCode::UNPROCESSABLE_ENTITY, problem));
    if check_email(email).is_err() {
        return unfit(texts.say("account-email-bad"));
    }
    let settings = &web.app.config.sign_up;
    if !settings.is_allowed(email) {
        let domains = settings.allowed_email_domains.iter();
        let domains: Vec<String> = domains.map(|domain| format!("@{domain}")).collect();
        let domains = domains.join(", ");
        return unfit(texts.say("sign-up-domain").with("domains", domains));
    }
    Ok(())
}

fn send(request: &HttpRequest, web: &Web, waiting: Option<&Checked>, email: &str) -> HttpResponse {
    let sealed = match authorize::carried(web, waiting) {
        Ok(sealed) => sealed,
        Err(error) => return respond::shown(request, web, &error),
    };
    let to = carried(web, "/sign-up", sealed.as_deref());
    let to = match sealed {
        Some(_) => format!("{to}&sent=1"),
        None => format!("{to}?sent=1"),
    };
    let (browser, _) = csrf::browser(request, web);
    let asked = Asked {
        email: email.to_owned(),
        place: place::of(request),
        language: web.layout_for(request).texts.language,
        waiting: sealed.map(|sealed| Waiting::new(sealed, &browser)),
    };
    let app = Arc::clone(&web.app);
    actix_web::rt::spawn(async move {
        if let Err(error) = sign_up::ask(&app, &asked).await {
            tracing::error!(request_id = asked.place.request_id, %error, "cannot make a link to sign up");
        }
    });
    respond::see_other(&to)
}

/// What the page says beside its question.
#[derive(Default)]
struct Form {
    status: StatusCode,
    is_sent: bool,
    email: String,
    problem: Option<Message>,
}

fn show(request: &HttpRequest, web: &Web, waiting: Option<&Checked>, form: Form) -> HttpResponse {
    let sealed = match authorize::carried(web, waiting) {
        Ok(sealed) => sealed,
        Err(error) => return respond::shown(request, web, &error),
    };
    let (browser, is_new) = csrf::browser(request, web);
    let view = SignUpPage {
        layout: web.layout_towards(request, waiting),
        csrf: csrf::token(web, Bound::Browser(&browser), &[FORM]),
        login_href: carried(web, "/login", sealed.as_deref()),
        request: sealed,
        client_name: waiting.map(|waiting| web.name_for(request, &waiting.client)),
        is_unchecked: waiting.is_some_and(|waiting| waiting.client.is_unchecked()),
        is_sent: form.is_sent,
        email: form.email,
        problem: form.problem,
        is_wrong: form.status == StatusCode::UNPROCESSABLE_ENTITY,
    };
    let mut response = respond::page(form.status, &view, Forms::Own);
    if waiting.is_none() {
        response = respond::isolated(response);
    }
    csrf::keep(web, (browser, is_new), &mut response);
    response
}

/// The page of a link that is no longer good.
async fn dead(request: &HttpRequest, web: &Web, token: &str) -> HttpResponse {
    match sign_up::is_withdrawn(&web.app, token).await {
        Ok(true) => link_dead::answer(request, web, link_dead::For::Withdrawn),
        Ok(false) => link_dead::answer(request, web, link_dead::For::Account),
        Err(error) => respond::failed(request, web, error),
    }
}

/// Nobody makes an account here so. Whether there is a link behind a token is not looked for, so nothing is told of it.
fn closed(request: &HttpRequest, web: &Web) -> HttpResponse {
    let layout = web.layout_for(request);
    let say = |id| {
        let message = layout.say(id);
        message.with("installation", &layout.installation).plain()
    };
    let what = if web.app.config.sign_up.is_by_invitation() {
        text_id!("sign-up-closed-invited")
    } else {
        text_id!("sign-up-closed-off")
    };
    respond::nowhere(
        request,
        web,
        Problem {
            title: &say("sign-up-closed-title"),
            what: &say(what),
            what_to_do: &[&say("sign-up-closed-ask")],
            way_on: Some((say("forgot-back"), web.href("/login"))),
            technical: "sign_up.mode does not allow it",
        },
    )
}
