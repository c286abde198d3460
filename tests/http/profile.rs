//! What is known of a person, on their own page: all that apps may be told stands there, and what is theirs to change can be changed.

use placet::admin::users::{self, UserFields};
use placet::config::Config;
use reqwest::Method;
use serde_json::{Value, json};

use super::account::{send, signed_in};
use super::sign_up::events;
use super::support::requests::{ask, new_client};
use super::support::{Browser, Client, Page, TestServer};
use crate::support::database::{TestDatabase, on_both};

const SCOPE: &str = "openid profile address phone";

/// A server where much is known of ada, and an app that may be told of it.
async fn start(
    db: TestDatabase,
    change: impl FnOnce(&mut Config),
) -> (TestServer, Client, Browser) {
    let server = TestServer::start_with(db, change).await;
    server.add_user("ada").await;
    let claims = [
        ("given_name", "Ada"),
        ("middle_name", "Augusta"),
        ("gender", "female"),
        ("preferred_username", "countess"),
        ("profile", "https://ada.example/about"),
        ("locale", "en-GB"),
        ("phone_number", "+44 20 7946 0000"),
        ("phone_number_verified", "true"),
        ("address.formatted", "12 St James's Square\nLondon"),
        ("address.street_address", "12 St James's Square"),
        ("address.locality", "London"),
    ];
    let claims = claims.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let fields = UserFields {
        claims: claims.into(),
        ..UserFields::default()
    };
    let by = TestServer::by();
    users::change(&server.app, &by, "ada", fields)
        .await
        .unwrap();
    let mut new = new_client("Photo Printer", &["https://app.example/cb"]);
    new.fields.scope = Some(SCOPE.to_owned());
    let client = server.add_client(new).await;
    let browser = signed_in(&server, "ada", "Firefox").await;
    (server, client, browser)
}

async fn told(server: &TestServer, client: &Client) -> Value {
    let tokens = client.tokens("ada", &[("scope", SCOPE)]).await;
    let bearer = format!("Bearer {}", tokens.access_token());
    let info = ask(
        server,
        Method::GET,
        "/userinfo",
        &[("authorization", &bearer)],
        "",
    )
    .await;
    serde_json::from_str(&info.body).unwrap()
}

/// The form as it stands there, with changes.
async fn change(browser: &mut Browser, changes: &[(&str, &str)]) -> Page {
    let stands = [
        ("given_name", "Ada"),
        ("reach", "yes"),
        ("phone_number", "+44 20 7946 0000"),
        ("address.street_address", "12 St James's Square"),
        ("address.locality", "London"),
    ];
    let is_kept = |(name, _): &(&str, &str)| !changes.iter().any(|(other, _)| other == name);
    let fields = stands.into_iter().filter(is_kept);
    let fields: Vec<_> = fields.chain(changes.iter().copied()).collect();
    send(browser, "/account", &fields).await
}

