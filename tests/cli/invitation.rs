//! `placet user invite`, `invitations` and `withdraw-invitation`.

use serde_json::json;

use super::{Placet, text_of};

fn by_invitation() -> Placet {
    Placet::made().with("PLACET_SIGN_UP__MODE", "invitation")
}

#[test]
fn somebody_is_invited_listed_and_withdrawn() {
    let placet = by_invitation();
    let no_mail = "mail: mail is not set up (mail.transport); hand the link over yourself: --print-link prints it";
    placet.refuses(&["user", "invite", "ada@mail.example"], 2, no_mail);
    let made = placet.json(&[
        "user",
        "invite",
        "ada@mail.example",
        "--username",
        "ada",
        "--name",
        "Ada Lovelace",
        "--role",
        "editor",
        "--locale",
        "de",
        "--print-link",
    ]);
    let (id, link) = (text_of(&made, "id"), text_of(&made, "link"));
    let (address, token) = link.split_once("?token=").unwrap();
    assert_eq!(address, "http://127.0.0.1:1/sign-up");
    // S171: it is printed once and kept as a hash.
    assert!(token.starts_with("placet_ml_") && !placet.keeps(token));
    assert_eq!(
        (&made["username"], &made["roles"], &made["mailed"]),
        (&json!("ada"), &json!(["editor"]), &json!(false))
    );
    assert_eq!(made["locale"], "de");
    let mut expected = made.clone();
    expected.as_object_mut().unwrap().remove("link");
    assert_eq!(placet.json(&["user", "invitations"]), json!([expected]));
    let table = placet.text(&["user", "invitations"]);
    assert!(
        table.contains(id) && table.contains("ada@mail.example"),
        "{table}"
    );
    assert_eq!(
        placet.text(&["user", "withdraw-invitation", id]),
        format!("withdrew invitation {id}\n")
    );
    assert_eq!(placet.json(&["user", "invitations"]), json!([]));
    let gone = format!("there is no invitation {id:?}; see `placet user invitations`");
    placet.refuses(&["user", "withdraw-invitation", id], 1, &gone);
}

#[test]
fn an_invitation_is_queued_as_mail() {
    let placet = by_invitation()
        .with("PLACET_MAIL__TRANSPORT", "file")
        .with("PLACET_MAIL__FROM", "Acme <id@acme.example>");
    let made = placet.json(&["user", "invite", "ada@mail.example"]);
    assert!(
        made["mailed"] == true && made.get("link").is_none(),
        "{made}"
    );
    let text = placet.text(&["user", "invite", "grace@mail.example"]);
    assert!(text.contains("a running server sends it"), "{text}");
}

#[test]
fn nobody_is_invited_where_sign_up_is_off() {
    let placet = Placet::made();
    let line =
        "sign_up.mode: is off, so nobody can accept an invitation; set it to invitation or open";
    let invite = ["user", "invite", "ada@mail.example", "--print-link"];
    placet.refuses(&invite, 2, line);
    let open = placet.with("PLACET_SIGN_UP__MODE", "open");
    let line = "mail.transport: must be set with sign_up.mode = \"open\", which proves addresses by mail; for example mail.transport = \"smtp\"";
    open.refuses(&invite, 2, line);
}
