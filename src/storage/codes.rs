//! Authorization codes: issued once per request, redeemed once.

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use sqlx::{FromRow, query, query_as};
use uuid::Uuid;

use super::audit::bind_event;
use super::db::{Db, Store, anew, either};
use super::grants::bind_grant;
use super::users::UserRow;
use super::{Error, Result};
use crate::model::claims_request::ClaimsRequest;
use crate::model::consent::Consent;
use crate::model::event::Event;
use crate::model::grant::{Code, Grant, Refresh};
use crate::model::id::{ClientId, GrantId, RequestId, SessionId, UserId};
use crate::model::scope::Scopes;
use crate::model::secret::TokenHash;
use crate::model::user::User;

/// A code to be issued, with the approval that led to it where the person was asked.
#[derive(Debug)]
pub struct NewIssue<'a> {
    pub code: &'a Code,
    /// No approval, but an event: the person allowed it this time.
    pub consent: Option<(Option<&'a Consent>, &'a Event)>,
    /// Its client wants to know when the session ends.
    pub hears_of_logout: bool,
}

/// What a code rests on where nobody was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The installation's own word, or an approval that comes with the code.
    Given,
    /// An approval of before, which must be there still.
    Remembered,
}

/// How issuing a code ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issue {
    Issued,
    /// A code was issued for this request before: back button, second tab, repeated post.
    AlreadyIssued,
    /// What it rests on, the approval or the session, was ended in this very moment.
    Withdrawn,
    /// The client, or the person, was removed in this very moment.
    Gone,
}

/// How redeeming a code ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Redemption {
    Redeemed,
    /// It was redeemed before, or has expired in this very moment.
    AlreadyRedeemed,
}

macro_rules! insert {
    ($rows:expr) => {
        concat!(
            "INSERT INTO codes (code_hash, request_id, grant_id, client_id, user_id, session_id, redirect_uri,
                is_redirect_uri_sent, code_challenge, scope, resource, nonce, auth_time, amr, claims, issued_at, expires_at, redeemed_at,
                sweep_at, grant_expires_at) ",
            $rows,
            " ON CONFLICT (request_id) DO NOTHING RETURNING code_hash"
        )
    };
}

/// From where what the code rests on is there still. On Postgres whoever ends that waits for this code, and ends it too.
macro_rules! insert_from {
    ($rows:expr) => {
        insert!(concat!(
            "SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, NULL, $18, $19 FROM ",
            $rows
        ))
    };
}

const INSERT: &str = insert_from!("sessions WHERE id = $6");
const INSERT_POSTGRES: &str = insert_from!("sessions WHERE id = $6 FOR KEY SHARE");
/// With an approval, which points to the person: they are locked before all that is theirs.
const INSERT_APPROVED_POSTGRES: &str =
    insert_from!("users u, sessions s WHERE u.id = $5 AND s.id = $6 FOR KEY SHARE OF u, s");
/// $20: the resources, as an approval has them.
macro_rules! insert_remembered {
    ($lock:literal) => {
        insert_from!(concat!(
            "sessions s, consents c WHERE s.id = $6 AND c.user_id = $5 AND c.client_id = $4 AND c.resource = $20
                AND (c.expires_at IS NULL OR c.expires_at > $16)",
            $lock
        ))
    };
}
const INSERT_REMEMBERED: &str = insert_remembered!("");
const INSERT_REMEMBERED_POSTGRES: &str = insert_remembered!(" FOR KEY SHARE OF s, c");
const IS_ISSUED: &str = "SELECT 1 FROM codes WHERE request_id = $1";
const FIND: &str = "SELECT c.request_id, c.grant_id, c.client_id, c.session_id, c.redirect_uri, c.is_redirect_uri_sent,
        c.code_challenge, c.scope, c.resource, c.nonce, c.auth_time, c.amr, c.claims, c.issued_at, c.expires_at, c.redeemed_at,
        c.sweep_at, c.grant_expires_at,
        u.id, u.username, u.email, u.is_email_verified, u.name, u.roles, u.password_hash, u.disabled_at, u.created_at
    FROM codes c JOIN users u ON u.id = c.user_id WHERE c.code_hash = $1
      AND (c.redeemed_at IS NOT NULL OR EXISTS (SELECT 1 FROM sessions s WHERE s.id = c.session_id))";
const REDEEM: &str = "UPDATE codes SET redeemed_at = $2 WHERE code_hash = $1 AND redeemed_at IS NULL AND expires_at > $2
    RETURNING grant_id";
