//! The authorization endpoint: what is refused and to whom it is told, what comes back, `prompt=none`.

use reqwest::{Method, Url};

use super::support::client::CHALLENGE;
use super::support::requests::{ask, assert_refused, assert_shown, encode, new_client};
use super::support::server::PASSWORD;
use super::support::{Browser, Client, Page, TestServer};
use crate::support::database::on_both;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

async fn get(server: &TestServer, address: &str) -> Page {
    ask(server, Method::GET, address, &[], "").await
}

/// The sealed request leads to the sign-in page: every check was passed.
#[track_caller]
fn assert_accepted(page: &Page, case: &str) {
    assert_eq!(page.status, 303, "{case}: {}", page.body);
    let location = page.location().unwrap();
    let is_ours = location.starts_with("/login?request=")
        || location.starts_with("/authorize/continue?request=");
    assert!(is_ours, "{case}: {location}");
}

/// Each request of the table, by GET and by POST: to the client with this error, or accepted where it is `""`.
async fn assert_table(server: &TestServer, client: &Client, table: &[(&[(&str, &str)], &str)]) {
    for (params, error) in table {
        let url = client.authorize_url(params);
        let body = url.split_once('?').unwrap().1;
        let case = format!("{params:?}");
        for page in [
            get(server, &url).await,
            ask(server, Method::POST, "/authorize", &[FORM], body).await,
        ] {
            match *error {
                "" => assert_accepted(&page, &case),
                error => {
                    assert_refused(&page, &server.url, error, &case);
                    assert_eq!(
                        page.returned_to(),
                        client.redirect_uri.clone().unwrap(),
                        "{case}"
                    );
                }
            }
        }
    }
}

