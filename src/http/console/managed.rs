//! What a file manages: shown as such, locked, and changed here only by someone who insists.

use super::guard::Admin;
use super::pieces::{Link, Moment, Notice};
use crate::admin::managed::Managed;
use crate::oauth::params::Params;

/// Whether a form, or the address of one, insists.
pub(crate) fn overrides(admin: &Admin, sent: Option<&Params>) -> bool {
    let is_yes = |params: &Params| params.get("override") == Some("yes");
    sent.map_or_else(|| is_yes(&admin.query()), is_yes)
}

/// On the page of a locked thing.
pub(crate) fn locked(managed: &Managed) -> Notice {
    let at = Moment::new(managed.applied_at).people;
    Notice {
        is_bad: false,
        text: format!(
            "Managed by {}, applied on {at}. It is changed there; here it is locked.",
            managed.source
        ),
        link: None,
    }
}

/// Above a form that changes it all the same.
pub(crate) fn warning(managed: &Managed) -> Notice {
    Notice {
        is_bad: true,
        text: format!(
            "{} manages this. What you save here holds until the file is applied next, which puts its own values back. Until then it is shown as drifted.",
            managed.source
        ),
        link: None,
    }
}

/// The way to change something: plain, or for a locked thing the one that insists.
pub(crate) fn change_link(managed: Option<&Managed>, href: &str) -> Link {
    match managed {
        None => Link::new("Change", href),
        Some(_) => Link::new("Change anyway", format!("{href}?override=yes")),
    }
}
