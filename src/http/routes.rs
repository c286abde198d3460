//! Every address, on one page. Below the issuer's path; the metadata documents also where RFC 8414 §3.1 looks for them
//! when an issuer has a path: with the path at the end.

use actix_web::http::{Method, header};
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, Resource, Route, guard};

use super::endpoints::{
    authorize, client_logo, end_session, health, introspect, register, revoke, token, userinfo,
    well_known,
};
use super::pages::verify::{self, enrol};
use super::pages::{
    account, choose_account, consent, forgot, home, login, login_passkey, reset, setup, sign_up,
    upstream,
};
use super::web::Web;
use super::{api, assets, brand, console, cors, demo, respond};

/// Registers every address.
pub(super) fn all(config: &mut ServiceConfig, web: &Web) {
    let at = |path: &str| format!("{}{path}", web.base);
    let page = |path: &str, methods: &'static str| resource(&at(path), methods);
    config
        .service(
            page("/authorize", "GET, POST")
                .route(web::get().to(authorize::get))
                .route(web::post().to(authorize::post)),
        )
        .service(page("/authorize/continue", "GET").route(web::get().to(authorize::resume)))
        .service(public(&at("/.well-known/jwks.json")).route(get_or_head().to(well_known::jwks)))
        .service(
            public(&at("/.well-known/openid-configuration"))
                .route(get_or_head().to(well_known::metadata)),
        )
        .service(
            public(&at("/.well-known/oauth-authorization-server"))
                .route(get_or_head().to(well_known::metadata)),
        )
        // At the root of the host, wherever the issuer is (RFC 8615 §3).
        .service(
            resource("/.well-known/change-password", "GET, HEAD")
                .route(get_or_head().to(account::change_password)),
        )
        .service(page("/health/live", "GET, HEAD").route(get_or_head().to(health::live)))
        .service(page("/health/ready", "GET, HEAD").route(get_or_head().to(health::ready)))
        .service(page("/metrics", "GET").route(web::get().to(health::metrics)))
        .service(page("/client-logo", "GET, HEAD").route(get_or_head().to(client_logo::get)))
        .service(page("/brand/style.css", "GET, HEAD").route(get_or_head().to(brand::style)))
        .service(
            page("/brand/client.css", "GET, HEAD").route(get_or_head().to(brand::client_style)),
        )
        .service(page("/brand/logo", "GET, HEAD").route(get_or_head().to(brand::logo)))
        .service(page("/static/{name}", "GET, HEAD").route(get_or_head().to(assets::serve)))
        .service(page("/", "GET, HEAD").route(get_or_head().to(home::get)));
    called_by_apps(config, web);
    journey(config, web);
    mailed_links(config, web);
    api::routes(config, web);
    console::routes(config, web);
    if !web.base.is_empty() {
        for name in ["openid-configuration", "oauth-authorization-server"] {
            let path = format!("/.well-known/{name}{}", web.base);
            config.service(public(&path).route(get_or_head().to(well_known::metadata)));
        }
        config.service(resource(&web.base, "GET, HEAD").route(get_or_head().to(home::get)));
    }
    if web.is_demo {
        demo::routes(config, web);
    }
    config.default_service(web::to(not_found));
}

/// What apps and APIs call.
fn called_by_apps(config: &mut ServiceConfig, web: &Web) {
    let at = |path: &str| format!("{}{path}", web.base);
    let page = |path: &str, methods: &'static str| resource(&at(path), methods);
    config
        .service(
            cross_origin(&at("/token"))
                .route(web::post().to(token::post))
                .default_service(web::to(token::not_post)),
        )
        .service(
            page("/introspect", "POST")
                .route(web::post().to(introspect::post))
                .default_service(web::to(introspect::not_post)),
        )
        .service(
            cross_origin(&at("/revoke"))
                .route(web::post().to(revoke::post))
                .default_service(web::to(revoke::not_post)),
        )
        .service(
            resource(&at("/userinfo"), "GET, POST, OPTIONS")
                .route(web::get().to(userinfo::answer))
                .route(web::post().to(userinfo::answer))
                .route(
                    web::route()
                        .guard(guard::Options())
                        .to(cors::preflight_read),
                ),
        )
        .service(page("/register", "POST").route(web::post().to(register::post)))
        .service(
            page("/register/{client_id}", "GET, PUT, DELETE")
                .route(web::get().to(register::get))
                .route(web::put().to(register::put))
                .route(web::delete().to(register::delete)),
        );
}

/// The pages that a person goes through.
fn journey(config: &mut ServiceConfig, web: &Web) {
    let page =
        |path: &str, methods: &'static str| resource(&format!("{}{path}", web.base), methods);
    config
        .service(
            page("/login", "GET, POST")
                .route(web::get().to(login::get))
                .route(web::post().to(login::post)),
        )
        .service(
            page("/login/verify", "GET, POST")
                .route(web::get().to(verify::get))
                .route(web::post().to(verify::post)),
        )
        .service(
            page("/login/enrol", "GET, POST")
                .route(web::get().to(enrol::get))
                .route(web::post().to(enrol::post)),
        )
        .service(page("/login/passkey", "POST").route(web::post().to(login_passkey::post)))
        .service(page("/login/upstream/{id}", "POST").route(web::post().to(upstream::start)))
        .service(
            page("/login/upstream/{id}/callback", "GET").route(web::get().to(upstream::callback)),
        )
        .service(
            page("/consent", "GET, POST")
                .route(web::get().to(consent::get))
                .route(web::post().to(consent::post)),
        )
        .service(
            page("/choose-account", "GET, POST")
                .route(web::get().to(choose_account::get))
                .route(web::post().to(choose_account::post)),
        )
        .service(
            page("/logout", "GET, POST")
                .route(web::get().to(end_session::get))
                .route(web::post().to(end_session::post)),
        )
        .service(
            page("/setup", "GET, POST")
                .route(web::get().to(setup::get))
                .route(web::post().to(setup::post)),
        );
    account::routes(config, web);
}

/// What mails lead to, and what leads to mails.
fn mailed_links(config: &mut ServiceConfig, web: &Web) {
    let page =
        |path: &str, methods: &'static str| resource(&format!("{}{path}", web.base), methods);
    config
        .service(
            page("/forgot", "GET, POST")
                .route(web::get().to(forgot::get))
                .route(web::post().to(forgot::post)),
        )
        .service(
            page("/sign-up", "GET, POST")
                .route(web::get().to(sign_up::get))
                .route(web::post().to(sign_up::post)),
        )
        .service(
            page("/reset", "GET, POST")
                .route(web::get().to(reset::get))
                .route(web::post().to(reset::post)),
        );
}

/// An address that knows no other methods than its routes, and says so (RFC 9110 §15.5.6).
pub(super) fn resource(path: &str, methods: &'static str) -> Resource {
    let wrong_method = move || async move {
        HttpResponse::MethodNotAllowed()
            .insert_header((header::ALLOW, methods))
            .finish()
    };
    web::resource(path).default_service(web::to(wrong_method))
}

/// What may be looked at may be asked about: load balancers do.
pub(super) fn get_or_head() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

fn cross_origin(path: &str) -> Resource {
    web::resource(path).route(web::route().guard(guard::Options()).to(cors::preflight))
}

fn public(path: &str) -> Resource {
    resource(path, "GET, HEAD, OPTIONS").route(
        web::route()
            .method(Method::OPTIONS)
            .to(cors::preflight_public),
    )
}

async fn not_found(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    respond::not_found(&request, &web)
}
