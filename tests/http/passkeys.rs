//! Passkeys over HTTP, with an authenticator in software: registered, used as the first factor and as the second, and all that is refused.

use placet::admin::users;
use placet::config::Config;
use scraper::{Html, Selector};
use serde_json::{Value, json};

use super::support::client::decode_jwt;
use super::support::soft_key::SoftKey;
use super::support::{Browser, Page, TestServer};
use crate::support::database::{TestDatabase, on_both};

const NEW: &str = "/account/security/passkeys/new";

/// A host with a name: browsers make no passkeys for addresses of numbers.
pub(super) fn named(config: &mut Config) {
    let issuer = config.issuer.as_str().replace("127.0.0.1", "localhost");
    config.issuer = issuer.parse().unwrap();
}

async fn start(db: TestDatabase) -> TestServer {
    let server = TestServer::start_with(db, named).await;
    server.add_user("ada").await;
    server.add_user("bob").await;
    server
}

pub(crate) fn key(server: &TestServer) -> SoftKey {
    SoftKey::new(&server.url.replace("127.0.0.1", "localhost"))
}

async fn signed_in(server: &TestServer, name: &str) -> Browser {
    let mut browser = Browser::new(&server.url);
    let page = browser.get("/login").await;
    let page = browser.log_in(&page, name).await;
    assert!(page.text().contains("Profile"), "{}", page.text());
    browser
}

/// The form that the script fills: its options, and its fields.
pub(super) fn asked(page: &Page) -> (String, Vec<(String, String)>) {
    let html = Html::parse_document(&page.body);
    let selector = Selector::parse("form[data-passkey]").unwrap();
    let form = html.select(&selector).next();
    let form = form.unwrap_or_else(|| panic!("asks for no passkey: {}", page.body));
    let inputs = Selector::parse("input").unwrap();
    let fields = form.select(&inputs).map(|input| {
        let of = |name| input.attr(name).unwrap_or_default().to_owned();
        (of("name"), of("value"))
    });
    let options = form.attr("data-options").unwrap().to_owned();
    (options, fields.collect())
}

/// Posts that form with an answer.
pub(super) async fn answer(browser: &mut Browser, page: &Page, to: &str, response: &str) -> Page {
    let (_, mut fields) = asked(page);
    for (name, value) in &mut fields {
        if name == "response" {
            response.clone_into(value);
        }
    }
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    browser.post(to, &fields).await
}

pub(crate) async fn register(browser: &mut Browser, key: &mut SoftKey) -> Page {
    let page = browser.visit(NEW).await;
    let response = key.create(&asked(&page).0);
    let page = answer(browser, &page, NEW, &response).await;
    browser.follow(page).await
}

/// Signs in with nothing but the passkey.
async fn sign_in(server: &TestServer, key: &mut SoftKey) -> (Browser, Page) {
    let mut browser = Browser::new(&server.url);
    let page = browser.get("/login").await;
    let response = key.get(&asked(&page).0);
    let page = answer(&mut browser, &page, "/login/passkey", &response).await;
    (browser, page)
}

fn assert_in(page: &Page) {
    assert_eq!(
        page.location().as_deref(),
        Some("/account"),
        "{}",
        page.text()
    );
}

fn assert_out(page: &Page, why: &str) {
    assert_eq!(page.location(), None, "{why}");
    assert!(
        page.text().contains("That passkey did not work"),
        "{why}: {}",
        page.text()
    );
}

