//! Calls that tell apps of ended sessions (OIDC Back-Channel Logout 1.0): what they say, who is called, and that nobody waits for an app.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use placet::admin::users;
use placet::model::secret::Secret;

use super::support::client::decode_jwt;
use super::support::relying_party::{RelyingParty, SILENCE};
use super::support::requests::encode;
use super::support::{Browser, Client, TestServer};
use crate::support::database::{TestDatabase, on_both};

const DELIVERED: &str = "placet_logout_calls_total{outcome=\"delivered\"} ";
const FAILED: &str = "placet_logout_calls_total{outcome=\"failed\"} ";
const GIVEN_UP: &str = "placet_logout_calls_total{outcome=\"given_up\"} ";

/// A server that may call these apps, with two people.
async fn start(db: TestDatabase, apps: &[&RelyingParty]) -> TestServer {
    let hosts: Vec<String> = apps.iter().map(|app| app.host.clone()).collect();
    let server = TestServer::start_with(db, |config| config.outgoing.allow_hosts = hosts).await;
    for name in ["ada", "bob"] {
        server.add_user(name).await;
    }
    server
}

/// Signs in in a browser of its own; with it the ID token.
async fn signed_in(client: &Client, username: &str) -> (Browser, String) {
    let mut browser = Browser::new(&client.server);
    let token = id_token(client, &mut browser, username).await;
    (browser, token)
}

async fn id_token(client: &Client, browser: &mut Browser, username: &str) -> String {
    let page = client.sign_in(browser, username, &[]).await;
    let tokens = client.redeem(&page.returned("code").unwrap()).await;
    tokens.json["id_token"].as_str().unwrap().to_owned()
}

/// Signs out by that hint, which must not take long.
async fn log_out(browser: &mut Browser, hint: &str) {
    let started = Instant::now();
    let page = browser
        .get(&format!("/logout?{}", encode(&[("id_token_hint", hint)])))
        .await;
    assert!(
        page.text().contains("You are signed out"),
        "{}",
        page.text()
    );
    assert!(
        started.elapsed() < Duration::from_secs(3),
        "the person waits for nobody"
    );
}

fn sid(token: &str) -> String {
    decode_jwt(token).1["sid"].as_str().unwrap().to_owned()
}

/// The attempts of what is still to be made, and the moment of the next.
async fn waiting(server: &TestServer) -> Vec<i64> {
    let far = server.app.clock.now() + chrono::TimeDelta::days(30);
    let found = server.app.store.due_logout_deliveries(far, 100, 100).await;
    found.unwrap().iter().map(|found| found.attempts).collect()
}

