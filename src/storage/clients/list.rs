//! Lists of clients, each with its secrets, in two statements whatever their length.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::{FromRow, query_as};

use super::super::db::{Store, either};
use super::super::{Result, like};
use super::{ClientRow, SecretRow, registration_name};
use crate::model::client::{Client, Registration};

/// Which clients are looked for; what is `None` does not matter.
#[derive(Debug, Clone, Default)]
pub struct ClientFilter {
    /// A part of the id or the name, in whatever case.
    pub search: Option<String>,
    pub registration: Option<Registration>,
    pub is_enabled: Option<bool>,
}

const LIST: &str =
    "SELECT id, metadata, is_first_party, required_acr, is_consent_always_asked, branding, registration, disabled_at, created_at, sweep_at, version FROM clients
    WHERE id > $1
        AND ($2 IS NULL OR lower(id) LIKE $2 ESCAPE '\\' OR name_key LIKE $2 ESCAPE '\\')
        AND ($3 IS NULL OR registration = $3)
        AND ($4 IS NULL OR (disabled_at IS NULL) = $4)
    ORDER BY id LIMIT $5";
const SECRETS: &str =
    "SELECT client_id, hash, created_at, expires_at, secret_sealed FROM client_secrets
    WHERE client_id >= $1 AND client_id <= $2 ORDER BY created_at, hash";

#[derive(FromRow)]
struct OwnedSecretRow {
    client_id: String,
    hash: Vec<u8>,
    created_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
    secret_sealed: Option<Vec<u8>>,
}

impl Store {
    /// At most `limit` clients with ids after `after`, by id.
    pub async fn list_clients(&self, after: &str, limit: i64) -> Result<Vec<Client>> {
        self.find_clients(&ClientFilter::default(), after, limit)
            .await
    }

    /// The same of those that are looked for.
    pub async fn find_clients(
        &self,
        filter: &ClientFilter,
        after: &str,
        limit: i64,
    ) -> Result<Vec<Client>> {
        let rows: Vec<ClientRow> = either!(read self.db, db => query_as(LIST)
            .bind(after)
            .bind(filter.search.as_deref().map(like))
            .bind(filter.registration.map(registration_name))
            .bind(filter.is_enabled)
            .bind(limit)
            .fetch_all(db).await)?;
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
            return Ok(Vec::new());
        };
        let mut secrets = self.secrets_between(&first.id, &last.id).await?;
        let with_secrets = |row: ClientRow| {
            let own = secrets.remove(&row.id).unwrap_or_default();
            row.into_client(own)
        };
        rows.into_iter().map(with_secrets).collect()
    }

    async fn secrets_between(
        &self,
        first: &str,
        last: &str,
    ) -> Result<HashMap<String, Vec<SecretRow>>> {
        let rows: Vec<OwnedSecretRow> = either!(read self.db, db => query_as(SECRETS)
            .bind(first).bind(last).fetch_all(db).await)?;
        let mut by_client: HashMap<String, Vec<SecretRow>> = HashMap::new();
        for row in rows {
            by_client.entry(row.client_id).or_default().push(SecretRow {
                hash: row.hash,
                created_at: row.created_at,
                expires_at: row.expires_at,
                secret_sealed: row.secret_sealed,
            });
        }
        Ok(by_client)
    }
}
