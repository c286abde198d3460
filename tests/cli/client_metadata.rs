//! The metadata flags of `placet client add` and `update`: each kept, each bad value refused.

use serde_json::{Value, json};

use super::Placet;

/// Flag, name in the answer, values that are given (repeated), what is kept.
const FLAGS: [(&str, &str, &[&str], &str); 10] = [
    ("--scope", "scope", &["openid notes"], r#""notes openid""#),
    (
        "--resource",
        "resources",
        &["https://notes.example"],
        r#"["https://notes.example"]"#,
    ),
    (
        "--client-uri",
        "client_uri",
        &["https://app.example"],
        r#""https://app.example""#,
    ),
    (
        "--logo-uri",
        "logo_uri",
        &["https://app.example/l"],
        r#""https://app.example/l""#,
    ),
    (
        "--policy-uri",
        "policy_uri",
        &["https://app.example/p"],
        r#""https://app.example/p""#,
    ),
    (
        "--tos-uri",
        "tos_uri",
        &["https://app.example/t"],
        r#""https://app.example/t""#,
    ),
    (
        "--contact",
        "contacts",
        &["a@app.example", "b@app.example"],
        r#"["a@app.example","b@app.example"]"#,
    ),
    ("--default-max-age", "default_max_age", &["3600"], "3600"),
    ("--accent", "accent", &["#7A1F5C"], r##""#7a1f5c""##),
    (
        "--accent-dark",
        "accent_dark",
        &["#e0a3cd"],
        r##""#e0a3cd""##,
    ),
];

/// What follows `client add --name App`, and the line that refuses it.
const BAD: [(&[&str], &str); 22] = [
    (
        &["--accent", "#ffcc00"],
        "accent: #ffcc00 has a contrast of 1.4 to the page, and text needs 4.5; #876c00 would do",
    ),
    (
        &["--accent-dark", "#003366"],
        "accent_dark: #003366 has a contrast of 1.3 to the page, and text needs 4.5; #6b88a6 would do",
    ),
    (
        &["--accent", "red"],
        "accent: \"red\" is not a colour as #rrggbb",
    ),
    // S8, S9, S10
    (
        &["--redirect-uri", "javascript:alert(1)"],
        "redirect_uris: \"javascript:alert(1)\": a private-use scheme must be a reversed domain name with a dot, such as com.example.app:/callback (RFC 8252 section 7.1)",
    ),
    (
        &["--redirect-uri", "data:text/html,x"],
        "redirect_uris: \"data:text/html,x\": a private-use scheme must be a reversed domain name with a dot, such as com.example.app:/callback (RFC 8252 section 7.1)",
    ),
    (
        &["--redirect-uri", "http://app.example/cb"],
        "redirect_uris: \"http://app.example/cb\": http is for loopback hosts (localhost, 127.0.0.1, [::1]) only; use https",
    ),
    (
        &["--redirect-uri", "myapp:/cb"],
        "redirect_uris: \"myapp:/cb\": a private-use scheme must be a reversed domain name with a dot, such as com.example.app:/callback (RFC 8252 section 7.1)",
    ),
    (
        &["--redirect-uri", "https://app.example/cb#x"],
        "redirect_uris: \"https://app.example/cb#x\": it has a fragment (#); RFC 6749 section 3.1.2 forbids one",
    ),
    (
        &["--redirect-uri", CB, "--redirect-uri", CB],
        "redirect_uris: https://app.example/cb is there twice",
    ),
    (
        &["--grant", "authorization_code"],
        "redirect_uris: authorization_code needs at least one",
    ),
    (
        &["--public"],
        "redirect_uris: authorization_code needs at least one",
    ),
    // S97
    (
        &["--public", "--grant", "client_credentials"],
        "grant_types: a public client cannot have client_credentials (RFC 6749 section 4.4)",
    ),
    (
        &["--grant", "implicit"],
        "response_types: the grant type implicit needs a response type of its own (RFC 7591 section 2.1)",
    ),
    (
        &[
            "--public",
            "--redirect-uri",
            CB,
            "--token-endpoint-auth-method",
            "client_secret_post",
        ],
        "token_endpoint_auth_method: client_secret_post needs a secret or a key, and a public client has none; leave out one of the two",
    ),
    (
        &["--token-endpoint-auth-method", "private_key_jwt"],
        "token_endpoint_auth_method: private_key_jwt needs jwks or jwks_uri",
    ),
    (
        &["--scope", "notes"],
        "scope: notes is not registered; register it first: placet scope add notes --description \"…\"",
    ),
    (
        &["--resource", "https://notes.example"],
        "resources: \"https://notes.example\" is not registered; register it first: placet resource add URI --name \"…\" --scope \"…\"",
    ),
    // S98, S154
    (
        &["--id", "0190a5c0-0000-7000-8000-000000000000"],
        "client_id: a client_id must not be a UUID, because the ids of people are",
    ),
    (
        &["--id", "https://app.example"],
        "client_id: a client_id must not start with https:// or http://",
    ),
    (
        &["--policy-uri", "javascript:x"],
        "policy_uri: it must be an http or https address",
    ),
    (
        &["--id-token-signed-response-alg", "HS256"],
        "id_token_signed_response_alg: HS256 is for resources; this is verified by the published keys",
    ),
    (
        &["--default-max-age", "soon"],
        "default_max_age: \"soon\" is not a whole number of seconds",
    ),
];

const CB: &str = "https://app.example/cb";

/// An app with every flag.
fn full(placet: &Placet) -> Value {
    placet.json(&["scope", "add", "notes", "--description", "Read your notes"]);
    placet.json(&["resource", "add", "https://notes.example"]);
    let mut add = vec![
        "client",
        "add",
        "--id",
        "app",
        "--name",
        "App",
        "--first-party",
        "--redirect-uri",
        CB,
    ];
    for (flag, _, values, _) in FLAGS {
        add.extend(values.iter().flat_map(|value| [flag, *value]));
    }
    add.extend(["--id-token-signed-response-alg", "EdDSA"]);
    add.extend(["--token-endpoint-auth-method", "client_secret_post"]);
    placet.json(&add)
}

#[test]
fn every_metadata_flag_is_kept() {
    let placet = Placet::new();
    let made = full(&placet);
    for (flag, key, _, kept) in FLAGS {
        assert_eq!(
            made[key],
            serde_json::from_str::<Value>(kept).unwrap(),
            "{flag}"
        );
    }
    assert_eq!(made["first_party"], true);
    assert_eq!(made["id_token_signed_response_alg"], "EdDSA");
    assert_eq!(made["token_endpoint_auth_method"], "client_secret_post");
    let keys = placet.text(&["key", "list"]);
    assert!(
        keys.contains("EdDSA"),
        "the first client of an algorithm brings its first key: {keys}"
    );
}

#[test]
fn an_empty_value_takes_a_field_away() {
    let placet = Placet::new();
    full(&placet);
    for (flag, key, ..) in FLAGS {
        let left = placet.json(&["client", "update", "app", flag, ""]);
        let nothing = match key {
            "scope" => json!(""),
            "resources" => json!([]),
            _ => Value::Null,
        };
        assert_eq!(left.get(key).unwrap_or(&Value::Null), &nothing, "{flag}");
    }
}

#[test]
fn names_in_other_languages_come_and_go_one_by_one() {
    let placet = Placet::new();
    full(&placet);
    let update = |lang: &[&str]| {
        let mut arguments = vec!["client", "update", "app"];
        arguments.extend(lang.iter().flat_map(|text| ["--lang", text]));
        placet.json(&arguments)
    };
    let made = update(&[
        "client_name#de=Die App",
        "tos_uri#fr=https://a.example/?a=b",
    ]);
    assert_eq!(made["client_name#de"], "Die App");
    assert_eq!(made["tos_uri#fr"], "https://a.example/?a=b");
    let left = update(&["client_name#fr=L'App", "client_name#de="]);
    assert_eq!(
        (&left["client_name#fr"], left.get("client_name#de")),
        (&json!("L'App"), None)
    );
    for (text, fault) in [
        ("client_name", "client_name: \"client_name\" is not such as"),
        ("name#de=x", "client_name: \"name#de\" is not one of"),
        (
            "client_name#d=x",
            "client_name: \"d\" is not a language tag",
        ),
        (
            "tos_uri#de=x",
            "tos_uri: it must be an http or https address",
        ),
    ] {
        let done = placet.run(&["client", "update", "app", "--lang", text]);
        assert!(done.stderr.contains(fault), "{text}: {}", done.stderr);
    }
    let scope = [
        "scope",
        "add",
        "notes",
        "--description",
        "read",
        "--description-lang",
        "de=lesen",
    ];
    assert_eq!(
        placet.json(&scope)["descriptions"],
        json!({ "de": "lesen" })
    );
    let resource = [
        "resource",
        "add",
        "https://x.example",
        "--name",
        "X",
        "--name-lang",
        "de=Das X",
    ];
    assert_eq!(placet.json(&resource)["names"], json!({ "de": "Das X" }));
    let changed = placet.json(&["resource", "update", "https://x.example", "--name-lang", ""]);
    assert_eq!(changed.get("names"), None);
}

#[test]
fn always_and_never_asked_exclude_each_other() {
    let placet = Placet::new();
    full(&placet);
    let done = placet.run(&["client", "update", "app", "--always-ask"]);
    let fault = "always_ask: nobody is asked about a first-party client; choose one of first_party and always_ask";
    assert!(done.stderr.contains(fault), "{}", done.stderr);
    let both = [
        "client",
        "update",
        "app",
        "--always-ask",
        "--first-party=false",
    ];
    let changed = placet.json(&both);
    assert_eq!(
        (&changed["always_ask"], &changed["first_party"]),
        (&json!(true), &json!(false))
    );
}

#[test]
fn what_is_given_replaces_and_what_is_not_given_stays() {
    let placet = Placet::new();
    full(&placet);
    let changed = placet.json(&[
        "client",
        "update",
        "app",
        "--name",
        "New",
        "--first-party=false",
    ]);
    assert_eq!(
        (&changed["client_name"], &changed["first_party"]),
        (&json!("New"), &json!(false))
    );
    let uris = ["https://app.example/1", "https://app.example/2"];
    let changed = placet.json(&[
        "client",
        "update",
        "app",
        "--redirect-uri",
        uris[0],
        "--redirect-uri",
        uris[1],
    ]);
    assert_eq!(changed["redirect_uris"], json!(uris));
    let changed = placet.json(&["client", "update", "app", "--grant", "client_credentials"]);
    assert_eq!(changed["grant_types"], json!(["client_credentials"]));
    assert_eq!(changed["response_types"], json!([]));
    assert_eq!(
        (
            &changed["client_name"],
            &changed["id_token_signed_response_alg"]
        ),
        (&json!("New"), &json!("EdDSA"))
    );
}

#[test]
fn bad_metadata_is_refused_with_its_field_and_mend() {
    let placet = Placet::new();
    for (rest, line) in BAD {
        placet.refuses(
            &[&["client", "add", "--name", "App"], rest].concat(),
            2,
            line,
        );
    }
    let line = "client_name: it has control characters or ones that turn the direction of writing";
    placet.refuses(&["client", "add", "--name", "a\u{202e}b"], 2, line);
    assert_eq!(
        placet.json(&["client", "list"]),
        json!([]),
        "nothing was made"
    );
}

#[test]
fn grant_types_and_response_types_follow_one_another() {
    let placet = Placet::new();
    let legacy = [
        "client",
        "add",
        "--id",
        "old",
        "--name",
        "Old",
        "--redirect-uri",
        CB,
        "--response-type",
        "id_token code",
    ];
    let made = placet.json(&legacy);
    assert_eq!(made["response_types"], json!(["code id_token"]));
    let types = json!(["authorization_code", "implicit", "refresh_token"]);
    assert_eq!(made["grant_types"], types);
    let update = [
        "client",
        "update",
        "old",
        "--grant",
        "authorization_code",
        "--grant",
        "implicit",
    ];
    assert_eq!(
        placet.json(&update)["response_types"],
        json!(["code id_token"])
    );
    let update = ["client", "update", "old", "--grant", "authorization_code"];
    assert_eq!(placet.json(&update)["response_types"], json!(["code"]));
}
