//! `placet session`, `placet grant`, and `placet user list` of some.

use chrono::{DateTime, TimeDelta, Utc};
use placet::clock::Clock;
use placet::model::event::{Actor, Event, EventKind, Origin};
use placet::model::grant::Grant;
use placet::model::id::{ClientId, GrantId, SessionId, UserId};
use placet::model::scope::Scopes;
use placet::model::secret::TokenHash;
use placet::model::session::Session;
use placet::model::upstream::UpstreamAccount;
use placet::random;
use placet::storage::Store;
use serde_json::{Value, json};

use super::{Placet, text_of};
use crate::support::database::on_both;

/// Now, as the database keeps it.
fn now() -> DateTime<Utc> {
    Clock::system().now()
}

fn event(kind: EventKind) -> Event {
    Event {
        id: random::uuid_sortable(now()),
        at: now(),
        kind,
        actor: Actor::Server,
        user_id: None,
        client_id: None,
        origin: Origin::default(),
        detail: json!({}),
    }
}

fn id_of(user: &Value) -> UserId {
    UserId(text_of(user, "id").parse().unwrap())
}

/// Signs somebody in, as if by a browser, and gives an app a grant of that session.
async fn signed_in(store: &Store, user: UserId) -> (SessionId, GrantId) {
    let session = Session {
        id: SessionId(random::uuid()),
        token_hash: TokenHash::from_bytes(random::bytes()),
        user_id: user,
        authenticated_at: now(),
        amr: vec!["pwd".to_owned()],
        created_at: now(),
        last_seen_at: now(),
        idle_expires_at: now() + TimeDelta::hours(1),
        expires_at: now() + TimeDelta::hours(2),
        address: Some("192.0.2.1".to_owned()),
        user_agent: Some("Browser/1.0".to_owned()),
    };
    let signed_in = event(EventKind::SignInSucceeded);
    store
        .start_session(&session, None, None, &signed_in)
        .await
        .unwrap();
    let grant = Grant {
        id: GrantId(random::uuid()),
        client_id: ClientId::parse("app").unwrap(),
        user_id: user,
        session_id: Some(session.id),
        scope: Scopes::parse("openid").unwrap(),
        resources: ["https://a.example"].into_iter().collect(),
        claims: None,
        auth_time: now(),
        amr: session.amr.clone(),
        is_offline: false,
        created_at: now(),
        expires_at: now() + TimeDelta::hours(1),
        revoked_at: None,
    };
    let created = event(EventKind::GrantCreated);
    store.add_grant(&grant, None, None, &created).await.unwrap();
    (session.id, grant.id)
}

fn count(value: &Value) -> usize {
    value.as_array().unwrap().len()
}

on_both! {
    async fn sessions_and_grants_are_listed_and_ended(db: TestDatabase) {
        let placet = Placet::on(&db.url);
        placet.json(&["client", "add", "--id", "app", "--name", "The App", "--redirect-uri", "https://app.example/cb"]);
        let (ada, eve) = (placet.json(&["user", "add", "ada"]), placet.json(&["user", "add", "eve"]));
        assert_eq!(placet.text(&["session", "list"]), "ID  USER  LAST SEEN  EXPIRES  ADDRESS  BROWSER\n");
        assert_eq!(placet.json(&["grant", "list"]), json!([]));
        let (session, grant) = signed_in(&db.store, id_of(&ada)).await;
        let (second, _) = signed_in(&db.store, id_of(&ada)).await;
        let (of_eve, grant_of_eve) = signed_in(&db.store, id_of(&eve)).await;

        assert_eq!(count(&placet.json(&["session", "list"])), 3);
        let listed = placet.json(&["session", "list", "--user", "EVE"]);
        assert_eq!((count(&listed), &listed[0]["id"], &listed[0]["username"]), (1, &json!(of_eve), &json!("eve")));
        assert_eq!((&listed[0]["address"], &listed[0]["user_agent"], &listed[0]["amr"]), (&json!("192.0.2.1"), &json!("Browser/1.0"), &json!(["pwd"])));
        let text = placet.text(&["session", "list", "--user", "ada"]);
        assert_eq!(text.lines().count(), 3);
        assert!(text.contains(&session.to_string()) && text.contains(&second.to_string()));

        let listed = placet.json(&["grant", "list", "--client", "app", "--user", "eve"]);
        assert_eq!((count(&listed), &listed[0]["id"], &listed[0]["client_name"]), (1, &json!(grant_of_eve), &json!("The App")));
        assert_eq!((&listed[0]["scope"], &listed[0]["resources"], &listed[0]["last_used_at"]), (&json!("openid"), &json!(["https://a.example"]), &json!(null)));
        assert!(placet.text(&["grant", "list", "--client", "app"]).contains(&grant.to_string()));
        placet.refuses(&["grant", "list", "--client", "none"], 1, "there is no client \"none\"; see `placet client list`");
        placet.refuses(&["session", "list", "--user", "bob"], 1, "there is no user \"bob\"; see `placet user list`");

        let id = grant_of_eve.to_string();
        assert_eq!(placet.text(&["grant", "revoke", &id]), format!("revoked grant {id}\n"));
        placet.refuses(&["grant", "revoke", &id], 1, &format!("there is no grant \"{id}\"; see `placet grant list`"));
        let id = session.to_string();
        assert_eq!(placet.json(&["session", "end", &id]), json!({ "id": id, "ended": true }));
        placet.refuses(&["session", "end", &id], 1, &format!("there is no session \"{id}\"; see `placet session list`"));
        assert_eq!(count(&placet.json(&["grant", "list", "--user", "ada"])), 1, "the other went with its session");
        assert_eq!(placet.text(&["session", "end", "--user", "ada"]), "ended 1 session of ada\n");
        assert_eq!(placet.json(&["session", "end", "--user", "ada"]), json!({ "username": "ada", "ended": 0 }));
        assert_eq!(placet.json(&["session", "list"])[0]["id"], json!(of_eve));
        assert_eq!(placet.json(&["grant", "list"]), json!([]));
    }
}

