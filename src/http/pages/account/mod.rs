//! A person's own account, `/account`: who they are, where they are signed in, what apps may do, and the way out of it.

mod about;
mod apps;
mod data;
mod delete;
mod email;
mod events;
pub(crate) mod field;
pub(crate) mod frame;
pub(crate) mod guard;
mod password;
mod profile;
pub(in crate::http::pages) mod security;
mod sessions;
mod verify_email;

use actix_web::web::{self, Data, Payload, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};

use super::logout;
use crate::http::csrf::{self, Bound};
use crate::http::endpoints::{authorize, end_session};
use crate::http::routes::resource;
use crate::http::web::Web;
use crate::http::{body, respond};

/// Registers every address of an account.
pub(in crate::http) fn routes(config: &mut ServiceConfig, web: &Web) {
    let page = |path: &str, methods: &'static str| {
        resource(&format!("{}/account{path}", web.base), methods)
    };
    config
        .service(
            page("", "GET, POST")
                .route(web::get().to(profile::get))
                .route(web::post().to(profile::post)),
        )
        .service(
            page("/password", "GET, POST")
                .route(web::get().to(password::get))
                .route(web::post().to(password::post)),
        )
        .service(
            page("/apps", "GET, POST")
                .route(web::get().to(apps::get))
                .route(web::post().to(apps::post)),
        )
        .service(page("/events", "GET").route(web::get().to(events::get)))
        .service(page("/data", "GET").route(web::get().to(data::get)))
        .service(page("/data/download", "GET").route(web::get().to(data::download)))
        .service(
            page("/delete", "GET, POST")
                .route(web::get().to(delete::get))
                .route(web::post().to(delete::post)),
        )
        .service(
            page("/sessions", "GET, POST")
                .route(web::get().to(sessions::get))
                .route(web::post().to(sessions::post)),
        )
        .service(
            page("/email", "GET, POST")
                .route(web::get().to(email::get))
                .route(web::post().to(email::post)),
        )
        .service(
            page("/verify-email", "GET, POST")
                .route(web::get().to(verify_email::get))
                .route(web::post().to(verify_email::post)),
        )
        .service(page("/sign-out", "POST").route(web::post().to(sign_out)));
    security::routes(config, web);
}

/// Where password managers send people (W3C, A Well-Known URL for Changing Passwords).
pub(in crate::http) async fn change_password(web: Data<Web>) -> HttpResponse {
    respond::see_other(&web.href("/account/password"))
}

/// Ends the session.
async fn sign_out(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let params = match body::form(&request, payload).await {
        Ok(params) => params,
        Err(bad) => return respond::unread(&request, &web, &bad),
    };
    let signed_in = match authorize::signed_in(&request, &web).await {
        Ok(Some(signed_in)) => signed_in,
        // The cookie stays: a post from elsewhere comes without it, and must not take it away.
        Ok(None) => return respond::isolated(logout::signed_out(&request, &web, None, &[])),
        Err(error) => return respond::failed(&request, &web, error),
    };
    let bound = Bound::Session(&signed_in.session);
    if !csrf::is_genuine(&request, &web, bound, &["sign-out"], params.get("csrf")) {
        return respond::see_other(&web.href("/account"));
    }
    let ended = end_session::end(&request, &web, &signed_in, None, None).await;
    ended.map_or_else(|response| response, respond::isolated)
}
