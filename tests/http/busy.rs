//! While another process is in the middle of something long: whoever waits is told so, nothing half done is left, and afterwards the same works.

use sqlx::{Connection as _, PgConnection, SqliteConnection, query};

use super::support::{Browser, TestServer};
use crate::support::database::{Kind, TestDatabase, on_both};

/// Another process in the middle of a transaction that lets nobody change grants.
enum Holder {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Holder {
    async fn of(db: &TestDatabase) -> Self {
        match db.kind {
            Kind::Sqlite => {
                let mut connection = SqliteConnection::connect(&db.url).await.unwrap();
                query("BEGIN IMMEDIATE")
                    .execute(&mut connection)
                    .await
                    .unwrap();
                Self::Sqlite(connection)
            }
            Kind::Postgres => {
                let mut connection = PgConnection::connect(&db.url).await.unwrap();
                for sql in ["BEGIN", "LOCK TABLE grants IN EXCLUSIVE MODE"] {
                    query(sql).execute(&mut connection).await.unwrap();
                }
                Self::Postgres(connection)
            }
        }
    }

    async fn end(self) {
        match self {
            Self::Sqlite(connection) => connection.close().await.unwrap(),
            Self::Postgres(connection) => connection.close().await.unwrap(),
        }
    }
}

on_both! {
    async fn a_busy_database_is_said_and_costs_nobody_their_token(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let offline = [("scope", "openid offline_access"), ("prompt", "consent")];
        let tokens = client.tokens("ada", &offline).await;
        let code = client.code("ada", &[]).await;
        let holder = Holder::of(&server.database).await;
        let (refused, redeemed) = tokio::join!(client.refresh(tokens.refresh_token()), client.redeem(&code));
        for answer in [refused, redeemed] {
            assert_eq!((answer.status.as_u16(), answer.error()), (503, "server_error"), "{}", answer.json);
            assert!(answer.headers.contains_key("retry-after"), "{:?}", answer.headers);
            let page = answer.json.to_string();
            assert!(!page.contains("lock") && !page.contains("SQL"), "nothing of the database's own words: {page}");
        }
        let keys = reqwest::get(format!("{}/.well-known/jwks.json", server.url)).await;
        assert_eq!(keys.unwrap().status(), 200);
        holder.end().await;
        let refreshed = client.refresh(tokens.refresh_token()).await;
        assert_eq!(refreshed.status, 200, "{}", refreshed.json);
        let redeemed = client.redeem(&code).await;
        assert_eq!(redeemed.status, 200, "{}", redeemed.json);
    }

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
