//! UserInfo: how the token may come, and what is told by which scope (S121, S123 to S125, S127, S108).

use placet::admin::clients::{ClientFields, NewClient};
use placet::admin::users::{self, NewUser, UserFields};
use reqwest::Method;
use serde_json::{Value, json};

use super::support::client::decode_jwt;
use super::support::requests::{ask, encode};
use super::support::{Client, Page, TestServer};
use crate::support::database::on_both;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const EVERY_SCOPE: &str = "openid profile email address phone offline_access";

/// Ada with every standard claim.
pub(super) async fn add_ada(server: &TestServer) {
    let claims = [
        ("given_name", "Ada"),
        ("family_name", "Lovelace"),
        ("middle_name", "King"),
        ("nickname", "Countess"),
        ("profile", "https://ada.example/profile"),
        ("picture", "https://ada.example/picture.png"),
        ("website", "https://ada.example/"),
        ("gender", "female"),
        ("birthdate", "1815-12-10"),
        ("zoneinfo", "Europe/London"),
        ("locale", "en-GB"),
        ("phone_number", "+44 20 7946 0000"),
        ("phone_number_verified", "true"),
        ("address.formatted", "12 St James's Square\nLondon"),
        ("address.locality", "London"),
        ("address.country", "GB"),
    ];
    server
        .add_user_with(NewUser {
            username: "ada".to_owned(),
            email: Some("ada@example.com".to_owned()),
            is_email_verified: true,
            name: Some("Ada Lovelace".to_owned()),
            roles: vec!["editor".to_owned()],
            claims: claims
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .to_vec(),
            ..NewUser::default()
        })
        .await;
}

/// A client that may ask for every standard scope.
pub(super) async fn client(server: &TestServer, change: ClientFields) -> Client {
    let fields = ClientFields {
        name: Some("Address Book".to_owned()),
        redirect_uris: Some(vec!["https://app.example/callback".to_owned()]),
        scope: Some(EVERY_SCOPE.to_owned()),
        ..change
    };
    server
        .add_client(NewClient {
            fields,
            ..NewClient::default()
        })
        .await
}

/// An access token of Ada's with that scope.
pub(super) async fn token(client: &Client, scope: &str) -> String {
    client
        .tokens("ada", &[("scope", scope)])
        .await
        .access_token()
        .to_owned()
}

/// UserInfo, by the header.
pub(super) async fn userinfo(server: &TestServer, token: &str) -> Page {
    ask(
        server,
        Method::GET,
        "/userinfo",
        &[("authorization", &format!("Bearer {token}"))],
        "",
    )
    .await
}

/// What UserInfo tells.
pub(super) async fn told(server: &TestServer, token: &str) -> Value {
    let page = userinfo(server, token).await;
    assert_eq!(
        page.status,
        200,
        "{} {}",
        page.header("www-authenticate"),
        page.body
    );
    assert_eq!(page.header("content-type"), "application/json");
    assert_eq!(page.header("cache-control"), "no-store");
    serde_json::from_str(&page.body).unwrap()
}

#[track_caller]
pub(super) fn assert_refused(page: &Page, status: u16, error: &str, what: &str) {
    assert_eq!(page.status, status, "{what}: {}", page.body);
    let challenge = page.header("www-authenticate");
    let start = format!("Bearer realm=\"placet\", error=\"{error}\", error_description=\"");
    assert!(challenge.starts_with(&start), "{what}: {challenge}");
    assert_eq!(page.header("cache-control"), "no-store", "{what}");
    assert!(!page.body.contains("ada"), "{what}");
}

#[track_caller]
fn assert_names(told: &Value, names: &str, what: &str) {
    let mut wanted: Vec<&str> = names.split(' ').collect();
    wanted.sort_unstable();
    let mut found: Vec<&String> = told.as_object().unwrap().keys().collect();
    found.sort_unstable();
    assert_eq!(found, wanted, "{what}");
}

const PROFILE: &str = "name given_name family_name middle_name nickname preferred_username profile picture website gender birthdate \
    zoneinfo locale updated_at roles";

