//! `placet registration-token`.

use serde_json::json;

use super::{Placet, text_of};

#[test]
fn a_registration_token_is_made_listed_and_removed() {
    let placet = Placet::new();
    let made = placet.json(&[
        "registration-token",
        "add",
        "--name",
        "CI",
        "--uses",
        "3",
        "--expires",
        "12h",
    ]);
    let (id, token) = (text_of(&made, "id"), text_of(&made, "token"));
    assert!(token.starts_with("placet_iat_") && token.len() == 54);
    assert_eq!(
        (&made["name"], &made["uses_left"]),
        (&json!("CI"), &json!(3))
    );
    // S171: it is printed once and kept as a hash.
    assert!(!placet.keeps(token));
    let listed = placet.json(&["registration-token", "list"]);
    let mut expected = made.clone();
    expected.as_object_mut().unwrap().remove("token");
    assert_eq!(listed, json!([expected]));
    let table = placet.text(&["registration-token", "list"]);
    assert!(table.contains(id) && table.contains("CI"), "{table}");
    assert_eq!(
        placet.text(&["registration-token", "remove", id]),
        format!("removed registration token {id}\n")
    );
    assert_eq!(placet.json(&["registration-token", "list"]), json!([]));
    let line =
        format!("there is no registration token {id:?}; see `placet registration-token list`");
    placet.refuses(&["registration-token", "remove", id], 1, &line);
}

#[test]
fn a_registration_token_has_bounds() {
    let placet = Placet::new();
    let add = ["registration-token", "add", "--name"];
    let text = placet.text(&[&add[..], &["For a friend"]].concat());
    // Nobody may register here: it is said.
    let done = placet.run(&[&add[..], &["For nobody"]].concat());
    assert!(
        done.code == 0 && done.stderr.contains("registration.mode is closed"),
        "{done:?}"
    );
    let open = Placet::new().with("PLACET_REGISTRATION__MODE", "token");
    assert_eq!(open.run(&[&add[..], &["For a friend"]].concat()).stderr, "");
    let line = |name: &str| text.lines().find(|line| line.starts_with(name)).unwrap();
    assert!(line("uses_left:").ends_with(" 1"), "{text}");
    assert!(line("token:").contains("placet_iat_"), "{text}");
    placet.refuses(
        &[&add[..], &[" "]].concat(),
        2,
        "name: it has 1 to 100 characters",
    );
    placet.refuses(
        &[&add[..], &["x", "--uses", "0"]].concat(),
        2,
        "uses: it is 1 to 100000",
    );
    placet.refuses(
        &[&add[..], &["x", "--expires", "1000d"]].concat(),
        2,
        "expires: it is 1m to 365d",
    );
}
