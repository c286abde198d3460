//! How many wrong passwords are too many, and how that cannot be turned against the victim.
//!
//! Failures are counted in the database, so all nodes share them; attempts under way are counted here, so that a
//! hundred guesses sent at once are not all evaluated before the first is counted. Counters, each with its limit:
//! 1. account and place: from one address range, or from one browser that the account has signed in from before
//! 2. account from everywhere, but not from such browsers: bounds guessing from many addresses, and leaves the
//!    person's own browsers in
//! 3. address range, whatever the account: bounds guessing one password for many accounts
//!
//! All are strict on one node, however many attempts come at once; over several nodes each may add what it has under way.
//! A window ends by itself; nothing locks an account for good. Who types the password right writes nothing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;
use tokio::sync::futures::OwnedNotified;

use crate::app::{App, after};
use crate::config::Config;
use crate::model::event::Event;
use crate::storage;

/// At most this many attempts for one account and place at once, evaluated and waiting: each costs a look at the database
/// whenever another ends.
const MAX_PRESENT: usize = 128;

/// The counters of one attempt.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    /// Account and place.
    pub(super) account_here: String,
    /// Account from everywhere; `None` for a browser that the account knows.
    pub(super) account_everywhere: Option<String>,
    pub(super) address: Option<String>,
    /// How many times the limit the address may use up: more than once where it is that of an app's own server, which
    /// stands for all the app's people.
    pub(super) address_tolerance: i64,
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
            out.push((
                key,
                i64::from(limits.attempts_per_address) * self.address_tolerance,
            ));
        }
        out
    }
}

/// Attempts under way on this node, by counter.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    counters: Mutex<HashMap<String, Counter>>,
}

#[derive(Debug, Default)]
struct Counter {
    evaluating: i64,
    /// How many evaluations have ended.
    ended: i64,
    /// Evaluating or waiting to; at zero the counter goes.
    present: usize,
    /// Wakes those who wait for room.
    changed: Arc<Notify>,
}

/// The right to evaluate one password; ends when dropped.
#[derive(Debug)]
pub(super) struct Permit<'a> {
    attempts: &'a Attempts,
    keys: Vec<String>,
    /// Failures that were counted before: they are forgotten after a success.
    pub(super) had_failures: bool,
    is_evaluating: bool,
}

/// Whether a password may be evaluated now.
#[derive(Debug)]
pub(super) enum Admission<'a> {
    Admitted(Permit<'a>),
    /// Too many wrong passwords under this counter.
    Refused(Full),
    /// Too many attempts for the same account and place are waiting for their turn.
    Crowded,
}

/// A counter that is used up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Full {
    pub(super) key: String,
    /// Its name in the audit log.
    pub(super) limit: &'static str,
}

impl Full {
    fn new(keys: &Keys, key: &str) -> Self {
        let limit = if key == keys.account_here {
            "account_here"
        } else if keys.account_everywhere.as_deref() == Some(key) {
            "account"
        } else {
            "address"
        };
        Self {
            key: key.to_owned(),
            limit,
        }
    }
}

/// One counter of an attempt as it was read: key, limit, failures, and how many evaluations had ended before the reading.
struct Reading<'k> {
    key: &'k str,
    limit: i64,
    failures: i64,
    ended_before: i64,
}

impl Attempts {
    /// Waits while as many attempts as are left are under way; refuses when none is left.
    pub(super) async fn admit(&self, app: &App, keys: &Keys) -> storage::Result<Admission<'_>> {
        let limits = keys.limits(&app.config);
        let mut permit = self.enter(&limits);
        if permit.is_crowded() {
            return Ok(Admission::Crowded);
        }
        loop {
            // Both before the failures are read: one that is counted meanwhile is seen twice, never not at all, and an
            // end meanwhile wakes us.
            let mut watched = self.watch(&limits);
            let mut readings = Vec::with_capacity(limits.len());
            let now = app.clock.now();
            for ((key, limit), (ended_before, _)) in limits.iter().copied().zip(&watched) {
                let failures = app.store.failures(key, now).await?;
                if failures >= limit {
                    return Ok(Admission::Refused(Full::new(keys, key)));
                }
                readings.push(Reading {
                    key,
                    limit,
                    failures,
                    ended_before: *ended_before,
                });
            }
            let Some(full) = permit.begin(&readings) else {
                permit.had_failures = readings.iter().any(|reading| reading.failures > 0);
                return Ok(Admission::Admitted(permit));
            };
            watched.swap_remove(full).1.await;
        }
    }

    fn enter(&self, limits: &[(&str, i64)]) -> Permit<'_> {
        let mut counters = lock(&self.counters);
        for (key, _) in limits {
            counters.entry((*key).to_owned()).or_default().present += 1;
        }
        Permit {
            attempts: self,
            keys: limits.iter().map(|(key, _)| (*key).to_owned()).collect(),
            had_failures: false,
            is_evaluating: false,
        }
    }

    /// How many evaluations have ended, and what wakes when one more does, counter by counter.
    fn watch(&self, limits: &[(&str, i64)]) -> Vec<(i64, OwnedNotified)> {
        let mut counters = lock(&self.counters);
        let mut watch = |key: &str| {
            let counter = counters.entry(key.to_owned()).or_default();
            (counter.ended, Arc::clone(&counter.changed).notified_owned())
        };
        limits.iter().map(|(key, _)| watch(key)).collect()
    }
}

impl Permit<'_> {
    fn is_crowded(&self) -> bool {
        let counters = lock(&self.attempts.counters);
        let here = self.keys.first().and_then(|key| counters.get(key));
        here.is_some_and(|counter| counter.present > MAX_PRESENT)
    }

    /// Begins to evaluate if every limit leaves room beside what failed, what is under way, and what ended since before the
    /// failures were read: of those the reading may have missed some. Else: which one is full.
    fn begin(&mut self, readings: &[Reading<'_>]) -> Option<usize> {
        let mut counters = lock(&self.attempts.counters);
        for (index, reading) in readings.iter().enumerate() {
            let Some(counter) = counters.get(reading.key) else {
                continue;
            };
            let missed = counter.ended - reading.ended_before;
            if reading.failures + counter.evaluating + missed >= reading.limit {
                return Some(index);
            }
        }
        for reading in readings {
            if let Some(counter) = counters.get_mut(reading.key) {
                counter.evaluating += 1;
            }
        }
        self.is_evaluating = true;
        None
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let mut counters = lock(&self.attempts.counters);
        for key in &self.keys {
            let Some(counter) = counters.get_mut(key) else {
                continue;
            };
            counter.present -= 1;
            if self.is_evaluating {
                counter.evaluating -= 1;
                counter.ended += 1;
                counter.changed.notify_waiters();
            }
            if counter.present == 0 {
                counters.remove(key);
            }
        }
    }
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

/// Leaves an event that says that a counter is used up: one for each counter and window, however often somebody tries on.
pub(super) async fn tell(app: &App, full: &Full, mut event: Event) -> storage::Result<()> {
    let Some(counted) = app.store.count_of(&full.key, event.at).await? else {
        return Ok(());
    };
    event.detail = serde_json::json!({ "limit": full.limit, "until": counted.expires_at });
    let key = format!("told {}", full.key);
    app.store
        .record_once(&key, counted.expires_at, &event)
        .await
        .map(|_| ())
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