/// The same as the SQLite arm's three statements in one: half the round trips of the hottest path.
const REDEEM_POSTGRES: &str = "WITH redeemed AS (
        UPDATE codes SET redeemed_at = $27 WHERE code_hash = $28 AND redeemed_at IS NULL AND expires_at > $27 RETURNING grant_id
    ), granted AS (
        INSERT INTO grants (id, client_id, user_id, session_id, scope, resource, auth_time, amr, claims, created_at, expires_at,
            is_offline, generation, refresh_hash, rotated_at, idle_expires_at, sweep_at)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17 FROM redeemed
    ), audited AS (
        INSERT INTO audit_events (id, at, kind, actor, user_id, client_id, address, request_id, detail)
        SELECT $18, $19, $20, $21, $22, $23, $24, $25, $26 FROM redeemed
    )
    SELECT grant_id FROM redeemed";

/// Binds a code's nineteen columns, in the order of `INSERT`.
macro_rules! bind_code {
    ($query:expr, $code:expr) => {
        $query
            .bind($code.hash.as_bytes().as_slice())
            .bind($code.request_id.0)
            .bind($code.grant_id.0)
            .bind($code.client_id.as_str())
            .bind($code.user_id.0)
            .bind($code.session_id.0)
            .bind(&$code.redirect_uri)
            .bind($code.is_redirect_uri_sent)
            .bind(&$code.code_challenge)
            .bind($code.scope.to_string())
            .bind($code.resources.to_stored())
            .bind(&$code.nonce)
            .bind($code.auth_time)
            .bind(Json(&$code.amr))
            .bind($code.claims.as_ref().map(Json))
            .bind($code.issued_at)
            .bind($code.expires_at)
            .bind($code.sweep_at)
            .bind($code.grant_expires_at)
    };
}

/// What stores a code, on that basis.
macro_rules! bind_insert {
    ($issue:expr, $basis:expr, $is_postgres:expr) => {{
        let (code, is_approved) = ($issue.code, $issue.consent.is_some());
        let resources = ($basis == Basis::Remembered).then(|| code.resources.to_string());
        let text = match ($basis, $is_postgres) {
            (Basis::Given, true) if is_approved => INSERT_APPROVED_POSTGRES,
            (Basis::Given, true) => INSERT_POSTGRES,
            (Basis::Given, false) => INSERT,
            (Basis::Remembered, true) => INSERT_REMEMBERED_POSTGRES,
            (Basis::Remembered, false) => INSERT_REMEMBERED,
        };
        let query = bind_code!(query(text), code);
        match resources {
            Some(resources) => query.bind(resources),
            None => query,
        }
    }};
}

#[derive(FromRow)]
struct CodeRow {
    request_id: Uuid,
    grant_id: Uuid,
    client_id: String,
    session_id: Uuid,
    redirect_uri: String,
    is_redirect_uri_sent: bool,
    code_challenge: Option<String>,
    scope: String,
    resource: Option<String>,
    nonce: Option<String>,
    auth_time: DateTime<Utc>,
    amr: Json<Vec<String>>,
    claims: Option<Json<ClaimsRequest>>,
    issued_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    redeemed_at: Option<DateTime<Utc>>,
    sweep_at: DateTime<Utc>,
    grant_expires_at: Option<DateTime<Utc>>,
    #[sqlx(flatten)]
    user: UserRow,
}

impl CodeRow {
    fn into_code(self, hash: TokenHash) -> Result<(Code, User)> {
        let code = Code {
            hash,
            request_id: RequestId(self.request_id),
            grant_id: GrantId(self.grant_id),
            client_id: ClientId::parse(&self.client_id)
                .map_err(|_| Error::Corrupt("codes.client_id"))?,
            user_id: UserId(self.user.id),
            session_id: SessionId(self.session_id),
            redirect_uri: self.redirect_uri,
            is_redirect_uri_sent: self.is_redirect_uri_sent,
            code_challenge: self.code_challenge,
            scope: Scopes::parse(&self.scope).map_err(|_| Error::Corrupt("codes.scope"))?,
            resources: self.resource.into(),
            nonce: self.nonce,
            auth_time: self.auth_time,
            amr: self.amr.0,
            claims: self.claims.map(|claims| claims.0),
            issued_at: self.issued_at,
            expires_at: self.expires_at,
            grant_expires_at: self.grant_expires_at,
            redeemed_at: self.redeemed_at,
            sweep_at: self.sweep_at,
        };
        Ok((code, User::from(self.user)))
    }
}

impl Store {
    /// Stores a code, and the approval with it. At most one code is ever stored for a request.
    pub async fn issue_code(&self, issue: &NewIssue<'_>) -> Result<Issue> {
        self.issue_answer(issue, None, Basis::Given).await
    }

