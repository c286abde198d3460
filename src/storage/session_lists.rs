//! Sessions as administrators see and end them.

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use sqlx::{FromRow, query, query_as, query_scalar};
use uuid::Uuid;

use super::Result;
use super::db::{Store, Tx, anew, either};
use super::logouts::Ending;
use crate::model::event::Event;
use crate::model::id::{SessionId, UserId};
use crate::model::session::SessionView;

/// Which sessions are looked for; what is `None` does not matter.
#[derive(Debug, Clone, Copy, Default)]
pub struct SessionFilter {
    pub user: Option<UserId>,
}

/// Which of a user's sessions end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    All,
    One(SessionId),
    /// All but this one.
    Others(SessionId),
}

/// $1 is the user, or nothing.
macro_rules! list {
    ($which:literal) => {
        concat!(
            "SELECT s.id, s.user_id, u.username, s.created_at, s.authenticated_at, s.last_seen_at, s.idle_expires_at, s.expires_at,
                s.address, s.user_agent, s.amr
            FROM sessions s JOIN users u ON u.id = s.user_id
            WHERE ",
            $which,
            " AND s.id > $2 AND s.idle_expires_at > $3 AND s.expires_at > $3 AND u.disabled_at IS NULL ORDER BY s.id LIMIT $4"
        )
    };
}

const LIST: &str = list!("$1 IS NULL");
/// By the index of users.
const LIST_OF_USER: &str = list!("s.user_id = $1");
const FIND_USER: &str =
    "SELECT user_id FROM sessions WHERE id = $1 AND idle_expires_at > $2 AND expires_at > $2";
/// All of a user's, or one of them: $2; or all but one: $3.
const COUNT: &str = "SELECT count(*) FROM sessions
    WHERE user_id = $1 AND ($2 IS NULL OR id = $2) AND ($3 IS NULL OR id <> $3) AND idle_expires_at > $4 AND expires_at > $4";
const DELETE_CODES: &str = "DELETE FROM codes
    WHERE user_id = $1 AND ($2 IS NULL OR session_id = $2) AND ($3 IS NULL OR session_id <> $3) AND redeemed_at IS NULL";
const DELETE: &str = "DELETE FROM sessions WHERE user_id = $1 AND ($2 IS NULL OR id = $2) AND ($3 IS NULL OR id <> $3)";
const REVOKE_GRANTS: &str = "UPDATE grants SET revoked_at = $4
    WHERE user_id = $1 AND session_id IS NOT NULL AND ($2 IS NULL OR session_id = $2) AND ($3 IS NULL OR session_id <> $3)
        AND revoked_at IS NULL AND NOT is_offline";

#[derive(FromRow)]
struct SessionRow {
    id: Uuid,
    user_id: Uuid,
    username: String,
    created_at: DateTime<Utc>,
    authenticated_at: DateTime<Utc>,
    last_seen_at: DateTime<Utc>,
    idle_expires_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    address: Option<String>,
    user_agent: Option<String>,
    amr: Json<Vec<String>>,
}

impl From<SessionRow> for SessionView {
    fn from(row: SessionRow) -> Self {
        Self {
            id: SessionId(row.id),
            user_id: UserId(row.user_id),
            username: row.username,
            created_at: row.created_at,
            authenticated_at: row.authenticated_at,
            last_seen_at: row.last_seen_at,
            expires_at: row.expires_at.min(row.idle_expires_at),
            address: row.address,
            user_agent: row.user_agent,
            amr: row.amr.0,
        }
    }
}

impl Store {
    /// At most `limit` live sessions with ids after `after`, by id.
    pub async fn find_sessions(
        &self,
        filter: SessionFilter,
        now: DateTime<Utc>,
        after: Uuid,
        limit: i64,
    ) -> Result<Vec<SessionView>> {
        let list = filter.user.map_or(LIST, |_| LIST_OF_USER);
        let rows: Vec<SessionRow> = either!(read self.db, db => query_as(list)
            .bind(filter.user.map(|id| id.0)).bind(after).bind(now).bind(limit).fetch_all(db).await)?;
        Ok(rows.into_iter().map(SessionView::from).collect())
    }

    /// Whose live session that is.
    pub async fn find_session_user(
        &self,
        id: SessionId,
        now: DateTime<Utc>,
    ) -> Result<Option<UserId>> {
        let found: Option<Uuid> = either!(read self.db, db => query_scalar(FIND_USER)
            .bind(id.0).bind(now).fetch_optional(db).await)?;
        Ok(found.map(UserId))
    }

    /// Ends sessions of a user with their unredeemed codes and the grants that last only as long; clients hear of it.
    /// How many lived.
    pub async fn end_sessions(&self, user: UserId, which: Which, event: &Event) -> Result<u64> {
        anew!(self.try_end_sessions(user, which, event))
    }

    async fn try_end_sessions(&self, user: UserId, which: Which, event: &Event) -> Result<u64> {
        let mut tx = self.begin_write().await?;
        tx.lock_user(user).await?;
        let (lived, is_any) = tx.end_sessions(user, which, event.at).await?;
        if is_any {
            tx.record(event).await?;
            tx.commit().await?;
        }
        Ok(lived)
    }
}

impl Tx {
    /// Ends the sessions of a user, who is locked, but for one, where that is asked for; and writes it down if there were any.
    pub(super) async fn end_others(
        &mut self,
        user: UserId,
        others: Option<(SessionId, &Event)>,
    ) -> Result<()> {
        let Some((kept, event)) = others else {
            return Ok(());
        };
        let (_, is_any) = self
            .end_sessions(user, Which::Others(kept), event.at)
            .await?;
        if is_any {
            self.record(event).await?;
        }
        Ok(())
    }

    /// [`Store::end_sessions`], without the event, of a user who is locked. How many lived, and whether anything was there to end.
    pub(super) async fn end_sessions(
        &mut self,
        user: UserId,
        which: Which,
        at: DateTime<Utc>,
    ) -> Result<(u64, bool)> {
        let (one, kept, ending) = match which {
            Which::All => (None, None, Ending::AllOf(user)),
            Which::One(id) => (Some(id.0), None, Ending::One(id)),
            Which::Others(id) => (None, Some(id.0), Ending::Others(user, id)),
        };
        self.announce_end(ending, at).await?;
        // Codes first: a redemption under way either came before, and its grant is revoked below, or finds none.
        let mut ended = either!(tx &mut *self, db => query(DELETE_CODES)
            .bind(user.0).bind(one).bind(kept).execute(db).await.map(|done| done.rows_affected()))?;
        let lived: i64 = either!(tx &mut *self, db => query_scalar(COUNT)
            .bind(user.0).bind(one).bind(kept).bind(at).fetch_one(db).await)?;
        ended += either!(tx &mut *self, db => query(DELETE)
            .bind(user.0).bind(one).bind(kept).execute(db).await.map(|done| done.rows_affected()))?;
        ended += either!(tx &mut *self, db => query(REVOKE_GRANTS)
            .bind(user.0).bind(one).bind(kept).bind(at).execute(db).await.map(|done| done.rows_affected()))?;
        Ok((u64::try_from(lived).unwrap_or_default(), ended > 0))
    }
}
