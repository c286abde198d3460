//! Signing in with an account elsewhere: the buttons, the way to the provider, and the way back (OIDC Core §3.1.2.1, §3.1.2.5).

mod kept;
mod problem;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use oauth2_types::requests::Prompt;

use super::account::security;
use crate::config::Provider;
use crate::http::csrf::{self, Bound};
use crate::http::endpoints::authorize;
use crate::http::return_to::ReturnTo;
use crate::http::sign_in::{self, Onward, Passed};
use crate::http::web::Web;
use crate::http::{body, cookies, place, respond};
use crate::identity::factors;
use crate::identity::upstream::account::{self, Found};
use crate::identity::upstream::{self, Answer, Arrived, Attempt, Failure, Fault, Wish};
use crate::model::acr;
use crate::model::user::User;
use crate::oauth::authorize::next_step;
use crate::oauth::authorize::request::Checked;
use crate::oauth::authorize::sealed;
use crate::oauth::params::Params;
use crate::telemetry::{Factor, SignInOutcome};
use problem::Trouble;

const PURPOSE: &str = "login-upstream";
/// Each may come once.
const PARAMETERS: [&str; 4] = ["state", "code", "iss", "error"];

/// What `pages/_upstream.html` needs of the page around it, beside `layout`, `request` and `return_to`.
pub struct UpstreamAsk {
    pub csrf: String,
    pub buttons: Vec<Button>,
}

pub struct Button {
    /// What the provider is called.
    pub name: String,
    pub href: String,
}

impl UpstreamAsk {
    /// `None` where there is no provider; with `is_anew` those alone that can ask anew who somebody is.
    pub(super) fn of(web: &Web, browser: &str, is_anew: bool) -> Option<Self> {
        let providers = web.app.config.upstream.providers.iter();
        let providers: Vec<&Provider> = providers
            .filter(|provider| !is_anew || provider.protocol.proves_anew())
            .collect();
        let button = |provider: &Provider| Button {
            name: provider.name.clone(),
            href: web.href(&format!("/login/upstream/{}", provider.id)),
        };
        (!providers.is_empty()).then(|| Self {
            csrf: csrf::token(web, Bound::Browser(browser), &[PURPOSE]),
            buttons: providers.into_iter().map(button).collect(),
        })
    }
}

/// A sign-in begins.
pub async fn start(
    request: HttpRequest,
    web: Data<Web>,
    id: Path<String>,
    payload: Payload,
) -> HttpResponse {
    let params = match body::form(&request, payload).await {
        Ok(params) => params,
        Err(bad) => return respond::unread(&request, &web, &bad),
    };
    let Some(provider) = web.app.config.upstream.provider(&id) else {
        return respond::not_found(&request, &web);
    };
    let onward = match Onward::read(&request, &web, &params).await {
        Ok(onward) => onward,
        Err(response) => return response,
    };
    let (browser, _) = csrf::browser(&request, &web);
    let bound = Bound::Browser(&browser);
    // Else another site could have somebody signed in without their doing (S36).
    if !csrf::is_genuine(&request, &web, bound, &[PURPOSE], params.get("csrf")) {
        return problem::page(&request, &web, provider, (&onward, Trouble::NotGenuine));
    }
    let carried = match carried(&web, &onward) {
        Ok(carried) => carried,
        Err(error) => return respond::shown(&request, &web, &error),
    };
    let is_anew = wants_anew(onward.waiting.as_ref());
    if is_anew && !provider.protocol.proves_anew() {
        return problem::page(&request, &web, provider, (&onward, Trouble::NotAnew));
    }
    // Somebody who is signed in shows once more who they are.
    let is_again = match authorize::signed_in(&request, &web).await {
        Ok(found) => found.is_some(),
        Err(error) => return respond::failed(&request, &web, error),
    };
    let wish = Wish {
        is_fresh: is_anew || is_again,
        link: None,
        carried: &carried,
    };
    go(&request, &web, provider, (&onward, wish)).await
}

