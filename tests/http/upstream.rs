//! Signing in with an account elsewhere: another Placet, a provider of the tests' own, GitHub; linked by hand, by address, or with a new account.

use placet::admin::users::{self, NewUser};
use placet::config::{Protocol, Provider, SignUpMode};
use placet::model::secret::Secret;
use reqwest::Url;
use serde_json::{Value, json};

use super::api::{Api, ok, problem};
use super::console;
use super::support::client::decode_jwt;
use super::support::provider::{
    CLIENT, FakeProvider, SECRET, back, begin, knows, new_key, press, query, sent_to,
};
use super::support::requests::new_client;
use super::support::server::PASSWORD;
use super::support::{Browser, Page, TestServer};
use crate::support::database::{Kind, TestDatabase, on_both};

/// Another Placet, and ours, which knows it as "them".
async fn two(db: TestDatabase, change: impl FnOnce(&mut Provider)) -> (TestServer, TestServer) {
    let database = TestDatabase::new(Kind::Sqlite).await.unwrap();
    let theirs = TestServer::start(database).await;
    let mut client = new_client("Ours", &["http://127.0.0.1:1/cb"]);
    client.fields.scope = Some("openid email profile".to_owned());
    let client = theirs.add_client(client).await;
    let (host, id) = (theirs.url.replace("http://", ""), client.id.clone());
    let mut provider = Provider::openid("them", &theirs.url, &id);
    provider.client_secret = client.secret.clone().map(Secret::new);
    "Them".clone_into(&mut provider.name);
    change(&mut provider);
    let ours = TestServer::start_with(db, |config| knows(config, host, provider)).await;
    let callback = format!("{}/login/upstream/them/callback", ours.url);
    let fields = new_client("Ours", &[&callback]).fields;
    theirs.change_client(&client, fields).await;
    (ours, theirs)
}

async fn add(server: &TestServer, username: &str, is_verified: bool) {
    let new = NewUser {
        username: username.to_owned(),
        email: Some(format!("{username}@mail.example")),
        is_email_verified: is_verified,
        name: Some(format!("The {username}")),
        ..NewUser::default()
    };
    server.add_user_with(new).await;
}

/// Through the other Placet and back.
async fn through(theirs: &TestServer, here: &mut Browser, to: &Url, username: &str) -> Page {
    let mut there = Browser::new(&theirs.url);
    let mut page = there.visit(to.as_str()).await;
    if page.heading_kind() == "login" {
        page = there.log_in(&page, username).await;
    }
    if page.heading_kind() == "consent" {
        page = there.approve(&page).await;
    }
    let location = page.location();
    let location = location.unwrap_or_else(|| panic!("{}", page.text()));
    let page = here.get(&location).await;
    here.follow(page).await
}

async fn sign_in(browser: &mut Browser, username: &str) {
    let page = browser.get("/login").await;
    let page = browser.log_in(&page, username).await;
    assert!(page.text().contains("Profile"), "{}", page.text());
}

/// Whether somebody is signed in in the browser, and who.
async fn who(browser: &mut Browser) -> Option<String> {
    let page = browser.get("/account").await;
    let (_, rest) = page.body.split_once("<dt>Username</dt><dd><bdi>")?;
    let (name, _) = rest.split_once('<')?;
    Some(name.to_owned())
}

/// Goes to the fake provider and back, as somebody of these claims.
async fn arrive(fake: &FakeProvider, browser: &mut Browser, change: &Value) -> Page {
    let to = begin(browser, "/login", "fake").await;
    fake.grant(&to, change);
    let page = browser.get(&back(&to, &[])).await;
    browser.follow(page).await
}

async fn linked(server: &TestServer, username: &str) -> usize {
    let user = users::show(&server.app, username).await.unwrap();
    let all = server.app.store.list_upstream_accounts(user.id).await;
    all.unwrap().len()
}

