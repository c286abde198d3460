//! Redirect URIs: what may be registered, and that nothing else is ever followed.

use placet::admin::clients;
use reqwest::Method;

use super::support::client::VERIFIER;
use super::support::requests::{ask, assert_shown, encode, new_client, new_public_client};
use super::support::{Browser, Client, TestServer};
use crate::support::database::on_both;

/// Whether the request is accepted with this redirect URI; where not, that it ends on a page of ours by every road.
async fn is_accepted(server: &TestServer, client: &Client, uri: &str) -> bool {
    let url = client.authorize_url(&[("redirect_uri", uri)]);
    let page = ask(server, Method::GET, &url, &[], "").await;
    if page.status == 303 {
        assert!(
            page.location().unwrap().starts_with("/login?request="),
            "{uri:?}: {:?}",
            page.location()
        );
        return true;
    }
    assert_shown(&page, uri);
    // S2: whatever else is wrong with the request
    let faults = [
        ("prompt", "none"),
        ("scope", "unknown"),
        ("response_type", "foo"),
        ("response_mode", "form_post"),
        ("response_mode", "fragment"),
        ("code_challenge", ""),
        ("state", "x"),
        ("resource", "/"),
        ("request", "x"),
    ];
    for fault in faults {
        let url = client.authorize_url(&[("redirect_uri", uri), fault]);
        assert_shown(
            &ask(server, Method::GET, &url, &[], "").await,
            &format!("{uri:?} {fault:?}"),
        );
    }
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let page = ask(
        server,
        Method::POST,
        "/authorize",
        &form,
        url.split_once('?').unwrap().1,
    )
    .await;
    assert_shown(&page, uri);
    false
}

