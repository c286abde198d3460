//! A resource as administrators see one.

use serde::Serialize;

use super::ScopeRoles;
use crate::model::localized::Localized;
use crate::model::resource::{Resource, TokenRoles};
use crate::model::scope::Scopes;
use crate::model::secret::Secret;
use crate::model::signing_key::SigningAlg;

/// A resource in our words.
#[derive(Debug, Serialize)]
pub struct ResourceView<'a> {
    uri: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Localized::is_empty")]
    names: &'a Localized,
    scope: &'a Scopes,
    alg: SigningAlg,
    format: &'static str,
    access_ttl_seconds: Option<i64>,
    scope_roles: &'a ScopeRoles,
    token_roles: TokenRoles,
    /// Comes with every installation, and stays as it is.
    built_in: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<&'a str>,
}

impl<'a> ResourceView<'a> {
    /// As stored; `secret` only where one was just made.
    pub fn new(resource: &'a Resource, secret: Option<&'a Secret<String>>) -> Self {
        Self {
            uri: &resource.uri,
            name: &resource.name,
            names: &resource.names,
            scope: &resource.scope,
            alg: resource.alg,
            format: resource.format.as_str(),
            access_ttl_seconds: resource.access_ttl_seconds,
            scope_roles: &resource.scope_roles,
            token_roles: resource.token_roles,
            built_in: resource.is_built_in(),
            secret: secret.map(|secret| secret.expose().as_str()),
        }
    }
}
