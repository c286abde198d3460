//! Another secret key: what goes on, what ends, and that a process with the key of before stops (issue 3, point 11).

use std::time::Duration;

use placet::admin::rekey::rekey;
use placet::admin::{resources, scopes};
use placet::model::secret::Secret;
use placet::storage;
use tokio::time::timeout;

use super::support::{Browser, Client, TestServer};
use crate::support::database::on_both;

const NEW: [u8; 32] = [8; 32];
const OFFLINE: &[(&str, &str)] = &[("scope", "openid offline_access")];
const OWN: &[(&str, &str)] = &[("grant_type", "client_credentials")];

/// Changes the key, and starts a node with the new one.
async fn changed(server: &TestServer) -> TestServer {
    rekey(&server.app, &TestServer::by(), &Secret::new(NEW))
        .await
        .unwrap();
    let issuer = server.app.config.issuer.clone();
    server
        .second_node(|config| {
            config.issuer = issuer;
            config.secret_key = Some(Secret::new(NEW));
        })
        .await
}

on_both! {
    async fn the_key_of_before_is_of_no_use_any_more(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_scope("jobs:run", "run jobs").await;
        let by = TestServer::by();
        let error = rekey(&server.app, &by, &Secret::new([7; 32])).await.unwrap_err();
        assert_eq!(error.to_string(), "secret_key: it is the one in use; give another");
        let watch = tokio::spawn(placet::jobs::watch(server.app.clone()));
        rekey(&server.app, &by, &Secret::new(NEW)).await.unwrap();
        let why = timeout(Duration::from_secs(5), watch).await.expect("it ends by itself").unwrap();
        let line = storage::Error::SecretKeyChanged.to_string();
        assert_eq!(why.to_string(), line);
        // Nothing sealed under it can be written, and nothing that is read is taken for good.
        let sealed = resources::NewResource {
            uri: "https://a.example".to_owned(),
            scope: "jobs:run".to_owned(),
            alg: Some("HS256".to_owned()),
            ..resources::NewResource::default()
        };
        let error = resources::add(&server.app, &by, sealed).await.unwrap_err();
        assert_eq!(error.to_string(), line);
        let plain = scopes::NewScope { name: "b".to_owned(), description: "b".to_owned(), is_required: None, descriptions: None };
        assert!(scopes::put(&server.app, &by, plain).await.is_err());
        assert_eq!(rekey(&server.app, &by, &Secret::new([9; 32])).await.unwrap_err().to_string(), line);
        assert_eq!(server.count_events("secret_key_changed").await, 1);
        let mut config = server.app.config.clone();
        config.database_url = server.database.url.parse().unwrap();
        let Err(error) = placet::app::App::start(config, server.app.clock.clone()).await else {
            panic!("it started with the key of before");
        };
        assert!(error.to_string().starts_with("secret_key: it is not the key"), "{error}");
    }

    // S132: signing keys stay the same, so what they signed is good, and shared secrets are what they were.
    async fn tokens_and_shared_secrets_outlive_it(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        server.add_scope("legacy:read", "read").await;
        let secret = server.add_resource_with("https://old.example/", "legacy:read", "HS256", None).await.unwrap();
        let client = server.client_with(&["client_credentials"], "legacy:read", &["https://old.example/"]).await;
        let web = server.web_client().await;
        let before = web.tokens("ada", OFFLINE).await;
        let set = server.jwks().await;
        let after = changed(&server).await;
        assert_eq!(after.jwks().await, set);
        after.verify(before.access_token(), "at+jwt", "ES256", &server.url).await;
        let shared = client.at(&after).token(OWN).await;
        after.verify_shared(shared.access_token(), &secret).unwrap();
    }

    // S87, S89: the live refresh token goes on; one that was used before is unknown, which ends nothing.
    async fn live_refresh_tokens_and_codes_outlive_it(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let used = client.tokens("ada", OFFLINE).await;
        let live = client.refresh(used.refresh_token()).await;
        let code = client.code("ada", OFFLINE).await;
        let mut browser = Browser::new(&server.url);
        client.sign_in(&mut browser, "ada", &[]).await;
        let open = Browser::new(&server.url).visit(&client.authorize_url(&[])).await;
        let after = changed(&server).await;
        let there: Client = client.at(&after);
        there.redeem(&code).await.assert_granted("a code");
        // Within the retry window, yet nobody can tell that it was ours.
        there.refresh(used.refresh_token()).await.assert_refused(400, "invalid_grant", "used before");
        let next = there.refresh(live.refresh_token()).await;
        next.assert_granted("the live one");
        let again = there.refresh(live.refresh_token()).await;
        again.assert_refused(400, "invalid_grant", "a repeat of one from before is unknown as well");
        let newest = there.refresh(next.refresh_token()).await;
        newest.assert_granted("and made under the new key it is as ever");
        assert_eq!(there.refresh(next.refresh_token()).await.refresh_token(), newest.refresh_token(), "with its retry");
        after.advance(11);
        there.refresh(next.refresh_token()).await.assert_refused(400, "invalid_grant", "a replay");
        there.refresh(newest.refresh_token()).await.assert_refused(400, "invalid_grant", "which ends the family");
        assert_eq!(server.count_events("refresh_token_replayed").await, 1);
        // Who is signed in stays so; a page that was open is not believed, and starting anew works.
        browser.server.clone_from(&after.url);
        let page = browser.visit(&client.authorize_url(&[("prompt", "none")])).await;
        assert!(page.returned("code").is_some(), "{:?}", page.location());
        let mut other = Browser::new(&after.url);
        let page = other.visit(&format!("{}?{}", open.url.path(), open.url.query().unwrap())).await;
        assert_eq!(page.status, 400, "a sealed request of before");
    }
}
