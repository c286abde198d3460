//! `POST /token` with `client_credentials` (RFC 6749 §4.4): S97, S98, and S74 for clients.

use std::collections::BTreeSet;

use placet::admin::clients::{self, ClientFields, NewClient};
use placet::admin::{AdminError, scopes};

use super::support::TestServer;
use crate::support::database::on_both;

const GRANT: (&str, &str) = ("grant_type", "client_credentials");

on_both! {
    // S97, S98, surface.md: the client is the subject; there is neither refresh token nor ID token nor any person's claim.
    async fn a_client_gets_a_token_for_itself(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = server.service_client().await;
        let tokens = client.token(&[GRANT]).await;
        tokens.assert_granted("no scope asked: what is registered");
        let members: BTreeSet<&str> = tokens.json.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(members, BTreeSet::from(["access_token", "expires_in", "scope", "token_type"]));
        assert_eq!(tokens.json["token_type"], "Bearer");
        assert_eq!(tokens.json["expires_in"], 600);
        assert_eq!(tokens.json["scope"], "jobs:run");
        let claims = server.verify(tokens.access_token(), "at+jwt", "ES256", &server.url).await;
        assert_eq!(claims["sub"], client.id);
        assert_eq!(claims["client_id"], client.id);
        for person in ["auth_time", "acr", "amr", "roles", "sid", "email"] {
            assert!(claims.get(person).is_none(), "{person}");
        }
        assert!(claims["sub"].as_str().unwrap().parse::<uuid::Uuid>().is_err(), "never like a person's id");
    }

    // S97: scopes only as registered; those that speak of a person are none here.
    async fn scopes_only_as_registered(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_scope("jobs:run", "run jobs").await;
        server.add_scope("jobs:stop", "stop jobs").await;
        server.add_scope("other", "something else").await;
        let client = server.client_with(&["client_credentials"], "jobs:run jobs:stop openid offline_access", &[]).await;
        let many = "jobs:run ".repeat(3000);
        for (asked, status, scope) in [
            ("", 200, "jobs:run jobs:stop"),
            ("jobs:stop", 200, "jobs:stop"),
            ("jobs:stop jobs:run jobs:stop", 200, "jobs:run jobs:stop"),
            ("jobs:run other", 400, "invalid_scope"),
            ("openid", 400, "invalid_scope"),
            ("offline_access", 400, "invalid_scope"),
            ("jobs:*", 400, "invalid_scope"),
            ("jobs:run\"", 400, "invalid_scope"),
            ("jobs:run\\", 400, "invalid_scope"),
            ("jöbs", 400, "invalid_scope"),
            (&many, 200, "jobs:run"),
        ] {
            let answer = client.token(&[GRANT, ("scope", asked)]).await;
            assert_eq!(answer.status, status, "{asked:.40}: {}", answer.json);
            match status {
                200 => assert_eq!(answer.json["scope"], scope),
                _ => answer.assert_refused(400, scope, asked),
            }
        }
        scopes::remove(&server.app, &TestServer::by(), "jobs:stop").await.unwrap();
        let answer = client.token(&[GRANT, ("scope", "jobs:run")]).await;
        answer.assert_granted("the one that is left");
    }

    // S97: neither registered as such nor by a client that became public.
    async fn a_public_client_gets_none(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let public = server.public_client().await;
        public.token(&[GRANT]).await.assert_refused(400, "unauthorized_client", "public");
        let fields = ClientFields {
            name: Some("Public Job".to_owned()),
            grants: Some(vec!["client_credentials".to_owned()]),
            ..ClientFields::default()
        };
        let refused = clients::add(&server.app, &TestServer::by(), NewClient { is_public: true, fields, id: None }).await;
        assert!(matches!(refused, Err(AdminError::Invalid { field: "grant_types", .. })), "{refused:?}");
        server.web_client().await.token(&[GRANT]).await.assert_refused(400, "unauthorized_client", "not registered for it");
    }

    // S98: no id that could be a person's, in any spelling.
    async fn a_client_id_is_never_like_a_users(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let user = "0191d2c3-4b5a-7c6d-8e9f-0a1b2c3d4e5f";
        for id in [user.to_owned(), user.to_uppercase(), user.replace('-', ""), format!("urn:uuid:{user}")] {
            let fields = ClientFields {
                name: Some("Impostor".to_owned()),
                grants: Some(vec!["client_credentials".to_owned()]),
                ..ClientFields::default()
            };
            let new = NewClient { id: Some(id.clone()), is_public: false, fields };
            let refused = clients::add(&server.app, &TestServer::by(), new).await;
            assert!(matches!(refused, Err(AdminError::Invalid { field: "client_id", .. })), "{id}: {refused:?}");
        }
    }

    // S74: and an answer to a disabled client looks like one to a stranger.
    async fn a_disabled_client_gets_none(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = server.service_client().await;
        client.token(&[GRANT]).await.assert_granted("enabled");
        clients::disable(&server.app, &TestServer::by(), &client.id).await.unwrap();
        client.token(&[GRANT]).await.assert_refused(401, "invalid_client", "disabled");
        clients::enable(&server.app, &TestServer::by(), &client.id).await.unwrap();
        client.token(&[GRANT]).await.assert_granted("enabled again");
    }

    // RFC 8707 §2, S105
    async fn the_resource_is_one_of_the_clients(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_scope("a:read", "read a").await;
        server.add_scope("b:read", "read b").await;
        let (a, b, c) = ("https://a.example/", "https://b.example/", "https://c.example/");
        for (uri, scope) in [(a, "a:read"), (b, "b:read"), (c, "")] {
            server.add_resource(uri, scope).await;
        }
        let one = server.client_with(&["client_credentials"], "a:read", &[a]).await;
        let two = server.client_with(&["client_credentials"], "a:read b:read", &[a, b]).await;
        let none = server.client_with(&["client_credentials"], "a:read", &[]).await;
        let issuer = server.url.as_str();
        for (client, asked, aud, scope) in [
            (&one, vec![], a, "a:read"),
            (&one, vec![a], a, "a:read"),
            (&two, vec![], issuer, "a:read b:read"),
            (&two, vec![a], a, "a:read"),
            (&two, vec![b], b, "b:read"),
            (&none, vec![], issuer, "a:read"),
        ] {
            let mut params = vec![GRANT];
            params.extend(asked.iter().map(|&uri| ("resource", uri)));
            let answer = client.token(&params).await;
            answer.assert_granted(aud);
            let claims = server.verify(answer.access_token(), "at+jwt", "ES256", aud).await;
            assert_eq!(claims["aud"], aud, "one audience, as a string");
            assert_eq!(claims["scope"], scope);
            assert_eq!(answer.json["scope"], scope, "the answer says what was granted (RFC 6749 section 5.1)");
        }
        for wrong in [vec![b], vec![c], vec!["https://d.example/"], vec!["/a"], vec!["https://a.example"], vec!["https://a.example/#x"], vec![a, b], vec![a, a]] {
            let mut params = vec![GRANT];
            params.extend(wrong.iter().map(|&uri| ("resource", uri)));
            one.token(&params).await.assert_refused(400, "invalid_target", &format!("{wrong:?}"));
        }
    }
}
