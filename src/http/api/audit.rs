//! `/audit-events`: who did what to whom, when, from where. Nothing here can change an event.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::call::{Call, instant, parsed, short};
use super::problem::Problem;
use super::reply::{self, Answer, List};
use crate::admin::audit::{self, EventFilter};

/// A row of the audit log.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "the document alone reads it")]
#[serde(deny_unknown_fields)]
pub(super) struct AuditEvent {
    id: Uuid,
    at: DateTime<Utc>,
    #[schema(example = "client_updated")]
    kind: String,
    /// `command_line`, `server`, `anonymous`, `user:ID` or `client:ID`.
    actor: String,
    /// Whom it concerns.
    #[schema(required)]
    user_id: Option<Uuid>,
    #[schema(required)]
    client_id: Option<String>,
    #[schema(required)]
    address: Option<String>,
    #[schema(required)]
    request_id: Option<String>,
    /// Further facts, never a secret.
    #[schema(value_type = Object)]
    detail: Value,
    /// Its place in the chain; null for the moment until it has one.
    #[schema(required)]
    seq: Option<i64>,
    /// Over this row and the hash of the one before.
    #[schema(required)]
    hash: Option<String>,
}

/// Whether the log is as it was written.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "the document alone reads it")]
#[serde(deny_unknown_fields)]
pub(super) struct Verification {
    /// How many rows are as they were written.
    rows: i64,
    /// The first row that is left after the sweep.
    first_seq: i64,
    last_seq: i64,
    /// Rows that had waited for their place for longer than a minute; they have it now.
    waited: i64,
    /// The first fault, behind which nothing was looked at; null: there is none.
    #[schema(value_type = Option<Object>, required)]
    fault: Option<Value>,
}

/// Which events.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct EventParameters {
    /// What happened, such as `client_updated`.
    #[serde(default, deserialize_with = "short")]
    #[param(pattern = "^[a-z_]+$", max_length = 200)]
    kind: Option<String>,
    /// Who acted: `command_line`, `server`, `anonymous`, `user:ID` or `client:ID`.
    #[serde(default, deserialize_with = "short")]
    #[param(max_length = 200)]
    actor: Option<String>,
    /// Whom it concerns: an id, also of somebody who was removed; or a username or e-mail address of today.
    #[serde(default, deserialize_with = "short")]
    #[param(max_length = 200)]
    user: Option<String>,
    /// The client that it concerns.
    #[serde(default, deserialize_with = "short")]
    #[param(max_length = 200)]
    client: Option<String>,
    #[serde(default, deserialize_with = "short")]
    #[param(max_length = 200)]
    request_id: Option<String>,
    /// From this instant on.
    #[serde(default, deserialize_with = "instant")]
    from: Option<DateTime<Utc>>,
    /// Up to this instant, which is not in it any more.
    #[serde(default, deserialize_with = "instant")]
    to: Option<DateTime<Utc>>,
    /// How many at most; 50 if not given.
    #[serde(default, deserialize_with = "parsed")]
    #[param(minimum = 1, maximum = 200)]
    limit: Option<i64>,
    /// The cursor that the part before gave as `next`.
    #[param(pattern = "^[A-Za-z0-9_-]+$")]
    after: Option<String>,
}

/// Lists events, newest first.
#[utoipa::path(get, path = "/audit-events", tag = "Audit", params(EventParameters),
    responses((status = 200, description = "A part of the list", body = List<AuditEvent>)))]
pub(super) async fn list(call: Call) -> Answer {
    let query: EventParameters = call.query()?;
    let paging = reply::paging(query.limit, query.after.as_deref())?;
    let filter = EventFilter {
        kind: query.kind,
        actor: query.actor,
        user: query.user,
        client: query.client,
        request_id: query.request_id,
        from: query.from,
        to: query.to,
    };
    let found = audit::find(call.app(), &filter, &paging).await;
    Ok(reply::page(&call, found.map_err(Problem::of_parameters)?))
}

/// Reads the whole log, and says whether it is as it was written.
#[utoipa::path(get, path = "/audit-events/verification", tag = "Audit",
    responses((status = 200, description = "What was found", body = Verification)))]
pub(super) async fn verification(call: Call) -> Answer {
    call.no_query()?;
    Ok(reply::plain(&audit::verify(call.app()).await?))
}
