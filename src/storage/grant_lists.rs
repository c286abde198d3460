//! Grants and approvals as administrators see them: by person, by client, or all.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use sqlx::types::Json;
use sqlx::{FromRow, query_as};
use uuid::Uuid;

use super::db::{Store, either};
use super::{Error, Result};
use crate::model::consent::ConsentView;
use crate::model::grant::GrantView;
use crate::model::id::{ClientId, GrantId, UserId};
use crate::model::resource::Resources;
use crate::model::scope::Scopes;

/// Which grants are looked for; what is `None` does not matter.
#[derive(Debug, Clone, Default)]
pub struct GrantFilter {
    pub user: Option<UserId>,
    pub client: Option<ClientId>,
}

/// Which approvals are looked for; what is `None` does not matter.
#[derive(Debug, Clone, Default)]
pub struct ConsentFilter {
    pub user: Option<UserId>,
    pub client: Option<ClientId>,
}

/// Where an approval stands among all: person, client, resources. One person gave a client several, each for other resources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentPlace {
    pub user: UserId,
    pub client: String,
    pub resources: String,
}

/// $1 is the user, $2 the client, or nothing. Each list goes by the index that it has.
macro_rules! grants {
    ($which:literal) => {
        concat!(
            "SELECT g.id, g.client_id, c.metadata, g.user_id, u.username, g.scope, g.resource, g.created_at, g.rotated_at,
                g.idle_expires_at, g.expires_at, g.is_offline
            FROM grants g JOIN users u ON u.id = g.user_id LEFT JOIN clients c ON c.id = g.client_id
            WHERE ",
            $which,
            " AND g.id > $3 AND g.revoked_at IS NULL AND g.expires_at > $4 AND (g.idle_expires_at IS NULL OR g.idle_expires_at > $4)
            ORDER BY g.id LIMIT $5"
        )
    };
}

const GRANTS: &str = grants!("$1 IS NULL AND $2 IS NULL");
const GRANTS_OF_USER: &str = grants!("g.user_id = $1 AND ($2 IS NULL OR g.client_id = $2)");
const GRANTS_OF_CLIENT: &str = grants!("$1 IS NULL AND g.client_id = $2");

macro_rules! consents {
    ($which:literal) => {
        concat!(
            "SELECT n.user_id, u.username, n.client_id, c.metadata, n.resource, n.granted, n.declined, n.granted_at, n.updated_at, n.expires_at
            FROM consents n JOIN users u ON u.id = n.user_id LEFT JOIN clients c ON c.id = n.client_id
            WHERE ",
            $which,
            " AND (n.user_id, n.client_id, n.resource) > ($3, $4, $5) AND (n.expires_at IS NULL OR n.expires_at > $7)
            ORDER BY n.user_id, n.client_id, n.resource LIMIT $6"
        )
    };
}

const CONSENTS: &str = consents!("$1 IS NULL AND $2 IS NULL");
const CONSENTS_OF_USER: &str = consents!("n.user_id = $1 AND ($2 IS NULL OR n.client_id = $2)");
const CONSENTS_OF_CLIENT: &str = consents!("$1 IS NULL AND n.client_id = $2");

/// Of a client's metadata, what it is called.
#[derive(Deserialize)]
pub(super) struct Called {
    pub(super) client_name: String,
}

fn name_of(client: Option<Json<Called>>, id: &str) -> String {
    client.map_or_else(|| id.to_owned(), |client| client.0.client_name)
}

#[derive(FromRow)]
struct GrantRow {
    id: Uuid,
    client_id: String,
    metadata: Option<Json<Called>>,
    user_id: Uuid,
    username: String,
    scope: String,
    resource: Option<String>,
    created_at: DateTime<Utc>,
    rotated_at: Option<DateTime<Utc>>,
    idle_expires_at: Option<DateTime<Utc>>,
    expires_at: DateTime<Utc>,
    is_offline: bool,
}

impl GrantRow {
    fn into_view(self) -> Result<GrantView> {
        let end = self.expires_at;
        Ok(GrantView {
            id: GrantId(self.id),
            client_name: name_of(self.metadata, &self.client_id),
            client_id: ClientId::parse(&self.client_id)
                .map_err(|_| Error::Corrupt("grants.client_id"))?,
            user_id: UserId(self.user_id),
            username: self.username,
            scope: Scopes::parse(&self.scope).map_err(|_| Error::Corrupt("grants.scope"))?,
            resources: self.resource.into(),
            created_at: self.created_at,
            last_used_at: self.rotated_at,
            expires_at: self.idle_expires_at.map_or(end, |idle| idle.min(end)),
            is_offline: self.is_offline,
        })
    }
}

#[derive(FromRow)]
struct ConsentRow {
    user_id: Uuid,
    username: String,
    client_id: String,
    metadata: Option<Json<Called>>,
    resource: String,
    granted: String,
    declined: String,
    granted_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
}

impl ConsentRow {
    fn into_view(self) -> Result<ConsentView> {
        let parse =
            |value: &str| Scopes::parse(value).map_err(|_| Error::Corrupt("consents.granted"));
        Ok(ConsentView {
            user_id: UserId(self.user_id),
            username: self.username,
            client_name: name_of(self.metadata, &self.client_id),
            client_id: ClientId::parse(&self.client_id)
                .map_err(|_| Error::Corrupt("consents.client_id"))?,
            granted: parse(&self.granted)?,
            declined: parse(&self.declined)?,
            resources: Resources::from(self.resource),
            granted_at: self.granted_at,
            updated_at: self.updated_at,
            expires_at: self.expires_at,
        })
    }
}

impl Store {
    /// At most `limit` live grants with ids after `after`, by id.
    pub async fn find_grants(
        &self,
        filter: &GrantFilter,
        now: DateTime<Utc>,
        after: Uuid,
        limit: i64,
    ) -> Result<Vec<GrantView>> {
        let list = match (filter.user, &filter.client) {
            (Some(_), _) => GRANTS_OF_USER,
            (None, Some(_)) => GRANTS_OF_CLIENT,
            (None, None) => GRANTS,
        };
        let rows: Vec<GrantRow> = either!(read self.db, db => query_as(list)
            .bind(filter.user.map(|id| id.0))
            .bind(filter.client.as_ref().map(ClientId::as_str))
            .bind(after)
            .bind(now)
            .bind(limit)
            .fetch_all(db).await)?;
        rows.into_iter().map(GrantRow::into_view).collect()
    }

    /// At most `limit` approvals that hold, after that place, in the order of places.
    pub async fn find_consents(
        &self,
        filter: &ConsentFilter,
        now: DateTime<Utc>,
        after: &ConsentPlace,
        limit: i64,
    ) -> Result<Vec<ConsentView>> {
        let list = match (filter.user, &filter.client) {
            (Some(_), _) => CONSENTS_OF_USER,
            (None, Some(_)) => CONSENTS_OF_CLIENT,
            (None, None) => CONSENTS,
        };
        let rows: Vec<ConsentRow> = either!(read self.db, db => query_as(list)
            .bind(filter.user.map(|id| id.0))
            .bind(filter.client.as_ref().map(ClientId::as_str))
            .bind(after.user.0)
            .bind(&after.client)
            .bind(&after.resources)
            .bind(limit)
            .bind(now)
            .fetch_all(db).await)?;
        rows.into_iter().map(ConsentRow::into_view).collect()
    }
}
