//! The guided minute: a small sample client and a sample API, served beside the real thing.

pub mod pages;

use actix_web::web::ServiceConfig;

use super::web::Web;

/// The addresses below `/demo`.
pub fn routes(_config: &mut ServiceConfig, _web: &Web) {}
