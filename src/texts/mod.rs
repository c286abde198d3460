//! What pages and mails say, in every language: Fluent messages, one folder per language under `templates/texts`, the same files and
//! the same messages in each (`tests/texts.rs` sees to that).

mod message;
mod registered;

use std::sync::OnceLock;

use chrono::{DateTime, Datelike as _, Utc};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

pub use crate::model::language::Language;
pub use message::Message;

/// The texts of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Texts {
    pub language: Language,
}

/// The sources of one language: `include_str!` of every file there is.
macro_rules! sources {
    ($tag:literal) => {
        &[
            include_str!(concat!("../../templates/texts/", $tag, "/common.ftl")),
            include_str!(concat!("../../templates/texts/", $tag, "/sign-in.ftl")),
            include_str!(concat!("../../templates/texts/", $tag, "/consent.ftl")),
            include_str!(concat!("../../templates/texts/", $tag, "/account.ftl")),
            include_str!(concat!("../../templates/texts/", $tag, "/factors.ftl")),
            include_str!(concat!("../../templates/texts/", $tag, "/sign-up.ftl")),
            include_str!(concat!("../../templates/texts/", $tag, "/upstream.ftl")),
            include_str!(concat!("../../templates/texts/", $tag, "/mail.ftl")),
            include_str!(concat!("../../templates/texts/", $tag, "/problems.ftl")),
        ]
    };
}

const fn sources(language: Language) -> &'static [&'static str] {
    match language {
        Language::German => sources!("de"),
        Language::French => sources!("fr"),
        Language::Spanish => sources!("es"),
        Language::Portuguese => sources!("pt"),
        Language::Italian => sources!("it"),
        Language::Polish => sources!("pl"),
        Language::Japanese => sources!("ja"),
        Language::ChineseSimplified => sources!("zh-Hans"),
        Language::Arabic => sources!("ar"),
        Language::English => sources!("en"),
    }
}

/// A message's id where it is not said at once: marks it for the test that looks for messages that are missing or unused.
#[macro_export]
macro_rules! text_id {
    ($id:literal) => {
        $id
    };
}

/// Read when first asked for: nobody pays for languages that nobody speaks.
static BUNDLES: [OnceLock<FluentBundle<FluentResource>>; Language::ALL.len()] =
    [const { OnceLock::new() }; Language::ALL.len()];

fn bundle(language: Language) -> &'static FluentBundle<FluentResource> {
    BUNDLES[language as usize].get_or_init(|| {
        let id = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Values stand in <bdi>.
        bundle.set_use_isolating(false);
        for source in sources(language) {
            // A part that cannot be read is left out, and a test fails on it.
            let resource = FluentResource::try_new((*source).to_owned())
                .unwrap_or_else(|(readable, _)| readable);
            bundle.add_resource_overriding(resource);
        }
        bundle
    })
}

impl Texts {
    /// The texts of `language`.
    pub const fn of(language: Language) -> Self {
        Self { language }
    }

    /// The message with that id.
    pub const fn say(self, id: &'static str) -> Message {
        Message::new(self, id)
    }

    /// A day, as the language writes it, in UTC.
    pub fn date(self, at: DateTime<Utc>) -> String {
        self.dated("date", at).plain()
    }

    /// A day and a minute, as the language writes them, in UTC.
    pub fn date_time(self, at: DateTime<Utc>) -> String {
        let time = at.format("%H:%M");
        self.dated("date-time", at).with("time", time).plain()
    }

    fn dated(self, id: &'static str, at: DateTime<Utc>) -> Message {
        let month = self.say("month").count("month", at.month()).plain();
        self.say(id)
            .count("day", at.day())
            .with("month", month)
            .with("year", at.year())
    }

    /// In English where the language has not the message; the id itself where nobody has.
    fn format(self, id: &str, args: &FluentArgs<'_>) -> String {
        [self.language, Language::English]
            .into_iter()
            .find_map(|language| formatted(bundle(language), id, args))
            .unwrap_or_else(|| {
                tracing::error!(id, "there is no such text");
                id.to_owned()
            })
    }
}

fn formatted(
    bundle: &FluentBundle<FluentResource>,
    id: &str,
    args: &FluentArgs<'_>,
) -> Option<String> {
    let pattern = bundle.get_message(id)?.value()?;
    let mut faults = Vec::new();
    let text = bundle.format_pattern(pattern, Some(args), &mut faults);
    if !faults.is_empty() {
        tracing::error!(id, ?faults, "a text lacks a value");
    }
    Some(text.into_owned())
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
