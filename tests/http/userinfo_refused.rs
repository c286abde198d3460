//! Tokens that UserInfo refuses, and every other resource of ours with it (S122, S126, S103, S106).

use placet::admin::clients::{self, ClientFields};
use placet::admin::users;

use super::support::forged::forgeries;
use super::support::{Browser, TestServer};
use super::userinfo::{add_ada, assert_refused, client, token, told, userinfo};
use crate::support::database::on_both;

on_both! {
    // S122
    async fn a_token_without_openid_is_not_enough(db: TestDatabase) {
        let server = TestServer::start(db).await;
        add_ada(&server).await;
        let client = client(&server, ClientFields::default()).await;
        let service = server.service_client().await;
        let own = service.token(&[("grant_type", "client_credentials")]).await;
        for token in [token(&client, "profile email").await, own.access_token().to_owned()] {
            let page = userinfo(&server, &token).await;
            assert_refused(&page, 403, "insufficient_scope", &token);
            assert!(page.header("www-authenticate").ends_with(", scope=\"openid\""));
        }
    }

    // S126: and of a client or grant that ended, and of one whose time is over.
    async fn a_token_whose_person_client_or_grant_is_gone_is_dead(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let by = TestServer::by();
        for what in ["removed", "disabled", "client removed", "signed out", "code used twice", "revoked", "expired"] {
            let name = what.replace(' ', "-");
            server.add_user(&name).await;
            let client = client(&server, ClientFields::default()).await;
            let mut browser = Browser::new(&server.url);
            let code = client.sign_in(&mut browser, &name, &[]).await.returned("code").unwrap();
            let token = client.redeem(&code).await.access_token().to_owned();
            told(&server, &token).await;
            match what {
                "removed" => users::remove(&server.app, &by, &name).await.unwrap(),
                "disabled" => { users::disable(&server.app, &by, &name).await.unwrap(); }
                "client removed" => clients::remove(&server.app, &by, &client.id).await.unwrap(),
                "signed out" => {
                    let page = browser.get("/account").await;
                    browser.submit(&page, &[]).await;
                }
                // S110
                "revoked" => client.revoked(&token).await,
                "code used twice" => client.redeem(&code).await.assert_refused(400, "invalid_grant", what),
                _ => {
                    server.advance(599);
                    told(&server, &token).await;
                    server.advance(1);
                }
            }
            assert_refused(&userinfo(&server, &token).await, 401, "invalid_token", what);
        }
    }

    // S103
    async fn only_access_tokens_are_access_tokens(db: TestDatabase) {
        let server = TestServer::start(db).await;
        add_ada(&server).await;
        let fields = ClientFields { userinfo_signed_response_alg: Some("ES256".to_owned()), ..ClientFields::default() };
        let client = client(&server, fields).await;
        let code = client.code("ada", &[]).await;
        let tokens = client.redeem(&code).await;
        let signed = userinfo(&server, tokens.access_token()).await.body;
        let id_token = tokens.json["id_token"].as_str().unwrap();
        for other in [id_token, tokens.refresh_token(), &code, &signed, client.secret.as_deref().unwrap(), &client.id] {
            assert_refused(&userinfo(&server, other).await, 401, "invalid_token", other);
        }
    }

    // S106
    async fn forged_tokens_are_refused(db: TestDatabase) {
        let server = TestServer::start(db).await;
        add_ada(&server).await;
        let client = client(&server, ClientFields::default()).await;
        let token = token(&client, "openid").await;
        for (forged, what) in forgeries(&server, &token).await {
            assert_refused(&userinfo(&server, &forged).await, 401, "invalid_token", what);
        }
        told(&server, &token).await;
    }

    // What a token is for does not matter, but who can have made it does.
    async fn a_token_for_a_resource_opens_userinfo_unless_the_resource_could_have_made_it(db: TestDatabase) {
        let server = TestServer::start(db).await;
        add_ada(&server).await;
        server.add_scope("notes:read", "read your notes").await;
        server.add_resource("https://api.example", "notes:read").await;
        server.add_resource_with("https://old.example", "", "HS256", None).await;
        server.add_opaque_resource("https://opaque.example", "notes:read").await;
        for (resource, status) in [("https://api.example", 200), ("https://old.example", 401), ("https://opaque.example", 200)] {
            let client = client(&server, ClientFields { resources: Some(vec![resource.to_owned()]), ..ClientFields::default() }).await;
            let token = token(&client, "openid").await;
            assert_eq!(userinfo(&server, &token).await.status, status, "{resource}");
        }
    }
}
