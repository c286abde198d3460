//! Sessions: signed-in browsers.

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use sqlx::{FromRow, query, query_as};
use uuid::Uuid;

use super::db::{Store, anew, either};
use super::logouts::Ending;
use super::mails::Told;
use super::users::UserRow;
use super::{Error, Result};
use crate::model::event::Event;
use crate::model::id::{ClientId, SessionId, UserId};
use crate::model::secret::TokenHash;
use crate::model::session::{Session, SignedIn};
use crate::model::user::User;

const FIND: &str = "SELECT s.id AS session_id, s.token_hash, s.authenticated_at, s.amr, s.created_at AS session_created_at,
        s.last_seen_at, s.idle_expires_at, s.expires_at, s.address, s.user_agent,
        u.id, u.username, u.email, u.is_email_verified, u.name, u.roles, u.password_hash, u.disabled_at, u.created_at,
        u.locale, u.password_changed_at, u.has_totp, u.has_passkey
    FROM sessions s JOIN users u ON u.id = s.user_id
    WHERE s.token_hash = $1 AND s.idle_expires_at > $2 AND s.expires_at > $2 AND u.disabled_at IS NULL";
const INSERT: &str = "INSERT INTO sessions (id, token_hash, user_id, authenticated_at, amr, created_at, last_seen_at,
        idle_expires_at, expires_at, address, user_agent)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (id) DO UPDATE SET token_hash = excluded.token_hash, authenticated_at = excluded.authenticated_at,
        amr = excluded.amr, last_seen_at = excluded.last_seen_at, idle_expires_at = excluded.idle_expires_at,
        expires_at = excluded.expires_at, address = excluded.address, user_agent = excluded.user_agent";
const STRENGTHEN: &str = "UPDATE sessions SET token_hash = $2, amr = $3, last_seen_at = $4, idle_expires_at = $5, address = $6, user_agent = $7
    WHERE id = $1 AND user_id = $8 AND expires_at > $4";
const TOUCH: &str = "UPDATE sessions SET last_seen_at = $2, idle_expires_at = $3 WHERE id = $1";
const DELETE: &str = "DELETE FROM sessions WHERE id = $1";
const DELETE_CODES: &str =
    "DELETE FROM codes WHERE user_id = $1 AND session_id = $2 AND redeemed_at IS NULL";
const REVOKE_SESSION_GRANTS: &str = "UPDATE grants SET revoked_at = $2
    WHERE user_id = $1 AND session_id = $3 AND revoked_at IS NULL AND NOT is_offline";

/// The user is looked up for the index that it leads to.
const DELETE_REPLACED_CODES: &str = "DELETE FROM codes
    WHERE user_id = (SELECT user_id FROM sessions WHERE id = $1) AND session_id = $1 AND redeemed_at IS NULL";
const REVOKE_REPLACED: &str = "UPDATE grants SET revoked_at = $2
    WHERE user_id = (SELECT user_id FROM sessions WHERE id = $1) AND session_id = $1 AND revoked_at IS NULL AND NOT is_offline";

#[derive(FromRow)]
struct SignedInRow {
    session_id: Uuid,
    token_hash: Vec<u8>,
    authenticated_at: DateTime<Utc>,
    amr: Json<Vec<String>>,
    session_created_at: DateTime<Utc>,
    last_seen_at: DateTime<Utc>,
    idle_expires_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    address: Option<String>,
    user_agent: Option<String>,
    #[sqlx(flatten)]
    user: UserRow,
}

impl SignedInRow {
    fn into_signed_in(self) -> Result<SignedIn> {
        Ok(SignedIn {
            session: Session {
                id: SessionId(self.session_id),
                token_hash: TokenHash::from_slice(&self.token_hash)
                    .ok_or(Error::Corrupt("sessions.token_hash"))?,
                user_id: UserId(self.user.id),
                authenticated_at: self.authenticated_at,
                amr: self.amr.0,
                created_at: self.session_created_at,
                last_seen_at: self.last_seen_at,
                idle_expires_at: self.idle_expires_at,
                expires_at: self.expires_at,
                address: self.address,
                user_agent: self.user_agent,
            },
            user: User::from(self.user),
        })
    }
}

impl Store {
    /// The live session with that cookie and its enabled user.
    pub async fn find_session(
        &self,
        token: &TokenHash,
        now: DateTime<Utc>,
    ) -> Result<Option<SignedIn>> {
        let row: Option<SignedInRow> = either!(read self.db, db => query_as(FIND)
            .bind(token.as_bytes().as_slice()).bind(now).fetch_optional(db).await)?;
        row.map(SignedInRow::into_signed_in).transpose()
    }

