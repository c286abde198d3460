//! `placet key rekey`: the secret key is changed, wherever it is interrupted, and never lost (issue 3, point 11).

use std::path::PathBuf;

use serde_json::json;

use super::{Placet, text_of};
use crate::support::database::on_both;

const OTHER: &str = "b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90aGVyb3Q=";
const WRONG: &str = "secret_key: it is not the key that this database was made with; give that one, or use an empty database";

/// An installation with everything that can be sealed; the text of its secret key.
fn filled() -> (Placet, String) {
    let placet = Placet::new();
    placet.json(&["scope", "add", "a", "--description", "a"]);
    placet.json(&[
        "resource",
        "add",
        "https://a.example",
        "--scope",
        "a",
        "--alg",
        "HS256",
    ]);
    let key = placet.secret();
    (placet, key)
}

impl Placet {
    fn secret_file(&self) -> PathBuf {
        self.file("data/secret.key")
    }

    fn secret(&self) -> String {
        std::fs::read_to_string(self.secret_file()).unwrap()
    }

    fn next(&self) -> PathBuf {
        self.file("data/secret.key.new")
    }

    /// That everything sealed opens: keys, the resource's secret, and the key of pairwise subjects.
    fn assert_opens(&self) {
        assert_eq!(self.json(&["key", "list"]).as_array().unwrap().len(), 2);
        let resources = self.json(&["resource", "list"]);
        let mut algs = resources
            .as_array()
            .unwrap()
            .iter()
            .map(|it| text_of(it, "alg"));
        assert!(algs.any(|alg| alg == "HS256"), "{resources}");
        let report = self.json(&["doctor"]);
        assert_eq!(report["ok"], true, "{report}");
    }
}

#[test]
fn on_sqlite_a_new_one_is_made_and_put_in_place() {
    let (placet, old) = filled();
    assert_eq!(
        placet.json(&["key", "rekey"]),
        json!({ "resealed": 5, "file": "data/secret.key" })
    );
    let new = placet.secret();
    assert_ne!(new, old);
    assert!(!placet.next().exists());
    placet.assert_opens();
    let text = placet.text(&["key", "rekey"]);
    assert_eq!(
        text,
        "the secret key is changed; 5 values were sealed anew\n\
         data/secret.key holds the new one; a server that runs stops by itself, start it again\n"
    );
    std::fs::write(placet.secret_file(), old).unwrap();
    placet.refuses(&["key", "list"], 1, WRONG);
}

#[cfg(unix)]
#[test]
fn the_new_one_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let (placet, _) = filled();
    placet.json(&["key", "rekey"]);
    let mode = |file: PathBuf| std::fs::metadata(file).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(placet.secret_file()), 0o600);
    assert_eq!(mode(placet.file("data/secret.key.lock")), 0o600);
}

#[test]
fn interrupted_after_the_database_the_next_start_finishes() {
    for is_old_there in [true, false] {
        let (placet, old) = filled();
        placet.json(&["key", "rekey"]);
        let new = placet.secret();
        std::fs::rename(placet.secret_file(), placet.next()).unwrap();
        if is_old_there {
            std::fs::write(placet.secret_file(), &old).unwrap();
        }
        placet.assert_opens();
        assert_eq!(placet.secret(), new);
        assert!(!placet.next().exists());
    }
}

#[test]
fn interrupted_before_the_database_nothing_is_changed() {
    let (placet, old) = filled();
    std::fs::write(placet.next(), format!("{OTHER}\n")).unwrap();
    placet.assert_opens();
    assert_eq!(placet.secret(), old);
    placet.json(&["key", "rekey"]);
    placet.assert_opens();
    assert_ne!(placet.secret(), format!("{OTHER}\n"));
    assert!(!placet.next().exists());
}

#[test]
fn where_neither_fits_both_stay() {
    let (placet, _) = filled();
    for text in [format!("{OTHER}\n"), "no key\n".to_owned()] {
        std::fs::write(
            placet.secret_file(),
            "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=\n",
        )
        .unwrap();
        std::fs::write(placet.next(), &text).unwrap();
        placet.refuses(&["key", "list"], 1, WRONG);
        placet.refuses(&["key", "rekey"], 1, WRONG);
        assert_eq!(std::fs::read_to_string(placet.next()).unwrap(), text);
    }
}

#[test]
fn many_at_once_leave_one_that_fits() {
    let (placet, old) = filled();
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..6)
            .map(|_| scope.spawn(|| placet.run(&["key", "rekey"])))
            .collect();
        let codes: Vec<i32> = runs
            .into_iter()
            .map(|run| run.join().unwrap().code)
            .collect();
        assert!(codes.contains(&0), "{codes:?}");
    });
    placet.assert_opens();
    assert_ne!(placet.secret(), old);
    assert!(!placet.next().exists());
}

#[test]
fn it_comes_from_stdin_or_a_file_and_never_from_an_argument() {
    let (placet, _) = filled();
    let given = placet.json_with(&["key", "rekey", "--key-stdin"], OTHER);
    assert_eq!(given["file"], "data/secret.key");
    assert_eq!(placet.secret(), format!("{OTHER}\n"));
    placet.assert_opens();
    placet.refuses_with(
        &["key", "rekey", "--key-stdin"],
        OTHER,
        2,
        "secret_key: it is the one in use; give another",
    );
    assert!(!placet.next().exists(), "what was not used is gone");
    let mend = "secret_key: the new one is not 32 bytes in base64; make one with `openssl rand -base64 32`";
    for stdin in ["", "short", "b3RoZXI="] {
        placet.refuses_with(&["key", "rekey", "--key-stdin"], stdin, 2, mend);
    }
    let argument = placet.run(&["key", "rekey", OTHER]);
    assert_eq!(argument.code, 2);
    let none = placet.run(&["key", "rekey", "--key-file", "none"]);
    assert_eq!(none.code, 1);
    assert!(
        none.stderr
            .starts_with("error: cannot read or write none: ")
    );
    let both = placet.run(&["key", "rekey", "--key-stdin", "--key-file", "none"]);
    assert_eq!(both.code, 2, "{}", both.stderr);
    placet.assert_opens();
}

on_both! {
    async fn one_that_the_settings_give_is_changed_there(db: TestDatabase) {
        let placet = Placet::on(&db.url);
        placet.json(&["key", "list"]);
        let mend = "secret_key: the settings give it, so give the new one too: openssl rand -base64 32 | placet key rekey --key-stdin";
        placet.refuses(&["key", "rekey"], 2, mend);
        std::fs::write(placet.file("new"), OTHER).unwrap();
        let done = placet.json(&["key", "rekey", "--key-file", "new"]);
        assert_eq!(done, json!({ "resealed": 4, "file": null }));
        placet.refuses(&["key", "list"], 1, WRONG);
        let placet = placet.with("PLACET_SECRET_KEY", OTHER);
        assert_eq!(placet.json(&["key", "list"]).as_array().unwrap().len(), 2);
        placet.json(&["key", "rotate", "--now"]);
    }
}
