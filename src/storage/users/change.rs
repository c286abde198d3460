//! Users as they are written, each with the roles that lead to them; first locked and looked at, on the terms of whoever changes them.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use sqlx::types::Json;
use sqlx::{query, query_as};

use super::super::db::{Tx, either};
use super::super::{Error, Result};
use super::{
    Added, ClaimsRow, FIND_BY_ID, FIND_CLAIMS, UserChange, UserChanged, UserRow, UserTerms,
};
use crate::model::claims::{self, ClaimChange};
use crate::model::id::UserId;
use crate::model::secret::PasswordHash;
use crate::model::user::{User, account_key};

const INSERT: &str = "INSERT INTO users
    (id, username, username_key, email, email_key, is_email_verified, name, name_key, roles, is_admin, password_hash, disabled_at,
        created_at, updated_at, claims, locale, password_changed_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL, $12, $12, $13, $14, $15)";
const UPDATE: &str = "UPDATE users SET email = $2, email_key = $3, is_email_verified = $4, name = $5, name_key = $6, roles = $7,
        is_admin = $8, updated_at = $9, locale = $10, version = version + 1
    WHERE id = $1";
/// Postgres: changes to one user wait for one another; sign-ins, which only point to the row, do not.
const JUDGED: &str = "SELECT disabled_at, password_hash FROM users WHERE id = $1";
/// Waits for a change under way, and then sees what it made.
const JUDGED_LOCKED: &str = "SELECT disabled_at, password_hash FROM users WHERE id = $1 FOR SHARE";
const LOCK: &str = "SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE";
const SET_CLAIMS: &str = "UPDATE users SET claims = $2 WHERE id = $1";
const HAS_OTHER_ADMIN: &str = "SELECT 1 FROM users WHERE is_admin AND disabled_at IS NULL AND password_hash IS NOT NULL AND id <> $1 LIMIT 1";
const COUNT_SETUP: &str = "UPDATE installation SET setups = setups + 1";

impl Tx {
    /// [`Store::update_user`], without the event. After anything but `Changed` the transaction must not be committed.
    pub(in crate::storage) async fn update_user(
        &mut self,
        id: UserId,
        change: &UserChange,
        terms: UserTerms,
        at: DateTime<Utc>,
    ) -> Result<UserChanged> {
        if change.roles.is_some() {
            self.lock_administration().await?;
        }
        let mut user = match self.user_to_change(id, terms).await? {
            Ok(user) => user,
            Err(outcome) => return Ok(outcome),
        };
        let was_admin = user.is_admin();
        if let Some(email) = &change.email {
            user.email.clone_from(email);
            user.is_email_verified = false;
            // What went to the address of before must not outlive it.
            self.end_links(id).await?;
        }
        user.is_email_verified = change.is_email_verified.unwrap_or(user.is_email_verified);
        user.name = change.name.clone().unwrap_or(user.name);
        user.roles = change.roles.clone().unwrap_or(user.roles);
        user.locale = change.locale.clone().unwrap_or(user.locale);
        let loses_admin = was_admin && !user.is_admin();
        if loses_admin && terms.keeps_administrator && !self.has_other_administrator(id).await? {
            return Ok(UserChanged::LastAdministrator);
        }
        match self.write_user(&user, at).await {
            Err(error) if Error::is_unique_violation(&error) => {
                return Ok(UserChanged::AddressTaken);
            }
            other => other?,
        }
        if !change.claims.is_empty() {
            self.change_claims(id, &change.claims).await?;
        }
        if change.roles.is_some() {
            self.put_user_roles(&user, at).await?;
        }
        if user.is_admin() && !was_admin {
            self.count_setup().await?;
        }
        Ok(UserChanged::Changed)
    }

    async fn write_user(
        &mut self,
        user: &User,
        at: DateTime<Utc>,
    ) -> std::result::Result<(), sqlx::Error> {
        either!(tx self, db => query(UPDATE)
            .bind(user.id.0)
            .bind(&user.email)
            .bind(user.email.as_deref().map(account_key))
            .bind(user.is_email_verified)
            .bind(&user.name)
            .bind(user.name.as_deref().map(account_key))
            .bind(Json(&user.roles))
            .bind(user.is_admin())
            .bind(at)
            .bind(&user.locale)
            .execute(db).await.map(|_| ()))
    }

