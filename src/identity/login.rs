//! Checking a username and password: one answer for every kind of "no", at one cost, within limits.

use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use super::Identity;
use super::known::{self, Known};
use super::password::{MAX_PASSWORD_BYTES, PoolError, Verdict};
use super::throttle::{self, Keys, Refusal};
use crate::app::App;
use crate::crypto;
use crate::model::event::{Actor, Event, EventKind, Origin};
use crate::model::id::ClientId;
use crate::model::secret::Secret;
use crate::model::user::{User, account_key};
use crate::storage;
use crate::telemetry::{Factor, SignInOutcome};
use crate::texts::Language;

/// How many times `sign_in.attempts_per_address` an app's own server may use up: one person's wrong passwords must not
/// keep out all others of the app.
const APP_TOLERANCE: i64 = 10;

/// Where a request comes from.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// The peer, by the trusted proxies' word where there are any.
    pub address: Option<IpAddr>,
    pub request_id: String,
    /// The browser's own name for itself.
    pub user_agent: Option<String>,
    /// The languages that the browser asks for, as it writes them (RFC 9110 §12.5.4).
    pub accept_language: Option<String>,
}

impl Place {
    /// As the audit log writes it.
    pub fn origin(&self) -> Origin {
        Origin {
            address: self.address.map(|address| address.to_string()),
            request_id: Some(self.request_id.clone()),
        }
    }

    /// The browser's name for itself, as long as it is kept.
    pub fn short_user_agent(&self) -> Option<String> {
        let agent = self.user_agent.as_ref()?;
        Some(agent.chars().take(300).collect())
    }

    /// The best that we have of the languages that the browser asks for.
    pub fn language(&self) -> Option<Language> {
        Language::of_header(self.accept_language.as_deref()?)
    }

    /// The network around it, which may be one customer's: an IPv4 /24, an IPv6 /48.
    pub fn network(&self) -> Option<String> {
        Some(match self.address?.to_canonical() {
            IpAddr::V4(address) => {
                let [a, b, c, _] = address.octets();
                format!("{a}.{b}.{c}.0/24")
            }
            IpAddr::V6(address) => {
                let [a, b, c, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}::/48")
            }
        })
    }

    /// The range that counts as one place: an IPv4 address, or an IPv6 /64, which is one household or server.
    pub fn range(&self) -> Option<String> {
        Some(match self.address?.to_canonical() {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        })
    }
}

/// One attempt to sign in.
#[derive(Debug)]
pub struct Attempt<'a> {
    /// Username or e-mail address, as typed.
    pub name: &'a str,
    pub password: Secret<String>,
    pub place: &'a Place,
    /// The cookie of [`known`], if the browser has one.
    pub known_browser: Option<&'a str>,
    /// The client that asked.
    pub client_id: Option<&'a ClientId>,
    /// An app's own server stands between us and its people: its address is that of them all.
    pub is_behind_app: bool,
}

/// How an attempt ended.
#[derive(Debug)]
pub enum SignIn {
    Verified(Box<User>),
    /// Unknown user, wrong password, disabled user: nobody is told which.
    Mismatch,
    /// Too many wrong passwords; seconds to wait at most.
    Throttled {
        retry_after: u64,
    },
    /// The hashing queue is full.
    Busy,
}

/// Checks a password. Writes only after a wrong one, or to upgrade an old hash.
pub async fn check(
    app: &App,
    identity: &Identity,
    attempt: Attempt<'_>,
) -> storage::Result<SignIn> {
    let user = find_user(app, attempt.name).await?;
    let keys = keys(app, &attempt, user.as_ref());
    let throttled = || event(app, EventKind::SignInThrottled, &attempt, user.as_ref());
    let by = (Factor::Password, throttled);
    let permit = match throttle::admit(app, &identity.attempts, &keys, by).await? {
        Ok(permit) => permit,
        Err(Refusal::Busy) => return Ok(SignIn::Busy),
        Err(Refusal::Throttled { retry_after, .. }) => {
            return Ok(SignIn::Throttled { retry_after });
        }
    };
    let verdict = verify(identity, user.as_ref(), &attempt).await;
    let (mut user, needs_upgrade) = match (verdict, user) {
        (Err(_), _) => {
            app.metrics
                .count_sign_in(Factor::Password, SignInOutcome::Busy);
            return Ok(SignIn::Busy);
        }
        (Ok(Verdict::Match { needs_upgrade }), Some(user)) if user.is_enabled() => {
            (user, needs_upgrade)
        }
        (Ok(_), user) => {
            throttle::count_failure(app, &keys).await?;
            refused(app, &attempt, user.as_ref()).await?;
            return Ok(SignIn::Mismatch);
        }
    };
    if permit.had_failures {
        throttle::forget_failures(app, &keys).await?;
    }
    drop(permit);
    if needs_upgrade {
        upgrade_hash(app, identity, &mut user, attempt.password).await?;
    }
    app.metrics
        .count_sign_in(Factor::Password, SignInOutcome::Succeeded);
    Ok(SignIn::Verified(Box::new(user)))
}

