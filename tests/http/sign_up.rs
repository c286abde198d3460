//! Signing up: by a link that proves the address, where that is set up; nobody learns who has an account; nothing is made twice or by half.

use placet::admin::users::{self, NewUser};
use placet::config::{Config, SignUpMode};
use placet::model::user::User;
use serde_json::Value;

use super::pages::assert_protected;
use super::support::server::PASSWORD;
use super::support::{Browser, Page, TestServer};
use crate::support::database::on_both;
use crate::support::smtp::MailServer;

/// With mail, and open to everybody.
pub(super) fn open(mails: &MailServer) -> impl FnOnce(&mut Config) {
    let url = mails.url();
    move |config| {
        config.mail.transport = placet::config::MailTransport::Smtp;
        config.mail.from = Some("Acme <id@acme.example>".parse().unwrap());
        config.mail.smtp_url = Some(url.parse().unwrap());
        config.sign_up.mode = SignUpMode::Open;
        config.sign_up.roles = vec!["member".to_owned()];
    }
}

/// Asks for an account on the page, and follows to its end.
async fn ask(browser: &mut Browser, email: &str) -> Page {
    let page = browser.get("/sign-up").await;
    browser.submit(&page, &[("email", email)]).await
}

/// What the form behind a link is sent with.
pub(super) fn filled(username: &str) -> [(&str, &str); 3] {
    [
        ("username", username),
        ("name", "Ada Lovelace"),
        ("password", PASSWORD),
    ]
}

pub(super) async fn find(server: &TestServer, name: &str) -> Option<User> {
    server.app.store.find_user_by_name(name).await.unwrap()
}

/// The details of the events of that kind, the newest first.
pub(super) async fn events(server: &TestServer, kind: &str) -> Vec<Value> {
    let query = format!(
        "SELECT CAST(detail AS TEXT) FROM audit_events WHERE kind = '{kind}' ORDER BY id DESC"
    );
    let texts = server.database.texts(query).await;
    texts
        .iter()
        .map(|text| serde_json::from_str(text).unwrap())
        .collect()
}

