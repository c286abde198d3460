//! Logout in a real browser: the frame of an app that wants to hear of it is loaded, and the page goes on by itself.

use super::Browser;
use crate::http::support::TestServer;
use crate::http::support::relying_party::RelyingParty;
use crate::http::support::requests::encode;
use crate::http::support::server::PASSWORD;
use crate::support::database::{Kind, TestDatabase};

// S161 S58
#[tokio::test]
async fn the_frame_is_loaded_and_then_the_app_is_back() {
    for has_javascript in [true, false] {
        let Some(browser) = Browser::open(has_javascript).await else {
            return;
        };
        let mut app = RelyingParty::start(200).await;
        let database = TestDatabase::new(Kind::Sqlite).await.unwrap();
        let server = TestServer::start(database).await;
        server.add_user("ada").await;
        let host = app.host.clone();
        let at = |path: &str| format!("http://{host}{path}");
        let mut new = app.client("Photo Printer");
        new.fields.backchannel_logout_uri = None;
        new.fields.frontchannel_logout_uri = Some(at("/front"));
        let client = server.add_client(new).await;

        let address = client.authorize_url(&[]);
        browser.visit(&format!("{}{address}", server.url)).await;
        browser.fill("#username", "ada").await;
        browser.fill("#password", PASSWORD).await;
        browser.press("Sign in").await;
        browser.press("Allow").await;
        assert_eq!(browser.heading().await, "At the app");
        assert!(app.next().await.target.starts_with("/cb?"));

        let out = at("/out");
        let params = [
            ("client_id", client.id.as_str()),
            ("post_logout_redirect_uri", &out),
            ("state", "xyz"),
        ];
        let address = format!("{}/logout?{}", server.url, encode(&params));
        browser.visit(&address).await;
        assert_eq!(browser.heading().await, "Sign out of Placet?");
        browser.press("Sign out").await;
        assert_eq!(browser.heading().await, "You are signed out");
        let frame = next_but_icon(&mut app).await;
        assert!(
            frame.starts_with("/front?iss=") && frame.contains("&sid="),
            "{frame}"
        );
        // The page goes on by itself.
        assert_eq!(next_but_icon(&mut app).await, "/out?state=xyz");
        browser.visit(&format!("{}/account", server.url)).await;
        assert_eq!(browser.heading().await, "Sign in");
        browser.close().await;
    }
}

/// What the app is asked next, its icon aside.
async fn next_but_icon(app: &mut RelyingParty) -> String {
    loop {
        let call = app.next().await;
        if call.target != "/favicon.ico" {
            return call.target;
        }
    }
}
