//! How many wrong passwords, codes and passkeys are too many, and how that cannot be turned against the victim.
//!
//! Failures are counted in the database, so all nodes share them; attempts under way are counted here, so that a
//! hundred guesses sent at once are not all evaluated before the first is counted. Counters, each with its limit:
//! 1. account and place: from one address, or from one browser that the account has signed in from before
//! 2. account from everywhere, but not from such browsers: bounds guessing from many addresses, and leaves the
//!    person's own browsers in. Half used up, it means an attack: from then on each place that is not known gets fewer tries, so that
//!    what is left lasts for more of them
//! 3. address, whatever the account: bounds guessing one password for many accounts
//! 4. network, the addresses around it: the same where somebody has a whole range
//!
//! All are strict on one node, however many attempts come at once; over several nodes each may add what it has under way.
//! A window ends by itself; nothing locks an account for good. Who types the password right writes nothing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;
use tokio::sync::futures::OwnedNotified;

use super::login::Place;
use crate::app::{App, after};
use crate::model::event::Event;
use crate::storage;
use crate::telemetry::{Factor, SignInOutcome};

/// At most this many attempts for one account and place at once, evaluated and waiting: each costs a look at the database
/// whenever another ends.
const MAX_PRESENT: usize = 128;

/// One counter of an attempt.
#[derive(Debug, Clone)]
pub(super) struct Limit {
    pub(super) key: String,
    /// So many failures within the window.
    most: i64,
    name: LimitName,
}

/// What a counter is about: its name in the audit log and in the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LimitName {
    AccountHere,
    Account,
    Address,
    Network,
}

impl LimitName {
    const fn as_str(self) -> &'static str {
        match self {
            Self::AccountHere => "account_here",
            Self::Account => "account",
            Self::Address => "address",
            Self::Network => "network",
        }
    }
}

/// The counters of one attempt, the narrowest first.
#[derive(Debug, Clone, Default)]
pub(super) struct Keys {
    limits: Vec<Limit>,
}

impl Keys {
    fn and(mut self, key: String, most: i64, name: LimitName) -> Self {
        self.limits.push(Limit { key, most, name });
        self
    }

    /// Account and place.
    pub(super) fn of_account_here(app: &App, key: String) -> Self {
        let most = i64::from(app.config.sign_in.attempts_per_account);
        Self::default().and(key, most, LimitName::AccountHere)
    }

    /// The account from everywhere: not for a browser that the account knows.
    pub(super) fn and_account(self, app: &App, key: String) -> Self {
        let most = i64::from(app.config.sign_in.attempts_per_account_everywhere);
        self.and(key, most, LimitName::Account)
    }

    /// The address and the network around it, under a prefix of what is counted. `tolerance`: how many times the limits they may use up, more
    /// than once where they are those of an app's own server, which stands for all the app's people.
    pub(super) fn and_place(
        mut self,
        app: &App,
        (prefix, place): (&str, &Place),
        tolerance: i64,
    ) -> Self {
        let limits = &app.config.sign_in;
        if let Some(range) = place.range() {
            let most = i64::from(limits.attempts_per_address) * tolerance;
            self = self.and(format!("{prefix}address {range}"), most, LimitName::Address);
        }
        if let Some(network) = place.network() {
            let most = i64::from(limits.attempts_per_network) * tolerance;
            self = self.and(
                format!("{prefix}network {network}"),
                most,
                LimitName::Network,
            );
        }
        self
    }

    fn keys(&self) -> Vec<&str> {
        self.limits.iter().map(|limit| limit.key.as_str()).collect()
    }

    /// The limits as they stand after so many failures: while an account is under attack from everywhere, fewer for places that it does not
    /// know. The browsers that it knows have no counter of everywhere.
    fn standing(&self, failures: &[i64]) -> Vec<i64> {
        let mut all = self.limits.iter().zip(failures);
        let is_attacked = all.any(|(limit, failures)| {
            limit.name == LimitName::Account && failures * 2 >= limit.most
        });
        let standing = |limit: &Limit| match limit.name {
            LimitName::AccountHere if is_attacked => (limit.most / 3).max(1),
            _ => limit.most,
        };
        self.limits.iter().map(standing).collect()
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
enum Admission<'a> {
    Admitted(Permit<'a>),
    /// Too many wrong passwords under this counter.
    Refused(Full),
    /// Too many attempts for the same account and place are waiting for their turn.
    Crowded,
}

/// A counter that is used up.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Full {
    key: String,
    /// Its name in the audit log and the figures.
    limit: &'static str,
}

impl Full {
    /// It counts one account's.
    fn is_of_account(&self) -> bool {
        [LimitName::AccountHere, LimitName::Account]
            .iter()
            .any(|name| name.as_str() == self.limit)
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
    async fn admit(&self, app: &App, keys: &Keys) -> storage::Result<Admission<'_>> {
        let names = keys.keys();
        let mut permit = self.enter(&names);
        if permit.is_crowded() {
            return Ok(Admission::Crowded);
        }
        loop {
            // Both before the failures are read: one that is counted meanwhile is seen twice, never not at all, and an
            // end meanwhile wakes us.
            let mut watched = self.watch(&names);
            let failures = app.store.failures_of(&names, app.clock.now()).await?;
            let standing = keys.standing(&failures);
            let mut readings = Vec::with_capacity(names.len());
            for (index, limit) in keys.limits.iter().enumerate() {
                let (failures, most) = (failures[index], standing[index]);
                if failures >= most {
                    return Ok(Admission::Refused(Full {
                        key: limit.key.clone(),
                        limit: limit.name.as_str(),
                    }));
                }
                readings.push(Reading {
                    key: &limit.key,
                    limit: most,
                    failures,
                    ended_before: watched[index].0,
                });
            }
            let Some(full) = permit.begin(&readings) else {
                permit.had_failures = readings.iter().any(|reading| reading.failures > 0);
                return Ok(Admission::Admitted(permit));
            };
            watched.swap_remove(full).1.await;
        }
    }

