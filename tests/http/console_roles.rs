//! The console's roles, resources, scopes and overview.

use placet::admin::activity;
use placet::admin::clients::{self, ClientFields};
use placet::admin::{resources, roles, scopes};
use placet::config::RegistrationMode;

use super::console::{add_administrator, furnish, sign_in};
use super::pages::assert_protected;
use super::support::{Browser, TestServer};
use crate::support::database::on_both;

/// The resource that [`furnish`] made.
const API: &str = "/admin/resources/aHR0cHM6Ly9hcGkuZXhhbXBsZS8";

on_both! {
    async fn roles_are_made_changed_and_removed(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        let form = root.get("/admin/new/role").await;
        for (name, description, field) in [("", "x", "name"), ("editor", "x", "name"), ("author", "a\u{202e}b", "description")] {
            let page = root.submit(&form, &[("name", name), ("description", description)]).await;
            assert_eq!(page.status, 422, "{name:?} {description:?}");
            assert!(page.body.contains(&format!("id=\"{field}-problem\"")), "{name:?} {description:?}: {}", page.text());
        }
        let done = root.submit(&form, &[("name", "new"), ("description", "may write")]).await;
        assert!(done.text().contains("The role new is there."), "{}", done.text());
        let form = root.get("/admin/roles/new").await;
        roles::put(&server.app, &TestServer::by(), "new", "theirs").await.unwrap();
        let late = root.submit(&form, &[("description", "mine")]).await;
        assert_eq!(late.status, 409);
        assert!(late.text().contains("Stored now: theirs") && late.body.contains("value=\"mine\""));
        assert_eq!(root.submit(&late, &[]).await.status, 200);
        assert_eq!(roles::show(&server.app, "new").await.unwrap().description, "mine");
        let question = root.get("/admin/roles/new/remove").await;
        assert!(question.text().contains("Nobody has it."));
        assert!(root.submit(&question, &[]).await.text().contains("The role new is gone."));
        // The one that opens the console stays.
        assert!(!root.get("/admin/roles/admin").await.body.contains("name=\"description\""));
        let question = root.get("/admin/roles/admin/remove").await;
        assert_eq!(root.submit(&question, &[]).await.status, 422);
    }

    async fn resources_say_which_roles_may_get_which_scopes(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        let form = root.get("/admin/new/resource").await;
        let fields = |uri, ttl| [("uri", uri), ("name", "The Photos"), ("access_ttl", ttl), ("format", "jwt"), ("alg", "ES256"), ("token_roles", "own")];
        for (uri, ttl, field) in [("x", "", "uri"), ("https://photos.example/", "soon", "access_ttl"), ("https://photos.example/", "1", "access_ttl"), ("https://photos.example/", "99999999999999999999", "access_ttl")] {
            let page = root.submit(&form, &fields(uri, ttl)).await;
            assert_eq!(page.status, 422, "{uri} {ttl}");
            assert!(page.body.contains(&format!("id=\"{field}-problem\"")), "{uri} {ttl}: {}", page.text());
        }
        let made = root.submit(&form, &fields("https://photos.example/", "300")).await;
        assert!(made.text().contains("The Photos is registered."), "{}", made.text());
        let stored = resources::show(&server.app, "https://photos.example/").await.unwrap();
        assert_eq!((stored.access_ttl_seconds, stored.token_roles.as_str()), (Some(300), "own"));
        // Its secret, once.
        let mut shared = fields("https://shared.example/", "");
        shared[4].1 = "HS256";
        let made = root.submit(&form, &shared).await;
        assert!(made.body.contains("placet_rs_"), "{}", made.text());
        assert_protected(&made, "shared");
        assert_eq!(root.submit(&form, &shared).await.status, 422);

        let form = root.get(&format!("{API}/roles")).await;
        let saved = root.submit(&form, &[("scope_roles", "notes:read editor"), ("scope_roles", "notes:read admin")]).await;
        assert_eq!(saved.url.path(), API, "{}", saved.text());
        let stored = resources::show(&server.app, "https://api.example/").await.unwrap();
        let roles: Vec<&str> = stored.scope_roles["notes:read"].iter().map(String::as_str).collect();
        assert_eq!(roles, ["admin", "editor"]);
        for evil in ["notes:read nobody", "other editor", "x"] {
            let form = root.get(&format!("{API}/roles")).await;
            let answer = root.submit(&form, &[("scope_roles", evil)]).await;
            assert!([200, 422].contains(&answer.status.as_u16()), "{evil}");
        }
        let form = root.get(API).await;
        let saved = root.submit(&form, &[("name", "Renamed"), ("scope", "notes:read"), ("format", "opaque"), ("alg", "ES256"), ("token_roles", "none")]).await;
        assert!(saved.text().contains("Renamed is changed."), "{}", saved.text());
        let question = root.get(&format!("{API}/remove")).await;
        assert!(root.submit(&question, &[]).await.text().contains("Renamed is gone."));
        for bad in ["/admin/resources/%00", "/admin/resources/!", "/admin/resources/_w", "/admin/resources/aHR0cHM6Ly9ub25l"] {
            assert_eq!(root.get(bad).await.status, 404, "{bad}");
        }
    }

    async fn what_a_file_manages_is_locked_here_too(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        server.database.execute("INSERT INTO managed (kind, id, source, definition, applied_at) VALUES
            ('scope', 'notes:read', 'all.toml', '{}', '2027-01-15T08:00:00+00:00'), ('role', 'editor', 'all.toml', '{}', '2027-01-15T08:00:00+00:00'),
            ('resource', 'https://api.example/', 'all.toml', '{}', '2027-01-15T08:00:00+00:00')").await;
        for (address, field) in [("/admin/scopes/notes%3Aread", "description"), ("/admin/roles/editor", "description"), (API, "name")] {
            let locked = root.get(address).await;
            assert!(locked.text().contains("Managed by all.toml") && locked.heading_kind().is_empty(), "{address}: {}", locked.text());
            let form = root.get(&format!("{address}?override=yes")).await;
            let without = root.submit(&form, &[(field, "Mine"), ("override", "")]).await;
            assert!([409, 422].contains(&without.status.as_u16()), "{address}: {} {}", without.status, without.text());
            let saved = root.submit(&form, &[(field, "Mine")]).await;
            assert_eq!(saved.status, 200, "{address}: {}", saved.text());
        }
        let words = scopes::list(&server.app).await.unwrap();
        assert_eq!(words.iter().find(|scope| scope.name == "notes:read").unwrap().description, "Mine");
    }

    async fn the_overview_says_what_needs_attention(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| config.registration.mode = RegistrationMode::Open).await;
        let mut root = furnish(&server).await;
        let local = ClientFields { redirect_uris: Some(vec!["http://localhost:3000/cb".to_owned()]), ..ClientFields::default() };
        clients::change(&server.app, &TestServer::by(), "web", local).await.unwrap();
        let lasts = std::time::Duration::from_hours(1);
        clients::add_secret(&server.app, &TestServer::by(), "web", lasts).await.unwrap();
        let page = root.get("/admin").await;
        let text = page.text();
        for said in ["registration.mode is open", "You are the only administrator", "A secret ends on", "returns to localhost alone"] {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert!(!text.contains("plain http"), "a server on this machine alone is no fault: {text}");
        add_administrator(&server, "other").await;
        let https = ClientFields { redirect_uris: Some(vec!["https://app.example/cb".to_owned()]), ..ClientFields::default() };
        clients::change(&server.app, &TestServer::by(), "web", https).await.unwrap();
        let text = root.get("/admin").await.text();
        for unsaid in ["You are the only administrator", "returns to localhost alone"] {
            assert!(!text.contains(unsaid), "{unsaid}: {text}");
        }
    }

    // Whoever says no, or opens a used link, is no trouble; whoever asks wrongly is.
    async fn the_overview_counts_what_is_at_fault(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        let page = browser.visit(&client.authorize_url(&[])).await;
        let page = browser.log_in(&page, "ada").await;
        let denied = browser.deny(&page).await;
        assert_eq!(denied.returned("error").as_deref(), Some("access_denied"));
        assert_ne!(browser.visit("/setup?token=used").await.status, 200);
        let text = root.get("/admin").await.text();
        assert!(!text.contains("refused in the last day"), "{text}");
        assert_eq!(browser.visit(&client.authorize_url(&[("redirect_uri", "https://other.example/cb")])).await.status, 400);
        let text = root.get("/admin").await.text();
        assert!(text.contains(&format!("1 request of {} was refused in the last day.", client.id)), "{text}");
    }

    async fn the_overview_draws_what_happened(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        activity::keep(&server.app).await.unwrap();
        let page = root.get("/admin").await;
        assert_protected(&page, "overview");
        assert_eq!(page.body.matches("<svg viewBox=\"0 0 480 100\" role=\"img\"").count(), 6, "{}", page.text());
        assert!(page.body.contains("<rect ") && page.text().contains("1 in all, at most 1 in an hour."), "{}", page.text());
        server.advance(8 * 24 * 3600);
        let mut root = sign_in(&server, "root").await;
        assert!(root.get("/admin").await.text().contains("Nothing has happened yet."));
    }
}
