//! Documents as text: TOML, YAML or JSON, read with the place of every fault, and written.

use std::fmt::{self, Write as _};

use serde::Deserialize as _;

use super::document::Document;

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Toml,
    Yaml,
    Json,
}

impl Format {
    /// By the ending of a file's name.
    pub fn of(extension: &str) -> Option<Self> {
        match extension {
            "toml" => Some(Self::Toml),
            "yaml" | "yml" => Some(Self::Yaml),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// Why a text is no document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    pub file: String,
    pub line: Option<usize>,
    /// The key, with the keys above it.
    pub key: Option<String>,
    pub fault: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(key) = &self.key {
            write!(f, ": {key}")?;
        }
        write!(f, ": {}", self.fault)
    }
}

/// Reads a document; `file` is what faults call it.
pub fn parse(file: &str, text: &str, format: Format) -> Result<Document, ParseError> {
    let (line, key, fault) = match format {
        Format::Toml => match parse_toml(text) {
            Ok(document) => return Ok(document),
            Err(fault) => fault,
        },
        Format::Yaml => match parse_yaml(text) {
            Ok(document) => return Ok(document),
            Err(fault) => fault,
        },
        Format::Json => match parse_json(text) {
            Ok(document) => return Ok(document),
            Err(fault) => fault,
        },
    };
    Err(ParseError {
        file: file.to_owned(),
        line,
        fault: match format {
            Format::Toml => one_bracket(key.as_deref(), &fault),
            Format::Yaml | Format::Json => None,
        }
        .unwrap_or_else(|| readable(&fault)),
        key: key.filter(|key| key != "."),
    })
}

type Place = (Option<usize>, Option<String>, String);

fn parse_toml(text: &str) -> Result<Document, Place> {
    let line_of = |error: &toml::de::Error| {
        let start = error.span()?.start;
        Some(text.get(..start)?.matches('\n').count() + 1)
    };
    let parsed = toml::Deserializer::parse(text)
        .map_err(|error| (line_of(&error), None, error.message().to_owned()))?;
    serde_path_to_error::deserialize(parsed).map_err(|error| {
        let path = error.path().to_string();
        let error = error.into_inner();
        (line_of(&error), Some(path), error.message().to_owned())
    })
}

fn parse_yaml(text: &str) -> Result<Document, Place> {
    let mut key = None;
    let parsed = serde_saphyr::with_deserializer_from_str(text, |deserializer| {
        let mut track = serde_path_to_error::Track::new();
        let tracked = serde_path_to_error::Deserializer::new(deserializer, &mut track);
        let parsed = Document::deserialize(tracked);
        if parsed.is_err() {
            key = Some(track.path().to_string());
        }
        parsed
    });
    parsed.map_err(|error| {
        let line = error
            .location()
            .map(|location| usize::try_from(location.line()).unwrap_or_default());
        (line, key, error.without_snippet().to_string())
    })
}

fn parse_json(text: &str) -> Result<Document, Place> {
    let place = |error: serde_json::Error, path: Option<String>| {
        let line = error.line();
        let text = error.to_string();
        let fault = text
            .rsplit_once(" at line ")
            .map_or(&*text, |(fault, _)| fault);
        (Some(line).filter(|line| *line > 0), path, fault.to_owned())
    };
    // As bytes, as the API reads its bodies: so the code for what both hold is there once.
    let mut deserializer = serde_json::Deserializer::from_slice(text.as_bytes());
    let document = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        place(error.into_inner(), Some(path))
    })?;
    deserializer.end().map_err(|error| place(error, None))?;
    Ok(document)
}

/// A list of tables that is written as one table.
fn one_bracket(key: Option<&str>, fault: &str) -> Option<String> {
    let is_one = fault.starts_with("invalid type: map, expected a sequence");
    let key = key.filter(|key| is_one && !key.contains(['.', '[']))?;
    Some(format!(
        "it is a list, each of it under a line of its own with two brackets on each side; for example [[{key}]]"
    ))
}

/// The same on one line; of an unknown key, the known one that is most like it.
fn readable(fault: &str) -> String {
    let one: Vec<&str> = fault.split_whitespace().collect();
    let fault = one.join(" ");
    let Some((head, known)) = fault.split_once(", expected ") else {
        return fault;
    };
    let Some((_, unknown)) = head.split_once("unknown field `") else {
        return fault;
    };
    let unknown = unknown.trim_end_matches('`');
    // The place is told already.
    let known = known.split(" at line ").next().unwrap_or_default();
    // Some write the names between backticks, some do not.
    let known: Vec<&str> = known
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| !matches!(*word, "" | "one" | "of" | "or"))
        .collect();
    let nearest = known.iter().min_by_key(|name| distance(unknown, name));
    match nearest.filter(|name| distance(unknown, name) <= unknown.len().max(4) / 2) {
        Some(name) => format!("there is no key {unknown:?} here; did you mean {name:?}?"),
        None => format!(
            "there is no key {unknown:?} here; known are {}",
            known.join(", ")
        ),
    }
}

/// How many characters have to be put in, taken out or changed to make one of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
        for (j, y) in b.iter().enumerate() {
            let cost = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

/// Writes a document, with `comment` at its head.
pub fn write(document: &Document, format: Format, comment: &[String]) -> Result<String, String> {
    let mut heading = String::new();
    for line in comment {
        // Writing to a string does not fail.
        let _ = writeln!(heading, "# {line}");
    }
    let body = match format {
        Format::Toml => toml::to_string_pretty(document).map_err(|error| error.to_string())?,
        Format::Yaml => serde_saphyr::to_string(document).map_err(|error| error.to_string())?,
        Format::Json => {
            let commented = Document {
                comment: Some(comment.join(" ")),
                ..document.clone()
            };
            let mut text =
                serde_json::to_string_pretty(&commented).map_err(|error| error.to_string())?;
            text.push('\n');
            return Ok(text);
        }
    };
    Ok(format!("{heading}\n{body}"))
}
