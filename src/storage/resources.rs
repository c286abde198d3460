//! Resources: the APIs that accept our access tokens.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use sqlx::{FromRow, query, query_as, query_scalar};

use super::db::{Store, Tx, either};
use super::scopes::texts;
use super::users::Added;
use super::{Altered, Error, Result};
use crate::model::event::Event;
use crate::model::localized::Localized;
use crate::model::managed::Kind;
use crate::model::resource::{Resource, TokenFormat, TokenRoles};
use crate::model::scope::Scopes;
use crate::model::signing_key::SigningAlg;

const LIST: &str = "SELECT uri, name, scope, alg, access_ttl_seconds, secret_sealed, format, scope_roles, token_roles, names, version
    FROM resources ORDER BY created_at, uri";
const INSERT: &str =
    "INSERT INTO resources (uri, name, scope, alg, access_ttl_seconds, secret_sealed, created_at, format, scope_roles, token_roles,
        names)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (uri) DO NOTHING RETURNING uri";
const UPDATE: &str = "UPDATE resources SET name = $3, scope = $4, alg = $5, access_ttl_seconds = $6, secret_sealed = $7, format = $8,
        scope_roles = $9, token_roles = $10, names = $11, version = version + 1
    WHERE uri = $1 AND version = $2";
const FIND: &str = "SELECT version FROM resources WHERE uri = $1";
const DELETE: &str = "DELETE FROM resources WHERE uri = $1";
pub(super) const DELETE_IF: &str = "DELETE FROM resources WHERE uri = $1 AND version = $2";

#[derive(FromRow)]
struct ResourceRow {
    uri: String,
    name: String,
    scope: String,
    alg: String,
    access_ttl_seconds: Option<i64>,
    secret_sealed: Option<Vec<u8>>,
    format: Option<String>,
    scope_roles: Option<Json<BTreeMap<String, BTreeSet<String>>>>,
    token_roles: Option<String>,
    names: Option<Json<Localized>>,
    version: i64,
}

impl ResourceRow {
    fn into_resource(self) -> Result<Resource> {
        Ok(Resource {
            uri: self.uri,
            name: self.name,
            names: self.names.map(|stored| stored.0).unwrap_or_default(),
            scope: Scopes::parse(&self.scope).map_err(|_| Error::Corrupt("resources.scope"))?,
            alg: SigningAlg::from_str(&self.alg).map_err(|_| Error::Corrupt("resources.alg"))?,
            access_ttl_seconds: self.access_ttl_seconds,
            secret_sealed: self.secret_sealed,
            format: match self.format.as_deref() {
                Some("opaque") => TokenFormat::Opaque,
                _ => TokenFormat::Jwt,
            },
            scope_roles: self.scope_roles.map(|stored| stored.0).unwrap_or_default(),
            token_roles: match self.token_roles.as_deref() {
                Some("own") => TokenRoles::Own,
                Some("none") => TokenRoles::None,
                _ => TokenRoles::All,
            },
            version: self.version,
        })
    }
}

impl Store {
    /// Every resource, oldest first.
    pub async fn list_resources(&self) -> Result<Vec<Resource>> {
        let rows: Vec<ResourceRow> =
            either!(read self.db, db => query_as(LIST).fetch_all(db).await)?;
        rows.into_iter().map(ResourceRow::into_resource).collect()
    }

    /// Adds a resource.
    pub async fn add_resource(
        &self,
        resource: &Resource,
        now: DateTime<Utc>,
        event: &Event,
    ) -> Result<Added> {
        let mut tx = self.begin_sealing().await?;
        // Who removes a role looks under the same lock for a resource that names it.
        tx.lock_administration().await?;
        let inserted = either!(tx &mut tx, db => query(INSERT)
            .bind(&resource.uri)
            .bind(&resource.name)
            .bind(resource.scope.to_string())
            .bind(resource.alg.as_str())
            .bind(resource.access_ttl_seconds)
            .bind(resource.secret_sealed.as_deref())
            .bind(now)
            .bind(resource.format.as_str())
            .bind((!resource.scope_roles.is_empty()).then_some(Json(&resource.scope_roles)))
            .bind(resource.token_roles.as_str())
            .bind(texts(&resource.names))
            .fetch_optional(db).await.map(|row| row.is_some()))?;
        if !inserted {
            return Ok(Added::AlreadyThere);
        }
        tx.keep_roles(resource, event).await?;
        tx.finish_change(event).await?;
        Ok(Added::Added)
    }

    /// Changes a resource that still has the version that `resource` was read at.
    pub async fn update_resource(&self, resource: &Resource, event: &Event) -> Result<Altered> {
        let mut tx = self.begin_sealing().await?;
        // Who removes a role looks under the same lock for a resource that names it.
        tx.lock_administration().await?;
        let is_updated = either!(tx &mut tx, db => query(UPDATE)
            .bind(&resource.uri)
            .bind(resource.version)
            .bind(&resource.name)
            .bind(resource.scope.to_string())
            .bind(resource.alg.as_str())
            .bind(resource.access_ttl_seconds)
            .bind(resource.secret_sealed.as_deref())
            .bind(resource.format.as_str())
            .bind((!resource.scope_roles.is_empty()).then_some(Json(&resource.scope_roles)))
            .bind(resource.token_roles.as_str())
            .bind(texts(&resource.names))
            .execute(db).await.map(|done| done.rows_affected() == 1))?;
        if !is_updated {
            return tx.stale_or_gone(&resource.uri).await;
        }
        tx.keep_roles(resource, event).await?;
        tx.finish_change(event).await?;
        Ok(Altered::Altered)
    }

    /// Removes a resource, if it still has the version that is expected, where one is.
    pub async fn remove_resource(
        &self,
        uri: &str,
        expects: Option<i64>,
        event: &Event,
    ) -> Result<Altered> {
        let mut tx = self.begin_write().await?;
        let is_removed = match expects {
            None => either!(tx &mut tx, db => query(DELETE)
                .bind(uri).execute(db).await.map(|done| done.rows_affected() == 1))?,
            Some(version) => either!(tx &mut tx, db => query(DELETE_IF)
                .bind(uri).bind(version).execute(db).await.map(|done| done.rows_affected() == 1))?,
        };
        if !is_removed {
            return tx.stale_or_gone(uri).await;
        }
        tx.forget_managed(Kind::Resource, uri).await?;
        tx.finish_change(event).await?;
        Ok(Altered::Altered)
    }
}

impl Tx {
    async fn stale_or_gone(&mut self, uri: &str) -> Result<Altered> {
        let found: Option<i64> =
            either!(tx self, db => query_scalar(FIND).bind(uri).fetch_optional(db).await)?;
        Ok(found.map_or(Altered::Gone, |_| Altered::Stale))
    }
}
