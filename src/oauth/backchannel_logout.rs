//! Calls that tell clients of ended sessions (OIDC Back-Channel Logout 1.0). What there is to tell stands in the database since the moment
//! in which the session ended; here it is delivered, by whichever node comes first:
//! 1. read what is due
//! 2. claim it: the claim sets when it is due next, so a call that fails, or a node that dies, needs no further write
//! 3. sign the logout token (§2.4) and call, through the guarded fetcher
//! 4. delete what was delivered, and what was tried for a day
//!
//! A client that is dead or slow holds up neither the person, who has long had an answer, nor the other clients (S160).

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use tokio::task::{Id, JoinSet};
use tokio::time::sleep;

use super::error::Error;
use super::subject;
use super::token::published_key;
use crate::app::App;
use crate::keys::jwt;
use crate::model::client::Client;
use crate::model::id::ClientId;
use crate::model::logout::LogoutDelivery;
use crate::random;
use crate::storage;

/// §2.4.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// §2.4 advises two minutes at most.
const TOKEN_TTL: TimeDelta = TimeDelta::minutes(2);
/// How long a call rests after each attempt; the first is longer than any call takes. After the last it is given up.
const RESTS: [TimeDelta; 7] = [
    TimeDelta::seconds(15),
    TimeDelta::minutes(1),
    TimeDelta::minutes(5),
    TimeDelta::minutes(30),
    TimeDelta::hours(2),
    TimeDelta::hours(6),
    TimeDelta::hours(12),
];
/// Calls under way on a node, and of those to one client.
const MAX_CALLS: usize = 64;
const MAX_CALLS_OF_CLIENT: u8 = 4;
/// Rows that one look at the database gives.
const LOOK: i64 = 256;
/// Between two looks while there is more than may be under way.
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);
/// How soon a node finds what another one left, or what is due again.
const LOOK_INTERVAL: Duration = Duration::from_secs(2);

#[derive(Serialize)]
struct LogoutClaims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    iat: i64,
    exp: i64,
    jti: String,
    sid: String,
    events: Value,
}

/// The calls that this node has under way.
#[derive(Default)]
struct Calls {
    tasks: JoinSet<()>,
    clients: HashMap<Id, ClientId>,
}

impl Calls {
    fn have_room(&self, client: &ClientId) -> bool {
        let to_it = self.clients.values().filter(|other| *other == client);
        self.tasks.len() < MAX_CALLS && to_it.count() < usize::from(MAX_CALLS_OF_CLIENT)
    }
}

/// Delivers until it is dropped; calls under way end with it, and are made again when they are due.
pub async fn deliver(app: Arc<App>) {
    let mut calls = Calls::default();
    let mut is_failing = false;
    loop {
        let has_more = match start_due(&app, &mut calls).await {
            Ok(has_more) => {
                is_failing = false;
                has_more
            }
            Err(error) => {
                if !is_failing {
                    tracing::error!(%error, "cannot read which clients are to hear of ended sessions");
                }
                is_failing = true;
                false
            }
        };
        loop {
            tokio::select! {
                () = app.logout_due.notified() => break,
                () = sleep(LOOK_INTERVAL) => break,
                Some(ended) = calls.tasks.join_next_with_id() => {
                    let id = ended.map_or_else(|error| error.id(), |(id, ())| id);
                    calls.clients.remove(&id);
                    if has_more {
                        sleep(BETWEEN_LOOKS).await;
                        break;
                    }
                }
            }
        }
    }
}

/// Starts what is due and has room; true if there may be more.
async fn start_due(app: &Arc<App>, calls: &mut Calls) -> storage::Result<bool> {
    let now = app.clock.now();
    let of_client = i64::from(MAX_CALLS_OF_CLIENT);
    let due = app
        .store
        .due_logout_deliveries(now, of_client, LOOK)
        .await?;
    let may_be_more = !due.is_empty();
    for delivery in due {
        if calls.have_room(&delivery.client_id) {
            start(app, calls, delivery, now).await?;
        }
    }
    Ok(may_be_more)
}

