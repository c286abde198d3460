//! The texts of pages and mails: every language says the same things with the same values, and says all that pages ask for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use placet::texts::Language;

use crate::support::sources;

/// A message: the values that it takes, and the marks in it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Parts {
    values: BTreeSet<String>,
    marks: Vec<String>,
}

type Messages = BTreeMap<String, Parts>;

#[test]
fn every_language_says_the_same() {
    let english = messages("en");
    assert!(english.len() > 20, "{}", english.len());
    let mut faults = Vec::new();
    for language in Language::ALL {
        let tag = language.tag();
        let own = messages(tag);
        for (id, parts) in &english {
            match own.get(id) {
                None => faults.push(format!("{tag}: {id} is missing")),
                Some(found) if found != parts => {
                    faults.push(format!("{tag}: {id} has {found:?}, English {parts:?}"));
                }
                Some(_) => {}
            }
        }
        let more = own.keys().filter(|id| !english.contains_key(*id));
        faults.extend(more.map(|id| format!("{tag}: {id} is not in English")));
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn what_pages_say_is_there_and_no_more() {
    let english: BTreeSet<String> = messages("en").into_keys().collect();
    let asked = asked();
    let missing: Vec<_> = asked.difference(&english).collect();
    assert!(missing.is_empty(), "asked for and not there: {missing:?}");
    let unused: Vec<_> = english.difference(&asked).collect();
    assert!(unused.is_empty(), "there and never asked for: {unused:?}");
}

/// The messages of a language, from its files: `id = text`, and what is indented after it.
fn messages(tag: &str) -> Messages {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("templates/texts")
        .join(tag);
    let mut messages = Messages::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let mut current: Option<String> = None;
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let is_start = line.starts_with(|c: char| c.is_ascii_lowercase());
            if let Some((id, _)) = line.split_once('=').filter(|_| is_start) {
                let id = id.trim().to_owned();
                let was = messages.insert(id.clone(), Parts::default());
                assert!(was.is_none(), "{tag}: {id} is there twice");
                current = Some(id);
            }
            let Some(parts) = current.as_ref().and_then(|id| messages.get_mut(id)) else {
                continue;
            };
            let values = line
                .split('{')
                .skip(1)
                .filter_map(|part| part.trim().strip_prefix('$'));
            parts.values.extend(values.map(|value| {
                let end = value.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
                value[..end.unwrap_or(value.len())].to_owned()
            }));
            for mark in ["<a>", "</a>", "<strong>", "</strong>"] {
                // A message with several forms has them in each.
                if line.contains(mark) && !parts.marks.iter().any(|found| found == mark) {
                    parts.marks.push(mark.to_owned());
                    parts.marks.sort_unstable();
                }
            }
        }
    }
    messages
}

/// Every id that a page, a mail or a rule names: what stands in quotes right after `say(`, or in [`text_id!`].
fn asked() -> BTreeSet<String> {
    let mut texts: Vec<String> = sources::read().into_values().collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_none_or(|kind| kind != "ftl") {
                texts.push(std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let mut asked = BTreeSet::new();
    for text in texts {
        for opening in ["say(", "text_id!("] {
            for (at, _) in text.match_indices(opening) {
                let rest = text[at + opening.len()..].trim_start();
                if let Some((id, _)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"'))
                {
                    asked.insert(id.to_owned());
                }
            }
        }
    }
    // By the kind of date.
    asked.extend(["date", "date-time"].map(ToOwned::to_owned));
    asked
}
