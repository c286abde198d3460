//! Second factors in a real browser: a virtual authenticator registers a passkey and signs in with it, first and second; the rest without
//! JavaScript.

use fantoccini::Locator;
use placet::admin::users;
use serde_json::json;
use totp_rs::{Builder, Secret};

use super::Browser;
use crate::http::support::TestServer;
use crate::http::support::server::PASSWORD;
use crate::support::database::{Kind, TestDatabase};

/// A server with a name, for which browsers make passkeys, and where it is.
async fn start() -> (TestServer, String) {
    let database = TestDatabase::new(Kind::Sqlite).await.unwrap();
    let server = TestServer::start_with(database, |config| {
        let issuer = config.issuer.as_str().replace("127.0.0.1", "localhost");
        config.issuer = issuer.parse().unwrap();
    })
    .await;
    server.add_user("ada").await;
    let url = server.app.config.issuer.as_str().to_owned();
    (server, url)
}

impl Browser {
    /// Gives it an authenticator like that of a phone or a laptop, which says yes by itself.
    async fn add_authenticator(&self) -> String {
        self.devtools("WebAuthn.enable", json!({})).await;
        let options = json!({ "options": {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": true,
            "hasUserVerification": true,
            "isUserVerified": true,
            "automaticPresenceSimulation": true,
        }});
        let added = self.devtools("WebAuthn.addVirtualAuthenticator", options);
        added.await["authenticatorId"].as_str().unwrap().to_owned()
    }

    /// Whether the person shows finger, face or PIN when asked.
    async fn set_verified(&self, authenticator: &str, is_verified: bool) {
        let params = json!({ "authenticatorId": authenticator, "isUserVerified": is_verified });
        self.devtools("WebAuthn.setUserVerified", params).await;
    }

    async fn type_password(&self, url: &str) {
        self.visit(&format!("{url}/login")).await;
        self.fill("#username", "ada").await;
        self.fill("#password", PASSWORD).await;
        self.press("Sign in").await;
    }

    async fn sign_out(&self) {
        self.press("Sign out").await;
    }

    async fn count(&self, css: &str) -> usize {
        let found = self.client.find_all(Locator::Css(css)).await;
        found.unwrap().len()
    }

