//! Discovery and key set as ready bytes: made when something changes, not when they are asked for.

use std::sync::Arc;

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use arc_swap::ArcSwapOption;
use chrono::{DateTime, Utc};

use crate::app::App;
use crate::crypto;
use crate::oauth::discovery;

#[derive(Debug)]
struct Made {
    revision: i64,
    /// From then on the key set is another, though nothing was administered.
    until: Option<DateTime<Utc>>,
    cache_control: HeaderValue,
    metadata: Document,
    jwks: Document,
}

#[derive(Debug, Clone)]
struct Document {
    body: Bytes,
    etag: HeaderValue,
}

/// The documents as last made.
#[derive(Debug, Default)]
pub struct Documents {
    made: ArcSwapOption<Made>,
}

/// Which document.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    Metadata,
    Jwks,
}

impl Documents {
    /// The answer, 304 where the asker has it.
    pub fn answer(&self, request: &HttpRequest, app: &App, kind: Kind) -> HttpResponse {
        let made = self.current(app);
        let document = match kind {
            Kind::Metadata => &made.metadata,
            Kind::Jwks => &made.jwks,
        };
        let has_it = request
            .headers()
            .get(header::IF_NONE_MATCH)
            .and_then(|value| value.to_str().ok())
            // `*` is any representation that there is (RFC 9110 §13.1.2).
            .is_some_and(|tags| {
                tags.split(',')
                    .map(str::trim)
                    .any(|tag| tag == "*" || tag.trim_start_matches("W/") == document.etag)
            });
        let mut answer = if has_it {
            HttpResponse::NotModified()
        } else {
            HttpResponse::Ok()
        };
        answer
            .insert_header((header::ETAG, document.etag.clone()))
            .insert_header((header::CACHE_CONTROL, made.cache_control.clone()))
            // Public facts, the same for everyone: any web page may read them.
            .insert_header((
                header::ACCESS_CONTROL_ALLOW_ORIGIN,
                HeaderValue::from_static("*"),
            ));
        if has_it {
            return answer.finish();
        }
        answer
            .insert_header((
                header::CONTENT_TYPE,
                HeaderValue::from_static("application/json"),
            ))
            .body(document.body.clone())
    }

    fn current(&self, app: &App) -> Arc<Made> {
        let registry = app.registry();
        let now = app.clock.now();
        let is_fresh = |made: &Arc<Made>| {
            made.revision == registry.revision && made.until.is_none_or(|until| now < until)
        };
        if let Some(made) = self.made.load_full().filter(is_fresh) {
            return made;
        }
        let max_age = app.config.keys.set_max_age().as_secs();
        let made = Arc::new(Made {
            cache_control: header_value(format!("public, max-age={max_age}")),
            revision: registry.revision,
            until: registry.keys.next_change(now),
            metadata: document(&discovery::metadata(app, &registry)),
            jwks: document(&registry.keys.jwks(now)),
        });
        self.made.store(Some(Arc::clone(&made)));
        made
    }
}

fn document(value: &impl serde::Serialize) -> Document {
    use base64::Engine as _;
    let body = serde_json::to_vec(value).unwrap_or_default();
    let hash =
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&crypto::sha256(&body)[..12]);
    Document {
        body: body.into(),
        etag: header_value(format!("\"{hash}\"")),
    }
}

/// Text of ours as a header's value.
fn header_value(text: String) -> HeaderValue {
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}
