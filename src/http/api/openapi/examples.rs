//! Examples of whole bodies and answers, by the names of their schemas.

use serde_json::{Value, json};

/// Puts them beside their schemas.
pub(super) fn put(schemas: &mut Value) {
    for (name, example) in examples() {
        if schemas.get(name).is_some() {
            schemas[name]["example"] = example;
        }
    }
}

fn examples() -> Vec<(&'static str, Value)> {
    let client = json!({
        "client_name": "Photo Printer",
        "redirect_uris": ["https://app.example.com/callback"],
        "scope": "openid profile email",
    });
    let user = json!({
        "email": "ada@example.com",
        "email_verified": true,
        "name": "Ada Lovelace",
        "claims": { "given_name": "Ada", "address": { "locality": "London" } },
    });
    let mut new_user = user.clone();
    new_user["username"] = json!("ada");
    vec![
        ("ClientBody", client),
        ("UserBody", user),
        ("NewUserBody", new_user),
        ("NewSecret", json!({ "overlap_seconds": 86400 })),
        (
            "Password",
            json!({ "password": "correct horse battery staple" }),
        ),
        ("ScopeBody", json!({ "description": "read your notes" })),
        (
            "RoleBody",
            json!({ "description": "may change what is published" }),
        ),
        (
            "ResourceBody",
            json!({ "name": "Notes", "access_ttl_seconds": 600 }),
        ),
        ("Rotation", json!({ "now": false })),
        (
            "NewToken",
            json!({ "name": "The shop's team", "uses": 1, "expires_in": 86400 }),
        ),
        (
            "Problem",
            json!({
                "type": "about:blank",
                "title": "Unprocessable Content",
                "status": 422,
                "detail": "client_name: it has 1 to 100 characters",
                "instance": "/api/v1/audit-events?request_id=dEhRcTNsQWlJdw",
                "errors": [{ "field": "client_name", "detail": "it has 1 to 100 characters" }],
            }),
        ),
    ]
}
