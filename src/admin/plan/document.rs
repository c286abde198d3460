//! The document that `placet apply` reads and `placet export` writes: lists of roles, scopes, resources, clients and users.
//!
//! Each entry says all of its thing: what it leaves out has its default, but for `disabled` and `email_verified`, which stay as they are.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::secret::SecretReference;
use crate::admin::clients::{ClientFields, NewClient};
use crate::admin::localized::LocalizedFields;
use crate::model::localized::Localized;
use crate::model::managed::Kind;
use crate::model::user::account_key;

/// Everything that one set of files says.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Document {
    /// For JSON, which has no comments; not read.
    #[serde(rename = "$comment", skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// What the set is called: things that are managed say it; else the name of the file or folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<ScopeEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<ResourceEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub clients: Vec<ClientEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub users: Vec<UserEntry>,
    /// The file that each entry stands in, where there are several.
    #[serde(skip)]
    pub(super) files: HashMap<(Kind, String), String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleEntry {
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopeEntry {
    pub name: String,
    pub description: String,
    /// Left out: no; for a built-in one, as it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// The description in other languages, by language tag.
    #[serde(default, skip_serializing_if = "Localized::is_empty")]
    pub descriptions: Localized,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResourceEntry {
    pub uri: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The name in other languages, by language tag.
    #[serde(default, skip_serializing_if = "Localized::is_empty")]
    pub names: Localized,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub scope: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alg: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_ttl_seconds: Option<u64>,
    /// Which of a person's roles its tokens name: all, own or none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_roles: Option<String>,
    /// With HS256.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<SecretReference>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub scope_roles: BTreeMap<String, BTreeSet<String>>,
}

/// A client in the words of RFC 7591 §2, and ours.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientEntry {
    pub client_id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_name: Option<String>,
    /// What people read in other languages, by the names of RFC 7591 §2.2, such as `client_name#de`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub localized: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect_uris: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post_logout_redirect_uris: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant_types: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_types: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resources: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_server_of: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_endpoint_auth_method: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_endpoint_auth_signing_alg: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<SecretReference>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_party: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_acr: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accent: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accent_dark: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub always_ask: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_uri: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo_uri: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_uri: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tos_uri: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initiate_login_uri: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contacts: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector_identifier_uri: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_token_signed_response_alg: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub userinfo_signed_response_alg: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub introspection_signed_response_alg: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_object_signing_alg: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_uris: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_max_age: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub require_auth_time: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_acr_values: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backchannel_logout_uri: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backchannel_logout_session_required: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frontchannel_logout_uri: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frontchannel_logout_session_required: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub software_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub software_version: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jwks_uri: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jwks: Option<Value>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserEntry {
    /// Their `sub`, where they are to have the one of another installation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    pub username: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email_verified: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub claims: Map<String, Value>,
}

impl ClientEntry {
    /// The same, as every road to a new client gives it.
    pub(super) fn to_new(&self) -> NewClient {
        let entry = self.clone();
        let fields = ClientFields {
            name: entry.client_name,
            application_type: entry.application_type,
            redirect_uris: entry.redirect_uris,
            post_logout_redirect_uris: entry.post_logout_redirect_uris,
            grants: entry.grant_types,
            response_types: entry.response_types,
            scope: entry.scope,
            resources: entry.resources,
            resource_server_of: entry.resource_server_of,
            token_endpoint_auth_method: entry.token_endpoint_auth_method,
            token_endpoint_auth_signing_alg: entry.token_endpoint_auth_signing_alg,
            localized: LocalizedFields {
                texts: entry.localized,
                are_all: true,
            },
            is_first_party: entry.first_party,
            required_acr: entry.required_acr,
            accent: entry.accent,
            accent_dark: entry.accent_dark,
            is_consent_always_asked: entry.always_ask,
            client_uri: entry.client_uri,
            logo_uri: entry.logo_uri,
            policy_uri: entry.policy_uri,
            tos_uri: entry.tos_uri,
            initiate_login_uri: entry.initiate_login_uri,
            contacts: entry.contacts,
            subject_type: entry.subject_type,
            sector_identifier_uri: entry.sector_identifier_uri,
            id_token_signed_response_alg: entry.id_token_signed_response_alg,
            userinfo_signed_response_alg: entry.userinfo_signed_response_alg,
            introspection_signed_response_alg: entry.introspection_signed_response_alg,
            request_object_signing_alg: entry.request_object_signing_alg,
            request_uris: entry.request_uris,
            default_acr_values: entry.default_acr_values,
            backchannel_logout_uri: entry.backchannel_logout_uri,
            backchannel_logout_session_required: entry.backchannel_logout_session_required,
            frontchannel_logout_uri: entry.frontchannel_logout_uri,
            frontchannel_logout_session_required: entry.frontchannel_logout_session_required,
            jwks_uri: entry.jwks_uri,
            jwks_patch: None,
            jwks: entry.jwks.map(|jwks| jwks.to_string()),
            default_max_age: Some(entry.default_max_age),
        };
        NewClient {
            fields,
            ..NewClient::default()
        }
    }
}

impl Document {
    /// The kind and id of every entry, ids in the form in which they are compared.
    pub(super) fn keys(&self) -> impl Iterator<Item = (Kind, String)> {
        let roles = self
            .roles
            .iter()
            .map(|entry| (Kind::Role, entry.name.clone()));
        let scopes = self
            .scopes
            .iter()
            .map(|entry| (Kind::Scope, entry.name.clone()));
        let resources = self
            .resources
            .iter()
            .map(|entry| (Kind::Resource, entry.uri.clone()));
        let clients = self
            .clients
            .iter()
            .map(|entry| (Kind::Client, entry.client_id.clone()));
        let users = self
            .users
            .iter()
            .map(|entry| (Kind::User, account_key(&entry.username)));
        roles
            .chain(scopes)
            .chain(resources)
            .chain(clients)
            .chain(users)
    }

    /// Several files as one document; an entry that stands in two of them, or twice in one, is a fault.
    pub fn merge(parts: Vec<(String, Self)>) -> Result<Self, Vec<String>> {
        let mut whole = Self::default();
        let mut faults = Vec::new();
        for (file, part) in parts {
            for (kind, id) in part.keys() {
                let what = kind.as_str();
                match whole.files.get(&(kind, id.clone())) {
                    Some(other) if *other == file => {
                        faults.push(format!(
                            "{file}: the {what} {id:?} is there twice; leave out one"
                        ));
                    }
                    Some(other) => {
                        faults.push(format!(
                            "{file}: the {what} {id:?} is in {other} too; leave out one"
                        ));
                    }
                    None => {
                        whole.files.insert((kind, id), file.clone());
                    }
                }
            }
            match (&whole.name, &part.name) {
                (Some(name), Some(other)) if name != other => faults.push(format!(
                    "{file}: name: it is {other:?} here and {name:?} in a file before; a set has one name"
                )),
                _ => whole.name = whole.name.or(part.name),
            }
            whole.roles.extend(part.roles);
            whole.scopes.extend(part.scopes);
            whole.resources.extend(part.resources);
            whole.clients.extend(part.clients);
            whole.users.extend(part.users);
        }
        if faults.is_empty() {
            Ok(whole)
        } else {
            Err(faults)
        }
    }

    /// Every secret that is referred to.
    pub(super) fn references(&self) -> impl Iterator<Item = &SecretReference> {
        let clients = self
            .clients
            .iter()
            .filter_map(|entry| entry.client_secret.as_ref());
        clients.chain(
            self.resources
                .iter()
                .filter_map(|entry| entry.secret.as_ref()),
        )
    }
}

#[cfg(test)]
#[path = "document_tests.rs"]
mod tests;
