//! What `placet apply` writes: everything in one transaction, or nothing.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use sqlx::types::Json;
use sqlx::{query, query_as, query_scalar};
use uuid::Uuid;

use super::db::{Store, Tx, either};
use super::users::{Added, UserChange, UserChanged, UserTerms};
use super::{Altered, Result};
use super::{resources, roles, scopes};
use crate::model::client::{Client, ClientSecret};
use crate::model::event::Event;
use crate::model::id::{ClientId, UserId};
use crate::model::managed::{Kind, Managed};
use crate::model::resource::Resource;
use crate::model::scope::ScopeDefinition;
use crate::model::secret::TokenHash;
use crate::model::user::User;

/// One thing to be done. What is there has a version: as it was when the plan was made.
#[derive(Debug, Clone)]
pub enum Change {
    /// Version 0: a new one.
    PutRole {
        name: String,
        description: String,
        version: i64,
    },
    RemoveRole {
        name: String,
        version: i64,
    },
    /// With the version that is there; 0: a new one.
    PutScope(ScopeDefinition),
    RemoveScope {
        name: String,
        version: i64,
    },
    AddResource(Resource),
    UpdateResource(Resource),
    RemoveResource {
        uri: String,
        version: i64,
    },
    AddClient(Box<Client>),
    UpdateClient(Box<Client>),
    /// In place of the others, which end then at the latest. With the version of a client that has no other change.
    PutSecret {
        id: ClientId,
        version: Option<i64>,
        secret: Box<ClientSecret>,
        others_expire_at: DateTime<Utc>,
    },
    RemoveClient {
        id: ClientId,
        version: i64,
    },
    AddUser(Box<User>, Map<String, Value>),
    /// The user as they were; and whether they are enabled from now on.
    UpdateUser(Box<User>, UserChange, bool),
    RemoveUser(Box<User>),
    /// From now on managed so; and by what before.
    Manage(Managed, Option<String>),
    /// No longer managed; the thing itself is gone.
    Forget(Kind, String),
}

impl Change {
    /// What it is about.
    pub fn subject(&self) -> (Kind, &str) {
        match self {
            Self::PutRole { name, .. } | Self::RemoveRole { name, .. } => (Kind::Role, name),
            Self::PutScope(scope) => (Kind::Scope, &scope.name),
            Self::RemoveScope { name, .. } => (Kind::Scope, name),
            Self::AddResource(resource) | Self::UpdateResource(resource) => {
                (Kind::Resource, &resource.uri)
            }
            Self::RemoveResource { uri, .. } => (Kind::Resource, uri),
            Self::AddClient(client) | Self::UpdateClient(client) => {
                (Kind::Client, client.id.as_str())
            }
            Self::PutSecret { id, .. } | Self::RemoveClient { id, .. } => {
                (Kind::Client, id.as_str())
            }
            Self::AddUser(user, _) | Self::UpdateUser(user, ..) | Self::RemoveUser(user) => {
                (Kind::User, &user.username)
            }
            Self::Manage(managed, _) => (managed.kind, &managed.id),
            Self::Forget(kind, id) => (*kind, id),
        }
    }
}

/// A change, and what the audit log is to say of it.
#[derive(Debug, Clone)]
pub struct Step {
    pub change: Change,
    pub event: Option<Event>,
}

/// What became of a list of steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// Every one is done.
    Done,
    /// This one meets something else than was there when the plan was made; nothing is done.
    Stale(usize),
    /// Nobody would be left who can administer; nothing is done.
    NoAdministrator,
}

const MANAGE: &str = "INSERT INTO managed (kind, id, source, definition, applied_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (kind, id) DO UPDATE SET source = excluded.source, definition = excluded.definition, applied_at = excluded.applied_at
    WHERE managed.source = $6";
const DELETE_ROLE: &str = "DELETE FROM roles WHERE name = $1 AND version = $2";
const LIST_ROLES: &str = "SELECT name, description, version FROM roles ORDER BY name";
const INSERT_RESOURCE: &str =
    "INSERT INTO resources (uri, name, scope, alg, access_ttl_seconds, secret_sealed, format, scope_roles, token_roles,
        names, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (uri) DO NOTHING";
const UPDATE_RESOURCE: &str = "UPDATE resources SET name = $2, scope = $3, alg = $4, access_ttl_seconds = $5, secret_sealed = $6, format = $7,
        scope_roles = $8, token_roles = $9, names = $10, version = version + 1
    WHERE uri = $1 AND version = $11";
const DELETE_SECRET: &str = "DELETE FROM client_secrets WHERE client_id = $1 AND hash = $2";
const SECRET_OWNER: &str = "SELECT client_id FROM client_secrets WHERE hash = $1";
const LIST_CLAIMS: &str =
    "SELECT id, claims FROM users WHERE id > $1 AND claims IS NOT NULL ORDER BY id LIMIT $2";
