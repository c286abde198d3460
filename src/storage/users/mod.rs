//! Users: the people who sign in.

mod change;
mod ends;
mod own;
mod roles;
mod search;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use sqlx::types::Json;
use sqlx::{FromRow, query, query_as};
use uuid::Uuid;

use super::Result;
use super::db::{Store, Tx, either};
use crate::model::claims::{ClaimChange, UserClaims};
use crate::model::event::Event;
use crate::model::id::UserId;
use crate::model::secret::PasswordHash;
use crate::model::user::{User, account_key};
pub use search::UserFilter;

/// Whether something new was stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    Added,
    /// The name, id or address is taken.
    AlreadyThere,
}

/// How a change to a user ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserChanged {
    Changed,
    /// It was so before: nothing was written.
    AlreadySo,
    NotFound,
    /// Somebody else changed it: it has not the version that was expected.
    Stale,
    /// The e-mail address is somebody else's.
    AddressTaken,
    /// Nobody else could administer.
    LastAdministrator,
}

/// On what conditions a user is changed.
#[derive(Debug, Clone, Copy, Default)]
pub struct UserTerms {
    /// Only while it has this version.
    pub expects: Option<i64>,
    /// An administrator who can sign in must be left.
    pub keeps_administrator: bool,
}

/// A change to a user; `None` leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct UserChange {
    pub email: Option<Option<String>>,
    pub is_email_verified: Option<bool>,
    pub name: Option<Option<String>>,
    pub roles: Option<Vec<String>>,
    /// The language of the pages, a tag; `Some(None)`: as the browser says.
    pub locale: Option<Option<String>>,
    pub claims: Vec<ClaimChange>,
}

const FIND_BY_ID: &str = "SELECT id, username, email, is_email_verified, name, roles, password_hash, disabled_at, created_at, version, locale, password_changed_at, has_totp, has_passkey
    FROM users WHERE id = $1";
const FIND_BY_KEY: &str = "SELECT id, username, email, is_email_verified, name, roles, password_hash, disabled_at, created_at, version, locale, password_changed_at, has_totp, has_passkey
    FROM users WHERE username_key = $1 OR email_key = $1";
const LIST: &str = "SELECT id, username, email, is_email_verified, name, roles, password_hash, disabled_at, created_at, version, locale, password_changed_at, has_totp, has_passkey
    FROM users WHERE id > $1 ORDER BY id LIMIT $2";
const FIND_CLAIMS: &str = "SELECT claims, updated_at FROM users WHERE id = $1";
const UPGRADE_PASSWORD: &str =
    "UPDATE users SET password_hash = $3, updated_at = $4 WHERE id = $1 AND password_hash = $2";
const HAS_ADMIN: &str = "SELECT 1 FROM users WHERE is_admin LIMIT 1";

#[derive(FromRow)]
pub(super) struct UserRow {
    pub(super) id: Uuid,
    username: String,
    email: Option<String>,
    is_email_verified: bool,
    name: Option<String>,
    roles: Json<Vec<String>>,
    password_hash: Option<String>,
    disabled_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    /// Read where administrators look; sign-in has no use for it.
    #[sqlx(default)]
    version: i64,
    /// These four are read where pages are made and people sign in; tokens have no use for them.
    #[sqlx(default)]
    locale: Option<String>,
    #[sqlx(default)]
    password_changed_at: Option<DateTime<Utc>>,
    #[sqlx(default)]
    has_totp: bool,
    #[sqlx(default)]
    has_passkey: bool,
}

#[derive(FromRow)]
struct ClaimsRow {
    claims: Option<Json<Map<String, Value>>>,
    updated_at: DateTime<Utc>,
}

/// Claims as stored.
pub(super) fn user_claims(
    stored: Option<Json<Map<String, Value>>>,
    updated_at: DateTime<Utc>,
) -> UserClaims {
    UserClaims {
        values: stored.map(|stored| stored.0).unwrap_or_default(),
        updated_at,
    }
}

impl From<UserRow> for User {
    fn from(row: UserRow) -> Self {
        Self {
            id: UserId(row.id),
            username: row.username,
            email: row.email,
            is_email_verified: row.is_email_verified,
            name: row.name,
            roles: row.roles.0,
            password_hash: row.password_hash.map(PasswordHash::from_phc),
            disabled_at: row.disabled_at,
            created_at: row.created_at,
            version: row.version,
            locale: row.locale,
            password_changed_at: row.password_changed_at,
            has_totp: row.has_totp,
            has_passkey: row.has_passkey,
        }
    }
}

