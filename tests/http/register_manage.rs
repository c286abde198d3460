//! `/register/{client_id}` (RFC 7592): a client and its own registration.

use placet::admin::clients;
use reqwest::Method;
use serde_json::{Value, json};

use super::register::{CALLBACK, assert_refused, json_of, open, register, with};
use super::support::requests::ask;
use super::support::{Browser, Client, Page, TestServer};
use crate::support::database::on_both;

fn text<'a>(information: &'a Value, name: &str) -> &'a str {
    information[name].as_str().unwrap()
}

/// A request to the client's own address with that token.
async fn call(
    server: &TestServer,
    method: Method,
    id: &str,
    token: &str,
    body: Option<&Value>,
) -> Page {
    let bearer = format!("Bearer {token}");
    let mut headers = vec![("authorization", bearer.as_str())];
    if body.is_some() {
        headers.push(("content-type", "application/json"));
    }
    let body = body.map(Value::to_string).unwrap_or_default();
    ask(server, method, &format!("/register/{id}"), &headers, &body).await
}

async fn put(server: &TestServer, information: &Value, body: &Value) -> Page {
    let (id, token) = (
        text(information, "client_id"),
        text(information, "registration_access_token"),
    );
    call(server, Method::PUT, id, token, Some(body)).await
}

async fn get(server: &TestServer, information: &Value) -> Page {
    let (id, token) = (
        text(information, "client_id"),
        text(information, "registration_access_token"),
    );
    call(server, Method::GET, id, token, None).await
}

fn without_secret(information: &Value) -> Value {
    let mut information = information.clone();
    let object = information.as_object_mut().unwrap();
    object.remove("client_secret");
    object.remove("client_secret_expires_at");
    information
}

