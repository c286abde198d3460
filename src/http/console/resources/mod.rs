//! Resources: the APIs that accept our access tokens, their scopes, and which roles may get which.

mod form;
mod pages;

use actix_web::Scope;
use actix_web::web;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::guard::{Admin, Stop};
use crate::admin::resources;
use crate::http::routes::resource;
use crate::model::resource::Resource;

/// Their addresses. A URI stands there in base64url, because proxies fold its slashes.
pub(super) fn routes(scope: Scope) -> Scope {
    let both = "GET, POST";
    scope
        .service(resource("/resources", "GET").route(web::get().to(pages::list)))
        .service(
            resource("/new/resource", both)
                .route(web::get().to(pages::new))
                .route(web::post().to(pages::add)),
        )
        .service(
            resource("/resources/{key}", both)
                .route(web::get().to(pages::get))
                .route(web::post().to(pages::change)),
        )
        .service(
            resource("/resources/{key}/roles", both)
                .route(web::get().to(pages::get_roles))
                .route(web::post().to(pages::change_roles)),
        )
        .service(
            resource("/resources/{key}/remove", both)
                .route(web::get().to(pages::ask))
                .route(web::post().to(pages::remove)),
        )
}

/// What stands for a URI in addresses.
fn key(uri: &str) -> String {
    URL_SAFE_NO_PAD.encode(uri)
}

async fn find(admin: &Admin, key: &str) -> Result<Resource, Stop> {
    let uri = URL_SAFE_NO_PAD.decode(key).ok();
    let uri = uri.and_then(|bytes| String::from_utf8(bytes).ok());
    let uri = uri.ok_or_else(|| admin.missing())?;
    let found = resources::show(admin.app(), &uri).await;
    found.map_err(|error| admin.failed(error))
}
