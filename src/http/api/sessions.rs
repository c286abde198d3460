//! `/sessions`: who is signed in where.

use actix_web::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::call::{Call, Changing, parsed, short};
use super::problem::Problem;
use super::reply::{self, Answer, List};
use crate::admin::Paging;
use crate::admin::sessions::{self, SessionFilter};
use crate::admin::users;
use crate::model::id::{SessionId, UserId};

/// A signed-in browser.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "the document alone reads it")]
#[serde(deny_unknown_fields)]
pub(super) struct Session {
    /// `sid` in ID tokens.
    id: Uuid,
    user_id: Uuid,
    username: String,
    created_at: DateTime<Utc>,
    /// When the person last proved who they are.
    authenticated_at: DateTime<Utc>,
    last_seen_at: DateTime<Utc>,
    /// The end if nothing more is heard of it.
    expires_at: DateTime<Utc>,
    #[schema(required)]
    address: Option<String>,
    #[schema(required)]
    user_agent: Option<String>,
    /// How they proved it (RFC 8176).
    amr: Vec<String>,
}

/// Whose sessions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct SessionQuery {
    /// Id, username or e-mail address.
    #[serde(default, deserialize_with = "short")]
    #[param(max_length = 200)]
    user: Option<String>,
    /// How many at most; 50 if not given.
    #[serde(default, deserialize_with = "parsed")]
    #[param(minimum = 1, maximum = 200)]
    limit: Option<i64>,
    /// The cursor that the part before gave as `next`.
    #[param(pattern = "^[A-Za-z0-9_-]+$")]
    after: Option<String>,
}

/// Which part of one person's sessions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PartQuery {
    /// How many at most; 50 if not given.
    #[serde(default, deserialize_with = "parsed")]
    #[param(minimum = 1, maximum = 200)]
    limit: Option<i64>,
    /// The cursor that the part before gave as `next`.
    #[param(pattern = "^[A-Za-z0-9_-]+$")]
    after: Option<String>,
}

impl PartQuery {
    /// Which part it is, checked.
    pub(super) fn paging(&self) -> Result<Paging, Problem> {
        reply::paging(self.limit, self.after.as_deref())
    }
}

/// Lists the live sessions.
#[utoipa::path(get, path = "/sessions", tag = "Sessions", params(SessionQuery),
    responses((status = 200, description = "A part of the list", body = List<Session>)))]
pub(super) async fn list(call: Call) -> Answer {
    let query: SessionQuery = call.query()?;
    let user = wanted_user(&call, query.user.as_deref()).await?;
    part(&call, user, query.limit, query.after.as_deref()).await
}

/// Ends a session as if its person had signed out: apps hear of it.
#[utoipa::path(delete, path = "/sessions/{id}", tag = "Sessions", params(Changing),
    responses((status = 204, description = "Ended")))]
pub(super) async fn remove(call: Call) -> Answer {
    let by = call.by()?;
    let id = call.uuid("id")?;
    sessions::end(call.app(), &by, SessionId(id)).await?;
    Ok(reply::nothing())
}

/// Lists a user's live sessions.
#[utoipa::path(get, path = "/users/{user}/sessions", tag = "Sessions", operation_id = "list_of_user", params(PartQuery),
    responses((status = 200, description = "A part of the list", body = List<Session>)))]
pub(super) async fn list_of_user(call: Call) -> Answer {
    let query: PartQuery = call.query()?;
    let user = users::show(call.app(), &call.part("user")?).await?;
    part(&call, Some(user.id), query.limit, query.after.as_deref()).await
}

/// Ends every session of a user.
#[utoipa::path(delete, path = "/users/{user}/sessions", tag = "Sessions", operation_id = "remove_of_user", params(Changing),
    responses((status = 204, description = "Ended, if there were any")))]
pub(super) async fn remove_of_user(call: Call) -> Answer {
    let by = call.by()?;
    sessions::end_all(call.app(), &by, &call.part("user")?).await?;
    Ok(reply::nothing())
}

async fn part(
    call: &Call,
    user: Option<UserId>,
    limit: Option<i64>,
    after: Option<&str>,
) -> Answer {
    let paging = reply::paging(limit, after)?;
    let found = sessions::find(call.app(), &SessionFilter { user }, &paging).await;
    Ok(reply::page(call, found.map_err(Problem::of_parameters)?))
}

/// The user that a list is asked for: by id also one who is gone, and of whom there is nothing.
pub(super) async fn wanted_user(
    call: &Call,
    name: Option<&str>,
) -> Result<Option<UserId>, Problem> {
    let Some(name) = name else {
        return Ok(None);
    };
    if let Ok(id) = Uuid::try_parse(name) {
        return Ok(Some(UserId(id)));
    }
    match users::show(call.app(), name).await {
        Ok(user) => Ok(Some(user.id)),
        Err(crate::admin::AdminError::NotFound { .. }) => Err(Problem::field(
            StatusCode::BAD_REQUEST,
            "user",
            format!("there is no user {name:?}"),
        )),
        Err(error) => Err(error.into()),
    }
}