/// The person with that username or e-mail address, as typed.
pub(super) async fn find_user(app: &App, name: &str) -> storage::Result<Option<User>> {
    // Postgres takes no NUL in a text, and no username has any.
    if name.len() > 512 || name.contains('\0') {
        return Ok(None);
    }
    app.store.find_user_by_name(name).await
}

async fn verify(
    identity: &Identity,
    user: Option<&User>,
    attempt: &Attempt<'_>,
) -> Result<Verdict, PoolError> {
    if attempt.password.expose().len() > MAX_PASSWORD_BYTES {
        return Ok(Verdict::Mismatch);
    }
    // Without a user, or without a password of theirs, a hash of the same cost is computed all the same.
    let hash = user
        .filter(|user| user.is_enabled())
        .and_then(|user| user.password_hash.as_ref());
    identity
        .passwords
        .verify(attempt.password.clone(), hash)
        .await
}

async fn refused(app: &App, attempt: &Attempt<'_>, user: Option<&User>) -> storage::Result<()> {
    app.metrics
        .count_sign_in(Factor::Password, SignInOutcome::Failed);
    let mut event = event(app, EventKind::SignInFailed, attempt, user);
    event.detail = json!({ "user_agent": attempt.place.short_user_agent() });
    app.store.record(&event).await
}

fn event(app: &App, kind: EventKind, attempt: &Attempt<'_>, user: Option<&User>) -> Event {
    let mut event = app.event(kind, Actor::Anonymous, attempt.place.origin());
    event.user_id = user.map(|user| user.id);
    event.client_id = attempt.client_id.cloned();
    event
}

async fn upgrade_hash(
    app: &App,
    identity: &Identity,
    user: &mut User,
    password: Secret<String>,
) -> storage::Result<()> {
    let Some(old) = &user.password_hash else {
        return Ok(());
    };
    // A full queue is no reason to keep somebody out who is in already; the next sign-in tries again.
    if let Ok(new) = identity.passwords.hash(password).await {
        let now = app.clock.now();
        if app
            .store
            .upgrade_password_hash(user.id, old, &new, now)
            .await?
        {
            user.password_hash = Some(new);
        }
    }
    Ok(())
}

fn keys(app: &App, attempt: &Attempt<'_>, user: Option<&User>) -> Keys {
    let account = match user {
        Some(user) => user.id.to_string(),
        // What was typed is no fact worth keeping: it may be a password in the wrong field.
        None => URL_SAFE_NO_PAD.encode(&crypto::sha256(account_key(attempt.name).as_bytes())[..16]),
    };
    let browser = user.and_then(|user| known::find(app, attempt.known_browser?, user));
    if let Some(Known { nonce, .. }) = browser {
        return Keys::of_account_here(app, format!("account {account} browser {nonce}"));
    }
    let tolerance = if attempt.is_behind_app {
        APP_TOLERANCE
    } else {
        1
    };
    Keys::of_account_here(app, account_at(&account, attempt.place))
        .and_account(app, format!("account {account}"))
        .and_place(app, ("", attempt.place), tolerance)
}

fn account_at(account: &str, place: &Place) -> String {
    let range = place.range();
    format!(
        "account {account} at {}",
        range.as_deref().unwrap_or("unknown")
    )
}

/// Forgets the wrong passwords of an account whose person has shown otherwise who they are.
pub(super) async fn forgive(app: &App, user: &User, place: &Place) -> storage::Result<()> {
    let account = user.id.to_string();
    app.store
        .clear_failures(&account_at(&account, place))
        .await?;
    app.store
        .clear_failures(&format!("account {account}"))
        .await
}
