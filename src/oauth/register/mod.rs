//! Clients that register themselves (RFC 7591, OpenID Connect Registration 1.0), and what they do with their registration afterwards
//! (RFC 7592: `manage`).
//!
//! 1. may anyone register here, and this one: the initial access token, or how many came from that address
//! 2. the metadata: `metadata`, by the rules that administrators have
//! 3. `sector_identifier_uri` names every redirect URI
//! 4. one transaction: a use of the initial access token, the client, the audit row

mod fields;
mod manage;
mod metadata;
mod sector;

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

pub use manage::{read, remove, replace};

use self::fields::Fields;
use super::error::{
    Error, ErrorCode, access_denied, invalid_client_metadata, invalid_request, invalid_token,
};
use crate::app::{App, StartError, after};
use crate::config::RegistrationMode;
use crate::crypto;
use crate::keys::unique;
use crate::model::client::{Client, ClientBranding, Registration};
use crate::model::event::{Actor, EventKind, Origin};
use crate::model::initial_access_token::InitialAccessToken;
use crate::model::secret::{Secret, TokenHash};
use crate::random;
use crate::storage::{NewRegistration, Registered};

/// Where clients register, below the issuer.
const PATH: &str = "/register";
/// The prefix of registration access tokens.
const TOKEN_PREFIX: &str = "placet_rat_";
/// How long a registration counts for its address.
const WINDOW: Duration = Duration::from_hours(1);

/// Who asks, and from where.
#[derive(Debug)]
pub struct Asker<'a> {
    /// The token of `Authorization: Bearer`.
    pub bearer: Option<&'a str>,
    pub origin: Origin,
    /// The range of addresses that counts as one place.
    pub range: Option<String>,
}

/// A client's registration as it is told to the client.
#[derive(Debug)]
pub struct ClientInformation {
    pub client: Client,
    /// Where one was just made.
    pub secret: Option<Secret<String>>,
    /// The registration access token.
    pub token: Secret<String>,
}

/// The registration endpoint's address; `None` where nobody may register.
pub fn endpoint(app: &App) -> Option<String> {
    let is_closed = app.config.registration.mode == RegistrationMode::Closed;
    (!is_closed).then(|| address(app))
}

fn address(app: &App) -> String {
    format!("{}{PATH}", app.issuer().trim_end_matches('/'))
}

/// Registers a client (RFC 7591 §3.1).
pub async fn create(app: &App, asker: Asker<'_>, body: &[u8]) -> Result<ClientInformation, Error> {
    let now = app.clock.now();
    let initial = admit(app, &asker, now).await?;
    let object = object(body)?;
    app.refresh().await.map_err(failed)?;
    let metadata = metadata::read(app, Fields(&object), None)?;
    if initial.is_none() {
        let range = asker.range.as_deref().unwrap_or("unknown");
        count(app, &format!("register {range}"), now).await?;
    }
    sector::check(app, &metadata).await?;
    for alg in metadata.chosen_algs() {
        app.ensure_key(alg).await.map_err(failed)?;
    }
    let secret = metadata
        .token_endpoint_auth_method
        .has_secret()
        .then(|| random::token("placet_cs_"));
    let stored = secret
        .iter()
        .map(|secret| app.crypto.client_secret(&metadata, secret, now));
    let client = Client {
        id: random::client_id().map_err(|error| Error::server("no client_id", error))?,
        secrets: stored.collect(),
        metadata,
        is_first_party: false,
        required_acr: None,
        branding: ClientBranding::default(),
        is_consent_always_asked: false,
        registration: Registration::Dynamic,
        disabled_at: None,
        created_at: now,
        sweep_at: Some(after(now, app.config.registration.unused_ttl)),
        version: 1,
    };
    let token = random::token(TOKEN_PREFIX);
    store(app, asker, &client, &token, initial).await?;
    app.refresh().await.map_err(failed)?;
    Ok(ClientInformation {
        client,
        secret,
        token,
    })
}

async fn store(
    app: &App,
    asker: Asker<'_>,
    client: &Client,
    token: &Secret<String>,
    initial: Option<(TokenHash, InitialAccessToken)>,
) -> Result<(), Error> {
    let mut event = app.event(EventKind::ClientAdded, Actor::Anonymous, asker.origin);
    event.client_id = Some(client.id.clone());
    event.detail = json!({
        "name": client.metadata.client_name,
        "registration": "dynamic",
        "initial_access_token": initial.as_ref().map(|(_, token)| &token.name),
    });
    let new = NewRegistration {
        client,
        token_hash: crypto::hash_token(token.expose()),
        initial_token: initial.map(|(hash, _)| hash),
        max_clients: i64::from(app.config.registration.max_clients),
    };
    match app.store.register_client(&new, &event).await? {
        Registered::Registered => Ok(()),
        Registered::TokenSpent => Err(bad_initial_token()),
        Registered::Full => Err(wait(
            WINDOW.as_secs(),
            Error::new(
                ErrorCode::TemporarilyUnavailable,
                "as many clients have registered themselves as may (registration.max_clients); ask whoever runs this server",
            ),
        )),
    }
}

