//! Clients: read by their id, changed, removed.

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use sqlx::{FromRow, query, query_as, query_scalar};

use super::db::{Store, Tx, anew, either};
use super::users::Added;
use super::{Altered, Error, Result};
use crate::model::acr::Acr;
use crate::model::client::{Client, ClientBranding, ClientMetadata, ClientSecret, Registration};
use crate::model::event::Event;
use crate::model::id::ClientId;
use crate::model::managed::Kind;
use crate::model::redirect_uri::RedirectUri;
use crate::model::secret::TokenHash;
use crate::model::user::account_key;

mod list;
mod secrets;

pub use list::ClientFilter;

const FIND: &str = "SELECT id, metadata, is_first_party, required_acr, is_consent_always_asked, branding, registration, disabled_at, created_at, sweep_at, version
    FROM clients WHERE id = $1";
const FIND_SECRETS: &str = "SELECT hash, created_at, expires_at, secret_sealed FROM client_secrets WHERE client_id = $1 ORDER BY created_at, hash";
const INSERT: &str = "INSERT INTO clients (id, metadata, is_first_party, registration, disabled_at, created_at, updated_at, sweep_at, name_key,
        required_acr, is_consent_always_asked, branding)
    VALUES ($1, $2, $3, $4, NULL, $5, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING RETURNING id";
const UPDATE: &str = "UPDATE clients SET metadata = $2, is_first_party = $3, disabled_at = $4, updated_at = $5, name_key = $7, version = version + 1,
        required_acr = $8, is_consent_always_asked = $9, branding = $10
    WHERE id = $1 AND version = $6";
const DELETE_ORIGINS: &str = "DELETE FROM client_origins WHERE client_id = $1";
const INSERT_ORIGIN: &str =
    "INSERT INTO client_origins (client_id, origin) VALUES ($1, $2) ON CONFLICT DO NOTHING";
const HAS_ORIGIN: &str = "SELECT 1 FROM client_origins o JOIN clients c ON c.id = o.client_id
    WHERE o.origin = $1 AND c.disabled_at IS NULL LIMIT 1";
const DELETE: &str = "DELETE FROM clients WHERE id = $1 AND ($2 IS NULL OR version = $2)";
const VERSION: &str = "SELECT version FROM clients WHERE id = $1";
const DELETE_GRANTS: &str = "DELETE FROM grants WHERE client_id = $1";
const DELETE_CODES: &str = "DELETE FROM codes WHERE client_id = $1";

#[derive(FromRow)]
struct ClientRow {
    id: String,
    metadata: Json<ClientMetadata>,
    is_first_party: bool,
    required_acr: Option<String>,
    is_consent_always_asked: bool,
    branding: Option<Json<ClientBranding>>,
    registration: String,
    disabled_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    sweep_at: Option<DateTime<Utc>>,
    version: i64,
}

#[derive(FromRow)]
struct SecretRow {
    hash: Vec<u8>,
    created_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
    secret_sealed: Option<Vec<u8>>,
}

impl ClientRow {
    fn into_client(self, secrets: Vec<SecretRow>) -> Result<Client> {
        let secrets = secrets.into_iter().map(|row| {
            let hash =
                TokenHash::from_slice(&row.hash).ok_or(Error::Corrupt("client_secrets.hash"))?;
            Ok(ClientSecret {
                hash,
                created_at: row.created_at,
                expires_at: row.expires_at,
                sealed: row.secret_sealed,
            })
        });
        Ok(Client {
            id: ClientId::parse(&self.id).map_err(|_| Error::Corrupt("clients.id"))?,
            metadata: self.metadata.0,
            is_first_party: self.is_first_party,
            required_acr: parsed_acr(self.required_acr.as_deref())?,
            is_consent_always_asked: self.is_consent_always_asked,
            branding: self.branding.map(|stored| stored.0).unwrap_or_default(),
            registration: match self.registration.as_str() {
                "administrator" => Registration::Administrator,
                _ => Registration::Dynamic,
            },
            disabled_at: self.disabled_at,
            secrets: secrets.collect::<Result<_>>()?,
            created_at: self.created_at,
            sweep_at: self.sweep_at,
            version: self.version,
        })
    }
}

/// One that is not known is no reason to ask for less.
fn parsed_acr(stored: Option<&str>) -> Result<Option<Acr>> {
    let parsed = stored.map(str::parse).transpose();
    parsed.map_err(|_| Error::Corrupt("clients.required_acr"))
}

/// Nothing where it has none.
fn stored_branding(client: &Client) -> Option<Json<ClientBranding>> {
    (!client.branding.is_empty()).then_some(Json(client.branding))
}

const fn registration_name(registration: Registration) -> &'static str {
    match registration {
        Registration::Administrator => "administrator",
        Registration::Dynamic => "dynamic",
    }
}

impl Store {
    /// The client with that id and its secrets, dead ones too.
    pub async fn find_client(&self, id: &str) -> Result<Option<Client>> {
        let row: Option<ClientRow> =
            either!(read self.db, db => query_as(FIND).bind(id).fetch_optional(db).await)?;
        let Some(row) = row else { return Ok(None) };
        let secrets = self.client_secrets(id).await?;
        row.into_client(secrets).map(Some)
    }

    async fn client_secrets(&self, id: &str) -> Result<Vec<SecretRow>> {
        Ok(either!(read self.db, db => query_as(FIND_SECRETS).bind(id).fetch_all(db).await)?)
    }

