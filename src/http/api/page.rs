//! The page that is made from the API's description: everything on it is read from there.

use askama::Template;
use serde_json::Value;

use crate::http::pages::layout::Layout;
use crate::http::web::Web;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

#[derive(Template)]
#[template(path = "pages/api_docs.html")]
struct ApiPage {
    layout: Layout,
    about: String,
    issuer: String,
    base: String,
    json_href: String,
    groups: Vec<Group>,
    schemas: Vec<Schema>,
}

/// The operations of one tag.
struct Group {
    name: String,
    anchor: String,
    operations: Vec<Operation>,
}

struct Operation {
    id: String,
    method: String,
    path: String,
    summary: String,
    about: String,
    scope: String,
    parameters: Vec<Member>,
    body: Option<String>,
    answers: Vec<Outcome>,
    curl: String,
}

/// A parameter, or a member of an object.
struct Member {
    name: String,
    place: String,
    kind: String,
    is_required: bool,
    about: String,
}

struct Outcome {
    status: String,
    about: String,
    schema: Option<String>,
}

struct Schema {
    name: String,
    about: String,
    members: Vec<Member>,
    example: Option<String>,
}

/// The page as HTML.
pub(super) fn render(web: &Web, document: &Value) -> Result<String, askama::Error> {
    let base = text(&document["servers"][0]["url"]);
    let mut groups: Vec<Group> = Vec::new();
    let paths = document["paths"].as_object().into_iter().flatten();
    for (path, item) in paths {
        for method in METHODS
            .into_iter()
            .filter(|method| item[*method].is_object())
        {
            let found = operation(document, &base, (path, method), &item[method]);
            let name = text(&item[method]["tags"][0]);
            match groups.iter_mut().find(|group| group.name == name) {
                Some(group) => group.operations.push(found),
                None => groups.push(Group {
                    anchor: name.to_ascii_lowercase().replace(' ', "-"),
                    name,
                    operations: vec![found],
                }),
            }
        }
    }
    let schemas = document["components"]["schemas"].as_object();
    let schemas = schemas.into_iter().flatten().map(|(name, schema)| Schema {
        name: name.clone(),
        about: text(&schema["description"]),
        members: members(schema),
        example: pretty(&schema["example"]),
    });
    let page = ApiPage {
        layout: web.layout(),
        about: text(&document["info"]["description"]).replace('`', ""),
        issuer: web.app.issuer().to_owned(),
        json_href: web.href("/api/v1/openapi.json"),
        groups,
        schemas: schemas.collect(),
        base,
    };
    page.render()
}

fn operation(
    document: &Value,
    base: &str,
    (path, method): (&str, &str),
    found: &Value,
) -> Operation {
    let parameters = found["parameters"].as_array().into_iter().flatten();
    let responses = found["responses"].as_object().into_iter().flatten();
    let content = found["requestBody"]["content"].as_object();
    let (media_type, body) = content
        .and_then(|content| content.iter().next_back())
        .map(|(kind, body)| (kind.clone(), reference(&body["schema"])))
        .unzip();
    let example = body.as_ref().map(|name: &Option<String>| {
        let name = name.as_deref().unwrap_or_default();
        document["components"]["schemas"][name]["example"].to_string()
    });
    Operation {
        id: text(&found["operationId"]),
        method: method.to_ascii_uppercase(),
        path: path.to_owned(),
        summary: text(&found["summary"]).trim_end_matches('.').to_owned(),
        about: text(&found["description"]),
        scope: text(&found["security"][1]["oauth2"][0]),
        parameters: parameters
            .map(|parameter| Member {
                name: text(&parameter["name"]),
                place: text(&parameter["in"]),
                kind: kind(&parameter["schema"]),
                is_required: parameter["required"] == true,
                about: text(&parameter["description"]),
            })
            .collect(),
        body: body.flatten(),
        answers: responses
            .map(|(status, response)| outcome(document, status, response))
            .collect(),
        curl: curl(
            &format!("{base}{path}"),
            method,
            media_type.as_deref(),
            example.as_deref(),
        ),
    }
}

fn outcome(document: &Value, status: &str, response: &Value) -> Outcome {
    let shared = response["$ref"]
        .as_str()
        .and_then(|name| name.rsplit('/').next());
    let response = shared.map_or(response, |name| &document["components"]["responses"][name]);
    let content = response["content"].as_object();
    let content = content.and_then(|content| content.values().next());
    Outcome {
        status: status.to_owned(),
        about: text(&response["description"]),
        schema: content.and_then(|content| reference(&content["schema"])),
    }
}

fn curl(url: &str, method: &str, media_type: Option<&str>, example: Option<&str>) -> String {
    let mut command = "curl".to_owned();
    if method != "get" {
        command.extend([" -X ", &method.to_ascii_uppercase()]);
    }
    command.push_str(" -H \"Authorization: Bearer $TOKEN\"");
    if let (Some(media_type), Some(example)) = (media_type, example) {
        let example = example.replace('\'', "'\\''");
        command.extend([
            " \\\n  -H 'Content-Type: ",
            media_type,
            "' -d '",
            &example,
            "'",
        ]);
    }
    command.extend([" \\\n  '", url, "'"]);
    command
}

fn members(schema: &Value) -> Vec<Member> {
    let required = schema["required"].as_array();
    let is_required = |name: &str| required.is_some_and(|all| all.iter().any(|one| one == name));
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties
        .map(|(name, member)| Member {
            name: name.clone(),
            place: String::new(),
            kind: kind(member),
            is_required: is_required(name),
            about: text(&member["description"]),
        })
        .collect()
}

/// A schema in a few words.
fn kind(schema: &Value) -> String {
    if let Some(name) = reference(schema) {
        return name;
    }
    let mut words = match &schema["type"] {
        Value::Array(types) => {
            let types: Vec<String> = types.iter().map(text).collect();
            types.join(" or ")
        }
        one => text(one),
    };
    if schema["items"].is_object() {
        words = format!("{words} of {}", kind(&schema["items"]));
    }
    for (name, about) in [
        ("format", ""),
        ("enum", "one of "),
        ("pattern", "like "),
        ("minimum", "from "),
        ("maximum", "to "),
    ] {
        match &schema[name] {
            Value::Null => {}
            Value::String(value) => words.extend([", ", about, value]),
            value => words.extend([", ", about, &value.to_string()]),
        }
    }
    words
}

fn reference(schema: &Value) -> Option<String> {
    let name = schema["$ref"].as_str()?.rsplit('/').next()?;
    Some(name.to_owned())
}

fn pretty(value: &Value) -> Option<String> {
    if value.is_null() {
        return None;
    }
    serde_json::to_string_pretty(value).ok()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
