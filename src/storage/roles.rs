//! The roles that administrators registered. Who has which is in `user_roles`, which the verbs of users keep.

use sqlx::types::Json;
use sqlx::{query, query_as, query_scalar};
use std::collections::{BTreeMap, BTreeSet};

use super::db::{Store, Tx, either};
use super::{Put, Result};
use crate::model::event::{Event, EventKind};
use crate::model::managed::Kind;
use crate::model::resource::Resource;
use crate::model::role::Role;

/// What became of taking a role away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleRemoval {
    Removed,
    /// It has another version than the one that was expected.
    Stale,
    /// There is none.
    Gone,
    /// Somebody has it.
    HeldByUser,
    /// A resource names it.
    NamedByResource,
}

const LIST: &str = "SELECT name, description, version FROM roles";
const COUNTS: &str = "SELECT role, COUNT(*) FROM user_roles GROUP BY role";
pub(super) const INSERT: &str =
    "INSERT INTO roles (name, description, version, created_at) VALUES ($1, $2, 1, $3)
    ON CONFLICT (name) DO NOTHING";
const UPDATE: &str = "UPDATE roles SET description = $2, version = version + 1 WHERE name = $1";
pub(super) const UPDATE_IF: &str =
    "UPDATE roles SET description = $2, version = version + 1 WHERE name = $1 AND version = $3";
const FIND: &str = "SELECT version FROM roles WHERE name = $1";
/// Postgres: waits for whoever gives the role to somebody at this moment, so that they are seen.
const LOCK: &str = "SELECT name FROM roles WHERE name = $1 FOR UPDATE";
const IS_HELD: &str = "SELECT role FROM user_roles WHERE role = $1 LIMIT 1";
const NAMED: &str = "SELECT scope_roles FROM resources WHERE scope_roles IS NOT NULL";
const DELETE: &str = "DELETE FROM roles WHERE name = $1";

type ScopeRoles = BTreeMap<String, BTreeSet<String>>;

impl Store {
    /// Every role that is registered or that somebody has, by name.
    pub async fn list_roles(&self) -> Result<Vec<Role>> {
        let stored: Vec<(String, String, i64)> =
            either!(read self.db, db => query_as(LIST).fetch_all(db).await)?;
        let counts: Vec<(String, i64)> =
            either!(read self.db, db => query_as(COUNTS).fetch_all(db).await)?;
        let mut roles = BTreeMap::new();
        for (name, description, version) in stored {
            let role = Role {
                name: name.clone(),
                description,
                users: 0,
                version,
            };
            roles.insert(name, role);
        }
        for (name, users) in counts {
            let role = roles.entry(name.clone()).or_insert_with(|| Role {
                name,
                description: String::new(),
                users: 0,
                version: 0,
            });
            role.users = users;
        }
        Ok(roles.into_values().collect())
    }

    /// Adds a role or changes its words, if it still has the version that is expected, where one is; `event` becomes the kind that it was.
    pub async fn put_role(
        &self,
        name: &str,
        description: &str,
        expects: Option<i64>,
        event: &Event,
    ) -> Result<Put> {
        let mut tx = self.begin_write().await?;
        let is_new = expects.unwrap_or(0) == 0
            && either!(tx &mut tx, db => query(INSERT)
                .bind(name).bind(description).bind(event.at)
                .execute(db).await.map(|done| done.rows_affected() == 1))?;
        let is_updated = !is_new
            && match expects {
                None => either!(tx &mut tx, db => query(UPDATE)
                    .bind(name).bind(description)
                    .execute(db).await.map(|done| done.rows_affected() == 1))?,
                Some(version) => either!(tx &mut tx, db => query(UPDATE_IF)
                    .bind(name).bind(description).bind(version)
                    .execute(db).await.map(|done| done.rows_affected() == 1))?,
            };
        let (put, kind) = match (is_new, is_updated) {
            (true, _) => (Put::Added, EventKind::RoleAdded),
            (_, true) => (Put::Updated, EventKind::RoleUpdated),
            _ => return Ok(Put::Stale),
        };
        tx.finish_change(&Event {
            kind,
            ..event.clone()
        })
        .await?;
        Ok(put)
    }

    /// Removes a role that nobody has and no resource names.
    pub async fn remove_role(
        &self,
        name: &str,
        expects: Option<i64>,
        event: &Event,
    ) -> Result<RoleRemoval> {
        let mut tx = self.begin_write().await?;
        tx.lock_administration().await?;
        if let Some(in_use) = tx.role_in_use(name).await? {
            return Ok(in_use);
        }
        let version: Option<i64> =
            either!(tx &mut tx, db => query_scalar(FIND).bind(name).fetch_optional(db).await)?;
        let Some(version) = version else {
            return Ok(RoleRemoval::Gone);
        };
        if expects.is_some_and(|expected| expected != version) {
            return Ok(RoleRemoval::Stale);
        }
        let deleted = either!(tx &mut tx, db => query(DELETE)
            .bind(name).execute(db).await.map(|done| done.rows_affected() == 1))?;
        if !deleted {
            return Ok(RoleRemoval::Gone);
        }
        tx.forget_managed(Kind::Role, name).await?;
        tx.finish_change(event).await?;
        Ok(RoleRemoval::Removed)
    }
}

impl Tx {
    /// Why a role cannot go, if it cannot. Nobody gets it until the end of the transaction; and no resource names it, because whoever writes one
    /// holds the lock of the administration, as this transaction does.
    pub(super) async fn role_in_use(&mut self, name: &str) -> Result<Option<RoleRemoval>> {
        if let Self::Postgres(tx) = &mut *self {
            query(LOCK).bind(name).execute(&mut **tx).await?;
        }
        let is_held = either!(tx &mut *self, db => query(IS_HELD)
            .bind(name).fetch_optional(db).await.map(|row| row.is_some()))?;
        if is_held {
            return Ok(Some(RoleRemoval::HeldByUser));
        }
        let named: Vec<Json<ScopeRoles>> =
            either!(tx self, db => query_scalar(NAMED).fetch_all(db).await)?;
        let mut named = named.iter().flat_map(|named| named.0.values());
        let is_named = named.any(|roles| roles.contains(name));
        Ok(is_named.then_some(RoleRemoval::NamedByResource))
    }

    /// Registers the roles that a resource names, as far as they went meanwhile.
    pub(super) async fn keep_roles(&mut self, resource: &Resource, event: &Event) -> Result<()> {
        let names: BTreeSet<&String> = resource.scope_roles.values().flatten().collect();
        for name in names {
            either!(tx self, db => query(INSERT)
                .bind(name).bind("").bind(event.at).execute(db).await.map(|_| ()))?;
        }
        Ok(())
    }
}
