//! Legacy: the implicit and hybrid flows, for clients that an administrator opted in (OIDC Core §3.2, §3.3; RFC 6749 §4.2).

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use placet::admin::clients::ClientFields;
use placet::admin::users::NewUser;

use super::support::client::decode_jwt;
use super::support::requests::{assert_refused, new_client, new_public_client};
use super::support::{Browser, Client, Page, TestServer};
use crate::support::database::on_both;

const ALL: [&str; 7] = [
    "code",
    "code id_token",
    "code token",
    "code id_token token",
    "id_token",
    "id_token token",
    "token",
];
/// Who asks, how the request differs from the usual one, and the error.
type Row<'a> = (&'a Client, &'a [(&'a str, &'a str)], &'a str);

const NONCE: (&str, &str) = ("nonce", "n-0S6_WzA2Mj");

async fn opted_in(server: &TestServer, types: &[&str]) -> Client {
    let mut new = new_client("Old App", &["https://app.example/callback"]);
    new.fields.response_types = Some(types.iter().map(|&name| name.to_owned()).collect());
    if types.contains(&"code") {
        let grants = ["authorization_code", "refresh_token", "implicit"];
        new.fields.grants = Some(grants.map(ToOwned::to_owned).to_vec());
    }
    server.add_client(new).await
}

/// What a fragment or a form brings.
fn answer(page: &Page) -> Vec<(String, String)> {
    match page.location() {
        None => page.form().1,
        Some(location) => {
            let (uri, fragment) = location.split_once('#').unwrap();
            assert_eq!(uri, "https://app.example/callback", "nothing in the query");
            url::form_urlencoded::parse(fragment.as_bytes())
                .into_owned()
                .collect()
        }
    }
}

fn value<'a>(answer: &'a [(String, String)], name: &str) -> Option<&'a str> {
    answer
        .iter()
        .find(|(found, _)| found == name)
        .map(|(_, value)| value.as_str())
}

/// `at_hash` and `c_hash` for RS256 (OIDC Core §3.3.2.11).
fn half(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(&digest(&SHA256, text.as_bytes()).as_ref()[..16])
}

/// That exactly what the type names has come; the subject, where an ID token says it.
async fn check(
    server: &TestServer,
    client: &Client,
    kind: &str,
    answer: &[(String, String)],
) -> Option<String> {
    let has = |part: &str| kind.split(' ').any(|word| word == part);
    let mut expected = Vec::new();
    expected.extend(has("code").then_some("code"));
    if has("token") {
        expected.extend(["access_token", "token_type", "expires_in"]);
    }
    expected.extend(has("id_token").then_some("id_token"));
    expected.extend(has("token").then_some("scope"));
    expected.extend(["state", "iss"]);
    let names: Vec<&str> = answer.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, expected, "{kind}");
    assert_eq!(value(answer, "state"), Some("xyz"));
    assert_eq!(value(answer, "iss"), Some(server.url.as_str()));
    if let Some(token) = value(answer, "access_token") {
        assert_eq!(
            (value(answer, "token_type"), value(answer, "expires_in")),
            (Some("Bearer"), Some("600"))
        );
        let claims = server.verify(token, "at+jwt", "ES256", &server.url).await;
        assert_eq!(claims["client_id"], client.id);
        client.assert_live(token, kind).await;
    }
    let id_token = value(answer, "id_token")?;
    let claims = server.verify(id_token, "JWT", "RS256", &client.id).await;
    assert_eq!(claims["nonce"], NONCE.1, "{kind}");
    assert_eq!(claims["acr"], "pwd", "{kind}");
    assert_eq!(
        claims["at_hash"].as_str().map(ToOwned::to_owned),
        value(answer, "access_token").map(half),
        "{kind}"
    );
    assert_eq!(
        claims["c_hash"].as_str().map(ToOwned::to_owned),
        value(answer, "code").map(half),
        "{kind}"
    );
    Some(claims["sub"].as_str().unwrap().to_owned())
}