#[test]
fn what_to_end_is_said_in_one_way() {
    let placet = Placet::new();
    let line = "the following required arguments were not provided: <ID|--user <NAME>> (--help tells more)";
    placet.refuses(&["session", "end"], 2, line);
    let id = random::uuid().to_string();
    for arguments in [
        &["session", "end", &id, "--user", "ada"][..],
        &["session", "end", "ada"],
        &["grant", "revoke", "ada"],
        &["grant", "revoke"],
    ] {
        let done = placet.run(arguments);
        assert_eq!(
            (done.code, done.stderr.lines().count()),
            (2, 1),
            "{arguments:?}"
        );
    }
}

#[test]
fn some_users_are_listed() {
    let placet = Placet::new();
    placet.json(&["user", "add", "ada", "--name", "Ada Lovelace"]);
    placet.json(&["user", "add", "a_b", "--role", "editor"]);
    placet.json(&["user", "add", "eve", "--email", "EVE@lovelace.example"]);
    placet.json(&["user", "disable", "eve"]);
    let listed = |arguments: &[&str]| -> Vec<String> {
        let all = placet.json(&[&["user", "list"], arguments].concat());
        let names = all
            .as_array()
            .unwrap()
            .iter()
            .map(|user| text_of(user, "username").to_owned());
        names.collect()
    };
    assert_eq!(listed(&[]), ["ada", "a_b", "eve"]);
    assert_eq!(listed(&["--search", "LoveLace"]), ["ada", "eve"]);
    assert_eq!(listed(&["--search", "_"]), ["a_b"]);
    assert_eq!(listed(&["--role", "editor"]), ["a_b"]);
    assert_eq!(listed(&["--disabled"]), ["eve"]);
    assert_eq!(listed(&["--disabled", "--search", "ada"]), [""; 0]);
    placet.refuses(
        &["user", "list", "--role", "a b"],
        2,
        "role: a role has 1 to 64 of the characters A-Z a-z 0-9 . _ - :",
    );
    // More than a part of the list has.
    for number in 0..3 {
        placet.json(&["user", "add", &format!("more{number}")]);
    }
    assert_eq!(listed(&["--search", "more"]).len(), 3);
}

on_both! {
    async fn accounts_elsewhere_are_shown_and_removed(db: TestDatabase) {
        let placet = Placet::on(&db.url);
        let ada = placet.json(&["user", "add", "ada"]);
        let account = UpstreamAccount {
            issuer: "https://elsewhere.example".to_owned(),
            subject: "1".to_owned(),
            provider: "elsewhere".to_owned(),
            user_id: id_of(&ada),
            email: None,
            created_at: now(),
            last_used_at: None,
        };
        let linked = event(EventKind::UpstreamLinked);
        db.store.link_upstream_account(&account, None, None, &linked).await.unwrap();
        let all = placet.json(&["user", "upstream-accounts", "ada"]);
        assert_eq!((&all[0]["provider"], &all[0]["subject"]), (&json!("elsewhere"), &json!("1")));
        assert!(placet.text(&["user", "upstream-accounts", "ada"]).contains("elsewhere"));
        let id = text_of(&all[0], "id");
        assert_ne!(placet.run(&["user", "remove-upstream-account", "ada", "other"]).code, 0);
        placet.json(&["user", "remove-upstream-account", "ada", id]);
        assert_eq!(placet.json(&["user", "upstream-accounts", "ada"]), json!([]));
    }
}
