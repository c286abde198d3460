//! The key of the audit log's chain: each row's hash is over the row and the hash of the one before, so that nobody without the
//! key can change, remove, insert or move a row without a trace.

use aws_lc_rs::hmac;
use serde_json::{Number, Value};

use super::{Authenticator, equal};
use crate::model::event::StoredEvent;

/// HMAC-SHA256 under a key that lies in the database only sealed.
#[derive(Debug)]
pub struct ChainKey(Authenticator);

/// The two ends of a chain, each kept with a code of its own: whoever can only write to the database can make neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The last row that was swept: the first that is left follows it.
    Front,
    /// The last row.
    Back,
}

const HASH: usize = 32;

impl ChainKey {
    /// With the installation's key; `None` unless it has 32 bytes.
    pub fn new(key: &[u8]) -> Option<Self> {
        (key.len() == 32).then(|| Self(Authenticator(hmac::Key::new(hmac::HMAC_SHA256, key))))
    }

    /// The hash of the row that stands at `seq`, behind one with the hash `previous`.
    pub fn hash(&self, previous: &[u8], seq: i64, row: &StoredEvent) -> [u8; HASH] {
        let mut detail = String::new();
        write_canonical(&row.detail, &mut detail);
        let user_id = row.user_id.map(|id| id.0);
        self.0.sign(&[
            b"row",
            previous,
            &seq.to_be_bytes(),
            row.id.as_bytes(),
            &row.at.timestamp_micros().to_be_bytes(),
            row.kind.as_bytes(),
            row.actor.as_bytes(),
            &optional(user_id.as_ref().map(|id| id.as_bytes().as_slice())),
            &optional(row.client_id.as_deref().map(str::as_bytes)),
            &optional(row.address.as_deref().map(str::as_bytes)),
            &optional(row.request_id.as_deref().map(str::as_bytes)),
            detail.as_bytes(),
        ])
    }

    /// An end of the chain as it is kept: the hash of the row there, and what proves it.
    pub fn seal_end(&self, end: End, seq: i64, hash: &[u8; HASH]) -> Vec<u8> {
        [hash.as_slice(), &self.prove(end, seq, hash)].concat()
    }

    /// The hash of the row at that end; `None` where the end was not made with this key for this place.
    pub fn open_end(&self, end: End, seq: i64, kept: &[u8]) -> Option<[u8; HASH]> {
        let (hash, proof) = kept.split_first_chunk::<HASH>()?;
        equal(&self.prove(end, seq, hash), proof).then_some(*hash)
    }

    fn prove(&self, end: End, seq: i64, hash: &[u8]) -> [u8; HASH] {
        let name: &[u8] = match end {
            End::Front => b"front",
            End::Back => b"back",
        };
        self.0.sign(&[name, &seq.to_be_bytes(), hash])
    }
}

/// Nothing and an empty text differ.
fn optional(bytes: Option<&[u8]>) -> Vec<u8> {
    bytes.map_or_else(Vec::new, |bytes| [b"=".as_slice(), bytes].concat())
}

/// JSON with its keys sorted and its numbers in one form: Postgres keeps neither the order of the one nor the spelling of the other.
fn write_canonical(value: &Value, out: &mut String) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_canonical(item, out);
            }
            out.push(']');
        }
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_unstable_by_key(|(name, _)| *name);
            out.push('{');
            for (index, (name, value)) in fields.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(name.as_str()).to_string());
                out.push(':');
                write_canonical(value, out);
            }
            out.push('}');
        }
        Value::Number(number) => out.push_str(&canonical_number(number)),
        Value::Null | Value::Bool(_) | Value::String(_) => out.push_str(&value.to_string()),
    }
}

fn canonical_number(number: &Number) -> String {
    /// From here on not every whole number is one that a double can hold.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match number.as_f64() {
        Some(value) if number.is_f64() && value.fract() == 0.0 && value.abs() < EXACT => {
            // Adding zero makes -0 one with 0.
            format!("{:.0}", value + 0.0)
        }
        Some(value) if number.is_f64() => format!("{value:e}"),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::model::id::UserId;

    fn key() -> ChainKey {
        ChainKey::new(&[3; 32]).unwrap()
    }

    fn row() -> StoredEvent {
        StoredEvent {
            id: Uuid::nil(),
            at: DateTime::<Utc>::UNIX_EPOCH,
            kind: "user_added".to_owned(),
            actor: "server".to_owned(),
            user_id: None,
            client_id: None,
            address: None,
            request_id: None,
            detail: json!({ "b": [1, "x"], "a": null }),
            seq: None,
            hash: None,
        }
    }

    /// A change of the row, by its name.
    type Change = (&'static str, fn(&mut StoredEvent));

    #[test]
    fn every_field_the_place_and_the_row_before_count() {
        let hash = key().hash(&[1; 32], 7, &row());
        assert_eq!(hash, key().hash(&[1; 32], 7, &row()));
        assert_ne!(hash, key().hash(&[2; 32], 7, &row()));
        assert_ne!(hash, key().hash(&[1; 32], 8, &row()));
        let other = ChainKey::new(&[4; 32]).unwrap();
        assert_ne!(hash, other.hash(&[1; 32], 7, &row()));
        let changes: [Change; 10] = [
            ("id", |row| row.id = Uuid::max()),
            ("at", |row| row.at += chrono::TimeDelta::microseconds(1)),
            ("kind", |row| row.kind.push('x')),
            ("actor", |row| row.actor.push('x')),
            ("user_id", |row| row.user_id = Some(UserId(Uuid::nil()))),
            ("client_id", |row| row.client_id = Some(String::new())),
            ("address", |row| row.address = Some(String::new())),
            ("request_id", |row| row.request_id = Some(String::new())),
            ("detail", |row| row.detail["a"] = json!(0)),
            ("both", |row| {
                (row.kind, row.actor) = ("user_addeds".to_owned(), "erver".to_owned());
            }),
        ];
        for (name, change) in changes {
            let mut other = row();
            change(&mut other);
            assert_ne!(hash, key().hash(&[1; 32], 7, &other), "{name}");
        }
    }

    #[test]
    fn one_value_has_one_form_however_a_database_spells_it() {
        let forms = [
            (
                r#"{"b":1,"a":{"d":2,"c":3}}"#,
                r#"{"a":{"c":3,"d":2},"b":1}"#,
            ),
            ("[1.0, 1e3, -0.0, 1.50, 1e300]", "[1,1000,0,1.5e0,1e300]"),
            ("[18446744073709551615, -5]", "[18446744073709551615,-5]"),
            (
                r#"["\u00e4\n\"", true, null, {}, []]"#,
                "[\"\u{e4}\\n\\\"\",true,null,{},[]]",
            ),
        ];
        for (text, expected) in forms {
            let mut out = String::new();
            write_canonical(&serde_json::from_str(text).unwrap(), &mut out);
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn an_end_is_good_for_its_place_alone() {
        let kept = key().seal_end(End::Back, 5, &[9; 32]);
        assert_eq!(key().open_end(End::Back, 5, &kept), Some([9; 32]));
        assert_eq!(key().open_end(End::Back, 4, &kept), None);
        assert_eq!(key().open_end(End::Front, 5, &kept), None);
        // A row's own hash does not make an end of it.
        assert_eq!(key().open_end(End::Back, 5, &kept[..32]), None);
        assert_eq!(key().open_end(End::Back, 5, b"short"), None);
        assert!(ChainKey::new(&[1; 31]).is_none());
    }
}