    /// Lets nobody else change the user until the end of the transaction; SQLite's writers are alone anyway.
    pub(in crate::storage) async fn lock_user(&mut self, id: UserId) -> Result<()> {
        if let Self::Postgres(tx) = self {
            query(LOCK).bind(id.0).execute(&mut **tx).await?;
        }
        Ok(())
    }

    /// Whether somebody is enabled and has the password (or none) as when they were looked at; nobody changes that until the end of the
    /// transaction.
    pub(in crate::storage) async fn is_as_judged(&mut self, judged: Option<&User>) -> Result<bool> {
        let Some(judged) = judged else {
            return Ok(true);
        };
        let found: Option<(Option<DateTime<Utc>>, Option<String>)> = match self {
            Self::Sqlite(tx) => {
                query_as(JUDGED)
                    .bind(judged.id.0)
                    .fetch_optional(&mut **tx)
                    .await?
            }
            Self::Postgres(tx) => {
                query_as(JUDGED_LOCKED)
                    .bind(judged.id.0)
                    .fetch_optional(&mut **tx)
                    .await?
            }
        };
        let password = judged.password_hash.as_ref().map(PasswordHash::as_phc);
        Ok(found
            .is_some_and(|(disabled_at, now)| disabled_at.is_none() && now.as_deref() == password))
    }

    /// The user, whom nobody else changes until the end of the transaction; or why it is not to be changed.
    pub(in crate::storage) async fn user_to_change(
        &mut self,
        id: UserId,
        terms: UserTerms,
    ) -> Result<std::result::Result<User, UserChanged>> {
        self.lock_user(id).await?;
        let row: Option<UserRow> =
            either!(tx self, db => query_as(FIND_BY_ID).bind(id.0).fetch_optional(db).await)?;
        Ok(match row.map(User::from) {
            None => Err(UserChanged::NotFound),
            Some(user) if terms.expects.is_some_and(|version| version != user.version) => {
                Err(UserChanged::Stale)
            }
            Some(user) => Ok(user),
        })
    }

    /// Whether somebody else is an administrator and can sign in. Asked under [`Tx::lock_administration`], or two would each count on the other.
    pub(super) async fn has_other_administrator(&mut self, id: UserId) -> Result<bool> {
        Ok(either!(tx self, db => query(HAS_OTHER_ADMIN)
            .bind(id.0).fetch_optional(db).await.map(|row| row.is_some()))?)
    }

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

    /// Stores a new user, without the event. After `AlreadyThere` the transaction must not be committed.
    pub(in crate::storage) async fn insert_user(
        &mut self,
        user: &User,
        claims: &Map<String, Value>,
    ) -> Result<Added> {
        if user.is_admin() {
            self.lock_administration().await?;
        }
        // The two keys share one name space: an e-mail address is no one else's username, and no username has an @.
        let inserted = either!(tx &mut *self, db => query(INSERT)
            .bind(user.id.0)
            .bind(&user.username)
            .bind(account_key(&user.username))
            .bind(&user.email)
            .bind(user.email.as_deref().map(account_key))
            .bind(user.is_email_verified)
            .bind(&user.name)
            .bind(user.name.as_deref().map(account_key))
            .bind(Json(&user.roles))
            .bind(user.is_admin())
            .bind(user.password_hash.as_ref().map(|hash| hash.as_phc().to_owned()))
            .bind(user.created_at)
            .bind((!claims.is_empty()).then_some(Json(claims)))
            .bind(&user.locale)
            .bind(user.password_hash.as_ref().map(|_| user.created_at))
            .execute(db).await.map(|_| ()));
        match inserted {
            Err(error) if Error::is_unique_violation(&error) => return Ok(Added::AlreadyThere),
            other => other?,
        }
        self.put_user_roles(user, user.created_at).await?;
        if user.is_admin() {
            self.count_setup().await?;
        }
        Ok(Added::Added)
    }
}
