//! `App`: the store, the keys, the settings, the clock; built once, shared by reference.
//!
//! What administrators change seldom and requests read always is held in memory: the *registry* (scopes, resources,
//! keys) as a whole, clients one by one. Both carry the revision that they were read at. Every administrative change
//! raises the stored revision; `jobs` watches it and calls [`App::refresh`], on every node.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use chrono::{DateTime, TimeDelta, Utc};
use quick_cache::sync::Cache;

use crate::clock::Clock;
use crate::config::{Config, DatabaseKind};
use crate::crypto::{ChainKey, Crypto, SubjectCipher};
use crate::fetch::Fetcher;
use crate::keys::crypto::SigningKey;
use crate::keys::ring::{self, KeyRing, RingError};
use crate::mail::Mailer;
use crate::model::client::Client;
use crate::model::event::{Actor, Event, EventKind, Origin};
use crate::model::id::ClientId;
use crate::model::resource::{self, Resource};
use crate::model::scope;
use crate::model::signing_key::SigningAlg;
use crate::random;
use crate::storage::{self, OpenError, Options, SchemaState, Store};
use crate::telemetry::Metrics;

pub mod outbox;
mod refusals;
mod registry;
mod start;

use refusals::Refusals;
pub use registry::{Registry, ResourceKeys};
pub use start::{StartError, secret_key_file};
use start::{open_chain, open_crypto, open_subjects};

/// At most this many clients are held in memory.
const CACHED_CLIENTS: usize = 10_000;

/// Everything that a request needs.
pub struct App {
    pub config: Config,
    pub store: Store,
    pub clock: Clock,
    pub crypto: Crypto,
    /// Makes pairwise subjects, and reads them back.
    pub subjects: SubjectCipher,
    /// Makes the audit log a chain.
    pub audit_chain: ChainKey,
    pub metrics: Metrics,
    pub fetcher: Fetcher,
    /// Wakes the job that tells clients of ended sessions. Only a short cut: what there is to tell stands in the database.
    pub logout_due: tokio::sync::Notify,
    pub mailer: Mailer,
    /// Wakes the job that sends mail; as short a cut as the other.
    pub mail_due: tokio::sync::Notify,
    refusals: Refusals,
    registry: ArcSwap<Registry>,
    /// One refresh at a time: else one that began earlier could store an older registry over a newer.
    refreshing: tokio::sync::Mutex<()>,
    clients: Cache<String, CachedClient>,
    /// Web origins, and whether a client is there; with the revision.
    origins: Cache<String, (i64, bool)>,
}

#[derive(Clone)]
struct CachedClient {
    revision: i64,
    client: Arc<Client>,
}

impl App {
    /// Opens the database, applies the schema, makes what is missing (installation, secret key, signing keys), and reads
    /// the registry.
    pub async fn start(config: Config, clock: Clock) -> Result<Self, StartError> {
        // Before anything is touched.
        if config.secret_key.is_none() && config.database_url.kind() == DatabaseKind::Postgres {
            return Err(StartError::NoSecretKey);
        }
        let fetcher = Fetcher::new(&config.outgoing)?;
        let mailer = Mailer::new(&config)?;
        let store = Store::open(&storage_options(&config)).await?;
        if config.database.migrate {
            store.migrate().await?;
        } else if store.schema_state().await? == SchemaState::Older {
            return Err(OpenError::Older.into());
        }
        let now = clock.now();
        let installation = store.installation(random::uuid(), now).await?;
        let crypto = open_crypto(&config, &installation)?;
        if installation.secret_key_check.is_none() {
            store.set_secret_key_check(&crypto.check).await?;
        }
        let store = store.with_secret_key_check(crypto.check);
        let subjects = open_subjects(&store, &crypto, installation).await?;
        let audit_chain = open_chain(&store, &crypto).await?;
        let app = Self {
            metrics: Metrics::new(),
            fetcher,
            logout_due: tokio::sync::Notify::new(),
            mailer,
            mail_due: tokio::sync::Notify::new(),
            refusals: Refusals::default(),
            registry: ArcSwap::default(),
            refreshing: tokio::sync::Mutex::default(),
            clients: Cache::new(CACHED_CLIENTS),
            origins: Cache::new(CACHED_CLIENTS),
            config,
            store,
            clock,
            crypto,
            subjects,
            audit_chain,
        };
        for alg in [SigningAlg::ES256, SigningAlg::RS256] {
            app.ensure_key(alg).await?;
        }
        app.refresh().await?;
        Ok(app)
    }

    /// Makes the first key of an algorithm, unless there is one.
    pub async fn ensure_key(&self, alg: SigningAlg) -> Result<(), StartError> {
        let stored = self.store.list_keys().await?;
        if stored.iter().any(|key| key.alg == alg) {
            return Ok(());
        }
        let now = self.clock.now();
        let key = ring::make(alg, &self.crypto, now, now)?;
        let mut event = self.event(EventKind::KeyCreated, Actor::Server, Origin::default());
        event.detail = serde_json::json!({ "kid": key.kid, "alg": alg.as_str() });
        self.store.add_first_key(&key, &event).await?;
        Ok(())
    }

