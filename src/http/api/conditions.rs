//! On what conditions a request is carried out (RFC 9110 §13): its `If-Match` and `If-None-Match` against the entity tag of what is there.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderMap, HeaderName, IF_MATCH, IF_NONE_MATCH};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;

use super::problem::Problem;
use crate::crypto;

/// The version of what has none of the tags that were sent.
const NO_VERSION: i64 = -1;
/// The version of what is not there yet.
const NOT_THERE: i64 = 0;

/// What is there now.
#[derive(Debug)]
pub(super) struct Seen {
    pub version: i64,
    /// Its strong entity tag (RFC 9110 §8.8.3), in its quotes.
    pub tag: String,
}

impl Seen {
    /// The tag has a digest beside the version: some of what is shown changes without one, such as how many people have a role, and what was
    /// removed and made anew begins again with the first. `thing` is what a GET shows, so nothing that is in one answer alone.
    pub(super) fn new(thing: &impl Serialize, version: i64) -> Result<Self, Problem> {
        let mut value = serde_json::to_value(thing).map_err(Problem::failed)?;
        // Postgres keeps the members of a key set in an order of its own.
        value.sort_all_objects();
        let json = value.to_string();
        let digest = URL_SAFE_NO_PAD.encode(&crypto::sha256(json.as_bytes())[..9]);
        Ok(Self {
            version,
            tag: format!("\"{version}-{digest}\""),
        })
    }
}

/// What is there, or is not, for a PUT, which makes it then; others are told that it is not there, whatever their conditions (RFC 9110 §13.2.1).
pub(super) fn if_there(found: Result<Seen, Problem>) -> Result<Option<Seen>, Problem> {
    match found {
        Err(problem) if problem.is_not_found() => Ok(None),
        found => found.map(Some),
    }
}

/// What is demanded.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    if_match: Option<Tags>,
    if_none_match: Option<Tags>,
}

#[derive(Debug, PartialEq, Eq)]
enum Tags {
    /// `*`: whatever there is.
    Any,
    /// As they were sent, in their quotes.
    These(Vec<String>),
}

impl Conditions {
    /// Reads both fields; several lines of one are one list (RFC 9110 §5.3).
    pub(super) fn of(headers: &HeaderMap) -> Result<Self, Problem> {
        Ok(Self {
            if_match: read(headers, &IF_MATCH)?,
            if_none_match: read(headers, &IF_NONE_MATCH)?,
        })
    }

    pub(super) const fn is_none(&self) -> bool {
        self.if_match.is_none() && self.if_none_match.is_none()
    }

    /// `If-None-Match: *`: only where there is nothing yet.
    pub(super) fn is_creation(&self) -> bool {
        self.if_none_match == Some(Tags::Any)
    }

    /// Whether what is there is to be sent; false: whoever asks has it already (RFC 9110 §13.2.2).
    pub(super) fn is_wanted(&self, seen: &Seen) -> Result<bool, Problem> {
        if !self.matches(Some(seen)) {
            return Err(Problem::precondition(
                "If-Match names another version than the one that is there",
            ));
        }
        Ok(!self.rules_out(Some(seen)))
    }

    /// The version that a change may meet; `None`: any.
    pub(super) fn expected(&self, seen: Option<&Seen>) -> Result<Option<i64>, Problem> {
        if !self.matches(seen) {
            // What would be refused otherwise too is refused for that (RFC 9110 §13.2.1): the change itself finds out.
            return match seen {
                Some(_) => Ok(Some(NO_VERSION)),
                None => Err(Problem::precondition("there is nothing to replace")),
            };
        }
        if self.rules_out(seen) {
            return Err(Problem::precondition(
                "there is what If-None-Match rules out",
            ));
        }
        Ok(match (&self.if_match, seen) {
            (Some(Tags::These(_)), Some(seen)) => Some(seen.version),
            (_, None) if self.is_creation() => Some(NOT_THERE),
            _ => None,
        })
    }

