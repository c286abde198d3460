//! The consent page: what it says, what is granted, what is remembered, and whose decision counts.

use placet::admin::clients::ClientFields;
use placet::admin::users::NewUser;
use placet::admin::{clients, scopes};
use reqwest::Method;

use super::support::requests::{altered, ask, assert_refused, new_client, new_public_client};
use super::support::{Browser, Client, Page, TestServer};
use crate::support::database::on_both;

/// The consent page for a new browser, signed in as `ada`.
async fn asked(server: &TestServer, client: &Client, more: &[(&str, &str)]) -> (Browser, Page) {
    let mut browser = Browser::new(&server.url);
    let page = browser.visit(&client.authorize_url(more)).await;
    let page = browser.log_in(&page, "ada").await;
    assert_eq!(page.heading_kind(), "consent", "{}", page.body);
    (browser, page)
}

/// What the browser would post, with fields of the test's own instead of those of the form.
async fn post(browser: &mut Browser, fields: &[(&str, &str)]) -> Page {
    browser.post("/consent", fields).await
}

on_both! {
    // S51, and the words of the page
    async fn it_says_who_asks_for_what_and_where_the_browser_goes(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let user = NewUser { username: "ada".to_owned(), name: Some("Ada Lovelace".to_owned()), email: Some("ada@mail.example".to_owned()), ..NewUser::default() };
        server.add_user_with(user).await;
        server.add_scope("photos:read", "look at your photos").await;
        server.add_scope("photos:write", "change your photos").await;
        server.add_resource("https://api.example/photos", "photos:read photos:write").await;
        let mut new = new_client("Photo Printer", &["https://app.example:8443/callback"]);
        new.fields.client_uri = Some("https://printer.example/home".to_owned());
        new.fields.scope = Some("openid profile email offline_access photos:read photos:write".to_owned());
        new.fields.resources = Some(vec!["https://api.example/photos".to_owned()]);
        let client = server.add_client(new).await;
        let (_, page) = asked(&server, &client, &[("scope", "openid profile email offline_access photos:read")]).await;
        let text = page.text();
        for words in [
            "Allow Photo Printer to use your account?", "printer.example", "You will be sent to app.example:8443", "Ada Lovelace",
            "ada@mail.example", "know that you have an account here", "see your name and profile", "see your e-mail address",
            "a•••@mail.example", "stay connected while you are away", "after you have closed it or signed out",
            "The API https://api.example/photos", "look at your photos", "Not you?",
        ] {
            assert!(text.contains(words), "{words:?} is not in {text}");
        }
        for word in ["change your photos", "scope", "token", "OAuth", "client", "new since last time", "offline_access"] {
            assert!(!text.contains(word), "{word:?} is in {text}");
        }
        let boxes: Vec<(String, bool)> = ["email", "offline_access", "photos:read"].map(|name| (name.to_owned(), true)).into();
        let mut shown = page.checkboxes();
        shown.sort();
        assert_eq!(shown, boxes, "only what may be left out is a checkbox");
        let buttons = ["<button class=\"button\" type=\"submit\" name=\"decision\" value=\"deny\">Deny</button>", "<button class=\"button\" type=\"submit\" name=\"decision\" value=\"allow\">Allow</button>"];
        assert!(buttons.iter().all(|button| page.body.contains(button)), "alike but for their words");
        assert!(!page.body.contains("<script"));
    }

    // S51
    async fn an_answer_that_goes_to_this_device_has_a_warning(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        for (uri, host, warning) in [
            ("http://localhost:3000/cb", "You will be sent to localhost:3000", "this computer itself"),
            ("http://127.0.0.1/cb", "You will be sent to 127.0.0.1", "this computer itself"),
            ("http://[::1]/cb", "You will be sent to [::1]", "this computer itself"),
            ("com.example.app:/cb", "You will be sent to an app on this device: com.example.app", "Another app on this device"),
            ("https://app.example/cb", "You will be sent to app.example", ""),
        ] {
            let client = server.add_client(new_public_client("Tool", &[uri])).await;
            let (_, page) = asked(&server, &client, &[]).await;
            assert!(page.text().contains(host), "{uri}: {}", page.text());
            let has_one = page.text().contains("this computer itself") || page.text().contains("Another app on this device");
            assert_eq!(has_one, !warning.is_empty(), "{uri}");
            assert!(page.text().contains(warning), "{uri}: {}", page.text());
        }
    }

    // S52 S53
    async fn names_and_links_are_never_more_than_text(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        for name in ["a\u{202e}b", "a\u{2066}b", "a\u{200b}b", "a\0b", "a\nb", "", "   ", &"x".repeat(201), &"x".repeat(10_000)] {
            let error = clients::add(&server.app, &TestServer::by(), new_client(name, &["https://a.example/cb"])).await.unwrap_err();
            assert!(error.to_string().starts_with("client_name: "), "{name:?}: {error}");
        }
        for link in ["javascript:alert(1)", "data:text/html,x", "JAVASCRIPT:x", "vbscript:x", "//x", "/x", "x", " https://x.example"] {
            let fields = [
                ("client_uri", ClientFields { client_uri: Some(link.to_owned()), ..ClientFields::default() }),
                ("logo_uri", ClientFields { logo_uri: Some(link.to_owned()), ..ClientFields::default() }),
                ("policy_uri", ClientFields { policy_uri: Some(link.to_owned()), ..ClientFields::default() }),
                ("tos_uri", ClientFields { tos_uri: Some(link.to_owned()), ..ClientFields::default() }),
            ];
            for (field, fields) in fields {
                let mut new = new_client("App", &["https://a.example/cb"]);
                new.fields = ClientFields { name: new.fields.name, redirect_uris: new.fields.redirect_uris, ..fields };
                let result = clients::add(&server.app, &TestServer::by(), new).await;
                let is_kept_out = result.as_ref().is_err_and(|error| error.to_string().starts_with(field));
                assert!(is_kept_out || link.starts_with(' '), "{field} {link}");
            }
        }
        let mut new = new_client("<script>alert(1)</script>\"'&", &["https://one.example/cb"]);
        new.fields.logo_uri = Some("https://evil.example/logo.svg".to_owned());
        new.fields.policy_uri = Some("https://one.example/privacy?a=\"><script>".to_owned());
        let (_, page) = asked(&server, &server.add_client(new).await, &[]).await;
        assert!(!page.body.contains("<script") && !page.body.contains("logo.svg"), "{}", page.body);
        assert!(page.text().contains("Allow <script>alert(1)</script>\"'& to use your account?"), "{}", page.text());
        let twin = server.add_client(new_client("<script>alert(1)</script>\"'&", &["https://two.example/cb"])).await;
        let (_, other) = asked(&server, &twin, &[]).await;
        assert!(page.text().contains("one.example") && other.text().contains("two.example"), "twins differ by where they lead");
    }

    // S37 S38 S39
    async fn only_the_form_itself_decides(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let (mut browser, page) = asked(&server, &client, &[("scope", "openid profile")]).await;
        let second = browser.visit(&client.authorize_url(&[("scope", "openid profile email"), ("state", "other")])).await;
        let (request, csrf) = (page.field("request"), page.field("csrf"));
        let (other_request, other_csrf) = (second.field("request"), second.field("csrf"));
        let allow = ("decision", "allow");
        let (_, foreign) = asked(&server, &client, &[]).await;
        let (foreign_request, foreign_csrf) = (foreign.field("request"), foreign.field("csrf"));
        for fields in [
            [("request", request.as_str()), allow, ("x", "")],
            [("request", &request), allow, ("csrf", "")],
            [("request", &request), allow, ("csrf", "AAAA")],
            [("request", &request), allow, ("csrf", &other_csrf)],
            [("request", &other_request), allow, ("csrf", &csrf)],
            [("request", &request), allow, ("csrf", &foreign_csrf)],
            [("request", &foreign_request), allow, ("csrf", &foreign_csrf)],
        ] {
            let answer = post(&mut browser, &fields).await;
            assert_eq!((answer.status.as_u16(), answer.location()), (403, None), "{fields:?}");
            assert!(answer.body.contains("/consent?request="), "a way on");
        }
        for site in ["cross-site", "same-site", "x"] {
            browser.headers = vec![("sec-fetch-site", site.to_owned())];
            let answer = post(&mut browser, &[("request", &request), allow, ("csrf", &csrf)]).await;
            assert_eq!((answer.status.as_u16(), answer.location()), (403, None), "{site}");
        }
        browser.headers.clear();
        let by_get = browser.get(&format!("/consent?request={request}&csrf={csrf}&decision=allow&scope=profile")).await;
        assert_eq!((by_get.status.as_u16(), by_get.heading_kind().as_str()), (200, "consent"), "a GET only shows");
        let empty = post(&mut browser, &[]).await;
        assert_eq!((empty.status.as_u16(), empty.location()), (400, None));
        let undecided = post(&mut browser, &[("request", &request), ("csrf", &csrf)]).await;
        assert!(undecided.location().unwrap().starts_with("/consent?request="));
        assert_eq!(server.database.count("codes").await, 0);
        // A step cannot be skipped: without a session there is nobody to consent.
        let mut nobody = Browser::new(&server.url);
        assert_eq!(nobody.visit(&format!("/consent?request={request}")).await.heading_kind(), "login");
        let answer = post(&mut nobody, &[("request", &request), allow, ("csrf", &csrf)]).await;
        assert_eq!(nobody.follow(answer).await.heading_kind(), "login");
        assert_eq!(server.database.count("codes").await, 0);
        // And it works all the same, for what was shown.
        let fields = [("request", request.as_str()), ("csrf", &csrf), allow, ("scope", "email"), ("scope", "offline_access"), ("scope", "openid"), ("scope", "admin")];
        let answer = post(&mut browser, &fields).await;
        assert_eq!(answer.returned("state").as_deref(), Some("xyz"));
        let tokens = client.redeem(&answer.returned("code").unwrap()).await;
        assert_eq!(tokens.json["scope"], "openid profile", "nothing that was not shown");
    }

    // S38, declined optional scopes stay out
    async fn what_is_unticked_is_not_granted_and_not_asked_again(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        server.add_scope("photos:read", "look at your photos").await;
        let mut new = new_client("Photo Printer", &["https://app.example/callback"]);
        new.fields.scope = Some("openid profile email offline_access photos:read".to_owned());
        let client = server.add_client(new).await;
        let scope = ("scope", "openid profile email offline_access");
        let (mut browser, page) = asked(&server, &client, &[scope]).await;
        let fields = [("request", page.field("request")), ("csrf", page.field("csrf")), ("decision", "allow".to_owned()), ("scope", "offline_access".to_owned())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = post(&mut browser, &fields).await;
        let tokens = client.redeem(&answer.returned("code").unwrap()).await;
        assert_eq!(tokens.json["scope"], "offline_access openid profile");
        let again = browser.visit(&client.authorize_url(&[scope])).await;
        let tokens = client.redeem(&again.returned("code").expect("remembered")).await;
        assert_eq!(tokens.json["scope"], "offline_access openid profile", "declined is declined the next time too");
        // A new scope asks again, and says which one is new.
        let page = browser.visit(&client.authorize_url(&[("scope", "openid profile email photos:read")])).await;
        assert_eq!(page.heading_kind(), "consent");
        assert_eq!(page.text().matches("new since last time").count(), 1, "{}", page.text());
        assert!(page.text().contains("look at your photos new since last time"), "{}", page.text());
        let mut boxes = page.checkboxes();
        boxes.sort();
        assert_eq!(boxes, [("email".to_owned(), false), ("photos:read".to_owned(), true)], "what was declined starts unticked");
        let page = browser.approve(&page).await;
        assert_eq!(client.redeem(&page.returned("code").unwrap()).await.json["scope"], "openid photos:read profile");
        // prompt=consent asks although all is remembered, and nothing is new.
        let page = browser.visit(&client.authorize_url(&[scope, ("prompt", "consent")])).await;
        assert_eq!(page.heading_kind(), "consent");
        assert!(!page.text().contains("new since last time"));
        // Whoever makes a scope required later asks for it as such.
        let required = scopes::NewScope { name: "email".to_owned(), description: "see your e-mail address".to_owned(), is_required: Some(true), descriptions: None };
        scopes::put(&server.app, &TestServer::by(), required).await.unwrap();
        let page = browser.visit(&client.authorize_url(&[scope, ("prompt", "consent")])).await;
        assert_eq!(page.checkboxes().iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["offline_access"]);
    }

    // S55
    async fn deny_goes_back_as_access_denied(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let (mut browser, page) = asked(&server, &client, &[]).await;
        let answer = browser.deny(&page).await;
        assert_refused(&answer, &server.url, "access_denied", "deny");
        assert_eq!(answer.returned_to(), "https://app.example/callback");
        assert_eq!((server.database.count("codes").await, server.database.count("consents").await), (0, 0));
        let page = browser.visit(&client.authorize_url(&[("response_mode", "fragment")])).await;
        let answer = browser.deny(&page).await;
        assert!(answer.location().unwrap().starts_with("https://app.example/callback#error=access_denied"));
        let page = browser.visit(&client.authorize_url(&[])).await;
        assert_eq!(page.heading_kind(), "consent", "a no is not remembered against the app");
        assert!(browser.approve(&page).await.returned("code").is_some());
    }

    // S54
    async fn who_may_be_anybody_is_asked_about_every_time(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let cases = [
            (new_public_client("Tool", &["http://127.0.0.1/cb"]), true),
            (new_public_client("Tool", &["http://[::1]/cb"]), true),
            (new_public_client("Tool", &["http://localhost:3000/cb"]), true),
            (new_public_client("Tool", &["com.example.app:/cb"]), true),
            (new_public_client("Page", &["https://spa.example/cb"]), false),
            (new_client("Server", &["http://localhost:3000/cb"]), false),
        ];
        for (new, is_asked_again) in cases {
            let client = server.add_client(new).await;
            let (mut browser, page) = asked(&server, &client, &[]).await;
            assert!(browser.approve(&page).await.returned("code").is_some());
            let again = browser.visit(&client.authorize_url(&[])).await;
            assert_eq!(again.heading_kind() == "consent", is_asked_again, "{:?}", client.redirect_uri);
            assert_eq!(again.returned("code").is_none(), is_asked_again);
            let silent = browser.visit(&client.authorize_url(&[("prompt", "none")])).await;
            let error = is_asked_again.then(|| "consent_required".to_owned());
            assert_eq!(silent.returned("error"), error, "{:?}", client.redirect_uri);
        }
    }

    async fn our_own_apps_do_not_ask_unless_they_want_to(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let mut new = new_client("Intranet", &["https://app.example/callback"]);
        new.fields.is_first_party = Some(true);
        let client = server.add_client(new).await;
        let mut browser = Browser::new(&server.url);
        let page = browser.visit(&client.authorize_url(&[])).await;
        let page = browser.log_in(&page, "ada").await;
        assert!(page.returned("code").is_some(), "straight back: {}", page.body);
        assert!(browser.visit(&client.authorize_url(&[("prompt", "none")])).await.returned("code").is_some());
        let page = browser.visit(&client.authorize_url(&[("prompt", "consent")])).await;
        assert_eq!(page.heading_kind(), "consent");
        assert!(browser.approve(&page).await.returned("code").is_some());
    }

    // S62
    async fn one_approval_gives_one_code(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        for mut new in [new_client("Web", &["https://app.example/callback"]), new_public_client("Tool", &["http://127.0.0.1/cb"])] {
            new.fields.client_uri = Some("https://app.example/home".to_owned());
            let client = server.add_client(new).await;
            let before = server.database.count("codes").await;
            let (mut browser, page) = asked(&server, &client, &[]).await;
            assert!(browser.approve(&page).await.returned("code").is_some());
            let again = browser.submit(&page, &[("decision", "allow")]).await;
            assert_eq!((again.status.as_u16(), again.location()), (409, None), "posted again");
            assert!(again.text().contains("You have done this already"));
            assert!(again.body.contains("href=\"https://app.example/home\">Back to "), "{}", again.body);
            for address in [format!("/authorize/continue?request={}", page.field("request")), page.url.to_string()] {
                let back = browser.visit(&address).await;
                assert_eq!(back.returned("code"), None, "{address}");
            }
            assert_eq!(server.database.count("codes").await, before + 1);
            // Eight windows at once.
            let page = browser.visit(&client.authorize_url(&[("prompt", "consent")])).await;
            let mut tasks = tokio::task::JoinSet::new();
            for _ in 0..8 {
                let (mut browser, page) = (browser.clone(), Page { status: page.status, headers: page.headers.clone(), body: page.body.clone(), url: page.url.clone() });
                tasks.spawn(async move { browser.submit(&page, &[("decision", "allow")]).await });
            }
            let answers = tasks.join_all().await;
            assert_eq!(answers.iter().filter(|answer| answer.returned("code").is_some()).count(), 1);
            assert_eq!(answers.iter().filter(|answer| answer.status == 409).count(), 7);
        }
    }

    // S34
    async fn the_way_back_is_checked_again_when_it_is_taken(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let (mut browser, page) = asked(&server, &client, &[]).await;
        let moved = ClientFields { redirect_uris: Some(vec!["https://new.example/cb".to_owned()]), ..ClientFields::default() };
        clients::change(&server.app, &TestServer::by(), &client.id, moved).await.unwrap();
        for decision in ["allow", "deny"] {
            let answer = browser.submit(&page, &[("decision", decision)]).await;
            assert_eq!((answer.status.as_u16(), answer.location()), (400, None), "the redirect URI is gone");
        }
        let tampered = format!("/consent?request={}", altered(&page.field("request")));
        for address in [tampered.as_str(), "/consent?request=x", "/consent", "/choose-account?request=%FF", "/authorize/continue", "/login?request=AAAA"] {
            let page = ask(&server, Method::GET, address, &[], "").await;
            assert_eq!((page.status.as_u16(), page.location()), (400, None), "{address}");
            assert!(page.text().contains("Please start again"), "{address}");
        }
    }
}
