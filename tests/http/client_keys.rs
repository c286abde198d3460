//! Keys of clients behind `jwks_uri`: where they are fetched, when anew, and what of them is taken (S150, S151, S166, S177).

use std::time::{Duration, Instant};

use placet::admin::clients::ClientFields;
use placet::config::Config;
use serde_json::json;

use super::support::assertion::ClientKey;
use super::support::{Client, TestServer};
use crate::support::database::on_both;
use crate::support::listener::{Answer, HEAD, Listener, acceptor, json, tls_file};

fn allow(listener: &Listener) -> impl FnOnce(&mut Config) {
    let place = listener.place();
    move |config| config.outgoing.allow_hosts = vec![place]
}

async fn client_at(server: &TestServer, uri: String) -> Client {
    let fields = ClientFields {
        jwks_uri: Some(uri),
        ..ClientFields::default()
    };
    server.asserting_client(fields).await
}

/// The status of a request with a good assertion by that key.
async fn try_key(server: &TestServer, client: &Client, key: &ClientKey) -> u16 {
    let jwt = key.jwt(&server.assertion_claims(client));
    client.assert(&jwt, &[]).await.status.as_u16()
}

on_both! {
    // S166
    async fn a_new_key_is_taken_at_its_next_use(db: TestDatabase) {
        let (first, second, third) = (ClientKey::new("k1"), ClientKey::new("k2"), ClientKey::new("k2"));
        let listener = Listener::text(&json("max-age=3600", &first.jwks())).await;
        let server = TestServer::start_with(db, allow(&listener)).await;
        let client = client_at(&server, listener.url()).await;
        for _ in 0..5 {
            assert_eq!(try_key(&server, &client, &first).await, 200);
        }
        assert_eq!(listener.connections(), 1, "kept");
        listener.answer(&json("max-age=3600", &second.jwks()));
        server.advance(11);
        assert_eq!(try_key(&server, &client, &second).await, 200);
        assert_eq!(listener.connections(), 2);
        assert_eq!(try_key(&server, &client, &first).await, 401, "the old one is gone");
        // Another key under the same name.
        listener.answer(&json("max-age=3600", &third.jwks()));
        server.advance(11);
        assert_eq!(try_key(&server, &client, &third).await, 200);
        assert_eq!(try_key(&server, &client, &second).await, 401);
    }

    // S166
    async fn strangers_cannot_make_us_fetch_without_end(db: TestDatabase) {
        let key = ClientKey::new("k1");
        let listener = Listener::text(&json("no-store", &key.jwks())).await;
        let server = TestServer::start_with(db, allow(&listener)).await;
        let client = client_at(&server, listener.url()).await;
        assert_eq!(try_key(&server, &client, &key).await, 200);
        for number in 0..30 {
            let stranger = ClientKey::new(&format!("unknown-{number}"));
            assert_eq!(try_key(&server, &client, &stranger).await, 401);
            assert_eq!(try_key(&server, &client, &ClientKey::new("k1")).await, 401);
        }
        assert_eq!(listener.connections(), 2);
        assert_eq!(try_key(&server, &client, &key).await, 200, "and the client is served");
        server.advance(11);
        for number in 0..30 {
            assert_eq!(try_key(&server, &client, &ClientKey::new(&format!("x{number}"))).await, 401);
        }
        // One because what was kept is stale, one for a key that is not in it.
        assert_eq!(listener.connections(), 4);
    }

    // S150 S151
    async fn nothing_that_is_not_public_is_called_for_keys(db: TestDatabase) {
        let key = ClientKey::new("k1");
        let listener = Listener::text(&json("max-age=60", &key.jwks())).await;
        let server = TestServer::start(db).await;
        for host in ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"] {
            for scheme in ["https", "http"] {
                let client = ClientFields { jwks_uri: Some(format!("{scheme}://{host}:{}/x", listener.port)), ..ClientFields::default() };
                let new = placet::admin::clients::NewClient {
                    fields: ClientFields { name: Some("App".to_owned()), token_endpoint_auth_method: Some("private_key_jwt".to_owned()), ..client },
                    ..Default::default()
                };
                // Registration may refuse it already.
                let Ok(made) = placet::admin::clients::add(&server.app, &TestServer::by(), new).await else { continue };
                let client = Client::new(&server, &made);
                let jwt = key.jwt(&server.assertion_claims(&client));
                let answer = client.assert(&jwt, &[]).await;
                answer.assert_refused(401, "invalid_client", host);
                let told = answer.json["error_description"].as_str().unwrap();
                assert!(told.starts_with("Client authentication failed"), "{told}");
            }
        }
        assert_eq!(listener.connections(), 0);
    }

    // S177 S151
    async fn monstrous_key_sets_are_refused_at_once(db: TestDatabase) {
        let key = ClientKey::new("k1");
        let long = "A".repeat(2731);
        let huge_key = json!({"kty": "RSA", "kid": "k1", "n": long, "e": "AQAB"});
        let members: Vec<String> = (0..100_000).map(|n| format!("\"m{n}\":{n}")).collect();
        let listener = Listener::text(&json("no-store", &json!({"keys": [huge_key]}).to_string())).await;
        let server = TestServer::start_with(db, allow(&listener)).await;
        let client = client_at(&server, listener.url()).await;
        let begun = Instant::now();
        assert_eq!(try_key(&server, &client, &key).await, 401, "RSA of 16 kbit");
        let bodies = [
            format!("{{{}}}", members.join(",")),
            format!("{{\"keys\":[{}]}}", vec!["{}"; 20_000].join(",")),
            "[".repeat(60_000),
            "{".to_owned(),
            "[]".to_owned(),
        ];
        for body in bodies {
            server.advance(11);
            listener.answer(&json("no-store", &body));
            assert_eq!(try_key(&server, &client, &key).await, 401);
        }
        server.advance(11);
        listener.answer("HTTP/1.1 302 Found\r\nlocation: /y\r\ncontent-length: 0\r\n\r\n");
        assert_eq!(try_key(&server, &client, &key).await, 401);
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        server.advance(11);
        listener.answer(&json("no-store", &json!({"keys": [huge_key, key.jwk()]}).to_string()));
        assert_eq!(try_key(&server, &client, &key).await, 200, "beside it, a good one");
        // Each of the eight, and again where it was read but had not the key.
        assert_eq!(listener.connections(), 11);
    }

    // S151
    async fn keys_come_over_tls_and_endless_ones_are_cut(db: TestDatabase) {
        let key = ClientKey::new("k1");
        let listener = Listener::start(Answer::Text(json("max-age=60", &key.jwks())), Some(acceptor())).await;
        let endless = Listener::start(Answer::Endless { head: HEAD, blanks: 4096, pause: Duration::ZERO }, None).await;
        let secure = format!("localhost:{}", listener.port);
        let hosts = vec![secure.clone(), endless.place()];
        let server = TestServer::start_with(db, |config| {
            config.outgoing.allow_hosts = hosts;
            config.outgoing.extra_ca_file = Some(tls_file("authority.pem"));
        })
        .await;
        let client = client_at(&server, format!("https://{secure}/jwks.json")).await;
        assert_eq!(try_key(&server, &client, &key).await, 200);
        let sent = listener.requests.lock().unwrap()[0].clone();
        assert!(sent.starts_with("GET /jwks.json HTTP/1.1\r\n"), "{sent}");
        let client = client_at(&server, endless.url()).await;
        let begun = Instant::now();
        assert_eq!(try_key(&server, &client, &key).await, 401);
        assert!(begun.elapsed() < Duration::from_secs(3));
    }
}