on_both! {
    // S2 S4 S5 S6 S8
    async fn nothing_but_the_registered_uri(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = server.add_client(new_client("App", &["https://good.example/cb"])).await;
        assert!(is_accepted(&server, &client, "https://good.example/cb").await);
        for uri in [
            // S2
            "https://evil.example/cb", "/cb", "cb", "//good.example/cb", "null", "*", "https://good.example",
            // S3, at a URI without a query
            "https://good.example/cb?x=1", "https://good.example/cb?", "https://good.example/cb&x=1",
            // S4
            "https://good.example/cb#x", "https://good.example/cb#", "https://good.example/cb;a=b", "https://good.example/cb/",
            "https://good.example/cb/.", "https://good.example/cb/..", "https://good.example/cb//", "https://good.example//cb",
            "https://good.example/cb/%2e%2e", "https://good.example/cb%252f", "https://good.example/cb/..;/",
            "https://good.example/cb..%2F", "https://good.example/./cb", "https://good.example/x/../cb",
            "https://good.example/%63b", "https://good.example\\cb", " https://good.example/cb", "https://good.example/cb ",
            "https://good.example/cb\t", "https://good.example/cb\n", "https://good.example/cb\0", "https://good.example/cb%00",
            "https://good.example/cb\r\nLocation: https://evil.example/", "https://good.example/cbx", "https://good.example/c",
            // S5
            "https://good.example@evil.example/cb", "https://evil.example\\@good.example/cb", "https://user:pw@good.example/cb",
            "https://@good.example/cb", "http://localhost@evil.example/", "https://evil.example#@good.example/cb",
            "https://evil.example?@good.example/cb",
            // S6
            "https://good.example.evil.example/cb", "https://evilgood.example/cb", "https://goodxexample/cb",
            "https://GOOD.example/cb", "https://good.example/CB", "HTTPS://good.example/cb", "https://good.example./cb",
            "https://good.example:443/cb", "https://good.example:8443/cb", "https://xn--god-tna.example/cb",
            "https://g\u{43e}od.example/cb", "https://good\u{3002}example/cb", "https://sub.good.example/cb",
            "http://good.example/cb", "https:/good.example/cb", "https:good.example/cb", "https:///good.example/cb",
            // S8
            "javascript:alert(1)", "JavaScript:alert(1)//https://good.example/cb", "data:text/html,<script>alert(1)</script>",
            "vbscript:x", "file:///etc/passwd", "blob:https://good.example/1", "about:blank", "myapp:/cb", "com.example.app:/cb",
        ] {
            assert!(!is_accepted(&server, &client, uri).await, "{uri:?}");
        }
    }

    // S3
    async fn a_registered_query_is_part_of_the_uri(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.add_client(new_client("App", &["https://good.example/cb?a=1&b=2"])).await;
        assert!(is_accepted(&server, &client, "https://good.example/cb?a=1&b=2").await);
        for query in [
            "", "?", "?a=1", "?b=2", "?a=1&b=2&c=3", "?c=3&a=1&b=2", "?b=2&a=1", "?a=1&a=1&b=2", "?a=1&b=2&b=2", "?a=1&b=2&",
            "?a=1&b=2#", "?a=1;b=2", "?a=1&amp;b=2", "?A=1&b=2", "?a=1&b=%32", "?a=1&b=2&code=x", "?a=1&b=3",
        ] {
            assert!(!is_accepted(&server, &client, &format!("https://good.example/cb{query}")).await, "{query:?}");
        }
        let mut browser = Browser::new(&server.url);
        let page = client.sign_in(&mut browser, "ada", &[]).await;
        let location = page.location().unwrap();
        assert!(location.starts_with("https://good.example/cb?a=1&b=2&code=placet_ac_"), "RFC 6749 §3.1.2: {location}");
    }

    // S7
    async fn loopback_addresses_may_differ_in_the_port_alone(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let table: [(&str, &[&str], &[&str]); 4] = [
            (
                "http://127.0.0.1/cb",
                &["http://127.0.0.1/cb", "http://127.0.0.1:1/cb", "http://127.0.0.1:65535/cb"],
                &[
                    "http://127.0.0.1:5123/", "http://127.0.0.1:5123/cb/", "http://127.0.0.1:5123/cb2", "http://127.0.0.1:5123/cb?x=1",
                    "http://127.0.0.1:5123/cb#x", "https://127.0.0.1:5123/cb", "http://127.0.0.2:5123/cb", "http://localhost:5123/cb",
                    "http://[::1]:5123/cb", "http://127.0.0.1:99999/cb", "http://127.0.0.1:/cb", "http://127.0.0.1:+80/cb",
                    "http://127.0.0.1:80:80/cb", "http://127.0.0.1:5123@evil.example/cb", "http://evil.example:80/cb",
                    "http://u@127.0.0.1:5123/cb", "http://127.1:5123/cb", "http://2130706433:5123/cb", "http://0x7f000001:5123/cb",
                    "http://127.0.0.1.evil.example:5123/cb", "http://127.0.0.1:5123\\@evil.example/cb", "HTTP://127.0.0.1:5123/cb",
                    "http://0.0.0.0:5123/cb", "http://127.0.0.1: 5123/cb", "http://127.0.0.1:5123", "http://127.0.0.1:5123/../cb",
                ],
            ),
            (
                "http://[::1]/cb",
                &["http://[::1]/cb", "http://[::1]:8000/cb"],
                &["http://[::1]:8000/x", "http://[::2]:8000/cb", "http://[0:0:0:0:0:0:0:1]:8000/cb", "http://[::1]evil:80/cb", "http://::1:8000/cb"],
            ),
            ("http://127.0.0.1:3000/cb", &["http://127.0.0.1:3000/cb", "http://127.0.0.1:4000/cb"], &["http://127.0.0.1:4000/c"]),
            (
                "http://localhost:3000/cb",
                &["http://localhost:3000/cb"],
                &["http://localhost:3001/cb", "http://localhost/cb", "http://127.0.0.1:3000/cb", "http://LOCALHOST:3000/cb"],
            ),
        ];
        for (registered, good, bad) in table {
            let client = server.add_client(new_public_client("Tool", &[registered])).await;
            for uri in good {
                assert!(is_accepted(&server, &client, uri).await, "{registered} {uri}");
            }
            for uri in bad {
                assert!(!is_accepted(&server, &client, uri).await, "{registered} {uri}");
            }
        }
    }

    // S7
    async fn the_port_that_was_asked_for_is_the_one_returned_to(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.add_client(new_public_client("Tool", &["http://127.0.0.1/cb"])).await;
        let mut browser = Browser::new(&server.url);
        let page = client.sign_in(&mut browser, "ada", &[("redirect_uri", "http://127.0.0.1:51234/cb")]).await;
        assert_eq!(page.returned_to(), "http://127.0.0.1:51234/cb");
        let code = page.returned("code").unwrap();
        let params = [
            ("grant_type", "authorization_code"), ("code", code.as_str()), ("code_verifier", VERIFIER),
            ("redirect_uri", "http://127.0.0.1:51234/cb"),
        ];
        assert_eq!(client.token(&params).await.status, 200);
    }

    // S8 S9 S10
    async fn what_may_be_registered(db: TestDatabase) {
        let server = TestServer::start(db).await;
        for uri in [
            "javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "blob:https://a.example/1",
            "about:blank", "http://app.example/cb", "http://localhost.evil.example/cb", "http://127.0.0.1.evil.example/cb",
            "http://10.0.0.1/cb", "http://0.0.0.0/cb", "http://[::]/cb", "http://[::ffff:10.0.0.1]/cb", "myapp:/cb", "myapp://cb",
            "https://a.example/cb#x", "https://a.example/cb#", "https://u:p@a.example/cb", "https://*.example/cb",
            "https://a.example/../cb", "https://a.example/%2E%2e/cb", "https://a.example/c b", "https://a.example/cb\n",
            "https://a.example\\cb", "https:a.example/cb", "https:///cb", "/cb", "cb", "a.example/cb", "https://",
        ] {
            let error = clients::add(&server.app, &TestServer::by(), new_client("App", &[uri])).await.unwrap_err();
            assert!(error.to_string().starts_with("redirect_uris: "), "{uri:?}: {error}");
        }
        let twice = new_client("App", &["https://a.example/cb", "https://a.example/cb"]);
        assert!(clients::add(&server.app, &TestServer::by(), twice).await.unwrap_err().to_string().starts_with("redirect_uris: "));
        for uri in [
            "https://a.example/cb", "https://a.example", "https://a.example:8443/cb?x=1", "http://localhost:3000/cb", "http://127.0.0.1/cb",
            "http://[::1]:1/cb", "com.example.app:/cb", "com.example.app://cb",
        ] {
            let client = server.add_client(new_client("App", &[uri])).await;
            assert!(is_accepted(&server, &client, uri).await, "{uri}");
        }
        // S10
        let app = server.add_client(new_public_client("App", &["com.example.app:/cb"])).await;
        for uri in ["com.example.app:/cb/", "com.example.app:/cb?x=1", "com.example.app:/", "com.example.app://cb", "COM.example.app:/cb", "com.example.app2:/cb"] {
            assert!(!is_accepted(&server, &app, uri).await, "{uri}");
        }
    }

    // S11
    async fn without_redirect_uri_only_where_there_is_no_choice(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let one = server.add_client(new_client("One", &["https://a.example/cb"])).await;
        let two = server.add_client(new_client("Two", &["https://a.example/cb", "https://b.example/cb"])).await;
        let none = |client: &Client| client.authorize_url(&[("redirect_uri", "")]);
        let page = ask(&server, Method::GET, &none(&one), &[], "").await;
        assert_eq!(page.status, 303);
        assert!(page.location().unwrap().starts_with("/login?request="));
        for more in ["", "&redirect_uri=", "&prompt=none"] {
            assert_shown(&ask(&server, Method::GET, &format!("{}{more}", none(&two)), &[], "").await, more);
        }
        let own = server.service_client().await;
        assert_shown(&ask(&server, Method::GET, &none(&own), &[], "").await, "a client without redirect URIs");
        let swapped = encode(&[("client_id", &two.id), ("redirect_uri", "https://a.example/cb https://b.example/cb"), ("response_type", "code")]);
        assert_shown(&ask(&server, Method::GET, &format!("/authorize?{swapped}"), &[], "").await, "both in one");
    }
}
