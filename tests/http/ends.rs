//! What ends with a session, a consent or a wrong hint: nothing lives on that a person took back.

use placet::admin::consents;

use super::support::client::basic;
use super::support::requests::altered;
use super::support::{Browser, Client, TestServer};
use crate::support::database::on_both;

on_both! {
    // S25
    async fn a_hint_is_believed_only_if_it_is_ours_and_names_who_is_signed_in(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        server.add_user("bob").await;
        let (client, other) = (server.web_client().await, server.public_client().await);
        let id_token = async |client: &Client, username| {
            client.tokens(username, &[]).await.json["id_token"].as_str().unwrap().to_owned()
        };
        let (adas, bobs) = (id_token(&client, "ada").await, id_token(&client, "bob").await);
        let foreign = id_token(&other, "bob").await;
        let access = client.tokens("bob", &[]).await.access_token().to_owned();
        let (_, rest) = bobs.split_once('.').unwrap();
        let unsigned = format!("eyJhbGciOiJub25lIn0.{}.", rest.split_once('.').unwrap().0);

        let mut browser = Browser::new(&server.url);
        client.sign_in(&mut browser, "bob", &[]).await;
        server.advance(3600);
        let silent = async |browser: &mut Browser, hint: &str| {
            browser.visit(&client.authorize_url(&[("prompt", "none"), ("id_token_hint", hint)])).await
        };
        let good = silent(&mut browser, &bobs).await;
        assert!(good.returned("code").is_some(), "expired, and still a hint: {:?}", good.location());
        for bad in [&adas, &foreign, &access, &unsigned, &altered(&bobs), "x", "a.b.c"] {
            let page = silent(&mut browser, bad).await;
            assert_eq!(page.returned("error").as_deref(), Some("login_required"), "{bad}");
            assert_eq!(page.returned("code"), None);
        }
        let page = browser.visit(&client.authorize_url(&[("id_token_hint", &adas)])).await;
        assert_eq!(page.heading_kind(), "login", "somebody else is signed in: {}", page.body);
        let page = browser.log_in(&page, "bob").await;
        assert_eq!(page.returned("error").as_deref(), Some("login_required"), "still somebody else");
    }

    // S83
    async fn what_was_taken_back_gives_nothing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let more = [("scope", "openid offline_access")];
        let tokens = client.tokens("ada", &more).await;
        let code = client.code("ada", &more).await;
        consents::withdraw(&server.app, &TestServer::by(), "ada", &client.id).await.unwrap();
        assert_eq!(client.redeem(&code).await.error(), "invalid_grant");
        assert_eq!(client.refresh(tokens.refresh_token()).await.error(), "invalid_grant");
        let page = Browser::new(&server.url).visit(&client.authorize_url(&more)).await;
        assert_eq!(page.heading_kind(), "login");
        let again = consents::withdraw(&server.app, &TestServer::by(), "ada", &client.id).await;
        assert!(again.is_err(), "there is nothing left to take back");
    }

    async fn sign_out_ends_codes_and_what_may_not_stay_connected(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        server.add_user("bob").await;
        let client = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        let code = async |browser: &mut Browser, scope: &str| {
            let page = client.sign_in(browser, "ada", &[("scope", scope)]).await;
            page.returned("code").unwrap()
        };
        let passing = client.redeem(&code(&mut browser, "openid").await).await;
        let staying = client.redeem(&code(&mut browser, "openid offline_access").await).await;
        let unredeemed = code(&mut browser, "openid").await;
        let account = browser.get("/account").await;
        assert!(browser.submit(&account, &[]).await.text().contains("You are signed out"));

        assert_eq!(client.refresh(passing.refresh_token()).await.error(), "invalid_grant");
        assert_eq!(client.refresh(staying.refresh_token()).await.status, 200);
        assert_eq!(client.redeem(&unredeemed).await.error(), "invalid_grant");

        // Somebody else who signs in in the same browser ends the first person's session as well.
        let passing = client.redeem(&code(&mut browser, "openid").await).await;
        let login = browser.visit(&client.authorize_url(&[("prompt", "login")])).await;
        browser.log_in(&login, "bob").await;
        assert_eq!(client.refresh(passing.refresh_token()).await.error(), "invalid_grant");
    }

    // S65-S67: what cannot be read in one way only is refused.
    async fn two_authorization_headers_or_an_odd_charset_are_refused(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = server.service_client().await;
        let credentials = basic(&client.id, client.secret.as_ref().unwrap());
        let form = "application/x-www-form-urlencoded";
        let ask = async |headers: &[(&str, String)]| {
            client.post_token(headers, "grant_type=client_credentials").await
        };
        let good = [("content-type", format!("{form}; charset=UTF-8")), ("authorization", credentials.clone())];
        assert_eq!(ask(&good).await.status, 200);
        let two = [("content-type", form.to_owned()), ("authorization", credentials.clone()), ("authorization", credentials.clone())];
        assert_eq!(ask(&two).await.error(), "invalid_client");
        let odd = [("content-type", format!("{form}; charset=no-such-utf-8")), ("authorization", credentials)];
        assert_eq!(ask(&odd).await.status, 415);
    }
}
