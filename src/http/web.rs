//! What every handler gets: the app, who may sign in, and what is ready-made of the answers.

use std::sync::Arc;

use actix_web::HttpRequest;

use super::brand::{self, Brand};
use super::documents::Documents;
use super::pages::layout::Layout;
use super::{api, assets, language};
use crate::app::App;
use crate::identity::Identity;
use crate::model::client::Client;
use crate::oauth::authorize::request::Checked;
use crate::texts::Texts;

/// Shared by all workers.
pub struct Web {
    pub app: Arc<App>,
    pub identity: Arc<Identity>,
    pub documents: Documents,
    pub(super) api: api::Documents,
    /// The issuer's path without a slash at its end: every address of ours begins with it.
    pub base: String,
    pub is_demo: bool,
    pub(super) brand: Brand,
    layout: Layout,
}

impl Web {
    pub fn new(app: Arc<App>, identity: Arc<Identity>, is_demo: bool) -> Self {
        let base = app.config.issuer.path().trim_end_matches('/').to_owned();
        let settings = &app.config.branding;
        let brand = Brand::new(settings);
        let layout = Layout {
            installation: app.config.name.clone(),
            brand_style_href: brand.style_href(&base),
            logo_href: brand.logo_href(&base),
            privacy_href: settings.privacy_uri.clone(),
            terms_href: settings.terms_uri.clone(),
            help_href: settings.help_uri.clone(),
            style_href: format!("{base}/static/style.css?v={}", assets::style_version()),
            base: base.clone(),
            texts: Texts::default(),
        };
        Self {
            app,
            identity,
            documents: Documents::default(),
            api: api::Documents::default(),
            base,
            is_demo,
            brand,
            layout,
        }
    }

    /// The frame of a page in English: the console, the demo, the documentation of the API.
    pub fn layout(&self) -> Layout {
        self.layout.clone()
    }

    /// The frame of a page in the language of whoever asks.
    pub(super) fn layout_for(&self, request: &HttpRequest) -> Layout {
        Layout {
            texts: Texts::of(language::of(request, &self.base)),
            ..self.layout.clone()
        }
    }

    /// The same with the colours of the app that waits, where it has some.
    pub(super) fn layout_towards(
        &self,
        request: &HttpRequest,
        waiting: Option<&Checked>,
    ) -> Layout {
        let own = waiting.and_then(|waiting| brand::client_style_href(self, &waiting.client));
        let mut layout = self.layout_for(request);
        layout.brand_style_href = own.or(layout.brand_style_href);
        layout
    }

    /// What a client is called on a page in that language.
    pub(super) fn name_for(&self, request: &HttpRequest, client: &Client) -> String {
        let tag = language::of(request, &self.base).tag();
        client.metadata.name_in(tag).to_owned()
    }

    /// The same, for a page that has no room to say that nobody looked at the client.
    pub(super) fn checked_name_for(
        &self,
        request: &HttpRequest,
        client: &Client,
    ) -> Option<String> {
        (!client.is_unchecked()).then(|| self.name_for(request, client))
    }

    /// An address of ours.
    pub fn href(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }
}
