//! A person's own account: connected apps, activity, the file of all data, and the end of it.

use placet::admin::By;
use placet::admin::clients;
use placet::admin::users::{self, NewUser};
use serde_json::Value;

use super::account::{PAGES, buttons, csrf, is_in, send, signed_in, start};
use super::support::relying_party::RelyingParty;
use super::support::requests::new_client;
use super::support::server::PASSWORD;
use super::support::{Browser, TestServer};
use crate::support::database::on_both;

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
const OFFLINE: &[(&str, &str)] = &[("scope", "openid profile offline_access")];

/// Follows what an app asks for in that browser, allowing it.
async fn allow(browser: &mut Browser, address: &str) -> String {
    let page = browser.visit(address).await;
    let page = browser.approve(&page).await;
    page.returned("code").unwrap()
}

on_both! {
    // S59: disconnecting ends approval, refresh and access tokens at once, on every node; other apps and people keep theirs.
    async fn an_app_is_shown_in_words_and_disconnected(db: TestDatabase) {
        let server = start(db).await;
        let second = server.second_node(|_| {}).await;
        server.add_scope("photos:read", "see your photos").await;
        server.add_resource("https://photos.example/", "photos:read").await;
        let mut new = new_client("<b>Printer</b>", &["https://app.example/callback"]);
        new.fields.scope = Some("openid profile offline_access photos:read".to_owned());
        let client = server.add_client(new).await;
        let other = server.web_client().await;
        let mut ada = signed_in(&server, "ada", FIREFOX).await;
        let page = ada.get("/account/apps").await;
        assert!(page.text().contains("No app may use your account"), "{}", page.text());
        let scope = "openid profile offline_access photos:read";
        let code = allow(&mut ada, &client.authorize_url(&[("scope", scope)])).await;
        let tokens = client.redeem(&code).await;
        let kept = other.redeem(&allow(&mut ada, &other.authorize_url(OFFLINE)).await).await;
        let of_bob = client.tokens("bob", OFFLINE).await;
        server.advance(3600);
        let tokens = client.refresh(tokens.refresh_token()).await;
        let page = ada.get("/account/apps").await;
        let text = page.text();
        for words in ["<b>Printer</b>", "Photo Printer", "At The API https://photos.example/ it may", "see your photos", "Since 15 January 2027, 08:00 UTC", "Last used 15 January 2027, 09:00 UTC", "Ends Not until you take it back", "checked by Placet", "Disconnect : <b>Printer</b>"] {
            assert!(text.contains(words), "{words}: {text}");
        }
        for protocol in ["photos:read", "offline_access", "scope", "client", "token"] {
            assert!(!text.contains(protocol), "{protocol} is no word for people: {text}");
        }
        assert_eq!(buttons(&page, "disconnect").len(), 2);
        assert!(!page.body.contains("<b>"), "{}", page.body);

        let page = send(&mut ada, "/account/apps", &[("disconnect", &client.id)]).await;
        assert!(page.text().contains("<b>Printer</b> is disconnected."), "{}", page.text());
        assert_eq!(buttons(&page, "disconnect"), std::slice::from_ref(&other.id));
        for node in [&server, &second] {
            let there = client.at(node);
            there.assert_dead(tokens.access_token(), "access").await;
            there.assert_dead(tokens.refresh_token(), "refresh").await;
            there.assert_live(of_bob.refresh_token(), "another person's").await;
        }
        client.refresh(tokens.refresh_token()).await.assert_refused(400, "invalid_grant", "refresh");
        other.assert_live(kept.refresh_token(), "another app's").await;
        let asked = ada.visit(&client.authorize_url(&[("scope", scope)])).await;
        assert_eq!(asked.heading_kind(), "consent", "it has to ask again");
        assert!(asked.body.contains("href=\"/account/apps\""), "the consent page says where: {}", asked.body);
        assert_eq!(server.count_events("consent_withdrawn").await, 1);
    }

    // S169: what is not one's own is not there.
    async fn what_is_not_ones_own_is_not_there(db: TestDatabase) {
        let server = start(db).await;
        let client = server.web_client().await;
        let of_bob = client.tokens("bob", OFFLINE).await;
        let mut ada = signed_in(&server, "ada", FIREFOX).await;
        allow(&mut ada, &server.public_client().await.authorize_url(&[])).await;
        for id in [client.id.as_str(), "", "no such", "a\0b", "placet-demo"] {
            let page = send(&mut ada, "/account/apps", &[("disconnect", id)]).await;
            assert_eq!(page.status, 404, "{id:?}");
        }
        client.assert_live(of_bob.access_token(), "bob's").await;
        assert_eq!(server.count_events("consent_withdrawn").await, 0);
        let events = ada.get("/account/events").await;
        assert!(!events.text().contains("Photo Printer"), "bob's events: {}", events.text());
        let data = ada.get("/account/data/download").await;
        let id_of_bob = users::show(&server.app, "bob").await.unwrap().id.to_string();
        assert!(!data.body.contains("bob") && !data.body.contains(&id_of_bob), "{}", data.body);
        for odd in ["x", "%00", "-1", "00000000-0000-0000-0000-00000000000g"] {
            assert_eq!(ada.get(&format!("/account/events?before={odd}")).await.status, 404, "{odd}");
        }
    }

    // S172 for the person: what happened, when, from where, newest first, in parts.
    async fn what_happened_is_told_in_words(db: TestDatabase) {
        let server = start(db).await;
        let client = server.web_client().await;
        server.advance(1);
        let mut thief = Browser::new(&server.url);
        let login = thief.get("/login").await;
        thief.submit(&login, &[("username", "ada"), ("password", "a wrong guess")]).await;
        server.advance(60);
        let mut ada = signed_in(&server, "ada", FIREFOX).await;
        server.advance(1);
        let code = allow(&mut ada, &client.authorize_url(OFFLINE)).await;
        server.advance(1);
        client.redeem(&code).await;
        server.advance(60);
        let by = By::new(placet::model::event::Actor::User(users::show(&server.app, "bob").await.unwrap().id), placet::model::event::Origin { address: Some("192.0.2.77".to_owned()), request_id: None });
        let fields = users::UserFields { name: Some("Ada Lovelace".to_owned()), ..users::UserFields::default() };
        users::change(&server.app, &by, "ada", fields).await.unwrap();
        let text = ada.get("/account/events").await.text();
        let mut from = 0;
        for words in ["The profile was changed 15 January 2027, 08:02 UTC · Done by an administrator", "Photo Printer got access", "You allowed Photo Printer to use your account", "Signed in 15 January 2027, 08:01 UTC", "Firefox on Linux", "127.0.0.1", "A sign-in failed 15 January 2027, 08:00 UTC", "Done by an administrator"] {
            let at = text[from..].find(words);
            from += at.unwrap_or_else(|| panic!("{words}, in this order: {text}"));
        }
        let warned = ada.get("/account/events").await;
        assert!(warned.body.contains("#i-alert\"/></svg><strong>A sign-in failed</strong>"), "{}", warned.body);
        assert_eq!(warned.body.matches("href=\"#i-alert\"").count(), 1, "and nothing else is a warning: {}", warned.body);
        let mut other = Browser::new(&server.url);
        server.advance(1);
        client.sign_in(&mut other, "ada", &[]).await;
        let text = ada.get("/account/events").await.text();
        assert!(text.contains("Signed in to Photo Printer 15 January 2027"), "into which app: {text}");
        assert!(!text.contains("192.0.2.77"), "where an administrator was is theirs: {text}");
        for _ in 0..60 {
            server.advance(1);
            send(&mut ada, "/account", &[("name", &format!("Ada {}", server.app.clock.now().timestamp()))]).await;
        }
        let page = ada.get("/account/events").await;
        assert_eq!(page.body.matches("<li>\n<div>").count(), 50);
        assert!(!page.text().contains("The account was created"));
        let html = scraper::Html::parse_document(&page.body);
        let older = html.select(&scraper::Selector::parse("nav.pager a").unwrap()).next().unwrap();
        let older = older.attr("href").unwrap().to_owned();
        let page = ada.get(&older).await;
        assert!(page.text().contains("The account was created") && page.text().contains("Newest"), "{}", page.text());
    }

    // All that is stored, nothing that opens anything.
    async fn the_file_has_everything_and_no_secret(db: TestDatabase) {
        let server = start(db).await;
        let new = NewUser { username: "eve".to_owned(), name: Some("Eve".to_owned()), email: Some("eve@mail.example".to_owned()), claims: vec![("nickname".to_owned(), "Evie".to_owned())], roles: vec!["editor".to_owned()], ..NewUser::default() };
        server.add_user_with(new).await;
        let client = server.web_client().await;
        let mut eve = signed_in(&server, "eve", FIREFOX).await;
        let tokens = client.redeem(&allow(&mut eve, &client.authorize_url(OFFLINE)).await).await;
        let file = eve.get("/account/data/download").await;
        assert_eq!((file.status.as_u16(), file.header("content-type")), (200, "application/json"));
        assert_eq!(file.header("content-disposition"), "attachment; filename=\"account.json\"");
        assert_eq!(file.header("cache-control"), "no-store");
        let data: Value = serde_json::from_str(&file.body).unwrap();
        let account = &data["account"];
        assert_eq!((&account["username"], &account["email"], &account["claims"]["nickname"]), (&"eve".into(), &"eve@mail.example".into(), &"Evie".into()), "{data}");
        assert_eq!((&account["roles"][0], &account["has_password"]), (&"editor".into(), &true.into()));
        assert!(data["password_changed_at"].is_string(), "{data}");
        assert_eq!(data["sessions"][0]["user_agent"], FIREFOX);
        assert_eq!((&data["approvals"][0]["client_id"], &data["grants"][0]["client_id"]), (&client.id.as_str().into(), &client.id.as_str().into()));
        let kinds: Vec<&str> = data["events"].as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap()).collect();
        assert!(kinds.contains(&"user_added") && kinds.contains(&"sign_in_succeeded") && kinds.contains(&"consent_granted"), "{kinds:?}");
        let secrets = [PASSWORD, "$argon2", tokens.access_token(), tokens.refresh_token(), eve.cookies["placet_session"].as_str(), "hash"];
        for secret in secrets {
            assert!(!file.body.contains(secret), "{secret}: {}", file.body);
        }
    }

    // S60: the account goes with all that is its own, in one moment; apps hear of it.
    async fn an_account_is_deleted_by_its_person(db: TestDatabase) {
        let mut app = RelyingParty::start(200).await;
        let host = app.host.clone();
        let server = TestServer::start_with(db, |config| {
            config.account.deletable = true;
            config.outgoing.allow_hosts = vec![host];
        }).await;
        for name in ["ada", "bob"] {
            server.add_user(name).await;
        }
        let client = server.add_client(app.client("App")).await;
        let mut ada = signed_in(&server, "ada", FIREFOX).await;
        let mut other = signed_in(&server, "ada", "curl/8").await;
        let mut bob = signed_in(&server, "bob", FIREFOX).await;
        let tokens = client.redeem(&allow(&mut ada, &client.authorize_url(OFFLINE)).await).await;
        for typed in ["", "bob", "ada lovelace"] {
            let page = send(&mut ada, "/account/delete", &[("username", typed)]).await;
            assert_eq!(page.status, 422, "{typed}");
            assert!(page.text().contains("That is not your username."), "{}", page.text());
        }
        assert_eq!(server.database.count("users").await, 2);
        let page = send(&mut ada, "/account/delete", &[("username", " Ada ")]).await;
        assert!(page.text().contains("Your account is deleted"), "{}", page.text());
        assert!(!ada.cookies.contains_key("placet_session") && !ada.cookies.contains_key("placet_known"));
        assert!(!is_in(&mut other).await && is_in(&mut bob).await);
        client.assert_dead(tokens.access_token(), "access").await;
        app.next().await.field("logout_token");
        for table in ["consents", "grants"] {
            assert_eq!(server.database.count(table).await, 0, "{table}");
        }
        assert_eq!((server.database.count("users").await, server.count_events("user_removed").await), (1, 1));
        let mut again = Browser::new(&server.url);
        let login = again.get("/login").await;
        assert!(again.submit(&login, &[("username", "ada"), ("password", PASSWORD)]).await.text().contains("do not match"));
    }

    // An administrator must be left; a file's account is the file's.
    async fn the_last_administrator_stays(db: TestDatabase) {
        let server = start(db).await;
        let root = NewUser { username: "root".to_owned(), roles: vec!["admin".to_owned()], ..NewUser::default() };
        server.add_user_with(root).await;
        let mut browser = signed_in(&server, "root", FIREFOX).await;
        assert!(browser.get("/account").await.text().contains("Administration"), "the way to the console");
        let page = send(&mut browser, "/account/delete", &[("username", "root")]).await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains("You are the last administrator"), "{}", page.text());
        assert!(is_in(&mut browser).await);
        server.add_user_with(NewUser { username: "other".to_owned(), roles: vec!["admin".to_owned()], ..NewUser::default() }).await;
        let page = send(&mut browser, "/account/delete", &[("username", "root")]).await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(server.database.count("users").await, 3);
    }

    // Pages are read without being changed: no GET writes anything but that the session was seen.
    async fn reading_changes_nothing(db: TestDatabase) {
        let server = start(db).await;
        let client = server.web_client().await;
        let mut ada = signed_in(&server, "ada", FIREFOX).await;
        allow(&mut ada, &client.authorize_url(OFFLINE)).await;
        let session = buttons(&signed_in(&server, "ada", "curl/8").await.get("/account/sessions").await, "end").remove(0);
        let before = server.database.row_counts().await;
        let token = csrf(&ada.get("/account/apps").await);
        for address in PAGES {
            let query = format!("csrf={token}&disconnect={}&end={session}&others=yes&username=ada&name=x&current={PASSWORD}&new=quite+another&repeated=quite+another", client.id);
            let page = ada.get(&format!("{address}?{}", query.replace(' ', "+"))).await;
            assert_eq!(page.status, 200, "{address}");
        }
        assert_eq!(server.database.row_counts().await, before);
        clients::remove(&server.app, &TestServer::by(), &client.id).await.unwrap();
        assert!(ada.get("/account/events").await.text().contains(&client.id), "an app that is gone is called by its id");
    }
}
