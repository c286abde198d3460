//! Clients of a document, and their secrets.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::difference::{Draft, Sides, new_secret};
use super::document::ClientEntry;
use super::secret::SecretReference;
use super::state;
use super::{Action, PlanError};
use crate::admin::clients::marks::{self, check_marks};
use crate::admin::clients::{self, fields::new_metadata};
use crate::admin::{AdminError, invalid};
use crate::app::{Registry, ResourceKeys, after};
use crate::model::acr::Acr;
use crate::model::client::{Client, ClientBranding, ClientMetadata, ClientSecret, Registration};
use crate::model::event::{Event, EventKind};
use crate::model::id::ClientId;
use crate::model::localized::Localized;
use crate::model::managed::Kind;
use crate::model::scope::ScopeDefinition;
use crate::storage::Change;

/// From so many clients in a document on, all that there are are read.
const MANY: usize = 50;

impl Draft<'_> {
    pub(super) async fn clients(&mut self) -> Result<(), PlanError> {
        // Many are read together: one by one costs more than a look at those that are not meant.
        let mut stored = HashMap::new();
        let are_many = self.document.clients.len() > MANY;
        if are_many {
            for client in clients::list(self.app).await? {
                for secret in &client.secrets {
                    self.stored_secrets
                        .insert(secret.hash, client.id.to_string());
                }
                stored.insert(client.id.to_string(), client);
            }
        }
        for entry in &self.document.clients {
            let parsed = ClientId::parse(&entry.client_id)
                .map_err(|error| invalid("client_id", error.to_string()));
            let Some(id) = self.checked(Kind::Client, &entry.client_id, parsed) else {
                continue;
            };
            let before = if are_many {
                stored.remove(id.as_str())
            } else {
                self.app.store.find_client(id.as_str()).await?
            };
            self.client(entry, id, before).await?;
        }
        Ok(())
    }

    async fn client(
        &mut self,
        entry: &ClientEntry,
        id: ClientId,
        before: Option<Client>,
    ) -> Result<(), PlanError> {
        let kind = Kind::Client;
        if before
            .as_ref()
            .is_some_and(|before| before.registration == Registration::Dynamic)
        {
            let fault = "it registered itself, and may change itself; choose another client_id, or remove it first";
            self.fault(kind, id.as_str(), "client_id", fault);
            return Ok(());
        }
        let described = match before
            .as_ref()
            .and_then(|before| self.with_loose_ends(before))
        {
            Some(registry) => describe(&registry, entry),
            None => describe(&self.registry, entry),
        };
        let Some((metadata, required_acr, branding)) = self.checked(kind, id.as_str(), described)
        else {
            return Ok(());
        };
        let mut notes = Vec::new();
        let secret = self
            .client_secret((entry, &metadata), before.as_ref(), &mut notes)
            .await?;
        if !self.may_manage(kind, id.as_str()) {
            return Ok(());
        }
        let now = self.app.clock.now();
        let disabled_at = match (entry.disabled, &before) {
            (Some(true), before) => Some(
                before
                    .as_ref()
                    .and_then(|before| before.disabled_at)
                    .unwrap_or(now),
            ),
            (Some(false), _) | (None, None) => None,
            (None, Some(before)) => before.disabled_at,
        };
        let client = Client {
            id,
            metadata,
            is_first_party: entry.first_party.unwrap_or(false),
            is_consent_always_asked: entry.always_ask.unwrap_or(false),
            required_acr,
            branding,
            registration: Registration::Administrator,
            disabled_at,
            secrets: Vec::new(),
            created_at: now,
            sweep_at: None,
            version: before.as_ref().map_or(1, |before| before.version),
        };
        self.client_work(entry, (before, client), secret, notes);
        Ok(())
    }

    fn client_work(
        &mut self,
        entry: &ClientEntry,
        (before, client): (Option<Client>, Client),
        secret: Option<ClientSecret>,
        notes: Vec<String>,
    ) {
        let after_state = state::of_client(&client);
        let mut definition = after_state.clone();
        if entry.disabled.is_none() {
            definition.remove("disabled");
        }
        let mut more = Vec::new();
        if let Some(reference) = &entry.client_secret {
            definition.insert("client_secret".to_owned(), json!(reference));
            let is_other = secret.is_some() && before.is_some();
            more.extend(is_other.then(|| new_secret("client_secret", reference)));
        }
        let before_state = before.as_ref().map(state::of_client);
        let is_other = before_state
            .as_ref()
            .is_some_and(|before| *before != after_state);
        let action = self.settle(Sides {
            kind: Kind::Client,
            id: client.id.as_str(),
            before: before_state,
            after: after_state,
            definition,
            more,
            notes,
        });
        self.client_steps(action, is_other, client, secret);
    }

    fn client_steps(
        &mut self,
        action: Action,
        is_other: bool,
        mut client: Client,
        secret: Option<ClientSecret>,
    ) {
        if matches!(action, Action::Create | Action::Update) {
            self.algs.extend(client.metadata.chosen_algs());
        }
        let id = client.id.clone();
        if action == Action::Create {
            client.secrets.extend(secret);
            let detail = json!({ "name": client.metadata.client_name });
            let event = self.client_event(EventKind::ClientAdded, &id, detail);
            self.work(Change::AddClient(Box::new(client)), event);
            return;
        }
        let version = (!is_other).then_some(client.version);
        if is_other {
            let fields = self.items.last().map(|item| &item.fields);
            let changed: Vec<&String> = fields
                .into_iter()
                .flatten()
                .map(|change| &change.field)
                .collect();
            let event =
                self.client_event(EventKind::ClientUpdated, &id, json!({ "changed": changed }));
            self.work(Change::UpdateClient(Box::new(client)), event);
        }
        if let Some(secret) = secret {
            let others_expire_at = after(secret.created_at, self.options.overlap);
            let detail = json!({ "others_expire_at": others_expire_at });
            let event = self.client_event(EventKind::ClientSecretAdded, &id, detail);
            let change = Change::PutSecret {
                id,
                version,
                secret: Box::new(secret),
                others_expire_at,
            };
            self.work(change, event);
        }
    }

    pub(super) fn client_event(&self, kind: EventKind, id: &ClientId, detail: Value) -> Event {
        let mut event = self.event(kind, detail);
        event.client_id = Some(id.clone());
        event
    }

    /// The secret that has to be stored; `None` where there is nothing to do, or a fault.
    async fn client_secret(
        &mut self,
        (entry, metadata): (&ClientEntry, &ClientMetadata),
        before: Option<&Client>,
        notes: &mut Vec<String>,
    ) -> Result<Option<ClientSecret>, PlanError> {
        let id = entry.client_id.as_str();
        let place = (Kind::Client, id, "client_secret");
        let method = metadata.token_endpoint_auth_method;
        let had_one =
            before.is_some_and(|before| before.metadata.token_endpoint_auth_method.has_secret());
        let now = self.app.clock.now();
        let Some(reference) = &entry.client_secret else {
            let has_live = before.is_some_and(|before| before.live_secrets(now).next().is_some());
            if method.has_secret() && !has_live && !had_one {
                let example = SecretReference::placeholder(id);
                let fault = format!(
                    "a client with {} needs one: say where it is, such as \"{example}\" or \"file:/run/secrets/NAME\"",
                    method.as_str()
                );
                self.fault(place.0, place.1, place.2, fault);
            }
            return Ok(None);
        };
        if !method.has_secret() {
            let fault = format!("a client with {} has none; leave it out", method.as_str());
            self.fault(place.0, place.1, place.2, fault);
            return Ok(None);
        }
        let Some(secret) = self.secret(place, reference, had_one, notes) else {
            return Ok(None);
        };
        let stored = self.app.crypto.client_secret(metadata, &secret, now);
        let other = match self.secret_owners.insert(stored.hash, id.to_owned()) {
            Some(other) => Some(other),
            None if self.document.clients.len() > MANY => {
                self.stored_secrets.get(&stored.hash).cloned()
            }
            None => self.app.store.secret_owner(&stored.hash).await?,
        };
        if let Some(other) = other.filter(|other| other != id) {
            let fault =
                format!("{reference}: the client {other:?} has the same; each has one of its own");
            self.fault(place.0, place.1, place.2, fault);
            return Ok(None);
        }
        let is_it = |known: &ClientSecret| {
            let is_sealed_enough = known.sealed.is_some() || stored.sealed.is_none();
            known.hash == stored.hash && known.expires_at.is_none() && is_sealed_enough
        };
        let is_there = before.is_some_and(|before| before.secrets.iter().any(is_it));
        Ok((!is_there).then_some(stored))
    }

    /// What would be, and what a client that there is speaks of although it went: that is no fault of the document's.
    fn with_loose_ends(&self, before: &Client) -> Option<Registry> {
        let registry = self.app.registry();
        let scopes: Vec<&str> = before
            .metadata
            .scope
            .iter()
            .filter(|name| !registry.has_scope(name))
            .collect();
        let all = before
            .metadata
            .resources
            .iter()
            .chain(&before.metadata.resource_server_of);
        let resources: Vec<&String> = all
            .filter(|uri| !registry.resources.contains_key(*uri))
            .collect();
        let example = self.registry.resources.values().next()?;
        if scopes.is_empty() && resources.is_empty() {
            return None;
        }
        let mut extended = Registry {
            scopes: self.registry.scopes.clone(),
            resources: self.registry.resources.clone(),
            ..Registry::default()
        };
        extended
            .scopes
            .extend(scopes.into_iter().map(|name| ScopeDefinition {
                name: name.to_owned(),
                description: String::new(),
                is_required: false,
                descriptions: Localized::default(),
                version: 0,
            }));
        for uri in resources {
            let keys = ResourceKeys::clone(example);
            extended.resources.entry(uri.clone()).or_insert(keys);
        }
        Some(extended)
    }
}

fn describe(
    registry: &Registry,
    entry: &ClientEntry,
) -> Result<(ClientMetadata, Option<Acr>, ClientBranding), AdminError> {
    let new = entry.to_new();
    let mut metadata = new_metadata(registry, &new)?;
    metadata.require_auth_time = entry.require_auth_time.unwrap_or(false);
    metadata.software_id.clone_from(&entry.software_id);
    metadata
        .software_version
        .clone_from(&entry.software_version);
    metadata.check()?;
    let (is_ours, is_always_asked) = (entry.first_party, entry.always_ask);
    check_marks(
        is_ours.unwrap_or_default(),
        is_always_asked.unwrap_or_default(),
    )?;
    let required_acr = marks::required_acr(&new.fields, None)?;
    let branding = marks::branding(&new.fields, ClientBranding::default())?;
    Ok((metadata, required_acr, branding))
}
