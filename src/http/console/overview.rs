//! The start of the console: what needs attention, and how much happened.

use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};

use super::attention;
use super::chart::{Bar, Chart};
use super::frame::Section;
use super::guard::{Admin, Answer};
use super::pieces::{Notice, Part, Piece};
use crate::admin::activity::{self, ActivityHour};

/// What is counted together: the title, what one of it is called, the beginnings of the names, and a part of the address.
const SERIES: [(&str, &str, &[&str], &str); 3] = [
    ("Sign-ins", "Sign-ins", &["sign_ins"], "sign-ins"),
    ("Tokens", "Tokens", &["tokens."], "tokens"),
    (
        "Refused and failed",
        "Requests",
        &["refused.", "sign_in_failures", "failures"],
        "errors",
    ),
];

/// What happened lately, and what needs attention.
pub(super) async fn get(admin: Admin) -> Answer {
    let now = admin.app().clock.now();
    let until = now.duration_trunc(TimeDelta::hours(1)).unwrap_or(now) + TimeDelta::hours(1);
    let week = activity::hours(admin.app(), until - TimeDelta::days(7), until).await;
    let week = week.map_err(|error| admin.failed(error))?;
    let mut attention = Part::new("attention", "What needs attention");
    let found = attention::find(&admin).await?;
    if found.is_empty() {
        attention = attention.with(Notice {
            is_bad: false,
            text: "Nothing needs you now.".to_owned(),
            link: None,
        });
    }
    attention = found.into_iter().fold(attention, Part::with);
    let page = admin
        .page(Section::Overview, "Overview")
        .with(attention)
        .with(charts(&week, "Last 24 hours", (until, 24, 1)))
        .with(charts(&week, "Last 7 days", (until, 28, 6)));
    Ok(admin.show(&page))
}

/// One chart for each series: so many bars of so many hours each, until then.
fn charts(
    all: &[ActivityHour],
    heading: &str,
    (until, bars, hours): (DateTime<Utc>, i32, i64),
) -> Part {
    let id = if hours == 1 { "day" } else { "week" };
    let part = Part::new(id, heading);
    let step = TimeDelta::hours(hours);
    let from = until - step * bars;
    if !all.iter().any(|hour| hour.hour >= from) {
        return part.with(Piece::Help("Here will be sign-ins, tokens and refused requests, hour by hour. Nothing has happened yet.".to_owned()));
    }
    let chart = |(title, unit, names, name): &(&'static str, &'static str, &[&str], &str)| {
        let is_counted =
            |hour: &&ActivityHour| names.iter().any(|name| hour.kind.starts_with(name));
        let bar = |n: i32| {
            let start = from + step * n;
            let within = all.iter().filter(is_counted);
            let within = within.filter(|hour| hour.hour >= start && hour.hour < start + step);
            Bar {
                label: start.format("%e %b, %H:%M").to_string().trim().to_owned(),
                count: within.map(|hour| hour.count).sum(),
            }
        };
        let bars: Vec<Bar> = (0..bars).map(bar).collect();
        let total: i64 = bars.iter().map(|bar| bar.count).sum();
        let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0);
        let each = if hours == 1 { "an hour" } else { "6 hours" };
        Chart {
            id: format!("{id}-{name}"),
            title: (*title).to_owned(),
            description: format!("{total} in all, at most {most} in {each}. Times are UTC."),
            unit,
            bars,
        }
    };
    part.with(Piece::Charts(SERIES.iter().map(chart).collect()))
}
