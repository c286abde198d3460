//! Conditional requests to the admin API (RFC 9110 §13), by the letter: lists of tags, both comparisons, what has no tag.

use placet::admin::users::UserFields;
use serde_json::json;

use super::api::{ADMIN, Api, ok, problem};
use super::support::{Page, TestServer};
use crate::support::database::on_both;

const MERGE: &str = "application/merge-patch+json";

/// One of each kind, with a change of it and the method of that.
const THINGS: [(&str, &str, &str, &str); 5] = [
    (
        "/roles/editor",
        r#"{"description":"edits"}"#,
        "PUT",
        r#"{"description":"edits more"}"#,
    ),
    (
        "/scopes/notes:read",
        r#"{"description":"read"}"#,
        "PUT",
        r#"{"description":"read more"}"#,
    ),
    (
        "/resources/https%3A%2F%2Fnotes.example",
        r#"{"name":"Notes","scope":"notes:read"}"#,
        "PATCH",
        r#"{"name":"More notes"}"#,
    ),
    (
        "/clients/printer",
        r#"{"client_name":"Printer","redirect_uris":["https://app.example/cb"]}"#,
        "PATCH",
        r#"{"client_name":"Scanner"}"#,
    ),
    (
        "/users/ada",
        r#"{"username":"ada","claims":{"zoneinfo":"Europe/London","given_name":"Ada"}}"#,
        "PATCH",
        r#"{"name":"Ada"}"#,
    ),
];

async fn send(
    api: &Api<'_>,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Page {
    let mut all = vec![(
        "content-type",
        if method == "PATCH" {
            MERGE
        } else {
            "application/json"
        },
    )];
    all.extend(headers);
    api.send(method, path, &all, body).await
}

async fn make(api: &Api<'_>, path: &str, body: &str) -> Page {
    let (method, path) = if path.starts_with("/users") {
        ("POST", "/users")
    } else {
        ("PUT", path)
    };
    let made = send(api, method, path, &[], body).await;
    ok(&made, 201);
    made
}

