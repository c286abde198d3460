//! Users, roles, scopes, resources, keys, registration tokens, sessions, grants, approvals, audit log and settings by the admin API.

use serde_json::{Value, json};

use super::api::{Api, field_problem, ok, problem};
use super::support::{Browser, TestServer};
use crate::support::database::on_both;

/// The names of the items.
fn names<'a>(list: &'a Value, member: &str) -> Vec<&'a str> {
    let items = list["items"].as_array().unwrap().iter();
    items.map(|item| item[member].as_str().unwrap()).collect()
}

on_both! {
    async fn a_user_is_made_changed_and_removed(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        ok(&api.json("PUT", "/roles/editor", &json!({ "description": "edits" })).await, 201);
        let made = api.json("POST", "/users", &json!({
            "username": "ada", "email": "ada@example.com", "email_verified": true, "name": "Ada Lovelace", "roles": ["editor"],
            "claims": { "given_name": "Ada", "address": { "locality": "London" }, "phone_number": "+44 20 7946 0000", "phone_number_verified": true },
            "password": "correct horse battery",
        })).await;
        let user = ok(&made, 201);
        assert!(!made.body.contains("correct horse"));
        assert_eq!(made.header("location"), format!("/api/v1/users/{}", user["id"].as_str().unwrap()));
        assert_eq!(user["claims"]["address"]["locality"], "London");
        for name in ["ada", "ADA", "ada%40example.com", user["id"].as_str().unwrap()] {
            assert_eq!(ok(&api.get(&format!("/users/{name}")).await, 200), user, "{name}");
        }
        let app = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        app.sign_in(&mut browser, "ada", &[]).await;
        let tag = made.header("etag");
        let changed = api.json_if("PATCH", "/users/ada", &[("if-match", tag)], &json!({
            "name": null, "claims": { "address": null, "given_name": null, "phone_number_verified": false },
        })).await;
        let user = ok(&changed, 200);
        assert_eq!((&user["name"], &user["email"]), (&Value::Null, &json!("ada@example.com")));
        assert_eq!(user["claims"]["phone_number_verified"], false);
        assert!(user["claims"].get("address").is_none() && user["claims"].get("given_name").is_none());
        problem(&api.json_if("PATCH", "/users/ada", &[("if-match", tag)], &json!({ "name": "Other" })).await, 412, "changed meanwhile");
        problem(&api.json_if("DELETE", "/users/ada", &[("if-match", tag)], &json!({})).await, 412, "changed meanwhile");
        field_problem(&api.json("PATCH", "/users/ada", &json!({ "claims": { "shoe_size": "39" } })).await, 422, "claim", "shoe_size");
        field_problem(&api.json("PATCH", "/users/ada", &json!({ "claims": { "given_name": 7 } })).await, 422, "claims.given_name", "text");
        field_problem(&api.json("PATCH", "/users/ada", &json!({ "username": "bob" })).await, 422, "username", "unknown field");
        field_problem(&api.json("POST", "/users", &json!({ "username": "bob", "password": "short" })).await, 422, "password", "8");
        problem(&api.json("POST", "/users", &json!({ "username": "Ada" })).await, 409, "taken");
        assert_eq!(ok(&api.get("/users/ada/sessions").await, 200)["items"].as_array().unwrap().len(), 1);
        ok(&api.json("PUT", "/users/ada/password", &json!({ "password": "another horse battery" })).await, 204);
        assert!(ok(&api.get("/users/ada/sessions").await, 200)["items"].as_array().unwrap().is_empty(), "sessions ended");
        ok(&api.send("POST", "/users/ada/disable", &[], "").await, 200);
        assert_eq!(names(&ok(&api.get("/users?enabled=false&role=editor").await, 200), "username"), ["ada"]);
        ok(&api.send("POST", "/users/ada/enable", &[], "").await, 200);
        ok(&api.delete("/users/ada").await, 204);
        problem(&api.get("/users/ada").await, 404, "removed");
    }

    async fn roles_scopes_and_resources_are_put(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        for path in ["/roles/editor", "/scopes/notes:read", "/scopes/notes%2Fwrite"] {
            let none = [("if-none-match", "*")];
            let first = api.json_if("PUT", path, &none, &json!({ "description": "reads" })).await;
            ok(&first, 201);
            assert_eq!(first.header("location"), format!("/api/v1{}", path.replace(':', "%3A")));
            problem(&api.json_if("PUT", path, &none, &json!({ "description": "reads" })).await, 412, path);
            let seen = [("if-match", first.header("etag"))];
            ok(&api.json_if("PUT", path, &seen, &json!({ "description": "reads more" })).await, 200);
            problem(&api.json_if("PUT", path, &seen, &json!({ "description": "reads most" })).await, 412, path);
            problem(&api.json_if("DELETE", path, &seen, &json!({})).await, 412, path);
            assert_eq!(ok(&api.get(path).await, 200)["description"], "reads more");
            problem(&api.json_if("PUT", &format!("{path}2"), &[("if-match", "*")], &json!({ "description": "x" })).await, 412, path);
        }
        field_problem(&api.json("PUT", "/scopes/placet:own", &json!({ "description": "x" })).await, 422, "name", "placet:");
        field_problem(&api.json("PUT", "/scopes/x", &json!({ "description": "" })).await, 422, "description", "");
        let path = "/resources/https%3A%2F%2Fnotes.example%2F";
        let body = json!({ "name": "Notes", "scope": "notes:read", "scope_roles": { "notes:read": ["editor"] }, "token_roles": "own" });
        let made = api.json("PUT", path, &body).await;
        let resource = ok(&made, 201);
        assert_eq!(resource["uri"], "https://notes.example/");
        assert_eq!(made.header("location"), format!("/api/v1{path}"));
        let again = api.json("PUT", path, &body).await;
        ok(&again, 200);
        assert_eq!(again.header("etag"), made.header("etag"));
        let changed = ok(&api.json("PATCH", path, &json!({ "access_ttl_seconds": 60, "scope_roles": null })).await, 200);
        assert_eq!((&changed["access_ttl_seconds"], &changed["scope_roles"]), (&json!(60), &json!({})));
        let changed = ok(&api.json("PATCH", path, &json!({ "access_ttl_seconds": null })).await, 200);
        assert_eq!(changed["access_ttl_seconds"], Value::Null);
        field_problem(&api.json("PATCH", path, &json!({ "access_ttl_seconds": 1 })).await, 422, "access_ttl_seconds", "10s");
        problem(&api.json_if("PATCH", path, &[("if-match", made.header("etag"))], &json!({ "name": "X" })).await, 412, "stale");
        // S171
        let shared = "/resources/https%3A%2F%2Fold.example%2F";
        let secret = ok(&api.json("PUT", shared, &json!({ "alg": "HS256" })).await, 201)["secret"].as_str().unwrap().to_owned();
        for path in [shared, "/resources"] {
            assert!(!api.get(path).await.body.contains(&secret));
        }
        let own = format!("/resources/{}", format!("{}/api/v1", server.url).replace(':', "%3A").replace('/', "%2F"));
        assert_eq!(ok(&api.get(&own).await, 200)["name"], "Administration");
        let page = api.delete(&own).await;
        assert!([404, 409, 422].contains(&page.status.as_u16()), "{}", page.body);
        ok(&api.delete(path).await, 204);
        ok(&api.delete("/roles/editor").await, 204);
        ok(&api.delete("/scopes/notes:read").await, 204);
        problem(&api.delete("/scopes/notes:read").await, 404, "gone");
    }

    async fn keys_are_rotated_and_removed(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        let before = ok(&api.get("/keys").await, 200);
        assert_eq!(before["items"].as_array().unwrap().len(), 2);
        assert!(!before.to_string().contains("private"));
        server.advance(1);
        let made = ok(&api.json("POST", "/keys", &json!({ "alg": "RS256", "now": true })).await, 200);
        assert_eq!(names(&made, "alg"), ["RS256"]);
        let new = made["items"][0]["kid"].as_str().unwrap();
        problem(&api.delete(&format!("/keys/{new}")).await, 409, "it signs");
        let old = before["items"].as_array().unwrap().iter().find(|key| key["alg"] == "RS256").unwrap();
        ok(&api.delete(&format!("/keys/{}", old["kid"].as_str().unwrap())).await, 204);
        field_problem(&api.json("POST", "/keys", &json!({ "alg": "RS512" })).await, 422, "alg", "");
        assert_eq!(ok(&api.json("POST", "/keys", &json!({})).await, 200)["items"].as_array().unwrap().len(), 2);
    }

    // S171
    async fn registration_tokens_are_shown_once(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        let made = api.json("POST", "/registration-tokens", &json!({ "name": "A friend", "uses": 1, "expires_in": 60 })).await;
        let token = ok(&made, 201)["token"].as_str().unwrap().to_owned();
        let listed = api.get("/registration-tokens").await;
        assert!(!listed.body.contains(&token));
        let id = ok(&listed, 200)["items"][0]["id"].as_str().unwrap().to_owned();
        assert_eq!(made.header("location"), format!("/api/v1/registration-tokens/{id}"));
        ok(&api.delete(&format!("/registration-tokens/{id}")).await, 204);
        problem(&api.delete(&format!("/registration-tokens/{id}")).await, 404, "gone");
        field_problem(&api.json("POST", "/registration-tokens", &json!({ "name": "A", "uses": 0, "expires_in": 60 })).await, 422, "uses", "");
        field_problem(&api.json("POST", "/registration-tokens", &json!({ "name": "A", "uses": 1, "expires_in": 1 })).await, 422, "expires_in", "1m");
    }

    // S59, S60: what is ended here is dead at once.
    async fn sessions_grants_and_approvals_are_ended(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        for name in ["ada", "grace"] {
            server.add_user(name).await;
        }
        let app = server.web_client().await;
        let offline = [("scope", "openid offline_access")];
        let adas = app.tokens("ada", &offline).await;
        let graces = app.tokens("grace", &offline).await;
        let grants = ok(&api.get(&format!("/grants?user=ada&client={}", app.id)).await, 200);
        assert_eq!(names(&grants, "username"), ["ada"]);
        for secret in [adas.access_token(), adas.refresh_token()] {
            assert!(!grants.to_string().contains(secret), "S171");
        }
        let id = grants["items"][0]["id"].as_str().unwrap();
        ok(&api.delete(&format!("/grants/{id}")).await, 204);
        app.assert_dead(adas.access_token(), "revoked").await;
        app.refresh(adas.refresh_token()).await.assert_refused(400, "invalid_grant", "revoked");
        app.assert_live(graces.access_token(), "another's").await;
        let again = api.delete(&format!("/grants/{id}")).await;
        problem(&again, 404, "revoked already");
        assert_eq!(names(&ok(&api.get("/consents?user=grace").await, 200), "client_id"), [app.id.as_str()]);
        ok(&api.delete(&format!("/consents?user=grace&client={}", app.id)).await, 204);
        app.assert_dead(graces.access_token(), "withdrawn").await;
        problem(&api.delete(&format!("/consents?user=grace&client={}", app.id)).await, 404, "withdrawn");
        field_problem(&api.delete("/consents?user=grace").await, 400, "client", "missing");
        let sessions = ok(&api.get("/sessions").await, 200);
        assert_eq!(sessions["items"].as_array().unwrap().len(), 2);
        let mut browser = Browser::new(&server.url);
        app.sign_in(&mut browser, "ada", &[]).await;
        assert_eq!(browser.get("/account").await.status, 200);
        ok(&api.delete("/users/ada/sessions").await, 204);
        assert_ne!(browser.get("/account").await.status, 200);
        let left = ok(&api.get("/sessions?user=grace").await, 200);
        let id = left["items"][0]["id"].as_str().unwrap();
        ok(&api.delete(&format!("/sessions/{id}")).await, 204);
        problem(&api.delete(&format!("/sessions/{id}")).await, 404, "ended");
        assert!(ok(&api.get("/sessions").await, 200)["items"].as_array().unwrap().is_empty());
    }

    async fn the_audit_log_is_read_and_verified(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        let made = api.json("POST", "/clients", &json!({ "client_id": "night", "client_name": "Night Job", "scope": "" })).await;
        let secret = ok(&made, 201)["client_secret"].as_str().unwrap().to_owned();
        let found = api.get("/audit-events?kind=client_added&client=night").await;
        let list = ok(&found, 200);
        assert_eq!(names(&list, "actor"), [format!("client:{}", api.client.id)]);
        assert_eq!(list["items"][0]["request_id"], made.header("x-request-id"));
        assert!(!found.body.contains(&secret));
        let first = ok(&api.get("/audit-events?limit=1").await, 200);
        let next = first["next"].as_str().unwrap();
        let second = ok(&api.get(&format!("/audit-events?limit=1&after={next}")).await, 200);
        assert_ne!(first["items"][0]["id"], second["items"][0]["id"]);
        let verified = ok(&api.get("/audit-events/verification").await, 200);
        assert_eq!(verified["fault"], Value::Null, "{verified}");
        for method in ["POST", "PUT", "PATCH", "DELETE"] {
            problem(&api.json(method, "/audit-events", &json!({})).await, 405, method);
        }
    }

    async fn settings_are_shown_without_their_secrets(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| {
            config.admin_username = Some("root".to_owned());
            config.admin_password = Some(placet::model::secret::Secret::new("hush hush hush".to_owned()));
            config.trusted_proxies = vec!["10.0.0.0/8".parse().unwrap()];
        }).await;
        let api = Api::new(&server).await;
        let page = api.get("/settings").await;
        let list = ok(&page, 200);
        let value = |key: &str| {
            let found = list["items"].as_array().unwrap().iter().find(|item| item["key"] == key);
            found.unwrap_or_else(|| panic!("{key}"))["value"].clone()
        };
        assert_eq!(value("admin_password"), "set");
        assert_eq!(value("secret_key"), "set");
        assert_eq!(value("database_password"), Value::Null);
        assert_eq!(value("trusted_proxies"), "10.0.0.0/8");
        assert_eq!(value("tokens.access_ttl"), "10m");
        assert_eq!(value("issuer"), server.url.as_str());
        assert!(!page.body.contains("hush"));
    }
}
