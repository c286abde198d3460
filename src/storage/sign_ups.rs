//! Accounts that people make themselves, by a link that was mailed or an invitation; and invitations as administrators see them.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use sqlx::types::Json;
use sqlx::{query, query_as, query_scalar};
use uuid::Uuid;

use super::db::{Store, either};
use super::mailed_links::LinkRow;
use super::{Added, Result};
use crate::model::event::Event;
use crate::model::mailed_link::{LinkKind, MailedLink};
use crate::model::secret::TokenHash;
use crate::model::user::User;

const END_OTHERS: &str = "DELETE FROM mailed_links
    WHERE user_id IS NULL AND email = $1 AND used_at IS NULL AND expires_at > $2";
const INVITATIONS: &str = "SELECT id, token_hash, user_id, email, detail, created_at, expires_at FROM mailed_links
    WHERE kind = 'invitation' AND id > $1 AND used_at IS NULL AND expires_at > $2 ORDER BY id LIMIT $3";
/// It stays until it would have expired, so that who opens it is told; of the person nothing stays.
const WITHDRAW: &str = "UPDATE mailed_links SET used_at = $2, email = NULL, detail = $3
    WHERE id = $1 AND kind = 'invitation' AND used_at IS NULL AND expires_at > $2";
const ENDED: &str = "SELECT detail FROM mailed_links
    WHERE token_hash = $1 AND kind = 'invitation' AND used_at IS NOT NULL AND expires_at > $2";
/// In `detail`: it was not accepted but withdrawn.
const WITHDRAWN: &str = "withdrawn";

/// What came of making an account by a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignedUp {
    Done,
    /// The link was used, is too old, was withdrawn or replaced.
    Dead,
    /// The username or the address is somebody's by now; the link stays good.
    Taken,
}

impl Store {
    /// Stores a new user and uses the link up, both or neither. Other links for the same address end.
    pub async fn sign_up(&self, link: &MailedLink, user: &User, event: &Event) -> Result<SignedUp> {
        let mut tx = self.begin_write().await?;
        if user.is_admin() {
            tx.lock_administration().await?;
        }
        // Two links of one address must not wait for each other: each ends the other.
        if let Some(email) = &link.email {
            tx.lock_address(email).await?;
        }
        if !tx.use_mailed_link(link.kind, &link.hash, event.at).await? {
            return Ok(SignedUp::Dead);
        }
        if tx.insert_user(user, &Map::new()).await? != Added::Added {
            return Ok(SignedUp::Taken);
        }
        either!(tx &mut tx, db => query(END_OTHERS)
            .bind(&link.email).bind(event.at).execute(db).await.map(|_| ()))?;
        tx.finish_user_change(event).await?;
        Ok(SignedUp::Done)
    }

    /// At most `limit` invitations that are still good, with ids after `after`, by id.
    pub async fn find_invitations(
        &self,
        now: DateTime<Utc>,
        after: Uuid,
        limit: i64,
    ) -> Result<Vec<MailedLink>> {
        let rows: Vec<LinkRow> = either!(read self.db, db => query_as(INVITATIONS)
            .bind(after).bind(now).bind(limit).fetch_all(db).await)?;
        let links = rows.into_iter().map(|row| row.link(LinkKind::Invitation));
        links.collect()
    }

    /// Ends an invitation; false where there is none that is still good.
    pub async fn withdraw_invitation(&self, id: Uuid, event: &Event) -> Result<bool> {
        let detail = Map::from_iter([(WITHDRAWN.to_owned(), Value::Bool(true))]);
        let mut tx = self.begin_write().await?;
        let found = either!(tx &mut tx, db => query(WITHDRAW)
            .bind(id).bind(event.at).bind(Json(&detail)).execute(db).await.map(|done| done.rows_affected() == 1))?;
        if found {
            tx.record(event).await?;
            tx.commit().await?;
        }
        Ok(found)
    }

    /// Whether the invitation with that token was withdrawn; not known any more once it would have expired.
    pub async fn is_invitation_withdrawn(
        &self,
        hash: &TokenHash,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let detail: Option<Json<Map<String, Value>>> = either!(read self.db, db => query_scalar(ENDED)
            .bind(hash.as_bytes().as_slice()).bind(now).fetch_optional(db).await)?;
        Ok(detail.is_some_and(|detail| detail.0.contains_key(WITHDRAWN)))
    }
}
