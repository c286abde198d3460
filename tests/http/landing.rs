//! What people and their password managers find by the host alone: the root, and the well-known address for changing the password.

use reqwest::Method;

use super::support::requests::ask;
use super::support::{Browser, TestServer};
use crate::support::database::on_both;

const CHANGE: &str = "/.well-known/change-password";

on_both! {
    async fn the_root_leads_whoever_is_signed_in_to_their_account(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let mut browser = Browser::new(&server.url);
        let home = browser.get("/").await;
        assert_eq!(home.status, 200);
        assert!(home.body.contains(&server.url), "the issuer, for developers: {}", home.text());
        let login = browser.get("/login").await;
        browser.log_in(&login, "ada").await;
        let home = browser.get("/").await;
        assert_eq!((home.status.as_u16(), home.location().as_deref()), (303, Some("/account")));
        assert_eq!(home.header("cache-control"), "no-store");
        // Whoever's session has ended sees the page again, not a way to nowhere.
        server.database.execute("DELETE FROM sessions").await;
        assert_eq!(browser.get("/").await.status, 200);
    }

    // W3C, A Well-Known URL for Changing Passwords
    async fn a_password_manager_finds_the_password(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        for method in [Method::GET, Method::HEAD] {
            let page = ask(&server, method.clone(), CHANGE, &[], "").await;
            assert_eq!((page.status.as_u16(), page.location().as_deref()), (303, Some("/account/password")), "{method}");
        }
        assert_eq!(ask(&server, Method::POST, CHANGE, &[], "").await.status, 405);
        // By this they know that a status can be believed.
        let nothing = "/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200";
        assert_eq!(ask(&server, Method::GET, nothing, &[], "").await.status, 404);
        let mut browser = Browser::new(&server.url);
        let login = browser.visit(CHANGE).await;
        assert_eq!(login.url.path(), "/login", "{}", login.text());
        let page = browser.log_in(&login, "ada").await;
        assert_eq!(page.url.path(), "/account/password");
        assert!(page.text().contains("Current password"), "{}", page.text());
    }

    // RFC 8615 §3: it is the host's, so it stays at the root.
    async fn so_it_does_where_the_issuer_has_a_path(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| {
            config.issuer = format!("{}/auth/one", config.issuer.as_str()).parse().unwrap();
        }).await;
        server.add_user("ada").await;
        let page = ask(&server, Method::GET, CHANGE, &[], "").await;
        assert_eq!((page.status.as_u16(), page.location().as_deref()), (303, Some("/auth/one/account/password")));
        let mut browser = Browser::new(&server.url);
        let login = browser.get("/auth/one/login").await;
        browser.log_in(&login, "ada").await;
        for root in ["/auth/one", "/auth/one/"] {
            assert_eq!(browser.get(root).await.location().as_deref(), Some("/auth/one/account"), "{root}");
        }
    }
}