on_both! {
    // RFC 9110 §13.1.1, §13.1.2, §13.2.2
    async fn a_look_is_answered_by_its_conditions(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        for (path, body, method, change) in THINGS {
            let made = make(&api, path, body).await;
            let tag = made.header("etag").to_owned();
            assert_eq!(api.get(path).await.header("etag"), tag, "{path}");
            let (weak, listed) = (format!("W/{tag}"), format!("\"x\",, W/\"y\" ,{tag}"));
            for known in [tag.as_str(), weak.as_str(), listed.as_str(), "*"] {
                for verb in ["GET", "HEAD"] {
                    let page = api.send(verb, path, &[("if-none-match", known)], "").await;
                    assert_eq!((page.status.as_u16(), page.body.as_str()), (304, ""), "{verb} {path} {known}");
                    assert_eq!(page.header("etag"), tag);
                    assert_eq!(page.header("cache-control"), "no-store");
                }
            }
            let lines = [("if-none-match", "\"x\""), ("if-none-match", tag.as_str())];
            assert_eq!(api.send("GET", path, &lines, "").await.status, 304, "two lines are one list");
            ok(&api.send("GET", path, &[("if-none-match", "\"x\"")], "").await, 200);
            for demanded in [listed.as_str(), tag.as_str(), "*"] {
                ok(&api.send("GET", path, &[("if-match", demanded)], "").await, 200);
            }
            for demanded in [weak.as_str(), "\"x\""] {
                problem(&api.send("GET", path, &[("if-match", demanded), ("if-none-match", &tag)], "").await, 412, demanded);
            }
            ok(&send(&api, method, path, &[("if-match", &listed)], change).await, 200);
            ok(&api.send("GET", path, &[("if-none-match", &listed)], "").await, 200);
        }
    }

    // RFC 9110 §13.1.2: what is there is not touched by who says that it must not be.
    async fn what_must_not_be_there_is_left_alone(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        for (path, body, method, change) in THINGS {
            let made = make(&api, path, body).await;
            let tag = made.header("etag").to_owned();
            let weak = format!("W/{tag}");
            for ruled_out in ["*", tag.as_str(), weak.as_str()] {
                for (verb, body) in [(method, change), ("DELETE", "")] {
                    problem(&send(&api, verb, path, &[("if-none-match", ruled_out)], body).await, 412, path);
                }
            }
            assert_eq!(api.get(path).await.header("etag"), tag, "{path}");
            problem(&send(&api, method, path, &[("if-match", "*"), ("if-none-match", "*")], change).await, 412, path);
            ok(&send(&api, method, path, &[("if-none-match", "\"x\"")], change).await, 200);
            problem(&send(&api, "DELETE", path, &[("if-match", &tag)], "").await, 412, path);
        }
        // Of both at once none can be met where nothing is there either (RFC 9110 §13.2.2).
        for path in ["/roles/other", "/scopes/other", "/clients/other", "/resources/https%3A%2F%2Fother.example"] {
            let both = [("if-match", "*"), ("if-none-match", "*")];
            problem(&send(&api, "PUT", path, &both, r#"{"description":"x"}"#).await, 412, path);
            // RFC 9110 §13.2.1: it would be refused without a condition too.
            problem(&send(&api, "DELETE", path, &[("if-match", "*")], "").await, 404, path);
        }
        problem(&send(&api, "PUT", "/users/nobody/password", &[("if-match", "*")], r#"{"password":"correct horse"}"#).await, 404, "nobody");
    }

    // RFC 9110 §8.8.1: a tag stands for what is shown, also where no version counts it, and through all times.
    async fn a_tag_is_that_of_one_state_alone(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        make(&api, "/users/ada", r#"{"username":"ada"}"#).await;
        let role = make(&api, "/roles/editor", r#"{"description":"edits"}"#).await;
        let fields = UserFields { roles: Some(vec!["editor".to_owned()]), ..UserFields::default() };
        placet::admin::users::change(&server.app, &TestServer::by(), "ada", fields).await.unwrap();
        let known = [("if-none-match", role.header("etag"))];
        assert_eq!(ok(&api.send("GET", "/roles/editor", &known, "").await, 200)["users"], 1);

        let path = "/clients/printer";
        let first = make(&api, path, r#"{"client_name":"Printer","scope":""}"#).await;
        ok(&api.delete(path).await, 204);
        server.advance(1);
        let second = make(&api, path, r#"{"client_name":"Another","scope":""}"#).await;
        assert_ne!(first.header("etag"), second.header("etag"));
        problem(&send(&api, "DELETE", path, &[("if-match", first.header("etag"))], "").await, 412, "another of that id");

        ok(&api.json("POST", &format!("{path}/secrets"), &json!({ "overlap_seconds": 60 })).await, 201);
        let two = api.get(path).await.header("etag").to_owned();
        server.advance(61);
        let one = api.send("GET", path, &[("if-none-match", &two)], "").await;
        assert_eq!(ok(&one, 200)["secrets"].as_array().unwrap().len(), 1);
    }

    async fn what_has_no_tag_has_none_of_those_sent(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::with_scope(&server, ADMIN).await;
        let token = ok(&api.json("POST", "/registration-tokens", &json!({ "name": "A", "uses": 1, "expires_in": 60 })).await, 201);
        let path = format!("/registration-tokens/{}", token["id"].as_str().unwrap());
        problem(&send(&api, "DELETE", &path, &[("if-match", "\"1\"")], "").await, 412, "no tag");
        problem(&send(&api, "POST", "/clients", &[("if-match", "\"1\"")], r#"{"client_name":"X","scope":""}"#).await, 412, "no tag");
        ok(&send(&api, "DELETE", &path, &[("if-match", "*")], "").await, 204);
    }
}
