//! The secrets of clients.

use chrono::{DateTime, Utc};
use sqlx::query;

use super::super::db::{Store, Tx, either};
use super::super::{Altered, Result};
use crate::model::client::ClientSecret;
use crate::model::event::Event;
use crate::model::id::ClientId;
use crate::model::secret::TokenHash;

const INSERT: &str = "INSERT INTO client_secrets (hash, client_id, created_at, expires_at, secret_sealed) VALUES ($1, $2, $3, $4, $5)";
const EXPIRE: &str = "UPDATE client_secrets SET expires_at = $2
    WHERE client_id = $1 AND (expires_at IS NULL OR expires_at > $2)";
const DELETE: &str = "DELETE FROM client_secrets WHERE client_id = $1 AND hash = $2";
const RAISE_VERSION: &str =
    "UPDATE clients SET version = version + 1 WHERE id = $1 AND ($2 IS NULL OR version = $2)";

impl Store {
    /// Adds a secret; those that live end at `others_expire_at` at the latest.
    pub async fn add_client_secret(
        &self,
        (id, expects): (&ClientId, Option<i64>),
        secret: &ClientSecret,
        others_expire_at: DateTime<Utc>,
        event: &Event,
    ) -> Result<Altered> {
        let mut tx = self.begin_sealing().await?;
        let altered = tx.raise_client_version(id, expects).await?;
        if altered == Altered::Altered {
            tx.expire_client_secrets(id, others_expire_at).await?;
            tx.insert_client_secret(id, secret).await?;
            tx.finish_change(event).await?;
        }
        Ok(altered)
    }

    /// Removes a secret at once. `Gone` where the client has none of that hash.
    pub async fn remove_client_secret(
        &self,
        (id, expects): (&ClientId, Option<i64>),
        hash: &TokenHash,
        event: &Event,
    ) -> Result<Altered> {
        let mut tx = self.begin_write().await?;
        let altered = tx.raise_client_version(id, expects).await?;
        if altered != Altered::Altered {
            return Ok(altered);
        }
        let found = either!(tx &mut tx, db => query(DELETE)
            .bind(id.as_str()).bind(hash.as_bytes().as_slice())
            .execute(db).await.map(|done| done.rows_affected() == 1))?;
        if !found {
            return Ok(Altered::Gone);
        }
        tx.finish_change(event).await?;
        Ok(Altered::Altered)
    }
}

impl Tx {
    /// The client itself stays as it is, and whoever saw its secrets before has seen an older one.
    pub(in crate::storage) async fn raise_client_version(
        &mut self,
        id: &ClientId,
        expects: Option<i64>,
    ) -> Result<Altered> {
        let raised = either!(tx &mut *self, db => query(RAISE_VERSION)
            .bind(id.as_str()).bind(expects).execute(db).await.map(|done| done.rows_affected() == 1))?;
        if raised {
            return Ok(Altered::Altered);
        }
        let version = self.client_version(id).await?;
        Ok(version.map_or(Altered::Gone, |_| Altered::Stale))
    }

    pub(in crate::storage) async fn expire_client_secrets(
        &mut self,
        id: &ClientId,
        at: DateTime<Utc>,
    ) -> Result<()> {
        either!(tx self, db => query(EXPIRE)
            .bind(id.as_str()).bind(at).execute(db).await.map(|_| ()))?;
        Ok(())
    }

    pub(in crate::storage) async fn insert_client_secret(
        &mut self,
        id: &ClientId,
        secret: &ClientSecret,
    ) -> Result<()> {
        either!(tx self, db => query(INSERT)
            .bind(secret.hash.as_bytes().as_slice())
            .bind(id.as_str())
            .bind(secret.created_at)
            .bind(secret.expires_at)
            .bind(secret.sealed.as_deref())
            .execute(db).await.map(|_| ()))?;
        Ok(())
    }
}
