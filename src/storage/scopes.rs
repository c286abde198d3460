//! The scopes that administrators registered; the built-in ones are in `model::scope`.

use sqlx::types::Json;
use sqlx::{FromRow, query, query_as, query_scalar};

use super::db::{Store, either};
use super::{Altered, Put, Result};
use crate::model::event::{Event, EventKind};
use crate::model::localized::Localized;
use crate::model::managed::Kind;
use crate::model::scope::ScopeDefinition;

const LIST: &str = "SELECT name, description, is_required, descriptions, version FROM scopes ORDER BY created_at, name";
pub(super) const INSERT: &str =
    "INSERT INTO scopes (name, description, is_required, descriptions, created_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (name) DO NOTHING";
const UPDATE: &str =
    "UPDATE scopes SET description = $2, is_required = $3, descriptions = $4, version = version + 1
    WHERE name = $1";
pub(super) const UPDATE_IF: &str =
    "UPDATE scopes SET description = $2, is_required = $3, descriptions = $4, version = version + 1
    WHERE name = $1 AND version = $5";
const FIND: &str = "SELECT version FROM scopes WHERE name = $1";
const DELETE: &str = "DELETE FROM scopes WHERE name = $1";
pub(super) const DELETE_IF: &str = "DELETE FROM scopes WHERE name = $1 AND version = $2";

#[derive(FromRow)]
struct ScopeRow {
    name: String,
    description: String,
    is_required: bool,
    descriptions: Option<Json<Localized>>,
    version: i64,
}

/// Texts in other languages, as a column that may be empty holds them.
pub(super) fn texts(localized: &Localized) -> Option<Json<&Localized>> {
    (!localized.is_empty()).then_some(Json(localized))
}

impl Store {
    /// Every registered scope, oldest first.
    pub async fn list_scopes(&self) -> Result<Vec<ScopeDefinition>> {
        let rows: Vec<ScopeRow> = either!(read self.db, db => query_as(LIST).fetch_all(db).await)?;
        let definition = |row: ScopeRow| ScopeDefinition {
            name: row.name,
            description: row.description,
            is_required: row.is_required,
            descriptions: row.descriptions.map(|stored| stored.0).unwrap_or_default(),
            version: row.version,
        };
        Ok(rows.into_iter().map(definition).collect())
    }

    /// Adds a scope or changes its words, if it still has the version that is expected, where one is: 0 where there is none.
    /// `event` becomes the kind that it was.
    pub async fn put_scope(
        &self,
        scope: &ScopeDefinition,
        expects: Option<i64>,
        event: &Event,
    ) -> Result<Put> {
        let mut tx = self.begin_write().await?;
        let is_new = expects.unwrap_or(0) == 0
            && either!(tx &mut tx, db => query(INSERT)
                .bind(&scope.name).bind(&scope.description).bind(scope.is_required).bind(texts(&scope.descriptions)).bind(event.at)
                .execute(db).await.map(|done| done.rows_affected() == 1))?;
        let is_updated = !is_new
            && match expects {
                None => either!(tx &mut tx, db => query(UPDATE)
                    .bind(&scope.name).bind(&scope.description).bind(scope.is_required).bind(texts(&scope.descriptions))
                    .execute(db).await.map(|done| done.rows_affected() == 1))?,
                Some(version) => either!(tx &mut tx, db => query(UPDATE_IF)
                    .bind(&scope.name).bind(&scope.description).bind(scope.is_required).bind(texts(&scope.descriptions)).bind(version)
                    .execute(db).await.map(|done| done.rows_affected() == 1))?,
            };
        let (put, kind) = match (is_new, is_updated) {
            (true, _) => (Put::Added, EventKind::ScopeAdded),
            (_, true) => (Put::Updated, EventKind::ScopeUpdated),
            _ => return Ok(Put::Stale),
        };
        tx.finish_change(&Event {
            kind,
            ..event.clone()
        })
        .await?;
        Ok(put)
    }

    /// Removes a scope, if it still has the version that is expected, where one is.
    pub async fn remove_scope(
        &self,
        name: &str,
        expects: Option<i64>,
        event: &Event,
    ) -> Result<Altered> {
        let mut tx = self.begin_write().await?;
        let is_removed = match expects {
            None => either!(tx &mut tx, db => query(DELETE)
                .bind(name).execute(db).await.map(|done| done.rows_affected() == 1))?,
            Some(version) => either!(tx &mut tx, db => query(DELETE_IF)
                .bind(name).bind(version).execute(db).await.map(|done| done.rows_affected() == 1))?,
        };
        if !is_removed {
            let found: Option<i64> =
                either!(tx &mut tx, db => query_scalar(FIND).bind(name).fetch_optional(db).await)?;
            return Ok(found.map_or(Altered::Gone, |_| Altered::Stale));
        }
        tx.forget_managed(Kind::Scope, name).await?;
        tx.finish_change(event).await?;
        Ok(Altered::Altered)
    }
}
