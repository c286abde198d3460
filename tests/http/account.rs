//! A person's own account: who gets in, profile, language, password, sessions.

use placet::admin::users;
use placet::model::secret::Secret;
use reqwest::Method;
use scraper::{Html, Selector};

use super::support::browser::Page;
use super::support::requests::{altered, ask, encode};
use super::support::server::PASSWORD;
use super::support::{Browser, TestServer};
use crate::support::database::{TestDatabase, on_both};

/// Every page of an account.
pub(crate) const PAGES: [&str; 7] = [
    "/account",
    "/account/password",
    "/account/sessions",
    "/account/apps",
    "/account/events",
    "/account/data",
    "/account/delete",
];
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
const SAFARI: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";

/// A browser with that name for itself, signed in.
pub(super) async fn signed_in(server: &TestServer, username: &str, agent: &str) -> Browser {
    let mut browser = Browser::new(&server.url);
    browser.headers = vec![("user-agent", agent.to_owned())];
    let login = browser.get("/login").await;
    let page = browser.log_in(&login, username).await;
    assert_eq!(page.url.path(), "/account", "{}", page.text());
    browser
}

/// The value of the CSRF field of the page's own form: the first belongs to the button that signs out.
pub(super) fn csrf(page: &Page) -> String {
    let path = page.url.path();
    let html = Html::parse_document(&page.body);
    let selector = Selector::parse(&format!(
        "form[method=post][action='{path}'] input[name=csrf]"
    ))
    .unwrap();
    let found = html.select(&selector).next();
    let found = found.unwrap_or_else(|| panic!("no form of {path}: {}", page.body));
    found.attr("value").unwrap().to_owned()
}

/// Posts to the form of a page, and follows.
pub(super) async fn send(browser: &mut Browser, address: &str, fields: &[(&str, &str)]) -> Page {
    let page = browser.get(address).await;
    let csrf = csrf(&page);
    let mut all = vec![("csrf", csrf.as_str())];
    all.extend(fields);
    let answer = browser.post(address, &all).await;
    browser.follow(answer).await
}

/// The values of the buttons of that name, in their order.
pub(super) fn buttons(page: &Page, name: &str) -> Vec<String> {
    let html = Html::parse_document(&page.body);
    let selector = Selector::parse(&format!("button[name={name}]")).unwrap();
    let found = html.select(&selector);
    found
        .map(|button| button.attr("value").unwrap().to_owned())
        .collect()
}

/// Whether somebody is signed in there.
pub(super) async fn is_in(browser: &mut Browser) -> bool {
    browser.get("/account").await.status == 200
}

/// A server whose people may delete themselves, with two of them.
pub(super) async fn start(db: TestDatabase) -> TestServer {
    let server = TestServer::start_with(db, |config| config.account.deletable = true).await;
    for name in ["ada", "bob"] {
        server.add_user(name).await;
    }
    server
}

