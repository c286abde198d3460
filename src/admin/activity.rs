//! How often something happened, hour by hour: for the console's overview.

use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};

use super::{Result, audit, invalid};
use crate::app::App;
use crate::storage;
pub use crate::storage::ActivityHour;
use crate::telemetry::Activity;

/// So long counts are kept.
pub const KEPT: TimeDelta = TimeDelta::days(90);

/// What happened in the hours that begin from `from` until before `to`, on all nodes together; what did not happen is left out. A node
/// adds what it counted every few seconds.
pub async fn hours(app: &App, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<ActivityHour>> {
    audit::in_reach("from", Some(from))?;
    audit::in_reach("to", Some(to))?;
    if to < from {
        return Err(invalid("to", "it is earlier than from"));
    }
    Ok(app.store.activity(from, to).await?)
}

/// Adds what this node counted since the last time to the present hour; nothing is written where nothing was counted.
pub async fn keep(app: &App) -> Result<()> {
    let taken = app.metrics.activity.take();
    let name = |wanted: Activity| {
        let mut all = Activity::ALL.iter();
        all.find(|(what, _)| *what == wanted)
            .map_or("", |(_, name)| *name)
    };
    let counted: Vec<(&str, i64)> = taken
        .iter()
        .map(|(what, count)| (name(*what), i64::try_from(*count).unwrap_or(i64::MAX)))
        .collect();
    let kept = app.store.add_activity(hour(app.clock.now()), &counted);
    let kept: storage::Result<()> = kept.await;
    if kept.is_err() {
        for (what, count) in taken {
            app.metrics.activity.add(what, count);
        }
    }
    Ok(kept?)
}

/// When the hour of an instant began.
fn hour(at: DateTime<Utc>) -> DateTime<Utc> {
    at.duration_trunc(TimeDelta::hours(1)).unwrap_or(at)
}
