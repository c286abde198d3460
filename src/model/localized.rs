//! Texts in several languages, by language tag (BCP 47).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::client::is_deceptive;

/// More languages are spoken by nobody who reads one page.
const MAX_LANGUAGES: usize = 100;
const MAX_TAG: usize = 35;

/// One text, in the languages that it is there in beside the one without a tag.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "BTreeMap<String, String>")]
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
        let is_patched = |tag: &str| patch.keys().any(|key| key.eq_ignore_ascii_case(tag));
        let kept = self.iter().filter(|(tag, _)| !is_patched(tag));
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
        let mut all = BTreeMap::new();
        for (tag, text) in texts {
            let (tag, text) = (tag.into(), text.into());
            replace(&mut all, tag, text);
        }
        Self(all)
    }
}

impl From<BTreeMap<String, String>> for Localized {
    fn from(texts: BTreeMap<String, String>) -> Self {
        texts.into_iter().collect()
    }
}

/// Puts a text in the place of the one whose key is the same but for its case: tags have none (RFC 5646 §2.1.1). The new spelling stays.
pub fn replace(texts: &mut BTreeMap<String, String>, key: String, text: String) {
    texts.retain(|other, _| !other.eq_ignore_ascii_case(&key));
    texts.insert(key, text);
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

/// Whether a text with that tag can be read by whoever asks for `wanted`: one language, and not in another script.
pub fn is_readable(tag: &str, wanted: &str) -> bool {
    let is_other = match (script(tag), script(wanted)) {
        (Some(one), Some(other)) => one != other,
        _ => false,
    };
    primary(tag) == primary(wanted) && !is_other
}

/// The script that a tag names (RFC 5646 §2.2.3), or that Chinese is written in where it is spoken; `None`: the usual one of its language.
fn script(tag: &str) -> Option<String> {
    let parts = tag.split(['-', '_']).skip(1);
    // What is private ends what is known of it.
    let parts: Vec<String> = parts
        .take_while(|part| part.len() > 1)
        .map(str::to_ascii_lowercase)
        .collect();
    let is_script =
        |part: &&String| part.len() == 4 && part.chars().all(|c| c.is_ascii_alphabetic());
    let named = parts.iter().find(is_script).cloned();
    let usual = || {
        let is_traditional = |part: &String| ["tw", "hk", "mo"].contains(&part.as_str());
        let is_chinese = primary(tag) == "zh";
        let usual = if parts.iter().any(is_traditional) {
            "hant"
        } else {
            "hans"
        };
        is_chinese.then(|| usual.to_owned())
    };
    named.or_else(usual)
}

fn primary(tag: &str) -> String {
    let part = tag.split(['-', '_']).next().unwrap_or_default();
    part.to_ascii_lowercase()
}

/// The tag that suits a page in the language `wanted` best: itself, else what it is a part of (RFC 4647 §3.4), else the same language as it
/// is spoken elsewhere, which is better understood than another; but in the same script.
pub fn best<'a>(tags: impl Iterator<Item = &'a str>, wanted: &str) -> Option<&'a str> {
    let rank = |tag: &str| {
        if tag.eq_ignore_ascii_case(wanted) {
            0
        } else if tag.eq_ignore_ascii_case(&primary(wanted)) {
            1
        } else {
            2
        }
    };
    tags.filter(|tag| is_readable(tag, wanted))
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
    fn no_text_in_a_script_that_is_not_read() {
        let texts =
            |tags: &[&'static str]| -> Localized { tags.iter().map(|tag| (*tag, *tag)).collect() };
        for (tags, found) in [
            (&["zh-TW", "zh-Hant", "zh-HK"][..], None),
            (&["zh-TW", "zh-CN"], Some("zh-CN")),
            (&["zh-Hant", "zh"], Some("zh")),
            (&["zh-Hant-TW", "zh-hans-SG"], Some("zh-hans-SG")),
        ] {
            assert_eq!(texts(tags).in_language("zh-Hans"), found, "{tags:?}");
        }
        let serbian = texts(&["sr-Cyrl", "sr-Latn"]);
        assert_eq!(serbian.in_language("sr-Latn-RS"), Some("sr-Latn"));
    }

    // RFC 5646 §2.1.1
    #[test]
    fn a_tag_has_no_case() {
        let texts: Localized = [("DE", "one"), ("pt-BR", "x"), ("de", "two")]
            .into_iter()
            .collect();
        let all: Vec<_> = texts.iter().collect();
        assert_eq!(all, [("de", "two"), ("pt-BR", "x")]);
        let patch = [
            ("De".to_owned(), Some("three".to_owned())),
            ("PT-br".to_owned(), None),
        ];
        let patched = texts.patched(&patch.into_iter().collect());
        assert_eq!(patched.iter().collect::<Vec<_>>(), [("De", "three")]);
        let read: Localized = serde_json::from_str(r#"{"FR":"a","fr":"b"}"#).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), r#"{"fr":"b"}"#);
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
