use super::*;
use crate::texts::{Language, Texts};

fn letter(to: &str, subject: &str) -> Letter {
    Letter {
        to: to.to_owned(),
        subject: subject.to_owned(),
        language: "en".to_owned(),
        text: "text".to_owned(),
        html: "<p>html</p>".to_owned(),
    }
}

fn made(letter: &Letter) -> Result<String, SendError> {
    let from = Mailbox::new(
        Some("Ac\u{e9}me\r\nBcc: eve@example.com".to_owned()),
        "id@acme.example".parse().unwrap(),
    );
    let date = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
    message(&from, letter, Uuid::nil(), date)
        .map(|message| String::from_utf8(message.formatted()).unwrap())
}

#[test]
fn no_value_makes_a_header_of_its_own() {
    let text = made(&letter(
        "ada@example.com",
        "Hello\r\nBcc: eve@example.com\r\n\r\n<script>",
    ))
    .unwrap();
    let (head, _) = text.split_once("\r\n\r\n").unwrap();
    assert!(
        !head
            .lines()
            .any(|line| line.to_ascii_lowercase().starts_with("bcc")),
        "{head}"
    );
    assert!(
        head.contains("Message-ID: <00000000000000000000000000000000@acme.example>"),
        "{head}"
    );
    assert!(
        head.contains("Date: Fri, 15 Jan 2027 08:00:00 +0000"),
        "{head}"
    );
    for to in [
        "ada@example.com\r\nBcc: eve@example.com",
        "ada@example.com, eve@example.com",
        "Ada <ada@example.com>",
        "ada",
    ] {
        assert!(made(&letter(to, "x")).unwrap_err().is_final, "{to}");
    }
}

#[test]
fn names_are_escaped_where_they_would_be_read_as_marks() {
    let texts = Texts::of(Language::Arabic);
    let draft = Draft {
        texts,
        installation: "A<b>cme".to_owned(),
        subject: texts
            .say("test-only")
            .with("app", "<script>alert(1)</script>"),
        lines: vec![texts.say("test-only").with("app", "\"><img src=x>")],
        button: Some((
            texts.say("sign-in"),
            "https://id.example/reset?token=a&b=\"".to_owned(),
        )),
        closing: Vec::new(),
    };
    let letter = draft.written_to("ada@example.com").unwrap();
    assert!(letter.html.contains("dir=\"rtl\"") && letter.html.contains("lang=\"ar\""));
    assert!(
        !letter.html.contains("<script")
            && !letter.html.contains("<img")
            && !letter.html.contains("A<b>cme"),
        "{}",
        letter.html
    );
    assert!(
        letter.text.contains("<script>alert(1)</script>"),
        "plain text stays as it is: {}",
        letter.text
    );
    assert!(
        letter
            .text
            .contains("https://id.example/reset?token=a&b=\""),
        "{}",
        letter.text
    );
}
