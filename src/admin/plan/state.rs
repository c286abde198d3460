//! What is there, in the words of a document; and how two states differ.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::FieldChange;
use crate::model::client::{Client, localized_field};
use crate::model::resource::Resource;
use crate::model::scope::ScopeDefinition;
use crate::model::user::User;

/// The fields of a thing; one that is missing has its default.
pub(super) type State = Map<String, Value>;

/// Where secrets are is no part of a state, but of the definition.
pub(super) const REFERENCES: [&str; 2] = ["client_secret", "secret"];
/// What stays as it is where a document does not say it.
pub(super) const KEPT: [&str; 2] = ["disabled", "email_verified"];

fn object(value: Value) -> State {
    match value {
        Value::Object(object) => object,
        _ => State::new(),
    }
}

pub(super) fn of_role(description: &str) -> State {
    object(json!({ "description": description }))
}

pub(super) fn of_scope(scope: &ScopeDefinition) -> State {
    let mut state =
        object(json!({ "description": scope.description, "required": scope.is_required }));
    if !scope.descriptions.is_empty() {
        state.insert("descriptions".to_owned(), json!(scope.descriptions));
    }
    state
}

pub(super) fn of_resource(resource: &Resource) -> State {
    let mut state = object(serde_json::to_value(resource).unwrap_or_default());
    state.remove("uri");
    state.retain(|_, value| !value.is_null());
    state
}

pub(super) fn of_client(client: &Client) -> State {
    let all = object(serde_json::to_value(&client.metadata).unwrap_or_default());
    // As the document has them.
    let (localized, mut state): (State, State) = all
        .into_iter()
        .partition(|(member, _)| localized_field(member).is_some());
    if !localized.is_empty() {
        state.insert("localized".to_owned(), localized.into());
    }
    state.insert("first_party".to_owned(), json!(client.is_first_party));
    if client.is_consent_always_asked {
        state.insert("always_ask".to_owned(), json!(true));
    }
    state.insert("disabled".to_owned(), json!(!client.is_enabled()));
    if let Some(acr) = client.required_acr {
        state.insert("required_acr".to_owned(), json!(acr));
    }
    state.extend(object(json!(client.branding)));
    state
}

pub(super) fn of_user(user: &User, claims: &Map<String, Value>) -> State {
    let mut state = object(json!({
        "email_verified": user.is_email_verified,
        "roles": user.roles,
        "disabled": !user.is_enabled(),
    }));
    let texts = [("email", &user.email), ("name", &user.name)];
    for (field, value) in texts {
        if let Some(value) = value {
            state.insert(field.to_owned(), json!(value));
        }
    }
    for (name, value) in claims {
        state.insert(format!("claims.{name}"), value.clone());
    }
    state
}

/// The fields that differ, by name. `last` is what the file said when it was last applied.
pub(super) fn compare(before: &State, after: &State, last: Option<&State>) -> Vec<FieldChange> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differs = |name: &&String| before.get(*name) != after.get(*name);
    let value = |state: &State, name: &str| state.get(name).cloned().unwrap_or_default();
    let change = |name: &String| FieldChange {
        field: name.clone(),
        old: value(before, name),
        new: value(after, name),
        drifted: last.is_some_and(|last| {
            let is_told = last.contains_key(name) || !KEPT.contains(&name.as_str());
            is_told && last.get(name) != before.get(name)
        }),
    };
    names.into_iter().filter(differs).map(change).collect()
}
