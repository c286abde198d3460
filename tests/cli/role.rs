//! `placet role`.

use serde_json::json;

use super::Placet;

#[test]
fn roles_are_added_changed_listed_and_removed() {
    let placet = Placet::new();
    let role = placet.json(&["role", "add", "editor", "--description", "Writes notes"]);
    assert_eq!(
        role,
        json!({ "name": "editor", "description": "Writes notes", "built_in": false, "users": 0 })
    );
    let text = placet.text(&["role", "add", "editor", "--description", "Writes all notes"]);
    assert_eq!(
        text,
        "name:        editor\ndescription: Writes all notes\nusers:       0\n"
    );
    let text = "NAME    BUILT IN  USERS  DESCRIPTION\n\
        admin   yes       0      administers this installation: console, admin API\n\
        editor  no        0      Writes all notes\n";
    assert_eq!(placet.text(&["role", "list"]), text);
    assert_eq!(
        placet.text(&["role", "remove", "editor"]),
        "removed role editor\n"
    );
    placet.refuses(
        &["role", "remove", "editor"],
        1,
        "there is no role \"editor\"; see `placet role list`",
    );
    assert_eq!(placet.json(&["role", "list"]).as_array().unwrap().len(), 1);
}

#[test]
fn bad_values_are_refused() {
    let placet = Placet::new();
    placet.refuses(
        &["role", "add", "a b", "--description", "x"],
        2,
        "name: \"a b\": a role has 1 to 64 of the characters A-Z a-z 0-9 . _ - :",
    );
    placet.refuses(
        &["role", "add", "a", "--description", &"x".repeat(201)],
        2,
        "description: it has 1 to 200 characters",
    );
    placet.refuses(
        &["role", "add", "admin", "--description", "x"],
        2,
        "name: admin is built in and cannot be changed",
    );
    placet.refuses(
        &["role", "remove", "admin"],
        2,
        "name: admin is built in and cannot be removed",
    );
}

#[test]
fn a_role_that_comes_with_a_person_is_told_of() {
    let placet = Placet::made().with("PLACET_SIGN_UP__MODE", "invitation");
    let stderr = |arguments: &[&str]| {
        let done = placet.run(arguments);
        assert_eq!(done.code, 0, "{done:?}");
        done.stderr
    };
    let made =
        "note: there was no role \"editor\"; it is made now (`placet role list` shows all)\n";
    assert_eq!(
        stderr(&["user", "add", "ada", "--role", "editor", "--role", "admin"]),
        made
    );
    assert_eq!(stderr(&["user", "add", "bob", "--role", "editor"]), "");
    assert!(stderr(&["user", "update", "bob", "--role", "reader"]).contains("\"reader\""));
    let invited = stderr(&[
        "user",
        "invite",
        "a@mail.example",
        "--role",
        "guest",
        "--print-link",
    ]);
    assert!(
        invited.contains("no role \"guest\"; it is made when"),
        "{invited}"
    );
}
