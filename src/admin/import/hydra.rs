//! Ory Hydra: the OAuth 2.0 clients as `GET /admin/clients` and `hydra list clients --format json` give them.

use serde_json::Value;

use super::clients;
use super::fields::Fields;
use super::kratos;
use super::report::Report;
use super::{Imported, ImportedClient, Source};
use crate::admin::clients::{ClientFields, NewClient};
use crate::admin::{Result, invalid};

/// Clients, or the identities of Kratos; a file may hold both.
pub(super) fn convert(value: Value, imported: &mut Imported) -> Result<()> {
    let mut people = kratos::People::default();
    let mut items = items(value)?;
    // Who has a username keeps it; one that is made of an address gives way.
    items.sort_by_key(|item| !kratos::has_username(item));
    for item in items {
        if item.get("traits").is_some() {
            people.add(item, imported);
        } else if item.get("client_id").is_some() {
            client(item, imported);
        } else {
            return Err(invalid(
                "file",
                "an item has neither client_id nor traits; give what hydra list clients --format json or Kratos's GET /admin/identities printed",
            ));
        }
    }
    Ok(())
}

fn items(value: Value) -> Result<Vec<Value>> {
    let items = match value {
        Value::Array(items) => Some(items),
        Value::Object(mut map) => match map.remove("items").or_else(|| map.remove("identities")) {
            Some(Value::Array(items)) => Some(items),
            // One client or identity.
            None => Some(vec![Value::Object(map)]),
            Some(_) => None,
        },
        _ => None,
    };
    items.ok_or_else(|| {
        invalid(
            "file",
            "it is not a list of Hydra's clients or Kratos's identities",
        )
    })
}

fn client(value: Value, imported: &mut Imported) {
    let Some(mut fields) = Fields::of("client", value, &mut imported.report) else {
        return;
    };
    let Some(given) = fields.text("client_id", &mut imported.report) else {
        let mend = "the client was left out; register it by hand: placet client add";
        fields.note(&mut imported.report, "client_id", "there is none", mend);
        return;
    };
    fields.name.clone_from(&given);
    let Some(id) = clients::id(Source::Hydra, &given, &fields, &mut imported.report) else {
        return;
    };
    let mut new = ClientFields::default();
    let report = &mut imported.report;
    new.name = fields.text("client_name", report).or(Some(given));
    authentication(&mut fields, &mut new, report);
    let is_public = new.token_endpoint_auth_method.as_deref() == Some("none");
    let secret = fields.text("client_secret", report);
    let secret = clients::secret(&fields, secret, report);
    links(&mut fields, &mut new, report);
    openid(&mut fields, &mut new, report);
    let uris = fields.texts("redirect_uris", report);
    new.redirect_uris = Some(clients::redirect_uris(
        &fields,
        "redirect_uris",
        uris,
        report,
    ));
    let wanted = (
        defaulted(fields.texts("grant_types", report), "authorization_code"),
        defaulted(fields.texts("response_types", report), "code"),
    );
    let is_left = clients::flows(&fields, &mut new, wanted, report);
    lifespans(&mut fields, report);
    let names = fields.text("scope", report).unwrap_or_default();
    let names = names.split_whitespace().map(ToOwned::to_owned).collect();
    let audience = fields.texts("audience", report);
    if is_left {
        new.scope = Some(clients::scope(&fields, names, imported));
        new.resources = Some(clients::resources(&fields, audience, imported));
        imported.clients.push(ImportedClient {
            new: NewClient {
                id: Some(id),
                is_public,
                fields: new,
            },
            secret,
            is_disabled: false,
        });
    }
    fields.finish(&mut imported.report);
}

/// What Hydra takes where a list is empty.
fn defaulted(list: Vec<String>, default: &str) -> Vec<String> {
    if list.is_empty() {
        vec![default.to_owned()]
    } else {
        list
    }
}

