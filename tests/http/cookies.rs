//! Cookies, https, proxies: what a session hangs on, and whose word is believed about where a request comes from.

use reqwest::Method;

use super::support::requests::ask;
use super::support::server::PASSWORD;
use super::support::{Browser, Page, TestServer};
use crate::support::database::{TestDatabase as Database, on_both};

const SESSION: &str = "placet_session";

/// A server behind a proxy that speaks TLS.
async fn https(db: Database) -> TestServer {
    TestServer::start_with(db, |config| {
        config.issuer = "https://id.example".parse().unwrap();
        config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    })
    .await
}

fn set_cookies(page: &Page) -> Vec<String> {
    page.headers
        .get_all("set-cookie")
        .iter()
        .map(|line| line.to_str().unwrap().to_owned())
        .collect()
}

async fn log_in(browser: &mut Browser) -> Page {
    let page = browser.get("/login").await;
    let csrf = page.field("csrf");
    browser
        .post(
            "/login",
            &[("csrf", &csrf), ("username", "ada"), ("password", PASSWORD)],
        )
        .await
}

on_both! {
    // S173
    async fn cookies_are_bound_to_the_host_and_to_https(db: TestDatabase) {
        let server = https(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        browser.headers = vec![("x-forwarded-proto", "https".to_owned())];
        let login = browser.visit(&client.authorize_url(&[])).await;
        let mut lines = set_cookies(&login);
        let csrf = login.field("csrf");
        let answer = browser.post("/login", &[("csrf", &csrf), ("request", &login.field("request")), ("username", "ada"), ("password", PASSWORD)]).await;
        lines.extend(set_cookies(&answer));
        let mut names = Vec::new();
        for line in &lines {
            let (pair, attributes) = line.split_once("; ").unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            let attributes: Vec<&str> = attributes.split("; ").collect();
            assert!(name.starts_with("__Host-"), "{line}");
            for attribute in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
                assert!(attributes.contains(&attribute), "{attribute} is missing: {line}");
            }
            assert!(!attributes.iter().any(|attribute| attribute.starts_with("Domain")), "{line}");
            let lives_on = attributes.iter().any(|attribute| attribute.starts_with("Max-Age") || attribute.starts_with("Expires"));
            assert_eq!(lives_on, name == "__Host-placet_known", "{line}");
            assert!(line.len() < 4096 && value.len() >= 43, "{line}");
            assert!(!answer.location().unwrap().contains(value) && !login.body.contains(value), "{name} in a page or address");
            names.push(name.to_owned());
        }
        assert_eq!(names, ["__Host-placet_browser", "__Host-placet_session", "__Host-placet_known"]);
        // And they work: the turn goes on over them. A cookie without the prefix is another site's.
        let consent = browser.follow(answer).await;
        assert_eq!(consent.heading_kind(), "consent");
        let session = browser.cookies.remove("__Host-placet_session").unwrap();
        browser.cookies.insert(SESSION.to_owned(), session);
        assert_eq!(browser.get("/account").await.location().as_deref(), Some("/login"));
    }

    // S173: where the issuer is http, which is a loopback one
    async fn on_loopback_they_are_plain(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let mut browser = Browser::new(&server.url);
        let answer = log_in(&mut browser).await;
        let lines = set_cookies(&answer);
        assert_eq!(lines.len(), 2, "{lines:?}");
        for line in lines {
            assert!(line.contains("; HttpOnly") && line.contains("; SameSite=Lax") && line.contains("; Path=/"), "{line}");
            assert!(!line.contains("Secure") && !line.starts_with("__Host-"), "a browser would not keep it: {line}");
        }
        assert!(!answer.headers.contains_key("strict-transport-security"));
    }

    // S174
    async fn https_stays_https(db: TestDatabase) {
        let server = https(db).await;
        let client = server.web_client().await;
        let proto = |value| [("x-forwarded-proto", value)];
        let form = ("content-type", "application/x-www-form-urlencoded");
        for path in ["/", "/login", "/nowhere", "/token", "/.well-known/openid-configuration", "/static/style.css", "/health/live", "/metrics"] {
            for (headers, is_safe) in [
                (&[][..], true), (&proto("https"), true), (&proto("HTTPS"), true), (&proto("https, http"), true), (&proto("http"), false),
                (&proto("HTTP"), false), (&proto("http, https"), false), (&proto("http,http"), false), (&proto(" http"), false),
                (&proto("ws"), false), (&proto("x"), false), (&proto(""), false),
            ] {
                let page = ask(&server, Method::GET, path, headers, "").await;
                let age: u64 = page.header("strict-transport-security").strip_prefix("max-age=").unwrap().parse().unwrap();
                assert!(age >= 31_536_000, "{path}");
                let is_refused = page.status == 403 && page.body.contains("This connection is not safe");
                assert_eq!(is_refused, !is_safe && path != "/health/live", "{path} {headers:?}: {}", page.status);
                assert!(!is_refused || (set_cookies(&page).is_empty() && page.location().is_none()));
            }
        }
        let plain = [("x-forwarded-proto", "http"), form];
        let token = ask(&server, Method::POST, "/token", &plain, "grant_type=client_credentials").await;
        assert_eq!(token.status, 403);
        let page = ask(&server, Method::GET, &client.authorize_url(&[]), &plain, "").await;
        assert_eq!((page.status.as_u16(), page.location()), (403, None));
        assert!(page.body.contains("href=\"https://id.example\""), "the way on");
    }

    // S61: nobody asked for that proxy's word
    async fn headers_of_strangers_are_not_believed(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| {
            config.issuer = "https://id.example".parse().unwrap();
            config.trusted_proxies = vec!["10.0.0.0/8".parse().unwrap()];
            config.sign_in.attempts_per_account = 3;
        }).await;
        server.add_user("ada").await;
        let page = ask(&server, Method::GET, "/login", &[("x-forwarded-proto", "http")], "").await;
        assert_eq!(page.status, 200);
        // Another address in every request: one counter all the same.
        for n in 0..4 {
            let mut browser = Browser::new(&server.url);
            browser.headers = vec![
                ("x-forwarded-for", format!("203.0.113.{n}")), ("forwarded", format!("for=203.0.113.{n};host=evil.example;proto=http")),
                ("x-real-ip", format!("203.0.113.{n}")), ("cf-connecting-ip", format!("203.0.113.{n}")),
                ("x-forwarded-host", "evil.example".to_owned()), ("host", "evil.example".to_owned()),
            ];
            let page = browser.get("/login").await;
            assert!(!page.body.contains("evil.example"));
            let csrf = page.field("csrf");
            let page = browser.post("/login", &[("csrf", &csrf), ("username", "ada"), ("password", "wrong")]).await;
            assert_eq!(page.status, if n < 3 { 200 } else { 429 }, "{n}");
        }
        let addresses = server.database.texts("SELECT DISTINCT address FROM audit_events WHERE address IS NOT NULL".to_owned()).await;
        assert_eq!(addresses, ["127.0.0.1"]);
    }

    // S61: of a chain, only what a trusted proxy added
    async fn the_nearest_stranger_is_where_a_request_comes_from(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| {
            config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap(), "10.0.0.0/8".parse().unwrap(), "fd00::/8".parse().unwrap()];
            config.sign_in.attempts_per_account = 1000;
            config.sign_in.attempts_per_address = 1000;
            config.sign_in.attempts_per_account_everywhere = 1000;
        }).await;
        server.add_user("ada").await;
        let cases: [(&[&str], &str); 13] = [
            (&["203.0.113.1"], "203.0.113.1"),
            (&["198.51.100.9, 203.0.113.2"], "203.0.113.2"),
            (&["198.51.100.9", "203.0.113.3"], "203.0.113.3"),
            (&["198.51.100.9, 203.0.113.4, 10.1.2.3, 10.0.0.1"], "203.0.113.4"),
            (&["198.51.100.9, garbage, 10.1.2.3"], "10.1.2.3"),
            (&["198.51.100.9, \u{fc}", "10.1.2.4"], "10.1.2.4"),
            (&["198.51.100.9, garbage"], "127.0.0.1"),
            (&[""], "127.0.0.1"),
            (&["2001:db8::1, fd00::1"], "2001:db8::1"),
            (&["::ffff:203.0.113.5"], "203.0.113.5"),
            (&["203.0.113.6:4711"], "203.0.113.6"),
            (&["[2001:db8::2]:4711"], "2001:db8::2"),
            (&["127.0.0.1"], "127.0.0.1"),
        ];
        for (lines, expected) in cases {
            let mut browser = Browser::new(&server.url);
            browser.headers = lines.iter().map(|line| ("x-forwarded-for", (*line).to_owned())).collect();
            log_in(&mut browser).await;
            let sql = "SELECT address FROM audit_events WHERE address IS NOT NULL ORDER BY id DESC LIMIT 1";
            assert_eq!(server.database.texts(sql.to_owned()).await, [expected], "{lines:?}");
            server.advance(1);
        }
    }

    // S40
    async fn a_session_has_a_new_name_after_every_sign_in(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        let planted = format!("placet_s_{}", "A".repeat(43));
        browser.cookies.insert(SESSION.to_owned(), planted.clone());
        log_in(&mut browser).await;
        let first = browser.cookies[SESSION].clone();
        assert_ne!(first, planted);
        assert!(first.starts_with("placet_s_") && first.len() >= 52, "256 bits: {first}");
        server.advance(5);
        let page = browser.visit(&client.authorize_url(&[("prompt", "login")])).await;
        browser.log_in(&page, "ada").await;
        let second = browser.cookies[SESSION].clone();
        assert_ne!(second, first);
        for dead in [&planted, &first] {
            let mut old = Browser::new(&server.url);
            old.cookies.insert(SESSION.to_owned(), dead.clone());
            assert_eq!(old.get("/account").await.location().as_deref(), Some("/login"), "{dead}");
        }
        assert_eq!(browser.get("/account").await.status, 200);
        // Of two cookies of the same name one was planted: neither is believed.
        let both = format!("{SESSION}={second}; {SESSION}={planted}");
        let page = ask(&server, Method::GET, "/account", &[("cookie", &both)], "").await;
        assert_eq!(page.location().as_deref(), Some("/login"));
        for value in ["", "placet_s_", "x", &second[9..], &second[..second.len() - 1], &second.to_uppercase()] {
            let page = ask(&server, Method::GET, "/account", &[("cookie", &format!("{SESSION}={value}"))], "").await;
            assert_eq!(page.location().as_deref(), Some("/login"), "{value}");
        }
    }

    // Idle and absolute lifetime
    async fn a_session_ends_by_itself(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let mut browser = Browser::new(&server.url);
        log_in(&mut browser).await;
        let hours = |n: u64| n * 60 * 60;
        server.advance(hours(12) - 1);
        assert_eq!(browser.get("/account").await.status, 200);
        server.advance(hours(12));
        assert_eq!(browser.get("/account").await.status, 303, "idle for twelve hours");
        log_in(&mut browser).await;
        let mut used_for = 0;
        while browser.get("/account").await.status == 200 {
            server.advance(hours(11));
            used_for += 11;
            assert!(used_for <= 14 * 24 + 11, "in use for {used_for} hours");
        }
        assert!(used_for >= 14 * 24, "ended after {used_for} hours");
    }
}
