//! The admin API's document and page; and the harness of its tests.

use reqwest::Method;
use serde_json::{Value, json};

use super::support::requests::ask;
use super::support::{Client, Page, TestServer};
use crate::support::database::on_both;

pub(crate) const ADMIN: &str = "placet:admin";

/// A program that administers.
pub(crate) struct Api<'a> {
    pub server: &'a TestServer,
    pub client: Client,
    pub token: String,
}

impl<'a> Api<'a> {
    /// With a token of that scope.
    pub(crate) async fn with_scope(server: &'a TestServer, scope: &str) -> Self {
        let uri = format!("{}/api/v1", server.url);
        let client = server
            .client_with(&["client_credentials"], scope, &[&uri])
            .await;
        let token = client.token(&[("grant_type", "client_credentials")]).await;
        Self {
            server,
            token: token.access_token().to_owned(),
            client,
        }
    }

    pub(crate) async fn new(server: &'a TestServer) -> Self {
        Self::with_scope(server, ADMIN).await
    }

    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Page {
        let bearer = format!("Bearer {}", self.token);
        let mut all = vec![("authorization", bearer.as_str())];
        all.extend(headers);
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        ask(self.server, method, &format!("/api/v1{path}"), &all, body).await
    }

    pub(crate) async fn get(&self, path: &str) -> Page {
        self.send("GET", path, &[], "").await
    }

    pub(crate) async fn json(&self, method: &str, path: &str, body: &Value) -> Page {
        self.json_if(method, path, &[], body).await
    }

    /// With conditions.
    pub(crate) async fn json_if(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Page {
        let mut all = vec![("content-type", "application/json")];
        all.extend(headers);
        self.send(method, path, &all, &body.to_string()).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Page {
        self.send("DELETE", path, &[], "").await
    }
}

pub(crate) fn json_of(page: &Page) -> Value {
    serde_json::from_str(&page.body)
        .unwrap_or_else(|error| panic!("{error}: {} {}", page.status, page.body))
}

/// The answer, and that it went well.
#[track_caller]
pub(crate) fn ok(page: &Page, status: u16) -> Value {
    assert_eq!(page.status, status, "{}: {}", page.url, page.body);
    assert_eq!(page.header("cache-control"), "no-store");
    if status == 204 {
        assert_eq!(page.body, "");
        return Value::Null;
    }
    assert_eq!(page.header("content-type"), "application/json");
    json_of(page)
}

/// Problem details of that status (RFC 9457), as every refusal has.
#[track_caller]
pub(crate) fn problem(page: &Page, status: u16, what: &str) -> Value {
    assert_eq!(page.status, status, "{what}: {} {}", page.url, page.body);
    assert_eq!(
        page.header("content-type"),
        "application/problem+json",
        "{what}"
    );
    assert_eq!(page.header("cache-control"), "no-store", "{what}");
    assert_eq!(page.header("access-control-allow-origin"), "", "{what}");
    let problem = json_of(page);
    assert_eq!(problem["type"], "about:blank", "{what}");
    assert_eq!(problem["status"], status, "{what}");
    // RFC 9457 §3.1.5: a URI reference, which means the same wherever it is read.
    let id = page.header("x-request-id");
    let instance = problem["instance"].as_str().unwrap();
    let path = format!("/api/v1/audit-events?request_id={id}");
    assert!(
        instance.starts_with('/') && instance.ends_with(&path),
        "{what}: {instance}"
    );
    for member in ["title", "detail"] {
        assert!(
            !problem[member].as_str().unwrap().is_empty(),
            "{what}: {problem}"
        );
    }
    problem
}

/// The same, with a fault of that member or parameter whose detail says this.
#[track_caller]
pub(crate) fn field_problem(page: &Page, status: u16, field: &str, says: &str) {
    let problem = problem(page, status, field);
    let fault = &problem["errors"][0];
    assert_eq!(fault["field"], field, "{problem}");
    assert!(
        fault["detail"].as_str().unwrap().contains(says),
        "{says}: {problem}"
    );
}

/// Every operation of the document: method, path, and itself.
pub(crate) async fn operations(server: &TestServer) -> Vec<(String, String, Value)> {
    let page = ask(server, Method::GET, "/api/v1/openapi.json", &[], "").await;
    let document = json_of(&page);
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let method = method.to_ascii_uppercase();
            all.push((method, path.clone(), operation.clone()));
        }
    }
    assert!(all.len() > 50, "{}", all.len());
    all
}

