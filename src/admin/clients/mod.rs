//! Clients: register, change, give a new secret, disable, remove. The rules of their metadata stand in `model::client`;
//! here are the defaults, and the checks against what else is registered.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;

use super::{By, Result, already_there, invalid, not_found};
use crate::app::{App, after};
use crate::model::client::{Client, ClientMetadata, Registration};
use crate::model::event::{Event, EventKind};
use crate::model::id::ClientId;
use crate::model::secret::Secret;
use crate::random;
use crate::storage::Added;

mod fields;

pub use fields::ClientFields;

/// How long a replaced secret may live on.
const MAX_OVERLAP: Duration = Duration::from_hours(90 * 24);
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
    let metadata = fields::new_metadata(app, &new)?;
    ensure_keys(app, &metadata).await?;
    let secret = metadata
        .token_endpoint_auth_method
        .has_secret()
        .then(|| random::token("placet_cs_"));
    let stored = secret
        .iter()
        .map(|secret| app.crypto.client_secret(&metadata, secret, now));
    let secrets = stored.collect();
    let client = Client {
        id,
        metadata,
        is_first_party: new.fields.is_first_party.unwrap_or(false),
        registration: Registration::Administrator,
        disabled_at: None,
        secrets,
        created_at: now,
        sweep_at: None,
        version: 1,
    };
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

/// Changes what is given of a client's metadata.
pub async fn change(app: &App, by: &By, id: &str, fields: ClientFields) -> Result<Client> {
    app.refresh().await?;
    let mut client = show(app, id).await?;
    let before = client.clone();
    fields::apply(app, &mut client.metadata, &fields)?;
    client.metadata.check()?;
    client.is_first_party = fields.is_first_party.unwrap_or(client.is_first_party);
    ensure_keys(app, &client.metadata).await?;
    let changed = changed_fields(&before, &client);
    if changed.is_empty() {
        return Ok(client);
    }
    // What an administrator has taken in hand is in use.
    if client.sweep_at.is_some() && !app.store.keep_client(&client.id).await? {
        return Err(not_found("client", id));
    }
    store(app, by, client, json!({ "changed": changed })).await
}

/// Whether [`change`] would take these fields; nothing is changed.
pub fn would_fit(app: &App, client: &Client, fields: &ClientFields) -> bool {
    let mut metadata = client.metadata.clone();
    fields::apply(app, &mut metadata, fields).is_ok() && metadata.check().is_ok()
}

/// Ends all that the client may do, until it is enabled again.
pub async fn disable(app: &App, by: &By, id: &str) -> Result<Client> {
    let mut client = show(app, id).await?;
    if !client.is_enabled() {
        return Ok(client);
    }
    client.disabled_at = Some(app.clock.now());
    store(app, by, client, json!({ "disabled": true })).await
}

/// Lets a disabled client work again.
pub async fn enable(app: &App, by: &By, id: &str) -> Result<Client> {
    let mut client = show(app, id).await?;
    if client.is_enabled() {
        return Ok(client);
    }
    client.disabled_at = None;
    store(app, by, client, json!({ "disabled": false })).await
}

/// Makes a new secret; those that there are live on for `overlap`, so that the app can change over.
pub async fn add_secret(
    app: &App,
    by: &By,
    id: &str,
    overlap: Duration,
) -> Result<ClientWithSecret> {
    let client = show(app, id).await?;
    if !client.metadata.token_endpoint_auth_method.has_secret() {
        return Err(invalid(
            "token_endpoint_auth_method",
            "the client authenticates without a secret; first give it a method: placet client update ID --token-endpoint-auth-method client_secret_basic",
        ));
    }
    if overlap > MAX_OVERLAP {
        return Err(invalid("overlap", "it is at most 90d"));
    }
    let now = app.clock.now();
    let secret = random::token("placet_cs_");
    let stored = app.crypto.client_secret(&client.metadata, &secret, now);
    let others_expire_at = after(now, overlap);
    let detail = json!({ "others_expire_at": others_expire_at });
    let event = event(app, by, EventKind::ClientSecretAdded, &client.id, detail);
    app.store
        .add_client_secret(&client.id, &stored, others_expire_at, &event)
        .await?;
    app.refresh().await?;
    Ok(ClientWithSecret {
        client: show(app, id).await?,
        secret: Some(secret),
    })
}

/// Removes a client and all that was granted to it.
pub async fn remove(app: &App, by: &By, id: &str) -> Result<()> {
    let parsed = ClientId::parse(id).map_err(|_| not_found("client", id))?;
    let event = event(app, by, EventKind::ClientRemoved, &parsed, json!({}));
    if !app.store.remove_client(&parsed, &event).await? {
        return Err(not_found("client", id));
    }
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

async fn store(app: &App, by: &By, client: Client, detail: serde_json::Value) -> Result<Client> {
    let event = event(app, by, EventKind::ClientUpdated, &client.id, detail);
    if !app.store.update_client(&client, &event).await? {
        return Err(not_found("client", client.id.as_str()));
    }
    app.refresh().await?;
    Ok(client)
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
    names.sort();
    names.dedup();
    names
}

/// Client information in the words of RFC 7591 §3.2.1, and ours.
#[derive(Debug, Serialize)]
pub struct ClientView<'a> {
    client_id: &'a str,
    client_id_issued_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_secret: Option<&'a str>,
    /// 0: it does not expire. Goes with `client_secret`.
    #[serde(skip_serializing_if = "Option::is_none")]
    client_secret_expires_at: Option<i64>,
    #[serde(flatten)]
    metadata: &'a ClientMetadata,
    // The metadata leaves an empty list out.
    #[serde(skip_serializing_if = "Option::is_none")]
    resources: Option<[&'a str; 0]>,
    first_party: bool,
    disabled: bool,
    /// The secrets that are alive, by their times.
    secrets: Vec<SecretView>,
}

#[derive(Debug, Serialize)]
struct SecretView {
    created_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
}

impl<'a> ClientView<'a> {
    /// As stored; `secret` only where one was just made.
    pub fn new(client: &'a Client, secret: Option<&'a Secret<String>>, now: DateTime<Utc>) -> Self {
        let metadata = &client.metadata;
        Self {
            client_id: client.id.as_str(),
            client_id_issued_at: client.created_at.timestamp(),
            client_secret: secret.map(|secret| secret.expose().as_str()),
            client_secret_expires_at: secret.map(|_| 0),
            metadata,
            resources: metadata.resources.is_empty().then_some([]),
            first_party: client.is_first_party,
            disabled: !client.is_enabled(),
            secrets: client
                .live_secrets(now)
                .map(|secret| SecretView {
                    created_at: secret.created_at,
                    expires_at: secret.expires_at,
                })
                .collect(),
        }
    }
}
