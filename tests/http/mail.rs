//! Mail over the wire: how it looks, how it leaves, what becomes of it where it cannot; and the links in it, each good once.

use std::time::{Duration, Instant};

use placet::admin::users::{self, Delivery, NewUser};
use placet::config::Config;
use placet::identity::login::Place;
use placet::identity::notices::{self, Factor, Notice};
use placet::model::language::Language;
use placet::model::user::User;

use super::log_secrets;
use super::support::server::PASSWORD;
use super::support::{Browser, Page, TestServer};
use crate::support::database::{TestDatabase, on_both};
use crate::support::listener::{acceptor, tls_file};
use crate::support::smtp::{Mail, MailServer};

const NEW_PASSWORD: &str = "another horse, another battery";

pub(super) fn by(mails: &MailServer) -> impl FnOnce(&mut Config) {
    let url = mails.url();
    move |config| by_url(config, &url)
}

fn by_url(config: &mut Config, url: &str) {
    config.mail.transport = placet::config::MailTransport::Smtp;
    config.mail.from = Some("Acme <id@acme.example>".parse().unwrap());
    config.mail.smtp_url = Some(url.parse().unwrap());
}

pub(super) async fn add(server: &TestServer, username: &str) -> User {
    server
        .add_user_with(NewUser {
            username: username.to_owned(),
            email: Some(format!("{username}@mail.example")),
            ..NewUser::default()
        })
        .await;
    find(server, username).await
}

async fn find(server: &TestServer, username: &str) -> User {
    let found = server.app.store.find_user_by_name(username).await;
    found.unwrap().unwrap()
}

/// Asks for a link on the page, and follows to its end.
async fn forget(server: &TestServer, name: &str) -> Page {
    let mut browser = Browser::new(&server.url);
    let page = browser.get("/forgot").await;
    browser.submit(&page, &[("name", name)]).await
}

/// Opens a link and sends its form.
async fn set(browser: &mut Browser, link: &str, fields: &[(&str, &str)]) -> Page {
    let page = browser.get(link).await;
    assert_eq!(page.status, 200, "{}", page.text());
    browser.submit(&page, fields).await
}

async fn sign_in(server: &TestServer, username: &str, password: &str) -> Option<Browser> {
    let mut browser = Browser::new(&server.url);
    let page = browser.get("/login").await;
    let page = browser
        .submit(&page, &[("username", username), ("password", password)])
        .await;
    (page.url.path() == "/account").then_some(browser)
}

/// What the audit log says of links.
async fn kinds(server: &TestServer) -> Vec<String> {
    let all = "SELECT kind FROM audit_events WHERE kind LIKE 'password%' OR kind LIKE 'email%' ORDER BY seq";
    server.database.texts(all.to_owned()).await
}

fn place() -> Place {
    Place {
        address: Some("192.0.2.7".parse().unwrap()),
        user_agent: Some(
            "Your account is locked: https://evil.example/unlock Firefox/128.0 <b>".to_owned(),
        ),
        ..Place::default()
    }
}

