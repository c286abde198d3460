//! The installation's own look: its accent colour as a small style sheet, its logo, its links. Made once, at start. And the colours that a client
//! has of its own, for the pages that lead to it.

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::web::Web;
use super::{assets, respond};
use crate::config::BrandingSettings;
use crate::model::client::Client;
use crate::model::colour::{Colour, DARK, LIGHT};
use crate::model::picture;
use crate::oauth::params::Params;

/// What pages show of it, and what is served.
#[derive(Debug, Default)]
pub(super) struct Brand {
    style: Option<String>,
    logo: Option<(Vec<u8>, &'static str)>,
}

impl Brand {
    /// By the settings, which were checked; a logo that cannot be read any more is left out.
    pub(super) fn new(settings: &BrandingSettings) -> Self {
        let logo = settings.logo_file.as_ref().and_then(|file| {
            let bytes = std::fs::read(file)
                .inspect_err(|error| tracing::error!(%error, "branding.logo_file cannot be read"))
                .ok()?;
            let media_type = picture::own_media_type(&bytes)?;
            Some((bytes, media_type))
        });
        Self {
            style: style_with(settings.accent, settings.dark()),
            logo,
        }
    }

    /// The address of the style sheet, if there is one. It changes with what is in it.
    pub(super) fn style_href(&self, base: &str) -> Option<String> {
        let style = self.style.as_ref()?;
        let version = assets::version(style.as_bytes());
        Some(format!("{base}/brand/style.css?v={version}"))
    }

    /// The address of the logo, if there is one.
    pub(super) fn logo_href(&self, base: &str) -> Option<String> {
        let (bytes, _) = self.logo.as_ref()?;
        let version = assets::version(bytes);
        Some(format!("{base}/brand/logo?v={version}"))
    }
}

fn style_with(light: Option<Colour>, dark: Option<Colour>) -> Option<String> {
    let dark = dark.map(|accent| {
        let rule = rule(accent);
        format!("@media (prefers-color-scheme: dark) {{ {rule} }}")
    });
    let style: Vec<String> = light.map(rule).into_iter().chain(dark).collect();
    (!style.is_empty()).then(|| style.join("\n"))
}

/// The style sheet of a client with colours of its own; the installation's stand in for those that it has not. All that it can say is which
/// accent a page has: what warns has a colour of its own.
fn style_of(settings: &BrandingSettings, client: &Client) -> Option<String> {
    let own = &client.branding;
    if own.is_empty() {
        return None;
    }
    // They were checked when they were given; pages may have been changed since.
    let light = own.accent.map(|accent| accent.readable_on(&LIGHT));
    let dark = own.dark().map(|accent| accent.readable_on(&DARK));
    style_with(light.or(settings.accent), dark.or_else(|| settings.dark()))
}

/// The address of the client's own style sheet, if it has one. It changes with what is in it.
pub(super) fn client_style_href(web: &Web, client: &Client) -> Option<String> {
    let style = style_of(&web.app.config.branding, client)?;
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("client_id", client.id.as_str())
        .append_pair("v", &assets::version(style.as_bytes()))
        .finish();
    Some(web.href(&format!("/brand/client.css?{query}")))
}

fn rule(accent: Colour) -> String {
    let on = accent.text_on();
    format!(":root {{ --accent: {accent}; --on-accent: {on}; }}")
}

/// `GET /brand/style.css`
pub(super) async fn style(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let style = web.brand.style.as_ref();
    let found = style.map(|style| (style.clone().into_bytes(), "text/css; charset=utf-8"));
    answer(&request, found)
}

/// `GET /brand/client.css`
pub(super) async fn client_style(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let params = Params::parse(request.query_string()).unwrap_or_default();
    let client = match params.get("client_id") {
        Some(id) => web.app.find_client(id).await,
        None => Ok(None),
    };
    let client = match client {
        Ok(client) => client.filter(|client| client.is_enabled()),
        Err(error) => return respond::failed(&request, &web, error),
    };
    let style = client.and_then(|client| style_of(&web.app.config.branding, &client));
    let Some(style) = style else {
        return HttpResponse::NotFound()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .finish();
    };
    // Another node may not have heard of new colours yet: what is not what the address says is not kept.
    let is_that = params.get("v") == Some(assets::version(style.as_bytes()).as_str());
    let cache_control = if is_that {
        assets::FOR_GOOD
    } else {
        "no-store"
    };
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/css; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, cache_control))
        .body(style)
}

/// `GET /brand/logo`
pub(super) async fn logo(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    answer(&request, web.brand.logo.clone())
}

fn answer(request: &HttpRequest, found: Option<(Vec<u8>, &'static str)>) -> HttpResponse {
    match found {
        Some((bytes, media_type)) => HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, media_type))
            .insert_header((header::CACHE_CONTROL, assets::cache_control(request)))
            // A drawing that is opened by itself runs nothing and loads nothing.
            .insert_header((
                "content-security-policy",
                "default-src 'none'; style-src 'unsafe-inline'; sandbox",
            ))
            .body(bytes),
        None => HttpResponse::NotFound().finish(),
    }
}
