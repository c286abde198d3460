//! Every address, on one page. Below the issuer's path; the metadata documents also where RFC 8414 §3.1 looks for them
//! when an issuer has a path: with the path at the end.

use actix_web::http::Method;
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, Resource, guard};

use super::endpoints::{authorize, health, token, well_known};
use super::pages::{account, choose_account, consent, home, login, setup};
use super::web::Web;
use super::{assets, cors, demo, respond};

/// Registers every address.
pub(super) fn all(config: &mut ServiceConfig, web: &Web) {
    let at = |path: &str| format!("{}{path}", web.base);
    let page = |path: &str| resource(&at(path));
    config
        .service(page("/authorize").route(web::get().to(authorize::get)).route(web::post().to(authorize::post)))
        .service(page("/authorize/continue").route(web::get().to(authorize::resume)))
        .service(cross_origin(&at("/token")).route(web::post().to(token::post)).default_service(web::to(token::not_post)))
        .service(public(&at("/.well-known/jwks.json")).route(web::get().to(well_known::jwks)))
        .service(public(&at("/.well-known/openid-configuration")).route(web::get().to(well_known::metadata)))
        .service(public(&at("/.well-known/oauth-authorization-server")).route(web::get().to(well_known::metadata)))
        .service(page("/login").route(web::get().to(login::get)).route(web::post().to(login::post)))
        .service(page("/consent").route(web::get().to(consent::get)).route(web::post().to(consent::post)))
        .service(
            page("/choose-account")
                .route(web::get().to(choose_account::get))
                .route(web::post().to(choose_account::post)),
        )
        .service(page("/setup").route(web::get().to(setup::get)).route(web::post().to(setup::post)))
        .service(page("/account").route(web::get().to(account::get)))
        .service(page("/account/sign-out").route(web::post().to(account::sign_out)))
        .service(page("/health/live").route(web::get().to(health::live)))
        .service(page("/health/ready").route(web::get().to(health::ready)))
        .service(page("/metrics").route(web::get().to(health::metrics)))
        .service(page("/static/{name}").route(web::get().to(assets::serve)))
        .service(page("/").route(web::get().to(home::get)));
    if !web.base.is_empty() {
        for name in ["openid-configuration", "oauth-authorization-server"] {
            let path = format!("/.well-known/{name}{}", web.base);
            config.service(public(&path).route(web::get().to(well_known::metadata)));
        }
        config.service(resource(&web.base).route(web::get().to(home::get)));
    }
    if web.is_demo {
        demo::routes(config, web);
    }
    config.default_service(web::to(not_found));
}

/// An address that knows no other methods than its routes.
pub(super) fn resource(path: &str) -> Resource {
    web::resource(path).default_service(web::to(wrong_method))
}

fn cross_origin(path: &str) -> Resource {
    web::resource(path).route(web::route().guard(guard::Options()).to(cors::preflight))
}

fn public(path: &str) -> Resource {
    resource(path).route(web::route().method(Method::OPTIONS).to(cors::preflight_public))
}

async fn not_found(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    respond::not_found(&request, &web)
}

async fn wrong_method() -> HttpResponse {
    HttpResponse::MethodNotAllowed().finish()
}