async fn start(
    app: &Arc<App>,
    calls: &mut Calls,
    mut delivery: LogoutDelivery,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let client = app.find_client(delivery.client_id.as_str()).await?;
    let client = client
        .filter(|client| client.is_enabled() && client.metadata.backchannel_logout_uri.is_some());
    // Gone meanwhile, or it hears through the browser alone.
    let Some(client) = client else {
        return app.store.delete_logout_delivery(delivery.id).await;
    };
    if now >= delivery.expires_at {
        return give_up(app, &delivery).await;
    }
    let next_attempt_at = next_attempt(&delivery, now);
    let next = next_attempt_at.unwrap_or(delivery.expires_at);
    if !app
        .store
        .claim_logout_delivery(&delivery, now, next)
        .await?
    {
        return Ok(());
    }
    delivery.attempts += 1;
    let client_id = client.id.clone();
    let is_last = next_attempt_at.is_none();
    let task = calls
        .tasks
        .spawn(call(Arc::clone(app), client, delivery, is_last));
    calls.clients.insert(task.id(), client_id);
    Ok(())
}

/// When the call is due again if it fails now; `None`: never.
fn next_attempt(delivery: &LogoutDelivery, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let index = usize::try_from(delivery.attempts).unwrap_or(usize::MAX);
    let rest = RESTS.get(index)?;
    Some(now + *rest).filter(|next| *next < delivery.expires_at)
}

async fn call(app: Arc<App>, client: Arc<Client>, delivery: LogoutDelivery, is_last: bool) {
    let fault = match make_call(&app, &client, &delivery).await {
        Ok(()) => {
            app.metrics.count_logout_call("delivered");
            tracing::debug!(client_id = %client.id, "told of an ended session");
            log_failure(app.store.delete_logout_delivery(delivery.id).await);
            return;
        }
        Err(fault) => fault,
    };
    app.metrics.count_logout_call("failed");
    tracing::info!(client_id = %client.id, attempts = delivery.attempts, fault, "a client could not be told of an ended session");
    if is_last {
        log_failure(give_up(&app, &delivery).await);
    }
}

async fn make_call(app: &App, client: &Client, delivery: &LogoutDelivery) -> Result<(), String> {
    let uri = client.metadata.backchannel_logout_uri.as_deref();
    let uri = uri.unwrap_or_default();
    let token = logout_token(app, client, delivery, app.clock.now())
        .map_err(|error| error.reason.into_owned())?;
    match app
        .fetcher
        .post_form(uri, &[("logout_token", &token)])
        .await
    {
        // §2.8: 200; some frameworks turn an empty answer into 204.
        Ok(200 | 204) => Ok(()),
        Ok(status) => Err(format!("it answered with status {status}")),
        Err(error) => Err(error.to_string()),
    }
}

/// A logout token (§2.4). It never has a `nonce`, and its `typ` keeps it from passing for an ID token.
fn logout_token(
    app: &App,
    client: &Client,
    delivery: &LogoutDelivery,
    now: DateTime<Utc>,
) -> Result<String, Error> {
    let claims = LogoutClaims {
        iss: app.issuer(),
        sub: &subject::of(app, client, delivery.user_id)?,
        aud: client.id.as_str(),
        iat: now.timestamp(),
        exp: (now + TOKEN_TTL).timestamp(),
        jti: random::uuid().to_string(),
        sid: subject::of_session(app, client, delivery.session_id)?,
        events: json!({ EVENT: {} }),
    };
    let registry = app.registry();
    let alg = client.metadata.id_token_signed_response_alg.alg();
    let key = published_key(&registry, alg, now)?;
    jwt::sign(key, "logout+jwt", &claims).map_err(|error| Error::server("signing failed", error))
}

async fn give_up(app: &App, delivery: &LogoutDelivery) -> storage::Result<()> {
    app.metrics.count_logout_call("given_up");
    tracing::warn!(
        client_id = %delivery.client_id, session_id = %delivery.session_id, attempts = delivery.attempts,
        "a client will not be told of an ended session: it could not be reached for a day"
    );
    app.store.delete_logout_delivery(delivery.id).await
}

fn log_failure(result: storage::Result<()>) {
    if let Err(error) = result {
        tracing::error!(%error, "cannot forget a call that was made; it will be made again");
    }
}
