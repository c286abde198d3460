//! Names and descriptions in other languages, as administrators give them.

use std::collections::BTreeMap;

use super::{Result, invalid};
use crate::model::client::LocalizedMetadata;
use crate::model::localized::Localized;

/// Fields of a client in other languages, by `field#tag` (RFC 7591 §2.2); an empty text takes one away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LocalizedFields {
    pub texts: BTreeMap<String, String>,
    /// These take the place of all that there are; else the others stay.
    pub are_all: bool,
}

impl LocalizedFields {
    /// `client_name#de=Fotodrucker`, each by itself.
    pub fn parse(given: &[String]) -> Result<Self> {
        let mut texts = BTreeMap::new();
        for item in given.iter().filter(|item| !item.is_empty()) {
            let (key, text) = item.split_once('=').ok_or_else(|| {
                let fault = format!("{item:?} is not such as client_name#de=Fotodrucker");
                invalid("client_name", fault)
            })?;
            texts.insert(key.trim().to_owned(), text.trim().to_owned());
        }
        Ok(Self {
            texts,
            are_all: false,
        })
    }
}

impl LocalizedFields {
    /// Puts them where they belong.
    pub(super) fn apply(&self, kept: &mut LocalizedMetadata) -> Result<()> {
        if self.are_all {
            *kept = LocalizedMetadata::default();
        }
        for (member, text) in &self.texts {
            kept.put(member, text)?;
        }
        Ok(())
    }

    /// All that there are to be, one on each line; a line that is none of them is refused by its words.
    pub fn all_of(lines: &[String]) -> Self {
        let text = |line: &String| match line.split_once('=') {
            Some((member, text)) => (member.trim().to_owned(), text.trim().to_owned()),
            None => (line.clone(), String::new()),
        };
        Self {
            texts: lines.iter().map(text).collect(),
            are_all: true,
        }
    }
}

/// `de=Fotodrucker`, each by itself.
pub fn parse(field: &'static str, given: &[String]) -> Result<Localized> {
    let items = given.iter().filter(|item| !item.trim().is_empty());
    items
        .map(|item| {
            let (tag, text) = item.split_once('=').ok_or_else(|| {
                invalid(
                    field,
                    format!("{item:?} is not LANGUAGE=TEXT, such as de=Fotos"),
                )
            })?;
            Ok((tag.trim(), text.trim()))
        })
        .collect()
}

/// The same, one on each line.
pub fn lines(texts: &Localized) -> String {
    let lines = texts.iter().map(|(tag, text)| format!("{tag}={text}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// What is given, without blanks around it, if it may stand on a page.
pub(super) fn check(field: &'static str, given: &Localized, max: usize) -> Result<Localized> {
    let texts = given.trimmed();
    match texts.fault(max) {
        Some(fault) => Err(invalid(field, fault)),
        None => Ok(texts),
    }
}
