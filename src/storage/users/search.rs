//! Users by what administrators know of them.

use sqlx::query_as;
use uuid::Uuid;

use super::super::db::{Store, either};
use super::super::{Result, like};
use super::UserRow;
use crate::model::user::User;

/// Which users; a field that is `None` asks for nothing.
#[derive(Debug, Clone, Default)]
pub struct UserFilter {
    /// A part of the username, the e-mail address or the full name, in any spelling.
    pub search: Option<String>,
    pub role: Option<String>,
    pub is_enabled: Option<bool>,
}

const FIND: &str = "SELECT id, username, email, is_email_verified, name, roles, password_hash, disabled_at, created_at, version, locale, password_changed_at, has_totp, has_passkey
    FROM users WHERE id > $1
      AND ($2 IS NULL OR username_key LIKE $2 ESCAPE '\\' OR email_key LIKE $2 ESCAPE '\\' OR name_key LIKE $2 ESCAPE '\\')
      AND ($3 IS NULL OR EXISTS (SELECT 1 FROM user_roles r WHERE r.user_id = users.id AND r.role = $3))
      AND ($4 IS NULL OR (disabled_at IS NULL) = $4)
    ORDER BY id LIMIT $5";

impl Store {
    /// At most `limit` users that the filter names, with ids after `after`, by id.
    pub async fn find_users(
        &self,
        filter: &UserFilter,
        after: Uuid,
        limit: i64,
    ) -> Result<Vec<User>> {
        let rows: Vec<UserRow> = either!(read self.db, db => query_as(FIND)
            .bind(after)
            .bind(filter.search.as_deref().map(like))
            .bind(filter.role.as_deref())
            .bind(filter.is_enabled)
            .bind(limit)
            .fetch_all(db).await)?;
        Ok(rows.into_iter().map(User::from).collect())
    }
}
