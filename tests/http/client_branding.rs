//! A client's own colours (issue 5, point 8): on the pages that lead to it and nowhere else, readable, and never in the way of what warns.

use placet::admin::clients::{self, ClientFields};
use scraper::{Html, Selector};
use serde_json::{Value, json};

use super::api::{Api, field_problem, ok};
use super::console::furnish;
use super::register::{open, register, with};
use super::second_factor::password_typed;
use super::support::authenticator::Authenticator;
use super::support::requests::{new_client, new_public_client};
use super::support::{Browser, Client, Page, TestServer};
use crate::support::database::on_both;

const LIGHT: &str = "--accent: #7a1f5c; --on-accent: #ffffff";

fn colours(accent: &str, accent_dark: &str) -> ClientFields {
    ClientFields {
        accent: Some(accent.to_owned()),
        accent_dark: Some(accent_dark.to_owned()),
        ..ClientFields::default()
    }
}

/// The addresses of the style sheets of a page beside the one that all have.
fn styles(page: &Page) -> Vec<String> {
    let html = Html::parse_document(&page.body);
    let selector = Selector::parse("link[rel=stylesheet]").unwrap();
    let links = html.select(&selector).skip(1);
    links
        .map(|link| link.attr("href").unwrap().to_owned())
        .collect()
}

async fn coloured(server: &TestServer) -> Client {
    let mut new = new_client("Photo Printer", &["https://app.example/callback"]);
    new.id = Some("print:er".to_owned());
    new.fields.accent = Some("#7a1f5c".to_owned());
    new.fields.policy_uri = Some("https://printer.example/privacy".to_owned());
    new.fields.tos_uri = Some("https://printer.example/terms".to_owned());
    new.fields.logo_uri = Some("https://printer.example/logo.png".to_owned());
    server.add_client(new).await
}

/// What the page looks like that leads to that client.
fn assert_wears(page: &Page, what: &str) -> String {
    let found = styles(page);
    assert_eq!(found.len(), 1, "{what}: {found:?}");
    assert!(
        found[0].starts_with("/brand/client.css?client_id=print%3Aer&v="),
        "{what}: {found:?}"
    );
    for part in [
        "<img class=\"logo\" src=\"/client-logo?client_id=print%3Aer",
        "href=\"https://printer.example/privacy\"",
        "href=\"https://printer.example/terms\"",
    ] {
        assert!(page.body.contains(part), "{what}: {part}");
    }
    assert!(
        !page.body.contains("style=\"") && !page.body.contains("<style"),
        "{what}"
    );
    assert!(
        page.header("content-security-policy")
            .contains("style-src 'self'"),
        "{what}"
    );
    found[0].clone()
}