fn authentication(fields: &mut Fields, new: &mut ClientFields, report: &mut Report) {
    let method = fields.text("token_endpoint_auth_method", report);
    let method = method.unwrap_or_else(|| "client_secret_basic".to_owned());
    let method = clients::auth_method(fields, &method, report);
    new.token_endpoint_auth_method = Some(method.as_str().to_owned());
    new.token_endpoint_auth_signing_alg =
        clients::alg(fields, "token_endpoint_auth_signing_alg", report);
    // Hydra writes an empty key set where there is none.
    let jwks = fields.value("jwks");
    let has_keys = |jwks: &Value| jwks["keys"].as_array().is_some_and(|keys| !keys.is_empty());
    new.jwks = jwks.filter(has_keys).map(|jwks| jwks.to_string());
    new.jwks_uri = clients::web_link(fields, "jwks_uri", report);
}

fn links(fields: &mut Fields, new: &mut ClientFields, report: &mut Report) {
    new.client_uri = clients::web_link(fields, "client_uri", report);
    new.logo_uri = clients::web_link(fields, "logo_uri", report);
    new.policy_uri = clients::web_link(fields, "policy_uri", report);
    new.tos_uri = clients::web_link(fields, "tos_uri", report);
    new.contacts = Some(fields.texts("contacts", report));
    let uris = fields.texts("post_logout_redirect_uris", report);
    let kept = clients::redirect_uris(fields, "post_logout_redirect_uris", uris, report);
    new.post_logout_redirect_uris = Some(kept);
    new.backchannel_logout_uri = clients::web_link(fields, "backchannel_logout_uri", report);
    new.backchannel_logout_session_required =
        fields.flag("backchannel_logout_session_required", report);
    new.frontchannel_logout_uri = clients::web_link(fields, "frontchannel_logout_uri", report);
    new.frontchannel_logout_session_required =
        fields.flag("frontchannel_logout_session_required", report);
    new.request_uris = Some(fields.texts("request_uris", report));
    if fields.value("allowed_cors_origins").is_some() {
        let why = "browsers may call from the origins of the redirect URIs, and from nowhere else";
        let mend = "if the app runs elsewhere, register a redirect URI there";
        fields.note(report, "allowed_cors_origins", why, mend);
    }
}

fn openid(fields: &mut Fields, new: &mut ClientFields, report: &mut Report) {
    new.is_first_party = Some(fields.flag("skip_consent", report).unwrap_or(false));
    new.subject_type = fields
        .text("subject_type", report)
        .filter(|kind| ["public", "pairwise"].contains(&kind.as_str()));
    if new.subject_type.as_deref() == Some("pairwise") {
        let why = "pairwise subjects are made anew, so sub is another for each person";
        let mend = "let the app find its people by e-mail address, or make it public";
        fields.note(report, "subject_type", why, mend);
    }
    new.sector_identifier_uri = clients::web_link(fields, "sector_identifier_uri", report);
    new.userinfo_signed_response_alg =
        clients::published_alg(fields, "userinfo_signed_response_alg", report);
    new.request_object_signing_alg = clients::alg(fields, "request_object_signing_alg", report);
    if let Some(strategy) = fields.text("access_token_strategy", report) {
        let why = format!("whether tokens are {strategy} is a resource's choice here");
        let mend = "choose it there: placet resource add URI --format jwt|opaque";
        fields.note(report, "access_token_strategy", why, mend);
    }
    if fields.value("metadata").is_some() {
        let why = "there is no room for an app's own data here";
        fields.note(report, "metadata", why, "keep it with the app");
    }
}

fn lifespans(fields: &mut Fields, report: &mut Report) {
    let names = fields.names();
    for field in names.iter().filter(|name| name.ends_with("_lifespan")) {
        if let Some(value) = fields.value(field) {
            let why = format!("it was {value}; no client has lifetimes of its own here");
            let mend = "set them for all ([tokens] in placet.toml), or the resource's --access-ttl";
            fields.note(report, field, why, mend);
        }
    }
}
