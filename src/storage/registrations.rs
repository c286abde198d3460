//! Clients that registered themselves (RFC 7591, RFC 7592): stored within limits, changed by their own token, gone when nobody uses them.

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use sqlx::{query, query_scalar};

use super::db::{Store, either};
use super::{Error, Result};
use crate::model::client::{Client, ClientSecret};
use crate::model::event::Event;
use crate::model::id::ClientId;
use crate::model::secret::TokenHash;
use crate::model::user::account_key;

/// A client that registers itself.
#[derive(Debug)]
pub struct NewRegistration<'a> {
    pub client: &'a Client,
    /// Of its registration access token (RFC 7592 §3).
    pub token_hash: TokenHash,
    /// Of the initial access token that it came with.
    pub initial_token: Option<TokenHash>,
    /// As many clients that registered themselves there may be, this one among them.
    pub max_clients: i64,
}

/// How registering ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registered {
    Registered,
    /// The initial access token is spent, expired or removed.
    TokenSpent,
    /// There are as many as there may be.
    Full,
}

/// A registration that replaces the one before it.
#[derive(Debug)]
pub struct Replacement<'a> {
    pub client: &'a Client,
    /// What [`Store::registration_changed_at`] said before the client was read: whoever changed it since is not overruled.
    pub as_of: DateTime<Utc>,
    /// Takes the place of every secret before it.
    pub new_secret: Option<&'a ClientSecret>,
    /// It became another app: what people allowed the one before does not count.
    pub forgets_consents: bool,
}

const SET_TOKEN: &str = "UPDATE clients SET registration_token_hash = $2 WHERE id = $1";
const COUNT: &str = "SELECT count(*) FROM clients WHERE registration = 'dynamic'";
const CHANGED_AT: &str =
    "SELECT updated_at FROM clients WHERE id = $1 AND registration_token_hash = $2";
/// Neither the flags, which are the administrators', nor what was written since it was read.
const REPLACE: &str =
    "UPDATE clients SET metadata = $2, updated_at = $3, version = version + 1, name_key = $5
    WHERE id = $1 AND updated_at = $4 AND disabled_at IS NULL";
const KEEP: &str = "UPDATE clients SET sweep_at = NULL WHERE id = $1 AND sweep_at IS NOT NULL";
const EXISTS: &str = "SELECT 1 FROM clients WHERE id = $1";
const UNUSED: &str = "SELECT id FROM clients WHERE sweep_at <= $1 LIMIT $2";
const DELETE_UNUSED: &str = "DELETE FROM clients WHERE id = $1 AND sweep_at <= $2";
const DELETE_CONSENTS: &str = "DELETE FROM consents WHERE client_id = $1";

impl Store {
    /// Stores a client that registers itself, and takes one use of its initial access token: both or neither.
    pub async fn register_client(
        &self,
        new: &NewRegistration<'_>,
        event: &Event,
    ) -> Result<Registered> {
        // Registrations wait here for one another, so that the count below is right.
        let mut tx = self.begin_sealing().await?;
        tx.lock_registrations().await?;
        if let Some(hash) = &new.initial_token
            && !tx.use_initial_access_token(hash, event.at).await?
        {
            return Ok(Registered::TokenSpent);
        }
        let count: i64 = either!(tx &mut tx, db => query_scalar(COUNT).fetch_one(db).await)?;
        if count >= new.max_clients {
            return Ok(Registered::Full);
        }
        if !tx.insert_client(new.client).await? {
            return Err(Error::Corrupt("a random client_id that is taken"));
        }
        let id = new.client.id.as_str();
        either!(tx &mut tx, db => query(SET_TOKEN)
            .bind(id).bind(new.token_hash.as_bytes().as_slice()).execute(db).await.map(|_| ()))?;
        tx.finish_change(event).await?;
        Ok(Registered::Registered)
    }

    /// When the client was last changed, if that is the hash of its own registration access token.
    pub async fn registration_changed_at(
        &self,
        id: &ClientId,
        hash: &TokenHash,
    ) -> Result<Option<DateTime<Utc>>> {
        Ok(either!(read self.db, db => query_scalar(CHANGED_AT)
            .bind(id.as_str()).bind(hash.as_bytes().as_slice()).fetch_optional(db).await)?)
    }

    /// Replaces a registration; false where the client is gone, disabled, or was changed since it was read.
    pub async fn replace_registration(&self, new: &Replacement<'_>, event: &Event) -> Result<bool> {
        let id = &new.client.id;
        let mut tx = self.begin_sealing().await?;
        let replaced = either!(tx &mut tx, db => query(REPLACE)
            .bind(id.as_str()).bind(Json(&new.client.metadata)).bind(event.at).bind(new.as_of)
            .bind(account_key(&new.client.metadata.client_name))
            .execute(db).await.map(|done| done.rows_affected() == 1))?;
        if !replaced {
            return Ok(false);
        }
        tx.put_client_origins(new.client).await?;
        if let Some(secret) = new.new_secret {
            tx.expire_client_secrets(id, event.at).await?;
            tx.insert_client_secret(id, secret).await?;
        }
        if new.forgets_consents {
            either!(tx &mut tx, db => query(DELETE_CONSENTS)
                .bind(id.as_str()).execute(db).await.map(|_| ()))?;
        }
        tx.finish_change(event).await?;
        Ok(true)
    }

    /// Something is about to be issued to a client that was unused: it stays for good. False where the sweep was faster.
    pub async fn keep_client(&self, id: &ClientId) -> Result<bool> {
        let mut tx = self.begin_write().await?;
        let is_first = either!(tx &mut tx, db => query(KEEP)
            .bind(id.as_str()).execute(db).await.map(|done| done.rows_affected() == 1))?;
        if is_first {
            tx.raise_revision().await?;
            tx.commit().await?;
            return Ok(true);
        }
        Ok(either!(tx &mut tx, db => query(EXISTS)
            .bind(id.as_str()).fetch_optional(db).await.map(|row| row.is_some()))?)
    }

    /// At most `limit` clients whose time without use is over.
    pub async fn unused_clients(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<ClientId>> {
        let ids: Vec<String> = either!(read self.db, db => query_scalar(UNUSED)
            .bind(now).bind(i64::from(limit)).fetch_all(db).await)?;
        let ids = ids
            .iter()
            .map(|id| ClientId::parse(id).map_err(|_| Error::Corrupt("clients.id")));
        let mut ids = ids.collect::<Result<Vec<_>>>()?;
        // Nodes that sweep at once lock the rows in one order, or they could wait for each other.
        ids.sort_unstable();
        Ok(ids)
    }

    /// Removes the clients of these events with all that is theirs, but for those that were used meanwhile; how many went.
    pub async fn sweep_clients(&self, events: &[Event]) -> Result<u64> {
        let mut swept = 0;
        let mut tx = self.begin_write().await?;
        for event in events {
            let Some(id) = &event.client_id else { continue };
            // Asked once more in the statement itself: one who keeps the client at this moment is waited for.
            let is_gone = either!(tx &mut tx, db => query(DELETE_UNUSED)
                .bind(id.as_str()).bind(event.at)
                .execute(db).await.map(|done| done.rows_affected() == 1))?;
            if is_gone {
                tx.delete_grants_of(id).await?;
                tx.record(event).await?;
                swept += 1;
            }
        }
        if swept > 0 {
            tx.raise_revision().await?;
            tx.commit().await?;
        }
        Ok(swept)
    }
}
