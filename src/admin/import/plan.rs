//! What an import would do to this installation: the same checks as on every other road, then one transaction.
//!
//! Only what is new is added. What is there already stays as it is, so an import may be run again.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::report::Report;
use super::{Imported, ImportedClient, ImportedUser, NewRole, Source};
use crate::admin::clients::{ClientFields, fields};
use crate::admin::{AdminError, By, Result, invalid, resources, scopes, users};
use crate::app::{App, Registry, ResourceKeys};
use crate::model::claims;
use crate::model::client::{AuthMethod, Client, ClientMetadata, Registration};
use crate::model::event::{Event, EventKind};
use crate::model::id::{ClientId, UserId};
use crate::model::secret::Secret;
use crate::model::user::{User, account_key};
use crate::random;
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
        if registry.resources.contains_key(&new.uri) {
            plan.kept.resources.push(new.uri);
            continue;
        }
        let resource = resources::describe(&registry, new)?;
        let detail = json!({ "resource": resource.uri, "alg": resource.alg.as_str() });
        let keys = ResourceKeys {
            resource: resource.clone(),
            secret: None,
        };
        registry.resources.insert(resource.uri.clone(), keys);
        plan.added.resources.push(resource.uri.clone());
        let event = by.event(app, EventKind::ResourceAdded, detail);
        plan.step(Change::AddResource(resource), event);
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

    async fn client(
        &mut self,
        (app, by, registry): (&App, &By, &Registry),
        mut imported: ImportedClient,
        makes_secrets: bool,
        secrets: &mut HashSet<[u8; 32]>,
    ) -> Result<()> {
        let given = imported.new.id.clone().unwrap_or_default();
        let id =
            ClientId::parse(&given).map_err(|error| invalid("client_id", error.to_string()))?;
        let is_twice = self.added.clients.contains(&given);
        if is_twice || app.store.find_client(&given).await?.is_some() {
            self.kept.clients.push(given);
            return Ok(());
        }
        let Some(metadata) = self.metadata_of(registry, &mut imported) else {
            return Ok(());
        };
        let now = app.clock.now();
        let mut client = Client {
            id,
            is_first_party: imported.new.fields.is_first_party.unwrap_or(false),
            registration: Registration::Administrator,
            disabled_at: imported.is_disabled.then_some(now),
            secrets: Vec::new(),
            created_at: now,
            sweep_at: None,
            version: 1,
            metadata,
        };
        let method = client.metadata.token_endpoint_auth_method;
        let secret = self.secret(&given, method, (imported.secret, makes_secrets), secrets);
        if let Some(secret) = secret {
            client
                .secrets
                .push(app.crypto.client_secret(&client.metadata, &secret, now));
        }
        let detail = json!({ "name": client.metadata.client_name });
        let mut event = by.event(app, EventKind::ClientAdded, detail);
        event.client_id = Some(client.id.clone());
        self.added.clients.push(given);
        self.metadata.push(client.metadata.clone());
        self.step(Change::AddClient(Box::new(client)), event);
        Ok(())
    }

    /// The metadata, without the optional fields that do not fit; `None` where the client has to be left out.
    fn metadata_of(
        &mut self,
        registry: &Registry,
        imported: &mut ImportedClient,
    ) -> Option<ClientMetadata> {
        let given = imported.new.id.clone().unwrap_or_default();
        loop {
            let error = match fields::new_metadata(registry, &imported.new) {
                Ok(metadata) => return Some(metadata),
                Err(error) => error,
            };
            let AdminError::Invalid { field, fault } = error else {
                return None;
            };
            let thing = ("client", given.as_str());
            let name = &mut imported.new.fields.name;
            if field == "client_name" && name.as_ref() != Some(&given) {
                let why = format!("{fault}; it is called by its client_id here");
                let mend = "give it a name: placet client update ID --name";
                self.report.note(thing, field, why, mend);
                *name = Some(given.clone());
            } else if take_away(&mut imported.new.fields, field) {
                let mend = "the field was left out; give it by hand: placet client update ID";
                self.report.note(thing, field, fault, mend);
            } else {
                let mend = "the client was left out; register it by hand: placet client add";
                self.report.note(thing, field, fault, mend);
                return None;
            }
        }
    }

    /// The secret that is kept, which is new where it had none that may be.
    fn secret(
        &mut self,
        id: &str,
        method: AuthMethod,
        (given, makes_secrets): (Option<Secret<String>>, bool),
        known: &mut HashSet<[u8; 32]>,
    ) -> Option<Secret<String>> {
        if !method.has_secret() {
            return None;
        }
        if let Some(given) = given {
            if known.insert(crate::crypto::sha256(given.expose().as_bytes())) {
                return Some(given);
            }
            let mend = "set the new secret in the app; it is printed once, when the import is done";
            let why = "another client of the file has the same secret";
            self.report.note(("client", id), "secret", why, mend);
        }
        if !makes_secrets {
            let mend = "make one when it is needed: placet client secret ID";
            self.report.note(
                ("client", id),
                "secret",
                "it has none, so it cannot prove itself",
                mend,
            );
            return None;
        }
        let new = random::token("placet_cs_");
        self.new_secrets.push((id.to_owned(), new.clone()));
        Some(new)
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
        let keys = [
            Some(user.id.to_string()),
            Some(account_key(&user.username)),
            user.email.as_deref().map(account_key),
        ];
        let keys: Vec<String> = keys.into_iter().flatten().collect();
        if keys.iter().any(|key| taken.contains(key)) {
            self.report.note(
                thing,
                "",
                "somebody before has the same id, name or address",
                left_out,
            );
            return Ok(());
        }
        taken.extend(keys);
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

/// Takes away a field that a client can do without; false where it is none, or empty already.
fn take_away(fields: &mut ClientFields, name: &str) -> bool {
    let text = match name {
        "client_uri" => &mut fields.client_uri,
        "logo_uri" => &mut fields.logo_uri,
        "policy_uri" => &mut fields.policy_uri,
        "tos_uri" => &mut fields.tos_uri,
        "jwks" => &mut fields.jwks,
        "jwks_uri" => &mut fields.jwks_uri,
        "backchannel_logout_uri" => &mut fields.backchannel_logout_uri,
        "frontchannel_logout_uri" => &mut fields.frontchannel_logout_uri,
        "id_token_signed_response_alg" => &mut fields.id_token_signed_response_alg,
        "userinfo_signed_response_alg" => &mut fields.userinfo_signed_response_alg,
        "request_object_signing_alg" => &mut fields.request_object_signing_alg,
        "token_endpoint_auth_signing_alg" => &mut fields.token_endpoint_auth_signing_alg,
        "sector_identifier_uri" if fields.subject_type.as_deref() == Some("pairwise") => {
            &mut fields.subject_type
        }
        "sector_identifier_uri" => &mut fields.sector_identifier_uri,
        "contacts" => return fields.contacts.take().is_some(),
        "request_uris" => return fields.request_uris.take().is_some(),
        _ => return false,
    };
    text.take().is_some()
}
