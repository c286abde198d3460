//! Metadata and key set: where they are, what they promise, that they outlive rotation, restarts and the database.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use placet::admin::keys;
use placet::admin::resources::{self, NewResource};
use reqwest::Method;
use serde_json::Value;

use super::support::client::{VERIFIER, basic, decode_jwt};
use super::support::requests::{ask, assert_refused, encode, new_client};
use super::support::{Browser, Client, Page, TestServer};
use crate::support::database::on_both;

const OPENID: &str = "/.well-known/openid-configuration";
const OAUTH: &str = "/.well-known/oauth-authorization-server";
const JWKS: &str = "/.well-known/jwks.json";

async fn get(server: &TestServer, path: &str) -> Page {
    ask(server, Method::GET, path, &[], "").await
}

async fn json(server: &TestServer, path: &str) -> Value {
    let page = get(server, path).await;
    assert_eq!(
        (page.status.as_u16(), page.header("content-type")),
        (200, "application/json"),
        "{path}: {}",
        page.body
    );
    serde_json::from_str(&page.body).unwrap()
}

fn list(metadata: &Value, name: &str) -> Vec<String> {
    let list = metadata[name]
        .as_array()
        .unwrap_or_else(|| panic!("no {name}: {metadata}"));
    list.iter()
        .map(|value| value.as_str().unwrap().to_owned())
        .collect()
}

/// The kids in the key set.
async fn kids(server: &TestServer) -> BTreeSet<String> {
    let keys = json(server, JWKS).await;
    keys["keys"]
        .as_array()
        .unwrap()
        .iter()
        .map(|key| key["kid"].as_str().unwrap().to_owned())
        .collect()
}

/// The kid that signs access tokens now.
async fn signing_kid(client: &Client) -> String {
    let (header, _) = client.tokens("ada", &[]).await.decoded();
    header["kid"].as_str().unwrap().to_owned()
}

