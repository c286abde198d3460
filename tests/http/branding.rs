//! The installation's own look (issue 5, point 8): logo, colours and links on every page, and nothing where nothing is set.

use std::io::Write as _;
use std::path::Path;

use placet::config::Config;
use scraper::{Html, Selector};

use super::support::{Browser, Page, TestServer};
use crate::support::database::{Kind, TestDatabase};

const DRAWING: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><path d=\"M0 0h8v8\"/></svg>";

fn branded(config: &mut Config, logo: &Path) {
    "Acme".clone_into(&mut config.name);
    config.branding.logo_file = Some(logo.to_owned());
    config.branding.accent = Some("#7a1f5c".parse().unwrap());
    config.branding.privacy_uri = Some("https://acme.example/privacy?a=1&b=2".to_owned());
    config.branding.help_uri = Some("mailto:help@acme.example".to_owned());
}

async fn server(change: impl FnOnce(&mut Config)) -> TestServer {
    let database = TestDatabase::new(Kind::Sqlite).await.unwrap();
    TestServer::start_with(database, change).await
}

/// The values of an attribute of what the selector finds.
fn found(page: &Page, selector: &str, attribute: &str) -> Vec<String> {
    let html = Html::parse_document(&page.body);
    let selector = Selector::parse(selector).unwrap();
    let found = html.select(&selector);
    found
        .filter_map(|element| element.attr(attribute).map(ToOwned::to_owned))
        .collect()
}

#[tokio::test]
async fn pages_wear_it() {
    let mut logo = tempfile::NamedTempFile::new().unwrap();
    logo.write_all(DRAWING.as_bytes()).unwrap();
    let server = server(|config| branded(config, logo.path())).await;
    let mut browser = Browser::new(&server.url);
    let page = browser.get("/login").await;
    assert_eq!(
        found(&page, "footer .own a", "href"),
        [
            "https://acme.example/privacy?a=1&b=2",
            "mailto:help@acme.example"
        ]
    );

    server.add_user("ada").await;
    let account = browser.log_in(&page, "ada").await;
    let links = found(&account, "footer .own a", "href");
    assert_eq!(links, found(&page, "footer .own a", "href"));

    let own = found(&page, "header img.own", "src");
    assert_eq!(found(&account, "header img.own", "src"), own);
    let drawing = browser.get(&own[0]).await;
    assert_eq!(drawing.header("content-type"), "image/svg+xml");
    assert_eq!(
        drawing.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    // S53: one that is opened by itself runs nothing.
    assert!(
        drawing
            .header("content-security-policy")
            .contains("sandbox")
    );
    assert_eq!(drawing.body, DRAWING);

    let styles = found(&page, "link[rel=stylesheet]", "href");
    assert_eq!(styles.len(), 2, "{styles:?}");
    let style = browser.get(&styles[1]).await;
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    let (light, dark) = style
        .body
        .split_once("@media (prefers-color-scheme: dark)")
        .unwrap();
    assert!(
        light.contains("--accent: #7a1f5c; --on-accent: #ffffff"),
        "{light}"
    );
    // Made of the light one, so that it can be read there.
    assert!(
        dark.contains("--on-accent: #000000") && !dark.contains("#7a1f5c"),
        "{dark}"
    );
}

#[tokio::test]
async fn without_settings_nothing_is_there() {
    let server = server(|_| {}).await;
    let mut browser = Browser::new(&server.url);
    let page = browser.get("/login").await;
    assert!(!page.body.contains("/brand/"), "{}", page.body);
    for path in ["/brand/style.css", "/brand/logo"] {
        assert_eq!(browser.get(path).await.status, 404);
    }
}
