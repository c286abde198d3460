//! Users: the people who sign in.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use sqlx::types::Json;
use sqlx::{FromRow, query, query_as};
use uuid::Uuid;

use super::db::{Store, Tx, either};
use super::logouts::Ending;
use super::{Error, Result};
use crate::model::claims::{self, ClaimChange, UserClaims};
use crate::model::event::Event;
use crate::model::id::UserId;
use crate::model::secret::PasswordHash;
use crate::model::user::{User, account_key};

/// Whether something new was stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    Added,
    /// The name, id or address is taken.
    AlreadyThere,
}

/// A change to a user; `None` leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct UserChange {
    pub email: Option<Option<String>>,
    pub is_email_verified: Option<bool>,
    pub name: Option<Option<String>>,
    pub roles: Option<Vec<String>>,
    pub claims: Vec<ClaimChange>,
}

const FIND_BY_ID: &str = "SELECT id, username, email, is_email_verified, name, roles, password_hash, disabled_at, created_at, version
    FROM users WHERE id = $1";
const FIND_BY_KEY: &str = "SELECT id, username, email, is_email_verified, name, roles, password_hash, disabled_at, created_at, version
    FROM users WHERE username_key = $1 OR email_key = $1";
const LIST: &str = "SELECT id, username, email, is_email_verified, name, roles, password_hash, disabled_at, created_at, version
    FROM users WHERE id > $1 ORDER BY id LIMIT $2";
const INSERT: &str = "INSERT INTO users
    (id, username, username_key, email, email_key, is_email_verified, name, roles, is_admin, password_hash, disabled_at, created_at, updated_at,
        claims)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL, $11, $11, $12)";
const UPDATE: &str = "UPDATE users SET email = $2, email_key = $3, is_email_verified = $4, name = $5, roles = $6, is_admin = $7, updated_at = $8, version = version + 1
    WHERE id = $1";
const FIND_CLAIMS: &str = "SELECT claims, updated_at FROM users WHERE id = $1";
const SET_CLAIMS: &str = "UPDATE users SET claims = $2 WHERE id = $1";
const DISABLE: &str = "UPDATE users SET disabled_at = $2, updated_at = $2, version = version + 1 WHERE id = $1 AND disabled_at IS NULL RETURNING id";
const ENABLE: &str = "UPDATE users SET disabled_at = NULL, updated_at = $2, version = version + 1 WHERE id = $1 AND disabled_at IS NOT NULL RETURNING id";
const SET_PASSWORD: &str = "UPDATE users SET password_hash = $2, updated_at = $3, version = version + 1 WHERE id = $1 RETURNING id";
const UPGRADE_PASSWORD: &str =
    "UPDATE users SET password_hash = $3, updated_at = $4 WHERE id = $1 AND password_hash = $2";
const TOUCH: &str = "UPDATE users SET updated_at = $2 WHERE id = $1";
const DELETE: &str = "DELETE FROM users WHERE id = $1";
const DELETE_SESSIONS: &str = "DELETE FROM sessions WHERE user_id = $1";
const REVOKE_GRANTS: &str =
    "UPDATE grants SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL";
