//! The `claims` parameter (OIDC Core §5.5): single claims, asked for without their scope, and a person asked for by `sub` (S26).

use placet::admin::clients::ClientFields;
use reqwest::Method;
use serde_json::{Value, json};

use super::support::client::{Tokens, decode_jwt};
use super::support::requests::{ask, assert_refused, assert_shown, new_client};
use super::support::{Browser, Client, Page, TestServer};
use super::userinfo::{add_ada, client, told};
use crate::support::database::on_both;

fn names(value: &Value) -> Vec<&str> {
    let names = value.as_object().unwrap().keys();
    let mut names: Vec<&str> = names.map(String::as_str).collect();
    names.sort_unstable();
    names
}

fn id_claims(tokens: &Tokens) -> Value {
    decode_jwt(tokens.json["id_token"].as_str().unwrap()).1
}

fn sub_in(place: &str, sub: &Value) -> String {
    json!({ place: { "sub": { "value": sub } } }).to_string()
}

/// What `/authorize` answers a stranger.
async fn asked(server: &TestServer, client: &Client, claims: &str) -> Page {
    ask(
        server,
        Method::GET,
        &client.authorize_url(&[("claims", claims)]),
        &[],
        "",
    )
    .await
}

on_both! {
    // oidcc-claims-essential: without its scope, where it was asked for, and only there; also after a refresh.
    async fn a_claim_may_be_asked_for_without_its_scope(db: TestDatabase) {
        let server = TestServer::start(db).await;
        add_ada(&server).await;
        let client = client(&server, ClientFields::default()).await;
        let claims = json!({
            "userinfo": { "name": { "essential": true }, "shoe_size": null },
            "id_token": {
                "email": null, "auth_time": { "essential": true }, "address": { "essential": true }, "iss": { "value": "evil" },
                "gender": { "value": "male" }, "locale": { "values": ["de", "en-GB"] },
            },
        });
        let claims = claims.to_string();
        let tokens = client.tokens("ada", &[("claims", &claims)]).await;
        assert_eq!(tokens.json["scope"], "openid", "no scope is granted by it");
        assert_eq!(tokens.decoded().1["scope"], "openid");
        let refreshed = client.refresh(tokens.refresh_token()).await;
        for tokens in [&tokens, &refreshed] {
            let id = id_claims(tokens);
            assert_eq!((&id["email"], &id["locale"], &id["iss"]), (&json!("ada@example.com"), &json!("en-GB"), &json!(server.url)));
            assert_eq!(id["address"]["locality"], "London");
            for other in ["name", "gender", "phone_number"] {
                assert!(id.get(other).is_none(), "{other}: {id}");
            }
            assert_eq!(names(&told(&server, tokens.access_token()).await), ["name", "sub"]);
        }
        let plain = client.tokens("ada", &[]).await;
        assert_eq!(names(&told(&server, plain.access_token()).await), ["sub"], "another grant has none of it");
        assert!(id_claims(&plain).get("email").is_none());
    }

    // The person is asked in words, may leave out what may be left out, and is not asked twice.
    async fn single_claims_need_consent(db: TestDatabase) {
        let server = TestServer::start(db).await;
        add_ada(&server).await;
        let client = client(&server, ClientFields::default()).await;
        let mut browser = Browser::new(&server.url);
        client.sign_in(&mut browser, "ada", &[]).await;
        let claims = json!({ "userinfo": { "phone_number": { "essential": true }, "email": null } }).to_string();
        let url = client.authorize_url(&[("claims", &claims)]);
        let silent = client.authorize_url(&[("claims", &claims), ("prompt", "none")]);
        assert_refused(&browser.visit(&silent).await, &server.url, "consent_required", "nobody was asked yet");
        let page = browser.visit(&url).await;
        assert_eq!(page.heading_kind(), "consent", "{}", page.body);
        for words in ["see your phone number", "see your e-mail address"] {
            assert!(page.text().contains(words), "{words}: {}", page.text());
        }
        assert_eq!(page.checkboxes(), [("email".to_owned(), true), ("phone".to_owned(), true)]);
        let (action, fields) = page.form();
        let fields: Vec<(&str, &str)> = fields.iter().filter(|(_, value)| value != "email")
            .map(|(name, value)| (name.as_str(), value.as_str())).chain([("decision", "allow")]).collect();
        let code = browser.post(&action, &fields).await.returned("code").unwrap();
        let tokens = client.redeem(&code).await;
        assert_eq!(names(&told(&server, tokens.access_token()).await), ["phone_number", "sub"], "the address was left out");
        let code = browser.visit(&silent).await.returned("code").unwrap();
        let tokens = client.redeem(&code).await;
        assert_eq!(names(&told(&server, tokens.access_token()).await), ["phone_number", "sub"], "as decided");
    }

    // A client gets no claim whose scope an administrator did not give it, and none without openid.
    async fn a_client_gets_no_more_than_it_is_registered_for(db: TestDatabase) {
        let server = TestServer::start(db).await;
        add_ada(&server).await;
        let client = server.web_client().await;
        let claims = json!({ "userinfo": { "phone_number": { "essential": true }, "name": null }, "id_token": { "address": null, "email": null } });
        let claims = claims.to_string();
        let tokens = client.tokens("ada", &[("claims", &claims)]).await;
        let id = id_claims(&tokens);
        assert_eq!(names(&told(&server, tokens.access_token()).await), ["name", "sub"]);
        assert!(id.get("address").is_none() && id.get("email").is_some(), "{id}");
        let fields = ClientFields { scope: Some("openid".to_owned()), ..ClientFields::default() };
        server.change_client(&client, fields).await;
        assert_eq!(names(&told(&server, tokens.access_token()).await), ["sub"], "S96: less now");
        let without = client.authorize_url(&[("claims", &claims), ("scope", "profile")]);
        assert_eq!(ask(&server, Method::GET, &without, &[], "").await.returned("error").as_deref(), Some("invalid_scope"));
        let fields = ClientFields { scope: Some("openid profile email".to_owned()), ..ClientFields::default() };
        server.change_client(&client, fields).await;
        let page = client.sign_in(&mut Browser::new(&server.url), "ada", &[("claims", &claims), ("scope", "profile")]).await;
        let tokens = client.redeem(&page.returned("code").unwrap()).await;
        assert!(tokens.json.get("id_token").is_none());
    }

    // S26
    async fn a_strange_claims_parameter_is_refused(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = client(&server, ClientFields::default()).await;
        let deep = |depth| format!("{{\"userinfo\":{}{}}}", "{\"a\":".repeat(depth), "}".repeat(depth));
        for bad in [
            "name", "[]", "{", "null", r#"{"userinfo":[]}"#, r#"{"id_token":{"name":1}}"#, r#"{"userinfo":{},"userinfo":{"email":null}}"#,
            r#"{"id_token":{"sub":{"value":["a","b"]}}}"#, r#"{"id_token":{"sub":{"values":["a","b"]}}}"#, &deep(300), &"[".repeat(4000),
            &format!("{{\"x\":\"{}\"}}", "x".repeat(5000)),
        ] {
            assert_refused(&asked(&server, &client, bad).await, &server.url, "invalid_request", &bad[..bad.len().min(60)]);
        }
        // As a post, whose body may be longer; beyond its bounds nothing is read.
        for (claims, status) in [(deep(2500), 303), (deep(10_000), 413), ("x".repeat(1 << 20), 413)] {
            let url = client.authorize_url(&[("claims", &claims)]);
            let form = [("content-type", "application/x-www-form-urlencoded")];
            let page = ask(&server, Method::POST, "/authorize", &form, url.split_once('?').unwrap().1).await;
            assert_eq!(page.status, status);
        }
        let twice = format!("{}&claims=%7B%7D&claims=%7B%7D", client.authorize_url(&[]));
        assert_refused(&ask(&server, Method::GET, &twice, &[], "").await, &server.url, "invalid_request", "twice");
        let strange = client.authorize_url(&[("claims", "{"), ("redirect_uri", "https://evil.example/")]);
        assert_shown(&ask(&server, Method::GET, &strange, &[], "").await, "the redirect URI comes first");
    }

    // S26
    async fn only_the_person_that_was_asked_for_answers(db: TestDatabase) {
        let server = TestServer::start(db).await;
        add_ada(&server).await;
        server.add_user("eve").await;
        let client = client(&server, ClientFields::default()).await;
        let ada = id_claims(&client.tokens("ada", &[]).await)["sub"].clone();
        for place in ["id_token", "userinfo"] {
            let mut browser = Browser::new(&server.url);
            client.sign_in(&mut browser, "eve", &[]).await;
            let claims = sub_in(place, &ada);
            let silent = browser.visit(&client.authorize_url(&[("claims", &claims), ("prompt", "none")])).await;
            assert_refused(&silent, &server.url, "login_required", place);
            // Eve may sign in again, and still is not Ada; Ada may.
            let page = browser.visit(&client.authorize_url(&[("claims", &claims)])).await;
            let page = browser.log_in(&page, "eve").await;
            assert_refused(&page, &server.url, "login_required", place);
            assert!(!page.returned("error_description").unwrap().contains("prompt=none"), "nobody asked for that");
            let page = client.sign_in(&mut browser, "ada", &[("claims", &claims)]).await;
            let tokens = client.redeem(&page.returned("code").unwrap()).await;
            assert_eq!(id_claims(&tokens)["sub"], ada);
            assert_eq!(told(&server, tokens.access_token()).await["sub"], ada);
        }
        let mut browser = Browser::new(&server.url);
        client.sign_in(&mut browser, "ada", &[]).await;
        let stranger = server.add_client(new_client("Curious", &["https://app.example/callback"])).await;
        let page = browser.visit(&stranger.authorize_url(&[("claims", &sub_in("id_token", &ada)), ("prompt", "none")])).await;
        assert_refused(&page, &server.url, "login_required", "a right guess by whom Ada never let in");
        let mut browser = Browser::new(&server.url);
        client.sign_in(&mut browser, "eve", &[]).await;
        for nobody in [json!("nobody"), json!(client.id), json!(""), json!("00000000-0000-0000-0000-00000000000g")] {
            for more in [("prompt", "none"), ("prompt", "login"), ("state", "xyz")] {
                let page = browser.visit(&client.authorize_url(&[("claims", &sub_in("id_token", &nobody)), more])).await;
                assert_refused(&page, &server.url, "login_required", &nobody.to_string());
            }
        }
    }

    // OIDC Core §5.5.1.1, oidcc-ensure-request-with-acr-values-succeeds, oidcc-claims-locales, oidcc-ui-locales
    async fn an_essential_acr_is_there_or_the_sign_in_failed(db: TestDatabase) {
        let server = TestServer::start(db).await;
        add_ada(&server).await;
        let client = client(&server, ClientFields::default()).await;
        let gold = json!({ "id_token": { "acr": { "essential": true, "values": ["gold"] } } }).to_string();
        assert_refused(&asked(&server, &client, &gold).await, &server.url, "unmet_authentication_requirements", "gold");
        for claims in [
            json!({ "id_token": { "acr": { "values": ["gold"] } } }),
            json!({ "id_token": { "acr": { "essential": true, "values": ["gold", "pwd"] }, "auth_time": { "essential": true } } }),
        ] {
            let more = [("claims", claims.to_string()), ("claims_locales", "de en".to_owned()), ("ui_locales", "xx de".to_owned()), ("acr_values", "gold pwd".to_owned())];
            let more: Vec<(&str, &str)> = more.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let id = id_claims(&client.tokens("ada", &more).await);
            assert_eq!(id["acr"], "pwd");
            assert!(id["auth_time"].is_i64());
        }
    }
}
