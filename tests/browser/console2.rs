//! The console in a real browser: what an administrator ends, ends elsewhere; what was refused is mended.

use fantoccini::Locator;
use placet::admin::clients::{ClientFields, NewClient};

use super::Browser;
use crate::http::console::furnish;
use crate::http::support::server::PASSWORD;
use crate::http::support::{Browser as Elsewhere, TestServer};
use crate::support::database::{Kind, TestDatabase};

/// A server with an administrator, who is signed in, and with ada.
async fn start() -> Option<(TestServer, Browser)> {
    let browser = Browser::open(true).await?;
    let server = TestServer::start(TestDatabase::new(Kind::Sqlite).await.unwrap()).await;
    furnish(&server).await;
    server.add_user("ada").await;
    browser
        .visit(&format!("{}/login?return_to=/admin", server.url))
        .await;
    log_in(&browser, "root").await;
    Some((server, browser))
}

async fn log_in(browser: &Browser, username: &str) {
    browser.fill("#username", username).await;
    browser.fill("#password", PASSWORD).await;
    browser.press("Sign in").await;
}

/// Follows the first link that begins so.
async fn follow(browser: &Browser, label: &str) {
    let path = format!("//a[starts-with(normalize-space(), '{label}')]");
    let link = browser.find(Locator::XPath(&path)).await;
    let href = link.prop("href").await.unwrap().unwrap();
    browser.visit(&href).await;
}

// S60
#[tokio::test]
async fn a_disabled_user_is_signed_out_in_another_browser() {
    let Some((server, admin)) = start().await else {
        return;
    };
    let Some(ada) = Browser::open(false).await else {
        return;
    };
    ada.visit(&format!("{}/login", server.url)).await;
    log_in(&ada, "ada").await;
    let account = ada.heading().await;
    admin.visit(&format!("{}/admin/users", server.url)).await;
    admin.press("ada").await;
    assert_eq!(admin.heading().await, "ada");
    admin.assert_accessible("a user").await;
    admin.press("Disable").await;
    assert_eq!(admin.heading().await, "Disable ada?");
    admin.press("Disable").await;
    assert!(
        admin
            .text("[role=status]")
            .await
            .contains("ada is disabled, and signed out everywhere.")
    );
    ada.visit(&format!("{}/account", server.url)).await;
    assert_ne!(ada.heading().await, account);
    ada.find(Locator::Css("#password")).await;
    ada.close().await;
    admin.close().await;
}

// S59
#[tokio::test]
async fn a_grant_that_is_revoked_gives_no_more_tokens() {
    let Some((server, admin)) = start().await else {
        return;
    };
    let app = server.web_client().await;
    let mut elsewhere = Elsewhere::new(&server.url);
    let back = app.sign_in(&mut elsewhere, "ada", &[]).await;
    let tokens = app.redeem(&back.returned("code").unwrap()).await;
    let tokens = app.refresh(tokens.refresh_token()).await;
    admin.visit(&format!("{}/admin/grants", server.url)).await;
    admin.assert_accessible("grants").await;
    follow(&admin, "Revoke").await;
    assert_eq!(
        admin.heading().await,
        "Revoke what Photo Printer holds of ada?"
    );
    admin.assert_accessible("revoke").await;
    admin.press("Revoke").await;
    let refused = app.refresh(tokens.refresh_token()).await;
    assert_eq!(refused.error(), "invalid_grant");
    admin.visit(&format!("{}/admin/sessions", server.url)).await;
    admin.assert_accessible("sessions").await;
    admin
        .visit(&format!("{}/admin/users/ada", server.url))
        .await;
    admin.assert_accessible("a user with a past").await;
    admin.close().await;
}

#[tokio::test]
async fn a_request_that_was_refused_is_explained_and_mended() {
    let Some((server, admin)) = start().await else {
        return;
    };
    let app = server
        .add_client(NewClient {
            fields: ClientFields {
                name: Some("Photo Printer".to_owned()),
                redirect_uris: Some(vec!["https://app.example/callback".to_owned()]),
                ..ClientFields::default()
            },
            ..NewClient::default()
        })
        .await;
    let request = app.authorize_url(&[("redirect_uri", "https://app.example/callback/")]);
    let request = format!("{}{request}", server.url);
    admin.visit(&request).await;
    let source = admin.client.source().await.unwrap();
    let mut elsewhere = Elsewhere::new(&server.url);
    let refused = elsewhere
        .get(&app.authorize_url(&[("redirect_uri", "https://app.example/callback/")]))
        .await;
    let id = refused.header("x-request-id");
    assert!(source.contains("redirect"), "{source}");
    server.advance(2);
    admin.visit(&format!("{}/admin/errors", server.url)).await;
    admin.assert_accessible("errors").await;
    admin
        .visit(&format!("{}/admin/errors/{id}", server.url))
        .await;
    admin.assert_accessible("an error").await;
    admin.press("Mend it here").await;
    assert_eq!(admin.heading().await, "Change Photo Printer?");
    admin.assert_accessible("mend").await;
    admin.press("Change it").await;
    admin.assert_accessible("mended").await;
    admin.visit(&request).await;
    assert!(
        admin
            .client
            .source()
            .await
            .unwrap()
            .contains("Photo Printer"),
        "the same request works"
    );
    admin.find(Locator::Css("form[method=post]")).await;
    admin.close().await;
}
