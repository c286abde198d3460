//! What was answered once does not answer another question: another resource, another sign-in.

use placet::admin::clients::{ClientFields, NewClient};

use super::support::{Browser, TestServer};
use crate::support::database::on_both;

const PHOTOS: &str = "https://photos.example/";
const PAYMENTS: &str = "https://payments.example/";

on_both! {
    // S51, S105
    async fn consent_is_about_one_resource_and_names_it(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        server.add_scope("items:read", "read your items").await;
        for uri in [PHOTOS, PAYMENTS] {
            server.add_resource(uri, "items:read").await;
        }
        let client = server.add_client(NewClient {
            fields: ClientFields {
                name: Some("Reader".to_owned()),
                redirect_uris: Some(vec!["https://app.example/callback".to_owned()]),
                scope: Some("openid items:read".to_owned()),
                resources: Some(vec![PHOTOS.to_owned(), PAYMENTS.to_owned()]),
                ..ClientFields::default()
            },
            ..NewClient::default()
        }).await;
        let ask = |resource, scope| client.authorize_url(&[("scope", scope), ("resource", resource)]);
        let mut browser = Browser::new(&server.url);
        let page = browser.visit(&ask(PAYMENTS, "items:read")).await;
        let page = browser.log_in(&page, "ada").await;
        assert!(page.text().contains(&format!("The API {PAYMENTS}")), "{}", page.text());
        assert!(!page.text().contains(PHOTOS), "{}", page.text());
        assert!(browser.approve(&page).await.returned("code").is_some());
        assert!(browser.visit(&ask(PAYMENTS, "items:read")).await.returned("code").is_some(), "remembered");
        // The same words at another resource are another question, even where no permission there is asked for.
        for scope in ["items:read", "openid"] {
            let silent = format!("{}&prompt=none", ask(PHOTOS, scope));
            assert_eq!(browser.visit(&silent).await.returned("error").as_deref(), Some("consent_required"), "{scope}");
            let page = browser.visit(&ask(PHOTOS, scope)).await;
            assert!(page.text().contains(&format!("The API {PHOTOS}")), "{scope}: {}", page.text());
        }
    }

    // S24
    async fn a_sign_in_elsewhere_is_not_the_one_that_was_asked_for(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        client.sign_in(&mut browser, "ada", &[]).await;
        for more in [("prompt", "login"), ("max_age", "1")] {
            server.advance(60);
            let waiting = browser.visit(&client.authorize_url(&[more])).await;
            assert_eq!(waiting.heading_kind(), "login", "{more:?}");
            // In another tab.
            server.advance(2);
            let other = browser.visit(&client.authorize_url(&[("prompt", "login")])).await;
            assert!(browser.log_in(&other, "ada").await.returned("code").is_some());
            server.advance(2);
            let sealed = waiting.field("request");
            let page = browser.visit(&format!("/authorize/continue?request={sealed}")).await;
            assert_eq!(page.heading_kind(), "login", "{more:?}");
            let done = browser.log_in(&page, "ada").await;
            assert!(done.returned("code").is_some(), "{more:?}: {}", done.body);
        }
        // And it does not count for ever.
        let waiting = browser.visit(&client.authorize_url(&[("prompt", "login consent")])).await;
        let consent = browser.log_in(&waiting, "ada").await;
        assert_eq!(consent.heading_kind(), "consent");
        server.advance(601);
        let late = browser.approve(&consent).await;
        assert_eq!(late.heading_kind(), "login", "{}", late.body);
    }

    // An answer cannot say "nothing": allowing nothing is not allowing.
    async fn allowing_nothing_is_denying(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        let page = browser.visit(&client.authorize_url(&[("scope", "email")])).await;
        let page = browser.log_in(&page, "ada").await;
        let (action, fields) = page.form();
        let mut fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        fields.retain(|(name, _)| *name != "scope");
        fields.push(("decision", "allow"));
        let answer = browser.post(&action, &fields).await;
        assert_eq!(answer.returned("error").as_deref(), Some("access_denied"));
        assert_eq!(server.database.count("consents").await, 0);
    }
}
