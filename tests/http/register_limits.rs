//! Registration within limits (S156), and the end of registrations that nobody uses.

use std::time::Duration;

use placet::config::RegistrationMode;
use serde_json::json;

use super::register::{assert_refused, initial_token, open, post, register, with};
use super::support::requests::ask;
use super::support::storm::at_once;
use super::support::{Browser, Client, TestServer};
use crate::support::database::on_both;

const DAY: u64 = 24 * 60 * 60;

on_both! {
    // S156: one address, two nodes, one limit.
    async fn an_address_registers_only_so_many(db: TestDatabase) {
        let limit = |config: &mut placet::config::Config| {
            config.registration.mode = RegistrationMode::Open;
            config.registration.max_per_hour_per_address = 10;
            config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
        };
        let server = TestServer::start_with(db, limit).await;
        let other = server.second_node(limit).await;
        let body = with(&json!({})).to_string();
        let urls = [server.url.clone(), other.url.clone()];
        let statuses = at_once(64, |number| {
            let (url, body) = (urls[number % 2].clone(), body.clone());
            async move {
                let request = reqwest::Client::new().post(format!("{url}/register")).header("content-type", "application/json");
                request.body(body).send().await.unwrap().status().as_u16()
            }
        })
        .await;
        assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 10, "{statuses:?}");
        assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 54, "{statuses:?}");
        let before = server.database.row_counts().await;
        server.advance(60);
        let page = post(&server, None, &body).await;
        assert_refused(&page, 429, "invalid_request", "too many");
        assert_eq!(page.header("retry-after"), "3540");
        assert_eq!(server.database.row_counts().await, before);
        // Others are not kept out, and a whole IPv6 network is one place.
        for (address, status) in [("198.51.100.7", 201), ("2001:db8::1", 201)] {
            let headers = [("content-type", "application/json"), ("x-forwarded-for", address)];
            assert_eq!(ask(&server, reqwest::Method::POST, "/register", &headers, &body).await.status, status, "{address}");
        }
        let keys = server.database.texts("SELECT key FROM sign_in_throttles ORDER BY key".to_owned()).await;
        assert!(keys.contains(&"register 2001:db8:0:0::/64".to_owned()), "{keys:?}");
        server.advance(3600);
        assert_eq!(post(&server, None, &body).await.status, 201);
    }

    // S156: what is wrong is not counted, and a token stands for its own limit.
    async fn only_good_requests_count(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| {
            config.registration.mode = RegistrationMode::Open;
            config.registration.max_per_hour_per_address = 1;
        })
        .await;
        for _ in 0..5 {
            assert_eq!(post(&server, None, "{}").await.status, 400);
        }
        assert_eq!(post(&server, None, &with(&json!({})).to_string()).await.status, 201);
        assert_eq!(post(&server, None, &with(&json!({})).to_string()).await.status, 429);
        let by_token = server.second_node(|config| {
            config.registration.mode = RegistrationMode::Token;
            config.registration.max_per_hour_per_address = 1;
        })
        .await;
        let token = initial_token(&by_token, 3).await;
        for _ in 0..3 {
            assert_eq!(post(&by_token, Some(&token), &with(&json!({})).to_string()).await.status, 201);
        }
    }

    // S156
    async fn there_are_only_so_many(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| {
            config.registration.mode = RegistrationMode::Open;
            config.registration.max_clients = 2;
        })
        .await;
        server.web_client().await;
        for _ in 0..2 {
            register(&server, &with(&json!({}))).await;
        }
        let page = post(&server, None, &with(&json!({})).to_string()).await;
        assert_refused(&page, 503, "temporarily_unavailable", "max_clients");
        assert!(page.headers.contains_key("retry-after"));
        // The unused make room.
        server.advance(7 * DAY);
        while placet::jobs::sweep_once(&server.app, 1).await {}
        register(&server, &with(&json!({}))).await;
    }

    // S156: unused ones expire; the first person who allows one keeps it.
    async fn the_unused_expire(db: TestDatabase) {
        let server = open(db).await;
        server.add_user("ada").await;
        let ours = server.web_client().await;
        let clients = [
            Client::registered(&server, &register(&server, &with(&json!({}))).await),
            Client::registered(&server, &register(&server, &with(&json!({}))).await),
            Client::registered(&server, &register(&server, &with(&json!({}))).await),
        ];
        let [used, looked_at, unused] = &clients;
        used.tokens("ada", &[]).await;
        let mut browser = Browser::new(&server.url);
        let page = browser.visit(&looked_at.authorize_url(&[])).await;
        let consent = browser.log_in(&page, "ada").await;
        server.advance(7 * DAY - 1);
        placet::jobs::sweep_once(&server.app, 500).await;
        assert_eq!(server.database.count("clients").await, 4);
        server.advance(1);
        placet::jobs::sweep_once(&server.app, 500).await;
        server.app.refresh().await.unwrap();
        assert_eq!(server.database.count("clients").await, 2);
        for gone in [looked_at, unused] {
            assert_eq!(Browser::new(&server.url).visit(&gone.authorize_url(&[])).await.status, 400);
        }
        let _ = consent;
        for kept in [used, &ours] {
            kept.tokens("ada", &[]).await;
        }
        let removed = server.database.texts("SELECT actor FROM audit_events WHERE kind = 'client_removed'".to_owned()).await;
        assert_eq!(removed, ["server", "server"]);
        // Kept for good, and known to be so on every node: a later sign-in writes nothing to the client.
        assert_eq!(server.app.find_client(&used.id).await.unwrap().unwrap().sweep_at, None);
    }

    // The sweep came between the consent page and the answer: the client is told, and no code is made.
    async fn a_client_that_was_swept_meanwhile_gets_no_code(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| {
            config.registration.mode = RegistrationMode::Open;
            config.registration.unused_ttl = Duration::from_mins(5);
        })
        .await;
        server.add_user("ada").await;
        let client = Client::registered(&server, &register(&server, &with(&json!({}))).await);
        let mut browser = Browser::new(&server.url);
        let page = browser.visit(&client.authorize_url(&[])).await;
        let consent = browser.log_in(&page, "ada").await;
        server.advance(5 * 60);
        placet::jobs::sweep_once(&server.app, 500).await;
        // Whether this node has noticed or not.
        let page = browser.approve(&consent).await;
        assert_eq!(page.returned("code"), None);
        assert_eq!(server.database.count("codes").await, 0);
        assert_eq!(server.database.count("consents").await, 0);
    }
}