    fn enter(&self, keys: &[&str]) -> Permit<'_> {
        let mut counters = lock(&self.counters);
        for key in keys {
            counters.entry((*key).to_owned()).or_default().present += 1;
        }
        Permit {
            attempts: self,
            keys: keys.iter().map(|key| (*key).to_owned()).collect(),
            had_failures: false,
            is_evaluating: false,
        }
    }

    /// How many evaluations have ended, and what wakes when one more does, counter by counter.
    fn watch(&self, keys: &[&str]) -> Vec<(i64, OwnedNotified)> {
        let mut counters = lock(&self.counters);
        let mut watch = |key: &str| {
            let counter = counters.entry(key.to_owned()).or_default();
            (counter.ended, Arc::clone(&counter.changed).notified_owned())
        };
        keys.iter().map(|key| watch(key)).collect()
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

/// Counts a failure.
pub(super) async fn count_failure(app: &App, keys: &Keys) -> storage::Result<()> {
    let now = app.clock.now();
    let all = keys.keys();
    let all: Vec<String> = all.into_iter().map(ToOwned::to_owned).collect();
    app.store
        .count_failure(&all, now, after(now, app.config.sign_in.window))
        .await
}

/// Why an attempt is not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Too many are waiting.
    Busy,
    /// Too many failed; seconds until there is room again. `is_news`: it is the first that is refused for the account's own failures.
    Throttled { retry_after: u64, is_news: bool },
}

/// Lets an attempt in; else notes why not, in the log and the figures, and by the event: once for each counter and window, however often somebody
/// tries on.
pub(super) async fn admit<'a>(
    app: &App,
    attempts: &'a Attempts,
    keys: &Keys,
    (factor, event): (Factor, impl FnOnce() -> Event),
) -> storage::Result<Result<Permit<'a>, Refusal>> {
    let full = match attempts.admit(app, keys).await? {
        Admission::Admitted(permit) => return Ok(Ok(permit)),
        Admission::Crowded => {
            app.metrics.count_sign_in(factor, SignInOutcome::Busy);
            return Ok(Err(Refusal::Busy));
        }
        Admission::Refused(full) => full,
    };
    app.metrics.count_sign_in(factor, SignInOutcome::Throttled);
    app.metrics.count_throttled(factor.as_str(), full.limit);
    let event = event();
    tracing::warn!(
        request_id = event.origin.request_id,
        factor = factor.as_str(),
        limit = full.limit,
        "sign-in refused: too many failed"
    );
    let (retry_after, is_first) = tell(app, &full, event).await?;
    let is_news = is_first && full.is_of_account();
    Ok(Err(Refusal::Throttled {
        retry_after,
        is_news,
    }))
}

/// Counts a refusal. Seconds until there is room again, and whether it is the first of its counter and window.
async fn tell(app: &App, full: &Full, mut event: Event) -> storage::Result<(u64, bool)> {
    let Some(counted) = app.store.count_of(&full.key, event.at).await? else {
        return Ok((1, false));
    };
    event.detail = serde_json::json!({ "limit": full.limit, "until": counted.expires_at });
    let key = format!("told {}", full.key);
    let is_first = app
        .store
        .record_once(&key, counted.expires_at, &event)
        .await?;
    // Whoever comes when it says so is let in: never a moment too soon.
    let left = (counted.expires_at - event.at).num_milliseconds();
    let seconds = u64::try_from(left).unwrap_or(0).div_ceil(1000).max(1);
    Ok((seconds, is_first))
}

/// Forgets an account's failures after a success; the address's stay.
pub(super) async fn forget_failures(app: &App, keys: &Keys) -> storage::Result<()> {
    for limit in &keys.limits {
        if matches!(limit.name, LimitName::AccountHere | LimitName::Account) {
            app.store.clear_failures(&limit.key).await?;
        }
    }
    Ok(())
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
