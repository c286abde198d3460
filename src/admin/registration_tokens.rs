//! Initial access tokens (RFC 7591 §3): let somebody register some clients within some time.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{By, Result, check_text, invalid, not_found};
use crate::app::{App, after};
use crate::crypto;
use crate::model::event::EventKind;
use crate::model::initial_access_token::InitialAccessToken;
use crate::model::secret::Secret;
use crate::random;

/// The prefix of the tokens.
const PREFIX: &str = "placet_iat_";
const MAX_NAME: usize = 100;
const MAX_USES: i64 = 100_000;
const MIN_TTL: Duration = Duration::from_mins(1);
const MAX_TTL: Duration = Duration::from_hours(365 * 24);

/// A token to be made.
#[derive(Debug, Clone)]
pub struct NewRegistrationToken {
    /// Whom it is for.
    pub name: String,
    /// How many clients may be registered with it.
    pub uses: i64,
    pub ttl: Duration,
}

/// A token as administrators see one.
#[derive(Debug, Serialize)]
pub struct RegistrationTokenView<'a> {
    id: Uuid,
    name: &'a str,
    uses_left: i64,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<&'a str>,
}

impl<'a> RegistrationTokenView<'a> {
    /// As stored; `token` only where it was just made.
    pub fn new(stored: &'a InitialAccessToken, token: Option<&'a Secret<String>>) -> Self {
        Self {
            id: stored.id,
            name: &stored.name,
            uses_left: stored.uses_left,
            created_at: stored.created_at,
            expires_at: stored.expires_at,
            token: token.map(|token| token.expose().as_str()),
        }
    }
}

/// Makes a token: the only time that it can be read (S171).
pub async fn add(
    app: &App,
    by: &By,
    new: NewRegistrationToken,
) -> Result<(InitialAccessToken, Secret<String>)> {
    check_text("name", &new.name, MAX_NAME)?;
    if !(1..=MAX_USES).contains(&new.uses) {
        return Err(invalid("uses", format!("it is 1 to {MAX_USES}")));
    }
    if !(MIN_TTL..=MAX_TTL).contains(&new.ttl) {
        return Err(invalid("expires", "it is 1m to 365d"));
    }
    let now = app.clock.now();
    let token = random::token(PREFIX);
    let stored = InitialAccessToken {
        id: random::uuid_sortable(now),
        name: new.name.trim().to_owned(),
        uses_left: new.uses,
        created_at: now,
        expires_at: after(now, new.ttl),
    };
    let detail = json!({
        "id": stored.id, "name": stored.name, "uses": stored.uses_left, "expires_at": stored.expires_at,
    });
    let event = by.event(app, EventKind::RegistrationTokenAdded, detail);
    let hash = crypto::hash_token(token.expose());
    app.store
        .add_initial_access_token(&stored, &hash, &event)
        .await?;
    Ok((stored, token))
}

/// Every token that has not expired long ago.
pub async fn list(app: &App) -> Result<Vec<InitialAccessToken>> {
    Ok(app.store.list_initial_access_tokens().await?)
}

/// Ends a token. The clients that were registered with it stay.
pub async fn remove(app: &App, by: &By, id: &str) -> Result<()> {
    let missing = || not_found("registration token", id);
    let parsed = Uuid::try_parse(id).map_err(|_| missing())?;
    let detail = json!({ "id": parsed });
    let event = by.event(app, EventKind::RegistrationTokenRemoved, detail);
    let found = app
        .store
        .remove_initial_access_token(parsed, &event)
        .await?;
    found.then_some(()).ok_or_else(missing)
}
