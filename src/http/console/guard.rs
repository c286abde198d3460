//! Before every page of the console: somebody is signed in, is an administrator now, and a posted form is one that we made
//! for this session and this address (S36, S168). No page can leave it out, because the whole scope is wrapped in it.

use std::future::{Ready, ready};
use std::rc::Rc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::{ErrorInternalServerError, InternalError};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::{self, Data};
use actix_web::{Error, FromRequest, HttpMessage as _, HttpRequest, HttpResponse};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::flash::Done;
use super::frame::{Page, Section};
use crate::admin::{AdminError, By};
use crate::app::App;
use crate::http::csrf;
use crate::http::endpoints::authorize;
use crate::http::respond::{Forms, Problem};
use crate::http::return_to::ReturnTo;
use crate::http::web::Web;
use crate::http::{body, flash, place, proof, respond, sign_in};
use crate::model::event::Actor;
use crate::model::scope::RESERVED_PREFIX;
use crate::model::session::SignedIn;
use crate::oauth::params::Params;

/// What forms and messages of the console are bound to.
pub(super) const AREA: &str = "console";
/// What stands as it is in a part of a path.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// An answer that ends a handler early: `?` on it.
#[derive(Debug)]
pub(crate) struct Stop(Box<HttpResponse>);

/// What every handler of the console returns.
pub(crate) type Answer = Result<HttpResponse, Stop>;

impl From<HttpResponse> for Stop {
    fn from(response: HttpResponse) -> Self {
        Self(Box::new(response))
    }
}

impl From<Stop> for Error {
    fn from(stop: Stop) -> Self {
        InternalError::from_response("answered already", *stop.0).into()
    }
}

/// The middleware.
pub(super) async fn around(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(web) = request.app_data::<Data<Web>>().cloned() else {
        return Err(ErrorInternalServerError("no data"));
    };
    match admit(&mut request, &web).await {
        Ok(()) => next
            .call(request)
            .await
            .map(ServiceResponse::map_into_boxed_body),
        Err(response) => Ok(request.into_response(respond::isolated(response))),
    }
}

async fn admit(request: &mut ServiceRequest, web: &Web) -> Result<(), HttpResponse> {
    let signed_in = authorize::signed_in(request.request(), web)
        .await
        .map_err(|error| respond::failed(request.request(), web, error))?;
    let Some(signed_in) = signed_in else {
        return Err(proof::to_login(web, &here(request.request(), web)));
    };
    if sign_in::is_weak(web, &signed_in) {
        return Err(proof::to_verify(web, &here(request.request(), web)));
    }
    if !signed_in.user.is_admin() {
        return Err(no_administrator(request.request(), web, &signed_in));
    }
    if request.method() == Method::POST {
        let payload = request.extract::<web::Payload>().await;
        let payload = payload.map_err(|_| HttpResponse::BadRequest().finish())?;
        let params = body::form(request.request(), payload)
            .await
            .map_err(|bad| respond::unread(request.request(), web, &bad))?;
        check_form(request.request(), web, &signed_in, &params).map_err(|stop| *stop.0)?;
        request.extensions_mut().insert(Rc::new(params));
    }
    request.extensions_mut().insert(Rc::new(signed_in));
    Ok(())
}

fn check_form(
    request: &HttpRequest,
    web: &Web,
    signed_in: &SignedIn,
    params: &Params,
) -> Result<(), Stop> {
    if csrf::is_of_address(request, web, &signed_in.session, AREA, params.get("csrf")) {
        return Ok(());
    }
    Err(respond::problem(
        request,
        web,
        StatusCode::FORBIDDEN,
        Problem {
            title: "This form could not be checked",
            what: "It was made for another sign-in, or did not come from here. Nothing was changed.",
            what_to_do: &["Go back, load the page again, and send it once more."],
            way_on: Some(("To the console".to_owned(), web.href("/admin"))),
            technical: "the csrf value is missing or wrong",
        },
    )
    .into())
}

fn no_administrator(request: &HttpRequest, web: &Web, signed_in: &SignedIn) -> HttpResponse {
    let who = signed_in.user.display_name();
    respond::problem(
        request,
        web,
        StatusCode::FORBIDDEN,
        Problem {
            title: "This is for administrators",
            what: &format!(
                "You are signed in as {who}, who does not have the role \u{201c}admin\u{201d} here."
            ),
            what_to_do: &[
                "Ask an administrator to give you the role.",
                "If you have another account that has it, sign out first.",
            ],
            way_on: Some(("Your account".to_owned(), web.href("/account"))),
            technical: "403 the role admin is missing",
        },
    )
}

fn here(request: &HttpRequest, web: &Web) -> ReturnTo {
    proof::here(request, web).unwrap_or_else(ReturnTo::console)
}

/// The signed-in administrator, and all that a page needs. Every handler takes one.
pub(crate) struct Admin {
    pub web: Data<Web>,
    pub request: HttpRequest,
    pub signed_in: Rc<SignedIn>,
}

impl FromRequest for Admin {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let found = || {
            Some(Self {
                web: request.app_data::<Data<Web>>()?.clone(),
                request: request.clone(),
                signed_in: request.extensions().get::<Rc<SignedIn>>()?.clone(),
            })
        };
        ready(found().ok_or_else(|| ErrorInternalServerError("not behind the guard")))
    }
}

