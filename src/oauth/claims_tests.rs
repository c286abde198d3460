//! What of the `claims` parameter is understood, ignored and refused.

use serde_json::json;

use super::{known, parse};
use crate::oauth::error::ErrorCode;

#[test]
fn what_is_not_known_is_ignored() {
    let sent = json!({
        "userinfo": { "name": { "essential": true, "hue": 3 }, "name#de": null, "http://x.example/y": { "values": [1] }, "acr": null },
        "id_token": { "email": null, "birthdate": { "value": "1815-12-10" }, "auth_time": { "essential": true }, "acr": { "values": ["gold"] } },
        "purpose": "none of ours",
    });
    let asked = parse(&sent.to_string()).unwrap();
    assert_eq!(asked.sub, None);
    assert_eq!(json!(known(asked.userinfo)), json!({ "name": {} }));
    assert_eq!(
        json!(known(asked.id_token)),
        json!({ "email": {}, "birthdate": { "values": ["1815-12-10"] } })
    );
    for nothing in [
        "{}",
        r#"{"userinfo":null}"#,
        r#"{"userinfo":{},"id_token":{}}"#,
    ] {
        assert!(parse(nothing).is_ok(), "{nothing}");
    }
}

#[test]
fn what_is_malformed_is_refused() {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(1000), close.repeat(1000));
    for bad in [
        "",
        "[]",
        "1",
        "null",
        "{",
        "{}x",
        r#"{"userinfo":[]}"#,
        r#"{"id_token":"email"}"#,
        r#"{"userinfo":{"name":true}}"#,
        r#"{"userinfo":{"name":{"essential":"yes"}}}"#,
        r#"{"userinfo":{"name":{"values":"Ada"}}}"#,
        r#"{"userinfo":{},"userinfo":{}}"#,
        r#"{"userinfo":{"name":null,"name":null}}"#,
        r#"{"id_token":{"sub":{"value":["a","b"]}}}"#,
        r#"{"id_token":{"sub":{"values":["a"]}}}"#,
        r#"{"id_token":{"sub":{"value":1}}}"#,
        r#"{"id_token":{"sub":{"value":"a"}},"userinfo":{"sub":{"value":"b"}}}"#,
        &deep("[", "]"),
        &deep(r#"{"a":"#, "}"),
        &format!(r#"{{"userinfo":{{"{}":null}}}}"#, "x".repeat(5000)),
    ] {
        let code = parse(bad).err().map(|error| error.code);
        assert_eq!(code, Some(ErrorCode::InvalidRequest), "{bad:.80}");
    }
}

#[test]
fn an_essential_acr_must_be_one_that_there_is() {
    for (acr, is_met) in [
        (json!(null), true),
        (json!({ "essential": true }), true),
        (json!({ "essential": true, "value": "pwd" }), true),
        (
            json!({ "essential": true, "values": ["gold", "pwd"] }),
            true,
        ),
        (json!({ "value": "gold" }), true),
        (json!({ "essential": true, "value": "gold" }), false),
        (
            json!({ "essential": true, "values": ["gold", "silver"] }),
            false,
        ),
    ] {
        let sent = json!({ "id_token": { "acr": acr } }).to_string();
        let code = parse(&sent).err().map(|error| error.code);
        assert_eq!(
            code,
            (!is_met).then_some(ErrorCode::UnmetAuthenticationRequirements),
            "{sent}"
        );
    }
}
