//! `placet export`, and the way back.

use super::Placet;
use super::apply::{SECRET, SET};
use crate::support::database::{Kind, TestDatabase, on_both};

/// Something of everything, not all of it from a file.
fn furnish(placet: &Placet) {
    placet.apply(SET);
    placet.json(&[
        "scope",
        "add",
        "profile",
        "--description",
        "see who you are",
    ]);
    placet.json(&[
        "scope",
        "add",
        "a-first",
        "--description",
        "yes: \"quoted\" # no comment",
        "--required",
    ]);
    placet.json(&[
        "resource",
        "add",
        "https://hs.example",
        "--alg",
        "HS256",
        "--access-ttl",
        "10m",
    ]);
    placet.json(&[
        "resource",
        "add",
        "https://asks.example",
        "--format",
        "opaque",
        "--scope",
        "a-first",
        "--name",
        "Asks",
    ]);
    let jwks = r#"{"keys":[{"kty":"EC","crv":"P-256","kid":"1","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}"#;
    placet.json(&[
        "client",
        "add",
        "--id",
        "full",
        "--name",
        "Full: \u{1f980}",
        "--redirect-uri",
        "https://full.example/cb?a=b%20c",
        "--redirect-uri",
        "http://127.0.0.1/cb",
        "--token-endpoint-auth-method",
        "private_key_jwt",
        "--jwks",
        jwks,
        "--first-party",
        "--policy-uri",
        "https://full.example/policy",
        "--contact",
        "ops@full.example",
        "--default-max-age",
        "60",
        "--backchannel-logout-uri",
        "https://full.example/out",
        "--subject-type",
        "pairwise",
        "--sector-identifier-uri",
        "https://full.example/sector",
    ]);
    placet.json(&[
        "client",
        "add",
        "--id",
        "service",
        "--name",
        "no",
        "--scope",
        "notes",
        "--resource",
        "https://notes.example",
    ]);
    placet.json(&[
        "client",
        "add",
        "--id",
        "server",
        "--name",
        "Server",
        "--resource-server-of",
        "https://asks.example",
    ]);
    placet.json(&["client", "disable", "service"]);
    placet.json(&[
        "user",
        "add",
        "Bob",
        "--email",
        "bob@example.com",
        "--email-verified",
        "--name",
        "Bob B.",
        "--role",
        "x:y",
        "--role",
        "editor",
        "--claim",
        "phone_number=+44 20 7946 0000",
        "--claim",
        "phone_number_verified=true",
        "--claim",
        "address.formatted=1 Road\nLondon",
    ]);
    placet.json(&["user", "disable", "Bob"]);
}

on_both! {
    async fn an_export_makes_no_difference_where_it_came_from(db: TestDatabase) {
        let placet = Placet::on(&db.url).with("WEB_SECRET", SECRET);
        furnish(&placet);
        let before = db.row_counts().await;
        for format in ["toml", "yaml", "json"] {
            let text = placet.text(&["export", "--format", format]);
            let file = format!("all.{format}");
            placet.write(&file, &text);
            let done = placet.run(&["apply", &file, "--dry-run"]);
            assert_eq!((done.code, done.stderr.as_str()), (0, ""), "{}", done.stdout);
            assert!(done.stdout.lines().all(|line| line.starts_with("= ") || line.starts_with("set: no difference, ")), "{}", done.stdout);
            assert!(text.contains("Not in it: secrets") && text.contains("env:SECRET_SERVICE") && text.contains("env:WEB_SECRET"), "{text}");
        }
        assert_eq!(db.row_counts().await, before);
        placet.text(&["apply", "all.toml"]);
        assert_eq!(placet.text(&["apply", "all.yaml"]).lines().last().unwrap(), "set: no difference, 14 unchanged");
    }
}

on_both! {
    async fn an_export_makes_the_same_in_an_empty_database(db: TestDatabase) {
        let from = Placet::on(&db.url).with("WEB_SECRET", SECRET);
        furnish(&from);
        let export = from.text(&["export"]);
        let Some(empty) = TestDatabase::new(Kind::Sqlite).await else { return };
        let names = ["WEB_SECRET", "SECRET_SERVICE", "SECRET_SERVER", "SECRET_HTTPS___HS_EXAMPLE"];
        let mut to = Placet::on(&empty.url);
        to.write("all.toml", &export);
        let done = to.run(&["apply", "all.toml"]);
        assert_eq!(done.stderr.matches("the variable is not set").count(), names.len(), "{}", done.stderr);
        for (number, name) in names.into_iter().enumerate() {
            to = to.with(name, &format!("{SECRET}{number}"));
        }
        to.text(&["apply", "all.toml"]);
        assert_eq!(to.text(&["export"]), export);
        assert_eq!(to.json(&["client", "show", "service"])["disabled"], true);
        // Their `sub` stays.
        assert_eq!(to.json(&["user", "show", "bob"])["id"], from.json(&["user", "show", "bob"])["id"]);
        // A set by itself.
        let set = from.text(&["export", "--set", "set"]);
        assert!(set.contains("client_id = \"web\"") && !set.contains("client_id = \"full\""), "{set}");
        from.refuses(&["export", "--set", "none"], 1, "there is no set \"none\"");
    }
}

#[test]
fn the_example_of_the_documents_works() {
    let text = std::fs::read_to_string("docs/apply.md").unwrap();
    let example = text
        .split("```toml\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let placet = Placet::new()
        .with("WEB_SECRET", SECRET)
        .with("LEGACY_SECRET", &format!("{SECRET}1"));
    placet.write("secrets/nightly", &format!("{SECRET}2\n"));
    assert!(
        placet
            .apply(example)
            .ends_with("production: 9 created, 0 unchanged\n")
    );
    assert_eq!(
        placet.dry(example),
        (0, "production: no difference, 9 unchanged\n".to_owned())
    );
}
