//! `/health/…` and `/metrics`, for machines.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Data;
use serde_json::json;

use crate::http::web::Web;

const PING_TIMEOUT: Duration = Duration::from_secs(2);

/// The process answers.
pub(crate) async fn live() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(json!({ "status": "ok" }))
}

/// The database answers too, so requests can be served.
pub(crate) async fn ready(web: Data<Web>) -> HttpResponse {
    let ping = tokio::time::timeout(PING_TIMEOUT, web.app.store.ping()).await;
    let (mut answer, status) = if matches!(ping, Ok(Ok(()))) {
        (HttpResponse::Ok(), "ok")
    } else {
        (
            HttpResponse::ServiceUnavailable(),
            "database does not answer",
        )
    };
    answer
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(json!({ "status": status }))
}

/// Figures in Prometheus' (OpenMetrics') text format.
pub(crate) async fn metrics(web: Data<Web>) -> HttpResponse {
    let queued = web.identity.passwords.queued();
    match web.app.metrics.encode(queued, web.app.store.pool_use()) {
        Ok(text) => HttpResponse::Ok()
            .insert_header((
                header::CONTENT_TYPE,
                "application/openmetrics-text; version=1.0.0; charset=utf-8",
            ))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(text),
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}
