//! What a client says of itself in other languages (RFC 7591 §2.2): `client_name#de` beside `client_name`.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::{ClientMetadata, MetadataError};
use crate::model::localized::{best, is_tag, replace};

/// The fields that people read, and that may be there in several languages.
pub const LOCALIZED: [&str; 5] = [
    "client_name",
    "client_uri",
    "logo_uri",
    "policy_uri",
    "tos_uri",
];
/// Five fields in more languages than a page has.
const MAX: usize = 200;

/// Fields in other languages, by `field#tag`. Beside the other metadata in JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct LocalizedMetadata(BTreeMap<String, String>);

/// The field and the tag of a member's name, if it is one of these.
pub fn localized_field(member: &str) -> Option<(&'static str, &str)> {
    let (name, tag) = member.split_once('#')?;
    let field = LOCALIZED.into_iter().find(|field| *field == name)?;
    Some((field, tag))
}

impl LocalizedMetadata {
    /// Gives a field in a language, or takes it away by an empty text.
    pub fn put(&mut self, member: &str, text: &str) -> Result<(), MetadataError> {
        let Some((field, tag)) = localized_field(member) else {
            return Err(MetadataError::new(
                "client_name",
                format!(
                    "{member:?} is not one of {} with # and a language, such as client_name#de",
                    LOCALIZED.join(", ")
                ),
            ));
        };
        // A tag is the same in every case (RFC 5646 §2.1.1).
        let is_there = |other: &String| other.eq_ignore_ascii_case(member);
        if text.is_empty() {
            self.0.retain(|other, _| !is_there(other));
            return Ok(());
        }
        if !is_tag(tag) {
            return Err(MetadataError::new(
                field,
                format!("{tag:?} is not a language tag such as de or pt-BR"),
            ));
        }
        if self.0.len() >= MAX && !self.0.keys().any(is_there) {
            return Err(MetadataError::new(
                field,
                "it is there in too many languages",
            ));
        }
        replace(&mut self.0, member.to_owned(), text.to_owned());
        Ok(())
    }

    /// Each field with its tag and its text.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str, &str)> {
        self.0.iter().filter_map(|(member, text)| {
            let (field, tag) = localized_field(member)?;
            Some((field, tag, text.as_str()))
        })
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn get(&self, field: &str, tag: &str) -> Option<&str> {
        // Nearly no client has any.
        if self.is_empty() {
            return None;
        }
        let tags = self.iter().filter(|(name, _, _)| *name == field);
        let found = best(tags.map(|(_, tag, _)| tag), tag)?;
        self.0.get(&format!("{field}#{found}")).map(String::as_str)
    }
}

/// Every other member that is left over is none of these.
impl<'de> Deserialize<'de> for LocalizedMetadata {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let members = BTreeMap::<String, Value>::deserialize(deserializer)?;
        let texts = members.into_iter().filter_map(|(member, value)| {
            localized_field(&member)?;
            Some((member, value.as_str()?.to_owned()))
        });
        Ok(Self(texts.collect()))
    }
}

impl ClientMetadata {
    /// What it is called on a page in that language.
    pub fn name_in(&self, tag: &str) -> &str {
        let own = self.localized.get("client_name", tag);
        own.unwrap_or(&self.client_name)
    }

    /// Its home page.
    pub fn client_uri_in(&self, tag: &str) -> Option<&str> {
        let own = self.localized.get("client_uri", tag);
        own.or(self.client_uri.as_deref())
    }

    /// Its picture.
    pub fn logo_uri_in(&self, tag: &str) -> Option<&str> {
        let own = self.localized.get("logo_uri", tag);
        own.or(self.logo_uri.as_deref())
    }

    /// Its privacy policy.
    pub fn policy_uri_in(&self, tag: &str) -> Option<&str> {
        let own = self.localized.get("policy_uri", tag);
        own.or(self.policy_uri.as_deref())
    }

    /// Its terms of service.
    pub fn tos_uri_in(&self, tag: &str) -> Option<&str> {
        let own = self.localized.get("tos_uri", tag);
        own.or(self.tos_uri.as_deref())
    }
}