on_both! {
    // GDPR Art. 15: whatever apps may be told stands on the page.
    async fn nothing_is_told_that_the_person_does_not_see(db: TestDatabase) {
        let (server, client, mut browser) = start(db, |_| {}).await;
        let page = browser.get("/account").await;
        let seen = format!("{} {}", page.text(), page.body);
        let info = told(&server, &client).await;
        let members = info["address"].as_object().unwrap().values();
        let members: Vec<&str> = members.filter_map(Value::as_str).collect();
        assert_eq!(members.len(), 3, "{info}");
        let unseen = ["sub", "updated_at"];
        let claims = info.as_object().unwrap().iter().filter(|(name, _)| !unseen.contains(&name.as_str()));
        let claims = claims.filter_map(|(_, value)| value.as_str());
        for value in claims.chain(members) {
            let escaped = value.replace('\'', "&#39;");
            assert!(seen.contains(value) || seen.contains(&escaped), "{value:?}: {seen}");
        }
        assert!(page.text().contains("This number is verified."), "{}", page.text());
    }

    async fn nor_where_nothing_can_be_changed(db: TestDatabase) {
        let (server, client, mut browser) = start(db, |config| config.account.profile_editable = false).await;
        let page = browser.get("/account").await;
        for part in ["Ada", "Augusta", "female", "countess", "https://ada.example/about", "en-GB", "+44 20 7946 0000 verified", "12 St James's Square London", "Town London"] {
            let text = page.text().split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!page.body.contains("name=\"phone_number\""), "{}", page.body);
        let before = told(&server, &client).await;
        change(&mut browser, &[("phone_number", "+44 20 7946 0001"), ("address.locality", "Paris")]).await;
        let after = told(&server, &client).await;
        assert_eq!((&after["phone_number"], &after["address"]), (&before["phone_number"], &before["address"]));
    }

    // OIDC Core §5.1: what was verified is the number of before.
    async fn a_new_number_is_not_verified(db: TestDatabase) {
        let (server, client, mut browser) = start(db, |_| {}).await;
        let page = change(&mut browser, &[("nickname", "Countess")]).await;
        assert!(page.text().contains("Your profile is saved."), "{}", page.text());
        let info = told(&server, &client).await;
        assert_eq!((&info["phone_number_verified"], &info["address"]["formatted"]), (&json!(true), &json!("12 St James's Square\nLondon")), "the rest stays: {info}");
        let updates = events(&server, "user_updated").await;
        assert!(updates.contains(&json!({ "changed": ["nickname"] })), "what was changed, and no more: {updates:?}");

        for wrong in ["020 7946 0000", "+44", "+44 20 7946 0000x", "javascript:alert(1)"] {
            let page = change(&mut browser, &[("phone_number", wrong)]).await;
            assert!(page.status == 422 && page.text().contains("Write the number with +"), "{wrong}: {}", page.text());
            assert!(page.body.contains("href=\"#phone_number\"") && page.body.contains("<details open>"), "{}", page.body);
        }
        let page = change(&mut browser, &[("phone_number", "+44 20 7946 0001"), ("phone_number_verified", "true")]).await;
        assert!(!page.text().contains("This number is verified."), "{}", page.text());
        let info = told(&server, &client).await;
        assert_eq!(info["phone_number"], "+44 20 7946 0001");
        assert_ne!(info["phone_number_verified"], true, "{info}");
        change(&mut browser, &[("phone_number", "")]).await;
        let info = told(&server, &client).await;
        assert!(info.get("phone_number").is_none() && info.get("phone_number_verified").is_none(), "{info}");
    }

    async fn what_a_form_does_not_have_stays(db: TestDatabase) {
        let (server, client, mut browser) = start(db, |_| {}).await;
        let before = told(&server, &client).await;
        send(&mut browser, "/account", &[("given_name", "Ada"), ("nickname", "Countess")]).await;
        let after = told(&server, &client).await;
        assert_eq!(after["nickname"], "Countess");
        for claim in ["phone_number", "phone_number_verified", "address"] {
            assert_eq!(after[claim], before[claim], "{claim}");
        }
        // As somebody else wrote it, which a browser would not send back.
        let by = TestServer::by();
        let claims = [("phone_number", "+44 20 7946 0000 "), ("phone_number_verified", "true"), ("address.street_address", "12 St James's Square\r\n")];
        let claims = claims.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let fields = UserFields { claims: claims.into(), ..UserFields::default() };
        users::change(&server.app, &by, "ada", fields).await.unwrap();
        change(&mut browser, &[("nickname", "Lady")]).await;
        let after = told(&server, &client).await;
        assert_eq!((&after["nickname"], &after["phone_number_verified"]), (&json!("Lady"), &json!(true)), "{after}");
        assert_eq!(after["address"]["formatted"], before["address"]["formatted"], "{after}");
    }

    async fn an_address_is_changed_in_parts(db: TestDatabase) {
        let (server, client, mut browser) = start(db, |_| {}).await;
        let changes = [("address.street_address", "1 Rue de <b>Rivoli</b>\r\nEscalier B"), ("address.postal_code", "75001"), ("address.locality", "Paris"), ("address.country", "France")];
        let page = change(&mut browser, &changes).await;
        assert!(page.text().contains("Your profile is saved."), "{}", page.text());
        assert!(page.body.contains("Rue de &#60;b&#62;Rivoli"), "{}", page.body);
        let info = told(&server, &client).await;
        let expected = json!({ "street_address": "1 Rue de <b>Rivoli</b>\nEscalier B", "postal_code": "75001", "locality": "Paris", "country": "France" });
        assert_eq!(info["address"], expected, "the whole of before is gone");
        let page = change(&mut browser, &[("address.locality", &"x".repeat(300))]).await;
        assert!(page.status == 422 && page.body.contains("id=\"address.locality-problem\""), "{}", page.body);
        // What only others may set stays, whatever is sent.
        let page = change(&mut browser, &[("gender", "x"), ("preferred_username", "root"), ("address.street_address", ""), ("address.locality", "")]).await;
        assert_eq!(page.status, 200);
        let info = told(&server, &client).await;
        assert_eq!((&info["gender"], &info["preferred_username"], info.get("address")), (&json!("female"), &json!("countess"), None), "{info}");
    }
}
