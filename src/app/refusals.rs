//! Refused requests on their way to the database: a bounded queue in memory, so that no refusal costs a write on its path.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};

use super::App;
use crate::model::refusal::Refusal;
use crate::storage;

/// What comes while as many wait is forgotten.
const MAX_WAITING: usize = 1000;
/// So many are remembered of one place in a minute: whoever floods pushes out nobody else's.
const MAX_PER_PLACE: u32 = 60;
/// Of more places within a minute nothing is remembered.
const MAX_PLACES: usize = 10_000;

#[derive(Default)]
pub(super) struct Refusals {
    waiting: Mutex<Waiting>,
    /// Whoever waits for one flush finds what the one before it took.
    flushing: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Waiting {
    queue: Vec<Refusal>,
    /// The minute that is counted.
    minute: i64,
    places: HashMap<String, u32>,
}

impl Waiting {
    /// Whether one more from that place may be remembered; counts it.
    fn admits(&mut self, place: &str, now: DateTime<Utc>) -> bool {
        let minute = now.timestamp().div_euclid(60);
        if minute != self.minute {
            self.minute = minute;
            self.places.clear();
        }
        if self.queue.len() >= MAX_WAITING {
            return false;
        }
        if let Some(count) = self.places.get_mut(place) {
            *count += 1;
            return *count <= MAX_PER_PLACE;
        }
        let has_room = self.places.len() < MAX_PLACES;
        if has_room {
            self.places.insert(place.to_owned(), 1);
        }
        has_room
    }
}

impl Refusals {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// Whether refused requests are remembered at all.
    pub const fn remembers_refusals(&self) -> bool {
        self.config.errors.keep > 0
    }

    /// Remembers a refused request, unless there are too many from `place` or altogether. It is `make` that costs something.
    pub fn remember_refusal(&self, place: Option<&str>, make: impl FnOnce() -> Refusal) {
        if !self.remembers_refusals() {
            return;
        }
        let is_admitted = {
            let mut waiting = self.refusals.waiting();
            waiting.admits(place.unwrap_or("unknown"), self.clock.now())
        };
        if is_admitted {
            let refusal = make();
            self.refusals.waiting().queue.push(refusal);
        } else {
            self.metrics.count_dropped_refusals(1);
        }
    }

    /// Writes down what waits, in one transaction. What the database does not take is forgotten. How many there were.
    pub async fn flush_refusals(&self) -> storage::Result<usize> {
        let _alone = self.refusals.flushing.lock().await;
        let queue = std::mem::take(&mut self.refusals.waiting().queue);
        if queue.is_empty() {
            return Ok(0);
        }
        let count = queue.len();
        let done = self.store.add_refusals(&queue).await;
        if done.is_err() {
            let lost = u64::try_from(count).unwrap_or(u64::MAX);
            self.metrics.count_dropped_refusals(lost);
        }
        done.map(|()| count)
    }
}