const REVOKE_PASSING_GRANTS: &str = "UPDATE grants SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL AND NOT is_offline";
const DELETE_GRANTS: &str = "DELETE FROM grants WHERE user_id = $1";
const DELETE_CODES: &str = "DELETE FROM codes WHERE user_id = $1";
const HAS_ADMIN: &str = "SELECT 1 FROM users WHERE is_admin LIMIT 1";
const COUNT_SETUP: &str = "UPDATE installation SET setups = setups + 1";

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
        let tx = self.begin_write().await?;
        insert_user(tx, (user, claims), event).await
    }

    /// Stores the first administrator; `AlreadyThere` once there is one, however many ask at the same time.
    pub async fn add_first_administrator(&self, user: &User, event: &Event) -> Result<Added> {
        let mut tx = self.begin_write().await?;
        tx.lock_installation().await?;
        let has_one = either!(tx &mut tx, db => query(HAS_ADMIN).fetch_optional(db).await.map(|row| row.is_some()))?;
        if has_one {
            return Ok(Added::AlreadyThere);
        }
        insert_user(tx, (user, &Map::new()), event).await
    }

    /// Changes a user; `None` where there is none, `AlreadyThere` where the new address is taken.
    pub async fn update_user(
        &self,
        id: UserId,
        change: &UserChange,
        event: &Event,
    ) -> Result<Option<Added>> {
        let mut tx = self.begin_write().await?;
        let row: Option<UserRow> =
            either!(tx &mut tx, db => query_as(FIND_BY_ID).bind(id.0).fetch_optional(db).await)?;
        let Some(mut user) = row.map(User::from) else {
            return Ok(None);
        };
        if let Some(email) = &change.email {
            user.email.clone_from(email);
            user.is_email_verified = false;
        }
        user.is_email_verified = change.is_email_verified.unwrap_or(user.is_email_verified);
        user.name = change.name.clone().unwrap_or(user.name);
        user.roles = change.roles.clone().unwrap_or(user.roles);
        let updated = either!(tx &mut tx, db => query(UPDATE)
            .bind(id.0)
            .bind(&user.email)
            .bind(user.email.as_deref().map(account_key))
            .bind(user.is_email_verified)
            .bind(&user.name)
            .bind(Json(&user.roles))
            .bind(user.is_admin())
            .bind(event.at)
            .execute(db).await.map(|_| ()));
        if updated.is_ok() && !change.claims.is_empty() {
            tx.change_claims(id, &change.claims).await?;
        }
        if updated.is_ok() && user.is_admin() {
            tx.count_setup().await?;
        }
        match updated {
            Ok(()) => tx
                .finish_user_change(event)
                .await
                .map(|()| Some(Added::Added)),
            Err(error) if Error::is_unique_violation(&error) => Ok(Some(Added::AlreadyThere)),
            Err(error) => Err(error.into()),
        }
    }

    /// Disables a user: ends every session and grant in the same moment. False where nothing changed.
    pub async fn disable_user(&self, id: UserId, event: &Event) -> Result<bool> {
        let mut tx = self.begin_write().await?;
        let changed = either!(tx &mut tx, db => query(DISABLE)
            .bind(id.0).bind(event.at).fetch_optional(db).await.map(|row| row.is_some()))?;
        if !changed {
            return Ok(false);
        }
        // Codes first: a redemption under way either came before, and its grant is revoked below, or finds none.
        either!(tx &mut tx, db => query(DELETE_CODES).bind(id.0).execute(db).await.map(|_| ()))?;
        tx.announce_end(Ending::AllOf(id), event.at).await?;
        either!(tx &mut tx, db => query(DELETE_SESSIONS).bind(id.0).execute(db).await.map(|_| ()))?;
        either!(tx &mut tx, db => query(REVOKE_GRANTS).bind(id.0).bind(event.at).execute(db).await.map(|_| ()))?;
        tx.finish_user_change(event).await?;
        Ok(true)
    }

    /// Lets a disabled user sign in again. False where nothing changed.
    pub async fn enable_user(&self, id: UserId, event: &Event) -> Result<bool> {
        let mut tx = self.begin_write().await?;
        let changed = either!(tx &mut tx, db => query(ENABLE)
            .bind(id.0).bind(event.at).fetch_optional(db).await.map(|row| row.is_some()))?;
        if changed {
            tx.finish_user_change(event).await?;
        }
        Ok(changed)
    }

    /// Sets a password and ends every session of its user, with the grants that last only as long as those. False where there is no such user.
    pub async fn set_password(
        &self,
        id: UserId,
        hash: &PasswordHash,
        event: &Event,
    ) -> Result<bool> {
        let mut tx = self.begin_write().await?;
        let found = either!(tx &mut tx, db => query(SET_PASSWORD)
            .bind(id.0).bind(hash.as_phc()).bind(event.at).fetch_optional(db).await.map(|row| row.is_some()))?;
        if !found {
            return Ok(false);
        }
        tx.announce_end(Ending::AllOf(id), event.at).await?;
        either!(tx &mut tx, db => query(DELETE_SESSIONS).bind(id.0).execute(db).await.map(|_| ()))?;
        either!(tx &mut tx, db => query(REVOKE_PASSING_GRANTS).bind(id.0).bind(event.at).execute(db).await.map(|_| ()))?;
        tx.finish_user_change(event).await?;
        Ok(true)
    }

    /// Replaces a hash by one with today's parameters, unless the password was changed meanwhile.
    pub async fn upgrade_password_hash(
        &self,
        id: UserId,
        old: &PasswordHash,
        new: &PasswordHash,
        now: DateTime<Utc>,
    ) -> Result<()> {
        either!(write self.db, db => query(UPGRADE_PASSWORD)
            .bind(id.0).bind(old.as_phc()).bind(new.as_phc()).bind(now).execute(db).await.map(|_| ()))?;
        Ok(())
    }

    /// Removes a user with all that is theirs. False where there is none.
    pub async fn remove_user(&self, id: UserId, event: &Event) -> Result<bool> {
        let mut tx = self.begin_write().await?;
        // Locks the row: what follows takes its locks in the same order as every other change to a user.
        let found = either!(tx &mut tx, db => query(TOUCH)
            .bind(id.0).bind(event.at).execute(db).await.map(|done| done.rows_affected() == 1))?;
        if !found {
            return Ok(false);
        }
        tx.announce_end(Ending::AllOf(id), event.at).await?;
        either!(tx &mut tx, db => query(DELETE).bind(id.0).execute(db).await.map(|_| ()))?;
        // Codes first: that waits for a redemption under way, whose grant the second statement then sees.
        for statement in [DELETE_CODES, DELETE_GRANTS] {
            either!(tx &mut tx, db => query(statement).bind(id.0).execute(db).await.map(|_| ()))?;
        }
        tx.finish_user_change(event).await?;
        Ok(true)
    }
}

