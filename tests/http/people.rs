//! Administering people (issue 4, point 1): what is ended is over at once and everywhere, nobody overwrites what they have not seen,
//! and each change is in the audit log with who, what, whom, when and from where.

use placet::admin::consents::{self, ConsentFilter};
use placet::admin::grants::{self, GrantFilter};
use placet::admin::sessions::{self, SessionFilter};
use placet::admin::users::{self, NewUser, UserFields, UserFilter};
use placet::admin::{AdminError, By, Paging};
use placet::model::event::{Actor, Origin};
use placet::model::id::{ClientId, GrantId, SessionId, UserId};
use placet::model::secret::Secret;
use placet::random;

use super::support::relying_party::RelyingParty;
use super::support::{Browser, Client, TestServer};
use super::userinfo::userinfo;
use crate::support::database::{TestDatabase, on_both};

const OFFLINE: &[(&str, &str)] = &[("scope", "openid offline_access")];

/// A server with `ada`, and `root` who administers from afar.
async fn started(db: TestDatabase) -> (TestServer, By) {
    let server = TestServer::start(db).await;
    server.add_user("ada").await;
    let by = administrator(&server, "root").await;
    (server, by)
}

async fn administrator(server: &TestServer, name: &str) -> By {
    let new = NewUser {
        username: name.to_owned(),
        roles: vec!["admin".to_owned()],
        ..NewUser::default()
    };
    server.add_user_with(new).await;
    let id = user_id(server, name).await;
    let origin = Origin {
        address: Some("192.0.2.7".to_owned()),
        request_id: Some("request-7".to_owned()),
    };
    By::new(Actor::User(id), origin)
}

async fn user_id(server: &TestServer, name: &str) -> UserId {
    users::show(&server.app, name).await.unwrap().id
}

async fn session_ids(server: &TestServer, user: &str) -> Vec<SessionId> {
    let filter = SessionFilter {
        user: Some(user_id(server, user).await),
    };
    let page = sessions::find(&server.app, &filter, &Paging::default()).await;
    page.unwrap().items.iter().map(|found| found.id).collect()
}

async fn grant_ids(server: &TestServer, user: &str) -> Vec<GrantId> {
    let filter = GrantFilter {
        user: Some(user_id(server, user).await),
        client: None,
    };
    let page = grants::find(&server.app, &filter, &Paging::default()).await;
    page.unwrap().items.iter().map(|found| found.id).collect()
}

/// Whether the browser is asked to sign in.
async fn is_signed_out(client: &Client, browser: &mut Browser) -> bool {
    browser
        .visit(&client.authorize_url(&[]))
        .await
        .heading_kind()
        == "login"
}

fn after(cursor: &str) -> Paging {
    Paging {
        after: Some(cursor.to_owned()),
        limit: None,
    }
}

fn roles(names: &[&str]) -> UserFields {
    UserFields {
        roles: Some(names.iter().map(|&name| name.to_owned()).collect()),
        ..UserFields::default()
    }
}