on_both! {
    // S40: the sign-in leads back to the app that waits, under a new session.
    async fn another_placet_is_linked_and_signs_in(db: TestDatabase) {
        let (ours, theirs) = two(db, |_| {}).await;
        add(&ours, "ada", true).await;
        add(&theirs, "ada-there", true).await;
        let mut browser = Browser::new(&ours.url);
        let to = begin(&mut browser, "/login", "them").await;
        let page = through(&theirs, &mut browser, &to, "ada-there").await;
        assert!(page.text().contains("No account at Placet is linked"), "{}", page.text());
        assert_eq!(who(&mut browser).await, None);
        sign_in(&mut browser, "ada").await;
        let page = browser.visit("/account/security").await;
        assert!(page.text().contains("Link Them"), "{}", page.text());
        let page = browser.visit("/account/security/upstream/link/them").await;
        let (action, fields) = page_form(&page, "upstream/link");
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let to = sent_to(&browser.post(&action, &fields).await);
        let page = through(&theirs, &mut browser, &to, "ada-there").await;
        assert!(page.text().contains("Your account at Them is linked."), "{}", page.text());
        assert!(page.text().contains("ada-there@mail.example") && page.text().contains("Link another account at Them"), "{}", page.text());
        let app = ours.web_client().await;
        let mut other = Browser::new(&ours.url);
        let to = begin(&mut other, &app.authorize_url(&[]), "them").await;
        let mut page = through(&theirs, &mut other, &to, "ada-there").await;
        if page.heading_kind() == "consent" {
            page = other.approve(&page).await;
        }
        let code = page.returned("code").unwrap();
        let tokens = app.redeem(&code).await;
        let (_, claims) = decode_jwt(tokens.json["id_token"].as_str().unwrap());
        // What is not known is not said (RFC 8176).
        assert_eq!((&claims["acr"], claims.get("amr")), (&json!("pwd"), None));
        let (_, access) = decode_jwt(tokens.access_token());
        assert_eq!(access.get("amr"), None);
        assert_eq!(who(&mut other).await.as_deref(), Some("ada"));
        assert_eq!(ours.count_events("upstream_linked").await, 1);
        assert_eq!(ours.count_events("upstream_failed").await, 1);
    }

    async fn a_new_account_is_made_once_and_has_no_password(db: TestDatabase) {
        let (ours, theirs) = two(db, |provider| provider.create_accounts = true).await;
        add(&theirs, "grace", true).await;
        add(&ours, "grace", false).await;
        users::change(&ours.app, &TestServer::by(), "grace", users::UserFields {
            email: Some("else@mail.example".to_owned()),
            ..users::UserFields::default()
        }).await.unwrap();
        for _ in 0..2 {
            let mut browser = Browser::new(&ours.url);
            let to = begin(&mut browser, "/login", "them").await;
            let page = through(&theirs, &mut browser, &to, "grace").await;
            assert!(page.text().contains("Profile"), "{}", page.text());
            assert_eq!(who(&mut browser).await.as_deref(), Some("grace-2"));
        }
        let user = users::show(&ours.app, "grace-2").await.unwrap();
        assert_eq!(user.email.as_deref(), Some("grace@mail.example"));
        assert!(user.is_email_verified && user.password_hash.is_none());
        assert_eq!(user.name.as_deref(), Some("The grace"));
        // The last way in stays.
        let mut browser = Browser::new(&ours.url);
        let to = begin(&mut browser, "/login", "them").await;
        through(&theirs, &mut browser, &to, "grace").await;
        let data = browser.get("/account/data/download").await;
        let data: Value = serde_json::from_str(&data.body).unwrap();
        assert_eq!(data["accounts_elsewhere"][0]["issuer"], theirs.url.as_str());
        let page = remove_page(&mut browser).await;
        assert!(page.text().contains("cannot sign in any other way"), "{}", page.text());
        assert!(!page.body.contains("name=\"end_others\""), "nothing to ask about");
        let address = page.url.path().to_owned();
        let page = browser.submit(&page_of(&page), &[]).await;
        assert!(page.text().contains("cannot sign in any other way"), "{}", page.text());
        assert_eq!(linked(&ours, "grace-2").await, 1);
        // What is said to whoever has no password.
        let page = browser.get("/account/security").await;
        assert!(page.text().contains("Set a password"), "{}", page.text());
        assert!(!page.text().contains("Besides your password") && !page.text().contains("Change password"), "{}", page.text());
        // A password of one's own, without one of before.
        let page = browser.get("/account/password").await;
        assert!(page.text().contains("Set a password") && !page.text().contains("Change password"), "{}", page.text());
        let page = browser.submit(&page_of(&page), &[("new", PASSWORD), ("repeated", PASSWORD)]).await;
        assert!(page.text().contains("Your password"), "{}", page.text());
        // ASVS 7.4.3: whoever takes a way in away may want nobody left who came by it.
        let mut elsewhere = Browser::new(&ours.url);
        sign_in(&mut elsewhere, "grace-2").await;
        let page = browser.get(&address).await;
        assert!(page.body.contains("name=\"end_others\" value=\"yes\" checked"), "{}", page.body);
        let page = browser.submit(&page_of(&page), &[("end_others", "yes")]).await;
        assert!(page.text().contains("The link to Them was removed."), "{}", page.text());
        assert_eq!(linked(&ours, "grace-2").await, 0);
        assert_eq!(who(&mut elsewhere).await, None, "signed out there");
        assert_eq!(who(&mut browser).await.as_deref(), Some("grace-2"), "not here");
        sign_in(&mut Browser::new(&ours.url), "grace-2").await;
        assert_eq!(ours.count_events("upstream_unlinked").await, 1);
    }

    async fn the_second_factor_is_asked_for(db: TestDatabase) {
        let fake = FakeProvider::start().await;
        let server = fake.server(db, |provider| provider.link_by_verified_email = true).await;
        add(&server, "ada", true).await;
        let ada = users::show(&server.app, "ada").await.unwrap();
        server.database.execute("UPDATE users SET has_totp = TRUE").await;
        let claims = json!({"email": "ada@mail.example", "email_verified": true, "amr": ["mfa", "pop"]});
        let mut browser = Browser::new(&server.url);
        let page = arrive(&fake, &mut browser, &claims).await;
        assert!(page.url.path().ends_with("/login/verify"), "{}: {}", page.url, page.text());
        assert_eq!(who(&mut browser).await, None);
        assert_eq!(linked(&server, &ada.id.to_string()).await, 1);
    }

    async fn trusted_methods_count_and_are_told(db: TestDatabase) {
        let fake = FakeProvider::start().await;
        let server = fake.server(db, |provider| {
            provider.create_accounts = true;
            provider.trust_amr = true;
        }).await;
        let app = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        let to = begin(&mut browser, &app.authorize_url(&[]), "fake").await;
        fake.grant(&to, &json!({"amr": ["pwd", "otp", "mfa", "unheard-of"]}));
        let page = browser.get(&back(&to, &[])).await;
        let mut page = browser.follow(page).await;
        if page.heading_kind() == "consent" {
            page = browser.approve(&page).await;
        }
        let tokens = app.redeem(&page.returned("code").unwrap()).await;
        let (_, claims) = decode_jwt(tokens.json["id_token"].as_str().unwrap());
        assert_eq!((&claims["acr"], &claims["amr"]), (&json!("mfa"), &json!(["pwd", "otp", "mfa"])));
    }

    async fn only_an_address_that_is_verified_on_both_sides_links(db: TestDatabase) {
        let fake = FakeProvider::start().await;
        let server = fake.server(db, |provider| provider.link_by_verified_email = true).await;
        add(&server, "ada", true).await;
        add(&server, "bob", false).await;
        let address = |name: &str, verified: Value| {
            json!({"sub": name, "email": format!("{name}@mail.example"), "email_verified": verified})
        };
        for claims in [
            address("ada", json!("false")),
            address("ada", json!("true")),
            address("ada", json!(1)),
            address("ada", json!(false)),
            address("ada", Value::Null),
            address("bob", json!(true)),
            address("ada@mail.example\u{0}", json!(true)),
            address("eve", json!(true)),
        ] {
            let mut browser = Browser::new(&server.url);
            let page = arrive(&fake, &mut browser, &claims).await;
            assert_eq!(who(&mut browser).await, None, "{claims}: {}", page.text());
        }
        let mut browser = Browser::new(&server.url);
        let claims = json!({"sub": "1", "email": "Ada@Mail.example", "email_verified": true});
        arrive(&fake, &mut browser, &claims).await;
        assert_eq!(who(&mut browser).await.as_deref(), Some("ada"));
        assert_eq!(linked(&server, "ada").await, 1);
        assert_eq!(linked(&server, "bob").await, 0);
        // From now on by the subject, whatever becomes of the address.
        let mut browser = Browser::new(&server.url);
        let claims = json!({"sub": "1", "email": "bob@mail.example", "email_verified": true});
        arrive(&fake, &mut browser, &claims).await;
        assert_eq!(who(&mut browser).await.as_deref(), Some("ada"));
    }

    async fn a_newcomer_hears_of_signing_up_where_that_is_open(db: TestDatabase) {
        let fake = FakeProvider::start().await;
        let server = fake.server(db, |_| {}).await;
        let page = arrive(&fake, &mut Browser::new(&server.url), &json!({})).await;
        assert!(!page.text().contains("you can create one"), "{}", page.text());
        let (host, provider) = (fake.host.clone(), fake.settings());
        let open = TestServer::start_with(TestDatabase::new(Kind::Sqlite).await.unwrap(), |config| {
            knows(config, host, provider);
            config.sign_up.mode = SignUpMode::Open;
        }).await;
        let page = arrive(&fake, &mut Browser::new(&open.url), &json!({})).await;
        assert!(page.text().contains("you can create one from the sign-in page"), "{}", page.text());
    }

    async fn a_taken_address_is_explained_and_not_linked(db: TestDatabase) {
        let fake = FakeProvider::start().await;
        let server = fake.server(db, |provider| provider.create_accounts = true).await;
        add(&server, "ada", true).await;
        let mut browser = Browser::new(&server.url);
        let claims = json!({"email": "ada@mail.example", "email_verified": true});
        let page = arrive(&fake, &mut browser, &claims).await;
        assert!(page.text().contains("already with the e-mail address"), "{}", page.text());
        assert_eq!((linked(&server, "ada").await, who(&mut browser).await), (0, None));
        // One that nobody answers for is not taken over, nor kept.
        let claims = json!({"email": "ada@mail.example", "email_verified": false, "preferred_username": "eve"});
        arrive(&fake, &mut browser, &claims).await;
        assert_eq!(who(&mut browser).await.as_deref(), Some("eve"));
        assert_eq!(users::show(&server.app, "eve").await.unwrap().email, None);
    }

    async fn only_addresses_of_the_domains_may_come(db: TestDatabase) {
        let fake = FakeProvider::start().await;
        let server = fake.server(db, |provider| {
            provider.create_accounts = true;
            provider.allowed_email_domains = vec!["acme.example".to_owned()];
        }).await;
        for (email, verified, is_let_in) in [
            ("ada@mail.example", true, false),
            ("ada@acme.example.evil.example", true, false),
            ("ada@acme.example", false, false),
            ("ada@ACME.example", true, true),
        ] {
            let mut browser = Browser::new(&server.url);
            let claims = json!({"email": email, "email_verified": verified});
            let page = arrive(&fake, &mut browser, &claims).await;
            let is_in = who(&mut browser).await.is_some();
            assert_eq!(is_in, is_let_in, "{email}: {}", page.text());
        }
        // Also whoever is linked already.
        let mut browser = Browser::new(&server.url);
        let claims = json!({"email": "ada@left.example", "email_verified": true});
        let page = arrive(&fake, &mut browser, &claims).await;
        assert!(page.text().contains("certain e-mail addresses"), "{}", page.text());
    }

    // Two at once make one account.
    async fn many_callbacks_of_one_subject_make_one_account(db: TestDatabase) {
        let fake = FakeProvider::start().await;
        let server = fake.server(db, |provider| provider.create_accounts = true).await;
        let mut waiting = Vec::new();
        for _ in 0..6 {
            let mut browser = Browser::new(&server.url);
            let to = begin(&mut browser, "/login", "fake").await;
            waiting.push((browser, to));
        }
        // One nonce for all: the token endpoint answers everybody with the same.
        let mut tasks = tokio::task::JoinSet::new();
        for (mut browser, to) in waiting {
            let claims = json!({"email": "ada@mail.example", "email_verified": true, "preferred_username": "ada"});
            let token = placet::keys::jwt::sign(&fake.key, "JWT", &fake.claims(&to, &claims)).unwrap();
            fake.answer("/token", 200, &json!({"id_token": token}));
            // The provider is asked in turn; what follows is not waited for.
            let address = back(&to, &[]);
            let asked = fake.calls("/token").len();
            tasks.spawn(async move {
                let page = browser.get(&address).await;
                browser.follow(page).await;
                who(&mut browser).await
            });
            while fake.calls("/token").len() == asked {
                tokio::time::sleep(std::time::Duration::from_millis(2)).await;
            }
        }
        let found = tasks.join_all().await;
        assert!(found.iter().all(|who| who.as_deref() == Some("ada")), "{found:?}");
        assert_eq!(server.database.count("users").await, 1);
        assert_eq!(server.database.count("upstream_accounts").await, 1);
    }

    async fn github_is_asked_by_its_api(db: TestDatabase) {
        let fake = FakeProvider::start().await;
        let server = fake.server(db, |provider| {
            provider.protocol = Protocol::GitHub;
            provider.create_accounts = true;
        }).await;
        let mut browser = Browser::new(&server.url);
        let to = begin(&mut browser, "/login", "fake").await;
        assert_eq!(to.path(), "/login/oauth/authorize");
        assert_eq!(query(&to, "nonce"), "");
        fake.answer("/login/oauth/access_token", 200, &json!({"access_token": "gh", "token_type": "bearer"}));
        fake.answer("/api/v3/user", 200, &json!({"id": 583_231, "login": "octocat", "name": null}));
        let emails = json!([
            {"email": "other@mail.example", "primary": false, "verified": true},
            {"email": "cat@mail.example", "primary": true, "verified": true}
        ]);
        fake.answer("/api/v3/user/emails", 200, &emails);
        let page = browser.get(&back(&to, &[("iss", "")])).await;
        let page = browser.follow(page).await;
        assert_eq!(who(&mut browser).await.as_deref(), Some("octocat"), "{}", page.text());
        let user = users::show(&server.app, "octocat").await.unwrap();
        assert_eq!(user.email.as_deref(), Some("cat@mail.example"));
        let account = server.app.store.list_upstream_accounts(user.id).await.unwrap().remove(0);
        assert_eq!((account.issuer.as_str(), account.subject.as_str()), (fake.url.as_str(), "583231"));
        let asked = fake.calls("/login/oauth/access_token").remove(0);
        assert!(asked.contains("client_secret=") && asked.contains("code_verifier="), "{asked}");
        assert!(fake.calls("/api/v3/user")[0].to_lowercase().contains("authorization: bearer gh"));
        // GitHub answers errors with 200.
        let mut browser = Browser::new(&server.url);
        let to = begin(&mut browser, "/login", "fake").await;
        fake.answer("/login/oauth/access_token", 200, &json!({"error": "bad_verification_code"}));
        let page = browser.get(&back(&to, &[("iss", "")])).await;
        assert!(page.text().contains("bad_verification_code"), "{}", page.text());
    }

    async fn microsofts_tenants_are_issuers_of_their_own(db: TestDatabase) {
        const TENANT: &str = "0a8a3bd3-3a3a-4a3b-8a3a-0a8a3bd33a3a";
        const OTHER: &str = "1a8a3bd3-3a3a-4a3b-8a3a-0a8a3bd33a3a";
        let fake = FakeProvider::start().await;
        let issuer = |tenant: &str| format!("{}/{tenant}/v2.0", fake.url);
        let server = fake.server(db, |provider| {
            provider.protocol = Protocol::Microsoft;
            provider.issuer = issuer("common");
            provider.create_accounts = true;
        }).await;
        let at = |path: &str| format!("{}{path}", fake.url);
        fake.answer("/common/v2.0/.well-known/openid-configuration", 200, &json!({
            "issuer": issuer("{tenantid}"),
            "authorization_endpoint": at("/authorize"),
            "token_endpoint": at("/token"),
            "jwks_uri": at("/jwks"),
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }));
        let of_all = fake.key.public_jwk().unwrap().clone();
        let of_one = new_key();
        let (mut all, mut one) = (of_all, of_one.public_jwk().unwrap().clone());
        all["issuer"] = json!(issuer("{tenantid}"));
        one["issuer"] = json!(issuer(OTHER));
        fake.answer("/jwks", 200, &json!({"keys": [all, one]}));
        let claims = |iss: &str, tid: &str| json!({
            "iss": issuer(iss), "tid": tid, "email": "ada@mail.example", "email_verified": true, "preferred_username": "ada@mail.example",
        });
        for (key, claims, is_let_in) in [
            (&fake.key, claims(TENANT, TENANT), true),
            (&fake.key, claims(OTHER, TENANT), false),
            (&fake.key, claims("{tenantid}", "{tenantid}"), false),
            (&fake.key, claims("evil", "evil"), false),
            // A key of one tenant signs for no other.
            (&of_one, claims(TENANT, TENANT), false),
            (&of_one, claims(OTHER, OTHER), true),
        ] {
            let mut browser = Browser::new(&server.url);
            let to = begin(&mut browser, "/login", "fake").await;
            let token = placet::keys::jwt::sign(key, "JWT", &fake.claims(&to, &claims)).unwrap();
            fake.give(&token);
            let page = browser.get(&back(&to, &[("iss", "")])).await;
            let page = browser.follow(page).await;
            assert_eq!(who(&mut browser).await.is_some(), is_let_in, "{claims}: {}", page.text());
        }
        // Whose an address is Microsoft does not say.
        assert_eq!(users::show(&server.app, "ada").await.unwrap().email, None);
        let asked = fake.calls("/token").remove(0);
        assert!(asked.contains(SECRET) && asked.contains(CLIENT), "{asked}");
    }
}

