//! Several resources in one request (RFC 8707): consented together, one for each token.

use super::support::client::{Tokens, VERIFIER};
use super::support::requests::{assert_refused, new_client};
use super::support::{Browser, Client, TestServer};
use crate::support::database::on_both;

const PHOTOS: &str = "https://photos.example/";
const MAIL: &str = "https://mail.example/";
const OTHER: &str = "https://other.example/";
const BOTH: [(&str, &str); 2] = [("resource", PHOTOS), ("resource", MAIL)];

async fn client(server: &TestServer) -> Client {
    for (uri, scope) in [
        (PHOTOS, "photos:read"),
        (MAIL, "mail:read"),
        (OTHER, "other:read"),
    ] {
        server.add_scope(scope, &format!("do {scope}")).await;
        server.add_resource(uri, scope).await;
    }
    let mut new = new_client("Suite", &["https://app.example/callback"]);
    new.fields.scope = Some("openid photos:read mail:read other:read offline_access".to_owned());
    new.fields.resources = Some(vec![PHOTOS.to_owned(), MAIL.to_owned()]);
    server.add_client(new).await
}

/// Audience and scope.
fn of(tokens: &Tokens) -> (String, String) {
    assert_eq!(tokens.status, 200, "{}", tokens.json);
    let (_, claims) = tokens.decoded();
    let text = |name: &str| claims[name].as_str().unwrap().to_owned();
    (text("aud"), text("scope"))
}

async fn refresh(client: &Client, token: &str, resources: &[&str]) -> Tokens {
    let mut params = vec![("grant_type", "refresh_token"), ("refresh_token", token)];
    params.extend(resources.iter().map(|&uri| ("resource", uri)));
    client.token(&params).await
}

on_both! {
    // S35 S92 S105
    async fn each_token_is_for_one_of_them(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = client(&server).await;
        let more = [&BOTH[..], &[("scope", "openid photos:read mail:read")]].concat();
        let code = client.code("ada", &more).await;
        for (wrong, what) in [(&[OTHER][..], "not granted"), (&[PHOTOS, MAIL], "two at once"), (&["photos"], "no URI")] {
            let mut params = vec![("grant_type", "authorization_code"), ("code", code.as_str()), ("code_verifier", VERIFIER)];
            params.extend(wrong.iter().map(|&uri| ("resource", uri)));
            client.token(&params).await.assert_refused(400, "invalid_target", what);
        }
        let tokens = client.redeem_with(&code, &[("resource", PHOTOS)]).await;
        assert_eq!(of(&tokens), (PHOTOS.to_owned(), "openid photos:read".to_owned()));
        let token = tokens.refresh_token().to_owned();
        refresh(&client, &token, &[OTHER]).await.assert_refused(400, "invalid_target", "not granted");
        refresh(&client, &token, &[PHOTOS, MAIL]).await.assert_refused(400, "invalid_target", "two at once");
        let tokens = refresh(&client, &token, &[MAIL]).await;
        assert_eq!(of(&tokens), (MAIL.to_owned(), "mail:read openid".to_owned()));
        // None named: a sign-in goes on, with a token for this server alone.
        let tokens = refresh(&client, tokens.refresh_token(), &[]).await;
        assert_eq!(of(&tokens), (server.url.clone(), "openid".to_owned()));
        let tokens = refresh(&client, tokens.refresh_token(), &[PHOTOS]).await;
        assert_eq!(of(&tokens).0, PHOTOS, "the grant has lost nothing");
    }

    // S35
    async fn without_openid_one_must_be_named(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = client(&server).await;
        let code = client.code("ada", &[&BOTH[..], &[("scope", "photos:read mail:read")]].concat()).await;
        let refused = client.redeem(&code).await;
        refused.assert_refused(400, "invalid_target", "which?");
        assert!(refused.json["error_description"].as_str().unwrap().contains(PHOTOS), "{}", refused.json);
        assert_eq!(of(&client.redeem_with(&code, &[("resource", MAIL)]).await).1, "mail:read", "the code is still good");
    }

    // S35 S22
    async fn scopes_belong_to_one_of_them(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = client(&server).await;
        for (resources, scope, error) in [
            (&BOTH[..], "photos:read mail:read", None),
            (&BOTH[..1], "photos:read mail:read", Some("invalid_scope")),
            (&BOTH, "photos:read other:read", Some("invalid_scope")),
            (&[("resource", PHOTOS), ("resource", PHOTOS)], "photos:read", None),
            (&[("resource", PHOTOS), ("resource", OTHER)], "photos:read", Some("invalid_target")),
            (&[("resource", PHOTOS), ("resource", "https://photos.example/ https://mail.example/")], "openid", Some("invalid_target")),
            // OIDC Core §3.1.2.1: what is not understood is ignored; by a client that asks for nothing but it, it is not.
            (&BOTH, "openid groups", None),
            (&BOTH, "groups", Some("invalid_scope")),
        ] {
            let more = [resources, &[("scope", scope)]].concat();
            let page = Browser::new(&server.url).get(&client.authorize_url(&more)).await;
            match error {
                Some(error) => assert_refused(&page, &server.url, error, scope),
                None => assert!(page.location().unwrap().starts_with("/login?"), "{scope}: {:?}", page.location()),
            }
        }
    }

    // S51
    async fn they_are_consented_together(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = client(&server).await;
        let mut browser = Browser::new(&server.url);
        let scope = ("scope", "openid photos:read");
        let page = browser.visit(&client.authorize_url(&[&BOTH[..], &[scope]].concat())).await;
        let page = browser.log_in(&page, "ada").await;
        let text = page.text();
        for part in ["The API https://photos.example/", "do photos:read", "The API https://mail.example/", "show there that it acts for you"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(browser.approve(&page).await.returned("code").is_some());
        let swapped = [BOTH[1], BOTH[0], scope];
        assert!(browser.visit(&client.authorize_url(&swapped)).await.returned("code").is_some(), "the order is nothing");
        for one in BOTH {
            let page = browser.visit(&client.authorize_url(&[one, ("scope", "openid")])).await;
            assert_eq!(page.heading_kind(), "consent", "{one:?} alone is another question");
        }
    }
}
