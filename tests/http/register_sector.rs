//! `sector_identifier_uri` of clients that register themselves, by the guarded fetcher.

use placet::config::RegistrationMode;
use serde_json::{Value, json};

use super::register::{CALLBACK, assert_refused, post, register, with};
use super::support::{Client, TestServer};
use crate::support::database::{TestDatabase, on_both};
use crate::support::listener::{Listener, json as answer};

const OTHER: &str = "https://other.example/callback";

/// A server that may call that listener.
async fn beside(db: TestDatabase, listener: &Listener) -> TestServer {
    let place = listener.place();
    TestServer::start_with(db, |config| {
        config.registration.mode = RegistrationMode::Open;
        config.outgoing.allow_hosts = vec![place];
    })
    .await
}

fn pairwise(uri: &str) -> Value {
    with(
        &json!({ "subject_type": "pairwise", "sector_identifier_uri": uri, "redirect_uris": [CALLBACK, OTHER] }),
    )
}

fn sub(tokens: &super::support::client::Tokens) -> String {
    let id_token = tokens.json["id_token"].as_str().unwrap();
    let (_, claims) = super::support::client::decode_jwt(id_token);
    claims["sub"].as_str().unwrap().to_owned()
}

on_both! {
    // oidcc-registration-sector-uri
    async fn a_sector_that_names_all_redirect_uris_is_taken(db: TestDatabase) {
        let list = json!(["https://third.example/cb", OTHER, CALLBACK]).to_string();
        let listener = Listener::text(&answer("no-store", &list)).await;
        let server = beside(db, &listener).await;
        server.add_user("ada").await;
        let first = register(&server, &pairwise(&listener.url())).await;
        assert_eq!(first["sector_identifier_uri"], listener.url());
        assert_eq!(first["subject_type"], "pairwise");
        let second = register(&server, &pairwise(&listener.url())).await;
        let alone = register(&server, &with(&json!({ "subject_type": "pairwise" }))).await;
        let mut subs = Vec::new();
        for information in [&first, &second, &alone] {
            subs.push(sub(&Client::registered(&server, information).tokens("ada", &[]).await));
        }
        assert_eq!(subs[0], subs[1], "one sector");
        assert_ne!(subs[0], subs[2]);
    }

    // oidcc-registration-sector-bad; S150, S151
    async fn any_other_sector_is_refused(db: TestDatabase) {
        let listener = Listener::text(&answer("no-store", "[]")).await;
        let server = beside(db, &listener).await;
        for (body, names) in [
            (json!([CALLBACK]).to_string(), OTHER),
            (json!({ "redirect_uris": [CALLBACK, OTHER] }).to_string(), "JSON list"),
            (json!([[CALLBACK, OTHER]]).to_string(), CALLBACK),
            ("<html>top secret".to_owned(), "not what was expected"),
        ] {
            listener.answer(&answer("no-store", &body));
            let page = post(&server, None, &pairwise(&listener.url()).to_string()).await;
            assert_refused(&page, 400, "invalid_client_metadata", "sector_identifier_uri");
            assert!(page.body.contains(names), "{names}: {}", page.body);
            assert!(!page.body.contains("secret"));
        }
        listener.answer("HTTP/1.1 302 Found\r\nlocation: /y\r\ncontent-length: 0\r\n\r\n");
        let page = post(&server, None, &pairwise(&listener.url()).to_string()).await;
        assert_refused(&page, 400, "invalid_client_metadata", "302");
        assert_eq!(listener.connections(), 5);
        // Each counted, or a stranger could make this server call as often as they like.
        assert_eq!(server.database.texts("SELECT CAST(failures AS TEXT) FROM sign_in_throttles".to_owned()).await, ["5"]);
        let page = post(&server, None, &pairwise("https://127.0.0.1:1/x").to_string()).await;
        assert_refused(&page, 400, "invalid_client_metadata", "public address");
        assert_eq!(server.database.count("clients").await, 0);
    }
}
