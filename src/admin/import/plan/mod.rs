//! What an import would do to this installation: the same checks as on every other road, then one transaction.
//!
//! Only what is new is added. What is there already stays as it is, so an import may be run again.

mod client;

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::report::Report;
use super::{Imported, ImportedUser, NewRole, Source};
use crate::admin::resources::{self, NewResource};
use crate::admin::{AdminError, By, Result, scopes, users};
use crate::app::{App, Registry, ResourceKeys};
use crate::model::claims;
use crate::model::client::ClientMetadata;
use crate::model::event::{Event, EventKind};
use crate::model::id::UserId;
use crate::model::secret::Secret;
use crate::model::user::{User, account_key};
use crate::storage::{Applied, Change, Step};

/// What is to be added, and what did not fit.
#[derive(Debug)]
pub struct Plan {
    pub source: Source,
    pub added: Names,
    /// What is there already, and stays as it is.
    pub kept: Names,
    /// Secrets that were made for clients, by client_id: shown once, after the import (S171).
    pub new_secrets: Vec<(String, Secret<String>)>,
    pub report: Report,
    steps: Vec<Step>,
    metadata: Vec<ClientMetadata>,
}

/// Names, by kind.
#[derive(Debug, Default, serde::Serialize)]
pub struct Names {
    pub scopes: Vec<String>,
    pub roles: Vec<String>,
    pub resources: Vec<String>,
    pub clients: Vec<String>,
    pub users: Vec<String>,
}

impl Names {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all().iter().all(|(_, names)| names.is_empty())
    }

    /// Each kind, with its names.
    pub fn all(&self) -> [(&'static str, &[String]); 5] {
        [
            ("scopes", &self.scopes),
            ("roles", &self.roles),
            ("resources", &self.resources),
            ("clients", &self.clients),
            ("users", &self.users),
        ]
    }
}

/// Checks everything against what is registered. `makes_secrets`: for clients that need one and bring none.
pub async fn plan(
    app: &App,
    by: &By,
    source: Source,
    imported: Imported,
    makes_secrets: bool,
) -> Result<Plan> {
    app.refresh().await?;
    let mut plan = Plan {
        source,
        added: Names::default(),
        kept: Names::default(),
        new_secrets: Vec::new(),
        report: imported.report,
        steps: Vec::new(),
        metadata: Vec::new(),
    };
    let mut registry = registry(app);
    plan.roles(app, by, imported.roles).await?;
    for new in imported.scopes {
        if registry.has_scope(&new.name) {
            plan.kept.scopes.push(new.name);
            continue;
        }
        let mut scope = scopes::describe(new, None)?;
        registry.scopes.push(scope.clone());
        // Version 0: a new one.
        scope.version = 0;
        let detail = json!({ "scope": scope.name, "is_new": true });
        plan.added.scopes.push(scope.name.clone());
        let event = by.event(app, EventKind::ScopeAdded, detail);
        plan.step(Change::PutScope(scope), event);
    }
    for new in imported.resources {
        plan.resource((app, by, &mut registry), new)?;
    }
    let mut secrets = HashSet::new();
    for client in imported.clients {
        let around = (app, by, &registry);
        plan.client(around, client, makes_secrets, &mut secrets)
            .await?;
    }
    let mut taken = HashSet::new();
    for user in imported.users {
        plan.user(app, by, user, &mut taken).await?;
    }
    Ok(plan)
}

/// Stores all of it, or nothing.
pub async fn apply(app: &App, by: &By, plan: &Plan) -> Result<()> {
    if plan.steps.is_empty() {
        return Ok(());
    }
    for alg in plan.metadata.iter().flat_map(ClientMetadata::chosen_algs) {
        app.ensure_key(alg).await?;
    }
    let counts: Map<String, Value> = plan
        .added
        .all()
        .into_iter()
        .map(|(kind, names)| (kind.to_owned(), json!(names.len())))
        .collect();
    let detail = json!({ "import": plan.source.as_str(), "added": counts });
    let event = by.event(app, EventKind::FileApplied, detail);
    match app.store.apply(&plan.steps, false, &event).await? {
        Applied::Done => {
            app.refresh().await?;
            Ok(())
        }
        Applied::Stale(_) | Applied::NoAdministrator => Err(AdminError::Changed {
            what: "installation",
            name: app.issuer().to_owned(),
        }),
    }
}

/// A registry of its own, to check against and to add to.
fn registry(app: &App) -> Registry {
    let now = app.registry();
    Registry {
        revision: now.revision,
        scopes: now.scopes.clone(),
        resources: now.resources.clone(),
        ..Registry::default()
    }
}

