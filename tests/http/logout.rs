//! Logout that an app asks for (OIDC RP-Initiated Logout 1.0): who is signed out without being asked, who is asked, and where the
//! browser goes then. The modules of the certification's RP-initiated plan are all here.

use placet::keys::crypto::SigningKey;
use placet::keys::jwt;
use placet::model::client::{Client as Registered, Registration};
use placet::model::id::ClientId;
use placet::model::signing_key::SigningAlg;
use reqwest::Method;
use serde_json::Value;

use super::support::client::decode_jwt;
use super::support::requests::{altered, ask, encode, new_client};
use super::support::{Browser, Client, Page, TestServer};
use crate::support::database::{TestDatabase, on_both};

const OUT: &str = "https://app.example/out";

async fn start(db: TestDatabase) -> (TestServer, Client) {
    let server = TestServer::start(db).await;
    server.add_user("ada").await;
    let client = app(&server, "Photo Printer").await;
    (server, client)
}

async fn app(server: &TestServer, name: &str) -> Client {
    let mut new = new_client(name, &["https://app.example/callback"]);
    new.fields.post_logout_redirect_uris = Some(vec![
        OUT.to_owned(),
        "https://app.example/out?a=b".to_owned(),
        "http://127.0.0.1/out".to_owned(),
    ]);
    server.add_client(new).await
}

/// Signs in, and gives the ID token.
async fn sign_in(client: &Client, browser: &mut Browser, username: &str) -> String {
    let page = client
        .sign_in(browser, username, &[("scope", "openid")])
        .await;
    let tokens = client.redeem(&page.returned("code").unwrap()).await;
    tokens.json["id_token"].as_str().unwrap().to_owned()
}

fn logout(params: &[(&str, &str)]) -> String {
    format!("/logout?{}", encode(params))
}

/// Whether the browser is signed in.
async fn is_in(browser: &mut Browser) -> bool {
    browser.get("/account").await.status == 200
}

#[track_caller]
fn assert_asks(page: &Page, case: &str) {
    assert_eq!(
        (page.status.as_u16(), page.heading_kind().as_str()),
        (200, "logout"),
        "{case}: {}",
        page.body
    );
    assert!(page.text().contains("Sign out of Placet"), "{case}");
    assert!(!page.headers.contains_key("set-cookie"), "{case}");
}

#[track_caller]
fn assert_signed_out(page: &Page, case: &str) {
    assert_eq!(
        (page.status.as_u16(), page.location()),
        (200, None),
        "{case}"
    );
    assert!(
        page.text().contains("You are signed out"),
        "{case}: {}",
        page.text()
    );
}

/// The language of a page.
fn lang(page: &Page) -> &str {
    let rest = page.body.split("<html lang=\"").nth(1).unwrap_or_default();
    rest.split('"').next().unwrap_or_default()
}

/// An ID token with these claims, signed by somebody else.
fn foreign(claims: &Value) -> String {
    let (key, _) = SigningKey::generate(SigningAlg::RS256).unwrap();
    jwt::sign(&key, "JWT", claims).unwrap()
}

