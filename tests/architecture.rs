//! The rules of the house (docs/architecture.md): who may import whom, and how long a file may be.
//!
//! Imports are found by a simple scan of each file (`support/imports.rs`), which reads `use` lines and inline paths alike.

use crate::support::imports;
use crate::support::sources::{self, Sources};

/// The rooms, in order of dependency, and which rooms each may import; itself always.
const ROOMS: [(&str, &[&str]); 18] = [
    ("model", &[]),
    ("clock", &[]),
    ("random", &["model"]),
    ("crypto", &["model", "random"]),
    ("config", &["model"]),
    ("storage", &["model", "clock", "random", "crypto"]),
    ("telemetry", &["model", "clock", "config", "storage"]),
    ("fetch", &["model", "clock", "config", "telemetry"]),
    ("keys", &["model", "clock", "random", "crypto"]),
    ("texts", &["model"]),
    ("mail", MAIL),
    ("app", APP),
    ("identity", SERVICE),
    ("oauth", SERVICE),
    ("admin", WITH_IDENTITY),
    ("jobs", &["app", "identity", "oauth", "admin"]),
    ("http", &["oauth", "identity", "admin", "jobs"]),
    ("cli", &["oauth", "identity", "admin", "jobs", "http"]),
];
const MAIL: &[&str] = &[
    "model",
    "clock",
    "random",
    "crypto",
    "config",
    "telemetry",
    "texts",
];
const APP: &[&str] = &[
    "model",
    "clock",
    "random",
    "crypto",
    "config",
    "telemetry",
    "storage",
    "fetch",
    "keys",
    "texts",
    "mail",
];
const SERVICE: &[&str] = &["app"];
const WITH_IDENTITY: &[&str] = &["app", "identity"];

/// Single files that may import one room more.
const EXCEPTIONS: [(&str, &str); 4] = [
    // The key ring keeps its keys in the database.
    ("keys/ring", "storage"),
    // The one grant that asks for a password.
    ("oauth/token/password", "identity"),
    // It only hands `identity` on to that grant.
    ("oauth/token/mod", "identity"),
    // What this installation wants of the person: a pure decision.
    ("oauth/authorize/decision", "identity"),
];

/// Crates that have a home: the name, and where it may be used.
const HOMES: [(&str, &[&str]); 18] = [
    ("actix_web", &["http/"]),
    ("askama", &["http/", "mail/", "texts/"]),
    ("sqlx", &["storage/"]),
    ("jsonwebtoken", &["keys/"]),
    ("argon2", &["identity/password/"]),
    ("bcrypt", &["identity/password/"]),
    ("scrypt", &["identity/password/"]),
    ("zxcvbn", &["identity/password/"]),
    ("webauthn_rs", &["identity/passkey/"]),
    ("totp_rs", &["identity/totp.rs"]),
    ("qrcodegen", &["http/"]),
    ("lettre", &["mail/"]),
    ("fluent_bundle", &["texts/"]),
    ("unic_langid", &["texts/"]),
    ("oauth2_types", &["model/", "oauth/", "admin/", "http/"]),
    // All others call through the guarded fetcher (S150).
    ("reqwest", &["fetch/", "cli/probe.rs", "http/demo/"]),
    ("rand", &["random.rs"]),
    ("getrandom", &["random.rs"]),
];

/// Functions that have a home: the end of the path, and where it may be called.
const CALLS: [(&[&str], &[&str]); 6] = [
    (&["Utc", "now"], &["clock.rs"]),
    (&["Local", "now"], &["clock.rs"]),
    (&["SystemTime", "now"], &["clock.rs"]),
    (&["Uuid", "new_v4"], &["random.rs"]),
    (&["Uuid", "now_v7"], &["random.rs"]),
    (&["rand", "fill"], &["random.rs"]),
];

/// What plain values may be made of.
const OF_MODEL: [&str; 10] = [
    "std",
    "core",
    "serde",
    "serde_json",
    "uuid",
    "chrono",
    "url",
    "thiserror",
    "unicode_normalization",
    "oauth2_types",
];

const MAX_LINES: usize = 400;

