//! The few files that pages need, in the binary, with their hashes.

use std::sync::LazyLock;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};

use crate::crypto;

struct Asset {
    name: &'static str,
    content_type: &'static str,
    body: &'static [u8],
}

const ASSETS: [Asset; 8] = [
    Asset {
        name: "style.css",
        content_type: "text/css; charset=utf-8",
        body: include_bytes!("../../static/style.css"),
    },
    Asset {
        name: "logo.svg",
        content_type: "image/svg+xml",
        body: include_bytes!("../../static/logo.svg"),
    },
    Asset {
        name: "favicon.svg",
        content_type: "image/svg+xml",
        body: include_bytes!("../../static/favicon.svg"),
    },
    Asset {
        name: "form_post.js",
        content_type: "text/javascript; charset=utf-8",
        body: include_bytes!("../../static/form_post.js"),
    },
    Asset {
        name: "passkey.js",
        content_type: "text/javascript; charset=utf-8",
        body: include_bytes!("../../static/passkey.js"),
    },
    Asset {
        name: "password.js",
        content_type: "text/javascript; charset=utf-8",
        body: include_bytes!("../../static/password.js"),
    },
    Asset {
        name: "codes.js",
        content_type: "text/javascript; charset=utf-8",
        body: include_bytes!("../../static/codes.js"),
    },
    Asset {
        name: "times.js",
        content_type: "text/javascript; charset=utf-8",
        body: include_bytes!("../../static/times.js"),
    },
];

/// Of what never changes at its address.
pub(super) const FOR_GOOD: &str = "public, max-age=31536000, immutable";

static STYLE_VERSION: LazyLock<String> = LazyLock::new(|| version(ASSETS[0].body));

/// Changes whenever the style sheet does.
pub(super) fn style_version() -> &'static str {
    &STYLE_VERSION
}

/// Changes whenever the file does.
pub(super) fn version(body: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&crypto::sha256(body)[..9])
}

/// `GET /static/{name}`
pub(super) async fn serve(request: HttpRequest) -> HttpResponse {
    let name = request.match_info().query("name");
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        return HttpResponse::NotFound().finish();
    };
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, asset.content_type))
        .insert_header((header::CACHE_CONTROL, cache_control(&request)))
        .body(asset.body)
}

/// What has its version in the address may be kept for good.
pub(super) fn cache_control(request: &HttpRequest) -> &'static str {
    if request.query_string().starts_with("v=") {
        FOR_GOOD
    } else {
        "public, max-age=3600"
    }
}
