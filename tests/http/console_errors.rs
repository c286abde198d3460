//! The console's refused requests: from `error_uri` to the explanation, and to the mend.

use placet::admin::clients;

use super::console::{furnish, sign_in};
use super::support::requests::{altered, encode};
use super::support::{Browser, Client, TestServer};
use crate::support::database::on_both;

const SLASH: &str = "https://app.example/callback/";

/// The id of a request that was refused for a trailing slash.
async fn refused(server: &TestServer, client: &Client) -> String {
    let mut browser = Browser::new(&server.url);
    let page = browser
        .get(&client.authorize_url(&[("redirect_uri", SLASH)]))
        .await;
    assert_eq!(page.status, 400);
    // Only so many of one address are remembered in a minute.
    server.advance(2);
    page.header("x-request-id").to_owned()
}

on_both! {
    async fn an_error_is_explained_and_mended(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        let app = server.web_client().await;
        let id = refused(&server, &app).await;
        let list = root.get("/admin/errors").await;
        assert!(list.body.contains(&format!("/admin/errors/{id}")), "{}", list.text());
        assert!(root.get(&format!("/admin/errors?{}", encode(&[("client", &app.id)]))).await.body.contains(&id));
        for filter in ["client=web", "from=2999-01-01", "to=1999-01-01"] {
            assert!(!root.get(&format!("/admin/errors?{filter}")).await.body.contains(&id), "{filter}");
        }
        let page = root.get(&format!("/admin/errors/{id}")).await;
        for part in ["a trailing slash", "RFC 9700", SLASH, "Mend it here", "redirect_uri", "authorize", &app.id, &id] {
            assert!(page.text().contains(part), "{part}: {}", page.text());
        }
        let question = root.get(&format!("/admin/errors/{id}/mend")).await;
        for part in ["Change Photo Printer?", "becomes one of the redirect URIs", "Whoever controls that address"] {
            assert!(question.text().contains(part), "{part}: {}", question.text());
        }
        let done = root.submit(&question, &[]).await;
        assert_eq!(done.url.path(), format!("/admin/errors/{id}"));
        assert!(done.text().contains("Photo Printer is changed."), "{}", done.text());
        assert!(!done.text().contains("Mend it here"), "what is mended is not offered again");
        let page = Browser::new(&server.url).get(&app.authorize_url(&[("redirect_uri", SLASH)])).await;
        assert_eq!(page.status, 303, "the same request works");
        // What is offered no more leads back to the explanation.
        let again = root.submit(&question, &[]).await;
        assert_eq!((again.status.as_u16(), again.url.path()), (200, format!("/admin/errors/{id}").as_str()));
        let client = clients::show(&server.app, &app.id).await.unwrap();
        assert_eq!(client.metadata.redirect_uris.len(), 2);
        let by = server.database.texts("SELECT actor FROM audit_events WHERE kind = 'client_updated'".to_owned()).await;
        assert!(by.len() == 1 && by[0].starts_with("user:"), "{by:?}");
    }

    // S106, S168: the mend needs a form of this session, a recent password, and that nobody changed the client meanwhile.
    async fn a_mend_is_an_administrators_own_act(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        let app = server.web_client().await;
        let id = refused(&server, &app).await;
        let at = format!("/admin/errors/{id}/mend");
        let question = root.get(&at).await;
        let csrf = question.field("csrf");
        for wrong in [String::new(), altered(&csrf)] {
            assert_eq!(root.post(&at, &[("csrf", &wrong)]).await.status, 403);
        }
        server.add_user("ada").await;
        let mut ada = sign_in(&server, "ada").await;
        for address in [at.clone(), format!("/admin/errors/{id}")] {
            assert_eq!(ada.get(&address).await.status, 403, "{address}");
        }
        clients::change(&server.app, &TestServer::by(), &app.id, clients::ClientFields { name: Some("Renamed".to_owned()), ..Default::default() }).await.unwrap();
        assert_eq!(root.submit(&question, &[]).await.status, 409);
        server.advance(600);
        assert_eq!(root.get(&at).await.status, 303);
        assert_eq!(root.submit(&question, &[]).await.heading_kind(), "login");
        assert_eq!(clients::show(&server.app, &app.id).await.unwrap().metadata.redirect_uris.len(), 1);
    }

    async fn the_error_uri_leads_through_sign_in_and_back(db: TestDatabase) {
        let server = TestServer::start(db).await;
        furnish(&server).await;
        let app = server.web_client().await;
        let answer = app.token(&[("grant_type", "authorization_code"), ("code", "placet_co_nothing")]).await;
        let uri = answer.json["error_uri"].as_str().unwrap_or_else(|| panic!("{}", answer.json)).to_owned();
        server.advance(2);
        let path = uri.strip_prefix(server.url.trim_end_matches('/')).or_else(|| uri.find("/admin/").map(|at| &uri[at..])).unwrap();
        let mut browser = Browser::new(&server.url);
        let login = browser.visit(path).await;
        assert_eq!(login.heading_kind(), "login");
        let page = browser.log_in(&login, "root").await;
        assert_eq!((page.status.as_u16(), page.url.path()), (200, path));
        assert!(page.text().contains("invalid_grant") || page.text().contains("invalid_request"), "{}", page.text());
        assert!(!page.body.contains("placet_co_nothing"), "secrets are cut");
    }

    async fn an_unknown_error_says_how_long_they_are_kept(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        let page = root.get("/admin/errors/nothing-of-that-id").await;
        assert_eq!(page.status, 404);
        assert!(page.text().contains("The newest 10000 are kept, for 7 days at most."), "{}", page.text());
        for bad in ["/admin/errors/%00", "/admin/errors/a%2Fb", "/admin/errors?client=%00", "/admin/errors?from=tomorrow", "/admin/errors?from=%2B262142-12-31", "/admin/errors?to=%2B262142-12-31", "/admin/errors?after=x", "/admin/errors/x/mend"] {
            let status = root.get(bad).await.status.as_u16();
            assert!(status < 500, "{bad} {status}");
        }
        assert_eq!(root.get("/admin/errors?from=tomorrow").await.status, 422);
    }

    // What anybody may send is text here, and nothing else.
    async fn what_strangers_send_is_only_text(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        let evil = "<script>alert(1)</script>\u{202e}";
        let page = Browser::new(&server.url).get(&format!("/authorize?{}", encode(&[("client_id", evil), ("redirect_uri", evil), ("scope", evil), ("state", evil)]))).await;
        server.advance(2);
        let shown = root.get(&format!("/admin/errors/{}", page.header("x-request-id"))).await;
        assert_eq!(shown.status, 200, "{}", shown.text());
        let list = root.get("/admin/errors").await;
        for page in [shown, list] {
            assert!(!page.body.contains("<script>") && !page.body.contains('\u{202e}'));
        }
    }
}