    /// The same, with the grant behind an access token that the answer itself brings (OIDC Core §3.2.2.5).
    pub async fn issue_answer(
        &self,
        issue: &NewIssue<'_>,
        front: Option<(&Grant, &Event)>,
        basis: Basis,
    ) -> Result<Issue> {
        anew!(self.try_issue_answer(issue, front, basis))
    }

    async fn try_issue_answer(
        &self,
        issue: &NewIssue<'_>,
        front: Option<(&Grant, &Event)>,
        basis: Basis,
    ) -> Result<Issue> {
        if issue.consent.is_none() && front.is_none() && !issue.hears_of_logout {
            // One statement is its own transaction: the silent sign-in, which is most of them, makes no further trip.
            // By `execute`: with `fetch_optional` sqlx drops the error of SQLite's commit.
            let issued = either!(write self.db, db => bind_insert!(issue, basis, self.is_postgres())
                .execute(db).await.map(|done| done.rows_affected() == 1))?;
            if issued {
                return Ok(Issue::Issued);
            }
            return self.why_not_issued(issue.code).await;
        }
        self.store_answer(issue, front, basis).await
    }

    async fn store_answer(
        &self,
        issue: &NewIssue<'_>,
        front: Option<(&Grant, &Event)>,
        basis: Basis,
    ) -> Result<Issue> {
        let mut tx = self.begin_write().await?;
        let issued = either!(tx &mut tx, db => bind_insert!(issue, basis, self.is_postgres())
            .fetch_optional(db).await.map(|row| row.is_some()))?;
        if !issued {
            drop(tx);
            return self.why_not_issued(issue.code).await;
        }
        let consent = issue.consent.and_then(|(consent, _)| consent);
        if let Some(consent) = consent
            && !tx.put_consent(consent).await?
        {
            return Ok(Issue::Gone);
        }
        if issue.hears_of_logout {
            let code = issue.code;
            tx.note_session_client(code.session_id, &code.client_id)
                .await?;
        }
        if let Some(consent) = consent {
            tx.shorten_grants(consent).await?;
        }
        if let Some((_, event)) = issue.consent {
            tx.record(event).await?;
        }
        if let Some((grant, event)) = front {
            tx.insert_grant(grant, None).await?;
            tx.record(event).await?;
        }
        tx.commit().await?;
        Ok(Issue::Issued)
    }

    async fn why_not_issued(&self, code: &Code) -> Result<Issue> {
        let is_issued = either!(write self.db, db => query(IS_ISSUED)
            .bind(code.request_id.0).fetch_optional(db).await.map(|row| row.is_some()))?;
        Ok(if is_issued {
            Issue::AlreadyIssued
        } else {
            Issue::Withdrawn
        })
    }

    /// The code with that hash, redeemed and expired ones too, and the person who gave it. A code that was not redeemed
    /// before its session ended is gone.
    pub async fn find_code(&self, hash: &TokenHash) -> Result<Option<(Code, User)>> {
        let row: Option<CodeRow> = either!(read self.db, db => query_as(FIND)
            .bind(hash.as_bytes().as_slice()).fetch_optional(db).await)?;
        row.map(|row| row.into_code(*hash)).transpose()
    }

    /// Redeems a code: marks it, stores its grant and the audit row, all or nothing; of many at once, one succeeds.
    pub async fn redeem_code(
        &self,
        hash: &TokenHash,
        grant: &Grant,
        refresh: Option<&Refresh>,
        event: &Event,
    ) -> Result<Redemption> {
        let sweep_at = super::grants::sweep_at(grant, refresh);
        let redeemed = match &self.db {
            Db::Postgres(pool) => {
                let query = bind_grant!(query(REDEEM_POSTGRES), grant, refresh, sweep_at);
                let query = bind_event!(query, event);
                query
                    .bind(event.at)
                    .bind(hash.as_bytes().as_slice())
                    .execute(pool)
                    .await?
                    .rows_affected()
                    == 1
            }
            Db::Sqlite { .. } => {
                let mut tx = self.begin_write().await?;
                let redeemed = either!(tx &mut tx, db => query(REDEEM)
                    .bind(hash.as_bytes().as_slice()).bind(event.at)
                    .fetch_optional(db).await.map(|row| row.is_some()))?;
                if redeemed {
                    tx.insert_grant(grant, refresh).await?;
                    tx.record(event).await?;
                    tx.commit().await?;
                }
                redeemed
            }
        };
        Ok(if redeemed {
            Redemption::Redeemed
        } else {
            Redemption::AlreadyRedeemed
        })
    }
}
