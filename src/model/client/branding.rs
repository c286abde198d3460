//! A client's own colours, on the pages that lead to it.

use serde::{Deserialize, Serialize};

use crate::model::colour::{Colour, DARK};

/// What an administrator gave it; nothing that is not set changes anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ClientBranding {
    /// Of links and main buttons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accent: Option<Colour>,
    /// The same where the browser asks for dark pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accent_dark: Option<Colour>,
}

impl ClientBranding {
    /// Whether it has none of its own.
    pub const fn is_empty(&self) -> bool {
        self.accent.is_none() && self.accent_dark.is_none()
    }

    /// The accent of dark pages: the one that was given, else the light pages' made readable there.
    pub fn dark(&self) -> Option<Colour> {
        let made = || self.accent.map(|accent| accent.readable_on(&DARK));
        self.accent_dark.or_else(made)
    }
}
