//! While the database is busy with others: who is told to come again, and by which road.

use sqlx::{Connection as _, PgConnection, query};

use super::support::{Browser, TestServer};
use crate::support::database::{Kind, on_both};

on_both! {
    // RFC 6749 §4.1.2.1: the client hears of it, where the way back to it is known.
    async fn a_client_is_told_to_come_again(db: TestDatabase) {
        if db.kind == Kind::Sqlite {
            // Who reads there waits for nobody.
            return;
        }
        let impatient = "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET lock_timeout = ''200ms''', current_database()); END $$";
        db.execute(impatient).await;
        let url = db.url.clone();
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let (client, other) = (server.web_client().await, server.web_client().await);
        let mut browser = Browser::new(&server.url);
        let page = client.sign_in(&mut browser, "ada", &[]).await;
        assert!(page.returned("code").is_some(), "{}", page.text());
        let mut busy = PgConnection::connect(&url).await.unwrap();
        for statement in ["BEGIN", "LOCK TABLE sessions, clients IN ACCESS EXCLUSIVE MODE"] {
            query(statement).execute(&mut busy).await.unwrap();
        }
        for more in [&[][..], &[("prompt", "none")]] {
            let page = browser.visit(&client.authorize_url(more)).await;
            assert_eq!(page.returned("error").as_deref(), Some("temporarily_unavailable"), "{}", page.text());
            assert_eq!(page.returned("iss").as_deref(), Some(server.url.as_str()));
        }
        // Nobody knows yet where that one may be answered.
        let page = browser.visit(&other.authorize_url(&[])).await;
        assert!(page.status == 503 && page.header("retry-after") == "2", "{}: {}", page.status, page.text());
        query("ROLLBACK").execute(&mut busy).await.unwrap();
        let page = browser.visit(&client.authorize_url(&[("prompt", "none")])).await;
        assert!(page.returned("code").is_some(), "{}", page.text());
    }
}