    /// 412 where a tag is demanded of what has none.
    pub(super) fn refuse_tags(&self) -> Result<(), Problem> {
        match self.if_match {
            Some(Tags::These(_)) => Err(Problem::precondition("nothing here has an ETag")),
            _ => Ok(()),
        }
    }

    /// `If-Match`, by strong comparison: a weak tag is nobody's (RFC 9110 §13.1.1).
    fn matches(&self, seen: Option<&Seen>) -> bool {
        match (&self.if_match, seen) {
            (None, _) | (Some(Tags::Any), Some(_)) => true,
            (Some(Tags::These(tags)), Some(seen)) => tags.contains(&seen.tag),
            (Some(_), None) => false,
        }
    }

    /// `If-None-Match`, by weak comparison (RFC 9110 §13.1.2).
    fn rules_out(&self, seen: Option<&Seen>) -> bool {
        let Some(seen) = seen else {
            return false;
        };
        match &self.if_none_match {
            None => false,
            Some(Tags::Any) => true,
            Some(Tags::These(tags)) => tags
                .iter()
                .any(|tag| tag.strip_prefix("W/").unwrap_or(tag) == seen.tag),
        }
    }
}

fn read(headers: &HeaderMap, name: &HeaderName) -> Result<Option<Tags>, Problem> {
    let lines: Vec<&str> = headers
        .get_all(name)
        .map(|line| line.to_str().unwrap_or("?"))
        .collect();
    if lines.is_empty() {
        return Ok(None);
    }
    let tags = parse(&lines.join(","));
    let name = if *name == IF_MATCH {
        "If-Match"
    } else {
        "If-None-Match"
    };
    let fault = || {
        let fault = "it is not a list of entity tags as ETag gives them, nor *";
        Problem::field(StatusCode::BAD_REQUEST, name, fault)
    };
    tags.map(Some).ok_or_else(fault)
}

/// `*`, or entity tags with commas between; empty elements count for nothing (RFC 9110 §5.6.1.2).
fn parse(text: &str) -> Option<Tags> {
    const BLANKS: [char; 2] = [' ', '\t'];
    if text.trim_matches(BLANKS) == "*" {
        return Some(Tags::Any);
    }
    let mut tags = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        if rest.is_empty() {
            break;
        }
        let quoted = rest.strip_prefix("W/").unwrap_or(rest);
        let (opaque, after) = quoted.strip_prefix('"')?.split_once('"')?;
        // RFC 9110 §8.8.3: etagc
        if !opaque
            .bytes()
            .all(|byte| byte == 0x21 || byte > 0x22 && byte != 0x7f)
        {
            return None;
        }
        tags.push(rest[..rest.len() - after.len()].to_owned());
        rest = after.trim_start_matches(BLANKS);
        if !rest.is_empty() && !rest.starts_with(',') {
            return None;
        }
    }
    (!tags.is_empty()).then_some(Tags::These(tags))
}

#[cfg(test)]
mod tests {
    use super::{Tags, parse};

    #[test]
    fn lists_of_tags_are_read() {
        assert_eq!(parse(" * "), Some(Tags::Any));
        for (text, tags) in [
            ("\"1\"", vec!["\"1\""]),
            ("\"1\" , W/\"2\"", vec!["\"1\"", "W/\"2\""]),
            (",, \"a,b\",\t\"\",", vec!["\"a,b\"", "\"\""]),
        ] {
            let tags = tags.into_iter().map(ToOwned::to_owned).collect();
            assert_eq!(parse(text), Some(Tags::These(tags)), "{text}");
        }
        for bad in [
            "",
            ",",
            "7",
            "\"7",
            "\"a\"b\"",
            "\"1\" \"2\"",
            "\"a b\"",
            "W/7",
            "w/\"7\"",
            "*, \"1\"",
            "\"1\", *",
            "?",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