on_both! {
    // §2: the question and its end are in the language that the app asked for.
    async fn it_is_answered_in_the_language_that_is_asked_for(db: TestDatabase) {
        let (server, client) = start(db).await;
        let mut browser = Browser::new(&server.url);
        sign_in(&client, &mut browser, "ada").await;
        let asked = logout(&[("ui_locales", "tlh de-AT fr"), ("client_id", &client.id)]);
        let question = browser.get(&asked).await;
        assert_eq!((question.heading_kind().as_str(), lang(&question)), ("logout", "de"), "{}", question.body);
        let mut posting = browser.clone();
        let page = posting.post("/logout", &[("ui_locales", "ar")]).await;
        assert_eq!(lang(&posting.follow(page).await), "ar");
        let page = browser.submit(&question, &[("decision", "sign-out")]).await;
        assert_eq!((page.status.as_u16(), lang(&page)), (200, "de"), "{}", page.body);
        assert!(!is_in(&mut browser).await);
    }

    // S159
    async fn a_good_hint_signs_out_at_once_and_leads_back(db: TestDatabase) {
        let (server, client) = start(db).await;
        let mut browser = Browser::new(&server.url);
        let scope = |scope| [("scope", scope)];
        let code = client.sign_in(&mut browser, "ada", &scope("openid")).await.returned("code").unwrap();
        let passing = client.redeem(&code).await;
        let code = client.sign_in(&mut browser, "ada", &scope("openid offline_access")).await.returned("code").unwrap();
        let staying = client.redeem(&code).await;
        let unredeemed = client.sign_in(&mut browser, "ada", &scope("openid")).await.returned("code").unwrap();
        let hint = passing.json["id_token"].as_str().unwrap();
        // Expired, and still a hint.
        server.advance(2 * 3600);
        let cookie = browser.cookies["placet_session"].clone();
        let state = "a b&c=\u{fc}%2F+\"'<\\#?";
        let page = browser.get(&logout(&[("id_token_hint", hint), ("post_logout_redirect_uri", OUT), ("state", state)])).await;
        assert_eq!(page.status, 303);
        assert_eq!(page.returned_to(), OUT);
        assert_eq!(page.returned("state").as_deref(), Some(state));
        assert_eq!(page.header("cache-control"), "no-store");
        assert!(!browser.cookies.contains_key("placet_session"));

        let silent = browser.visit(&client.authorize_url(&[("prompt", "none")])).await;
        assert_eq!(silent.returned("error").as_deref(), Some("login_required"));
        browser.cookies.insert("placet_session".to_owned(), cookie);
        assert!(!is_in(&mut browser).await, "dead on the server");
        assert_eq!(client.refresh(passing.refresh_token()).await.error(), "invalid_grant");
        assert_eq!(client.refresh(staying.refresh_token()).await.status, 200);
        assert_eq!(client.redeem(&unredeemed).await.error(), "invalid_grant");
        assert_eq!(server.count_events("signed_out").await, 1);
    }

    // S159: no-state, no-post-logout-redirect-uri, a query of its own, a hint that a retired key signed, a pairwise subject
    async fn a_good_hint_in_other_company(db: TestDatabase) {
        let (server, client) = start(db).await;
        let mut browser = Browser::new(&server.url);
        let hint = sign_in(&client, &mut browser, "ada").await;
        let page = browser.get(&logout(&[("id_token_hint", &hint), ("post_logout_redirect_uri", OUT), ("client_id", &client.id)])).await;
        assert_eq!(page.location().as_deref(), Some(OUT));

        let hint = sign_in(&client, &mut browser, "ada").await;
        let page = browser.get(&logout(&[("id_token_hint", &hint), ("logout_hint", "ada"), ("ui_locales", "en de")])).await;
        assert_signed_out(&page, "no address");
        assert!(!is_in(&mut browser).await);

        let hint = sign_in(&client, &mut browser, "ada").await;
        placet::admin::keys::rotate(&server.app, &TestServer::by(), None, true).await.unwrap();
        let with_query = "https://app.example/out?a=b";
        let page = browser.get(&logout(&[("id_token_hint", &hint), ("post_logout_redirect_uri", with_query), ("state", "s")])).await;
        assert_eq!(page.location().as_deref(), Some("https://app.example/out?a=b&state=s"));
        assert!(!is_in(&mut browser).await);

        let mut new = new_client("Hides", &["https://hides.example/cb"]);
        new.fields.subject_type = Some("pairwise".to_owned());
        let hides = server.add_client(new).await;
        let hint = sign_in(&hides, &mut browser, "ada").await;
        assert_signed_out(&browser.get(&logout(&[("id_token_hint", &hint)])).await, "pairwise");
        assert!(!is_in(&mut browser).await);
    }

    // RP-Initiated Logout §2: also by POST; from another site that comes without our cookies
    async fn a_request_by_post(db: TestDatabase) {
        let (server, client) = start(db).await;
        let mut browser = Browser::new(&server.url);
        let hint = sign_in(&client, &mut browser, "ada").await;
        let fields = encode(&[("id_token_hint", &hint), ("post_logout_redirect_uri", OUT), ("state", "s")]);
        let form = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "cross-site")];
        let page = ask(&server, Method::POST, "/logout", &form, &fields).await;
        assert_eq!(page.status, 303, "{}", page.body);
        let location = page.location().unwrap();
        assert!(location.starts_with("/logout?request=") && !location.contains(&hint), "{location}");
        assert!(is_in(&mut browser).await);
        let page = browser.get(&location).await;
        assert_eq!(page.location().as_deref(), Some("https://app.example/out?state=s"));
        assert!(!is_in(&mut browser).await);
        // Opened again: nothing happens twice. Too old, or bent: it is worth nothing.
        assert_eq!(browser.get(&location).await.location().as_deref(), Some("https://app.example/out?state=s"));
        sign_in(&client, &mut browser, "ada").await;
        server.advance(3600);
        for stale in [location.as_str(), "/logout?request=x"] {
            assert_eq!(browser.get(stale).await.location().as_deref(), Some("/logout"), "{stale}");
        }
        assert!(is_in(&mut browser).await);
        let bad = encode(&[("id_token_hint", &hint), ("post_logout_redirect_uri", "https://evil.example/")]);
        assert_eq!(ask(&server, Method::POST, "/logout", &form, &bad).await.status, 400);
        assert_eq!(ask(&server, Method::POST, "/logout?state=1", &form, "state=2").await.status, 400, "twice");
    }

    // S157 S161
    async fn an_address_that_is_not_registered_is_not_followed(db: TestDatabase) {
        let (server, client) = start(db).await;
        let mut browser = Browser::new(&server.url);
        let hint = sign_in(&client, &mut browser, "ada").await;
        for bad in [
            "https://app.example/out?x=1", "https://app.example/out?a=b&x=1", "https://app.example/out/", "https://app.example/out#", "https://app.example/",
            "https://app.example/callback", "https://APP.example/out", "https://app.example:443/out", "http://app.example/out", "https://evil.example/out",
            "https://app.example@evil.example/out", "https://app.example/out\t", "\thttps://app.example/out", " https://app.example/out", "https://app.example/%6fut",
            "https://app.example/x/../out", "http://127.0.0.1:81/out", "http://127.0.0.1:80/out", "/\\evil.example", "//evil.example", "\\\\evil.example", "/out",
            "javascript:alert(1)", "data:text/html,x", "https:app.example/out", "https://app.example/out\r\nset-cookie: a=b",
        ] {
            for proof in [("id_token_hint", hint.as_str()), ("client_id", client.id.as_str())] {
                let page = browser.get(&logout(&[proof, ("post_logout_redirect_uri", bad), ("state", "s")])).await;
                assert_eq!((page.status.as_u16(), page.location()), (400, None), "{bad:?}");
                assert!(page.text().contains("This sign-out link does not work"), "{bad:?}");
                assert!(!page.headers.contains_key("set-cookie") && !page.body.contains("evil.example"), "{bad:?}");
            }
            // Nobody says for which client: it is followed by no road.
            let page = browser.get(&logout(&[("post_logout_redirect_uri", bad)])).await;
            assert_asks(&page, bad);
            assert!(!page.body.contains("evil.example"), "{bad:?}");
        }
        assert!(is_in(&mut browser).await);
        let page = browser.get(&logout(&[("post_logout_redirect_uri", OUT), ("state", "s")])).await;
        let page = browser.submit(&page, &[("decision", "sign-out")]).await;
        assert_signed_out(&page, "registered, but for whom?");
        assert!(!page.body.contains("app.example"));
        // Not signed in either.
        let page = browser.get(&logout(&[("post_logout_redirect_uri", OUT)])).await;
        assert_signed_out(&page, "nobody");
        assert!(!page.body.contains("app.example"));
    }

    // S158
    async fn without_proof_the_person_is_asked(db: TestDatabase) {
        let (server, client) = start(db).await;
        server.add_user("bob").await;
        let other = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        let mut elsewhere = Browser::new(&server.url);
        let bobs = sign_in(&client, &mut elsewhere, "bob").await;
        let older = sign_in(&client, &mut Browser::new(&server.url), "ada").await;
        let hint = sign_in(&client, &mut browser, "ada").await;
        let (_, claims) = decode_jwt(&hint);
        let (head, rest) = hint.split_once('.').unwrap();
        let payload = rest.split_once('.').unwrap().0;
        let unsigned = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{payload}.");
        let stripped = format!("{head}.{payload}.");
        let access = client.tokens("ada", &[]).await.access_token().to_owned();
        for (case, bad) in [
            ("alg none", unsigned), ("no signature", stripped), ("signed by someone else", foreign(&claims)), ("altered", altered(&hint)), ("an access token", access),
            ("nonsense", "x".to_owned()), ("three parts", "a.b.c".to_owned()), ("somebody else's", bobs), ("another session of hers", older), ("too long", "a".repeat(20_000)),
        ] {
            let page = browser.get(&logout(&[("id_token_hint", &bad), ("post_logout_redirect_uri", OUT), ("state", "s")])).await;
            assert_asks(&page, case);
        }
        for params in [vec![], vec![("state", "s")], vec![("client_id", client.id.as_str())], vec![("logout_hint", "ada")]] {
            assert_asks(&browser.get(&logout(&params)).await, "no hint");
        }
        // What contradicts itself is refused.
        for params in [
            vec![("id_token_hint", hint.as_str()), ("client_id", other.id.as_str())], vec![("client_id", "nobody")],
            vec![("state", "1"), ("state", "2")], vec![("id_token_hint", &hint), ("id_token_hint", &hint)], vec![("client_id", &client.id), ("client_id", &client.id)],
            vec![("post_logout_redirect_uri", OUT), ("post_logout_redirect_uri", OUT)], vec![("state", &"s".repeat(4097))],
        ] {
            let page = browser.get(&logout(&params)).await;
            assert_eq!((page.status.as_u16(), page.location()), (400, None), "{params:?}");
        }
        assert_eq!(browser.get("/logout?state=%FF").await.status, 400);
        assert!(is_in(&mut browser).await, "nothing of that signs out");
    }

    // S158 S38
    async fn the_answer_is_the_persons_own(db: TestDatabase) {
        let (server, client) = start(db).await;
        server.add_user("bob").await;
        let mut browser = Browser::new(&server.url);
        sign_in(&client, &mut browser, "ada").await;
        let address = logout(&[("client_id", &client.id), ("post_logout_redirect_uri", OUT), ("state", "s")]);
        let page = browser.get(&address).await;
        assert_asks(&page, "by client_id");
        for words in ["Photo Printer asks to sign you out", "Signed in as ada", "you will be sent to app.example"] {
            assert!(page.text().contains(words), "{words}: {}", page.text());
        }
        let mut other = Browser::new(&server.url);
        sign_in(&client, &mut other, "bob").await;
        let bobs = other.get(&address).await;
        for csrf in ["", "x", &bobs.field("csrf")] {
            assert_asks(&browser.submit(&page, &[("decision", "sign-out"), ("csrf", csrf)]).await, csrf);
        }
        browser.headers = vec![("sec-fetch-site", "cross-site".to_owned())];
        let forged = browser.submit(&page, &[("decision", "sign-out")]).await;
        assert_asks(&forged, "another site posts the form");
        browser.headers.clear();
        let stays = browser.submit(&page, &[("decision", "stay")]).await;
        assert_eq!((stays.status.as_u16(), stays.url.path()), (200, "/account"));
        let page = browser.submit(&page, &[("decision", "sign-out")]).await;
        assert_eq!(page.location().as_deref(), Some("https://app.example/out?state=s"), "known by client_id, and confirmed");
        assert!(!is_in(&mut browser).await);
        assert!(is_in(&mut other).await, "only this browser");
        // The address was taken away while the person was asked.
        let page = other.get(&address).await;
        let fields = placet::admin::clients::ClientFields { post_logout_redirect_uris: Some(vec![String::new()]), ..Default::default() };
        server.change_client(&client, fields).await;
        let page = other.submit(&page, &[("decision", "sign-out")]).await;
        assert_asks(&page, "asked anew, without an address");
        assert!(!page.text().contains("app.example"));
    }

    // S158: an image or a frame on another site comes without the cookie, and takes none away
    async fn a_request_without_the_cookie_changes_nothing(db: TestDatabase) {
        let (server, client) = start(db).await;
        let mut browser = Browser::new(&server.url);
        let hint = sign_in(&client, &mut browser, "ada").await;
        let cross_site = [("sec-fetch-site", "cross-site"), ("sec-fetch-dest", "image"), ("content-type", "application/x-www-form-urlencoded")];
        for (method, path) in [(Method::GET, "/logout"), (Method::GET, &logout(&[("id_token_hint", &hint)])), (Method::POST, "/account/sign-out")] {
            let page = ask(&server, method, path, &cross_site, "").await;
            assert_signed_out(&page, path);
            assert!(!page.headers.contains_key("set-cookie"), "{path}");
        }
        assert!(is_in(&mut browser).await);
        // Nobody is signed in: back at once where there is proof, or where an administrator looked at the client.
        let mut nobody = Browser::new(&server.url);
        for proof in [("id_token_hint", hint.as_str()), ("client_id", client.id.as_str())] {
            let page = nobody.get(&logout(&[proof, ("post_logout_redirect_uri", OUT)])).await;
            assert_eq!(page.location().as_deref(), Some(OUT));
        }
        // A client that registered itself: by a press of a button.
        let found = server.app.find_client(&client.id).await.unwrap().unwrap();
        let itself = Registered { id: ClientId::parse("itself").unwrap(), registration: Registration::Dynamic, secrets: Vec::new(), ..(*found).clone() };
        let event = server.app.event(placet::model::event::EventKind::ClientAdded, placet::model::event::Actor::Server, placet::model::event::Origin::default());
        server.app.store.add_client(&itself, &event).await.unwrap();
        let page = nobody.get(&logout(&[("client_id", "itself"), ("post_logout_redirect_uri", OUT), ("state", "s")])).await;
        assert_signed_out(&page, "itself");
        assert!(page.body.contains("href=\"https://app.example/out?state=s\"") && !page.body.contains("http-equiv"), "{}", page.body);
    }

    // S56 S161: what the page after signing out leads to is text, escaped
    async fn the_state_is_no_more_than_text(db: TestDatabase) {
        let (server, client) = start(db).await;
        let mut browser = Browser::new(&server.url);
        sign_in(&client, &mut browser, "ada").await;
        let evil = "\"'><script>alert(1)</script>;url=https://evil.example";
        let address = logout(&[("client_id", &client.id), ("post_logout_redirect_uri", OUT), ("state", evil)]);
        let page = browser.get(&address).await;
        assert!(!page.body.contains("<script>") && !page.body.contains("evil.example"));
        let page = browser.submit(&page, &[("decision", "sign-out")]).await;
        assert_eq!(page.returned_to(), OUT);
        assert_eq!(page.returned("state").as_deref(), Some(evil));
    }
}
