//! Initial access tokens (RFC 7591 §3), by their hash. Using one is part of storing the client: see `registrations`.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, query, query_as};
use uuid::Uuid;

use super::Result;
use super::db::{Store, Tx, either};
use crate::model::event::Event;
use crate::model::initial_access_token::InitialAccessToken;
use crate::model::secret::TokenHash;

const INSERT: &str =
    "INSERT INTO initial_access_tokens (id, token_hash, name, uses_left, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6)";
const FIND: &str = "SELECT id, name, uses_left, created_at, expires_at FROM initial_access_tokens WHERE token_hash = $1";
const LIST: &str =
    "SELECT id, name, uses_left, created_at, expires_at FROM initial_access_tokens ORDER BY id";
const DELETE: &str = "DELETE FROM initial_access_tokens WHERE id = $1";
const USE: &str = "UPDATE initial_access_tokens SET uses_left = uses_left - 1
    WHERE token_hash = $1 AND uses_left > 0 AND expires_at > $2";

#[derive(FromRow)]
struct TokenRow {
    id: Uuid,
    name: String,
    uses_left: i64,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
}

impl From<TokenRow> for InitialAccessToken {
    fn from(row: TokenRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            uses_left: row.uses_left,
            created_at: row.created_at,
            expires_at: row.expires_at,
        }
    }
}

impl Store {
    /// Stores a new token.
    pub async fn add_initial_access_token(
        &self,
        token: &InitialAccessToken,
        hash: &TokenHash,
        event: &Event,
    ) -> Result<()> {
        let mut tx = self.begin_write().await?;
        either!(tx &mut tx, db => query(INSERT)
            .bind(token.id)
            .bind(hash.as_bytes().as_slice())
            .bind(&token.name)
            .bind(token.uses_left)
            .bind(token.created_at)
            .bind(token.expires_at)
            .execute(db).await.map(|_| ()))?;
        tx.record(event).await?;
        tx.commit().await
    }

    /// The token with that hash, spent and expired ones too.
    pub async fn find_initial_access_token(
        &self,
        hash: &TokenHash,
    ) -> Result<Option<InitialAccessToken>> {
        let row: Option<TokenRow> = either!(read self.db, db => query_as(FIND)
            .bind(hash.as_bytes().as_slice()).fetch_optional(db).await)?;
        Ok(row.map(InitialAccessToken::from))
    }

    /// Every token that the sweep has not taken, oldest first.
    pub async fn list_initial_access_tokens(&self) -> Result<Vec<InitialAccessToken>> {
        let rows: Vec<TokenRow> = either!(read self.db, db => query_as(LIST).fetch_all(db).await)?;
        Ok(rows.into_iter().map(InitialAccessToken::from).collect())
    }

    /// Removes a token; false where there is none. Clients that were registered with it stay.
    pub async fn remove_initial_access_token(&self, id: Uuid, event: &Event) -> Result<bool> {
        let mut tx = self.begin_write().await?;
        let found = either!(tx &mut tx, db => query(DELETE)
            .bind(id).execute(db).await.map(|done| done.rows_affected() == 1))?;
        if found {
            tx.record(event).await?;
            tx.commit().await?;
        }
        Ok(found)
    }
}

impl Tx {
    /// Takes one use of a token; false where none is left.
    pub(super) async fn use_initial_access_token(
        &mut self,
        hash: &TokenHash,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        Ok(either!(tx self, db => query(USE)
            .bind(hash.as_bytes().as_slice()).bind(now)
            .execute(db).await.map(|done| done.rows_affected() == 1))?)
    }
}
