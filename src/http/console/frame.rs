//! The frame around every page of the console, and the page itself: a title, one thing to do, and pieces.

use askama::Template;

use super::flash::{self, Message};
use super::guard::Admin;
use super::pieces::{Link, Piece, Pieces};
use crate::http::pages::layout::Layout;

/// The parts of the console, in the order of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    Overview,
    Clients,
    Users,
    Roles,
    Scopes,
    Resources,
    Sessions,
    Grants,
    RegistrationTokens,
    Keys,
    Errors,
    Audit,
    Settings,
    Tester,
}

/// Label and the first part of the address below `/admin`.
const NAVIGATION: [(Section, &str, &str); 14] = [
    (Section::Overview, "Overview", ""),
    (Section::Clients, "Clients", "clients"),
    (Section::Users, "Users", "users"),
    (Section::Roles, "Roles", "roles"),
    (Section::Scopes, "Scopes", "scopes"),
    (Section::Resources, "Resources", "resources"),
    (Section::Sessions, "Sessions", "sessions"),
    (Section::Grants, "Grants", "grants"),
    (
        Section::RegistrationTokens,
        "Registration tokens",
        "registration-tokens",
    ),
    (Section::Keys, "Keys", "keys"),
    (Section::Errors, "Errors", "errors"),
    (Section::Tester, "Tester", "tester"),
    (Section::Audit, "Audit log", "audit"),
    (Section::Settings, "Settings", "settings"),
];

pub(crate) struct NavigationItem {
    pub label: &'static str,
    pub href: String,
    pub is_current: bool,
}

/// A page of the console.
#[derive(Template)]
#[template(path = "admin/page.html")]
pub(crate) struct Page {
    pub layout: Layout,
    pub navigation: Vec<NavigationItem>,
    pub who: String,
    pub account_href: String,
    pub title: String,
    /// The page above this one.
    pub up: Option<Link>,
    /// One sentence below the title.
    pub lead: Option<String>,
    /// The one thing to do here.
    pub action: Option<Link>,
    pub message: Option<Message>,
    pub pieces: Pieces,
}

impl Page {
    pub(super) fn new(admin: &Admin, section: Section, title: String) -> Self {
        let navigation = NAVIGATION.map(|(of, label, first)| NavigationItem {
            label,
            href: match first {
                "" => admin.at(&[]),
                first => admin.at(&[first]),
            },
            is_current: of == section,
        });
        Self {
            layout: admin.web.layout(),
            navigation: navigation.into(),
            who: admin.signed_in.user.display_name().to_owned(),
            account_href: admin.web.href("/account"),
            title,
            up: None,
            lead: None,
            action: None,
            message: flash::read(admin),
            pieces: Pieces::default(),
        }
    }

    /// The way up, above the title.
    #[must_use]
    pub(crate) fn up(mut self, label: &str, href: String) -> Self {
        self.up = Some(Link::new(label, href));
        self
    }

    /// One sentence below the title.
    #[must_use]
    pub(crate) fn lead(mut self, text: impl Into<String>) -> Self {
        self.lead = Some(text.into());
        self
    }

    /// The one thing to do here.
    #[must_use]
    pub(crate) fn action(mut self, label: &str, href: String) -> Self {
        self.action = Some(Link::new(label, href));
        self
    }

    /// What the page shows next.
    #[must_use]
    pub(crate) fn with(mut self, piece: impl Into<Piece>) -> Self {
        self.pieces.0.push(piece.into());
        self
    }
}
