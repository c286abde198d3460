//! `/account/password`: another password in place of the one that is known.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::field::{Field, Problem};
use super::frame::{self, Done, Frame, Section};
use super::guard;
use crate::admin::{AdminError, By, users};
use crate::http::pages::layout::Layout;
use crate::http::pages::reset;
use crate::http::respond::{self, Forms};
use crate::http::web::Web;
use crate::http::{cookies, place};
use crate::identity::known;
use crate::identity::login::{self, Attempt, SignIn};
use crate::identity::password::rules::{self, Fault};
use crate::model::acr::Acr;
use crate::model::event::Actor;
use crate::model::secret::Secret;
use crate::model::session::SignedIn;
use crate::model::user::User;
use crate::oauth::params::Params;
use crate::text_id;
use crate::texts::{Message, Texts};

const HERE: &str = "/account/password";

#[derive(Template)]
#[template(path = "pages/account/password.html")]
struct PasswordPage {
    layout: Layout,
    frame: Frame,
    csrf: String,
    username: String,
    fields: Vec<Field>,
    problems: Vec<Problem>,
    ends_others: bool,
    /// There is one already.
    has_password: bool,
}

/// Why nothing was changed, and at which field.
struct Refusal {
    status: StatusCode,
    field: &'static str,
    why: Why,
    retry_after: Option<u64>,
}

enum Why {
    /// The message that says it.
    Said(&'static str),
    Fault(Fault),
}

impl Refusal {
    fn message(&self, texts: Texts) -> Message {
        let wait = self.retry_after.unwrap_or_default();
        match self.why {
            Why::Said(id) => texts.say(id).count("n", respond::minutes(wait)),
            Why::Fault(fault) => reset::why_refused(texts, fault),
        }
    }

    const fn at(field: &'static str, text: &'static str) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            field,
            why: Why::Said(text),
            retry_after: None,
        }
    }

    const fn later(status: StatusCode, seconds: u64, text: &'static str) -> Self {
        Self {
            status,
            field: "current",
            why: Why::Said(text),
            retry_after: Some(seconds),
        }
    }
}

pub(super) async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    match guard::signed_in(&request, &web).await {
        Ok(signed_in) => unless_first(&web, &signed_in)
            .unwrap_or_else(|| show(&request, &web, &signed_in, None, true)),
        Err(response) => response,
    }
}

/// Who has no password yet has none to show, and shows otherwise who they are.
fn unless_first(web: &Web, signed_in: &SignedIn) -> Option<HttpResponse> {
    match signed_in.user.password_hash {
        Some(_) => None,
        None => guard::ask_again(web, signed_in, HERE),
    }
}

pub(super) async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let (signed_in, params) = match guard::posted(&request, &web, payload).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    if let Some(asked) = unless_first(&web, &signed_in) {
        return asked;
    }
    let ends_others = params.has("end_others");
    match change(&request, &web, &signed_in, &params).await {
        Ok(Ok(user)) => {
            let to = web.href("/account");
            let mut response = frame::done(&web, &signed_in, Done::PasswordChanged, "", &to);
            let is_mfa = Acr::of(&signed_in.session.amr) >= Acr::Mfa;
            let known = cookies::get(&request, &web, cookies::KNOWN);
            let known = known::with(&web.app, known.as_deref(), &user, is_mfa);
            let known = cookies::set(&web, cookies::KNOWN, known, Some(365));
            cookies::add(&mut response, &known);
            response
        }
        Ok(Err(refusal)) => show(&request, &web, &signed_in, Some(&refusal), ends_others),
        Err(error) => guard::failed(&request, &web, error),
    }
}