on_both! {
    // S42 S60 S61
    async fn a_forgotten_password_is_set_by_a_link(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, by(&mails)).await;
        add(&server, "ada").await;
        let mut elsewhere = sign_in(&server, "ada", PASSWORD).await.unwrap();
        let mut browser = Browser::new(&server.url);
        browser.headers = vec![
            ("host", "evil.example".to_owned()),
            ("x-forwarded-host", "evil.example".to_owned()),
            ("forwarded", "host=evil.example".to_owned()),
        ];
        let page = browser.get("/forgot").await;
        assert!(browser.get("/login").await.body.contains("href=\"/forgot\""));
        let sent = browser.submit(&page, &[("name", " ADA@Mail.example ")]).await;
        assert!(sent.text().contains("Check your e-mail"), "{}", sent.text());
        let mail = mails.next().await;
        assert_eq!(mail.to, ["ada@mail.example"]);
        assert_eq!(mail.header("From"), "Acme <id@acme.example>");
        assert_eq!(mail.header("Subject"), "Set a new password for Placet");
        assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
        assert!(mail.link().starts_with(&format!("{}/reset?token=placet_ml_", server.url)), "{}", mail.link());
        assert!(!mail.raw.contains("evil"), "{}", mail.raw);
        assert_eq!(mails.hellos(), ["EHLO [127.0.0.1]"], "RFC 5321 §4.1.3");

        let mut browser = Browser::new(&server.url);
        for _ in 0..3 {
            let page = browser.get(&mail.link()).await;
            assert_eq!((page.status.as_u16(), page.header("referrer-policy")), (200, "no-referrer"), "looking uses nothing up");
        }
        let page = set(&mut browser, &mail.link(), &[("password", "short")]).await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains("at least 8 characters"), "{}", page.text());
        for bad in ["ada@mail.example", "password1"] {
            assert_eq!(set(&mut browser, &mail.link(), &[("password", bad)]).await.status, 422, "{bad}");
        }
        let done = set(&mut browser, &mail.link(), &[("password", NEW_PASSWORD)]).await;
        assert!(done.text().contains("The new password is set"), "{}", done.text());
        for way in ["/account/apps", "/account/security"] {
            assert!(done.body.contains(&format!("<a href=\"{way}\">")), "what it does not end: {}", done.body);
        }
        assert_eq!(browser.get(&mail.link()).await.status, 410, "used");
        assert_eq!(elsewhere.get("/account").await.status, 303, "signed out everywhere");
        assert!(sign_in(&server, "ada", PASSWORD).await.is_none());
        assert!(sign_in(&server, "ada", NEW_PASSWORD).await.is_some());
        let told = mails.next().await;
        assert_eq!(told.header("Subject"), "Your password at Placet was changed");
        assert!(told.text().contains("127.0.0.1"), "{}", told.text());
        server.wait_for_rows("outgoing_mails", 0).await;
        // S172
        assert_eq!(kinds(&server).await, ["password_reset_requested", "password_reset"]);
    }

    // S60
    async fn sessions_stay_where_that_is_wished(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, by(&mails)).await;
        add(&server, "ada").await;
        let mut elsewhere = sign_in(&server, "ada", PASSWORD).await.unwrap();
        forget(&server, "ada").await;
        let link = mails.next().await.link();
        let mut browser = Browser::new(&server.url);
        let page = browser.get(&link).await;
        let (_, fields) = page.form();
        let kept: Vec<_> = fields.iter().filter(|(name, _)| name != "end_sessions" && name != "password")
            .map(|(name, value)| (name.as_str(), value.as_str())).chain([("password", NEW_PASSWORD)]).collect();
        assert_eq!(browser.post("/reset", &kept).await.status, 200);
        assert_eq!(elsewhere.get("/account").await.status, 200);
    }

    // S42
    async fn nobody_is_told_who_has_an_account(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, by(&mails)).await;
        add(&server, "ada").await;
        add(&server, "eve").await;
        server.add_user("bob").await;
        users::disable(&server.app, &TestServer::by(), "eve").await.unwrap();
        let mut shapes = Vec::new();
        for name in ["ada", "nobody", "eve", "bob", "ada@mail.example", "nobody@mail.example", "x\0y"] {
            let mut browser = Browser::new(&server.url);
            let csrf = browser.get("/forgot").await.field("csrf");
            let page = browser.post("/forgot", &[("csrf", &csrf), ("name", name)]).await;
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
        for _ in 0..2 {
            assert_eq!(mails.next().await.to, ["ada@mail.example"]);
        }
        // The tables tell when the last one is done.
        server.wait_for_rows("outgoing_mails", 0).await;
        assert!(mails.take().is_empty(), "nothing for those who are disabled or not there");
        assert_eq!(server.database.count("mailed_links").await, 1, "the newer of the two");
    }

    async fn asking_too_often_is_held_back(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, by(&mails)).await;
        add(&server, "ada").await;
        for round in 0..20 {
            let name = if round % 2 == 0 { "ada" } else { "ada@mail.example" };
            assert_eq!(forget(&server, name).await.status, 200, "{round}");
        }
        let page = forget(&server, "ada").await;
        assert_eq!((page.status.as_u16(), page.header("retry-after")), (429, "3600"));
        for _ in 0..5 {
            mails.next().await;
        }
        server.wait_for_rows("outgoing_mails", 0).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert!(mails.take().is_empty(), "five an hour for one person");
        server.advance(3601);
        assert_eq!(forget(&server, "ada").await.status, 200);
        mails.next().await;
    }

    async fn of_many_who_use_a_link_at_once_one_does(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, by(&mails)).await;
        add(&server, "ada").await;
        forget(&server, "ada").await;
        let link = mails.next().await.link();
        let mut forms = Vec::new();
        for number in 0..16 {
            let mut browser = Browser::new(&server.url);
            let page = browser.get(&link).await;
            forms.push(async move { browser.submit(&page, &[("password", &format!("the password number {number}"))]).await.status.as_u16() });
        }
        let mut answers = futures_util::future::join_all(forms).await;
        answers.sort_unstable();
        assert_eq!((answers[0], answers[1], answers[15]), (200, 410, 410), "{answers:?}");
        let mut working = 0;
        for number in 0..16 {
            working += usize::from(sign_in(&server, "ada", &format!("the password number {number}")).await.is_some());
            server.advance(901);
        }
        assert_eq!(working, 1);
    }

    async fn a_link_dies_with_time_with_a_newer_one_and_with_its_person(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, by(&mails)).await;
        add(&server, "ada").await;
        let mut browser = Browser::new(&server.url);
        let fresh = async || {
            forget(&server, "ada").await;
            mails.next().await.link()
        };
        let first = fresh().await;
        let second = fresh().await;
        assert_eq!(browser.get(&first).await.status, 410, "a newer one was sent");
        server.advance(30 * 60 - 1);
        assert_eq!(browser.get(&second).await.status, 200);
        server.advance(1);
        assert_eq!(browser.get(&second).await.status, 410, "half an hour");
        let third = fresh().await;
        let form = browser.get(&third).await;
        let (pool, by) = (&server.identity.passwords, TestServer::by());
        users::set_password(&server.app, pool, &by, "ada", placet::model::secret::Secret::new(NEW_PASSWORD.to_owned())).await.unwrap();
        assert_eq!(browser.submit(&form, &[("password", "yet another one")]).await.status, 410, "another password was set");
        assert_eq!(mails.next().await.header("Subject"), "Your password at Placet was changed");
        let fourth = fresh().await;
        let form = browser.get(&fourth).await;
        users::disable(&server.app, &by, "ada").await.unwrap();
        assert_eq!(browser.get(&fourth).await.status, 410, "disabled");
        assert_eq!(browser.submit(&form, &[("password", "yet another one")]).await.status, 410, "disabled");
        users::enable(&server.app, &by, "ada").await.unwrap();
        for forged in ["", "placet_ml_", "x", &"placet_ml_".repeat(100), "placet_ml_%00"] {
            assert_eq!(browser.get(&format!("/reset?token={forged}")).await.status, 410, "{forged}");
        }
        assert!(sign_in(&server, "ada", NEW_PASSWORD).await.is_some());
    }

    // S36
    async fn a_form_of_somewhere_else_sets_nothing(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, by(&mails)).await;
        add(&server, "ada").await;
        forget(&server, "ada").await;
        let (link, token) = { let mail = mails.next().await; (mail.link(), mail.token()) };
        let mut browser = Browser::new(&server.url);
        let csrf = browser.get(&link).await.field("csrf");
        let mut other = Browser::new(&server.url);
        for sent in ["", "x", &csrf] {
            let page = other.post("/reset", &[("csrf", sent), ("token", &token), ("password", NEW_PASSWORD)]).await;
            assert_eq!(page.status, 403);
        }
        browser.headers = vec![("sec-fetch-site", "cross-site".to_owned())];
        let page = browser.post("/reset", &[("csrf", &csrf), ("token", &token), ("password", NEW_PASSWORD)]).await;
        assert_eq!(page.status, 403);
        assert!(sign_in(&server, "ada", PASSWORD).await.is_some());
    }

    async fn an_administrator_hands_a_link_over_or_mails_it(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, by(&mails)).await;
        add(&server, "ada").await;
        server.add_user("bob").await;
        let by = TestServer::by();
        let link = users::reset_link(&server.app, &by, "bob", Delivery::ByHand).await.unwrap();
        let mut browser = Browser::new(&server.url);
        assert_eq!(set(&mut browser, link.url.expose(), &[("password", NEW_PASSWORD)]).await.status, 200);
        assert!(sign_in(&server, "bob", NEW_PASSWORD).await.is_some());
        assert!(users::reset_link(&server.app, &by, "bob", Delivery::Mail).await.unwrap_err().to_string().contains("no e-mail address"));
        users::reset_link(&server.app, &by, "ada", Delivery::Mail).await.unwrap();
        let mail = mails.next().await;
        assert!(mail.text().contains("send ada this link"), "{}", mail.text());
        users::disable(&server.app, &by, "ada").await.unwrap();
        assert!(users::reset_link(&server.app, &by, "ada", Delivery::ByHand).await.is_err());
    }

    async fn without_mail_nothing_is_offered(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let ada = add(&server, "ada").await;
        let mut browser = Browser::new(&server.url);
        assert_eq!(browser.get("/forgot").await.status, 404);
        assert_eq!(browser.post("/forgot", &[("name", "ada")]).await.status, 404);
        assert!(!browser.get("/login").await.body.contains("/forgot"));
        notices::tell(&server.app, &ada, Notice::PasswordChanged, &place()).await.unwrap();
        assert_eq!(server.database.count("outgoing_mails").await, 0);
        let link = users::reset_link(&server.app, &TestServer::by(), "ada", Delivery::ByHand).await.unwrap();
        assert_eq!(browser.get(link.url.expose()).await.status, 200, "handed over, it works all the same");
    }

    async fn another_address_counts_once_its_link_is_opened(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, by(&mails)).await;
        let ada = add(&server, "ada").await;
        let mut browser = sign_in(&server, "ada", PASSWORD).await.unwrap();
        let asked = placet::identity::links::ask_address(&server.app, &ada, "ada@new.example", &place()).await.unwrap();
        assert_eq!(asked, placet::identity::links::Asked::Sent);
        let mail = mails.next().await;
        assert_eq!((mail.to.as_slice(), mail.header("Subject").as_str()), (["ada@new.example".to_owned()].as_slice(), "Is this your address at Placet?"));
        assert_eq!(kinds(&server).await, ["email_change_requested"]);
        let pending = server.app.store.pending_email(ada.id, server.app.clock.now()).await.unwrap();
        assert_eq!(pending.as_deref(), Some("ada@new.example"));
        for _ in 0..2 {
            assert_eq!(browser.get(&mail.link()).await.status, 200);
        }
        assert_eq!(find(&server, "ada").await.email.as_deref(), Some("ada@mail.example"), "looking changes nothing");
        let done = set(&mut browser, &mail.link(), &[]).await;
        assert!(done.text().contains("The address is yours"), "{}", done.text());
        let now = find(&server, "ada").await;
        assert_eq!((now.email.as_deref(), now.is_email_verified), (Some("ada@new.example"), true));
        assert_eq!(kinds(&server).await, ["email_change_requested", "email_verified"]);
        let told = mails.next().await;
        assert_eq!((told.to.as_slice(), told.header("Subject").as_str()), (["ada@mail.example".to_owned()].as_slice(), "Your address at Placet was changed"));
        assert_eq!(browser.get(&mail.link()).await.status, 410);
        // Of their own address it only shows that it is theirs.
        users::change(&server.app, &TestServer::by(), "ada", users::UserFields { is_email_verified: Some(false), ..users::UserFields::default() }).await.unwrap();
        placet::identity::links::ask_address(&server.app, &now, "ada@new.example", &place()).await.unwrap();
        set(&mut browser, &mails.next().await.link(), &[]).await;
        assert!(find(&server, "ada").await.is_email_verified);
        server.wait_for_rows("outgoing_mails", 0).await;
        assert!(mails.take().is_empty());
    }

    async fn the_account_page_asks_for_another_address(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, by(&mails)).await;
        add(&server, "ada").await;
        let mut browser = sign_in(&server, "ada", PASSWORD).await.unwrap();
        let page = browser.get("/account/email").await;
        assert!(page.text().contains("ada@mail.example"), "{}", page.text());
        let form = |page: &Page| {
            let csrf = scraper::Html::parse_document(&page.body);
            let found = scraper::Selector::parse("form[action='/account/email'] input[name=csrf]").unwrap();
            csrf.select(&found).next().unwrap().attr("value").unwrap().to_owned()
        };
        let csrf = form(&page);
        let bad = browser.post("/account/email", &[("csrf", &csrf), ("email", "ada@x\r\nBcc: y@z")]).await;
        assert_eq!(bad.status, 422);
        let forged = browser.post("/account/email", &[("csrf", "x"), ("email", "eve@evil.example")]).await;
        assert_eq!(forged.status, 403);
        let page = browser.post("/account/email", &[("csrf", &csrf), ("email", "ada@new.example")]).await;
        let page = browser.follow(page).await;
        assert!(page.text().contains("A link is on its way to ada@new.example") && page.text().contains("Until it is opened, nothing changes"), "{}", page.text());
        assert!(!page.text().contains("A link went to"), "said once: {}", page.text());
        assert!(browser.get("/account/email").await.text().contains("A link went to ada@new.example"));
        let page = browser.get("/account/verify-email?answer=no").await;
        assert!(page.text().contains("Nothing was changed"), "{}", page.text());
        assert_eq!(find(&server, "ada").await.email.as_deref(), Some("ada@mail.example"));
        set(&mut browser, &mails.next().await.link(), &[]).await;
        assert_eq!(find(&server, "ada").await.email.as_deref(), Some("ada@new.example"));
        server.advance(601);
        let again = browser.get("/account/email").await;
        assert_eq!(again.status, 303, "they must have shown lately who they are");
        let again = browser.post("/account/email", &[("csrf", &csrf), ("email", "eve@evil.example")]).await;
        assert_eq!((again.status.as_u16(), server.database.count("mailed_links").await), (303, 0));
    }

    async fn a_new_browser_is_told_of_and_a_known_one_is_not(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, by(&mails)).await;
        add(&server, "ada").await;
        let mut first = sign_in(&server, "ada", PASSWORD).await.unwrap();
        first.cookies.remove("placet_session");
        let page = first.get("/login").await;
        first.log_in(&page, "ada").await;
        server.wait_for_rows("outgoing_mails", 0).await;
        assert!(mails.take().is_empty(), "the first sign-in, and the same browser once more");
        sign_in(&server, "ada", PASSWORD).await.unwrap();
        let mail = mails.next().await;
        assert_eq!(mail.header("Subject"), "A new sign-in at Placet");
        assert!(mail.text().contains("127.0.0.1"), "{}", mail.text());
        assert!(sign_in(&server, "ada", "a wrong password").await.is_none());
        server.wait_for_rows("outgoing_mails", 0).await;
        assert!(mails.take().is_empty(), "nobody signed in");
    }

    // Whoever asks may name anybody's address: its owner reads no word of theirs, and presses no button for them.
    async fn a_link_to_a_foreign_address_serves_nobody_else(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, by(&mails)).await;
        let name = "Security team: https://evil.example/now";
        server.add_user_with(NewUser { username: "evil.example".to_owned(), name: Some(name.to_owned()), ..NewUser::default() }).await;
        add(&server, "bob").await;
        let mut eve = sign_in(&server, "evil.example", PASSWORD).await.unwrap();
        let page = eve.get("/account/email").await;
        let csrf = {
            let html = scraper::Html::parse_document(&page.body);
            let found = scraper::Selector::parse("form[action='/account/email'] input[name=csrf]").unwrap();
            html.select(&found).next().unwrap().attr("value").unwrap().to_owned()
        };
        eve.post("/account/email", &[("csrf", &csrf), ("email", "victim@mail.example")]).await;
        let mail = mails.next().await;
        assert_eq!(mail.to, ["victim@mail.example"]);
        for part in [mail.text(), mail.html(), mail.header("Subject")] {
            assert!(!part.contains("evil") && !part.contains("Security team"), "{part}");
        }
        let (link, token) = (mail.link(), mail.token());
        assert!(link.starts_with(&format!("{}/account/verify-email?token=", server.url)), "{link}");
        let form = eve.get(&link).await;
        let (csrf, unchanged) = (form.field("csrf"), async || find(&server, "evil.example").await.email.is_none());
        // The owner of the address is not signed in, or as somebody else.
        let mut stranger = Browser::new(&server.url);
        let back: String = url::form_urlencoded::byte_serialize(format!("/account/verify-email?token={token}").as_bytes()).collect();
        assert_eq!(stranger.get(&link).await.location(), Some(format!("/login?return_to={back}")));
        let posted = stranger.post("/account/verify-email", &[("csrf", &csrf), ("token", &token)]).await;
        assert_eq!((posted.status.as_u16(), unchanged().await), (303, true));
        let mut bob = sign_in(&server, "bob", PASSWORD).await.unwrap();
        let page = bob.get(&link).await;
        assert_eq!(page.status, 403);
        assert!(page.text().contains("for another account") && page.text().contains("signed in as bob"), "{}", page.text());
        let of_bob = { placet::identity::links::ask_address(&server.app, &find(&server, "bob").await, "bob@new.example", &place()).await.unwrap(); mails.next().await };
        let own = bob.get(&of_bob.link()).await.field("csrf");
        for (sent, status) in [(&own, 403), (&csrf, 403), (&String::new(), 403)] {
            let posted = bob.post("/account/verify-email", &[("csrf", sent), ("token", &token)]).await;
            assert_eq!((posted.status.as_u16(), unchanged().await), (status, true));
        }
        assert!(!find(&server, "bob").await.is_email_verified);
        // After the sign-in it goes on where it was.
        let page = stranger.visit(&link).await;
        let page = stranger.log_in(&page, "bob").await;
        assert_eq!((page.status.as_u16(), page.url.path()), (403, "/account/verify-email"));
        assert_eq!(bob.get("/account/verify-email").await.location().as_deref(), Some("/account"));
        // Who asked for it may use it.
        let done = eve.submit(&form, &[]).await;
        assert!(done.text().contains("The address is yours"), "{}", done.text());
    }

    async fn an_address_of_somebody_else_is_not_taken(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, by(&mails)).await;
        let (ada, _) = (add(&server, "ada").await, add(&server, "bob").await);
        placet::identity::links::ask_address(&server.app, &ada, "BOB@mail.example", &place()).await.unwrap();
        let mut browser = sign_in(&server, "ada", PASSWORD).await.unwrap();
        let page = set(&mut browser, &mails.next().await.link(), &[]).await;
        assert_eq!(page.status, 409, "{}", page.text());
        assert!(page.text().contains("belongs to another account here by now"), "{}", page.text());
        assert!(page.text().contains("This address cannot be used") && !page.text().contains("Is this your address?"), "{}", page.text());
        assert!(!page.text().contains("Yes, it is mine") && page.body.contains("href=\"/account\""), "{}", page.body);
        assert_eq!(find(&server, "ada").await.email.as_deref(), Some("ada@mail.example"));
    }

    // Never in the language, nor in the words, of whoever sends the request: it may be a thief.
    async fn notices_say_what_and_whence_in_the_persons_language(db: TestDatabase) {
        let mails = MailServer::start().await;
        let mail = by(&mails);
        let server = TestServer::start_with(db, |config| {
            mail(config);
            config.language = Language::German;
        })
        .await;
        let mut ada = add(&server, "ada").await;
        ada.locale = Some("en-GB".to_owned());
        ada.name = Some("<script>alert(1)</script>\u{202e}".to_owned());
        let all = [
            Notice::NewDevice, Notice::PasswordChanged, Notice::NewApp { client_name: "<img src=x>", is_unchecked: true },
            Notice::FactorAdded { factor: Factor::Passkey }, Notice::FactorAdded { factor: Factor::Totp }, Notice::FactorRemoved { factor: Factor::Passkey },
            Notice::FactorRemoved { factor: Factor::Totp }, Notice::FactorRemoved { factor: Factor::All }, Notice::CodesRenewed, Notice::CodeUsed, Notice::CodesThrottled, Notice::AddressChanged { old: "old@mail.example" },
        ];
        for notice in all {
            notices::tell(&server.app, &ada, notice, &place()).await.unwrap();
            let mail = mails.next().await;
            let (text, html) = (mail.text(), mail.html());
            assert!(html.contains("<html lang=\"en\" dir=\"ltr\">"), "{html}");
            assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("style=") && !html.contains(" src=\""), "{html}");
            assert!(text.contains("192.0.2.7") && html.contains("With the browser: <bdi>Firefox</bdi>") && !text.contains("evil.example"), "{notice:?} {html}");
            let (passkey, app) = (text.contains("asskey"), text.contains("uthenticator app"));
            if let Notice::FactorAdded { factor } | Notice::FactorRemoved { factor } = notice {
                assert_eq!((passkey, app), (factor != Factor::Totp, factor != Factor::Passkey), "{text}");
            }
            assert!(text.contains("15 January 2027"), "{text}");
            let expected = if matches!(notice, Notice::AddressChanged { .. }) { "old@mail.example" } else { "ada@mail.example" };
            assert_eq!(mail.to, [expected]);
        }
        for (locale, accepts, lang) in [(Some("ja"), Some("fr"), "ja"), (None, Some("zh-CN"), "de"), (None, None, "de")] {
            ada.locale = locale.map(ToOwned::to_owned);
            let from = Place { accept_language: accepts.map(ToOwned::to_owned), ..place() };
            notices::tell(&server.app, &ada, Notice::NewDevice, &from).await.unwrap();
            let mail = mails.next().await;
            assert_eq!(mail.header("Content-Language"), lang);
            assert!(mail.html().contains(&format!("<html lang=\"{lang}\"")));
        }
    }

    // S179 S180
    async fn what_is_refused_is_tried_again_and_given_up(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, by(&mails)).await;
        let ada = add(&server, "ada").await;
        mails.refuse(451);
        notices::tell(&server.app, &ada, Notice::PasswordChanged, &place()).await.unwrap();
        mails.wait_for_attempts(1).await;
        server.wait_for_figure(FAILED, 1).await;
        server.advance(29);
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert_eq!(mails.attempts(), 1, "it rests");
        server.advance(1);
        mails.wait_for_attempts(2).await;
        server.wait_for_figure(FAILED, 2).await;
        mails.refuse(0);
        server.advance(60);
        mails.next().await;
        server.wait_for_rows("outgoing_mails", 0).await;
        assert_eq!(server.figure(SENT).await, 1);
        // For good.
        mails.refuse(550);
        notices::tell(&server.app, &ada, Notice::PasswordChanged, &place()).await.unwrap();
        server.wait_for_figure(GIVEN_UP, 1).await;
        assert_eq!(mails.attempts(), 4, "not again");
        // Never taken: a day, then no more.
        mails.refuse(451);
        notices::tell(&server.app, &ada, Notice::PasswordChanged, &place()).await.unwrap();
        for (attempts, rest) in [30, 60, 300, 900, 3600, 10_800, 21_600, 43_200, 86_400].into_iter().enumerate() {
            server.wait_for_figure(FAILED, 4 + attempts as u64).await;
            server.advance(rest);
            if server.figure(GIVEN_UP).await == 2 {
                break;
            }
        }
        server.wait_for_figure(GIVEN_UP, 2).await;
        server.wait_for_rows("outgoing_mails", 0).await;
        let details = server.database.texts("SELECT CAST(detail AS TEXT) FROM audit_events WHERE kind = 'mail_given_up' ORDER BY at".to_owned()).await;
        assert_eq!(details.len(), 2);
        assert!(details[0].contains("refuses it with 550") && !details.concat().contains("mail.example"), "{details:?}");
    }

    async fn nobody_waits_for_a_mail_server_that_says_nothing(db: TestDatabase) {
        let mails = MailServer::start().await;
        mails.fall_silent();
        let server = TestServer::start_with(db, by(&mails)).await;
        add(&server, "ada").await;
        let started = Instant::now();
        forget(&server, "ada").await;
        assert!(started.elapsed() < Duration::from_secs(3));
        server.wait_for_rows("outgoing_mails", 1).await;
    }

    async fn of_two_nodes_one_sends(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, by(&mails)).await;
        let other = server.second_node(by(&mails)).await;
        let ada = add(&server, "ada").await;
        for _ in 0..10 {
            notices::tell(&server.app, &ada, Notice::PasswordChanged, &place()).await.unwrap();
            other.app.mail_due.notify_one();
        }
        server.wait_for_rows("outgoing_mails", 0).await;
        let ids: std::collections::BTreeSet<String> = mails.take().iter().map(|mail: &Mail| mail.header("Message-ID")).collect();
        assert_eq!((ids.len(), mails.attempts()), (10, 10));
    }

    // S180
    async fn the_outbox_and_the_links_hold_nothing_in_clear(db: TestDatabase) {
        let mails = MailServer::start().await;
        mails.refuse(451);
        let server = TestServer::start_with(db, by(&mails)).await;
        add(&server, "ada").await;
        forget(&server, "ada").await;
        mails.wait_for_attempts(1).await;
        let dump = String::from_utf8_lossy(&log_secrets::dump(&server.database).await).into_owned();
        mails.refuse(0);
        server.advance(30);
        let mail = mails.next().await;
        let token = mail.token();
        for secret in [token.as_str(), token.trim_start_matches("placet_ml_"), "Set a new password for"] {
            let hexadecimal = secret.bytes().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
            for form in [secret.to_owned(), hexadecimal.clone(), hexadecimal.to_uppercase()] {
                assert!(!dump.contains(&form), "{secret}");
            }
        }
    }
}

