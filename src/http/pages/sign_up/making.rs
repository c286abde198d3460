//! What a link to sign up leads to: asks for username and password, makes the account, and signs in.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::{FORM, dead};
use crate::http::csrf::{self, Bound};
use crate::http::pages::layout::Layout;
use crate::http::pages::reset::why_refused;
use crate::http::respond::Forms;
use crate::http::sign_in::{self, Onward, Passed};
use crate::http::web::Web;
use crate::http::{language, place, respond};
use crate::identity::sign_up::{self, Fault, Outcome, Waiting, Wish};
use crate::model::acr;
use crate::model::invitation::Terms;
use crate::model::mailed_link::{LinkKind, MailedLink};
use crate::model::secret::Secret;
use crate::oauth::authorize::request::Checked;
use crate::oauth::authorize::sealed;
use crate::oauth::params::Params;
use crate::texts::{Message, Texts};

/// Asks for what an account needs beside the address.
#[derive(Template)]
#[template(path = "pages/sign_up_make.html")]
pub(super) struct MakePage {
    pub layout: Layout,
    pub token: String,
    pub csrf: String,
    pub is_invited: bool,
    /// The app that waits.
    pub client_name: Option<String>,
    /// Nobody looked at it: it registered itself.
    pub is_unchecked: bool,
    pub email: String,
    pub username: String,
    pub name: String,
    pub min_length: usize,
    pub problem: Option<Problem>,
}

/// What is wrong, and the id of the field; none: with the whole form.
pub(super) struct Problem {
    pub field: Option<&'static str>,
    pub text: Message,
    /// There is an account of the address: that is where to go.
    pub is_known: bool,
}

impl MakePage {
    fn least(&self) -> Message {
        let message = self.layout.say("reset-password-help");
        message.count("n", self.min_length)
    }

    fn problem_of(&self, field: &str) -> Option<&Message> {
        let problem = self.problem.as_ref()?;
        (problem.field == Some(field)).then_some(&problem.text)
    }

    /// The first field to be typed.
    fn has_focus(&self, field: &str) -> bool {
        match &self.problem {
            Some(problem) => problem.field == Some(field),
            None if self.username.is_empty() => field == "username",
            None => field == "password",
        }
    }
}

/// What was typed.
struct Typed {
    token: String,
    username: String,
    name: String,
}

impl Typed {
    fn read(params: &Params) -> Self {
        let of = |name: &str| params.get(name).unwrap_or_default().trim().to_owned();
        Self {
            token: of("token"),
            username: of("username"),
            name: of("name"),
        }
    }
}

/// The form, while the link is good.
pub(super) async fn get(request: &HttpRequest, web: &Web, params: &Params) -> HttpResponse {
    let token = params.get("token").unwrap_or_default();
    match sign_up::find(&web.app, token).await {
        Ok(Some(link)) => {
            let typed = Typed {
                token: token.to_owned(),
                username: sign_up::proposed_username(&link),
                name: Terms::of(&link).name.unwrap_or_default(),
            };
            let waiting = waiting(request, web, &link).await;
            show(request, web, (&link, waiting.as_ref()), typed, None)
        }
        Ok(None) => dead(request, web, token).await,
        Err(error) => respond::failed(request, web, error),
    }
}

