//! `placet apply`: once, again, in part, by two at the same time, and cut short.

use std::time::Instant;

use serde_json::{Value, json};

use super::{Done, Placet, text_of};
use crate::support::database::on_both;

pub(super) const SECRET: &str = "Zm9ydHktZWlnaHQgY2hhcmFjdGVycyBvZiByYW5kb20gdGV4dA";
const OTHER_SECRET: &str = "YW5vdGhlciBvbmUsIHdoaWNoIGlzIGFzIGxvbmcgYXMgdGhhdA";

pub(super) const SET: &str = r##"
[[roles]]
name = "editor"
description = "Writes notes"

[[scopes]]
name = "notes"
description = "read your notes"
descriptions = { de = "Ihre Notizen lesen" }

[[resources]]
uri = "https://notes.example"
scope = "notes"
scope_roles = { notes = ["editor"] }
names = { de = "Notizen" }

[[clients]]
client_id = "web"
client_name = "Web"
redirect_uris = ["https://web.example/cb"]
scope = "openid notes"
resources = ["https://notes.example"]
client_secret = "env:WEB_SECRET"
always_ask = true
accent = "#7a1f5c"
accent_dark = "#e0a3cd"
localized = { "client_name#de" = "Netz" }

[[users]]
username = "ada"
email = "ada@example.com"
roles = ["editor"]
claims = { given_name = "Ada", address = { locality = "London" } }
"##;

