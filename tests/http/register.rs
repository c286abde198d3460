//! `POST /register` (RFC 7591, OIDC Registration 1.0): who may, what is refused and how it is called, and that what comes of it works.

use placet::admin::registration_tokens::{self, NewRegistrationToken};
use placet::config::RegistrationMode;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;

use super::support::authenticator::Authenticator;
use super::support::requests::ask;
use super::support::{Browser, Client, Page, TestServer};
use crate::support::database::{TestDatabase, on_both};

pub(crate) const CALLBACK: &str = "https://app.example/callback";

/// A server that lets anyone register.
pub(crate) async fn open(db: TestDatabase) -> TestServer {
    TestServer::start_with(db, |config| {
        config.registration.mode = RegistrationMode::Open;
        config.registration.max_per_hour_per_address = 1000;
    })
    .await
}

pub(crate) async fn post(server: &TestServer, token: Option<&str>, body: &str) -> Page {
    let bearer = token.map(|token| format!("Bearer {token}"));
    let mut headers = vec![("content-type", "application/json")];
    headers.extend(bearer.iter().map(|value| ("authorization", value.as_str())));
    ask(server, Method::POST, "/register", &headers, body).await
}

/// The information of a client that registered with these members.
pub(crate) async fn register(server: &TestServer, body: &Value) -> Value {
    let page = post(server, None, &body.to_string()).await;
    assert_eq!(page.status, 201, "{body}: {}", page.body);
    assert_eq!(page.header("cache-control"), "no-store");
    json_of(&page)
}

pub(crate) fn json_of(page: &Page) -> Value {
    serde_json::from_str(&page.body).unwrap_or_else(|error| panic!("{error}: {}", page.body))
}

/// That the request was refused with that code, and the description names the field.
#[track_caller]
pub(crate) fn assert_refused(page: &Page, status: u16, code: &str, names: &str) {
    let answer = json_of(page);
    let description = answer["error_description"].as_str().unwrap();
    assert_eq!(
        (page.status.as_u16(), answer["error"].as_str().unwrap()),
        (status, code),
        "{description}"
    );
    assert!(description.contains(names), "{names}: {description}");
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(answer.get("client_id").is_none());
}

