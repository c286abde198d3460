//! Signing keys: which there are, a new one in place of the old, and one that goes at once.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use serde_json::json;

use super::{AdminError, By, Result, invalid, not_found};
use crate::app::{App, StartError, after, delta};
use crate::keys::ring::{self, Due, KeyState};
use crate::model::event::EventKind;
use crate::model::signing_key::{SigningAlg, StoredKey};
use crate::storage::KeyRemoval;

/// How much the clocks of those who verify our tokens may be behind.
const LEEWAY: TimeDelta = TimeDelta::minutes(1);
/// No setting and no resource lets a token live longer, whatever is changed between now and then.
const LONGEST_TTL: TimeDelta = TimeDelta::hours(24);

/// A key as administrators see one.
#[derive(Debug, Serialize)]
pub struct KeyView {
    pub kid: String,
    pub alg: SigningAlg,
    /// `next`, `current`, `retired` or `gone`.
    pub state: &'static str,
    pub created_at: DateTime<Utc>,
    pub activates_at: DateTime<Utc>,
    pub expires_at: Option<DateTime<Utc>>,
}

/// Every key that is kept, in the order in which they sign.
pub async fn list(app: &App) -> Result<Vec<KeyView>> {
    let (all, now) = (app.store.list_keys().await?, app.clock.now());
    Ok(all.iter().map(|key| view(key, &all, now)).collect())
}

/// Makes a successor for the keys of one algorithm, or of every one that there are keys of (S132). It is published at once and
/// signs after `keys.publish_before_use`, with `is_now` at once: then those who hold an older key set fail until they fetch it anew.
pub async fn rotate(
    app: &App,
    by: &By,
    alg: Option<SigningAlg>,
    is_now: bool,
) -> Result<Vec<KeyView>> {
    app.refresh().await?;
    let stored = app.store.list_keys().await?;
    let mut algs: Vec<SigningAlg> = stored
        .iter()
        .filter(|key| key.expires_at.is_none())
        .map(|key| key.alg)
        .collect();
    algs.sort_unstable();
    algs.dedup();
    if let Some(alg) = alg {
        if alg == SigningAlg::HS256 {
            return Err(invalid(
                "alg",
                "HS256 secrets belong to their resources; remove the resource and add it anew",
            ));
        }
        if !algs.contains(&alg) {
            return Err(not_found("key for", alg.as_str()));
        }
        algs = vec![alg];
    }
    let now = app.clock.now();
    let wait = if is_now {
        Duration::ZERO
    } else {
        app.config.keys.publish_before_use
    };
    let mut kids = Vec::new();
    for alg in algs {
        let (key, others_expire_at) = successor(app, alg, after(now, wait))?;
        let event = by.event(app, EventKind::KeyCreated, detail(&key));
        app.store.rotate_key(&key, others_expire_at, &event).await?;
        kids.push(key.kid);
    }
    app.refresh().await?;
    Ok(list(app)
        .await?
        .into_iter()
        .filter(|key| kids.contains(&key.kid))
        .collect())
}

/// The keys whose successor is due by the settings; asks memory alone.
pub fn due(app: &App) -> Vec<Due> {
    let settings = &app.config.keys;
    settings.rotation().map_or_else(Vec::new, |every| {
        app.registry().keys.due(
            app.clock.now(),
            delta(every),
            delta(settings.publish_before_use),
        )
    })
}

/// Makes the successors that are due (S132); those that another node makes at the same time are its own. How many it made.
pub async fn rotate_due(app: &App) -> Result<usize> {
    if due(app).is_empty() {
        return Ok(0);
    }
    // Another node may have been quicker: a key is not made in vain.
    app.refresh().await?;
    let mut made = 0;
    for due in due(app) {
        let activates_at = after(app.clock.now(), app.config.keys.publish_before_use);
        let (key, others_expire_at) = successor(app, due.alg, activates_at)?;
        let event = By::server().event(app, EventKind::KeyCreated, detail(&key));
        let is_made = app
            .store
            .succeed_key(&due.kid, &key, others_expire_at, &event)
            .await?;
        if is_made {
            tracing::info!(alg = %key.alg, kid = key.kid, %activates_at, "a new signing key is published");
            made += 1;
        }
    }
    app.refresh().await?;
    Ok(made)
}

/// Removes a key at once, with what it signed: for one that leaked. Not the one that signs.
pub async fn remove(app: &App, by: &By, kid: &str) -> Result<()> {
    let event = by.event(app, EventKind::KeyRemoved, json!({ "kid": kid }));
    match app.store.remove_key(kid, app.clock.now(), &event).await? {
        KeyRemoval::Removed => {}
        KeyRemoval::Unknown => return Err(not_found("key", kid)),
        KeyRemoval::Signs => return Err(signs(app, kid).await?),
    }
    app.refresh().await?;
    Ok(())
}

/// Why the key that signs does not go; with the command that has another sign, and leaves other algorithms alone.
async fn signs(app: &App, kid: &str) -> Result<AdminError> {
    let keys = app.store.list_keys().await?;
    let alg = keys.iter().find(|key| key.kid == kid).map(|key| key.alg);
    let alg = alg.map_or_else(String::new, |alg| format!(" --alg {alg}"));
    Ok(AdminError::InUse {
        what: "key",
        name: kid.to_owned(),
        mend: format!("it signs; make another sign first: placet key rotate --now{alg}").into(),
    })
}

/// A new key, and until when those before it are needed.
fn successor(
    app: &App,
    alg: SigningAlg,
    activates_at: DateTime<Utc>,
) -> Result<(StoredKey, DateTime<Utc>)> {
    let key =
        ring::make(alg, &app.crypto, app.clock.now(), activates_at).map_err(StartError::from)?;
    Ok((key, activates_at + LONGEST_TTL + LEEWAY))
}

fn detail(key: &StoredKey) -> serde_json::Value {
    json!({ "kid": key.kid, "alg": key.alg.as_str(), "activates_at": key.activates_at })
}

fn view(key: &StoredKey, all: &[StoredKey], now: DateTime<Utc>) -> KeyView {
    let state: KeyState = ring::state(key, all, now);
    KeyView {
        kid: key.kid.clone(),
        alg: key.alg,
        state: state.as_str(),
        created_at: key.created_at,
        activates_at: key.activates_at,
        expires_at: key.expires_at,
    }
}
