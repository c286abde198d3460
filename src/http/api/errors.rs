//! `/errors`: requests that were refused, why, and the mend.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::call::{Call, Changing, instant, parsed, short};
use super::clients::{self, Client};
use super::problem::Problem;
use super::reply::{self, Answer, List};
use crate::admin::explain;
use crate::admin::refusals::{self, RefusalFilter};

/// A request that was refused, without its secrets.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "the document alone reads it")]
#[serde(deny_unknown_fields)]
pub(super) struct RefusedRequest {
    /// The request's id, which whoever was refused was told.
    id: String,
    at: DateTime<Utc>,
    #[schema(example = "authorize")]
    endpoint: String,
    /// As the request named it; not proven.
    #[schema(required)]
    client_id: Option<String>,
    /// Who was signed in in that browser, where that was asked.
    #[schema(required)]
    user_id: Option<Uuid>,
    /// The HTTP status of the answer.
    status: u16,
    /// The error code on the wire; empty where none was sent.
    code: String,
    /// The rule that failed, in the server's own words.
    reason: String,
    /// The parameters; what is secret is cut.
    #[schema(value_type = Object)]
    params: Map<String, Value>,
    #[schema(required)]
    address: Option<String>,
    #[schema(required)]
    user_agent: Option<String>,
}

/// Why a request was refused.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "the document alone reads it")]
#[serde(deny_unknown_fields)]
pub(super) struct Explanation {
    refusal: RefusedRequest,
    rule: Rule,
    what_happened: String,
    mend: String,
    /// What one call of `mend` would do; null: nothing can be mended by itself.
    #[schema(required)]
    fix: Option<Fix>,
}

/// The rule that failed.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "the document alone reads it")]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    name: String,
    #[schema(example = "RFC 6749 §4.1.3")]
    source: String,
}

/// An addition to what a client registered.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "the document alone reads it")]
#[serde(deny_unknown_fields)]
pub(super) struct Fix {
    #[schema(example = "add_redirect_uri")]
    kind: String,
    value: String,
    client_id: String,
    /// What will happen.
    says: String,
    /// What to be sure of before.
    risk: String,
}

/// Which refused requests.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ErrorQuery {
    /// The client as the requests named it.
    #[serde(default, deserialize_with = "short")]
    #[param(max_length = 200)]
    client: Option<String>,
    /// From this instant on.
    #[serde(default, deserialize_with = "instant")]
    from: Option<DateTime<Utc>>,
    /// Up to this instant.
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

/// Lists refused requests, newest first.
#[utoipa::path(get, path = "/errors", tag = "Errors", params(ErrorQuery),
    responses((status = 200, description = "A part of the list", body = List<RefusedRequest>)))]
pub(super) async fn list(call: Call) -> Answer {
    let query: ErrorQuery = call.query()?;
    let paging = reply::paging(query.limit, query.after.as_deref())?;
    let filter = RefusalFilter {
        client: query.client,
        from: query.from,
        to: query.to,
    };
    let found = refusals::find(call.app(), &filter, &paging).await;
    Ok(reply::page(&call, found.map_err(Problem::of_parameters)?))
}

/// Explains a refused request: the rule, its source, what happened, the mend.
#[utoipa::path(get, path = "/errors/{id}", tag = "Errors",
    responses((status = 200, description = "Why it was refused", body = Explanation)))]
pub(super) async fn show(call: Call) -> Answer {
    call.no_query()?;
    let explanation = explain::explain(call.app(), &call.part("id")?).await?;
    Ok(reply::plain(&explanation))
}

/// Carries out the fix that the explanation offers.
#[utoipa::path(post, path = "/errors/{id}/mend", tag = "Errors", params(Changing),
    responses((status = 200, description = "The client as it is now", body = Client)))]
pub(super) async fn mend(call: Call) -> Answer {
    let by = call.by()?;
    let client = explain::mend(call.app(), &by, &call.part("id")?).await?;
    clients::answer(&call, &client)
}
