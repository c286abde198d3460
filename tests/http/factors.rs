//! The security page without JavaScript: an authenticator app, recovery codes, what removing them means, and what administrators do.

use placet::admin::users::{self, NewUser};
use placet::model::factor::StoredTotp;
use scraper::{Html, Selector};
use totp_rs::{Builder, Secret};

use super::log_secrets::dump_of;
use super::support::process::Installation;
use super::support::server::PASSWORD;
use super::support::{Browser, Page, TestServer};
use crate::support::database::on_both;

const APP: &str = "/account/security/app";
const REMOVE: &str = "/account/security/app/remove";
const CODES: &str = "/account/security/codes";

fn texts(page: &Page, css: &str) -> Vec<String> {
    let html = Html::parse_document(&page.body);
    let selector = Selector::parse(css).unwrap();
    html.select(&selector)
        .map(|element| element.text().collect::<String>().trim().to_owned())
        .collect()
}

/// The app that read that page.
pub(super) struct App(totp_rs::Totp);

impl App {
    pub(super) fn reading(page: &Page) -> Self {
        let key = texts(page, "code.key").remove(0).replace(' ', "");
        let secret = Secret::try_from_base32(key).unwrap();
        Self(Builder::new().with_secret(secret).build().unwrap())
    }

    fn code_at(&self, seconds: i64) -> String {
        self.0.generate(u64::try_from(seconds).unwrap()).to_string()
    }

    pub(super) fn code(&self, server: &TestServer) -> String {
        self.code_at(server.app.clock.now().timestamp())
    }
}

async fn password_typed(server: &TestServer, name: &str) -> (Browser, Page) {
    let mut browser = Browser::new(&server.url);
    let page = browser.get("/login").await;
    let page = browser.log_in(&page, name).await;
    (browser, page)
}

/// Somebody who has just set up an app; with the recovery codes.
async fn enrolled(server: &TestServer, name: &str) -> (Browser, App, Vec<String>) {
    let (mut browser, _) = password_typed(server, name).await;
    let page = browser.visit(APP).await;
    let app = App::reading(&page);
    let page = browser.submit(&page, &[("code", &app.code(server))]).await;
    let codes = texts(&page, "ol.codes code");
    assert_eq!(codes.len(), 10, "{}", page.text());
    server.advance(30);
    (browser, app, codes)
}

async fn kinds(server: &TestServer) -> Vec<String> {
    let all = "SELECT kind FROM audit_events WHERE kind LIKE 'factor%' OR kind LIKE 'recovery%' ORDER BY kind";
    server.database.texts(all.to_owned()).await
}

