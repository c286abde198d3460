//! What a new version of the schema derives from rows that an older one wrote: names as they are searched, roles the other way round.

use sqlx::types::Json;
use sqlx::{query, query_as, query_scalar};
use uuid::Uuid;

use super::Result;
use super::db::{Store, Tx, either};
use super::grant_lists::Called;
use super::users::UserTerms;
use crate::model::id::UserId;
use crate::model::user::account_key;

const BATCH: i64 = 500;
const CLIENTS: &str =
    "SELECT id, metadata FROM clients WHERE id > $1 AND name_key IS NULL ORDER BY id LIMIT $2";
const FILL_CLIENT: &str = "UPDATE clients SET name_key = $2 WHERE id = $1 AND name_key IS NULL";
const USERS: &str = "SELECT id FROM users WHERE id > $1 ORDER BY id LIMIT $2";
const FILL_USER: &str = "UPDATE users SET name_key = $2 WHERE id = $1";

impl Store {
    /// Fills in what rows of an older version lack, some at a time; a node of that version may go on working meanwhile.
    pub async fn fill_keys(&self) -> Result<()> {
        let mut last = String::new();
        loop {
            let rows: Vec<(String, Json<Called>)> = either!(read self.db, db => query_as(CLIENTS)
                .bind(&last).bind(BATCH).fetch_all(db).await)?;
            let Some((id, _)) = rows.last() else { break };
            last.clone_from(id);
            let mut tx = self.begin_write().await?;
            for (id, called) in rows {
                either!(tx &mut tx, db => query(FILL_CLIENT)
                    .bind(id).bind(account_key(&called.client_name)).execute(db).await.map(|_| ()))?;
            }
            tx.commit().await?;
        }
        let mut last = Uuid::nil();
        loop {
            let ids: Vec<Uuid> = either!(read self.db, db => query_scalar(USERS)
                .bind(last).bind(BATCH).fetch_all(db).await)?;
            let Some(id) = ids.last() else { return Ok(()) };
            last = *id;
            for id in ids {
                let mut tx = self.begin_write().await?;
                tx.fill_user(UserId(id)).await?;
                tx.commit().await?;
            }
        }
    }
}

impl Tx {
    async fn fill_user(&mut self, id: UserId) -> Result<()> {
        let Ok(user) = self.user_to_change(id, UserTerms::default()).await? else {
            return Ok(());
        };
        let key = user.name.as_deref().map(account_key);
        either!(tx &mut *self, db => query(FILL_USER).bind(id.0).bind(key).execute(db).await.map(|_| ()))?;
        self.put_user_roles(&user, user.created_at).await
    }
}
