//! The languages there are.

use serde::{Deserialize, Serialize};

use super::localized::is_readable;

/// A language that every text is there in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    #[default]
    English,
    German,
    French,
    Spanish,
    Portuguese,
    Italian,
    Polish,
    Japanese,
    ChineseSimplified,
    Arabic,
}

impl Language {
    /// All of them, as a list to choose from shows them.
    pub const ALL: [Self; 10] = [
        Self::English,
        Self::German,
        Self::French,
        Self::Spanish,
        Self::Portuguese,
        Self::Italian,
        Self::Polish,
        Self::Japanese,
        Self::ChineseSimplified,
        Self::Arabic,
    ];

    /// The language tag (BCP 47): `lang` of pages, `locale` of people, the folder of its texts.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::French => "fr",
            Self::Spanish => "es",
            Self::Portuguese => "pt",
            Self::Italian => "it",
            Self::Polish => "pl",
            Self::Japanese => "ja",
            Self::ChineseSimplified => "zh-Hans",
            Self::Arabic => "ar",
        }
    }

    /// What those who speak it call it.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
            Self::French => "Français",
            Self::Spanish => "Español",
            Self::Portuguese => "Português",
            Self::Italian => "Italiano",
            Self::Polish => "Polski",
            Self::Japanese => "日本語",
            Self::ChineseSimplified => "简体中文",
            Self::Arabic => "العربية",
        }
    }

    /// The direction of writing, as HTML's `dir` has it.
    pub const fn dir(self) -> &'static str {
        match self {
            Self::Arabic => "rtl",
            _ => "ltr",
        }
    }

    /// The language that a tag asks for, whatever region it names beside (RFC 4647 §3.4, lookup); not in a script that its readers may not read.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|language| is_readable(language.tag(), tag))
    }

    /// The best of those that a browser asks for (RFC 9110 §12.5.4): by weight, and of one weight the first. What is no tag or has no weight
    /// that can be read spoils none of the others.
    pub fn of_header(header: &str) -> Option<Self> {
        let mut asked: Vec<(f32, &str)> = header.split(',').filter_map(weighed).collect();
        asked.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        Self::best(asked.into_iter().map(|(_, tag)| tag))
    }

    /// The first of several tags, in order of preference, that there is.
    pub fn best<'a>(tags: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        tags.into_iter().find_map(Self::of_tag)
    }
}

/// A tag with its weight, unless that is 0: not acceptable.
fn weighed(item: &str) -> Option<(f32, &str)> {
    let mut parts = item.split(';').map(str::trim);
    let tag = parts.next()?;
    let weight = parts.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("q").then(|| value.trim())
    });
    let weight = weight.map_or(Some(1.0), |value| value.parse::<f32>().ok())?;
    (weight > 0.0 && weight <= 1.0).then_some((weight, tag))
}

impl Serialize for Language {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.tag())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tag = String::deserialize(deserializer)?;
        Self::ALL
            .into_iter()
            .find(|language| language.tag() == tag)
            .ok_or_else(|| serde::de::Error::custom("there is no such language"))
    }
}
