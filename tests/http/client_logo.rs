//! Logos of apps on our pages: fetched by the server, shown from its own origin, pictures and nothing else (S53, S57, S150).

use placet::admin::clients::{ClientFields, NewClient};

use super::support::{Browser, Client, TestServer};
use crate::support::database::on_both;
use crate::support::listener::Listener;

const GIF: &str = "GIF89a, and whatever makes a picture";

fn answer(content_type: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ncontent-length: {}\r\ncache-control: no-store\r\n\r\n{body}",
        body.len()
    )
}

async fn app_with_logo(server: &TestServer, uri: String) -> Client {
    let fields = ClientFields {
        name: Some("App".to_owned()),
        redirect_uris: Some(vec!["https://app.example/cb".to_owned()]),
        logo_uri: Some(uri),
        ..ClientFields::default()
    };
    let new = NewClient {
        fields,
        ..NewClient::default()
    };
    let made = placet::admin::clients::add(&server.app, &TestServer::by(), new)
        .await
        .unwrap();
    Client::new(server, &made)
}

/// Where the sign-in page finds the picture.
fn source(page: &str) -> String {
    let from = page.find("<img class=\"logo\" src=\"").unwrap() + 23;
    let end = page[from..].find('"').unwrap();
    page[from..from + end]
        .replace("&#38;", "&")
        .replace("&amp;", "&")
}

on_both! {
    // S53 S57
    async fn a_logo_comes_from_our_own_origin(db: TestDatabase) {
        let listener = Listener::text(&answer("image/png", GIF)).await;
        let place = listener.place();
        let server = TestServer::start_with(db, move |config| config.outgoing.allow_hosts = vec![place]).await;
        let client = app_with_logo(&server, listener.url()).await;
        let mut browser = Browser::new(&server.url);
        let page = browser.visit(&client.authorize_url(&[])).await;
        assert!(!page.body.contains(&listener.url()), "nothing is loaded from elsewhere");
        let src = source(&page.body);
        assert!(src.starts_with("/client-logo?client_id="), "{src}");
        for _ in 0..3 {
            let picture = reqwest::get(format!("{}{src}", server.url)).await.unwrap();
            assert_eq!(picture.status(), 200);
            let header = |name: &str| picture.headers()[name].to_str().unwrap().to_owned();
            assert_eq!(header("content-type"), "image/gif", "by its bytes, not by what its server says");
            assert_eq!(header("x-content-type-options"), "nosniff");
            assert_eq!(header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
            assert_eq!(picture.text().await.unwrap(), GIF);
        }
        assert_eq!(listener.connections(), 1, "kept");
    }

    // S53 S150
    async fn what_is_no_picture_is_not_shown(db: TestDatabase) {
        let listener = Listener::text(&answer("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")).await;
        let place = listener.place();
        let server = TestServer::start_with(db, move |config| config.outgoing.allow_hosts = vec![place]).await;
        let client = app_with_logo(&server, listener.url()).await;
        let status = async |id: &str| {
            let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("client_id", id).finish();
            reqwest::get(format!("{}/client-logo?{query}", server.url)).await.unwrap().status().as_u16()
        };
        assert_eq!(status(&client.id).await, 404, "SVG");
        for (kind, body) in [("image/png", "<html>".to_owned()), ("image/gif", format!("{GIF}{}", "x".repeat(70_000)))] {
            server.advance(11);
            listener.answer(&answer(kind, &body));
            assert_eq!(status(&client.id).await, 404, "{kind}");
        }
        let before = listener.connections();
        let private = app_with_logo(&server, "https://127.0.0.1:9/logo.png".to_owned()).await;
        let none = server.web_client().await;
        for id in [&private.id, &none.id, "nobody", ""] {
            assert_eq!(status(id).await, 404, "{id}");
        }
        assert_eq!(listener.connections(), before);
    }
}
