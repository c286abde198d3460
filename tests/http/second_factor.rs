//! The second factor: asked for after the password, not to be got around, not to be guessed, not to be kept from its owner.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use placet::admin::users;
use placet::model::secret::Secret;
use serde_json::json;

use super::support::authenticator::Authenticator;
use super::support::client::decode_jwt;
use super::support::requests::altered;
use super::support::server::PASSWORD;
use super::support::{Browser, Page, TestServer};
use crate::support::database::on_both;

/// The sign-in page, with the right password.
pub(crate) async fn password_typed(browser: &mut Browser, address: &str, username: &str) -> Page {
    let page = browser.visit(address).await;
    browser.log_in(&page, username).await
}

async fn sessions(server: &TestServer) -> i64 {
    server.database.count("sessions").await
}

on_both! {
    // S39 S40 S50
    async fn it_is_asked_for_after_the_password(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let app = Authenticator::set_up(&server, "ada").await;
        let client = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        let page = password_typed(&mut browser, &client.authorize_url(&[]), "ada").await;
        assert_eq!((page.heading_kind().as_str(), page.status.as_u16()), ("verify", 200), "{}", page.body);
        assert!(page.text().contains("Enter the code from your authenticator app") && page.text().contains("Signing in as ada"), "{}", page.text());
        for part in ["autocomplete=\"one-time-code\"", "inputmode=\"numeric\""] {
            assert!(page.body.contains(part), "{}", page.body);
        }
        assert_eq!(sessions(&server).await, 0, "a password alone is nobody");
        assert!(!browser.cookies.contains_key("placet_session") && !browser.cookies.contains_key("placet_known"));
        let wrong = app.wrong_code(&server, 0);
        let page = browser.submit(&page, &[("code", &wrong)]).await;
        assert!(page.text().contains("That code is wrong") && page.text().contains("Wait for the next code"), "{}", page.text());
        assert!(page.body.contains("aria-invalid"), "{}", page.body);
        let code = app.code(&server);
        let spaced = format!(" {} {}", &code[..3], &code[3..]);
        let page = browser.submit(&page, &[("code", &spaced)]).await;
        assert_eq!(page.heading_kind(), "consent", "{}", page.body);
        assert!(browser.cookies.contains_key("placet_session") && !browser.cookies.contains_key("placet_pending"));
        let page = browser.approve(&page).await;
        let tokens = client.redeem(&page.returned("code").unwrap()).await;
        let (_, access) = tokens.decoded();
        let (_, id) = decode_jwt(tokens.json["id_token"].as_str().unwrap());
        for claims in [&access, &id] {
            assert_eq!((&claims["acr"], &claims["amr"]), (&json!("mfa"), &json!(["pwd", "otp", "mfa"])), "{claims}");
        }
        let mut thief = Browser::new(&server.url);
        let page = password_typed(&mut thief, "/login", "ada").await;
        let page = thief.submit(&page, &[("code", &code)]).await;
        assert!(page.text().contains("was used before"), "{}", page.text());
        server.advance(30);
        let page = thief.submit(&page, &[("code", &code)]).await;
        assert_eq!(page.heading_kind(), "verify", "31 s old");
        assert_eq!(sessions(&server).await, 1);
    }

    // S39 S50 S55
    async fn there_is_no_way_around_it(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| config.sign_in.attempts_per_address = 1000).await;
        server.add_user_with(users::NewUser { username: "ada".to_owned(), roles: vec!["admin".to_owned()], ..users::NewUser::default() }).await;
        server.add_user("bob").await;
        let app = Authenticator::set_up(&server, "ada").await;
        let client = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        let asked = password_typed(&mut browser, &client.authorize_url(&[]), "ada").await;
        assert_eq!(asked.heading_kind(), "verify");
        let sealed = asked.field("request");
        for address in [
            client.authorize_url(&[]),
            client.authorize_url(&[("prompt", "select_account")]),
            format!("/authorize/continue?request={sealed}"),
            format!("/consent?request={sealed}"),
            format!("/choose-account?request={sealed}"),
            "/account".to_owned(),
            "/account/sessions".to_owned(),
            "/admin".to_owned(),
            "/admin/clients".to_owned(),
            "/login".to_owned(),
            "/login?return_to=/admin".to_owned(),
        ] {
            let page = browser.clone().visit(&address).await;
            assert_eq!(page.heading_kind(), "login", "{address}: {}", page.body);
        }
        for address in ["/login/enrol", "/login/verify?return_to=/admin", "/login/verify"] {
            let page = browser.clone().visit(address).await;
            assert_eq!(page.heading_kind(), "verify", "{address}: {}", page.body);
        }
        let silent = browser.clone().visit(&client.authorize_url(&[("prompt", "none")])).await;
        assert_eq!(silent.returned("error").as_deref(), Some("login_required"));
        // The form, without what makes it one.
        let csrf = asked.field("csrf");
        for fields in [
            vec![],
            vec![("csrf", csrf.as_str())],
            vec![("csrf", csrf.as_str()), ("code", "")],
            vec![("csrf", csrf.as_str()), ("code", "000000000")],
            vec![("csrf", csrf.as_str()), ("recovery", "1"), ("code", "ada")],
            vec![("code", &app.code(&server))],
        ] {
            let page = browser.clone().post("/login/verify", &fields).await;
            assert_eq!((page.heading_kind().as_str(), page.location()), ("verify", None), "{fields:?}");
        }
        // Somebody else's, or another value.
        let mut other = Browser::new(&server.url);
        let page = other.post("/login/verify", &[("csrf", &csrf), ("code", &app.code(&server))]).await;
        assert_eq!(page.location().as_deref(), Some("/login"));
        let mut bent = browser.clone();
        let value = bent.cookies.get_mut("placet_pending").unwrap();
        *value = altered(value);
        let page = bent.post("/login/verify", &[("csrf", &csrf), ("code", &app.code(&server))]).await;
        assert_eq!(page.location().as_deref(), Some("/login"));
        let mut planted = browser.clone();
        let pending = planted.cookies["placet_pending"].clone();
        planted.cookies.insert("placet_session".to_owned(), pending);
        assert_eq!(planted.visit("/account").await.heading_kind(), "login");
        assert_eq!(sessions(&server).await, 0);
        // Who is signed in as somebody else gets no further either, and stays who they are.
        let mut bob = Browser::new(&server.url);
        password_typed(&mut bob, "/login", "bob").await;
        let page = password_typed(&mut bob, &client.authorize_url(&[("prompt", "login")]), "ada").await;
        assert_eq!(page.heading_kind(), "verify");
        let page = bob.visit("/account").await;
        assert!(page.text().contains("bob") && !page.text().contains("ada"), "{}", page.text());
        let page = bob.visit(&client.authorize_url(&[("prompt", "login")])).await;
        assert_eq!(page.heading_kind(), "login");
    }

    // S39
    async fn the_password_is_good_for_ten_minutes_and_while_it_is_one(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let app = Authenticator::set_up(&server, "ada").await;
        let mut browser = Browser::new(&server.url);
        let page = password_typed(&mut browser, "/login", "ada").await;
        server.advance(599);
        assert_eq!(browser.visit("/login/verify").await.heading_kind(), "verify");
        server.advance(1);
        let late = browser.submit(&page, &[("code", &app.code(&server))]).await;
        assert_eq!(late.heading_kind(), "login");
        let mut changed = Browser::new(&server.url);
        let page = password_typed(&mut changed, "/login", "ada").await;
        users::set_password(&server.app, &server.identity.passwords, &TestServer::by(), "ada", Secret::new("another long password".to_owned())).await.unwrap();
        let late = changed.submit(&page, &[("code", &app.code(&server))]).await;
        assert_eq!(late.heading_kind(), "login", "a new password ends it");
        let mut disabled = Browser::new(&server.url);
        let again = disabled.visit("/login").await;
        let page = disabled.submit(&again, &[("username", "ada"), ("password", "another long password")]).await;
        assert_eq!(page.heading_kind(), "verify");
        users::disable(&server.app, &TestServer::by(), "ada").await.unwrap();
        let late = disabled.submit(&page, &[("code", &app.code(&server))]).await;
        assert_eq!(late.heading_kind(), "login");
        assert_eq!(sessions(&server).await, 0);
    }

    // S43 S46 S50
    async fn wrong_codes_are_counted_by_account(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()]).await;
        server.add_user("ada").await;
        let app = Authenticator::set_up(&server, "ada").await;
        let mut own = Browser::new(&server.url);
        let page = password_typed(&mut own, "/login", "ada").await;
        own.submit(&page, &[("code", &app.code(&server))]).await;
        let known = own.cookies["placet_known"].clone();
        let mut thief = Browser::new(&server.url);
        let mut page = password_typed(&mut thief, "/login", "ada").await;
        for nth in 0..10 {
            thief.headers = vec![("x-forwarded-for", format!("203.0.113.{nth}"))];
            page = thief.submit(&page, &[("code", &app.wrong_code(&server, nth))]).await;
            assert_eq!(page.status, 200, "{nth}");
        }
        server.advance(30);
        thief.headers = vec![("x-forwarded-for", "198.51.100.1".to_owned())];
        page = thief.submit(&page, &[("code", &app.code(&server))]).await;
        assert_eq!((page.status.as_u16(), page.header("retry-after")), (429, "870"), "{}", page.text());
        let page = thief.submit(&page, &[("recovery", "1"), ("code", &app.recovery[0])]).await;
        assert_eq!(page.status, 429, "one counter for both kinds");
        // The person's own browser is not kept out.
        let mut own = Browser::new(&server.url);
        own.cookies.insert("placet_known".to_owned(), known);
        let page = password_typed(&mut own, "/login", "ada").await;
        let page = own.submit(&page, &[("code", &app.code(&server))]).await;
        assert_eq!(page.url.path(), "/account", "{}", page.text());
        // Nor is anybody for ever.
        server.advance(900);
        let page = password_typed(&mut thief, "/login", "ada").await;
        let page = thief.submit(&page, &[("code", &app.code(&server))]).await;
        assert_eq!(page.url.path(), "/account");
        assert_eq!(server.count_events("sign_in_throttled").await, 1, "told once");
    }

    // S46 S50: what the password alone opened, before there was a factor, gives nobody more tries.
    async fn browsers_of_before_the_factor_share_one_counter(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| config.sign_in.attempts_per_address = 1000).await;
        server.add_user("ada").await;
        let mut thieves = Vec::new();
        for _ in 0..3 {
            let mut thief = Browser::new(&server.url);
            password_typed(&mut thief, "/login", "ada").await;
            assert!(thief.cookies.contains_key("placet_known"));
            thief.cookies.remove("placet_session");
            thieves.push(thief);
        }
        let app = Authenticator::set_up(&server, "ada").await;
        let mut own = Browser::new(&server.url);
        let page = password_typed(&mut own, "/login", "ada").await;
        own.submit(&page, &[("code", &app.code(&server))]).await;
        own.cookies.remove("placet_session");
        server.advance(30);
        for (number, thief) in thieves.iter_mut().enumerate() {
            let mut page = password_typed(thief, "/login", "ada").await;
            let wrong = if number == 0 { 10 } else { 0 };
            for nth in 0..wrong {
                page = thief.submit(&page, &[("code", &app.wrong_code(&server, nth))]).await;
                assert_eq!(page.status, 200, "{nth}");
            }
            page = thief.submit(&page, &[("code", &app.wrong_code(&server, 11))]).await;
            assert_eq!(page.status, 429, "browser {number}: {}", page.text());
        }
        let page = password_typed(&mut own, "/login", "ada").await;
        let page = own.submit(&page, &[("code", &app.code(&server))]).await;
        assert_eq!(page.url.path(), "/account", "the browser that has shown it: {}", page.text());
        // What it says of itself cannot be written by others.
        let mut forged = thieves.remove(0);
        let bytes = URL_SAFE_NO_PAD.decode(&forged.cookies["placet_known"]).unwrap();
        let bent = [&bytes[..32], &[1], &bytes[33..]].concat();
        forged.cookies.insert("placet_known".to_owned(), URL_SAFE_NO_PAD.encode(bent));
        let page = password_typed(&mut forged, "/login", "ada").await;
        let page = forged.submit(&page, &[("code", &app.code(&server))]).await;
        assert_eq!(page.status, 429);
    }

    // S44 S50
    async fn guesses_sent_at_once_are_not_all_looked_at(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let app = Authenticator::set_up(&server, "ada").await;
        let mut browser = Browser::new(&server.url);
        let page = password_typed(&mut browser, "/login", "ada").await;
        let guesses = (0..64).map(|nth| {
            let (mut browser, csrf, code) = (browser.clone(), page.field("csrf"), app.wrong_code(&server, nth));
            async move { browser.post("/login/verify", &[("csrf", &csrf), ("code", &code)]).await.status.as_u16() }
        });
        let answers = futures_util::future::join_all(guesses).await;
        assert_eq!(answers.iter().filter(|status| **status == 200).count(), 10, "{answers:?}");
        assert_eq!(server.count_events("sign_in_failed").await, 10);
    }

    // S50
    async fn one_code_lets_one_browser_in(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let app = Authenticator::set_up(&server, "ada").await;
        for (recovery, code) in [("", app.code(&server)), ("1", app.recovery[0].clone())] {
            let mut browser = Browser::new(&server.url);
            let page = password_typed(&mut browser, "/login", "ada").await;
            let tries = (0..8).map(|_| {
                let (mut browser, csrf, code) = (browser.clone(), page.field("csrf"), code.clone());
                async move {
                    let mut fields = vec![("csrf", csrf.as_str()), ("code", code.as_str())];
                    if !recovery.is_empty() {
                        fields.push(("recovery", "1"));
                    }
                    browser.post("/login/verify", &fields).await.status.as_u16()
                }
            });
            let answers = futures_util::future::join_all(tries).await;
            assert_eq!(answers.iter().filter(|status| **status == 303).count(), 1, "{answers:?}");
        }
    }

    // S50
    async fn a_recovery_code_stands_for_the_app_once(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let app = Authenticator::set_up(&server, "ada").await;
        for (code, is_good) in [(&app.recovery[1], true), (&app.recovery[1], false), (&app.recovery[2], true)] {
            let mut browser = Browser::new(&server.url);
            let page = password_typed(&mut browser, "/login?return_to=/account/sessions", "ada").await;
            let link = page.body.split("href=\"").find(|part| part.starts_with("/login/verify?")).unwrap();
            let href = link.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
            let page = browser.visit(&href).await;
            assert!(page.text().contains("Recovery code"), "{}", page.text());
            let page = browser.submit(&page, &[("code", code)]).await;
            assert_eq!(page.url.path() == "/account/sessions", is_good, "{}", page.text());
            assert_eq!(page.text().contains("Recovery code"), !is_good, "the question stays the same");
        }
    }

    async fn it_may_be_cancelled(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        Authenticator::set_up(&server, "ada").await;
        let client = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        let page = password_typed(&mut browser, &client.authorize_url(&[]), "ada").await;
        let page = browser.submit(&page, &[("decision", "deny")]).await;
        assert_eq!(page.returned("error").as_deref(), Some("access_denied"));
        assert!(!browser.cookies.contains_key("placet_pending"));
        assert_eq!(browser.visit("/login/verify").await.heading_kind(), "login");
    }

    // S41
    async fn the_password_grant_has_none_to_ask_for(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        server.add_user("bob").await;
        let client = server.password_client().await;
        client.password("ada", PASSWORD).await.assert_granted("one factor");
        Authenticator::set_up(&server, "ada").await;
        let mut answers = Vec::new();
        for (name, password) in [("ada", PASSWORD), ("ada", "wrong"), ("nobody", PASSWORD)] {
            let mut answer = client.password(name, password).await;
            answer.assert_refused(400, "invalid_grant", name);
            answer.json["error_uri"] = json!(null);
            answers.push(answer.json);
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        let fields = placet::admin::clients::ClientFields { required_acr: Some("mfa".to_owned()), ..<_>::default() };
        server.change_client(&client, fields).await;
        client.password("bob", PASSWORD).await.assert_refused(400, "invalid_grant", "the client wants more");
    }
}
