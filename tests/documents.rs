//! The documents that are made from code stay in step with it. `PLACET_TEST_BLESS=1` renews them instead of failing.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use placet::config::{Kind, reference};
use placet::model::event::EventKind;
use serde::Serialize as _;
use serde_json::Serializer;
use serde_json::ser::PrettyFormatter;

/// Rules whose capability is not built yet.
const TO_COME: [(u16, u16); 10] = [
    (45, 45),
    (95, 95),
    (99, 102),
    (122, 122),
    (134, 146),
    (152, 153),
    (162, 164),
    (167, 167),
    (169, 169),
    (174, 174),
];
/// Rules that speak of what is built, but are not owed before what is to come.
const LATER: [(u16, u16); 1] = [(176, 177)];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn check(document: &str, made: &str) {
    let path = root().join(document);
    let found = fs::read_to_string(&path).unwrap();
    if found == made {
        return;
    }
    if std::env::var_os("PLACET_TEST_BLESS").is_some() {
        fs::write(path, made).unwrap();
        return;
    }
    let difference = found.lines().zip(made.lines()).find(|(a, b)| a != b);
    panic!(
        "{document} is out of step; renew it with PLACET_TEST_BLESS=1. First difference: {difference:?}"
    );
}

#[test]
fn the_settings_page_has_every_setting() {
    let page = fs::read_to_string(root().join("docs/settings.md")).unwrap();
    let mut made = String::new();
    let mut is_table_written = false;
    for line in page.lines() {
        if !line.starts_with("| `") {
            writeln!(made, "{line}").unwrap();
        } else if !is_table_written {
            is_table_written = true;
            for setting in reference() {
                let default = setting
                    .default
                    .map_or_else(|| "not set".to_owned(), |default| format!("`{default}`"));
                let takes = match setting.kind {
                    Kind::Duration { min, max } => format!(" {min} to {max}."),
                    Kind::Number { min, max } => format!(" {min} to {max}."),
                    Kind::Choice(words) => format!(" One of: {}.", words.join(", ")),
                    Kind::Text | Kind::Secret | Kind::Switch | Kind::List => String::new(),
                };
                let help = setting.help;
                writeln!(
                    made,
                    "| `{}` | `{}` | {default} | {help}{takes} |",
                    setting.key,
                    setting.env()
                )
                .unwrap();
            }
        }
    }
    check("docs/settings.md", &made);
}

#[test]
fn the_description_of_the_api_is_what_the_handlers_say() {
    let made = placet::http::api_description().unwrap();
    let mut text = Vec::new();
    // Without indents, which the server would have to carry.
    let lines = PrettyFormatter::with_indent(b"");
    made.serialize(&mut Serializer::with_formatter(&mut text, lines))
        .unwrap();
    text.push(b'\n');
    check(
        "src/http/api/openapi/openapi.json",
        std::str::from_utf8(&text).unwrap(),
    );
}

#[test]
fn the_audit_page_has_every_kind() {
    let page = fs::read_to_string(root().join("docs/audit.md")).unwrap();
    let (_, page) = page.split_once("\n## Kinds").unwrap();
    let (page, _) = page.split_once("\n## ").unwrap();
    let kinds = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    let listed: Vec<&str> = kinds.map(|(kind, _)| kind).collect();
    let there: Vec<&str> = EventKind::all().iter().map(|kind| kind.as_str()).collect();
    assert_eq!(listed, there, "in the order of the code");
}

#[test]
fn the_security_rules_name_their_tests() {
    let tests = rules_by_tests();
    let page = fs::read_to_string(root().join("docs/security-rules.md")).unwrap();
    let mut made = String::new();
    for line in page.lines() {
        let cells: Vec<&str> = line.split(" | ").collect();
        let number = cells[0]
            .strip_prefix("| S")
            .and_then(|number| number.parse::<u16>().ok());
        let (Some(number), [rule, what @ .., _, _]) = (number, cells.as_slice()) else {
            writeln!(made, "{line}").unwrap();
            continue;
        };
        let shown = tests.get(&number);
        let names = shown.map_or_else(|| "–".to_owned(), |names| names.join(", "));
        let is_in = |ranges: &[(u16, u16)]| {
            ranges
                .iter()
                .any(|(from, to)| (*from..=*to).contains(&number))
        };
        let state = match shown {
            Some(_) if is_in(&TO_COME) => "in part",
            Some(_) => "shown",
            None if is_in(&TO_COME) || is_in(&LATER) => "to come",
            None => "no test yet",
        };
        writeln!(made, "{rule} | {} | {names} | {state} |", what.join(" | ")).unwrap();
    }
    check("docs/security-rules.md", &made);
}