    /// Waits until something is shown.
    async fn shown(&self, css: &str) -> String {
        for _ in 0..500 {
            let element = self.find(Locator::Css(css)).await;
            if element.is_displayed().await.unwrap() {
                return element.text().await.unwrap();
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("{css} is never shown");
    }
}

#[tokio::test]
async fn a_passkey_is_registered_and_signs_in() {
    let Some(browser) = Browser::open(true).await else {
        return;
    };
    let (server, url) = start().await;
    let authenticator = browser.add_authenticator().await;
    browser.visit(&format!("{url}/login")).await;
    browser.fill("#username", "ada").await;
    browser.fill("#password", PASSWORD).await;
    browser.press("Sign in").await;
    assert_eq!(browser.heading().await, "Profile");
    browser.press("Security").await;
    assert_eq!(browser.heading().await, "How you sign in");
    browser.press("Add a passkey").await;
    assert_eq!(browser.heading().await, "Add a passkey");

    for notice in browser
        .client
        .find_all(Locator::Css("[data-problem]"))
        .await
        .unwrap()
    {
        assert!(
            !notice.is_displayed().await.unwrap(),
            "nothing went wrong yet"
        );
    }
    // Who does not confirm is told so, and may try again.
    browser.set_verified(&authenticator, false).await;
    let button = browser
        .find(Locator::Css("form[data-passkey] button"))
        .await;
    button.click().await.unwrap();
    let problem = browser.shown("[data-problem=cancelled]").await;
    assert!(problem.contains("You did not confirm"), "{problem}");
    browser.set_verified(&authenticator, true).await;
    browser.fill("#name", "My laptop").await;
    browser.press("Add a passkey").await;
    assert_eq!(browser.heading().await, "Your recovery codes");
    assert_eq!(browser.count("ol.codes code").await, 10);
    let copy = Locator::Css("[data-keep-by=copy]");
    browser.find(copy).await.click().await.unwrap();
    let copied = browser.shown("[data-keep] [role=status]:not(:empty)").await;
    assert!(copied.contains("copied"), "{copied}");
    browser.press("I have kept them").await;
    // It was registered, not shown.
    assert_eq!(browser.heading().await, "Use your passkey");
    browser.press("Sign in with a passkey").await;
    assert_eq!(browser.heading().await, "How you sign in");
    assert_eq!(browser.text("h3").await, "My laptop");

    // The same device twice.
    browser.press("Add a passkey").await;
    let button = browser
        .find(Locator::Css("form[data-passkey] button"))
        .await;
    button.click().await.unwrap();
    let problem = browser.shown("[data-problem=known]").await;
    assert!(problem.contains("already"), "{problem}");

    browser.sign_out().await;
    browser.visit(&format!("{url}/account/security")).await;
    sign_in_with_passkey(&browser).await;
    assert_eq!(
        browser.heading().await,
        "How you sign in",
        "back where one was headed"
    );

    // As the second factor.
    browser.sign_out().await;
    browser.set_verified(&authenticator, false).await;
    browser.type_password(&url).await;
    assert_eq!(browser.heading().await, "Use your passkey");
    browser.set_verified(&authenticator, true).await;
    browser.press("Sign in with a passkey").await;
    assert_eq!(browser.heading().await, "Profile");

    // Removed, here alone: the device still offers it.
    browser.press("Security").await;
    browser.press("Change: My laptop").await;
    browser.press("Remove").await;
    assert_eq!(browser.heading().await, "How you sign in");
    let user = users::show(&server.app, "ada").await.unwrap();
    assert!(!user.has_passkey);
    browser.sign_out().await;
    browser.visit(&format!("{url}/login")).await;
    sign_in_with_passkey(&browser).await;
    assert_eq!(browser.heading().await, "That passkey did not work");
    browser.close().await;
}

/// By the button, unless the browser was quicker with its own offer.
async fn sign_in_with_passkey(browser: &Browser) {
    if browser.heading().await == "Sign in" {
        browser.press("Sign in with a passkey").await;
    }
}

#[tokio::test]
async fn an_app_is_set_up_without_javascript() {
    let Some(browser) = Browser::open(false).await else {
        return;
    };
    let (server, url) = start().await;
    browser.type_password(&url).await;
    browser.press("Security").await;
    browser.press("Add a passkey").await;
    let said = browser.text("main").await;
    assert!(said.contains("Passkeys need JavaScript"), "{said}");
    let form = browser.find(Locator::Css("form[data-passkey]")).await;
    assert!(!form.is_displayed().await.unwrap(), "{said}");
    browser.press("Security").await;
    browser.press("Set up an app").await;
    let key = browser.text("code.key").await.replace(' ', "");
    let secret = Secret::try_from_base32(key).unwrap();
    let app = Builder::new().with_secret(secret).build().unwrap();
    let code = || {
        let now = server.app.clock.now().timestamp();
        app.generate(u64::try_from(now).unwrap()).to_string()
    };
    browser.fill("#code", &code()).await;
    browser.press("Set up").await;
    assert_eq!(browser.heading().await, "Your recovery codes");
    let keep = browser.find(Locator::Css("[data-keep]")).await;
    assert!(!keep.is_displayed().await.unwrap(), "it takes a script");
    let recovery = browser.text("ol.codes li:last-child code").await;
    browser.press("I have kept them").await;

    browser.sign_out().await;
    server.advance(30);
    browser.type_password(&url).await;
    browser.fill("#code", &code()).await;
    browser.press("Continue").await;
    assert_eq!(browser.heading().await, "Profile");

    browser.sign_out().await;
    browser.type_password(&url).await;
    browser.press("Use a recovery code instead").await;
    browser.fill("#code", &recovery).await;
    browser.press("Continue").await;
    assert_eq!(browser.heading().await, "Profile");
    browser.press("Security").await;
    browser.press("Remove the app").await;
    browser.press("Remove the app").await;
    let user = users::show(&server.app, "ada").await.unwrap();
    assert!(!user.has_totp);
    browser.close().await;
}

#[tokio::test]
async fn every_page_of_factors_is_accessible() {
    let Some(browser) = Browser::open(true).await else {
        return;
    };
    let (_server, url) = start().await;
    browser.visit(&format!("{url}/login")).await;
    browser.assert_accessible("sign in").await;
    browser.type_password(&url).await;
    let at = |path: &str| format!("{url}/account/security{path}");
    for path in ["", "/app", "/passkeys/new"] {
        browser.visit(&at(path)).await;
        browser.assert_accessible(path).await;
    }
    let authenticator = browser.add_authenticator().await;
    browser.press("Add a passkey").await;
    browser.assert_accessible("codes shown").await;
    browser.press("I have kept them").await;
    assert_eq!(browser.heading().await, "Use your passkey");
    browser.assert_accessible("asked for at once").await;
    browser.press("Sign in with a passkey").await;
    assert_eq!(browser.heading().await, "How you sign in");
    browser.assert_accessible("with a passkey").await;
    browser
        .find(Locator::Css(".entries a.button"))
        .await
        .click()
        .await
        .unwrap();
    browser.find(Locator::Css("button.danger")).await;
    browser.assert_accessible("a passkey").await;
    browser.visit(&at("/codes")).await;
    browser.assert_accessible("codes").await;
    // Else the browser signs in by itself, by the offer in the field for the username.
    browser.set_verified(&authenticator, false).await;
    browser.sign_out().await;
    browser.type_password(&url).await;
    browser.assert_accessible("second step").await;
    browser.close().await;
}
