//! The issuer's published keys (RFC 7517), as a resource server holds them: fetched over HTTP, kept for as long as
//! `Cache-Control` says, fetched anew when a token names a key that is not among them, but not at every stranger's wish.

use actix_web::http::header::CACHE_CONTROL;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::Mutex;

use crate::keys::crypto::VerifyingKey;
use crate::keys::jwt::{self, Checks, JwtError};
use crate::model::signing_key::SigningAlg;

/// The one algorithm that the demo accepts: its client and its resource are registered with it.
pub(super) const PINNED: [SigningAlg; 1] = [SigningAlg::ES256];
/// Tokens with invented key ids make us ask no more often than this.
const LEAST_BETWEEN: TimeDelta = TimeDelta::seconds(10);
/// However long the answer may be kept.
const LONGEST: TimeDelta = TimeDelta::hours(24);

/// The keys, as last fetched.
#[derive(Default)]
pub(super) struct KeySet(Mutex<Held>);

#[derive(Default)]
struct Held {
    keys: Vec<VerifyingKey>,
    fetched_at: DateTime<Utc>,
    fresh_until: DateTime<Utc>,
}

/// Where they are fetched.
pub(super) struct Source<'a> {
    pub(super) http: &'a reqwest::Client,
    pub(super) url: String,
}

/// Why a token is not believed.
#[derive(Debug)]
pub(super) enum Unverified {
    Token(JwtError),
    /// The keys cannot be had: nobody's token can be judged.
    NoKeys,
}

#[derive(Deserialize)]
struct Document {
    keys: Vec<Value>,
}

impl KeySet {
    /// Verifies a token by these checks, and reads its claims.
    pub(super) async fn verify<C: DeserializeOwned>(
        &self,
        source: &Source<'_>,
        token: &str,
        checks: &Checks<'_>,
    ) -> Result<C, Unverified> {
        // Held while fetching, so that many requests at once fetch once.
        let mut held = self.0.lock().await;
        if checks.now >= held.fresh_until {
            held.fetch(source, checks.now).await;
        }
        let mut outcome = jwt::verify(token, &held.keys, checks);
        let may_ask_again = checks.now >= held.fetched_at + LEAST_BETWEEN;
        if matches!(outcome, Err(JwtError::UnknownKey)) && may_ask_again {
            held.fetch(source, checks.now).await;
            outcome = jwt::verify(token, &held.keys, checks);
        }
        if held.keys.is_empty() {
            return Err(Unverified::NoKeys);
        }
        outcome.map_err(Unverified::Token)
    }
}

impl Held {
    /// Replaces the keys; those that there are stay when the issuer does not answer.
    async fn fetch(&mut self, source: &Source<'_>, now: DateTime<Utc>) {
        self.fetched_at = now;
        match fetch(source).await {
            Ok((keys, fresh_for)) => {
                self.keys = keys;
                self.fresh_until = now + fresh_for.min(LONGEST);
            }
            Err(error) => {
                tracing::warn!(%error, "the demo cannot fetch the key set");
                if !self.keys.is_empty() {
                    self.fresh_until = now + LEAST_BETWEEN;
                }
            }
        }
    }
}

async fn fetch(source: &Source<'_>) -> reqwest::Result<(Vec<VerifyingKey>, TimeDelta)> {
    let response = source
        .http
        .get(&source.url)
        .send()
        .await?
        .error_for_status()?;
    let cache_control = response
        .headers()
        .get(CACHE_CONTROL.as_str())
        .and_then(|value| value.to_str().ok());
    let fresh_for = max_age(cache_control.unwrap_or_default());
    let document: Document = response.json().await?;
    // Keys of other kinds and algorithms are passed over: a set may hold what we have no use for (RFC 7517 §5).
    let read = |key: &Value| {
        PINNED
            .iter()
            .find_map(|alg| VerifyingKey::from_jwk(*alg, key).ok())
    };
    Ok((document.keys.iter().filter_map(read).collect(), fresh_for))
}

/// RFC 9111 §5.2.2.1.
fn max_age(cache_control: &str) -> TimeDelta {
    let seconds = cache_control.split(',').find_map(|directive| {
        directive
            .trim()
            .strip_prefix("max-age=")?
            .parse::<u32>()
            .ok()
    });
    TimeDelta::seconds(i64::from(seconds.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn max_age_is_read() {
        for (value, seconds) in [
            ("public, max-age=300", 300),
            ("max-age=5", 5),
            ("no-store", 0),
            ("max-age=x", 0),
            ("", 0),
        ] {
            assert_eq!(max_age(value), TimeDelta::seconds(seconds), "{value}");
        }
    }
}
