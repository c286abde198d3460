//! Refused requests are remembered: each with its id, none with its secrets, never more than is bearable, and never on the request's path.

use std::sync::Arc;

use futures_util::future::join_all;
use placet::admin::refusals::{self, RefusalFilter};
use placet::admin::{AdminError, Paging};
use placet::jobs;
use placet::model::refusal::Refusal;
use reqwest::Method;
use serde_json::json;

use super::support::assertion::{ClientKey, JWT_BEARER};
use super::support::client::basic;
use super::support::requests::{ask, encode};
use super::support::server::PASSWORD;
use super::support::{Browser, Client, TestServer};
use crate::support::database::on_both;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// Every column of every row, as text.
async fn everything(server: &TestServer) -> String {
    server.app.flush_refusals().await.unwrap();
    let columns = [
        "id",
        "endpoint",
        "client_id",
        "code",
        "reason",
        "params",
        "address",
        "user_agent",
    ]
    .map(|column| format!("coalesce(CAST({column} AS TEXT), '')"));
    let sql = format!(
        "SELECT {} FROM refused_requests",
        columns.join(" || '|' || ")
    );
    server.database.texts(sql).await.join("\n")
}

async fn newest(server: &TestServer) -> Refusal {
    let paging = Paging {
        after: None,
        limit: Some(1),
    };
    let page = refusals::find(&server.app, &RefusalFilter::default(), &paging)
        .await
        .unwrap();
    page.items.into_iter().next().unwrap()
}

/// The id that the answer told, by header and by `error_uri`.
#[track_caller]
fn told(server: &TestServer, header: &str, error_uri: Option<&str>) -> String {
    let expected = format!("{}/admin/errors/{header}", server.url);
    assert_eq!(error_uri, Some(expected.as_str()));
    header.to_owned()
}

