//! The installation's own look: its accent colour as a small style sheet, its logo, its links. Made once, at start.

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::assets;
use super::web::Web;
use crate::config::BrandingSettings;
use crate::model::colour::Colour;
use crate::model::picture;

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
        let light = settings.accent.map(rule);
        let dark = settings.dark().map(|accent| {
            let rule = rule(accent);
            format!("@media (prefers-color-scheme: dark) {{ {rule} }}")
        });
        let style: Vec<String> = light.into_iter().chain(dark).collect();
        Self {
            style: (!style.is_empty()).then(|| style.join("\n")),
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
