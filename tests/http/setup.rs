//! `/setup`: the first administrator, once.

use super::support::requests::altered;
use super::support::server::PASSWORD;
use super::support::{Browser, Page, TestServer};
use crate::support::database::on_both;

async fn link(server: &TestServer) -> String {
    format!("/setup?token={}", server.app.setup_token().await.unwrap())
}

async fn administrators(server: &TestServer) -> Vec<String> {
    server
        .database
        .texts("SELECT username FROM users WHERE is_admin".to_owned())
        .await
}

async fn fill_in(browser: &mut Browser, page: &Page, username: &str) -> Page {
    browser
        .submit(
            page,
            &[
                ("username", username),
                ("password", PASSWORD),
                ("email", &format!("{username}@mail.example")),
            ],
        )
        .await
}

on_both! {
    async fn it_makes_the_first_administrator_once(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut browser = Browser::new(&server.url);
        assert!(browser.get("/").await.text().contains("There is no administrator yet."));
        let page = browser.get(&link(&server).await).await;
        assert_eq!((page.status.as_u16(), page.heading_kind().as_str()), (200, "setup"));
        let done = fill_in(&mut browser, &page, "ada").await;
        assert_eq!(done.status, 200);
        assert!(done.text().contains("ada is now its administrator"), "{}", done.text());
        assert!(!done.body.contains(PASSWORD));
        let discovery = format!("{}/.well-known/openid-configuration", server.app.issuer());
        assert!(done.text().contains(&discovery), "to be copied into an app: {}", done.text());
        let login = browser.get("/login").await;
        browser.log_in(&login, "ada").await;
        assert!(browser.get("/account").await.text().contains("Roles admin"));
        for again in [fill_in(&mut browser, &page, "eve").await, browser.get(&link(&server).await).await, browser.get("/setup").await] {
            assert_eq!(again.status, 404);
            assert!(again.text().contains("This is set up already"), "{}", again.text());
        }
        assert_eq!(administrators(&server).await, ["ada"]);
        assert!(!browser.get("/").await.text().contains("There is no administrator yet."));
    }

    async fn the_link_of_the_banner_is_needed(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let token = server.app.setup_token().await.unwrap();
        assert!(token.len() >= 22, "128 bits at least: {token}");
        let mut browser = Browser::new(&server.url);
        let page = browser.get(&link(&server).await).await;
        let (short, long) = (token[..token.len() - 1].to_owned(), format!("{token}A"));
        for wrong in ["", "x", short.as_str(), &long, &token.to_lowercase(), &altered(&token)] {
            let get = browser.get(&format!("/setup?token={wrong}")).await;
            assert_eq!((get.status.as_u16(), get.heading_kind().as_str()), (403, ""), "{wrong}");
            let post = browser.submit(&page, &[("token", wrong), ("username", "eve"), ("password", PASSWORD)]).await;
            assert_eq!(post.status, 403, "{wrong}");
            assert!(!post.body.contains(&token));
        }
        assert_eq!(browser.get("/setup").await.status, 403);
        let twice = browser.get(&format!("/setup?token={token}&token={token}")).await;
        assert_eq!(twice.status, 403);
        // The link alone does not do: the form has to be the browser's own, and posted from here.
        let mut other = Browser::new(&server.url);
        for csrf in ["", "x"] {
            let post = browser.submit(&page, &[("csrf", csrf), ("username", "eve"), ("password", PASSWORD)]).await;
            assert_eq!(post.status, 422);
            let post = other.submit(&page, &[("username", "eve"), ("password", PASSWORD)]).await;
            assert_eq!(post.status, 422, "another browser's form");
            other.headers = vec![("sec-fetch-site", "cross-site".to_owned())];
        }
        assert_eq!(administrators(&server).await, Vec::<String>::new());
        assert_eq!(server.database.count("users").await, 0);
    }

    async fn what_is_wrong_is_said_beside_the_field(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("taken").await;
        let mut browser = Browser::new(&server.url);
        let page = browser.get(&link(&server).await).await;
        for (fields, field) in [
            ([("username", ""), ("password", PASSWORD), ("email", "")], "username"),
            ([("username", "a@b"), ("password", PASSWORD), ("email", "")], "username"),
            ([("username", "a\u{202e}b"), ("password", PASSWORD), ("email", "")], "username"),
            ([("username", "ada"), ("password", ""), ("email", "")], "password"),
            ([("username", "ada"), ("password", "short"), ("email", "")], "password"),
            ([("username", "ada"), ("password", PASSWORD), ("email", "x")], "email"),
        ] {
            let answer = browser.submit(&page, &fields).await;
            assert_eq!((answer.status.as_u16(), answer.heading_kind().as_str()), (422, "setup"), "{fields:?}");
            assert!(answer.body.contains(&format!("id=\"{field}-problem\"")), "{fields:?}: {}", answer.text());
            assert!(!answer.body.contains(PASSWORD), "a password never comes back");
        }
        let answer = fill_in(&mut browser, &page, "Taken").await;
        assert_eq!((answer.status.as_u16(), administrators(&server).await.len()), (422, 0));
        assert!(fill_in(&mut browser, &page, "ada").await.text().contains("ada is now its administrator"));
    }

    // C
    async fn of_eight_at_once_one_wins(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let other = server.second_node(|config| config.issuer = server.app.config.issuer.clone()).await;
        let mut open = Vec::new();
        for node in [&server, &other].into_iter().cycle().take(8) {
            let mut browser = Browser::new(&node.url);
            let page = browser.get(&link(&server).await).await;
            open.push((browser, page));
        }
        let mut tasks = tokio::task::JoinSet::new();
        for (n, (mut browser, page)) in open.into_iter().enumerate() {
            tasks.spawn(async move { fill_in(&mut browser, &page, &format!("user{n}")).await });
        }
        let answers = tasks.join_all().await;
        let statuses: Vec<u16> = answers.iter().map(|answer| answer.status.as_u16()).collect();
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        // Set up already; or, in the very moment, no longer the link.
        assert_eq!(statuses.iter().filter(|status| [403, 404].contains(*status)).count(), 7, "{statuses:?}");
        assert_eq!(administrators(&server).await.len(), 1);
        assert_eq!(server.database.count("users").await, 1, "the others left nothing behind");
    }
}
