//! What a set manages and no longer lists goes: that alone, and never the last administrator.

use serde_json::json;
use uuid::Uuid;

use super::difference::{Draft, compared};
use super::{Action, Item, PlanError};
use crate::model::event::{Event, EventKind};
use crate::model::id::ClientId;
use crate::model::managed::Kind;
use crate::model::scope;
use crate::storage::{Change, Step, UserFilter};

/// At most so many who have a role are looked at.
const HOLDERS: i64 = 1000;

impl Draft<'_> {
    /// What goes is not there for what is checked.
    pub(super) fn forget(&mut self, unlisted: &[(Kind, String)]) {
        for (kind, id) in unlisted {
            match kind {
                Kind::Scope => {
                    let built_in = scope::built_in()
                        .into_iter()
                        .find(|scope| scope.name == *id);
                    self.registry.scopes.retain(|scope| scope.name != *id);
                    self.registry.scopes.extend(built_in);
                }
                Kind::Resource => {
                    self.registry.resources.remove(id);
                }
                Kind::Role | Kind::Client | Kind::User => {}
            }
        }
    }

    /// Whether it goes; `key` is its id in the form in which it is compared.
    pub(super) fn is_pruned(&self, kind: Kind, key: &str) -> bool {
        let managed = self.managed.get(&(kind, key.to_owned()));
        let is_own = managed.is_some_and(|managed| managed.source == self.source);
        is_own
            && self.options.prune
            && !self
                .document
                .keys()
                .any(|listed| listed == (kind, key.to_owned()))
    }

    /// Who may have what goes before it: users first.
    pub(super) async fn prune(&mut self, unlisted: Vec<(Kind, String)>) -> Result<(), PlanError> {
        for (kind, id) in unlisted.into_iter().rev() {
            let removal = match kind {
                Kind::User => match self.user_removal(&id).await? {
                    // The last administrator stays.
                    Removal::Kept => continue,
                    other => other,
                },
                Kind::Client => self.client_removal(&id).await?,
                Kind::Resource => {
                    let all = self.app.store.list_resources().await?;
                    let found = all.iter().find(|resource| resource.uri == id);
                    Removal::of(found.map(|found| {
                        let event =
                            self.event(EventKind::ResourceRemoved, json!({ "resource": id }));
                        (
                            Change::RemoveResource {
                                uri: id.clone(),
                                version: found.version,
                            },
                            event,
                        )
                    }))
                }
                Kind::Scope => {
                    let all = self.app.store.list_scopes().await?;
                    let found = all.iter().find(|scope| scope.name == id);
                    Removal::of(found.map(|found| {
                        let event = self.event(EventKind::ScopeRemoved, json!({ "scope": id }));
                        (
                            Change::RemoveScope {
                                name: id.clone(),
                                version: found.version,
                            },
                            event,
                        )
                    }))
                }
                Kind::Role => self.role_removal(&id).await?,
            };
            let (action, notes) = match removal {
                Removal::Do(step) => {
                    self.removing(kind).push(*step);
                    (Action::Remove, Vec::new())
                }
                // Somebody took it away by another road.
                Removal::Gone => {
                    self.removals.push(Step {
                        change: Change::Forget(kind, id.clone()),
                        event: None,
                    });
                    (Action::Unchanged, vec!["it is gone already".to_owned()])
                }
                Removal::Kept => continue,
            };
            self.note(kind, &id, action, notes);
        }
        Ok(())
    }

    /// A role goes after what takes it from whoever has it still.
    const fn removing(&mut self, kind: Kind) -> &mut Vec<Step> {
        match kind {
            Kind::Role => &mut self.work,
            _ => &mut self.removals,
        }
    }

    fn note(&mut self, kind: Kind, id: &str, action: Action, notes: Vec<String>) {
        self.items.push(Item {
            kind,
            id: id.to_owned(),
            action,
            fields: Vec::new(),
            adopted: false,
            taken_from: None,
            notes,
        });
    }

    async fn user_removal(&mut self, id: &str) -> Result<Removal, PlanError> {
        let Some(user) = self.app.store.find_user_by_name(id).await? else {
            return Ok(Removal::Gone);
        };
        let is_last = self.administrators.iter().all(|other| *other == user.id);
        if is_last && self.administrators.contains(&user.id) {
            let note = "it is not listed, but stays: nobody else can administer";
            self.note(Kind::User, id, Action::Unchanged, vec![note.to_owned()]);
            return Ok(Removal::Kept);
        }
        self.administrators.remove(&user.id);
        self.roles_of.insert(user.id, Vec::new());
        let mut event = self.event(EventKind::UserRemoved, json!({ "username": user.username }));
        event.user_id = Some(user.id);
        Ok(Removal::of(Some((
            Change::RemoveUser(Box::new(user)),
            event,
        ))))
    }

    async fn client_removal(&mut self, id: &str) -> Result<Removal, PlanError> {
        let found = self.app.store.find_client(id).await?;
        let found = found.zip(ClientId::parse(id).ok());
        Ok(Removal::of(found.map(|(client, id)| {
            let event = self.client_event(EventKind::ClientRemoved, &id, json!({}));
            let version = client.version;
            (Change::RemoveClient { id, version }, event)
        })))
    }

    /// A role that somebody has, or that a resource names, cannot go.
    async fn role_removal(&mut self, id: &str) -> Result<Removal, PlanError> {
        let all = self.app.store.registered_roles().await?;
        let Some((_, _, version)) = all.into_iter().find(|(name, _, _)| name == id) else {
            return Ok(Removal::Gone);
        };
        let filter = UserFilter {
            role: Some(id.to_owned()),
            ..UserFilter::default()
        };
        let holders = self
            .app
            .store
            .find_users(&filter, Uuid::nil(), HOLDERS)
            .await?;
        let has_it = |roles: &[String]| roles.iter().any(|role| role == id);
        let holder = holders
            .iter()
            .find(|user| has_it(self.roles_of.get(&user.id).unwrap_or(&user.roles)));
        let names_it = |keys: &&crate::app::ResourceKeys| {
            keys.resource
                .scope_roles
                .values()
                .any(|roles| roles.contains(id))
        };
        let resource = self.registry.resources.values().find(names_it);
        let fault = match (holder, resource) {
            (Some(holder), _) => format!("it cannot go: the user {:?} has it", holder.username),
            (None, Some(keys)) => format!(
                "it cannot go: the resource {:?} reserves a scope to it",
                keys.resource.uri
            ),
            (None, None) => {
                let event = self.event(EventKind::RoleRemoved, json!({ "role": id }));
                return Ok(Removal::of(Some((
                    Change::RemoveRole {
                        name: id.to_owned(),
                        version,
                    },
                    event,
                ))));
            }
        };
        self.fault(Kind::Role, &compared(Kind::Role, id), "name", fault);
        Ok(Removal::Kept)
    }
}

enum Removal {
    Do(Box<Step>),
    Gone,
    Kept,
}

impl Removal {
    fn of(found: Option<(Change, Event)>) -> Self {
        match found {
            Some((change, event)) => Self::Do(Box::new(Step {
                change,
                event: Some(event),
            })),
            None => Self::Gone,
        }
    }
}
