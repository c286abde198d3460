//! The only source of time. Everything that depends on the hour takes `now` as a parameter; the edge reads it here, once per request.
//! Instants are cut to microseconds, because Postgres keeps no more: what was written compares equal to what is read back.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, SubsecRound, Utc};

/// Tells the time: the machine's, or in tests one that is moved by hand. Clones tell the same time.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    /// Microseconds since 1970.
    Manual(Arc<AtomicI64>),
}

/// Moves the clock that [`Clock::manual`] made, and all its clones.
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<AtomicI64>);

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands at `start` until its handle moves it.
    pub fn manual(start: DateTime<Utc>) -> (Self, ManualClock) {
        let micros = Arc::new(AtomicI64::new(start.timestamp_micros()));
        (
            Self(Source::Manual(Arc::clone(&micros))),
            ManualClock(micros),
        )
    }

    /// The present instant, in whole microseconds.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where time is read"
    )]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Source::System => Utc::now().trunc_subsecs(6),
            Source::Manual(micros) => at(micros.load(Ordering::SeqCst)),
        }
    }
}

impl ManualClock {
    /// Moves the clock forward; what is less than a microsecond is dropped.
    pub fn advance(&self, by: Duration) {
        let micros = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
        self.0.fetch_add(micros, Ordering::SeqCst);
    }

    /// Puts the clock at an instant, which may be earlier than the present one (S89).
    pub fn set(&self, now: DateTime<Utc>) {
        self.0.store(now.timestamp_micros(), Ordering::SeqCst);
    }
}

/// An instant beyond what a date can hold becomes the last one that it can.
fn at(micros: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(micros).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_clock_keeps_whole_microseconds() {
        let now = Clock::system().now();
        assert_eq!(now.timestamp_subsec_nanos() % 1000, 0);
        assert!(now.timestamp() > 1_700_000_000);
    }

    #[test]
    fn a_manual_clock_and_its_clones_move_together() {
        let start = DateTime::from_timestamp_nanos(1_800_000_000_123_456_789);
        let (clock, hands) = Clock::manual(start);
        let other = clock.clone();
        assert_eq!(
            clock.now().timestamp_nanos_opt(),
            Some(1_800_000_000_123_456_000)
        );
        hands.advance(Duration::from_millis(1500));
        assert_eq!(
            other.now() - start.trunc_subsecs(6),
            chrono::TimeDelta::milliseconds(1500)
        );
        hands.set(start);
        assert_eq!(clock.now(), start.trunc_subsecs(6));
    }
}
