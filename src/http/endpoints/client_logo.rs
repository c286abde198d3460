//! `GET /client-logo`: the picture of a client, on our own origin.

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::crypto;
use crate::http::respond;
use crate::http::web::Web;
use crate::model::client::Client;
use crate::oauth::client_logo;
use crate::oauth::params::Params;

/// The picture, or 404.
pub(crate) async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let params = Params::parse(request.query_string()).unwrap_or_default();
    let client = match params.get("client_id") {
        Some(id) => web.app.find_client(id).await,
        None => Ok(None),
    };
    let client = match client {
        Ok(client) => client.filter(|client| client.is_enabled()),
        Err(error) => return respond::failed(&request, &web, error),
    };
    let logo = match client {
        Some(client) => {
            let tag = params.get("lang").unwrap_or_default();
            client_logo::find(&web.app, &client, tag, web.app.clock.now()).await
        }
        None => None,
    };
    match logo {
        Some(logo) => HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, logo.media_type))
            .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
            .body(logo.bytes().to_vec()),
        None => HttpResponse::NotFound()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .finish(),
    }
}

/// Where a page finds the picture of a client that registered one. The address changes with the registered one, for browsers keep it.
/// On a page in that language it may be another.
pub(crate) fn href(web: &Web, client: &Client, tag: &str) -> Option<String> {
    let uri = client.metadata.logo_uri_in(tag)?;
    let version = URL_SAFE_NO_PAD.encode(&crypto::sha256(uri.as_bytes())[..6]);
    let is_other = client.metadata.logo_uri.as_deref() != Some(uri);
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("client_id", client.id.as_str())
        .append_pair("v", &version)
        .extend_pairs(is_other.then_some(("lang", tag)))
        .finish();
    Some(web.href(&format!("/client-logo?{query}")))
}
