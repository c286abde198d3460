//! `placet resource`.

use serde_json::json;

use super::{Placet, text_of};

const NOTES: &str = "https://notes.example";
/// The one that comes with the installation.
const API: &str = "http://127.0.0.1:1/api/v1";

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
        "scope_roles": {}, "token_roles": "all", "built_in": false,
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
    let all = placet.json(&["resource", "list"]);
    assert_eq!(all.as_array().unwrap().len(), 2);
    assert_eq!(
        (&all[0]["uri"], &all[0]["built_in"]),
        (&json!(API), &json!(true))
    );
    assert_eq!(all[1], expected);
    let text = "URI                        ALG    SCOPE                     NAME\n\
        http://127.0.0.1:1/api/v1  ES256  placet:admin placet:read  Administration\n\
        https://notes.example      ES256  notes:read notes:write    Notes\n";
    assert_eq!(placet.text(&["resource", "list"]), text);
    assert!(
        placet
            .text(&["resource", "show", NOTES])
            .contains("access_ttl:  30m\n")
    );
    placet.refuses(
        &add,
        1,
        "there is a resource \"https://notes.example\" already; change it with `placet resource update`",
    );
    assert_eq!(
        placet.json(&["resource", "remove", NOTES]),
        json!({ "uri": NOTES, "removed": true })
    );
    for verb in ["show", "remove"] {
        placet.refuses(
            &["resource", verb, NOTES],
            1,
            "there is no resource \"https://notes.example\"; see `placet resource list`",
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
    placet.json(&["scope", "add", "a", "--description", "do a"]);
    let cases: [(&[&str], &str); 16] = [
        (
            &[NOTES, "--scope", "placet:admin"],
            "scope: placet:admin is the server's own; only its admin API has it",
        ),
        (
            &[NOTES, "--scope", "a", "--scope-role", "a=edtor"],
            "scope_roles: there is no role edtor; add it first: placet role add edtor --description \"…\"",
        ),
        (
            &[NOTES, "--scope", "a", "--scope-role", "a=x y"],
            "scope_roles: \"x y\": a role has 1 to 64 of the characters A-Z a-z 0-9 . _ - :",
        ),
        (
            &[NOTES, "--scope-role", "a=admin"],
            "scope_roles: a is not in the resource's scope; add it there, or leave its roles out",
        ),
        (
            &[NOTES, "--scope", "openid", "--scope-role", "openid=admin"],
            "scope_roles: openid speaks of the person and cannot be kept for roles",
        ),
        (
            &[NOTES, "--scope-role", "a"],
            "scope_roles: \"a\" is not SCOPE=ROLE,ROLE, such as notes:write=editor",
        ),
        (
            &[NOTES, "--token-roles", "some"],
            "token_roles: \"some\" is not one of all, own, none",
        ),
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
    let all = placet.json(&["resource", "list"]);
    assert_eq!(all.as_array().unwrap().len(), 1, "nothing was added");
}

#[test]
fn a_resource_is_changed_and_the_built_in_one_is_not() {
    let placet = Placet::new();
    for name in ["a", "b"] {
        placet.json(&["scope", "add", name, "--description", "do it"]);
        placet.json(&["role", "add", &format!("role-{name}"), "--description", "x"]);
    }
    let add = ["resource", "add", NOTES, "--name", "Notes", "--scope", "a"];
    placet.json(&add);
    let update = [
        "resource",
        "update",
        NOTES,
        "--scope",
        "a b",
        "--scope-role",
        "a=role-a,admin",
        "--scope-role",
        "b=role-b",
        "--alg",
        "EdDSA",
        "--access-ttl",
        "20s",
        "--token-roles",
        "own",
        "--format",
        "opaque",
    ];
    let expected = json!({
        "uri": NOTES, "name": "Notes", "scope": "a b", "alg": "EdDSA", "format": "opaque", "access_ttl_seconds": 20,
        "scope_roles": { "a": ["admin", "role-a"], "b": ["role-b"] }, "token_roles": "own", "built_in": false,
    });
    assert_eq!(placet.json(&update), expected);
    assert_eq!(placet.json(&["resource", "show", NOTES]), expected);
    let text = placet.text(&["resource", "show", NOTES]);
    assert!(
        text.contains("scope_roles: a=admin,role-a b=role-b\ntoken_roles: own\n"),
        "{text}"
    );
    let gone = ["resource", "update", NOTES, "--scope", "a"];
    let line =
        "scope_roles: b is not in the resource's scope; add it there, or leave its roles out";
    placet.refuses(&gone, 2, line);
    placet.refuses(
        &["role", "remove", "role-b"],
        1,
        "the role \"role-b\" cannot go: a resource reserves a scope to it; change that first: placet resource update URI --scope-role …",
    );
    let plain = placet.json(&[
        "resource",
        "update",
        NOTES,
        "--scope-role",
        "",
        "--name",
        "",
        "--access-ttl",
        "",
    ]);
    assert_eq!(
        (
            &plain["scope_roles"],
            &plain["name"],
            &plain["access_ttl_seconds"]
        ),
        (&json!({}), &json!(NOTES), &json!(null))
    );
    placet.json(&["role", "remove", "role-b"]);
    for rest in [
        &["update", API, "--name", "x"][..],
        &["remove", API],
        &["rotate-secret", API],
    ] {
        let line = "uri: this resource is the server's own and stays as it is";
        placet.refuses(&[&["resource"], rest].concat(), 2, line);
    }
    placet.refuses(
        &["resource", "add", API],
        1,
        &format!("there is a resource {API:?} already; change it with `placet resource update`"),
    );
}

#[test]
fn a_shared_secret_is_replaced() {
    let placet = Placet::new();
    let first = placet.json(&["resource", "add", NOTES, "--alg", "HS256"]);
    let second = placet.json(&["resource", "rotate-secret", NOTES]);
    assert_ne!(text_of(&first, "secret"), text_of(&second, "secret"));
    assert!(text_of(&second, "secret").starts_with("placet_rs_"));
    let line = "alg: a shared secret (HS256) and a public key do not change into one another; remove the resource and add it again";
    placet.refuses(&["resource", "update", NOTES, "--alg", "ES256"], 2, line);
    placet.json(&["resource", "add", "https://b.example"]);
    let line = "alg: only a resource with HS256 has a secret; the keys of others turn by themselves: placet key rotate";
    placet.refuses(&["resource", "rotate-secret", "https://b.example"], 2, line);
}
