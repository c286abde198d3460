//! What a page on the way to an app shows of it beside its name.

use actix_web::HttpRequest;

use super::layout::web_only;
use crate::http::endpoints::client_logo;
use crate::http::language;
use crate::http::web::Web;
use crate::model::client::Client;

/// Its picture and its links.
#[derive(Debug)]
pub struct AppLook {
    /// On our own origin.
    pub logo_href: Option<String>,
    /// Nobody looked at it: it registered itself.
    pub is_unchecked: bool,
    policy_uri: Option<String>,
    tos_uri: Option<String>,
}

impl AppLook {
    /// In the language of whoever asks.
    pub(super) fn new(request: &HttpRequest, web: &Web, client: &Client) -> Self {
        let tag = language::of(request, web).tag();
        let metadata = &client.metadata;
        Self {
            is_unchecked: client.is_unchecked(),
            logo_href: client_logo::href(web, client, tag),
            policy_uri: metadata.policy_uri_in(tag).map(ToOwned::to_owned),
            tos_uri: metadata.tos_uri_in(tag).map(ToOwned::to_owned),
        }
    }

    pub(super) fn policy(&self) -> Option<&str> {
        web_only(self.policy_uri.as_deref())
    }

    pub(super) fn terms(&self) -> Option<&str> {
        web_only(self.tos_uri.as_deref())
    }
}
