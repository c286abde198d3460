//! One message with its values, as text or as HTML.

use std::borrow::Cow;
use std::fmt::{self, Display, Formatter, Write as _};

use askama::filters::HtmlSafe;
use fluent_bundle::{FluentArgs, FluentValue};

use super::Texts;

/// Stands before the number of a value in the formatted message, until the value itself takes its place: so a value is escaped and
/// set apart by itself, whatever is in it.
const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';

/// A message of the texts, with its values. Written into a page it is HTML: values are escaped and stand in `<bdi>`, so that neither
/// their marks nor their direction of writing spill over; `<a>` and `<strong>` in the message itself are kept.
#[derive(Clone)]
pub struct Message {
    texts: Texts,
    id: &'static str,
    texts_of_values: Vec<String>,
    args: Vec<(&'static str, Arg)>,
    link: Option<String>,
}

#[derive(Clone)]
enum Arg {
    Text(usize),
    Number(i64),
    Word(&'static str),
}

impl Message {
    pub(super) const fn new(texts: Texts, id: &'static str) -> Self {
        Self {
            texts,
            id,
            texts_of_values: Vec::new(),
            args: Vec::new(),
            link: None,
        }
    }

    /// Gives a value to show.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Display) -> Self {
        self.args
            .push((name, Arg::Text(self.texts_of_values.len())));
        self.texts_of_values.push(value.to_string());
        self
    }

    /// Gives a number: the message may choose its form by it (`[one]`, `[few]`, `*[other]`).
    #[must_use]
    pub fn count(mut self, name: &'static str, number: impl TryInto<i64>) -> Self {
        let number = number.try_into().unwrap_or(i64::MAX);
        self.args.push((name, Arg::Number(number)));
        self
    }

    /// Gives a word that the message only chooses its form by.
    #[must_use]
    pub fn choose(mut self, name: &'static str, word: &'static str) -> Self {
        self.args.push((name, Arg::Word(word)));
        self
    }

    /// Where the `<a>` of the message leads.
    #[must_use]
    pub fn link(mut self, href: impl Into<String>) -> Self {
        self.link = Some(href.into());
        self
    }

    /// Without any marks: for titles, attributes and plain mails. Not escaped.
    pub fn plain(&self) -> String {
        let mut out = String::new();
        for part in parts(&self.formatted()) {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Value(index) => {
                    out.push_str(self.texts_of_values.get(index).map_or("", String::as_str));
                }
                Part::Mark(_) => {}
            }
        }
        out
    }

    fn formatted(&self) -> String {
        let mut args = FluentArgs::new();
        for (name, arg) in &self.args {
            let value = match arg {
                Arg::Text(index) => FluentValue::from(format!("{OPEN}{index}{CLOSE}")),
                Arg::Number(number) => FluentValue::from(*number),
                Arg::Word(word) => FluentValue::from(*word),
            };
            args.set(Cow::Borrowed(*name), value);
        }
        self.texts.format(self.id, &args)
    }
}

impl Display for Message {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for part in parts(&self.formatted()) {
            match part {
                Part::Text(text) => escape(text, f)?,
                Part::Value(index) => {
                    f.write_str("<bdi>")?;
                    escape(
                        self.texts_of_values.get(index).map_or("", String::as_str),
                        f,
                    )?;
                    f.write_str("</bdi>")?;
                }
                Part::Mark("<a>") => {
                    f.write_str("<a href=\"")?;
                    escape(self.link.as_deref().unwrap_or("#"), f)?;
                    f.write_str("\">")?;
                }
                Part::Mark(mark) => f.write_str(mark)?,
            }
        }
        Ok(())
    }
}

impl HtmlSafe for Message {}

/// What a formatted message is made of.
enum Part<'a> {
    Text(&'a str),
    /// The value of that number.
    Value(usize),
    /// One of [`MARKS`].
    Mark(&'static str),
}

const MARKS: [&str; 4] = ["<a>", "</a>", "<strong>", "</strong>"];

fn parts(formatted: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = formatted;
    while !rest.is_empty() {
        let plain = rest.find([OPEN, '<']).unwrap_or(rest.len());
        let (text, after) = rest.split_at(plain);
        if !text.is_empty() {
            parts.push(Part::Text(text));
        }
        rest = after;
        if let Some((number, after)) = rest
            .strip_prefix(OPEN)
            .and_then(|rest| rest.split_once(CLOSE))
        {
            // A number that is none shows nothing.
            parts.push(Part::Value(number.parse().unwrap_or(usize::MAX)));
            rest = after;
        } else if let Some(mark) = MARKS.into_iter().find(|mark| rest.starts_with(mark)) {
            parts.push(Part::Mark(mark));
            rest = &rest[mark.len()..];
        } else if let Some(first) = rest.chars().next() {
            let (odd, after) = rest.split_at(first.len_utf8());
            parts.push(Part::Text(odd));
            rest = after;
        }
    }
    parts
}

fn escape(text: &str, f: &mut Formatter<'_>) -> fmt::Result {
    for c in text.chars() {
        match c {
            '<' => f.write_str("&lt;")?,
            '>' => f.write_str("&gt;")?,
            '&' => f.write_str("&amp;")?,
            '"' => f.write_str("&quot;")?,
            '\'' => f.write_str("&#39;")?,
            c => f.write_char(c)?,
        }
    }
    Ok(())
}
