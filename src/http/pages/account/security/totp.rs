//! `/account/security/app`: setting up an authenticator app, and taking it away.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::qr::{self, Qr};
use super::{
    Answer, Found, Meaning, back, codes, failed, meaning, posted, proven, recent, removal, settle,
};
use crate::http::pages::account::field::Problem;
use crate::http::pages::account::frame::{self, Done, Frame, Section};
use crate::http::pages::account::guard;
use crate::http::pages::layout::Layout;
use crate::http::place;
use crate::http::web::Web;
use crate::identity::totp::{self, Confirmed, Enrolment};
use crate::model::acr;
use crate::model::session::SignedIn;
use crate::storage::FactorRemoved;
use crate::text_id;

const HERE: &str = "/account/security/app";
const REMOVE: &str = "/account/security/app/remove";

#[derive(Template)]
#[template(path = "pages/account/security/app.html")]
struct NewPage {
    layout: Layout,
    frame: Frame,
    csrf: String,
    sealed: String,
    /// In groups, for typing.
    secret: String,
    uri: String,
    qr: Option<Qr>,
    problems: Vec<Problem>,
}

#[derive(Template)]
#[template(path = "pages/account/security/app_remove.html")]
struct RemovePage {
    layout: Layout,
    frame: Frame,
    csrf: String,
    meaning: Meaning,
}

pub(super) async fn new(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    settle(begun(&request, &web).await)
}

async fn begun(request: &HttpRequest, web: &Web) -> Answer {
    let signed_in = recent(request, web, HERE).await?;
    let known = web.app.store.find_totp(signed_in.user.id).await;
    if known
        .map_err(|error| failed(request, web, error))?
        .is_some()
    {
        return Ok(back(web));
    }
    let enrolment = totp::begin(&web.app, &signed_in.user);
    Ok(show(request, web, &signed_in, (enrolment, false)))
}

fn show(
    request: &HttpRequest,
    web: &Web,
    signed_in: &SignedIn,
    (enrolment, is_wrong): (Enrolment, bool),
) -> HttpResponse {
    let title = text_id!("security-app-title");
    let secret = enrolment.secret.expose().as_bytes();
    let groups = secret.chunks(4).map(String::from_utf8_lossy);
    let layout = web.layout_for(request);
    let wrong = is_wrong.then(|| Problem::at("code", layout.say("security-app-wrong")));
    let status = match wrong {
        None => StatusCode::OK,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let view = NewPage {
        layout,
        frame: Frame::new(request, web, signed_in, Section::Security, title),
        csrf: guard::csrf(web, signed_in, &web.href(HERE)),
        secret: groups.collect::<Vec<_>>().join(" "),
        qr: qr::draw(enrolment.uri.expose()),
        uri: enrolment.uri.into_inner(),
        sealed: enrolment.sealed,
        problems: wrong.into_iter().collect(),
    };
    frame::show(request, web, status, &view)
}

pub(super) async fn add(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    settle(added(&request, &web, payload).await)
}

async fn added(request: &HttpRequest, web: &Web, payload: Payload) -> Answer {
    let (signed_in, params) = posted(request, web, payload, HERE).await?;
    let sealed = params.get("sealed").unwrap_or_default();
    let code = params.get("code").unwrap_or_default();
    let (user, place) = (&signed_in.user, place::of(request));
    let confirmed = totp::confirm(&web.app, user, (sealed, code), &place).await;
    let confirmed = confirmed.map_err(|error| failed(request, web, error))?;
    Ok(match confirmed {
        Confirmed::Added(codes) => {
            let response = match codes {
                None => {
                    let to = web.href(super::HERE);
                    frame::done(web, &signed_in, Done::TotpAdded, "", &to)
                }
                Some(shown) => {
                    let done = Some(text_id!("security-done-app"));
                    codes::shown(request, web, &signed_in, (shown, done))
                }
            };
            let amr = acr::with_new_code(&signed_in.session.amr);
            return proven(request, web, (&signed_in, amr), response).await;
        }
        Confirmed::WrongCode => match totp::resume(&web.app, user, sealed) {
            Some(enrolment) => show(request, web, &signed_in, (enrolment, true)),
            None => back(web),
        },
        Confirmed::Stale => back(web),
    })
}

pub(super) async fn ask(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    settle(asked(&request, &web).await)
}

async fn asked(request: &HttpRequest, web: &Web) -> Answer {
    let signed_in = recent(request, web, REMOVE).await?;
    let found = Found::of(web, &signed_in.user).await;
    let found = found.map_err(|error| failed(request, web, error))?;
    if found.totp_since.is_none() {
        return Ok(back(web));
    }
    let title = text_id!("security-app-remove-title");
    let view = RemovePage {
        layout: web.layout_for(request),
        frame: Frame::new(request, web, &signed_in, Section::Security, title),
        csrf: guard::csrf(web, &signed_in, &web.href(REMOVE)),
        meaning: meaning(web, &signed_in.user, &found, false),
    };
    Ok(frame::show(request, web, StatusCode::OK, &view))
}

pub(super) async fn remove(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    settle(removed(&request, &web, payload).await)
}

async fn removed(request: &HttpRequest, web: &Web, payload: Payload) -> Answer {
    let (signed_in, params) = posted(request, web, payload, REMOVE).await?;
    let (user, place) = (&signed_in.user, place::of(request));
    let removal = removal(web, &signed_in, &params);
    let removed = totp::remove(&web.app, user, removal, &place).await;
    let removed = removed.map_err(|error| failed(request, web, error))?;
    match removed {
        FactorRemoved::Removed => {}
        FactorRemoved::NotThere => return Ok(back(web)),
        FactorRemoved::MustStay => return asked(request, web).await,
    }
    let to = web.href(super::HERE);
    Ok(frame::done(web, &signed_in, Done::TotpRemoved, "", &to))
}
