//! The console's authorization tester: every step of a request, and not a row for it.

use std::collections::BTreeMap;

use placet::admin::audit;

use super::console::furnish;
use super::support::{Browser, Page, TestServer};
use crate::support::database::{Kind, TABLES, TestDatabase, on_both};

const CALLBACK: &str = "https://app.example/callback";

/// Every row of every table, as text.
async fn rows(database: &TestDatabase) -> BTreeMap<&'static str, Vec<String>> {
    let mut all = BTreeMap::new();
    for table in TABLES {
        let sql = match database.kind {
            Kind::Postgres => format!("SELECT CAST(t AS text) FROM {table} t"),
            Kind::Sqlite => {
                let names = format!("SELECT name FROM pragma_table_info('{table}')");
                let names = database.texts(names).await;
                let quoted: Vec<String> =
                    names.iter().map(|name| format!("quote({name})")).collect();
                format!("SELECT {} FROM {table}", quoted.join(" || ',' || "))
            }
        };
        let mut found = database.texts(sql).await;
        found.sort_unstable();
        all.insert(table, found);
    }
    all
}

async fn send(root: &mut Browser, form: &Page, more: &[(&str, &str)]) -> Page {
    let mut fields = vec![
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("scope", "openid"),
    ];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend(more);
    root.submit(form, &fields).await
}

on_both! {
    // S73: nothing that could be used comes out, and nothing is stored.
    async fn a_request_is_run_without_a_trace(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        let empty = root.get("/admin/tester").await;
        assert!(empty.heading_kind().is_empty());
        assert!(root.get("/admin/tester?client=none").await.text().contains("There is no client"));
        let form = root.get("/admin/tester?client=web").await;
        audit::chain(&server.app).await.unwrap();
        let before = rows(&server.database).await;

        let page = send(&mut root, &form, &[]).await;
        for part in ["in order", "ask for consent", "The app is allowed to", "\"aud\"", "\"sub\"", "\"nonce\": \"tester\"", "\"alg\"", "code_challenge=", "code_verifier"] {
            assert!(page.text().contains(part), "{part}: {}", page.text());
        }
        // No token, whole or in parts: a JWT begins with an object in base64url.
        assert!(!page.body.contains("eyJ") && !page.body.contains("placet_ac_") && !page.body.contains("placet_rt_"), "{}", page.body);

        for (more, parts) in [
            (&[("prompt", "none")][..], &["refuse: consent_required", "None are made"][..]),
            (&[("prompt", "login")], &["show the password anew"]),
            (&[("prompt", "select_account")], &["choose an account"]),
            (&[("redirect_uri", "https://app.example/callback/")], &["refused", "invalid_request", "the app learns nothing", "Source"]),
            (&[("response_type", "token")], &["refused", "The app is told"]),
            (&[("scope", "notes:read")], &["refused", "invalid_scope"]),
            (&[("resource", "https://none.example/")], &["refused", "invalid_target"]),
        ] {
            let page = send(&mut root, &form, more).await;
            assert_eq!(page.status, 200);
            for part in parts {
                assert!(page.text().contains(part), "{more:?} {part}: {}", page.text());
            }
        }
        assert_eq!(rows(&server.database).await, before);
        let unknown = root.submit(&form, &[("client_id", "none")]).await;
        assert_eq!(unknown.status, 404);
    }

    // What it says is what happens.
    async fn it_says_what_the_protocol_does(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        let app = server.web_client().await;
        let tokens = app.tokens("root", &[("scope", "openid profile")]).await;
        let (header, claims) = tokens.decoded();
        let form = root.get(&format!("/admin/tester?client={}", app.id)).await;
        let page = send(&mut root, &form, &[("scope", "openid"), ("scope", "profile")]).await;
        assert!(page.text().contains("answer at once, nobody is asked"), "{}", page.text());
        for name in ["alg", "typ", "kid"] {
            assert!(page.text().contains(&format!("\"{name}\": {}", header[name])), "{name}: {}", page.text());
        }
        for name in ["sub", "aud", "iss", "client_id", "scope"] {
            assert!(page.text().contains(&format!("\"{name}\": {}", claims[name])), "{name} {claims}: {}", page.text());
        }
    }
}
