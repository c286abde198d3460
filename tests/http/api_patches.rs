//! Merge patches (RFC 7396) and the media types of bodies at the admin API (RFC 9110 §15.5.16, RFC 5789).

use serde_json::{Value, json};

use super::api::{Api, field_problem, ok, problem};
use super::support::{Page, TestServer};
use crate::support::database::on_both;

const MERGE: [(&str, &str); 1] = [("content-type", "application/merge-patch+json")];
const NOTES: &str = "/resources/https%3A%2F%2Fnotes.example";

async fn patch(api: &Api<'_>, path: &str, change: &Value) -> Page {
    api.send("PATCH", path, &MERGE, &change.to_string()).await
}

on_both! {
    // RFC 7396 §2: an object is merged, member by member.
    async fn the_roles_of_scopes_are_merged(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        for role in ["editor", "clerk"] {
            ok(&api.json("PUT", &format!("/roles/{role}"), &json!({ "description": role })).await, 201);
        }
        for scope in ["notes:read", "notes:write"] {
            ok(&api.json("PUT", &format!("/scopes/{scope}"), &json!({ "description": scope })).await, 201);
        }
        let body = json!({ "scope": "notes:read notes:write", "scope_roles": { "notes:read": ["clerk"], "x": null } });
        assert_eq!(ok(&api.json("PUT", NOTES, &body).await, 201)["scope_roles"], json!({ "notes:read": ["clerk"] }));
        for (given, left) in [
            (json!({ "notes:write": ["editor"] }), json!({ "notes:read": ["clerk"], "notes:write": ["editor"] })),
            (json!({}), json!({ "notes:read": ["clerk"], "notes:write": ["editor"] })),
            (json!({ "notes:read": null, "x": null }), json!({ "notes:write": ["editor"] })),
            (json!({ "notes:write": ["clerk", "editor"] }), json!({ "notes:write": ["clerk", "editor"] })),
            (json!({ "notes:write": [] }), json!({})),
            (json!({ "notes:write": ["clerk"] }), json!({ "notes:write": ["clerk"] })),
            (Value::Null, json!({})),
        ] {
            let changed = ok(&patch(&api, NOTES, &json!({ "scope_roles": given })).await, 200);
            assert_eq!(changed["scope_roles"], left, "{given}");
        }
        for bad in [json!({ "notes:read": ["nobody"] }), json!({ "other": ["clerk"] }), json!({ "openid": ["clerk"] }), json!({ "notes:read": ["a b"] })] {
            field_problem(&patch(&api, NOTES, &json!({ "scope_roles": bad })).await, 422, "scope_roles", "");
        }
        for bad in ["[]", "[\"https://notes.example\", \"Name\"]", "null", "7", "\"text\""] {
            problem(&api.send("PATCH", NOTES, &MERGE, bad).await, 422, bad);
        }
    }

    async fn a_key_set_is_merged(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        let key = |kid: &str| json!({
            "kty": "EC", "crv": "P-256", "kid": kid, "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        });
        let set = json!({ "note": { "a": 1, "b": 2 }, "keys": [key("one")] });
        let made = api.json("PUT", "/clients/signer", &json!({
            "client_name": "Signer", "scope": "", "token_endpoint_auth_method": "private_key_jwt", "jwks": set,
        })).await;
        assert_eq!(ok(&made, 201)["jwks"], set);
        assert_eq!(api.get("/clients/signer").await.header("etag"), made.header("etag"));
        let same = patch(&api, "/clients/signer", &json!({ "jwks": {} })).await;
        assert_eq!((&ok(&same, 200)["jwks"], same.header("etag")), (&set, made.header("etag")), "nothing was named");
        let changed = ok(&patch(&api, "/clients/signer", &json!({ "jwks": { "keys": [key("two")], "note": { "a": null } } })).await, 200);
        assert_eq!(changed["jwks"], json!({ "note": { "b": 2 }, "keys": [key("two")] }));
        field_problem(&patch(&api, "/clients/signer", &json!({ "jwks": { "keys": null } })).await, 422, "jwks", "keys");
        let moved = ok(&patch(&api, "/clients/signer", &json!({ "jwks": null, "jwks_uri": "https://app.example/keys" })).await, 200);
        assert!(moved.get("jwks").is_none(), "{moved}");
        field_problem(&api.json("PUT", "/clients/signer", &json!({ "client_name": "Signer", "scope": "", "jwks": {} })).await, 422, "jwks", "");
    }

    // RFC 9110 §9.3.4: a PUT says all that there is to be.
    async fn a_put_scope_forgets_what_it_was(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        let put = async |path, body: Value| api.json("PUT", path, &body).await;
        assert_eq!(ok(&put("/scopes/notes:read", json!({ "description": "read", "required": true })).await, 201)["required"], true);
        assert_eq!(ok(&put("/scopes/notes:read", json!({ "description": "read" })).await, 200)["required"], false);
        assert_eq!(ok(&put("/scopes/openid", json!({ "description": "know you" })).await, 200)["required"], true);
    }

    async fn what_is_taken_is_said_with_what_is_not(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        ok(&api.json("PUT", "/roles/editor", &json!({ "description": "edits" })).await, 201);
        ok(&api.json("PUT", "/clients/printer", &json!({ "client_name": "Printer", "scope": "" })).await, 201);
        let page = api.send("PATCH", "/clients/printer", &[("content-type", "application/json-patch+json")], "[]").await;
        problem(&page, 415, "another patch");
        assert_eq!(page.header("accept-patch"), "application/merge-patch+json, application/json");
        let page = api.send("PUT", "/roles/editor", &MERGE, "{}").await;
        problem(&page, 415, "no patch");
        assert_eq!((page.header("accept"), page.header("accept-patch")), ("application/json", ""));
        for coding in ["gzip", "br, identity"] {
            let headers = [("content-type", "application/json"), ("content-encoding", coding)];
            let page = api.send("PATCH", "/clients/printer", &headers, r#"{"client_name":"X"}"#).await;
            problem(&page, 415, coding);
            assert_eq!(page.header("accept-encoding"), "identity");
        }
        let page = api.send("OPTIONS", "/clients/printer", &[], "").await;
        problem(&page, 405, "OPTIONS");
        assert_eq!(page.header("accept-patch"), "application/merge-patch+json");
        assert_eq!(api.send("OPTIONS", "/roles/editor", &[], "").await.header("accept-patch"), "");
        // RFC 9457 §4.2.1: the phrases of RFC 9110 §15.
        assert_eq!(problem(&api.json("POST", "/clients", &json!({ "x": 1 })).await, 422, "unknown")["title"], "Unprocessable Content");
        assert_eq!(problem(&api.json("POST", "/clients", &json!({ "client_name": "x".repeat(70_000) })).await, 413, "large")["title"], "Content Too Large");
    }
}
