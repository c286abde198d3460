//! Apps that authenticate by a JWT: registered by command line, then asking a server that runs.

use placet::clock::Clock;
use serde_json::{Value, json};

use super::serve::Running;
use super::{Placet, text_of};
use crate::http::support::assertion::{ClientKey, JWT_BEARER, hs256};

const SERVICE: [&str; 6] = [
    "client",
    "add",
    "--name",
    "Report",
    "--grant",
    "client_credentials",
];

fn claims(client: &Value, jti: &str) -> Value {
    let id = text_of(client, "client_id");
    let exp = Clock::system().now().timestamp() + 60;
    json!({"iss": id, "sub": id, "aud": "http://127.0.0.1:1", "exp": exp, "jti": jti})
}

async fn token(server: &Running, assertion: &str) -> (u16, Value) {
    let form = [
        ("grant_type", "client_credentials"),
        ("client_assertion_type", JWT_BEARER),
        ("client_assertion", assertion),
    ];
    let request = reqwest::Client::new()
        .post(format!("{}/token", server.url))
        .form(&form);
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn a_client_registered_with_its_keys_gets_tokens_by_them() {
    let placet = Placet::serving();
    placet.text(&["scope", "add", "jobs:run", "--description", "Run jobs"]);
    let key = ClientKey::new("k1");
    std::fs::write(placet.file("keys.json"), key.jwks()).unwrap();
    let with_keys = [
        "--scope",
        "jobs:run",
        "--token-endpoint-auth-method",
        "private_key_jwt",
        "--token-endpoint-auth-signing-alg",
        "ES256",
        "--jwks",
        "@keys.json",
    ];
    let client = placet.json(&[&SERVICE[..], &with_keys].concat());
    assert_eq!(client["client_secret"], Value::Null);
    assert_eq!(client["token_endpoint_auth_method"], "private_key_jwt");
    assert_eq!(client["token_endpoint_auth_signing_alg"], "ES256");
    assert_eq!(client["jwks"]["keys"][0], key.jwk());
    let server = Running::start(&placet);
    let jwt = key.jwt(&claims(&client, "1"));
    let (status, answer) = token(&server, &jwt).await;
    assert_eq!(status, 200, "{answer}");
    let (status, answer) = token(&server, &jwt).await;
    assert_eq!((status, &answer["error"]), (401, &json!("invalid_client")));
    // The server was stopped in between, and knows it still.
    server.stop("-TERM");
    let server = Running::start(&placet);
    assert_eq!(token(&server, &jwt).await.0, 401);
    let (status, answer) = token(&server, &key.jwt(&claims(&client, "2"))).await;
    assert_eq!(status, 200, "{answer}");
}

#[tokio::test]
async fn a_secret_for_hmacs_is_kept_sealed() {
    let placet = Placet::serving();
    placet.text(&["scope", "add", "jobs:run", "--description", "Run jobs"]);
    let method = [
        "--scope",
        "jobs:run",
        "--token-endpoint-auth-method",
        "client_secret_jwt",
    ];
    let client = placet.json(&[&SERVICE[..], &method].concat());
    let secret = text_of(&client, "client_secret");
    assert!(!placet.keeps(secret));
    let server = Running::start(&placet);
    let (status, answer) = token(&server, &hs256(secret, &claims(&client, "1"))).await;
    assert_eq!(status, 200, "{answer}");
    // One that was made for Basic is known by its hash alone.
    let basic = placet.json(&[&SERVICE[..], &method[..2]].concat());
    let (id, secret) = (
        text_of(&basic, "client_id"),
        text_of(&basic, "client_secret"),
    );
    placet.text(&[&["client", "update", id], &method[2..]].concat());
    let sent = hs256(secret, &claims(&basic, "2"));
    assert_eq!(token(&server, &sent).await.0, 401);
    let renewed = placet.json(&["client", "secret", id]);
    let sent = hs256(text_of(&renewed, "client_secret"), &claims(&basic, "3"));
    let noticed = async {
        while token(&server, &sent).await.0 != 200 {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    let within = tokio::time::timeout(std::time::Duration::from_secs(5), noticed).await;
    assert!(within.is_ok(), "the new secret is not known to the server");
}

#[test]
fn keys_that_cannot_be_used_are_refused_with_the_mend() {
    let placet = Placet::new();
    let method = ["--token-endpoint-auth-method", "private_key_jwt"];
    for (flags, line) in [
        (
            ["--jwks", "{}"],
            "jwks: it is not a key set: {\"keys\": [ … ]} (RFC 7517 section 5)",
        ),
        (
            ["--jwks-uri", "http://app.example/keys"],
            "jwks_uri: \"http://app.example/keys\" is not an https address without a fragment",
        ),
        (
            ["--token-endpoint-auth-signing-alg", "HS256"],
            "token_endpoint_auth_method: private_key_jwt needs jwks or jwks_uri",
        ),
    ] {
        placet.refuses(&[&SERVICE[..], &method, &flags].concat(), 2, line);
    }
    let done = placet.run(&[&SERVICE[..], &method, &["--jwks", "@missing.json"]].concat());
    assert!(
        done.stderr
            .starts_with("error: jwks: cannot read missing.json: "),
        "{}",
        done.stderr
    );
}

#[test]
fn keys_in_pem_are_told_what_is_wanted() {
    let placet = Placet::new();
    let pem = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n";
    std::fs::write(placet.file("key.pem"), pem).unwrap();
    let done = placet.run(&[&SERVICE[..], &["--jwks", "@key.pem"]].concat());
    let line =
        "error: jwks: it is not JSON; a JWK Set is wanted, {\"keys\":[…]}, and PEM is none: ";
    assert_eq!(done.code, 2);
    assert!(done.stderr.starts_with(line), "{}", done.stderr);
}
