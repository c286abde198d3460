//! Who may not use the admin API (S106, S168): table-driven, over every operation that the document has.

use placet::admin::clients::{self, ClientFields, NewClient};
use placet::admin::users::{self, NewUser, UserFields};
use reqwest::Method;

use super::api::{ADMIN, Api, filled, ok, operations, problem};
use super::support::forged::forgeries;
use super::support::requests::ask;
use super::support::{Browser, Client, Page, TestServer};
use crate::support::database::on_both;

const OFFLINE: &[(&str, &str)] = &[("scope", "openid offline_access")];

/// Everything that can be asked, in a form that would be refused by itself.
async fn everything(server: &TestServer) -> Vec<(String, String)> {
    let all = operations(server).await.into_iter();
    let mut all: Vec<(String, String)> = all
        .map(|(method, path, _)| (method, format!("/api/v1{}?nonsense=1", filled(&path))))
        .collect();
    // What is not there, and what is there by another method, is nobody's business either.
    for (method, path) in [
        ("GET", "/api/v1/nothing"),
        ("GET", "/api/v1/"),
        ("GET", "/api/v1/clients/"),
        ("DELETE", "/api/v1/clients"),
        ("OPTIONS", "/api/v1/clients"),
        ("HEAD", "/api/v1/clients"),
    ] {
        all.push((method.to_owned(), path.to_owned()));
    }
    all
}

async fn call(
    server: &TestServer,
    (method, path): &(String, String),
    authorization: &[&str],
) -> Page {
    let headers: Vec<(&str, &str)> = authorization
        .iter()
        .map(|value| ("authorization", *value))
        .collect();
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    ask(server, method, path, &headers, "{{{").await
}

#[track_caller]
fn refused(page: &Page, request: &(String, String), status: u16, challenge: &str, what: &str) {
    let name = format!("{what}: {} {}", request.0, request.1);
    assert_eq!(
        page.header("www-authenticate"),
        challenge,
        "{name}: {}",
        page.status
    );
    if request.0 == "HEAD" {
        assert_eq!(page.status, status, "{name}");
    } else {
        problem(page, status, &name);
    }
}

const WANTED: &str = "Bearer realm=\"placet\"";
const MALFORMED: &str = "Bearer realm=\"placet\", error=\"invalid_request\"";
const INVALID: &str = "Bearer realm=\"placet\", error=\"invalid_token\"";
const INSUFFICIENT: &str =
    "Bearer realm=\"placet\", error=\"insufficient_scope\", scope=\"placet:admin\"";

/// An app of administrators, and a token of ada's, who is one.
async fn console_token(server: &TestServer) -> (Client, String) {
    let uri = format!("{}/api/v1", server.url);
    for name in ["ada", "grace"] {
        let new = NewUser {
            username: name.to_owned(),
            roles: vec!["admin".to_owned()],
            ..NewUser::default()
        };
        server.add_user_with(new).await;
    }
    let client = server
        .client_with(
            &["authorization_code", "refresh_token"],
            "openid offline_access placet:admin placet:read",
            &[&uri],
        )
        .await;
    let tokens = client
        .tokens("ada", &[("scope", "openid placet:admin")])
        .await;
    (client, tokens.access_token().to_owned())
}

