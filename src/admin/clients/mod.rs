//! Clients: register, change, give a new secret, disable, remove. The rules of their metadata stand in `model::client`;
//! here are the defaults, and the checks against what else is registered.

use std::time::Duration;

use serde_json::{Map, json};

use super::managed::{self, Kind};
use super::{AdminError, By, Page, Paging, Result, already_there, invalid, not_found};
use crate::app::App;
use crate::model::client::{Client, ClientBranding, ClientMetadata, Registration};
use crate::model::event::{Event, EventKind};
use crate::model::id::ClientId;
use crate::model::merge_patch;
use crate::model::secret::Secret;
use crate::random;
pub use crate::storage::ClientFilter;
use crate::storage::{Added, Altered};

pub(super) mod admin_api;
pub(super) mod fields;
mod items;
pub(super) mod marks;
mod secrets;
mod view;

pub use fields::ClientFields;
pub use secrets::{add_secret, remove_secret};
pub use view::{ClientView, SecretView};

/// How often a change is tried anew because somebody else was quicker.
const ATTEMPTS: usize = 8;
const PAGE: i64 = 500;

/// A client to be registered.
#[derive(Debug, Clone, Default)]
pub struct NewClient {
    /// Else one is made.
    pub id: Option<String>,
    /// No secret, PKCE only: short for `token_endpoint_auth_method` `none`.
    pub is_public: bool,
    pub fields: ClientFields,
}

/// A client, and its new secret where one was just made: the only time that it can be read (S171).
#[derive(Debug)]
pub struct ClientWithSecret {
    pub client: Client,
    pub secret: Option<Secret<String>>,
}

/// Registers a client.
pub async fn add(app: &App, by: &By, new: NewClient) -> Result<ClientWithSecret> {
    app.refresh().await?;
    let now = app.clock.now();
    let id = match &new.id {
        Some(id) => ClientId::parse(id).map_err(|error| invalid("client_id", error.to_string()))?,
        None => random::client_id().map_err(|error| invalid("client_id", error.to_string()))?,
    };
    let metadata = fields::new_metadata(&app.registry(), &new)?;
    ensure_keys(app, &metadata).await?;
    let secret = metadata
        .token_endpoint_auth_method
        .has_secret()
        .then(|| random::token("placet_cs_"));
    let stored = secret
        .iter()
        .map(|secret| app.crypto.client_secret(&metadata, secret, now));
    let secrets = stored.collect();
    let mut client = Client {
        id,
        metadata,
        is_first_party: false,
        is_consent_always_asked: false,
        required_acr: None,
        branding: ClientBranding::default(),
        registration: Registration::Administrator,
        disabled_at: None,
        secrets,
        created_at: now,
        sweep_at: None,
        version: 1,
    };
    marks::mark(&mut client, &new.fields)?;
    let event = event(
        app,
        by,
        EventKind::ClientAdded,
        &client.id,
        json!({ "name": client.metadata.client_name }),
    );
    match app.store.add_client(&client, &event).await? {
        Added::AlreadyThere => Err(already_there("client", client.id.as_str())),
        Added::Added => {
            app.refresh().await?;
            Ok(ClientWithSecret { client, secret })
        }
    }
}

/// The client with that id as `new` describes it, whether or not there is one: idempotent. True if it is new.
///
/// Its secrets stay; it gets a first one where it needs one and has none.
pub async fn put(app: &App, by: &By, id: &str, new: NewClient) -> Result<(ClientWithSecret, bool)> {
    let id = ClientId::parse(id).map_err(|error| invalid("client_id", error.to_string()))?;
    app.refresh().await?;
    if app.store.find_client(id.as_str()).await?.is_none() {
        if by.expects.is_some() {
            return Err(changed(id.as_str()));
        }
        let id = Some(id.as_str().to_owned());
        let added = add(app, by, NewClient { id, ..new }).await?;
        return Ok((added, true));
    }
    let metadata = fields::new_metadata(&app.registry(), &new)?;
    let client = alter(app, by, id.as_str(), |client| {
        client.metadata = metadata.clone();
        client.is_first_party = false;
        client.is_consent_always_asked = false;
        client.required_acr = None;
        client.branding = ClientBranding::default();
        marks::mark(client, &new.fields)
    })
    .await?;
    let has_one = client.live_secrets(app.clock.now()).next().is_some();
    if client.metadata.token_endpoint_auth_method.has_secret() && !has_one {
        let by = By {
            expects: None,
            ..by.clone()
        };
        let with_secret = add_secret(app, &by, id.as_str(), Duration::ZERO).await?;
        return Ok((with_secret, false));
    }
    let secret = None;
    Ok((ClientWithSecret { client, secret }, false))
}

/// Changes what is given of a client's metadata.
pub async fn change(app: &App, by: &By, id: &str, fields: ClientFields) -> Result<Client> {
    app.refresh().await?;
    alter(app, by, id, |client| {
        fields::apply(&app.registry(), &mut client.metadata, &fields)?;
        if let Some(patch) = &fields.jwks_patch {
            merge_patch::apply(client.metadata.jwks.get_or_insert_default(), patch);
        }
        client.metadata.check()?;
        marks::mark(client, &fields)
    })
    .await
}

/// Whether [`change`] would take these fields; nothing is changed.
pub fn would_fit(app: &App, client: &Client, fields: &ClientFields) -> bool {
    let mut metadata = client.metadata.clone();
    fields::apply(&app.registry(), &mut metadata, fields).is_ok() && metadata.check().is_ok()
}

