//! Refused requests as they were remembered: listed, or one by its id. What they mean, `explain` says.

use chrono::{DateTime, Utc};

use super::audit::in_reach;
use super::{Page, Paging, Result, invalid, not_found};
use crate::app::App;
use crate::model::refusal::Refusal;
use crate::storage::RefusalQuery;

/// No id of a request is longer.
const MAX_ID: usize = 64;
/// After every id (RFC 4648 §5 has no such character).
const AFTER_ALL: &str = "~";

/// Which refused requests.
#[derive(Debug, Clone, Default)]
pub struct RefusalFilter {
    /// As the requests named it, known or not.
    pub client: Option<String>,
    pub from: Option<DateTime<Utc>>,
    pub to: Option<DateTime<Utc>>,
}

/// Reasons that tell of no fault: somebody said no or turned back, or opened a link or a page a second time.
const HARMLESS: [&str; 8] = [
    "the person did not allow it",
    "the person cancelled the sign-in",
    "the person cancelled the choice of account",
    "this request was answered before",
    "there is an administrator",
    "the state is of no attempt of this browser",
    "the state was used before",
    "the session that asked for the link is not here",
];
/// As `endpoint` names the way through a provider elsewhere.
const ELSEWHERE: &str = "login_upstream";

/// Whether it went on the way through a provider elsewhere.
pub fn is_elsewhere(refusal: &Refusal) -> bool {
    refusal.endpoint == ELSEWHERE
}

/// Whether somebody should look at it: nothing is at fault where a person decides otherwise, or is told that an account elsewhere leads to none
/// here.
pub fn is_trouble(refusal: &Refusal) -> bool {
    let is_answer = is_elsewhere(refusal) && refusal.status < 400;
    !is_answer && !HARMLESS.contains(&refusal.reason.as_str())
}

/// A part of the list, newest first.
pub async fn find(app: &App, filter: &RefusalFilter, paging: &Paging) -> Result<Page<Refusal>> {
    // Postgres takes no NUL in a text.
    if filter.client.as_deref().is_some_and(|id| id.contains('\0')) {
        return Err(invalid("client", "it has control characters"));
    }
    app.flush_refusals().await?;
    let limit = paging.limit()?;
    let before = match paging.after.as_deref() {
        None => (DateTime::<Utc>::MAX_UTC, AFTER_ALL),
        Some(cursor) => parse(cursor).ok_or_else(|| {
            invalid(
                "after",
                "it is no cursor of this list; leave it out to begin anew",
            )
        })?,
    };
    let query = RefusalQuery {
        client_id: filter.client.as_deref(),
        from: in_reach("from", filter.from)?.unwrap_or(DateTime::UNIX_EPOCH),
        to: in_reach("to", filter.to)?.unwrap_or(END_OF_TIME),
        before: (before.0.min(END_OF_TIME), before.1),
        limit: limit + 1,
    };
    let items = app.store.list_refusals(&query).await?;
    Ok(Page::cut(items, limit, |last| {
        format!("{}.{}", last.at.timestamp_micros(), last.id)
    }))
}

/// Postgres knows no later one than it can write down, and SQLite compares them as text: four digits of the year.
const END_OF_TIME: DateTime<Utc> = match DateTime::from_timestamp(253_402_300_799, 0) {
    Some(end) => end,
    None => DateTime::<Utc>::MAX_UTC,
};

fn parse(cursor: &str) -> Option<(DateTime<Utc>, &str)> {
    let (micros, id) = cursor.split_once('.')?;
    let at = DateTime::from_timestamp_micros(micros.parse().ok()?)?;
    is_id(id).then_some((at, id))
}

fn is_id(id: &str) -> bool {
    let is_base64url = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    !id.is_empty() && id.len() <= MAX_ID && id.bytes().all(is_base64url)
}

/// The refused request of that id, as its answer told it.
pub async fn show(app: &App, id: &str) -> Result<Refusal> {
    let id = id.trim();
    if !is_id(id) {
        return Err(not_found("refused request", id));
    }
    app.flush_refusals().await?;
    let found = app.store.find_refusal(id).await?;
    found.ok_or_else(|| not_found("refused request", id))
}

#[cfg(test)]
mod tests {
    use super::HARMLESS;
    use crate::admin::explain::rules;

    #[test]
    fn what_is_harmless_is_a_reason() {
        for reason in HARMLESS {
            assert!(rules::all().any(|rule| rule.reason == reason), "{reason}");
        }
    }
}
