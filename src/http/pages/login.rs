//! The sign-in page.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::layout::{Layout, web_only};
use super::login_passkey::PasskeyAsk;
use super::sign_up;
use super::upstream::{self, UpstreamAsk};
use crate::http::csrf::{self, Bound};
use crate::http::endpoints::{authorize, client_logo};
use crate::http::respond::Forms;
use crate::http::return_to::ReturnTo;
use crate::http::sign_in::{Onward, Passed};
use crate::http::web::Web;
use crate::http::{body, cookies, language, place, respond, sign_in};
use crate::identity::factors;
use crate::identity::login::{self, Attempt, SignIn};
use crate::model::acr;
use crate::model::secret::Secret;
use crate::oauth::authorize::request::Checked;
use crate::oauth::error::access_denied;
use crate::oauth::params::Params;
use crate::text_id;

/// Asks for username and password.
#[derive(Template)]
#[template(path = "pages/login.html")]
pub struct LoginPage {
    pub layout: Layout,
    /// The sealed authorization request, when an app sent the person here.
    pub request: Option<String>,
    /// The page of the console or the account to go on to, when none did.
    pub return_to: Option<String>,
    pub csrf: String,
    /// The app that waits, named in the heading.
    pub client_name: Option<String>,
    /// Its picture, on our own origin.
    pub logo_href: Option<String>,
    /// Nobody looked at it: it registered itself.
    pub is_unchecked: bool,
    /// What was typed before, or the `login_hint`.
    pub username: String,
    /// The id of why the last attempt failed, one sentence for every cause.
    pub problem: Option<&'static str>,
    /// In minutes, where that is the problem.
    pub wait: i64,
    /// The id of why the person is asked although signed in.
    pub reason: Option<&'static str>,
    /// Sent along where only what can ask anew who somebody is will do.
    pub again: Option<&'static str>,
    /// Whether to offer the way back to the app.
    pub cancel: bool,
    /// Mail is set up: a forgotten password can be set anew.
    pub has_mail: bool,
    /// Where people may make accounts themselves.
    pub sign_up_href: Option<String>,
    pub policy_uri: Option<String>,
    pub tos_uri: Option<String>,
    /// Where this installation has passkeys.
    pub passkey: Option<PasskeyAsk>,
    /// Where it has providers.
    pub upstream: Option<UpstreamAsk>,
}

impl LoginPage {
    fn policy(&self) -> Option<&str> {
        web_only(self.policy_uri.as_deref())
    }

    fn terms(&self) -> Option<&str> {
        web_only(self.tos_uri.as_deref())
    }

    /// What was typed is wrong, and not only the moment.
    fn is_mismatch(&self) -> bool {
        self.problem == Some("login-mismatch")
    }

    /// The password is next when the username is there already.
    fn password_first(&self) -> bool {
        !self.username.is_empty()
    }
}

/// The page, with the request that waits behind it or on its own.
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let params = Params::parse(request.query_string()).unwrap_or_default();
    let waiting = match waiting(&request, &web, params.get("request")).await {
        Ok(waiting) => waiting,
        Err(response) => return response,
    };
    let hint = waiting
        .as_ref()
        .and_then(|waiting| waiting.request.login_hint.clone())
        .unwrap_or_default();
    let mut form = Form {
        username: hint,
        return_to: params.get("return_to").and_then(ReturnTo::parse),
        ..Form::default()
    };
    match authorize::signed_in(&request, &web).await {
        // "Not you?": somebody else is about to sign in.
        Ok(Some(_)) if waiting.is_some() && params.has("switch") => form.username.clear(),
        Ok(Some(signed_in)) if waiting.is_some() || params.has("again") => {
            form.reason = Some(text_id!("login-again"));
            // A provider that cannot ask them anew would only lead back to here.
            form.is_anew = waiting.is_none() && factors::has_password_alone(&signed_in.user);
            if form.username.is_empty() {
                form.username = signed_in.user.username;
            }
        }
        Ok(Some(_)) => return onward(&web, form.return_to.as_ref()),
        Ok(None) => {}
        Err(error) => return respond::failed(&request, &web, error),
    }
    show(&request, &web, waiting.as_ref(), form)
}

