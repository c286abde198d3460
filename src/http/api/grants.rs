//! `/grants` and `/consents`: what apps may do for people, and what people allowed.

use actix_web::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::call::{Call, Changing, parsed, short};
use super::problem::Problem;
use super::reply::{self, Answer, List};
use super::sessions::wanted_user;
use crate::admin::consents::{self, ConsentFilter};
use crate::admin::grants::{self, GrantFilter};
use crate::model::id::{ClientId, GrantId};

/// What an app may do for a person now.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "the document alone reads it")]
#[serde(deny_unknown_fields)]
pub(super) struct Grant {
    id: Uuid,
    client_id: String,
    client_name: String,
    user_id: Uuid,
    username: String,
    scope: String,
    resources: Vec<String>,
    created_at: DateTime<Utc>,
    /// When its refresh token was last renewed; null: it has none.
    #[schema(required)]
    last_used_at: Option<DateTime<Utc>>,
    /// The end if it is not used until then.
    expires_at: DateTime<Utc>,
    /// Lives on after the person signed out (`offline_access`).
    is_offline: bool,
}

/// What a person decided about an app, and is not asked again.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "the document alone reads it")]
#[serde(deny_unknown_fields)]
pub(super) struct Consent {
    user_id: Uuid,
    username: String,
    client_id: String,
    client_name: String,
    resources: Vec<String>,
    /// Allowed.
    granted: String,
    /// Shown and left out.
    declined: String,
    granted_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    /// The person is asked anew then; null: until they take it back.
    #[schema(required)]
    expires_at: Option<DateTime<Utc>>,
}

/// Whose, and for which app.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct GrantQuery {
    /// Id, username or e-mail address.
    #[serde(default, deserialize_with = "short")]
    #[param(max_length = 200)]
    user: Option<String>,
    /// `client_id`.
    #[serde(default, deserialize_with = "short")]
    #[param(max_length = 200)]
    client: Option<String>,
    /// How many at most; 50 if not given.
    #[serde(default, deserialize_with = "parsed")]
    #[param(minimum = 1, maximum = 200)]
    limit: Option<i64>,
    /// The cursor that the part before gave as `next`.
    #[param(pattern = "^[A-Za-z0-9_-]+$")]
    after: Option<String>,
}

/// Which approval.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ConsentToWithdraw {
    /// Id, username or e-mail address.
    user: String,
    /// `client_id`.
    client: String,
}

/// Lists the grants that are alive.
#[utoipa::path(get, path = "/grants", tag = "Grants", params(GrantQuery),
    responses((status = 200, description = "A part of the list", body = List<Grant>)))]
pub(super) async fn list(call: Call) -> Answer {
    let query: GrantQuery = call.query()?;
    let paging = reply::paging(query.limit, query.after.as_deref())?;
    let filter = GrantFilter {
        user: wanted_user(&call, query.user.as_deref()).await?,
        client: wanted_client(query.client.as_deref())?,
    };
    let found = grants::find(call.app(), &filter, &paging).await;
    Ok(reply::page(&call, found.map_err(Problem::of_parameters)?))
}

/// Revokes a grant: its tokens are dead at once, everywhere.
#[utoipa::path(delete, path = "/grants/{id}", tag = "Grants", params(Changing),
    responses((status = 204, description = "Revoked")))]
pub(super) async fn revoke(call: Call) -> Answer {
    let by = call.by()?;
    let id = call.uuid("id")?;
    grants::revoke(call.app(), &by, GrantId(id)).await?;
    Ok(reply::nothing())
}

/// Lists what people allowed.
#[utoipa::path(get, path = "/consents", tag = "Consents", operation_id = "list", params(GrantQuery),
    responses((status = 200, description = "A part of the list", body = List<Consent>)))]
pub(super) async fn consents(call: Call) -> Answer {
    let query: GrantQuery = call.query()?;
    let paging = reply::paging(query.limit, query.after.as_deref())?;
    let filter = ConsentFilter {
        user: wanted_user(&call, query.user.as_deref()).await?,
        client: wanted_client(query.client.as_deref())?,
    };
    let found = consents::find(call.app(), &filter, &paging).await;
    Ok(reply::page(&call, found.map_err(Problem::of_parameters)?))
}

/// Takes back what a person allowed an app, for them: its grants and tokens end, and it has to ask again.
#[utoipa::path(delete, path = "/consents", tag = "Consents", operation_id = "withdraw", params(ConsentToWithdraw),
    responses((status = 204, description = "Withdrawn"), (status = 404, description = "There is none")))]
pub(super) async fn withdraw(call: Call) -> Answer {
    let query: ConsentToWithdraw = call.query()?;
    let by = call.by_with(None)?;
    consents::withdraw(call.app(), &by, &query.user, &query.client).await?;
    Ok(reply::nothing())
}

fn wanted_client(id: Option<&str>) -> Result<Option<ClientId>, Problem> {
    id.map(ClientId::parse)
        .transpose()
        .map_err(|error| Problem::field(StatusCode::BAD_REQUEST, "client", error.to_string()))
}
