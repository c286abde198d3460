//! The page that asks for the second factor: after the password, or because a session is too weak for what is asked.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::app_look::AppLook;
use super::layout::Layout;
use super::login_passkey::PasskeyAsk;
use crate::http::csrf::{self, Bound};
use crate::http::endpoints::authorize;
use crate::http::respond::Forms;
use crate::http::sign_in::{self, Onward, Underway};
use crate::http::web::Web;
use crate::http::{body, cookies, place, respond};
use crate::identity::factors::{Missing, Offer};
use crate::identity::second_factor::{self, Attempt, Outcome};
use crate::model::acr;
use crate::oauth::error::access_denied;
use crate::oauth::params::Params;
use crate::storage;
use crate::text_id;

pub mod enrol;

/// Asks for a code, or for a passkey.
#[derive(Template)]
#[template(path = "pages/verify.html")]
pub struct VerifyPage {
    pub layout: Layout,
    /// The sealed authorization request, when an app sent the person here.
    pub request: Option<String>,
    /// Where to go on to, when none did.
    pub return_to: Option<String>,
    pub csrf: String,
    pub account_name: String,
    /// The app that waits.
    pub client_name: Option<String>,
    pub look: Option<AppLook>,
    pub offer: Offer,
    /// A recovery code is asked for instead of an app's.
    pub is_recovery: bool,
    /// Where the other kind of code is asked for.
    pub recovery_href: String,
    pub usual_href: String,
    /// The id of the sentence that says why the last attempt failed.
    pub problem: Option<&'static str>,
    /// In minutes, where that is the problem.
    pub wait: i64,
    /// Where a passkey of theirs would do.
    pub passkey: Option<PasskeyAsk>,
}

impl VerifyPage {
    /// The question, by what is asked for.
    const fn heading(&self) -> &'static str {
        if self.is_recovery {
            text_id!("verify-heading-recovery")
        } else if self.offer.has_totp {
            text_id!("verify-heading")
        } else {
            text_id!("verify-heading-passkey")
        }
    }

    /// What was typed is wrong, and not only the moment.
    fn is_wrong(&self) -> bool {
        matches!(self.problem, Some("verify-wrong" | "verify-recovery-wrong"))
    }

    /// What else would do, and where.
    fn other_way(&self) -> Option<(&'static str, &str)> {
        let offer = &self.offer;
        if !self.is_recovery {
            let id = text_id!("verify-use-recovery");
            return offer.takes_recovery.then_some((id, &self.recovery_href));
        }
        let id = if offer.has_totp {
            text_id!("verify-use-app")
        } else {
            text_id!("verify-use-passkey")
        };
        let has_other = offer.has_totp || offer.has_passkey;
        has_other.then_some((id, &self.usual_href))
    }

    fn policy(&self) -> Option<&str> {
        self.look.as_ref()?.policy()
    }

    fn terms(&self) -> Option<&str> {
        self.look.as_ref()?.terms()
    }
}

/// What the page says beside its question.
#[derive(Default)]
struct Form {
    status: StatusCode,
    is_recovery: bool,
    problem: Option<&'static str>,
    retry_after: Option<u64>,
}

/// The question.
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let params = Params::parse(request.query_string()).unwrap_or_default();
    let (onward, underway, offer) = match asked(&request, &web, &params).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let form = Form {
        is_recovery: params.has("recovery"),
        ..Form::default()
    };
    show(&request, &web, (&onward, &underway, offer), &form).await
}

/// Checks what was given, and goes on.
pub async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let params = match body::form(&request, payload).await {
        Ok(params) => params,
        Err(bad) => return respond::unread(&request, &web, &bad),
    };
    let (onward, underway, offer) = match asked(&request, &web, &params).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let mut form = Form {
        is_recovery: params.has("recovery"),
        ..Form::default()
    };
    if !is_genuine(&request, &web, &underway, &params) {
        form.status = StatusCode::FORBIDDEN;
        form.problem = Some(text_id!("sign-in-not-checked"));
        return show(&request, &web, (&onward, &underway, offer), &form).await;
    }
    if params.get("decision") == Some("deny") {
        return cancelled(&request, &web, onward);
    }
    let place = place::of(&request);
    let known = cookies::get(&request, &web, cookies::KNOWN);
    let attempt = Attempt {
        user: &underway.user,
        code: params.get("code").unwrap_or_default(),
        place: &place,
        known_browser: known.as_deref(),
        client_id: onward.waiting.as_ref().map(|waiting| &waiting.client.id),
    };
    if !offer.has_totp && !offer.takes_recovery {
        return show(&request, &web, (&onward, &underway, offer), &form).await;
    }
    match second_factor::check(&web.app, &web.identity, attempt).await {
        Ok(Outcome::Right) => {
            let amr = acr::with_code(&underway.amr);
            sign_in::passed(&request, &web, underway.with(amr), onward).await
        }
        Ok(refusal) => {
            let found = (&onward, &underway, offer);
            show(&request, &web, found, &form.refused(refusal)).await
        }
        Err(error) => respond::failed(&request, &web, error),
    }
}

impl Form {
    fn refused(mut self, refusal: Outcome) -> Self {
        let (status, retry_after, problem) = match refusal {
            Outcome::Throttled { retry_after } => (
                StatusCode::TOO_MANY_REQUESTS,
                Some(retry_after),
                text_id!("verify-throttled"),
            ),
            Outcome::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                Some(2),
                text_id!("sign-in-busy"),
            ),
            Outcome::Wrong | Outcome::Right if self.is_recovery => {
                (StatusCode::OK, None, text_id!("verify-recovery-wrong"))
            }
            Outcome::Wrong | Outcome::Right => (StatusCode::OK, None, text_id!("verify-wrong")),
        };
        self.status = status;
        self.retry_after = retry_after;
        self.problem = Some(problem);
        self
    }
}