    /// Stores a new client with its secrets.
    pub async fn add_client(&self, client: &Client, event: &Event) -> Result<Added> {
        let mut tx = self.begin_sealing().await?;
        if !tx.insert_client(client).await? {
            return Ok(Added::AlreadyThere);
        }
        tx.finish_change(event).await?;
        Ok(Added::Added)
    }

    /// Changes the metadata and flags of a client that still has the version that `client` was read at.
    pub async fn update_client(&self, client: &Client, event: &Event) -> Result<Altered> {
        let mut tx = self.begin_write().await?;
        let altered = tx.update_client(client, event.at).await?;
        if altered == Altered::Altered {
            tx.finish_change(event).await?;
        }
        Ok(altered)
    }

    /// Whether a redirect URI of an enabled client is on that web origin.
    pub async fn has_client_origin(&self, origin: &str) -> Result<bool> {
        Ok(either!(read self.db, db => query(HAS_ORIGIN)
            .bind(origin).fetch_optional(db).await.map(|row| row.is_some()))?)
    }

    /// Removes a client with its secrets, consents, codes and grants, if it still has the version that is expected, where one is.
    pub async fn remove_client(
        &self,
        id: &ClientId,
        expects: Option<i64>,
        event: &Event,
    ) -> Result<Altered> {
        anew!(self.try_remove_client(id, expects, event))
    }

    async fn try_remove_client(
        &self,
        id: &ClientId,
        expects: Option<i64>,
        event: &Event,
    ) -> Result<Altered> {
        let mut tx = self.begin_write().await?;
        let altered = tx.delete_client(id, expects).await?;
        if altered == Altered::Altered {
            tx.finish_change(event).await?;
        }
        Ok(altered)
    }
}

impl Tx {
    /// Removes a client with all that is its own.
    pub(super) async fn delete_client(
        &mut self,
        id: &ClientId,
        expects: Option<i64>,
    ) -> Result<Altered> {
        let deleted = either!(tx &mut *self, db => query(DELETE)
            .bind(id.as_str()).bind(expects).execute(db).await.map(|done| done.rows_affected() == 1))?;
        if !deleted {
            let version = self.client_version(id).await?;
            return Ok(version.map_or(Altered::Gone, |_| Altered::Stale));
        }
        self.delete_grants_of(id).await?;
        self.forget_managed(Kind::Client, id.as_str()).await?;
        Ok(Altered::Altered)
    }

    /// The version that a client has now.
    async fn client_version(&mut self, id: &ClientId) -> Result<Option<i64>> {
        Ok(either!(tx self, db => query_scalar(VERSION)
            .bind(id.as_str()).fetch_optional(db).await)?)
    }

    /// False where the id is taken.
    pub(super) async fn insert_client(&mut self, client: &Client) -> Result<bool> {
        let inserted = either!(tx &mut *self, db => query(INSERT)
            .bind(client.id.as_str())
            .bind(Json(&client.metadata))
            .bind(client.is_first_party)
            .bind(registration_name(client.registration))
            .bind(client.created_at)
            .bind(client.sweep_at)
            .bind(account_key(&client.metadata.client_name))
            .bind(client.required_acr.map(Acr::as_str))
            .bind(client.is_consent_always_asked)
            .bind(stored_branding(client))
            .fetch_optional(db).await.map(|row| row.is_some()))?;
        if inserted {
            self.put_client_origins(client).await?;
            for secret in &client.secrets {
                self.insert_client_secret(&client.id, secret).await?;
            }
        }
        Ok(inserted)
    }

    /// Only at the version that `client` was read at.
    pub(super) async fn update_client(
        &mut self,
        client: &Client,
        at: DateTime<Utc>,
    ) -> Result<Altered> {
        let updated = either!(tx &mut *self, db => query(UPDATE)
            .bind(client.id.as_str())
            .bind(Json(&client.metadata))
            .bind(client.is_first_party)
            .bind(client.disabled_at)
            .bind(at)
            .bind(client.version)
            .bind(account_key(&client.metadata.client_name))
            .bind(client.required_acr.map(Acr::as_str))
            .bind(client.is_consent_always_asked)
            .bind(stored_branding(client))
            .execute(db).await.map(|done| done.rows_affected() == 1))?;
        if updated {
            self.put_client_origins(client).await?;
            return Ok(Altered::Altered);
        }
        let version = self.client_version(&client.id).await?;
        Ok(version.map_or(Altered::Gone, |_| Altered::Stale))
    }

    /// What was granted to a client goes. Codes first: that waits for a redemption under way, whose grant the second
    /// statement then sees.
    pub(super) async fn delete_grants_of(&mut self, id: &ClientId) -> Result<()> {
        for statement in [DELETE_CODES, DELETE_GRANTS] {
            either!(tx &mut *self, db => query(statement).bind(id.as_str()).execute(db).await.map(|_| ()))?;
        }
        Ok(())
    }

    pub(super) async fn put_client_origins(&mut self, client: &Client) -> Result<()> {
        let id = client.id.as_str();
        either!(tx &mut *self, db => query(DELETE_ORIGINS).bind(id).execute(db).await.map(|_| ()))?;
        for origin in client
            .metadata
            .redirect_uris
            .iter()
            .filter_map(RedirectUri::origin)
        {
            either!(tx &mut *self, db => query(INSERT_ORIGIN).bind(id).bind(origin).execute(db).await.map(|_| ()))?;
        }
        Ok(())
    }

    /// The end of every administrative change: its audit row, the raised revision, the commit.
    pub(super) async fn finish_change(mut self, event: &Event) -> Result<()> {
        self.record(event).await?;
        self.raise_revision().await?;
        self.commit().await
    }
}