on_both! {
    async fn each_endpoint_is_remembered_and_tells_the_id(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| config.registration.mode = placet::config::RegistrationMode::Open).await;
        let web = server.web_client().await;
        let basic = basic(&web.id, web.secret.as_deref().unwrap());
        let auth = ("authorization", basic.as_str());
        let json_type = ("content-type", "application/json");
        for (endpoint, path, headers, body, code, client) in [
            ("token", "/token", &[FORM, auth][..], "grant_type=authorization_code&code=nothing", "invalid_grant", Some(web.id.as_str())),
            ("introspect", "/introspect", &[FORM, auth], "x=y", "invalid_request", Some(web.id.as_str())),
            ("revoke", "/revoke", &[FORM], "client_id=nobody&token=x", "invalid_client", Some("nobody")),
            ("userinfo", "/userinfo", &[("authorization", "Bearer abc")], "", "invalid_token", None),
            ("register", "/register", &[json_type], "{\"redirect_uris\": [\"http://a.example\"]}", "invalid_redirect_uri", None),
            ("token", "/token", &[json_type], "{}", "invalid_request", None),
        ] {
            let method = if body.is_empty() { Method::GET } else { Method::POST };
            let answer = ask(&server, method, path, headers, body).await;
            let answered: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
            assert_eq!(answered["error"], code, "{path} {body}");
            let id = told(&server, answer.header("x-request-id"), answered["error_uri"].as_str());
            let kept = refusals::show(&server.app, &id).await.unwrap();
            assert_eq!((kept.endpoint.as_str(), kept.code.as_str(), kept.client_id.as_deref()), (endpoint, code, client));
            assert_eq!(kept.status, answer.status.as_u16(), "{path}");
            assert_eq!(kept.at, server.app.clock.now());
            assert!(kept.address.is_some());
            server.advance(1);
        }
        // By redirect, and on pages.
        let mut browser = Browser::new(&server.url);
        let page = browser.get(&web.authorize_url(&[("scope", "openid nothing:such"), ("resource", "x")])).await;
        let id = told(&server, page.header("x-request-id"), page.returned("error_uri").as_deref());
        let kept = refusals::show(&server.app, &id).await.unwrap();
        assert_eq!((kept.endpoint.as_str(), kept.status, kept.client_id), ("authorize", 303, Some(web.id.clone())));
        assert_eq!(kept.params["scope"], "openid nothing:such");
        assert_eq!(kept.params["state"], "(3 characters)");
        assert_eq!(kept.params["code_challenge"], "(43 characters, base64url)");
        server.advance(1);
        for path in ["/authorize?client_id=nobody&prompt=login&prompt=none", "/logout?client_id=nobody", "/authorize/continue?request=x"] {
            let page = browser.get(path).await;
            assert_eq!(page.status, 400, "{path}");
            let id = page.header("x-request-id").to_owned();
            assert!(page.body.contains(&id), "the page shows it");
            assert_eq!(newest(&server).await.id, id, "{path}");
            server.advance(1);
        }
        let twice = refusals::find(&server.app, &RefusalFilter { client: Some("nobody".to_owned()), ..RefusalFilter::default() }, &Paging::default()).await.unwrap();
        assert_eq!(twice.items[1].params["prompt"], json!(["login", "none"]));
        // Nobody may look for other rows by an odd id.
        for id in ["", "nothing", "%", "' OR 1=1 --", &"x".repeat(500)] {
            let found = refusals::show(&server.app, id).await;
            assert!(matches!(found, Err(AdminError::NotFound { .. })), "{id}");
        }
    }

    // What goes through our pages keeps what the app asked for, and who was signed in.
    async fn a_refusal_after_sign_in_is_whole(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let web = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        let page = browser.visit(&web.authorize_url(&[])).await;
        let page = browser.log_in(&page, "ada").await;
        assert_eq!(server.app.flush_refusals().await.unwrap(), 0, "nothing was refused");
        let page = browser.deny(&page).await;
        let id = page.returned("error_uri").unwrap().rsplit('/').next().unwrap().to_owned();
        let kept = refusals::show(&server.app, &id).await.unwrap();
        assert_eq!((kept.code.as_str(), kept.client_id.as_deref()), ("access_denied", Some(web.id.as_str())));
        assert_eq!(kept.params["redirect_uri"], "https://app.example/callback");
        assert!(kept.user_id.is_some());
    }

    async fn nothing_is_written_for_good_requests_nor_before_the_flush(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let web = server.web_client().await;
        let tokens = web.tokens("ada", &[("scope", "openid offline_access"), ("prompt", "consent")]).await;
        web.refresh(tokens.refresh_token()).await.assert_granted("refresh");
        assert_eq!(server.app.flush_refusals().await.unwrap(), 0);
        let before = server.database.row_counts().await;
        assert_eq!(web.redeem("placet_ac_nothing").await.status, 400);
        assert_eq!(server.database.row_counts().await, before, "no write on the request's path");
        assert_eq!(server.app.flush_refusals().await.unwrap(), 1);
        assert_eq!(server.database.count("refused_requests").await, 1);
    }

    // S179
    async fn no_secret_is_kept(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let web = server.web_client().await;
        let legacy = server.password_client().await;
        let key = ClientKey::new("k1");
        let night = server.asserting_client(placet::admin::clients::ClientFields { jwks: Some(key.jwks()), ..Default::default() }).await;
        let secret = web.secret.clone().unwrap();
        let tokens = web.tokens("ada", &[("scope", "openid offline_access"), ("prompt", "consent")]).await;
        let code = web.code("ada", &[]).await;
        let (access, refresh) = (tokens.access_token().to_owned(), tokens.refresh_token().to_owned());
        let id_token = tokens.json["id_token"].as_str().unwrap().to_owned();
        let claims = json!({ "iss": night.id, "sub": night.id, "aud": "https://elsewhere.example", "exp": 1_900_000_000, "jti": "jti-that-is-secret" });
        let assertion = key.jwt(&claims);
        let verifier = "a-wrong-verifier-a-wrong-verifier-a-wrong-verifier";
        web.redeem_with(&code, &[("code_verifier", verifier)]).await.assert_refused(400, "invalid_grant", "verifier");
        legacy.password("ada-in-the-field", "a wrong password typed").await.assert_refused(400, "invalid_grant", "password");
        night.assert(&assertion, &[("client_id", "")]).await.assert_refused(401, "invalid_client", "assertion");
        let post = async |headers: &[(&str, &str)], path: &str, body: &str| { ask(&server, Method::POST, path, headers, body).await };
        let form = &[FORM][..];
        let wrong = "not-the-secret-of-the-app";
        post(form, "/token", &encode(&[("grant_type", "client_credentials"), ("client_id", &web.id), ("client_secret", wrong)])).await;
        post(form, "/token", &encode(&[("grant_type", "client_credentials"), ("client_id", &web.id), ("client_secret", &secret)])).await;
        post(&[FORM, ("authorization", &basic(&web.id, wrong))], "/token", "grant_type=client_credentials").await;
        // In wrong places: the secret first, a body without names, values as names, in scope, in an address.
        post(&[FORM, ("authorization", &basic(&secret, &web.id))], "/token", "grant_type=client_credentials").await;
        post(&[FORM, ("authorization", &format!("Basic {secret}"))], "/token", "grant_type=client_credentials").await;
        post(&[FORM, ("authorization", &secret)], "/token", "grant_type=client_credentials").await;
        post(form, "/token", &refresh).await;
        post(form, "/token", "correct+horse+battery").await;
        post(form, "/token", &format!("{refresh}=x&{PASSWORD}=y&grant_type={refresh}")).await;
        post(form, "/token", &encode(&[("client_id", &secret), ("grant_type", "x")])).await;
        post(form, "/token", &encode(&[("grant_type", &access), ("scope", &id_token), ("username", "ada-in-the-field")])).await;
        post(form, "/revoke", &encode(&[("client_id", "nobody"), ("token", &access)])).await;
        post(&[("content-type", "application/json")], "/register", &json!({ "client_secret": secret, "redirect_uris": [format!("https://a.example/{secret}")], "jwks": { "d": "private-half-of-a-key" } }).to_string()).await;
        let addresses = ["https://a.example/cb", "https://ada:password-in-an-address@b.example/cb"];
        post(&[("content-type", "application/json")], "/register", &json!({ "redirect_uris": addresses }).to_string()).await;
        let mut browser = Browser::new(&server.url);
        for more in [
            &[("redirect_uri", &*format!("https://app.example/callback?code={code}")), ("state", "state-that-is-secret")][..],
            &[("nonce", "nonce-that-is-secret"), ("response_type", "x"), ("login_hint", "ada-in-the-field"), ("id_token_hint", &id_token)],
            &[("request", &assertion), ("state", "state-that-is-secret")],
            &[("scope", &access), ("access_token", &access)],
            &[("redirect_uri", "https://ada:password-in-an-address@app.example/callback")],
        ] {
            browser.get(&web.authorize_url(more)).await;
        }
        browser.get(&format!("/userinfo?access_token={access}")).await;
        ask(&server, Method::GET, "/userinfo", &[("authorization", &format!("Bearer {id_token}"))], "").await;
        ask(&server, Method::GET, "/authorize", &[("user-agent", &access)], "").await;
        let kept = everything(&server).await;
        assert!(kept.lines().count() >= 18, "{kept}");
        let end = |token: &str| token[token.len() - 30..].to_owned();
        for (name, value) in [
            ("secret", &*secret), ("wrong secret", wrong), ("code", &code), ("access token", &access), ("refresh token", &refresh), ("id token", &id_token),
            ("end of access", &end(&access)), ("end of refresh", &end(&refresh)), ("end of id", &end(&id_token)), ("assertion", &end(&assertion)),
            ("jti", "jti-that-is-secret"), ("verifier", verifier), ("password", "a wrong password typed"), ("password", "wrong+password"), ("good password", PASSWORD),
            ("good password", "horse"), ("username", "ada-in-the-field"), ("password", "password-in-an-address"), ("state", "state-that-is-secret"), ("nonce", "nonce-that-is-secret"),
            ("private key", "private-half"), ("basic", &basic(&web.id, wrong)[6..]), ("bare secret", &secret[10..]),
        ] {
            assert!(!kept.contains(value), "{name} is kept: {kept}");
        }
        for said in ["https://elsewhere.example", "ES256", "k1", "Basic", "(not kept)"] {
            assert!(kept.contains(said), "{said} is missing: {kept}");
        }
        assert!(kept.contains(JWT_BEARER));
    }

    async fn garbage_is_bounded(db: TestDatabase) {
        let server = Arc::new(TestServer::start_with(db, |config| config.errors.keep = 100).await);
        let client = reqwest::Client::new();
        let tasks = (0..16).map(|task| {
            let (server, client) = (Arc::clone(&server), client.clone());
            async move {
                for n in 0..625 {
                    let url = format!("{}/token?garbage={task}-{n}", server.url);
                    let answer = client.post(url).body("grant_type=x").send().await.unwrap();
                    assert!(answer.status().is_client_error());
                }
            }
        });
        join_all(tasks).await;
        let written = server.app.flush_refusals().await.unwrap();
        assert_eq!(written, 60, "of one address within a minute");
        server.advance(60);
        for minute in 0..3 {
            for _ in 0..70 {
                ask(&server, Method::POST, "/token", &[FORM], "").await;
            }
            assert_eq!(server.app.flush_refusals().await.unwrap(), 60, "minute {minute}");
            server.advance(60);
        }
        assert_eq!(server.database.count("refused_requests").await, 240);
        jobs::sweep_once(&server.app, 500).await;
        assert_eq!(server.database.count("refused_requests").await, 100, "errors.keep");
        server.advance(8 * 24 * 3600);
        jobs::sweep_once(&server.app, 500).await;
        assert_eq!(server.database.count("refused_requests").await, 0, "errors.max_age");
        // From many addresses the queue is what bounds.
        let one = Refusal { id: String::new(), ..sample(&server) };
        for n in 0..3000 {
            server.app.remember_refusal(Some(&format!("192.0.2.{n}")), || Refusal { id: n.to_string(), ..one.clone() });
        }
        assert_eq!(server.app.flush_refusals().await.unwrap(), 1000);
        let metrics = reqwest::get(format!("{}/metrics", server.url)).await.unwrap().text().await.unwrap();
        let dropped = metrics.lines().find(|line| line.starts_with("placet_refusals_dropped_total ")).unwrap();
        assert_eq!(dropped, format!("placet_refusals_dropped_total {}", 10_000 - 60 + 30 + 2000));
    }

    async fn nothing_is_kept_where_that_is_off(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| config.errors.keep = 0).await;
        let web: Client = server.web_client().await;
        let refused = web.redeem("nothing").await;
        assert_eq!(refused.json.get("error_uri"), None);
        assert_eq!(server.app.flush_refusals().await.unwrap(), 0);
    }
}

fn sample(server: &TestServer) -> Refusal {
    Refusal {
        id: String::new(),
        at: server.app.clock.now(),
        endpoint: "token".to_owned(),
        client_id: None,
        user_id: None,
        status: 400,
        code: "invalid_request".to_owned(),
        reason: "grant_type is missing".to_owned(),
        params: serde_json::Map::new(),
        address: None,
        user_agent: None,
    }
}
