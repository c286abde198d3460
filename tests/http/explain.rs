//! Errors that explain themselves: send the wrong request, read the explanation, mend it, and the same request works.

use placet::admin::clients::{self, ClientFields};
use placet::admin::explain::{self, Change, Explanation};
use placet::admin::{AdminError, By};
use placet::config::RegistrationMode;
use placet::model::event::Actor;
use reqwest::Method;
use serde_json::json;

use super::support::assertion::ClientKey;
use super::support::client::{Tokens, VERIFIER};
use super::support::requests::{ask, encode};
use super::support::{Browser, Client, Page, TestServer};
use crate::support::database::on_both;

const CALLBACK: &str = "https://app.example/callback";
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

async fn why(server: &TestServer, id: &str) -> Explanation {
    // Only so many of one address are remembered in a minute.
    server.advance(2);
    explain::explain(&server.app, id).await.unwrap()
}

async fn authorize(server: &TestServer, client: &Client, more: &[(&str, &str)]) -> Page {
    Browser::new(&server.url)
        .get(&client.authorize_url(more))
        .await
}

async fn explained(server: &TestServer, client: &Client, more: &[(&str, &str)]) -> Explanation {
    let page = authorize(server, client, more).await;
    why(server, page.header("x-request-id")).await
}

async fn why_refused(server: &TestServer, answer: &Tokens) -> Explanation {
    assert!(answer.status.is_client_error(), "{}", answer.json);
    why(server, answer.header("x-request-id")).await
}

/// Mends as an administrator does, and sees it in the audit log.
async fn mend(server: &TestServer, explanation: &Explanation, expected: &Change) {
    let fix = explanation
        .fix
        .as_ref()
        .unwrap_or_else(|| panic!("no fix: {explanation:?}"));
    assert_eq!(&fix.change, expected);
    assert!(!fix.says.is_empty() && !fix.risk.is_empty());
    let before = server.count_events("client_updated").await;
    let by = By::new(Actor::CommandLine, placet::model::event::Origin::default());
    explain::mend(&server.app, &by, &explanation.refusal.id)
        .await
        .unwrap();
    assert_eq!(server.count_events("client_updated").await, before + 1);
    let after = explain::explain(&server.app, &explanation.refusal.id)
        .await
        .unwrap();
    assert_eq!(after.fix, None, "what is mended is offered no more");
    assert!(
        after.what_happened.contains("by now"),
        "{}",
        after.what_happened
    );
}

/// That nothing is offered, and asking for it anyway changes nothing.
async fn offers_nothing(server: &TestServer, explanation: &Explanation) {
    assert_eq!(explanation.fix, None, "{explanation:?}");
    let done = explain::mend(&server.app, &TestServer::by(), &explanation.refusal.id).await;
    assert!(matches!(done, Err(AdminError::Invalid { .. })));
}

fn is_sign_in(page: &Page) -> bool {
    page.status == 303
        && page
            .location()
            .is_some_and(|to| to.contains("/login?request="))
}

