//! The standard claims about a person (OIDC Core §5.1): which scope each belongs to (§5.4), and what a value may be.
//!
//! `name`, `email` and `email_verified` have fields of their own in [`User`](super::user::User); what is kept beside them is here.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value};
use url::Url;

use super::client::is_deceptive;

/// The claims of one person that have no field of their own: an object, as stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserClaims {
    pub values: Map<String, Value>,
    /// When anything about the person was last changed (`updated_at`).
    pub updated_at: DateTime<Utc>,
}

/// One change: the claim's name, or `address.` and a member's, and the value; `None` takes it away.
pub type ClaimChange = (&'static str, Option<Value>);

/// What is wrong with one claim.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {fault}")]
pub struct ClaimError {
    pub name: &'static str,
    pub fault: String,
}

/// What a value may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Not kept here: from another field of the person.
    Elsewhere(&'static str),
    Text,
    /// Text that may have several lines (§5.1.1).
    Lines,
    Birthdate,
    Zone,
    Locale,
    Link,
    Phone,
    Flag,
    /// Given member by member.
    Members,
}

const MAX_TEXT: usize = 200;
const MAX_LINES: usize = 500;
const MAX_LINK: usize = 2000;

/// Each claim with its scope. `roles` are ours: who a person is, as in access tokens.
const CLAIMS: [(&str, &str, Kind); 21] = [
    ("name", "profile", Kind::Elsewhere("give it with --name")),
    ("given_name", "profile", Kind::Text),
    ("family_name", "profile", Kind::Text),
    ("middle_name", "profile", Kind::Text),
    ("nickname", "profile", Kind::Text),
    ("preferred_username", "profile", Kind::Text),
    ("profile", "profile", Kind::Link),
    ("picture", "profile", Kind::Link),
    ("website", "profile", Kind::Link),
    ("gender", "profile", Kind::Text),
    ("birthdate", "profile", Kind::Birthdate),
    ("zoneinfo", "profile", Kind::Zone),
    ("locale", "profile", Kind::Locale),
    (
        "updated_at",
        "profile",
        Kind::Elsewhere("it is the time of the last change"),
    ),
    ("roles", "profile", Kind::Elsewhere("give them with --role")),
    ("email", "email", Kind::Elsewhere("give it with --email")),
    (
        "email_verified",
        "email",
        Kind::Elsewhere("give it with --email-verified"),
    ),
    ("address", "address", Kind::Members),
    ("phone_number", "phone", Kind::Phone),
    ("phone_number_verified", "phone", Kind::Flag),
    (
        "sub",
        "openid",
        Kind::Elsewhere("it is the person's id, and never changes"),
    ),
];

/// The members of `address` (§5.1.1).
const ADDRESS: [(&str, Kind); 6] = [
    ("address.formatted", Kind::Lines),
    ("address.street_address", Kind::Lines),
    ("address.locality", Kind::Text),
    ("address.region", Kind::Text),
    ("address.postal_code", Kind::Text),
    ("address.country", Kind::Text),
];

/// The names of the claims that speak of a person, but for `sub`, each with the scope that brings it.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    let claims = CLAIMS.iter().map(|(name, scope, _)| (*name, *scope));
    claims.filter(|(name, _)| *name != "sub")
}

/// The scope that brings a claim; `None` for one that we do not have.
pub fn scope_of(name: &str) -> Option<&'static str> {
    all()
        .find(|(known, _)| *known == name)
        .map(|(_, scope)| scope)
}

/// Checks what somebody typed for a claim; an empty text takes it away.
pub fn check(name: &str, text: &str) -> Result<ClaimChange, ClaimError> {
    let own = CLAIMS.iter().map(|(name, _, kind)| (*name, *kind));
    let known = own
        .chain(ADDRESS)
        .find(|(known, _)| *known == name)
        .ok_or_else(|| unknown(name))?;
    let (name, kind) = known;
    let fault = |fault: &str| ClaimError {
        name,
        fault: fault.to_owned(),
    };
    if let Kind::Elsewhere(mend) = kind {
        return Err(fault(mend));
    }
    if text.is_empty() {
        return Ok((name, None));
    }
    let value = read(kind, text).map_err(fault)?;
    Ok((name, Some(value)))
}

fn unknown(name: &str) -> ClaimError {
    let own = CLAIMS
        .iter()
        .filter(|(_, _, kind)| !matches!(kind, Kind::Elsewhere(_)) && *kind != Kind::Members);
    let names: Vec<&str> = own
        .map(|(name, _, _)| *name)
        .chain(ADDRESS.iter().map(|(name, _)| *name))
        .collect();
    ClaimError {
        name: "claim",
        fault: format!("{name:?} is not one of {}", names.join(", ")),
    }
}