on_both! {
    // S36, S55: nobody gets in unknown, and from the sign-in one comes to the page that was asked for.
    async fn each_page_wants_a_sign_in_and_leads_back(db: TestDatabase) {
        let server = start(db).await;
        for address in PAGES.into_iter().skip(1).chain(["/account/data/download", "/account/events?before=00000000-0000-0000-0000-000000000000"]) {
            let mut browser = Browser::new(&server.url);
            let asked = browser.get(address).await;
            let login = format!("/login?{}", encode(&[("return_to", address)]));
            assert_eq!((asked.status.as_u16(), asked.location().as_deref()), (303, Some(login.as_str())), "{address}");
            let login = browser.get(&login).await;
            let page = browser.log_in(&login, "ada").await;
            assert_eq!(page.status, 200, "{address}: {}", page.text());
            assert_eq!(page.url.path(), address.split('?').next().unwrap());
        }
        for evil in ["/accounts", "/account/../logout", "/account//evil.example", "//evil.example", "/account@evil.example"] {
            let mut browser = Browser::new(&server.url);
            let login = browser.get(&format!("/login?{}", encode(&[("return_to", evil)]))).await;
            assert!(!login.body.contains("return_to"), "{evil}");
        }
    }

    // S57, S173: isolated, kept by nobody, with no script but where a password is typed, and the navigation says where one is.
    async fn each_page_is_protected_and_says_where_one_is(db: TestDatabase) {
        let server = start(db).await;
        let mut ada = signed_in(&server, "ada", FIREFOX).await;
        for address in PAGES {
            let page = ada.get(address).await;
            assert_eq!(page.status, 200, "{address}");
            assert_eq!(page.header("cross-origin-opener-policy"), "same-origin", "{address}");
            assert_eq!(page.header("cache-control"), "no-store", "{address}");
            let csp = page.header("content-security-policy");
            assert!(csp.contains("script-src 'self';") && csp.contains("form-action 'self'"), "{address}: {csp}");
            // Files of ours: times are written for where the browser is, and a password can be shown.
            let scripts = 1 + usize::from(address == "/account/password");
            let counts = ["<script", "<script src=\"/static/", "></script>"].map(|mark| page.body.matches(mark).count());
            assert_eq!(counts, [scripts; 3], "{address}");
            assert!(!page.body.contains(" style="), "{address}");
            assert_eq!(page.body.matches("aria-current=\"page\"").count(), 1, "{address}");
            assert_eq!(page.body.matches("<h1").count(), 1, "{address}");
            assert!(page.text().contains("Sign out") && page.text().contains("Connected apps"), "{address}");
        }
    }

    // S36, S169: a form of nobody, of another person, of another session, of another page, or from elsewhere changes nothing.
    async fn no_form_but_ones_own_does_anything(db: TestDatabase) {
        let server = start(db).await;
        let mut ada = signed_in(&server, "ada", FIREFOX).await;
        let mut again = signed_in(&server, "ada", SAFARI).await;
        let mut bob = signed_in(&server, "bob", FIREFOX).await;
        let before = server.database.row_counts().await;
        let posts: [(&str, &[(&str, &str)]); 5] = [
            ("/account", &[("name", "Countess"), ("language", "de")]),
            ("/account/password", &[("current", PASSWORD), ("new", "quite another one"), ("repeated", "quite another one")]),
            ("/account/sessions", &[("others", "yes")]),
            ("/account/apps", &[("disconnect", "x")]),
            ("/account/delete", &[("username", "ada")]),
        ];
        for (address, fields) in posts {
            let good = match address {
                "/account/apps" => "x".to_owned(),
                _ => csrf(&ada.get(address).await),
            };
            let with = |csrf: &str| {
                let mut all: Vec<(&str, String)> = fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
                all.push(("csrf", csrf.to_owned()));
                all
            };
            let elsewhere = csrf(&ada.get(if address == "/account" { "/account/password" } else { "/account" }).await);
            for wrong in [String::new(), altered(&good), elsewhere] {
                let answer = post(&mut ada, address, &with(&wrong)).await;
                assert_eq!(answer.status, 403, "{address} {wrong}");
                assert!(answer.text().contains("Nothing was changed"), "{address}");
            }
            for other in [&mut again, &mut bob] {
                assert_eq!(post(other, address, &with(&good)).await.status, 403, "another's form: {address}");
            }
            ada.headers.push(("sec-fetch-site", "cross-site".to_owned()));
            assert_eq!(post(&mut ada, address, &with(&good)).await.status, 403, "from elsewhere: {address}");
            ada.headers.pop();
            let asked = post(&mut Browser::new(&server.url), address, &with(&good)).await;
            assert_eq!(asked.status, 303, "{address}");
        }
        for (method, address) in [(Method::GET, "/account/sign-out"), (Method::POST, "/account/events"), (Method::POST, "/account/data"), (Method::DELETE, "/account")] {
            let cookie = format!("placet_session={}", ada.cookies["placet_session"]);
            let page = ask(&server, method.clone(), address, &[("cookie", &cookie)], "").await;
            assert_eq!(page.status, 405, "{method} {address}");
        }
        assert_eq!(server.database.row_counts().await, before);
        assert!(is_in(&mut ada).await && is_in(&mut again).await && is_in(&mut bob).await);
    }

    async fn a_profile_is_changed_by_its_person(db: TestDatabase) {
        let server = start(db).await;
        let mut ada = signed_in(&server, "ada", FIREFOX).await;
        let good = [("language", ""), ("name", "Ada Lovelace"), ("given_name", "Ada"), ("family_name", ""), ("nickname", "<b>Countess</b>"), ("website", "https://ada.example/"), ("picture", ""), ("birthdate", "0000-12-10"), ("zoneinfo", "Europe/London")];
        let page = send(&mut ada, "/account", &good).await;
        assert!(page.text().contains("Your profile is saved."), "{}", page.text());
        for words in ["value=\"Ada Lovelace\"", "value=\"0000-12-10\"", "value=\"Europe/London\"", "&#60;b&#62;Countess"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        assert!(!ada.get("/account").await.text().contains("is saved"), "once");
        assert_eq!(server.count_events("user_updated").await, 1);
        let client = server.web_client().await;
        let tokens = client.tokens("ada", &[("scope", "openid profile")]).await;
        let bearer = format!("Bearer {}", tokens.access_token());
        let info = ask(&server, Method::GET, "/userinfo", &[("authorization", &bearer)], "").await;
        let info: serde_json::Value = serde_json::from_str(&info.body).unwrap();
        assert_eq!((&info["name"], &info["birthdate"]), (&"Ada Lovelace".into(), &"0000-12-10".into()), "{info}");

        for (field, value, words) in [
            ("website", "javascript:alert(1)", "Write the whole address of a page"),
            ("picture", "data:image/png;base64,xx", "Write the whole address of a page"),
            ("birthdate", "1815-13-10", "Write the date as year-month-day"),
            ("zoneinfo", "../../etc", "Write the time zone by its name"),
            ("nickname", "a\u{202e}b", "cannot be shown"),
            ("name", &"x".repeat(300), "cannot be shown"),
        ] {
            let page = send(&mut ada, "/account", &[("given_name", "Else"), (field, value)]).await;
            assert_eq!(page.status, 422, "{field}");
            assert!(page.text().contains(words), "{field}: {}", page.text());
            assert!(page.body.contains("value=\"Else\"") && page.body.contains(&format!("{field}-problem")), "{field}: what was typed is kept: {}", page.body);
        }
        assert!(ada.get("/account").await.body.contains("value=\"Ada\""), "nothing was changed");
        // What is no field of this form stays as it is.
        let page = send(&mut ada, "/account", &[("email", "evil@example.com"), ("roles", "admin"), ("email_verified", "true"), ("language", "")]).await;
        assert_eq!(page.status, 200);
        assert!(!page.text().contains("evil@") && !page.text().contains("Administration"), "{}", page.text());
    }

    // All that would not do is said at once: at the head, which has the focus, and at each field.
    async fn every_wrong_field_is_told_of_at_once(db: TestDatabase) {
        let server = start(db).await;
        let mut ada = signed_in(&server, "ada", FIREFOX).await;
        let wrong = [("name", "Ada"), ("birthdate", "yesterday"), ("zoneinfo", "../../etc"), ("nickname", "Countess")];
        let page = send(&mut ada, "/account", &wrong).await;
        assert_eq!(page.status, 422);
        let found = |selector: &str| {
            let html = Html::parse_document(&page.body);
            let selector = Selector::parse(selector).unwrap();
            html.select(&selector).count()
        };
        assert_eq!(found("#problems[autofocus][tabindex='-1']"), 1, "{}", page.body);
        assert_eq!(found("#problems li a"), 2, "{}", page.body);
        for field in ["birthdate", "zoneinfo"] {
            assert_eq!(found(&format!("#problems a[href='#{field}']")), 1, "{field}: {}", page.body);
            assert_eq!(found(&format!("#{field}[aria-invalid=true][aria-describedby~='{field}-problem']")), 1, "{field}: {}", page.body);
        }
        assert_eq!(found("[aria-invalid]"), 2, "{}", page.body);
    }

    async fn the_settings_may_keep_the_profile_as_it_is(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| config.account.profile_editable = false).await;
        server.add_user("ada").await;
        let mut ada = signed_in(&server, "ada", FIREFOX).await;
        let page = send(&mut ada, "/account", &[("name", "Countess"), ("nickname", "C"), ("language", "fr")]).await;
        assert!(!page.body.contains("Countess") && !page.body.contains("name=\"nickname\""), "{}", page.body);
        assert!(page.body.contains("<html lang=\"fr\""), "but the language is one's own");
        assert_eq!(ada.get("/account/delete").await.status, 404, "nobody may delete theirs");
        let data = ada.get("/account/data").await;
        assert!(!data.body.contains("/account/delete"), "{}", data.body);
        let csrf = csrf(&ada.get("/account/sessions").await);
        assert_eq!(ada.post("/account/delete", &[("csrf", &csrf), ("username", "ada")]).await.status, 404);
        assert_eq!(server.database.count("users").await, 1);
    }

    // The page answers in the language at once, whatever the browser says.
    async fn a_language_that_is_chosen_is_spoken_at_once(db: TestDatabase) {
        let server = start(db).await;
        let mut ada = signed_in(&server, "ada", FIREFOX).await;
        ada.headers.push(("accept-language", "pl".to_owned()));
        assert!(ada.get("/account").await.body.contains("<html lang=\"pl\""));
        for (tag, dir) in [("de", "ltr"), ("zh-Hans", "ltr"), ("ar", "rtl")] {
            let page = send(&mut ada, "/account", &[("language", tag)]).await;
            assert!(page.body.contains(&format!("<html lang=\"{tag}\" dir=\"{dir}\"")), "{tag}");
            let html = Html::parse_document(&page.body);
            let chosen: Vec<&str> = html.select(&Selector::parse("option[selected]").unwrap()).map(|option| option.attr("value").unwrap()).collect();
            assert_eq!(chosen, [tag]);
        }
        let page = send(&mut ada, "/account", &[("language", "tlh")]).await;
        assert_eq!(page.status, 422);
        let page = send(&mut ada, "/account", &[("language", "")]).await;
        assert!(page.body.contains("<html lang=\"pl\""));
    }

    // S49, S60: the current one is needed, the new one is checked, the others' sessions and known browsers end.
    async fn a_password_is_changed_by_who_knows_it(db: TestDatabase) {
        let server = start(db).await;
        let new = "quite another one";
        let mut ada = signed_in(&server, "ada", FIREFOX).await;
        let mut other = signed_in(&server, "ada", SAFARI).await;
        let mut bob = signed_in(&server, "bob", SAFARI).await;
        let client = server.web_client().await;
        let passing = client.tokens("ada", &[]).await;
        let offline = client.tokens("ada", &[("scope", "openid offline_access")]).await;
        for (fields, words) in [
            ([("current", "not it at all"), ("new", new), ("repeated", new)], "not your current password"),
            ([("current", ""), ("new", new), ("repeated", new)], "not your current password"),
            ([("current", PASSWORD), ("new", new), ("repeated", "quite another two")], "not the same"),
            ([("current", PASSWORD), ("new", "short"), ("repeated", "short")], "at least 8 characters"),
            ([("current", PASSWORD), ("new", ""), ("repeated", "")], "at least 8 characters"),
        ] {
            let page = send(&mut ada, "/account/password", &[fields.as_slice(), &[("end_others", "yes")]].concat()).await;
            assert_eq!(page.status, 422, "{words}");
            assert!(page.text().contains(words), "{words}: {}", page.text());
            assert!(!page.body.contains(new) && !page.body.contains(PASSWORD), "no password stands in a page");
        }
        assert_eq!(server.count_events("password_changed").await, 0);
        let known = ada.cookies["placet_known"].clone();
        let fields = [("current", PASSWORD), ("new", new), ("repeated", new), ("end_others", "yes")];
        let page = send(&mut ada, "/account/password", &fields).await;
        assert!(page.text().contains("Your password is changed."), "{}", page.text());
        assert_eq!(server.count_events("password_changed").await, 1);
        assert_ne!(ada.cookies["placet_known"], known, "the browser is known under the new one");
        assert!(is_in(&mut ada).await && !is_in(&mut other).await && is_in(&mut bob).await);
        client.assert_dead(passing.access_token(), "it lasted as long as its session").await;
        client.assert_live(offline.access_token(), "offline access is the app's").await;
        let mut fresh = Browser::new(&server.url);
        let login = fresh.get("/login").await;
        let page = fresh.submit(&login, &[("username", "ada"), ("password", PASSWORD)]).await;
        assert!(page.text().contains("do not match"), "the old one is worth nothing");
        let page = fresh.submit(&page, &[("username", "ada"), ("password", new)]).await;
        assert_eq!(page.url.path(), "/account");
        // Without the tick the others stay.
        let page = send(&mut ada, "/account/password", &[("current", new), ("new", PASSWORD), ("repeated", PASSWORD)]).await;
        assert!(page.text().contains("Your password is changed."), "{}", page.text());
        assert!(is_in(&mut fresh).await);
    }

    // S44: guessing it is as dear as at sign-in, for a browser that somebody left open too.
    async fn guessing_the_current_password_is_throttled(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| config.sign_in.attempts_per_account = 3).await;
        server.add_user("ada").await;
        let mut ada = signed_in(&server, "ada", FIREFOX).await;
        let new = [("new", "quite another one"), ("repeated", "quite another one")];
        for _ in 0..3 {
            let page = send(&mut ada, "/account/password", &[&[("current", "a wrong guess")], new.as_slice()].concat()).await;
            assert_eq!(page.status, 422);
        }
        let page = send(&mut ada, "/account/password", &[&[("current", PASSWORD)], new.as_slice()].concat()).await;
        assert_eq!((page.status.as_u16(), page.header("retry-after")), (429, "900"));
        assert_eq!(server.count_events("password_changed").await, 0);
    }

    // S49: nor what is known of the person, as where a link sets one.
    async fn a_password_made_of_the_person_is_not_taken(db: TestDatabase) {
        let server = start(db).await;
        let mut ada = signed_in(&server, "ada", FIREFOX).await;
        server.database.execute("UPDATE users SET email = 'countess@lovelace.example', name = 'Augusta Byron' WHERE username = 'ada'").await;
        let by = TestServer::by();
        for guessable in ["countess@lovelace.example", "augusta byron", "Augusta Byron"] {
            let fields = [("current", PASSWORD), ("new", guessable), ("repeated", guessable)];
            let page = send(&mut ada, "/account/password", &fields).await;
            assert_eq!(page.status, 422, "{guessable}");
            assert!(page.text().contains("would be guessed soon"), "{guessable}: {}", page.text());
            let set = users::set_password(&server.app, &server.identity.passwords, &by, "ada", Secret::new(guessable.to_owned()));
            assert!(set.await.is_err(), "{guessable}");
        }
        let fields = [("current", PASSWORD), ("new", "quite another one"), ("repeated", "quite another one")];
        let page = send(&mut ada, "/account/password", &fields).await;
        assert!(page.text().contains("Your password is changed.") && page.body.contains("<a href=\"/account/apps\">look at them</a>"), "{}", page.body);
    }

    // A person without a password shows otherwise who they are, and lately.
    async fn a_first_password_needs_a_recent_sign_in(db: TestDatabase) {
        let server = start(db).await;
        let mut ada = signed_in(&server, "ada", FIREFOX).await;
        server.database.execute("UPDATE users SET password_hash = NULL WHERE username = 'ada'").await;
        let page = ada.get("/account/password").await;
        assert!(!page.body.contains("name=\"current\""), "{}", page.body);
        let token = csrf(&page);
        server.advance(601);
        let again = "/login?return_to=%2Faccount%2Fpassword&again=1";
        assert_eq!(ada.get("/account/password").await.location().as_deref(), Some(again));
        let fields = [("csrf", token.as_str()), ("new", "quite another one"), ("repeated", "quite another one")];
        assert_eq!(ada.post("/account/password", &fields).await.location().as_deref(), Some(again));
    }

    // S59, S169: one's own sessions are listed and ended; nobody else's are touched.
    async fn sessions_are_listed_and_ended(db: TestDatabase) {
        let server = start(db).await;
        let mut ada = signed_in(&server, "ada", FIREFOX).await;
        server.advance(60);
        let mut phone = signed_in(&server, "ada", SAFARI).await;
        let mut odd = signed_in(&server, "ada", "curl/8").await;
        let mut bob = signed_in(&server, "bob", SAFARI).await;
        let page = ada.get("/account/sessions").await;
        for words in ["Firefox on Linux This one", "Safari on iPhone", "Unknown browser", "127.0.0.1", "15 January 2027, 08:00 UTC", "15 January 2027, 08:01 UTC"] {
            assert!(page.text().contains(words), "{words}: {}", page.text());
        }
        let others = buttons(&page, "end");
        assert_eq!(others.len(), 2, "but for this one");
        let of_bob = buttons(&signed_in(&server, "bob", FIREFOX).await.get("/account/sessions").await, "end");
        for not_hers in of_bob.iter().map(String::as_str).chain(["x", "00000000-0000-0000-0000-000000000000", "' OR 1=1 --"]) {
            assert_eq!(send(&mut ada, "/account/sessions", &[("end", not_hers)]).await.status, 404, "{not_hers}");
        }
        assert!(is_in(&mut bob).await);
        let page = send(&mut ada, "/account/sessions", &[("end", others[0].as_str())]).await;
        assert!(page.text().contains("That device is signed out."), "{}", page.text());
        assert_eq!(usize::from(is_in(&mut phone).await) + usize::from(is_in(&mut odd).await), 1);
        let page = send(&mut ada, "/account/sessions", &[("others", "yes")]).await;
        assert!(page.text().contains("signed in nowhere else"), "{}", page.text());
        assert!(!is_in(&mut phone).await && !is_in(&mut odd).await && is_in(&mut ada).await && is_in(&mut bob).await);
        assert_eq!(server.count_events("session_ended").await, 2);
    }

    // A sign-in that is over ten minutes old does not do for what is dangerous; then it goes on where it was.
    async fn what_is_dangerous_wants_a_recent_sign_in(db: TestDatabase) {
        let server = start(db).await;
        let mut ada = signed_in(&server, "ada", FIREFOX).await;
        let form = ada.get("/account/delete").await;
        server.advance(601);
        for address in ["/account/data/download", "/account/delete"] {
            let again = format!("/login?{}&again=1", encode(&[("return_to", address)]));
            assert_eq!(ada.get(address).await.location(), Some(again), "{address}");
        }
        let asked = ada.post("/account/delete", &[("csrf", &csrf(&form)), ("username", "ada")]).await;
        assert_eq!(asked.status, 303);
        assert_eq!(server.database.count("users").await, 2);
        let login = ada.follow(asked).await;
        assert_eq!(login.heading_kind(), "login", "although signed in: {}", login.text());
        let wrong = ada.submit(&login, &[("password", "not it at all")]).await;
        assert_eq!(wrong.heading_kind(), "login");
        let back = ada.submit(&wrong, &[("password", PASSWORD)]).await;
        assert_eq!((back.status.as_u16(), back.url.path()), (200, "/account/delete"));
    }
}

async fn post(browser: &mut Browser, address: &str, fields: &[(&str, String)]) -> Page {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    browser.post(address, &fields).await
}
