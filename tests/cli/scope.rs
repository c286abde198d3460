//! `placet scope`.

use serde_json::json;

use super::Placet;

#[test]
fn a_scope_is_added_and_its_words_are_changed() {
    let placet = Placet::new();
    let scope = placet.json(&[
        "scope",
        "add",
        "notes:read",
        "--description",
        "Read your notes",
    ]);
    assert_eq!(
        scope,
        json!({ "name": "notes:read", "description": "Read your notes", "required": false, "built_in": false })
    );
    let scope = placet.json(&[
        "scope",
        "add",
        "notes:read",
        "--description",
        "Read all notes",
        "--required",
    ]);
    assert_eq!(scope["required"], true);
    let text = placet.text(&[
        "scope",
        "add",
        "notes:read",
        "--description",
        "Read each note",
    ]);
    assert_eq!(
        text, "name:        notes:read\ndescription: Read each note\nrequired:    yes\n",
        "what is not given stays"
    );
    let all = placet.json(&["scope", "list"]);
    let names: Vec<&str> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|scope| scope["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "openid",
            "profile",
            "email",
            "address",
            "phone",
            "offline_access",
            "placet:admin",
            "placet:read",
            "notes:read"
        ]
    );
    let line = "notes:read      yes       registered  Read each note";
    assert!(placet.text(&["scope", "list"]).lines().any(|it| it == line));
}

#[test]
fn built_in_scopes_get_new_words_and_get_theirs_back() {
    let placet = Placet::made();
    let words = || {
        let all = placet.json(&["scope", "list"]);
        (
            all[1]["description"].as_str().unwrap().to_owned(),
            all[1]["required"].as_bool().unwrap(),
        )
    };
    let before = words();
    placet.json(&["scope", "add", "profile", "--description", "see your name"]);
    assert_eq!(words(), ("see your name".to_owned(), true));
    placet.json(&["scope", "remove", "profile"]);
    assert_eq!(words(), before);
    placet.refuses(
        &["scope", "remove", "profile"],
        2,
        "name: profile is built in and cannot be removed",
    );
    placet.refuses(
        &[
            "scope",
            "add",
            "openid",
            "--description",
            "x",
            "--required=false",
        ],
        2,
        "required: openid makes the request what it is and cannot be left out by the person",
    );
}

#[test]
fn bad_values_are_refused() {
    let placet = Placet::made();
    for name in ["a b", "", "a\"b", "ä", " a"] {
        let line = format!(
            "name: {name:?} is not one scope value: 1 to 100 printable ASCII characters but blank, \" and \\ (RFC 6749 section 3.3)"
        );
        placet.refuses(&["scope", "add", name, "--description", "x"], 2, &line);
    }
    placet.refuses(
        &["scope", "add", "a", "--description", " "],
        2,
        "description: it has 1 to 200 characters",
    );
    placet.refuses(
        &["scope", "add", "a", "--description", &"x".repeat(201)],
        2,
        "description: it has 1 to 200 characters",
    );
    placet.refuses(
        &["scope", "add", "a", "--description", "x\u{1b}[2J"],
        2,
        "description: it has control characters or ones that turn the direction of writing",
    );
    placet.refuses(
        &["scope", "remove", "a"],
        1,
        "there is no scope \"a\"; see `placet scope list`",
    );
    assert_eq!(
        placet.json(&["scope", "list"]).as_array().unwrap().len(),
        8,
        "nothing was added"
    );
}

#[test]
fn a_scope_is_removed() {
    let placet = Placet::new();
    placet.json(&["scope", "add", "a", "--description", "x"]);
    assert_eq!(placet.text(&["scope", "remove", "a"]), "removed scope a\n");
    assert_eq!(placet.json(&["scope", "list"]).as_array().unwrap().len(), 8);
}

#[test]
fn whoever_still_names_a_scope_is_counted() {
    let placet = Placet::new();
    placet.json(&["scope", "add", "a", "--description", "x"]);
    placet.json(&["resource", "add", "https://a.example", "--scope", "a"]);
    placet.json(&["client", "add", "--name", "Job", "--scope", "a"]);
    let text = "removed scope a\nstill named by 1 client and 1 API: their tokens go without it\n";
    assert_eq!(placet.text(&["scope", "remove", "a"]), text);
}