on_both! {
    async fn it_is_registered_and_signs_in_alone(db: TestDatabase) {
        let server = start(db).await;
        let mut key = key(&server);
        let mut browser = signed_in(&server, "ada").await;
        let page = browser.visit(NEW).await;
        let csp = page.header("content-security-policy").to_owned();
        assert!(csp.contains("script-src 'self'") && !csp.contains("unsafe") && !csp.contains("connect-src"), "{csp}");
        let options: Value = serde_json::from_str(&asked(&page).0).unwrap();
        let selection = &options["publicKey"]["authenticatorSelection"];
        assert_eq!(selection["residentKey"], "preferred");
        assert_eq!(selection["userVerification"], "required");
        assert_eq!(options["publicKey"]["rp"]["id"], "localhost");
        assert!(page.body.contains("<noscript>"));

        let page = register(&mut browser, &mut key).await;
        assert!(page.text().contains("The passkey is added."), "{}", page.text());
        assert_eq!(page.body.matches("<li><code").count(), 10, "recovery codes come with the first");
        let user = users::show(&server.app, "ada").await.unwrap();
        assert!(user.has_passkey && !user.has_totp);
        let listed = browser.visit("/account/security").await;
        assert!(listed.text().contains("Never") && listed.text().contains("You have 10 codes left."), "{}", listed.text());

        server.advance(60);
        let (mut other, page) = sign_in(&server, &mut key).await;
        assert_in(&page);
        let listed = other.visit("/account/security").await;
        assert!(!listed.text().contains("Never"), "{}", listed.text());
        // Two factors in one: nothing more is asked, and tokens say so.
        let client = server.web_client().await;
        let address = client.authorize_url(&[("acr_values", "phr")]);
        let page = other.visit(&address).await;
        let page = other.approve(&page).await;
        let tokens = client.redeem(&page.returned("code").unwrap()).await;
        let (_, claims) = decode_jwt(tokens.json["id_token"].as_str().unwrap());
        assert_eq!((&claims["acr"], &claims["amr"]), (&json!("phr"), &json!(["pop", "user", "mfa"])), "{claims}");
    }

    async fn it_is_the_second_factor_of_a_password(db: TestDatabase) {
        let server = start(db).await;
        let (mut hers, mut his) = (key(&server), key(&server));
        register(&mut signed_in(&server, "ada").await, &mut hers).await;
        register(&mut signed_in(&server, "bob").await, &mut his).await;
        let mut browser = Browser::new(&server.url);
        let page = browser.get("/login").await;
        let page = browser.log_in(&page, "ada").await;
        assert!(page.text().contains("Use your passkey"), "{}", page.text());
        let options: Value = serde_json::from_str(&asked(&page).0).unwrap();
        let allowed = options["publicKey"]["allowCredentials"].as_array().unwrap().clone();
        assert_eq!(allowed.len(), 1);
        assert_eq!(allowed[0]["id"], json!(hers.id()));
        let foreign = his.get(&asked(&page).0);
        assert_out(&answer(&mut browser.clone(), &page, "/login/passkey", &foreign).await, "somebody else's");
        // Where it was asked for by name, an authenticator need not say whose it is.
        hers.handle = None;
        let response = hers.get(&asked(&page).0);
        assert_in(&answer(&mut browser, &page, "/login/passkey", &response).await);
        assert!(browser.cookies.contains_key("placet_session"));
    }

    // S165: an answer is good once, on whichever node.
    async fn an_answer_is_good_once(db: TestDatabase) {
        let server = start(db).await;
        let mut key = key(&server);
        let mut browser = signed_in(&server, "ada").await;
        let page = browser.visit(NEW).await;
        let response = key.create(&asked(&page).0);
        answer(&mut browser, &page, NEW, &response).await;
        let again = answer(&mut browser, &page, NEW, &response).await;
        assert!(again.text().contains("here already"), "{}", again.text());

        let mut browser = Browser::new(&server.url);
        let page = browser.get("/login").await;
        let response = key.get(&asked(&page).0);
        assert_in(&answer(&mut browser.clone(), &page, "/login/passkey", &response).await);
        assert_out(&answer(&mut browser.clone(), &page, "/login/passkey", &response).await, "again");
        let issuer = server.app.config.issuer.clone();
        let other = server.second_node(|config| config.issuer = issuer).await;
        browser.server.clone_from(&other.url);
        assert_out(&answer(&mut browser, &page, "/login/passkey", &response).await, "on another node");
    }

    async fn an_answer_in_time_and_for_this_server_alone_is_taken(db: TestDatabase) {
        let server = start(db).await;
        let mut key = key(&server);
        register(&mut signed_in(&server, "ada").await, &mut key).await;
        let mut browser = Browser::new(&server.url);
        let page = browser.get("/login").await;
        let late = key.get(&asked(&page).0);
        server.advance(300);
        assert_out(&answer(&mut browser, &page, "/login/passkey", &late).await, "five minutes later");

        let fresh = browser.get("/login").await;
        let options = asked(&fresh).0;
        assert_out(&answer(&mut browser, &fresh, "/login/passkey", &late).await, "of another challenge");
        for bad in ["", "{}", "null", "[]", "x", &"x".repeat(100_000)] {
            let page = answer(&mut browser, &fresh, "/login/passkey", bad).await;
            assert!(page.location().is_none(), "{bad:.20}");
        }
        key.is_verified = false;
        assert_out(&answer(&mut browser, &fresh, "/login/passkey", &key.get(&options)).await, "nobody was verified");
        key.is_verified = true;
        let origin = std::mem::replace(&mut key.origin, "https://evil.example".to_owned());
        assert_out(&answer(&mut browser, &fresh, "/login/passkey", &key.get(&options)).await, "of another origin");
        key.origin = origin;
        "evil.example".clone_into(&mut key.rp_id);
        assert_out(&answer(&mut browser, &fresh, "/login/passkey", &key.get(&options)).await, "for another host");
        "localhost".clone_into(&mut key.rp_id);
        let handle = key.handle.replace(vec![7; 16]);
        assert_out(&answer(&mut browser, &fresh, "/login/passkey", &key.get(&options)).await, "of somebody else");
        key.handle = None;
        assert_out(&answer(&mut browser, &fresh, "/login/passkey", &key.get(&options)).await, "of nobody");
        key.handle = handle;
        let mut stranger = SoftKey::new(&key.origin);
        stranger.handle.clone_from(&key.handle);
        assert_out(&answer(&mut browser, &fresh, "/login/passkey", &stranger.get(&options)).await, "not known here");
        assert_in(&answer(&mut browser, &fresh, "/login/passkey", &key.get(&options)).await);
    }

    // S36 S60
    async fn the_form_is_of_this_browser_and_the_person_is_enabled(db: TestDatabase) {
        let server = start(db).await;
        let mut key = key(&server);
        register(&mut signed_in(&server, "ada").await, &mut key).await;
        let mut browser = Browser::new(&server.url);
        let page = browser.get("/login").await;
        let response = key.get(&asked(&page).0);
        let mut other = Browser::new(&server.url);
        other.get("/login").await;
        let refused = answer(&mut other, &page, "/login/passkey", &response).await;
        assert_eq!((refused.status.as_u16(), refused.location()), (403, None), "login CSRF");
        browser.headers = vec![("sec-fetch-site", "cross-site".to_owned())];
        let refused = answer(&mut browser, &page, "/login/passkey", &response).await;
        assert_eq!((refused.status.as_u16(), refused.location()), (403, None));
        browser.headers.clear();
        users::disable(&server.app, &TestServer::by(), "ada").await.unwrap();
        assert_out(&answer(&mut browser, &page, "/login/passkey", &response).await, "disabled");
        users::enable(&server.app, &TestServer::by(), "ada").await.unwrap();
        assert_in(&answer(&mut browser, &page, "/login/passkey", &response).await);
    }

    async fn a_cloned_authenticator_is_refused(db: TestDatabase) {
        let server = start(db).await;
        let mut key = key(&server);
        key.counter = 5;
        register(&mut signed_in(&server, "ada").await, &mut key).await;
        assert_in(&sign_in(&server, &mut key).await.1);
        server.advance(1);
        assert_in(&sign_in(&server, &mut key).await.1);
        key.counter = 5;
        assert_out(&sign_in(&server, &mut key).await.1, "its counter went back");
        key.counter = 9;
        assert_in(&sign_in(&server, &mut key).await.1);
    }

    async fn they_are_named_renamed_and_removed(db: TestDatabase) {
        let server = start(db).await;
        let (mut first, mut second) = (key(&server), key(&server));
        let mut browser = signed_in(&server, "ada").await;
        register(&mut browser, &mut first).await;
        server.advance(1);
        let page = browser.visit(NEW).await;
        let excluded: Value = serde_json::from_str(&asked(&page).0).unwrap();
        assert_eq!(excluded["publicKey"]["excludeCredentials"][0]["id"], json!(first.id()));
        let page = register(&mut browser, &mut second).await;
        assert!(page.text().contains("is added."), "{}", page.text());
        assert!(!page.text().contains("they are not shown again"), "codes come but once");
        let stored = users::show(&server.app, "ada").await.unwrap();
        let keys = server.app.store.list_passkeys(stored.id).await.unwrap();
        let at = |index: usize| format!("/account/security/passkeys/{}", keys[index].id);
        let page = browser.visit(&at(0)).await;
        let renamed = browser.submit(&page, &[("name", "  <b>Phone</b> ")]).await;
        assert!(renamed.text().contains("is called <b>Phone</b> now"), "{}", renamed.text());
        for bad in ["", "   ", "a\u{202e}b", &"x".repeat(61)] {
            let page = browser.submit(&page, &[("name", bad)]).await;
            assert_eq!(page.status, 422, "{bad}");
            assert!(page.text().contains("1 to 60 visible characters"), "{bad}: {}", page.text());
            assert!(page.body.contains(&format!("value=\"{bad}\" maxlength")), "what was typed is kept: {bad}: {}", page.body);
        }
        let mut bob = signed_in(&server, "bob").await;
        for address in [at(0), "/account/security/passkeys/x".to_owned()] {
            assert_eq!(bob.visit(&address).await.status, 404, "{address}");
        }
        let page = browser.visit(&at(0)).await;
        assert!(page.text().contains("You have another second step"), "{}", page.text());
        assert!(page.body.contains("name=\"end_others\" value=\"yes\" checked"), "{}", page.body);
        let (mut elsewhere, _) = sign_in(&server, &mut second).await;
        assert_eq!(elsewhere.get("/account").await.status, 200);
        let gone = browser.submit(&page, &[("remove", "yes"), ("end_others", "yes")]).await;
        assert_eq!(elsewhere.get("/account").await.status, 303, "ASVS 7.4.3");
        assert!(gone.text().contains("is removed"), "{}", gone.text());
        assert_out(&sign_in(&server, &mut first).await.1, "removed");
        assert_in(&sign_in(&server, &mut second).await.1);
        let page = browser.visit(&at(1)).await;
        assert!(page.text().contains("It is your last second step"), "{}", page.text());
        browser.submit(&page, &[("remove", "yes")]).await;
        let user = users::show(&server.app, "ada").await.unwrap();
        assert!(!user.has_passkey);
        assert_eq!(server.database.count("recovery_codes").await, 0);
        signed_in(&server, "ada").await;
    }

    // WebAuthn §5.8.3: what the browser said of the way to an authenticator is told it the next time.
    async fn the_way_to_an_authenticator_is_remembered(db: TestDatabase) {
        let server = start(db).await;
        let mut browser = signed_in(&server, "ada").await;
        let (mut first, mut second) = (key(&server), key(&server));
        first.counter = 1;
        first.transports = json!(["internal", "hybrid", "smart-card", "by-pigeon"]);
        second.transports = json!(["<b>", "", "x".repeat(50)]);
        register(&mut browser, &mut first).await;
        server.advance(1);
        register(&mut browser, &mut second).await;
        let page = browser.visit(NEW).await;
        let options: Value = serde_json::from_str(&asked(&page).0).unwrap();
        let expected = json!([
            { "type": "public-key", "id": first.id(), "transports": first.transports },
            { "type": "public-key", "id": second.id() },
        ]);
        assert_eq!(options["publicKey"]["excludeCredentials"], expected);
        // Also after a use that changes what is kept.
        assert_in(&sign_in(&server, &mut first).await.1);
        let mut other = Browser::new(&server.url);
        let page = other.get("/login").await;
        let page = other.log_in(&page, "ada").await;
        let options: Value = serde_json::from_str(&asked(&page).0).unwrap();
        assert_eq!(options["publicKey"]["allowCredentials"], expected);
    }

    async fn an_address_of_numbers_has_no_passkeys(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let page = Browser::new(&server.url).get("/login").await;
        assert!(!page.body.contains("data-passkey") && !page.body.contains("passkey.js"), "{}", page.body);
        let mut browser = signed_in(&server, "ada").await;
        let page = browser.visit("/account/security").await;
        assert!(page.text().contains("Passkeys cannot be used here"), "{}", page.text());
        assert_eq!(browser.get(NEW).await.location().as_deref(), Some("/account/security"));
    }
}
