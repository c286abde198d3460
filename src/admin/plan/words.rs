//! Roles and scopes of a document: names with words to them.

use std::collections::HashMap;

use serde_json::json;

use super::difference::{Draft, Sides};
use super::state;
use super::{Action, PlanError};
use crate::admin::scopes::{self, NewScope};
use crate::admin::{check_text, invalid};
use crate::model::event::EventKind;
use crate::model::localized::Localized;
use crate::model::managed::Kind;
use crate::model::scope::{self, ScopeDefinition};
use crate::model::user::{ADMIN_ROLE, check_role};
use crate::storage::Change;

const MAX_DESCRIPTION: usize = 200;

/// Whether a scope of that name is required where nobody says.
pub(super) fn is_required_by_default(name: &str) -> bool {
    let mut built_in = scope::built_in().into_iter();
    built_in.any(|scope| scope.name == name && scope.is_required)
}

impl Draft<'_> {
    pub(super) async fn roles(&mut self) -> Result<(), PlanError> {
        let stored = self.app.store.registered_roles().await?;
        let stored: HashMap<String, (String, i64)> = stored
            .into_iter()
            .map(|(name, description, version)| (name, (description, version)))
            .collect();
        self.role_names.extend(stored.keys().cloned());
        self.role_names.insert(ADMIN_ROLE.to_owned());
        for entry in &self.document.roles {
            let name = &entry.name;
            let description = entry.description.trim();
            let checked = check_role(name)
                .map_err(|fault| invalid("name", fault))
                .and_then(|()| match description {
                    _ if name == ADMIN_ROLE => Err(invalid("name", "it is built in; leave it out")),
                    "" => Ok(()),
                    text => check_text("description", text, MAX_DESCRIPTION),
                });
            if self.checked(Kind::Role, name, checked).is_none()
                || !self.may_manage(Kind::Role, name)
            {
                continue;
            }
            self.role_names.insert(name.clone());
            let after = state::of_role(description);
            let before = stored.get(name);
            let action = self.settle(Sides {
                kind: Kind::Role,
                id: name,
                before: before.map(|(description, _)| state::of_role(description)),
                definition: after.clone(),
                after,
                more: Vec::new(),
                notes: Vec::new(),
            });
            let kind = match action {
                Action::Create => EventKind::RoleAdded,
                Action::Update => EventKind::RoleUpdated,
                Action::Unchanged | Action::Remove => continue,
            };
            let change = Change::PutRole {
                name: name.clone(),
                description: description.to_owned(),
                version: before.map_or(0, |(_, version)| *version),
            };
            let event = self.event(kind, json!({ "role": name }));
            self.work(change, event);
        }
        Ok(())
    }

    pub(super) async fn scopes(&mut self) -> Result<(), PlanError> {
        let stored = self.app.store.list_scopes().await?;
        let stored: HashMap<String, ScopeDefinition> = stored
            .into_iter()
            .map(|scope| (scope.name.clone(), scope))
            .collect();
        for entry in &self.document.scopes {
            let name = &entry.name;
            let new = NewScope {
                name: name.clone(),
                description: entry.description.clone(),
                is_required: Some(
                    entry
                        .required
                        .unwrap_or_else(|| is_required_by_default(name)),
                ),
                descriptions: Some(entry.descriptions.clone()),
            };
            let checked = scopes::describe(new, None);
            let Some(mut scope) = self.checked(Kind::Scope, name, checked) else {
                // What speaks of it is not at fault too.
                self.register(ScopeDefinition {
                    name: name.clone(),
                    description: String::new(),
                    is_required: false,
                    descriptions: Localized::default(),
                    version: 0,
                });
                continue;
            };
            let before = stored.get(name);
            scope.version = before.map_or(0, |before| before.version);
            self.register(scope.clone());
            if !self.may_manage(Kind::Scope, name) {
                continue;
            }
            let after = state::of_scope(&scope);
            let action = self.settle(Sides {
                kind: Kind::Scope,
                id: name,
                before: before.map(state::of_scope),
                definition: after.clone(),
                after,
                more: Vec::new(),
                notes: Vec::new(),
            });
            let kind = match action {
                Action::Create => EventKind::ScopeAdded,
                Action::Update => EventKind::ScopeUpdated,
                Action::Unchanged | Action::Remove => continue,
            };
            let event = self.event(kind, json!({ "scope": name }));
            self.work(Change::PutScope(scope), event);
        }
        Ok(())
    }

    fn register(&mut self, scope: ScopeDefinition) {
        self.registry
            .scopes
            .retain(|known| known.name != scope.name);
        self.registry.scopes.push(scope);
    }
}
