//! What clients say of themselves in other languages (RFC 7591 §2.2): registered, changed, shown and taken away by every road.

use serde_json::{Value, json};

use super::api::{Api, field_problem, ok};
use super::register::{assert_refused, open, post, register, with};
use super::support::requests::ask;
use super::support::{Page, TestServer};
use crate::support::database::on_both;

async fn replace(server: &TestServer, registered: &Value, body: &Value) -> Page {
    let address = registered["registration_client_uri"].as_str().unwrap();
    let path = address.strip_prefix(&server.url).unwrap();
    let token = registered["registration_access_token"].as_str().unwrap();
    let bearer = format!("Bearer {token}");
    let headers = [
        ("content-type", "application/json"),
        ("authorization", bearer.as_str()),
    ];
    ask(
        server,
        reqwest::Method::PUT,
        path,
        &headers,
        &body.to_string(),
    )
    .await
}

on_both! {
    async fn a_client_registers_its_name_in_other_languages(db: TestDatabase) {
        let server = open(db).await;
        let texts = json!({
            "client_name": "Printer", "client_name#de": " Drucker ", "client_name#ja-Jpan-JP": "プリンター", "tos_uri#fr": "https://app.example/cgu",
            "client_name#it": null, "contacts#de": ["x"], "nickname#de": 7,
        });
        let registered = register(&server, &with(&texts)).await;
        assert_eq!((&registered["client_name#de"], &registered["client_name#ja-Jpan-JP"]), (&json!("Drucker"), &json!("プリンター")));
        assert_eq!(registered["tos_uri#fr"], "https://app.example/cgu");
        for absent in ["client_name#it", "contacts#de", "nickname#de"] {
            assert!(registered.get(absent).is_none(), "{absent}");
        }
        let client = server.app.find_client(registered["client_id"].as_str().unwrap()).await.unwrap().unwrap();
        assert_eq!((client.metadata.name_in("de"), client.metadata.name_in("pl")), ("Drucker", "Printer"));
        // RFC 5646 §2.1.1: a tag has no case, and comes back as it was sent last.
        let again = with(&json!({ "client_name": "Printer", "client_name#DE": "Drucker", "client_name#de": "Zweiter", "client_name#zh-TW": "印表機" }));
        let twice = register(&server, &again).await;
        assert_eq!((&twice["client_name#de"], twice.get("client_name#DE")), (&json!("Zweiter"), None));
        let client = server.app.find_client(twice["client_id"].as_str().unwrap()).await.unwrap().unwrap();
        assert_eq!(client.metadata.name_in("zh-Hans"), "Printer", "traditional characters are none that everybody reads");
        // S52 S53: the same rules as for the name and the links themselves.
        for (member, value, says) in [
            ("client_name#de", json!("a\u{202e}b"), "client_name"), ("client_name#de", json!("x".repeat(201)), "client_name"),
            ("logo_uri#de", json!("javascript:alert(1)"), "logo_uri"), ("policy_uri#de", json!("data:text/html,x"), "policy_uri"),
            ("client_name#de", json!(7), "client_name#de"), ("client_name#", json!("x"), "language tag"), ("client_name#d_e", json!("x"), "language tag"),
        ] {
            assert_refused(&post(&server, None, &with(&json!({ member: value })).to_string()).await, 400, "invalid_client_metadata", says);
        }
        // RFC 7592 §2.2: what is not in the request is not in the registration either.
        let id = &registered["client_id"];
        let replaced = replace(&server, &registered, &with(&json!({ "client_id": id, "client_name": "Printer", "client_name#fr": "Imprimante" }))).await;
        let replaced: Value = serde_json::from_str(&replaced.body).unwrap();
        assert_eq!(replaced["client_name#fr"], "Imprimante", "{replaced}");
        assert!(replaced.get("client_name#de").is_none() && replaced.get("tos_uri#fr").is_none());
    }

    async fn the_admin_api_speaks_the_same_words(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        let body = json!({ "client_name": "Printer", "client_name#de": "Drucker", "policy_uri#de": "https://app.example/d", "redirect_uris": ["https://app.example/cb"], "always_ask": true });
        let made = ok(&api.json("PUT", "/clients/printer", &body).await, 201);
        assert_eq!((&made["client_name#de"], &made["always_ask"]), (&json!("Drucker"), &json!(true)));
        let patch = json!({ "client_name#fr": "Imprimante", "policy_uri#de": null });
        let changed = ok(&api.json("PATCH", "/clients/printer", &patch).await, 200);
        assert_eq!((&changed["client_name#de"], &changed["client_name#fr"]), (&json!("Drucker"), &json!("Imprimante")));
        assert!(changed.get("policy_uri#de").is_none());
        let other = ok(&api.json("PATCH", "/clients/printer", &json!({ "client_name#DE": "Druckerin" })).await, 200);
        assert_eq!((&other["client_name#DE"], other.get("client_name#de")), (&json!("Druckerin"), None));
        let again = ok(&api.json("PUT", "/clients/printer", &body).await, 200);
        assert!(again.get("client_name#fr").is_none() && again["policy_uri#de"] == "https://app.example/d");
        for (member, value) in [("client_nam#de", json!("x")), ("contacts#de", json!("x")), ("client_name#de", json!(1)), ("nonsense", json!("x"))] {
            field_problem(&api.json("PATCH", "/clients/printer", &json!({ member: value })).await, 422, member, if member == "client_name#de" { "text" } else { "unknown field" });
        }
        let both = api.json("PATCH", "/clients/printer", &json!({ "first_party": true })).await;
        field_problem(&both, 422, "always_ask", "nobody is asked about a first-party client");
        let scope = ok(&api.json("PUT", "/scopes/a", &json!({ "description": "do a", "descriptions": { "de": "a tun" } })).await, 201);
        assert_eq!(scope["descriptions"], json!({ "de": "a tun" }));
        let scope = ok(&api.json("PUT", "/scopes/a", &json!({ "description": "do it" })).await, 200);
        assert!(scope.get("descriptions").is_none(), "all that is not said has its default");
        let bad = api.json("PUT", "/scopes/a", &json!({ "description": "do it", "descriptions": { "d": "x" } })).await;
        field_problem(&bad, 422, "descriptions", "language tag");
        let address = "/resources/https%3A%2F%2Fa.example";
        let made = ok(&api.json("PUT", address, &json!({ "name": "A", "names": { "de": "Das A" } })).await, 201);
        assert_eq!(made["names"], json!({ "de": "Das A" }));
        let changed = ok(&api.json("PATCH", address, &json!({ "names": { "fr": "Le A", "de": null } })).await, 200);
        assert_eq!(changed["names"], json!({ "fr": "Le A" }));
        let changed = ok(&api.json("PATCH", address, &json!({ "names": null })).await, 200);
        assert!(changed.get("names").is_none());
    }
}