on_both! {
    // S36, S58: the button is a form of this browser's, and may lead elsewhere.
    async fn only_our_own_form_begins(db: TestDatabase) {
        let fake = FakeProvider::start().await;
        let server = fake.server(db, |_| {}).await;
        let mut browser = Browser::new(&server.url);
        let page = browser.get("/login").await;
        assert!(page.text().contains("Continue with Fake & Sons"), "{}", page.text());
        assert!(!page.header("content-security-policy").contains("form-action"));
        let got = browser.get("/login/upstream/fake").await;
        assert_eq!(got.status, 405);
        assert_eq!(browser.post("/login/upstream/fake", &[]).await.status, 403);
        let mut other = Browser::new(&server.url);
        other.get("/login").await;
        assert_eq!(press(&mut other, &page, "fake").await.status, 403);
        browser.headers = vec![("sec-fetch-site", "cross-site".to_owned())];
        assert_eq!(press(&mut browser, &page, "fake").await.status, 403);
        browser.headers.clear();
        assert_eq!(press(&mut browser, &page, "unknown").await.status, 404);
        let to = sent_to(&press(&mut browser, &page, "fake").await);
        for (name, value) in [
            ("response_type", "code"),
            ("client_id", CLIENT),
            ("scope", "openid email profile"),
            ("code_challenge_method", "S256"),
            ("own", "1"),
        ] {
            assert_eq!(query(&to, name), value);
        }
        for name in ["state", "nonce", "code_challenge"] {
            assert_eq!(query(&to, name).len(), 43, "{name}");
        }
        assert!(!to.as_str().contains(SECRET));
        // S173: the cookie that binds it.
        let cookie = browser.cookies.keys().any(|name| name == "placet_upstream");
        assert!(cookie, "{:?}", browser.cookies);
    }
}

