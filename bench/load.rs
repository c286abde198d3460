//! The loop that measures: so many tasks, each one turn after the other, for so long.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use tokio::time::{sleep, sleep_until, timeout};

use crate::Result;
use crate::host::{Host, cpu_seconds};

/// More are not counted: memory is bounded.
const MAX_TURNS: usize = 4_000_000;
/// What a turn that hangs is given beyond the end.
const PATIENCE: Duration = Duration::from_secs(15);

/// The work of one task, over and over.
pub(crate) trait Turn: 'static {
    async fn turn(&mut self) -> Result<()>;

    /// Makes the next turn possible after one that failed.
    async fn mend(&mut self) {}
}

/// What came of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Figures {
    pub(crate) per_second: f64,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
    pub(crate) errors: u32,
    /// Processor time of the measured process for one turn, in microseconds.
    pub(crate) cpu_us: f64,
    /// The share of its core that the generator was busy; near 1, it is the generator that was measured.
    pub(crate) generator_share: f64,
    /// The first error, if there was any.
    pub(crate) first_error: Option<String>,
}

#[derive(Default)]
struct Seen {
    micros: Vec<u32>,
    errors: u32,
    first_error: Option<String>,
}

/// Warms up and measures. `pid`: whose processor time is taken.
pub(crate) async fn measure<T: Turn>(host: &Host, pid: u32, turns: Vec<T>) -> Result<Figures> {
    let start = Instant::now() + Duration::from_secs_f64(host.warm_up_seconds);
    let end = start + Duration::from_secs_f64(host.seconds);
    let seen = Rc::new(RefCell::new(Seen::default()));
    let tasks: Vec<_> = turns
        .into_iter()
        .map(|turn| tokio::task::spawn_local(repeat(turn, start, end, Rc::clone(&seen))))
        .collect();
    let own = std::process::id();
    sleep_until(start.into()).await;
    let before = (cpu_seconds(pid)?, cpu_seconds(own)?);
    sleep_until(end.into()).await;
    let after = (cpu_seconds(pid)?, cpu_seconds(own)?);
    for task in tasks {
        let abort = task.abort_handle();
        if timeout(PATIENCE, task).await.is_err() {
            abort.abort();
            seen.borrow_mut().fail("no answer in time");
        }
    }
    let seen = seen.take();
    Ok(figures(
        seen,
        host.seconds,
        after.0 - before.0,
        after.1 - before.1,
    ))
}

async fn repeat<T: Turn>(mut turn: T, start: Instant, end: Instant, seen: Rc<RefCell<Seen>>) {
    loop {
        let begun = Instant::now();
        if begun >= end {
            return;
        }
        let outcome = turn.turn().await.map_err(|error| error.to_string());
        let now = Instant::now();
        match outcome {
            Ok(()) if now >= start && now < end => seen.borrow_mut().count(now - begun),
            Ok(()) => {}
            Err(error) => {
                // In the warm-up as well: what fails there spoils what follows.
                seen.borrow_mut().fail(&error);
                sleep(Duration::from_millis(50)).await;
                turn.mend().await;
            }
        }
    }
}

impl Seen {
    fn count(&mut self, took: Duration) {
        if self.micros.len() < MAX_TURNS {
            self.micros
                .push(u32::try_from(took.as_micros()).unwrap_or(u32::MAX));
        }
    }

    fn fail(&mut self, error: &str) {
        self.errors += 1;
        self.first_error.get_or_insert_with(|| error.to_owned());
    }
}

fn figures(mut seen: Seen, seconds: f64, cpu: f64, own_cpu: f64) -> Figures {
    seen.micros.sort_unstable();
    let count = u32::try_from(seen.micros.len()).map_or(0.0, f64::from);
    Figures {
        per_second: count / seconds,
        p50_ms: percentile(&seen.micros, 50),
        p99_ms: percentile(&seen.micros, 99),
        errors: seen.errors,
        cpu_us: cpu * 1e6 / count.max(1.0),
        generator_share: own_cpu / seconds,
        first_error: seen.first_error,
    }
}

fn percentile(sorted: &[u32], percent: usize) -> f64 {
    let index = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted
        .get(index)
        .map_or(0.0, |micros| f64::from(*micros) / 1000.0)
}
