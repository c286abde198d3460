//! What a client is registered for, and what not: scopes, resources, grant types, response types.

use oauth2_types::requests::GrantType;
use serde_json::Value;

use super::{Finding, NEAR, distance, list};
use crate::admin::explain::change::Change;
use crate::admin::explain::uri;
use crate::app::App;
use crate::model::client::{self, Client, SUPPORTED_GRANTS};
use crate::model::refusal::Refusal;
use crate::model::{resource, scope};

pub(super) fn scope_of(app: &App, refusal: &Refusal, client: &Client) -> Finding {
    let Some(name) = named(&refusal.reason, "scope ") else {
        return Finding::default();
    };
    let who = &client.metadata.client_name;
    let registry = app.registry();
    let owners: Vec<String> = registry
        .resources
        .values()
        .filter(|owner| owner.resource.scope.contains(name))
        .map(|owner| owner.resource.uri.clone())
        .collect();
    if !registry.has_scope(name) {
        let near: Vec<&str> = registry
            .scopes
            .iter()
            .map(|known| known.name.as_str())
            .filter(|known| distance(known, name) <= NEAR)
            .collect();
        let finding = Finding::new(format!(
            "{who} asked for the scope {name}, which is not registered on this server."
        ));
        return if near.is_empty() {
            finding
        } else {
            finding.mend(format!("Maybe it means {}.", near.join(" or ")))
        };
    }
    if refusal.reason.contains("belongs to another resource") {
        return Finding::new(format!(
            "{who} asked for the scope {name}, which belongs to {}.",
            list(&owners)
        ));
    }
    if client.metadata.scope.contains(name) {
        return Finding::new(format!(
            "{who} asked for the scope {name}, which it is registered for by now."
        ));
    }
    let finding = Finding::new(format!(
        "{who} asked for the scope {name}. The client is registered for: {}.",
        client.metadata.scope
    ));
    if name.starts_with(scope::RESERVED_PREFIX) {
        return finding.mend("This scope administers the server; give it by hand to a client that is made for that alone.");
    }
    let is_for_itself = refusal.param("grant_type") == Some("client_credentials");
    if is_for_itself && scope::is_built_in(name) {
        return finding
            .mend("Leave the scope out: it speaks of a person, and client_credentials has none.");
    }
    finding.change(Some(Change::AddScope(name.to_owned())))
}

pub(super) fn resource_of(app: &App, refusal: &Refusal, client: &Client) -> Finding {
    let sent: Vec<&str> = match refusal.params.get("resource") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let own = &client.metadata.resources;
    let registry = app.registry();
    let is_wrong = |uri: &&str| {
        !own.iter().any(|known| known == uri) || !registry.resources.contains_key(*uri)
    };
    let who = &client.metadata.client_name;
    let Some(wrong) = sent.into_iter().find(is_wrong) else {
        return Finding::new(format!("{who} is registered for that resource by now."));
    };
    if wrong == resource::admin_api_uri(app.issuer()) {
        return Finding::new(format!(
            "{who} asked for the API that administers this server."
        ))
        .mend("Give that resource by hand, to a client that is made for administration alone.");
    }
    if registry.resources.contains_key(wrong) {
        return Finding::new(format!(
            "{who} asked for the resource {wrong}. It is registered for: {}.",
            list(own)
        ))
        .change(Some(Change::AddResource(wrong.to_owned())));
    }
    let finding = Finding::new(format!(
        "{who} asked for the resource {wrong}, which is not registered on this server."
    ));
    let known = registry.resources.keys().map(String::as_str);
    match uri::nearest(known, wrong) {
        Some((nearest, words)) if !words.contains("the host") => finding.mend(format!(
            "It differs from the registered resource {nearest} by {words}: have the app send that one."
        )),
        _ => finding,
    }
}

pub(super) fn grant_type(refusal: &Refusal, client: &Client) -> Finding {
    let Some(name) = refusal.param("grant_type") else {
        return Finding::default();
    };
    let who = &client.metadata.client_name;
    let Ok(grant) = name.parse::<GrantType>();
    if client.metadata.may_use(&grant) {
        return Finding::new(format!("{who} is registered for {name} by now."));
    }
    let have: Vec<String> = client
        .metadata
        .grant_types
        .iter()
        .map(ToString::to_string)
        .collect();
    let finding = Finding::new(format!(
        "{who} asked by the grant type {name}. The client is registered for: {}.",
        list(&have)
    ));
    if grant == GrantType::Password {
        return finding.mend("Use the code flow: the password grant shows the person's password to the app, and is legacy (RFC 9700 §2.4). Who must have it registers it by hand.");
    }
    let is_for_itself = grant == GrantType::ClientCredentials;
    if !SUPPORTED_GRANTS.contains(&grant) || (is_for_itself && client.metadata.is_public()) {
        return finding;
    }
    finding.change(Some(Change::AddGrantType(name.to_owned())))
}

pub(super) fn response_type(refusal: &Refusal, client: &Client) -> Finding {
    let sent = refusal.param("response_type").unwrap_or("code");
    let Some(kind) = client::response_type(sent) else {
        return Finding::default();
    };
    let who = &client.metadata.client_name;
    let registered = &client.metadata.response_types;
    if registered.iter().any(|known| known == kind) {
        return Finding::new(format!(
            "{who} is registered for the response type {kind} by now."
        ));
    }
    let finding = Finding::new(format!(
        "{who} asked for the response type {kind}. The client is registered for: {}.",
        list(registered)
    ));
    // Anybody may have sent this; an access token in an address is nothing for one click (S18).
    if kind.split(' ').any(|word| word == "token") {
        return finding;
    }
    finding.change(Some(Change::AddResponseType(kind.to_owned())))
}

/// The word after `before`.
fn named<'a>(reason: &'a str, before: &str) -> Option<&'a str> {
    let name = reason.strip_prefix(before)?.split(' ').next()?;
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_in_the_reason() {
        assert_eq!(named("scope read is not", "scope "), Some("read"));
        assert_eq!(named("scope ", "scope "), None);
    }
}
