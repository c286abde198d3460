//! `/registration-tokens`: initial access tokens (RFC 7591 §3).

use std::time::Duration;

use actix_web::web::Payload;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::call::{Call, Changing};
use super::reply::{self, Answer, List};
use crate::admin::registration_tokens::{self, NewRegistrationToken, RegistrationTokenView};

/// Lets its holder register some clients.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "the document alone reads it")]
#[serde(deny_unknown_fields)]
pub(super) struct RegistrationToken {
    id: Uuid,
    /// Whom it is for.
    name: String,
    uses_left: i64,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    /// Only in the one answer that made it.
    #[schema(nullable = false)]
    token: Option<String>,
}

/// A token to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewToken {
    /// Whom it is for.
    #[schema(min_length = 1, max_length = 100, example = "The shop's team")]
    name: String,
    /// How many clients may be registered with it.
    #[schema(minimum = 1, maximum = 100_000, example = 1)]
    uses: i64,
    /// Seconds.
    #[schema(minimum = 60, maximum = 31_536_000, example = 86400)]
    expires_in: u32,
}

/// Lists the tokens.
#[utoipa::path(get, path = "/registration-tokens", tag = "Registration tokens",
    responses((status = 200, description = "The tokens", body = List<RegistrationToken>)))]
pub(super) async fn list(call: Call) -> Answer {
    call.no_query()?;
    let stored = registration_tokens::list(call.app()).await?;
    let views = stored
        .iter()
        .map(|token| RegistrationTokenView::new(token, None));
    Ok(reply::all(views.collect()))
}

/// Makes a token, which this answer shows, and no other.
#[utoipa::path(post, path = "/registration-tokens", tag = "Registration tokens", params(Changing), request_body = NewToken,
    responses((status = 201, description = "The token", body = RegistrationToken)))]
pub(super) async fn add(call: Call, payload: Payload) -> Answer {
    let by = call.by()?;
    let body: NewToken = call.json(payload).await?;
    let new = NewRegistrationToken {
        name: body.name,
        uses: body.uses,
        ttl: Duration::from_secs(body.expires_in.into()),
    };
    let (stored, token) = registration_tokens::add(call.app(), &by, new).await?;
    let view = RegistrationTokenView::new(&stored, Some(&token));
    let id = stored.id.to_string();
    Ok(reply::created(
        &call,
        &["registration-tokens", &id],
        &view,
        None,
    ))
}

/// Ends a token. The clients that were registered with it stay.
#[utoipa::path(delete, path = "/registration-tokens/{id}", tag = "Registration tokens", params(Changing),
    responses((status = 204, description = "Removed")))]
pub(super) async fn remove(call: Call) -> Answer {
    let by = call.by()?;
    registration_tokens::remove(call.app(), &by, &call.part("id")?).await?;
    Ok(reply::nothing())
}
