//! `placet resource`.

use serde_json::json;

use super::{Placet, text_of};

const NOTES: &str = "https://notes.example";

#[test]
fn a_resource_is_added_listed_shown_and_removed() {
    let placet = Placet::new();
    placet.json(&[
        "scope",
        "add",
        "notes:read",
        "--description",
        "Read your notes",
    ]);
    placet.json(&[
        "scope",
        "add",
        "notes:write",
        "--description",
        "Write notes",
    ]);
    let expected = json!({
        "uri": NOTES, "name": "Notes", "scope": "notes:read notes:write", "alg": "ES256", "format": "jwt", "access_ttl_seconds": 1800,
    });
    let add = [
        "resource",
        "add",
        NOTES,
        "--name",
        "Notes",
        "--scope",
        "notes:write notes:read",
        "--access-ttl",
        "30m",
    ];
    assert_eq!(placet.json(&add), expected);
    assert_eq!(placet.json(&["resource", "show", NOTES]), expected);
    assert_eq!(placet.json(&["resource", "list"]), json!([expected]));
    let text = "URI                    ALG    SCOPE                   NAME\n\
        https://notes.example  ES256  notes:read notes:write  Notes\n";
    assert_eq!(placet.text(&["resource", "list"]), text);
    assert!(
        placet
            .text(&["resource", "show", NOTES])
            .contains("access_ttl: 30m\n")
    );
    placet.refuses(
        &add,
        1,
        "there is a resource \"https://notes.example\" already",
    );
    assert_eq!(
        placet.json(&["resource", "remove", NOTES]),
        json!({ "uri": NOTES, "removed": true })
    );
    for verb in ["show", "remove"] {
        placet.refuses(
            &["resource", verb, NOTES],
            1,
            "there is no resource \"https://notes.example\"",
        );
    }
}

#[test]
fn one_with_hs256_gets_a_secret_that_is_shown_once_and_kept_sealed() {
    let placet = Placet::new();
    let made = placet.json(&["resource", "add", NOTES, "--alg", "HS256"]);
    let secret = text_of(&made, "secret");
    assert!(
        secret.starts_with("placet_rs_") && secret.len() == 53,
        "{secret}"
    );
    assert_eq!(
        placet.json(&["resource", "show", NOTES]).get("secret"),
        None
    );
    assert!(!placet.text(&["resource", "list"]).contains("placet_rs_"));
    assert!(!placet.keeps(secret));
    let text = placet.text(&["resource", "add", "https://other.example", "--alg", "HS256"]);
    assert!(
        text.contains("placet_rs_") && text.contains("The secret is shown this once"),
        "{text}"
    );
    assert!(!placet.text(&["key", "list"]).contains("HS256"));
}

#[test]
fn another_algorithm_gets_its_first_key() {
    let placet = Placet::new();
    for (number, alg) in ["EdDSA", "PS256", "EdDSA"].into_iter().enumerate() {
        let uri = format!("https://{number}.example");
        assert!(
            placet
                .json(&["resource", "add", &uri, "--alg", alg])
                .get("secret")
                .is_none()
        );
    }
    let keys = placet.json(&["key", "list"]);
    let mut algs: Vec<&str> = keys
        .as_array()
        .unwrap()
        .iter()
        .map(|key| text_of(key, "alg"))
        .collect();
    algs.sort_unstable();
    assert_eq!(algs, ["ES256", "EdDSA", "PS256", "RS256"]);
}

#[test]
fn bad_values_are_refused() {
    let placet = Placet::new();
    let cases: [(&[&str], &str); 9] = [
        (
            &["/notes"],
            "uri: it is not an absolute URI such as https://api.example.com",
        ),
        (
            &["https://notes.example#x"],
            "uri: it must not have a fragment (RFC 8707 section 2)",
        ),
        (
            &["https://notes.example/a b"],
            "uri: it is not 1 to 2000 characters of ASCII without blanks",
        ),
        (&[NOTES, "--name", " "], "name: it has 1 to 200 characters"),
        (
            &[NOTES, "--scope", "notes"],
            "scope: notes is not registered; register it first: placet scope add notes --description \"…\"",
        ),
        (
            &[NOTES, "--alg", "none"],
            "alg: none is not one of ES256, RS256, PS256, EdDSA, HS256",
        ),
        (
            &[NOTES, "--access-ttl", "9s"],
            "access_ttl: it is 10s to 24h",
        ),
        (
            &[NOTES, "--format", "opaque", "--alg", "HS256"],
            "format: opaque tokens are not signed; leave out the algorithm",
        ),
        (
            &[NOTES, "--format", "xml"],
            "format: \"xml\" is not one of jwt, opaque",
        ),
    ];
    for (rest, line) in cases {
        placet.refuses(&[&["resource", "add"], rest].concat(), 2, line);
    }
    assert_eq!(placet.json(&["resource", "list"]), json!([]));
}