/// Ends all that the client may do, until it is enabled again.
pub async fn disable(app: &App, by: &By, id: &str) -> Result<Client> {
    let now = app.clock.now();
    alter(app, by, id, |client| {
        client.disabled_at = client.disabled_at.or(Some(now));
        Ok(())
    })
    .await
}

/// Lets a disabled client work again.
pub async fn enable(app: &App, by: &By, id: &str) -> Result<Client> {
    alter(app, by, id, |client| {
        client.disabled_at = None;
        Ok(())
    })
    .await
}

/// Reads a client, lets `make` change it, and stores it, if nobody else has changed it in between; else once more, unless `by`
/// expects the version that it had.
async fn alter(
    app: &App,
    by: &By,
    id: &str,
    make: impl Fn(&mut Client) -> Result<()>,
) -> Result<Client> {
    managed::guard(app, by, Kind::Client, id).await?;
    for _ in 0..ATTEMPTS {
        let before = show(app, id).await?;
        if by
            .expects
            .is_some_and(|expected| expected != before.version)
        {
            break;
        }
        let mut client = before.clone();
        make(&mut client)?;
        let mut detail = Map::new();
        let changed = changed_fields(&before, &client);
        if !changed.is_empty() {
            detail.insert("changed".to_owned(), json!(changed));
        }
        if before.is_enabled() != client.is_enabled() {
            detail.insert("disabled".to_owned(), json!(!client.is_enabled()));
        }
        if detail.is_empty() {
            return Ok(before);
        }
        ensure_keys(app, &client.metadata).await?;
        // What an administrator has taken in hand is in use.
        if client.sweep_at.is_some() && !app.store.keep_client(&client.id).await? {
            return Err(not_found("client", id));
        }
        let event = event(app, by, EventKind::ClientUpdated, &client.id, detail.into());
        match app.store.update_client(&client, &event).await? {
            Altered::Altered => {
                app.refresh().await?;
                return show(app, id).await;
            }
            Altered::Gone => return Err(not_found("client", id)),
            Altered::Stale => {}
        }
    }
    Err(changed(id))
}

/// Removes a client and all that was granted to it.
pub async fn remove(app: &App, by: &By, id: &str) -> Result<()> {
    let parsed = ClientId::parse(id).map_err(|_| not_found("client", id))?;
    let event = event(app, by, EventKind::ClientRemoved, &parsed, json!({}));
    managed::guard(app, by, Kind::Client, id).await?;
    let outcome = app.store.remove_client(&parsed, by.expects, &event).await?;
    altered(outcome, id)?;
    app.refresh().await?;
    Ok(())
}

/// Every client, by id.
pub async fn list(app: &App) -> Result<Vec<Client>> {
    let mut all: Vec<Client> = Vec::new();
    loop {
        let after = all
            .last()
            .map(|client| client.id.as_str().to_owned())
            .unwrap_or_default();
        let page = app.store.list_clients(&after, PAGE).await?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}

/// A part of the clients that are looked for, by id.
pub async fn find(app: &App, filter: &ClientFilter, paging: &Paging) -> Result<Page<Client>> {
    let limit = paging.limit()?;
    let after = paging.after.as_deref().unwrap_or_default();
    if !after.is_empty() && ClientId::parse(after).is_err() {
        return Err(invalid("after", "it is no cursor of this list"));
    }
    let found = app.store.find_clients(filter, after, limit + 1).await?;
    Ok(Page::cut(found, limit, |client| client.id.to_string()))
}

/// The client with that id, as it is stored now.
pub async fn show(app: &App, id: &str) -> Result<Client> {
    let is_id = ClientId::parse(id).is_ok();
    let found = if is_id {
        app.store.find_client(id).await?
    } else {
        None
    };
    found.ok_or_else(|| not_found("client", id))
}

/// Makes the keys that sign for this client, where there are none yet.
async fn ensure_keys(app: &App, metadata: &ClientMetadata) -> Result<()> {
    for alg in metadata.chosen_algs() {
        app.ensure_key(alg).await?;
    }
    Ok(())
}

fn altered(outcome: Altered, id: &str) -> Result<()> {
    match outcome {
        Altered::Altered => Ok(()),
        Altered::Stale => Err(changed(id)),
        Altered::Gone => Err(not_found("client", id)),
    }
}

fn changed(id: &str) -> AdminError {
    AdminError::Changed {
        what: "client",
        name: id.to_owned(),
    }
}

fn event(app: &App, by: &By, kind: EventKind, id: &ClientId, detail: serde_json::Value) -> Event {
    let mut event = by.event(app, kind, detail);
    event.client_id = Some(id.clone());
    event
}

/// The names of the metadata that differ, for the audit log.
fn changed_fields(before: &Client, after: &Client) -> Vec<String> {
    let object = |client: &Client| match serde_json::to_value(&client.metadata) {
        Ok(serde_json::Value::Object(object)) => object,
        _ => serde_json::Map::new(),
    };
    let (old, new) = (object(before), object(after));
    let mut names: Vec<String> = old
        .keys()
        .chain(new.keys())
        .filter(|key| old.get(*key) != new.get(*key))
        .cloned()
        .collect();
    if before.is_first_party != after.is_first_party {
        names.push("first_party".to_owned());
    }
    if before.is_consent_always_asked != after.is_consent_always_asked {
        names.push("always_ask".to_owned());
    }
    if before.required_acr != after.required_acr {
        names.push("required_acr".to_owned());
    }
    if before.branding.accent != after.branding.accent {
        names.push("accent".to_owned());
    }
    if before.branding.accent_dark != after.branding.accent_dark {
        names.push("accent_dark".to_owned());
    }
    names.sort();
    names.dedup();
    names
}