on_both! {
    async fn an_app_is_set_up_and_asked_for(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let (mut browser, _) = password_typed(&server, "ada").await;
        let overview = browser.visit("/account/security").await;
        assert!(overview.text().contains("You get them with your first"), "{}", overview.text());
        let page = browser.visit(APP).await;
        assert!(page.body.contains("<svg class=\"qr\"") && page.body.contains("otpauth://totp/"), "{}", page.body);
        assert!(!page.body.contains("<script>") && page.header("content-security-policy").contains("script-src 'self';"));
        assert_eq!(page.header("cache-control"), "no-store");
        let app = App::reading(&page);
        let now = server.app.clock.now().timestamp();
        for wrong in ["", "000000x", "abcdef", &app.code_at(now - 61), &app.code_at(now + 61)] {
            let again = browser.submit(&page, &[("code", wrong)]).await;
            assert!(again.text().contains("That is not the code"), "{wrong}: {}", again.text());
            assert_eq!(texts(&again, "code.key"), texts(&page, "code.key"), "the secret stays");
        }
        let code = app.code(&server);
        let spaced = format!("{} {}", &code[..3], &code[3..]);
        let before = browser.cookies["placet_session"].clone();
        let done = browser.submit(&page, &[("code", &spaced)]).await;
        assert!(done.text().contains("The authenticator app is set up."), "{}", done.text());
        assert_eq!(texts(&done, "ol.codes code").len(), 10);
        // S40
        assert_ne!(browser.cookies["placet_session"], before);
        let overview = browser.visit("/account/security").await;
        assert!(overview.text().contains("You have 10 codes left."), "not asked for it at once: {}", overview.text());
        assert_eq!(kinds(&server).await, ["factor_added", "recovery_codes_made"]);
        // There is one, and it is set up once.
        let again = browser.submit(&page, &[("code", &app.code(&server))]).await;
        assert!(again.text().contains("How you sign in"), "{}", again.text());
        assert_eq!(browser.get(APP).await.location().as_deref(), Some("/account/security"));

        let (mut other, page) = password_typed(&server, "ada").await;
        assert!(page.text().contains("Enter the code from your authenticator app"), "{}", page.text());
        // S50: the code that set it up is used by that.
        let page = other.submit(&page, &[("code", &code)]).await;
        assert!(!other.cookies.contains_key("placet_session"));
        server.advance(30);
        let page = other.submit(&page, &[("code", &app.code(&server))]).await;
        assert!(page.text().contains("Profile"), "{}", page.text());
    }

    // S50
    async fn a_recovery_code_is_good_once(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        server.add_user("bob").await;
        let (mut browser, _, codes) = enrolled(&server, "ada").await;
        let (_, _, foreign) = enrolled(&server, "bob").await;
        for (code, is_good) in [(&foreign[0], false), (&codes[0], true), (&codes[0], false), (&codes[1].to_uppercase().replace('-', " "), true)] {
            let (mut other, _) = password_typed(&server, "ada").await;
            let page = other.visit("/login/verify?recovery=1").await;
            // Whoever has the app at hand after all goes back to it.
            assert!(page.text().contains("Enter a recovery code") && page.text().contains("Use the authenticator app instead"), "{}", page.text());
            let page = other.submit(&page, &[("code", code)]).await;
            assert_eq!(page.text().contains("Profile"), is_good, "{code}: {}", page.text());
            assert_eq!(page.text().contains("Try another of your codes."), !is_good, "{}", page.text());
        }
        let page = browser.visit("/account/security").await;
        assert!(page.text().contains("You have 8 codes left."), "{}", page.text());
        let page = browser.visit(CODES).await;
        let made = browser.submit(&page, &[]).await;
        let new = texts(&made, "ol.codes code");
        assert_eq!(new.len(), 10);
        assert!(new.iter().all(|code| !codes.contains(code)));
        assert!(made.text().contains("they are not shown again"), "{}", made.text());
        for (code, is_good) in [(&codes[5], false), (&new[5], true)] {
            let (mut other, _) = password_typed(&server, "ada").await;
            let page = other.visit("/login/verify?recovery=1").await;
            let page = other.submit(&page, &[("code", code)]).await;
            assert_eq!(page.text().contains("Profile"), is_good, "{code}");
        }
        let user = users::show(&server.app, "ada").await.unwrap();
        assert_eq!(server.app.store.count_recovery_codes(user.id).await.unwrap(), 9);
        // S172
        let taken = kinds(&server).await.into_iter().filter(|kind| kind == "recovery_code_used");
        assert_eq!(taken.count(), 3, "those that were good");
    }

    // S50: one of many guesses at a time, and not for ever.
    async fn codes_are_not_guessed_at_speed(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let (mut own, app, codes) = enrolled(&server, "ada").await;
        let (browser, page) = password_typed(&server, "ada").await;
        let limit = server.app.config.sign_in.attempts_per_account;
        for number in 0..limit {
            let wrong = format!("{:06}", (app.code(&server).parse::<u32>().unwrap() + 1 + number) % 1_000_000);
            browser.clone().submit(&page, &[("code", &wrong)]).await;
        }
        for right in [app.code(&server), codes[0].clone()] {
            let refused = browser.clone().submit(&page, &[("code", &right)]).await;
            assert_eq!(refused.status, 429, "{}", refused.text());
            assert!(!refused.header("retry-after").is_empty());
        }
        let user = users::show(&server.app, "ada").await.unwrap();
        assert_eq!(server.app.store.count_recovery_codes(user.id).await.unwrap(), 10, "a refused code is not used");
        // S46: the browser that it was set up in has shown it.
        own.cookies.remove("placet_session");
        let page = own.get("/login").await;
        let page = own.log_in(&page, "ada").await;
        let page = own.submit(&page, &[("code", &app.code(&server))]).await;
        assert!(page.text().contains("Profile"), "{}", page.text());
        server.advance(server.app.config.sign_in.window.as_secs() + 1);
        let (mut browser, page) = password_typed(&server, "ada").await;
        let page = browser.submit(&page, &[("code", &app.code(&server))]).await;
        assert!(page.text().contains("Profile"), "{}", page.text());
    }

    async fn a_change_wants_a_recent_proof(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let (mut browser, _) = password_typed(&server, "ada").await;
        let form = browser.visit(APP).await;
        let app = App::reading(&form);
        server.advance(600);
        for address in [APP, REMOVE, CODES, "/account/security/passkeys/new", "/account/security/passkeys/x"] {
            let to = browser.get(address).await.location().unwrap_or_default();
            let expected: String = url::form_urlencoded::byte_serialize(address.as_bytes()).collect();
            assert_eq!(to, format!("/login?return_to={expected}&again=1"), "{address}");
        }
        let page = browser.submit(&form, &[("code", &app.code(&server))]).await;
        assert_eq!(page.heading_kind(), "login", "{}", page.text());
        assert_eq!(server.database.count("totps").await, 0);
        let page = browser.log_in(&page, "ada").await;
        assert!(page.body.contains("class=\"qr\""), "{}", page.text());
        assert_eq!(browser.get("/account/security").await.status, 200);
    }

    // S60, ASVS 7.4.3
    async fn other_sessions_end_with_a_factor_where_that_is_wished(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let (mut browser, app, _) = enrolled(&server, "ada").await;
        for (address, ends) in [(CODES, false), (CODES, true), (REMOVE, false)] {
            let (mut other, page) = password_typed(&server, "ada").await;
            other.submit(&page, &[("code", &app.code(&server))]).await;
            server.advance(30);
            assert_eq!(other.get("/account").await.status, 200);
            let page = browser.visit(address).await;
            let (_, fields) = page.form();
            let ticked = fields.iter().any(|(name, value)| name == "end_others" && value == "yes");
            assert!(ticked && page.text().contains("Sign out everywhere else"), "{}", page.text());
            if ends {
                browser.submit(&page, &[]).await;
            } else {
                browser.post(address, &[("csrf", &page.field("csrf"))]).await;
            }
            assert_eq!(other.get("/account").await.status == 200, !ends, "{address}");
            assert_eq!(browser.get("/account").await.status, 200, "this one stays");
        }
        let (mut other, page) = password_typed(&server, "ada").await;
        assert!(page.text().contains("Profile"), "{}", page.text());
        let page = browser.visit(APP).await;
        let app = App::reading(&page);
        browser.submit(&page, &[("code", &app.code(&server))]).await;
        let page = browser.visit(REMOVE).await;
        browser.submit(&page, &[]).await;
        assert_eq!(other.get("/account").await.status, 303);
        assert_eq!(server.count_events("session_ended").await, 2);
    }

    // S36
    async fn forms_are_of_this_session_and_this_address(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let (mut browser, _, _) = enrolled(&server, "ada").await;
        let own = browser.visit(REMOVE).await.field("csrf");
        let mut stranger = Browser::new(&server.url);
        for address in [APP, REMOVE, CODES, "/account/security/passkeys/new", "/account/security/passkeys/x"] {
            for csrf in ["", "x", own.as_str()] {
                if (address, csrf) == (REMOVE, own.as_str()) {
                    continue;
                }
                let page = browser.post(address, &[("csrf", csrf)]).await;
                assert_eq!(page.status, 403, "{address} {csrf}");
            }
            let page = stranger.post(address, &[("csrf", &own)]).await;
            assert_eq!(page.status, 303, "{address}");
        }
        let mut cross = browser.clone();
        cross.headers = vec![("sec-fetch-site", "cross-site".to_owned())];
        assert_eq!(cross.post(REMOVE, &[("csrf", &own)]).await.status, 403);
        assert_eq!(server.database.count("totps").await, 1);
        assert_eq!(server.database.count("recovery_codes").await, 10);
    }

    async fn removing_the_last_says_what_it_means(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let (mut browser, app, _) = enrolled(&server, "ada").await;
        let page = browser.visit(REMOVE).await;
        assert!(page.text().contains("your password alone is enough"), "{}", page.text());
        let page = browser.submit(&page, &[]).await;
        assert!(page.text().contains("The authenticator app is removed."), "{}", page.text());
        assert_eq!(kinds(&server).await, ["factor_added", "factor_removed", "recovery_codes_made"]);
        let (other, page) = password_typed(&server, "ada").await;
        assert!(page.text().contains("Profile") && other.cookies.contains_key("placet_session"), "{}", page.text());
        assert_eq!(server.database.count("recovery_codes").await, 0);
        assert_eq!(browser.get(CODES).await.location().as_deref(), Some("/account/security"));
        drop(app);
    }

    async fn the_last_stays_where_one_is_demanded(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| config.second_factor.required_for_roles = vec!["editor".to_owned()]).await;
        server.add_user_with(NewUser { username: "ada".to_owned(), roles: vec!["editor".to_owned()], ..NewUser::default() }).await;
        let mut browser = Browser::new(&server.url);
        let page = browser.get("/login").await;
        browser.log_in(&page, "ada").await;
        let page = browser.visit(APP).await;
        let app = App::reading(&page);
        let page = browser.submit(&page, &[("code", &app.code(&server))]).await;
        assert_eq!(texts(&page, "ol.codes code").len(), 10, "{}", page.text());
        let page = browser.visit(REMOVE).await;
        let page = if page.heading_kind() == "verify" {
            server.advance(30);
            browser.submit(&page, &[("code", &app.code(&server))]).await;
            browser.visit(REMOVE).await
        } else {
            page
        };
        assert!(page.text().contains("your account must have one") && !page.text().contains("Remove the app"), "{}", page.text());
        let page = browser.submit(&page, &[]).await;
        assert!(page.text().contains("your account must have one"), "{}", page.text());
        assert_eq!(server.database.count("totps").await, 1);
    }

    async fn administrators_take_them_away(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        enrolled(&server, "ada").await;
        let user = users::show(&server.app, "ada").await.unwrap();
        assert!(user.has_totp);
        let user = users::remove_factors(&server.app, &TestServer::by(), "ada").await.unwrap();
        assert!(!user.has_totp);
        assert_eq!(kinds(&server).await, ["factor_added", "factor_removed", "recovery_codes_made"]);
        let audited = server.database.count("audit_events").await;
        users::remove_factors(&server.app, &TestServer::by(), "ada").await.unwrap();
        assert_eq!(server.database.count("audit_events").await, audited, "nothing was there");
        let (_, page) = password_typed(&server, "ada").await;
        assert!(page.text().contains("Profile"), "{}", page.text());
    }

    // S179 S180
    async fn no_factor_is_in_log_or_database(db: TestDatabase) {
        let installation = Installation::new(db).await;
        installation.add_user("ada").await;
        let mut server = installation.start(&[("PLACET_LOG", "trace")]).await;
        let mut browser = Browser::new(&installation.url);
        let page = browser.get("/login").await;
        browser.submit(&page, &[("username", "ada"), ("password", PASSWORD)]).await;
        let page = browser.visit(APP).await;
        let app = App::reading(&page);
        let now = || installation.app.clock.now().timestamp();
        let code = app.code_at(now());
        let page = browser.submit(&page, &[("code", &code)]).await;
        let codes = texts(&page, "ol.codes code");
        assert_eq!(codes.len(), 10, "{}", page.text());
        let mut other = Browser::new(&installation.url);
        let page = other.get("/login").await;
        other.submit(&page, &[("username", "ada"), ("password", PASSWORD)]).await;
        let page = other.visit("/login/verify?recovery=1").await;
        other.submit(&page, &[("code", "wrong-code-0123-4567")]).await;
        let page = other.submit(&page, &[("code", &codes[0])]).await;
        assert!(page.text().contains("Profile"), "{}", page.text());

        let secret = app.0.secret();
        let hexadecimal = secret.as_ref().iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        let mut secrets = vec![secret.to_base32(), hexadecimal.clone(), hexadecimal.to_uppercase(), "wrong-code-0123-4567".to_owned()];
        for code in &codes {
            secrets.extend([code.clone(), code.replace('-', "")]);
        }
        let mut places = vec![("the log", server.said())];
        for table in ["totps", "recovery_codes", "audit_events", "passkeys", "users", "used_assertions"] {
            places.push((table, dump_of(&installation.database, table).await));
        }
        server.kill();
        for (place, text) in &places {
            assert!(!text.is_empty() || ["passkeys", "used_assertions"].contains(place), "{place}");
            for secret in &secrets {
                assert!(!text.contains(secret.as_str()), "{secret} is in {place}");
            }
        }
        // Sealed for its owner: in another's row it opens nothing.
        let user = users::show(&installation.app, "ada").await.unwrap();
        let stored: StoredTotp = installation.app.store.find_totp(user.id).await.unwrap().unwrap();
        assert!(installation.app.crypto.at_rest.open(user.id.0.as_bytes(), &stored.secret_sealed).is_some());
        assert!(installation.app.crypto.at_rest.open(&[0; 16], &stored.secret_sealed).is_none());
    }
}