// Who has no password cannot sign in.
const ADMINISTRATORS: &str =
    "SELECT id FROM users WHERE is_admin AND disabled_at IS NULL AND password_hash IS NOT NULL";
const HAS_ADMINISTRATOR: &str = "SELECT 1 FROM users WHERE is_admin AND disabled_at IS NULL AND password_hash IS NOT NULL LIMIT 1";

impl Store {
    /// Does every step, in their order, and writes `event` last; or none.
    pub async fn apply(
        &self,
        steps: &[Step],
        needs_administrator: bool,
        event: &Event,
    ) -> Result<Applied> {
        // Two who apply at once come one after the other, and the second meets what the first changed.
        let mut tx = self.begin_sealing().await?;
        tx.be_patient().await?;
        tx.lock_administration().await?;
        for (index, step) in steps.iter().enumerate() {
            if !tx.step(&step.change, event.at).await? {
                return Ok(Applied::Stale(index));
            }
            if let Some(event) = &step.event {
                tx.record(event).await?;
            }
        }
        if needs_administrator {
            let has_one = either!(tx &mut tx, db => query(HAS_ADMINISTRATOR)
                .fetch_optional(db).await.map(|row| row.is_some()))?;
            if !has_one {
                return Ok(Applied::NoAdministrator);
            }
        }
        tx.finish_change(event).await?;
        Ok(Applied::Done)
    }

    /// The administrators who can sign in.
    pub async fn enabled_administrators(&self) -> Result<Vec<UserId>> {
        let ids: Vec<Uuid> =
            either!(read self.db, db => query_scalar(ADMINISTRATORS).fetch_all(db).await)?;
        Ok(ids.into_iter().map(UserId).collect())
    }

    /// The client that has a secret with that hash.
    pub async fn secret_owner(&self, hash: &TokenHash) -> Result<Option<String>> {
        Ok(either!(read self.db, db => query_scalar(SECRET_OWNER)
            .bind(hash.as_bytes().as_slice()).fetch_optional(db).await)?)
    }

    /// The claims of at most `limit` users with ids after `after`, by id; of those who have any.
    pub async fn list_user_claims(
        &self,
        after: Uuid,
        limit: i64,
    ) -> Result<Vec<(Uuid, Map<String, Value>)>> {
        let rows: Vec<(Uuid, Json<Map<String, Value>>)> = either!(read self.db, db => query_as(LIST_CLAIMS)
            .bind(after).bind(limit).fetch_all(db).await)?;
        Ok(rows
            .into_iter()
            .map(|(id, claims)| (id, claims.0))
            .collect())
    }

    /// The roles that are registered, by name: name, description, version.
    pub async fn registered_roles(&self) -> Result<Vec<(String, String, i64)>> {
        Ok(either!(read self.db, db => query_as(LIST_ROLES).fetch_all(db).await)?)
    }
}

impl Tx {
    /// False where it meets something else than was there.
    async fn step(&mut self, change: &Change, at: DateTime<Utc>) -> Result<bool> {
        match change {
            Change::PutRole { .. } | Change::RemoveRole { .. } => self.role_step(change, at).await,
            Change::PutScope(_) | Change::RemoveScope { .. } => self.scope_step(change, at).await,
            Change::AddResource(resource) => self.put_resource(INSERT_RESOURCE, resource, at).await,
            Change::UpdateResource(resource) => {
                self.put_resource(UPDATE_RESOURCE, resource, at).await
            }
            Change::RemoveResource { uri, version } => {
                self.forget_managed(Kind::Resource, uri).await?;
                Ok(either!(tx self, db => query(resources::DELETE_IF)
                    .bind(uri).bind(version).execute(db).await.map(|done| done.rows_affected() == 1))?)
            }
            Change::AddClient(client) => {
                let added = self.insert_client(client).await?;
                Ok(added && (client.is_enabled() || self.write_client(client, at).await?))
            }
            Change::UpdateClient(client) => self.write_client(client, at).await,
            Change::PutSecret {
                id,
                version,
                secret,
                others_expire_at,
            } => {
                let raised = self.raise_client_version(id, *version).await?;
                let hash = secret.hash.as_bytes().as_slice();
                either!(tx &mut *self, db => query(DELETE_SECRET)
                    .bind(id.as_str()).bind(hash).execute(db).await.map(|_| ()))?;
                self.expire_client_secrets(id, *others_expire_at).await?;
                self.insert_client_secret(id, secret).await?;
                Ok(raised == Altered::Altered)
            }
            Change::RemoveClient { id, version } => {
                Ok(self.delete_client(id, Some(*version)).await? == Altered::Altered)
            }
            Change::AddUser(..) | Change::UpdateUser(..) | Change::RemoveUser(_) => {
                self.user_step(change, at).await
            }
            Change::Forget(kind, id) => {
                self.forget_managed(*kind, id).await?;
                Ok(true)
            }
            Change::Manage(managed, before) => Ok(either!(tx self, db => query(MANAGE)
                    .bind(managed.kind.as_str())
                    .bind(&managed.id)
                    .bind(&managed.source)
                    .bind(Json(&managed.definition))
                    .bind(at)
                    .bind(before)
                    .execute(db).await.map(|done| done.rows_affected() == 1))?),
        }
    }

