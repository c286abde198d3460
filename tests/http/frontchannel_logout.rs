//! The page that lets apps hear of a logout in frames (OIDC Front-Channel Logout 1.0).

use placet::admin::clients::ClientFields;
use scraper::{Html, Selector};

use super::support::client::decode_jwt;
use super::support::requests::{encode, new_client};
use super::support::{Browser, Client, Page, TestServer};
use crate::support::database::on_both;

async fn app(server: &TestServer, host: &str, uri: Option<&str>) -> Client {
    let mut new = new_client(host, &[&format!("https://{host}/cb")]);
    new.fields.post_logout_redirect_uris = Some(vec![format!("https://{host}/out")]);
    new.fields.frontchannel_logout_uri = uri.map(ToOwned::to_owned);
    server.add_client(new).await
}

async fn id_token(client: &Client, browser: &mut Browser) -> String {
    let page = client.sign_in(browser, "ada", &[]).await;
    let tokens = client.redeem(&page.returned("code").unwrap()).await;
    tokens.json["id_token"].as_str().unwrap().to_owned()
}

/// An attribute of every such element.
fn attributes(page: &Page, selector: &str, name: &str) -> Vec<String> {
    let html = Html::parse_document(&page.body);
    let selector = Selector::parse(selector).unwrap();
    html.select(&selector)
        .map(|element| element.attr(name).unwrap_or_default().to_owned())
        .collect()
}

on_both! {
    // S161 S57
    async fn apps_of_the_session_get_a_frame(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let one = app(&server, "one.example", Some("https://one.example/bye")).await;
        let two = app(&server, "two.example", Some("https://two.example/bye?a=b&c='")).await;
        let deaf = app(&server, "deaf.example", None).await;
        let gone = app(&server, "gone.example", Some("https://gone.example/bye")).await;
        app(&server, "never.example", Some("https://never.example/bye")).await;
        let mut browser = Browser::new(&server.url);
        let hint = id_token(&one, &mut browser).await;
        for client in [&one, &two, &deaf, &gone] {
            id_token(client, &mut browser).await;
        }
        let fields = ClientFields { frontchannel_logout_uri: Some(String::new()), ..ClientFields::default() };
        server.change_client(&gone, fields).await;
        let sid = decode_jwt(&hint).1["sid"].as_str().unwrap().to_owned();
        let params = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", "https://one.example/out"), ("state", "a&b\"")];
        let page = browser.get(&format!("/logout?{}", encode(&params))).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("You are signed out") && page.text().contains("you will be sent to one.example"), "{}", page.text());
        let iss_and_sid = encode(&[("iss", &server.url), ("sid", &sid)]);
        let frames = attributes(&page, "iframe", "src");
        let mut sorted = frames.clone();
        sorted.sort();
        assert_eq!(sorted, [format!("https://one.example/bye?{iss_and_sid}"), format!("https://two.example/bye?a=b&c='&{iss_and_sid}")]);
        assert!(attributes(&page, "iframe", "title").iter().all(|title| title.starts_with("Signing out of ")));
        let policy = page.header("content-security-policy");
        assert!(policy.ends_with("; frame-src https://one.example https://two.example"), "{policy}");
        assert!(policy.contains("script-src 'none'") && policy.contains("frame-ancestors 'none'") && policy.contains("default-src 'none'"), "{policy}");
        for (header, value) in [("x-frame-options", "DENY"), ("referrer-policy", "no-referrer"), ("cache-control", "no-store")] {
            assert_eq!(page.header(header), value);
        }
        let way_back = "https://one.example/out?state=a%26b%22";
        assert_eq!(attributes(&page, "meta[http-equiv=refresh]", "content"), [format!("3;url={way_back}")]);
        assert_eq!(attributes(&page, "a.button", "href"), [way_back]);
        assert!(!browser.cookies.contains_key("placet_session"));
        // Once: whoever opens the address again is led back at once.
        let page = browser.get(&format!("/logout?{}", encode(&params))).await;
        assert_eq!(page.location().as_deref(), Some(way_back));
    }

    // S161
    async fn signing_out_on_the_account_page_tells_them_too(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let one = app(&server, "one.example", Some("https://one.example/bye")).await;
        let mut browser = Browser::new(&server.url);
        id_token(&one, &mut browser).await;
        let mut other = Browser::new(&server.url);
        id_token(&one, &mut other).await;
        let account = browser.get("/account").await;
        let page = browser.submit(&account, &[]).await;
        assert_eq!(attributes(&page, "iframe", "src").len(), 1);
        assert!(attributes(&page, "meta[http-equiv]", "content").is_empty(), "there is nowhere to go on to");
        assert_eq!(page.header("cross-origin-opener-policy"), "same-origin");
        let page = other.get("/logout").await;
        let page = other.submit(&page, &[("decision", "sign-out")]).await;
        assert_eq!(attributes(&page, "iframe", "src").len(), 1, "asked and answered");
        server.wait_for_rows("logout_deliveries", 0).await;
    }
}