/// The smallest good request, with `more` over it.
pub(crate) fn with(more: &Value) -> Value {
    let mut body = json!({ "redirect_uris": [CALLBACK] });
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

pub(crate) async fn initial_token(server: &TestServer, uses: i64) -> String {
    let new = NewRegistrationToken {
        name: "For a friend".to_owned(),
        uses,
        ttl: Duration::from_secs(100),
    };
    let (_, token) = registration_tokens::add(&server.app, &TestServer::by(), new)
        .await
        .unwrap();
    token.into_inner()
}

async fn discovered(server: &TestServer) -> Value {
    let page = ask(
        server,
        Method::GET,
        "/.well-known/openid-configuration",
        &[],
        "",
    )
    .await;
    json_of(&page)
}

fn public_jwk() -> Value {
    json!({ "kty": "EC", "crv": "P-256", "kid": "k", "alg": "ES256",
        "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0" })
}

on_both! {
    // S147: closed unless somebody opened it.
    async fn nobody_registers_by_default(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let page = post(&server, Some("placet_iat_x"), &with(&json!({})).to_string()).await;
        assert_refused(&page, 403, "access_denied", "administrator");
        assert!(discovered(&server).await.get("registration_endpoint").is_none());
        assert_eq!(server.database.count("clients").await, 0);
    }

    // S147
    async fn an_initial_token_registers_as_many_as_it_says(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| config.registration.mode = RegistrationMode::Token).await;
        assert_eq!(discovered(&server).await["registration_endpoint"], format!("{}/register", server.url));
        let body = with(&json!({})).to_string();
        let page = post(&server, None, &body).await;
        assert_refused(&page, 401, "invalid_token", "initial access token");
        assert_eq!(page.header("www-authenticate"), "Bearer realm=\"placet\"");
        let page = post(&server, Some("placet_iat_unknown"), &body).await;
        assert_refused(&page, 401, "invalid_token", "initial access token");
        assert_eq!(page.header("www-authenticate"), "Bearer realm=\"placet\", error=\"invalid_token\"");

        let token = initial_token(&server, 2).await;
        // What is refused takes no use.
        for _ in 0..3 {
            let page = post(&server, Some(&token), "{}").await;
            assert_refused(&page, 400, "invalid_redirect_uri", "redirect_uris");
        }
        for _ in 0..2 {
            let page = post(&server, Some(&token), &body).await;
            assert_eq!(page.status, 201, "{}", page.body);
        }
        assert_refused(&post(&server, Some(&token), &body).await, 401, "invalid_token", "used up");

        let token = initial_token(&server, 5).await;
        server.advance(100);
        assert_refused(&post(&server, Some(&token), &body).await, 401, "invalid_token", "expired");
        assert_eq!(server.database.count("clients").await, 2);
        // As a hash alone.
        let token = initial_token(&server, 1).await;
        let kept = server.database.texts("SELECT name FROM initial_access_tokens".to_owned()).await;
        assert!(!kept.iter().any(|text| text.contains(&token)));
        let two = [("content-type", "application/json"), ("authorization", "Bearer a"), ("authorization", "Bearer b")];
        let page = ask(&server, Method::POST, "/register", &two, &body).await;
        assert_eq!(page.status, 401);
    }

    // The defaults of RFC 7591 §2 and OIDC Registration §2; S154; and the answer's form.
    async fn a_small_request_gets_the_defaults(db: TestDatabase) {
        let server = open(db).await;
        server.add_scope("jobs:run", "run jobs").await;
        let answer = register(&server, &json!({ "redirect_uris": [CALLBACK], "client_name#de": "Foto", "unknown": [1], "logo_uri": null })).await;
        let id = answer["client_id"].as_str().unwrap();
        assert!(!id.starts_with("https://") && id.starts_with("c_"), "S154: {id}");
        let secret = answer["client_secret"].as_str().unwrap();
        let token = answer["registration_access_token"].as_str().unwrap();
        assert!(token.starts_with("placet_rat_") && token.len() == 11 + 43, "{token}");
        let expected = json!({
            "client_id": id,
            "client_id_issued_at": 1_800_000_000,
            "client_secret": secret,
            "client_secret_expires_at": 0,
            "registration_access_token": token,
            "registration_client_uri": format!("{}/register/{id}", server.url),
            "client_name": "app.example",
            "client_name#de": "Foto",
            "application_type": "web",
            "redirect_uris": [CALLBACK],
            "grant_types": ["authorization_code"],
            "response_types": ["code"],
            "token_endpoint_auth_method": "client_secret_basic",
            "scope": "address email offline_access openid phone profile",
            "subject_type": "public",
            "id_token_signed_response_alg": "RS256",
            "require_auth_time": false,
        });
        assert_eq!(answer, expected);
        let written = server.database.texts("SELECT actor || ' ' || address FROM audit_events WHERE kind = 'client_added'".to_owned()).await;
        assert_eq!(written, ["anonymous 127.0.0.1"]);
        let app = register(&server, &json!({ "redirect_uris": ["com.example.app:/cb"], "application_type": "native", "token_endpoint_auth_method": "none" })).await;
        assert_eq!(app["client_name"], "com.example.app");
        assert!(app.get("client_secret").is_none() && app.get("client_secret_expires_at").is_none());
    }

    // Every member that is supported comes back as it was given (RFC 7591 §3.2.1).
    async fn what_is_registered_is_told(db: TestDatabase) {
        let server = open(db).await;
        let body = json!({
            "client_name": "Photo Printer",
            "application_type": "native",
            "redirect_uris": [CALLBACK, "http://127.0.0.1/cb", "com.example.app:/cb"],
            "grant_types": ["authorization_code", "refresh_token"],
            "response_types": ["code"],
            "scope": "openid profile",
            "token_endpoint_auth_method": "private_key_jwt",
            "token_endpoint_auth_signing_alg": "ES256",
            "jwks": { "keys": [public_jwk()] },
            "client_uri": "https://app.example", "logo_uri": "https://app.example/logo.svg",
            "policy_uri": "https://app.example/policy", "tos_uri": "https://app.example/tos",
            "initiate_login_uri": "https://app.example/start",
            "contacts": ["ops@app.example"],
            "subject_type": "public",
            "id_token_signed_response_alg": "ES256",
            "userinfo_signed_response_alg": "RS256",
            "introspection_signed_response_alg": "PS256",
            "request_object_signing_alg": "ES256",
            "request_uris": ["https://app.example/request.jwt"],
            "default_max_age": 3600,
            "require_auth_time": true,
            "default_acr_values": ["pwd"],
            "post_logout_redirect_uris": ["https://app.example/bye"],
            "backchannel_logout_uri": "https://app.example/back",
            "backchannel_logout_session_required": true,
            "frontchannel_logout_uri": "https://app.example/front",
            "frontchannel_logout_session_required": true,
            "software_id": "5f2c", "software_version": "1.2",
        });
        let answer = register(&server, &body).await;
        for (name, value) in body.as_object().unwrap() {
            assert_eq!(&answer[name], value, "{name}");
        }
        assert!(answer.get("client_secret").is_none());
        let defaults = with(&json!({
            "require_auth_time": false,
            "backchannel_logout_uri": "https://app.example/back", "backchannel_logout_session_required": false,
            "frontchannel_logout_uri": "https://app.example/front", "frontchannel_logout_session_required": false,
        }));
        let told = register(&server, &defaults).await;
        for (name, value) in defaults.as_object().unwrap() {
            assert_eq!(&told[name], value, "{name}");
        }
        let algs = discovered(&server).await["id_token_signing_alg_values_supported"].clone();
        assert!(algs.as_array().unwrap().contains(&json!("PS256")), "its keys were made: {algs}");
    }

    // S8, S9, S10, S148; oidcc-redirect-uri-regfrag.
    async fn bad_redirect_uris_are_refused(db: TestDatabase) {
        let server = open(db).await;
        for uri in [
            "javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "blob:https://app.example/x",
            "http://app.example/cb", "http://192.168.0.1/cb", "myapp:/cb", "https://app.example/cb#x", "https://*.example/cb",
            "https://app.example/a/../b", "https://user@app.example/cb", "/cb", "",
        ] {
            for more in [json!({}), json!({ "application_type": "native" })] {
                let mut body = with(&more);
                body["redirect_uris"] = json!([CALLBACK, uri]);
                let page = post(&server, None, &body.to_string()).await;
                assert_refused(&page, 400, "invalid_redirect_uri", "redirect_uris");
            }
        }
        for uris in [json!([]), json!([CALLBACK, CALLBACK]), json!(CALLBACK), json!([1]), Value::Null, json!(["com.example.app:/cb"]), json!(vec![CALLBACK; 51])] {
            let page = post(&server, None, &json!({ "redirect_uris": uris }).to_string()).await;
            assert_refused(&page, 400, "invalid_redirect_uri", "redirect_uris");
        }
        assert_eq!(server.database.count("clients").await, 0);
    }

    // S149, S53
    async fn what_goes_beyond_is_refused_by_name(db: TestDatabase) {
        let server = open(db).await;
        server.add_scope("jobs:run", "run jobs").await;
        let private = { let mut key = public_jwk(); key["d"] = json!("x"); key };
        for (field, more) in [
            ("scope", json!({ "scope": "openid jobs:run" })),
            ("scope", json!({ "scope": "placet:admin" })),
            ("scope", json!({ "scope": ["openid"] })),
            ("grant_types", json!({ "grant_types": ["authorization_code", "password"] })),
            ("grant_types", json!({ "grant_types": ["client_credentials"] })),
            ("grant_types", json!({ "grant_types": ["refresh_token"] })),
            ("grant_types", json!({ "grant_types": ["authorization_code", "implicit"] })),
            ("grant_types", json!({ "grant_types": ["x".repeat(5000)] })),
            ("grant_types", json!({ "grant_types": [] })),
            ("response_types", json!({ "response_types": ["code id_token"], "grant_types": ["authorization_code"] })),
            ("response_types", json!({ "response_types": ["nonsense"] })),
            ("grant_types", json!({ "response_types": ["id_token"] })),
            ("token_endpoint_auth_method", json!({ "token_endpoint_auth_method": "tls_client_auth" })),
            ("token_endpoint_auth_method", json!({ "token_endpoint_auth_method": "private_key_jwt" })),
            ("token_endpoint_auth_signing_alg", json!({ "token_endpoint_auth_signing_alg": "ES256" })),
            ("token_endpoint_auth_signing_alg", json!({ "token_endpoint_auth_signing_alg": "none" })),
            ("jwks", json!({ "jwks": { "keys": [private] } })),
            ("jwks", json!({ "jwks": { "keys": [{ "kty": "oct", "k": "AAAA" }] } })),
            ("jwks", json!({ "jwks": { "keys": [public_jwk()] }, "jwks_uri": "https://app.example/jwks" })),
            ("jwks", json!({ "jwks": "text" })),
            ("jwks_uri", json!({ "jwks_uri": "http://app.example/jwks" })),
            ("id_token_signed_response_alg", json!({ "id_token_signed_response_alg": "none" })),
            ("id_token_signed_response_alg", json!({ "id_token_signed_response_alg": "HS256" })),
            ("userinfo_signed_response_alg", json!({ "userinfo_signed_response_alg": "none" })),
            ("request_object_signing_alg", json!({ "request_object_signing_alg": "none" })),
            ("request_object_signing_alg", json!({ "request_object_signing_alg": "RS256" })),
            ("id_token_encrypted_response_alg", json!({ "id_token_encrypted_response_alg": "RSA-OAEP" })),
            ("userinfo_encrypted_response_enc", json!({ "userinfo_encrypted_response_enc": "A128GCM" })),
            ("client_name", json!({ "client_name": " " })),
            ("client_name", json!({ "client_name": "My Bank\u{202e}" })),
            ("client_name", json!({ "client_name": 7 })),
            ("application_type", json!({ "application_type": "service" })),
            ("subject_type", json!({ "subject_type": "x" })),
            ("sector_identifier_uri", json!({ "subject_type": "pairwise", "redirect_uris": [CALLBACK, "https://other.example/cb"] })),
            ("logo_uri", json!({ "logo_uri": "javascript:alert(1)" })),
            ("policy_uri", json!({ "policy_uri": "javascript:alert(1)" })),
            ("tos_uri", json!({ "tos_uri": "data:text/html,x" })),
            ("initiate_login_uri", json!({ "initiate_login_uri": "http://app.example/start" })),
            // oidcc-3rd_party-init-login-nohttps, with the suite on this very machine
            ("initiate_login_uri", json!({ "initiate_login_uri": "http://localhost:8443/start" })),
            ("request_uris", json!({ "request_uris": ["http://app.example/x"] })),
            ("contacts", json!({ "contacts": ["a\nb"] })),
            ("default_max_age", json!({ "default_max_age": -1 })),
            ("require_auth_time", json!({ "require_auth_time": "yes" })),
            ("post_logout_redirect_uris", json!({ "post_logout_redirect_uris": ["http://app.example/bye"] })),
            ("frontchannel_logout_uri", json!({ "frontchannel_logout_uri": "https://other.example/front" })),
            ("backchannel_logout_uri", json!({ "backchannel_logout_uri": "https://app.example/#x" })),
        ] {
            let page = post(&server, None, &with(&more).to_string()).await;
            assert_refused(&page, 400, "invalid_client_metadata", field);
            assert!(page.body.len() < 1000, "{field}: {}", page.body.len());
        }
        let page = post(&server, None, &with(&json!({ "software_statement": "e30.e30." })).to_string()).await;
        assert_refused(&page, 400, "unapproved_software_statement", "software_statement");
        assert_eq!(server.database.count("clients").await, 0);
    }

    async fn only_one_json_object_is_read(db: TestDatabase) {
        let server = open(db).await;
        let twice = format!("{{\"redirect_uris\":[\"{CALLBACK}\"],\"scope\":\"openid\",\"scope\":\"openid profile\"}}");
        let deep = format!("{{\"jwks\":{}1{}}}", "[".repeat(200), "]".repeat(200));
        for body in ["", "[]", "null", "redirect_uris=x", &twice, &deep, "{}x"] {
            assert_refused(&post(&server, None, body).await, 400, "invalid_client_metadata", "JSON");
        }
        let body = with(&json!({})).to_string();
        for kind in ["application/x-www-form-urlencoded", "text/plain", "application/json; charset=latin1"] {
            let page = ask(&server, Method::POST, "/register", &[("content-type", kind)], &body).await;
            assert_refused(&page, 415, "invalid_request", "application/json");
        }
        let page = post(&server, None, &with(&json!({ "x": "x".repeat(70_000) })).to_string()).await;
        assert_refused(&page, 413, "invalid_request", "64 KiB");
        let page = ask(&server, Method::GET, "/register", &[], "").await;
        assert_eq!((page.status.as_u16(), page.header("allow")), (405, "POST"));
        let origin = [("content-type", "application/json"), ("origin", "https://app.example")];
        let page = ask(&server, Method::POST, "/register", &origin, &body).await;
        assert_eq!(page.status, 201);
        assert!(!page.headers.contains_key("access-control-allow-origin"));
    }

    // A client of each kind signs in; S69; S53, registration-policy-uri and -tos-uri: the links are where a person looks.
    async fn registered_clients_work(db: TestDatabase) {
        let server = open(db).await;
        server.add_user("ada").await;
        let body = with(&json!({
            "client_name": "Photo Printer", "grant_types": ["authorization_code", "refresh_token"],
            "logo_uri": "https://app.example/logo.svg", "policy_uri": "https://app.example/policy", "tos_uri": "https://app.example/terms",
            "client_uri": "https://app.example/home",
        }));
        let client = Client::registered(&server, &register(&server, &body).await);
        let mut browser = Browser::new(&server.url);
        let login = browser.visit(&client.authorize_url(&[("scope", "openid offline_access")])).await;
        let consent = browser.log_in(&login, "ada").await;
        for page in [&login, &consent] {
            assert!(page.body.contains("https://app.example/policy") && page.body.contains("https://app.example/terms"), "{}", page.body);
            assert!(!page.body.contains("logo.svg"), "never fetched by the browser");
        }
        assert!(consent.text().contains("not checked by"), "{}", consent.text());
        assert!(consent.body.contains("https://app.example/home"), "{}", consent.body);
        // The same mark wherever its name and its look are.
        let choice = browser.visit(&client.authorize_url(&[("prompt", "select_account")])).await;
        assert_eq!(choice.heading_kind(), "choose-account", "{}", choice.body);
        server.add_user("bob").await;
        Authenticator::set_up(&server, "bob").await;
        let mut other = Browser::new(&server.url);
        let login = other.visit(&client.authorize_url(&[])).await;
        let verify = other.log_in(&login, "bob").await;
        assert_eq!(verify.heading_kind(), "verify", "{}", verify.body);
        for page in [&login, &choice, &verify] {
            assert!(page.text().contains("Photo Printer") && page.text().contains("was not checked by Placet"), "{}", page.text());
        }
        // S51: a home elsewhere than where the browser goes is only said to be theirs.
        let posing = register(&server, &with(&json!({ "client_uri": "https://bank.example/" }))).await;
        let page = browser.visit(&Client::registered(&server, &posing).authorize_url(&[])).await;
        assert!(page.heading_kind() == "consent" && !page.body.contains("bank.example"), "{}", page.body);
        let code = browser.approve(&consent).await.returned("code").unwrap();
        // The same marks stand at the connected app.
        browser.approve(&page).await;
        let apps = browser.visit("/account/apps").await;
        assert_eq!(apps.text().matches("not checked by Placet").count(), 2, "{}", apps.text());
        assert_eq!(apps.text().matches("app.example").count(), 1, "{}", apps.text());
        assert!(!apps.body.contains("bank.example"), "{}", apps.body);
        // S69: it was issued a secret, so it is nothing without.
        let mut without = client.clone();
        without.secret = None;
        assert_eq!(without.redeem(&code).await.error(), "invalid_client");
        let tokens = client.redeem(&code).await;
        assert_eq!(tokens.status, 200, "{}", tokens.json);
        client.refresh(tokens.refresh_token()).await.assert_granted("refresh");

        let public = with(&json!({ "token_endpoint_auth_method": "none" }));
        let public = Client::registered(&server, &register(&server, &public).await);
        assert_eq!(public.secret, None);
        public.tokens("ada", &[]).await;
    }

    async fn legacy_response_types_need_the_setting(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| {
            config.registration.mode = RegistrationMode::Open;
            config.registration.allow_legacy_response_types = true;
        })
        .await;
        let answer = register(&server, &with(&json!({ "response_types": ["code", "id_token code"] }))).await;
        assert_eq!(answer["grant_types"], json!(["authorization_code", "implicit"]));
        assert_eq!(answer["response_types"], json!(["code", "code id_token"]));
        let body = json!({ "redirect_uris": ["http://localhost/cb"], "response_types": ["id_token"] });
        assert_refused(&post(&server, None, &body.to_string()).await, 400, "invalid_redirect_uri", "implicit");
    }

    async fn the_settings_say_which_scopes(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| {
            config.registration.mode = RegistrationMode::Open;
            config.registration.scope = vec!["openid".to_owned(), "notes:read".to_owned()];
        })
        .await;
        assert_eq!(register(&server, &with(&json!({}))).await["scope"], "openid", "not yet registered");
        server.add_scope("notes:read", "read your notes").await;
        assert_eq!(register(&server, &with(&json!({}))).await["scope"], "notes:read openid");
        let page = post(&server, None, &with(&json!({ "scope": "openid email" })).to_string()).await;
        assert_refused(&page, 400, "invalid_client_metadata", "email");
    }
}
