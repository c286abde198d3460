//! Other origins: browser apps of registered origins may read what the token endpoint says, and nobody else.

use placet::admin::clients;
use reqwest::Method;

use super::support::client::VERIFIER;
use super::support::requests::{ask, encode, new_client, new_public_client};
use super::support::{Browser, Page, TestServer};
use crate::support::database::on_both;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

fn cors_headers(page: &Page) -> Vec<String> {
    let names = page.headers.keys().map(ToString::to_string);
    names
        .filter(|name| name.starts_with("access-control-"))
        .collect()
}

async fn preflight(server: &TestServer, path: &str, origin: &str) -> Page {
    let headers = [
        ("origin", origin),
        ("access-control-request-method", "POST"),
        (
            "access-control-request-headers",
            "x-requested-with,authorization",
        ),
    ];
    ask(server, Method::OPTIONS, path, &headers, "").await
}

on_both! {
    // S175 S127
    async fn a_registered_origin_may_redeem_its_code(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.public_client().await;
        let origin = "https://spa.example";
        let asked = preflight(&server, "/token", origin).await;
        assert_eq!(asked.status, 204);
        assert_eq!(asked.header("access-control-allow-origin"), origin);
        assert_eq!(asked.header("access-control-allow-methods"), "POST");
        for name in ["authorization", "content-type", "x-requested-with"] {
            assert!(asked.header("access-control-allow-headers").split(", ").any(|allowed| allowed == name), "{name}");
        }
        assert_eq!(asked.header("vary"), "Origin");
        let page = client.sign_in(&mut Browser::new(&server.url), "ada", &[]).await;
        let code = page.returned("code").unwrap();
        let body = encode(&[
            ("grant_type", "authorization_code"), ("code", &code), ("client_id", &client.id),
            ("redirect_uri", "https://spa.example/callback"), ("code_verifier", VERIFIER),
        ]);
        for status in [200, 400] {
            let answer = ask(&server, Method::POST, "/token", &[FORM, ("origin", origin)], &body).await;
            assert_eq!(answer.status, status, "the error can be read too: {}", answer.body);
            assert_eq!(answer.header("access-control-allow-origin"), origin);
            assert_eq!(answer.header("vary"), "Origin");
            assert!(!answer.headers.contains_key("access-control-allow-credentials"));
        }
    }

    // S175
    async fn look_alikes_and_null_may_not(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = server.public_client().await;
        server.add_client(new_public_client("App", &["com.example.app:/cb", "http://127.0.0.1/cb", "http://localhost:3000/cb"])).await;
        let body = encode(&[("grant_type", "authorization_code"), ("code", "x"), ("client_id", &client.id)]);
        for origin in [
            "null", "https://evil.example", "http://spa.example", "https://spa.example.evil.example", "https://evilspa.example",
            "https://spaxexample", "https://spa.example:8443", "https://spa.example/", "https://spa.example/callback", "HTTPS://spa.example",
            "https://SPA.example", "https://sub.spa.example", "https://spa.example.", "*", "https://spa.example https://evil.example",
            "com.example.app:", "com.example.app://", "file://", "https://spa.example,https://evil.example", "http://localhost", "http://localhost:3001",
            "'; DROP TABLE clients; --", "https://xn--sp-tia.example",
        ] {
            for page in [
                preflight(&server, "/token", origin).await,
                ask(&server, Method::POST, "/token", &[FORM, ("origin", origin)], &body).await,
            ] {
                assert_eq!(cors_headers(&page), Vec::<String>::new(), "{origin}");
                assert_eq!(page.header("vary"), "Origin", "{origin}");
            }
        }
        assert_eq!(preflight(&server, "/token", "http://localhost:3000").await.header("access-control-allow-origin"), "http://localhost:3000");
        let without = ask(&server, Method::POST, "/token", &[FORM], &body).await;
        assert_eq!(cors_headers(&without), Vec::<String>::new());
    }

    // S175: the client goes, and its origin with it
    async fn an_origin_lasts_as_long_as_its_client(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let origin = "https://spa.example";
        assert_eq!(cors_headers(&preflight(&server, "/token", origin).await), Vec::<String>::new(), "not yet");
        let client = server.public_client().await;
        assert_eq!(preflight(&server, "/token", origin).await.header("access-control-allow-origin"), origin);
        clients::disable(&server.app, &TestServer::by(), &client.id).await.unwrap();
        assert_eq!(cors_headers(&preflight(&server, "/token", origin).await), Vec::<String>::new(), "disabled");
        clients::enable(&server.app, &TestServer::by(), &client.id).await.unwrap();
        assert_eq!(preflight(&server, "/token", origin).await.header("access-control-allow-origin"), origin);
        let fields = new_client("x", &["https://other.example/cb"]).fields;
        clients::change(&server.app, &TestServer::by(), &client.id, fields).await.unwrap();
        assert_eq!(cors_headers(&preflight(&server, "/token", origin).await), Vec::<String>::new(), "moved away");
        assert_eq!(preflight(&server, "/token", "https://other.example").await.header("access-control-allow-origin"), "https://other.example");
        clients::remove(&server.app, &TestServer::by(), &client.id).await.unwrap();
        assert_eq!(cors_headers(&preflight(&server, "/token", "https://other.example").await), Vec::<String>::new(), "removed");
    }

    // S31 S175
    async fn pages_are_for_no_other_origin(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = server.public_client().await;
        for path in ["/authorize", "/authorize/continue", "/login", "/login/verify", "/login/enrol", "/logout", "/consent", "/choose-account", "/setup", "/account", "/account/sign-out", "/", "/metrics", "/nowhere"] {
            for method in [Method::GET, Method::POST, Method::OPTIONS] {
                let headers = [FORM, ("origin", "https://spa.example"), ("access-control-request-method", "POST")];
                let page = ask(&server, method.clone(), path, &headers, "").await;
                assert_eq!(cors_headers(&page), Vec::<String>::new(), "{method} {path}");
            }
        }
        let page = ask(&server, Method::GET, &client.authorize_url(&[]), &[("origin", "https://spa.example")], "").await;
        assert_eq!((page.status.as_u16(), cors_headers(&page)), (303, Vec::new()));
    }

    // Public documents, for everyone and without credentials
    async fn documents_are_for_every_origin(db: TestDatabase) {
        let server = TestServer::start(db).await;
        for path in ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server", "/.well-known/jwks.json"] {
            for origin in ["https://anyone.example", "null"] {
                let page = ask(&server, Method::GET, path, &[("origin", origin)], "").await;
                assert_eq!((page.status.as_u16(), page.header("access-control-allow-origin")), (200, "*"), "{path}");
                assert!(!page.headers.contains_key("access-control-allow-credentials"));
                let page = preflight(&server, path, origin).await;
                assert_eq!((page.status.as_u16(), page.header("access-control-allow-origin")), (204, "*"), "{path}");
                assert!(page.header("access-control-allow-methods").contains("GET"));
            }
        }
    }
}
