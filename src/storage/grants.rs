//! Grants, and the refresh token that each may have: one row, updated in place, however often the token rotates.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use serde_json::{Map, Value};
use sqlx::types::Json;
use sqlx::{FromRow, query, query_as};
use uuid::Uuid;

use super::db::{Store, Tx, either};
use super::users::{UserRow, user_claims};
use super::{Error, Result};
use crate::model::claims::UserClaims;
use crate::model::claims_request::ClaimsRequest;
use crate::model::event::Event;
use crate::model::grant::{Grant, Refresh};
use crate::model::id::{ClientId, GrantId, SessionId, UserId};
use crate::model::scope::Scopes;
use crate::model::secret::TokenHash;
use crate::model::user::User;

/// A grant that has a refresh token, with its person.
#[derive(Debug, Clone)]
pub struct RefreshGrant {
    pub grant: Grant,
    pub refresh: Refresh,
    pub user: User,
}

/// A grant, with or without a refresh token, and all that is known of its person: for tokens of ours that come back.
#[derive(Debug, Clone)]
pub struct PersonGrant {
    pub grant: Grant,
    pub user: User,
    pub claims: UserClaims,
}

/// One step of a refresh token: from the generation that was presented to the next.
#[derive(Debug, Clone, Copy)]
pub struct Rotate {
    pub grant_id: GrantId,
    pub from_generation: i64,
    pub from_hash: TokenHash,
    pub to_hash: TokenHash,
    pub now: DateTime<Utc>,
    pub idle_expires_at: DateTime<Utc>,
    /// The grant's absolute end.
    pub expires_at: DateTime<Utc>,
}

const INSERT: &str = "INSERT INTO grants (id, client_id, user_id, session_id, scope, resource, auth_time, amr, claims, created_at,
        expires_at, is_offline, generation, refresh_hash, rotated_at, idle_expires_at, sweep_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
const FIND: &str = "SELECT g.client_id, g.session_id, g.scope, g.resource, g.auth_time, g.amr, g.claims, g.created_at AS grant_created_at,
        g.expires_at, g.is_offline, g.revoked_at, g.generation, g.refresh_hash, g.rotated_at, g.idle_expires_at,
        u.id, u.username, u.email, u.is_email_verified, u.name, u.roles, u.password_hash, u.disabled_at, u.created_at
    FROM grants g JOIN users u ON u.id = g.user_id WHERE g.id = $1";
const FIND_WITH_CLAIMS: &str = "SELECT g.client_id, g.session_id, g.scope, g.resource, g.auth_time, g.amr, g.claims,
        g.created_at AS grant_created_at, g.expires_at, g.is_offline, g.revoked_at, g.generation, g.refresh_hash, g.rotated_at,
        g.idle_expires_at,
        u.id, u.username, u.email, u.is_email_verified, u.name, u.roles, u.password_hash, u.disabled_at, u.created_at,
        u.claims AS user_claims, u.updated_at AS user_updated_at
    FROM grants g JOIN users u ON u.id = g.user_id WHERE g.id = $1";
const ROTATE: &str = "UPDATE grants SET generation = generation + 1, refresh_hash = $4, rotated_at = $5, idle_expires_at = $6,
        sweep_at = $7
    WHERE id = $1 AND generation = $2 AND refresh_hash = $3 AND revoked_at IS NULL AND idle_expires_at > $5 AND expires_at > $5";
const REVOKE: &str =
    "UPDATE grants SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING id";

/// Binds a grant's seventeen columns, in the order of `INSERT`.
macro_rules! bind_grant {
    ($query:expr, $grant:expr, $refresh:expr, $sweep_at:expr) => {
        $query
            .bind($grant.id.0)
            .bind($grant.client_id.as_str())
            .bind($grant.user_id.0)
            .bind($grant.session_id.map(|id| id.0))
            .bind($grant.scope.to_string())
            .bind($grant.resources.to_stored())
            .bind($grant.auth_time)
            .bind(sqlx::types::Json(&$grant.amr))
            .bind($grant.claims.as_ref().map(sqlx::types::Json))
            .bind($grant.created_at)
            .bind($grant.expires_at)
            .bind($grant.is_offline)
            .bind($refresh.map_or(0, |refresh| refresh.generation))
            .bind($refresh.map(|refresh| refresh.hash.as_bytes().to_vec()))
            .bind($refresh.map(|refresh| refresh.rotated_at))
            .bind($refresh.map(|refresh| refresh.idle_expires_at))
            .bind($sweep_at)
    };
}
pub(super) use bind_grant;

#[derive(FromRow)]
struct GrantRow {
    client_id: String,
    session_id: Option<Uuid>,
    scope: String,
    resource: Option<String>,
    auth_time: DateTime<Utc>,
    amr: Json<Vec<String>>,
    claims: Option<Json<ClaimsRequest>>,
    grant_created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    is_offline: bool,
    revoked_at: Option<DateTime<Utc>>,
    generation: i64,
    refresh_hash: Option<Vec<u8>>,
    rotated_at: Option<DateTime<Utc>>,
    idle_expires_at: Option<DateTime<Utc>>,
    #[sqlx(flatten)]
    user: UserRow,
}

#[derive(FromRow)]
struct PersonGrantRow {
    #[sqlx(flatten)]
    grant: GrantRow,
    user_claims: Option<Json<Map<String, Value>>>,
    user_updated_at: DateTime<Utc>,
}

