//! `placet user`.

use serde_json::json;

use super::{Placet, text_of};

const PASSWORD: &str = "correct horse battery";

#[test]
fn a_user_is_added_with_a_password_from_stdin() {
    let placet = Placet::new();
    let arguments = [
        &[
            "user",
            "add",
            "Ada",
            "--email",
            "ada@example.com",
            "--email-verified",
            "--name",
            "Ada Lovelace",
        ][..],
        &[
            "--role",
            "admin",
            "--role",
            "editor",
            "--role",
            "admin",
            "--password-stdin",
        ],
    ]
    .concat();
    let user = placet.json_with(&arguments, &format!("{PASSWORD}\nnot this line\n"));
    assert!(uuid::Uuid::try_parse(text_of(&user, "id")).is_ok());
    assert_eq!(
        (&user["username"], &user["email"], &user["name"]),
        (
            &json!("Ada"),
            &json!("ada@example.com"),
            &json!("Ada Lovelace")
        )
    );
    assert_eq!(
        (
            &user["email_verified"],
            &user["disabled"],
            &user["has_password"]
        ),
        (&json!(true), &json!(false), &json!(true))
    );
    assert_eq!(user["roles"], json!(["admin", "editor"]));
    assert!(text_of(&user, "created_at").ends_with('Z'));
    // Any spelling, the address and the id lead to the user.
    for name in ["ada", "ADA", "Ada@Example.com", text_of(&user, "id")] {
        assert_eq!(placet.json(&["user", "show", name]), user, "{name}");
    }
    assert!(!placet.keeps(PASSWORD));
    assert!(!placet.text(&["user", "show", "ada"]).contains("argon2"));
}

#[test]
fn a_password_is_never_an_argument() {
    let placet = Placet::made();
    for arguments in [
        ["user", "add", "ada", "--password", "x"],
        ["user", "password", "ada", "--password", "x"],
    ] {
        let done = placet.run(&arguments);
        assert_eq!((done.code, done.stdout.as_str()), (2, ""));
        assert!(
            done.stderr
                .starts_with("error: unexpected argument '--password' found"),
            "{}",
            done.stderr
        );
        assert_eq!(done.stderr.lines().count(), 1);
    }
    placet.refuses(
        &["user", "password", "ada"],
        2,
        "password: stdin is not a terminal; give the password there with --password-stdin",
    );
}

#[test]
fn without_a_password_nobody_can_sign_in_yet() {
    let placet = Placet::new();
    let text = placet.text(&["user", "add", "ada"]);
    assert!(
        text.ends_with("No password is set yet, so nobody can sign in: placet user password ada\n"),
        "{text}"
    );
    assert_eq!(placet.json(&["user", "show", "ada"])["has_password"], false);
    let set = placet.json_with(&["user", "password", "ada", "--password-stdin"], PASSWORD);
    assert_eq!(set["has_password"], true);
}

#[test]
fn bad_passwords_are_refused_and_never_repeated() {
    let placet = Placet::new();
    let stdin = |name: &'static str| ["user", "add", name, "--password-stdin"];
    placet.refuses_with(
        &stdin("ada"),
        "",
        2,
        "password: stdin is empty; give the password as its first line",
    );
    placet.refuses_with(
        &stdin("ada"),
        "short\n",
        2,
        "password: it has fewer than 8 characters",
    );
    placet.refuses_with(
        &stdin("grace.hopper"),
        "GRACE.Hopper\r\n",
        2,
        "password: it is the username; anyone would try that first",
    );
    // S48
    placet.refuses_with(
        &stdin("ada"),
        &"x".repeat(1025),
        2,
        "password: it has more than 1024 bytes",
    );
    // S47: long and Unicode are good.
    placet.json_with(&stdin("ada"), &"kite 7 zebra lamp ".repeat(57)[..1024]);
    // S49
    placet.refuses_with(
        &stdin("max"),
        "Password123\n",
        2,
        "password: it would be guessed soon: it is common, or made of common parts; take several words that do not belong together",
    );
    placet.json_with(&stdin("eva"), "пароль-из-букв");
}

#[test]
fn bad_values_are_refused() {
    let placet = Placet::new();
    placet.refuses(
        &["user", "add", "a@b"],
        2,
        "username: it must not have an @; give the address as the e-mail",
    );
    placet.refuses(
        &["user", "add", " ada"],
        2,
        "username: it has 1 to 100 characters and no blanks at its ends",
    );
    placet.refuses(
        &["user", "add", "ada", "--email", "ada"],
        2,
        "email: it is not an e-mail address",
    );
    placet.refuses(
        &["user", "add", "ada", "--email-verified"],
        2,
        "email_verified: there is no e-mail address; give one with --email",
    );
    placet.refuses(
        &["user", "add", "ada", "--role", "a b"],
        2,
        "roles: \"a b\": a role has 1 to 64 of the characters A-Z a-z 0-9 . _ - :",
    );
    placet.refuses(
        &["user", "add", "ada", "--name", "a\nb"],
        2,
        "name: it has control characters or ones that turn the direction of writing",
    );
    assert_eq!(
        placet.json(&["user", "list"]),
        json!([]),
        "nobody was added"
    );
}

