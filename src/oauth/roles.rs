//! What a person's roles let an app have: scopes that a resource keeps for certain roles, and which roles it is told of.
//!
//! Asked anew at every sign-in and every token, so that a role that was taken away takes its scopes along at the next refresh. A client on its
//! own behalf has no roles: what it is registered for decides.

use crate::app::Registry;
use crate::model::resource::{Resource, Resources, TokenRoles};
use crate::model::scope::Scopes;

/// Of `scope`, what someone with these roles may have. Where resources are named that own a scope, one that permits it suffices, and a token for
/// another of them goes without; where none is, the token could be shown to each that owns it, and all have to permit it.
pub fn permitted(
    registry: &Registry,
    named: &Resources,
    scope: &Scopes,
    roles: &[String],
) -> Scopes {
    scope.filter(|name| is_permitted(registry, named, name, roles))
}

/// The rest of `scope`.
pub fn barred(registry: &Registry, named: &Resources, scope: &Scopes, roles: &[String]) -> Scopes {
    scope.minus(&permitted(registry, named, scope, roles))
}

fn is_permitted(registry: &Registry, named: &Resources, name: &str, roles: &[String]) -> bool {
    let all = registry.resources.values().map(|known| &known.resource);
    let mut owners = all.filter(|resource| resource.scope.contains(name));
    let mut own = owners
        .clone()
        .filter(|owner| named.contains(&owner.uri))
        .peekable();
    if own.peek().is_some() {
        return own.any(|owner| owner.permits(name, roles));
    }
    owners.all(|owner| owner.permits(name, roles))
}

/// The roles that tokens for a resource, or for this server itself, tell of; `None`: the word `roles` is not in them.
pub fn told<'a>(resource: Option<&Resource>, roles: &'a [String]) -> Option<Vec<&'a str>> {
    match resource {
        None => Some(roles.iter().map(String::as_str).collect()),
        Some(resource) if resource.token_roles == TokenRoles::None => None,
        Some(resource) => Some(resource.roles_told(roles)),
    }
}

#[cfg(test)]
#[path = "roles_tests.rs"]
mod tests;
