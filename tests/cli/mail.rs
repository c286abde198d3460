//! `placet mail`, and the links of `placet user reset-link`.

use super::{Placet, text_of};

fn with_folder() -> Placet {
    Placet::new()
        .with("PLACET_MAIL__TRANSPORT", "file")
        .with("PLACET_MAIL__FROM", "Acme <id@acme.example>")
}

#[test]
fn a_mail_is_tried_out() {
    let placet = with_folder();
    let sent = placet.json(&["mail", "test", "ada@example.com"]);
    assert_eq!(sent["sent"], true);
    assert!(
        !placet.file("data/placet.db").exists(),
        "no database is needed"
    );
    let mut files = std::fs::read_dir(placet.file("data/mail")).unwrap();
    let file = files.next().unwrap().unwrap().path();
    assert_eq!(file.extension().unwrap(), "eml");
    let text = std::fs::read_to_string(file).unwrap();
    assert!(
        text.contains("To: ada@example.com") && text.contains("From: Acme <id@acme.example>"),
        "{text}"
    );
    let said = placet.text(&["mail", "test", "ada@example.com"]);
    assert!(said.starts_with("written into data/mail,"), "{said}");
    assert_eq!(placet.run(&["mail", "test", "ada"]).code, 2);
}

#[test]
fn what_does_not_work_is_said() {
    let done = Placet::new().run(&["mail", "test", "ada@example.com"]);
    assert_eq!(done.code, 1);
    assert!(
        done.stderr.contains("mail is not set up"),
        "{}",
        done.stderr
    );
    let nobody = Placet::new()
        .with("PLACET_MAIL__TRANSPORT", "smtp")
        .with("PLACET_MAIL__FROM", "id@acme.example")
        .with("PLACET_MAIL__SMTP_URL", "smtp://ada:hush@127.0.0.1:1");
    let done = nobody.run(&["mail", "test", "ada@example.com"]);
    assert_eq!(done.code, 1);
    assert!(
        done.stderr.contains("no connection to the mail server") && !done.stderr.contains("hush"),
        "{}",
        done.stderr
    );
    let doctor = nobody.run(&["doctor"]);
    assert_eq!(doctor.code, 1);
    let line = doctor.stdout.lines().find(|line| line.contains(" mail: "));
    let expected = "FAIL mail: smtp://127.0.0.1:1: no connection to the mail server: Connection refused (os error 111)";
    assert_eq!(line, Some(expected), "{}", doctor.stdout);
    let plain = nobody.with("PLACET_MAIL__SMTP_URL", "smtp://mail.example");
    let done = plain.run(&["mail", "test", "ada@example.com"]);
    assert!(
        done.code == 2
            && done
                .stderr
                .contains("without TLS only this machine is called"),
        "{}",
        done.stderr
    );
}

#[test]
fn a_link_is_printed_or_queued() {
    let placet = with_folder();
    placet.json(&["user", "add", "ada"]);
    let made = placet.json(&["user", "reset-link", "ada"]);
    let link = text_of(&made, "link");
    assert!(
        link.starts_with("http://127.0.0.1:1/reset?token=placet_ml_"),
        "{link}"
    );
    let done = placet.run(&["user", "reset-link", "ada", "--mail"]);
    assert!(
        done.code == 2 && done.stderr.contains("no e-mail address"),
        "{}",
        done.stderr
    );
    placet.json(&["user", "update", "ada", "--email", "ada@example.com"]);
    let made = placet.json(&["user", "reset-link", "ada", "--mail"]);
    assert!(made["mailed"] == true && made["link"].is_null(), "{made}");
}