on_both! {
    // S18 S20 S85: oidcc-server of the hybrid and implicit plans.
    async fn each_type_brings_what_it_names(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = opted_in(&server, &ALL).await;
        let mut browser = Browser::new(&server.url);
        let scope = ("scope", "openid email offline_access");
        for kind in &ALL[1..] {
            let words: Vec<&str> = kind.split(' ').rev().collect();
            let other_order = words.join(" ");
            for (name, mode) in [(*kind, ""), (other_order.as_str(), "form_post"), (kind, "fragment")] {
                let more = [("response_type", name), ("response_mode", mode), NONCE, scope];
                let page = client.sign_in(&mut browser, "ada", &more).await;
                let answer = answer(&page);
                let sub = check(&server, &client, kind, &answer).await;
                if let Some(token) = value(&answer, "access_token") {
                    // OIDC Core §11: nothing that comes without a code lives on.
                    let scope = if kind.contains("code") { "email offline_access openid" } else { "email openid" };
                    assert_eq!(decode_jwt(token).1["scope"], scope, "{kind}");
                }
                let Some(code) = value(&answer, "code") else { continue };
                let tokens = client.redeem(code).await;
                tokens.assert_granted(kind);
                let (_, claims) = decode_jwt(tokens.json["id_token"].as_str().unwrap());
                assert_eq!((&claims["iss"], &claims["nonce"]), (&server.url.as_str().into(), &NONCE.1.into()));
                assert!(sub.is_none_or(|sub| claims["sub"] == sub), "OIDC Core §3.3.3.6");
                assert_eq!(claims["at_hash"], half(tokens.access_token()), "its own access token");
                assert_eq!(claims.get("c_hash"), None);
            }
        }
    }

    // S18 S19: to whom, for what and how; errors travel in the fragment too.
    async fn only_as_registered_and_never_in_a_query(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_scope("files:read", "read your files").await;
        let all = opted_in(&server, &ALL).await;
        let (one, none) = (opted_in(&server, &["id_token"]).await, server.web_client().await);
        let kind = |name| ("response_type", name);
        let table: [Row<'_>; 16] = [
            (&none, &[kind("token")], "unsupported_response_type"),
            (&none, &[kind("code id_token"), NONCE], "unsupported_response_type"),
            (&one, &[kind("id_token token"), NONCE], "unsupported_response_type"),
            (&one, &[kind("token")], "unsupported_response_type"),
            (&one, &[kind("id_token"), NONCE], ""),
            (&all, &[kind("id_token")], "invalid_request"),
            (&all, &[kind("id_token token")], "invalid_request"),
            (&all, &[kind("code id_token")], "invalid_request"),
            (&all, &[kind("code id_token token")], "invalid_request"),
            (&all, &[kind("code token")], ""),
            (&all, &[kind("token"), ("scope", "email")], ""),
            (&all, &[kind("id_token"), NONCE, ("scope", "email")], "invalid_request"),
            (&all, &[kind("token"), ("response_mode", "query")], "invalid_request"),
            (&all, &[kind("code token"), ("response_mode", "query")], "invalid_request"),
            (&all, &[kind("none"), NONCE], "unsupported_response_type"),
            (&all, &[kind("id_token id_token"), NONCE], "unsupported_response_type"),
        ];
        for (client, params, error) in table {
            let page = Browser::new(&server.url).get(&client.authorize_url(params)).await;
            let case = format!("{params:?}");
            if error.is_empty() {
                assert!(page.location().unwrap().starts_with("/login?"), "{case}: {:?}", page.location());
                continue;
            }
            assert_refused(&page, &server.url, error, &case);
            let is_in_fragment = page.location().unwrap().contains("#error=");
            assert_eq!(is_in_fragment, params[0].1.contains("token"), "{case}");
        }
        let page = Browser::new(&server.url).get(&one.authorize_url(&[])).await;
        assert_refused(&page, &server.url, "unauthorized_client", "code is not registered for it");
        // A public client needs PKCE for its code, and has none to protect without one.
        let mut new = new_public_client("Old Page", &["https://app.example/callback"]);
        new.fields.response_types = Some(vec!["id_token token".to_owned(), "code token".to_owned()]);
        let public = server.add_client(new).await;
        for (name, error) in [("code token", Some("invalid_request")), ("id_token token", None)] {
            let more = [kind(name), NONCE, ("code_challenge", ""), ("code_challenge_method", "")];
            let page = Browser::new(&server.url).get(&public.authorize_url(&more)).await;
            assert_eq!(page.returned("error").as_deref(), error, "{name}");
        }
    }

    // S23
    async fn prompt_none_works_for_them(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = opted_in(&server, &ALL).await;
        let mut browser = Browser::new(&server.url);
        let silent = |kind| client.authorize_url(&[("response_type", kind), NONCE, ("prompt", "none")]);
        let page = browser.visit(&silent("id_token")).await;
        assert_refused(&page, &server.url, "login_required", "nobody is signed in");
        assert!(page.location().unwrap().contains("#error="));
        client.sign_in(&mut browser, "ada", &[]).await;
        for kind in &ALL[1..] {
            check(&server, &client, kind, &answer(&browser.visit(&silent(kind)).await)).await;
        }
    }

    // S62: at most one answer for a request, also where there is no code in it.
    async fn a_request_is_answered_once(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        for kind in &ALL[1..] {
            let client = opted_in(&server, &ALL).await;
            let mut browser = Browser::new(&server.url);
            let page = browser.visit(&client.authorize_url(&[("response_type", kind), NONCE])).await;
            let page = browser.log_in(&page, "ada").await;
            let consent = page.url.to_string();
            let sealed = consent.split_once("request=").unwrap().1.to_owned();
            let page = browser.approve(&page).await;
            check(&server, &client, kind, &answer(&page)).await;
            let again = browser.visit(&format!("/authorize/continue?request={sealed}")).await;
            assert_eq!((again.status.as_u16(), again.location()), (409, None), "{kind}");
        }
    }

    // OIDC Core §5.4: where no access token comes, there is no UserInfo, and the ID token tells what the scopes bring.
    async fn an_id_token_alone_tells_who_it_is(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user_with(NewUser {
            username: "ada".to_owned(),
            name: Some("Ada Lovelace".to_owned()),
            email: Some("ada@example.com".to_owned()),
            ..NewUser::default()
        }).await;
        let client = opted_in(&server, &ALL).await;
        let mut browser = Browser::new(&server.url);
        let scope = ("scope", "openid email profile");
        let one = r#"{"id_token":{"name":{"essential":true}}}"#;
        for (kind, asked, email, name) in [
            ("id_token", "", true, true), ("id_token token", "", false, false), ("code id_token", "", false, false),
            ("id_token token", one, false, true), ("code id_token token", one, false, true),
        ] {
            let more = [("response_type", kind), NONCE, scope, ("claims", asked)];
            let answer = answer(&client.sign_in(&mut browser, "ada", &more).await);
            let (_, claims) = decode_jwt(value(&answer, "id_token").unwrap());
            let there = |name: &str| claims.get(name).is_some();
            assert_eq!((there("email"), there("name")), (email, name), "{kind} {asked}: {claims}");
        }
    }

    // S110 S115: the access token has a grant of its own.
    async fn the_access_token_ends_like_any_other(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = opted_in(&server, &ALL).await;
        let mut browser = Browser::new(&server.url);
        let more = [("response_type", "code token"), ("scope", "openid offline_access")];
        let both = answer(&client.sign_in(&mut browser, "ada", &more).await);
        let front = value(&both, "access_token").unwrap();
        let back = client.redeem(value(&both, "code").unwrap()).await;
        client.revoked(front).await;
        client.assert_dead(front, "revoked").await;
        client.assert_live(back.access_token(), "the code's grant is another").await;
        let kept = answer(&client.sign_in(&mut browser, "ada", &[("response_type", "token")]).await);
        let kept = value(&kept, "access_token").unwrap();
        client.assert_live(kept, "before").await;
        server.advance(600);
        client.assert_dead(kept, "expired").await;
        assert!(server.count_events("grant_created").await >= 3);
    }

    // RFC 8707: the token of the answer is for one resource.
    async fn one_resource_for_a_token_in_the_answer(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let (a, b) = ("https://a.example/", "https://b.example/");
        server.add_resource(a, "").await;
        server.add_resource(b, "").await;
        let mut new = new_client("Old App", &["https://app.example/callback"]);
        new.fields.response_types = Some(vec!["token".to_owned(), "code id_token".to_owned()]);
        new.fields.resources = Some(vec![a.to_owned(), b.to_owned()]);
        let client = server.add_client(new).await;
        let both = [("resource", a), ("resource", b)];
        let mut browser = Browser::new(&server.url);
        let page = browser.visit(&client.authorize_url(&[&both[..], &[("response_type", "token")]].concat())).await;
        assert_refused(&page, &server.url, "invalid_target", "two");
        let page = client.sign_in(&mut browser, "ada", &[("response_type", "token"), both[0]]).await;
        assert_eq!(decode_jwt(value(&answer(&page), "access_token").unwrap()).1["aud"], a);
        let page = client.sign_in(&mut browser, "ada", &[&both[..], &[("response_type", "code id_token"), NONCE]].concat()).await;
        assert!(value(&answer(&page), "id_token").is_some(), "an ID token is for none");
    }

    // S18: a request that was begun before the client lost the type does not bring it.
    async fn what_was_taken_back_is_not_answered(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = opted_in(&server, &["code", "id_token token"]).await;
        let mut browser = Browser::new(&server.url);
        let login = browser.visit(&client.authorize_url(&[("response_type", "id_token token"), NONCE])).await;
        let fields = ClientFields {
            response_types: Some(vec!["code".to_owned()]),
            grants: Some(vec!["authorization_code".to_owned()]),
            ..ClientFields::default()
        };
        server.change_client(&client, fields).await;
        let page = browser.log_in(&login, "ada").await;
        assert!(page.location().is_none() && page.text().contains("has changed meanwhile"), "{}", page.text());
        assert_eq!(server.database.count("grants").await, 0);
    }
}
