//! `placet audit`: what anybody does is found in it, and it proves itself.

use std::collections::BTreeSet;

use placet::model::event::EventKind;
use placet::model::secret::Secret;
use serde_json::{Value, json};

use super::{Placet, text_of};
use crate::http::support::server::PASSWORD;
use crate::http::support::{Browser, TestServer};
use crate::support::database::on_both;

/// The secret key of [`Placet::on`].
const KEY: [u8; 32] = *b"01234567890123456789012345678901";
const OTHER_KEY: &str = "b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90aGVyb3Q=";
const OFFLINE: &[(&str, &str)] = &[("scope", "openid offline_access")];

/// Who must be told of, beside what and when.
#[derive(Clone, Copy)]
enum Who {
    CommandLine,
    Anonymous,
    User,
    Client,
}

/// What an event must say: its kind, who, whether whom (user, client), whether from where.
type Case = (&'static str, Who, bool, bool, bool);

const CASES: [Case; 33] = [
    ("setup_completed", Who::Anonymous, true, false, true),
    ("sign_in_succeeded", Who::User, true, false, true),
    ("sign_in_failed", Who::Anonymous, true, false, true),
    ("sign_in_throttled", Who::Anonymous, true, false, true),
    ("signed_out", Who::User, true, false, true),
    ("consent_granted", Who::User, true, true, true),
    ("consent_denied", Who::User, true, true, true),
    ("grant_created", Who::Client, true, true, true),
    ("grant_revoked", Who::Client, true, true, true),
    ("code_replayed", Who::Client, true, true, true),
    ("refresh_token_replayed", Who::Client, true, true, true),
    ("token_revoked", Who::Client, false, true, true),
    ("client_added", Who::CommandLine, false, true, false),
    ("client_updated", Who::CommandLine, false, true, false),
    ("client_removed", Who::CommandLine, false, true, false),
    ("client_secret_added", Who::CommandLine, false, true, false),
    (
        "registration_token_added",
        Who::CommandLine,
        false,
        false,
        false,
    ),
    (
        "registration_token_removed",
        Who::CommandLine,
        false,
        false,
        false,
    ),
    ("invitation_made", Who::CommandLine, false, false, false),
    (
        "invitation_withdrawn",
        Who::CommandLine,
        false,
        false,
        false,
    ),
    ("user_added", Who::CommandLine, true, false, false),
    ("user_updated", Who::CommandLine, true, false, false),
    ("user_disabled", Who::CommandLine, true, false, false),
    ("user_enabled", Who::CommandLine, true, false, false),
    ("user_removed", Who::CommandLine, true, false, false),
    ("password_set", Who::CommandLine, true, false, false),
    ("scope_added", Who::CommandLine, false, false, false),
    ("scope_removed", Who::CommandLine, false, false, false),
    ("resource_added", Who::CommandLine, false, false, false),
    ("resource_removed", Who::CommandLine, false, false, false),
    ("key_created", Who::CommandLine, false, false, false),
    ("key_removed", Who::CommandLine, false, false, false),
    ("secret_key_changed", Who::CommandLine, false, false, false),
];

/// Kinds whose doing is shown by the tests of what does them.
const ELSEWHERE: [EventKind; 25] = [
    EventKind::AuditSwept,
    EventKind::ClientSecretRemoved,
    EventKind::ConsentWithdrawn,
    EventKind::EmailChangeRequested,
    EventKind::EmailVerified,
    EventKind::FactorAdded,
    EventKind::FactorRemoved,
    EventKind::FileApplied,
    EventKind::MailGivenUp,
    EventKind::PasswordChanged,
    EventKind::PasswordReset,
    EventKind::PasswordResetRequested,
    EventKind::RecoveryCodeUsed,
    EventKind::RecoveryCodesMade,
    EventKind::ResourceUpdated,
    EventKind::RoleAdded,
    EventKind::RoleRemoved,
    EventKind::RoleUpdated,
    EventKind::ScopeUpdated,
    EventKind::SessionEnded,
    EventKind::UpstreamFailed,
    EventKind::UpstreamLinked,
    EventKind::UpstreamUnlinked,
    EventKind::SignUpRequested,
    EventKind::SignedUp,
];

/// What administrators do at the command line.
fn administer(placet: &Placet) {
    let run = |arguments: &[&str], stdin: &str| placet.json_with(arguments, stdin);
    run(&["scope", "add", "read", "--description", "read it"], "");
    run(
        &["resource", "add", "https://a.example", "--scope", "read"],
        "",
    );
    run(&["resource", "remove", "https://a.example"], "");
    run(&["scope", "remove", "read"], "");
    run(&["user", "add", "bob"], "");
    run(&["user", "update", "bob", "--name", "Bob"], "");
    run(
        &["user", "password", "bob", "--password-stdin"],
        "a good long password",
    );
    run(&["user", "disable", "bob"], "");
    run(&["user", "enable", "bob"], "");
    run(&["user", "remove", "bob"], "");
    let invite = ["user", "invite", "bob@example.com", "--print-link"];
    let invitation = run(&invite, "");
    run(
        &["user", "withdraw-invitation", text_of(&invitation, "id")],
        "",
    );
    let client = run(
        &[
            "client",
            "add",
            "--name",
            "App",
            "--redirect-uri",
            "https://b.example/cb",
        ],
        "",
    );
    let id = text_of(&client, "client_id");
    run(&["client", "update", id, "--name", "The app"], "");
    run(&["client", "secret", id], "");
    run(&["client", "disable", id], "");
    run(&["client", "enable", id], "");
    run(&["client", "remove", id], "");
    let token = run(&["registration-token", "add", "--name", "CI"], "");
    run(&["registration-token", "remove", text_of(&token, "id")], "");
    run(&["key", "rotate", "--alg", "ES256", "--now"], "");
    let keys = run(&["key", "list"], "");
    // The one that signs no more.
    let keys = keys.as_array().unwrap().iter();
    let mut keys = keys.filter(|key| key["alg"] == "ES256");
    assert!(keys.any(|key| placet.run(&["key", "remove", text_of(key, "kid")]).code == 0));
}

/// What people and apps do over HTTP.
async fn use_it(server: &TestServer) {
    let mut browser = Browser::new(&server.url);
    let setup = server.app.setup_token().await.unwrap();
    let page = browser.get(&format!("/setup?token={setup}")).await;
    let fields = [
        ("username", "ada"),
        ("password", PASSWORD),
        ("email", "ada@mail.example"),
    ];
    browser.submit(&page, &fields).await;
    let client = server.web_client().await;
    let code = client.code("ada", OFFLINE).await;
    client.redeem(&code).await.assert_granted("code");
    client
        .redeem(&code)
        .await
        .assert_refused(400, "invalid_grant", "replay");
    let tokens = client.tokens("ada", OFFLINE).await;
    let second = client.refresh(tokens.refresh_token()).await;
    client
        .refresh(second.refresh_token())
        .await
        .assert_granted("third");
    client
        .refresh(tokens.refresh_token())
        .await
        .assert_refused(400, "invalid_grant", "replay");
    let tokens = client.tokens("ada", OFFLINE).await;
    client.revoked(tokens.refresh_token()).await;
    let service = server.service_client().await;
    let own = service.token(&[("grant_type", "client_credentials")]).await;
    service.revoked(own.access_token()).await;
    let page = client.sign_in(&mut browser, "ada", &[]).await;
    assert!(page.returned("code").is_some());
    let page = browser
        .visit(&client.authorize_url(&[("prompt", "consent")]))
        .await;
    browser.deny(&page).await;
    let page = browser.visit("/account").await;
    browser.submit(&page, &[]).await;
    let mut stranger = Browser::new(&server.url);
    for _ in 0..4 {
        let page = stranger.visit("/login").await;
        stranger
            .submit(&page, &[("username", "ada"), ("password", "wrong")])
            .await;
    }
}

fn list(placet: &Placet, more: &[&str]) -> Vec<Value> {
    let found = placet.json(&[&["audit", "list", "--limit", "200"], more].concat());
    found["events"].as_array().unwrap().clone()
}

fn is_by(event: &Value, who: Who) -> bool {
    let id = |key: &str| event[key].as_str().unwrap_or_default().to_owned();
    let expected = match who {
        Who::CommandLine => "command_line".to_owned(),
        Who::Anonymous => "anonymous".to_owned(),
        Who::User => format!("user:{}", id("user_id")),
        Who::Client => format!("client:{}", id("client_id")),
    };
    event["actor"] == expected.as_str()
}

fn assert_told(event: &Value, case: Case) {
    let (kind, who, has_user, has_client, has_place) = case;
    assert_eq!(event["kind"], kind);
    assert!(is_by(event, who), "{event}");
    assert_eq!(event["user_id"].is_string(), has_user, "{event}");
    assert!(!has_client || event["client_id"].is_string(), "{event}");
    assert_eq!(event["address"].is_string(), has_place, "{event}");
    assert_eq!(event["request_id"].is_string(), has_place, "{event}");
    assert!(text_of(event, "at").ends_with('Z') && event["detail"].is_object());
}

on_both! {
    // S172
    async fn whatever_is_done_is_found_in_it(db: TestDatabase) {
        let placet = Placet::on(&db.url).with("PLACET_SIGN_UP__MODE", "invitation");
        // The keys are from now; the server's clock stands in the future.
        placet.json(&["key", "list"]);
        let server = TestServer::start_with(db, |config| {
            config.secret_key = Some(Secret::new(KEY));
            config.sign_in.attempts_per_account = 3;
        })
        .await;
        use_it(&server).await;
        administer(&placet);
        placet.json_with(&["key", "rekey", "--key-stdin"], OTHER_KEY);
        let placet = placet.with("PLACET_SECRET_KEY", OTHER_KEY);
        let found = placet.json(&["audit", "verify"]);
        assert_eq!(found["fault"], Value::Null, "another secret key opens the key of the chain: {found}");
        let mut seen = BTreeSet::new();
        for case in CASES {
            let events = list(&placet, &["--kind", case.0]);
            // Keys, users and clients are made by more than one of those who act here.
            let fitting = events.iter().find(|event| event["address"].is_string() == case.4 && is_by(event, case.1));
            let fitting = fitting.or(events.first()).unwrap_or_else(|| panic!("no {}", case.0));
            assert_told(fitting, case);
            seen.insert(case.0);
        }
        for kind in EventKind::all() {
            assert!(seen.contains(kind.as_str()) || ELSEWHERE.contains(kind), "{kind:?} is shown nowhere");
        }
        // Not one secret in all of it.
        let all = placet.text(&["audit", "export"]);
        for secret in [PASSWORD, "wrong", "a good long password", "placet_rt_", "placet_iat_", "placet_cs_", "placet_ml_"] {
            assert!(!all.contains(secret), "{secret}");
        }
    }

    async fn it_is_searched_by_what_one_knows(db: TestDatabase) {
        let placet = Placet::on(&db.url);
        placet.json(&["user", "add", "ada"]);
        placet.json(&["user", "add", "bob"]);
        placet.json(&["user", "disable", "ada"]);
        let client = placet.json(&["client", "add", "--name", "App", "--redirect-uri", "https://b.example/cb"]);
        let kinds = |more: &[&str]| {
            let events = list(&placet, more);
            events.iter().map(|event| text_of(event, "kind").to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(kinds(&["--user", "ADA"]), ["user_disabled", "user_added"]);
        assert_eq!(kinds(&["--client", text_of(&client, "client_id")]), ["client_added"]);
        assert_eq!(kinds(&["--actor", "server"]), ["key_created", "key_created"]);
        assert_eq!(kinds(&["--user", "ada", "--kind", "user_added", "--actor", "command_line"]), ["user_added"]);
        assert!(kinds(&["--to", "2020-01-31"]).is_empty());
        assert!(kinds(&["--from", "2999-01-31T00:00:00Z"]).is_empty());
        assert!(kinds(&["--request-id", "none"]).is_empty());
        let page = placet.json(&["audit", "list", "--limit", "2"]);
        let next = text_of(&page, "next").to_owned();
        assert_eq!(page["events"][1]["id"], next.as_str());
        let rest = placet.json(&["audit", "list", "--after", &next]);
        assert_eq!((rest["events"].as_array().unwrap().len(), &rest["next"]), (4, &Value::Null));
        let text = placet.text(&["audit", "list", "--limit", "2"]);
        assert!(text.starts_with("AT ") && text.contains("client_added"), "{text}");
        assert!(text.ends_with(&format!("there are more: --after {next}\n")), "{text}");
        placet.refuses(&["audit", "list", "--kind", "login"], 2, "kind: it is no kind of event; docs/audit.md lists them");
        placet.refuses(&["audit", "list", "--limit", "201"], 2, "limit: it is 1 to 200");
        placet.refuses(&["audit", "list", "--user", "eve"], 1, "there is no user \"eve\"; see `placet user list`");
        assert_eq!(placet.run(&["audit", "list", "--from", "yesterday"]).code, 2);
    }

    async fn it_is_exported_and_proved(db: TestDatabase) {
        let placet = Placet::on(&db.url);
        placet.json(&["user", "add", "ada"]);
        placet.json(&["user", "add", "bob"]);
        assert_eq!(placet.text(&["audit", "verify"]), "the audit log is whole: 4 rows, from 1 to 4\n");
        let lines = |more: &[&str]| {
            let text = placet.text(&[&["audit", "export"], more].concat());
            text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).collect::<Vec<_>>()
        };
        let all = lines(&[]);
        assert_eq!(all.iter().map(|line| line["seq"].clone()).collect::<Vec<_>>(), [json!(1), json!(2), json!(3), json!(4)]);
        assert_eq!(lines(&["--from", "3"]), all[2..]);
        assert_eq!(lines(&["--since", "2020-01-01"]), all);
        assert!(lines(&["--since", "2999-01-01"]).is_empty());
        assert_eq!(placet.run(&["audit", "export", "--from", "1", "--since", "2020-01-01"]).code, 2);
        db.execute("DELETE FROM audit_events WHERE seq = 3").await;
        placet.refuses(&["audit", "verify"], 1, "the audit log is not as it was written: rows 3 to 3 were removed, or moved; docs/audit.md says what to do");
        let done = placet.run(&["audit", "verify", "--json"]);
        assert_eq!((done.code, done.stderr.as_str()), (1, ""));
        let found: Value = serde_json::from_str(&done.stdout).unwrap();
        assert_eq!(found["fault"], json!({ "fault": "removed", "from_seq": 3, "to_seq": 3 }));
        assert_eq!(found["rows"], 2);
    }
}
