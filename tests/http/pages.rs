//! Every page: the headers that protect it, that nothing is fetched from elsewhere, that nothing from a request is more than text.

use placet::admin::users::NewUser;
use reqwest::Method;
use scraper::{Html, Selector};

use super::support::requests::{ask, encode, new_client, new_public_client};
use super::support::server::PASSWORD;
use super::support::{Browser, Page, TestServer};
use crate::support::database::on_both;

/// Breaks out of text, attributes, scripts and style, if anything does.
pub(super) const EVIL: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}</title></style><!--&lt;javascript:alert(1)";

/// The directives of the content security policy.
fn csp(page: &Page) -> Vec<(String, String)> {
    let split = |part: &str| {
        part.trim()
            .split_once(' ')
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    page.header("content-security-policy")
        .split(';')
        .filter_map(split)
        .collect()
}

/// S57: what holds for every answer, and for a page besides.
#[track_caller]
pub(super) fn assert_protected(page: &Page, name: &str) {
    for (header, value) in [
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(page.header(header), value, "{name}: {header}");
    }
    let policy = csp(page);
    let has =
        |directive: &str, value: &str| policy.iter().any(|(n, v)| n == directive && v == value);
    assert!(
        has("frame-ancestors", "'none'") && has("default-src", "'none'"),
        "{name}: {policy:?}"
    );
    assert!(
        !policy.iter().any(|(_, value)| value.contains("unsafe")
            || value.contains("http")
            || value.contains('*')),
        "{name}: {policy:?}"
    );
    if page.header("content-type").starts_with("text/html") {
        assert_eq!(page.header("cache-control"), "no-store", "{name}");
        assert!(
            has("base-uri", "'none'") && has("style-src", "'self'"),
            "{name}"
        );
        assert_inert(page, name, has("script-src", "'none'"));
    }
}

/// Nothing comes from elsewhere, and no script but files of ours.
#[track_caller]
fn assert_inert(page: &Page, name: &str, has_no_script: bool) {
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let html = Html::parse_document(&page.body);
    let all = |selector: &str| {
        let selector = Selector::parse(selector).unwrap();
        let found = html.select(&selector);
        found
            .map(|element| element.value().clone())
            .collect::<Vec<_>>()
    };
    let fetching = "[src], link[href], use[href], form[action], object, embed, iframe, audio, video, base, meta[http-equiv]";
    for element in all(fetching) {
        let target = ["src", "href", "action"]
            .iter()
            .find_map(|attribute| element.attr(attribute));
        let target = target.unwrap_or("none");
        let is_path = target.starts_with('/') && !target.starts_with("//");
        let is_own = target.starts_with('#') || is_path || element.attr("id") == Some("form_post");
        assert!(is_own, "{name}: {element:?}");
    }
    for element in all("*") {
        let is_active = element.attrs().any(|(attribute, value)| {
            let is_script = value.trim().to_ascii_lowercase().starts_with("javascript:");
            attribute.starts_with("on") || attribute == "style" || is_script
        });
        assert!(!is_active, "{name}: {element:?}");
    }
    for script in html.select(&Selector::parse("script, style").unwrap()) {
        let files = [
            "/static/form_post.js",
            "/static/password.js",
            "/static/times.js",
        ];
        let is_file = script.attr("src").is_some_and(|src| files.contains(&src));
        assert!(
            is_file && script.inner_html().is_empty(),
            "{name}: {}",
            script.html()
        );
    }
    assert_eq!(all("script").is_empty(), has_no_script, "{name}");
    let counts = (
        all("h1").len(),
        all("head > title").len(),
        all("main").len(),
    );
    assert_eq!(counts, (1, 1, 1), "{name}");
}

/// A page with its name; `true` for those of the authorize journey.
type Named = (&'static str, bool, Page);

/// The pages that belong to nobody's journey.
async fn own_pages(server: &TestServer) -> Vec<Named> {
    let mut browser = Browser::new(&server.url);
    let token = server.app.setup_token().await.unwrap();
    let setup = browser.get(&format!("/setup?token={token}")).await;
    let problems = browser.submit(&setup, &[("password", "x")]).await;
    let root = [("username", "root"), ("password", PASSWORD)];
    let done = browser.submit(&setup, &root).await;
    let again = browser.get("/setup").await;
    let login = browser.get("/login").await;
    let account = browser.log_in(&login, "root").await;
    let signed_out = browser.submit(&account, &[]).await;
    let home = browser.get("/").await;
    vec![
        ("setup", false, setup),
        ("setup with problems", false, problems),
        ("setup done", false, done),
        ("setup again", true, again),
        ("account", false, account),
        ("signed out", false, signed_out),
        ("home", false, home),
    ]
}

/// The pages between an app's request and its answer.
async fn journey_pages(server: &TestServer) -> Vec<Named> {
    server.add_user("ada").await;
    let client = server.web_client().await;
    let mut browser = Browser::new(&server.url);
    let login = browser.visit(&client.authorize_url(&[])).await;
    let refused = browser
        .submit(&login, &[("username", "ada"), ("password", "x")])
        .await;
    let forged = browser.submit(&login, &[("csrf", "x")]).await;
    let consent = browser.log_in(&login, "ada").await;
    let consent_forged = browser.submit(&consent, &[("csrf", "x")]).await;
    browser.approve(&consent).await;
    let twice = browser.submit(&consent, &[("decision", "allow")]).await;
    let mut pages = vec![
        ("login", true, login),
        ("login refused", true, refused),
        ("login forged", true, forged),
        ("consent", true, consent),
        ("consent forged", true, consent_forged),
        ("twice", true, twice),
        ("error", true, browser.visit("/authorize?client_id=x").await),
        ("stale", true, browser.visit("/consent?request=x").await),
    ];
    server.advance(5);
    pages.push(("sign out?", true, browser.get("/logout").await));
    let mut nobody = Browser::new(&server.url);
    pages.push(("nobody to sign out", true, nobody.get("/logout").await));
    pages.push((
        "logout refused",
        true,
        browser.get("/logout?client_id=x").await,
    ));
    let form_post = ("response_mode", "form_post");
    for (name, params) in [
        ("form_post", [form_post, ("x", "y")]),
        ("form_post error", [form_post, ("scope", "x")]),
        ("choose account", [("prompt", "select_account"), ("x", "y")]),
        ("login again", [("prompt", "login"), ("x", "y")]),
    ] {
        let page = browser.visit(&client.authorize_url(&params)).await;
        assert_eq!(page.status, 200, "{name}");
        assert_eq!(
            page.body.contains("id=\"form_post\""),
            name.starts_with("form_post"),
            "{name}"
        );
        pages.push((name, true, page));
    }
    pages
}

on_both! {
    // S57 S58
    async fn every_page_is_protected(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut pages = own_pages(&server).await;
        pages.extend(journey_pages(&server).await);
        for (name, is_journey, page) in pages {
            assert_protected(&page, name);
            let opener = page.header("cross-origin-opener-policy");
            if is_journey {
                assert_eq!(opener, "", "{name}: clients open it in a pop-up and need their opener");
            } else {
                assert_eq!(opener, "same-origin", "{name}");
            }
            // S58: Chromium holds form-action against the redirect after the post too.
            let restricts_forms = csp(&page).iter().any(|(directive, _)| directive == "form-action");
            let leads_to_client = is_journey && page.body.contains("method=\"post\"");
            assert_eq!(restricts_forms, !leads_to_client && name != "form_post", "{name}: {:?}", csp(&page));
            assert!(page.body.contains("<html lang=\"en\" dir=\"ltr\">"), "{name}");
            assert!(page.body.len() < 30_000, "{name}: {} bytes", page.body.len());
        }
    }

    // S57
    async fn every_other_answer_is_protected_too(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = server.web_client().await;
        let style = ask(&server, Method::GET, "/", &[], "").await;
        let style = style.body.split('"').find(|part| part.starts_with("/static/style.css?v=")).unwrap().to_owned();
        for (method, path, status) in [
            (Method::GET, "/nowhere", 404), (Method::GET, "/static/../Cargo.toml", 404), (Method::GET, "/static/nothing.css", 404),
            (Method::GET, "/static/style.css", 200), (Method::GET, style.as_str(), 200), (Method::GET, "/static/form_post.js", 200),
            (Method::GET, "/static/logo.svg", 200), (Method::GET, "/static/favicon.svg", 200), (Method::GET, "/metrics", 200),
            (Method::GET, "/health/live", 200), (Method::GET, "/health/ready", 200), (Method::GET, "/.well-known/jwks.json", 200),
            (Method::GET, "/token", 405), (Method::POST, "/token", 415), (Method::DELETE, "/login", 405), (Method::POST, "/login", 415),
            (Method::POST, "/consent", 415), (Method::POST, "/logout", 415), (Method::DELETE, "/logout", 405), (Method::OPTIONS, "/token", 204), (Method::GET, "/account", 303), (Method::POST, "/account/sign-out", 415),
        ] {
            let page = ask(&server, method, path, &[], "").await;
            assert_eq!(page.status, status, "{path}");
            assert_protected(&page, path);
            assert!(page.header("x-request-id").len() >= 16, "{path}");
            assert!(!page.headers.contains_key("server") && !page.headers.contains_key("x-powered-by"), "{path}");
        }
        let page = ask(&server, Method::GET, &client.authorize_url(&[]), &[], "").await;
        assert_protected(&page, "redirect");
        assert_eq!(page.header("cache-control"), "no-store");
        assert!(ask(&server, Method::GET, &style, &[], "").await.header("cache-control").contains("immutable"));
    }

    // The id on an error page is the answer's, the server's own, and another one each time
    async fn an_error_page_carries_its_request_id(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut seen = Vec::new();
        for path in ["/authorize", "/consent?request=x", "/setup", "/login?request=x"] {
            for _ in 0..2 {
                let page = ask(&server, Method::GET, path, &[("x-request-id", "chosen-by-the-attacker")], "").await;
                let id = page.header("x-request-id").to_owned();
                assert!(id.len() >= 16 && page.text().contains(&format!("give this id: {id}")), "{path}: {}", page.text());
                assert!(!page.body.contains("chosen-by-the-attacker"));
                seen.push(id);
            }
        }
        let count = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), count);
        // Of what is not there nothing is kept, so there is no id to ask by.
        for path in ["/nowhere", "/account/nowhere", "/login/upstream/nowhere/callback"] {
            let page = ask(&server, Method::GET, path, &[], "").await;
            let id = page.header("x-request-id").to_owned();
            assert!(page.status == 404 && !page.body.contains(&id), "{path}: {}", page.text());
            let found = placet::admin::refusals::show(&server.app, &id).await;
            assert!(found.is_err(), "{path}: {found:?}");
        }
    }

    // S56
    async fn nothing_of_a_request_is_more_than_text(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let evil = |page: &Page, case: &str| {
            assert!(!page.body.contains("<script>") && !page.body.contains("<img"), "{case}: {}", page.body);
            assert!(!page.body.contains("</title></style>"), "{case}");
            assert!(!page.body.contains("49}}") && !page.body.contains("\"'>"), "{case}");
            if page.header("content-type").starts_with("text/html") {
                assert_protected(page, case);
            }
        };
        let client = server.web_client().await;
        // Every parameter of the authorization request, on whatever page it leads to.
        let names = [
            "client_id", "redirect_uri", "response_type", "response_mode", "scope", "state", "nonce", "code_challenge", "code_challenge_method",
            "prompt", "max_age", "login_hint", "display", "ui_locales", "acr_values", "id_token_hint", "claims", "resource", "request", "request_uri",
            "registration", "error", "error_description", "x", EVIL,
        ];
        for name in names {
            for more in [("x", ""), ("response_mode", "form_post"), ("client_id", "nobody")] {
                let mut browser = Browser::new(&server.url);
                let page = browser.visit(&client.authorize_url(&[(name, EVIL), more])).await;
                evil(&page, name);
            }
        }
        // The parameters of our own pages.
        let token = server.app.setup_token().await.unwrap();
        for path in ["/login", "/login/verify", "/logout", "/consent", "/choose-account", "/authorize/continue", "/setup", "/account", "/", "/nowhere", "/static/x"] {
            for name in ["request", "csrf", "token", "username", "name", "email", "error", "error_description", "client_name", "switch", "id_token_hint", "logout_hint", "client_id", "post_logout_redirect_uri", "state", "ui_locales", EVIL] {
                let query = encode(&[(name, EVIL)]);
                evil(&ask(&server, Method::GET, &format!("{path}?{query}"), &[], "").await, path);
            }
            evil(&ask(&server, Method::GET, &format!("{path}/{}", encode(&[(EVIL, "")])), &[("user-agent", EVIL), ("referer", EVIL)], "").await, path);
        }
        let mut browser = Browser::new(&server.url);
        let page = browser.get(&format!("/setup?{}", encode(&[("token", &token), ("username", EVIL), ("name", EVIL), ("email", EVIL)]))).await;
        assert_eq!(page.field("username"), EVIL, "kept, as text");
        evil(&page, "setup");
        evil(&browser.submit(&page, &[("username", EVIL), ("password", "x"), ("csrf", "x")]).await, "setup posted");
        evil(&browser.submit(&page, &[("username", EVIL), ("password", EVIL), ("name", EVIL)]).await, "setup refused");
        let page = browser.get("/login").await;
        let page = browser.submit(&page, &[("username", EVIL), ("password", EVIL)]).await;
        assert_eq!(page.field("username"), EVIL);
        evil(&page, "login");
    }

    // S56: what administrators and people are called
    async fn stored_names_are_text_too(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| "A<b>&\"me".clone_into(&mut config.name)).await;
        let name = "<b onclick=alert(1)>'\"&amp;";
        let user = NewUser { username: "a<b>'\"".to_owned(), name: Some(name.to_owned()), email: Some("<i>@x.example".to_owned()), ..NewUser::default() };
        server.add_user_with(user).await;
        server.add_scope("photos:<b>'", "look at <b>\"photos\"</b> & more").await;
        let mut new = new_client(name, &["https://app.example/cb?a=%22&b='"]);
        new.fields.scope = Some("openid profile email photos:<b>'".to_owned());
        new.fields.client_uri = Some("https://app.example/\"onmouseover='alert(1)".to_owned());
        let client = server.add_client(new).await;
        let mut browser = Browser::new(&server.url);
        let page = browser.visit(&client.authorize_url(&[("scope", "openid profile email photos:<b>'")])).await;
        assert!(page.text().contains(name));
        let consent = browser.log_in(&page, "a<b>'\"").await;
        assert!(consent.text().contains("look at <b>\"photos\"</b> & more") && consent.text().contains(name), "{}", consent.text());
        assert!(consent.checkboxes().iter().any(|(scope, _)| scope == "photos:<b>'"));
        let answer = browser.approve(&consent).await;
        assert!(answer.location().unwrap().starts_with("https://app.example/cb?a=%22&b='&code="));
        let form = browser.visit(&client.authorize_url(&[("response_mode", "form_post"), ("state", EVIL)])).await;
        assert_eq!((form.form().0.as_str(), form.field("state").as_str()), ("https://app.example/cb?a=%22&b='", EVIL));
        let account = browser.get("/account").await;
        for page in [page, consent, form, account] {
            assert_protected(&page, page.url.path());
            assert!(!page.body.contains("<b>") && !page.body.contains("<b ") && !page.body.contains("<i>"), "{}", page.body);
            assert!(page.text().contains("A<b>&\"me"));
        }
        let app = server.add_client(new_public_client("x".repeat(200).as_str(), &["com.example.app:/cb"])).await;
        let page = browser.visit(&app.authorize_url(&[])).await;
        assert_eq!(page.heading_kind(), "consent");
    }

    // /account and sign-out; S36 for the account
    async fn the_account_page_and_the_way_out(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let user = NewUser { username: "ada".to_owned(), name: Some("Ada Lovelace".to_owned()), email: Some("ada@mail.example".to_owned()), roles: vec!["editor".to_owned()], ..NewUser::default() };
        server.add_user_with(user).await;
        let mut browser = Browser::new(&server.url);
        assert_eq!(browser.get("/account").await.location().as_deref(), Some("/login"));
        let page = browser.get("/login").await;
        let account = browser.log_in(&page, "ada").await;
        assert_eq!(account.url.path(), "/account");
        for words in ["Ada Lovelace", "ada@mail.example", "editor", "15 January 2027, 08:00 UTC"] {
            assert!(account.text().contains(words), "{words}: {}", account.text());
        }
        assert_eq!(browser.get("/login").await.location().as_deref(), Some("/account"));
        let session = browser.cookies["placet_session"].clone();
        let page = browser.get("/account/sign-out").await;
        assert_eq!((page.status.as_u16(), page.header("allow")), (405, "POST"), "an image on another page signs nobody out");
        for csrf in ["", "x"] {
            let page = browser.submit(&account, &[("csrf", csrf)]).await;
            assert_eq!(page.url.path(), "/account", "{csrf:?}");
        }
        browser.headers = vec![("sec-fetch-site", "cross-site".to_owned())];
        assert_eq!(browser.submit(&account, &[]).await.url.path(), "/account");
        browser.headers.clear();
        assert_eq!(browser.cookies.get("placet_session"), Some(&session), "still signed in");
        let out = browser.submit(&account, &[]).await;
        assert!(out.text().contains("You are signed out"), "{}", out.text());
        assert!(!browser.cookies.contains_key("placet_session"));
        assert_eq!(server.database.count("sessions").await, 0);
        browser.cookies.insert("placet_session".to_owned(), session);
        assert_eq!(browser.get("/account").await.location().as_deref(), Some("/login"), "dead on the server");
        let client = server.web_client().await;
        let silent = browser.visit(&client.authorize_url(&[("prompt", "none")])).await;
        assert_eq!(silent.returned("error").as_deref(), Some("login_required"));
    }
}
