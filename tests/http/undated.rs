//! Sign-ins elsewhere of which nobody says when they were: what they open here, and what apps are told.

use placet::admin::users::NewUser;
use placet::config::Protocol;
use serde_json::{Value, json};

use super::factors::App;
use super::support::client::decode_jwt;
use super::support::provider::{FakeProvider, back, begin, press, query, sent_to};
use super::support::server::start_of_time;
use super::support::{Browser, Client, Page, TestServer};
use crate::support::database::{TestDatabase, on_both};

const APP: &str = "/account/security/app";
const PASSWORD: &str = "/account/password";

/// A server that knows GitHub, where the owner of ada's address comes from.
async fn with_github(db: TestDatabase) -> (FakeProvider, TestServer) {
    let fake = FakeProvider::start().await;
    let server = fake
        .server(db, |provider| {
            provider.protocol = Protocol::GitHub;
            provider.create_accounts = true;
            provider.link_by_verified_email = true;
        })
        .await;
    let token = json!({"access_token": "gh", "token_type": "bearer"});
    fake.answer("/login/oauth/access_token", 200, &token);
    let cat = json!({"id": 583_231, "login": "octocat", "name": null});
    fake.answer("/api/v3/user", 200, &cat);
    let emails = json!([{"email": "ada@mail.example", "primary": true, "verified": true}]);
    fake.answer("/api/v3/user/emails", 200, &emails);
    (fake, server)
}

async fn by_github(browser: &mut Browser, address: &str) -> Page {
    let to = begin(browser, address, "fake").await;
    let page = browser.get(&back(&to, &[("iss", "")])).await;
    browser.follow(page).await
}

async fn wants_proof(browser: &mut Browser, address: &str) -> bool {
    let page = browser.get(address).await;
    page.location().is_some_and(|to| to.contains("again=1"))
}

async fn id_token(client: &Client, browser: &mut Browser, page: Page) -> Value {
    let page = if page.heading_kind() == "consent" {
        browser.approve(&page).await
    } else {
        page
    };
    let code = page.returned("code");
    let code = code.unwrap_or_else(|| panic!("{}", page.text()));
    let tokens = client.redeem(&code).await;
    decode_jwt(tokens.json["id_token"].as_str().unwrap()).1
}

on_both! {
    // S24: whoever is sent back from elsewhere without being asked has proved nothing lately, though they came just now.
    async fn whoever_has_a_password_shows_it_before_what_is_dangerous(db: TestDatabase) {
        let (_fake, server) = with_github(db).await;
        let ada = NewUser {
            username: "ada".to_owned(),
            email: Some("ada@mail.example".to_owned()),
            is_email_verified: true,
            roles: vec!["admin".to_owned()],
            ..NewUser::default()
        };
        server.add_user_with(ada).await;
        let mut browser = Browser::new(&server.url);
        by_github(&mut browser, "/login").await;
        assert_eq!(browser.get("/account/security").await.status, 200);
        for dangerous in [
            APP,
            "/account/data/download",
            "/account/security/passkeys/new",
            "/admin/keys/rotate",
        ] {
            assert!(wants_proof(&mut browser, dangerous).await, "{dangerous}");
        }
        let page = browser.visit(APP).await;
        assert!(!page.body.contains("/login/upstream/fake"), "it would lead back to here: {}", page.body);
        let page = browser.submit(&page, &[("username", "ada"), ("password", "mistyped")]).await;
        assert!(page.text().contains("do not match") && !page.body.contains("/login/upstream/fake"), "{}", page.body);
        let page = browser.log_in(&page, "ada").await;
        assert!(page.status == 200 && page.url.path() == APP, "{}", page.text());
    }

    // S24, OIDC Core §2 auth_time: whoever sets an app up shows that they have it, and not who they are.
    async fn setting_an_app_up_tells_no_time(db: TestDatabase) {
        let (_fake, server) = with_github(db).await;
        let client = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        by_github(&mut browser, "/login").await;
        // There is nothing else that they could be asked for.
        let page = browser.get(PASSWORD).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let page = browser.visit(APP).await;
        let app = App::reading(&page);
        let page = browser.submit(&page, &[("code", &app.code(&server))]).await;
        assert!(page.text().contains("The authenticator app is set up."), "{}", page.text());
        let page = browser.visit(&client.authorize_url(&[])).await;
        let id = id_token(&client, &mut browser, page).await;
        assert_eq!((&id["acr"], id.get("auth_time")), (&json!("mfa"), None), "{id}");
        let page = browser.visit(&client.authorize_url(&[("max_age", "3600"), ("prompt", "none")])).await;
        assert_eq!(page.returned("error").as_deref(), Some("login_required"));
        assert!(wants_proof(&mut browser, PASSWORD).await);
        // The account elsewhere and the code of the app are all that they have, and will do.
        server.advance(30);
        let page = by_github(&mut browser, &format!("/login?again=1&return_to={PASSWORD}")).await;
        assert!(page.text().contains("Enter the code from your authenticator app"), "{}", page.text());
        let page = browser.submit(&page, &[("code", &app.code(&server))]).await;
        assert!(page.status == 200 && page.url.path() == PASSWORD, "{}", page.text());
        let page = browser.visit(&client.authorize_url(&[("max_age", "3600")])).await;
        let id = id_token(&client, &mut browser, page).await;
        assert_eq!(id["auth_time"], start_of_time().timestamp() + 30, "{id}");
    }

    // OIDC Core §2, §5.5.1: an `auth_time` that is essential is there; for one that is not nobody is asked.
    async fn an_essential_auth_time_is_there(db: TestDatabase) {
        let fake = FakeProvider::start().await;
        let server = fake.server(db, |provider| provider.create_accounts = true).await;
        let client = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        let to = begin(&mut browser, "/login", "fake").await;
        fake.grant(&to, &json!({"preferred_username": "ada"}));
        browser.get(&back(&to, &[])).await;
        let essential = json!({"auth_time": {"essential": true}});
        for (claims, is_told) in [
            (json!({"id_token": {"auth_time": null}}), false),
            (json!({"userinfo": essential}), false),
            (json!({"id_token": essential}), true),
        ] {
            let claims = claims.to_string();
            let silent = [("claims", claims.as_str()), ("prompt", "none")];
            let page = browser.visit(&client.authorize_url(&[("claims", &claims)])).await;
            if !is_told {
                let id = id_token(&client, &mut browser, page).await;
                assert_eq!(id.get("auth_time"), None, "{claims}: {id}");
                continue;
            }
            assert_eq!(page.heading_kind(), "login", "{}", page.text());
            let refused = browser.visit(&client.authorize_url(&silent)).await;
            assert_eq!(refused.returned("error").as_deref(), Some("login_required"));
            let to = sent_to(&press(&mut browser, &page, "fake").await);
            assert_eq!((query(&to, "prompt").as_str(), query(&to, "max_age").as_str()), ("login", "0"));
            let now = start_of_time().timestamp();
            fake.grant(&to, &json!({"auth_time": now, "preferred_username": "ada"}));
            let page = browser.get(&back(&to, &[])).await;
            let page = browser.follow(page).await;
            let id = id_token(&client, &mut browser, page).await;
            assert_eq!(id["auth_time"], now, "{id}");
            let page = browser.visit(&client.authorize_url(&silent)).await;
            assert!(page.returned("code").is_some(), "{}", page.text());
        }
    }
}
