//! How what there is differs from what a document says, and whether what would be is in order.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value;

use super::document::Document;
use super::secret::{Found, SecretReference, Secrets};
use super::state::{self, State};
use super::{Action, Fault, FieldChange, Item, Options, Plan, PlanError};
use crate::admin::{AdminError, By, check_text};
use crate::app::{App, Registry};
use crate::model::event::{Event, EventKind};
use crate::model::id::UserId;
use crate::model::managed::{Kind, Managed};
use crate::model::secret::TokenHash;
use crate::model::signing_key::SigningAlg;
use crate::model::user::account_key;
use crate::storage::{Change, Step};

/// The longest name of a set.
const MAX_NAME: usize = 100;

/// A plan in the making.
pub(super) struct Draft<'a> {
    pub(super) app: &'a App,
    pub(super) by: &'a By,
    pub(super) document: &'a Document,
    pub(super) secrets: &'a Secrets,
    pub(super) options: &'a Options,
    pub(super) source: String,
    /// What is managed, by its kind and the form in which its id is compared.
    pub(super) managed: HashMap<(Kind, String), Managed>,
    /// The scopes and resources that there would be.
    pub(super) registry: Registry,
    /// The roles that there would be.
    pub(super) role_names: BTreeSet<String>,
    /// The administrators who could sign in.
    pub(super) administrators: HashSet<UserId>,
    /// The roles that users of the document would have.
    pub(super) roles_of: HashMap<UserId, Vec<String>>,
    /// The client of the document that has a secret with that hash.
    pub(super) secret_owners: HashMap<TokenHash, String>,
    /// The client that has one now, where all were read.
    pub(super) stored_secrets: HashMap<TokenHash, String>,
    pub(super) email_owners: HashMap<String, String>,
    pub(super) algs: BTreeSet<SigningAlg>,
    pub(super) faults: Vec<Fault>,
    pub(super) items: Vec<Item>,
    pub(super) removals: Vec<Step>,
    pub(super) work: Vec<Step>,
    records: Vec<Step>,
}

/// A thing as it is and as it would be.
pub(super) struct Sides<'s> {
    pub(super) kind: Kind,
    pub(super) id: &'s str,
    pub(super) before: Option<State>,
    pub(super) after: State,
    /// What the document says of it, with all defaults.
    pub(super) definition: State,
    /// Fields that are no part of a state.
    pub(super) more: Vec<FieldChange>,
    pub(super) notes: Vec<String>,
}

/// Plans what has to be done so that everything is as the document says. Nothing is written.
///
/// # Errors
/// [`PlanError::Faults`] with every fault of the document.
pub async fn difference(
    app: &App,
    by: &By,
    (document, secrets): (&Document, &Secrets),
    options: &Options,
) -> Result<Plan, PlanError> {
    let source = document.name.as_deref().unwrap_or_default();
    check_text("name", source, MAX_NAME)?;
    let mut draft = Draft::new(app, by, (document, secrets), options).await?;
    let needs_administrator = !draft.administrators.is_empty();
    let unlisted = draft.unlisted();
    if options.prune {
        draft.forget(&unlisted);
    }
    draft.roles().await?;
    draft.scopes().await?;
    draft.resources().await?;
    draft.clients().await?;
    draft.users(needs_administrator).await?;
    let unlisted = if options.prune {
        draft.prune(unlisted).await?;
        Vec::new()
    } else {
        unlisted
    };
    if !draft.faults.is_empty() {
        return Err(PlanError::Faults(draft.faults));
    }
    let mut steps = draft.removals;
    steps.extend(draft.work);
    steps.extend(draft.records);
    Ok(Plan {
        source: draft.source,
        items: draft.items,
        unlisted,
        steps,
        algs: draft.algs,
        needs_administrator,
    })
}

/// A secret in place of another; neither is told.
pub(super) fn new_secret(field: &str, reference: &SecretReference) -> FieldChange {
    FieldChange {
        field: field.to_owned(),
        old: Value::Null,
        new: Value::String(reference.to_string()),
        drifted: false,
    }
}

/// The form in which ids of that kind are compared.
pub(super) fn compared(kind: Kind, id: &str) -> String {
    if kind == Kind::User {
        account_key(id)
    } else {
        id.to_owned()
    }
}

impl<'a> Draft<'a> {
    async fn new(
        app: &'a App,
        by: &'a By,
        (document, secrets): (&'a Document, &'a Secrets),
        options: &'a Options,
    ) -> Result<Self, PlanError> {
        app.refresh().await?;
        let mut managed = HashMap::new();
        for one in app.store.list_managed().await? {
            managed.insert((one.kind, compared(one.kind, &one.id)), one);
        }
        let registry = app.registry();
        let administrators: HashSet<UserId> = app
            .store
            .enabled_administrators()
            .await?
            .into_iter()
            .collect();
        Ok(Self {
            app,
            by,
            document,
            secrets,
            options,
            source: document.name.clone().unwrap_or_default(),
            managed,
            registry: Registry {
                scopes: registry.scopes.clone(),
                resources: registry.resources.clone(),
                ..Registry::default()
            },
            role_names: BTreeSet::new(),
            administrators,
            roles_of: HashMap::new(),
            secret_owners: HashMap::new(),
            stored_secrets: HashMap::new(),
            email_owners: HashMap::new(),
            algs: BTreeSet::new(),
            faults: Vec::new(),
            items: Vec::new(),
            removals: Vec::new(),
            work: Vec::new(),
            records: Vec::new(),
        })
    }
}

