//! The API's description (OpenAPI 3.1): addresses, parameters, bodies and answers come from the handlers, by `utoipa`; what all
//! operations have in common is laid over them here, by one rule each.

mod examples;

use serde_json::{Map, Value, json};
use utoipa::OpenApi as _;

use super::operations::Operations;
use crate::model::client::{AuthMethod, LOCALIZED, REGISTRABLE_GRANTS, RESPONSE_TYPES};
use crate::model::scope::{ADMIN, ADMIN_READ};
use crate::model::signing_key::SigningAlg;

/// Entity tags with commas between, or a star (RFC 9110 §13.1.1).
const TAGS: &str = r#"^(\*|(W/)?"[!#-~]*"([ \t]*,[ \t]*(W/)?"[!#-~]*")*)$"#;
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];
const ABOUT: &str = "Everything that administrators do, for programs. Each request carries an access token for this API: \
    `placet:read` to look, `placet:admin` to change. Members and parameters that are not known are refused. \
    Lists come in parts: `next` of one is `after` of the following. Single things have an `ETag`; sent back as `If-Match` with a change, \
    it keeps two administrators from overwriting each other.";

/// The statuses of refusals: name, status, when.
const PROBLEMS: [(&str, &str, &str); 13] = [
    (
        "BadRequest",
        "400",
        "A parameter, a header or the form of the body is wrong.",
    ),
    (
        "Unauthorized",
        "401",
        "There is no access token, or none that is good for this API.",
    ),
    (
        "Forbidden",
        "403",
        "The token's scope is not enough, or its person is no administrator.",
    ),
    ("NotFound", "404", "There is no such thing."),
    (
        "MethodNotAllowed",
        "405",
        "The address does not take this method.",
    ),
    ("Timeout", "408", "The body did not arrive in time."),
    (
        "Conflict",
        "409",
        "There is such a thing already, it is in use, or a file manages it.",
    ),
    (
        "PreconditionFailed",
        "412",
        "It was changed since it was read, or is there, or is not, against the condition.",
    ),
    ("ContentTooLarge", "413", "The body is larger than 64 KiB."),
    (
        "UnsupportedMediaType",
        "415",
        "The body is not of a type that is taken.",
    ),
    (
        "Unprocessable",
        "422",
        "A member of the body is unknown or wrong; `errors` names it.",
    ),
    (
        "ServerError",
        "500",
        "The server failed; its log tells more under the request's id.",
    ),
    (
        "Busy",
        "503",
        "Too much at once; try again after `Retry-After` seconds.",
    ),
];

/// Kept as a file, which a test holds against the handlers: what makes it is a megabyte of code that a server need not carry.
const DESCRIPTION: &str = include_str!("openapi.json");

/// The description of the API of that issuer.
pub(super) fn document(issuer: &str) -> serde_json::Result<Value> {
    let mut document: Value = serde_json::from_str(DESCRIPTION)?;
    let issuer = issuer.trim_end_matches('/');
    document["servers"] = json!([{ "url": format!("{issuer}/api/v1") }]);
    let schemes = &mut document["components"]["securitySchemes"];
    schemes["oauth2"]["flows"]["clientCredentials"]["tokenUrl"] = json!(format!("{issuer}/token"));
    Ok(document)
}

/// The description of the API of any issuer, anew from the handlers.
pub fn described() -> serde_json::Result<Value> {
    let mut document = serde_json::to_value(Operations::openapi())?;
    document["info"] = json!({
        "title": "Placet admin API",
        "version": "1",
        "description": ABOUT,
        "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
    });
    document["servers"] = json!([{ "url": "/api/v1" }]);
    complete_components(&mut document["components"]);
    if let Some(paths) = document["paths"].as_object_mut() {
        for (path, item) in paths {
            complete_path(path, item);
        }
    }
    Ok(document)
}