impl Tx {
    async fn change_claims(&mut self, id: UserId, changes: &[ClaimChange]) -> Result<()> {
        let row: Option<ClaimsRow> =
            either!(tx self, db => query_as(FIND_CLAIMS).bind(id.0).fetch_optional(db).await)?;
        let mut values = row
            .and_then(|row| row.claims)
            .map_or_else(Map::new, |claims| claims.0);
        claims::apply(&mut values, changes);
        let stored = (!values.is_empty()).then_some(Json(&values));
        either!(tx self, db => query(SET_CLAIMS).bind(id.0).bind(stored).execute(db).await.map(|_| ()))?;
        Ok(())
    }

    /// There is an administrator: the set-up links that were printed before are worthless for good.
    async fn count_setup(&mut self) -> Result<()> {
        either!(tx self, db => query(COUNT_SETUP).execute(db).await.map(|_| ()))?;
        Ok(())
    }

    /// The end of a change to a user: users are read at every use, so no revision is raised.
    async fn finish_user_change(mut self, event: &Event) -> Result<()> {
        self.record(event).await?;
        self.commit().await
    }
}

async fn insert_user(
    mut tx: Tx,
    (user, claims): (&User, &Map<String, Value>),
    event: &Event,
) -> Result<Added> {
    // The two keys share one name space: an e-mail address is no one else's username, and no username has an @.
    let inserted = either!(tx &mut tx, db => query(INSERT)
        .bind(user.id.0)
        .bind(&user.username)
        .bind(account_key(&user.username))
        .bind(&user.email)
        .bind(user.email.as_deref().map(account_key))
        .bind(user.is_email_verified)
        .bind(&user.name)
        .bind(Json(&user.roles))
        .bind(user.is_admin())
        .bind(user.password_hash.as_ref().map(|hash| hash.as_phc().to_owned()))
        .bind(user.created_at)
        .bind((!claims.is_empty()).then_some(Json(claims)))
        .execute(db).await.map(|_| ()));
    if inserted.is_ok() && user.is_admin() {
        tx.count_setup().await?;
    }
    match inserted {
        Ok(()) => tx.finish_user_change(event).await.map(|()| Added::Added),
        Err(error) if Error::is_unique_violation(&error) => Ok(Added::AlreadyThere),
        Err(error) => Err(error.into()),
    }
}
