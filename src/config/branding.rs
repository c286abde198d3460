//! `[branding]`: the installation's own look, without code.

use std::path::PathBuf;

use serde::{Deserialize, Deserializer};

use super::Config;
use crate::model::colour::{Colour, DARK, LIGHT};
use crate::model::picture;

/// A page with everything stays small.
const MAX_LOGO_BYTES: u64 = 64 * 1024;

/// Name and colours beside `name`; nothing that is not set changes anything.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BrandingSettings {
    /// PNG, JPEG, GIF, WebP or SVG.
    pub logo_file: Option<PathBuf>,
    /// Of links and main buttons.
    pub accent: Option<Colour>,
    /// The same where the browser asks for dark pages.
    pub accent_dark: Option<Colour>,
    #[serde(deserialize_with = "link")]
    pub privacy_uri: Option<String>,
    #[serde(deserialize_with = "link")]
    pub terms_uri: Option<String>,
    #[serde(deserialize_with = "link")]
    pub help_uri: Option<String>,
}

impl BrandingSettings {
    /// The accent of dark pages: the one that was given, else the light pages' made readable there.
    pub fn dark(&self) -> Option<Colour> {
        let made = || self.accent.map(|accent| accent.readable_on(&DARK));
        self.accent_dark.or_else(made)
    }
}

fn link<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let is_good = url::Url::parse(&text).is_ok_and(|uri| {
        ["https", "http", "mailto"].contains(&uri.scheme()) && uri.password().is_none()
    });
    if is_good {
        return Ok(Some(text));
    }
    Err(serde::de::Error::custom(format!(
        "{text:?} is no https, http or mailto address"
    )))
}

/// The setting that cannot be, and why.
pub(super) fn fault(config: &Config) -> Option<(&'static str, String)> {
    let branding = &config.branding;
    let accents = [
        ("branding.accent", branding.accent, LIGHT),
        ("branding.accent_dark", branding.accent_dark, DARK),
    ];
    for (key, colour, grounds) in accents {
        if let Some(fault) = colour.and_then(|colour| colour.fault_on(&grounds)) {
            return Some((key, fault));
        }
    }
    let file = branding.logo_file.as_ref()?;
    let fault = match std::fs::metadata(file) {
        Ok(found) if found.len() > MAX_LOGO_BYTES => "has more than 64 KiB",
        Ok(_) => match std::fs::read(file) {
            Ok(bytes) if picture::own_media_type(&bytes).is_some() => return None,
            Ok(_) => "is no PNG, JPEG, GIF, WebP or SVG",
            Err(_) => "cannot be read",
        },
        Err(_) => "there is no such file",
    };
    Some(("branding.logo_file", fault.to_owned()))
}