fn complete_components(components: &mut Value) {
    components["securitySchemes"] = json!({
        "bearer": {
            "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
            "description": "An access token whose audience is this API, however it was got.",
        },
        "oauth2": {
            "type": "oauth2",
            "flows": { "clientCredentials": {
                "tokenUrl": "/token",
                "scopes": {
                    ADMIN: "change everything that an administrator can; and look",
                    ADMIN_READ: "see everything that an administrator can",
                },
            }},
        },
    });
    components["responses"] = PROBLEMS
        .iter()
        .map(|(name, status, when)| ((*name).to_owned(), problem(status, when)))
        .collect::<Map<String, Value>>()
        .into();
    let schemas = &mut components["schemas"];
    name_values(&mut schemas["ClientBody"]["properties"]);
    complete_client(schemas);
    examples::put(schemas);
}

/// One refusal.
fn problem(status: &str, when: &str) -> Value {
    let mut headers = json!({
        "X-Request-Id": { "description": "The request's id.", "schema": { "type": "string" } },
    });
    if matches!(status, "401" | "403") {
        headers["WWW-Authenticate"] = json!({ "description": "The challenge (RFC 6750).", "required": true, "schema": { "type": "string" } });
    }
    if status == "400" {
        headers["WWW-Authenticate"] = json!({ "description": "The challenge, where it is the token that is malformed (RFC 6750).", "schema": { "type": "string" } });
    }
    if status == "405" {
        headers["Allow"] = json!({ "description": "The methods that there are.", "required": true, "schema": { "type": "string" } });
    }
    if status == "415" {
        for (name, about) in [
            ("Accept", "The media types that are taken."),
            ("Accept-Patch", "The same of a PATCH (RFC 5789)."),
            ("Accept-Encoding", "The content codings that are taken."),
        ] {
            headers[name] = json!({ "description": about, "schema": { "type": "string" } });
        }
    }
    if status == "503" {
        headers["Retry-After"] =
            json!({ "description": "Seconds.", "schema": { "type": "integer" } });
    }
    json!({
        "description": when,
        "headers": headers,
        "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
    })
}

/// The words that a client's members may be, from where they are defined.
fn name_values(members: &mut Value) {
    let algs = SigningAlg::ASYMMETRIC.map(SigningAlg::as_str);
    let any_alg = [algs.as_slice(), &["HS256"]].concat();
    let or_null = |words: &[&str]| {
        let words = words.iter().map(|word| json!(word));
        Value::Array(words.chain([Value::Null]).collect())
    };
    members["application_type"]["enum"] = json!(["web", "native"]);
    members["subject_type"]["enum"] = json!(["public", "pairwise"]);
    members["token_endpoint_auth_method"]["enum"] = json!(AuthMethod::ALL.map(AuthMethod::as_str));
    members["id_token_signed_response_alg"]["enum"] = json!(algs);
    for name in [
        "userinfo_signed_response_alg",
        "introspection_signed_response_alg",
    ] {
        members[name]["enum"] = or_null(&algs);
    }
    for name in [
        "token_endpoint_auth_signing_alg",
        "request_object_signing_alg",
    ] {
        members[name]["enum"] = or_null(&any_alg);
    }
    members["grant_types"]["items"]["enum"] =
        json!(REGISTRABLE_GRANTS.map(|grant| grant.to_string()));
    members["response_types"]["items"]["enum"] = json!(RESPONSE_TYPES);
}

/// A client is shown with all that it registered.
fn complete_client(schemas: &mut Value) {
    let registered = schemas["ClientBody"]["properties"].clone();
    // RFC 7591 §2.2.
    let localized = format!(
        "^({})#[A-Za-z]{{2,8}}(-[A-Za-z0-9]{{1,8}}){{0,3}}$",
        LOCALIZED.join("|")
    );
    schemas["ClientBody"]["patternProperties"] =
        json!({ &localized: { "type": ["string", "null"] } });
    schemas["ClientBody"]["additionalProperties"] = json!(false);
    schemas["Client"]["patternProperties"] = json!({ &localized: { "type": "string" } });
    let client = &mut schemas["Client"];
    let Some(members) = client["properties"].as_object_mut() else {
        return;
    };
    for (name, schema) in registered.as_object().into_iter().flatten() {
        members.entry(name).or_insert_with(|| schema.clone());
    }
    let text = json!({ "type": "string" });
    members.insert("software_id".to_owned(), text.clone());
    members.insert("software_version".to_owned(), text);
    members.insert("require_auth_time".to_owned(), json!({ "type": "boolean" }));
    client["additionalProperties"] = json!(false);
    if let Some(required) = client["required"].as_array_mut() {
        let always = [
            "client_name",
            "redirect_uris",
            "grant_types",
            "response_types",
            "scope",
            "first_party",
            "always_ask",
        ];
        required.extend(always.map(|name| json!(name)));
    }
}

