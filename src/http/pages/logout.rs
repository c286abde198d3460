//! The page that asks whether to sign out, and the one after signing out.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::layout::Layout;
use crate::http::csrf::{self, Bound};
use crate::http::respond::{self, Forms};
use crate::http::web::Web;
use crate::model::session::SignedIn;
use crate::oauth::end_session::{Checked, Return};
use crate::oauth::frontchannel_logout::Frame;

/// What the form's csrf value is for, besides its request.
pub const PURPOSE: &str = "logout";
/// So long apps have for their frames before the browser goes on by itself.
const FRAMES_SECONDS: u32 = 3;

/// Asks before anything ends: the link may have been anyone's.
#[derive(Template)]
#[template(path = "pages/logout.html")]
pub struct LogoutPage {
    pub layout: Layout,
    /// The sealed request.
    pub request: String,
    pub csrf: String,
    /// The app that asks, where it is known.
    pub client_name: Option<String>,
    /// Nobody looked at it: it registered itself.
    pub is_unchecked: bool,
    /// Display name, or the username where there is none.
    pub account_name: String,
    pub account_username: String,
    /// The host that the browser goes on to after signing out.
    pub return_host: Option<String>,
}

/// Confirms that the session has ended, and lets apps hear of it in frames.
#[derive(Template)]
#[template(path = "pages/signed_out.html")]
pub struct SignedOutPage {
    pub layout: Layout,
    pub login_href: String,
    /// Address and host of the way back to the app.
    pub way_back: Option<(String, String)>,
    /// The browser goes there by itself after so many seconds.
    pub refresh: Option<u32>,
    /// Address and app of each frame.
    pub frames: Vec<(String, String)>,
}

/// The question.
pub(in crate::http) fn ask(
    request: &HttpRequest,
    web: &Web,
    signed_in: &SignedIn,
    checked: &Checked,
    sealed: String,
) -> HttpResponse {
    let client = checked.client.as_ref();
    let view = LogoutPage {
        layout: web.layout_for(request),
        csrf: csrf::token(web, Bound::Session(&signed_in.session), &[PURPOSE, &sealed]),
        request: sealed,
        client_name: client.map(|client| web.name_for(request, client)),
        is_unchecked: client.is_some_and(|client| client.is_unchecked()),
        account_name: signed_in.user.display_name().to_owned(),
        account_username: signed_in.user.username.clone(),
        return_host: checked.way_back().map(|way_back| way_back.shown_host),
    };
    respond::page(StatusCode::OK, &view, Forms::Journey)
}

/// That nobody is signed in (any more).
pub(in crate::http) fn signed_out(
    request: &HttpRequest,
    web: &Web,
    way_back: Option<Return>,
    frames: &[Frame],
) -> HttpResponse {
    let view = SignedOutPage {
        layout: web.layout_for(request),
        login_href: web.href("/login"),
        refresh: (way_back.is_some() && !frames.is_empty()).then_some(FRAMES_SECONDS),
        way_back: way_back.map(|way_back| (way_back.href, way_back.shown_host)),
        frames: frames
            .iter()
            .map(|frame| (frame.src.clone(), frame.client_name.clone()))
            .collect(),
    };
    if frames.is_empty() {
        return respond::page(StatusCode::OK, &view, Forms::Own);
    }
    let mut origins: Vec<&str> = frames.iter().map(|frame| frame.origin.as_str()).collect();
    origins.sort_unstable();
    origins.dedup();
    respond::page_with_frames(&view, &origins)
}
