//! Users by what administrators know of them.

use sqlx::query_as;
use uuid::Uuid;

use super::super::Result;
use super::super::db::{Store, either};
use super::UserRow;
use crate::model::user::{User, account_key};

/// Which users; a field that is `None` asks for nothing.
#[derive(Debug, Clone, Default)]
pub struct UserFilter {
    /// A part of the username, the e-mail address or the full name, in any spelling.
    pub search: Option<String>,
    pub role: Option<String>,
    pub is_enabled: Option<bool>,
}

/// Postgres has to be told what a parameter is before it can be nothing.
const FIND: &str = "SELECT id, username, email, is_email_verified, name, roles, password_hash, disabled_at, created_at, version
    FROM users WHERE id > $1
      AND (CAST($2 AS TEXT) IS NULL OR username_key LIKE $2 ESCAPE '!' OR email_key LIKE $2 ESCAPE '!' OR name_key LIKE $2 ESCAPE '!')
      AND (CAST($3 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM user_roles r WHERE r.user_id = users.id AND r.role = $3))
      AND (CAST($4 AS BOOLEAN) IS NULL OR (disabled_at IS NULL) = $4)
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
            .bind(filter.search.as_deref().map(part_of_key))
            .bind(filter.role.as_deref())
            .bind(filter.is_enabled)
            .bind(limit)
            .fetch_all(db).await)?;
        Ok(rows.into_iter().map(User::from).collect())
    }
}

/// The pattern for `LIKE … ESCAPE '!'` of keys that hold what was typed, which has no signs of its own (S170).
pub(in crate::storage) fn part_of_key(typed: &str) -> String {
    let mut pattern = String::from("%");
    for c in account_key(typed).chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
