//! The admin API where a file manages, and where a request was refused.

use placet::admin::plan;
use serde_json::json;

use super::api::{Api, ok, problem};
use super::support::{Browser, TestServer};
use crate::support::database::on_both;

on_both! {
    async fn what_a_file_manages_is_changed_only_by_who_insists(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        let text = r#"{"name": "files", "roles": [{"name": "clerk"}], "scopes": [{"name": "a:b", "description": "do a"}],
            "resources": [{"uri": "https://api.example/", "scope": "a:b"}], "users": [{"username": "ada"}],
            "clients": [{"client_id": "filed", "client_name": "As filed", "token_endpoint_auth_method": "none",
                "grant_types": ["authorization_code"], "redirect_uris": ["https://filed.example/cb"]}]}"#;
        let document = plan::parse("files.json", text, plan::Format::Json).unwrap();
        let (by, options) = (TestServer::by(), plan::Options::default());
        let plan = plan::difference(&server.app, &by, (&document, &plan::Secrets::default()), &options).await.unwrap();
        plan::apply(&server.app, &by, &plan).await.unwrap();
        for (path, change) in [
            ("/roles/clerk", json!({ "description": "X" })),
            ("/scopes/a%3Ab", json!({ "description": "X" })),
            ("/resources/https%3A%2F%2Fapi.example%2F", json!({ "name": "X" })),
            ("/users/ada", json!({ "name": "X" })),
            ("/clients/filed", json!({ "client_name": "X" })),
        ] {
            let method = if path.starts_with("/roles") || path.starts_with("/scopes") { "PUT" } else { "PATCH" };
            let refused = problem(&api.json(method, path, &change).await, 409, path);
            assert!(refused["detail"].as_str().unwrap().contains("files"), "{refused}");
            problem(&api.delete(path).await, 409, path);
            ok(&api.json(method, &format!("{path}?override=true"), &change).await, 200);
        }
        let drift = plan::difference(&server.app, &by, (&document, &plan::Secrets::default()), &options).await.unwrap();
        assert_eq!(drift.items.iter().filter(|item| item.fields.iter().any(|field| field.drifted)).count(), 5);
        for path in ["/clients/filed", "/users/ada", "/resources/https%3A%2F%2Fapi.example%2F", "/scopes/a%3Ab", "/roles/clerk"] {
            assert_eq!(api.delete(&format!("{path}?override=true")).await.status, 204, "{path}");
        }
        assert_eq!(server.database.count("managed").await, 0, "nothing is managed that is not there");
    }

    async fn a_refused_request_is_explained_and_mended(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        let client = server.web_client().await;
        let sent = format!("{}/", client.redirect_uri.as_deref().unwrap());
        let request = client.authorize_url(&[("redirect_uri", &sent)]);
        let refused = Browser::new(&server.url).get(&request).await;
        assert_eq!(refused.status, 400);
        let id = refused.header("x-request-id").to_owned();
        server.app.flush_refusals().await.unwrap();
        let listed = ok(&api.get(&format!("/errors?client={}", client.id)).await, 200);
        assert_eq!(listed["items"][0]["id"], id.as_str());
        let explained = ok(&api.get(&format!("/errors/{id}")).await, 200);
        assert!(explained["what_happened"].as_str().unwrap().contains("trailing slash"), "{explained}");
        ok(&api.json("POST", &format!("/errors/{id}/mend"), &json!({})).await, 200);
        let changed = ok(&api.get(&format!("/clients/{}", client.id)).await, 200);
        assert!(changed["redirect_uris"].as_array().unwrap().contains(&json!(sent)), "{changed}");
        assert_ne!(Browser::new(&server.url).get(&request).await.status, 400);
        problem(&api.get("/errors/nobody").await, 404, "unknown");
    }
}