/// Signs in, or says what is wrong, or takes the person back to the app.
pub async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let params = match body::form(&request, payload).await {
        Ok(params) => params,
        Err(bad) => return respond::unread(&request, &web, &bad),
    };
    let waiting = match waiting(&request, &web, params.get("request")).await {
        Ok(waiting) => waiting,
        Err(response) => return response,
    };
    let username = params.get("username").unwrap_or_default();
    let mut form = Form {
        username: username.chars().take(254).collect(),
        return_to: params.get("return_to").and_then(ReturnTo::parse),
        is_anew: params.has("again"),
        ..Form::default()
    };
    let (browser, _) = csrf::browser(&request, &web);
    if !csrf::is_genuine(
        &request,
        &web,
        Bound::Browser(&browser),
        &["login"],
        params.get("csrf"),
    ) {
        form.status = StatusCode::FORBIDDEN;
        form.problem = Some(text_id!("sign-in-not-checked"));
        return show(&request, &web, waiting.as_ref(), form);
    }
    if params.get("decision") == Some("deny") {
        return cancelled(&request, &web, waiting);
    }
    let place = place::of(&request);
    let known = cookies::get(&request, &web, cookies::KNOWN);
    let attempt = Attempt {
        name: username,
        password: Secret::new(params.get("password").unwrap_or_default().to_owned()),
        place: &place,
        known_browser: known.as_deref(),
        client_id: waiting.as_ref().map(|waiting| &waiting.client.id),
        is_behind_app: false,
    };
    match login::check(&web.app, &web.identity, attempt).await {
        Ok(SignIn::Verified(user)) => {
            let (user, to) = (*user, form.return_to);
            let amr = acr::password();
            let onward = Onward { waiting, to };
            sign_in::passed(&request, &web, Passed::now(user, amr), onward).await
        }
        Ok(refusal) => show(&request, &web, waiting.as_ref(), form.refused(&refusal)),
        Err(error) => respond::failed(&request, &web, error),
    }
}

#[derive(Default)]
struct Form {
    status: StatusCode,
    username: String,
    return_to: Option<ReturnTo>,
    problem: Option<&'static str>,
    reason: Option<&'static str>,
    /// Providers that cannot ask anew who somebody is are left out.
    is_anew: bool,
    retry_after: Option<u64>,
}

impl Form {
    /// The same form with the reason why nobody was signed in; one sentence for every wrong password.
    fn refused(mut self, refusal: &SignIn) -> Self {
        let (status, retry_after, problem) = match refusal {
            SignIn::Throttled { retry_after } => (
                StatusCode::TOO_MANY_REQUESTS,
                Some(*retry_after),
                text_id!("login-throttled"),
            ),
            SignIn::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                Some(2),
                text_id!("sign-in-busy"),
            ),
            SignIn::Mismatch | SignIn::Verified(_) => {
                (StatusCode::OK, None, text_id!("login-mismatch"))
            }
        };
        self.status = status;
        self.retry_after = retry_after;
        self.problem = Some(problem);
        self
    }
}

async fn waiting(
    request: &HttpRequest,
    web: &Web,
    sealed: Option<&str>,
) -> Result<Option<Checked>, HttpResponse> {
    match sealed {
        Some(sealed) => authorize::open(request, web, sealed).await.map(Some),
        None => Ok(None),
    }
}

fn show(request: &HttpRequest, web: &Web, waiting: Option<&Checked>, form: Form) -> HttpResponse {
    let sealed = match authorize::carried(web, waiting) {
        Ok(sealed) => sealed,
        Err(error) => return respond::shown(request, web, &error),
    };
    let (browser, is_new) = csrf::browser(request, web);
    let metadata = waiting.map(|waiting| &waiting.client.metadata);
    let tag = language::of(request, web).tag();
    let view = LoginPage {
        layout: web.layout_towards(request, waiting),
        // Who is to show that it is them has an account.
        sign_up_href: sign_up::href(web, sealed.as_deref())
            .filter(|_| form.reason.is_none() && !form.is_anew),
        request: sealed,
        return_to: form.return_to.map(|to| to.as_str().to_owned()),
        csrf: csrf::token(web, Bound::Browser(&browser), &["login"]),
        client_name: metadata.map(|metadata| metadata.name_in(tag).to_owned()),
        is_unchecked: waiting.is_some_and(|waiting| waiting.client.is_unchecked()),
        logo_href: waiting.and_then(|waiting| client_logo::href(web, &waiting.client, tag)),
        username: form.username,
        problem: form.problem,
        wait: respond::minutes(form.retry_after.unwrap_or_default()),
        reason: form.reason,
        again: form.is_anew.then_some("yes"),
        cancel: waiting.is_some(),
        has_mail: web.app.mailer.is_set_up(),
        policy_uri: metadata
            .and_then(|metadata| metadata.policy_uri_in(tag).map(ToOwned::to_owned)),
        tos_uri: metadata.and_then(|metadata| metadata.tos_uri_in(tag).map(ToOwned::to_owned)),
        passkey: PasskeyAsk::of_anybody(web, &browser),
        upstream: UpstreamAsk::of(web, &browser, form.is_anew || upstream::wants_anew(waiting)),
    };
    // Providers are elsewhere too.
    let forms = Forms::of_sign_in(waiting.is_some() || view.upstream.is_some());
    let mut response = respond::page_with_script(form.status, &view, forms);
    csrf::keep(web, (browser, is_new), &mut response);
    respond::retry_after(&mut response, form.retry_after);
    response
}

fn cancelled(request: &HttpRequest, web: &Web, waiting: Option<Checked>) -> HttpResponse {
    let Some(waiting) = waiting else {
        return respond::see_other(&web.href("/"));
    };
    let error = access_denied("the person cancelled the sign-in");
    authorize::refuse(request, web, authorize::returned(waiting.reply, error))
}

/// Where somebody goes on to whom no app waits for.
fn onward(web: &Web, to: Option<&ReturnTo>) -> HttpResponse {
    let path = to.map_or("/account", ReturnTo::as_str);
    respond::see_other(&web.href(path))
}