on_both! {
    // S160 S103
    async fn the_logout_token_says_who_and_which_session(db: TestDatabase) {
        let mut app = RelyingParty::start(200).await;
        let server = start(db, &[&app]).await;
        for (alg, subject_type, answer) in [("RS256", "public", 200), ("ES256", "pairwise", 204)] {
            app.answer(answer);
            let mut new = app.client("App");
            new.fields.id_token_signed_response_alg = Some(alg.to_owned());
            new.fields.subject_type = Some(subject_type.to_owned());
            let client = server.add_client(new).await;
            let (mut browser, hint) = signed_in(&client, "ada").await;
            log_out(&mut browser, &hint).await;
            let call = app.next().await;
            assert_eq!((call.method.as_str(), call.target.as_str()), ("POST", "/back"));
            assert!(call.head.contains("content-type: application/x-www-form-urlencoded"), "{}", call.head);
            assert!(!call.head.contains("cookie:") && !call.head.contains("authorization:"), "{}", call.head);
            let token = call.field("logout_token");
            assert_eq!(call.body, encode(&[("logout_token", &token)]), "and nothing else");
            assert_eq!(decode_jwt(&token).0["typ"], "logout+jwt");
            let claims = server.verify(&token, "logout+jwt", alg, &client.id).await;
            let (_, id_claims) = decode_jwt(&hint);
            for name in ["iss", "sub", "aud", "sid"] {
                assert_eq!(claims[name], id_claims[name], "{name}");
            }
            assert_eq!(claims["events"], serde_json::json!({ "http://schemas.openid.net/event/backchannel-logout": {} }));
            assert_eq!(claims["iat"], server.app.clock.now().timestamp());
            assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 120);
            assert!(claims["jti"].as_str().unwrap().len() > 30);
            assert_eq!(claims.as_object().unwrap().len(), 8, "no nonce, nothing else: {claims}");
            server.wait_for_rows("logout_deliveries", 0).await;
            // As a hint it is worth nothing.
            let (mut browser, _) = signed_in(&client, "ada").await;
            let page = browser.get(&format!("/logout?{}", encode(&[("id_token_hint", &token)]))).await;
            assert_eq!(page.heading_kind(), "logout", "asks");
        }
        assert_eq!(server.figure(DELIVERED).await, 2);
    }

    // S60 S159 S160
    async fn every_end_of_a_session_is_told(db: TestDatabase) {
        let mut app = RelyingParty::start(200).await;
        let server = start(db, &[&app]).await;
        let client = server.add_client(app.client("App")).await;
        let deaf = server.web_client().await;
        server.add_user("eve").await;
        let by = TestServer::by();

        let (mut browser, token) = signed_in(&client, "ada").await;
        id_token(&deaf, &mut browser, "ada").await;
        id_token(&client, &mut browser, "ada").await;
        let account = browser.get("/account").await;
        browser.submit(&account, &[]).await;
        assert_eq!(sid(&app.next().await.field("logout_token")), sid(&token), "signed out on the account page");

        let (mut browser, token) = signed_in(&client, "ada").await;
        let login = browser.visit(&client.authorize_url(&[("prompt", "login")])).await;
        browser.log_in(&login, "ada").await;
        assert_eq!(server.database.count("logout_deliveries").await, 0, "the same person goes on");
        let login = browser.visit(&client.authorize_url(&[("prompt", "login")])).await;
        browser.log_in(&login, "bob").await;
        assert_eq!(sid(&app.next().await.field("logout_token")), sid(&token), "replaced by another person");

        let (_, token) = signed_in(&client, "ada").await;
        users::set_password(&server.app, &server.identity.passwords, &by, "ada", Secret::new("quite another one".to_owned())).await.unwrap();
        assert_eq!(sid(&app.next().await.field("logout_token")), sid(&token), "another password");

        let (_, token) = signed_in(&client, "bob").await;
        let (_, second) = signed_in(&client, "bob").await;
        users::disable(&server.app, &by, "bob").await.unwrap();
        let told = BTreeSet::from([sid(&app.next().await.field("logout_token")), sid(&app.next().await.field("logout_token"))]);
        assert!(told.is_superset(&BTreeSet::from([sid(&token), sid(&second)])), "every session");

        let (_, token) = signed_in(&client, "eve").await;
        users::remove(&server.app, &by, "eve").await.unwrap();
        let call = app.next().await;
        assert_eq!(sid(&call.field("logout_token")), sid(&token), "removed");
        assert_eq!(decode_jwt(&call.field("logout_token")).1["sub"], decode_jwt(&token).1["sub"]);
        server.wait_for_rows("logout_deliveries", 0).await;
        assert!(app.try_next().is_none(), "each once");
    }

    // S160: tried again, less and less often, given up after a day
    async fn an_app_that_fails_is_called_again(db: TestDatabase) {
        let mut app = RelyingParty::start(500).await;
        let server = start(db, &[&app]).await;
        let client = server.add_client(app.client("App")).await;
        let (mut browser, hint) = signed_in(&client, "ada").await;
        log_out(&mut browser, &hint).await;
        let mut seen = BTreeSet::new();
        seen.insert(decode_jwt(&app.next().await.field("logout_token")).1["jti"].to_string());
        server.wait_for_figure(FAILED, 1).await;
        // 302 is no success, and is not followed; neither is 400.
        for (number, status) in [(1, 302), (2, 400), (3, 404), (4, 503)] {
            assert_eq!(waiting(&server).await, [number]);
            app.answer(status);
            server.advance([15, 60, 300, 1800][usize::try_from(number - 1).unwrap()]);
            server.app.logout_due.notify_one();
            let call = app.next().await;
            assert_eq!(call.target, "/back");
            let token = call.field("logout_token");
            server.verify(&token, "logout+jwt", "RS256", &client.id).await;
            assert!(seen.insert(decode_jwt(&token).1["jti"].to_string()), "a new token each time");
            server.wait_for_figure(FAILED, u64::try_from(number).unwrap() + 1).await;
        }
        app.answer(200);
        server.advance(7200);
        server.app.logout_due.notify_one();
        app.next().await;
        server.wait_for_rows("logout_deliveries", 0).await;
        assert_eq!(server.figure(DELIVERED).await, 1);

        // Another one never gets through.
        app.answer(500);
        let (mut browser, hint) = signed_in(&client, "ada").await;
        log_out(&mut browser, &hint).await;
        for (number, rest) in (6..).zip([15, 60, 300, 1800, 7200, 6 * 3600, 12 * 3600]) {
            app.next().await;
            server.wait_for_figure(FAILED, number).await;
            server.advance(rest);
            server.app.logout_due.notify_one();
        }
        app.next().await;
        server.wait_for_figure(GIVEN_UP, 1).await;
        server.wait_for_rows("logout_deliveries", 0).await;
    }

    // S160: a dead or slow app holds up neither the person nor the other apps
    async fn nobody_waits_for_a_slow_app(db: TestDatabase) {
        let mut slow = RelyingParty::start(SILENCE).await;
        let mut good = RelyingParty::start(200).await;
        let dead = RelyingParty::start(200).await;
        let server = start(db, &[&slow, &good, &dead]).await;
        let silent = server.add_client(slow.client("Slow")).await;
        let quick = server.add_client(good.client("Quick")).await;
        let gone = server.add_client(dead.client("Dead")).await;
        drop(dead);
        for _ in 0..8 {
            signed_in(&silent, "ada").await;
        }
        users::disable(&server.app, &TestServer::by(), "ada").await.unwrap();
        slow.next().await;
        let (mut browser, hint) = signed_in(&silent, "bob").await;
        id_token(&gone, &mut browser, "bob").await;
        id_token(&quick, &mut browser, "bob").await;
        let started = Instant::now();
        log_out(&mut browser, &hint).await;
        assert_eq!(sid(&good.next().await.field("logout_token")), sid(&hint));
        assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
        // What the dead and the slow one should have heard is kept.
        server.wait_for_rows("logout_deliveries", 8 + 1 + 1).await;
        let more = std::iter::from_fn(|| slow.try_next()).count();
        assert!(more <= 4, "four at a time of one app: {more}");
    }

    // S74: two nodes, each call once
    async fn two_nodes_call_once(db: TestDatabase) {
        let mut app = RelyingParty::start(200).await;
        let server = start(db, &[&app]).await;
        let client = server.add_client(app.client("App")).await;
        let config = server.app.config.clone();
        let other = server.second_node(|own| { own.issuer = config.issuer; own.outgoing = config.outgoing; }).await;
        let mut sids = BTreeSet::new();
        for _ in 0..10 {
            sids.insert(sid(&signed_in(&client, "ada").await.1));
        }
        users::disable(&server.app, &TestServer::by(), "ada").await.unwrap();
        other.app.logout_due.notify_one();
        let mut told = BTreeSet::new();
        for _ in 0..10 {
            assert!(told.insert(sid(&app.next().await.field("logout_token"))), "told twice");
        }
        assert_eq!(told, sids);
        server.wait_for_rows("logout_deliveries", 0).await;
        assert!(app.try_next().is_none());
        assert_eq!(server.figure(DELIVERED).await + other.figure(DELIVERED).await, 10);
    }

    // S160: what is still to be told outlives the server; and the fetcher's guard holds here too (S150)
    async fn a_call_outlives_the_server(db: TestDatabase) {
        let mut app = RelyingParty::start(200).await;
        let server = start(db, &[]).await;
        let client = server.add_client(app.client("App")).await;
        let (mut browser, hint) = signed_in(&client, "ada").await;
        log_out(&mut browser, &hint).await;
        server.wait_for_figure(FAILED, 1).await;
        assert!(app.try_next().is_none(), "a loopback address is not called unless the settings say so");
        let (issuer, host) = (server.app.config.issuer.clone(), app.host.clone());
        let next = server.second_node(|config| { config.issuer = issuer; config.outgoing.allow_hosts = vec![host]; }).await;
        let url = server.url.clone();
        drop(server);
        while reqwest::get(&url).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        next.advance(20);
        next.app.logout_due.notify_one();
        assert_eq!(sid(&app.next().await.field("logout_token")), sid(&hint));
        next.wait_for_rows("logout_deliveries", 0).await;
    }
}
