//! The console in a real browser: from the set-up link to an app that signs people in, and no page that keeps anyone out.

use fantoccini::Locator;

use super::Browser;
use crate::http::console::{ADDRESSES, furnish};
use crate::http::real_clients::App;
use crate::http::support::TestServer;
use crate::http::support::relying_party::{Call, RelyingParty};
use crate::http::support::server::PASSWORD;
use crate::support::database::{Kind, TestDatabase};

async fn server() -> TestServer {
    TestServer::start(TestDatabase::new(Kind::Sqlite).await.unwrap()).await
}

/// The value beside that name on the page.
async fn fact(browser: &Browser, name: &str) -> String {
    let path = format!("//dt[normalize-space()='{name}']/following-sibling::dd//code");
    let found = browser.find(Locator::XPath(&path)).await;
    found.text().await.unwrap()
}

/// What the app is asked next, its icon aside.
async fn next(app: &mut RelyingParty) -> String {
    loop {
        let Call { target, .. } = app.next().await;
        if target != "/favicon.ico" {
            return target;
        }
    }
}

// First set-up, a client by the guided form, used at once by a real library, its secret changed with overlap.
#[tokio::test]
async fn from_the_set_up_link_to_an_app_that_signs_people_in() {
    for has_javascript in [true, false] {
        let Some(browser) = Browser::open(has_javascript).await else {
            return;
        };
        let server = server().await;
        let mut party = RelyingParty::start(200).await;
        let redirect_uri = format!("http://{}/cb", party.host);

        let token = server.app.setup_token().await.unwrap();
        browser
            .visit(&format!("{}/setup?token={token}", server.url))
            .await;
        browser.fill("#username", "ada").await;
        browser.fill("#password", PASSWORD).await;
        browser.press("Create administrator").await;
        assert_eq!(browser.heading().await, "The server is ready");
        browser.press("Sign in").await;
        browser.fill("#username", "ada").await;
        browser.fill("#password", PASSWORD).await;
        browser.press("Sign in").await;

        assert_eq!(browser.heading().await, "What is it?");
        browser.press("Web app").await;
        browser.fill("#client_name", "Photo Printer").await;
        browser.fill("#redirect_uris", "not-an-address").await;
        browser.press("Register").await;
        assert!(
            browser
                .text("#redirect_uris-problem")
                .await
                .contains("absolute URI")
        );
        browser.fill("#redirect_uris", &redirect_uri).await;
        browser.press("Register").await;
        assert_eq!(browser.heading().await, "Photo Printer is registered");
        let (id, secret) = (
            fact(&browser, "Client ID").await,
            fact(&browser, "Client secret").await,
        );
        if has_javascript {
            browser.assert_accessible("registered").await;
        }

        let app = App::new(&server.url, &id, &redirect_uri);
        let away = app.leave(&secret).await;
        browser.visit(away.url.as_str()).await;
        browser.press("Allow").await;
        assert_eq!(browser.heading().await, "At the app");
        let target = next(&mut party).await;
        let refresh = app.come_back(&secret, away, &target, &server).await;

        browser
            .visit(&format!("{}/admin/clients/{id}", server.url))
            .await;
        browser.press("New secret").await;
        browser.press("Make secret").await;
        let new = fact(&browser, "Client secret").await;
        assert_ne!(new, secret);
        let refresh = app
            .refresh(&secret, &refresh)
            .await
            .expect("the old one works meanwhile");
        let refresh = app
            .refresh(&new, &refresh)
            .await
            .expect("the new one works");
        server.advance(24 * 3600);
        assert_eq!(
            app.refresh(&secret, &refresh).await,
            Err("invalid_client".to_owned())
        );
        browser.close().await;
    }
}

// WCAG 2.2 AA as far as a program can see it, on every page, wide and narrow, light and dark.
#[tokio::test]
async fn no_page_of_the_console_keeps_anyone_out() {
    let Some(browser) = Browser::open(true).await else {
        return;
    };
    let server = server().await;
    furnish(&server).await;
    browser
        .visit(&format!("{}/login?return_to=/admin", server.url))
        .await;
    browser.assert_accessible("login").await;
    browser.fill("#username", "root").await;
    browser.fill("#password", PASSWORD).await;
    browser.press("Sign in").await;
    for address in ADDRESSES {
        browser.visit(&format!("{}{address}", server.url)).await;
        browser.assert_accessible(address).await;
    }
    // With its faults, and with a name as long as names get.
    browser
        .visit(&format!("{}/admin/clients/web/edit/basics", server.url))
        .await;
    browser
        .fill("#client_name", &"Very Long Name ".repeat(13))
        .await;
    browser.press("Save").await;
    browser.assert_accessible("a long name").await;
    browser
        .visit(&format!("{}/admin/new/scope", server.url))
        .await;
    browser.fill("#name", "notes:read").await;
    browser.fill("#description", "x").await;
    browser.press("Add scope").await;
    browser.assert_accessible("a form with faults").await;
    // What a trial comes to: a good one, then one that is refused.
    browser
        .visit(&format!("{}/admin/tester?client_id=web", server.url))
        .await;
    browser.press("Run").await;
    browser.assert_accessible("a trial").await;
    browser.fill("#nonce", &"n".repeat(513)).await;
    browser.press("Run").await;
    browser.assert_accessible("a trial that is refused").await;
    browser.close().await;
}