impl GrantRow {
    fn into_refresh_grant(self, id: GrantId) -> Result<Option<RefreshGrant>> {
        let (Some(hash), Some(rotated_at), Some(idle_expires_at)) =
            (&self.refresh_hash, self.rotated_at, self.idle_expires_at)
        else {
            return Ok(None);
        };
        let refresh = Refresh {
            generation: self.generation,
            hash: TokenHash::from_slice(hash).ok_or(Error::Corrupt("grants.refresh_hash"))?,
            rotated_at,
            idle_expires_at,
        };
        let (grant, user) = self.into_grant(id)?;
        Ok(Some(RefreshGrant {
            grant,
            refresh,
            user,
        }))
    }

    fn into_grant(self, id: GrantId) -> Result<(Grant, User)> {
        let grant = Grant {
            id,
            client_id: ClientId::parse(&self.client_id)
                .map_err(|_| Error::Corrupt("grants.client_id"))?,
            user_id: UserId(self.user.id),
            session_id: self.session_id.map(SessionId),
            scope: Scopes::parse(&self.scope).map_err(|_| Error::Corrupt("grants.scope"))?,
            resources: self.resource.into(),
            auth_time: self.auth_time,
            amr: self.amr.0,
            claims: self.claims.map(|claims| claims.0),
            is_offline: self.is_offline,
            created_at: self.grant_created_at,
            expires_at: self.expires_at,
            revoked_at: self.revoked_at,
        };
        Ok((grant, User::from(self.user)))
    }
}

impl PersonGrantRow {
    fn into_person_grant(self, id: GrantId) -> Result<PersonGrant> {
        let (grant, user) = self.grant.into_grant(id)?;
        Ok(PersonGrant {
            grant,
            user,
            claims: user_claims(self.user_claims, self.user_updated_at),
        })
    }
}

/// When the sweep may take a grant: a day after its end, for access tokens that live on after an idle end have to find it, and no
/// token lives longer than a day. Rounded up to the day, so that a rotation seldom moves an indexed column.
pub(super) fn sweep_at(grant: &Grant, refresh: Option<&Refresh>) -> DateTime<Utc> {
    round_up(refresh.map_or(grant.expires_at, |refresh| {
        refresh.idle_expires_at.min(grant.expires_at)
    }))
}

fn round_up(end: DateTime<Utc>) -> DateTime<Utc> {
    let day = TimeDelta::days(1);
    end.duration_trunc(day).unwrap_or(end) + day * 2
}

impl Store {
    /// The grant with that id and its person; revoked and expired ones too.
    pub async fn find_grant(&self, id: GrantId) -> Result<Option<(Grant, User)>> {
        let row: Option<GrantRow> =
            either!(read self.db, db => query_as(FIND).bind(id.0).fetch_optional(db).await)?;
        row.map(|row| row.into_grant(id)).transpose()
    }

    /// The grant with that id if it has a refresh token; revoked and expired ones too.
    pub async fn find_refresh_grant(&self, id: GrantId) -> Result<Option<RefreshGrant>> {
        let row: Option<GrantRow> =
            either!(read self.db, db => query_as(FIND).bind(id.0).fetch_optional(db).await)?;
        row.map_or(Ok(None), |row| row.into_refresh_grant(id))
    }

    /// The grant with that id, revoked and expired ones too, and the claims of its person.
    pub async fn find_person_grant(&self, id: GrantId) -> Result<Option<PersonGrant>> {
        let row: Option<PersonGrantRow> = either!(read self.db, db => query_as(FIND_WITH_CLAIMS)
            .bind(id.0).fetch_optional(db).await)?;
        row.map(|row| row.into_person_grant(id)).transpose()
    }

    /// Stores a grant that no code led to (password). With `judged`, whose password was checked, only if nothing of that has changed since
    /// (S60); false: it has.
    pub async fn add_grant(
        &self,
        grant: &Grant,
        refresh: Option<&Refresh>,
        judged: Option<&User>,
        event: &Event,
    ) -> Result<bool> {
        let mut tx = self.begin_write().await?;
        if !tx.is_as_judged(judged).await? {
            return Ok(false);
        }
        tx.insert_grant(grant, refresh).await?;
        tx.record(event).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Moves a refresh token on by one; of many at once, one is told true. One statement: it is its own transaction.
    pub async fn rotate_refresh_token(&self, rotate: &Rotate) -> Result<bool> {
        // Not RETURNING with fetch_optional: on SQLite sqlx stops at the first row and drops the error of the commit.
        let sweep_at = round_up(rotate.idle_expires_at.min(rotate.expires_at));
        Ok(either!(write self.db, db => query(ROTATE)
            .bind(rotate.grant_id.0)
            .bind(rotate.from_generation)
            .bind(rotate.from_hash.as_bytes().as_slice())
            .bind(rotate.to_hash.as_bytes().as_slice())
            .bind(rotate.now)
            .bind(rotate.idle_expires_at)
            .bind(sweep_at)
            .execute(db).await.map(|done| done.rows_affected() == 1))?)
    }

    /// Ends a grant with everything that came of it. False where it had ended or never was.
    pub async fn revoke_grant(&self, id: GrantId, event: &Event) -> Result<bool> {
        let mut tx = self.begin_write().await?;
        let revoked = either!(tx &mut tx, db => query(REVOKE)
            .bind(id.0).bind(event.at).fetch_optional(db).await.map(|row| row.is_some()))?;
        if revoked {
            tx.record(event).await?;
            tx.commit().await?;
        }
        Ok(revoked)
    }
}

impl Tx {
    pub(super) async fn insert_grant(
        &mut self,
        grant: &Grant,
        refresh: Option<&Refresh>,
    ) -> Result<()> {
        let sweep_at = sweep_at(grant, refresh);
        either!(tx self, db => bind_grant!(query(INSERT), grant, refresh, sweep_at).execute(db).await.map(|_| ()))?;
        Ok(())
    }
}