on_both! {
    // S59 S160
    async fn an_ended_session_is_over_at_once(db: TestDatabase) {
        let mut app = RelyingParty::start(200).await;
        let hosts = vec![app.host.clone()];
        let server = TestServer::start_with(db, |config| config.outgoing.allow_hosts = hosts).await;
        server.add_user("ada").await;
        let by = administrator(&server, "root").await;
        let (told, client) = (server.add_client(app.client("App")).await, server.web_client().await);
        let (mut here, mut there) = (Browser::new(&server.url), Browser::new(&server.url));
        told.sign_in(&mut here, "ada", &[]).await;
        let code = client.sign_in(&mut here, "ada", &[]).await.returned("code").unwrap();
        let passing = client.redeem(&code).await;
        let unredeemed = client.sign_in(&mut here, "ada", &[]).await.returned("code").unwrap();
        let code = client.sign_in(&mut here, "ada", OFFLINE).await.returned("code").unwrap();
        let offline = client.redeem(&code).await;
        let first = session_ids(&server, "ada").await;
        assert_eq!(first.len(), 1);
        let code = client.sign_in(&mut there, "ada", &[]).await.returned("code").unwrap();
        let elsewhere = client.redeem(&code).await;
        assert_eq!(session_ids(&server, "ada").await.len(), 2);

        sessions::end(&server.app, &by, first[0]).await.unwrap();
        assert!(app.next().await.field("logout_token").contains('.'));
        assert!(is_signed_out(&client, &mut here).await);
        assert!(!is_signed_out(&client, &mut there).await, "the other browser goes on");
        client.assert_dead(passing.access_token(), "it lasted as long as the session").await;
        client.redeem(&unredeemed).await.assert_refused(400, "invalid_grant", "a code of the session");
        client.assert_live(offline.access_token(), "offline_access").await;
        client.refresh(offline.refresh_token()).await.assert_granted("offline_access");
        client.assert_live(elsewhere.access_token(), "the other session's").await;
        assert!(matches!(sessions::end(&server.app, &by, first[0]).await, Err(AdminError::NotFound { what: "session", .. })), "once");

        assert_eq!(sessions::end_all(&server.app, &by, "ADA").await.unwrap(), 1);
        assert!(is_signed_out(&client, &mut there).await);
        client.assert_dead(elsewhere.access_token(), "all of them").await;
        assert_eq!(sessions::end_all(&server.app, &by, "ada").await.unwrap(), 0);
        assert!(session_ids(&server, "ada").await.is_empty());
        assert_eq!(server.count_events("session_ended").await, 2);
    }

    // S59: on every node, with no time between.
    async fn a_revoked_grant_is_dead_everywhere(db: TestDatabase) {
        let (server, by) = started(db).await;
        let issuer = server.app.config.issuer.clone();
        let node = server.second_node(|config| config.issuer = issuer).await;
        let client = server.web_client().await;
        let tokens = client.tokens("ada", OFFLINE).await;
        let first = grant_ids(&server, "ada").await;
        let others = client.tokens("ada", OFFLINE).await;
        assert_eq!((first.len(), grant_ids(&node, "ada").await.len()), (1, 2));
        client.at(&node).assert_live(tokens.access_token(), "before").await;
        grants::revoke(&server.app, &by, first[0]).await.unwrap();
        for node in [&node, &server] {
            let client = client.at(node);
            client.assert_dead(tokens.access_token(), "introspection").await;
            client.assert_dead(tokens.refresh_token(), "introspection").await;
            assert_eq!(userinfo(node, tokens.access_token()).await.status, 401);
            assert_eq!(userinfo(node, others.access_token()).await.status, 200, "another grant's");
            client.refresh(tokens.refresh_token()).await.assert_refused(400, "invalid_grant", "refresh");
        }
        assert_eq!(grant_ids(&node, "ada").await.len(), 1);
        for gone in [first[0], GrantId(random::uuid())] {
            assert!(matches!(grants::revoke(&node.app, &by, gone).await, Err(AdminError::NotFound { what: "grant", .. })));
        }
        // What was allowed stays allowed: nobody is asked anew.
        let all = consents::find(&server.app, &ConsentFilter::default(), &Paging::default()).await.unwrap();
        assert_eq!(all.items.len(), 1);
        assert_eq!((all.items[0].username.as_str(), all.items[0].client_name.as_str()), ("ada", "Photo Printer"));
    }

    // S60: at once, on every node.
    async fn disabling_ends_everything_on_every_node(db: TestDatabase) {
        let (server, by) = started(db).await;
        let issuer = server.app.config.issuer.clone();
        let node = server.second_node(|config| config.issuer = issuer).await;
        let client = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        let code = client.sign_in(&mut browser, "ada", OFFLINE).await.returned("code").unwrap();
        let tokens = client.redeem(&code).await;
        let unredeemed = client.sign_in(&mut browser, "ada", &[]).await.returned("code").unwrap();
        users::disable(&server.app, &by, "ada").await.unwrap();
        let client = client.at(&node);
        client.assert_dead(tokens.access_token(), "access").await;
        client.refresh(tokens.refresh_token()).await.assert_refused(400, "invalid_grant", "refresh");
        client.redeem(&unredeemed).await.assert_refused(400, "invalid_grant", "code");
        assert!(is_signed_out(&client, &mut browser).await);
        assert!(session_ids(&node, "ada").await.is_empty());
        assert!(grant_ids(&node, "ada").await.is_empty());
        users::enable(&server.app, &by, "ada").await.unwrap();
        assert!(is_signed_out(&client, &mut browser).await, "what ended stays ended");
    }

    // S172: each change leaves one event with who, what, whom, when, from where.
    async fn every_change_is_in_the_audit_log(db: TestDatabase) {
        let (server, by) = started(db).await;
        let (app, pool) = (&server.app, &server.identity.passwords);
        let Actor::User(root) = by.actor.clone() else { unreachable!() };
        let client = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        for _ in 0..2 {
            client.sign_in(&mut browser, "ada", OFFLINE).await;
            browser.cookies.clear();
        }
        client.tokens("ada", OFFLINE).await;
        let events = "SELECT substr(CAST(at AS TEXT), 1, 10) || ' ' || kind || ' ' || actor || ' ' || COALESCE(address, '-') || ' '
            || COALESCE(request_id, '-') || ' ' || CASE WHEN user_id IS NULL THEN 'nobody' ELSE 'somebody' END || ' '
            || COALESCE(client_id, '-') FROM audit_events ORDER BY id";
        let before = server.database.texts(events.to_owned()).await;
        server.advance(1);

        let new = NewUser { username: "eve".to_owned(), ..NewUser::default() };
        users::add(app, pool, &by, new).await.unwrap();
        users::change(app, &by, "eve", roles(&["editor"])).await.unwrap();
        users::change(app, &by, "eve", roles(&["editor"])).await.unwrap();
        users::set_password(app, pool, &by, "eve", Secret::new("quite another one".to_owned())).await.unwrap();
        users::disable(app, &by, "eve").await.unwrap();
        users::disable(app, &by, "eve").await.unwrap();
        users::enable(app, &by, "eve").await.unwrap();
        users::enable(app, &by, "eve").await.unwrap();
        sessions::end(app, &by, session_ids(&server, "ada").await[0]).await.unwrap();
        sessions::end_all(app, &by, "ada").await.unwrap();
        sessions::end_all(app, &by, "ada").await.unwrap();
        grants::revoke(app, &by, grant_ids(&server, "ada").await[0]).await.unwrap();
        consents::withdraw(app, &by, "ada", &client.id).await.unwrap();
        users::remove(app, &by, "eve").await.unwrap();

        let mut events = server.database.texts(events.to_owned()).await;
        let expected = [
            "user_added", "user_updated", "password_set", "user_disabled", "user_enabled", "session_ended", "session_ended",
            "grant_revoked", "consent_withdrawn", "user_removed",
        ];
        let mut new = events.split_off(before.len());
        assert_eq!(events, before, "what was written stays");
        let mut expected: Vec<String> = expected.iter().map(|kind| {
            let client = if ["grant_revoked", "consent_withdrawn"].contains(kind) { client.id.as_str() } else { "-" };
            format!("2027-01-15 {kind} user:{root} 192.0.2.7 request-7 somebody {client}")
        }).collect();
        // In one millisecond there is no order.
        new.sort_unstable();
        expected.sort_unstable();
        assert_eq!(new, expected);
        let log = server.app.store.event_kinds(1000).await.unwrap();
        assert!(!format!("{log:?}").contains("quite another"));
    }

    async fn nobody_overwrites_what_they_have_not_seen(db: TestDatabase) {
        let (server, by) = started(db).await;
        let (app, pool) = (&server.app, &server.identity.passwords);
        let seen = users::show(app, "ada").await.unwrap().version;
        let if_match = |version| By { expects: Some(version), ..by.clone() };
        let changed = users::change(app, &if_match(seen), "ada", roles(&["editor"])).await.unwrap();
        assert_eq!((changed.version, changed.roles.len()), (seen + 1, 1));
        let stale = if_match(seen);
        let password = || Secret::new("quite another one".to_owned());
        for error in [
            users::change(app, &stale, "ada", roles(&[])).await.unwrap_err(),
            users::change(app, &stale, "ada", roles(&["editor"])).await.unwrap_err(),
            users::disable(app, &stale, "ada").await.unwrap_err(),
            users::enable(app, &stale, "ada").await.unwrap_err(),
            users::set_password(app, pool, &stale, "ada", password()).await.unwrap_err(),
            users::remove(app, &stale, "ada").await.unwrap_err(),
        ] {
            assert!(matches!(error, AdminError::Changed { what: "user", .. }), "{error}");
        }
        let same = users::change(app, &if_match(seen + 1), "ada", roles(&["editor"])).await.unwrap();
        assert_eq!(same.version, seen + 1, "it was so before");
        users::remove(app, &if_match(seen + 1), "ada").await.unwrap();
    }

    async fn the_last_administrator_stays_unless_the_command_line_says_so(db: TestDatabase) {
        let (server, by) = started(db).await;
        let app = &server.app;
        let client_of_the_api = By::new(Actor::Client(ClientId::parse(&server.service_client().await.id).unwrap()), Origin::default());
        for by in [&by, &client_of_the_api] {
            for error in [
                users::disable(app, by, "root").await.unwrap_err(),
                users::remove(app, by, "root").await.unwrap_err(),
                users::change(app, by, "root", roles(&["editor"])).await.unwrap_err(),
            ] {
                let line = "the last administrator who can sign in \"root\" cannot go: give somebody else the role admin first";
                assert_eq!(error.to_string(), line);
            }
        }
        // One without a password cannot sign in.
        let ghost = NewUser { username: "ghost".to_owned(), roles: vec!["admin".to_owned()], ..NewUser::default() };
        users::add(app, &server.identity.passwords, &by, ghost).await.unwrap();
        assert!(matches!(users::remove(app, &by, "root").await, Err(AdminError::InUse { .. })));
        administrator(&server, "second").await;
        users::disable(app, &by, "root").await.unwrap();
        assert!(users::change(app, &by, "second", roles(&[])).await.is_err());
        users::remove(app, &By::command_line(), "second").await.unwrap();
    }

    async fn what_a_file_manages_is_left_to_the_file(db: TestDatabase) {
        let (server, by) = started(db).await;
        let app = &server.app;
        server.database.execute("INSERT INTO managed (kind, id, source, definition, applied_at)
            VALUES ('user', 'ada', 'people.toml', '{}', '2027-01-15T08:00:00+00:00')").await;
        for error in [
            users::change(app, &by, "ADA", roles(&["editor"])).await.unwrap_err(),
            users::disable(app, &by, "ada").await.unwrap_err(),
            users::enable(app, &by, "ada").await.unwrap_err(),
            users::remove(app, &by, "ada").await.unwrap_err(),
        ] {
            assert!(matches!(&error, AdminError::Managed { source_name, .. } if source_name == "people.toml"), "{error}");
        }
        let overriding = By { overrides: true, ..by };
        users::change(app, &overriding, "ada", roles(&["editor"])).await.unwrap();
        users::remove(app, &overriding, "ada").await.unwrap();
        assert_eq!(server.database.count("managed").await, 0, "who is gone is not managed");
    }

    // S170
    async fn odd_cursors_and_filters_are_refused(db: TestDatabase) {
        let (server, _) = started(db).await;
        let app = &server.app;
        let id = user_id(&server, "ada").await.to_string();
        for number in 0..3 {
            server.add_user(&format!("user{number}")).await;
        }
        let (users, mut cursor) = (UserFilter::default(), None);
        let mut seen = Vec::new();
        loop {
            let page = users::find(app, &users, &Paging { after: cursor, limit: Some(2) }).await.unwrap();
            seen.extend(page.items.into_iter().map(|user| user.username));
            cursor = page.next;
            if cursor.is_none() { break }
        }
        seen.sort_unstable();
        assert_eq!(seen, ["ada", "root", "user0", "user1", "user2"]);
        let odd = [
            "", " ", "x", "-1", "null", "%", "'", "\0", &id.to_uppercase(), &id.replace('-', ""), &format!("{{{id}}}"), &format!("{id} "),
            &format!("urn:uuid:{id}"), "W10", "WyJ4Il0", &"a".repeat(100_000), &"[".repeat(10_000),
        ];
        for cursor in odd {
            let paging = after(cursor);
            let errors = [
                users::find(app, &users, &paging).await.unwrap_err(),
                sessions::find(app, &SessionFilter::default(), &paging).await.unwrap_err(),
                grants::find(app, &GrantFilter::default(), &paging).await.unwrap_err(),
                consents::find(app, &ConsentFilter::default(), &paging).await.unwrap_err(),
            ];
            for error in errors {
                assert!(matches!(error, AdminError::Invalid { field: "after", .. }), "{cursor}: {error}");
            }
        }
        for limit in [0, -1, 201, i64::MAX, i64::MIN] {
            let paging = Paging { after: None, limit: Some(limit) };
            assert!(matches!(users::find(app, &users, &paging).await, Err(AdminError::Invalid { field: "limit", .. })), "{limit}");
        }
        let search = |text: &str| UserFilter { search: Some(text.to_owned()), ..UserFilter::default() };
        for text in ["\0", "a\nb", "\u{202e}", &"x".repeat(201)] {
            assert!(matches!(users::find(app, &search(text), &Paging::default()).await, Err(AdminError::Invalid { field: "search", .. })));
        }
        for (text, count) in [("", 5), (" ", 5), ("USER", 3), ("%", 0), ("' OR 1=1 --", 0), (&"%".repeat(200), 0)] {
            assert_eq!(users::find(app, &search(text), &Paging::default()).await.unwrap().items.len(), count, "{text}");
        }
        let role = |role: &str| UserFilter { role: Some(role.to_owned()), ..UserFilter::default() };
        assert_eq!(users::find(app, &role("admin"), &Paging::default()).await.unwrap().items.len(), 1);
        assert!(matches!(users::find(app, &role("a b"), &Paging::default()).await, Err(AdminError::Invalid { field: "role", .. })));
    }

    async fn approvals_come_in_parts_by_a_cursor(db: TestDatabase) {
        let (server, _) = started(db).await;
        server.add_user("bob").await;
        let clients = [server.web_client().await, server.web_client().await];
        for client in &clients {
            for user in ["ada", "bob"] {
                client.tokens(user, OFFLINE).await;
            }
        }
        let (mut seen, mut cursor) = (Vec::new(), None);
        for part in 0..4 {
            let paging = Paging { after: cursor, limit: Some(1) };
            let page = consents::find(&server.app, &ConsentFilter::default(), &paging).await.unwrap();
            assert_eq!((page.items.len(), page.next.is_some()), (1, part < 3));
            seen.extend(page.items.into_iter().map(|consent| (consent.user_id, consent.client_id)));
            cursor = page.next;
        }
        assert!(seen.is_sorted());
        seen.dedup();
        assert_eq!(seen.len(), 4);
    }
}
