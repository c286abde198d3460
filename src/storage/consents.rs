//! Approvals remembered.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, query, query_as};

use super::db::{Store, Tx, anew, either};
use super::{Error, Result};
use crate::model::consent::Consent;
use crate::model::id::{ClientId, UserId};
use crate::model::resource::Resources;
use crate::model::scope::Scopes;

const FIND: &str =
    "SELECT granted, declined, granted_at, updated_at, expires_at FROM consents
    WHERE user_id = $1 AND client_id = $2 AND resource = $3 AND (expires_at IS NULL OR expires_at > $4)";
const HAS_ANY: &str =
    "SELECT 1 FROM consents WHERE user_id = $1 AND client_id = $2 AND (expires_at IS NULL OR expires_at > $3)
    UNION ALL SELECT 1 FROM grants WHERE user_id = $1 AND client_id = $2 AND revoked_at IS NULL AND expires_at > $3
    LIMIT 1";
const UPSERT: &str = "INSERT INTO consents (user_id, client_id, resource, granted, declined, granted_at, updated_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (user_id, client_id, resource) DO UPDATE SET granted = excluded.granted, declined = excluded.declined,
        granted_at = CASE WHEN consents.expires_at <= excluded.updated_at THEN excluded.granted_at ELSE consents.granted_at END,
        updated_at = excluded.updated_at, expires_at = excluded.expires_at";
/// What came of the approval before ends with the new one, if that ends sooner.
const SHORTEN_GRANTS: &str = "UPDATE grants SET expires_at = $4
    WHERE user_id = $1 AND client_id = $2 AND COALESCE(resource, '') = $3 AND revoked_at IS NULL AND expires_at > $4";
const SHORTEN_CODES: &str = "UPDATE codes SET grant_expires_at = $4
    WHERE user_id = $1 AND client_id = $2 AND COALESCE(resource, '') = $3 AND redeemed_at IS NULL
        AND (grant_expires_at IS NULL OR grant_expires_at > $4)";
const DELETE: &str =
    "DELETE FROM consents WHERE user_id = $1 AND client_id = $2 RETURNING client_id";
const REVOKE_GRANTS: &str = "UPDATE grants SET revoked_at = $3 WHERE user_id = $1 AND client_id = $2 AND revoked_at IS NULL";
const DELETE_CODES: &str =
    "DELETE FROM codes WHERE user_id = $1 AND client_id = $2 AND redeemed_at IS NULL";

#[derive(FromRow)]
struct ConsentRow {
    granted: String,
    declined: String,
    granted_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
}

impl Store {
    /// What the person decided before for the client, about those resources together, if that holds at `now`.
    pub async fn find_consent(
        &self,
        user_id: UserId,
        client_id: &ClientId,
        resources: &Resources,
        now: DateTime<Utc>,
    ) -> Result<Option<Consent>> {
        let row: Option<ConsentRow> = either!(read self.db, db => query_as(FIND)
            .bind(user_id.0).bind(client_id.as_str()).bind(resources.to_string()).bind(now)
            .fetch_optional(db).await)?;
        let Some(row) = row else { return Ok(None) };
        let parse =
            |value: &str| Scopes::parse(value).map_err(|_| Error::Corrupt("consents.granted"));
        Ok(Some(Consent {
            user_id,
            client_id: client_id.clone(),
            resources: resources.clone(),
            granted: parse(&row.granted)?,
            declined: parse(&row.declined)?,
            granted_at: row.granted_at,
            updated_at: row.updated_at,
            expires_at: row.expires_at,
        }))
    }

    /// Whether the person allows the client anything at `now`, about whatever resources.
    pub async fn allows_anything(
        &self,
        user_id: UserId,
        client_id: &ClientId,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        Ok(either!(read self.db, db => query(HAS_ANY)
            .bind(user_id.0).bind(client_id.as_str()).bind(now)
            .fetch_optional(db).await.map(|row| row.is_some()))?)
    }

    /// Takes an approval back: forgets it, and ends every code and grant that the client has of the person, also those that
    /// nobody was asked for. False where there was nothing.
    pub async fn withdraw_consent(
        &self,
        user_id: UserId,
        client_id: &ClientId,
        event: &crate::model::event::Event,
    ) -> Result<bool> {
        anew!(self.try_withdraw_consent(user_id, client_id, event))
    }

    async fn try_withdraw_consent(
        &self,
        user_id: UserId,
        client_id: &ClientId,
        event: &crate::model::event::Event,
    ) -> Result<bool> {
        let mut tx = self.begin_write().await?;
        let found = either!(tx &mut tx, db => query(DELETE)
            .bind(user_id.0).bind(client_id.as_str()).execute(db).await.map(|done| done.rows_affected() > 0))?;
        let codes = either!(tx &mut tx, db => query(DELETE_CODES)
            .bind(user_id.0).bind(client_id.as_str()).execute(db).await.map(|done| done.rows_affected()))?;
        let revoked = either!(tx &mut tx, db => query(REVOKE_GRANTS)
            .bind(user_id.0).bind(client_id.as_str()).bind(event.at).execute(db).await.map(|done| done.rows_affected()))?;
        if !found && revoked + codes == 0 {
            return Ok(false);
        }
        tx.record(event).await?;
        tx.commit().await?;
        Ok(true)
    }
}

impl Tx {
    /// Remembers an approval, and has the codes of the one before end with it.
    /// False where the client or the person is gone: then the transaction is lost.
    pub(super) async fn put_consent(&mut self, consent: &Consent) -> Result<bool> {
        let put = either!(tx &mut *self, db => query(UPSERT)
            .bind(consent.user_id.0)
            .bind(consent.client_id.as_str())
            .bind(consent.resources.to_string())
            .bind(consent.granted.to_string())
            .bind(consent.declined.to_string())
            .bind(consent.granted_at)
            .bind(consent.updated_at)
            .bind(consent.expires_at)
            .execute(db).await.map(|_| ()));
        match put {
            Err(error) if Error::is_foreign_key_violation(&error) => return Ok(false),
            other => other?,
        }
        self.shorten(SHORTEN_CODES, consent).await?;
        Ok(true)
    }

    /// The end of what came of the approval before, if the new one ends sooner: after [`Tx::put_consent`].
    pub(super) async fn shorten_grants(&mut self, consent: &Consent) -> Result<()> {
        self.shorten(SHORTEN_GRANTS, consent).await
    }

    async fn shorten(&mut self, statement: &'static str, consent: &Consent) -> Result<()> {
        let Some(end) = consent.expires_at else {
            return Ok(());
        };
        either!(tx &mut *self, db => query(statement)
            .bind(consent.user_id.0)
            .bind(consent.client_id.as_str())
            .bind(consent.resources.to_string())
            .bind(end)
            .execute(db).await.map(|_| ()))?;
        Ok(())
    }
}
