//! Texts in several languages, by language tag (BCP 47).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::client::is_deceptive;

/// More languages are spoken by nobody who reads one page.
const MAX_LANGUAGES: usize = 100;
const MAX_TAG: usize = 35;

/// One text, in the languages that it is there in beside the one without a tag.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Localized(BTreeMap<String, String>);

impl Localized {
    /// The text for a page in that language.
    pub fn in_language(&self, tag: &str) -> Option<&str> {
        let tags = self.0.keys().map(String::as_str);
        let found = best(tags, tag)?;
        self.0.get(found).map(String::as_str)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each with its tag.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(tag, text)| (tag.as_str(), text.as_str()))
    }

    /// With these in their places, and without those that are `None`.
    #[must_use]
    pub fn patched(&self, patch: &BTreeMap<String, Option<String>>) -> Self {
        let kept = self.iter().filter(|(tag, _)| !patch.contains_key(*tag));
        let new = patch.iter();
        let new = new.filter_map(|(tag, text)| Some((tag.as_str(), text.as_deref()?)));
        kept.chain(new).collect()
    }

    /// Without blanks at the ends, and without those that say nothing.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        let texts = self.iter().map(|(tag, text)| (tag, text.trim()));
        texts.filter(|(_, text)| !text.is_empty()).collect()
    }

    /// What is wrong with them, if anything is: a tag that is none, too many, or a text that is too long or more than one line.
    pub fn fault(&self, max: usize) -> Option<String> {
        if self.0.len() > MAX_LANGUAGES {
            return Some(format!("it is there in at most {MAX_LANGUAGES} languages"));
        }
        self.iter().find_map(|(tag, text)| {
            if !is_tag(tag) {
                return Some(format!("{tag:?} is not a language tag such as de or pt-BR"));
            }
            let is_bad = text.chars().count() > max || text.chars().any(is_deceptive);
            is_bad.then(|| format!("{tag}: it has at most {max} characters on one line"))
        })
    }
}

impl<T: Into<String>, S: Into<String>> FromIterator<(T, S)> for Localized {
    fn from_iter<I: IntoIterator<Item = (T, S)>>(texts: I) -> Self {
        let texts = texts.into_iter();
        Self(texts.map(|(tag, text)| (tag.into(), text.into())).collect())
    }
}

/// Whether it could be a language tag (RFC 5646 §2.1): what stands in it is not looked up.
pub fn is_tag(tag: &str) -> bool {
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
    };
    let primary = tag.split('-').next().unwrap_or_default();
    tag.len() <= MAX_TAG
        && (2..=8).contains(&primary.len())
        && primary.chars().all(|c| c.is_ascii_alphabetic())
        && tag.split('-').all(is_part)
}

/// The tag that suits a page in the language `wanted` best: itself, else what it is a part of (RFC 4647 §3.4), else the same language as it
/// is spoken elsewhere, which is better understood than another.
pub fn best<'a>(tags: impl Iterator<Item = &'a str>, wanted: &str) -> Option<&'a str> {
    let primary = |tag: &str| {
        let part = tag.split(['-', '_']).next().unwrap_or_default();
        part.to_ascii_lowercase()
    };
    let rank = |tag: &str| {
        if tag.eq_ignore_ascii_case(wanted) {
            0
        } else if tag.eq_ignore_ascii_case(&primary(wanted)) {
            1
        } else {
            2
        }
    };
    tags.filter(|tag| primary(tag) == primary(wanted))
        .min_by_key(|tag| rank(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_that_suits_best() {
        let texts: Localized = [
            ("de-AT", "Drucka"),
            ("de", "Drucker"),
            ("pt-BR", "Impressora"),
        ]
        .into_iter()
        .collect();
        assert_eq!(texts.in_language("de"), Some("Drucker"));
        assert_eq!(texts.in_language("DE-at"), Some("Drucka"));
        assert_eq!(texts.in_language("de-CH"), Some("Drucker"));
        assert_eq!(texts.in_language("pt"), Some("Impressora"));
        assert_eq!(texts.in_language("fr"), None);
    }

    #[test]
    fn what_a_tag_may_be() {
        for tag in ["de", "pt-BR", "zh-Hans-CN", "sl-rozaj-biske"] {
            assert!(is_tag(tag), "{tag}");
        }
        for tag in [
            "",
            "d",
            "d1",
            "de_AT",
            "de-",
            "de#at",
            "deutschland",
            "de-123456789",
        ] {
            assert!(!is_tag(tag), "{tag}");
        }
    }
}
