//! Resources of a document.

use std::collections::HashMap;
use std::time::Duration;

use serde_json::json;

use super::difference::{Draft, Sides, new_secret};
use super::document::ResourceEntry;
use super::state;
use super::{Action, PlanError};
use crate::admin::resources::{self, NewResource};
use crate::admin::{AdminError, invalid};
use crate::app::{Registry, ResourceKeys};
use crate::crypto;
use crate::model::event::EventKind;
use crate::model::managed::Kind;
use crate::model::resource::{Resource, TokenRoles, admin_api_uri};
use crate::model::signing_key::SigningAlg;
use crate::model::user::check_role;
use crate::storage::Change;

impl Draft<'_> {
    pub(super) async fn resources(&mut self) -> Result<(), PlanError> {
        let stored = self.app.store.list_resources().await?;
        let stored: HashMap<String, Resource> = stored
            .into_iter()
            .map(|resource| (resource.uri.clone(), resource))
            .collect();
        for entry in &self.document.resources {
            self.resource(entry, stored.get(&entry.uri));
        }
        Ok(())
    }

    fn resource(&mut self, entry: &ResourceEntry, before: Option<&Resource>) {
        let (kind, uri) = (Kind::Resource, entry.uri.as_str());
        if uri == admin_api_uri(self.app.issuer()) {
            self.fault(kind, uri, "uri", "it is this server's own; leave it out");
            return;
        }
        let described = describe(&self.registry, entry);
        let described = self.checked(kind, uri, described);
        self.check_scope_roles(entry);
        let Some(mut resource) = described else {
            return;
        };
        let mut notes = Vec::new();
        let is_new_secret = self.resource_secret(entry, (before, &mut resource), &mut notes);
        resource.version = before.map_or(1, |before| before.version);
        let keys = ResourceKeys {
            resource: resource.clone(),
            secret: None,
        };
        self.registry.resources.insert(uri.to_owned(), keys);
        if !self.may_manage(kind, uri) {
            return;
        }
        let after = state::of_resource(&resource);
        let mut definition = after.clone();
        let mut more = Vec::new();
        if let Some(reference) = &entry.secret {
            definition.insert("secret".to_owned(), json!(reference));
            let is_other = is_new_secret && before.is_some();
            more.extend(is_other.then(|| new_secret("secret", reference)));
        }
        let action = self.settle(Sides {
            kind,
            id: uri,
            before: before.map(state::of_resource),
            after,
            definition,
            more,
            notes,
        });
        if resource.alg != SigningAlg::HS256 {
            self.algs.insert(resource.alg);
        }
        let kind = match action {
            Action::Create => EventKind::ResourceAdded,
            Action::Update => EventKind::ResourceUpdated,
            Action::Unchanged | Action::Remove => return,
        };
        let event = self.event(
            kind,
            json!({ "resource": uri, "alg": resource.alg.as_str() }),
        );
        let change = if action == Action::Create {
            Change::AddResource(resource)
        } else {
            Change::UpdateResource(resource)
        };
        self.work(change, event);
    }

    fn check_scope_roles(&mut self, entry: &ResourceEntry) {
        for role in entry.scope_roles.values().flatten() {
            if check_role(role).is_err() || !self.role_names.contains(role) {
                let fault = format!("{role:?} is not registered; list it among the roles");
                self.fault(Kind::Resource, &entry.uri, "scope_roles", fault);
            }
        }
    }

    /// Puts the secret that a resource with HS256 has into it; true if it is another than before.
    fn resource_secret(
        &mut self,
        entry: &ResourceEntry,
        (before, resource): (Option<&Resource>, &mut Resource),
        notes: &mut Vec<String>,
    ) -> bool {
        let place = (Kind::Resource, entry.uri.as_str(), "secret");
        if resource.alg != SigningAlg::HS256 {
            if entry.secret.is_some() {
                let fault = "only a resource with the alg HS256 has one; leave it out";
                self.fault(place.0, place.1, place.2, fault);
            }
            return false;
        }
        let stored = before.and_then(|before| before.secret_sealed.clone());
        resource.secret_sealed.clone_from(&stored);
        let Some(reference) = &entry.secret else {
            if stored.is_none() {
                let fault = "a resource with HS256 needs one: say where it is, such as \"env:NAME\" or \"file:/run/secrets/NAME\"";
                self.fault(place.0, place.1, place.2, fault);
            }
            return false;
        };
        let Some(secret) = self.secret(place, reference, stored.is_some(), notes) else {
            return false;
        };
        let at_rest = &self.app.crypto.at_rest;
        let open = |sealed: &Vec<u8>| at_rest.open(entry.uri.as_bytes(), sealed);
        let opened = stored.as_ref().and_then(open).unwrap_or_default();
        if crypto::equal(&opened, secret.expose().as_bytes()) {
            return false;
        }
        resource.secret_sealed = Some(resources::seal_secret(self.app, &entry.uri, &secret));
        true
    }
}

fn describe(registry: &Registry, entry: &ResourceEntry) -> Result<Resource, AdminError> {
    let mut resource = resources::describe(
        registry,
        NewResource {
            uri: entry.uri.clone(),
            name: entry.name.clone(),
            names: entry.names.clone(),
            scope: entry.scope.clone(),
            alg: entry.alg.clone(),
            access_ttl: entry.access_ttl_seconds.map(Duration::from_secs),
            format: entry.format.clone(),
            // Checked and set below.
            ..NewResource::default()
        },
    )?;
    if let Some(name) = entry
        .scope_roles
        .keys()
        .find(|name| !resource.scope.contains(name))
    {
        let fault = format!("{name:?} is not in the resource's scope; put it there");
        return Err(invalid("scope_roles", fault));
    }
    resource.scope_roles.clone_from(&entry.scope_roles);
    resource.token_roles = match entry.token_roles.as_deref() {
        None | Some("all") => TokenRoles::All,
        Some("own") => TokenRoles::Own,
        Some("none") => TokenRoles::None,
        Some(other) => {
            let fault = format!("{other:?} is not one of all, own, none");
            return Err(invalid("token_roles", fault));
        }
    };
    Ok(resource)
}