fn read(kind: Kind, text: &str) -> Result<Value, &'static str> {
    let is_good = match kind {
        Kind::Elsewhere(_) => false,
        Kind::Members => {
            return Err("give its members one by one, such as address.locality=London");
        }
        Kind::Flag => {
            let flag = text.parse().map_err(|_| "it is true or false")?;
            return Ok(Value::Bool(flag));
        }
        Kind::Text => is_text(text, MAX_TEXT),
        Kind::Lines => {
            text.chars().count() <= MAX_LINES
                && text.lines().all(|line| !line.chars().any(is_deceptive))
        }
        Kind::Birthdate => is_birthdate(text),
        Kind::Zone => is_name(text, 64, "_+-/"),
        Kind::Locale => text.len() >= 2 && is_name(text, 35, "-_"),
        Kind::Link => is_link(text),
        Kind::Phone => is_phone(text),
    };
    if is_good {
        Ok(Value::String(text.to_owned()))
    } else {
        Err(rule(kind))
    }
}

const fn rule(kind: Kind) -> &'static str {
    match kind {
        Kind::Elsewhere(mend) => mend,
        Kind::Lines => "it has at most 500 characters, and no control characters but line feeds",
        Kind::Birthdate => {
            "it is written YYYY-MM-DD, 0000-MM-DD where the year is not told, or YYYY"
        }
        Kind::Zone => "it is the name of a time zone, such as Europe/London",
        Kind::Locale => "it is a language tag, such as en-GB",
        Kind::Link => "it is an http or https address of at most 2000 characters",
        Kind::Phone => {
            "it is a number with its country code, such as +44 20 7946 0000 or +44 20 7946 0000;ext=12"
        }
        Kind::Text | Kind::Flag | Kind::Members => {
            "it has 1 to 200 characters, none of them a control character or one that turns the direction of writing"
        }
    }
}

fn is_text(text: &str, max: usize) -> bool {
    !text.trim().is_empty() && text.chars().count() <= max && !text.chars().any(is_deceptive)
}

fn is_name(text: &str, max: usize, others: &str) -> bool {
    let is_legal = |c: char| c.is_ascii_alphanumeric() || others.contains(c);
    text.len() <= max
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(is_legal)
}

/// ISO 8601-1, without the year where it is `0000` (§5.1): the 29th of February is a birthday too.
fn is_birthdate(text: &str) -> bool {
    let is_digits = |part: &str, len| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
    if is_digits(text, 4) {
        return text != "0000";
    }
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    if !is_digits(year, 4) || !is_digits(month, 2) || !is_digits(day, 2) {
        return false;
    }
    let year = match year.parse() {
        Ok(0) | Err(_) => 2000,
        Ok(year) => year,
    };
    let number = |part: &str| part.parse().unwrap_or(0);
    NaiveDate::from_ymd_opt(year, number(month), number(day)).is_some()
}

fn is_link(text: &str) -> bool {
    let is_web = Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    text.len() <= MAX_LINK && is_web && !text.chars().any(|c| c.is_whitespace() || is_deceptive(c))
}

/// E.164, with the marks that people write between the digits, and an extension as in RFC 3966 (§5.1).
fn is_phone(text: &str) -> bool {
    let (number, extension) = text.split_once(";ext=").unwrap_or((text, "0"));
    let Some(number) = number.strip_prefix('+') else {
        return false;
    };
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    (5..=15).contains(&digits)
        && number.len() <= 30
        && number.starts_with(|c: char| c.is_ascii_digit())
        && number
            .chars()
            .all(|c| c.is_ascii_digit() || " -.()".contains(c))
        && (1..=10).contains(&extension.len())
        && extension.bytes().all(|b| b.is_ascii_digit())
}

/// Applies changes to what is stored. A new phone number is not verified, and without one nothing is.
pub fn apply(stored: &mut Map<String, Value>, changes: &[ClaimChange]) {
    if changes.iter().any(|(name, _)| *name == "phone_number") {
        stored.remove("phone_number_verified");
    }
    for (name, value) in changes {
        let (name, member) = name
            .split_once('.')
            .map_or((*name, None), |(name, member)| (name, Some(member)));
        match (member, value) {
            (None, None) => {
                stored.remove(name);
            }
            (None, Some(value)) => {
                stored.insert(name.to_owned(), value.clone());
            }
            (Some(member), value) => set_member(stored, name, member, value.as_ref()),
        }
    }
    if !stored.contains_key("phone_number") {
        stored.remove("phone_number_verified");
    }
}

fn set_member(stored: &mut Map<String, Value>, name: &str, member: &str, value: Option<&Value>) {
    let object = stored
        .entry(name)
        .or_insert_with(|| Value::Object(Map::new()));
    let Value::Object(members) = object else {
        return;
    };
    match value {
        Some(value) => {
            members.insert(member.to_owned(), value.clone());
        }
        None => {
            members.remove(member);
        }
    }
    if members.is_empty() {
        stored.remove(name);
    }
}

#[cfg(test)]
#[path = "claims_tests.rs"]
mod tests;
