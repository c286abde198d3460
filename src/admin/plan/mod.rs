//! Documents (`placet apply`, `placet export`): what a file says, how what there is differs, and making it so.
//!
//! 1. [`parse`] reads files into a [`Document`]; [`Secrets::read`] reads what it refers to
//! 2. [`difference`] compares it with what there is and checks the whole of what would be, by the same rules as every other
//!    road; every fault is told at once
//! 3. [`apply`] does all of it in one transaction, or nothing where something was changed since
//! 4. [`drift`] says what was changed by another road since; [`export`] writes a document of what there is

mod clients;
mod difference;
mod document;
mod drift;
mod export;
mod parse;
mod prune;
mod resources;
mod secret;
mod state;
mod users;
mod words;

use std::collections::BTreeSet;
use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};

use super::{AdminError, By};
use crate::app::{App, StartError};
use crate::model::event::EventKind;
use crate::model::managed::Kind;
use crate::model::signing_key::SigningAlg;
use crate::storage::{self, Applied, Step};

pub use difference::difference;
pub use document::{ClientEntry, Document, ResourceEntry, RoleEntry, ScopeEntry, UserEntry};
pub use drift::{FieldDrift, drift};
pub use export::{export, heading};
pub use parse::{Format, ParseError, parse, write};
pub use secret::{SecretReference, Secrets};

/// How a document is applied.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// What the set manages and no longer lists goes.
    pub prune: bool,
    /// What another set manages becomes this one's.
    pub take_over: bool,
    /// A secret that cannot be read is a fault, even where there is one already.
    pub secrets_required: bool,
    /// How long replaced secrets live on.
    pub overlap: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            prune: false,
            take_over: false,
            secrets_required: false,
            overlap: Duration::from_hours(24),
        }
    }
}

/// What becomes of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Create,
    Update,
    Unchanged,
    Remove,
}

/// A field that changes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldChange {
    pub field: String,
    /// Null: it has no value, or its default.
    pub old: Value,
    pub new: Value,
    /// The old value is not what the file said when it was last applied: somebody changed it by another road.
    pub drifted: bool,
}

/// One thing, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    pub kind: Kind,
    pub id: String,
    pub action: Action,
    pub fields: Vec<FieldChange>,
    /// It was there before, and nothing managed it.
    pub adopted: bool,
    /// The set that managed it before.
    pub taken_from: Option<String>,
    pub notes: Vec<String>,
}

/// What applying a document would do.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What the set is called.
    pub source: String,
    pub items: Vec<Item>,
    /// What the set manages and no longer lists, where it is not pruned.
    pub unlisted: Vec<(Kind, String)>,
    steps: Vec<Step>,
    algs: BTreeSet<SigningAlg>,
    needs_administrator: bool,
}

impl Plan {
    /// Whether anything would be another than it is; who manages it aside.
    pub fn has_difference(&self) -> bool {
        self.items
            .iter()
            .any(|item| item.action != Action::Unchanged)
    }

    /// How many things that becomes of.
    pub fn count(&self, action: Action) -> usize {
        self.items
            .iter()
            .filter(|item| item.action == action)
            .count()
    }

    /// How many things become managed by this set that were not.
    pub fn count_adopted(&self) -> usize {
        let is_new = |item: &&Item| item.adopted || item.taken_from.is_some();
        self.items.iter().filter(is_new).count()
    }
}

/// Something that is wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub kind: Kind,
    pub id: String,
    pub field: String,
    /// What is wrong, and the mend.
    pub fault: String,
    /// Where the document stands in several files.
    pub file: Option<String>,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{file}: ")?;
        }
        write!(f, "{} {:?}: ", self.kind.as_str(), self.id)?;
        if !self.field.is_empty() {
            write!(f, "{}: ", self.field)?;
        }
        f.write_str(&self.fault)
    }
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    #[error("the document has {} faults; nothing was changed", .0.len())]
    Faults(Vec<Fault>),
    #[error("the {} {id:?} was changed meanwhile; nothing was done: apply again", .kind.as_str())]
    Stale { kind: Kind, id: String },
    #[error("nobody would be left who can administer; give somebody the role admin first")]
    NoAdministrator,
    #[error("{0}")]
    Admin(#[from] AdminError),
}

impl From<storage::Error> for PlanError {
    fn from(error: storage::Error) -> Self {
        Self::Admin(error.into())
    }
}

impl From<StartError> for PlanError {
    fn from(error: StartError) -> Self {
        Self::Admin(error.into())
    }
}

/// Does what was planned, all or nothing. Where there is nothing to do, nothing is written.
pub async fn apply(app: &App, by: &By, plan: &Plan) -> Result<(), PlanError> {
    if plan.steps.is_empty() {
        return Ok(());
    }
    for alg in &plan.algs {
        app.ensure_key(*alg).await?;
    }
    let detail = json!({
        "source": plan.source,
        "created": plan.count(Action::Create),
        "updated": plan.count(Action::Update),
        "removed": plan.count(Action::Remove),
        "adopted": plan.count_adopted(),
    });
    let event = by.event(app, EventKind::FileApplied, detail);
    let applied = app
        .store
        .apply(&plan.steps, plan.needs_administrator, &event)
        .await?;
    match applied {
        Applied::Done => {}
        Applied::NoAdministrator => return Err(PlanError::NoAdministrator),
        Applied::Stale(index) => {
            let (kind, id) = plan
                .steps
                .get(index)
                .map_or((Kind::Role, ""), |step| step.change.subject());
            return Err(PlanError::Stale {
                kind,
                id: id.to_owned(),
            });
        }
    }
    // Whoever was disabled or removed is signed out everywhere.
    app.logout_due.notify_one();
    app.refresh().await?;
    Ok(())
}