on_both! {
    async fn each_page_that_leads_to_it_wears_its_colours(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let app = Authenticator::set_up(&server, "ada").await;
        let client = coloured(&server).await;
        let mut browser = Browser::new(&server.url);
        let page = browser.visit(&client.authorize_url(&[])).await;
        assert_eq!(page.heading_kind(), "login");
        let style = assert_wears(&page, "sign-in");
        let page = browser.submit(&page, &[("username", "ada"), ("password", "wrong")]).await;
        assert_eq!(assert_wears(&page, "a wrong password"), style);
        let page = browser.log_in(&page, "ada").await;
        assert_eq!(page.heading_kind(), "verify", "{}", page.body);
        assert_eq!(assert_wears(&page, "second factor"), style);
        let page = browser.submit(&page, &[("code", &app.code(&server))]).await;
        assert_eq!(page.heading_kind(), "consent", "{}", page.body);
        assert_eq!(assert_wears(&page, "consent"), style);
        browser.approve(&page).await;
        let page = browser.visit(&client.authorize_url(&[("prompt", "select_account")])).await;
        assert_eq!(page.url.path(), "/choose-account", "{}", page.body);
        assert_eq!(assert_wears(&page, "choice of account"), style);

        let sheet = browser.get(&style).await;
        assert_eq!((sheet.status.as_u16(), sheet.header("content-type")), (200, "text/css; charset=utf-8"));
        assert_eq!(sheet.header("cache-control"), "public, max-age=31536000, immutable");
        let (light, dark) = sheet.body.split_once("@media (prefers-color-scheme: dark)").unwrap();
        assert!(light.contains(LIGHT), "{light}");
        assert!(dark.contains("--on-accent: #000000") && !dark.contains("#7a1f5c"), "made readable: {dark}");

        // Everything else looks like the installation: the account, the console, errors, the way to another app.
        let other = server.web_client().await;
        let elsewhere = [
            "/account".to_owned(),
            "/login?again=1".to_owned(),
            "/admin".to_owned(),
            "/nowhere".to_owned(),
            client.authorize_url(&[("redirect_uri", "https://evil.example/")]),
            other.authorize_url(&[]),
        ];
        for address in elsewhere {
            let page = browser.visit(&address).await;
            assert!(styles(&page).is_empty(), "{address}: {}", page.body);
        }
    }

    async fn new_colours_have_a_new_address(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| config.branding.accent_dark = Some("#6fcdb6".parse().unwrap())).await;
        let client = coloured(&server).await;
        let mut browser = Browser::new(&server.url);
        let url = client.authorize_url(&[]);
        let page = browser.visit(&url).await;
        let old = assert_wears(&page, "before");
        server.change_client(&client, colours("#0b4f8a", "#8fc4f2")).await;
        let page = browser.visit(&url).await;
        let new = assert_wears(&page, "after");
        assert_ne!(old, new);
        let sheet = browser.get(&new).await;
        assert!(sheet.body.contains("--accent: #0b4f8a;") && sheet.body.contains("{ :root { --accent: #8fc4f2;"), "{}", sheet.body);
        // What is not what the address says is not kept: a node may not have heard of a change yet.
        for stale in [old.as_str(), "/brand/client.css?client_id=print%3Aer", "/brand/client.css?client_id=print:er&v=x"] {
            let page = browser.get(stale).await;
            assert_eq!((page.status.as_u16(), page.header("cache-control")), (200, "no-store"), "{stale}");
            assert_eq!(page.body, sheet.body);
        }
        // The installation's stand in for what it has not.
        server.change_client(&client, colours("", "#8fc4f2")).await;
        let page = browser.visit(&url).await;
        let sheet = browser.get(&styles(&page)[0]).await;
        assert!(sheet.body.starts_with("@media (prefers-color-scheme: dark) { :root { --accent: #8fc4f2;"), "{}", sheet.body);
        server.change_client(&client, colours("", "")).await;
        let page = browser.visit(&url).await;
        assert!(styles(&page)[0].starts_with("/brand/style.css?v="), "{:?}", styles(&page));
        assert_eq!(browser.get("/brand/client.css?client_id=print:er").await.status, 404);
    }

    // S51: whatever the colours are, the page says where the browser goes and what to beware of in colours of its own.
    async fn what_warns_is_not_coloured_away(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let mut new = new_public_client("Printer", &["http://127.0.0.1/cb"]);
        new.fields.accent = Some("#ffffff".to_owned());
        let refused = clients::add(&server.app, &TestServer::by(), new.clone()).await.unwrap_err();
        assert!(refused.to_string().starts_with("accent: #ffffff has a contrast of 1.0 to the page, and text needs 4.5; #"), "{refused}");
        new.fields.accent = Some("#b3261e".to_owned());
        let client = server.add_client(new).await;
        let mut browser = Browser::new(&server.url);
        let page = browser.visit(&client.authorize_url(&[])).await;
        let page = browser.log_in(&page, "ada").await;
        assert!(page.body.contains("class=\"goes\"") && page.text().contains("any program"), "{}", page.text());
        // All that its sheet says is the accent …
        let sheet = browser.get(&styles(&page)[0]).await;
        let declared = sheet.body.matches("--accent: ").count() + sheet.body.matches("--on-accent: ").count();
        assert_eq!((declared, sheet.body.matches(';').count()), (4, 4), "{}", sheet.body);
        // … and nothing that warns is in it.
        let style = browser.get("/static/style.css").await.body;
        let with_accent = style.split('}').filter(|rule| rule.contains("var(--accent)") || rule.contains("var(--on-accent)"));
        for rule in with_accent {
            let selector = rule.split('{').next().unwrap();
            let mut parts = selector.split([' ', ',', '>']).map(str::trim);
            let warns = parts.any(|part| [".goes", ".bad", ".notice", "body", "bdi", "strong", ".facts"].contains(&part));
            assert!(!warns, "{selector}");
        }
    }

    async fn a_client_that_is_gone_leaves_nothing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = coloured(&server).await;
        let mut browser = Browser::new(&server.url);
        let page = browser.visit(&client.authorize_url(&[])).await;
        let style = assert_wears(&page, "before");
        let plain = server.web_client().await;
        let by = TestServer::by();
        clients::disable(&server.app, &by, "print:er").await.unwrap();
        let disabled = browser.get(&style).await;
        let error = browser.visit(&client.authorize_url(&[])).await;
        assert!(styles(&error).is_empty(), "{}", error.body);
        clients::remove(&server.app, &by, "print:er").await.unwrap();
        let removed = browser.get(&style).await;
        let never = [
            "/brand/client.css?client_id=nobody&v=x".to_owned(),
            "/brand/client.css".to_owned(),
            "/brand/client.css?client_id=%00&client_id=a".to_owned(),
            format!("/brand/client.css?client_id={}", plain.id),
        ];
        let mut all = vec![disabled, removed];
        for address in &never {
            all.push(browser.get(address).await);
        }
        for page in all {
            assert_eq!((page.status.as_u16(), page.body.as_str(), page.header("cache-control")), (404, "", "no-store"), "{}", page.url);
        }
    }

    // RFC 7591 §2: metadata that is not understood is ignored. Nobody looked at a client that registers itself.
    async fn whoever_registers_itself_cannot_dress_up(db: TestDatabase) {
        let server = open(db).await;
        let dressed = json!({ "accent": "#7a1f5c", "accent_dark": "#6fcdb6", "branding": { "accent": "#7a1f5c" } });
        let registered = register(&server, &with(&dressed)).await;
        assert!(["accent", "accent_dark", "branding"].iter().all(|name| registered.get(name).is_none()), "{registered}");
        let client = Client::registered(&server, &registered);
        let mut browser = Browser::new(&server.url);
        let page = browser.visit(&client.authorize_url(&[])).await;
        assert_eq!((page.heading_kind().as_str(), styles(&page).len()), ("login", 0), "{}", page.body);
        // An administrator who looked at it may, and it keeps what it was given.
        server.change_client(&client, colours("#7a1f5c", "")).await;
        let (id, token) = (registered["client_id"].as_str().unwrap(), registered["registration_access_token"].as_str().unwrap());
        let body = with(&json!({ "client_id": id, "accent": "#0b4f8a", "client_name": "Other" }));
        let put = reqwest::Client::new().put(format!("{}/register/{id}", server.url)).bearer_auth(token).json(&body);
        let answer: Value = put.send().await.unwrap().json().await.unwrap();
        assert!(answer["client_name"] == "Other" && answer.get("accent").is_none(), "{answer}");
        let stored = clients::show(&server.app, id).await.unwrap().branding;
        assert_eq!((stored.accent.unwrap().to_string().as_str(), stored.accent_dark), ("#7a1f5c", None));
    }

    async fn the_admin_api_says_what_would_do(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        let body = json!({ "client_name": "App", "redirect_uris": ["https://app.example/cb"], "accent": "#7A1F5C" });
        let made = ok(&api.json("PUT", "/clients/app", &body).await, 201);
        assert_eq!((&made["accent"], made.get("accent_dark")), (&json!("#7a1f5c"), None));
        let cases = [
            ("accent", "#ffcc00", "#876c00 would do"),
            ("accent_dark", "#003366", "#6b88a6 would do"),
            ("accent", "red", "is not a colour as #rrggbb"),
            ("accent", "#7a1f5c;}", "is not a colour as #rrggbb"),
            ("accent_dark", "url(x)", "is not a colour as #rrggbb"),
        ];
        for (field, value, fault) in cases {
            field_problem(&api.json("PATCH", "/clients/app", &json!({ field: value })).await, 422, field, fault);
        }
        let changed = ok(&api.json("PATCH", "/clients/app", &json!({ "accent": null, "accent_dark": "#6fcdb6" })).await, 200);
        assert_eq!((changed.get("accent"), &changed["accent_dark"]), (None, &json!("#6fcdb6")));
        let event = server.database.texts("SELECT CAST(detail AS TEXT) FROM audit_events WHERE kind = 'client_updated'".to_owned()).await;
        assert_eq!(event.iter().filter(|detail| detail.contains("accent_dark")).count(), 1, "{event:?}");
        let again = ok(&api.json("PUT", "/clients/app", &body).await, 200);
        assert_eq!((&again["accent"], again.get("accent_dark")), (&json!("#7a1f5c"), None), "all that is not said has its default");
    }

    async fn the_console_has_a_field_for_it(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        let form = root.get("/admin/clients/web/edit/look").await;
        let bad = root.submit(&form, &[("accent", "#ffcc00"), ("client_uri", "https://app.example/")]).await;
        assert_eq!(bad.status, 422, "{}", bad.text());
        assert!(bad.body.contains("id=\"accent-problem\"") && bad.text().contains("#876c00 would do"), "{}", bad.text());
        assert!(styles(&bad).is_empty() && bad.body.contains("value=\"#ffcc00\""), "{}", bad.body);
        let saved = root.submit(&bad, &[("accent", "#7a1f5c"), ("accent_dark", "#e0a3cd")]).await;
        assert_eq!((saved.status.as_u16(), saved.url.path()), (200, "/admin/clients/web"), "{}", saved.text());
        let stored = clients::show(&server.app, "web").await.unwrap().branding;
        assert_eq!((stored.accent.unwrap().to_string(), stored.accent_dark.unwrap().to_string()), ("#7a1f5c".to_owned(), "#e0a3cd".to_owned()));
        let form = root.get("/admin/clients/web/edit/look").await;
        root.submit(&form, &[("accent", ""), ("accent_dark", "")]).await;
        assert!(clients::show(&server.app, "web").await.unwrap().branding.is_empty());
    }

    async fn the_way_to_a_second_factor_wears_it_too(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = coloured(&server).await;
        let mut browser = Browser::new(&server.url);
        let page = password_typed(&mut browser, &client.authorize_url(&[("acr_values", "mfa")]), "ada").await;
        assert_eq!(page.heading_kind(), "enrol", "{}", page.body);
        assert!(styles(&page)[0].starts_with("/brand/client.css?client_id=print%3Aer"));
    }
}
