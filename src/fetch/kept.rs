//! Documents kept in memory by the rules of HTTP (RFC 9111), within bounds of our own, and the one call at a time that renews each.

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwapOption;
use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Mutex;

use super::caller::Caller;
use super::{Document, FetchError, Want};

/// Where the answer does not say how long it is good.
const DEFAULT: Duration = Duration::from_mins(5);
/// Also for `no-store`: else each request that a stranger sends us would make us send one.
const FLOOR: Duration = Duration::from_secs(10);
/// A key that was taken back is believed no longer than this.
const CEILING: Duration = Duration::from_hours(1);
/// Between two calls for a document that is fresh (S166). The first such call comes at once: a client that has just changed its keys
/// need not wait, however lately they were read.
const REFRESH_PAUSE: TimeDelta = TimeDelta::seconds(10);
/// After a call that failed.
const FAILURE_PAUSE: TimeDelta = TimeDelta::seconds(3);

/// What is known of one address.
#[derive(Default)]
pub(super) struct Slot {
    held: ArcSwapOption<Held>,
    /// Locked by whoever calls: the last call.
    last: Arc<Mutex<Option<Call>>>,
}

struct Held {
    document: Arc<Document>,
    at: DateTime<Utc>,
    until: DateTime<Utc>,
}

#[derive(Clone, Copy)]
struct Call {
    at: DateTime<Utc>,
    error: Option<FetchError>,
    /// The last call for a document that was fresh.
    forced_at: Option<DateTime<Utc>>,
}

impl Slot {
    /// The document, while it may be used.
    pub(super) fn fresh(&self, now: DateTime<Utc>) -> Option<Arc<Document>> {
        let held = self.held.load();
        let held = held.as_ref()?;
        // Long before it was fetched: the clock was put back. A little before: whoever asks came a moment earlier than the one who called.
        let is_after = held.at - REFRESH_PAUSE < now;
        (is_after && now < held.until).then(|| Arc::clone(&held.document))
    }
}

/// Calls, unless another did so while we waited for our turn, or just before.
pub(super) async fn fetch(
    caller: &Arc<Caller>,
    slot: Arc<Slot>,
    (url, want, limit): (String, Want, usize),
    now: DateTime<Utc>,
    is_forced: bool,
) -> Result<Arc<Document>, FetchError> {
    let caller = Arc::clone(caller);
    // It will be a task of its own: a caller that goes away would else end the call, and the next would begin another.
    let call = async move {
        let mut last = Arc::clone(&slot.last).lock_owned().await;
        let is_within =
            |at: Option<DateTime<Utc>>, pause| at.is_some_and(|at| (at - now).abs() < pause);
        let forced_at = last.and_then(|call: Call| call.forced_at);
        let fresh = slot.fresh(now);
        if let Some(document) = fresh.as_ref()
            && (!is_forced || is_within(forced_at, REFRESH_PAUSE))
        {
            return Ok(Arc::clone(document));
        }
        if let Some(error) = last.and_then(|call| call.error)
            && is_within(last.map(|call| call.at), FAILURE_PAUSE)
        {
            return Err(error);
        }
        let answer = caller.get(&url, want, limit).await.map(Arc::new);
        *last = Some(Call {
            at: now,
            error: answer.as_ref().err().copied(),
            forced_at: if fresh.is_some() {
                Some(now)
            } else {
                forced_at
            },
        });
        match (answer, fresh) {
            (Ok(document), _) => {
                let at = now;
                let until = at + lifetime(document.max_age);
                slot.held.store(Some(Arc::new(Held {
                    document: Arc::clone(&document),
                    at,
                    until,
                })));
                Ok(document)
            }
            // What is fresh stays good, though a newer could not be had.
            (Err(_), Some(document)) => Ok(document),
            (Err(error), None) => Err(error),
        }
    };
    // It ends before its time only where the server stops.
    tokio::spawn(call)
        .await
        .unwrap_or(Err(FetchError::Unreachable))
}

fn lifetime(max_age: Option<Duration>) -> TimeDelta {
    let bounded = max_age.unwrap_or(DEFAULT).clamp(FLOOR, CEILING);
    TimeDelta::from_std(bounded).unwrap_or(REFRESH_PAUSE)
}

/// How long an answer may be kept by its `Cache-Control` and `Age` (RFC 9111 §4.2, §5.2.2); `None`: it does not say.
pub(super) fn max_age<'a>(
    cache_control: impl Iterator<Item = &'a str>,
    age: Option<&str>,
) -> Option<Duration> {
    let seconds = |text: &str| text.trim().trim_matches('"').parse::<u64>().ok();
    let mut found = None;
    for directive in cache_control.flat_map(|value| value.split(',')) {
        let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
        match name.trim().to_ascii_lowercase().as_str() {
            "no-store" | "no-cache" => return Some(Duration::ZERO),
            "max-age" => {
                // A value that cannot be read counts as stale (§4.2.1).
                let spent = age.and_then(seconds).unwrap_or(0);
                let left = seconds(value).unwrap_or(0).saturating_sub(spent);
                found = Some(Duration::from_secs(left).min(found.unwrap_or(Duration::MAX)));
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lifetimes_are_those_of_the_answer_within_bounds() {
        let of = |value: &str, age| lifetime(max_age([value].into_iter(), age)).num_seconds();
        let cases = [
            ("", None, 300),
            ("public", None, 300),
            ("max-age=60", None, 60),
            ("public, Max-Age=\"90\"", None, 90),
            ("max-age=90", Some("30"), 60),
            ("max-age=3", None, 10),
            ("max-age=90", Some("100"), 10),
            ("max-age=x", None, 10),
            ("max-age=99999999999", None, 3600),
            ("max-age=600, no-store", None, 10),
            ("no-cache", None, 10),
            ("max-age=600, max-age=20", None, 20),
        ];
        for (value, age, seconds) in cases {
            assert_eq!(of(value, age), seconds, "{value} {age:?}");
        }
        assert_eq!(max_age([].into_iter(), None), None);
    }
}