on_both! {
    // S50 S60 S61
    async fn an_account_is_made_by_a_link_once(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, open(&mails)).await;
        let mut browser = Browser::new(&server.url);
        browser.headers = vec![("host", "evil.example".to_owned()), ("x-forwarded-host", "evil.example".to_owned())];
        assert!(browser.get("/login").await.body.contains("href=\"/sign-up\""));
        let sent = ask(&mut browser, " ada@mail.example ").await;
        assert!(sent.text().contains("Check your e-mail"), "{}", sent.text());
        let mail = mails.next().await;
        assert_eq!((mail.to.as_slice(), mail.header("Subject").as_str()), (["ada@mail.example".to_owned()].as_slice(), "Your new account at Placet"));
        assert!(mail.link().starts_with(&format!("{}/sign-up?token=placet_ml_", server.url)) && !mail.raw.contains("evil"), "{}", mail.raw);
        for _ in 0..3 {
            let page = browser.get(&mail.link()).await;
            assert_eq!((page.status.as_u16(), page.header("referrer-policy"), page.header("cache-control")), (200, "no-referrer", "no-store"), "looking uses nothing up");
            assert_eq!(page.field("username"), "ada", "proposed");
            assert!(page.text().contains("Your address is ada@mail.example"), "{}", page.text());
        }
        browser.headers.push(("accept-language", "pt-BR".to_owned()));
        let page = browser.get(&mail.link()).await;
        let portuguese = browser.headers.pop();
        server.add_user("taken").await;
        for (field, value, says) in [
            ("username", "a@b", "That cannot be a username"),
            ("username", "", "That cannot be a username"),
            ("username", "TAKEN", "Somebody has that username already"),
            ("name", "a\u{202e}b", "characters that cannot be shown"),
            ("password", "short", "at least 8 characters"),
            ("password", "ada@mail.example", "would be guessed soon"),
            ("password", "AnotherName", "That password is the username"),
        ] {
            let name = if value == "AnotherName" { "anothername" } else { "ada" };
            let mut fields = filled(name).to_vec();
            fields.retain(|(of, _)| *of != field);
            fields.push((field, value));
            let refused = browser.submit(&page, &fields).await;
            assert_eq!(refused.status, 422, "{field}");
            assert!(refused.text().contains(says), "{says}: {}", refused.text());
            assert!(refused.body.contains("aria-invalid=\"true\""), "{field}");
        }
        assert!(find(&server, "ada").await.is_none());
        browser.headers.extend(portuguese);
        let done = browser.submit(&page, &filled("ada")).await;
        assert_eq!((done.status.as_u16(), done.url.path()), (200, "/account"), "signed in: {}", done.text());
        let ada = find(&server, "ADA@mail.example").await.unwrap();
        assert_eq!(ada.locale.as_deref(), Some("pt"), "the language of the page");
        assert_eq!((ada.username.as_str(), ada.is_email_verified, ada.name.as_deref()), ("ada", true, Some("Ada Lovelace")));
        assert_eq!(ada.roles, ["member"]);
        assert_eq!(browser.get(&mail.link()).await.status, 410, "used");
        let made = &events(&server, "signed_up").await[0];
        assert_eq!((&made["username"], &made["roles"]), (&"ada".into(), &serde_json::json!(["member"])));
        let mut elsewhere = Browser::new(&server.url);
        let page = elsewhere.get("/login").await;
        assert_eq!(elsewhere.log_in(&page, "ada").await.url.path(), "/account");
        let activity = elsewhere.get("/account/events").await;
        assert!(activity.text().contains("A conta foi criada"), "{}", activity.text());
    }

    // S42
    async fn nobody_is_told_who_has_an_account(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, open(&mails)).await;
        for name in ["ada", "eve"] {
            server.add_user_with(NewUser { username: name.to_owned(), email: Some(format!("{name}@mail.example")), ..NewUser::default() }).await;
        }
        users::disable(&server.app, &TestServer::by(), "eve").await.unwrap();
        let mut shapes = Vec::new();
        for email in ["ada@mail.example", "ADA@mail.example", "nobody@mail.example", "eve@mail.example"] {
            let mut browser = Browser::new(&server.url);
            let csrf = browser.get("/sign-up").await.field("csrf");
            let page = browser.post("/sign-up", &[("csrf", &csrf), ("email", email)]).await;
            let names: Vec<(String, String)> = page.headers.iter()
                .filter(|(name, _)| !["x-request-id", "date"].contains(&name.as_str()))
                .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
            let mut after = browser.follow(page).await;
            after.body = after.body.replace(&csrf, "CSRF");
            shapes.push((names, after.status, after.body));
        }
        for shape in &shapes {
            assert_eq!(*shape, shapes[0]);
        }
        let mut sent: Vec<_> = [mails.next().await, mails.next().await, mails.next().await].into();
        sent.sort_by_key(|mail| mail.to[0].to_lowercase());
        let known = &sent[0];
        assert_eq!(known.header("Subject"), "You have an account at Placet");
        for part in ["Username: ada", &format!("{}/login", server.url), &format!("{}/forgot", server.url)] {
            assert!(known.text().contains(part), "{part}: {}", known.text());
        }
        assert!(!known.raw.contains("token="), "{}", known.raw);
        assert_eq!((sent[2].to[0].as_str(), sent[2].header("Subject").as_str()), ("nobody@mail.example", "Your new account at Placet"));
        server.wait_for_rows("outgoing_mails", 0).await;
        assert!(mails.take().is_empty(), "nothing for those who are disabled");
        assert_eq!(events(&server, "sign_up_requested").await.len(), 3);
        let kept = server.database.texts("SELECT CAST(detail AS TEXT) FROM audit_events".to_owned()).await;
        assert!(!kept.iter().any(|detail| detail.contains("nobody@")), "{kept:?}");
    }

    async fn asking_too_often_is_held_back(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, open(&mails)).await;
        let mut browser = Browser::new(&server.url);
        for _ in 0..5 {
            assert_eq!(ask(&mut browser, "ada@mail.example").await.status, 200);
            mails.next().await;
        }
        let page = ask(&mut browser, "ADA@mail.example").await;
        assert_eq!((page.status.as_u16(), page.header("retry-after")), (429, "3600"), "one address");
        assert!(page.text().contains("asked for too often"), "{}", page.text());
        for number in 0..14 {
            assert_eq!(ask(&mut browser, &format!("new{number}@mail.example")).await.status, 200, "{number}");
        }
        let page = ask(&mut browser, "more@mail.example").await;
        assert_eq!((page.status.as_u16(), page.header("retry-after")), (429, "3600"), "one place");
        server.advance(3601);
        assert_eq!(ask(&mut browser, "ada@mail.example").await.status, 200);
    }

    async fn the_form_behind_a_link_is_no_oracle(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, open(&mails)).await;
        let mut browser = Browser::new(&server.url);
        ask(&mut browser, "ada@mail.example").await;
        let page = browser.get(&mails.next().await.link()).await;
        for number in 0..30 {
            assert_eq!(browser.submit(&page, &filled("a@b")).await.status, 422, "{number}");
        }
        let held = browser.submit(&page, &filled("ada")).await;
        assert_eq!((held.status.as_u16(), held.header("retry-after")), (429, "3600"));
        server.advance(3601);
        assert_eq!(browser.submit(&page, &filled("ada")).await.url.path(), "/account");
    }

    async fn only_some_domains_may_sign_up(db: TestDatabase) {
        let mails = MailServer::start().await;
        let by_mail = open(&mails);
        let server = TestServer::start_with(db, |config| {
            by_mail(config);
            config.sign_up.allowed_email_domains = vec!["mail.example".to_owned(), "acme.example".to_owned()];
        }).await;
        let mut browser = Browser::new(&server.url);
        for bad in ["ada@other.example", "ada@mail.example.evil.example", "ada@xmail.example", "ada@sub.mail.example"] {
            let page = ask(&mut browser, bad).await;
            assert_eq!(page.status, 422, "{bad}");
            assert!(page.text().contains("addresses that end in: @mail.example, @acme.example"), "{}", page.text());
        }
        for bad in ["ada", "ada@", "a b@mail.example", "ada@x\r\nBcc: y@mail.example", "ada@mail.example\u{0}"] {
            assert_eq!(ask(&mut browser, bad).await.status, 422, "{bad:?}");
        }
        assert_eq!(ask(&mut browser, "ada@MAIL.example").await.status, 200);
        assert_eq!(mails.next().await.to, ["ada@MAIL.example"]);
        assert_eq!(server.database.count("mailed_links").await, 1);
    }

    async fn where_it_is_off_there_is_nothing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut browser = Browser::new(&server.url);
        assert!(!browser.get("/login").await.body.contains("sign-up"));
        for path in ["/sign-up", "/sign-up?token=placet_ml_x", "/sign-up?sent=1"] {
            let page = browser.get(path).await;
            assert!(page.status == 404 && page.text().contains("Creating accounts is switched off at Placet"), "{path}: {}", page.text());
            assert_protected(&page, path);
        }
        for fields in [[("email", "ada@mail.example")], [("token", "placet_ml_x")]] {
            assert_eq!(browser.post("/sign-up", &fields).await.status, 404);
        }
        let metadata = browser.get("/.well-known/openid-configuration").await;
        assert!(!metadata.body.contains("\"create\""), "{}", metadata.body);
    }

    async fn of_many_who_use_a_link_at_once_one_does(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, open(&mails)).await;
        ask(&mut Browser::new(&server.url), "ada@mail.example").await;
        let link = mails.next().await.link();
        let before = server.database.count("users").await;
        let mut forms = Vec::new();
        for number in 0..16 {
            let mut browser = Browser::new(&server.url);
            let page = browser.get(&link).await;
            forms.push(async move { browser.submit(&page, &filled(&format!("ada{number}"))).await.status.as_u16() });
        }
        let mut answers = futures_util::future::join_all(forms).await;
        answers.sort_unstable();
        assert_eq!(answers[0], 200, "{answers:?}");
        assert!(answers[1..].iter().all(|status| [410, 422].contains(status)), "gone, or the address has an account: {answers:?}");
        assert_eq!(server.database.count("users").await, before + 1);
        assert_eq!(server.database.count("sessions").await, 1);
    }

    async fn a_link_dies_with_time_with_a_newer_one_and_with_the_address(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, open(&mails)).await;
        let mut browser = Browser::new(&server.url);
        ask(&mut browser, "ada@mail.example").await;
        let first = mails.next().await.link();
        ask(&mut browser, "ada@mail.example").await;
        let second = mails.next().await.link();
        assert_eq!(browser.get(&first).await.status, 410, "a newer one was sent");
        server.advance(24 * 3600 - 1);
        let form = browser.get(&second).await;
        assert_eq!(form.status, 200);
        server.add_user_with(NewUser { username: "grace".to_owned(), email: Some("Ada@mail.example".to_owned()), ..NewUser::default() }).await;
        let taken = browser.submit(&form, &filled("ada")).await;
        assert_eq!(taken.status, 422);
        assert!(taken.text().contains("belongs to another account here by now"), "{}", taken.text());
        assert!(find(&server, "ada").await.is_none());
        server.advance(1);
        let dead = browser.get(&second).await;
        assert_eq!(dead.status, 410, "a day");
        assert!(dead.body.contains("href=\"/sign-up\""), "{}", dead.body);
        assert_eq!(browser.submit(&form, &filled("ada")).await.status, 410);
        for forged in ["placet_ml_", "x", &"placet_ml_".repeat(100), "placet_ml_%00"] {
            assert_eq!(browser.get(&format!("/sign-up?token={forged}")).await.status, 410, "{forged}");
        }
    }

    // S36
    async fn a_form_of_somewhere_else_makes_nothing(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, open(&mails)).await;
        let mut browser = Browser::new(&server.url);
        assert_eq!(browser.post("/sign-up", &[("email", "ada@mail.example")]).await.status, 403);
        ask(&mut browser, "ada@mail.example").await;
        let mail = mails.next().await;
        let (page, token) = (browser.get(&mail.link()).await, mail.token());
        let mut other = Browser::new(&server.url);
        other.get("/sign-up").await;
        for csrf in ["", "x", &page.field("csrf")] {
            let mut fields = filled("ada").to_vec();
            fields.extend([("token", token.as_str()), ("csrf", csrf)]);
            assert_eq!(other.post("/sign-up", &fields).await.status, 403);
        }
        browser.headers = vec![("sec-fetch-site", "cross-site".to_owned())];
        assert_eq!(browser.submit(&page, &filled("ada")).await.status, 403);
        assert!(find(&server, "ada").await.is_none());
    }

    async fn the_request_that_waits_goes_on_in_the_same_browser_alone(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, open(&mails)).await;
        let client = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        let login = browser.visit(&client.authorize_url(&[])).await;
        let href = format!("/sign-up?request={}", login.field("request"));
        let there = scraper::Html::parse_document(&login.body);
        let found = there.select(&scraper::Selector::parse("a[href^='/sign-up?request=']").unwrap()).count();
        assert_eq!(found, 1, "{}", login.body);
        let form = browser.get(&href).await;
        assert!(form.text().contains("Then you continue to"), "{}", form.text());
        let sent = browser.submit(&form, &[("email", "ada@mail.example")]).await;
        assert!(sent.text().contains("Open it in this browser"), "{}", sent.text());
        let link = mails.next().await.link();
        let elsewhere = Browser::new(&server.url).get(&link).await;
        assert!(!elsewhere.text().contains("Then you continue to"), "{}", elsewhere.text());
        let form = browser.get(&link).await;
        assert!(form.header("content-security-policy").contains("script-src 'self'") && !form.header("content-security-policy").contains("form-action"));
        let page = browser.submit(&form, &filled("ada")).await;
        assert_eq!(page.heading_kind(), "consent", "{}", page.text());
        let page = browser.approve(&page).await;
        let tokens = client.redeem(&page.returned("code").unwrap()).await;
        assert_eq!(tokens.status, 200);
        // Somebody else's request is nobody's reason to be sent to an app.
        let login = browser.visit(&client.authorize_url(&[("prompt", "login")])).await;
        let form = browser.get(&format!("/sign-up?request={}", login.field("request"))).await;
        browser.submit(&form, &[("email", "grace@mail.example")]).await;
        let mut grace = Browser::new(&server.url);
        let form = grace.get(&mails.next().await.link()).await;
        assert_eq!(grace.submit(&form, &filled("grace")).await.url.path(), "/account");
    }

    // Initiating User Registration via OpenID Connect 1.0
    async fn prompt_create_leads_to_the_sign_up(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, open(&mails)).await;
        let client = server.web_client().await;
        server.add_user("bob").await;
        let mut browser = Browser::new(&server.url);
        let metadata = browser.get("/.well-known/openid-configuration").await;
        let metadata: Value = serde_json::from_str(&metadata.body).unwrap();
        assert!(metadata["prompt_values_supported"].as_array().unwrap().contains(&"create".into()));
        client.sign_in(&mut browser, "bob", &[]).await;
        let page = browser.visit(&client.authorize_url(&[("prompt", "create")])).await;
        assert_eq!(page.heading_kind(), "sign-up", "also where somebody is signed in: {}", page.text());
        browser.submit(&page, &[("email", "ada@mail.example")]).await;
        let form = browser.get(&mails.next().await.link()).await;
        let page = browser.submit(&form, &filled("ada")).await;
        assert_eq!(page.heading_kind(), "consent", "{}", page.text());
        assert!(browser.approve(&page).await.returned("code").is_some());
        // Whoever has an account signs in from there.
        let page = browser.visit(&client.authorize_url(&[("prompt", "create")])).await;
        let login = browser.visit(&format!("/login?request={}", page.field("request"))).await;
        assert!(browser.log_in(&login, "bob").await.returned("code").is_some());
        let refused = browser.visit(&client.authorize_url(&[("prompt", "create none")])).await;
        assert_eq!(refused.returned("error").as_deref(), Some("invalid_request"));
    }

    async fn prompt_create_is_refused_where_nobody_signs_up(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| config.sign_up.mode = SignUpMode::Invitation).await;
        let client = server.web_client().await;
        let page = Browser::new(&server.url).visit(&client.authorize_url(&[("prompt", "create")])).await;
        assert_eq!(page.returned("error").as_deref(), Some("invalid_request"));
        assert!(page.returned("error_description").unwrap().contains("prompt=create"));
    }

    // S39 S50
    async fn who_must_have_a_second_factor_is_led_to_one(db: TestDatabase) {
        let mails = MailServer::start().await;
        let by_mail = open(&mails);
        let server = TestServer::start_with(db, |config| {
            by_mail(config);
            config.second_factor.required_for_roles = vec!["member".to_owned()];
        }).await;
        let client = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        let login = browser.visit(&client.authorize_url(&[])).await;
        let form = browser.get(&format!("/sign-up?request={}", login.field("request"))).await;
        browser.submit(&form, &[("email", "ada@mail.example")]).await;
        let form = browser.get(&mails.next().await.link()).await;
        let page = browser.submit(&form, &filled("ada")).await;
        assert_eq!(page.url.path(), "/login/enrol", "{}", page.text());
        let page = browser.visit(&client.authorize_url(&[])).await;
        assert!(page.returned("code").is_none() && page.url.path().starts_with("/login/"), "{}", page.url);
    }
}