/// A path of the document with something in place of its parts.
pub(crate) fn filled(path: &str) -> String {
    let parts = path.split('/').map(|part| {
        if part.starts_with('{') {
            "x%2F%00%zz"
        } else {
            part
        }
    });
    parts.collect::<Vec<_>>().join("/")
}

on_both! {
    async fn the_document_and_the_addresses_are_in_step(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        let all = operations(&server).await;
        let mut ids: Vec<&str> = all.iter().map(|(_, _, operation)| operation["operationId"].as_str().unwrap()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all.len(), "operation ids are not unique");
        for (method, path, operation) in &all {
            let name = format!("{method} {path}");
            let page = api.send(method, &filled(path), &[], "").await;
            let answer = if page.body.is_empty() { json!({}) } else { json_of(&page) };
            assert_ne!(page.status, 405, "{name}");
            let is_known = path.contains('{') || answer["detail"] != "there is nothing at this address";
            assert!(is_known, "{name}: {answer}");
            assert!(operation["responses"].get(page.status.as_str()).is_some(), "{name} answers {}", page.status);
            for status in ["400", "401", "403", "500", "503"] {
                assert!(operation["responses"].get(status).is_some(), "{name} does not document {status}");
            }
            assert!(operation["summary"].as_str().unwrap().len() > 5, "{name}");
            assert_eq!(operation["security"][1]["oauth2"][0], if method == "GET" { "placet:read" } else { ADMIN }, "{name}");
        }
        for (_, path, _) in &all {
            let mut there: Vec<&str> = all.iter().filter(|(_, other, _)| other == path).map(|(method, _, _)| method.as_str()).collect();
            if there.contains(&"GET") {
                there.push("HEAD");
            }
            for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "LINK"] {
                if there.contains(&method) {
                    continue;
                }
                let page = api.send(method, &filled(path), &[], "").await;
                assert_eq!(page.status, 405, "{method} {path}");
                let mut allowed: Vec<&str> = page.header("allow").split(", ").collect();
                allowed.sort_unstable();
                there.sort_unstable();
                assert_eq!(allowed, there, "{method} {path}");
            }
        }
    }

    async fn the_document_and_its_page_are_for_anyone(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let page = ask(&server, Method::GET, "/api/v1/openapi.json", &[], "").await;
        assert_eq!(page.status, 200);
        let document = json_of(&page);
        assert_eq!(document["openapi"], "3.1.0");
        assert_eq!(document["servers"][0]["url"], format!("{}/api/v1", server.url));
        let flow = &document["components"]["securitySchemes"]["oauth2"]["flows"]["clientCredentials"];
        assert_eq!(flow["tokenUrl"], format!("{}/token", server.url));
        assert!(flow["scopes"][ADMIN].is_string() && flow["scopes"]["placet:read"].is_string());
        let page = ask(&server, Method::GET, "/api/v1/docs", &[], "").await;
        assert_eq!(page.status, 200);
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        let all = operations(&server).await;
        for (method, path, operation) in &all {
            assert!(page.body.contains(&format!("<code>{method} {path}</code>")), "{method} {path}");
            assert!(page.body.contains(operation["operationId"].as_str().unwrap()), "{method} {path}");
        }
        for forbidden in ["<script", "style=", " onclick", "http-equiv", "@import"] {
            assert!(!page.body.contains(forbidden), "{forbidden}");
        }
        for attribute in ["src=\"", "href=\""] {
            for rest in page.body.split(attribute).skip(1) {
                assert!(rest.starts_with(['/', '#']), "leads elsewhere: {}", &rest[..60]);
            }
        }
        assert!(page.header("content-security-policy").starts_with("default-src 'none'"));
        let wrong = ask(&server, Method::POST, "/api/v1/docs", &[], "").await;
        assert_eq!(wrong.status, 405);
    }
}