impl Store {
    /// The user with that id.
    pub async fn find_user(&self, id: UserId) -> Result<Option<User>> {
        let row: Option<UserRow> =
            either!(read self.db, db => query_as(FIND_BY_ID).bind(id.0).fetch_optional(db).await)?;
        Ok(row.map(User::from))
    }

    /// The user with that username or e-mail address, in any spelling.
    pub async fn find_user_by_name(&self, name: &str) -> Result<Option<User>> {
        let key = account_key(name);
        let row: Option<UserRow> =
            either!(read self.db, db => query_as(FIND_BY_KEY).bind(key).fetch_optional(db).await)?;
        Ok(row.map(User::from))
    }

    /// At most `limit` users with ids after `after`, by id.
    pub async fn list_users(&self, after: Uuid, limit: i64) -> Result<Vec<User>> {
        let rows: Vec<UserRow> = either!(read self.db, db => query_as(LIST).bind(after).bind(limit).fetch_all(db).await)?;
        Ok(rows.into_iter().map(User::from).collect())
    }

    /// The claims of a user that have no field of their own.
    pub async fn find_user_claims(&self, id: UserId) -> Result<Option<UserClaims>> {
        let row: Option<ClaimsRow> =
            either!(read self.db, db => query_as(FIND_CLAIMS).bind(id.0).fetch_optional(db).await)?;
        Ok(row.map(|row| user_claims(row.claims, row.updated_at)))
    }

    /// Whether anyone is an administrator, even a disabled one: barring somebody must not open the set-up anew.
    pub async fn has_administrator(&self) -> Result<bool> {
        Ok(
            either!(read self.db, db => query(HAS_ADMIN).fetch_optional(db).await.map(|row| row.is_some()))?,
        )
    }

    /// Stores a new user.
    pub async fn add_user(&self, user: &User, event: &Event) -> Result<Added> {
        self.add_user_with(user, &Map::new(), event).await
    }

    /// Stores a new user with claims.
    pub async fn add_user_with(
        &self,
        user: &User,
        claims: &Map<String, Value>,
        event: &Event,
    ) -> Result<Added> {
        let mut tx = self.begin_write().await?;
        let added = tx.insert_user(user, claims).await?;
        if added == Added::Added {
            tx.finish_user_change(event).await?;
        }
        Ok(added)
    }

    /// Stores the first administrator; `AlreadyThere` once there is one, however many ask at the same time.
    pub async fn add_first_administrator(&self, user: &User, event: &Event) -> Result<Added> {
        let mut tx = self.begin_write().await?;
        tx.lock_administration().await?;
        let has_one = either!(tx &mut tx, db => query(HAS_ADMIN).fetch_optional(db).await.map(|row| row.is_some()))?;
        if has_one {
            return Ok(Added::AlreadyThere);
        }
        let added = tx.insert_user(user, &Map::new()).await?;
        if added == Added::Added {
            tx.finish_user_change(event).await?;
        }
        Ok(added)
    }

    /// Changes a user.
    pub async fn update_user(
        &self,
        id: UserId,
        change: &UserChange,
        terms: UserTerms,
        event: &Event,
    ) -> Result<UserChanged> {
        let mut tx = self.begin_write().await?;
        let outcome = tx.update_user(id, change, terms, event.at).await?;
        if outcome == UserChanged::Changed {
            tx.finish_user_change(event).await?;
        }
        Ok(outcome)
    }

    /// Replaces a hash by one with today's parameters, unless the password was changed meanwhile: then false.
    pub async fn upgrade_password_hash(
        &self,
        id: UserId,
        old: &PasswordHash,
        new: &PasswordHash,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        Ok(either!(write self.db, db => query(UPGRADE_PASSWORD)
            .bind(id.0).bind(old.as_phc()).bind(new.as_phc()).bind(now)
            .execute(db).await.map(|done| done.rows_affected() == 1))?)
    }
}

impl Tx {
    /// The end of a change to a user: users are read at every use, so no revision is raised.
    pub(in crate::storage) async fn finish_user_change(mut self, event: &Event) -> Result<()> {
        self.record(event).await?;
        self.commit().await
    }
}
