//! Tests with files that are broken: none does worse than be refused.

use serde_json::{Value, json};

use super::tests::{HYDRA, KEYCLOAK, KRATOS};
use super::{Source, convert};

#[test]
fn broken_files_are_refused_in_one_line() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let deep_field = format!(
        r#"[{{"client_id":{}1{}}}]"#,
        "[".repeat(5000),
        "]".repeat(5000)
    );
    let broken = [
        "",
        "x",
        "{",
        "null",
        "1",
        "\"hydra\"",
        "{}",
        "[1]",
        "[[]]",
        "[{}]",
        "{\"items\":{}}",
        "[{\"client_secret\":\"s3cret\"}]",
        &deep,
        &deep_field,
    ];
    for text in broken {
        for source in [Source::Hydra, Source::Keycloak] {
            let error = convert(source, text).unwrap_err().to_string();
            assert!(
                error.starts_with("file: ") && !error.contains('\n'),
                "{error}"
            );
            assert!(error.len() < 300 && !error.contains("s3cret"), "{error}");
        }
    }
    assert!(convert(Source::Hydra, "[]").unwrap().clients.is_empty());
}

/// Whatever a field holds, it is taken, noted or refused, and nothing panics.
#[test]
fn no_value_in_a_wrong_place_is_a_panic() {
    let odd = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!(""),
        json!("\u{202e}\u{1b}[2J ${x} é$é"),
        json!("x".repeat(5000)),
        json!([]),
        json!([null, 1, {}, [[]]]),
        json!({ "a": { "b": [] } }),
    ];
    for (source, text) in [
        (Source::Keycloak, KEYCLOAK),
        (Source::Hydra, HYDRA),
        (Source::Hydra, KRATOS),
    ] {
        let whole: Value = serde_json::from_str(text).unwrap();
        let mut places = Vec::new();
        places_of(&whole, String::new(), &mut places);
        for (index, place) in places.into_iter().enumerate() {
            // Each place with two of them, each of them at many places.
            for value in [&odd[index % odd.len()], &odd[(index / 3 + 5) % odd.len()]] {
                let mut changed = whole.clone();
                *changed.pointer_mut(&place).unwrap() = value.clone();
                if let Ok(imported) = convert(source, &changed.to_string()) {
                    let mut notes = imported.report.notes.iter();
                    assert!(
                        notes.all(|note| !note.why.contains('\u{1b}') && note.why.len() < 2000)
                    );
                }
            }
        }
    }
}

fn places_of(value: &Value, place: String, places: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                let name = name.replace('~', "~0").replace('/', "~1");
                places_of(value, format!("{place}/{name}"), places);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate().take(4) {
                places_of(value, format!("{place}/{index}"), places);
            }
        }
        _ => {}
    }
    places.push(place);
}

#[test]
fn a_cut_file_is_refused() {
    for (source, text) in [
        (Source::Keycloak, KEYCLOAK),
        (Source::Hydra, HYDRA),
        (Source::Hydra, KRATOS),
    ] {
        let whole = text.trim_end();
        for (end, _) in whole.char_indices().step_by(97) {
            assert!(convert(source, &whole[..end]).is_err(), "{end}");
        }
    }
}
