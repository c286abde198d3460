//! Who has which role, the other way round than `users.roles` says it: written with every change to that.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sqlx::query;

use super::super::Result;
use super::super::db::{Tx, either};
use crate::model::user::{ADMIN_ROLE, User};

const DELETE: &str = "DELETE FROM user_roles WHERE user_id = $1";
const INSERT: &str =
    "INSERT INTO user_roles (user_id, role) VALUES ($1, $2) ON CONFLICT DO NOTHING";
const KEEP: &str = "SELECT 1 FROM roles WHERE name = $1 FOR KEY SHARE";
const REGISTER: &str = "INSERT INTO roles (name, description, version, created_at) VALUES ($1, '', 1, $2) ON CONFLICT DO NOTHING";

impl Tx {
    /// Notes which roles a user has; those that nobody registered are registered.
    pub(in crate::storage) async fn put_user_roles(
        &mut self,
        user: &User,
        at: DateTime<Utc>,
    ) -> Result<()> {
        either!(tx &mut *self, db => query(DELETE).bind(user.id.0).execute(db).await.map(|_| ()))?;
        // In order: two who register the same roles must not wait for each other.
        let roles: BTreeSet<&str> = user.roles.iter().map(String::as_str).collect();
        for role in roles {
            if role != ADMIN_ROLE {
                self.register_role(role, at).await?;
            }
            either!(tx &mut *self, db => query(INSERT).bind(user.id.0).bind(role).execute(db).await.map(|_| ()))?;
        }
        Ok(())
    }

    /// Registers a role, which nobody takes away until the end of the transaction.
    async fn register_role(&mut self, role: &str, at: DateTime<Utc>) -> Result<()> {
        loop {
            either!(tx &mut *self, db => query(REGISTER).bind(role).bind(at).execute(db).await.map(|_| ()))?;
            let Self::Postgres(tx) = self else {
                return Ok(());
            };
            let kept = query(KEEP).bind(role).fetch_optional(&mut **tx).await?;
            // Not there: it was taken away between the two.
            if kept.is_some() {
                return Ok(());
            }
        }
    }
}
