//! Sign-ins elsewhere that must come to nothing: states of others, tokens of others, providers that lie, fail or are gone. Each is explained.

use placet::admin::{explain, users};
use placet::config::Protocol;
use placet::keys::crypto::SigningKey;
use placet::keys::jwt;
use reqwest::Url;
use serde_json::json;

use super::sign_up::events;
use super::support::provider::{
    FakeProvider, SECRET, back, begin, knows, new_key, press, query, sent_to,
};
use super::support::{Browser, Page, TestServer};
use crate::support::database::{TestDatabase, on_both};

async fn is_in(browser: &mut Browser) -> bool {
    browser.get("/account/data").await.status == 200
}

/// What a provider sends back, and two parts of what the page says.
type Refusal = (
    &'static [(&'static str, &'static str)],
    &'static str,
    &'static str,
);

/// A server where everybody whom the provider sends gets an account.
async fn open_to_all(db: TestDatabase) -> (FakeProvider, TestServer) {
    let fake = FakeProvider::start().await;
    let server = fake
        .server(db, |provider| provider.create_accounts = true)
        .await;
    (fake, server)
}

async fn start(server: &TestServer) -> (Browser, Url) {
    let mut browser = Browser::new(&server.url);
    let to = begin(&mut browser, "/login", "fake").await;
    (browser, to)
}

/// Nobody is signed in, and the page says so.
async fn assert_refused(browser: &mut Browser, page: &Page, what: &str) {
    let text = page.text();
    assert!(
        text.contains("You could not be signed in with"),
        "{what}: {}: {text}",
        page.status
    );
    assert!(text.contains("Back to the sign-in page"), "{what}: {text}");
    assert!(
        !text.contains(SECRET) && !text.contains("a-code") && !text.contains("their-access-token"),
        "{what}: {text}"
    );
    assert!(!is_in(browser).await, "{what}");
}

