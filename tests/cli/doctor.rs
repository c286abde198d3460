//! `placet doctor`.

use serde_json::Value;

use super::{Placet, text_of};
use crate::http::support::provider::FakeProvider;
use crate::support::smtp::MailServer;

/// The state of that check.
fn state<'a>(report: &'a Value, name: &str) -> &'a str {
    let checks = report["checks"].as_array().unwrap();
    let check = checks
        .iter()
        .find(|check| check["name"] == name)
        .unwrap_or_else(|| panic!("no check {name} in {report}"));
    text_of(check, "state")
}

#[test]
fn it_makes_nothing() {
    let placet = Placet::new();
    let report = placet.json(&["doctor"]);
    assert_eq!(
        (state(&report, "database"), state(&report, "discovery")),
        ("warn", "warn")
    );
    assert!(!placet.file("data").exists());
    placet.json(&["migrate"]);
    assert_eq!(state(&placet.json(&["doctor"]), "secret_key"), "warn");
    assert!(!placet.file("data/secret.key").exists());
}

#[test]
fn a_good_installation_has_one_ok_line_each() {
    let placet = Placet::new();
    placet.json(&["user", "add", "ada", "--role", "admin"]);
    let report = placet.json(&["doctor"]);
    assert_eq!(report["ok"], true);
    for name in [
        "settings",
        "proxy",
        "database",
        "clock",
        "secret_key",
        "keys",
        "administrator",
        "mail",
        "issuer",
    ] {
        assert_eq!(state(&report, name), "ok", "{name}");
    }
    let text = placet.text(&["doctor"]);
    assert_eq!(
        text.lines().count(),
        report["checks"].as_array().unwrap().len()
    );
    assert!(
        text.contains("ok   keys: a current one for ES256\n"),
        "{text}"
    );
    assert!(
        text.contains(
            "warn discovery: no server runs here, and http://127.0.0.1:1: Connection refused"
        ),
        "{text}"
    );
}

#[test]
fn what_is_wrong_fails_and_what_is_doubtful_warns() {
    let bad = Placet::new().with("PLACET_WORKERS", "many");
    let done = bad.run(&["doctor"]);
    assert_eq!((done.code, done.stderr.as_str()), (1, ""));
    assert!(
        done.stdout
            .starts_with("FAIL settings: workers (PLACET_WORKERS): "),
        "{}",
        done.stdout
    );

    let placet = Placet::new().with("PLACET_ISSUER", "https://id.example.invalid");
    placet.json(&["migrate"]);
    placet.json(&["scope", "list"]);
    let report = placet.json(&["doctor"]);
    assert_eq!(
        (state(&report, "proxy"), state(&report, "administrator")),
        ("warn", "warn")
    );
    let key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=\n";
    std::fs::write(placet.file("data/secret.key"), key).unwrap();
    let done = placet.run(&["doctor", "--json"]);
    assert_eq!((done.code, done.stderr.as_str()), (1, ""));
    let report: Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(
        (&report["ok"], state(&report, "secret_key")),
        (&Value::Bool(false), "fail")
    );
    assert_eq!(state(&report, "database"), "ok");
}

#[test]
fn a_role_of_the_settings_that_is_not_there_warns() {
    let placet = Placet::made().with("PLACET_SECOND_FACTOR__REQUIRED_FOR_ROLES", "admin,staf");
    placet.json(&["role", "add", "staff", "--description", "Works here"]);
    let text = placet.text(&["doctor"]);
    let line = "warn second_factor.required_for_roles: there is no role \"staf\", so nobody needs a second factor for it; `placet role list` shows those that there are\n";
    assert!(text.contains(line), "{text}");
    let right = placet.with("PLACET_SECOND_FACTOR__REQUIRED_FOR_ROLES", "admin,staff");
    let report = right.json(&["doctor"]);
    let checks = report["checks"].as_array().unwrap();
    assert!(
        checks
            .iter()
            .all(|check| check["name"] != "second_factor.required_for_roles")
    );
}

