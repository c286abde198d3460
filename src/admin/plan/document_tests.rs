//! Every format says the same; faults name their place and repeat no secret.

use serde_json::json;

use super::super::parse::{Format, parse, write};
use super::*;
use crate::model::client::ClientMetadata;

fn fault(format: Format, text: &str) -> String {
    parse("f", text, format).unwrap_err().to_string()
}

#[test]
fn the_entry_of_a_client_has_every_field_of_its_metadata() {
    let text = include_str!("../../model/client/metadata.rs");
    let fields = text.split("pub struct ClientMetadata {").nth(1).unwrap();
    let fields = fields.split("\n}\n").next().unwrap();
    let entry = serde_json::to_value(full_client()).unwrap();
    for line in fields
        .lines()
        .filter_map(|line| line.trim().strip_prefix("pub "))
    {
        let name = line.split(':').next().unwrap();
        assert!(entry.get(name).is_some(), "{name}");
    }
    let _: ClientMetadata = serde_json::from_value(json!({
        "client_name": "x", "grant_types": [],
    }))
    .unwrap();
}

fn full_client() -> ClientEntry {
    let mut object = Map::new();
    object.insert("client_id".to_owned(), json!("web"));
    let text = include_str!("document.rs");
    let fields = text.split("pub struct ClientEntry {").nth(1).unwrap();
    for line in fields.split("\n}\n").next().unwrap().lines() {
        let Some((name, kind)) = line
            .trim()
            .strip_prefix("pub ")
            .and_then(|line| line.split_once(": Option<"))
        else {
            continue;
        };
        let value = match kind {
            "String>," => json!("a \"b\" # c: [d] \u{1f980}"),
            "Vec<String>>," => json!(["https://a.example/?a=b", "no"]),
            "bool>," => json!(true),
            "u32>," => json!(7),
            "SecretReference>," => json!("file:/run/secrets/web"),
            "Value>," => json!({ "keys": [{ "kty": "EC", "kid": "1", "n": 1 }] }),
            other => panic!("{other}"),
        };
        object.insert(name.to_owned(), value);
    }
    let localized = json!({ "client_name#de": "a # \"b\"", "tos_uri#pt-BR": "https://a.example/" });
    object.insert("localized".to_owned(), localized);
    serde_json::from_value(object.into()).unwrap()
}

#[test]
fn what_is_written_is_read_in_every_format() {
    let document = Document {
        name: Some("prod".to_owned()),
        roles: vec![RoleEntry { name: "editor".to_owned(), description: "yes".to_owned() }],
        scopes: vec![ScopeEntry { name: "a".to_owned(), description: "Read\u{a0}it: \"all\"".to_owned(), required: Some(false), descriptions: [("de", "Alles \"lesen\""), ("pt-BR", "Ler")].into_iter().collect() }],
        resources: vec![ResourceEntry {
            uri: "https://api.example".to_owned(),
            scope_roles: BTreeMap::from([("a:b".to_owned(), BTreeSet::from(["editor".to_owned()]))]),
            ..ResourceEntry::default()
        }],
        clients: vec![full_client(), ClientEntry { client_id: "1e3".to_owned(), ..ClientEntry::default() }],
        users: vec![UserEntry {
            id: Some(Uuid::from_u128(7)),
            username: "null".to_owned(),
            claims: json!({ "given_name": "on", "address": { "formatted": "1 Road\nLondon" }, "phone_number_verified": true }).as_object().unwrap().clone(),
            ..UserEntry::default()
        }],
        ..Document::default()
    };
    for format in [Format::Toml, Format::Yaml, Format::Json] {
        let text = write(&document, format, &["a comment".to_owned()]).unwrap();
        let read = parse("f", &text, format).unwrap_or_else(|error| panic!("{error} in {text}"));
        assert_eq!(
            serde_json::to_value(Document {
                comment: None,
                ..read
            })
            .unwrap(),
            serde_json::to_value(&document).unwrap(),
            "{text}"
        );
    }
}

#[test]
fn an_unknown_key_is_named_with_its_line_and_the_one_that_was_meant() {
    let toml =
        "[[clients]]\nclient_id = \"a\"\n\n[[clients]]\nclient_id = \"b\"\nredirect_uri = []\n";
    let expected = |line| {
        format!(
            "f:{line}: clients[1].redirect_uri: there is no key \"redirect_uri\" here; did you mean \"redirect_uris\"?"
        )
    };
    assert_eq!(fault(Format::Toml, toml), expected(6));
    let yaml = "clients:\n- client_id: a\n- client_id: b\n  redirect_uri: []\n";
    assert_eq!(fault(Format::Yaml, yaml), expected(4));
    let json =
        "{\"clients\": [{\"client_id\": \"a\"},\n{\"client_id\": \"b\",\n\"redirect_uri\": []}]}";
    assert_eq!(fault(Format::Json, json), expected(3));
    assert_eq!(
        fault(Format::Toml, "clint = 1\n"),
        "f:1: clint: there is no key \"clint\" here; did you mean \"clients\"?"
    );
    assert_eq!(
        fault(Format::Yaml, "users:\n- username: a\n  password: hunter2\n"),
        "f:3: users[0].password: there is no key \"password\" here; known are id, username, email, email_verified, name, roles, disabled, claims"
    );
}

#[test]
fn a_list_written_as_one_table_is_told_how() {
    assert_eq!(
        fault(Format::Toml, "\n[clients]\nclient_id = \"a\"\n"),
        "f:2: clients: it is a list, each of it under a line of its own with two brackets on each side; for example [[clients]]"
    );
}

#[test]
fn a_secret_in_the_file_is_refused_and_not_repeated() {
    for (format, text) in [
        (
            Format::Toml,
            "[[clients]]\nclient_id = \"a\"\nclient_secret = \"hunter2hunter2\"\n",
        ),
        (
            Format::Yaml,
            "clients:\n- client_id: a\n  client_secret: hunter2hunter2\n",
        ),
        (
            Format::Json,
            "{\"clients\": [{\"client_id\": \"a\",\n\n \"client_secret\": \"hunter2hunter2\"}]}",
        ),
        (
            Format::Toml,
            "[[clients]]\nclient_id = \"a\"\nclient_secret = [\"hunter2hunter2\"]\n",
        ),
    ] {
        let fault = fault(format, text);
        assert!(fault.starts_with("f:3: clients[0].client_secret: it is not written into the file; put it elsewhere, and write where: \"file:"), "{fault}");
        assert!(!fault.contains("hunter"), "{fault}");
    }
}

#[test]
fn what_stands_twice_is_refused_with_both_places() {
    let part = |text: &str| parse("f", text, Format::Toml).unwrap();
    let ada = "[[users]]\nusername = \"Ada\"\n";
    let both = vec![
        ("a.toml".to_owned(), part(ada)),
        (
            "b.toml".to_owned(),
            part(&ada.to_lowercase().replace("ada", "ADA")),
        ),
    ];
    assert_eq!(
        Document::merge(both).unwrap_err(),
        ["b.toml: the user \"ada\" is in a.toml too; leave out one"]
    );
    let twice = vec![("a.toml".to_owned(), part(&ada.repeat(2)))];
    assert_eq!(
        Document::merge(twice).unwrap_err(),
        ["a.toml: the user \"ada\" is there twice; leave out one"]
    );
}
