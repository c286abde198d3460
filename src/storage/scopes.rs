//! The scopes that administrators registered; the built-in ones are in `model::scope`.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, query, query_as};

use super::Result;
use super::db::{Store, either};
use crate::model::event::Event;
use crate::model::scope::ScopeDefinition;

const LIST: &str =
    "SELECT name, description, is_required, version FROM scopes ORDER BY created_at, name";
const UPSERT: &str = "INSERT INTO scopes (name, description, is_required, created_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (name) DO UPDATE SET description = excluded.description, is_required = excluded.is_required,
        version = scopes.version + 1";
const DELETE: &str = "DELETE FROM scopes WHERE name = $1 RETURNING name";

#[derive(FromRow)]
struct ScopeRow {
    name: String,
    description: String,
    is_required: bool,
    version: i64,
}

impl Store {
    /// Every registered scope, oldest first.
    pub async fn list_scopes(&self) -> Result<Vec<ScopeDefinition>> {
        let rows: Vec<ScopeRow> = either!(read self.db, db => query_as(LIST).fetch_all(db).await)?;
        let definition = |row: ScopeRow| ScopeDefinition {
            name: row.name,
            description: row.description,
            is_required: row.is_required,
            version: row.version,
        };
        Ok(rows.into_iter().map(definition).collect())
    }

    /// Adds a scope or changes its words.
    pub async fn put_scope(
        &self,
        scope: &ScopeDefinition,
        now: DateTime<Utc>,
        event: &Event,
    ) -> Result<()> {
        let mut tx = self.begin_write().await?;
        either!(tx &mut tx, db => query(UPSERT)
            .bind(&scope.name).bind(&scope.description).bind(scope.is_required).bind(now)
            .execute(db).await.map(|_| ()))?;
        tx.finish_change(event).await
    }

    /// Removes a scope; false where there is none.
    pub async fn remove_scope(&self, name: &str, event: &Event) -> Result<bool> {
        let mut tx = self.begin_write().await?;
        let found = either!(tx &mut tx, db => query(DELETE)
            .bind(name).fetch_optional(db).await.map(|row| row.is_some()))?;
        if found {
            tx.finish_change(event).await?;
        }
        Ok(found)
    }
}
