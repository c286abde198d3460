//! Request parameters as they arrive, from a query or a form (RFC 6749 §3.1, §3.2, appendix B).
//!
//! A parameter sent empty counts as not sent; one sent twice is remembered as such, whichever copies there are.

use std::borrow::Cow;
use std::collections::HashMap;

use percent_encoding::percent_decode_str;

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
            let (name, value) = (decode(name)?, decode(value)?);
            if !value.is_empty() {
                self.values.entry(name).or_default().push(value);
            }
        }
        Ok(())
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
        let mut mixed = Params::parse("state=1").unwrap();
        mixed.add("state=2").unwrap();
        assert!(mixed.is_repeated("state"));
    }
}
