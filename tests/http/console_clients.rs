//! Clients in the console: the guided form, secrets shown once, two administrators at once, what a file manages.

use placet::admin::clients::{self, ClientFields};
use placet::admin::plan;

use super::console::furnish;
use super::pages::{EVIL, assert_protected};
use super::support::requests::{encode, new_client};
use super::support::server::PASSWORD;
use super::support::{Browser, Page, TestServer};
use crate::support::database::on_both;

/// What was registered under that id.
async fn client(server: &TestServer, id: &str) -> placet::model::client::Client {
    clients::show(&server.app, id).await.unwrap()
}

/// The `code` values of the page.
fn codes(page: &Page) -> Vec<String> {
    let html = scraper::Html::parse_document(&page.body);
    let selector = scraper::Selector::parse("dd code").unwrap();
    let texts = html.select(&selector);
    texts.map(|code| code.text().collect()).collect()
}

async fn edit(browser: &mut Browser, part: &str) -> Page {
    browser
        .get(&format!("/admin/clients/web/edit/{part}"))
        .await
}

on_both! {
    // S171
    async fn each_kind_is_registered_with_safe_settings(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        for (kind, redirect_uri, grants, method) in [
            ("web", "https://a.example/cb", "authorization_code refresh_token", "client_secret_basic"),
            ("spa", "https://a.example/cb", "authorization_code refresh_token", "none"),
            ("native", "com.example.app:/cb", "authorization_code refresh_token", "none"),
            ("agent", "http://127.0.0.1/cb", "authorization_code refresh_token", "none"),
            ("service", "", "client_credentials", "client_secret_basic"),
        ] {
            let form = root.get(&format!("/admin/new/client/{kind}")).await;
            let id = form.field("client_id");
            let mut fields = vec![("client_name", "New One"), ("scope", "notes:read")];
            if redirect_uri.is_empty() {
                assert!(!form.body.contains("redirect_uris") && !form.body.contains("value=\"openid\""));
            } else {
                fields.push(("redirect_uris", redirect_uri));
            }
            if method != "none" {
                fields.push(("token_endpoint_auth_method", method));
            }
            let made = root.submit(&form, &fields).await;
            assert_eq!(made.status, 200, "{kind}: {}", made.text());
            assert!(made.text().contains("New One is registered"), "{kind}");
            assert_protected(&made, kind);
            let stored = client(&server, &id).await;
            let names: Vec<String> = stored.metadata.grant_types.iter().map(ToString::to_string).collect();
            assert_eq!((names.join(" ").as_str(), stored.metadata.token_endpoint_auth_method.as_str()), (grants, method), "{kind}");
            assert_eq!(stored.metadata.scope.to_string(), "notes:read");
            let codes = codes(&made);
            assert_eq!(codes[0], id);
            assert!(made.body.contains(&server.url), "the issuer is in what is copied");
            assert_eq!(codes[1].starts_with("placet_cs_"), method != "none", "{kind}: {codes:?}");
            if method != "none" {
                assert!(made.body.matches(codes[1].as_str()).count() > 1, "the settings carry it");
                for later in ["", "/settings", "/secrets/new"] {
                    let page = root.get(&format!("/admin/clients/{id}{later}")).await;
                    assert!(!page.body.contains(&codes[1]), "shown once");
                }
            }
            // Sent twice, it is registered once.
            let again = root.submit(&form, &fields).await;
            assert_eq!(again.status, 422, "{kind}");
            assert!(again.text().contains("already"), "{kind}: {}", again.text());
        }
    }

    async fn what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        let form = root.get("/admin/new/client/web").await;
        let method = ("token_endpoint_auth_method", "client_secret_post");
        for (field, value) in [
            ("client_name", ""), ("client_name", "a\u{202e}b"), ("redirect_uris", ""), ("redirect_uris", "not a uri"),
            ("redirect_uris", "https://a.example/cb#x"), ("redirect_uris", "http://evil.example/"), ("client_id", "a b"),
            ("post_logout_redirect_uris", "ftp"), ("redirect_uris", EVIL),
        ] {
            let mut fields = vec![("client_name", "Kept Name"), ("redirect_uris", "https://kept.example/cb\r\nhttps://kept.example/two"), ("scope", "openid"), ("scope", "notes:read"), method];
            fields.retain(|(name, _)| *name != field);
            fields.push((field, value));
            let page = root.submit(&form, &fields).await;
            assert_eq!(page.status, 422, "{field}={value}: {}", page.text());
            assert_protected(&page, field);
            assert!(page.body.contains(&format!("id=\"{field}-problem\"")), "{field}={value}: {}", page.body);
            assert!(page.body.contains(&format!("href=\"#{field}\"")) && page.body.contains("aria-invalid=\"true\""), "{field}");
            assert!(field == "client_name" || page.body.contains("Kept Name"));
            assert!(field == "redirect_uris" || page.body.contains("https://kept.example/cb\nhttps://kept.example/two"), "{}", page.body);
            let ticked: Vec<String> = page.checkboxes().into_iter().filter(|(_, is_ticked)| *is_ticked).map(|(name, _)| name).collect();
            assert_eq!(ticked, ["openid", "notes:read"]);
        }
        assert_eq!(server.database.count("clients").await, 1);
    }

    async fn each_part_is_changed_on_its_own(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        let changes: [(&str, &[(&str, &str)]); 6] = [
            ("basics", &[("client_name", "Renamed"), ("always_ask", "yes"), ("contacts", "a@example.com\r\nb@example.com")]),
            ("sign-in", &[("redirect_uris", "https://app.example/callback\r\nhttps://app.example/two"), ("application_type", "web")]),
            ("permissions", &[("scope", "openid"), ("scope", "notes:read"), ("grant_types", "authorization_code")]),
            ("sign-out", &[("post_logout_redirect_uris", "https://app.example/bye")]),
            ("keys", &[("token_endpoint_auth_method", "client_secret_post"), ("id_token_signed_response_alg", "ES256"), ("subject_type", "public"), ("jwks", "")]),
            ("look", &[("client_uri", "https://app.example/"), ("tos_uri", "https://app.example/terms"), ("localized", "client_name#de=Umbenannt\r\ntos_uri#de=https://app.example/agb?a=b")]),
        ];
        for (part, fields) in changes {
            let form = edit(&mut root, part).await;
            let saved = root.submit(&form, fields).await;
            assert_eq!((saved.status.as_u16(), saved.url.path()), (200, "/admin/clients/web"), "{part}: {}", saved.text());
            assert!(saved.text().contains("is changed."), "{part}");
        }
        let metadata = client(&server, "web").await.metadata;
        let now = serde_json::to_value(&metadata).unwrap();
        assert_eq!(now["client_name"], "Renamed");
        assert_eq!((&now["client_name#de"], &now["tos_uri#de"]), (&serde_json::json!("Umbenannt"), &serde_json::json!("https://app.example/agb?a=b")));
        assert_eq!(now["contacts"], serde_json::json!(["a@example.com", "b@example.com"]));
        assert_eq!(now["redirect_uris"].as_array().unwrap().len(), 2);
        assert_eq!((now["scope"].as_str(), now["grant_types"].as_array().unwrap().len()), (Some("notes:read openid"), 1));
        assert_eq!(now["post_logout_redirect_uris"], serde_json::json!(["https://app.example/bye"]));
        assert_eq!((now["token_endpoint_auth_method"].as_str(), now["id_token_signed_response_alg"].as_str()), (Some("client_secret_post"), Some("ES256")));
        assert_eq!((now["client_uri"].as_str(), now["tos_uri"].as_str()), (Some("https://app.example/"), Some("https://app.example/terms")));
        // What is emptied is taken away.
        let form = edit(&mut root, "look").await;
        root.submit(&form, &[("client_uri", ""), ("tos_uri", "")]).await;
        assert_eq!(client(&server, "web").await.metadata.client_uri, None);
    }

    async fn two_administrators_do_not_overwrite_each_other(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        let form = edit(&mut root, "basics").await;
        let theirs = ClientFields { name: Some("Theirs".to_owned()), ..ClientFields::default() };
        clients::change(&server.app, &TestServer::by(), "web", theirs).await.unwrap();
        let late = root.submit(&form, &[("client_name", "Mine"), ("contacts", "me")]).await;
        assert_eq!(late.status, 409, "{}", late.text());
        assert!(late.text().contains("Stored now: Theirs") && late.body.contains("value=\"Mine\""), "{}", late.body);
        assert_protected(&late, "late");
        assert_eq!(client(&server, "web").await.metadata.client_name, "Theirs");
        let saved = root.submit(&late, &[("contacts", "me")]).await;
        assert_eq!(saved.status, 200);
        assert_eq!(client(&server, "web").await.metadata.client_name, "Mine", "knowingly");
        // A fault on the way does not make the form newer than it is.
        let form = edit(&mut root, "basics").await;
        let wrong = root.submit(&form, &[("client_name", "")]).await;
        assert_eq!(wrong.status, 422);
        let theirs = ClientFields { name: Some("Theirs again".to_owned()), ..ClientFields::default() };
        clients::change(&server.app, &TestServer::by(), "web", theirs).await.unwrap();
        assert_eq!(root.submit(&wrong, &[("client_name", "Mine")]).await.status, 409);
        // Nor is anything removed that was changed since the question was read.
        let question = root.get("/admin/clients/web/remove").await;
        let theirs = ClientFields { name: Some("Changed".to_owned()), ..ClientFields::default() };
        clients::change(&server.app, &TestServer::by(), "web", theirs).await.unwrap();
        assert_eq!(root.submit(&question, &[]).await.status, 409);
        assert_eq!(server.database.count("clients").await, 1);
    }

    async fn what_a_file_manages_is_locked_until_somebody_insists(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        let open = edit(&mut root, "basics").await;
        server.database.execute("INSERT INTO managed (kind, id, source, definition, applied_at) VALUES ('client', 'web', 'clients.toml', '{}', '2027-01-15T08:00:00+00:00')").await;
        let page = root.get("/admin/clients/web").await;
        assert!(page.text().contains("Managed by clients.toml") && page.text().contains("Change anyway"), "{}", page.text());
        let locked = edit(&mut root, "basics").await;
        assert!(locked.heading_kind().is_empty() && locked.text().contains("Managed by clients.toml"), "{}", locked.text());
        let refused = root.submit(&open, &[("client_name", "Mine")]).await;
        assert_eq!(refused.url.path(), "/admin/clients/web");
        assert_eq!(client(&server, "web").await.metadata.client_name, "Photo Printer");
        for action in ["disable", "remove"] {
            let question = root.get(&format!("/admin/clients/web/{action}")).await;
            assert_eq!(root.submit(&question, &[]).await.status, 422, "{action}");
        }
        server.advance(601);
        let asked = root.visit("/admin/clients/web/edit/basics?override=yes").await;
        assert_eq!(asked.heading_kind(), "login");
        let form = root.submit(&asked, &[("password", PASSWORD)]).await;
        assert!(form.text().contains("clients.toml manages this"), "{}", form.text());
        let saved = root.submit(&form, &[("client_name", "Mine")]).await;
        assert!(saved.text().contains("Mine is changed."), "{}", saved.text());
        assert_eq!(client(&server, "web").await.metadata.client_name, "Mine");
        // An override from before is worth no more than any other.
        let form = root.get("/admin/clients/web/edit/basics?override=yes").await;
        server.advance(601);
        assert_eq!(root.submit(&form, &[("client_name", "Late")]).await.heading_kind(), "login");
        assert_eq!(client(&server, "web").await.metadata.client_name, "Mine");
    }

    async fn what_has_drifted_from_its_file_is_shown(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        let text = r#"{"name": "files", "clients": [{"client_id": "filed", "client_name": "As filed", "token_endpoint_auth_method": "none",
            "grant_types": ["authorization_code"], "redirect_uris": ["https://filed.example/cb"]}]}"#;
        let document = plan::parse("files.json", text, plan::Format::Json).unwrap();
        let (by, options) = (TestServer::by(), plan::Options::default());
        let plan = plan::difference(&server.app, &by, (&document, &plan::Secrets::default()), &options).await.unwrap();
        plan::apply(&server.app, &by, &plan).await.unwrap();
        let page = root.get("/admin/clients/filed").await;
        assert!(page.text().contains("Managed by files") && !page.text().contains("drifted"), "{}", page.text());
        let form = root.get("/admin/clients/filed/edit/basics?override=yes").await;
        root.submit(&form, &[("client_name", "By hand")]).await;
        let overview = root.get("/admin").await.text();
        assert!(overview.contains("The client filed has drifted from files"), "{overview}");
        for address in ["/admin/clients/filed", "/admin/clients/filed/edit/basics"] {
            let text = root.get(address).await.text();
            for part in ["It has drifted", "client_name", "As filed", "By hand"] {
                assert!(text.contains(part), "{address} {part}: {text}");
            }
        }
    }

    // S171
    async fn secrets_change_over_with_overlap(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        let form = root.get("/admin/clients/web/secrets/new").await;
        assert_eq!(root.submit(&form, &[("overlap", "5")]).await.status, 422);
        let made = root.submit(&form, &[("overlap", "24")]).await;
        let secret = codes(&made)[1].clone();
        assert!(secret.starts_with("placet_cs_"), "{}", made.text());
        assert_eq!(root.submit(&form, &[("overlap", "24")]).await.status, 409, "sent again, it makes no other");
        let page = root.get("/admin/clients/web").await;
        assert!(!page.body.contains(&secret));
        let removals: Vec<&str> = page.body.split('"').filter(|part| part.contains("/secrets/") && part.ends_with("/remove")).collect();
        assert_eq!(removals.len(), 2);
        let old = client(&server, "web").await.secrets.into_iter().find(|secret| secret.expires_at.is_some()).unwrap();
        let id = clients::SecretView::from(&old).id;
        let question = root.get(&format!("/admin/clients/web/secrets/{id}/remove")).await;
        assert!(root.submit(&question, &[]).await.text().contains(&format!("The secret {id} is gone.")));
        assert_eq!(client(&server, "web").await.secrets.len(), 1);
        assert_eq!(root.get(&format!("/admin/clients/web/secrets/{id}/remove")).await.status, 404);
    }

    async fn disabled_enabled_removed(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        for (action, says) in [("disable", "Photo Printer is disabled."), ("enable", "Photo Printer is enabled."), ("remove", "Photo Printer is gone.")] {
            let question = root.get(&format!("/admin/clients/web/{action}")).await;
            let done = root.submit(&question, &[]).await;
            assert!(done.text().contains(says), "{action}: {}", done.text());
        }
        assert_eq!(server.database.count("clients").await, 0);
        assert!(root.get("/admin/clients").await.text().contains("There is none yet."));
    }

    async fn long_lists_are_paged_with_their_filter(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        for n in 0..51 {
            server.add_client(new_client(&format!("Many {n}"), &["https://app.example/cb"])).await;
        }
        let first = root.get("/admin/clients?search=many").await;
        let next = first.body.split('"').find(|part| part.contains("after=")).unwrap().replace("&amp;", "&").replace("&#38;", "&");
        assert!(next.contains("search=many"), "{next}");
        let rest = root.get(&next).await;
        assert_eq!((first.body.matches("<tr>").count(), rest.body.matches("<tr>").count()), (51, 2));
        assert!(rest.text().contains("From the start") && !rest.text().contains("Next"));
    }

    // S57
    async fn nothing_that_was_registered_is_more_than_text(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        let evil = ClientFields {
            name: Some(EVIL.to_owned()),
            contacts: Some(vec![EVIL.to_owned()]),
            redirect_uris: Some(vec!["https://app.example/'\"><script>alert(1)</script>".replace(['"', '<', '>'], "%22")]),
            ..ClientFields::default()
        };
        clients::change(&server.app, &TestServer::by(), "web", evil).await.unwrap();
        for address in ["/admin/clients", "/admin/clients/web", "/admin/clients/web/edit/basics", "/admin/clients/web/remove", "/admin/clients/web/settings", "/admin/clients/web/secrets/new"] {
            assert_protected(&root.get(address).await, address);
        }
        let searched = root.get(&format!("/admin/clients?{}", encode(&[("search", EVIL)]))).await;
        assert_protected(&searched, "search");
    }

    // S168: who has a session that was left open cannot make themselves an administrator for good.
    async fn who_is_to_administer_needs_a_recent_password(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        let new = root.get("/admin/new/client/service").await;
        let permissions = edit(&mut root, "permissions").await;
        server.advance(600);
        let tool = [("client_name", "Tool"), ("token_endpoint_auth_method", "client_secret_basic"), ("scope", "placet:admin")];
        let asked = root.submit(&new, &tool).await;
        assert_eq!(asked.heading_kind(), "login", "{}", asked.text());
        let asked = root.submit(&permissions, &[("scope", "openid"), ("scope", "placet:admin")]).await;
        assert_eq!(asked.heading_kind(), "login", "{}", asked.text());
        assert_eq!(server.database.count("clients").await, 1);
        assert!(!client(&server, "web").await.metadata.scope.contains("placet:admin"));
        let plain = [("client_name", "Night job"), ("token_endpoint_auth_method", "client_secret_basic"), ("scope", "notes:read")];
        assert_eq!(root.submit(&new, &plain).await.status, 200);
    }

    async fn an_address_of_a_stranger_is_no_code(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        let evil = "https://evil.example/';alert(1);'".to_owned();
        let fields = ClientFields { redirect_uris: Some(vec![evil]), ..ClientFields::default() };
        clients::change(&server.app, &TestServer::by(), "web", fields).await.unwrap();
        let page = root.get("/admin/clients/web").await;
        assert_eq!(page.text().matches("alert(1)").count(), 1, "where the addresses are listed, and nowhere else");
    }
}
