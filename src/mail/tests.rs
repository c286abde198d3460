//! No header and no mark is made by a value.

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
        Some("Ac\u{e9}me, Inc. <b>".to_owned()),
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

// RFC 5322 §2.2, RFC 5890
#[test]
fn domains_in_headers_are_ascii() {
    let from = Mailbox::new(None, address("post@m\u{fc}ller.example").unwrap());
    let letter = letter("ada@b\u{fc}cher.example", "x");
    let date = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
    let message = message(&from, &letter, Uuid::nil(), date).unwrap();
    let text = String::from_utf8(message.formatted()).unwrap();
    assert!(text.is_ascii(), "{text}");
    for line in [
        "From: post@xn--mller-kva.example\r\n",
        "To: ada@xn--bcher-kva.example\r\n",
        "Message-ID: <00000000000000000000000000000000@xn--mller-kva.example>\r\n",
    ] {
        assert!(text.contains(line), "{line}{text}");
    }
    let to: Vec<String> = message
        .envelope()
        .to()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(to, ["ada@xn--bcher-kva.example"]);
    assert_eq!(
        address("ada@mail.example").unwrap().to_string(),
        "ada@mail.example"
    );
    assert!(address("ada@\u{fc} x").is_err() && address("\u{fc}").is_err());
}

#[test]
fn who_we_are_is_a_name_or_a_literal() {
    for (issuer, said) in [
        ("https://id.example", "id.example"),
        ("http://127.0.0.1:8080", "[127.0.0.1]"),
        ("http://[::1]:8080", "[IPv6:::1]"),
    ] {
        let config = Config {
            issuer: issuer.parse().unwrap(),
            ..Config::default()
        };
        assert_eq!(hello(&config).to_string(), said);
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

#[test]
fn the_colon_is_the_languages_own() {
    for (language, line) in [
        (Language::English, "Look at your account:\n"),
        (Language::French, "\u{a0}:\nhttps://"),
        (Language::Japanese, "\u{ff1a}\nhttps://"),
    ] {
        let texts = Texts::of(language);
        let draft = Draft {
            texts,
            installation: "Acme".to_owned(),
            subject: texts.say("mail-test-subject").with("installation", "Acme"),
            lines: Vec::new(),
            button: Some((
                texts.say("mail-look"),
                "https://id.example/account".to_owned(),
            )),
            closing: Vec::new(),
        };
        let letter = draft.written_to("ada@example.com").unwrap();
        assert!(letter.text.contains(line), "{}", letter.text);
    }
}
