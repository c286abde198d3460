//! The main job in one go: a person signs in and consents, an app gets tokens, refreshes them.

use super::support::server::PASSWORD;
use super::support::{Browser, TestServer};
use crate::support::database::on_both;

on_both! {
    async fn a_person_signs_in_and_consents_and_the_app_gets_tokens(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let mut browser = Browser::new(&server.url);

        let page = browser.visit(&client.authorize_url(&[("scope", "openid profile email offline_access")])).await;
        assert_eq!(page.heading_kind(), "login");
        assert!(page.text().contains("Photo Printer"));
        let page = browser.submit(&page, &[("username", "ada"), ("password", PASSWORD)]).await;
        assert_eq!(page.heading_kind(), "consent");
        assert!(page.text().contains("app.example"));
        let page = browser.submit(&page, &[("decision", "allow")]).await;
        assert_eq!(page.status, 303);
        assert_eq!(page.returned_to(), "https://app.example/callback");
        assert_eq!(page.returned("state").as_deref(), Some("xyz"));
        assert_eq!(page.returned("iss").as_deref(), Some(server.url.as_str()));

        let tokens = client.redeem(&page.returned("code").unwrap()).await;
        assert_eq!(tokens.status, 200, "{}", tokens.json);
        assert_eq!(tokens.json["token_type"], "Bearer");
        assert_eq!(tokens.json["scope"], "email offline_access openid profile");
        let (header, claims) = tokens.decoded();
        assert_eq!(header["typ"], "at+jwt");
        assert_eq!(header["alg"], "ES256");
        assert_eq!(claims["iss"], server.url);
        assert_eq!(claims["aud"], server.url);
        assert_eq!(claims["client_id"], client.id);
        assert!(tokens.json["id_token"].is_string());

        let again = client.refresh(tokens.refresh_token()).await;
        assert_eq!(again.status, 200, "{}", again.json);
        assert_ne!(again.refresh_token(), tokens.refresh_token());

        let page = browser.visit(&client.authorize_url(&[("scope", "openid profile")])).await;
        assert!(page.returned("code").is_some(), "signed in and consent remembered: {}", page.body);
    }
}