#[test]
fn the_house_is_in_order() {
    let sources = sources::read();
    assert!(sources.contains_key("lib.rs"), "no sources found");
    let crates = sources::dependencies();
    assert!(crates.len() > 20, "no dependencies found");
    let faults = faults(&sources, &crates);
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

/// Everything that breaks a rule, one line each.
fn faults(sources: &Sources, crates: &[String]) -> Vec<String> {
    let mut faults = Vec::new();
    for (file, text) in sources {
        let mut fault = |what: String| faults.push(format!("src/{file}: {what}"));
        let lines = text.lines().count();
        if lines > MAX_LINES {
            fault(format!(
                "{lines} lines; at most {MAX_LINES}: split it by what it is about"
            ));
        }
        if !text.starts_with("//!") {
            fault("does not open with a //! line that says what it is".to_owned());
        }
        if let Some(folder) = file
            .strip_suffix(".rs")
            .filter(|stem| has_folder(sources, stem))
        {
            fault(format!(
                "stands beside the folder {folder}/; it is {folder}/mod.rs"
            ));
        }
        for (line, path) in imports::paths(text, &module_of(file)) {
            if let Some(what) = path_fault(file, &path, crates) {
                fault(format!("line {line}: {}: {what}", path.join("::")));
            }
        }
    }
    faults
}

fn has_folder(sources: &Sources, stem: &str) -> bool {
    let folder = format!("{stem}/");
    sources.keys().any(|file| file.starts_with(&folder))
}

/// The module that a file is: `storage/db.rs` is `storage`, `db`.
fn module_of(file: &str) -> Vec<String> {
    let stem = file.trim_end_matches(".rs").trim_end_matches("/mod");
    let parts = stem.split('/').map(str::to_owned);
    if matches!(stem, "lib" | "main") {
        Vec::new()
    } else {
        parts.collect()
    }
}

/// What is wrong with a path in a file; `path` starts with `crate` or the name of a crate.
fn path_fault(file: &str, path: &[String], crates: &[String]) -> Option<String> {
    let is_at = |homes: &[&str]| {
        homes
            .iter()
            .any(|home| file == *home || (home.ends_with('/') && file.starts_with(home)))
    };
    for (end, homes) in CALLS {
        if path.windows(end.len()).any(|part| part == end) && !is_at(homes) {
            return Some(format!("only in {}", homes.join(", ")));
        }
    }
    let first = path.first()?.as_str();
    if matches!(first, "crate" | "placet") {
        return room_fault(file, path.get(1)?);
    }
    if let Some((_, homes)) = HOMES.iter().find(|(name, _)| *name == first)
        && !is_at(homes)
    {
        return Some(format!("only in {}", homes.join(", ")));
    }
    let is_crate = crates.iter().any(|name| name == first);
    (file.starts_with("model/") && is_crate && !OF_MODEL.contains(&first))
        .then(|| format!("model imports only {}", OF_MODEL.join(", ")))
}

/// Whether the file may import `room`.
fn room_fault(file: &str, room: &str) -> Option<String> {
    let from = file.split('/').next()?.trim_end_matches(".rs");
    let is_known = |name: &str| ROOMS.iter().any(|(room, _)| *room == name);
    if from == room || !is_known(room) || from == "lib" {
        // Something of `lib.rs` itself, such as a macro, is no room.
        return None;
    }
    if from == "main" {
        return (room != "cli").then(|| "main imports only cli".to_owned());
    }
    if !is_known(from) {
        return Some(format!(
            "{from} is no room that tests/architecture.rs knows"
        ));
    }
    let is_exception = EXCEPTIONS.iter().any(|(place, more)| {
        let rest = file.strip_prefix(place);
        *more == room && rest.is_some_and(|rest| rest.starts_with(['.', '/']))
    });
    (!leads_to(from, room) && !is_exception).then(|| format!("{from} must not import {room}"))
}

/// Whether an arrow leads from one room to another, directly or further along.
fn leads_to(from: &str, to: &str) -> bool {
    let direct = ROOMS
        .iter()
        .find(|(room, _)| *room == from)
        .map_or(&[][..], |(_, rooms)| rooms);
    direct.iter().any(|room| *room == to || leads_to(room, to))
}

/// The faults of one file with that text.
fn faults_of(file: &str, text: &str) -> Vec<String> {
    let crates = ["sqlx", "serde", "tokio", "url"].map(str::to_owned);
    faults(
        &Sources::from([(file.to_owned(), text.to_owned())]),
        &crates,
    )
}

/// A file, a line in it, and what must be said of it.
const BREACHES: &str = r#"
oauth/scope.rs               | use actix_web::web;                       | actix_web
oauth/scope.rs               | fn f() { let x = sqlx::query(""); }       | sqlx::query
http/mod.rs                  | #[derive(sqlx::FromRow)] struct X;        | sqlx::FromRow
identity/login.rs            | use argon2 as a;                          | argon2
identity/login.rs            | use jsonwebtoken::{encode};               | jsonwebtoken::encode
keys/jwt.rs                  | use oauth2_types::scope;                  | oauth2_types
model/user.rs                | use tokio::sync::Mutex;                   | model imports only
model/user.rs                | use crate::random::token;                 | model must not import random
model/user.rs                | use super::super::random;                 | model must not import random
storage/db.rs                | use crate::{keys, model};                 | storage must not import keys
keys/jwt.rs                  | use crate::storage::Store;                | keys must not import storage
identity/login.rs            | fn f() { crate::oauth::x(); }             | identity must not import oauth
oauth/token/mint.rs          | use crate::identity::Identity;            | oauth must not import identity
oauth/token/password_form.rs | use crate::identity::Identity;            | oauth must not import identity
oauth/mod.rs                 | use crate::admin;                         | oauth must not import admin
admin/users.rs               | use crate::http::x;                       | admin must not import http
http/mod.rs                  | pub(crate) use crate::cli::serve;         | http must not import cli
main.rs                      | use placet::storage::Store;               | main imports only cli
oauth/pkce.rs                | fn f() { chrono::Utc::now(); }            | only in clock.rs
oauth/pkce.rs                | fn f() { let f = SystemTime::now; }       | only in clock.rs
oauth/pkce.rs                | fn f() { Uuid::new_v4() }                 | only in random.rs
oauth/pkce.rs                | use rand::Rng;                            | only in random.rs
oauth/pkce.rs                | fn f() { aws_lc_rs::rand::fill(&mut x); } | only in random.rs
attic/mod.rs                 | use crate::model::user;                   | attic is no room
"#;

#[test]
fn each_rule_catches_its_breach() {
    for breach in BREACHES.trim().lines() {
        let [file, text, expected] = breach.split(" | ").map(str::trim).collect::<Vec<_>>()[..]
        else {
            panic!("{breach} has not three parts");
        };
        let found = faults_of(file, &format!("//! x\n{text}"));
        assert_eq!(found.len(), 1, "{breach}: {found:?}");
        assert!(found[0].contains(expected), "{breach}: {found:?}");
    }
    assert_eq!(
        faults_of("oauth/pkce.rs", &format!("//! x{}", "\n.".repeat(399))),
        [""; 0]
    );
    let long = faults_of("oauth/pkce.rs", &format!("//! x{}", "\n.".repeat(400)));
    assert_eq!(
        long,
        ["src/oauth/pkce.rs: 401 lines; at most 400: split it by what it is about"]
    );
    assert_eq!(
        faults_of("oauth/pkce.rs", "/// x\n"),
        ["src/oauth/pkce.rs: does not open with a //! line that says what it is"]
    );
    let beside = ["oauth.rs", "oauth/pkce.rs"].map(|file| (file.to_owned(), "//! x".to_owned()));
    assert_eq!(
        faults(&Sources::from(beside), &[]),
        ["src/oauth.rs: stands beside the folder oauth/; it is oauth/mod.rs"]
    );
}

#[test]
fn what_is_allowed_is_no_breach() {
    let cases = [
        (
            "http/demo/mod.rs",
            "use actix_web::web; use askama::Template; use crate::oauth::x; use crate::storage::Store;",
        ),
        (
            "storage/db.rs",
            "use sqlx::query; use super::error; use crate::model::user; mod t { use super::*; }",
        ),
        (
            "model/user.rs",
            "use std::fmt; use serde::Serialize; use super::id; use oauth2_types::scope; use url::Url;",
        ),
        (
            "keys/ring.rs",
            "use crate::storage::Store; use crate::clock; use jsonwebtoken::Header;",
        ),
        ("keys/ring/mod.rs", "use crate::storage::Store;"),
        ("oauth/token/password.rs", "use crate::identity::login;"),
        (
            "app.rs",
            "use crate::{config, keys, storage}; mod tests { use super::*; fn f() { super::x() } }",
        ),
        ("cli/serve.rs", "use crate::http; use crate::model::user;"),
        ("main.rs", "fn main() { placet::cli::run() }"),
        ("lib.rs", "pub mod cli; use crate::cli::run;"),
        ("clock.rs", "fn f() { Utc::now() }"),
        (
            "oauth/pkce.rs",
            "// use sqlx::query;\n/* Utc::now() */ const X: &str = \"sqlx::query\"; fn f<'a>() { r#\"sqlx::x\"#; b'\"'; }",
        ),
    ];
    for (file, text) in cases {
        assert_eq!(
            faults_of(file, &format!("//! x\n{text}")),
            [""; 0],
            "{file}: {text}"
        );
    }
}