on_both! {
    // S155
    async fn a_token_is_good_for_its_own_client_alone(db: TestDatabase) {
        let server = open(db).await;
        let (a, b) = (register(&server, &with(&json!({}))).await, register(&server, &with(&json!({}))).await);
        let ours = server.web_client().await;
        let (id_a, id_b) = (text(&a, "client_id"), text(&b, "client_id"));
        let token_a = text(&a, "registration_access_token");
        let body = with(&json!({ "client_id": id_b }));
        for (id, token) in [(id_b, token_a), (id_a, "placet_rat_wrong"), (&ours.id, token_a), ("nobody", token_a), ("a%00b", token_a)] {
            for (method, body) in [(Method::GET, None), (Method::PUT, Some(&body)), (Method::DELETE, None)] {
                let page = call(&server, method.clone(), id, token, body).await;
                assert_refused(&page, 401, "invalid_token", "registration access token");
                assert_eq!(page.header("www-authenticate"), "Bearer realm=\"placet\", error=\"invalid_token\"", "{method} {id}");
            }
        }
        let page = ask(&server, Method::GET, &format!("/register/{id_a}"), &[], "").await;
        assert_refused(&page, 401, "invalid_token", "missing");
        assert_eq!(page.header("www-authenticate"), "Bearer realm=\"placet\"");
        for information in [&a, &b] {
            let page = get(&server, information).await;
            assert_eq!(page.status, 200, "a wrong one revokes nothing: {}", page.body);
            assert_eq!(page.header("cache-control"), "no-store");
            assert_eq!(json_of(&page), without_secret(information));
        }
        let hashes = server.database.texts("SELECT CAST(count(registration_token_hash) AS TEXT) FROM clients WHERE registration_token_hash IS NOT NULL".to_owned()).await;
        assert_eq!(hashes, ["2"]);
    }

    async fn a_registration_is_replaced_in_full(db: TestDatabase) {
        let server = open(db).await;
        server.add_user("ada").await;
        let first = register(&server, &with(&json!({ "client_name": "Printer", "contacts": ["a@app.example"], "scope": "openid email" }))).await;
        let client = Client::registered(&server, &first);
        client.tokens("ada", &[]).await;
        let id = text(&first, "client_id");
        let new = json!({
            "client_id": id, "client_secret": first["client_secret"], "client_name": "Better Printer",
            "redirect_uris": ["https://new.example/cb"], "token_endpoint_auth_method": "client_secret_post",
        });
        let page = put(&server, &first, &new).await;
        assert_eq!(page.status, 200, "{}", page.body);
        let answer = json_of(&page);
        assert_eq!(answer["client_name"], "Better Printer");
        assert!(answer.get("contacts").is_none(), "what is left out goes");
        assert_eq!(answer["scope"], "address email offline_access openid phone profile");
        assert!(answer.get("client_secret").is_none(), "the one that there is stays");
        for name in ["client_id", "client_id_issued_at", "registration_access_token", "registration_client_uri"] {
            assert_eq!(answer[name], first[name], "{name}");
        }
        assert_eq!(json_of(&get(&server, &first).await), answer);
        // It became another app: the person is asked again, and the old way back is closed.
        assert_eq!(Browser::new(&server.url).visit(&client.authorize_url(&[])).await.status, 400);
        let mut client = client;
        client.redirect_uri = Some("https://new.example/cb".to_owned());
        let mut browser = Browser::new(&server.url);
        let login = browser.visit(&client.authorize_url(&[])).await;
        assert_eq!(browser.log_in(&login, "ada").await.heading_kind(), "consent");
        // The same once more writes nothing.
        let mut same = new.clone();
        same.as_object_mut().unwrap().remove("client_secret");
        let before = server.database.row_counts().await;
        assert_eq!(put(&server, &first, &same).await.status, 200);
        assert_eq!(server.database.row_counts().await, before);
    }

    // RFC 7592 §2.2; S69, S149
    async fn what_may_not_be_changed_is_not(db: TestDatabase) {
        let server = open(db).await;
        let first = register(&server, &with(&json!({}))).await;
        let id = text(&first, "client_id");
        let good = with(&json!({ "client_id": id }));
        for (field, more) in [
            ("client_id", json!({ "client_id": null })),
            ("client_id", json!({ "client_id": "c_another" })),
            ("client_secret", json!({ "client_secret": "placet_cs_chosen" })),
            ("client_secret_expires_at", json!({ "client_secret_expires_at": 0 })),
            ("client_id_issued_at", json!({ "client_id_issued_at": 1 })),
            ("registration_access_token", json!({ "registration_access_token": "x" })),
            ("registration_client_uri", json!({ "registration_client_uri": "https://x.example" })),
            ("token_endpoint_auth_method", json!({ "token_endpoint_auth_method": "none" })),
            ("grant_types", json!({ "grant_types": ["client_credentials"] })),
            ("scope", json!({ "scope": "placet:admin" })),
        ] {
            let mut body = good.clone();
            body[field] = more[field].clone();
            assert_refused(&put(&server, &first, &body).await, 400, "invalid_client_metadata", field);
        }
        let bad = json!({ "client_id": id, "redirect_uris": ["http://app.example/cb"] });
        assert_refused(&put(&server, &first, &bad).await, 400, "invalid_redirect_uri", "https");
        assert_eq!(json_of(&get(&server, &first).await), without_secret(&first));
    }

    // A method that needs a secret brings one, and it works.
    async fn a_public_client_becomes_confidential(db: TestDatabase) {
        let server = open(db).await;
        server.add_user("ada").await;
        let first = register(&server, &with(&json!({ "token_endpoint_auth_method": "none" }))).await;
        let page = put(&server, &first, &with(&json!({ "client_id": first["client_id"] }))).await;
        let answer = json_of(&page);
        let client = Client::registered(&server, &answer);
        assert!(client.secret.is_some() && answer["client_secret_expires_at"] == 0, "{answer}");
        client.tokens("ada", &[]).await;
        let mut public = client;
        public.secret = None;
        let code = public.code("ada", &[]).await;
        assert_eq!(public.redeem(&code).await.error(), "invalid_client");
    }

    async fn what_an_administrator_gave_is_kept(db: TestDatabase) {
        let server = open(db).await;
        server.add_scope("jobs:run", "run jobs").await;
        let first = register(&server, &with(&json!({}))).await;
        let id = text(&first, "client_id");
        let fields = clients::ClientFields { scope: Some("openid jobs:run".to_owned()), ..clients::ClientFields::default() };
        clients::change(&server.app, &TestServer::by(), id, fields).await.unwrap();
        let page = put(&server, &first, &with(&json!({ "client_id": id, "scope": "openid jobs:run", "client_name": "New" }))).await;
        assert_eq!((page.status.as_u16(), &json_of(&page)["scope"]), (200, &json!("jobs:run openid")));
        // Nobody is asked about such a client, so its way back is not for whoever has the token to choose.
        let fields = |is_first_party| clients::ClientFields { is_first_party: Some(is_first_party), ..clients::ClientFields::default() };
        clients::change(&server.app, &TestServer::by(), id, fields(true)).await.unwrap();
        let elsewhere = json!({ "client_id": id, "redirect_uris": ["https://evil.example/cb"] });
        assert_refused(&put(&server, &first, &elsewhere).await, 403, "access_denied", "first-party");
        clients::change(&server.app, &TestServer::by(), id, fields(false)).await.unwrap();
        clients::disable(&server.app, &TestServer::by(), id).await.unwrap();
        assert_refused(&get(&server, &first).await, 403, "access_denied", "disabled");
        let page = put(&server, &first, &with(&json!({ "client_id": id }))).await;
        assert_refused(&page, 403, "access_denied", "disabled");
    }

    // RFC 7592 §2.3
    async fn a_removed_client_ends_with_all_that_it_had(db: TestDatabase) {
        let server = open(db).await;
        server.add_user("ada").await;
        let body = with(&json!({ "grant_types": ["authorization_code", "refresh_token"], "redirect_uris": [CALLBACK] }));
        let first = register(&server, &body).await;
        let client = Client::registered(&server, &first);
        let tokens = client.tokens("ada", &[("scope", "openid offline_access")]).await;
        let page = call(&server, Method::DELETE, &client.id, text(&first, "registration_access_token"), None).await;
        assert_eq!((page.status.as_u16(), page.body.as_str(), page.header("cache-control")), (204, "", "no-store"));
        assert_refused(&get(&server, &first).await, 401, "invalid_token", "registration access token");
        assert_eq!(client.refresh(tokens.refresh_token()).await.error(), "invalid_client");
        assert_eq!(Browser::new(&server.url).visit(&client.authorize_url(&[])).await.status, 400);
        for table in ["clients", "client_secrets", "client_origins", "codes", "grants", "consents"] {
            assert_eq!(server.database.count(table).await, 0, "{table}");
        }
        let written = server.database.texts("SELECT actor FROM audit_events WHERE kind = 'client_removed'".to_owned()).await;
        assert_eq!(written, [format!("client:{}", client.id)]);
    }
}