impl Placet {
    pub(super) fn write(&self, name: &str, text: &str) {
        let file = self.file(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }

    pub(super) fn apply(&self, text: &str) -> String {
        self.write("set.toml", text);
        self.text(&["apply", "set.toml"])
    }

    /// The code and the output of a dry run.
    pub(super) fn dry(&self, text: &str) -> (i32, String) {
        self.write("set.toml", text);
        let done = self.run(&["apply", "set.toml", "--dry-run"]);
        assert_eq!(done.stderr, "");
        (done.code, done.stdout)
    }
}

fn lines(done: &Done) -> Vec<&str> {
    done.stderr
        .lines()
        .map(|line| line.strip_prefix("error: ").unwrap())
        .collect()
}

on_both! {
    async fn a_file_is_applied_once(db: TestDatabase) {
        let placet = Placet::on(&db.url).with("WEB_SECRET", SECRET);
        placet.json(&["scope", "list"]);
        let before = db.row_counts().await;
        let made = "+ role editor\n+ scope notes\n+ resource https://notes.example\n+ client web\n+ user ada\n";
        assert_eq!(placet.dry(SET), (2, format!("{made}set: would be: 5 created, 0 unchanged\n")));
        assert_eq!(db.row_counts().await, before, "a dry run writes nothing");
        assert_eq!(placet.apply(SET), format!("{made}set: 5 created, 0 unchanged\n"));
        let after = db.row_counts().await;
        assert_eq!((after["managed"], after["audit_events"] - before["audit_events"]), (5, 6));
        // Idempotent: nothing is written.
        assert_eq!(placet.apply(SET), "set: no difference, 5 unchanged\n");
        assert_eq!(placet.dry(SET).0, 0);
        assert_eq!(db.row_counts().await, after);
        let client = placet.json(&["client", "show", "web"]);
        assert_eq!(client["grant_types"], json!(["authorization_code", "refresh_token"]));
        assert_eq!(client["secrets"].as_array().unwrap().len(), 1);
        let ada = placet.json(&["user", "show", "ada"]);
        assert_eq!((&ada["claims"], &ada["has_password"]), (&json!({ "given_name": "Ada", "address": { "locality": "London" } }), &json!(false)));
    }
}

on_both! {
    async fn each_field_that_differs_is_told_and_changed(db: TestDatabase) {
        let placet = Placet::on(&db.url).with("WEB_SECRET", SECRET);
        placet.apply(SET);
        let changed = SET
            .replace("Writes notes", "Writes")
            .replace("read your notes", "see your notes")
            .replace("scope = \"notes\"\n", "scope = \"notes\"\nname = \"Notes\"\naccess_ttl_seconds = 60\n")
            .replace("[\"https://web.example/cb\"]", "[\"https://web.example/a\", \"https://web.example/b\"]\ndefault_max_age = 9\ndisabled = true")
            .replace("ada@example.com\"", "ada@example.org\"\nname = \"Ada\"\ndisabled = true")
            .replace("given_name = \"Ada\", address = { locality = \"London\" }", "given_name = \"Augusta\", phone_number = \"+44 20 7946 0000\", phone_number_verified = true");
        let told = "~ role editor\n    description: Writes notes -> Writes\n\
            ~ scope notes\n    description: read your notes -> see your notes\n\
            ~ resource https://notes.example\n    access_ttl_seconds: (none) -> 60\n    name: https://notes.example -> Notes\n\
            ~ client web\n    default_max_age: (none) -> 9\n    disabled: false -> true\n    redirect_uris: - https://web.example/cb  + https://web.example/a  + https://web.example/b\n\
            ~ user ada\n    claims.address: {\"locality\":\"London\"} -> (none)\n    claims.given_name: Ada -> Augusta\n    claims.phone_number: (none) -> +44 20 7946 0000\n    \
            claims.phone_number_verified: (none) -> true\n    disabled: false -> true\n    email: ada@example.com -> ada@example.org\n    name: (none) -> Ada\n\
            set: would be: 5 updated, 0 unchanged\n";
        assert_eq!(placet.dry(&changed), (2, told.to_owned()));
        placet.apply(&changed);
        assert_eq!(placet.dry(&changed), (0, "set: no difference, 5 unchanged\n".to_owned()));
        // What is left out goes; whether something is disabled is not said, and stays.
        let back = placet.apply(SET);
        assert!(!back.contains("disabled") && back.ends_with("set: 5 updated, 0 unchanged\n"), "{back}");
        assert_eq!(placet.json(&["client", "show", "web"])["disabled"], true);
        assert_eq!(placet.json(&["user", "show", "ada"])["disabled"], true);
        assert_eq!(placet.json(&["user", "show", "ada"])["name"], Value::Null);
    }
}

on_both! {
    // S171
    async fn a_secret_is_referred_to_and_never_shown(db: TestDatabase) {
        let placet = Placet::on(&db.url);
        placet.write("set.toml", SET);
        let done = placet.run(&["apply", "set.toml"]);
        assert_eq!(lines(&done), ["client \"web\": client_secret: env:WEB_SECRET: the variable is not set", "the document has 1 faults; nothing was changed"]);
        let placet = placet.with("WEB_SECRET", SECRET);
        assert!(!placet.apply(SET).contains(SECRET));
        assert!(!placet.keeps_in(&db, SECRET).await);
        // Another one in the same place: the old lives on for a while.
        let placet = placet.with("WEB_SECRET", OTHER_SECRET);
        let text = "~ client web\n    client_secret: a new one, env:WEB_SECRET\nset: 1 updated, 4 unchanged\n";
        assert_eq!(placet.apply(SET), text);
        let secrets = placet.json(&["client", "show", "web"])["secrets"].clone();
        assert_eq!((secrets[0]["expires_at"].is_string(), secrets[1]["expires_at"].is_null(), secrets.as_array().unwrap().len()), (true, true, 2));
        // Back again, and the others end now.
        let placet = placet.with("WEB_SECRET", SECRET);
        placet.text(&["apply", "set.toml", "--overlap", "0s"]);
        assert_eq!(placet.json(&["client", "show", "web"])["secrets"].as_array().unwrap().len(), 1);
        assert_eq!(placet.dry(SET).0, 0);
        // Nothing there: what there is stays, unless it is required.
        let missing = SET.replace("env:WEB_SECRET", "file:nowhere");
        let kept = placet.apply(&missing);
        assert!(kept.starts_with("= client web: client_secret: file:nowhere: it cannot be read: "), "{kept}");
        let done = placet.run(&["apply", "set.toml", "--secrets-required"]);
        assert!(done.code == 1 && done.stderr.contains("client_secret: file:nowhere: it cannot be read"), "{done:?}");
        // From a file beside the document.
        placet.write("secrets/web", &format!("{OTHER_SECRET}\n"));
        assert!(placet.apply(&SET.replace("env:WEB_SECRET", "file:secrets/web")).contains("a new one, file:secrets/web"));
    }
}

impl Placet {
    async fn keeps_in(&self, db: &crate::support::database::TestDatabase, secret: &str) -> bool {
        let events = db
            .texts("SELECT CAST(detail AS TEXT) FROM audit_events".to_owned())
            .await;
        let managed = db
            .texts("SELECT CAST(definition AS TEXT) FROM managed".to_owned())
            .await;
        events
            .iter()
            .chain(&managed)
            .any(|text| text.contains(secret))
    }
}

#[test]
fn what_another_road_changed_is_told_and_undone() {
    let placet = Placet::new().with("WEB_SECRET", SECRET);
    placet.apply(SET);
    placet.json(&["client", "update", "web", "--name", "Shop"]);
    placet.json(&["user", "update", "ada", "--claim", "nickname=A"]);
    let told = "~ client web\n    client_name: Shop -> Web  (changed by another road)\n\
        ~ user ada\n    claims.nickname: A -> (none)  (changed by another road)\n\
        set: would be: 2 updated, 3 unchanged\n";
    assert_eq!(placet.dry(SET), (2, told.to_owned()));
    let json = placet.run(&["apply", "set.toml", "--dry-run", "--json"]);
    let json: Value = serde_json::from_str(&json.stdout).unwrap();
    let field = json!({ "field": "client_name", "old": "Shop", "new": "Web", "drifted": true });
    assert_eq!(
        (&json["difference"], &json["items"][0]["fields"][0]),
        (&json!(true), &field)
    );
    placet.apply(SET);
    assert_eq!(
        text_of(&placet.json(&["client", "show", "web"]), "client_name"),
        "Web"
    );
}

#[test]
fn what_is_there_is_adopted_and_another_sets_is_left_alone() {
    let placet = Placet::new();
    placet.json(&["scope", "add", "notes", "--description", "read your notes"]);
    placet.json(&["scope", "add", "mail", "--description", "read mail"]);
    let scope = |words: &str| format!("[[scopes]]\nname = \"notes\"\ndescription = \"{words}\"\n");
    let adopted = "= scope notes: it was there; set manages it from now on\nset: no difference, 1 adopted, 1 unchanged\n";
    assert_eq!(
        placet.dry(&scope("read your notes")),
        (0, adopted.to_owned())
    );
    assert_eq!(placet.apply(&scope("read your notes")), adopted);
    let mail = "name = \"post\"\n[[scopes]]\nname = \"mail\"\ndescription = \"read letters\"\n";
    let changed = "~ scope mail: it was there; post manages it from now on\n    description: read mail -> read letters\npost: 1 updated, 1 adopted, 0 unchanged\n";
    assert_eq!(placet.apply(mail), changed);
    let other = format!("name = \"post\"\n{}", scope("see notes"));
    placet.write("set.toml", &other);
    let done = placet.run(&["apply", "set.toml"]);
    let fault = "scope \"notes\": set manages it; take it out there, or take it over: --take-over";
    assert_eq!((done.code, lines(&done)[0]), (1, fault));
    let taken = "~ scope notes: taken over from set\n    description: read your notes -> see notes\n\
        ! scope mail: post manages it and does not list it; --prune removes it\npost: 1 updated, 1 adopted, 0 unchanged\n";
    assert_eq!(placet.text(&["apply", "set.toml", "--take-over"]), taken);
    assert_eq!(
        placet.apply("name = \"set\"\n"),
        "set: no difference, 0 unchanged\n"
    );
}

on_both! {
    async fn prune_removes_what_the_set_manages_alone(db: TestDatabase) {
        let placet = Placet::on(&db.url).with("WEB_SECRET", SECRET);
        placet.json(&["scope", "add", "other", "--description", "x"]);
        placet.json(&["user", "add", "bob", "--role", "editor"]);
        let root = "\n[[users]]\nusername = \"root\"\nroles = [\"admin\"]\n";
        placet.apply(&format!("{SET}{root}"));
        let password = |name| placet.json_with(&["user", "password", name, "--password-stdin"], "correct horse battery");
        password("root");
        placet.write("set.toml", "");
        assert_eq!(placet.text(&["apply", "set.toml"]).matches("--prune removes it").count(), 6);
        // A role that somebody has stays, and so does everything else then.
        let done = placet.run(&["apply", "set.toml", "--prune"]);
        assert_eq!((done.code, lines(&done)[0]), (1, "role \"editor\": name: it cannot go: the user \"bob\" has it"));
        placet.json(&["user", "remove", "bob"]);
        // S60; the last administrator is never taken away.
        let gone = "= user root: it is not listed, but stays: nobody else can administer\n\
            - user ada\n- client web\n- resource https://notes.example\n- scope notes\n- role editor\nset: 5 removed, 1 unchanged\n";
        assert_eq!(placet.text(&["apply", "set.toml", "--prune"]), gone);
        assert_eq!(placet.json(&["client", "list"]), json!([]));
        assert!(placet.text(&["scope", "list"]).contains("other"));
        assert_eq!(db.count("managed").await, 1);
        let demoted = "[[users]]\nusername = \"root\"\n";
        placet.write("set.toml", demoted);
        let done = placet.run(&["apply", "set.toml"]);
        assert_eq!(lines(&done)[0], "user \"root\": roles: nobody would be left who can administer; give somebody else the role admin first");
        // S60: without a password eve cannot sign in.
        placet.json(&["user", "add", "eve", "--role", "admin"]);
        assert_eq!(placet.run(&["apply", "set.toml"]).code, 1);
        password("eve");
        assert!(placet.apply(demoted).starts_with("~ user root\n    roles: - admin\n"));
    }
}

on_both! {
    async fn a_role_goes_with_what_took_it_from_its_last_holders(db: TestDatabase) {
        let placet = Placet::on(&db.url).with("WEB_SECRET", SECRET);
        placet.apply(SET);
        let role = "[[roles]]\nname = \"editor\"\ndescription = \"Writes notes\"\n";
        let less = SET.replace(role, "").replace("scope_roles = { notes = [\"editor\"] }\n", "");
        let less = less.replace("roles = [\"editor\"]", "roles = []");
        assert!(!less.contains("editor"));
        placet.write("set.toml", &less);
        let done = placet.text(&["apply", "set.toml", "--prune"]);
        assert!(done.contains("- role editor\n") && done.contains("~ user ada\n"), "{done}");
        let roles = placet.json(&["role", "list"]).to_string();
        assert!(!roles.contains("editor"), "{roles}");
        let again = placet.text(&["apply", "set.toml", "--prune"]);
        assert!(again.starts_with("set: no difference"), "{again}");
    }
}

/// So many clients, each with words that tell the run.
fn many(number: usize, words: &str) -> String {
    let client = |n: usize| {
        format!(
            "[[clients]]\nclient_id = \"c{n}\"\nclient_name = \"{words} {n}\"\ntoken_endpoint_auth_method = \"none\"\nredirect_uris = [\"https://c{n}.example/cb\"]\n"
        )
    };
    (0..number).map(client).collect()
}

#[test]
fn a_thousand_clients_are_applied_and_the_second_run_changes_nothing() {
    let placet = Placet::new();
    let text = placet.apply(&many(1000, "App"));
    assert!(text.ends_with("set: 1000 created, 0 unchanged\n"));
    assert_eq!(
        placet.apply(&many(1000, "App")),
        "set: no difference, 1000 unchanged\n"
    );
    assert_eq!(
        placet.json(&["client", "list"]).as_array().unwrap().len(),
        1000
    );
    // YAML has bounds against bombs; this is none.
    let yaml = placet.text(&["export", "--format", "yaml"]);
    placet.write("set.yaml", &yaml);
    assert_eq!(
        placet.text(&["apply", "set.yaml"]),
        "set: no difference, 1000 unchanged\n"
    );
}

on_both! {
    async fn a_kill_in_the_middle_leaves_all_or_nothing(db: TestDatabase) {
        let placet = Placet::on(&db.url);
        placet.json(&["client", "list"]);
        let started = Instant::now();
        placet.apply(&many(200, "zero"));
        let whole = started.elapsed();
        let runs = 12;
        let mut outcomes = [0; 2];
        for run in 1..=runs {
            let words = format!("run{run}");
            placet.write("set.toml", &many(200, &words));
            let mut child = placet.command(&["apply", "set.toml"]).spawn().unwrap();
            tokio::time::sleep(whole * run / runs).await;
            // It may have ended by itself.
            let _ = child.kill();
            child.wait().unwrap();
            let is_new = |client: &&Value| text_of(client, "client_name").starts_with(&format!("{words} "));
            let clients = placet.json(&["client", "list"]);
            let new = clients.as_array().unwrap().iter().filter(is_new).count();
            assert!(new == 0 || new == 200, "{new} of 200 in run {run}");
            outcomes[usize::from(new == 200)] += 1;
            let said = db.texts("SELECT CAST(definition AS TEXT) FROM managed".to_owned()).await;
            assert_eq!(said.iter().filter(|text| text.contains(&format!("{words} "))).count(), new);
        }
        assert!(outcomes[0] > 0, "no run was cut short");
        assert!(placet.apply(&many(200, "end")).ends_with("set: 200 updated, 0 unchanged\n"));
    }
}

on_both! {
    async fn of_two_at_once_one_wins_or_both_come_in_turn(db: TestDatabase) {
        let placet = Placet::on(&db.url);
        placet.json(&["client", "list"]);
        placet.apply(&many(50, "zero"));
        for round in 0..3 {
            let texts = ["left", "right"].map(|side| many(50, &format!("{side}{round}")));
            std::thread::scope(|scope| {
                let runs = ["left", "right"].map(|side| {
                    let (placet, text) = (&placet, &texts[usize::from(side == "right")]);
                    let file = format!("{side}/set.toml");
                    placet.write(&file, text);
                    scope.spawn(move || placet.run(&["apply", &file]))
                });
                let runs = runs.map(|run| run.join().unwrap());
                assert!(runs.iter().any(|done| done.code == 0), "{runs:?}");
                for done in runs.iter().filter(|done| done.code != 0) {
                    assert!(lines(done)[0].ends_with("was changed meanwhile; nothing was done: apply again"), "{done:?}");
                }
            });
            let clients = placet.json(&["client", "list"]);
            let first = text_of(&clients[0], "client_name").split(' ').next().unwrap().to_owned();
            assert!(clients.as_array().unwrap().iter().all(|client| text_of(client, "client_name").starts_with(&first)));
        }
    }
}
