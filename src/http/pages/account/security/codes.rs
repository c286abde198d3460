//! `/account/security/codes`: making recovery codes, which are shown once.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::{Answer, Found, back, failed, kept, posted, recent, settle};
use crate::http::pages::account::frame::{self, Frame, Section};
use crate::http::pages::account::guard;
use crate::http::pages::layout::Layout;
use crate::http::place;
use crate::http::respond::{self, Forms};
use crate::http::web::Web;
use crate::identity::recovery;
use crate::model::secret::Secret;
use crate::model::session::SignedIn;
use crate::text_id;

const HERE: &str = "/account/security/codes";

#[derive(Template)]
#[template(path = "pages/account/security/codes.html")]
struct AskPage {
    layout: Layout,
    frame: Frame,
    csrf: String,
    left: i64,
}

impl AskPage {
    const fn codes_left(&self) -> i64 {
        self.left
    }
}

#[derive(Template)]
#[template(path = "pages/account/security/codes_shown.html")]
struct ShownPage {
    layout: Layout,
    frame: Frame,
    username: String,
    /// In halves: a narrow screen has one below the other.
    codes: Vec<(String, String)>,
    /// What was done, of which the codes came.
    done: Option<&'static str>,
}

pub(super) async fn ask(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    settle(asked(&request, &web).await)
}

async fn asked(request: &HttpRequest, web: &Web) -> Answer {
    let signed_in = recent(request, web, HERE).await?;
    let found = Found::of(web, &signed_in.user).await;
    let found = found.map_err(|error| failed(request, web, error))?;
    if !found.has_any() {
        return Ok(back(web));
    }
    let title = text_id!("security-codes-title");
    let view = AskPage {
        layout: web.layout_for(request),
        frame: Frame::new(request, web, &signed_in, Section::Security, title),
        csrf: guard::csrf(web, &signed_in, &web.href(HERE)),
        left: found.codes,
    };
    Ok(frame::show(request, web, StatusCode::OK, &view))
}

pub(super) async fn make(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    settle(made(&request, &web, payload).await)
}

async fn made(request: &HttpRequest, web: &Web, payload: Payload) -> Answer {
    let (signed_in, params) = posted(request, web, payload, HERE).await?;
    let kept = kept(&signed_in, &params);
    let codes = recovery::renew(&web.app, &signed_in.user, kept, &place::of(request)).await;
    let codes = codes.map_err(|error| failed(request, web, error))?;
    let Some(codes) = codes else {
        return Ok(back(web));
    };
    Ok(shown(request, web, &signed_in, (codes, None)))
}

/// Shows codes, this once.
pub(super) fn shown(
    request: &HttpRequest,
    web: &Web,
    signed_in: &SignedIn,
    (codes, done): (Vec<Secret<String>>, Option<&'static str>),
) -> HttpResponse {
    let title = text_id!("security-codes-shown-title");
    let view = ShownPage {
        layout: web.layout_for(request),
        frame: Frame::new(request, web, signed_in, Section::Security, title),
        username: signed_in.user.username.clone(),
        codes: codes.iter().map(|code| halves(code.expose())).collect(),
        done,
    };
    let response = respond::page_with_script(StatusCode::OK, &view, Forms::Own);
    frame::finish(request, web, response)
}

fn halves(code: &str) -> (String, String) {
    let groups: Vec<&str> = code.split_inclusive('-').collect();
    let (first, second) = groups.split_at(groups.len() / 2);
    (first.concat(), second.concat())
}