on_both! {
    // oidcc-userinfo-get, oidcc-userinfo-post-header, oidcc-userinfo-post-body
    async fn the_token_may_come_in_three_ways(db: TestDatabase) {
        let server = TestServer::start(db).await;
        add_ada(&server).await;
        let client = client(&server, ClientFields::default()).await;
        let tokens = client.tokens("ada", &[]).await;
        let token = tokens.access_token();
        let told = told(&server, token).await;
        let sub = decode_jwt(tokens.json["id_token"].as_str().unwrap()).1["sub"].clone();
        assert_eq!(told, json!({ "sub": sub }), "S123: the ID token's sub, and nothing else by openid alone");
        let body = encode(&[("access_token", token)]);
        let header = |value: String| ("authorization", value);
        let form = || (FORM.0, FORM.1.to_owned());
        for (method, headers, body) in [
            (Method::POST, vec![header(format!("Bearer {token}"))], ""),
            (Method::POST, vec![header(format!("bearer {token}")), form()], ""),
            (Method::GET, vec![header(format!("BEARER   {token}"))], ""),
            (Method::POST, vec![form()], body.as_str()),
            (Method::POST, vec![header(format!("Bearer {token}")), ("content-type", "application/json".to_owned())], "{}"),
        ] {
            let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value): &(&str, String)| (*name, value.as_str())).collect();
            let page = ask(&server, method.clone(), "/userinfo", &headers, body).await;
            assert_eq!((page.status.as_u16(), page.body), (200, told.to_string()), "{method} {headers:?}");
        }
        let page = ask(&server, Method::DELETE, "/userinfo", &[], "").await;
        assert_eq!((page.status.as_u16(), page.header("allow")), (405, "GET, POST, OPTIONS"));
    }

    // S121 S124 S125
    async fn anything_but_one_token_is_refused(db: TestDatabase) {
        let server = TestServer::start(db).await;
        add_ada(&server).await;
        let client = client(&server, ClientFields::default()).await;
        let token = token(&client, "openid").await;
        let bearer = format!("Bearer {token}");
        for (method, headers, body) in [
            (Method::GET, vec![], ""),
            (Method::POST, vec![], ""),
            (Method::POST, vec![FORM], "access_token="),
            (Method::GET, vec![FORM], encode(&[("access_token", &token)]).as_str()),
            (Method::GET, vec![("authorization", "Basic YWRhOmFkYQ==")], ""),
            (Method::GET, vec![("authorization", format!("DPoP {token}").as_str())], ""),
        ] {
            let page = ask(&server, method, "/userinfo", &headers, body).await;
            assert_eq!(page.status, 401, "{headers:?}");
            assert_eq!(page.header("www-authenticate"), "Bearer realm=\"placet\"", "RFC 6750 §3.1: no code");
            assert_eq!(page.body, "");
        }
        let query = format!("/userinfo?{}", encode(&[("access_token", &token)]));
        let body = encode(&[("access_token", &token)]);
        let twice = format!("{body}&{body}");
        let long = format!("Bearer {}", "x".repeat(60_000));
        let quoted = format!("Bearer \"{token}\"");
        for (path, headers, body, what) in [
            (query.as_str(), vec![], "", "in the address"),
            (&query, vec![("authorization", bearer.as_str())], "", "in the address too"),
            ("/userinfo", vec![("authorization", &bearer), FORM], body.as_str(), "header and body"),
            ("/userinfo", vec![FORM], &twice, "twice in the body"),
            ("/userinfo", vec![("authorization", &bearer), ("authorization", &bearer)], "", "two headers"),
            ("/userinfo", vec![("authorization", "Bearer")], "", "no token"),
            ("/userinfo", vec![("authorization", "Bearer ")], "", "an empty token"),
            ("/userinfo", vec![("authorization", "")], "", "an empty header"),
            ("/userinfo", vec![("authorization", "Bearer \u{fc}")], "", "no ASCII"),
            ("/userinfo", vec![("authorization", &quoted)], "", "in quotes"),
            ("/userinfo", vec![("authorization", "Bearer a b")], "", "two words"),
        ] {
            let page = ask(&server, Method::POST, path, &headers, body).await;
            assert_refused(&page, 400, "invalid_request", what);
        }
        let page = ask(&server, Method::GET, "/userinfo", &[("authorization", &long)], "").await;
        assert!(page.status.is_client_error(), "{}", page.status);
        let many = format!("access_token={}", "x".repeat(100_000));
        let page = ask(&server, Method::POST, "/userinfo", &[FORM], &many).await;
        assert_refused(&page, 413, "invalid_request", "a large body");
        assert_refused(&userinfo(&server, "x").await, 401, "invalid_token", "no token at all");
    }

    // S123 S108, oidcc-scope-profile, -email, -address, -phone, -all
    async fn each_scope_brings_its_claims(db: TestDatabase) {
        let server = TestServer::start(db).await;
        add_ada(&server).await;
        let client = client(&server, ClientFields::default()).await;
        for (scope, names) in [
            ("openid", "sub".to_owned()),
            ("openid profile", format!("sub {PROFILE}")),
            ("openid email", "sub email email_verified".to_owned()),
            ("openid address", "sub address".to_owned()),
            ("openid phone", "sub phone_number phone_number_verified".to_owned()),
            ("openid profile email address phone", format!("sub {PROFILE} email email_verified address phone_number phone_number_verified")),
        ] {
            let tokens = client.tokens("ada", &[("scope", scope)]).await;
            let told = told(&server, tokens.access_token()).await;
            assert_names(&told, &names, scope);
            let access = tokens.decoded().1.to_string();
            let id = decode_jwt(tokens.json["id_token"].as_str().unwrap()).1.to_string();
            for secret in ["ada@example.com", "Lovelace", "20 7946"] {
                assert!(!access.contains(secret) && !id.contains(secret), "{scope}: nothing of it in the tokens");
            }
        }
        let told = told(&server, &token(&client, EVERY_SCOPE).await).await;
        for (name, value) in [
            ("name", json!("Ada Lovelace")), ("preferred_username", json!("ada")), ("roles", json!(["editor"])),
            ("email_verified", json!(true)), ("phone_number", json!("+44 20 7946 0000")), ("phone_number_verified", json!(true)),
            ("address", json!({ "formatted": "12 St James's Square\nLondon", "locality": "London", "country": "GB" })),
            ("updated_at", json!(1_800_000_000)), ("birthdate", json!("1815-12-10")),
        ] {
            assert_eq!(told[name], value, "{name}");
        }
    }

    // S123: the token's scope, not the grant's; and what an administrator changes is seen at once.
    async fn what_is_told_follows_the_token_the_person_and_the_client(db: TestDatabase) {
        let server = TestServer::start(db).await;
        add_ada(&server).await;
        let client = client(&server, ClientFields::default()).await;
        let tokens = client.tokens("ada", &[("scope", EVERY_SCOPE)]).await;
        let narrow = client
            .token(&[("grant_type", "refresh_token"), ("refresh_token", tokens.refresh_token()), ("scope", "openid email")])
            .await;
        assert_names(&told(&server, narrow.access_token()).await, "sub email email_verified", "narrowed");
        server.advance(60);
        let fields = UserFields {
            name: Some(String::new()),
            claims: vec![("nickname".to_owned(), "Enchantress".to_owned()), ("gender".to_owned(), String::new())],
            ..UserFields::default()
        };
        users::change(&server.app, &TestServer::by(), "ada", fields).await.unwrap();
        let changed = told(&server, tokens.access_token()).await;
        assert_eq!((&changed["nickname"], &changed["updated_at"]), (&json!("Enchantress"), &json!(1_800_000_060)));
        assert!(changed.get("gender").is_none() && changed.get("name").is_none(), "{changed}");
        let fields = ClientFields { scope: Some("openid email".to_owned()), ..ClientFields::default() };
        server.change_client(&client, fields).await;
        assert_names(&told(&server, tokens.access_token()).await, "sub email email_verified", "S96: the client may have less now");
    }

    // oidcc-userinfo-rs256
    async fn a_client_may_have_it_signed(db: TestDatabase) {
        let server = TestServer::start(db).await;
        add_ada(&server).await;
        for alg in ["RS256", "ES256", "PS256", "EdDSA"] {
            let fields = ClientFields { userinfo_signed_response_alg: Some(alg.to_owned()), ..ClientFields::default() };
            let client = client(&server, fields).await;
            let tokens = client.tokens("ada", &[("scope", "openid email")]).await;
            let page = userinfo(&server, tokens.access_token()).await;
            assert_eq!((page.status.as_u16(), page.header("content-type"), page.header("cache-control")), (200, "application/jwt", "no-store"));
            let (header, claims) = decode_jwt(&page.body);
            assert_eq!((&header["alg"], &header["typ"]), (&json!(alg), &json!("JWT")));
            let kids = server.jwks().await;
            assert!(kids["keys"].as_array().unwrap().iter().any(|key| key["kid"] == header["kid"] && key["alg"] == alg), "{kids}");
            assert_names(&claims, "iss aud sub email email_verified", alg);
            assert_eq!((claims["iss"].as_str(), claims["aud"].as_str()), (Some(server.url.as_str()), Some(client.id.as_str())));
        }
    }

    // S127
    async fn browser_apps_of_registered_origins_may_read_it(db: TestDatabase) {
        let server = TestServer::start(db).await;
        add_ada(&server).await;
        let client = client(&server, ClientFields::default()).await;
        let token = token(&client, "openid").await;
        let bearer = format!("Bearer {token}");
        for (origin, is_known) in [("https://app.example", true), ("https://evil.example", false), ("null", false)] {
            let headers = [("origin", origin), ("access-control-request-method", "GET"), ("access-control-request-headers", "authorization")];
            let asked = ask(&server, Method::OPTIONS, "/userinfo", &headers, "").await;
            assert_eq!(asked.status, 204);
            assert_eq!(asked.header("access-control-allow-methods"), if is_known { "GET, POST" } else { "" });
            for authorization in [bearer.as_str(), "Bearer x"] {
                let page = ask(&server, Method::GET, "/userinfo", &[("origin", origin), ("authorization", authorization)], "").await;
                assert_eq!(page.header("access-control-allow-origin"), if is_known { origin } else { "" });
                assert!(!page.headers.contains_key("access-control-allow-credentials"));
                assert_eq!(page.header("vary"), "Origin");
            }
        }
    }

    // One node issues, another answers.
    async fn every_node_answers(db: TestDatabase) {
        let server = TestServer::start(db).await;
        add_ada(&server).await;
        let url = server.url.clone();
        let other = server.second_node(|config| config.issuer = url.parse().unwrap()).await;
        let client = client(&server, ClientFields::default()).await;
        let token = token(&client, "openid email").await;
        assert_names(&told(&other, &token).await, "sub email email_verified", "the other node");
    }
}
