//! `/users/{user}/upstream-accounts`: the accounts elsewhere with which somebody signs in.

use chrono::{DateTime, Utc};
use utoipa::ToSchema;

use super::call::{Call, Changing};
use super::reply::{self, Answer, List};
use crate::admin::{Page, users};

/// An account at a provider elsewhere.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "the document alone reads it")]
#[serde(deny_unknown_fields)]
pub(super) struct UpstreamAccount {
    id: String,
    /// As the settings call it.
    provider: String,
    issuer: String,
    /// Whom the issuer means.
    subject: String,
    /// As the provider said lately.
    #[schema(required)]
    email: Option<String>,
    created_at: DateTime<Utc>,
    #[schema(required)]
    last_used_at: Option<DateTime<Utc>>,
}

/// Lists them all, the oldest first.
#[utoipa::path(get, path = "/users/{user}/upstream-accounts", tag = "Users", operation_id = "list_upstream_accounts",
    responses((status = 200, description = "All of them", body = List<UpstreamAccount>)))]
pub(super) async fn list(call: Call) -> Answer {
    call.no_query()?;
    let items = users::upstream_accounts(call.app(), &call.part("user")?).await?;
    let next = None;
    Ok(reply::page(&call, Page { items, next }))
}

/// Takes one away, be it the person's last way to sign in or not.
#[utoipa::path(delete, path = "/users/{user}/upstream-accounts/{id}", tag = "Users", operation_id = "remove_upstream_account", params(Changing),
    responses((status = 204, description = "Taken away")))]
pub(super) async fn remove(call: Call) -> Answer {
    let by = call.by()?;
    let (user, id) = (call.part("user")?, call.part("id")?);
    users::remove_upstream_account(call.app(), &by, &user, &id).await?;
    Ok(reply::nothing())
}