on_both! {
    async fn two_links_of_one_name_are_told_apart(db: TestDatabase) {
        let fake = FakeProvider::start().await;
        let server = fake.server(db, |_| ()).await;
        add(&server, "ada", true).await;
        let mut browser = Browser::new(&server.url);
        sign_in(&mut browser, "ada").await;
        let page = browser.visit("/account/security/upstream/link/fake").await;
        let to = sent_to(&browser.submit(&page, &[]).await);
        fake.grant(&to, &json!({}));
        browser.get(&back(&to, &[])).await;
        let name = |page: &Page| page.text().matches("Fake & Sons (").count();
        assert_eq!(name(&browser.visit("/account/security").await), 0);
        // The provider had another address once.
        let user = users::show(&server.app, "ada").await.unwrap();
        let new = server
            .app
            .store
            .list_upstream_accounts(user.id)
            .await
            .unwrap()
            .remove(0);
        let old = placet::model::upstream::UpstreamAccount {
            issuer: "https://old.example/".to_owned(),
            ..new
        };
        let event = server.app.event(
            placet::model::event::EventKind::UpstreamLinked,
            placet::model::event::Actor::Server,
            placet::model::event::Origin::default(),
        );
        server
            .app
            .store
            .link_upstream_account(&old, None, None, &event)
            .await
            .unwrap();
        let page = browser.visit("/account/security").await;
        for host in [fake.host.as_str(), "old.example"] {
            assert!(
                page.text().contains(&format!("Fake & Sons ({host})")),
                "{}",
                page.text()
            );
        }
        let address = format!(
            "/account/security/upstream/remove/{}",
            placet::identity::upstream::links::id_of(&old)
        );
        let page = browser.visit(&address).await;
        assert!(
            page.text()
                .contains("Remove the link to Fake & Sons (old.example)"),
            "{}",
            page.text()
        );
        let page = browser.submit(&page, &[]).await;
        let page = browser.follow(page).await;
        assert!(
            page.text()
                .contains("The link to Fake & Sons (old.example) was removed."),
            "{}",
            page.text()
        );
        assert_eq!(name(&browser.visit("/account/security").await), 0);
    }

    async fn administrators_see_and_remove_links(db: TestDatabase) {
        let fake = FakeProvider::start().await;
        let server = fake.server(db, |provider| provider.create_accounts = true).await;
        let mut browser = Browser::new(&server.url);
        arrive(&fake, &mut browser, &json!({"preferred_username": "ada"})).await;
        let api = Api::new(&server).await;
        let all = ok(&api.get("/users/ada/upstream-accounts").await, 200);
        let found = &all["items"][0];
        assert_eq!((&found["issuer"], &found["subject"], &found["provider"]), (&json!(fake.url), &json!("248289761001"), &json!("fake")));
        assert_eq!((all["items"].as_array().unwrap().len(), &all["next"]), (1, &Value::Null));
        let id = found["id"].as_str().unwrap();
        problem(&api.get("/users/nobody/upstream-accounts").await, 404, "nobody");
        problem(&api.delete("/users/ada/upstream-accounts/other").await, 404, "another");
        // The console shows the same.
        let mut admin = console::furnish(&server).await;
        let user = users::show(&server.app, "ada").await.unwrap();
        let page = admin.visit("/admin/users").await;
        assert!(user.password_hash.is_none() && !page.text().contains("no password"), "{}", page.text());
        let page = admin.visit(&format!("/admin/users/{}", user.id)).await;
        assert!(!page.text().contains("no password"), "{}", page.text());
        assert!(page.text().contains("Accounts elsewhere") && page.text().contains("248289761001"), "{}", page.text());
        let address = format!("/admin/users/{}/upstream/{id}/remove", user.id);
        let page = admin.visit(&address).await;
        assert!(page.text().contains("the only way in that ada has"), "{}", page.text());
        let page = admin.submit(&page, &[]).await;
        assert!(page.text().contains("is no longer linked"), "{}", page.text());
        let page = admin.visit("/admin/users").await;
        assert!(page.text().contains("no password"), "nothing is left to sign in with: {}", page.text());
        problem(&api.delete(&format!("/users/ada/upstream-accounts/{id}")).await, 404, "gone");
        assert_eq!(server.count_events("upstream_unlinked").await, 1);
        // By the API too.
        server.app.store.remove_user(user.id, placet::storage::UserTerms::default(), &server.app.event(
            placet::model::event::EventKind::UserRemoved, placet::model::event::Actor::Server, placet::model::event::Origin::default(),
        )).await.unwrap();
        arrive(&fake, &mut Browser::new(&server.url), &json!({"preferred_username": "ada"})).await;
        ok(&api.delete(&format!("/users/ada/upstream-accounts/{id}")).await, 204);
        assert_eq!(linked(&server, "ada").await, 0);
    }
}

/// A form of the page that leads to such an address.
fn page_form(page: &Page, to: &str) -> (String, Vec<(String, String)>) {
    let (action, fields) = page_of(page).form();
    assert!(action.contains(to), "{action}");
    (action, fields)
}

/// The page without the way out, which is a form too.
fn page_of(page: &Page) -> Page {
    Page {
        status: page.status,
        headers: page.headers.clone(),
        body: page.body.clone(),
        url: page.url.clone(),
    }
}

/// The page that asks before the first link is removed.
async fn remove_page(browser: &mut Browser) -> Page {
    let page = browser.visit("/account/security").await;
    let at = page.body.find("/account/security/upstream/remove/");
    let at = at.unwrap_or_else(|| panic!("no link: {}", page.text()));
    let address = page.body[at..].split('"').next().unwrap().to_owned();
    browser.get(&address).await
}