    async fn write_client(&mut self, client: &Client, at: DateTime<Utc>) -> Result<bool> {
        Ok(self.update_client(client, at).await? == Altered::Altered)
    }

    async fn role_step(&mut self, change: &Change, at: DateTime<Utc>) -> Result<bool> {
        Ok(match change {
            Change::PutRole {
                name,
                description,
                version: 0,
            } => either!(tx self, db => query(roles::INSERT)
                .bind(name).bind(description).bind(at).execute(db).await.map(|done| done.rows_affected() == 1))?,
            Change::PutRole {
                name,
                description,
                version,
            } => either!(tx self, db => query(roles::UPDATE_IF)
                .bind(name).bind(description).bind(version).execute(db).await.map(|done| done.rows_affected() == 1))?,
            Change::RemoveRole { name, version } => {
                // Somebody got it, or a resource names it, since the plan was made.
                if self.role_in_use(name).await?.is_some() {
                    return Ok(false);
                }
                self.forget_managed(Kind::Role, name).await?;
                either!(tx self, db => query(DELETE_ROLE)
                    .bind(name).bind(version).execute(db).await.map(|done| done.rows_affected() == 1))?
            }
            _ => false,
        })
    }

    async fn scope_step(&mut self, change: &Change, at: DateTime<Utc>) -> Result<bool> {
        Ok(match change {
            Change::PutScope(scope) if scope.version == 0 => {
                either!(tx self, db => query(scopes::INSERT)
                    .bind(&scope.name).bind(&scope.description).bind(scope.is_required)
                    .bind(scopes::texts(&scope.descriptions)).bind(at)
                    .execute(db).await.map(|done| done.rows_affected() == 1))?
            }
            Change::PutScope(scope) => either!(tx self, db => query(scopes::UPDATE_IF)
                .bind(&scope.name).bind(&scope.description).bind(scope.is_required)
                .bind(scopes::texts(&scope.descriptions)).bind(scope.version)
                .execute(db).await.map(|done| done.rows_affected() == 1))?,
            Change::RemoveScope { name, version } => {
                self.forget_managed(Kind::Scope, name).await?;
                either!(tx self, db => query(scopes::DELETE_IF)
                    .bind(name).bind(version).execute(db).await.map(|done| done.rows_affected() == 1))?
            }
            _ => false,
        })
    }

    async fn user_step(&mut self, change: &Change, at: DateTime<Utc>) -> Result<bool> {
        let terms = |user: &User| UserTerms {
            expects: Some(user.version),
            keeps_administrator: false,
        };
        let outcome = match change {
            Change::AddUser(user, claims) => {
                if self.insert_user(user, claims).await? == Added::AlreadyThere {
                    return Ok(false);
                }
                if user.is_enabled() {
                    return Ok(true);
                }
                self.disable_user(user.id, UserTerms::default(), at).await?
            }
            Change::UpdateUser(user, change, is_enabled) => {
                let updated = self.update_user(user.id, change, terms(user), at).await?;
                if updated != UserChanged::Changed {
                    return Ok(false);
                }
                match (user.is_enabled(), is_enabled) {
                    (true, false) => self.disable_user(user.id, UserTerms::default(), at).await?,
                    (false, true) => self.enable_user(user.id, UserTerms::default(), at).await?,
                    _ => updated,
                }
            }
            Change::RemoveUser(user) => self.remove_user(user.id, terms(user), at).await?,
            _ => UserChanged::NotFound,
        };
        Ok(outcome == UserChanged::Changed)
    }

    /// Both statements bind the same, but for the last: when it was made, or the version that is there.
    async fn put_resource(
        &mut self,
        statement: &'static str,
        resource: &Resource,
        at: DateTime<Utc>,
    ) -> Result<bool> {
        Ok(either!(tx self, db => {
            let query = query(statement)
                .bind(&resource.uri)
                .bind(&resource.name)
                .bind(resource.scope.to_string())
                .bind(resource.alg.as_str())
                .bind(resource.access_ttl_seconds)
                .bind(resource.secret_sealed.as_deref())
                .bind(resource.format.as_str())
                .bind((!resource.scope_roles.is_empty()).then_some(Json(&resource.scope_roles)))
                .bind(resource.token_roles.as_str())
                .bind(scopes::texts(&resource.names));
            let query = if statement == INSERT_RESOURCE { query.bind(at) } else { query.bind(resource.version) };
            query.execute(db).await.map(|done| done.rows_affected() == 1)
        })?)
    }
}