/// Sends the browser to a provider, and has it keep what waits.
pub(super) async fn go(
    request: &HttpRequest,
    web: &Web,
    provider: &Provider,
    (onward, wish): (&Onward, Wish<'_>),
) -> HttpResponse {
    if let Some(response) = throttled(request, web, provider, onward).await {
        return response;
    }
    match upstream::begin(&web.app, provider, wish).await {
        Ok((attempt, url)) => {
            let mut response = respond::see_other(&url);
            kept::add(request, web, attempt, &mut response);
            response
        }
        Err(failure) => not_done(request, web, provider, (onward, failure)).await,
    }
}

/// The answer to an address from which too much came to nothing.
async fn throttled(
    request: &HttpRequest,
    web: &Web,
    provider: &Provider,
    onward: &Onward,
) -> Option<HttpResponse> {
    match upstream::admit(&web.app, &place::of(request)).await {
        Ok(None) => None,
        Ok(Some(seconds)) => {
            let metrics = &web.app.metrics;
            metrics.count_sign_in(Factor::Upstream, SignInOutcome::Throttled);
            let trouble = Trouble::Throttled(seconds);
            Some(problem::page(request, web, provider, (onward, trouble)))
        }
        Err(error) => Some(respond::failed(request, web, error)),
    }
}

/// Whether an app wants the person to show anew who they are, or to know when they did.
pub(super) fn wants_anew(waiting: Option<&Checked>) -> bool {
    waiting.is_some_and(|waiting| {
        waiting.request.prompt.contains(&Prompt::Login)
            || next_step::wants_time(&waiting.request, &waiting.client)
    })
}

/// What comes back in the state, where it is bound to the browser by its hash: the request that waits, or where to go on to.
fn carried(web: &Web, onward: &Onward) -> Result<String, crate::oauth::error::Error> {
    Ok(match (&onward.waiting, &onward.to) {
        (Some(waiting), _) => format!("r{}", sealed::seal(&web.app, &waiting.request)?),
        (None, Some(to)) => format!("t{}", URL_SAFE_NO_PAD.encode(to.as_str())),
        (None, None) => String::new(),
    })
}

/// The other way.
async fn onward(request: &HttpRequest, web: &Web, state: &str) -> Result<Onward, HttpResponse> {
    let carried = upstream::carried(state);
    let (kind, rest) = carried.split_at_checked(1).unwrap_or_default();
    Ok(match kind {
        "r" => Onward {
            waiting: Some(authorize::open(request, web, rest).await?),
            to: None,
        },
        "t" => {
            let path = URL_SAFE_NO_PAD.decode(rest).unwrap_or_default();
            let path = String::from_utf8(path).unwrap_or_default();
            Onward {
                waiting: None,
                to: ReturnTo::parse(&path),
            }
        }
        _ => Onward::default(),
    })
}

/// The browser is back.
pub async fn callback(request: HttpRequest, web: Data<Web>, id: Path<String>) -> HttpResponse {
    let Some(provider) = web.app.config.upstream.provider(&id) else {
        return respond::not_found(&request, &web);
    };
    let params = Params::parse(request.query_string()).unwrap_or_default();
    let state = params.get("state").unwrap_or_default();
    let nowhere = Onward::default();
    // Only the browser that began may end it, and at the provider where it began.
    let Some(attempt) = kept::find(&request, &web, state).filter(|it| it.provider == provider.id)
    else {
        return problem::page(&request, &web, provider, (&nowhere, Trouble::Stale));
    };
    let mut response = arrived(&request, &web, provider, (&attempt, &params)).await;
    kept::remove(&request, &web, state, &mut response);
    response
}

async fn arrived(
    request: &HttpRequest,
    web: &Web,
    provider: &Provider,
    (attempt, params): (&Attempt, &Params),
) -> HttpResponse {
    let state = params.get("state").unwrap_or_default();
    let onward = match onward(request, web, state).await {
        Ok(onward) => onward,
        Err(response) => return response,
    };
    // Beginning counts nothing: what costs us and the provider something comes now.
    if let Some(response) = throttled(request, web, provider, &onward).await {
        return response;
    }
    if let Some(name) = params.repeated(&PARAMETERS) {
        let reason = format!("{name} came more than once");
        let failure = Failure::Told {
            fault: Fault::Untrusted,
            reason,
        };
        return not_done(request, web, provider, (&onward, failure)).await;
    }
    let answer = Answer {
        state,
        code: params.get("code"),
        iss: params.get("iss"),
        error: params.get("error"),
    };
    let finished = upstream::finish(&web.app, provider, attempt, answer).await;
    let mut arrived = match finished {
        Ok(arrived) => arrived,
        Err(failure) if attempt.link.is_some() => {
            let account = security_onward();
            return not_done(request, web, provider, (&account, failure)).await;
        }
        Err(failure) => return not_done(request, web, provider, (&onward, failure)).await,
    };
    if let Some(link) = attempt.link {
        return security::linked(request, web, provider, (&mut arrived, link)).await;
    }
    match account::find(&web.app, provider, &mut arrived, &place::of(request)).await {
        Ok(Found::Person(user)) => {
            web.app
                .metrics
                .count_sign_in(Factor::Upstream, SignInOutcome::Succeeded);
            let amr = methods((provider, attempt), (&arrived, &user));
            let passed = Passed {
                since: shown_at(attempt, &arrived),
                ..Passed::now(*user, amr)
            };
            sign_in::passed(request, web, passed, onward).await
        }
        Ok(Found::Nobody(nobody)) => {
            web.app
                .metrics
                .count_sign_in(Factor::Upstream, SignInOutcome::Failed);
            problem::page(request, web, provider, (&onward, Trouble::Nobody(nobody)))
        }
        Err(failure) => not_done(request, web, provider, (&onward, failure)).await,
    }
}

/// How they signed in, as far as the provider is believed; and whether it is known when.
fn methods(
    (provider, attempt): (&Provider, &Attempt),
    (arrived, user): (&Arrived, &User),
) -> Vec<String> {
    let is_dated = if attempt.is_fresh {
        provider.protocol.proves_anew()
    } else {
        arrived.claims.authenticated_at.is_some()
    };
    // Whoever is to show anew who they are, at a provider that cannot ask them, is asked for the second step of their own.
    let is_for_second = attempt.is_fresh && !is_dated && factors::has_second(user);
    let told = (provider.trust_amr && !is_for_second).then_some(&arrived.claims.amr);
    acr::upstream(told.map_or(&[], Vec::as_slice), is_dated)
}

/// When the person showed who they are; `None`: they came just now. Where nobody knows more, [`methods`] say so.
fn shown_at(attempt: &Attempt, arrived: &Arrived) -> Option<DateTime<Utc>> {
    let told = arrived.claims.authenticated_at;
    // Whether a fresh one is new was checked.
    told.filter(|_| !attempt.is_fresh)
}

/// Back to the page where links are made.
pub(super) fn security_onward() -> Onward {
    Onward {
        waiting: None,
        to: ReturnTo::parse(security::HERE),
    }
}

/// Writes down why it came to nothing, and tells.
pub(super) async fn not_done(
    request: &HttpRequest,
    web: &Web,
    provider: &Provider,
    (onward, failure): (&Onward, Failure),
) -> HttpResponse {
    let (fault, reason) = match failure {
        Failure::Told { fault, reason } => (fault, reason),
        Failure::Storage(error) => return respond::failed(request, web, error),
    };
    let place = place::of(request);
    if let Err(error) = upstream::failed(&web.app, provider, (None, &reason), &place).await {
        return respond::failed(request, web, error);
    }
    web.app
        .metrics
        .count_sign_in(Factor::Upstream, SignInOutcome::Failed);
    problem::page(
        request,
        web,
        provider,
        (onward, Trouble::Failed(fault, reason)),
    )
}

/// The page of a link that was not made.
pub(super) fn not_linked(
    request: &HttpRequest,
    web: &Web,
    provider: &Provider,
    link: Option<upstream::links::Link>,
) -> HttpResponse {
    let trouble = link.map_or(Trouble::NotThatSession, Trouble::NotLinked);
    problem::page(request, web, provider, (&security_onward(), trouble))
}

/// Where a problem leads back to.
fn back(web: &Web, onward: &Onward) -> String {
    let waiting = onward.waiting.as_ref();
    let sealed = waiting.and_then(|waiting| sealed::seal(&web.app, &waiting.request).ok());
    match (sealed, &onward.to) {
        (Some(sealed), _) => web.href(&format!("/login?request={sealed}")),
        (None, Some(to)) if to.as_str() == security::HERE => web.href(security::HERE),
        (None, Some(to)) => web.href(&to.carried_by("/login", "return_to")),
        (None, None) => web.href("/login"),
    }
}

/// Whether the page leads back to the account.
fn is_account(onward: &Onward) -> bool {
    onward
        .to
        .as_ref()
        .is_some_and(|to| to.as_str() == security::HERE)
}

/// The status of a page that explains a fault.
const fn status(fault: Fault) -> StatusCode {
    match fault {
        Fault::Denied => StatusCode::OK,
        Fault::Unavailable | Fault::Refused => StatusCode::BAD_GATEWAY,
        Fault::Untrusted | Fault::Used => StatusCode::BAD_REQUEST,
    }
}

/// Puts a cookie onto an answer, or takes it away where it would be empty.
fn put_cookie(web: &Web, response: &mut HttpResponse, value: Option<String>) {
    let cookie = match value {
        Some(value) => cookies::set(web, cookies::UPSTREAM, value, None),
        None => cookies::clear(web, cookies::UPSTREAM),
    };
    cookies::add(response, &cookie);
}
