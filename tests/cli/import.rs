//! `placet import`: what is said and what is stored; files that are no exports.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{Placet, text_of};

const KEYCLOAK: &str = include_str!("../fixtures/import/keycloak-realm.json");
const HYDRA: &str = include_str!("../fixtures/import/hydra-clients.json");
const SECRET: &str = "hvJ2pK6hYq0aS3dFgH4jK5lZ6xC7vB8n";

fn with(text: &str) -> Placet {
    let placet = Placet::new();
    fs::write(placet.file("export.json"), text).unwrap();
    placet
}

fn names(value: &Value, kind: &str) -> Vec<String> {
    let names = value[kind].as_array().unwrap().iter();
    names
        .map(|name| name.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_realm_is_shown_first_and_then_stored_once() {
    let placet = with(KEYCLOAK);
    let dry = placet.json(&["import", "keycloak", "export.json", "--dry-run"]);
    assert_eq!(dry["dry_run"], true);
    assert_eq!(dry["new_secrets"][0]["client_id"], "billing");
    assert!(
        dry["new_secrets"][0]["client_secret"].is_null(),
        "there is none yet"
    );
    assert_eq!(
        placet.json(&["client", "list"]).as_array().unwrap().len(),
        0
    );
    let done = placet.json(&["import", "keycloak", "export.json"]);
    assert_eq!(done["added"], dry["added"], "what was said is done");
    assert_eq!(done["notes"], dry["notes"]);
    assert_eq!(names(&done["added"], "users").len(), 6);
    let secret = text_of(&done["new_secrets"][0], "client_secret");
    assert!(secret.starts_with("placet_cs_"));
    assert_eq!(
        placet.json(&["client", "list"]).as_array().unwrap().len(),
        6
    );
    assert_eq!(
        placet.json(&["client", "show", "old-desk"])["disabled"],
        true
    );
    assert_eq!(
        placet.json(&["user", "show", "ada"])["claims"]["phone_number"],
        "+44 20 7946 0000"
    );
    let again = placet.text(&["import", "keycloak", "export.json"]);
    assert!(again.starts_with("There is nothing to add.\n"), "{again}");
    // S171: secrets are shown once, and kept as hashes.
    assert!(!again.contains("placet_cs_"));
    for secret in [secret, SECRET] {
        assert!(!placet.keeps(secret), "a secret is stored in clear");
    }
}

#[test]
fn people_read_what_did_not_fit_and_what_to_do() {
    let placet = with(KEYCLOAK);
    let text = placet.text(&["import", "keycloak", "export.json"]);
    for part in [
        "added:\n  scopes (1): orders:read\n",
        "  client spa, redirectUris\n    https://spa.example.com/*: it has a wildcard; register each URI in full\n    -> find out",
        "  client account, admin-cli\n    it is Keycloak's own\n",
        "fields without a counterpart here",
        "\nnew secrets, shown only this once:\n  billing  placet_cs_",
    ] {
        assert!(text.contains(part), "{part:?} is not in {text}");
    }
    for hidden in [
        SECRET,
        "lij5",
        "$pbkdf2",
        "secretData\":",
        "GEZDGNBVGY3TQOJQ",
    ] {
        assert!(!text.contains(hidden), "{hidden}");
    }
}

#[test]
fn without_secrets_none_is_made() {
    let placet = with(HYDRA);
    let done = placet.json(&["import", "hydra", "export.json", "--no-secrets"]);
    assert_eq!(done["new_secrets"].as_array().unwrap().len(), 0);
    let billing = placet.json(&["client", "show", "billing"]);
    assert_eq!(billing["secrets"].as_array().unwrap().len(), 0);
    assert!(placet.json(&["client", "secret", "billing"])["client_secret"].is_string());
}

#[test]
fn a_file_that_is_no_export_is_refused_in_one_line_and_nothing_is_stored() {
    let placet = Placet::new();
    let refuses = |text: &[u8], code: i32| {
        fs::write(placet.file("export.json"), text).unwrap();
        for source in ["hydra", "keycloak"] {
            let done = placet.run(&["import", source, "export.json"]);
            assert_eq!(
                (done.code, done.stdout.as_str()),
                (code, ""),
                "{}",
                done.stderr
            );
            let is_line = done.stderr.starts_with("error: ") && done.stderr.lines().count() == 1;
            assert!(is_line, "{}", done.stderr);
        }
    };
    refuses(&KEYCLOAK.as_bytes()[..KEYCLOAK.len() / 2], 2);
    refuses(b"", 2);
    refuses(b"\xff\xfe\x00", 2);
    refuses("[".repeat(1_000_000).as_bytes(), 2);
    refuses("{\"realm\":".repeat(100_000).as_bytes(), 2);
    assert!(
        !Path::new(&placet.file("data")).exists(),
        "not even a database was made"
    );
    let line = "cannot read missing.json: No such file or directory (os error 2)";
    placet.refuses(&["import", "hydra", "missing.json"], 1, line);
    let line = "file: it is no Keycloak realm: an object with realm, clients, users; kc.sh export --realm NAME --users realm_file writes one";
    fs::write(placet.file("export.json"), HYDRA).unwrap();
    placet.refuses(&["import", "keycloak", "export.json"], 2, line);
}
