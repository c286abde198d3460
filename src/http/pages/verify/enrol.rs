//! The page for somebody of whom more is wanted than they have set up: what to do, and the way back.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::http::csrf::{self, Bound};
use crate::http::endpoints::authorize;
use crate::http::pages::layout::Layout;
use crate::http::respond::Forms;
use crate::http::sign_in::{Onward, Underway};
use crate::http::web::Web;
use crate::http::{body, respond};
use crate::identity::factors::{self, Missing};
use crate::model::acr::Acr;
use crate::model::session::Session;
use crate::oauth::authorize::decision;
use crate::oauth::params::Params;

const PURPOSE: &str = "enrol";

/// Says what is wanted, and leads to where it is set up.
#[derive(Template)]
#[template(path = "pages/enrol.html")]
pub struct EnrolPage {
    pub layout: Layout,
    pub request: Option<String>,
    pub return_to: Option<String>,
    pub csrf: String,
    /// The app that wants it; `None`: this installation does.
    pub client_name: Option<String>,
    /// Nobody looked at it: it registered itself.
    pub is_unchecked: bool,
    /// Nothing but a passkey will do.
    pub needs_passkey: bool,
    pub security_href: String,
    /// Asks anew what is missing.
    pub go_on_href: String,
}

/// What is wanted.
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let params = Params::parse(request.query_string()).unwrap_or_default();
    match asked(&request, &web, &params).await {
        Ok((onward, session, client)) => show(&request, &web, (&onward, &session), client),
        Err(response) => response,
    }
}

/// Goes on, or back to the app.
pub async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let params = match body::form(&request, payload).await {
        Ok(params) => params,
        Err(bad) => return respond::unread(&request, &web, &bad),
    };
    let (onward, session, client) = match asked(&request, &web, &params).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let bound = Bound::Session(&session);
    if !csrf::is_genuine(&request, &web, bound, &[PURPOSE], params.get("csrf")) {
        return show(&request, &web, (&onward, &session), client);
    }
    match onward.waiting {
        Some(waiting) => {
            let error = decision::unmet();
            authorize::refuse(&request, &web, authorize::returned(waiting.reply, error))
        }
        None => respond::see_other(&web.href("/")),
    }
}

/// Whose session it is and which app wants more; or the answer that leads to another step.
async fn asked(
    request: &HttpRequest,
    web: &Web,
    params: &Params,
) -> Result<(Onward, Session, Option<String>), HttpResponse> {
    let onward = Onward::read(request, web, params).await?;
    let found = Underway::find(request, web, &onward).await;
    let found = found.map_err(|error| respond::failed(request, web, error))?;
    let Some(underway) = found else {
        return Err(onward.at(request, web, "/login"));
    };
    let (Missing::Enrolment, Some(session)) = (underway.missing, underway.session) else {
        return Err(onward.at(request, web, "/login/verify"));
    };
    let own = factors::wanted(&web.app.config.second_factor, &underway.user);
    let waiting = onward.waiting.as_ref();
    let client = waiting.filter(|waiting| decision::demanded(waiting) > own);
    let client = client.map(|waiting| web.name_for(request, &waiting.client));
    Ok((onward, session, client))
}

fn show(
    request: &HttpRequest,
    web: &Web,
    (onward, session): (&Onward, &Session),
    client_name: Option<String>,
) -> HttpResponse {
    let waiting = onward.waiting.as_ref();
    let sealed = match authorize::carried(web, waiting) {
        Ok(sealed) => sealed,
        Err(error) => return respond::shown(request, web, &error),
    };
    let demanded = waiting.map_or(Acr::Pwd, decision::demanded);
    let return_to = onward.to.as_ref().map(|to| to.as_str().to_owned());
    let view = EnrolPage {
        layout: web.layout_towards(request, waiting),
        go_on_href: super::href(web, &[], sealed.as_deref(), return_to.as_deref()),
        request: sealed,
        return_to,
        csrf: csrf::token(web, Bound::Session(session), &[PURPOSE]),
        client_name,
        is_unchecked: waiting.is_some_and(|waiting| waiting.client.is_unchecked()),
        needs_passkey: demanded == Acr::Phr,
        security_href: web.href("/account/security"),
    };
    let forms = Forms::of_sign_in(waiting.is_some());
    respond::page(StatusCode::OK, &view, forms)
}
