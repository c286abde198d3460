//! What a file manages: shown as such, locked, and changed here only by someone who insists.

use serde_json::Value;

use super::form::{Field, Form};
use super::frame::Page;
use super::guard::{Admin, Stop};
use super::pieces::{Cell, Link, Moment, Notice, Piece, Table};
use crate::admin::managed::{self, Kind, Managed};
use crate::admin::plan::{self, FieldDrift};
use crate::oauth::params::Params;

/// Whether something may be changed here.
pub(crate) enum Lock {
    Free,
    /// A file manages it; and what is not as the file says.
    Locked(Managed, Vec<FieldDrift>),
    /// A file manages it, and somebody insists.
    Overridden(Managed),
}

impl Lock {
    /// Of that thing; `sent` is what was posted. Who insists gave the password lately.
    pub(crate) async fn of(
        admin: &Admin,
        (kind, id): (Kind, &str),
        sent: Option<&Params>,
    ) -> Result<Self, Stop> {
        let managed = managed::of(admin.app(), kind, id).await;
        Ok(match managed.map_err(|error| admin.failed(error))? {
            None => Self::Free,
            Some(managed) if overrides(admin, sent) => {
                admin.recent()?;
                Self::Overridden(managed)
            }
            Some(managed) => {
                let drift = drift(admin, &managed).await?;
                Self::Locked(managed, drift)
            }
        })
    }

    /// The page with the form; where it is locked, with its values and the way to insist.
    pub(crate) fn put(self, page: Page, form: Form, href: &str) -> Page {
        match self {
            Self::Free => page.with(form),
            Self::Overridden(managed) => page
                .with(warning(&managed))
                .with(form.hidden("override", "yes").dangerous()),
            Self::Locked(managed, drift) => {
                let facts = form.fields.into_iter().map(Field::into_fact).collect();
                told(page, &managed, drift)
                    .with(Piece::Facts(facts))
                    .with(Piece::Links(vec![change_link(Some(&managed), href)]))
            }
        }
    }

    /// The address with what insists, where that is needed.
    pub(crate) fn insisting(&self, href: String) -> String {
        match self {
            Self::Free => href,
            Self::Locked(..) | Self::Overridden(_) => format!("{href}?override=yes"),
        }
    }
}

/// Whether a form, or the address of one, insists.
pub(crate) fn overrides(admin: &Admin, sent: Option<&Params>) -> bool {
    let is_yes = |params: &Params| params.get("override") == Some("yes");
    sent.map_or_else(|| is_yes(&admin.query()), is_yes)
}

/// Tells on a thing's page what manages it, and where it has drifted from that.
pub(crate) async fn tell(admin: &Admin, page: Page, managed: &Managed) -> Result<Page, Stop> {
    let drift = drift(admin, managed).await?;
    Ok(told(page, managed, drift))
}

async fn drift(admin: &Admin, managed: &Managed) -> Result<Vec<FieldDrift>, Stop> {
    let drift = plan::drift(admin.app(), managed.kind, &managed.id).await;
    drift.map_err(|error| admin.failed(error))
}

fn told(page: Page, managed: &Managed, drift: Vec<FieldDrift>) -> Page {
    let page = page.with(locked(managed));
    if drift.is_empty() {
        return page;
    }
    let text = format!(
        "It has drifted: it is no longer as {} said. Apply the file again, or change it there.",
        managed.source
    );
    let value = |value: Value| match value {
        Value::Null => Cell::muted("nothing"),
        Value::String(text) => Cell::code(text),
        other => Cell::code(other.to_string()),
    };
    let rows = drift.into_iter().map(|field| {
        vec![
            Cell::text(field.field),
            value(field.in_file),
            value(field.now),
        ]
    });
    let table = Table::new("What has drifted", &["Field", "In the file", "Here now"]).rows(rows);
    page.with(Notice::bad(text)).with(table)
}

/// On the page of a locked thing.
fn locked(managed: &Managed) -> Notice {
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