/// The fields of a posted form, which was checked.
pub(crate) struct Posted(pub Rc<Params>);

impl FromRequest for Posted {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let found = request.extensions().get::<Rc<Params>>().cloned();
        let missing = || ErrorInternalServerError("not behind the guard");
        ready(found.map(Self).ok_or_else(missing))
    }
}

impl std::ops::Deref for Posted {
    type Target = Params;
    fn deref(&self) -> &Params {
        &self.0
    }
}

impl Admin {
    pub(crate) fn app(&self) -> &App {
        &self.web.app
    }

    /// Who acts, for `admin::*`.
    pub(crate) fn by(&self) -> By {
        let origin = place::of(&self.request).origin();
        By::new(Actor::User(self.signed_in.user.id), origin)
    }

    /// The same, for a form that carries the version it was made from. One that overrides what a file manages needs the
    /// password lately.
    pub(crate) fn by_form(&self, posted: &Params) -> Result<By, Stop> {
        let overrides = posted.get("override") == Some("yes");
        if overrides {
            self.recent()?;
        }
        Ok(By {
            expects: posted.get("version").and_then(|text| text.parse().ok()),
            overrides,
            ..self.by()
        })
    }

    /// The address of a page of the console: each part is encoded.
    pub(crate) fn at(&self, parts: &[&str]) -> String {
        let mut path = self.web.href("/admin");
        for part in parts {
            path.push('/');
            path.extend(utf8_percent_encode(part, SEGMENT));
        }
        path
    }

    /// The CSRF value for a form that is posted to that address of ours.
    pub(crate) fn csrf(&self, action: &str) -> String {
        csrf::of_address(&self.web, &self.signed_in.session, AREA, action)
    }

    /// The parameters of the address.
    pub(crate) fn query(&self) -> Params {
        Params::parse(self.request.query_string()).unwrap_or_default()
    }

    /// Goes on only if they showed lately who they are; else asks for it, and comes back to this address.
    pub(crate) fn recent(&self) -> Result<(), Stop> {
        if proof::is_recent(&self.web, &self.signed_in) {
            return Ok(());
        }
        Err(proof::again(&self.web, &here(&self.request, &self.web)).into())
    }

    /// The same where an app has, or is to have, a scope of the admin API: with its secret or its redirect URIs everything can be done.
    pub(crate) fn recent_for(&self, scopes: &str) -> Result<(), Stop> {
        let mut names = scopes.split_whitespace();
        if names.any(|name| name.starts_with(RESERVED_PREFIX)) {
            return self.recent();
        }
        Ok(())
    }

    /// A page in the frame, to be filled and given to [`Admin::show`].
    pub(crate) fn page(&self, section: Section, title: impl Into<String>) -> Page {
        Page::new(self, section, title.into())
    }

    /// The page as an answer.
    pub(crate) fn show(&self, page: &Page) -> HttpResponse {
        self.show_as(StatusCode::OK, page)
    }

    /// The page as an answer with another status: 422 where a form has problems, 409 where it came too late.
    pub(crate) fn show_as(&self, status: StatusCode, page: &Page) -> HttpResponse {
        let mut response = respond::isolated(respond::page(status, page, Forms::Own));
        flash::said(&mut response, &self.request, &self.web);
        response
    }

    /// After a change: 303 to a page, which says once what was done, and to what.
    pub(crate) fn done(&self, done: Done, name: &str, to: &str) -> HttpResponse {
        let mut response = respond::isolated(respond::see_other(to));
        let of = (AREA, &self.signed_in.session);
        flash::put(&mut response, &self.web, of, done, name);
        response
    }

    /// What `admin::*` refused, where no form can say it.
    pub(crate) fn failed(&self, error: AdminError) -> Stop {
        let technical = error.to_string();
        let (status, title, what_to_do) = match error {
            AdminError::Storage(error) => {
                return respond::isolated(respond::failed(&self.request, &self.web, error)).into();
            }
            AdminError::NotFound { .. } => (
                StatusCode::NOT_FOUND,
                "It is not there",
                "It may have been removed meanwhile. Look for it in its list.",
            ),
            AdminError::Changed { .. } => (
                StatusCode::CONFLICT,
                "Somebody else was quicker",
                "Load the page again, look at what is there now, and decide anew.",
            ),
            AdminError::Start(_) | AdminError::Hashing(_) | AdminError::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                "That did not work",
                "Wait a moment and try again.",
            ),
            _ => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "That cannot be done",
                "Go back and mend what is said below.",
            ),
        };
        let problem = Problem {
            title,
            what: &super::form::sentence(&technical),
            what_to_do: &[what_to_do],
            way_on: Some(("To the console".to_owned(), self.at(&[]))),
            technical: &technical,
        };
        respond::isolated(respond::problem(&self.request, &self.web, status, problem)).into()
    }

    /// There is nothing of that name.
    pub(crate) fn missing(&self) -> Stop {
        respond::isolated(respond::not_found(&self.request, &self.web)).into()
    }
}
