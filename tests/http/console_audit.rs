//! The console's audit log, keys and settings.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use placet::admin::keys;
use placet::model::secret::Secret;

use super::console::furnish;
use super::support::TestServer;
use crate::support::database::on_both;

on_both! {
    async fn the_log_is_searched(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        server.add_user("ada").await;
        let page = root.get("/admin/audit").await;
        for part in ["User added", "Signed in", "Client registered", "Scope registered", "the command line", "Detail"] {
            assert!(page.text().contains(part), "{part}: {}", page.text());
        }
        let rows = |body: &str| body.matches("class=\"folded\"").count();
        assert_eq!(rows(&root.get("/admin/audit?kind=user_added").await.body), 2);
        assert_eq!(rows(&root.get("/admin/audit?kind=user_added&user=ada").await.body), 1);
        assert_eq!(rows(&root.get("/admin/audit?client=web").await.body), 1);
        assert_eq!(rows(&root.get("/admin/audit?actor=anonymous").await.body), 0);
        assert_eq!(rows(&root.get("/admin/audit?request_id=none").await.body), 0);
        assert_eq!(rows(&root.get("/admin/audit?to=1999-01-01").await.body), 0);
        assert!(rows(&root.get("/admin/audit?from=1999-01-01").await.body) > 4);
        for wrong in ["kind=none", "user=nobody", "from=x", "to=2026-13-01", "from=%2B99999-01-01", "after=x", "client=%00"] {
            let page = root.get(&format!("/admin/audit?{wrong}")).await;
            assert_eq!(page.status, 422, "{wrong}: {}", page.text());
        }
        // Whom it concerned is named for as long as they are there.
        let question = root.get("/admin/users/ada/remove").await;
        root.submit(&question, &[]).await;
        let page = root.get("/admin/audit?kind=user_removed").await;
        assert!(page.text().contains("somebody who was removed") && page.body.contains(">root<"), "{}", page.text());
    }

    async fn the_log_is_checked_on_demand(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        let page = root.get("/admin/audit/verify").await;
        let found = root.submit(&page, &[]).await;
        assert!(found.text().contains("The log is whole"), "{}", found.text());
        server.database.execute("UPDATE audit_events SET actor = 'server' WHERE kind = 'user_added'").await;
        let found = root.submit(&found, &[]).await;
        assert_eq!(found.status, 200);
        assert!(found.text().contains("The log is not as it was written"), "{}", found.text());
    }

    // S132
    async fn keys_are_made_and_removed(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        let before = keys::list(&server.app).await.unwrap();
        let page = root.get("/admin/keys").await;
        assert!(page.text().contains("current: it signs"), "{}", page.text());
        let question = root.get("/admin/keys/rotate").await;
        assert!(question.text().contains("Nobody notices anything."), "{}", question.text());
        let done = root.submit(&question, &[("alg", "ES256")]).await;
        assert!(done.text().contains("There are new keys: ES256") && done.text().contains("next: published, signs later"), "{}", done.text());
        assert_eq!(keys::list(&server.app).await.unwrap().len(), before.len() + 1);
        let current = before.iter().find(|key| key.alg.as_str() == "ES256").unwrap();
        let question = root.get(&format!("/admin/keys/{}/remove", current.kid)).await;
        assert!(question.text().contains("It signs."), "{}", question.text());
        assert_eq!(root.submit(&question, &[]).await.status, 422);
        server.advance(1);
        let question = root.get("/admin/keys/rotate-now").await;
        assert!(question.text().contains("refuse tokens until they fetch it anew"), "{}", question.text());
        root.submit(&question, &[("alg", "ES256")]).await;
        let page = root.get("/admin/keys").await;
        assert!(page.text().contains("retired: its tokens still work"), "{}", page.text());
        let question = root.get(&format!("/admin/keys/{}/remove", current.kid)).await;
        let done = root.submit(&question, &[]).await;
        assert!(done.text().contains(&format!("The key {} is gone.", current.kid)), "{}", done.text());
        assert_eq!(root.submit(&question, &[]).await.status, 404);
        let question = root.get("/admin/keys/rotate").await;
        for (alg, status) in [("HS256", 422), ("none", 404), ("PS512", 404)] {
            assert_eq!(root.submit(&question, &[("alg", alg)]).await.status, status, "{alg}");
        }
    }

    async fn settings_are_shown_without_secrets(db: TestDatabase) {
        let hushed = "a password of the settings";
        let server = TestServer::start_with(db, |config| config.admin_password = Some(Secret::new(hushed.to_owned()))).await;
        let mut root = furnish(&server).await;
        let page = root.get("/admin/settings").await;
        for part in ["tokens.access_ttl", "registration.mode", "errors.keep", "secret_key", "admin_password"] {
            assert!(page.text().contains(part), "{part}: {}", page.text());
        }
        assert!(!page.body.contains(hushed));
        if let Some(key) = &server.app.config.secret_key {
            assert!(!page.body.contains(&STANDARD.encode(key.expose())));
        }
    }
}
