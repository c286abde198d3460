//! Reads any JSON and keeps none of it: fails where an object has a member twice (RFC 8259 §4 leaves open which one counts).

use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// Proof that no member came twice, at any depth.
#[derive(Debug)]
pub struct Unique;

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Walk)
    }
}

/// The object that the text is, with each member once; nested at most as deep as serde_json goes (128). `None` for anything else.
pub fn object(text: &[u8]) -> Option<Map<String, Value>> {
    serde_json::from_slice::<Unique>(text).ok()?;
    serde_json::from_slice(text).ok()
}

struct Walk;

impl<'de> Visitor<'de> for Walk {
    type Value = Unique;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON without a member twice")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Unique, A::Error> {
        let mut seen = HashSet::new();
        while let Some(name) = map.next_key::<String>()? {
            if !seen.insert(name) {
                return Err(A::Error::custom("a member comes twice"));
            }
            map.next_value::<Unique>()?;
        }
        Ok(Unique)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Unique, A::Error> {
        while seq.next_element::<Unique>()?.is_some() {}
        Ok(Unique)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_str<E>(self, _: &str) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_unit<E>(self) -> Result<Unique, E> {
        Ok(Unique)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // S106
    #[test]
    fn a_member_that_comes_twice_is_found_early_and_late_and_under_an_escape() {
        let is_unique = |text: &str| serde_json::from_str::<Unique>(text).is_ok();
        let many = |last: &str| {
            let members: Vec<String> = (0..40).map(|n| format!("\"m{n}\":0")).collect();
            format!("{{{},\"{last}\":{{}}}}", members.join(","))
        };
        assert!(is_unique(&many("other")));
        for twice in ["m0", "m15", "m16", "m39", "\\u006d39", "\\u006d1"] {
            assert!(!is_unique(&many(twice)), "{twice}");
        }
        assert!(is_unique(r#"{"a":{"b":1},"b":[{"a":1},{"a":2}]}"#));
        assert!(!is_unique(r#"{"a":[{"b":1,"\u0062":2}]}"#));
    }
}
