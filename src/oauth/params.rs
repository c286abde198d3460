//! Request parameters as they arrive, from a query or a form (RFC 6749 §3.1, §3.2, appendix B).
//!
//! A parameter sent empty counts as not sent; one sent twice is remembered as such, whichever copies there are.

use std::borrow::Cow;
use std::collections::HashMap;

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

/// Decoded parameters.
#[derive(Default)]
pub struct Params {
    values: HashMap<String, Vec<String>>,
}

/// A parameter is not UTF-8 once it is decoded: it could not be given back unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotUtf8;

impl Params {
    /// Parses `application/x-www-form-urlencoded` text.
    pub fn parse(encoded: &str) -> Result<Self, NotUtf8> {
        let mut params = Self::default();
        params.add(encoded)?;
        Ok(params)
    }

    /// Adds the parameters of another source: one that is in both counts as sent twice.
    pub fn add(&mut self, encoded: &str) -> Result<(), NotUtf8> {
        for pair in encoded.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            self.put(decode(name)?, decode(value)?);
        }
        Ok(())
    }

    /// From the members of a verified JSON object (RFC 9101 §4): numbers and objects as their JSON text, an array as the same parameter several
    /// times. The error is the name of a member that fits neither.
    pub fn from_members(members: &Map<String, Value>) -> Result<Self, &str> {
        let mut params = Self::default();
        for (name, value) in members {
            let values = match value {
                Value::Array(values) => values.as_slice(),
                value => std::slice::from_ref(value),
            };
            for value in values {
                let text = match value {
                    Value::String(text) => text.clone(),
                    Value::Number(_) | Value::Bool(_) | Value::Object(_) => value.to_string(),
                    Value::Null | Value::Array(_) => return Err(name),
                };
                params.put(name.clone(), text);
            }
        }
        Ok(params)
    }

    /// These, and of `others` what is not among them.
    #[must_use]
    pub fn over(mut self, others: &Self) -> Self {
        for (name, values) in &others.values {
            self.values
                .entry(name.clone())
                .or_insert_with(|| values.clone());
        }
        self
    }

    fn put(&mut self, name: String, value: String) {
        if !value.is_empty() {
            self.values.entry(name).or_default().push(value);
        }
    }

    /// The value, if it was sent exactly once.
    pub fn get(&self, name: &str) -> Option<&str> {
        match self.values.get(name).map(Vec::as_slice) {
            Some([value]) => Some(value),
            _ => None,
        }
    }

    /// The first of `names` that was sent more than once.
    pub fn repeated<'n>(&self, names: &[&'n str]) -> Option<&'n str> {
        names.iter().copied().find(|name| self.is_repeated(name))
    }

    /// Whether it was sent more than once.
    pub fn is_repeated(&self, name: &str) -> bool {
        self.values.get(name).is_some_and(|values| values.len() > 1)
    }

    /// Whether it was sent at all.
    pub fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// Every value of a parameter that may be sent several times.
    pub fn all(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }
}

/// Values may be secrets: only the names are shown.
impl std::fmt::Debug for Params {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.values.keys()).finish()
    }
}

/// One form-encoded value.
pub fn decode(value: &str) -> Result<String, NotUtf8> {
    let spaced: Cow<'_, str> = if value.contains('+') {
        value.replace('+', " ").into()
    } else {
        value.into()
    };
    percent_decode_str(&spaced)
        .decode_utf8()
        .map(Cow::into_owned)
        .map_err(|_| NotUtf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_is_absent_and_twice_is_seen() {
        let params = Params::parse("a=1&b=&c=x+y%2B&d=1&d=2&e=&e=3&=z&f").unwrap();
        assert_eq!(params.get("a"), Some("1"));
        assert_eq!(params.get("b"), None);
        assert_eq!(params.get("c"), Some("x y+"));
        assert_eq!(params.get("d"), None);
        assert_eq!(params.repeated(&["a", "d"]), Some("d"));
        assert_eq!(params.get("e"), Some("3"));
        assert!(!params.has("f"));
        assert_eq!(Params::parse("state=%FF").err(), Some(NotUtf8));
        let members = serde_json::json!({"max_age": 5, "claims": {"a": null}, "resource": ["x", "y"], "state": ""});
        let inside = Params::from_members(members.as_object().unwrap()).unwrap();
        assert_eq!(inside.get("max_age"), Some("5"));
        assert_eq!(inside.get("claims"), Some("{\"a\":null}"));
        assert_eq!(inside.all("resource"), ["x", "y"]);
        let merged = inside.over(&Params::parse("max_age=9&state=s&nonce=n").unwrap());
        assert_eq!(
            (merged.get("max_age"), merged.get("state")),
            (Some("5"), Some("s"))
        );
        for bad in [
            serde_json::json!({"a": null}),
            serde_json::json!({"a": [["b"]]}),
        ] {
            assert_eq!(
                Params::from_members(bad.as_object().unwrap()).err(),
                Some("a")
            );
        }
        let mut mixed = Params::parse("state=1").unwrap();
        mixed.add("state=2").unwrap();
        assert!(mixed.is_repeated("state"));
    }
}
