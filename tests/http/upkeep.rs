//! What the server sees to by itself: old password hashes, what has expired.

use super::support::{Browser, TestServer};
use crate::support::database::on_both;

on_both! {
    async fn an_old_hash_is_upgraded_at_sign_in(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let hash = async || {
            let user = server.app.store.find_user_by_name("ada").await.unwrap().unwrap();
            user.password_hash.unwrap().as_phc().to_owned()
        };
        assert!(hash().await.contains("t=1,"), "{}", hash().await);
        let stronger = server.second_node(|config| config.password_hash.iterations = 2).await;
        let mut browser = Browser::new(&stronger.url);
        let page = browser.visit("/login").await;
        assert_eq!(browser.log_in(&page, "ada").await.url.path(), "/account");
        let upgraded = hash().await;
        assert!(upgraded.contains("t=2,"), "{upgraded}");
        let page = Browser::new(&stronger.url).visit("/login").await;
        assert_eq!(Browser::new(&stronger.url).submit(&page, &[("username", "ada"), ("password", "x")]).await.status, 403);
        let mut again = Browser::new(&stronger.url);
        let page = again.visit("/login").await;
        assert_eq!(again.log_in(&page, "ada").await.url.path(), "/account");
        assert_eq!(hash().await, upgraded, "once is enough");
    }

    async fn what_has_expired_is_swept(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        client.tokens("ada", &[("scope", "openid offline_access")]).await;
        client.code("ada", &[]).await;
        let mut browser = Browser::new(&server.url);
        let page = browser.visit("/login").await;
        browser.submit(&page, &[("username", "ada"), ("password", "wrong")]).await;
        for table in ["codes", "grants", "sessions", "sign_in_throttles"] {
            assert!(server.database.count(table).await > 0, "{table}");
        }
        placet::jobs::sweep_once(&server.app, 500).await;
        assert!(server.database.count("grants").await > 0, "what lives stays");
        server.advance(366 * 24 * 60 * 60);
        while placet::jobs::sweep_once(&server.app, 2).await {}
        for table in ["codes", "grants", "sessions", "sign_in_throttles"] {
            assert_eq!(server.database.count(table).await, 0, "{table}");
        }
        // What says that they went.
        assert_eq!(server.database.count("audit_events").await, 1);
        assert_eq!(server.count_events("audit_swept").await, 1);
        assert_eq!(server.database.count("users").await, 1);
        assert_eq!(server.database.count("consents").await, 1);
    }
}
