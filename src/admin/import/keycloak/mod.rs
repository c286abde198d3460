//! Keycloak: a realm as `kc.sh export` writes it (the console's partial export has no people and no secrets).

mod client;
mod user;

use std::collections::BTreeMap;

use serde_json::Value;

use super::clients::define_scope;
use super::fields::Fields;
use super::report::Report;
use super::{Imported, NewRole};
use crate::admin::{Result, invalid};
use crate::model::client::is_deceptive;
use crate::model::scope::is_built_in;
use crate::model::user::{ADMIN_ROLE, check_role};

/// Scopes with which Keycloak's own machinery does its work; what they stand for is there without them here.
const OWN_SCOPES: [&str; 9] = [
    "acr",
    "basic",
    "microprofile-jwt",
    "organization",
    "role_list",
    "roles",
    "saml_organization",
    "service_account",
    "web-origins",
];

/// What the realm says of all that is in it.
struct Realm {
    name: String,
    /// Scopes of the file, with their words for the consent page.
    scopes: BTreeMap<String, Option<String>>,
    /// Roles that people may have here.
    roles: Vec<String>,
}

pub(super) fn convert(value: Value, imported: &mut Imported) -> Result<()> {
    let mut realm = match value {
        Value::Array(mut realms) if realms.len() == 1 => realms.remove(0),
        Value::Array(realms) => {
            let fault = format!(
                "it has {} realms; give a file with one: kc.sh export --realm NAME",
                realms.len()
            );
            return Err(invalid("file", fault));
        }
        other => other,
    };
    let is_realm = ["clients", "users", "roles", "clientScopes"]
        .iter()
        .any(|part| realm.get(part).is_some());
    if !realm.is_object() || realm.get("realm").and_then(Value::as_str).is_none() || !is_realm {
        return Err(invalid(
            "file",
            "it is no Keycloak realm: an object with realm, clients, users; kc.sh export --realm NAME --users realm_file writes one",
        ));
    }
    // Taken out first, so that none of it is counted as not read.
    let people = realm.get_mut("users").map(Value::take);
    let Some(mut fields) = Fields::of("realm", realm, &mut imported.report) else {
        return Ok(());
    };
    fields.name = fields
        .text("realm", &mut imported.report)
        .unwrap_or_default();
    let mut realm = Realm {
        name: fields.name.clone(),
        scopes: BTreeMap::new(),
        roles: Vec::new(),
    };
    scopes(&mut fields, &mut realm, &mut imported.report);
    roles(&mut fields, &mut realm, imported);
    for value in fields.list("clients", &mut imported.report) {
        client::convert(value, &realm, imported);
    }
    user::convert(people, &realm, imported);
    fields.finish(&mut imported.report);
    Ok(())
}

fn scopes(fields: &mut Fields, realm: &mut Realm, report: &mut Report) {
    for value in fields.list("clientScopes", report) {
        let Some(mut scope) = Fields::of("scope", value, report) else {
            continue;
        };
        let Some(name) = scope.text("name", report) else {
            continue;
        };
        scope.name.clone_from(&name);
        if is_own_scope(&name) || scope.text("protocol", report).as_deref() == Some("saml") {
            continue;
        }
        let mut attributes = scope.object("attributes", "scope", report);
        let consent_text = attributes.text("consent.screen.text", report);
        let description = scope.text("description", report);
        let words = consent_text.and_then(words).or_else(|| words(description?));
        if !scope.list("protocolMappers", report).is_empty() && !is_built_in(&name) {
            let why = "its mappers, which make claims, are not brought along";
            let mend = "standard claims come with the scopes profile, email, address, phone";
            scope.note(report, "protocolMappers", why, mend);
        }
        realm.scopes.insert(name, words);
    }
    for field in ["defaultDefaultClientScopes", "defaultOptionalClientScopes"] {
        // Each client has its own list.
        let _ = fields.list(field, report);
    }
}

fn is_own_scope(name: &str) -> bool {
    OWN_SCOPES.contains(&name)
}

/// Makes known the scopes that a client may ask for; those of Keycloak's machinery are passed over.
fn client_scopes(
    fields: &Fields,
    names: Vec<String>,
    realm: &Realm,
    imported: &mut Imported,
) -> Vec<String> {
    let mut kept = Vec::new();
    for name in names {
        let words = realm.scopes.get(&name).cloned().flatten();
        if !is_own_scope(&name) && define_scope(fields, &name, words, imported) {
            kept.push(name);
        }
    }
    kept
}

fn roles(fields: &mut Fields, realm: &mut Realm, imported: &mut Imported) {
    let report = &mut imported.report;
    let mut all = fields.object("roles", "role", report);
    for value in all.list("realm", report) {
        let Some(mut role) = Fields::of("role", value, report) else {
            continue;
        };
        let Some(name) = role.text("name", report) else {
            continue;
        };
        role.name.clone_from(&name);
        if is_own_role(realm, &name) {
            continue;
        }
        if name == ADMIN_ROLE {
            let why =
                "this role opens the console of this whole server, so nobody gets it by an import";
            let mend = "give it to whom it belongs: placet user update NAME --role admin";
            role.note(report, "name", why, mend);
            continue;
        }
        if let Err(fault) = check_role(&name) {
            let mend = "people were given the role with - in the place of what may not be there";
            role.note(report, "name", fault, mend);
        }
        if role.value("composites").is_some() || role.flag("composite", report) == Some(true) {
            let why =
                "roles do not hold roles here; people have those that the file gives them outright";
            role.note(
                report,
                "composites",
                why,
                "give the others as well: placet user update NAME --role …",
            );
        }
        let description = role
            .text("description", report)
            .and_then(words)
            .unwrap_or_default();
        let name = role_name(&name);
        if !realm.roles.contains(&name) {
            realm.roles.push(name.clone());
            imported.roles.push(NewRole { name, description });
        }
    }
    if let Some(Value::Object(of_clients)) = all.value("client") {
        for (client, roles) in of_clients {
            let count = roles.as_array().map_or(0, Vec::len);
            if count > 0 && !client::BUILT_IN.contains(&client.as_str()) {
                let why = format!(
                    "{count} roles of this client: roles belong to the whole installation here"
                );
                let mend = "make those that apps look at: placet role add NAME";
                report.note(("client", &client), "roles", why, mend);
            }
        }
    }
    let _ = fields.value("defaultRole");
    let _ = fields.value("defaultRoles");
}

/// Roles that every realm has.
fn is_own_role(realm: &Realm, name: &str) -> bool {
    ["offline_access", "uma_authorization", "default-roles"].contains(&name)
        || name == format!("default-roles-{}", realm.name.to_lowercase())
}

/// The name with `-` for each character that a role may not have here.
fn role_name(name: &str) -> String {
    let legal = |c: char| c.is_ascii_alphanumeric() || "._-:".contains(c);
    name.chars()
        .take(64)
        .map(|c| if legal(c) { c } else { '-' })
        .collect()
}

/// Words that people may read here; none where they are a key into Keycloak's own translations.
fn words(text: String) -> Option<String> {
    let is_fit = !text.trim().is_empty()
        && text.chars().count() <= 200
        && !text.contains("${")
        && !text.chars().any(is_deceptive);
    is_fit.then_some(text)
}