impl Plan {
    fn step(&mut self, change: Change, event: Event) {
        self.steps.push(Step {
            change,
            event: Some(event),
        });
    }

    fn resource(
        &mut self,
        (app, by, registry): (&App, &By, &mut Registry),
        new: NewResource,
    ) -> Result<()> {
        if registry.resources.contains_key(&new.uri) {
            self.kept.resources.push(new.uri);
            return Ok(());
        }
        let resource = resources::describe(registry, new)?;
        let detail = json!({ "resource": resource.uri, "alg": resource.alg.as_str() });
        let keys = ResourceKeys {
            resource: resource.clone(),
            secret: None,
        };
        registry.resources.insert(resource.uri.clone(), keys);
        self.added.resources.push(resource.uri.clone());
        let event = by.event(app, EventKind::ResourceAdded, detail);
        self.step(Change::AddResource(resource), event);
        Ok(())
    }

    async fn roles(&mut self, app: &App, by: &By, roles: Vec<NewRole>) -> Result<()> {
        let registered = app.store.registered_roles().await?;
        let known: HashMap<_, _> = registered
            .into_iter()
            .map(|(name, _, version)| (name, version))
            .collect();
        for role in roles {
            if known.contains_key(&role.name) {
                self.kept.roles.push(role.name);
                continue;
            }
            let event = by.event(app, EventKind::RoleAdded, json!({ "role": role.name }));
            self.added.roles.push(role.name.clone());
            let change = Change::PutRole {
                name: role.name,
                description: role.description,
                version: 0,
            };
            self.step(change, event);
        }
        Ok(())
    }

    async fn user(
        &mut self,
        app: &App,
        by: &By,
        imported: ImportedUser,
        taken: &mut HashSet<String>,
    ) -> Result<()> {
        let username = imported.new.username.clone();
        let thing = ("user", username.as_str());
        let left_out = "the account was left out; add it by hand: placet user add NAME";
        let changes = match users::check_claims(&imported.new.claims, &Map::new()) {
            Ok(changes) => changes,
            Err(error) => {
                self.report
                    .note(thing, "claims", error.to_string(), left_out);
                return Ok(());
            }
        };
        let mut user = match users::describe(app, imported.new) {
            Ok(user) => user,
            Err(AdminError::Invalid { field, fault }) => {
                self.report.note(thing, field, fault, left_out);
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        if let Some(id) = imported.id.filter(|id| !id.0.is_nil()) {
            user.id = id;
        }
        user.password_hash = imported.password_hash;
        user.disabled_at = imported.is_disabled.then_some(user.created_at);
        match who_is_there(app, &user).await? {
            Some(there) if imported.id.is_none_or(|id| id == there) => {
                self.kept.users.push(username);
                return Ok(());
            }
            Some(there) => {
                let why = format!("the account {there} has the name or address already");
                self.report.note(thing, "", why, left_out);
                return Ok(());
            }
            None => {}
        }
        if !are_free(&user, taken) {
            let why = "somebody before has the same id, name or address";
            self.report.note(thing, "", why, left_out);
            return Ok(());
        }
        let mut claims = Map::new();
        claims::apply(&mut claims, &changes);
        let detail = json!({ "username": user.username, "roles": user.roles });
        let mut event = by.event(app, EventKind::UserAdded, detail);
        event.user_id = Some(user.id);
        self.added.users.push(username);
        self.step(Change::AddUser(Box::new(user), claims), event);
        Ok(())
    }
}

/// Takes a person's id, name and address; false where somebody before has one of them.
fn are_free(user: &User, taken: &mut HashSet<String>) -> bool {
    let email = user.email.as_deref().map(account_key);
    let keys = [user.id.to_string(), account_key(&user.username)];
    let keys: Vec<String> = keys.into_iter().chain(email).collect();
    let is_free = keys.iter().all(|key| !taken.contains(key));
    if is_free {
        taken.extend(keys);
    }
    is_free
}

/// Whose the id, the name or the address is already.
async fn who_is_there(app: &App, user: &User) -> Result<Option<UserId>> {
    if let Some(found) = app.store.find_user(user.id).await? {
        return Ok(Some(found.id));
    }
    for name in [Some(&user.username), user.email.as_ref()]
        .into_iter()
        .flatten()
    {
        if let Some(found) = app.store.find_user_by_name(name).await? {
            return Ok(Some(found.id));
        }
    }
    Ok(None)
}
