//! `placet client`.

use chrono::{DateTime, TimeDelta, Utc};
use placet::clock::Clock;
use serde_json::{Value, json};

use super::{Placet, text_of};

/// An app with one redirect URI.
fn app(placet: &Placet, id: &str) -> Value {
    placet.json(&[
        "client",
        "add",
        "--id",
        id,
        "--name",
        "App",
        "--redirect-uri",
        "https://app.example/cb",
    ])
}

/// When each of its live secrets ends.
fn secret_ends(placet: &Placet, id: &str) -> Vec<Option<DateTime<Utc>>> {
    let client = placet.json(&["client", "show", id]);
    let secrets = client["secrets"].as_array().unwrap();
    secrets
        .iter()
        .map(|secret| serde_json::from_value(secret["expires_at"].clone()).unwrap())
        .collect()
}

#[test]
fn an_app_for_people_has_defaults_in_the_words_of_rfc_7591() {
    let placet = Placet::new();
    let made = placet.json(&[
        "client",
        "add",
        "--name",
        "Photo Printer",
        "--redirect-uri",
        "https://app.example/cb",
    ]);
    // S98, S154
    let id = text_of(&made, "client_id");
    assert!(id.starts_with("c_") && id.len() == 24, "{id}");
    assert!(text_of(&made, "client_secret").starts_with("placet_cs_"));
    assert_eq!(made["client_secret"].as_str().unwrap().len(), 53);
    assert_eq!(made["client_secret_expires_at"], 0);
    assert!(made["client_id_issued_at"].as_i64().unwrap() > 1_700_000_000);
    assert_eq!(made["client_name"], "Photo Printer");
    assert_eq!(made["redirect_uris"], json!(["https://app.example/cb"]));
    assert_eq!(
        made["grant_types"],
        json!(["authorization_code", "refresh_token"])
    );
    assert_eq!(made["response_types"], json!(["code"]));
    assert_eq!(made["token_endpoint_auth_method"], "client_secret_basic");
    assert_eq!(made["scope"], "email offline_access openid profile");
    assert_eq!(made["id_token_signed_response_alg"], "RS256");
    assert_eq!(
        (&made["first_party"], &made["disabled"], &made["resources"]),
        (&json!(false), &json!(false), &json!([]))
    );
}

#[test]
fn a_program_without_redirect_uri_has_client_credentials_and_no_scope() {
    let made = Placet::new().json(&["client", "add", "--name", "Robot"]);
    assert_eq!(made["grant_types"], json!(["client_credentials"]));
    assert_eq!(
        (&made["response_types"], &made["scope"]),
        (&json!([]), &json!(""))
    );
    assert!(made.get("client_secret").is_some());
}

#[test]
fn a_public_app_has_no_secret() {
    let placet = Placet::new();
    let made = placet.json(&[
        "client",
        "add",
        "--name",
        "SPA",
        "--id",
        "spa",
        "--public",
        "--redirect-uri",
        "com.example.app:/cb",
    ]);
    assert_eq!(made["client_id"], "spa");
    assert_eq!(made["token_endpoint_auth_method"], "none");
    assert_eq!(
        (
            made.get("client_secret"),
            made.get("client_secret_expires_at")
        ),
        (None, None)
    );
    placet.refuses(
        &["client", "secret", "spa"],
        2,
        "token_endpoint_auth_method: the client authenticates without a secret; first give it a method: placet client update ID --token-endpoint-auth-method client_secret_basic",
    );
}

#[test]
fn a_secret_is_shown_once_and_kept_only_as_a_hash() {
    // S171, S180
    let placet = Placet::new();
    let text = placet.text(&[
        "client",
        "add",
        "--id",
        "app",
        "--name",
        "App",
        "--redirect-uri",
        "https://app.example/cb",
    ]);
    let line = text
        .lines()
        .find(|line| line.starts_with("client_secret:"))
        .unwrap();
    let secret = line.split_whitespace().last().unwrap();
    assert!(secret.starts_with("placet_cs_"));
    assert!(text.contains("The secret is shown this once"), "{text}");
    for arguments in [
        ["client", "show", "app"].as_slice(),
        &["client", "list"],
        &["client", "show", "app", "--json"],
    ] {
        assert!(
            !placet.text(arguments).contains("placet_cs_"),
            "{arguments:?}"
        );
    }
    assert!(!placet.keeps(secret));
}

