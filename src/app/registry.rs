//! What administrators registered, held in memory as it was at one revision.

use std::collections::HashMap;

use crate::keys::crypto::SigningKey;
use crate::keys::ring::KeyRing;
use crate::model::resource::Resource;
use crate::model::scope::ScopeDefinition;

/// What administrators registered, as it was at one revision.
#[derive(Debug, Default)]
pub struct Registry {
    pub revision: i64,
    /// Built-in ones first.
    pub scopes: Vec<ScopeDefinition>,
    pub resources: HashMap<String, ResourceKeys>,
    pub keys: KeyRing,
}

impl Registry {
    /// Whether a scope means nothing at that resource, because it is another's own (RFC 9068 §2.2.3).
    pub fn is_foreign_scope(&self, resource: Option<&str>, name: &str) -> bool {
        let Some(resource) = resource.and_then(|uri| self.resources.get(uri)) else {
            return false;
        };
        let is_own = |owner: &ResourceKeys| owner.resource.scope.contains(name);
        !is_own(resource) && self.resources.values().any(is_own)
    }

    /// Whether a scope of that name is registered.
    pub fn has_scope(&self, name: &str) -> bool {
        self.scopes.iter().any(|scope| scope.name == name)
    }
}

/// A resource, and its own key where it has one (HS256).
#[derive(Debug, Clone)]
pub struct ResourceKeys {
    pub resource: Resource,
    pub secret: Option<SigningKey>,
}
