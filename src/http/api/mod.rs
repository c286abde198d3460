//! The admin API (`/api/v1`), for programs: JSON over what `admin` does. Handlers read the request, call `admin`, and write the
//! answer; nothing is decided here but who may ask.

mod audit;
mod call;
mod clients;
mod conditions;
mod errors;
mod grants;
mod guard;
mod invitations;
mod keys;
mod openapi;
mod operations;
mod page;
mod problem;
mod registration_tokens;
mod reply;
mod resources;
mod roles;
mod scopes;
mod sessions;
mod settings;
mod upstream_accounts;
mod users;

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::middleware::from_fn;
use actix_web::web::{self, Bytes, Data, ServiceConfig};

use super::web::Web;
use call::Call;
use problem::Problem;

pub use openapi::described;

/// The document and the page that is made from it.
#[derive(Debug, Default)]
pub(super) struct Documents {
    made: std::sync::OnceLock<Made>,
}

#[derive(Debug)]
struct Made {
    json: Bytes,
    page: Bytes,
}

/// Registers every address of the API. The document and its page hold no data, so they are public.
pub(super) fn routes(config: &mut ServiceConfig, web: &Web) {
    let base = web.href("/api/v1");
    let public = |path: &str| {
        super::routes::resource(&format!("{base}{path}"), "GET, HEAD").wrap(from_fn(guard::public))
    };
    config
        .service(public("/openapi.json").route(super::routes::get_or_head().to(document)))
        .service(public("/docs").route(super::routes::get_or_head().to(documentation)));
    let api = operations::register(web::scope(&base));
    config.service(
        api.default_service(web::to(no_such_address))
            .wrap(from_fn(guard::around)),
    );
}

async fn no_such_address(_: Call) -> Result<HttpResponse, Problem> {
    Err(Problem::not_found())
}

async fn document(web: Data<Web>) -> Result<HttpResponse, Problem> {
    let made = made(&web)?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .body(made.json.clone()))
}

async fn documentation(web: Data<Web>) -> Result<HttpResponse, Problem> {
    let made = made(&web)?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
        ))
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .body(made.page.clone()))
}

/// Made when they are first asked for: most installations never are.
fn made(web: &Web) -> Result<&Made, Problem> {
    if let Some(made) = web.api.made.get() {
        return Ok(made);
    }
    let document = openapi::document(web.app.issuer()).map_err(Problem::failed)?;
    let page = page::render(web, &document).map_err(Problem::failed)?;
    let json = serde_json::to_vec(&document).map_err(Problem::failed)?;
    Ok(web.api.made.get_or_init(|| Made {
        json: json.into(),
        page: page.into(),
    }))
}