/// Who is asked and for what; or the answer that leads to another step (S39).
async fn asked(
    request: &HttpRequest,
    web: &Web,
    params: &Params,
) -> Result<(Onward, Underway, Offer), HttpResponse> {
    let onward = Onward::read(request, web, params).await?;
    let found = Underway::find(request, web, &onward).await;
    let found = found.map_err(|error| respond::failed(request, web, error))?;
    let Some(underway) = found else {
        return Err(onward.at(request, web, "/login"));
    };
    match underway.missing {
        Missing::Factor(offer) => Ok((onward, underway, offer)),
        Missing::Enrolment if underway.session.is_some() => {
            Err(onward.at(request, web, "/login/enrol"))
        }
        Missing::Nothing if underway.session.is_some() => Err(onward.go(request, web)),
        // What was missing when this sign-in began is set up no more.
        Missing::Nothing | Missing::Enrolment => {
            let mut response = onward.at(request, web, "/login");
            sign_in::forget(request, web, &mut response);
            Err(response)
        }
    }
}

/// What the form is for: the same person, at the same point.
fn purpose(underway: &Underway) -> [String; 2] {
    ["verify".to_owned(), underway.user.id.to_string()]
}

fn csrf_of(web: &Web, underway: &Underway, browser: &str) -> String {
    let purpose = purpose(underway);
    csrf::token(web, bound(underway, browser), &[&purpose[0], &purpose[1]])
}

fn is_genuine(request: &HttpRequest, web: &Web, underway: &Underway, params: &Params) -> bool {
    let (browser, _) = csrf::browser(request, web);
    let purpose = purpose(underway);
    let purpose = [purpose[0].as_str(), purpose[1].as_str()];
    let bound = bound(underway, &browser);
    csrf::is_genuine(request, web, bound, &purpose, params.get("csrf"))
}

fn bound<'a>(underway: &'a Underway, browser: &'a str) -> Bound<'a> {
    match &underway.session {
        Some(session) => Bound::Session(session),
        None => Bound::Browser(browser),
    }
}

async fn show(
    request: &HttpRequest,
    web: &Web,
    (onward, underway, offer): (&Onward, &Underway, Offer),
    form: &Form,
) -> HttpResponse {
    let waiting = onward.waiting.as_ref();
    let sealed = match authorize::carried(web, waiting) {
        Ok(sealed) => sealed,
        Err(error) => return respond::shown(request, web, &error),
    };
    let (browser, is_new) = csrf::browser(request, web);
    let return_to = onward.to.as_ref().map(|to| to.as_str().to_owned());
    let passkey = match asked_for(web, &browser, underway, (offer, form.is_recovery)).await {
        Ok(passkey) => passkey,
        Err(error) => return respond::failed(request, web, error),
    };
    let has_other = offer.has_totp || passkey.is_some();
    let is_recovery = offer.takes_recovery && (form.is_recovery || !has_other);
    let client = waiting.map(|waiting| &waiting.client);
    let view = VerifyPage {
        layout: web.layout_towards(request, waiting),
        recovery_href: href(
            web,
            &[("recovery", "1")],
            sealed.as_deref(),
            return_to.as_deref(),
        ),
        usual_href: href(web, &[], sealed.as_deref(), return_to.as_deref()),
        csrf: csrf_of(web, underway, &browser),
        request: sealed,
        return_to,
        account_name: underway.user.display_name().to_owned(),
        client_name: client.map(|client| web.name_for(request, client)),
        look: client.map(|client| AppLook::new(request, web, client)),
        offer,
        is_recovery,
        problem: form.problem,
        wait: respond::minutes(form.retry_after.unwrap_or_default()),
        passkey,
    };
    let forms = Forms::of_sign_in(waiting.is_some());
    let mut response = if view.passkey.is_some() {
        respond::page_with_script(form.status, &view, forms)
    } else {
        respond::page(form.status, &view, forms)
    };
    csrf::keep(web, (browser, is_new), &mut response);
    respond::retry_after(&mut response, form.retry_after);
    response
}

async fn asked_for(
    web: &Web,
    browser: &str,
    underway: &Underway,
    (offer, is_recovery): (Offer, bool),
) -> storage::Result<Option<PasskeyAsk>> {
    if !offer.has_passkey || is_recovery {
        return Ok(None);
    }
    let ask = PasskeyAsk::of(web, browser, &underway.user).await?;
    Ok(ask.map(|ask| PasskeyAsk {
        is_main: !offer.has_totp,
        ..ask
    }))
}

/// The address of this page, with what it carries along.
fn href(web: &Web, more: &[(&str, &str)], sealed: Option<&str>, return_to: Option<&str>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(more);
    if let Some(sealed) = sealed {
        query.append_pair("request", sealed);
    }
    if let Some(to) = return_to {
        query.append_pair("return_to", to);
    }
    web.href(&format!("/login/verify?{}", query.finish()))
}

fn cancelled(request: &HttpRequest, web: &Web, onward: Onward) -> HttpResponse {
    let mut response = match onward.waiting {
        Some(waiting) => {
            let error = access_denied("the person cancelled the sign-in");
            authorize::refuse(request, web, authorize::returned(waiting.reply, error))
        }
        None => respond::see_other(&web.href("/")),
    };
    sign_in::forget(request, web, &mut response);
    response
}
