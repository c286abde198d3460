//! `GET, POST /logout`: the `end_session_endpoint` (OIDC RP-Initiated Logout 1.0), and the answer to the question that it may ask.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::authorize;
use crate::http::csrf::{self, Bound};
use crate::http::pages::logout::{self, PURPOSE};
use crate::http::respond::Problem;
use crate::http::web::Web;
use crate::http::{body, cookies, language, place, respond};
use crate::identity::session;
use crate::model::id::ClientId;
use crate::model::session::SignedIn;
use crate::oauth::end_session::{self, Checked, Return, Step};
use crate::oauth::error::{Error, ErrorCode, invalid_request};
use crate::oauth::frontchannel_logout;
use crate::oauth::params::Params;

/// An app's request in the address, or one that came by POST and is sealed now.
pub(crate) async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let Ok(params) = Params::parse(request.query_string()) else {
        return refuse(&request, &web, &invalid_request("a parameter is not UTF-8"));
    };
    language::note_asked(&request, end_session::language(&params));
    let now = web.app.clock.now();
    let checked = match params.get("request") {
        None => end_session::check(&web.app, &params, now).await,
        Some(sealed) => match end_session::open(&web.app, sealed, now).await {
            Ok(Some(checked)) => Ok(checked),
            Ok(None) => return respond::see_other(&web.href("/logout")),
            Err(error) => Err(error),
        },
    };
    match checked {
        Ok(checked) => proceed(&request, &web, &checked).await,
        Err(error) => refuse(&request, &web, &error),
    }
}

/// An app's request in the body, or the person's answer. A post from the app's site comes without our cookies, which are
/// `SameSite=Lax`, so the browser is sent on with a GET before anybody asks who is signed in.
pub(crate) async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let mut params = match body::form(&request, payload).await {
        Ok(params) => params,
        Err(bad) => return respond::unread(&request, &web, &bad),
    };
    if params.has("decision") {
        return answered(&request, &web, &params).await;
    }
    if params.add(request.query_string()).is_err() {
        return refuse(&request, &web, &invalid_request("a parameter is not UTF-8"));
    }
    language::note_asked(&request, end_session::language(&params));
    let checked = end_session::check(&web.app, &params, web.app.clock.now()).await;
    match checked.and_then(|checked| end_session::seal(&web.app, &checked.request)) {
        Ok(sealed) => respond::see_other(&href(&web, &sealed)),
        Err(error) => refuse(&request, &web, &error),
    }
}

fn href(web: &Web, sealed: &str) -> String {
    web.href(&format!("/logout?request={sealed}"))
}

async fn proceed(request: &HttpRequest, web: &Web, checked: &Checked) -> HttpResponse {
    language::note_asked(request, checked.request.language);
    let signed_in = match authorize::signed_in(request, web).await {
        Ok(signed_in) => signed_in,
        Err(error) => return respond::failed(request, web, error),
    };
    let session = signed_in.as_ref().map(|signed_in| &signed_in.session);
    let step = end_session::next_step(&checked.request, session);
    match (step, signed_in) {
        (Step::SignOut, Some(signed_in)) => end_checked(request, web, &signed_in, checked).await,
        (Step::Ask, Some(signed_in)) => match end_session::seal(&web.app, &checked.request) {
            Ok(sealed) => logout::ask(request, web, &signed_in, checked, sealed),
            Err(error) => refuse(request, web, &error),
        },
        // No cookie is taken away: an image on another site comes here without one (S158).
        (Step::Done, _) | (_, None) => match checked.way_back() {
            Some(way_back) if checked.may_return_unasked() => respond::see_other(&way_back.href),
            way_back => logout::signed_out(request, web, way_back, &[]),
        },
    }
}

/// The person's answer to the question.
async fn answered(request: &HttpRequest, web: &Web, params: &Params) -> HttpResponse {
    let sealed = params.get("request").unwrap_or_default();
    let checked = match end_session::open(&web.app, sealed, web.app.clock.now()).await {
        Ok(Some(checked)) => checked,
        Ok(None) => return respond::see_other(&web.href("/logout")),
        Err(error) => return refuse(request, web, &error),
    };
    language::note_asked(request, checked.request.language);
    let signed_in = match authorize::signed_in(request, web).await {
        Ok(Some(signed_in)) => signed_in,
        Ok(None) => return logout::signed_out(request, web, checked.way_back(), &[]),
        Err(error) => return respond::failed(request, web, error),
    };
    let bound = Bound::Session(&signed_in.session);
    if !csrf::is_genuine(request, web, bound, &[PURPOSE, sealed], params.get("csrf")) {
        return respond::see_other(&href(web, sealed));
    }
    if params.get("decision") != Some("sign-out") {
        return respond::see_other(&web.href("/account"));
    }
    end_checked(request, web, &signed_in, &checked).await
}

async fn end_checked(
    request: &HttpRequest,
    web: &Web,
    signed_in: &SignedIn,
    checked: &Checked,
) -> HttpResponse {
    let asked_by = checked.client.as_ref().map(|client| &client.id);
    let ended = end(request, web, signed_in, asked_by, checked.way_back()).await;
    ended.unwrap_or_else(|response| response)
}

/// Ends the session and answers: the way back at once, or the page with the frames of the apps that hear through the browser.
pub(crate) async fn end(
    request: &HttpRequest,
    web: &Web,
    signed_in: &SignedIn,
    asked_by: Option<&ClientId>,
    way_back: Option<Return>,
) -> Result<HttpResponse, HttpResponse> {
    let failed = |error| respond::failed(request, web, error);
    let clients = session::end(&web.app, signed_in, asked_by, &place::of(request))
        .await
        .map_err(failed)?;
    let language = language::of(request, web);
    let session = signed_in.session.id;
    let frames = frontchannel_logout::frames(&web.app, &clients, session, language)
        .await
        .map_err(failed)?;
    let mut response = match way_back {
        Some(way_back) if frames.is_empty() => respond::see_other(&way_back.href),
        way_back => logout::signed_out(request, web, way_back, &frames),
    };
    cookies::add(&mut response, &cookies::clear(web, cookies::SESSION));
    Ok(response)
}

/// An error goes to the person: whoever made the request proved nothing. Nobody was signed out.
fn refuse(request: &HttpRequest, web: &Web, error: &Error) -> HttpResponse {
    if error.code == ErrorCode::ServerError {
        return respond::shown(request, web, error);
    }
    respond::refused(request, error, None, 400);
    let texts = web.layout_for(request);
    let say = |id| texts.say(id).plain();
    respond::problem_page(
        request,
        web,
        StatusCode::BAD_REQUEST,
        Problem {
            title: &say("problem-logout-title"),
            what: &say("problem-logout-what"),
            what_to_do: &[&say("problem-logout-all"), &say("problem-logout-tell")],
            way_on: Some((say("logout-sign-out"), web.href("/logout"))),
            technical: &format!("{}: {}", error.code.as_str(), error.reason),
        },
    )
}