    /// Stores a session that has just authenticated, in place of the one with its id or of `replaced`, which ends as if its
    /// person had signed out: its clients hear of it. With `judged`, whose password was checked, only if nothing of that has changed since
    /// (S60); false: it has.
    pub async fn start_session(
        &self,
        session: &Session,
        replaced: Option<SessionId>,
        judged: Option<&User>,
        told: impl Into<Told<'_>>,
    ) -> Result<bool> {
        let told = told.into();
        anew!(self.try_start_session(session, replaced, judged, told))
    }

    async fn try_start_session(
        &self,
        session: &Session,
        replaced: Option<SessionId>,
        judged: Option<&User>,
        told: Told<'_>,
    ) -> Result<bool> {
        let mut tx = self.begin_telling(told).await?;
        if !tx.is_as_judged(judged).await? {
            return Ok(false);
        }
        if let Some(replaced) = replaced.filter(|id| *id != session.id) {
            tx.announce_end(Ending::One(replaced), told.event.at)
                .await?;
            // Codes first: a redemption under way either came before, and its grant is revoked below, or finds none.
            either!(tx &mut tx, db => query(DELETE_REPLACED_CODES)
                .bind(replaced.0).execute(db).await.map(|_| ()))?;
            either!(tx &mut tx, db => query(REVOKE_REPLACED)
                .bind(replaced.0).bind(told.event.at).execute(db).await.map(|_| ()))?;
            either!(tx &mut tx, db => query(DELETE).bind(replaced.0).execute(db).await.map(|_| ()))?;
        }
        either!(tx &mut tx, db => query(INSERT)
            .bind(session.id.0)
            .bind(session.token_hash.as_bytes().as_slice())
            .bind(session.user_id.0)
            .bind(session.authenticated_at)
            .bind(Json(&session.amr))
            .bind(session.created_at)
            .bind(session.last_seen_at)
            .bind(session.idle_expires_at)
            .bind(session.expires_at)
            .bind(&session.address)
            .bind(&session.user_agent)
            .execute(db).await.map(|_| ()))?;
        tx.finish_told(told).await?;
        Ok(true)
    }

    /// Stores what one more factor changes of a session: how sure it is, its cookie, where it was last seen. False: it has ended.
    pub async fn strengthen_session(
        &self,
        session: &Session,
        told: Option<Told<'_>>,
    ) -> Result<bool> {
        let mut tx = match told {
            Some(told) => self.begin_telling(told).await?,
            None => self.begin_write().await?,
        };
        let is_there = either!(tx &mut tx, db => query(STRENGTHEN)
            .bind(session.id.0)
            .bind(session.token_hash.as_bytes().as_slice())
            .bind(Json(&session.amr))
            .bind(session.last_seen_at)
            .bind(session.idle_expires_at)
            .bind(&session.address)
            .bind(&session.user_agent)
            .bind(session.user_id.0)
            .execute(db).await.map(|done| done.rows_affected() == 1))?;
        match told.filter(|_| is_there) {
            Some(told) => tx.finish_told(told).await?,
            None => tx.commit().await?,
        }
        Ok(is_there)
    }

    /// Notes that a session was used.
    pub async fn touch_session(
        &self,
        id: SessionId,
        now: DateTime<Utc>,
        idle_expires_at: DateTime<Utc>,
    ) -> Result<()> {
        either!(write self.db, db => query(TOUCH)
            .bind(id.0).bind(now).bind(idle_expires_at).execute(db).await.map(|_| ()))?;
        Ok(())
    }

    /// Ends a session with its unredeemed codes and the grants that last only as long as it (those without `offline_access`); the clients
    /// that hear of it.
    pub async fn end_session(&self, session: &Session, event: &Event) -> Result<Vec<ClientId>> {
        anew!(self.try_end_session(session, event))
    }

    async fn try_end_session(&self, session: &Session, event: &Event) -> Result<Vec<ClientId>> {
        let mut tx = self.begin_write().await?;
        let clients = tx.announce_end(Ending::One(session.id), event.at).await?;
        // Codes first: a redemption under way either came before, and its grant is revoked below, or finds none.
        either!(tx &mut tx, db => query(DELETE_CODES)
            .bind(session.user_id.0).bind(session.id.0).execute(db).await.map(|_| ()))?;
        either!(tx &mut tx, db => query(DELETE).bind(session.id.0).execute(db).await.map(|_| ()))?;
        either!(tx &mut tx, db => query(REVOKE_SESSION_GRANTS)
            .bind(session.user_id.0).bind(event.at).bind(session.id.0).execute(db).await.map(|_| ()))?;
        tx.record(event).await?;
        tx.commit().await?;
        Ok(clients)
    }
}