fn complete_path(path: &str, item: &mut Value) {
    // What can be put or changed has a version.
    let can_change = item["put"].is_object() || item["patch"].is_object();
    let is_single = item["get"].is_object() && can_change;
    for method in METHODS {
        if item[method].is_object() {
            complete_operation(path, method, is_single, &mut item[method]);
        }
    }
}

fn complete_operation(path: &str, method: &str, is_single: bool, operation: &mut Value) {
    let tag = operation["tags"][0].as_str().unwrap_or_default();
    let name = operation["operationId"].as_str().unwrap_or_default();
    let id = format!("{}_{name}", tag.to_ascii_lowercase().replace(' ', "_"));
    operation["operationId"] = json!(id);
    let scope = if method == "get" { ADMIN_READ } else { ADMIN };
    operation["security"] = json!([{ "bearer": [] }, { "oauth2": [scope] }]);
    if !operation["parameters"].is_array() {
        operation["parameters"] = json!([]);
    }
    if let Some(parameters) = operation["parameters"].as_array_mut() {
        for part in path.split('/').filter_map(|part| part.strip_prefix('{')) {
            parameters.push(path_parameter(part.trim_end_matches('}')));
        }
        if is_single {
            parameters.extend(conditions(method));
        }
    }
    let has_body = operation["requestBody"].is_object();
    if has_body {
        operation["requestBody"]["required"] = json!(true);
    }
    for (name, status, _) in PROBLEMS {
        let may_be = match status {
            "404" => path.contains('{') || operation["responses"][status].is_object(),
            "408" | "413" | "415" => has_body,
            "409" | "422" => method != "get",
            "412" => is_single,
            _ => true,
        };
        if may_be {
            operation["responses"][status] =
                json!({ "$ref": format!("#/components/responses/{name}") });
        }
    }
    complete_answers(is_single, operation);
    if is_single && method == "get" {
        operation["responses"]["304"] = json!({
            "description": "It is as `If-None-Match` says.",
            "headers": operation["responses"]["200"]["headers"],
        });
    }
}

/// The headers of what went well.
fn complete_answers(is_single: bool, operation: &mut Value) {
    let header = |about: &str| json!({ "description": about, "schema": { "type": "string" } });
    if let Some(answer) = operation["responses"].get_mut("201") {
        answer["headers"] = json!({ "Location": header("Where it is.") });
    }
    for status in ["200", "201"] {
        if is_single && let Some(answer) = operation["responses"].get_mut(status) {
            answer["headers"]["ETag"] = header("Its version, for `If-Match`.");
        }
    }
    if operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
        .as_str()
        .is_some_and(|name| name.contains("List_"))
    {
        operation["responses"]["200"]["headers"] =
            json!({ "Link": header("The next part, where there is one (RFC 8288).") });
    }
}

fn path_parameter(name: &str) -> Value {
    let about = match name {
        "client_id" => "The client's id, percent-encoded.",
        "user" => "The user's id, username or e-mail address, percent-encoded.",
        "resource" => "The resource's URI, percent-encoded as a whole.",
        "kid" => "The key's id.",
        "name" => "The name, percent-encoded.",
        _ => "The id.",
    };
    json!({
        "name": name, "in": "path", "required": true, "description": about,
        "schema": { "type": "string", "minLength": 1 },
    })
}

fn conditions(method: &str) -> [Value; 2] {
    let (matching, other) = if method == "get" {
        (
            "The `ETag` of what is to be there, or several: otherwise 412.",
            "The `ETag` of what is known already, or several: 304 where it is that.",
        )
    } else {
        (
            "The `ETag` of what is to be changed, or several, or `*`: otherwise 412.",
            "With PUT, `*`: only where there is nothing yet, otherwise 412. Or what must not be there.",
        )
    };
    [("If-Match", matching), ("If-None-Match", other)].map(|(name, about)| {
        json!({
            "name": name, "in": "header", "required": false, "description": about,
            "schema": { "type": "string", "pattern": TAGS },
        })
    })
}
