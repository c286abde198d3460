//! Signing in: the form, wrong passwords and their limits, fresh sign-ins, several tabs, pages left open.

use std::time::{Duration, Instant};

use placet::admin::users::NewUser;
use placet::model::secret::Secret;
use scraper::{Html, Selector};

use super::support::requests::{altered, assert_refused, new_client};
use super::support::server::PASSWORD;
use super::support::{Browser, Client, Page, TestServer};
use crate::support::database::on_both;

/// One try on the sign-in page, in a new browser.
async fn attempt(server: &TestServer, username: &str, password: &str) -> Page {
    let mut browser = Browser::new(&server.url);
    try_in(&mut browser, username, password).await
}

async fn try_in(browser: &mut Browser, username: &str, password: &str) -> Page {
    let page = browser.get("/login").await;
    let csrf = page.field("csrf");
    browser
        .post(
            "/login",
            &[
                ("csrf", &csrf),
                ("username", username),
                ("password", password),
            ],
        )
        .await
}

/// Who the browser is signed in as, by its account page.
async fn whoami(browser: &mut Browser) -> Option<String> {
    let page = browser.get("/account").await;
    if page.status == 303 {
        assert_eq!(page.location().as_deref(), Some("/login"));
        return None;
    }
    let html = Html::parse_document(&page.body);
    let name = html
        .select(&Selector::parse("dl.facts dd").unwrap())
        .next()
        .unwrap();
    Some(name.text().collect())
}

async fn add(server: &TestServer, username: &str, email: &str, password: &str) {
    let password = Some(Secret::new(password.to_owned()));
    server
        .add_user_with(NewUser {
            username: username.to_owned(),
            email: Some(email.to_owned()),
            password,
            ..NewUser::default()
        })
        .await;
}

async fn auth_time(client: &Client, page: &Page) -> i64 {
    let tokens = client
        .redeem(
            &page
                .returned("code")
                .unwrap_or_else(|| panic!("{:?} {}", page.location(), page.body)),
        )
        .await;
    tokens.decoded().1["auth_time"].as_i64().unwrap()
}