/// The rules that each test names in the comment above it or within it, by rule.
fn rules_by_tests() -> BTreeMap<u16, Vec<String>> {
    let mut files = Vec::new();
    collect(&root().join("tests"), &mut files);
    collect(&root().join("src"), &mut files);
    files.sort();
    let mut found: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let in_tests = file.starts_with(root().join("tests"));
        let text = if in_tests {
            text.as_str()
        } else {
            text.split("#[cfg(test)]").nth(1).unwrap_or_default()
        };
        let place = file.file_stem().unwrap().to_string_lossy().into_owned();
        for (rule, test) in rules_of(text) {
            let names = found.entry(rule).or_default();
            let name = format!("`{place}::{test}`");
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    found
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && !path.ends_with("documents.rs")
        {
            files.push(path);
        }
    }
}

/// Pairs of rule and test function. A comment right above a function speaks of it, any other of the one it is in.
fn rules_of(text: &str) -> Vec<(u16, String)> {
    let mut pairs = Vec::new();
    let mut pending: Vec<u16> = Vec::new();
    let mut current: Option<String> = None;
    for line in text.lines().map(str::trim) {
        if let Some(comment) = line.strip_prefix("//") {
            pending.extend(numbers(comment));
            continue;
        }
        if line.is_empty() || line.starts_with("#[") {
            continue;
        }
        if let Some(name) = function_name(line) {
            current = Some(name);
        }
        if let (Some(name), Some((_, comment))) = (&current, line.split_once("// ")) {
            pairs.extend(
                numbers(comment)
                    .into_iter()
                    .map(|rule| (rule, name.clone())),
            );
        }
        if let Some(name) = &current {
            pairs.extend(pending.drain(..).map(|rule| (rule, name.clone())));
        }
        pending.clear();
    }
    pairs
}

fn function_name(line: &str) -> Option<String> {
    let rest = line
        .strip_prefix("async fn ")
        .or_else(|| line.strip_prefix("fn "))?;
    Some(rest.split(['(', '<']).next().unwrap_or_default().to_owned())
}

/// `S75`, `S3-S6`, `S3-6` and `S3–S6` in a comment.
fn numbers(comment: &str) -> Vec<u16> {
    let mut found = Vec::new();
    for word in comment.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '–')) {
        let mut ends = word.splitn(2, ['-', '–']);
        let number = |end: &str| {
            end.strip_prefix('S')
                .and_then(|digits| digits.parse::<u16>().ok())
        };
        let Some(first) = ends.next().and_then(number) else {
            continue;
        };
        let last = ends
            .next()
            .and_then(|end| number(end).or_else(|| end.parse().ok()))
            .unwrap_or(first);
        found.extend((first..=last.max(first)).filter(|number| *number <= 180));
    }
    found
}

#[test]
fn numbers_are_read_from_comments() {
    assert_eq!(
        numbers(" S75, S3-S5 and S7–8; not SHA-256 or S256"),
        vec![75, 3, 4, 5, 7, 8]
    );
    let text =
        "/// S1\nasync fn a() {\n    // S2\n    let x = 1; // S3\n}\n// S4\n#[test]\nfn b() {}";
    let pairs = rules_of(text);
    let names: Vec<(u16, &str)> = pairs
        .iter()
        .map(|(rule, name)| (*rule, name.as_str()))
        .collect();
    assert_eq!(names, vec![(1, "a"), (3, "a"), (2, "a"), (4, "b")]);
}
