//! How many wrong passwords are too many, and how that cannot be turned against the victim.
//!
//! Failures are counted in the database, so all nodes share them; attempts under way are counted here, so that a
//! hundred guesses sent at once are not all evaluated before the first is counted. Counters, each with its limit:
//! 1. account and place: from one address range, or from one browser that the account has signed in from before;
//!    strict, also under concurrency
//! 2. account from everywhere, but not from such browsers: bounds guessing from many addresses, and leaves the
//!    person's own browsers in
//! 3. address range, whatever the account: bounds guessing one password for many accounts
//!
//! A window ends by itself; nothing locks an account for good. Who types the password right writes nothing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;

use crate::app::{App, after};
use crate::config::Config;
use crate::storage;

/// The counters of one attempt.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    /// Account and place.
    pub(super) account_here: String,
    /// Account from everywhere; `None` for a browser that the account knows.
    pub(super) account_everywhere: Option<String>,
    pub(super) address: Option<String>,
}

impl Keys {
    fn limits<'k>(&'k self, config: &Config) -> Vec<(&'k str, i64)> {
        let limits = &config.sign_in;
        let mut out = vec![(
            self.account_here.as_str(),
            i64::from(limits.attempts_per_account),
        )];
        if let Some(key) = &self.account_everywhere {
            out.push((key, i64::from(limits.attempts_per_account_everywhere)));
        }
        if let Some(key) = &self.address {
            out.push((key, i64::from(limits.attempts_per_address)));
        }
        out
    }
}

/// Attempts under way on this node, by account and place.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    under_way: Mutex<HashMap<String, Arc<Place>>>,
}

#[derive(Debug, Default)]
struct Place {
    state: Mutex<PlaceState>,
    ended: Notify,
}

#[derive(Debug, Default)]
struct PlaceState {
    evaluating: i64,
    /// How many evaluations have ended.
    ended: i64,
    /// Evaluating or waiting to.
    present: usize,
}

/// The right to evaluate one password; ends when dropped.
#[derive(Debug)]
pub(super) struct Permit<'a> {
    attempts: &'a Attempts,
    key: String,
    place: Arc<Place>,
    /// Failures that were counted before: they are forgotten after a success.
    pub(super) had_failures: bool,
    is_evaluating: bool,
}

/// Whether a password may be evaluated now.
#[derive(Debug)]
pub(super) enum Admission<'a> {
    Admitted(Permit<'a>),
    Refused,
}

impl Attempts {
    /// Waits while as many attempts as are left are under way; refuses when none is left.
    pub(super) async fn admit(&self, app: &App, keys: &Keys) -> storage::Result<Admission<'_>> {
        let mut permit = self.enter(&keys.account_here);
        let limit = i64::from(app.config.sign_in.attempts_per_account);
        loop {
            let place = Arc::clone(&permit.place);
            let ended = place.ended.notified();
            tokio::pin!(ended);
            // Registered before the counters are read: an end in between is not missed.
            ended.as_mut().enable();
            // Taken before the counters are read: a failure is first counted, then no longer under way, so it may be
            // seen twice, never not at all.
            let ended_before = lock(&permit.place.state).ended;
            let Some(failures) = read_failures(app, keys).await? else {
                return Ok(Admission::Refused);
            };
            if permit.begin(failures.here, ended_before, limit) {
                permit.had_failures = failures.any;
                return Ok(Admission::Admitted(permit));
            }
            ended.await;
        }
    }

    fn enter(&self, key: &str) -> Permit<'_> {
        let mut under_way = lock(&self.under_way);
        let place = Arc::clone(under_way.entry(key.to_owned()).or_default());
        lock(&place.state).present += 1;
        Permit {
            attempts: self,
            key: key.to_owned(),
            place,
            had_failures: false,
            is_evaluating: false,
        }
    }
}

impl Permit<'_> {
    /// Begins to evaluate if the limit leaves room beside what failed, what is under way, and what ended since before the
    /// failures were read: of those the reading may have missed some.
    fn begin(&mut self, failures: i64, ended_before: i64, limit: i64) -> bool {
        let mut state = lock(&self.place.state);
        self.is_evaluating = failures + state.evaluating + (state.ended - ended_before) < limit;
        state.evaluating += i64::from(self.is_evaluating);
        self.is_evaluating
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let mut under_way = lock(&self.attempts.under_way);
        let mut state = lock(&self.place.state);
        state.present -= 1;
        if self.is_evaluating {
            state.evaluating -= 1;
            state.ended += 1;
        }
        if state.present == 0 {
            under_way.remove(&self.key);
        }
        drop(state);
        drop(under_way);
        self.place.ended.notify_waiters();
    }
}

struct Failures {
    here: i64,
    any: bool,
}

/// `None`: one of the limits is reached.
async fn read_failures(app: &App, keys: &Keys) -> storage::Result<Option<Failures>> {
    let now = app.clock.now();
    let mut failures = Failures {
        here: 0,
        any: false,
    };
    for (key, limit) in keys.limits(&app.config) {
        let counted = app.store.failures(key, now).await?;
        if counted >= limit {
            return Ok(None);
        }
        failures.any |= counted > 0;
        if key == keys.account_here {
            failures.here = counted;
        }
    }
    Ok(Some(failures))
}

/// Counts a wrong password.
pub(super) async fn count_failure(app: &App, keys: &Keys) -> storage::Result<()> {
    let now = app.clock.now();
    let all: Vec<String> = keys
        .limits(&app.config)
        .into_iter()
        .map(|(key, _)| key.to_owned())
        .collect();
    app.store
        .count_failure(&all, now, after(now, app.config.sign_in.window))
        .await
}

/// Forgets an account's wrong passwords after the right one; the address's stay.
pub(super) async fn forget_failures(app: &App, keys: &Keys) -> storage::Result<()> {
    app.store.clear_failures(&keys.account_here).await?;
    match &keys.account_everywhere {
        Some(key) => app.store.clear_failures(key).await,
        None => Ok(()),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
