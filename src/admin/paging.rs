//! Long lists, a part at a time: by the id of the last item before, so that what is added meanwhile neither repeats nor hides anything.

use super::{Result, invalid};

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
const MAX_LIMIT: i64 = 200;

impl Paging {
    /// How many items to give, checked (S170).
    pub fn limit(&self) -> Result<i64> {
        match self.limit {
            None => Ok(DEFAULT_LIMIT),
            Some(limit) if (1..=MAX_LIMIT).contains(&limit) => Ok(limit),
            Some(_) => Err(invalid("limit", format!("it is 1 to {MAX_LIMIT}"))),
        }
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
