//! The same commands on either database.

use serde_json::json;

use super::{Placet, text_of};
use crate::support::database::on_both;

const OTHER_KEY: &str = "b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90aGVyb3Q=";

on_both! {
    async fn every_command_works(db: TestDatabase) {
        let placet = Placet::on(&db.url);
        let version = placet.json(&["migrate"])["schema_version"].clone();
        assert_eq!(placet.json(&["migrate"])["schema_version"], version);
        placet.json(&["scope", "add", "notes", "--description", "Read your notes"]);
        let resource = placet.json(&["resource", "add", "https://notes.example", "--scope", "notes", "--alg", "HS256"]);
        assert!(text_of(&resource, "secret").starts_with("placet_rs_"));
        let add = ["client", "add", "--id", "app", "--name", "App", "--scope", "notes", "--resource", "https://notes.example"];
        assert!(text_of(&placet.json(&add), "client_secret").starts_with("placet_cs_"));
        placet.refuses(&add, 1, "there is a client \"app\" already; change it with `placet client update`");
        placet.json(&["client", "update", "app", "--name", "New", "--first-party"]);
        placet.json(&["client", "secret", "app"]);
        placet.json(&["client", "disable", "app"]);
        placet.json(&["client", "enable", "app"]);
        let client = placet.json(&["client", "show", "app"]);
        assert_eq!((&client["client_name"], &client["first_party"]), (&json!("New"), &json!(true)));
        assert_eq!(client["secrets"].as_array().unwrap().len(), 2);
        let user = ["user", "add", "ada", "--email", "ada@example.com", "--role", "reader", "--password-stdin"];
        placet.json_with(&user, "correct horse battery");
        placet.json_with(&["user", "password", "ada", "--password-stdin"], "another good one");
        placet.refuses(&["user", "add", "ADA"], 1, "there is a user \"ADA\" already; change it with `placet user update`");
        placet.refuses(&["user", "add", "bob", "--email", "ADA@example.com"], 1, "there is a user with the e-mail address \"ADA@example.com\" already");
        placet.json(&["user", "update", "ada", "--name", "Ada", "--role", "reader", "--role", "editor"]);
        assert_eq!(placet.json(&["user", "list"])[0]["roles"], json!(["reader", "editor"]));
        placet.json(&["key", "rotate", "--alg", "RS256"]);
        placet.json(&["key", "rotate", "--now"]);
        assert_eq!(placet.json(&["key", "list"]).as_array().unwrap().len(), 4);
        assert_eq!(placet.json(&["doctor"])["ok"], true);
        for arguments in [["client", "remove", "app"], ["user", "remove", "ada"], ["resource", "remove", "https://notes.example"], ["scope", "remove", "notes"]] {
            assert_eq!(placet.json(&arguments)["removed"], true, "{arguments:?}");
            assert_eq!(placet.run(&arguments).code, 1, "{arguments:?}");
        }
    }
}

on_both! {
    async fn another_secret_key_is_refused(db: TestDatabase) {
        let placet = Placet::on(&db.url);
        placet.json(&["scope", "list"]);
        let before = db.row_counts().await;
        let stranger = Placet::on(&db.url).with("PLACET_SECRET_KEY", OTHER_KEY);
        let line = "secret_key: it is not the key that this database was made with; give that one, or use an empty database";
        stranger.refuses(&["scope", "add", "a", "--description", "x"], 1, line);
        assert_eq!(stranger.run(&["doctor"]).code, 1);
        placet.json(&["doctor"]);
        assert_eq!(db.row_counts().await, before);
        assert_eq!(placet.json(&["scope", "list"]).as_array().unwrap().len(), 8);
    }
}

on_both! {
    async fn first_commands_at_once_make_one_installation(db: TestDatabase) {
        let placet = Placet::on(&db.url);
        std::thread::scope(|scope| {
            let runs = ["a", "b", "c", "d"].map(|name| {
                let placet = &placet;
                scope.spawn(move || placet.run(&["scope", "add", name, "--description", "x"]))
            });
            for run in runs {
                let done = run.join().unwrap();
                assert_eq!((done.code, done.stderr.as_str()), (0, ""));
            }
        });
        assert_eq!(placet.json(&["scope", "list"]).as_array().unwrap().len(), 12);
        assert_eq!(placet.json(&["key", "list"]).as_array().unwrap().len(), 2);
    }
}

on_both! {
    async fn postgres_needs_a_secret_key_and_sqlite_makes_one(db: TestDatabase) {
        let placet = Placet::new().with("PLACET_DATABASE_URL", &db.url);
        if db.url.starts_with("postgres") {
            let line = "secret_key: on Postgres it must be given, the same to every node; make one with `openssl rand -base64 32` and set PLACET_SECRET_KEY or PLACET_SECRET_KEY_FILE";
            placet.refuses(&["scope", "list"], 1, line);
            placet.json(&["migrate"]);
        } else {
            placet.json(&["scope", "list"]);
        }
    }
}