const SENT: &str = "placet_mails_total{outcome=\"sent\"} ";
const FAILED: &str = "placet_mails_total{outcome=\"failed\"} ";
const GIVEN_UP: &str = "placet_mails_total{outcome=\"given_up\"} ";

#[tokio::test]
async fn mail_leaves_by_tls_of_either_kind_with_a_password() {
    for (scheme, is_starttls) in [("smtps", false), ("smtp+starttls", true)] {
        let mails = MailServer::with(Some(acceptor()), is_starttls).await;
        let url = format!("{scheme}://ada:s%40cret@127.0.0.1:{}", mails.port);
        let db = TestDatabase::new(crate::support::database::Kind::Sqlite)
            .await
            .unwrap();
        let server = TestServer::start_with(db, |config| {
            by_url(config, &url);
            config.outgoing.extra_ca_file = Some(tls_file("authority.pem"));
        })
        .await;
        let ada = add(&server, "ada").await;
        notices::tell(&server.app, &ada, Notice::NewDevice, &place())
            .await
            .unwrap();
        assert!(mails.next().await.is_tls);
        assert_eq!(mails.logins(), ["ada s@cret"]);
    }
}

#[tokio::test]
async fn no_mail_goes_to_a_server_that_cannot_be_believed() {
    let tls = MailServer::with(Some(acceptor()), false).await;
    let plain = MailServer::start().await;
    for url in [
        // No certificate of an authority that we know.
        format!("smtps://127.0.0.1:{}", tls.port),
        // It does not offer STARTTLS, or somebody in between took it away.
        format!("smtp+starttls://ada:secret@127.0.0.1:{}", plain.port),
    ] {
        let db = TestDatabase::new(crate::support::database::Kind::Sqlite)
            .await
            .unwrap();
        let server = TestServer::start_with(db, |config| by_url(config, &url)).await;
        let ada = add(&server, "ada").await;
        notices::tell(&server.app, &ada, Notice::NewDevice, &place())
            .await
            .unwrap();
        server.wait_for_figure(FAILED, 1).await;
        assert!(tls.take().is_empty() && plain.take().is_empty() && plain.logins().is_empty());
        assert_eq!(
            server.database.count("outgoing_mails").await,
            1,
            "it is tried again"
        );
    }
}
