//! A client's logo (`logo_uri`, RFC 7591 §2), for our own pages. They load nothing from elsewhere, so the picture is fetched by this
//! server, through the guarded fetcher, and kept for a while; and it is a picture by its own first bytes, never a drawing with
//! script in it (S53).

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::app::App;
use crate::fetch::{Document, Want};
use crate::model::client::Client;
use crate::model::picture;

/// Larger ones are not shown: a page with everything stays small.
const MAX_BYTES: usize = 64 * 1024;

/// A picture that may be shown.
#[derive(Debug, Clone)]
pub struct Logo {
    document: Arc<Document>,
    /// By its first bytes, whatever its server called it.
    pub media_type: &'static str,
}

impl Logo {
    /// The file.
    pub fn bytes(&self) -> &[u8] {
        &self.document.body
    }
}

/// The client's logo for pages in that language; `None` where there is none to be had. Nobody is told why (S151).
pub async fn find(app: &App, client: &Client, language: &str, now: DateTime<Utc>) -> Option<Logo> {
    let uri = client.metadata.logo_uri_in(language)?;
    let fetched = app.fetcher.cached(uri, Want::Any, MAX_BYTES, now).await;
    let document = fetched
        .inspect_err(|error| tracing::info!(client_id = %client.id, %error, "no logo"))
        .ok()?;
    let media_type = picture::media_type(&document.body)?;
    Some(Logo {
        document,
        media_type,
    })
}
