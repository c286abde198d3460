//! What a search asks for beyond a word: a person, a client, a time.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::listing::Listing;
use super::pieces::{Search, SearchField};

/// A search with these fields.
pub(crate) fn search(listing: &Listing, fields: Vec<SearchField>) -> Search {
    Search {
        action: listing.href().to_owned(),
        fields,
        is_active: listing.is_filtered(),
    }
}

/// A field for a word; of an `input` type.
pub(crate) fn field(
    listing: &Listing,
    name: &'static str,
    label: &'static str,
    kind: &'static str,
) -> SearchField {
    SearchField {
        name,
        label,
        kind,
        value: listing.get(name).unwrap_or_default().to_owned(),
        options: Vec::new(),
    }
}

/// A field with values to choose from; the first, with an empty value, is all.
pub(crate) fn choice(
    listing: &Listing,
    name: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
) -> SearchField {
    let chosen = listing.get(name).unwrap_or_default();
    SearchField {
        name,
        label,
        kind: "",
        value: String::new(),
        options: options
            .into_iter()
            .map(|(value, word)| {
                let is_chosen = value == chosen;
                (value, word, is_chosen)
            })
            .collect(),
    }
}

/// The beginning of a day (UTC), or an instant as machines write it.
pub(crate) fn from(listing: &Listing) -> Result<Option<DateTime<Utc>>, &'static str> {
    let at = listing
        .get("from")
        .map(|text| instant(text, TimeDelta::zero()));
    at.map_or(Ok(None), |at| at.map(Some).ok_or("From: it is not a day."))
}

/// The end of a day (UTC), or an instant as machines write it.
pub(crate) fn to(listing: &Listing) -> Result<Option<DateTime<Utc>>, &'static str> {
    let at = listing
        .get("to")
        .map(|text| instant(text, TimeDelta::days(1)));
    at.map_or(Ok(None), |at| at.map(Some).ok_or("To: it is not a day."))
}

fn instant(text: &str, more: TimeDelta) -> Option<DateTime<Utc>> {
    if let Ok(day) = text.parse::<NaiveDate>() {
        let begin = day.and_time(NaiveTime::MIN).and_utc();
        return begin.checked_add_signed(more);
    }
    let at = DateTime::parse_from_rfc3339(text).ok()?;
    Some(at.to_utc())
}
