//! Checking the code that comes after a password: of an app (RFC 6238) or a recovery code, within limits of its own.
//!
//! Wrong codes are counted by account wherever they come from: whoever types them knows the password already. Browsers in which the
//! person has shown a second factor before are counted by themselves, so that nobody can keep the person out. What the password alone
//! opened, before there was such a factor, is no such browser: a thief of the password may have any number of them.

use serde_json::json;

use super::known::{self, Known};
use super::login::Place;
use super::notices::{self, Notice};
use super::throttle::{self, Keys, Refusal};
use super::{Identity, recovery, totp};
use crate::app::App;
use crate::model::event::{Actor, Event, EventKind};
use crate::model::id::ClientId;
use crate::model::user::User;
use crate::storage;
use crate::telemetry::{Factor, SignInOutcome};

/// The length of an app's code.
const DIGITS: usize = 6;
/// Nothing longer is looked at.
const MAX_CODE_BYTES: usize = 128;

/// One code of somebody whose first factor is proven.
#[derive(Debug)]
pub struct Attempt<'a> {
    pub user: &'a User,
    /// As typed.
    pub code: &'a str,
    pub place: &'a Place,
    /// The cookie of [`super::known`], if the browser has one.
    pub known_browser: Option<&'a str>,
    /// The client that asked.
    pub client_id: Option<&'a ClientId>,
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Right,
    Wrong,
    /// Too many wrong codes; seconds to wait at most.
    Throttled {
        retry_after: u64,
    },
    /// Too many attempts for this account are waiting.
    Busy,
}

/// Checks a code. It is never good twice.
pub async fn check(
    app: &App,
    identity: &Identity,
    attempt: Attempt<'_>,
) -> storage::Result<Outcome> {
    let keys = keys(app, &attempt);
    let throttled = || event(app, EventKind::SignInThrottled, &attempt);
    let by = (Factor::Code, throttled);
    let permit = match throttle::admit(app, &identity.attempts, &keys, by).await? {
        Ok(permit) => permit,
        Err(Refusal::Busy) => return Ok(Outcome::Busy),
        Err(Refusal::Throttled {
            retry_after,
            is_news,
        }) => {
            // Whoever got so far knew the first factor, which its person must hear (ASVS 6.3.7).
            if is_news {
                let notice = Notice::CodesThrottled;
                notices::tell_after(app, attempt.user, notice, attempt.place).await;
            }
            return Ok(Outcome::Throttled { retry_after });
        }
    };
    if !is_right(app, &attempt).await? {
        throttle::count_failure(app, &keys).await?;
        app.metrics
            .count_sign_in(Factor::Code, SignInOutcome::Failed);
        let mut event = event(app, EventKind::SignInFailed, &attempt);
        event.detail = json!({ "factor": "second" });
        app.store.record(&event).await?;
        return Ok(Outcome::Wrong);
    }
    if permit.had_failures {
        throttle::forget_failures(app, &keys).await?;
    }
    app.metrics
        .count_sign_in(Factor::Code, SignInOutcome::Succeeded);
    Ok(Outcome::Right)
}

async fn is_right(app: &App, attempt: &Attempt<'_>) -> storage::Result<bool> {
    let (user, typed) = (attempt.user, attempt.code);
    if typed.len() > MAX_CODE_BYTES {
        return Ok(false);
    }
    let code: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .collect();
    let is_of_app = code.len() == DIGITS && code.bytes().all(|byte| byte.is_ascii_digit());
    if is_of_app {
        return Ok(user.has_totp && totp::check(app, user, &code).await?);
    }
    recovery::take(app, user, &code, attempt.place).await
}

fn keys(app: &App, attempt: &Attempt<'_>) -> Keys {
    let account = attempt.user.id;
    let known = attempt.known_browser;
    match known.and_then(|cookie| known::find(app, cookie, attempt.user)) {
        Some(Known {
            nonce,
            is_mfa: true,
        }) => Keys::of_account_here(app, format!("second factor {account} browser {nonce}")),
        _ => Keys::of_account_here(app, format!("second factor {account}")).and_place(
            app,
            ("", attempt.place),
            1,
        ),
    }
}

fn event(app: &App, kind: EventKind, attempt: &Attempt<'_>) -> Event {
    let mut event = app.event(kind, Actor::Anonymous, attempt.place.origin());
    event.user_id = Some(attempt.user.id);
    event.client_id = attempt.client_id.cloned();
    event
}