    /// Reads the registry anew if something was administered since; true if so.
    pub async fn refresh(&self) -> Result<bool, StartError> {
        let _alone = self.refreshing.lock().await;
        let revision = self.store.revision().await?;
        let before = self.registry.load_full();
        if revision == before.revision {
            return Ok(false);
        }
        if self.store.is_secret_key_changed().await? {
            return Err(storage::Error::SecretKeyChanged.into());
        }
        let mut scopes = scope::built_in();
        scopes.extend(scope::administrative());
        for definition in self.store.list_scopes().await? {
            match scopes
                .iter_mut()
                .find(|known| known.name == definition.name)
            {
                Some(known) => *known = definition,
                None => scopes.push(definition),
            }
        }
        let api = resource::admin_api(self.issuer());
        let api_uri = api.uri.clone();
        let mut resources = HashMap::from([(
            api_uri.clone(),
            ResourceKeys {
                resource: api,
                secret: None,
            },
        )]);
        for resource in self.store.list_resources().await? {
            // What was registered under our own address before there was an admin API does not take its place.
            if resource.uri == api_uri {
                continue;
            }
            let secret = self.open_resource_secret(&resource)?;
            resources.insert(resource.uri.clone(), ResourceKeys { resource, secret });
        }
        let keys = KeyRing::load(&self.store.list_keys().await?, &self.crypto, &before.keys)?;
        self.registry.store(Arc::new(Registry {
            revision,
            scopes,
            resources,
            keys,
        }));
        Ok(true)
    }

    fn open_resource_secret(&self, resource: &Resource) -> Result<Option<SigningKey>, StartError> {
        let Some(sealed) = &resource.secret_sealed else {
            return Ok(None);
        };
        let wrong = || RingError::WrongSecretKey(resource.uri.clone());
        let secret = self
            .crypto
            .at_rest
            .open(resource.uri.as_bytes(), sealed)
            .ok_or_else(wrong)?;
        Ok(Some(SigningKey::from_hmac_secret(None, &secret)?))
    }

    /// The registry as it is known now.
    pub fn registry(&self) -> Arc<Registry> {
        self.registry.load_full()
    }

    /// The client with that id, from memory if it was read since the last administrative change.
    pub async fn find_client(&self, id: &str) -> storage::Result<Option<Arc<Client>>> {
        let revision = self.registry.load().revision;
        if let Some(cached) = self
            .clients
            .get(id)
            .filter(|cached| cached.revision == revision)
        {
            return Ok(Some(cached.client));
        }
        if ClientId::parse(id).is_err() {
            return Ok(None);
        }
        // The revision was read before the row: a change in between makes the entry stale, never the row wrong.
        let Some(client) = self.store.find_client(id).await?.map(Arc::new) else {
            return Ok(None);
        };
        // A client that is new here may speak of a resource or scope that is as new; with the registry of before it would
        // be told that there is none.
        if let Err(error) = self.refresh().await {
            tracing::error!(%error, "cannot read what was administered");
        }
        self.clients.insert(
            id.to_owned(),
            CachedClient {
                revision,
                client: Arc::clone(&client),
            },
        );
        Ok(Some(client))
    }

    /// Whether a redirect URI of an enabled client is on that web origin.
    pub async fn is_client_origin(&self, origin: &str) -> storage::Result<bool> {
        let revision = self.registry.load().revision;
        if let Some((_, found)) = self.origins.get(origin).filter(|(at, _)| *at == revision) {
            return Ok(found);
        }
        if origin.len() > 300 || !origin.chars().all(|c| c.is_ascii_graphic()) {
            return Ok(false);
        }
        let found = self.store.has_client_origin(origin).await?;
        self.origins.insert(origin.to_owned(), (revision, found));
        Ok(found)
    }

    /// A new event, happening now.
    pub fn event(&self, kind: EventKind, actor: Actor, origin: Origin) -> Event {
        let at = self.clock.now();
        Event {
            id: random::uuid_sortable(at),
            at,
            kind,
            actor,
            user_id: None,
            client_id: None,
            origin,
            detail: serde_json::json!({}),
        }
    }

    /// The token of the set-up link: good while there is no administrator, the same on every node, another after each use.
    pub async fn setup_token(&self) -> storage::Result<String> {
        let uses = self.store.setups().await?;
        Ok(self
            .crypto
            .setup
            .sign_text(&[b"setup", &uses.to_be_bytes()]))
    }

    /// The issuer's identifier.
    pub fn issuer(&self) -> &str {
        self.config.issuer.as_str()
    }
}

/// How the store is opened by these settings.
pub fn storage_options(config: &Config) -> Options {
    Options {
        url: config.database_url_with_password(),
        max_connections: config.max_connections(),
        is_synchronous_full: config.database.synchronous == crate::config::Synchronous::Full,
    }
}

/// A duration of the settings, for reckoning with instants.
pub fn delta(duration: Duration) -> TimeDelta {
    TimeDelta::from_std(duration).unwrap_or(TimeDelta::days(36_500))
}

/// `now` plus a duration of the settings.
pub fn after(now: DateTime<Utc>, duration: Duration) -> DateTime<Utc> {
    now + delta(duration)
}
