//! Which clients hear that a session has ended, and the calls to them that are still to be made (OIDC Back-Channel Logout 1.0).
//!
//! The calls are written in the transaction that ends the session, so that none is lost. A node that is about to call claims the row by
//! setting when it is due next: that is its lease, and the time of the next attempt should this one fail.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, query, query_as};
use uuid::Uuid;

use super::db::{Store, Tx, either};
use super::{Error, Result};
use crate::model::id::{ClientId, SessionId, UserId};
use crate::model::logout::{DELIVERY_TTL, LogoutDelivery};
use crate::random;

/// Whose sessions end.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ending {
    One(SessionId),
    AllOf(UserId),
    /// All of a user but this one.
    Others(UserId, SessionId),
}

const NOTE: &str = "INSERT INTO session_clients (session_id, client_id)
    SELECT id, $2 FROM sessions WHERE id = $1 ON CONFLICT (session_id, client_id) DO NOTHING";
const OF_SESSION: &str = "SELECT c.session_id, s.user_id, c.client_id
    FROM session_clients c JOIN sessions s ON s.id = c.session_id WHERE s.id = $1 AND ($2 IS NULL OR s.id <> $2) ORDER BY c.client_id";
const OF_USER: &str = "SELECT c.session_id, s.user_id, c.client_id
    FROM session_clients c JOIN sessions s ON s.id = c.session_id WHERE s.user_id = $1 AND ($2 IS NULL OR s.id <> $2) ORDER BY c.session_id, c.client_id";
/// Postgres: a code that is being issued, or a client that is being noted, holds a share of this lock, so it is either seen after this or finds
/// no session.
const LOCK_SESSION: &str = "SELECT id FROM sessions WHERE id = $1 FOR UPDATE";
const LOCK_SESSIONS: &str = "SELECT id FROM sessions WHERE user_id = $1 ORDER BY id FOR UPDATE";
const INSERT: &str = "INSERT INTO logout_deliveries
        (id, client_id, user_id, session_id, attempts, next_attempt_at, created_at, expires_at)
    VALUES ($1, $2, $3, $4, 0, $5, $5, $6)";
/// Not more than some of each client, so that the many of one do not hide the others'.
const DUE: &str = "SELECT id, client_id, user_id, session_id, attempts, expires_at FROM (
        SELECT id, client_id, user_id, session_id, attempts, next_attempt_at, expires_at,
            ROW_NUMBER() OVER (PARTITION BY client_id ORDER BY next_attempt_at, id) AS place
        FROM logout_deliveries WHERE next_attempt_at <= $1
    ) AS due WHERE place <= $2 ORDER BY next_attempt_at, id LIMIT $3";
const CLAIM: &str = "UPDATE logout_deliveries SET attempts = attempts + 1, next_attempt_at = $4
    WHERE id = $1 AND attempts = $2 AND next_attempt_at <= $3";
const DELETE: &str = "DELETE FROM logout_deliveries WHERE id = $1";

#[derive(FromRow)]
struct DeliveryRow {
    id: Uuid,
    client_id: String,
    user_id: Uuid,
    session_id: Uuid,
    attempts: i64,
    expires_at: DateTime<Utc>,
}

impl DeliveryRow {
    fn into_delivery(self) -> Result<LogoutDelivery> {
        Ok(LogoutDelivery {
            id: self.id,
            client_id: ClientId::parse(&self.client_id)
                .map_err(|_| Error::Corrupt("logout_deliveries.client_id"))?,
            user_id: UserId(self.user_id),
            session_id: SessionId(self.session_id),
            attempts: self.attempts,
            expires_at: self.expires_at,
        })
    }
}

impl Store {
    /// Notes that a client knows of a session and wants to hear of its end, for an answer that stores nothing else.
    pub async fn note_session_client(&self, session: SessionId, client: &ClientId) -> Result<()> {
        let noted = either!(write self.db, db => query(NOTE)
            .bind(session.0).bind(client.as_str()).execute(db).await.map(|_| ()));
        match noted {
            // The session ended in this very moment.
            Err(error) if Error::is_foreign_key_violation(&error) => Ok(()),
            other => Ok(other?),
        }
    }

    /// At most `limit` calls that are due, and of those at most `of_client` to one client; those that wait longest first.
    pub async fn due_logout_deliveries(
        &self,
        now: DateTime<Utc>,
        of_client: i64,
        limit: i64,
    ) -> Result<Vec<LogoutDelivery>> {
        let rows: Vec<DeliveryRow> = either!(read self.db, db => query_as(DUE)
            .bind(now).bind(of_client).bind(limit).fetch_all(db).await)?;
        rows.into_iter().map(DeliveryRow::into_delivery).collect()
    }

    /// Claims a call that was found due; of many nodes one gets it. Nobody else has it due before `next_attempt_at`.
    pub async fn claim_logout_delivery(
        &self,
        found: &LogoutDelivery,
        now: DateTime<Utc>,
        next_attempt_at: DateTime<Utc>,
    ) -> Result<bool> {
        Ok(either!(write self.db, db => query(CLAIM)
            .bind(found.id).bind(found.attempts).bind(now).bind(next_attempt_at)
            .execute(db).await.map(|done| done.rows_affected() == 1))?)
    }

    /// Forgets a call: it was made, or given up.
    pub async fn delete_logout_delivery(&self, id: Uuid) -> Result<()> {
        either!(write self.db, db => query(DELETE).bind(id).execute(db).await.map(|_| ()))?;
        Ok(())
    }
}

impl Tx {
    /// [`Store::note_session_client`], with a code, whose session stays until the end of the transaction.
    pub(super) async fn note_session_client(
        &mut self,
        session: SessionId,
        client: &ClientId,
    ) -> Result<()> {
        Ok(either!(tx self, db => query(NOTE)
            .bind(session.0).bind(client.as_str()).execute(db).await.map(|_| ()))?)
    }

    /// Writes the calls for sessions that the transaction is about to delete, with their codes and grants, in this order; the clients that know
    /// of them. Clients without an address to call are among them: what they registered is not looked at here.
    pub(super) async fn announce_end(
        &mut self,
        ending: Ending,
        now: DateTime<Utc>,
    ) -> Result<Vec<ClientId>> {
        let (lock, find, id, kept) = match ending {
            Ending::One(session) => (LOCK_SESSION, OF_SESSION, session.0, None),
            Ending::AllOf(user) => (LOCK_SESSIONS, OF_USER, user.0, None),
            Ending::Others(user, kept) => (LOCK_SESSIONS, OF_USER, user.0, Some(kept.0)),
        };
        if let Self::Postgres(tx) = self {
            query(lock).bind(id).execute(&mut **tx).await?;
        }
        let known: Vec<(Uuid, Uuid, String)> =
            either!(tx self, db => query_as(find).bind(id).bind(kept).fetch_all(db).await)?;
        for (session, user, client) in &known {
            either!(tx self, db => query(INSERT)
                .bind(random::uuid())
                .bind(client)
                .bind(user)
                .bind(session)
                .bind(now)
                .bind(now + DELIVERY_TTL)
                .execute(db).await.map(|_| ()))?;
        }
        let clients = known.into_iter().map(|(_, _, client)| {
            ClientId::parse(&client).map_err(|_| Error::Corrupt("session_clients.client_id"))
        });
        clients.collect()
    }
}