async fn change(
    request: &HttpRequest,
    web: &Web,
    signed_in: &SignedIn,
    params: &Params,
) -> Result<Result<User, Refusal>, AdminError> {
    let new = params.get("new").unwrap_or_default();
    if params.get("repeated").unwrap_or_default() != new {
        let text = text_id!("account-password-differ");
        return Ok(Err(Refusal::at("repeated", text)));
    }
    let user = match known(request, web, signed_in, params).await? {
        Ok(user) => user,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let place = place::of(request);
    let by = By::new(Actor::User(user.id), place.origin());
    let kept = params.has("end_others").then_some(&signed_in.session);
    let new = Secret::new(new.to_owned());
    let about = signed_in.user.about();
    if let Err(fault) = rules::check_aside(&web.app.config.password, &new, &about).await {
        return Ok(Err(Refusal {
            why: Why::Fault(fault),
            ..Refusal::at("new", "")
        }));
    }
    let pool = &web.identity.passwords;
    let by = (&by, &place);
    let changed = users::change_password(&web.app, pool, by, (user, new), kept).await;
    Ok(match changed {
        Ok(user) => Ok(user),
        // Somebody else changed it in this very moment.
        Err(AdminError::Changed { .. }) => {
            Err(Refusal::at("current", text_id!("account-password-wrong")))
        }
        Err(AdminError::Busy) => Err(busy()),
        Err(error) => return Err(error),
    })
}

const fn busy() -> Refusal {
    let text = text_id!("account-password-busy");
    Refusal::later(StatusCode::SERVICE_UNAVAILABLE, 2, text)
}

/// Whoever knows the current password, throttled as a sign-in is.
async fn known(
    request: &HttpRequest,
    web: &Web,
    signed_in: &SignedIn,
    params: &Params,
) -> Result<Result<User, Refusal>, AdminError> {
    if signed_in.user.password_hash.is_none() {
        return Ok(Ok(signed_in.user.clone()));
    }
    let known = cookies::get(request, web, cookies::KNOWN);
    let attempt = Attempt {
        name: &signed_in.user.username,
        password: Secret::new(params.get("current").unwrap_or_default().to_owned()),
        place: &place::of(request),
        known_browser: known.as_deref(),
        client_id: None,
        is_behind_app: false,
    };
    Ok(
        match login::check(&web.app, &web.identity, attempt).await? {
            SignIn::Verified(user) if user.id == signed_in.user.id => Ok(*user),
            SignIn::Verified(_) | SignIn::Mismatch => {
                Err(Refusal::at("current", text_id!("account-password-wrong")))
            }
            SignIn::Throttled { retry_after } => Err(Refusal::later(
                StatusCode::TOO_MANY_REQUESTS,
                retry_after,
                text_id!("account-password-throttled"),
            )),
            SignIn::Busy => Err(busy()),
        },
    )
}

fn show(
    request: &HttpRequest,
    web: &Web,
    signed_in: &SignedIn,
    refusal: Option<&Refusal>,
    ends_others: bool,
) -> HttpResponse {
    let layout = web.layout_for(request);
    let texts = layout.texts;
    let least = web.app.config.password.min_length;
    let current = Field::new(texts, "current", text_id!("account-password-current"))
        .autocomplete("current-password");
    let new = Field::new(texts, "new", text_id!("account-password-new"))
        .help(texts.say("account-password-help").count("n", least))
        .autocomplete("new-password");
    let repeated = Field::new(texts, "repeated", text_id!("account-password-repeated"))
        .autocomplete("new-password");
    let mut fields = vec![new, repeated];
    let has_password = signed_in.user.password_hash.is_some();
    if has_password {
        fields.insert(0, current);
    }
    for field in &mut fields {
        field.kind = "password";
        field.is_required = true;
        let own = refusal.filter(|refusal| refusal.field == field.name);
        field.problem = own.map(|refusal| refusal.message(texts));
    }
    let title = text_id!("account-password-title");
    let view = PasswordPage {
        frame: Frame::new(request, web, signed_in, Section::Security, title),
        csrf: guard::csrf(web, signed_in, &web.href(HERE)),
        username: signed_in.user.username.clone(),
        problems: Problem::of(&fields),
        fields,
        ends_others,
        has_password,
        layout,
    };
    let status = refusal.map_or(StatusCode::OK, |refusal| refusal.status);
    let response = respond::page_with_script(status, &view, Forms::Own);
    let mut response = frame::finish(request, web, response);
    let seconds = refusal.and_then(|refusal| refusal.retry_after);
    respond::retry_after(&mut response, seconds);
    response
}
