//! The token endpoint whatever the grant: methods, bodies, client authentication, what an answer says and does not say
//! (S63 to S73).

use std::collections::BTreeSet;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use placet::admin::clients::{self, ClientFields};
use reqwest::Method;

use super::support::client::{Tokens, basic};
use super::support::clients::encode;
use super::support::{Client, TestServer};
use crate::support::database::on_both;

const FORM: &str = "application/x-www-form-urlencoded";

/// A request for a token of its own, by these headers and this body.
async fn post(client: &Client, headers: &[(&str, &str)], body: &str) -> Tokens {
    let mut all: Vec<(&str, String)> = headers
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect();
    if !headers.iter().any(|(name, _)| *name == "content-type") {
        all.push(("content-type", FORM.to_owned()));
    }
    client.post_token(&all, body.to_owned()).await
}

/// What may tell one refusal from another: status, header names, body.
fn face(answer: &Tokens) -> (u16, BTreeSet<String>, String) {
    let names = answer.headers.keys().map(ToString::to_string).collect();
    (answer.status.as_u16(), names, answer.json_without_id())
}

on_both! {
    // S63
    async fn only_post_and_nothing_in_the_address(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = server.service_client().await;
        let secret = client.secret.clone().unwrap();
        let http = reqwest::Client::new();
        let query = encode(&[("grant_type", "client_credentials"), ("client_id", &client.id), ("client_secret", &secret)]);
        for method in [Method::GET, Method::HEAD, Method::PUT, Method::PATCH, Method::DELETE, Method::TRACE] {
            let url = format!("{}/token?{query}", server.url);
            let answer = http.request(method.clone(), url).send().await.unwrap();
            assert_eq!(answer.status(), 405, "{method}");
            assert_eq!(answer.headers()["allow"], "POST, OPTIONS", "{method}");
            assert_eq!(answer.headers()["cache-control"], "no-store", "{method}");
        }
        let authorization = basic(&client.id, &secret);
        for (what, query) in [
            ("all of it", query.as_str()),
            ("the secret", &encode(&[("client_secret", &secret)])),
            ("the grant type", "grant_type=client_credentials"),
        ] {
            let request = http.post(format!("{}/token?{query}", server.url)).header("authorization", &authorization);
            let answer = request.header("content-type", FORM).body("grant_type=client_credentials").send().await.unwrap();
            assert_eq!(answer.status(), 400, "{what}");
            let text = answer.text().await.unwrap();
            assert!(text.contains("\"invalid_request\"") && !text.contains(&secret), "{text}");
        }
    }

    // S64
    async fn only_a_form_in_utf_8_of_a_sane_size(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = server.service_client().await;
        let authorization = basic(&client.id, client.secret.as_deref().unwrap());
        let good = "grant_type=client_credentials";
        let json = r#"{"grant_type":"client_credentials"}"#;
        let multipart = "--x\r\nContent-Disposition: form-data; name=\"grant_type\"\r\n\r\nclient_credentials\r\n--x--";
        let (megabyte, many) = (format!("{good}&x={}", "a".repeat(1 << 20)), format!("{good}{}", "&a=b".repeat(10_000)));
        // RFC 9110 §8.4, §15.5.16: a coding that is not read is refused, not ignored.
        for (coding, status) in [("gzip", 415), ("br, gzip", 415), ("identity", 200)] {
            let headers = [("content-type", FORM), ("authorization", &*authorization), ("content-encoding", coding)];
            let answer = post(&client, &headers, good).await;
            assert_eq!(answer.status, status, "{coding}: {}", answer.json);
            let taken = if status == 415 { "identity" } else { "" };
            assert_eq!(answer.header("accept-encoding"), taken);
        }
        for (content_type, body, status) in [
            (FORM, good, 200),
            ("application/x-www-form-urlencoded; charset=UTF-8", good, 200),
            ("APPLICATION/X-WWW-FORM-URLENCODED;charset=\"utf-8\"", good, 200),
            ("application/json", json, 415),
            ("application/json", good, 415),
            ("text/plain", good, 415),
            ("multipart/form-data; boundary=x", multipart, 415),
            ("application/x-www-form-urlencoded; charset=utf-16", good, 415),
            ("application/x-www-form-urlencoded; charset=utf-7", good, 415),
            ("application/x-www-form-urlencoded-not", good, 415),
            ("", good, 415),
            (FORM, "", 400),
            (FORM, "&&&===", 400),
            (FORM, "grant_type=%ff%fe", 400),
            (FORM, "%00=%00", 400),
            (FORM, &megabyte, 413),
            (FORM, &many, 200),
        ] {
            let answer = post(&client, &[("content-type", content_type), ("authorization", &authorization)], body).await;
            assert_eq!(answer.status, status, "{content_type} {body:.40}: {}", answer.json);
            assert_eq!(answer.header("content-type"), "application/json");
            if status != 200 {
                assert_eq!(answer.error(), "invalid_request", "{content_type} {body:.40}");
            }
        }
        let raw = vec![("content-type", FORM.to_owned()), ("authorization", authorization)];
        let answer = client.post_token(&raw, vec![0xff, 0xfe, 0x00]).await;
        answer.assert_refused(400, "invalid_request", "bytes that are no text");
    }

    // S65
    async fn no_parameter_twice_and_unknown_ones_are_ignored(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = server.service_client().await;
        let authorization = basic(&client.id, client.secret.as_deref().unwrap());
        let headers = [("authorization", authorization.as_str())];
        let good = "grant_type=client_credentials";
        for name in ["grant_type", "client_id", "client_secret", "code", "redirect_uri", "code_verifier", "refresh_token", "scope", "username", "password"] {
            for twice in [format!("{good}&{name}=a&{name}=b"), format!("{name}=a&{good}&{name}=a")] {
                post(&client, &headers, &twice).await.assert_refused(400, "invalid_request", &twice);
            }
        }
        for ignored in ["&foo=1&foo=2&bar", "&scope=", "&resource=", "&audience=x", "&=x", "&client_id="] {
            post(&client, &headers, &format!("{good}{ignored}")).await.assert_granted(ignored);
        }
    }

    // S66, S72: one face for every stranger; the challenge only to those who tried Basic (RFC 6749 §5.2).
    async fn wrong_credentials_have_one_face(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let (client, other) = (server.service_client().await, server.web_client().await);
        let (secret, others) = (client.secret.clone().unwrap(), other.secret.clone().unwrap());
        let removed = server.web_client().await;
        clients::remove(&server.app, &TestServer::by(), &removed.id).await.unwrap();
        let post_client = server.web_client().await;
        let method = ClientFields { token_endpoint_auth_method: Some("client_secret_post".to_owned()), ..ClientFields::default() };
        server.change_client(&post_client, method).await;
        let good = "grant_type=client_credentials";
        let (cut, upper) = (&secret[..secret.len() - 1], secret.to_uppercase());
        let longer = format!("{secret}x");
        let pairs = [
            (client.id.as_str(), ""),
            (&client.id, "placet_cs_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
            (&client.id, &others),
            (&client.id, cut),
            (&client.id, &upper),
            (&client.id, &longer),
            (&client.id, &client.id),
            ("c_nobody", &secret),
            ("", &secret),
            ("c_nobody\0", &secret),
            (&client.id.to_uppercase(), &secret),
            (&removed.id, removed.secret.as_deref().unwrap()),
            (&post_client.id, "wrong"),
        ];
        let (mut by_basic, mut by_body) = (BTreeSet::new(), BTreeSet::new());
        for (id, secret) in pairs {
            let answer = post(&client, &[("authorization", &basic(id, secret))], good).await;
            answer.assert_refused(401, "invalid_client", &format!("basic {id:?} {secret:?}"));
            assert_eq!(answer.header("www-authenticate"), "Basic realm=\"placet\", charset=\"UTF-8\"");
            by_basic.insert(face(&answer));
            let body = format!("{good}&{}", encode(&[("client_id", id), ("client_secret", secret)]));
            let answer = post(&client, &[], &body).await;
            answer.assert_refused(401, "invalid_client", &body);
            assert!(answer.headers.contains_key("www-authenticate"));
            if !id.is_empty() {
                by_body.insert(face(&answer));
            }
        }
        assert_eq!((by_basic.len(), by_body.len()), (1, 1), "{by_basic:#?} {by_body:#?}");
        post(&client, &[], good).await.assert_refused(401, "invalid_client", "nothing at all");
        post(&client, &[("authorization", &basic(&client.id, &secret))], good).await.assert_granted("the right one");
    }

    // S67
    async fn only_the_registered_method_and_only_one(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let (client, public) = (server.service_client().await, server.public_client().await);
        let by_post = server.client_with(&["client_credentials"], "jobs:run", &[]).await;
        let method = ClientFields { token_endpoint_auth_method: Some("client_secret_post".to_owned()), ..ClientFields::default() };
        server.change_client(&by_post, method).await;
        let good = "grant_type=client_credentials";
        let of = |client: &Client| (client.id.clone(), client.secret.clone().unwrap());
        let ((id, secret), (post_id, post_secret)) = (of(&client), of(&by_post));
        let body = |id: &str, secret: &str| format!("{good}&{}", encode(&[("client_id", id), ("client_secret", secret)]));
        for (what, authorization, body, status, error) in [
            ("basic for basic", basic(&id, &secret), good.to_owned(), 200, ""),
            ("basic, the id in the body too", basic(&id, &secret), body(&id, ""), 200, ""),
            ("post for post", String::new(), body(&post_id, &post_secret), 200, ""),
            ("post for basic", String::new(), body(&id, &secret), 401, "invalid_client"),
            ("basic for post", basic(&post_id, &post_secret), good.to_owned(), 401, "invalid_client"),
            ("both ways", basic(&id, &secret), body(&id, &secret), 400, "invalid_request"),
            ("both, post client", basic(&post_id, &post_secret), body(&post_id, &post_secret), 400, "invalid_request"),
            ("another's id in the body", basic(&id, &secret), body(&post_id, ""), 400, "invalid_request"),
            ("public with a secret", String::new(), body(&public.id, "x"), 401, "invalid_client"),
            ("public by basic", basic(&public.id, "x"), good.to_owned(), 401, "invalid_client"),
            ("only the id", String::new(), body(&id, ""), 401, "invalid_client"),
            ("bearer and the body", format!("Bearer {secret}"), body(&post_id, &post_secret), 400, "invalid_request"),
            ("bearer, a public client's id", format!("Bearer {secret}"), body(&public.id, ""), 401, "invalid_client"),
            ("no scheme", "x".to_owned(), good.to_owned(), 401, "invalid_client"),
        ] {
            let headers = if authorization.is_empty() { vec![] } else { vec![("authorization", authorization.as_str())] };
            let answer = post(&client, &headers, &body).await;
            assert_eq!(answer.status, status, "{what}: {}", answer.json);
            if status != 200 {
                assert_eq!(answer.error(), error, "{what}");
                assert_eq!(answer.headers.contains_key("www-authenticate"), status == 401, "{what}");
            }
        }
    }

    // S68
    async fn basic_is_decoded_once_and_strictly(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let id = "a:b~@c/d".to_owned();
        let fields = ClientFields { name: Some("Odd Id".to_owned()), ..ClientFields::default() };
        let new = clients::NewClient { id: Some(id.clone()), is_public: false, fields };
        let client = server.add_client(new).await;
        let secret = client.secret.clone().unwrap();
        let good = "grant_type=client_credentials";
        let escaped = secret.bytes().fold(String::new(), |text, byte| format!("{text}%{byte:02x}"));
        let form_id = "a%3Ab%7E%40c%2Fd";
        let canonical = STANDARD.encode(format!("{form_id}:{secret}"));
        let padded = STANDARD.encode(format!("{form_id}:{secret}?>"));
        let twice = form_id.replace('%', "%25");
        for (what, value, status) in [
            ("form-encoded", canonical.clone(), 200),
            ("every byte escaped", STANDARD.encode(format!("{form_id}:{escaped}")), 200),
            ("encoded twice", STANDARD.encode(format!("{twice}:{secret}")), 401),
            ("the colon bare", STANDARD.encode(format!("a:b~@c/d:{secret}")), 401),
            ("a blank inside", format!("{} {}", &canonical[..8], &canonical[8..]), 401),
            ("a line break's letters", format!("{canonical}\\n"), 401),
            ("trailing garbage", format!("{canonical}!"), 401),
            ("too much padding", format!("{canonical}===="), 401),
            ("the URL's alphabet", URL_SAFE.encode(format!("{form_id}:{secret}?>")), 401),
            ("padding cut off", padded.trim_end_matches('=').to_owned(), 401),
            ("no colon", STANDARD.encode(&secret), 401),
            ("not UTF-8", STANDARD.encode([0xff, 0xfe, b':', 0xff]), 401),
            ("escapes that are not UTF-8", STANDARD.encode("%ff:%ff"), 401),
            ("empty", String::new(), 401),
        ] {
            let answer = post(&client, &[("authorization", &format!("Basic {value}"))], good).await;
            assert_eq!(answer.status, status, "{what}: {}", answer.json);
        }
        let answer = post(&client, &[("authorization", &format!("bAsIc {canonical}"))], good).await;
        answer.assert_granted("the scheme in any case");
    }

    // S69; surface.md: a new secret works at once, the old one for the overlap.
    async fn a_client_with_a_secret_is_never_usable_without(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let mut bare = client.clone();
        bare.secret = None;
        let code = client.code("ada", &[]).await;
        bare.redeem(&code).await.assert_refused(401, "invalid_client", "code");
        let tokens = client.redeem(&code).await;
        bare.refresh(tokens.refresh_token()).await.assert_refused(401, "invalid_client", "refresh");
        client.refresh(tokens.refresh_token()).await.assert_granted("not burnt by that");

        let service = server.service_client().await;
        let made = clients::add_secret(&server.app, &TestServer::by(), &service.id, Duration::from_mins(1)).await.unwrap();
        let newer = Client::new(&server, &made);
        for (seconds, old) in [(0, 200), (59, 200), (1, 401)] {
            server.advance(seconds);
            assert_eq!(service.token(&[("grant_type", "client_credentials")]).await.status, old);
            newer.token(&[("grant_type", "client_credentials")]).await.assert_granted("the new one");
        }
    }

    // S70
    async fn only_registered_grants(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let (web, service) = (server.web_client().await, server.service_client().await);
        let device = "urn:ietf:params:oauth:grant-type:device_code";
        let exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
        for (client, grant, error) in [
            (&web, "client_credentials", "unauthorized_client"),
            (&web, "password", "unauthorized_client"),
            (&service, "authorization_code", "unauthorized_client"),
            (&service, "refresh_token", "unauthorized_client"),
            (&web, device, "unsupported_grant_type"),
            (&web, exchange, "unsupported_grant_type"),
            (&web, "urn:ietf:params:oauth:grant-type:jwt-bearer", "unsupported_grant_type"),
            (&web, "implicit", "unsupported_grant_type"),
            (&web, "Authorization_Code", "unsupported_grant_type"),
            (&web, "authorization_code ", "unsupported_grant_type"),
            (&web, "\"\\\u{e9}\r\n", "unsupported_grant_type"),
            (&web, "", "invalid_request"),
        ] {
            let answer = client.token(&[("grant_type", grant), ("code", "x"), ("refresh_token", "x")]).await;
            answer.assert_refused(400, error, grant);
        }
    }

    // S71
    async fn answers_are_not_stored_and_errors_have_legal_characters(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = server.service_client().await;
        let authorization = basic(&client.id, client.secret.as_deref().unwrap());
        let long = format!("grant_type={}", "%22".repeat(2000));
        for body in [
            "grant_type=client_credentials",
            "grant_type=%22%5C%0D%0Aset-cookie%3A+x%3D1%C3%A9",
            "grant_type=client_credentials&scope=%22%5C%0D%0A%F0%9F%98%80",
            "grant_type=client_credentials&scope=%3Cscript%3E",
            "grant_type=client_credentials&resource=%0D%0A%22",
            "grant_type=authorization_code",
            &long,
        ] {
            for headers in [vec![], vec![("authorization", authorization.as_str())]] {
                let answer = post(&client, &headers, body).await;
                assert_eq!(answer.header("cache-control"), "no-store", "{body:.60}");
                assert_eq!(answer.header("pragma"), "no-cache", "{body:.60}");
                assert_eq!(answer.header("content-type"), "application/json", "{body:.60}");
                assert_eq!(answer.header("x-content-type-options"), "nosniff");
                assert!(!answer.headers.contains_key("set-cookie"));
                if answer.status == 200 {
                    continue;
                }
                let object = answer.json.as_object().unwrap();
                let names: BTreeSet<&str> = object.keys().map(String::as_str).collect();
                assert_eq!(names, BTreeSet::from(["error", "error_description", "error_uri"]));
                for value in object.values() {
                    // RFC 6749 §5.2: %x20-21 / %x23-5B / %x5D-7E
                    let text = value.as_str().unwrap();
                    let is_legal = |c: char| (' '..='~').contains(&c) && c != '"' && c != '\\';
                    assert!(!text.is_empty() && text.chars().all(is_legal), "{text:?}");
                    assert!(text.len() < 1000, "{} characters", text.len());
                }
            }
        }
    }
}
