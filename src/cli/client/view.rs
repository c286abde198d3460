//! A client as people read it on a terminal.

use std::fmt::Write as _;

use serde_json::Value;

use crate::app::App;
use crate::cli::output::{fields, instant, joined, yes};
use crate::model::client::Client;
use crate::model::secret::Secret;

/// The members that have a line of their own.
const SHOWN: [&str; 13] = [
    "client_name",
    "redirect_uris",
    "grant_types",
    "scope",
    "resources",
    "token_endpoint_auth_method",
    "id_token_signed_response_alg",
    "default_max_age",
    "client_uri",
    "logo_uri",
    "policy_uri",
    "tos_uri",
    "contacts",
];

/// Every field that has a value, and what to know about its secrets.
pub(super) fn human(app: &App, client: &Client, secret: Option<&Secret<String>>) -> String {
    let mut text = all_fields(client, secret);
    let mut live = client.live_secrets(app.clock.now()).peekable();
    // Writing to a string does not fail.
    if secret.is_some() {
        text.push_str("\nThe secret is shown this once; keep it where only the app can read it.\n");
    } else if client.metadata.token_endpoint_auth_method.has_secret() && live.peek().is_none() {
        let _ = writeln!(
            text,
            "\nIt has no secret that works; make one: placet client secret {}",
            client.id
        );
    }
    if let Some(at) = live.filter_map(|secret| secret.expires_at).max() {
        let _ = writeln!(text, "An older secret works until {}.", instant(at));
    }
    text
}

fn all_fields(client: &Client, secret: Option<&Secret<String>>) -> String {
    let metadata = &client.metadata;
    let uris: Vec<&str> = metadata
        .redirect_uris
        .iter()
        .map(crate::model::redirect_uri::RedirectUri::as_str)
        .collect();
    let rest = rest(client);
    let mut lines = vec![
        ("client_id", Some(client.id.to_string())),
        (
            "client_secret",
            secret.map(|secret| secret.expose().clone()),
        ),
        ("name", Some(metadata.client_name.clone())),
        ("redirect_uris", joined(&uris, " ")),
        ("grant_types", Some(super::grants(client))),
        (
            "scope",
            Some(metadata.scope.to_string()).filter(|scope| !scope.is_empty()),
        ),
        ("resources", joined(&metadata.resources, " ")),
        (
            "token_endpoint_auth_method",
            Some(metadata.token_endpoint_auth_method.as_str().to_owned()),
        ),
        (
            "id_token_signed_response_alg",
            Some(metadata.id_token_signed_response_alg.alg().to_string()),
        ),
        (
            "default_max_age",
            metadata.default_max_age.map(|seconds| seconds.to_string()),
        ),
        ("client_uri", metadata.client_uri.clone()),
        ("logo_uri", metadata.logo_uri.clone()),
        ("policy_uri", metadata.policy_uri.clone()),
        ("tos_uri", metadata.tos_uri.clone()),
        ("contacts", joined(&metadata.contacts, " ")),
    ];
    lines.extend(
        rest.iter()
            .map(|(name, value)| (name.as_str(), Some(value.clone()))),
    );
    lines.extend([
        ("first_party", Some(yes(client.is_first_party))),
        (
            "required_acr",
            client.required_acr.map(|acr| acr.as_str().to_owned()),
        ),
        ("accent", client.branding.accent.map(|it| it.to_string())),
        (
            "accent_dark",
            client.branding.accent_dark.map(|it| it.to_string()),
        ),
        ("always_ask", Some(yes(client.is_consent_always_asked))),
        ("disabled", Some(yes(!client.is_enabled()))),
        ("created_at", Some(instant(client.created_at))),
    ]);
    fields(&lines)
}

/// The metadata that few clients have, under its own names.
fn rest(client: &Client) -> Vec<(String, String)> {
    let Ok(Value::Object(all)) = serde_json::to_value(&client.metadata) else {
        return Vec::new();
    };
    let text = |value: Value| match value {
        Value::String(text) => text,
        Value::Array(items) => items
            .iter()
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
            .join(" "),
        other => other.to_string(),
    };
    all.into_iter()
        .filter(|(name, _)| !SHOWN.contains(&name.as_str()))
        .map(|(name, value)| (name, text(value)))
        .filter(|(_, text)| !text.is_empty())
        .collect()
}