on_both! {
    // S1
    async fn unknown_clients_are_never_redirected(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = server.web_client().await;
        let (long, other_case) = ("x".repeat(10_000), client.id.to_uppercase());
        let with_nul = format!("{}\0", client.id);
        let ids = ["c_unknown", long.as_str(), "a\0b", &with_nul, &other_case, "ä", "a b", "'; --", "%", "https://x.example"];
        for id in ids {
            for more in [("prompt", "none"), ("response_type", "foo"), ("scope", "nope")] {
                assert_shown(&get(&server, &client.authorize_url(&[("client_id", id), more])).await, id);
            }
        }
        let without = client.authorize_url(&[("client_id", "")]);
        assert_shown(&get(&server, &without).await, "missing");
        assert_shown(&get(&server, &format!("{without}&client_id=")).await, "empty");
        assert_shown(&get(&server, "/authorize").await, "nothing at all");
        assert_shown(&get(&server, &format!("{without}&client_id=%FF")).await, "not UTF-8");
        placet::admin::clients::disable(&server.app, &TestServer::by(), &client.id).await.unwrap();
        assert_shown(&get(&server, &client.authorize_url(&[])).await, "disabled");
    }

    // S12
    async fn a_parameter_sent_twice_is_refused(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = server.web_client().await;
        let url = client.authorize_url(&[("nonce", "n"), ("prompt", "login"), ("max_age", "1"), ("response_mode", "query")]);
        let all: Vec<(String, String)> = Url::parse(&server.url).unwrap().join(&url).unwrap().query_pairs().into_owned().collect();
        let query = url.split_once('?').unwrap().1;
        for (name, value) in &all {
            for copy in [value.as_str(), "other"] {
                let again = encode(&[(name, copy)]);
                let pages = [
                    get(&server, &format!("{url}&{again}")).await,
                    get(&server, &format!("/authorize?{again}&{query}")).await,
                    ask(&server, Method::POST, "/authorize", &[FORM], &format!("{query}&{again}")).await,
                    ask(&server, Method::POST, &format!("/authorize?{again}"), &[FORM], query).await,
                    ask(&server, Method::POST, &url, &[FORM], &again).await,
                ];
                for page in pages {
                    let case = format!("{name} {copy} {}", page.url);
                    match name.as_str() {
                        "client_id" | "redirect_uri" => assert_shown(&page, &case),
                        "state" => {
                            assert_eq!(page.returned("error").as_deref(), Some("invalid_request"), "{case}");
                            assert_eq!(page.returned("state"), None, "neither copy is the state: {case}");
                        }
                        _ => assert_refused(&page, &server.url, "invalid_request", &case),
                    }
                }
            }
        }
        assert_eq!(all.len(), 11);
    }

    // S13 S14
    async fn empty_is_not_sent_and_unknown_is_ignored(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let empty = "&nonce=&prompt=&max_age=&response_mode=&resource=&login_hint=&request=&request_uri=&claims=&id_token_hint=";
        let unknown = "&foo=bar&foo=baz&utm_source=x&%00=1&%3Cscript%3E=1";
        let mut browser = Browser::new(&server.url);
        let page = browser.visit(&format!("{}{empty}&state={unknown}", client.authorize_url(&[]))).await;
        let page = browser.log_in(&page, "ada").await;
        let page = browser.approve(&page).await;
        assert_eq!(page.returned("state").as_deref(), Some("xyz"));
        assert!(page.returned("code").is_some());
        let page = get(&server, &format!("{}&response_type=", client.authorize_url(&[("response_type", "")]))).await;
        assert_refused(&page, &server.url, "invalid_request", "an empty response_type is none");
        let page = get(&server, &format!("{}&state=", client.authorize_url(&[("state", ""), ("response_type", "x")]))).await;
        assert_eq!(page.returned("state"), None, "an empty state is none");
    }

    // S15 S16 S17
    async fn pkce_with_s256_or_nothing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let (short, padded) = (&CHALLENGE[..42], format!("{CHALLENGE}="));
        let (long, plus) = ("a".repeat(129), CHALLENGE.replace('-', "+"));
        let (tilde, nul) = (format!("{}~", &CHALLENGE[..42]), format!("{}\0", &CHALLENGE[..42]));
        let challenge = |value| ("code_challenge", value);
        let method = |value| ("code_challenge_method", value);
        let bad: [&[(&str, &str)]; 14] = [
            &[method("plain")], &[method("")], &[method("s256")], &[method("S512")], &[method("none")], &[method(" S256")],
            &[challenge(short)], &[challenge(&padded)], &[challenge(&long)], &[challenge(&plus)], &[challenge(&tilde)],
            &[challenge(&nul)], &[challenge("")], &[challenge(&long), method("plain")],
        ];
        let bad = bad.map(|params| (params, "invalid_request"));
        for client in [server.public_client().await, server.web_client().await] {
            assert_table(&server, &client, &bad).await;
            assert_table(&server, &client, &[(&[], "")]).await;
        }
        let public = server.public_client().await;
        assert_table(&server, &public, &[(&[challenge(""), method("")], "invalid_request")]).await;
    }

    // S18 S19 S22 S23 S35
    async fn bad_values_go_back_to_the_client(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_scope("photos:read", "see your photos").await;
        server.add_scope("admin:all", "do anything").await;
        server.add_resource("https://api.example/photos", "photos:read").await;
        server.add_resource("https://other.example/", "admin:all").await;
        let mut new = new_client("Photo Printer", &["https://app.example/callback"]);
        new.fields.scope = Some("openid photos:read".to_owned());
        new.fields.resources = Some(vec!["https://api.example/photos".to_owned()]);
        let client = server.add_client(new).await;
        let many: Vec<String> = (0..10_000).map(|n| format!("s{n}")).collect();
        let many = many.join(" ");
        assert_table(&server, &client, &[
            (&[("response_type", "token")], "unsupported_response_type"),
            (&[("response_type", "id_token")], "unsupported_response_type"),
            (&[("response_type", "id_token token")], "unsupported_response_type"),
            (&[("response_type", "code id_token")], "unsupported_response_type"),
            (&[("response_type", "none")], "unsupported_response_type"),
            (&[("response_type", "foo")], "unsupported_response_type"),
            (&[("response_type", "code code")], "unsupported_response_type"),
            (&[("response_type", "CODE")], "unsupported_response_type"),
            (&[("response_type", "")], "invalid_request"),
            (&[("response_mode", "foo")], "invalid_request"),
            (&[("response_mode", "query.jwt")], "invalid_request"),
            (&[("response_mode", "web_message")], "invalid_request"),
            (&[("scope", "openid \"x\"")], "invalid_scope"),
            (&[("scope", "openid\nphotos:read")], "invalid_scope"),
            (&[("scope", "openid\u{a0}photos:read")], "invalid_scope"),
            (&[("scope", "sch\u{f6}n")], "invalid_scope"),
            (&[("scope", "unknown")], "invalid_scope"),
            (&[("scope", "OpenID")], "invalid_scope"),
            (&[("scope", "admin:all")], "invalid_scope"),
            (&[("scope", "openid profile")], "invalid_scope"),
            (&[("scope", &many)], "invalid_scope"),
            (&[("scope", " openid  openid ")], ""),
            (&[("scope", "openid offline_access")], ""),
            (&[("prompt", "none login")], "invalid_request"),
            (&[("prompt", "foo")], "invalid_request"),
            (&[("prompt", "login select_account consent")], ""),
            (&[("max_age", "-1")], "invalid_request"),
            (&[("max_age", "+1")], "invalid_request"),
            (&[("max_age", "1.5")], "invalid_request"),
            (&[("max_age", "99999999999999999999")], "invalid_request"),
            (&[("resource", "/photos")], "invalid_target"),
            (&[("resource", "api.example")], "invalid_target"),
            (&[("resource", "https://api.example/photos#x")], "invalid_target"),
            (&[("resource", "https://api.example/photos#")], "invalid_target"),
            (&[("resource", "https://api.example/")], "invalid_target"),
            (&[("resource", "https://API.example/photos")], "invalid_target"),
            (&[("resource", "https://other.example/")], "invalid_target"),
            (&[("resource", "https://api.example/photos"), ("resource", "https://other.example/")], "invalid_target"),
            (&[("resource", "https://api.example/photos"), ("resource", "https://api.example/photos")], ""),
            (&[("resource", "https://api.example/photos")], ""),
            (&[("request", "eyJhbGciOiJub25lIn0.e30.")], "invalid_request_object"),
            (&[("request_uri", "https://app.example/r")], "invalid_request_uri"),
            (&[("registration", "{}")], "registration_not_supported"),
            (&[("nonce", "a\0b")], "invalid_request"),
            (&[("scope", "openid unknown")], ""),
            (&[("display", "page")], ""), (&[("display", "popup")], ""), (&[("display", "touch")], ""), (&[("display", "wap")], ""),
            (&[("display", "hologram")], ""), (&[("ui_locales", "fr-CA fr en"), ("claims_locales", "de")], ""), (&[("ui_locales", "?!")], ""),
            (&[("acr_values", "urn:mace:incommon:iap:silver pwd")], ""),
        ]).await;
    }

    // S35
    async fn the_resource_is_the_sole_audience(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        server.add_scope("photos:read", "see your photos").await;
        server.add_resource("https://api.example/photos", "photos:read").await;
        server.add_resource("https://two.example/", "").await;
        let mut new = new_client("Photo Printer", &["https://app.example/callback"]);
        new.fields.scope = Some("openid photos:read".to_owned());
        new.fields.resources = Some(vec!["https://api.example/photos".to_owned(), "https://two.example/".to_owned()]);
        let client = server.add_client(new).await;
        let more = [("scope", "openid photos:read"), ("resource", "https://api.example/photos")];
        let (_, claims) = client.tokens("ada", &more).await.decoded();
        assert_eq!(claims["aud"], "https://api.example/photos");
        let (_, claims) = client.tokens("ada", &[("resource", "https://two.example/")]).await.decoded();
        assert_eq!(claims["aud"], "https://two.example/");
    }

    // S20 S21 S19 S175
    async fn state_comes_back_byte_for_byte_beside_iss(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        client.sign_in(&mut browser, "ada", &[]).await;
        let (long, many) = ("s".repeat(4096), "ä".repeat(2048));
        let states = [
            "a b+c%20d&e=f#g?h", "\0", "%00", "\r\nSet-Cookie: a=b\r\n\r\n<script>", "\r", "ünï🔑", "{\"a\":\"b\"}", "+", "&iss=https://evil.example",
            "'\"><b>", "=", "\u{feff}", long.as_str(), many.as_str(),
        ];
        for state in states {
            for mode in ["query", "fragment", "form_post"] {
                // What an HTML form would bend is refused there.
                let is_bent = mode == "form_post" && state.chars().any(char::is_control);
                for (more, result) in [(("prompt", "none"), "code"), (("response_type", "foo"), "error")] {
                    let page = browser.visit(&client.authorize_url(&[("state", state), ("response_mode", mode), more])).await;
                    let fields: Vec<(String, String)> = if mode == "form_post" {
                        assert_eq!((page.status.as_u16(), page.location()), (200, None), "{}", page.body);
                        assert_eq!(page.form().0, "https://app.example/callback");
                        page.form().1
                    } else {
                        let location = page.location().unwrap();
                        let (uri, answer) = location.split_once(if mode == "query" { '?' } else { '#' }).unwrap();
                        assert_eq!(uri, "https://app.example/callback");
                        url::form_urlencoded::parse(answer.as_bytes()).into_owned().collect()
                    };
                    let value = |name: &str| {
                        let found: Vec<&str> = fields.iter().filter(|(n, _)| n == name).map(|(_, v)| v.as_str()).collect();
                        assert!(found.len() <= 1, "{name} twice: {fields:?}");
                        found.first().copied()
                    };
                    let (expected, result) = if is_bent { (None, "error") } else { (Some(state), result) };
                    assert_eq!(value("state"), expected, "{mode} {state:?} {fields:?}");
                    assert_eq!(value("iss"), Some(server.url.as_str()), "{mode} {state:?}");
                    assert!(value(result).is_some(), "{mode} {state:?} {fields:?}");
                    assert_ne!(value("code").is_some(), value("error").is_some());
                    assert!(!page.headers.iter().any(|(name, value)| name == "set-cookie" && value == "a=b"));
                }
            }
        }
        let page = browser.visit(&client.authorize_url(&[("state", &"s".repeat(4097))])).await;
        assert_eq!(page.returned("error").as_deref(), Some("invalid_request"));
        assert_eq!(page.returned("state"), None, "cut would be worse than none");
        let page = browser.visit(&format!("{}&state=%FF", client.authorize_url(&[("state", "")]))).await;
        assert_shown(&page, "a state that is not UTF-8 cannot come back unchanged");
    }

    // S23
    async fn prompt_none_never_shows_a_page(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let silent = client.authorize_url(&[("prompt", "none")]);
        let mut browser = Browser::new(&server.url);
        assert_refused(&browser.visit(&silent).await, &server.url, "login_required", "nobody");
        let twice = client.authorize_url(&[("prompt", "none none")]);
        assert_refused(&browser.visit(&twice).await, &server.url, "login_required", "none twice is none");
        let page = browser.visit("/login").await;
        browser.log_in(&page, "ada").await;
        assert_refused(&browser.visit(&silent).await, &server.url, "consent_required", "no consent");
        client.sign_in(&mut browser, "ada", &[]).await;
        let page = browser.visit(&silent).await;
        assert!(page.returned("code").is_some(), "{:?}", page.location());
        let wider = client.authorize_url(&[("prompt", "none"), ("scope", "openid email")]);
        assert_refused(&browser.visit(&wider).await, &server.url, "consent_required", "a new scope");
        server.advance(100);
        let fresh = client.authorize_url(&[("prompt", "none"), ("max_age", "99")]);
        assert_refused(&browser.visit(&fresh).await, &server.url, "login_required", "too long ago");
        let fresh = client.authorize_url(&[("prompt", "none"), ("max_age", "100")]);
        assert!(browser.visit(&fresh).await.returned("code").is_some());
        let fragment = client.authorize_url(&[("prompt", "none"), ("response_mode", "fragment"), ("max_age", "0")]);
        let page = browser.visit(&fragment).await;
        assert!(page.location().unwrap().starts_with("https://app.example/callback#error=login_required"));
    }

    // S31 S32
    async fn only_a_plain_get_or_a_form_post_is_heard(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = server.web_client().await;
        let url = client.authorize_url(&[]);
        let origin = ("origin", "https://app.example");
        for method in [Method::HEAD, Method::PUT, Method::DELETE, Method::PATCH, Method::TRACE, Method::OPTIONS] {
            let preflight = [origin, ("access-control-request-method", "POST"), ("access-control-request-headers", "x")];
            let page = ask(&server, method.clone(), &url, &preflight, "").await;
            assert_eq!(page.status, 405, "{method}");
            assert_eq!(page.location(), None, "{method}");
            assert_eq!(page.header("allow"), "GET, POST", "RFC 9110 §15.5.6: {method}");
            assert!(!page.headers.contains_key("set-cookie"), "{method}");
            assert!(!page.headers.keys().any(|name| name.as_str().starts_with("access-control-")), "{method}");
        }
        let form = url.split_once('?').unwrap().1;
        let json = format!("{{\"client_id\":\"{}\",\"response_type\":\"code\"}}", client.id);
        let bodies = [
            ("application/json", json.as_str()), ("text/plain", form), ("multipart/form-data; boundary=x", form),
            ("application/x-www-form-urlencoded; charset=utf-16", form), ("", form),
        ];
        for (content_type, body) in bodies {
            let page = ask(&server, Method::POST, "/authorize", &[("content-type", content_type)], body).await;
            assert_eq!((page.status.as_u16(), page.location()), (415, None), "{content_type}");
            assert!(!page.headers.contains_key("set-cookie"));
        }
        for page in [
            ask(&server, Method::GET, &url, &[origin], "").await,
            ask(&server, Method::POST, "/authorize", &[FORM, origin], form).await,
            ask(&server, Method::GET, "/authorize", &[origin], "").await,
        ] {
            assert!(!page.headers.keys().any(|name| name.as_str().starts_with("access-control-")), "{:?}", page.headers);
        }
    }

    // S34
    async fn a_post_goes_the_same_way_by_303(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let url = client.authorize_url(&[]);
        let mut browser = Browser::new(&server.url);
        let first = browser.send(Method::POST, "/authorize", Some(url.split_once('?').unwrap().1.to_owned())).await;
        assert_eq!(first.status, 303);
        let login = browser.follow(first).await;
        assert_eq!(login.heading_kind(), "login");
        let fields = [("request", login.field("request")), ("csrf", login.field("csrf"))];
        let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        fields.extend([("username", "ada"), ("password", PASSWORD)]);
        let page = browser.post("/login", &fields).await;
        assert_eq!(page.status, 303, "a 307 would post the password on");
        let consent = browser.follow(page).await;
        let page = browser.approve(&consent).await;
        assert_eq!(page.status, 303);
        assert!(page.returned("code").is_some());
    }

    // S33
    async fn a_link_opened_by_someone_else_is_about_their_own_account(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        server.add_user("bob").await;
        let client = server.web_client().await;
        let mut ada = Browser::new(&server.url);
        let page = ada.visit(&client.authorize_url(&[])).await;
        let consent = ada.log_in(&page, "ada").await;
        let mut bob = Browser::new(&server.url);
        let page = bob.visit("/login").await;
        bob.log_in(&page, "bob").await;
        let seen = bob.visit(consent.url.as_str()).await;
        assert_eq!(seen.heading_kind(), "consent");
        assert!(seen.text().contains("bob") && !seen.text().contains("ada"), "{}", seen.text());
        let stolen = bob.submit(&consent, &[("decision", "allow")]).await;
        assert_eq!((stolen.status.as_u16(), stolen.returned("code")), (403, None), "ada's form in bob's browser");
        let tokens = client.redeem(&bob.approve(&seen).await.returned("code").unwrap()).await;
        let own = client.tokens("bob", &[]).await;
        assert_eq!(tokens.decoded().1["sub"], own.decoded().1["sub"]);
        assert_ne!(tokens.decoded().1["sub"], client.tokens("ada", &[]).await.decoded().1["sub"]);
    }
}