on_both! {
    async fn a_redirect_uri_is_named_and_added(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let web = server.web_client().await;
        let slash = format!("{CALLBACK}/");
        let found = explained(&server, &web, &[("redirect_uri", &slash)]).await;
        assert_eq!(found.what_happened, format!("redirect_uri differs from a registered one by a trailing slash, which it has and the registered one has not: sent {slash}, registered {CALLBACK}."));
        assert!(found.rule.source.contains("RFC 9700 §4.1.3"));
        mend(&server, &found, &Change::AddRedirectUri(slash.clone())).await;
        assert!(is_sign_in(&authorize(&server, &web, &[("redirect_uri", &slash)]).await));
        assert!(is_sign_in(&authorize(&server, &web, &[]).await), "the first one stays");
        for (sent, words) in [
            ("https://app.example:8443/callback", "the port (8443 instead of 443)"),
            ("https://app.example/Callback", "capital and small letters in the path"),
        ] {
            let found = explained(&server, &web, &[("redirect_uri", sent)]).await;
            assert!(found.what_happened.contains(words), "{sent}: {}", found.what_happened);
            assert_eq!(found.fix.unwrap().change, Change::AddRedirectUri(sent.to_owned()));
        }
    }

    async fn no_address_of_a_stranger_is_offered(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let web = server.web_client().await;
        for (sent, words) in [
            ("https://evil.example/callback", "the host (evil.example instead of app.example)"),
            ("https://app.example.evil.example/callback", "the host"),
            ("https://app.example@evil.example/callback", "a user name before the host"),
            ("https://evil.example\\@app.example/callback", "a user name"),
            ("javascript:alert(1)", "the scheme"),
            ("http://app.example/callback", "the scheme (http instead of https)"),
            ("https://app.example/callback#x", "a fragment"),
            ("https://app.example/*", "the path"),
            ("https://app.example/a/../callback", "the path"),
            // A page of the app that leads on to wherever its query says.
            ("https://app.example/callback?next=https://evil.example", "a query"),
            ("com.evil.app:/callback", "the scheme"),
            ("http://localhost:3000/callback", "the host"),
            ("", "several"),
        ] {
            let repeated = [("redirect_uri", "x"), ("redirect_uri", "y")];
            let more: &[(&str, &str)] = if sent.is_empty() { &repeated } else { &[("redirect_uri", sent)] };
            let found = explained(&server, &web, more).await;
            if !sent.is_empty() {
                assert!(found.what_happened.contains(words), "{sent}: {}", found.what_happened);
            }
            offers_nothing(&server, &found).await;
        }
        // Neither to clients that registered themselves, nor to disabled ones.
        clients::disable(&server.app, &TestServer::by(), &web.id).await.unwrap();
        let found = explained(&server, &web, &[("redirect_uri", "https://app.example/x")]).await;
        assert!(found.what_happened.contains("disabled since"), "{}", found.what_happened);
        offers_nothing(&server, &found).await;
    }

    async fn a_client_that_registered_itself_is_not_mended(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| config.registration.mode = RegistrationMode::Open).await;
        let body = json!({ "redirect_uris": [CALLBACK] }).to_string();
        let answer = ask(&server, Method::POST, "/register", &[("content-type", "application/json")], &body).await;
        let web = Client::registered(&server, &serde_json::from_str(&answer.body).unwrap());
        let found = explained(&server, &web, &[("redirect_uri", &format!("{CALLBACK}/"))]).await;
        assert!(found.what_happened.contains("a trailing slash"));
        offers_nothing(&server, &found).await;
    }

    async fn what_may_be_asked_for_is_added(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_scope("notes:read", "read notes").await;
        server.add_resource("https://api.example/", "").await;
        let web = server.web_client().await;
        let id_token = [("response_type", "code id_token"), ("nonce", "n")];
        for (more, change, words) in [
            (&[("scope", "openid notes:read")][..], Change::AddScope("notes:read".to_owned()), "asked for the scope notes:read"),
            (&[("resource", "https://api.example/")], Change::AddResource("https://api.example/".to_owned()), "asked for the resource https://api.example/"),
            (&id_token, Change::AddResponseType("code id_token".to_owned()), "asked for the response type code id_token"),
        ] {
            let found = explained(&server, &web, more).await;
            assert!(found.what_happened.contains(words), "{}", found.what_happened);
            mend(&server, &found, &change).await;
            let page = authorize(&server, &web, more).await;
            assert!(is_sign_in(&page), "{more:?}: {page:?}");
        }
        let night = web.token(&[("grant_type", "client_credentials")]).await;
        let found = why_refused(&server, &night).await;
        mend(&server, &found, &Change::AddGrantType("client_credentials".to_owned())).await;
        web.token(&[("grant_type", "client_credentials")]).await.assert_granted("mended");
    }

    async fn what_is_too_much_is_only_explained(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_scope("notes:read", "read notes").await;
        server.add_resource("https://api.example/v1", "notes:read").await;
        let web = server.client_with(&["authorization_code"], "openid notes:read", &["https://api.example/v1"]).await;
        server.add_resource("https://other.example", "").await;
        server.change_client(&web, ClientFields { resources: Some(vec!["https://api.example/v1".to_owned(), "https://other.example".to_owned()]), ..ClientFields::default() }).await;
        let admin_api = format!("{}/api/v1", server.url);
        for (more, words, mend) in [
            (&[("scope", "notes:raed")][..], "not registered on this server", "Maybe it means notes:read"),
            (&[("scope", "placet:admin")], "asked for the scope placet:admin", "administers the server"),
            (&[("resource", &*admin_api)], "the API that administers", "by hand"),
            (&[("resource", "https://api.example/v1/")], "not registered on this server", "by a trailing slash"),
            (&[("scope", "notes:read"), ("resource", "https://other.example")], "which belongs to https://api.example/v1", "Send resource"),
            // S18: tokens in addresses are nothing for one click.
            (&[("response_type", "token")], "asked for the response type token", "with PKCE"),
            (&[("code_challenge_method", "plain")], "code_challenge_method must be S256", "code_challenge_method=S256"),
            (&[("prompt", "none")], "prompt=none", "ordinary sign-in"),
        ] {
            let found = explained(&server, &web, more).await;
            assert!(found.what_happened.contains(words), "{more:?}: {}", found.what_happened);
            assert!(found.mend.contains(mend), "{more:?}: {}", found.mend);
            offers_nothing(&server, &found).await;
        }
        let found = why_refused(&server, &web.password("ada", "x").await).await;
        assert!(found.mend.contains("legacy"), "{}", found.mend);
        offers_nothing(&server, &found).await;
    }

    async fn who_asks_is_looked_at(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let web = server.web_client().await;
        let public = server.public_client().await;
        let last = web.id.chars().last().unwrap();
        let typo = format!("{}{}", &web.id[..web.id.len() - 1], if last == 'A' { 'B' } else { 'A' });
        let secret = web.secret.clone().unwrap();
        let post = async |params: &[(&str, &str)]| {
            let params = [&[("grant_type", "client_credentials")], params].concat();
            let page = ask(&server, Method::POST, "/token", &[FORM], &encode(&params)).await;
            why(&server, page.header("x-request-id")).await
        };
        let found = post(&[("client_id", &typo), ("client_secret", "x")]).await;
        assert_eq!(found.what_happened, format!("No client has the id {typo}."));
        assert!(found.mend.contains(&web.id), "{}", found.mend);
        let found = post(&[("client_id", &web.id), ("client_secret", &secret)]).await;
        assert!(found.what_happened.contains("registered for client_secret_basic, and the request had client_secret in the body"), "{}", found.what_happened);
        let found = post(&[("client_id", &web.id)]).await;
        assert!(found.what_happened.contains("nothing but its client_id"), "{}", found.what_happened);
        let found = post(&[("client_id", &public.id), ("client_secret", "x")]).await;
        assert!(found.what_happened.contains("registered for none"), "{}", found.what_happened);
        // An old secret after its overlap.
        clients::add_secret(&server.app, &TestServer::by(), &web.id, std::time::Duration::from_mins(1)).await.unwrap();
        server.advance(120);
        let found = why_refused(&server, &web.redeem("x").await).await;
        assert!(found.what_happened.contains("has 1 living secret") && found.what_happened.contains("1 more expired"), "{}", found.what_happened);
        // A clock that is behind.
        let key = ClientKey::new("k1");
        let night = server.asserting_client(ClientFields { jwks: Some(key.jwks()), ..ClientFields::default() }).await;
        let mut claims = server.assertion_claims(&night);
        claims["exp"] = json!(server.app.clock.now().timestamp() - 300);
        let found = why_refused(&server, &night.assert(&key.jwt(&claims), &[]).await).await;
        assert!(found.what_happened.contains("It expired 300 seconds before it arrived"), "{}", found.what_happened);
        assert!(found.mend.contains("clocks"), "{}", found.mend);
        let mut claims = server.assertion_claims(&night);
        claims["aud"] = json!("https://elsewhere.example");
        let found = why_refused(&server, &night.assert(&key.jwt(&claims), &[]).await).await;
        assert!(found.what_happened.contains(&format!("This server's issuer is {}", server.url)), "{}", found.what_happened);
    }

    async fn codes_and_verifiers_are_explained(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let (web, other) = (server.web_client().await, server.public_client().await);
        let found = explained(&server, &other, &[("code_challenge", ""), ("code_challenge_method", "")]).await;
        assert!(found.rule.name.contains("must use PKCE"), "{}", found.rule.name);
        let code = web.code("ada", &[]).await;
        let found = why_refused(&server, &web.redeem_with(&code, &[("code_verifier", "short")]).await).await;
        assert!(found.what_happened.contains("5 characters"), "{}", found.what_happened);
        let found = why_refused(&server, &web.redeem_with(&code, &[("code_verifier", "")]).await).await;
        assert_eq!(found.what_happened, "The request had no code_verifier.");
        let found = why_refused(&server, &web.redeem_with(&code, &[("redirect_uri", "https://app.example/x")]).await).await;
        assert!(found.what_happened.contains("not even registered"), "{}", found.what_happened);
        offers_nothing(&server, &found).await;
        let found = why_refused(&server, &other.redeem_with(&code, &[("redirect_uri", CALLBACK), ("code_verifier", VERIFIER)]).await).await;
        assert!(found.mend.contains("same client_id"), "{}", found.mend);
        web.redeem(&code).await.assert_granted("the code is still good");
        let found = why_refused(&server, &web.redeem(&code).await).await;
        assert!(found.mend.contains("sent twice"), "{}", found.mend);
        let code = web.code("ada", &[]).await;
        server.advance(61);
        let found = why_refused(&server, &web.redeem(&code).await).await;
        assert!(found.what_happened.contains("A code is good for 1m"), "{}", found.what_happened);
    }

    async fn a_sign_out_address_is_named_and_added(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let web = server.web_client().await;
        let bye = "https://app.example/bye";
        let path = format!("/logout?{}", encode(&[("client_id", &web.id), ("post_logout_redirect_uri", bye)]));
        let mut browser = Browser::new(&server.url);
        let page = browser.get(&path).await;
        assert_eq!(page.status, 400);
        let found = why(&server, page.header("x-request-id")).await;
        assert!(found.what_happened.contains("no post_logout_redirect_uri registered"), "{}", found.what_happened);
        mend(&server, &found, &Change::AddPostLogoutRedirectUri(bye.to_owned())).await;
        assert_eq!(browser.get(&path).await.location().as_deref(), Some(bye));
        // Who is known by the hint alone.
        let tokens = web.tokens("ada", &[]).await;
        let hint = tokens.json["id_token"].as_str().unwrap();
        let path = format!("/logout?{}", encode(&[("id_token_hint", hint), ("post_logout_redirect_uri", "https://evil.example/bye")]));
        let page = browser.get(&path).await;
        let found = why(&server, page.header("x-request-id")).await;
        assert_eq!(found.refusal.client_id.as_deref(), Some(web.id.as_str()));
        assert!(found.what_happened.contains("the host (evil.example instead of app.example)"), "{}", found.what_happened);
        offers_nothing(&server, &found).await;
    }

    async fn two_mends_at_once_add_both(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let web = server.web_client().await;
        let one = explained(&server, &web, &[("redirect_uri", "https://app.example/one")]).await;
        let two = explained(&server, &web, &[("redirect_uri", "https://app.example/two")]).await;
        let by = TestServer::by();
        let (first, second) = tokio::join!(
            explain::mend(&server.app, &by, &one.refusal.id),
            explain::mend(&server.app, &by, &two.refusal.id),
        );
        // Whoever comes second either sees the first one's, or is told that the client changed meanwhile.
        let done = [first, second].into_iter().flatten().count();
        let client = clients::show(&server.app, &web.id).await.unwrap();
        assert_eq!(client.metadata.redirect_uris.len(), 1 + done);
    }
}