#[tokio::test]
async fn the_mail_line_says_where_mail_goes() {
    let line = |placet: &Placet| {
        let done = placet.run(&["doctor"]);
        let line = done.stdout.lines().find(|line| line.contains(" mail: "));
        line.unwrap().to_owned()
    };
    let none = "ok   mail: not set up: nothing that needs it is offered";
    assert_eq!(line(&Placet::new()), none);
    let from = || Placet::new().with("PLACET_MAIL__FROM", "id@acme.example");
    let folder = from().with("PLACET_MAIL__TRANSPORT", "file");
    let there =
        "ok   mail: the folder data/mail: mails are written there and leave this machine never";
    assert_eq!(line(&folder), there);
    let mails = MailServer::start().await;
    let port = mails.port;
    let url = format!("smtp://ada:hush-hush@127.0.0.1:{port}");
    let smtp = from()
        .with("PLACET_MAIL__TRANSPORT", "smtp")
        .with("PLACET_MAIL__SMTP_URL", &url);
    let run = tokio::task::spawn_blocking(move || line(&smtp));
    let good = format!("ok   mail: smtp://127.0.0.1:{port}: answers and lets us in");
    assert_eq!(run.await.unwrap(), good);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_provider_is_asked_and_has_a_line() {
    let fake = FakeProvider::start().await;
    // Nothing listens there.
    let gone = "127.0.0.1:1".to_owned();
    let with = |file: &str| Placet::made().with("PLACET_UPSTREAM__FILE", file);
    let text = format!(
        "[[provider]]\nid = \"good\"\nname = \"Good\"\nissuer = \"{0}\"\nclient_id = \"c\"\n\
         [[provider]]\nid = \"gone\"\nname = \"Gone\"\nissuer = \"http://{gone}\"\nclient_id = \"c\"\n\
         [[provider]]\nid = \"hub\"\npreset = \"github\"\nclient_id = \"c\"\nclient_secret = \"hush-hush\"\n",
        fake.url
    );
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    let placet = with(&file.path().display().to_string());
    placet.json(&["key", "list"]);
    let rows = |placet: &Placet| -> Vec<String> {
        let done = placet.run(&["doctor"]);
        assert_eq!(done.code, 1, "{}", done.stdout);
        assert!(!done.stdout.contains("hush"), "{}", done.stdout);
        let lines = done.stdout.lines();
        let lines = lines.filter(|line| line.contains(" provider") && line.contains("http"));
        lines.map(str::to_owned).collect()
    };
    let (url, host) = (&fake.url, &fake.host);
    let closed = |host: &str| {
        format!(
            "FAIL provider: {}: http://{host}: the provider's metadata: it is not an https address; if it may be called, add \"{host}\" to outgoing.allow_hosts",
            if host == gone { "gone" } else { "good" }
        )
    };
    let warned = |id: &str, host: &str| {
        format!(
            "warn settings: upstream.file: provider \"{id}\": http://{host} is plain http and will not be called; add \"{host}\" to outgoing.allow_hosts"
        )
    };
    let hub = "ok   provider: hub: https://github.com answers".to_owned();
    assert_eq!(
        rows(&placet),
        [
            warned("good", host),
            warned("gone", &gone),
            closed(host),
            closed(&gone),
            hub.clone()
        ]
    );
    let open = placet.with("PLACET_OUTGOING__ALLOW_HOSTS", &format!("{host},{gone}"));
    let good = format!("ok   provider: good: {url} answers");
    let dead = format!(
        "FAIL provider: gone: http://{gone}: the provider's metadata: it cannot be reached"
    );
    assert_eq!(rows(&open), [good, dead, hub]);
}

#[tokio::test]
async fn a_rotation_that_is_overdue_warns() {
    let placet = Placet::made();
    placet.json(&["key", "list"]);
    let url = format!("sqlite://{}", placet.file("data/placet.db").display());
    let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
    let older = "UPDATE signing_keys SET activates_at = '2020-01-01T00:00:00.000000+00:00' WHERE alg = 'ES256'";
    sqlx::query(older).execute(&pool).await.unwrap();
    pool.close().await;
    let text = placet.text(&["doctor"]);
    let line = "warn keys: a current one for ES256; a successor is due for ES256 since 2020-03-30T23:50:00Z: a running server makes it, or `placet key rotate`\n";
    assert!(text.contains(line), "{text}");
    placet.json(&["key", "rotate"]);
    assert_eq!(state(&placet.json(&["doctor"]), "keys"), "ok");
    let off = Placet::new().with("PLACET_KEYS__ROTATE_EVERY", "0s");
    off.json(&["migrate"]);
    off.json(&["key", "list"]);
    assert_eq!(state(&off.json(&["doctor"]), "keys"), "ok");
}

#[test]
fn an_issuer_that_is_another_servers_fails() {
    let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = server.local_addr().unwrap();
    std::thread::spawn(move || {
        use std::io::{Read as _, Write as _};
        for stream in server.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]).unwrap();
            let body = r#"{"issuer":"http://other.example"}"#;
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            stream
                .write_all(format!("{head}{body}").as_bytes())
                .unwrap();
        }
    });
    let placet = Placet::new()
        .with("PLACET_LISTEN", &address.to_string())
        .with("PLACET_ISSUER", &format!("http://{address}"));
    let done = placet.run(&["doctor"]);
    assert_eq!(done.code, 1);
    let line =
        format!("FAIL discovery: http://{address} serves another issuer: \"http://other.example\"");
    assert!(done.stdout.lines().any(|it| it == line), "{}", done.stdout);
    assert_eq!(
        placet.text(&["health"]),
        format!("ready at http://{address}/health/ready\n")
    );
}
