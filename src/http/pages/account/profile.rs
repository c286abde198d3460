//! `/account`: who the person is.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::frame::{self, Frame, Section};
use super::guard;
use crate::http::pages::layout::Layout;
use crate::http::web::Web;
use crate::text_id;

#[derive(Template)]
#[template(path = "pages/account/profile.html")]
struct ProfilePage {
    layout: Layout,
    frame: Frame,
    username: String,
    email: Option<String>,
    roles: Vec<String>,
    /// The moment for machines (`datetime`) and for people.
    signed_in_at: (String, String),
}

pub(super) async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let signed_in = match guard::signed_in(&request, &web).await {
        Ok(signed_in) => signed_in,
        Err(response) => return response,
    };
    let title = text_id!("account-profile-title");
    let frame = Frame::new(&request, &web, &signed_in, Section::Profile, title);
    let layout = web.layout_for(&request);
    let at = signed_in.session.authenticated_at;
    let view = ProfilePage {
        username: signed_in.user.username,
        email: signed_in.user.email,
        roles: signed_in.user.roles,
        signed_in_at: (at.to_rfc3339(), layout.texts.date_time(at)),
        layout,
        frame,
    };
    frame::show(&request, &web, StatusCode::OK, &view)
}