on_both! {
    // OpenID Connect Discovery 1.0 §3
    async fn the_pages_of_the_installation_are_named(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| {
            config.branding.privacy_uri = Some("https://acme.example/privacy".to_owned());
            config.branding.terms_uri = Some("mailto:law@acme.example".to_owned());
        })
        .await;
        let metadata = json(&server, OPENID).await;
        assert_eq!((metadata["op_policy_uri"].as_str(), metadata.get("op_tos_uri")), (Some("https://acme.example/privacy"), None));
    }

    // S128 S129
    async fn the_metadata_lists_what_works_and_nothing_else(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_scope("photos:read", "look at your photos").await;
        let metadata = json(&server, OPENID).await;
        assert_eq!(metadata, json(&server, OAUTH).await, "RFC 8414 and OpenID say the same");
        assert_eq!(metadata["issuer"], server.url);
        for (name, path) in [("authorization_endpoint", "/authorize"), ("token_endpoint", "/token"), ("introspection_endpoint", "/introspect"), ("revocation_endpoint", "/revoke"), ("jwks_uri", JWKS), ("end_session_endpoint", "/logout")] {
            assert_eq!(metadata[name], format!("{}{path}", server.url));
            assert_ne!(get(&server, path).await.status, 404, "{path}");
        }
        for (name, values) in [
            ("response_types_supported", "code code id_token code token code id_token token id_token id_token token token"),
            ("ui_locales_supported", "en de fr es pt it pl ja zh-Hans ar"),
            ("display_values_supported", "page popup touch wap"), ("request_object_signing_alg_values_supported", "RS256 ES256 PS256 EdDSA"),
            ("response_modes_supported", "query fragment form_post"),
            ("grant_types_supported", "authorization_code refresh_token client_credentials password implicit"),
            ("token_endpoint_auth_methods_supported", "client_secret_basic client_secret_post client_secret_jwt private_key_jwt none"),
            ("token_endpoint_auth_signing_alg_values_supported", "RS256 ES256 PS256 EdDSA HS256"),
            ("introspection_endpoint_auth_methods_supported", "client_secret_basic client_secret_post client_secret_jwt private_key_jwt"),
            ("revocation_endpoint_auth_methods_supported", "client_secret_basic client_secret_post client_secret_jwt private_key_jwt none"),
            ("code_challenge_methods_supported", "S256"), ("subject_types_supported", "public pairwise"),
            ("prompt_values_supported", "none login consent select_account"),
            ("scopes_supported", "openid profile email address phone offline_access photos:read"),
        ] {
            assert_eq!(list(&metadata, name).join(" "), values, "{name}");
        }
        let algs = list(&metadata, "id_token_signing_alg_values_supported");
        assert_eq!(list(&metadata, "userinfo_signing_alg_values_supported"), algs);
        for claim in ["sub", "sid", "name", "birthdate", "email_verified", "address", "phone_number", "roles", "updated_at"] {
            assert!(list(&metadata, "claims_supported").iter().any(|known| known == claim), "{claim}");
        }
        assert!(algs.contains(&"RS256".to_owned()), "OIDC Discovery §3");
        assert!(!algs.iter().any(|alg| alg == "none" || alg.starts_with("HS")), "{algs:?}");
        assert_eq!(list(&metadata, "introspection_signing_alg_values_supported"), algs, "RFC 9701 §7");
        assert_eq!(metadata["authorization_response_iss_parameter_supported"], true);
        assert_eq!(metadata["claims_parameter_supported"], true);
        for name in ["backchannel_logout_supported", "backchannel_logout_session_supported", "frontchannel_logout_supported", "frontchannel_logout_session_supported"] {
            assert_eq!(metadata[name], true, "{name}");
        }
        assert_eq!(metadata.get("check_session_iframe"), None, "Session Management is not owed");
        for name in ["request_parameter_supported", "request_uri_parameter_supported", "require_request_uri_registration"] {
            assert_eq!(metadata[name], true, "{name}");
        }
        // What no issue has brought yet, or what is not there: every endpoint that is named answers.
        for (name, value) in metadata.as_object().unwrap() {
            if let Some(path) = value.as_str().filter(|_| name.ends_with("_endpoint")).and_then(|url| url.strip_prefix(&server.url)) {
                assert_ne!(get(&server, path).await.status, 404, "{name}");
            }
        }
        // Each alg that is named signs ID tokens, each scope can be asked for, each mode and prompt is understood.
        server.add_user("ada").await;
        for alg in &algs {
            let mut new = new_client("App", &["https://app.example/cb"]);
            new.fields.id_token_signed_response_alg = Some(alg.clone());
            let client = server.add_client(new).await;
            let tokens = client.tokens("ada", &[]).await;
            let (header, _) = decode_jwt(tokens.json["id_token"].as_str().unwrap());
            assert_eq!(header["alg"], alg.as_str());
            assert!(kids(&server).await.contains(header["kid"].as_str().unwrap()));
        }
        let mut new = new_client("App", &["https://app.example/cb"]);
        new.fields.scope = Some(list(&metadata, "scopes_supported").join(" "));
        let client = server.add_client(new).await;
        for (parameter, name) in [("scope", "scopes_supported"), ("response_mode", "response_modes_supported"), ("prompt", "prompt_values_supported")] {
            for value in list(&metadata, name).iter().filter(|value| *value != "none") {
                let page = get(&server, &client.authorize_url(&[(parameter, value)])).await;
                assert!(page.location().unwrap().starts_with("/login?request="), "{parameter}={value}");
            }
        }
        for grant in list(&metadata, "grant_types_supported").iter().filter(|grant| *grant != "implicit") {
            assert_ne!(client.token(&[("grant_type", grant)]).await.error(), "unsupported_grant_type", "{grant}");
        }
    }

    // S128: an issuer with a path
    async fn an_issuer_may_have_a_path(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| {
            config.issuer = format!("{}/auth/one", config.issuer.as_str()).parse().unwrap();
        }).await;
        let issuer = format!("{}/auth/one", server.url);
        for path in [
            "/auth/one/.well-known/openid-configuration", "/.well-known/openid-configuration/auth/one",
            "/.well-known/oauth-authorization-server/auth/one", "/auth/one/.well-known/oauth-authorization-server",
        ] {
            let metadata = json(&server, path).await;
            assert_eq!(metadata["issuer"], issuer, "{path}");
            assert_eq!(metadata["authorization_endpoint"], format!("{issuer}/authorize"));
            assert_eq!(metadata["token_endpoint"], format!("{issuer}/token"));
            assert_eq!(metadata["jwks_uri"], format!("{issuer}/.well-known/jwks.json"));
        }
        for path in [OPENID, OAUTH, JWKS, "/authorize", "/token", "/login", "/auth", "/auth/one/x", "/.well-known/openid-configuration/auth"] {
            assert_eq!(get(&server, path).await.status, 404, "that would be another issuer's: {path}");
        }
        assert!(json(&server, "/auth/one/.well-known/jwks.json").await["keys"].is_array());
        // The whole turn below the path: every redirect, form and link stays there.
        server.add_user("ada").await;
        let client = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        let page = browser.visit(&format!("/auth/one{}", client.authorize_url(&[]))).await;
        assert_eq!(page.url.path(), "/auth/one/login");
        assert!(page.body.contains("href=\"/auth/one/static/style.css?v="));
        let page = browser.log_in(&page, "ada").await;
        assert_eq!(page.url.path(), "/auth/one/consent");
        let page = browser.approve(&page).await;
        assert_eq!(page.returned("iss").as_deref(), Some(issuer.as_str()));
        let code = page.returned("code").unwrap();
        let secret = client.secret.clone().unwrap();
        let body = encode(&[
            ("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", "https://app.example/callback"),
            ("code_verifier", VERIFIER),
        ]);
        let basic = basic(&client.id, &secret);
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("authorization", basic.as_str())];
        let page = ask(&server, Method::POST, "/auth/one/token", &headers, &body).await;
        let tokens: Value = serde_json::from_str(&page.body).unwrap();
        let (_, claims) = decode_jwt(tokens["access_token"].as_str().unwrap());
        assert_eq!((claims["iss"].as_str(), claims["aud"].as_str()), (Some(issuer.as_str()), Some(issuer.as_str())));
        assert_eq!(get(&server, "/auth/one").await.status, 200);
        assert_eq!(get(&server, "/auth/one/account").await.location().as_deref(), Some("/auth/one/login"));
    }

    // S130 S61
    async fn the_issuer_follows_no_header(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| config.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()]).await;
        let client = server.web_client().await;
        let plain = get(&server, OPENID).await.body;
        for header in [
            ("host", "evil.example"), ("x-forwarded-host", "evil.example"), ("x-forwarded-proto", "https"), ("x-forwarded-port", "443"),
            ("x-forwarded-prefix", "/evil"), ("forwarded", "host=evil.example;proto=https"), ("x-original-url", "/evil"), ("x-rewrite-url", "/evil"),
        ] {
            for path in [OPENID, OAUTH] {
                assert_eq!(ask(&server, Method::GET, path, &[header], "").await.body, plain, "{header:?}");
            }
            let page = ask(&server, Method::GET, &client.authorize_url(&[]), &[header], "").await;
            assert!(page.location().unwrap().starts_with("/login?request="), "{header:?}: {:?}", page.location());
            let page = ask(&server, Method::GET, &client.authorize_url(&[("prompt", "none")]), &[header], "").await;
            assert_refused(&page, &server.url, "login_required", header.0);
            for path in ["/", "/login", "/nowhere"] {
                let page = ask(&server, Method::GET, path, &[header], "").await;
                assert!(!page.body.contains("evil"), "{header:?} {path}");
            }
        }
    }

    // S131 S107
    async fn the_key_set_is_public_keys_alone(db: TestDatabase) {
        let server = TestServer::start(db).await;
        for alg in ["EdDSA", "PS256", "HS256"] {
            let new = NewResource { uri: format!("https://{alg}.example"), alg: Some(alg.to_owned()), ..NewResource::default() };
            resources::add(&server.app, &TestServer::by(), new).await.unwrap();
        }
        let set = json(&server, JWKS).await;
        let keys = set["keys"].as_array().unwrap();
        let mut kids = BTreeSet::new();
        let mut algs = BTreeSet::new();
        for key in keys {
            let members: Vec<&str> = key.as_object().unwrap().keys().map(String::as_str).collect();
            for private in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
                assert!(!members.contains(&private), "{private} in {key}");
            }
            assert!(kids.insert(key["kid"].as_str().unwrap().to_owned()), "twice: {key}");
            assert_eq!(key["use"], "sig");
            algs.insert(key["alg"].as_str().unwrap().to_owned());
            match key["kty"].as_str().unwrap() {
                "RSA" => {
                    let modulus = URL_SAFE_NO_PAD.decode(key["n"].as_str().unwrap()).unwrap();
                    assert!(modulus.len() >= 256 && modulus[0] >= 0x80, "at least 2048 bits, without zeros in front");
                    assert_eq!(key["e"], "AQAB");
                }
                "EC" => assert_eq!(key["crv"], "P-256"),
                "OKP" => assert_eq!(key["crv"], "Ed25519"),
                other => panic!("{other}"),
            }
        }
        assert_eq!(algs.into_iter().collect::<Vec<_>>(), ["ES256", "EdDSA", "PS256", "RS256"]);
    }

    // S132
    async fn a_new_key_is_published_before_it_signs_and_the_old_one_after(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let (old, before) = (signing_kid(&client).await, kids(&server).await);
        let tag = get(&server, JWKS).await.header("etag").to_owned();
        let made = keys::rotate(&server.app, &TestServer::by(), None, false).await.unwrap();
        let new = made.iter().find(|key| key.alg.as_str() == "ES256").unwrap().kid.clone();
        let published = kids(&server).await;
        assert!(published.is_superset(&before) && published.contains(&new), "at once");
        assert_ne!(get(&server, JWKS).await.header("etag"), tag);
        server.advance(599);
        assert_eq!(signing_kid(&client).await, old, "whoever fetched the set before does not know the new one");
        // A restart loses none of them, and changes nothing about which one signs.
        let restarted = server.second_node(|config| config.issuer = server.app.config.issuer.clone()).await;
        assert_eq!(kids(&restarted).await, published);
        assert_eq!(signing_kid(&client.at(&restarted)).await, old);
        server.advance(1);
        for node in [&server, &restarted] {
            assert_eq!(signing_kid(&client.at(node)).await, new);
            assert!(kids(node).await.contains(&old));
        }
        let lifetime: u64 = client.tokens("ada", &[]).await.json["expires_in"].as_u64().unwrap();
        server.advance(lifetime - 1);
        assert!(kids(&server).await.contains(&old), "its last token still lives");
        server.advance(86_400 + 120);
        assert!(!kids(&server).await.contains(&old), "and is gone in the end");
        assert!(kids(&server).await.contains(&new));
    }

    // S133
    async fn documents_are_cacheable_and_outlive_the_database(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut bodies = Vec::new();
        for path in [OPENID, OAUTH, JWKS] {
            let page = get(&server, path).await;
            assert_eq!(page.header("cache-control"), "public, max-age=300", "{path}");
            let tag = page.header("etag").to_owned();
            assert!(tag.len() > 10 && tag.starts_with('"') && tag.ends_with('"'), "{tag}");
            for (sent, status) in [(tag.clone(), 304), (format!("W/{tag}"), 304), (format!("\"x\", {tag}"), 304), ("*".to_owned(), 304), ("\"x\"".to_owned(), 200)] {
                let again = ask(&server, Method::GET, path, &[("if-none-match", &sent)], "").await;
                assert_eq!(again.status, status, "{path} {sent}");
                assert_eq!((again.header("etag"), again.body.is_empty()), (tag.as_str(), status == 304));
            }
            let head = ask(&server, Method::HEAD, path, &[], "").await;
            assert_eq!((head.status.as_u16(), head.header("etag"), head.body.as_str()), (200, tag.as_str(), ""));
            bodies.push(page.body);
        }
        assert_eq!(get(&server, "/health/ready").await.status, 200);
        server.app.store.close().await;
        assert_eq!(get(&server, "/health/ready").await.status, 503);
        assert_eq!(get(&server, "/health/live").await.status, 200);
        for (path, body) in [OPENID, OAUTH, JWKS].into_iter().zip(bodies) {
            let page = get(&server, path).await;
            assert_eq!((page.status.as_u16(), page.body), (200, body), "{path}");
        }
        let broken = get(&server, "/login").await;
        assert_eq!(broken.status, 200, "the page itself needs no database");
        let broken = get(&server, "/").await;
        assert_eq!((broken.status.as_u16(), broken.text().contains(broken.header("x-request-id"))), (500, true));
    }
}