#[test]
fn names_and_addresses_are_taken_once_in_any_spelling() {
    let placet = Placet::new();
    placet.json(&["user", "add", "ada", "--email", "ada@example.com"]);
    placet.json(&["user", "add", "eva", "--email", "eva@example.com"]);
    placet.refuses(
        &["user", "add", "ADA"],
        1,
        "there is a user \"ADA\" already; change it with `placet user update`",
    );
    placet.refuses(
        &["user", "add", "bob", "--email", "Ada@example.com"],
        1,
        "there is a user with the e-mail address \"Ada@example.com\" already",
    );
    placet.refuses(
        &["user", "update", "eva", "--email", "ADA@example.com"],
        1,
        "there is a user with the e-mail address \"ADA@example.com\" already",
    );
    for verb in ["show", "update", "disable", "enable", "remove"] {
        placet.refuses(
            &["user", verb, "nobody"],
            1,
            "there is no user \"nobody\"; see `placet user list`",
        );
    }
    placet.refuses_with(
        &["user", "password", "nobody", "--password-stdin"],
        PASSWORD,
        1,
        "there is no user \"nobody\"; see `placet user list`",
    );
}

#[test]
fn a_user_is_changed_and_what_is_not_given_stays() {
    let placet = Placet::new();
    placet.json(&[
        "user",
        "add",
        "ada",
        "--email",
        "ada@example.com",
        "--email-verified",
        "--name",
        "Ada",
        "--role",
        "a",
    ]);
    let user = placet.json(&["user", "update", "ada", "--role", "b", "--role", "c"]);
    assert_eq!(
        (&user["roles"], &user["name"], &user["email_verified"]),
        (&json!(["b", "c"]), &json!("Ada"), &json!(true))
    );
    let user = placet.json(&["user", "update", "ada", "--email", "new@example.com"]);
    assert_eq!(
        (&user["email"], &user["email_verified"]),
        (&json!("new@example.com"), &json!(false)),
        "a new address is not verified"
    );
    assert_eq!(
        placet.json(&["user", "update", "ada", "--email-verified"])["email_verified"],
        true
    );
    assert_eq!(
        placet.json(&["user", "update", "ada", "--email-verified=false"])["email_verified"],
        false
    );
    let user = placet.json(&[
        "user", "update", "ada", "--email", "", "--name", "", "--role", "",
    ]);
    assert_eq!(
        (&user["email"], &user["name"], &user["roles"]),
        (&json!(null), &json!(null), &json!([]))
    );
    placet.refuses(
        &["user", "update", "ada", "--email-verified"],
        2,
        "email_verified: the user has no e-mail address; give one with --email",
    );
}

#[test]
fn users_are_listed_disabled_enabled_and_removed() {
    let placet = Placet::new();
    placet.json(&["user", "add", "zoe", "--role", "editor"]);
    placet.json(&["user", "add", "ada", "--email", "ada@example.com"]);
    assert_eq!(placet.json(&["user", "disable", "zoe"])["disabled"], true);
    assert_eq!(
        placet.json(&["user", "disable", "zoe"])["disabled"],
        true,
        "once more changes nothing"
    );
    let expected = "USERNAME  STATE     EMAIL            ROLES\n\
        zoe       disabled                   editor\n\
        ada       enabled   ada@example.com\n";
    assert_eq!(placet.text(&["user", "list"]), expected);
    assert_eq!(placet.json(&["user", "enable", "zoe"])["disabled"], false);
    assert_eq!(
        placet.json(&["user", "remove", "zoe"]),
        json!({ "username": "zoe", "removed": true })
    );
    assert_eq!(
        placet.text(&["user", "remove", "ada"]),
        "removed user ada\n"
    );
    assert_eq!(placet.json(&["user", "list"]), json!([]));
}

#[test]
fn whoever_takes_the_last_administrator_away_is_told() {
    let placet = Placet::new();
    placet.json(&["user", "add", "ada", "--role", "admin"]);
    placet.json(&["user", "add", "eva", "--role", "admin"]);
    placet.json(&["user", "remove", "eva"]);
    let done = placet.run(&["user", "remove", "ada", "--json"]);
    assert_eq!(done.code, 0);
    assert!(serde_json::from_str::<serde_json::Value>(&done.stdout).is_ok());
    assert!(
        done.stderr.contains("no administrator is left"),
        "{}",
        done.stderr
    );
}

#[test]
fn disconnecting_an_app_that_has_nothing_says_so() {
    let placet = Placet::new();
    placet.json(&["user", "add", "ada"]);
    let line = "there is no consent for \"app\"";
    placet.refuses(&["user", "disconnect", "ada", "--client", "app"], 1, line);
    let line = "there is no user \"bob\"; see `placet user list`";
    placet.refuses(&["user", "disconnect", "bob", "--client", "app"], 1, line);
}

#[test]
fn what_somebody_signs_in_with_is_shown() {
    let placet = Placet::new();
    placet.json(&["user", "add", "ada"]);
    let text = placet.text(&["user", "show", "ada"]);
    for part in ["second_factors:", "upstream_accounts:"] {
        let line = text.lines().find(|line| line.starts_with(part));
        assert!(line.is_some_and(|line| line.ends_with(" none")), "{text}");
    }
    assert_eq!(
        placet.text(&["user", "remove-factors", "ada"]),
        "ada had no second factor\n"
    );
    placet.refuses(
        &["user", "remove-upstream-account", "ada", "x"],
        1,
        "there is no account elsewhere \"x\"; see `placet user upstream-accounts NAME`",
    );
}