/// Makes the account, and goes on signed in.
pub(super) async fn post(request: &HttpRequest, web: &Web, params: &Params) -> HttpResponse {
    let typed = Typed::read(params);
    let link = match sign_up::find(&web.app, &typed.token).await {
        Ok(Some(link)) => link,
        Ok(None) => return dead(request, web, &typed.token).await,
        Err(error) => return respond::failed(request, web, error),
    };
    let waiting = waiting(request, web, &link).await;
    let (browser, _) = csrf::browser(request, web);
    let bound = Bound::Browser(&browser);
    let behind = (&link, waiting.as_ref());
    if !csrf::is_genuine(request, web, bound, &[FORM], params.get("csrf")) {
        let text = web.layout_for(request).say("forgot-stale");
        let problem = (StatusCode::FORBIDDEN, Problem::of_form(text));
        return show(request, web, behind, typed, Some(problem));
    }
    let wish = Wish {
        username: typed.username.clone(),
        name: Some(typed.name.clone()).filter(|name| !name.is_empty()),
        password: Secret::new(params.get("password").unwrap_or_default().to_owned()),
        language: language::of(request, web),
    };
    let (place, token) = (place::of(request), typed.token.clone());
    match sign_up::accept(&web.app, &web.identity, &link, wish, &place).await {
        Ok(Outcome::Done(user)) => {
            let (user, amr) = (*user, acr::password());
            let onward = Onward { waiting, to: None };
            sign_in::passed(request, web, Passed::now(user, amr), onward).await
        }
        Ok(Outcome::Dead) => dead(request, web, &token).await,
        Ok(Outcome::Refused(fault)) => {
            let problem = of_fault(web.layout_for(request).texts, fault);
            let mut response = show(request, web, behind, typed, Some(problem));
            if let Fault::Throttled(seconds) = fault {
                respond::retry_after(&mut response, Some(seconds));
            }
            response
        }
        Err(error) => respond::failed(request, web, error),
    }
}

impl Problem {
    const fn of_form(text: Message) -> Self {
        Self {
            field: None,
            text,
            is_known: false,
        }
    }
}

fn of_fault(texts: Texts, fault: Fault) -> (StatusCode, Problem) {
    let (field, text) = match fault {
        Fault::Username => (Some("username"), texts.say("sign-up-username-odd")),
        Fault::UsernameTaken => (Some("username"), texts.say("sign-up-username-taken")),
        Fault::Name => (Some("name"), texts.say("sign-up-name-odd")),
        Fault::Password(fault) => (Some("password"), why_refused(texts, fault)),
        Fault::AddressTaken => (None, texts.say("verify-email-taken")),
        Fault::Throttled(seconds) => {
            let text = texts.say("account-email-throttled");
            (None, text.count("n", respond::minutes(seconds)))
        }
        Fault::Busy => (None, texts.say("reset-busy")),
    };
    let status = match fault {
        Fault::Throttled(_) => StatusCode::TOO_MANY_REQUESTS,
        Fault::Busy => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let problem = Problem {
        field,
        text,
        is_known: fault == Fault::AddressTaken,
    };
    (status, problem)
}

/// The request that waits in this browser behind the link; one that is too old by now is nothing to bother the person with.
async fn waiting(request: &HttpRequest, web: &Web, link: &MailedLink) -> Option<Checked> {
    let (browser, _) = csrf::browser(request, web);
    let sealed = Waiting::behind(link, &browser)?;
    let opened = sealed::open(&web.app, &sealed, web.app.clock.now()).await;
    let checked = opened.ok()?;
    language::note_client(request, &checked.request);
    Some(checked)
}

fn show(
    request: &HttpRequest,
    web: &Web,
    (link, waiting): (&MailedLink, Option<&Checked>),
    typed: Typed,
    problem: Option<(StatusCode, Problem)>,
) -> HttpResponse {
    let (browser, is_new) = csrf::browser(request, web);
    let (status, problem) = problem.map_or((StatusCode::OK, None), |(status, problem)| {
        (status, Some(problem))
    });
    let view = MakePage {
        layout: web.layout_towards(request, waiting),
        token: typed.token,
        csrf: csrf::token(web, Bound::Browser(&browser), &[FORM]),
        is_invited: link.kind == LinkKind::Invitation,
        client_name: waiting.map(|waiting| web.name_for(request, &waiting.client)),
        is_unchecked: waiting.is_some_and(|waiting| waiting.client.is_unchecked()),
        email: link.email.clone().unwrap_or_default(),
        username: typed.username,
        name: typed.name,
        min_length: web.app.config.password.min_length,
        problem,
    };
    // The form may end at the app that waits.
    let mut response = if waiting.is_some() {
        respond::page_with_script(status, &view, Forms::Journey)
    } else {
        respond::isolated(respond::page_with_script(status, &view, Forms::Own))
    };
    csrf::keep(web, (browser, is_new), &mut response);
    response
}
