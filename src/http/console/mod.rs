//! The console, `/admin`: pages for administrators. It decides nothing: every handler calls `admin::*` and shows what came of it.
//! The guard around all of it stands in `guard`; how a page is made is best read in `scopes`.

mod attention;
mod audit;
mod chart;
mod clients;
mod confirm;
mod errors;
mod flash;
mod form;
mod frame;
mod grants;
mod guard;
mod invitations;
mod keys;
mod listing;
mod managed;
mod names;
mod overview;
mod pieces;
mod registration_tokens;
mod resources;
mod roles;
mod scopes;
mod search;
mod sessions;
mod settings;
mod tester;
mod users;
mod words;

use actix_web::middleware::from_fn;
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, Scope};

pub(crate) use frame::Page;

use super::respond;
use super::routes::resource;
use super::web::Web;

/// Registers every address of the console, behind the guard.
pub(super) fn routes(config: &mut ServiceConfig, web: &Web) {
    let scope = web::scope(&format!("{}/admin", web.base));
    let scope = start(scope);
    let scope = clients::routes(scope);
    let scope = administered(scope);
    let scope = roles::routes(scope);
    let scope = resources::routes(scope);
    let scope = users::routes(scope);
    let scope = invitations::routes(scope);
    let scope = sessions::routes(scope);
    let scope = grants::routes(scope);
    let scope = registration_tokens::routes(scope);
    let scope = keys::routes(scope);
    let scope = errors::routes(scope);
    let scope = audit::routes(scope);
    let scope = settings::routes(scope);
    let scope = tester::routes(scope);
    config.service(
        scope
            .default_service(web::to(not_found))
            .wrap(from_fn(guard::around)),
    );
}

fn start(scope: Scope) -> Scope {
    scope.service(resource("", "GET").route(web::get().to(overview::get)))
}

fn administered(scope: Scope) -> Scope {
    scope
        .service(resource("/scopes", "GET").route(web::get().to(scopes::list)))
        .service(
            resource("/new/scope", "GET, POST")
                .route(web::get().to(scopes::new))
                .route(web::post().to(scopes::add)),
        )
        .service(
            resource("/scopes/{name}", "GET, POST")
                .route(web::get().to(scopes::get))
                .route(web::post().to(scopes::change)),
        )
        .service(
            resource("/scopes/{name}/remove", "GET, POST")
                .route(web::get().to(scopes::ask))
                .route(web::post().to(scopes::remove)),
        )
}

async fn not_found(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    respond::isolated(respond::not_found(&request, &web))
}
