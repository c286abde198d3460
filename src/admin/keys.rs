//! Signing keys: which there are, and a new one in place of the old.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use serde_json::json;

use super::{By, Result, invalid, not_found};
use crate::app::{App, StartError, after};
use crate::keys::ring::{self, KeyState};
use crate::model::event::EventKind;
use crate::model::signing_key::{SigningAlg, StoredKey};

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
        let key = ring::make(alg, &app.crypto, now, after(now, wait)).map_err(StartError::from)?;
        let others_expire_at = key.activates_at + LONGEST_TTL + LEEWAY;
        let detail =
            json!({ "kid": key.kid, "alg": alg.as_str(), "activates_at": key.activates_at });
        let event = by.event(app, EventKind::KeyCreated, detail);
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