on_both! {
    // S36
    async fn a_form_of_somewhere_else_signs_nobody_in(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let mut browser = Browser::new(&server.url);
        let stale = browser.get("/login").await.field("csrf");
        browser.cookies.clear();
        let mut other = Browser::new(&server.url);
        let foreign = other.get("/login").await.field("csrf");
        let own = browser.get("/login").await.field("csrf");
        let cookies = browser.cookies.clone();
        for csrf in ["", "x", stale.as_str(), &foreign] {
            let page = browser.post("/login", &[("csrf", csrf), ("username", "ada"), ("password", PASSWORD)]).await;
            assert_eq!((page.status.as_u16(), page.location()), (403, None), "{csrf:?}");
            assert_eq!(browser.cookies, cookies, "{csrf:?}");
        }
        for site in ["cross-site", "same-site"] {
            browser.headers = vec![("sec-fetch-site", site.to_owned())];
            let page = browser.post("/login", &[("csrf", &own), ("username", "ada"), ("password", PASSWORD)]).await;
            assert_eq!((page.status.as_u16(), browser.cookies == cookies), (403, true), "{site}");
        }
        browser.headers.clear();
        let mut bare = Browser::new(&server.url);
        let page = bare.post("/login", &[("csrf", &own), ("username", "ada"), ("password", PASSWORD)]).await;
        assert_eq!(page.status, 403, "without the cookie that the form belongs to");
        assert_eq!(server.database.count("sessions").await, 0);
        let page = browser.post("/login", &[("csrf", &own), ("username", "ada"), ("password", PASSWORD)]).await;
        assert_eq!(page.location().as_deref(), Some("/account"));
    }

    // S41
    async fn nobody_is_told_who_exists(db: TestDatabase) {
        let cost = |config: &mut placet::config::Config| {
            config.password_hash.memory_kib = 19_456;
            config.password_hash.iterations = 2;
            config.sign_in.attempts_per_account = 12;
        };
        let server = TestServer::start_with(db, cost).await;
        server.add_user("ada").await;
        server.add_user("eve").await;
        placet::admin::users::disable(&server.app, &TestServer::by(), "eve").await.unwrap();
        let shape = |page: &Page, name: &str| {
            // The value first: by chance it holds a name.
            let mut body = page.body.replace(&page.field("csrf"), "CSRF").replace(name, "NAME");
            body.retain(|c| c != '\r');
            let names: Vec<(String, String)> = page.headers.iter()
                .filter(|(name, _)| !["x-request-id", "date"].contains(&name.as_str()))
                .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
            (page.status, names, body)
        };
        let mut fastest = [Duration::MAX; 3];
        for round in 0..13 {
            let mut shapes = Vec::new();
            for (index, name) in ["ada", "bob", "eve"].into_iter().enumerate() {
                let password = if name == "eve" { PASSWORD } else { "a wrong password" };
                let mut browser = Browser::new(&server.url);
                let csrf = browser.get("/login").await.field("csrf");
                let started = Instant::now();
                let page = browser.post("/login", &[("csrf", &csrf), ("username", name), ("password", password)]).await;
                fastest[index] = fastest[index].min(if round < 12 { started.elapsed() } else { Duration::MAX });
                assert_eq!(page.status, if round < 12 { 200 } else { 429 });
                shapes.push(shape(&page, name));
            }
            assert_eq!(shapes[0], shapes[1], "wrong password, unknown user");
            assert_eq!(shapes[0], shapes[2], "disabled user with the right password");
        }
        let [wrong, unknown, disabled] = fastest;
        assert!(unknown * 2 > wrong && disabled * 2 > wrong, "{wrong:?} {unknown:?} {disabled:?}");
    }

    // S43 S46
    async fn wrong_passwords_are_counted_by_account_however_it_is_spelt(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()]).await;
        add(&server, "Zo\u{eb}", "zoe@mail.example", PASSWORD).await;
        let names = ["Zo\u{eb}", "zoe@mail.example", "ZO\u{cb}", "zoe\u{308}", " Zo\u{eb} ", "ZOE@Mail.Example", "\u{ff3a}o\u{eb}", "zo\u{eb}", "zO\u{eb}", "zoe@MAIL.example"];
        let mut attacker = Browser::new(&server.url);
        attacker.headers = vec![("x-forwarded-for", "203.0.113.9".to_owned())];
        for name in names {
            assert_eq!(try_in(&mut attacker, name, "wrong").await.status, 200, "{name}");
        }
        for name in names {
            let page = try_in(&mut attacker, name, PASSWORD).await;
            assert_eq!(page.status, 429, "{name}");
            assert!(page.header("retry-after").parse::<u64>().unwrap() <= 900);
        }
        // Elsewhere the person still gets in, and so does the attacker's own address once the window has ended.
        let mut victim = Browser::new(&server.url);
        victim.headers = vec![("x-forwarded-for", "198.51.100.7".to_owned())];
        assert_eq!(try_in(&mut victim, "zo\u{eb}", PASSWORD).await.status, 303);
        server.advance(15 * 60);
        assert_eq!(try_in(&mut attacker, "zo\u{eb}", PASSWORD).await.status, 303);
    }

    // S46
    async fn an_attack_from_everywhere_does_not_keep_the_person_out(db: TestDatabase) {
        let change = |config: &mut placet::config::Config| {
            config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
            config.sign_in.attempts_per_account_everywhere = 20;
        };
        let server = TestServer::start_with(db, change).await;
        server.add_user("ada").await;
        server.add_user("bob").await;
        let mut own = Browser::new(&server.url);
        own.headers = vec![("x-forwarded-for", "198.51.100.7".to_owned())];
        assert_eq!(try_in(&mut own, "ada", PASSWORD).await.status, 303);
        own.cookies.remove("placet_session");
        let mut attacker = Browser::new(&server.url);
        for n in 0..20 {
            attacker.headers = vec![("x-forwarded-for", format!("203.0.113.{n}"))];
            assert_eq!(try_in(&mut attacker, "ada", "wrong").await.status, 200);
        }
        attacker.headers = vec![("x-forwarded-for", "203.0.113.99".to_owned())];
        assert_eq!(try_in(&mut attacker, "ada", PASSWORD).await.status, 429, "guessing from many addresses is bounded");
        let mut bob = Browser::new(&server.url);
        assert_eq!(try_in(&mut bob, "bob", PASSWORD).await.status, 303, "of one account only");
        // A browser that the account knows gets in; the mark of another account, or a made-up one, does not help.
        assert_eq!(try_in(&mut own, "ada", PASSWORD).await.status, 303);
        let mark = own.cookies["placet_known"].clone();
        let unsigned = format!("{}{}", &mark[..60], altered(&mark[60..]));
        for known in [bob.cookies["placet_known"].clone(), "A".repeat(86), altered(&mark), unsigned] {
            attacker.cookies.insert("placet_known".to_owned(), known);
            assert_eq!(try_in(&mut attacker, "ada", PASSWORD).await.status, 429);
        }
        // Nor is the mark a free pass for guessing.
        attacker.cookies = own.cookies.clone();
        attacker.cookies.remove("placet_session");
        for _ in 0..10 {
            assert_eq!(try_in(&mut attacker, "ada", "wrong").await.status, 200);
        }
        assert_eq!(try_in(&mut attacker, "ada", PASSWORD).await.status, 429);
    }

    // S47 S48
    async fn a_password_is_taken_byte_for_byte(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| config.sign_in.attempts_per_account = 1000).await;
        let long = "pass word ".repeat(10);
        let unicode = "Gr\u{fc}\u{df}e \u{1f511} \u{5b57}\u{5b57}\u{5b57} e\u{301}";
        let longest = "kite 7 zebra lamp ".repeat(57)[..1024].to_owned();
        for (user, password) in [("ada", PASSWORD), ("bob", long.as_str()), ("eve", unicode), ("max", &longest)] {
            add(&server, user, &format!("{user}@mail.example"), password).await;
            assert_eq!(attempt(&server, user, password).await.status, 303, "{user}");
        }
        let (nul, blank, upper) = (format!("{PASSWORD}\0"), format!("{PASSWORD} "), PASSWORD.to_uppercase());
        let too_long = "x".repeat(1025);
        for (user, password) in [
            ("ada", blank.as_str()), ("ada", &nul), ("ada", &upper), ("ada", ""), ("bob", &long[..72]), ("bob", long.trim_end()),
            ("eve", "Gr\u{fc}\u{df}e \u{1f511} \u{5b57}\u{5b57}\u{5b57} \u{e9}"), ("eve", "Gru\u{308}\u{df}e \u{1f511} \u{5b57}\u{5b57}\u{5b57} e\u{301}"),
            ("max", &longest[1..]), ("max", &too_long),
        ] {
            let page = attempt(&server, user, password).await;
            assert_eq!((page.status.as_u16(), page.location()), (200, None), "{user} {password:?}");
            assert!(page.text().contains("That username and password do not match."));
        }
    }

    // S48
    async fn an_enormous_password_is_not_hashed(db: TestDatabase) {
        let cost = |config: &mut placet::config::Config| {
            config.password_hash.memory_kib = 64 * 1024;
            config.password_hash.iterations = 6;
        };
        let server = TestServer::start_with(db, cost).await;
        server.add_user("ada").await;
        let mut browser = Browser::new(&server.url);
        let started = Instant::now();
        assert_eq!(try_in(&mut browser, "ada", "short and wrong").await.status, 200);
        let hashing = started.elapsed();
        for (length, status) in [(1025, 200), (50_000, 200), (1 << 20, 413)] {
            let mut fastest = Duration::MAX;
            for _ in 0..2 {
                let started = Instant::now();
                let page = try_in(&mut browser, "ada", &"x".repeat(length)).await;
                assert_eq!((page.status.as_u16(), page.location()), (status, None), "{length}");
                fastest = fastest.min(started.elapsed());
            }
            assert!(fastest * 2 < hashing, "{length}: {fastest:?}, a hash takes {hashing:?}");
        }
    }

    // S24, prompt=login and max_age
    async fn a_fresh_sign_in_is_fresh(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        server.add_user("bob").await;
        let client = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        let first = auth_time(&client, &client.sign_in(&mut browser, "ada", &[]).await).await;
        server.advance(100);
        assert_eq!(auth_time(&client, &browser.visit(&client.authorize_url(&[])).await).await, first);
        assert_eq!(auth_time(&client, &browser.visit(&client.authorize_url(&[("max_age", "100")])).await).await, first);
        let mut last = first;
        for more in [("prompt", "login"), ("max_age", "99"), ("max_age", "0")] {
            server.advance(100);
            let page = browser.visit(&client.authorize_url(&[more])).await;
            assert_eq!(page.heading_kind(), "login", "{more:?}");
            // Cancelled, or tried with a wrong password: nobody else is signed in, and nothing is issued.
            let wrong = browser.submit(&page, &[("username", "bob"), ("password", "wrong")]).await;
            assert_eq!(wrong.heading_kind(), "login");
            let cancelled = browser.submit(&wrong, &[("decision", "deny")]).await;
            assert_refused(&cancelled, &server.url, "access_denied", "cancelled");
            assert_eq!(whoami(&mut browser).await.as_deref(), Some("ada"));
            let back = browser.visit(&format!("/authorize/continue?request={}", page.field("request"))).await;
            assert_eq!(back.heading_kind(), "login", "the step is not skipped: {more:?}");
            server.advance(10);
            let page = browser.log_in(&page, "ada").await;
            let now = auth_time(&client, &page).await;
            assert!(now >= last + 110, "{more:?}: {now} {last}");
            last = now;
        }
        // Signed in as someone else: the answer is about them, and so is the session.
        server.advance(10);
        let page = browser.visit(&client.authorize_url(&[("prompt", "login")])).await;
        let page = browser.log_in(&page, "bob").await;
        assert_eq!(page.heading_kind(), "consent", "ada's consent is not bob's");
        assert_eq!(whoami(&mut browser).await.as_deref(), Some("bob"));
    }

    // default_max_age, login_hint
    async fn registered_and_sent_hints(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let mut new = new_client("Bank", &["https://bank.example/cb"]);
        new.fields.default_max_age = Some(Some(60));
        let client = server.add_client(new).await;
        let mut browser = Browser::new(&server.url);
        let page = browser.visit(&client.authorize_url(&[("login_hint", "ada")])).await;
        assert_eq!(page.field("username"), "ada");
        assert!(page.text().contains("Sign in to continue to Bank"));
        let page = browser.log_in(&page, "ada").await;
        browser.approve(&page).await;
        server.advance(61);
        assert_eq!(browser.visit(&client.authorize_url(&[])).await.heading_kind(), "login");
        assert!(browser.visit(&client.authorize_url(&[("max_age", "3600")])).await.returned("code").is_some());
    }

    // prompt=select_account
    async fn the_person_chooses_the_account(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        server.add_user("bob").await;
        let client = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        let url = client.authorize_url(&[("prompt", "select_account")]);
        client.sign_in(&mut browser, "ada", &[]).await;
        server.advance(5);
        let page = browser.visit(&url).await;
        assert_eq!(page.heading_kind(), "choose-account");
        assert!(page.text().contains("Continue as ada"));
        let back = browser.visit(&format!("/consent?request={}", page.field("request"))).await;
        assert_eq!(back.heading_kind(), "choose-account", "not skipped");
        let cancelled = browser.submit(&page, &[("decision", "deny")]).await;
        assert_refused(&cancelled, &server.url, "access_denied", "cancelled");
        let forged = browser.submit(&page, &[("csrf", "x"), ("account", "current")]).await;
        assert_eq!(forged.heading_kind(), "choose-account");
        assert!(browser.submit(&page, &[("account", "current")]).await.returned("code").is_some());
        let page = browser.visit(&url).await;
        let page = browser.submit(&page, &[("account", "other")]).await;
        assert_eq!((page.heading_kind(), page.field("username")), ("login".to_owned(), String::new()));
        assert!(!page.text().contains("show that it is you"), "it is somebody else: {}", page.text());
        let page = browser.log_in(&page, "bob").await;
        assert_eq!(page.heading_kind(), "consent");
        assert!(page.text().contains("bob"));
        // "Not you?" on the consent page
        let away = page.body.split('"').find(|part| part.starts_with("/login?request=")).unwrap().replace("&#38;", "&");
        let page = browser.visit(&away).await;
        assert_eq!((page.heading_kind(), page.field("username")), ("login".to_owned(), String::new()));
        let page = browser.log_in(&page, "ada").await;
        assert!(page.returned("code").is_some(), "ada has allowed it before");
    }

    // S39, two tabs
    async fn two_tabs_do_not_disturb_each_other(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        for is_first_finished_first in [true, false] {
            let one = server.web_client().await;
            let two = server.public_client().await;
            let mut browser = Browser::new(&server.url);
            let page_one = browser.visit(&one.authorize_url(&[("state", "one")])).await;
            let page_two = browser.visit(&two.authorize_url(&[("state", "two")])).await;
            server.advance(5);
            let mut tabs = [(page_one, "one"), (page_two, "two")];
            if !is_first_finished_first {
                tabs.reverse();
            }
            let [(first, first_state), (second, second_state)] = tabs;
            // The other tab still shows the sign-in page when the first is past it; both go on to their own end.
            let first = browser.log_in(&first, "ada").await;
            let second = browser.log_in(&second, "ada").await;
            assert_eq!((first.heading_kind(), second.heading_kind()), ("consent".to_owned(), "consent".to_owned()));
            let second = browser.approve(&second).await;
            let first = browser.approve(&first).await;
            assert_eq!(first.returned("state").as_deref(), Some(first_state));
            assert_eq!(second.returned("state").as_deref(), Some(second_state));
            assert!(first.returned("code").is_some() && second.returned("code").is_some());
        }
    }

    // A page left open
    async fn a_page_may_stay_open_for_a_while(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let mut new = new_client("Photo Printer", &["https://app.example/callback"]);
        new.fields.client_uri = Some("https://printer.example/".to_owned());
        let client = server.add_client(new).await;
        let mut browser = Browser::new(&server.url);
        let page = browser.visit(&client.authorize_url(&[])).await;
        server.advance(20 * 60);
        let page = browser.log_in(&page, "ada").await;
        server.advance(20 * 60);
        let page = browser.approve(&page).await;
        assert!(client.redeem(&page.returned("code").unwrap()).await.status == 200);
        for is_signed_in in [true, false] {
            if !is_signed_in {
                browser.cookies.clear();
            }
            let page = browser.visit(&client.authorize_url(&[("prompt", "consent")])).await;
            server.advance(60 * 60);
            let sent = if is_signed_in { [("decision", "allow"), ("x", "")] } else { [("username", "ada"), ("password", PASSWORD)] };
            let late = browser.submit(&page, &sent).await;
            assert_eq!((late.status.as_u16(), late.location()), (400, None));
            assert!(late.text().contains("This page was open for a long time"), "{}", late.text());
            assert!(late.body.contains("href=\"https://printer.example/\"") && late.text().contains("Back to Photo Printer"));
            let reloaded = browser.visit(page.url.as_str()).await;
            assert!(reloaded.text().contains("This page was open for a long time"));
        }
    }
}