on_both! {
    // Login CSRF, and a code of another's put into a victim's browser.
    async fn a_state_is_good_once_in_its_browser_for_its_provider(db: TestDatabase) {
        let fake = FakeProvider::start().await;
        let (host, mut one, mut two) = (fake.host.clone(), fake.settings(), fake.settings());
        one.create_accounts = true;
        "other".clone_into(&mut two.id);
        two.create_accounts = true;
        let server = TestServer::start_with(db, |config| {
            knows(config, host, one);
            config.upstream.providers.push(two);
        }).await;
        let (mut browser, to) = start(&server).await;
        fake.grant(&to, &json!({}));
        let good = back(&to, &[]);
        let mut stranger = Browser::new(&server.url);
        stranger.get("/login").await;
        let (mut victim, _) = start(&server).await;
        for (who, address, what) in [
            (&mut stranger, good.clone(), "a browser that began nothing"),
            (&mut victim, good.clone(), "a browser that began another"),
        ] {
            let page = who.get(&address).await;
            assert_refused(who, &page, what).await;
        }
        for (address, what) in [
            (back(&to, &[("state", "")]), "no state"),
            (back(&to, &[("state", "wrong")]), "a wrong state"),
            (good.replace("/fake/", "/other/"), "another provider"),
            (format!("{good}&state={}", query(&to, "state")), "two states"),
        ] {
            let page = browser.get(&address).await;
            assert_refused(&mut browser, &page, what).await;
        }
        assert!(fake.calls("/token").is_empty(), "the code was sent on");
        // The very same cookies once more: the state is remembered by the database, not by the browser alone.
        let mut twin = browser.clone();
        let page = browser.get(&good).await;
        assert_eq!(page.status, 303, "{}", page.text());
        assert!(is_in(&mut browser).await);
        let page = twin.get(&good).await;
        assert_refused(&mut twin, &page, "a state that was used").await;
        let page = browser.get(&good).await;
        assert_eq!(page.status, 400);
        assert_eq!(fake.calls("/token").len(), 1);
        // Ten minutes, and no more.
        let (mut late, to) = start(&server).await;
        fake.grant(&to, &json!({}));
        server.advance(600);
        let page = late.get(&back(&to, &[])).await;
        assert_refused(&mut late, &page, "a state that is too old").await;
    }

    async fn tabs_do_not_disturb_each_other(db: TestDatabase) {
        let (fake, server) = open_to_all(db).await;
        let mut browser = Browser::new(&server.url);
        let first = begin(&mut browser, "/login?return_to=/account/apps", "fake").await;
        let _second = begin(&mut browser, "/login", "fake").await;
        fake.grant(&first, &json!({}));
        let page = browser.get(&back(&first, &[])).await;
        let page = browser.follow(page).await;
        assert!(page.url.path().ends_with("/account/apps"), "{}", page.url);
    }

    // Mix-up (RFC 9207, RFC 9700 §4.4).
    async fn an_answer_of_another_issuer_is_refused(db: TestDatabase) {
        let (fake, server) = open_to_all(db).await;
        for iss in ["https://evil.example", ""] {
            let (mut browser, to) = start(&server).await;
            fake.grant(&to, &json!({}));
            let page = browser.get(&back(&to, &[("iss", iss)])).await;
            assert_refused(&mut browser, &page, iss).await;
        }
        assert!(fake.calls("/token").is_empty(), "the code was sent on");
        // Where the provider does not say that it names itself it need not.
        server.advance(20);
        fake.metadata(&json!({"authorization_response_iss_parameter_supported": null}));
        let (mut browser, to) = start(&server).await;
        fake.grant(&to, &json!({}));
        let page = browser.get(&back(&to, &[("iss", "https://evil.example")])).await;
        assert_refused(&mut browser, &page, "another all the same").await;
        let (mut browser, to) = start(&server).await;
        fake.grant(&to, &json!({}));
        browser.get(&back(&to, &[("iss", "")])).await;
        assert!(is_in(&mut browser).await);
    }

    async fn bad_id_tokens_are_refused(db: TestDatabase) {
        let (fake, server) = open_to_all(db).await;
        let now = crate::http::support::server::start_of_time().timestamp();
        let changes = [
            (json!({"nonce": "of-another-sign-in"}), "nonce"),
            (json!({"nonce": null}), "no nonce"),
            (json!({"aud": "another-client"}), "aud"),
            (json!({"aud": null}), "no aud"),
            (json!({"aud": ["ours", "another"]}), "two audiences without azp"),
            (json!({"aud": ["ours", "another"], "azp": "another"}), "azp"),
            (json!({"azp": "another"}), "azp of one audience"),
            (json!({"iss": "https://evil.example"}), "iss"),
            (json!({"iss": null}), "no iss"),
            (json!({"exp": now - 61}), "expired"),
            (json!({"exp": null}), "no exp"),
            (json!({"iat": now + 120}), "of tomorrow"),
            (json!({"iat": null}), "no iat"),
            (json!({"sub": null}), "no sub"),
            (json!({"sub": ""}), "empty sub"),
            (json!({"sub": "a\u{0}b"}), "NUL"),
            (json!({"sub": "x".repeat(256)}), "long sub"),
            (json!({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}), "at_hash"),
        ];
        for (change, what) in changes {
            let (mut browser, to) = start(&server).await;
            fake.grant(&to, &change);
            let page = browser.get(&back(&to, &[])).await;
            assert_refused(&mut browser, &page, what).await;
            assert_eq!(page.status, 400, "{what}");
        }
        assert_eq!(server.database.count("users").await, 0);
    }

    // RFC 8725 §3.1: the algorithm is ours to say.
    async fn unsigned_and_wrongly_signed_tokens_are_refused(db: TestDatabase) {
        let (fake, server) = open_to_all(db).await;
        let hmac = SigningKey::from_hmac_secret(fake.key.kid(), SECRET.repeat(2).as_bytes()).unwrap();
        let public = fake.key.public_jwk().unwrap().to_string();
        let with_public = SigningKey::from_hmac_secret(fake.key.kid(), public.as_bytes()).unwrap();
        let strange = new_key();
        for what in ["none", "hmac", "public", "strange", "typ", "cut", "missing"] {
            let (mut browser, to) = start(&server).await;
            let claims = fake.claims(&to, &json!({}));
            let good = jwt::sign(&fake.key, "JWT", &claims).unwrap();
            let payload = good.split('.').nth(1).unwrap();
            match what {
                // {"alg":"none"}
                "none" => fake.give(&format!("eyJhbGciOiJub25lIn0.{payload}.")),
                "hmac" => fake.give(&jwt::sign(&hmac, "JWT", &claims).unwrap()),
                "public" => fake.give(&jwt::sign(&with_public, "JWT", &claims).unwrap()),
                "strange" => fake.give(&jwt::sign(&strange, "JWT", &claims).unwrap()),
                "typ" => fake.give(&jwt::sign(&fake.key, "logout+jwt", &claims).unwrap()),
                "cut" => fake.give(&good[..good.len() - 4]),
                _ => fake.answer("/token", 200, &json!({"access_token": "x"})),
            }
            let page = browser.get(&back(&to, &[])).await;
            assert_refused(&mut browser, &page, what).await;
        }
        assert_eq!(server.database.count("users").await, 0);
    }

    async fn keys_may_change(db: TestDatabase) {
        let (mut fake, server) = open_to_all(db).await;
        for (asked, is_changed) in [(1, false), (1, true), (2, true)] {
            let (mut browser, to) = start(&server).await;
            fake.grant(&to, &json!({}));
            browser.get(&back(&to, &[])).await;
            assert!(is_in(&mut browser).await);
            assert_eq!(fake.calls("/jwks").len(), asked);
            if is_changed {
                fake.key = new_key();
                fake.publish(&[&fake.key]);
            }
        }
        // Strangers cannot make us ask again and again (S166).
        let before = fake.calls("/jwks").len();
        for _ in 0..5 {
            let (mut browser, to) = start(&server).await;
            let token = jwt::sign(&new_key(), "JWT", &fake.claims(&to, &json!({}))).unwrap();
            fake.give(&token);
            browser.get(&back(&to, &[])).await;
        }
        assert!(fake.calls("/jwks").len() <= before + 1);
    }

    async fn what_a_provider_says_no_to_is_explained(db: TestDatabase) {
        let (_fake, server) = open_to_all(db).await;
        let app = server.web_client().await;
        let cases: [Refusal; 4] = [
            (&[("error", "access_denied"), ("code", "")], "You cancelled at", "access_denied"),
            (&[("error", "server_error"), ("code", "")], "did not accept", "server_error"),
            (&[("error", "<script>alert(1)</script>"), ("code", "")], "did not accept", "(unreadable)"),
            (&[("code", "")], "did not pass the checks", "no code"),
        ];
        for (more, told, reason) in cases {
            let mut browser = Browser::new(&server.url);
            let to = begin(&mut browser, &app.authorize_url(&[]), "fake").await;
            let page = browser.get(&back(&to, more)).await;
            assert_refused(&mut browser, &page, told).await;
            assert!(page.text().contains(told) && page.text().contains(reason), "{}", page.text());
            // S56
            assert!(!page.body.contains("<script>alert"), "{}", page.body);
            // The journey goes on where it was.
            let at = page.body.find("/login?request=").unwrap();
            let address = page.body[at..].split('"').next().unwrap().to_owned();
            let page = browser.visit(&address).await;
            assert!(page.text().contains("Photo Printer"), "{}", page.text());
        }
        assert_eq!(server.count_events("upstream_failed").await, 4);
    }

    async fn a_provider_that_fails_is_explained(db: TestDatabase) {
        let (fake, server) = open_to_all(db).await;
        for (status, body, told) in [
            (400, json!({"error": "invalid_client", "error_description": SECRET}), "did not accept"),
            (503, json!({}), "cannot be reached"),
            (200, json!([]), "did not pass the checks"),
        ] {
            let (mut browser, to) = start(&server).await;
            fake.answer("/token", status, &body);
            let page = browser.get(&back(&to, &[])).await;
            assert_refused(&mut browser, &page, told).await;
            assert!(page.text().contains(told), "{}", page.text());
            let id = page.header("x-request-id");
            assert!(page.body.contains(id), "the page shows it");
            let found = explain::explain(&server.app, id).await.unwrap();
            assert_eq!(found.refusal.endpoint, "login_upstream");
            assert!(!found.rule.name.contains("does not know"), "{found:?}");
            assert!(!format!("{found:?}").contains("a-code"), "{found:?}");
        }
        // Its metadata is another's, then it is gone.
        server.advance(3600);
        fake.metadata(&json!({"issuer": "https://evil.example"}));
        let mut browser = Browser::new(&server.url);
        let page = browser.get("/login").await;
        let page = press(&mut browser, &page, "fake").await;
        assert_eq!(page.status, 502);
        assert_refused(&mut browser, &page, "another issuer").await;
        server.advance(3600);
        drop(fake);
        let page = browser.get("/login").await;
        let page = press(&mut browser, &page, "fake").await;
        assert_refused(&mut browser, &page, "down").await;
        assert!(page.text().contains("cannot be reached"), "{}", page.text());
    }

    // What is not called, and what would change that.
    async fn a_provider_that_may_not_be_called_is_named_with_the_mend(db: TestDatabase) {
        let fake = FakeProvider::start().await;
        let provider = fake.settings();
        let server = TestServer::start_with(db, |config| config.upstream.providers.push(provider)).await;
        let mend = format!("add \"{}\" to outgoing.allow_hosts", fake.host);
        let warnings = server.app.config.warnings();
        assert!(warnings.iter().any(|line| line.starts_with("upstream.file: provider \"fake\"") && line.ends_with(&mend)), "{warnings:?}");
        let mut browser = Browser::new(&server.url);
        let page = browser.get("/login").await;
        let page = press(&mut browser, &page, "fake").await;
        assert_eq!(page.status, 502);
        assert!(page.text().contains(&mend), "{}", page.text());
        let told = events(&server, "upstream_failed").await;
        assert!(told[0]["reason"].as_str().unwrap().ends_with(&mend), "{told:?}");
        assert!(fake.calls("/").is_empty());
    }

    // S45
    async fn whoever_is_disabled_stays_out(db: TestDatabase) {
        let (fake, server) = open_to_all(db).await;
        let (mut browser, to) = start(&server).await;
        fake.grant(&to, &json!({"preferred_username": "ada"}));
        browser.get(&back(&to, &[])).await;
        assert!(is_in(&mut browser).await);
        users::disable(&server.app, &TestServer::by(), "ada").await.unwrap();
        let (mut browser, to) = start(&server).await;
        fake.grant(&to, &json!({"preferred_username": "ada"}));
        let page = browser.get(&back(&to, &[])).await;
        assert_refused(&mut browser, &page, "disabled").await;
        assert!(page.text().contains("cannot be used at present"), "{}", page.text());
    }

    async fn failures_from_one_address_are_counted(db: TestDatabase) {
        let fake = FakeProvider::start().await;
        let (host, provider) = (fake.host.clone(), fake.settings());
        let server = TestServer::start_with(db, |config| {
            knows(config, host, provider);
            config.sign_in.attempts_per_account = 3;
            config.sign_in.attempts_per_address = 3;
        }).await;
        for _ in 0..3 {
            let (mut browser, to) = start(&server).await;
            browser.get(&back(&to, &[("error", "access_denied")])).await;
        }
        let rows = server.database.count("audit_events").await;
        let mut browser = Browser::new(&server.url);
        let page = browser.get("/login").await;
        let page = press(&mut browser, &page, "fake").await;
        assert_eq!((page.status.as_u16(), page.header("retry-after")), (429, "900"));
        assert_eq!(server.database.count("audit_events").await, rows);
        server.advance(100);
        let page = browser.get("/login").await;
        let page = press(&mut browser, &page, "fake").await;
        assert_eq!((page.status.as_u16(), page.header("retry-after")), (429, "800"));
        server.advance(800);
        start(&server).await;
    }

    // What costs something is on the way back: whoever begins many does not get further by that.
    async fn the_way_back_is_counted_too(db: TestDatabase) {
        let fake = FakeProvider::start().await;
        let (host, provider) = (fake.host.clone(), fake.settings());
        let server = TestServer::start_with(db, |config| {
            knows(config, host, provider);
            config.sign_in.attempts_per_address = 3;
        }).await;
        let mut begun = Vec::new();
        for _ in 0..5 {
            begun.push(start(&server).await);
        }
        let mut statuses = Vec::new();
        for (browser, to) in &mut begun {
            let page = browser.get(&back(to, &[("code", "bogus")])).await;
            statuses.push(page.status.as_u16());
        }
        assert_eq!(statuses[3..], [429, 429], "{statuses:?}");
        assert_eq!(fake.calls("/token").len(), 3);
    }

    async fn a_link_is_for_the_session_that_asked(db: TestDatabase) {
        let fake = FakeProvider::start().await;
        let server = fake.server(db, |_| {}).await;
        server.add_user("ada").await;
        server.add_user("bob").await;
        let mut browser = Browser::new(&server.url);
        let page = browser.get("/login").await;
        browser.log_in(&page, "ada").await;
        let page = browser.visit("/account/security/upstream/link/fake").await;
        let (action, fields) = page.form();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        // S36
        assert_eq!(browser.post(&action, &[]).await.status, 403);
        let to = sent_to(&browser.post(&action, &fields).await);
        fake.grant(&to, &json!({}));
        let mut out = browser.clone();
        out.cookies.remove("placet_session");
        let page = out.get(&back(&to, &[])).await;
        assert!(page.text().contains("no longer signed in"), "{}", page.text());
        assert_eq!(server.database.count("upstream_accounts").await, 0);
        // One account elsewhere is one person's here.
        let to = sent_to(&browser.post(&action, &fields).await);
        fake.grant(&to, &json!({}));
        browser.get(&back(&to, &[])).await;
        assert_eq!(server.database.count("upstream_accounts").await, 1);
        let mut other = Browser::new(&server.url);
        let page = other.get("/login").await;
        other.log_in(&page, "bob").await;
        let page = other.visit("/account/security/upstream/link/fake").await;
        let (action, fields) = page.form();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let to = sent_to(&other.post(&action, &fields).await);
        fake.grant(&to, &json!({}));
        let page = other.get(&back(&to, &[])).await;
        assert!(page.text().contains("linked to another account"), "{}", page.text());
        // Linking wants a fresh sign-in.
        server.advance(601);
        let page = other.get("/account/security/upstream/link/fake").await;
        assert!(page.location().unwrap().contains("again=1"), "{:?}", page.location());
    }

    // Whoever shows once more who they are is asked at the provider too.
    async fn a_sign_in_shown_anew_is_a_new_one(db: TestDatabase) {
        let (fake, server) = open_to_all(db).await;
        let (mut browser, to) = start(&server).await;
        assert_eq!(query(&to, "prompt"), "");
        fake.grant(&to, &json!({}));
        browser.get(&back(&to, &[])).await;
        server.advance(601);
        let now = crate::http::support::server::start_of_time().timestamp() + 601;
        for (auth_time, is_good) in [(json!(now - 600), false), (json!(null), false), (json!(now), true)] {
            let to = begin(&mut browser, "/login?again=1&return_to=/account/password", "fake").await;
            assert_eq!((query(&to, "prompt").as_str(), query(&to, "max_age").as_str()), ("login", "0"));
            fake.grant(&to, &json!({"auth_time": auth_time, "exp": now + 60}));
            let page = browser.get(&back(&to, &[])).await;
            assert_eq!(page.status == 303, is_good, "{}", page.text());
        }
        // What was shown there long ago is not new here.
        let mut other = Browser::new(&server.url);
        let to = begin(&mut other, "/login", "fake").await;
        fake.grant(&to, &json!({"auth_time": now - 3600, "exp": now + 60}));
        other.get(&back(&to, &[])).await;
        let page = other.get("/account/password").await;
        assert!(page.location().unwrap().contains("again=1"), "{:?}", page.location());
    }

    // S24: GitHub and Google cannot be made to ask anew.
    async fn who_cannot_ask_anew_is_not_asked(db: TestDatabase) {
        let fake = FakeProvider::start().await;
        let server = fake.server(db, |provider| provider.protocol = Protocol::GitHub).await;
        let client = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        let page = browser.visit(&client.authorize_url(&[])).await;
        assert!(page.body.contains("/login/upstream/fake"), "{}", page.body);
        for more in [("prompt", "login"), ("max_age", "60")] {
            let page = browser.visit(&client.authorize_url(&[more])).await;
            assert!(page.heading_kind() == "login" && !page.body.contains("/login/upstream/fake"), "{}", page.body);
            let mut form = browser.visit(&client.authorize_url(&[])).await;
            form.body = form.body.replace(&form.field("request"), &page.field("request"));
            let refused = press(&mut browser, &form, "fake").await;
            assert_eq!(refused.status, 400);
            assert!(refused.text().contains("cannot check anew"), "{}", refused.text());
        }
    }

    // S24, OIDC Core §2 auth_time: when it was is told where it is known, and never made up.
    async fn a_time_that_nobody_told_is_not_claimed(db: TestDatabase) {
        let (fake, server) = open_to_all(db).await;
        let client = server.web_client().await;
        let now = crate::http::support::server::start_of_time().timestamp();
        for (sub, auth_time) in [("dated", json!(now - 3600)), ("undated", json!(null))] {
            let mut browser = Browser::new(&server.url);
            let to = begin(&mut browser, "/login", "fake").await;
            fake.grant(&to, &json!({"sub": sub, "auth_time": auth_time, "preferred_username": sub, "email": null}));
            let page = browser.get(&back(&to, &[])).await;
            assert_eq!(page.status, 303, "{sub}: {}", page.text());
            let page = browser.visit(&client.authorize_url(&[])).await;
            let page = browser.approve(&page).await;
            let tokens = client.redeem(&page.returned("code").unwrap()).await;
            let id = crate::http::support::client::decode_jwt(tokens.json["id_token"].as_str().unwrap()).1;
            for said in [&id, &tokens.decoded().1] {
                assert_eq!(said.get("auth_time").cloned().unwrap_or_default(), auth_time, "{sub}: {said}");
                assert_eq!((said.get("amr"), &said["acr"]), (None, &json!("pwd")), "{sub}: {said}");
            }
            // An hour and a day of leave: the one is young enough, of the other nobody knows.
            for (max_age, has_time) in [("86400", auth_time != json!(null)), ("60", false)] {
                let page = browser.visit(&client.authorize_url(&[("max_age", max_age)])).await;
                assert_eq!(page.returned("code").is_some(), has_time, "{sub} {max_age}: {}", page.text());
                let silent = [("max_age", max_age), ("prompt", "none")];
                let page = browser.visit(&client.authorize_url(&silent)).await;
                let error = (!has_time).then(|| "login_required".to_owned());
                assert_eq!(page.returned("error"), error, "{sub} {max_age}");
            }
        }
    }

    // S24: whoever has nothing but GitHub chooses the account there again; that opens their own account, and is no time for apps.
    async fn choosing_an_account_again_proves_no_time(db: TestDatabase) {
        let fake = FakeProvider::start().await;
        let server = fake.server(db, |provider| {
            provider.protocol = Protocol::GitHub;
            provider.create_accounts = true;
        }).await;
        fake.answer("/login/oauth/access_token", 200, &json!({"access_token": "gh", "token_type": "bearer"}));
        fake.answer("/api/v3/user", 200, &json!({"id": 583_231, "login": "octocat", "name": null}));
        fake.answer("/api/v3/user/emails", 200, &json!([]));
        let client = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        let to = begin(&mut browser, "/login", "fake").await;
        browser.get(&back(&to, &[("iss", "")])).await;
        server.advance(601);
        let page = browser.get("/account/password").await;
        assert!(page.location().unwrap().contains("again=1"), "{:?}", page.location());
        let to = begin(&mut browser, "/login?again=1&return_to=/account/password", "fake").await;
        assert_eq!(query(&to, "prompt"), "select_account");
        let page = browser.get(&back(&to, &[("iss", "")])).await;
        let page = browser.follow(page).await;
        assert_eq!(page.url.path(), "/account/password", "{}", page.text());
        let page = browser.visit(&client.authorize_url(&[])).await;
        let page = browser.approve(&page).await;
        let tokens = client.redeem(&page.returned("code").unwrap()).await;
        let id = crate::http::support::client::decode_jwt(tokens.json["id_token"].as_str().unwrap()).1;
        assert_eq!(id.get("auth_time"), None, "{id}");
        let page = browser.visit(&client.authorize_url(&[("max_age", "3600")])).await;
        assert!(page.heading_kind() == "login" && !page.body.contains("/login/upstream/fake"), "{}", page.body);
    }

    // OIDC Core §5.3.2
    async fn userinfo_of_somebody_else_is_not_believed(db: TestDatabase) {
        let (fake, server) = open_to_all(db).await;
        fake.metadata(&json!({"userinfo_endpoint": format!("{}/userinfo", fake.url)}));
        for (sub, is_good) in [("another", false), ("248289761001", true)] {
            let told = json!({"sub": sub, "email": "ada@mail.example", "email_verified": true, "preferred_username": "ada"});
            fake.answer("/userinfo", 200, &told);
            let (mut browser, to) = start(&server).await;
            fake.grant(&to, &json!({}));
            let page = browser.get(&back(&to, &[])).await;
            assert_eq!(page.status == 303, is_good, "{}", page.text());
        }
        let ada = users::show(&server.app, "ada").await.unwrap();
        assert_eq!(ada.email.as_deref(), Some("ada@mail.example"));
    }
}
