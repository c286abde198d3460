//! The members of a registration request, one by one, so that a wrong one is called by its name. `null` is as good as left out
//! (RFC 7592 §2.2).

use serde_json::{Map, Value};

use crate::model::refusal::without_users;
use crate::oauth::error::{Error, invalid_client_metadata, invalid_redirect_uri};

/// No list of the metadata needs more.
const MAX_ITEMS: usize = 50;
/// As much of a wrong value is said again.
const MAX_SHOWN: usize = 200;

/// The request.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a>(pub(super) &'a Map<String, Value>);

impl<'a> Fields<'a> {
    pub(super) fn get(self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    pub(super) fn has(self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub(super) fn text(self, name: &str) -> Result<Option<&'a str>, Error> {
        let text = |value: &'a Value| value.as_str().ok_or_else(|| fault(name, "it must be text"));
        self.get(name).map(text).transpose()
    }

    pub(super) fn owned(self, name: &str) -> Result<Option<String>, Error> {
        Ok(self.text(name)?.map(ToOwned::to_owned))
    }

    pub(super) fn flag(self, name: &str) -> Result<bool, Error> {
        let flag = |value: &Value| {
            value
                .as_bool()
                .ok_or_else(|| fault(name, "it must be true or false"))
        };
        self.get(name).map_or(Ok(false), flag)
    }

    pub(super) fn seconds(self, name: &str) -> Result<Option<u32>, Error> {
        let seconds = |value: &Value| {
            let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
            number.ok_or_else(|| fault(name, "it must be a whole number of seconds"))
        };
        self.get(name).map(seconds).transpose()
    }

    pub(super) fn list(self, name: &str) -> Result<Option<Vec<&'a str>>, Error> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        let items = value
            .as_array()
            .and_then(|items| items.iter().map(Value::as_str).collect::<Option<Vec<_>>>())
            .ok_or_else(|| fault(name, "it must be a list of texts"))?;
        if items.len() > MAX_ITEMS {
            return Err(fault(name, &format!("it has at most {MAX_ITEMS} items")));
        }
        Ok(Some(items))
    }

    /// Each item read by `read`.
    pub(super) fn parsed<T, E: ToString>(
        self,
        name: &str,
        read: impl Fn(&str) -> Result<T, E>,
    ) -> Result<Vec<T>, Error> {
        let items = self.list(name)?.unwrap_or_default().into_iter();
        items
            .map(|item| {
                let failed =
                    |error: E| fault(name, &format!("{}: {}", shown(item), error.to_string()));
                read(item).map_err(failed)
            })
            .collect()
    }
}

/// What is wrong with a member, by the code that RFC 7591 §3.2.2 has for it.
pub(super) fn fault(name: &str, text: &str) -> Error {
    let reason = format!("{name}: {text}");
    if name == "redirect_uris" {
        invalid_redirect_uri(reason)
    } else {
        invalid_client_metadata(reason)
    }
}

/// A value of the request, as it may be said again, also in the log.
pub(super) fn shown(value: &str) -> String {
    let value = without_users(value);
    let mut text: String = value.chars().take(MAX_SHOWN).collect();
    if text.len() < value.len() {
        text.push_str("...");
    }
    text
}