#[test]
fn a_change_is_checked_as_a_whole() {
    let placet = Placet::new();
    app(&placet, "app");
    placet.refuses(
        &["client", "update", "app", "--redirect-uri", ""],
        2,
        "redirect_uris: authorization_code needs at least one",
    );
    placet.refuses(
        &["client", "update", "app", "--grant", "refresh_token"],
        2,
        "grant_types: refresh_token needs authorization_code or password beside it",
    );
    let before = placet.json(&["client", "show", "app"]);
    assert_eq!(placet.json(&["client", "update", "app"]), before);
}

#[test]
fn names_are_strict() {
    let placet = Placet::new();
    app(&placet, "app");
    placet.refuses(
        &["client", "add", "--id", "app", "--name", "Other"],
        1,
        "there is a client \"app\" already; change it with `placet client update`",
    );
    for verb in ["show", "update", "remove", "secret", "disable", "enable"] {
        placet.refuses(
            &["client", verb, "other"],
            1,
            "there is no client \"other\"; see `placet client list`",
        );
        placet.refuses(
            &["client", verb, "no such id"],
            1,
            "there is no client \"no such id\"; see `placet client list`",
        );
    }
}

#[test]
fn a_new_secret_lets_the_old_one_live_on_for_the_overlap() {
    // S171
    let placet = Placet::new();
    let first = app(&placet, "app");
    let made = placet.json(&["client", "secret", "app"]);
    assert_ne!(made["client_secret"], first["client_secret"]);
    let ends = secret_ends(&placet, "app");
    assert_eq!((ends.len(), ends[1]), (2, None));
    let left = ends[0].unwrap() - Clock::system().now();
    assert!(
        left > TimeDelta::hours(23) && left <= TimeDelta::hours(24),
        "{left}"
    );
    assert!(
        placet
            .text(&["client", "secret", "app", "--overlap", "1h"])
            .contains("An older secret works until ")
    );
    assert_eq!(secret_ends(&placet, "app").len(), 3);
    placet.json(&["client", "secret", "app", "--overlap", "0s"]);
    assert_eq!(secret_ends(&placet, "app"), [None]);
    placet.refuses(
        &["client", "secret", "app", "--overlap", "soon"],
        2,
        "invalid value 'soon' for '--overlap <DURATION>': write a number with its unit, such as 30m, 24h or 7d (--help tells more)",
    );
    placet.refuses(
        &["client", "secret", "app", "--overlap", "91d"],
        2,
        "overlap: it is at most 90d",
    );
}

#[test]
fn clients_are_listed_disabled_enabled_and_removed() {
    let placet = Placet::new();
    app(&placet, "b");
    app(&placet, "a");
    let ids = |list: &Value| {
        list.as_array()
            .unwrap()
            .iter()
            .map(|c| text_of(c, "client_id").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&placet.json(&["client", "list"])), ["a", "b"]);
    assert_eq!(placet.json(&["client", "disable", "a"])["disabled"], true);
    assert_eq!(
        placet.json(&["client", "disable", "a"])["disabled"],
        true,
        "once more changes nothing"
    );
    let expected = "CLIENT_ID  STATE     GRANTS                            NAME\n\
        a          disabled  authorization_code refresh_token  App\n\
        b          enabled   authorization_code refresh_token  App\n";
    assert_eq!(placet.text(&["client", "list"]), expected);
    assert_eq!(placet.json(&["client", "enable", "a"])["disabled"], false);
    assert_eq!(
        placet.json(&["client", "remove", "a"]),
        json!({ "client_id": "a", "removed": true })
    );
    assert_eq!(
        placet.text(&["client", "remove", "b"]),
        "removed client b\n"
    );
    assert_eq!(placet.json(&["client", "list"]), json!([]));
}

#[test]
fn one_that_becomes_confidential_is_told_to_get_a_secret() {
    let placet = Placet::new();
    placet.json(&[
        "client",
        "add",
        "--id",
        "app",
        "--name",
        "App",
        "--public",
        "--redirect-uri",
        "https://app.example/cb",
    ]);
    let text = placet.text(&[
        "client",
        "update",
        "app",
        "--token-endpoint-auth-method",
        "client_secret_basic",
    ]);
    assert!(
        text.ends_with("It has no secret that works; make one: placet client secret app\n"),
        "{text}"
    );
    assert!(
        placet
            .json(&["client", "secret", "app"])
            .get("client_secret")
            .is_some()
    );
}

#[test]
fn what_is_empty_is_not_shown() {
    let placet = Placet::new();
    let text = placet.text(&[
        "client",
        "add",
        "--name",
        "Robot",
        "--grant",
        "client_credentials",
    ]);
    let is_trimmed = |line: &str| line == line.trim_end();
    assert!(
        !text.contains("response_types") && text.lines().all(is_trimmed),
        "{text}"
    );
}
