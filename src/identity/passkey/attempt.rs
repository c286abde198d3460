//! A sign-in by passkey within limits. There is nothing to guess in one, so the limits are about cost alone: those of the address and of the
//! network around it, apart from the ones for passwords, and none of the account. What is no answer to a question of ours, or of no
//! passkey that is stored, costs no more than any request, and is not counted: with that nobody keeps out who comes from the same address
//! (S46). Whoever has a passkey here, or has seen one's id, and answers wrongly with it, can do so for a window, from that address alone.

use super::{Checked, Verified, check};
use crate::app::App;
use crate::identity::Identity;
use crate::identity::login::Place;
use crate::identity::throttle::{self, Keys, Refusal};
use crate::model::event::{Actor, EventKind};
use crate::storage;
use crate::telemetry::{Factor, SignInOutcome};

/// The answer of an authenticator.
#[derive(Debug)]
pub struct Attempt<'a> {
    /// What came with the question.
    pub sealed: &'a str,
    pub response: &'a str,
    pub place: &'a Place,
}

/// How an attempt ended.
#[derive(Debug)]
pub enum Outcome {
    Right(Box<Verified>),
    Wrong,
    /// Too many wrong answers; seconds to wait.
    Throttled {
        retry_after: u64,
    },
    /// Too many from there are waiting.
    Busy,
}

/// Judges an answer. Writes of its own only after a wrong one.
pub async fn attempt(
    app: &App,
    identity: &Identity,
    attempt: Attempt<'_>,
) -> storage::Result<Outcome> {
    let place = attempt.place;
    let keys = Keys::default().and_place(app, ("passkey ", place), 1);
    let throttled = || app.event(EventKind::SignInThrottled, Actor::Anonymous, place.origin());
    let by = (Factor::Passkey, throttled);
    let permit = match throttle::admit(app, &identity.attempts, &keys, by).await? {
        Ok(permit) => permit,
        Err(Refusal::Busy) => return Ok(Outcome::Busy),
        Err(Refusal::Throttled { retry_after, .. }) => {
            return Ok(Outcome::Throttled { retry_after });
        }
    };
    let checked = check(app, attempt.sealed, attempt.response).await?;
    let outcome = match checked {
        Checked::Right(_) => SignInOutcome::Succeeded,
        Checked::Wrong | Checked::Nothing => SignInOutcome::Failed,
    };
    app.metrics.count_sign_in(Factor::Passkey, outcome);
    if matches!(checked, Checked::Wrong) {
        throttle::count_failure(app, &keys).await?;
    }
    drop(permit);
    Ok(match checked {
        Checked::Right(verified) => Outcome::Right(verified),
        Checked::Wrong | Checked::Nothing => Outcome::Wrong,
    })
}