impl Draft<'_> {
    /// What the set manages and does not list, by kind and id.
    fn unlisted(&self) -> Vec<(Kind, String)> {
        let listed: HashSet<(Kind, String)> = self.document.keys().collect();
        let own = self
            .managed
            .iter()
            .filter(|(_, managed)| managed.source == self.source);
        let mut unlisted: Vec<(Kind, String)> = own
            .filter(|(key, _)| !listed.contains(key))
            .map(|(_, managed)| (managed.kind, managed.id.clone()))
            .collect();
        unlisted.sort();
        unlisted
    }

    pub(super) fn fault(&mut self, kind: Kind, id: &str, field: &str, fault: impl Into<String>) {
        let file = self.document.files.get(&(kind, compared(kind, id)));
        let are_several = self.document.files.values().collect::<HashSet<_>>().len() > 1;
        self.faults.push(Fault {
            kind,
            id: id.to_owned(),
            field: field.to_owned(),
            fault: fault.into(),
            file: file.filter(|_| are_several).cloned(),
        });
    }

    /// The value, or its fault noted.
    pub(super) fn checked<T>(
        &mut self,
        kind: Kind,
        id: &str,
        result: Result<T, AdminError>,
    ) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(AdminError::Invalid { field, fault }) => {
                self.fault(kind, id, field, fault);
                None
            }
            Err(error) => {
                self.fault(kind, id, "", error.to_string());
                None
            }
        }
    }

    pub(super) fn event(&self, kind: EventKind, detail: Value) -> Event {
        self.by.event(self.app, kind, detail)
    }

    pub(super) fn work(&mut self, change: Change, event: Event) {
        self.work.push(Step {
            change,
            event: Some(event),
        });
    }

    /// Whether the set may manage it: another one does not, or it is taken over.
    pub(super) fn may_manage(&mut self, kind: Kind, id: &str) -> bool {
        let managed = self.managed.get(&(kind, compared(kind, id)));
        let Some(other) = managed.map(|managed| managed.source.clone()) else {
            return true;
        };
        if other == self.source || self.options.take_over {
            return true;
        }
        let fault = format!("{other} manages it; take it out there, or take it over: --take-over");
        self.fault(kind, id, "", fault);
        false
    }

    /// Notes what becomes of a thing, and that it is managed.
    pub(super) fn settle(&mut self, sides: Sides<'_>) -> Action {
        let (kind, id) = (sides.kind, sides.id);
        let managed = self.managed.get(&(kind, compared(kind, id)));
        let own = managed.filter(|managed| managed.source == self.source);
        let last = own.and_then(|managed| managed.definition.as_object());
        let mut fields = sides.before.as_ref().map_or_else(Vec::new, |before| {
            state::compare(before, &sides.after, last)
        });
        fields.extend(sides.more);
        let action = match (&sides.before, fields.is_empty()) {
            (None, _) => Action::Create,
            (Some(_), true) => Action::Unchanged,
            (Some(_), false) => Action::Update,
        };
        let definition = Value::Object(sides.definition);
        let before = managed.map(|managed| managed.source.clone());
        if own.is_none_or(|own| own.definition != definition) {
            let managed = Managed {
                kind,
                id: managed.map_or_else(|| id.to_owned(), |managed| managed.id.clone()),
                source: self.source.clone(),
                definition,
                applied_at: self.app.clock.now(),
            };
            self.records.push(Step {
                change: Change::Manage(managed, before.clone()),
                event: None,
            });
        }
        self.items.push(Item {
            kind,
            id: id.to_owned(),
            action,
            fields,
            adopted: sides.before.is_some() && before.is_none(),
            taken_from: before.filter(|before| *before != self.source),
            notes: sides.notes,
        });
        action
    }

    /// What is behind a reference; `None` where it cannot be read and need not, as `is_kept` says, or is at fault.
    pub(super) fn secret(
        &mut self,
        (kind, id, field): (Kind, &str, &str),
        reference: &SecretReference,
        is_kept: bool,
        notes: &mut Vec<String>,
    ) -> Option<crate::model::secret::Secret<String>> {
        let secrets = self.secrets;
        match secrets.get(reference) {
            Found::Secret(secret) => return Some(secret.clone()),
            Found::Missing(why) if is_kept && !self.options.secrets_required => {
                notes.push(format!(
                    "{field}: {reference}: {why}; the one that there is stays"
                ));
            }
            Found::Missing(fault) | Found::Bad(fault) => {
                self.fault(kind, id, field, format!("{reference}: {fault}"));
            }
        }
        None
    }
}
