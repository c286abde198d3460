//! `/.well-known/…`: metadata and key set.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::http::documents::Kind;
use crate::http::web::Web;

/// RFC 8414 §3, OpenID Connect Discovery §4.
pub(crate) async fn metadata(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    web.documents.answer(&request, &web.app, Kind::Metadata)
}

/// RFC 7517 §5.
pub(crate) async fn jwks(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    web.documents.answer(&request, &web.app, Kind::Jwks)
}
