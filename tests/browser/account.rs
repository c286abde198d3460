//! A person's own account in a real browser, with and without JavaScript: every page as axe-core and a narrow screen see it, and the ways
//! through it.

use chrono::FixedOffset;
use fantoccini::Locator;
use serde_json::json;

use super::Browser;
use crate::http::support::client::Tokens;
use crate::http::support::requests::new_client;
use crate::http::support::server::PASSWORD;
use crate::http::support::{Browser as Elsewhere, Client, TestServer};
use crate::support::database::{Kind, TestDatabase};

const PAGES: [&str; 7] = [
    "/account",
    "/account/password",
    "/account/sessions",
    "/account/apps",
    "/account/events",
    "/account/data",
    "/account/delete",
];

/// A server with ada, an app that she allowed something, and another browser of hers.
async fn start() -> (TestServer, Client, Tokens) {
    let database = TestDatabase::new(Kind::Sqlite).await.unwrap();
    let server = TestServer::start_with(database, |config| config.account.deletable = true).await;
    server.add_user("ada").await;
    server.add_scope("photos:read", "see your photos").await;
    let api = "https://photos.example/";
    server.add_resource(api, "photos:read").await;
    let scope = "openid profile email offline_access photos:read";
    let mut new = new_client("Photo Printer", &["https://app.example/cb"]);
    new.fields.scope = Some(scope.to_owned());
    let app = server.add_client(new).await;
    let tokens = app.tokens("ada", &[("scope", scope)]).await;
    (server, app, tokens)
}

async fn log_in(browser: &Browser, password: &str) {
    browser.fill("#username", "ada").await;
    browser.fill("#password", password).await;
    browser.press("Sign in").await;
}

#[tokio::test]
async fn the_pages_are_for_everyone() {
    let Some(browser) = Browser::open(true).await else {
        return;
    };
    let (server, ..) = start().await;
    browser.visit(&format!("{}/login", server.url)).await;
    log_in(&browser, PASSWORD).await;
    for language in ["en", "ar"] {
        browser.visit(&format!("{}/account", server.url)).await;
        choose_language(&browser, language).await;
        for page in PAGES {
            browser.visit(&format!("{}{page}", server.url)).await;
            let name = format!("{page} {language}");
            browser.assert_accessible(&name).await;
            browser.look(320, "light").await;
            let wide = "return document.documentElement.scrollWidth - window.innerWidth";
            let wide = browser.client.execute(wide, Vec::new()).await.unwrap();
            assert!(wide.as_i64().unwrap() <= 0, "{name} at 320: {wide} px");
            let broken = "return document.querySelector('.home bdi').getClientRects().length > 1";
            let broken = browser.client.execute(broken, Vec::new()).await.unwrap();
            assert_eq!(broken, false, "{name} at 320: the name is broken in a word");
        }
    }
    // A form that was refused, too.
    choose_at(&server, &browser, "en").await;
    browser
        .visit(&format!("{}/account/password", server.url))
        .await;
    for field in ["#current", "#new", "#repeated"] {
        browser.fill(field, "a wrong guess").await;
    }
    browser.press("Change password").await;
    assert!(
        browser
            .text("#current-problem")
            .await
            .contains("not your current password")
    );
    browser.assert_accessible("a password refused").await;
    browser.close().await;
}

async fn choose_at(server: &TestServer, browser: &Browser, tag: &str) {
    browser.visit(&format!("{}/account", server.url)).await;
    choose_language(browser, tag).await;
}

pub(super) async fn choose_language(browser: &Browser, tag: &str) {
    let option = format!("#language option[value='{tag}']");
    browser
        .find(Locator::Css(&option))
        .await
        .click()
        .await
        .unwrap();
    let save = "main form button[type=submit]";
    browser
        .find(Locator::Css(save))
        .await
        .click()
        .await
        .unwrap();
    browser
        .find(Locator::Css(&format!("html[lang='{tag}'] [role=status]")))
        .await;
}

#[tokio::test]
async fn times_are_those_of_the_place_where_the_browser_is() {
    for has_javascript in [true, false] {
        let Some(browser) = Browser::open(has_javascript).await else {
            return;
        };
        let (server, ..) = start().await;
        let zone = json!({ "timezoneId": "Asia/Kolkata" });
        browser
            .devtools("Emulation.setTimezoneOverride", zone)
            .await;
        browser
            .visit(&format!("{}/account/sessions", server.url))
            .await;
        log_in(&browser, PASSWORD).await;
        let time = browser.find(Locator::Css("main time")).await;
        let at = server.app.clock.now();
        let utc = at.format("%-d %B %Y, %H:%M UTC").to_string();
        let hint = time.attr("title").await.unwrap();
        let said = time.text().await.unwrap().replace('\u{202f}', " ");
        if has_javascript {
            let there = FixedOffset::east_opt(5 * 3600 + 1800).unwrap();
            let there = at.with_timezone(&there).format("%b %-d, %Y, %-I:%M %p");
            assert_eq!((said, hint), (there.to_string(), Some(utc)));
        } else {
            assert_eq!((said, hint), (utc, None));
        }
        browser.close().await;
    }
}

// S59 S60
#[tokio::test]
async fn a_person_keeps_their_account_in_order() {
    for has_javascript in [true, false] {
        let Some(browser) = Browser::open(has_javascript).await else {
            return;
        };
        let (server, app, tokens) = start().await;
        let mut elsewhere = Elsewhere::new(&server.url);
        let login = elsewhere.get("/login").await;
        elsewhere.log_in(&login, "ada").await;

        browser
            .visit(&format!("{}/account/sessions", server.url))
            .await;
        log_in(&browser, PASSWORD).await;
        assert_eq!(browser.heading().await, "Where you are signed in");
        browser.press("Sign out everywhere else").await;
        let done = browser.text("[role=status]").await;
        assert!(
            done.contains("You are signed out everywhere else."),
            "{done}"
        );
        assert_eq!(elsewhere.get("/account").await.status, 303);

        browser.press("Connected apps").await;
        assert_eq!(browser.heading().await, "Connected apps");
        assert!(browser.text("main").await.contains("see your photos"));
        let disconnect = Locator::Css("button[name=disconnect]");
        browser.find(disconnect).await.click().await.unwrap();
        let done = browser.text("[role=status]").await;
        assert!(done.contains("Photo Printer is disconnected."), "{done}");
        let refused = app.refresh(tokens.refresh_token()).await;
        assert_eq!(refused.error(), "invalid_grant");

        browser.press("Security").await;
        browser.press("Change password").await;
        browser.fill("#current", PASSWORD).await;
        for field in ["#new", "#repeated"] {
            browser.fill(field, "quite another one").await;
        }
        browser.press("Change password").await;
        let done = browser.text("[role=status]").await;
        assert!(done.contains("Your password is changed."), "{done}");

        browser.press("Activity").await;
        let told = browser.text("main").await;
        assert!(told.contains("A new password was set"), "{told}");

        server.advance(601);
        browser.press("Your data").await;
        browser.press("Delete account").await;
        log_in(&browser, "quite another one").await;
        assert_eq!(browser.heading().await, "Delete your account?");
        browser.fill("#username", "ada").await;
        browser.press("Delete account").await;
        assert_eq!(browser.heading().await, "Your account is deleted");
        assert_eq!(server.database.count("users").await, 0);
        browser.close().await;
    }
}
