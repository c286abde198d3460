//! Pairwise subjects (OIDC Core §8): another `sub` in every sector, the same everywhere within one.

use std::collections::BTreeSet;

use placet::admin::clients::ClientFields;
use placet::admin::users::NewUser;

use super::support::client::decode_jwt;
use super::support::requests::{assert_refused, new_client};
use super::support::{Browser, Client, TestServer};
use super::userinfo::told;
use crate::support::database::on_both;

async fn client(server: &TestServer, redirect_uri: &str, subject_type: &str) -> Client {
    let mut new = new_client("App", &[redirect_uri]);
    new.fields.subject_type = Some(subject_type.to_owned());
    server.add_client(new).await
}

/// The person's `sub` to that client, which is one and the same wherever it is said.
async fn sub(server: &TestServer, client: &Client, username: &str) -> (String, String) {
    let tokens = client.tokens(username, &[]).await;
    let id_token = tokens.json["id_token"].as_str().unwrap().to_owned();
    let sub = decode_jwt(&id_token).1["sub"].as_str().unwrap().to_owned();
    assert_eq!(tokens.decoded().1["sub"], sub, "the access token");
    assert_eq!(
        told(server, tokens.access_token()).await["sub"],
        sub,
        "UserInfo"
    );
    let said = client.introspect(tokens.access_token()).await;
    assert_eq!(said["sub"], sub, "introspection");
    let refreshed = client.refresh(tokens.refresh_token()).await;
    let again = decode_jwt(refreshed.json["id_token"].as_str().unwrap()).1;
    assert_eq!(again["sub"], sub, "after a refresh");
    (sub, id_token)
}

on_both! {
    async fn sectors_cannot_tell_each_other_whom_they_know(db: TestDatabase) {
        let server = TestServer::start(db).await;
        for name in ["ada", "eve"] {
            server.add_user_with(NewUser { username: name.to_owned(), ..NewUser::default() }).await;
        }
        let one = client(&server, "https://one.example/callback", "pairwise").await;
        let same = client(&server, "https://one.example/other", "pairwise").await;
        let two = client(&server, "https://two.example/callback", "pairwise").await;
        let public = client(&server, "https://one.example/callback", "public").await;
        let (ada, _) = sub(&server, &one, "ada").await;
        assert_eq!(sub(&server, &one, "ada").await.0, ada, "another session");
        assert_eq!(sub(&server, &same, "ada").await.0, ada, "the same sector");
        let mut subs = BTreeSet::from([ada.clone()]);
        for (client, name) in [(&two, "ada"), (&public, "ada"), (&one, "eve"), (&two, "eve"), (&public, "eve")] {
            assert!(subs.insert(sub(&server, client, name).await.0), "{name}");
        }
        for sub in &subs {
            assert!(uuid::Uuid::try_parse(sub).is_ok(), "S98: no client_id looks like {sub}");
        }
        let url = server.url.clone();
        let other = server.second_node(|config| config.issuer = url.parse().unwrap()).await;
        assert_eq!(sub(&other, &one.at(&other), "ada").await.0, ada, "another node");
    }

    // oidcc-id-token-hint, and a `sub` in the claims parameter (S26).
    async fn a_pairwise_subject_leads_back_to_its_person(db: TestDatabase) {
        let server = TestServer::start(db).await;
        for name in ["ada", "eve"] {
            server.add_user_with(NewUser { username: name.to_owned(), ..NewUser::default() }).await;
        }
        let one = client(&server, "https://one.example/callback", "pairwise").await;
        let two = client(&server, "https://two.example/callback", "pairwise").await;
        let (ada, hint) = sub(&server, &one, "ada").await;
        let (elsewhere, _) = sub(&server, &two, "ada").await;
        let mut browser = Browser::new(&server.url);
        one.sign_in(&mut browser, "ada", &[]).await;
        two.sign_in(&mut browser, "ada", &[]).await;
        let claims = |sub: &str| format!("{{\"id_token\":{{\"sub\":{{\"value\":\"{sub}\"}}}}}}");
        for more in [("id_token_hint", hint.as_str()), ("claims", &claims(&ada))] {
            let page = browser.visit(&one.authorize_url(&[("prompt", "none"), more])).await;
            let tokens = one.redeem(&page.returned("code").unwrap()).await;
            assert_eq!(decode_jwt(tokens.json["id_token"].as_str().unwrap()).1["sub"], ada.as_str());
        }
        for (client, more, what) in [
            (&one, ("claims", claims(&elsewhere)), "the subject of another sector"),
            (&two, ("claims", claims(&ada)), "the subject of another sector"),
            (&two, ("id_token_hint", hint.clone()), "another client's ID token"),
        ] {
            let page = browser.visit(&client.authorize_url(&[("prompt", "none"), (more.0, &more.1)])).await;
            assert_refused(&page, &server.url, "login_required", what);
        }
        let mut browser = Browser::new(&server.url);
        one.sign_in(&mut browser, "eve", &[]).await;
        let page = browser.visit(&one.authorize_url(&[("prompt", "none"), ("id_token_hint", &hint)])).await;
        assert_refused(&page, &server.url, "login_required", "another person is signed in");
    }

    // Two sectors that are told one session could tell each other whom they know by that.
    async fn a_session_has_another_name_in_every_sector(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let mut sids = Vec::new();
        let mut browser = Browser::new(&server.url);
        for (uri, kind) in [
            ("https://one.example/cb", "pairwise"),
            ("https://one.example/other", "pairwise"),
            ("https://two.example/cb", "pairwise"),
            ("https://two.example/cb", "public"),
        ] {
            let client = client(&server, uri, kind).await;
            let page = client.sign_in(&mut browser, "ada", &[]).await;
            let tokens = client.redeem(&page.returned("code").unwrap()).await;
            sids.push(decode_jwt(tokens.json["id_token"].as_str().unwrap()).1["sid"].clone());
        }
        assert_eq!(sids[0], sids[1], "one sector");
        let different: BTreeSet<_> = sids.iter().map(ToString::to_string).collect();
        assert_eq!(different.len(), 3, "{sids:?}");
    }

    // UserInfo follows what the client is registered for now, as its next ID token does.
    async fn a_client_may_become_pairwise(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = client(&server, "https://one.example/callback", "public").await;
        let (before, _) = sub(&server, &client, "ada").await;
        let fields = ClientFields { subject_type: Some("pairwise".to_owned()), ..ClientFields::default() };
        server.change_client(&client, fields).await;
        assert_ne!(sub(&server, &client, "ada").await.0, before);
    }
}