/// Whether this one may try; the initial access token where there has to be one (S147). Nothing is taken from it yet.
async fn admit(
    app: &App,
    asker: &Asker<'_>,
    now: DateTime<Utc>,
) -> Result<Option<(TokenHash, InitialAccessToken)>, Error> {
    match app.config.registration.mode {
        RegistrationMode::Closed => Err(access_denied(
            "clients do not register themselves here; ask an administrator for a client_id",
        )),
        RegistrationMode::Open => {
            let range = asker.range.as_deref().unwrap_or("unknown");
            refuse_if_full(app, &format!("register {range}"), now).await?;
            Ok(None)
        }
        RegistrationMode::Token => {
            let Some(bearer) = asker.bearer else {
                return Err(invalid_token(
                    "registering needs an initial access token in Authorization: Bearer; ask an administrator for one",
                ));
            };
            let hash = crypto::hash_token(bearer);
            let found = app.store.find_initial_access_token(&hash).await?;
            match found.filter(|token| token.is_good(now)) {
                Some(token) => Ok(Some((hash, token))),
                None => Err(bad_initial_token()),
            }
        }
    }
}

fn bad_initial_token() -> Error {
    invalid_token("the initial access token is unknown, expired or used up")
}

/// Refuses without a write once the limit is reached.
async fn refuse_if_full(app: &App, key: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let limit = i64::from(app.config.registration.max_per_hour_per_address);
    match app.store.count_of(key, now).await? {
        Some(counted) if counted.count >= limit => Err(too_many(counted.expires_at, now)),
        _ => Ok(()),
    }
}

/// Counts before anything is fetched or stored, so that of many at once no more than the limit go on (S156).
async fn count(app: &App, key: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let limit = i64::from(app.config.registration.max_per_hour_per_address);
    let counted = app.store.count_one(key, now, after(now, WINDOW)).await?;
    match counted {
        Some(counted) if counted.count > limit => Err(too_many(counted.expires_at, now)),
        _ => Ok(()),
    }
}

fn too_many(until: DateTime<Utc>, now: DateTime<Utc>) -> Error {
    let seconds = u64::try_from((until - now).num_seconds()).unwrap_or(0);
    wait(
        seconds.max(1),
        invalid_request("too many registrations; try again later"),
    )
}

fn wait(seconds: u64, mut error: Error) -> Error {
    error.retry_after = Some(seconds);
    error
}

fn object(body: &[u8]) -> Result<Map<String, Value>, Error> {
    unique::object(body).ok_or_else(|| {
        invalid_client_metadata("the body must be one JSON object with each member once")
    })
}

fn failed(error: StartError) -> Error {
    Error::server("cannot read or make what was administered", error)
}

impl ClientInformation {
    /// Client information (RFC 7591 §3.2.1, RFC 7592 §3): everything that is registered, what was filled in too.
    pub fn information(&self, app: &App) -> Value {
        let Client { id, metadata, .. } = &self.client;
        let mut all = match serde_json::to_value(metadata) {
            Ok(Value::Object(all)) => all,
            _ => Map::new(),
        };
        let mut put = |name: &str, value: Value| all.insert(name.to_owned(), value);
        put("client_id", json!(id));
        put(
            "client_id_issued_at",
            json!(self.client.created_at.timestamp()),
        );
        if let Some(secret) = &self.secret {
            put("client_secret", json!(secret.expose()));
            // It does not expire.
            put("client_secret_expires_at", json!(0));
        }
        put("registration_access_token", json!(self.token.expose()));
        put(
            "registration_client_uri",
            json!(format!("{}/{id}", address(app))),
        );
        put("application_type", json!(metadata.application_type));
        put("subject_type", json!(metadata.subject_type));
        // Defaults that are not kept; whoever registered them reads them again (RFC 7591 §3.2.1).
        put("require_auth_time", json!(metadata.require_auth_time));
        if metadata.backchannel_logout_uri.is_some() {
            let is_required = metadata.backchannel_logout_session_required;
            put("backchannel_logout_session_required", json!(is_required));
        }
        if metadata.frontchannel_logout_uri.is_some() {
            let is_required = metadata.frontchannel_logout_session_required;
            put("frontchannel_logout_session_required", json!(is_required));
        }
        Value::Object(all)
    }
}
