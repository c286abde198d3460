//! The language of a page: as the client asks, as the person chose, as the browser says.

use placet::model::language::Language;

use super::second_factor::password_typed;
use super::support::authenticator::Authenticator;
use super::support::{Browser, Page, TestServer};
use crate::support::database::on_both;

/// `lang` and `dir` of a page.
fn language(page: &Page) -> (String, String) {
    let html = page
        .body
        .split("<html ")
        .nth(1)
        .unwrap_or_else(|| panic!("no page: {:?}", page.location()));
    let attribute = |name: &str| {
        let rest = html.split(&format!("{name}=\"")).nth(1).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    (attribute("lang"), attribute("dir"))
}

#[track_caller]
fn assert_in(page: &Page, lang: &str, case: &str) {
    let dir = if lang == "ar" { "rtl" } else { "ltr" };
    assert_eq!(language(page), (lang.to_owned(), dir.to_owned()), "{case}");
}

on_both! {
    // OIDC Core §3.1.2.1, RFC 9110 §12.5.4
    async fn pages_are_in_the_language_that_is_asked_for(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        assert_in(&browser.visit("/login").await, "en", "nobody says anything");
        browser.headers = vec![("accept-language", "tlh, de-AT;q=0.5, fr;q=0.9".to_owned())];
        assert_in(&browser.visit("/login").await, "fr", "the browser");
        assert_in(&browser.visit("/authorize?client_id=nobody").await, "fr", "an error page");
        assert_in(&browser.visit("/nowhere").await, "fr", "no page");
        assert_in(&browser.visit("/logout").await, "fr", "signed out");
        assert_in(&browser.visit("/logout?ui_locales=tlh+de").await, "de", "RP-Initiated Logout §2");
        assert_in(&browser.visit("/logout?ui_locales=ja&client_id=nobody").await, "ja", "one that is refused");
        browser.headers = vec![("accept-language", "de;q=0, en;q=0.1, *!*, fr;q=0.4".to_owned())];
        assert_in(&browser.visit("/login").await, "fr", "one that is not wanted, and one that is none");
        browser.headers = vec![("accept-language", "tlh, de-AT;q=0.5, fr;q=0.9".to_owned())];
        let asked = client.authorize_url(&[("ui_locales", "tlh ar de")]);
        let page = browser.visit(&asked).await;
        assert_in(&page, "ar", "the client");
        let page = browser.submit(&page, &[("username", "ada"), ("password", "wrong")]).await;
        assert_in(&page, "ar", "and on the next page");
        // A tag is taken whole or not at all, and so many of them.
        let long = format!("{} frr", "x".repeat(96));
        for (asked, expected) in [
            (format!("{long} de"), "de"), (format!("{} frr pl", "tlh-x-aaaaaaaa ".repeat(6).trim()), "pl"), ("tlh  ja ".to_owned(), "ja"),
            (format!("{}pt", "tlh-AQ ".repeat(19)), "pt"), (format!("{}pt", "tlh-AQ ".repeat(20)), "fr"), (long, "fr"),
        ] {
            let page = browser.visit(&client.authorize_url(&[("ui_locales", &asked)])).await;
            assert_in(&page, expected, &asked);
        }
        let unknown = browser.visit(&client.authorize_url(&[("ui_locales", "tlh")])).await;
        assert_in(&unknown, "fr", "a language that there is not");
    }

    async fn whoever_asks_for_none_of_ours_gets_the_installations(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| config.language = Language::Polish).await;
        let mut browser = Browser::new(&server.url);
        for (accepts, lang) in [("", "pl"), ("tlh", "pl"), ("tlh, fr;q=0.1", "fr")] {
            browser.headers = vec![("accept-language", accepts.to_owned())];
            assert_in(&browser.visit("/login").await, lang, accepts);
        }
    }

    async fn what_the_person_chose_goes_before_the_browser(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        server.database.execute("UPDATE users SET locale = 'ar'").await;
        Authenticator::set_up(&server, "ada").await;
        let mut browser = Browser::new(&server.url);
        browser.headers = vec![("accept-language", "de".to_owned())];
        let page = password_typed(&mut browser, "/login", "ada").await;
        assert_eq!(page.heading_kind(), "verify");
        assert_in(&page, "ar", "the person is known by now");
        let page = password_typed(&mut browser, &client.authorize_url(&[("ui_locales", "fr")]), "ada").await;
        assert_in(&page, "fr", "the client goes before them");
    }

    async fn the_console_is_in_english(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let roles = vec!["admin".to_owned()];
        server.add_user_with(placet::admin::users::NewUser { username: "root".to_owned(), roles, ..<_>::default() }).await;
        let mut browser = Browser::new(&server.url);
        browser.headers = vec![("accept-language", "ar".to_owned())];
        let page = password_typed(&mut browser, "/login?return_to=/admin", "root").await;
        assert_in(&page, "en", "the console");
        assert_in(&browser.visit("/admin/clients/nobody").await, "en", "and what it cannot find");
    }
}
