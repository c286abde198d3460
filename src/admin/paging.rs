//! Long lists, a part at a time: by the id of the last item before, so that what is added meanwhile neither repeats nor hides anything.

use uuid::Uuid;

use super::{Result, invalid};
use crate::model::client::is_deceptive;

/// Which part of a list.
#[derive(Debug, Clone, Default)]
pub struct Paging {
    /// The cursor that the part before gave; `None`: from the beginning.
    pub after: Option<String>,
    /// How many at most; `None`: 50.
    pub limit: Option<i64>,
}

/// A part of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Where the next part begins; `None`: this was the last.
    pub next: Option<String>,
}

const DEFAULT_LIMIT: i64 = 50;
/// No part of a list is longer.
pub const MAX_LIMIT: i64 = 200;
const MAX_SEARCH: usize = 200;

impl Paging {
    /// How many items to give, checked (S170).
    pub fn limit(&self) -> Result<i64> {
        match self.limit {
            None => Ok(DEFAULT_LIMIT),
            Some(limit) if (1..=MAX_LIMIT).contains(&limit) => Ok(limit),
            Some(_) => Err(invalid("limit", format!("it is 1 to {MAX_LIMIT}"))),
        }
    }

    /// The cursor of a list by UUID, checked; all zeros before the first item (S170).
    pub fn after_id(&self) -> Result<Uuid> {
        let Some(after) = &self.after else {
            return Ok(Uuid::nil());
        };
        // One form of many: the one that was given out.
        let id = Uuid::try_parse(after).ok();
        id.filter(|id| id.to_string() == *after)
            .ok_or_else(bad_cursor)
    }
}

/// The cursor after which a list by UUID begins with that item, if there is one.
pub(super) fn before(id: Uuid) -> Uuid {
    Uuid::from_u128(id.as_u128().saturating_sub(1))
}

/// The cursor is none that a part of this list ended with.
pub(super) fn bad_cursor() -> super::AdminError {
    invalid(
        "after",
        "it is not the cursor that the part before ended with",
    )
}

/// What was typed to search for, or nothing where that is blank.
pub(super) fn checked_search(typed: Option<String>) -> Result<Option<String>> {
    let typed = typed.filter(|typed| !typed.trim().is_empty());
    let is_good =
        |typed: &String| typed.chars().count() <= MAX_SEARCH && !typed.chars().any(is_deceptive);
    match typed {
        Some(typed) if !is_good(&typed) => Err(invalid(
            "search",
            format!("it has at most {MAX_SEARCH} characters, and no control characters"),
        )),
        typed => Ok(typed),
    }
}

impl<T> Page<T> {
    /// Of items of which one more than `limit` was asked for; `cursor` names an item.
    pub fn cut(mut items: Vec<T>, limit: i64, cursor: impl Fn(&T) -> String) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let has_more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| has_more).map(cursor);
        Self { items, next }
    }

    /// The same part of a list of something else.
    pub fn map<U>(self, make: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(make).collect(),
            next: self.next,
        }
    }
}
