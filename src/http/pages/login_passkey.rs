//! `POST /login/passkey`: a sign-in by passkey, as the first factor or after another. What asks for one is part of the pages that sign in.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::layout::Layout;
use crate::http::csrf::{self, Bound};
use crate::http::endpoints::authorize;
use crate::http::respond::{self, Forms};
use crate::http::sign_in::{self, Onward, Passed, Underway};
use crate::http::web::Web;
use crate::http::{body, place};
use crate::identity::factors::Missing;
use crate::identity::passkey::{self, Attempt, Challenge, Outcome, Verified};
use crate::model::acr;
use crate::model::user::User;
use crate::storage;
use crate::text_id;

const PURPOSE: &str = "login-passkey";

/// What `pages/_passkey.html` needs of the page around it, beside `layout`, `request` and `return_to`.
pub struct PasskeyAsk {
    /// For the script.
    pub options: String,
    pub sealed: String,
    pub csrf: String,
    /// The browser may offer passkeys in the field for the username.
    pub is_conditional: bool,
    /// There is nothing else to do on the page.
    pub is_main: bool,
}

impl PasskeyAsk {
    fn new(web: &Web, browser: &str, challenge: Challenge) -> Self {
        Self {
            options: challenge.options.to_string(),
            sealed: challenge.sealed,
            csrf: csrf::token(web, Bound::Browser(browser), &[PURPOSE]),
            is_conditional: false,
            is_main: false,
        }
    }

    /// Of whoever comes; `None` where this installation has no passkeys.
    pub(super) fn of_anybody(web: &Web, browser: &str) -> Option<Self> {
        let challenge = passkey::ask_anybody(&web.app)?;
        Some(Self {
            is_conditional: true,
            ..Self::new(web, browser, challenge)
        })
    }

    /// Of somebody who is known.
    pub(super) async fn of(web: &Web, browser: &str, user: &User) -> storage::Result<Option<Self>> {
        let challenge = passkey::ask(&web.app, Some(user)).await?;
        let is_there = !challenge.options.is_null();
        Ok(is_there.then(|| Self::new(web, browser, challenge)))
    }
}

/// Says that it did not work, and lets try once more.
#[derive(Template)]
#[template(path = "pages/passkey_refused.html")]
struct RefusedPage {
    layout: Layout,
    request: Option<String>,
    return_to: Option<String>,
    passkey: Option<PasskeyAsk>,
    other_href: String,
    /// The id of why.
    problem: &'static str,
    /// In minutes, where that is the problem.
    wait: i64,
    /// The id that the log line carries too.
    request_id: String,
}

/// Judges the answer, and goes on.
pub async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let params = match body::form(&request, payload).await {
        Ok(params) => params,
        Err(bad) => return respond::unread(&request, &web, &bad),
    };
    let onward = match Onward::read(&request, &web, &params).await {
        Ok(onward) => onward,
        Err(response) => return response,
    };
    let (browser, _) = csrf::browser(&request, &web);
    let bound = Bound::Browser(&browser);
    if !csrf::is_genuine(&request, &web, bound, &[PURPOSE], params.get("csrf")) {
        return refused(&request, &web, &onward, &Refusal::at(StatusCode::FORBIDDEN));
    }
    let of = |name: &str| params.get(name).unwrap_or_default();
    let attempt = Attempt {
        sealed: of("sealed"),
        response: of("response"),
        place: &place::of(&request),
    };
    let refusal = match passkey::attempt(&web.app, &web.identity, attempt).await {
        Ok(Outcome::Right(verified)) => return go_on(&request, &web, *verified, onward).await,
        Ok(Outcome::Wrong) => Refusal::at(StatusCode::OK),
        Ok(Outcome::Throttled { retry_after }) => Refusal {
            status: StatusCode::TOO_MANY_REQUESTS,
            text: text_id!("login-throttled"),
            retry_after: Some(retry_after),
        },
        Ok(Outcome::Busy) => Refusal {
            status: StatusCode::SERVICE_UNAVAILABLE,
            text: text_id!("sign-in-busy"),
            retry_after: Some(2),
        },
        Err(error) => return respond::failed(&request, &web, error),
    };
    refused(&request, &web, &onward, &refusal)
}

/// Why nobody was signed in.
struct Refusal {
    status: StatusCode,
    text: &'static str,
    retry_after: Option<u64>,
}

impl Refusal {
    const fn at(status: StatusCode) -> Self {
        Self {
            status,
            text: text_id!("passkey-refused-what"),
            retry_after: None,
        }
    }
}

async fn go_on(
    request: &HttpRequest,
    web: &Web,
    verified: Verified,
    onward: Onward,
) -> HttpResponse {
    let underway = match Underway::find(request, web, &onward).await {
        Ok(underway) => underway,
        Err(error) => return respond::failed(request, web, error),
    };
    // It was asked for beside what the same person had shown in this sign-in; else it stands for itself, and what an older session showed is
    // not shown anew by it.
    let shown = underway
        .filter(|underway| underway.user.id == verified.user.id && underway.session.is_none())
        .filter(|underway| underway.missing != Missing::Nothing);
    let since = shown.as_ref().and_then(|shown| shown.since);
    let amr = match shown {
        Some(shown) if verified.is_user_verified => acr::with_passkey(&shown.amr),
        _ => acr::passkey(verified.is_user_verified),
    };
    let passed = Passed {
        since,
        ..Passed::now(verified.user, amr)
    };
    sign_in::passed(request, web, passed, onward).await
}

fn refused(request: &HttpRequest, web: &Web, onward: &Onward, refusal: &Refusal) -> HttpResponse {
    let waiting = onward.waiting.as_ref();
    let sealed = match authorize::carried(web, waiting) {
        Ok(sealed) => sealed,
        Err(error) => return respond::shown(request, web, &error),
    };
    let (browser, is_new) = csrf::browser(request, web);
    let return_to = onward.to.as_ref().map(|to| to.as_str().to_owned());
    let mut passkey = PasskeyAsk::of_anybody(web, &browser);
    if let Some(ask) = &mut passkey {
        (ask.is_main, ask.is_conditional) = (true, false);
    }
    let view = RefusedPage {
        layout: web.layout_towards(request, waiting),
        other_href: other_href(web, sealed.as_deref(), return_to.as_deref()),
        request: sealed,
        return_to,
        passkey,
        problem: refusal.text,
        wait: respond::minutes(refusal.retry_after.unwrap_or_default()),
        request_id: place::of(request).request_id,
    };
    let forms = Forms::of_sign_in(waiting.is_some());
    let mut response = respond::page_with_script(refusal.status, &view, forms);
    csrf::keep(web, (browser, is_new), &mut response);
    respond::retry_after(&mut response, refusal.retry_after);
    response
}

/// The sign-in page, which knows who is between two factors.
fn other_href(web: &Web, sealed: Option<&str>, return_to: Option<&str>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if let Some(sealed) = sealed {
        query.append_pair("request", sealed);
    }
    if let Some(to) = return_to {
        query.append_pair("return_to", to);
    }
    match query.finish() {
        query if query.is_empty() => web.href("/login"),
        query => web.href(&format!("/login?{query}")),
    }
}
