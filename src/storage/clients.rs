//! Clients and their secrets.

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use sqlx::{FromRow, query, query_as};

use super::db::{Store, Tx, either};
use super::users::Added;
use super::{Error, Result};
use crate::model::client::{Client, ClientMetadata, ClientSecret, Registration};
use crate::model::event::Event;
use crate::model::id::ClientId;
use crate::model::redirect_uri::RedirectUri;
use crate::model::secret::TokenHash;

const FIND: &str = "SELECT id, metadata, is_first_party, registration, disabled_at, created_at, sweep_at, version FROM clients WHERE id = $1";
const LIST: &str =
    "SELECT id, metadata, is_first_party, registration, disabled_at, created_at, sweep_at, version FROM clients
    WHERE id > $1 ORDER BY id LIMIT $2";
const FIND_SECRETS: &str = "SELECT hash, created_at, expires_at, secret_sealed FROM client_secrets WHERE client_id = $1 ORDER BY created_at, hash";
const INSERT: &str = "INSERT INTO clients (id, metadata, is_first_party, registration, disabled_at, created_at, updated_at, sweep_at)
    VALUES ($1, $2, $3, $4, NULL, $5, $5, $6) ON CONFLICT (id) DO NOTHING RETURNING id";
const UPDATE: &str = "UPDATE clients SET metadata = $2, is_first_party = $3, disabled_at = $4, updated_at = $5, version = version + 1
    WHERE id = $1 RETURNING id";
const INSERT_SECRET: &str = "INSERT INTO client_secrets (hash, client_id, created_at, expires_at, secret_sealed) VALUES ($1, $2, $3, $4, $5)";
const EXPIRE_SECRETS: &str = "UPDATE client_secrets SET expires_at = $2
    WHERE client_id = $1 AND (expires_at IS NULL OR expires_at > $2)";
const DELETE_ORIGINS: &str = "DELETE FROM client_origins WHERE client_id = $1";
const INSERT_ORIGIN: &str =
    "INSERT INTO client_origins (client_id, origin) VALUES ($1, $2) ON CONFLICT DO NOTHING";
const HAS_ORIGIN: &str = "SELECT 1 FROM client_origins o JOIN clients c ON c.id = o.client_id
    WHERE o.origin = $1 AND c.disabled_at IS NULL LIMIT 1";
const DELETE: &str = "DELETE FROM clients WHERE id = $1 RETURNING id";
const DELETE_GRANTS: &str = "DELETE FROM grants WHERE client_id = $1";
const DELETE_CODES: &str = "DELETE FROM codes WHERE client_id = $1";

#[derive(FromRow)]
struct ClientRow {
    id: String,
    metadata: Json<ClientMetadata>,
    is_first_party: bool,
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

    /// At most `limit` clients with ids after `after`, by id.
    pub async fn list_clients(&self, after: &str, limit: i64) -> Result<Vec<Client>> {
        let rows: Vec<ClientRow> = either!(read self.db, db => query_as(LIST).bind(after).bind(limit).fetch_all(db).await)?;
        let mut clients = Vec::with_capacity(rows.len());
        for row in rows {
            let secrets = self.client_secrets(&row.id).await?;
            clients.push(row.into_client(secrets)?);
        }
        Ok(clients)
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

    /// Changes a client's metadata and flags; false where there is no such client.
    pub async fn update_client(&self, client: &Client, event: &Event) -> Result<bool> {
        let mut tx = self.begin_write().await?;
        let found = tx.update_client(client, event.at).await?;
        if found {
            tx.finish_change(event).await?;
        }
        Ok(found)
    }

    /// Whether a redirect URI of an enabled client is on that web origin.
    pub async fn has_client_origin(&self, origin: &str) -> Result<bool> {
        Ok(either!(read self.db, db => query(HAS_ORIGIN)
            .bind(origin).fetch_optional(db).await.map(|row| row.is_some()))?)
    }

    /// Adds a secret; those that live end at `others_expire_at` at the latest.
    pub async fn add_client_secret(
        &self,
        id: &ClientId,
        secret: &ClientSecret,
        others_expire_at: DateTime<Utc>,
        event: &Event,
    ) -> Result<()> {
        let mut tx = self.begin_sealing().await?;
        tx.expire_client_secrets(id, others_expire_at).await?;
        tx.insert_client_secret(id, secret).await?;
        tx.finish_change(event).await
    }

    /// Removes a client with its secrets, consents, codes and grants; false where there is none.
    pub async fn remove_client(&self, id: &ClientId, event: &Event) -> Result<bool> {
        let mut tx = self.begin_write().await?;
        let found = either!(tx &mut tx, db => query(DELETE)
            .bind(id.as_str()).fetch_optional(db).await.map(|row| row.is_some()))?;
        if !found {
            return Ok(false);
        }
        tx.delete_grants_of(id).await?;
        tx.finish_change(event).await?;
        Ok(true)
    }
}

impl Tx {
    /// False where the id is taken.
    pub(super) async fn insert_client(&mut self, client: &Client) -> Result<bool> {
        let inserted = either!(tx &mut *self, db => query(INSERT)
            .bind(client.id.as_str())
            .bind(Json(&client.metadata))
            .bind(client.is_first_party)
            .bind(registration_name(client.registration))
            .bind(client.created_at)
            .bind(client.sweep_at)
            .fetch_optional(db).await.map(|row| row.is_some()))?;
        if inserted {
            self.put_client_origins(client).await?;
            for secret in &client.secrets {
                self.insert_client_secret(&client.id, secret).await?;
            }
        }
        Ok(inserted)
    }

    /// False where there is no such client.
    pub(super) async fn update_client(
        &mut self,
        client: &Client,
        at: DateTime<Utc>,
    ) -> Result<bool> {
        let found = either!(tx &mut *self, db => query(UPDATE)
            .bind(client.id.as_str())
            .bind(Json(&client.metadata))
            .bind(client.is_first_party)
            .bind(client.disabled_at)
            .bind(at)
            .fetch_optional(db).await.map(|row| row.is_some()))?;
        if found {
            self.put_client_origins(client).await?;
        }
        Ok(found)
    }

    /// What was granted to a client goes. Codes first: that waits for a redemption under way, whose grant the second
    /// statement then sees.
    pub(super) async fn delete_grants_of(&mut self, id: &ClientId) -> Result<()> {
        for statement in [DELETE_CODES, DELETE_GRANTS] {
            either!(tx &mut *self, db => query(statement).bind(id.as_str()).execute(db).await.map(|_| ()))?;
        }
        Ok(())
    }

    pub(super) async fn expire_client_secrets(
        &mut self,
        id: &ClientId,
        at: DateTime<Utc>,
    ) -> Result<()> {
        either!(tx self, db => query(EXPIRE_SECRETS)
            .bind(id.as_str()).bind(at).execute(db).await.map(|_| ()))?;
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

    pub(super) async fn insert_client_secret(
        &mut self,
        id: &ClientId,
        secret: &ClientSecret,
    ) -> Result<()> {
        either!(tx self, db => query(INSERT_SECRET)
            .bind(secret.hash.as_bytes().as_slice())
            .bind(id.as_str())
            .bind(secret.created_at)
            .bind(secret.expires_at)
            .bind(secret.sealed.as_deref())
            .execute(db).await.map(|_| ()))?;
        Ok(())
    }

    /// The end of every administrative change: its audit row, the raised revision, the commit.
    pub(super) async fn finish_change(mut self, event: &Event) -> Result<()> {
        self.record(event).await?;
        self.raise_revision().await?;
        self.commit().await
    }
}
