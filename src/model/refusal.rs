//! A request that was refused, as it is remembered for whoever has to find out why: without its secrets.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value};

use super::client::is_deceptive;
use super::id::UserId;

/// What stands in place of a value that is not kept.
pub const NOT_KEPT: &str = "(not kept)";

/// No value of a refused request is kept at more length.
pub const MAX_VALUE: usize = 2000;

/// A refused request.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Refusal {
    /// The request's id, which whoever was refused was told.
    pub id: String,
    pub at: DateTime<Utc>,
    /// As figures and log name it: `authorize`, `token`, …
    pub endpoint: String,
    /// As the request named it; not proven.
    pub client_id: Option<String>,
    /// Who was signed in in that browser, where that was asked.
    pub user_id: Option<UserId>,
    /// The HTTP status of the answer.
    pub status: u16,
    /// The error code on the wire; empty where none was sent.
    pub code: String,
    /// The rule that failed, in the server's own words.
    pub reason: String,
    /// The parameters by name: a text, several, or what may be known of one that is secret.
    pub params: Map<String, Value>,
    pub address: Option<String>,
    pub user_agent: Option<String>,
}

impl Refusal {
    /// The value of a parameter that was sent once and is kept.
    pub fn param(&self, name: &str) -> Option<&str> {
        let value = self.params.get(name)?.as_str()?;
        (value != NOT_KEPT).then_some(value)
    }

    /// Whether the request had a parameter of that name.
    pub fn has(&self, name: &str) -> bool {
        self.params.contains_key(name)
    }
}

/// Text from outside as it may be kept and shown: of bounded length, on one line, without what turns the direction of writing.
pub fn tame(text: &str, max: usize) -> String {
    let mut tame: String = text
        .chars()
        .take(max)
        .map(|c| if is_deceptive(c) { '\u{fffd}' } else { c })
        .collect();
    if text.chars().nth(max).is_some() {
        tame.push('…');
    }
    tame
}

/// A text whose addresses have lost the user names and passwords before their hosts.
pub fn without_users(value: &str) -> String {
    let words: Vec<String> = value.split(' ').map(without_user).collect();
    words.join(" ")
}

fn without_user(word: &str) -> String {
    let cut = || {
        let (scheme, rest) = word.split_once("//")?;
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        let (_, host) = rest[..end].rsplit_once('@')?;
        Some(format!("{scheme}//{NOT_KEPT}@{host}{}", &rest[end..]))
    };
    cut().unwrap_or_else(|| word.to_owned())
}

/// Whether a value has the form of one of our tokens, codes or secrets, or of a JWT: someone put it into the wrong place.
pub fn looks_secret(value: &str) -> bool {
    let is_jwt = || {
        let mut words = value.split(|c: char| !c.is_ascii_alphanumeric() && !"-_.".contains(c));
        words.any(|word| word.starts_with("eyJ") && word.contains('.'))
    };
    let is_ours = |rest: &str| {
        let kind = rest.split_once('_').map_or("", |(kind, _)| kind);
        (1..=4).contains(&kind.len()) && kind.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    value.split("placet_").skip(1).any(is_ours) || is_jwt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_tame() {
        assert_eq!(tame("a\0b\u{202e}c\n", 10), "a\u{fffd}b\u{fffd}c\u{fffd}");
        assert_eq!(tame("abcdef", 3), "abc…");
        assert_eq!(tame("abc", 3), "abc");
        for secret in [
            "placet_cs_abc",
            "https://a.example/cb?code=placet_co_abc",
            "eyJhbGciOiJFUzI1NiJ9.e30.abc",
            "x eyJhbGciOiJFUzI1NiJ9.e30",
        ] {
            assert!(looks_secret(secret), "{secret}");
        }
        for plain in [
            "placet:admin openid",
            "https://a.example/placet_callback",
            "eyJ",
            "web",
        ] {
            assert!(!looks_secret(plain), "{plain}");
        }
    }
}