on_both! {
    // S168, S106: before path, parameters and body are looked at.
    async fn every_operation_refuses_what_is_no_token_for_it(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        server.add_user("ada").await;
        let app = server.web_client().await;
        let persons = app.tokens("ada", OFFLINE).await;
        server.add_scope("notes:read", "read notes").await;
        server.add_resource("https://notes.example/", "notes:read").await;
        let other = server.client_with(&["client_credentials"], "notes:read", &["https://notes.example/"]).await;
        let other = other.token(&[("grant_type", "client_credentials")]).await;
        let everything = everything(&server).await;
        let id_token = persons.json["id_token"].as_str().unwrap();
        let code = app.code("ada", &[]).await;
        let mut bad = vec![
            (format!("Bearer {}", persons.access_token()), "a person's ordinary token"),
            (format!("Bearer {}", persons.refresh_token()), "a refresh token"),
            (format!("Bearer {id_token}"), "an ID token"),
            (format!("Bearer {code}"), "a code"),
            (format!("Bearer {}", other.access_token()), "another audience's"),
            (format!("Bearer {}", api.client.secret.as_deref().unwrap()), "a client secret"),
            (format!("bearer  {}x", api.token), "more than the token"),
        ];
        for (forged, what) in forgeries(&server, &api.token).await {
            bad.push((format!("Bearer {forged}"), what));
        }
        for request in &everything {
            refused(&call(&server, request, &[]).await, request, 401, WANTED, "nothing");
            refused(&call(&server, request, &["Basic YTpi"]).await, request, 401, WANTED, "another scheme");
            let good = format!("Bearer {}", api.token);
            // RFC 6750 §3.1
            for malformed in [&[good.as_str(), good.as_str()][..], &["Bearer "], &["Bearer"], &["Bearer a b"], &["Bearer a,b"], &["Bearer \"a\""]] {
                refused(&call(&server, request, malformed).await, request, 400, MALFORMED, malformed[0]);
            }
            let in_query = (request.0.clone(), format!("{}{}access_token={}", request.1, if request.1.contains('?') { '&' } else { '?' }, api.token));
            refused(&call(&server, &in_query, &[]).await, request, 401, WANTED, "the token in the address");
        }
        // Each forgery at one operation of each method, and all kinds of wrong tokens everywhere.
        for (index, request) in everything.iter().enumerate() {
            for (number, (authorization, what)) in bad.iter().enumerate() {
                if number < 7 || index % 8 == 0 {
                    refused(&call(&server, request, &[authorization]).await, request, 401, INVALID, what);
                }
            }
        }
        for request in &everything {
            let page = call(&server, request, &[&format!("Bearer {}", api.token)]).await;
            assert!(![401, 403].contains(&page.status.as_u16()), "{request:?}");
        }
    }

    // S168: who may look may not change.
    async fn a_token_to_look_changes_nothing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::with_scope(&server, "placet:read").await;
        let bearer = format!("Bearer {}", api.token);
        for request in everything(&server).await {
            let page = call(&server, &request, &[&bearer]).await;
            if ["GET", "HEAD"].contains(&request.0.as_str()) {
                assert!(![401, 403].contains(&page.status.as_u16()), "{request:?}");
            } else {
                refused(&page, &request, 403, INSUFFICIENT, "placet:read");
            }
        }
        let uri = format!("{}/api/v1", server.url);
        let none = server.client_with(&["client_credentials"], "placet:read", &[&uri]).await;
        let fields = ClientFields { scope: Some(String::new()), ..ClientFields::default() };
        let token = none.token(&[("grant_type", "client_credentials")]).await;
        server.change_client(&none, fields).await;
        let page = ask(&server, Method::GET, "/api/v1/users", &[("authorization", &format!("Bearer {}", token.access_token()))], "").await;
        problem(&page, 403, "the scope was taken from the client");
        assert!(page.header("www-authenticate").ends_with("scope=\"placet:read\""));
    }

    // S168, S74: what ended meanwhile opens nothing.
    async fn a_token_ends_with_its_client(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let by = TestServer::by();
        for what in ["disabled", "removed", "replaced", "revoked", "expired"] {
            let api = Api::new(&server).await;
            ok(&api.get("/scopes").await, 200);
            match what {
                "disabled" => { clients::disable(&server.app, &by, &api.client.id).await.unwrap(); }
                "removed" => clients::remove(&server.app, &by, &api.client.id).await.unwrap(),
                // S171: another client has its id and its scopes now.
                "replaced" => {
                    clients::remove(&server.app, &by, &api.client.id).await.unwrap();
                    server.advance(10);
                    let fields = ClientFields { name: Some("Another".to_owned()), scope: Some(ADMIN.to_owned()), ..ClientFields::default() };
                    let new = NewClient { id: Some(api.client.id.clone()), fields, ..NewClient::default() };
                    clients::add(&server.app, &by, new).await.unwrap();
                }
                "revoked" => api.client.revoked(&api.token).await,
                _ => server.advance(600),
            }
            let page = api.get("/scopes").await;
            problem(&page, 401, what);
            assert_eq!(page.header("www-authenticate"), INVALID, "{what}");
        }
    }

    // S168: a person is an administrator now, not when the token was made.
    async fn a_person_needs_the_role_at_that_moment(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let by = TestServer::by();
        let (client, token) = console_token(&server).await;
        let bearer = format!("Bearer {token}");
        let get = async || ask(&server, Method::GET, "/api/v1/clients", &[("authorization", &bearer)], "").await;
        ok(&get().await, 200);
        let no_roles = UserFields { roles: Some(Vec::new()), ..UserFields::default() };
        users::change(&server.app, &by, "ada", no_roles).await.unwrap();
        let page = get().await;
        assert!([401, 403].contains(&page.status.as_u16()), "{}", page.body);
        let roles = UserFields { roles: Some(vec!["admin".to_owned()]), ..UserFields::default() };
        users::change(&server.app, &by, "ada", roles).await.unwrap();
        let tokens = client.tokens("ada", &[("scope", "openid placet:admin")]).await;
        users::disable(&server.app, &by, "ada").await.unwrap();
        let bearer = format!("Bearer {}", tokens.access_token());
        let page = ask(&server, Method::GET, "/api/v1/clients", &[("authorization", &bearer)], "").await;
        problem(&page, 401, "disabled");
        // Somebody without the role gets no such scope, so the token is no good here.
        server.add_user("eve").await;
        let page = client.sign_in(&mut Browser::new(&server.url), "eve", &[("scope", "openid placet:admin")]).await;
        if let Some(code) = page.returned("code") {
            let tokens = client.redeem(&code).await;
            let bearer = format!("Bearer {}", tokens.access_token());
            let page = ask(&server, Method::GET, "/api/v1/clients", &[("authorization", &bearer)], "").await;
            assert!([401, 403].contains(&page.status.as_u16()), "{}", page.body);
        }
    }

    // A person's deed is theirs in the audit log, a program's is the client's.
    async fn the_actor_is_the_person_or_the_client(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let (_, token) = console_token(&server).await;
        let bearer = format!("Bearer {token}");
        let body = r#"{"description":"read your notes"}"#;
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        let page = ask(&server, Method::PUT, "/api/v1/scopes/notes:read", &headers, body).await;
        ok(&page, 201);
        let api = Api::new(&server).await;
        let second = ok(&api.json("PUT", "/scopes/notes:write", &serde_json::json!({"description": "write them"})).await, 201);
        assert_eq!(second["name"], "notes:write");
        let ada = users::show(&server.app, "ada").await.unwrap();
        let by_ada = ok(&api.get(&format!("/audit-events?actor=user:{}", ada.id)).await, 200);
        let event = by_ada["items"].as_array().unwrap().iter().find(|event| event["detail"]["scope"] == "notes:read").unwrap();
        assert_eq!(event["request_id"], page.header("x-request-id"));
        assert_eq!(event["address"], "127.0.0.1");
        let by_client = ok(&api.get(&format!("/audit-events?actor=client:{}", api.client.id)).await, 200);
        assert_eq!(by_client["items"][0]["detail"]["scope"], "notes:write");
        assert!(!by_client.to_string().contains(ADMIN));
    }

    // S168: nothing is there before somebody made it.
    async fn no_account_comes_with_the_installation(db: TestDatabase) {
        let server = TestServer::start(db).await;
        assert!(clients::list(&server.app).await.unwrap().is_empty());
        assert!(users::list(&server.app).await.unwrap().is_empty());
        // A client gets no token for what is not its own.
        let service = server.service_client().await;
        let uri = format!("{}/api/v1", server.url);
        for more in [("resource", uri.as_str()), ("scope", ADMIN)] {
            let tokens = service.token(&[("grant_type", "client_credentials"), more]).await;
            assert_eq!(tokens.status, 400, "{more:?}: {}", tokens.json);
            assert!(["invalid_target", "invalid_scope"].contains(&tokens.error()), "{more:?}");
        }
    }
}
