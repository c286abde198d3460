//! What is given of a resource: checked, and put into it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::{NewResource, ResourceFields, ScopeRoles};
use crate::admin::{Result, check_scopes, check_text, invalid, parse_alg};
use crate::app::Registry;
use crate::model::resource::{Resource, TokenFormat, TokenRoles};
use crate::model::scope::{RESERVED_PREFIX, is_built_in};
use crate::model::signing_key::SigningAlg;
use crate::model::user::check_role;

const MAX_NAME: usize = 200;
const MIN_ACCESS_TTL: Duration = Duration::from_secs(10);
const MAX_ACCESS_TTL: Duration = Duration::from_hours(24);

impl ResourceFields {
    /// Every field as a new resource has it; but for the algorithm, which stays where none is given.
    pub(super) fn all_of(new: NewResource) -> Self {
        Self {
            name: Some(new.name.unwrap_or(new.uri)),
            scope: Some(new.scope),
            alg: new.alg,
            access_ttl: Some(new.access_ttl),
            format: Some(new.format.unwrap_or_default()),
            scope_roles: Some(new.scope_roles),
            scope_roles_patch: BTreeMap::new(),
            token_roles: Some(new.token_roles.unwrap_or_default()),
        }
    }

    pub(super) fn apply(&self, registry: &Registry, resource: &mut Resource) -> Result<()> {
        if let Some(name) = self.name.as_deref().map(str::trim)
            && name != resource.uri
            && self.name.as_deref() != Some("")
        {
            check_text("name", name, MAX_NAME)?;
        }
        match self.name.as_deref() {
            Some("") => resource.name.clone_from(&resource.uri),
            Some(name) => name.trim().clone_into(&mut resource.name),
            None => {}
        }
        if let Some(alg) = &self.alg {
            change_alg(resource, parse_alg("alg", alg)?)?;
        }
        if let Some(ttl) = self.access_ttl {
            resource.access_ttl_seconds = ttl.map(check_ttl).transpose()?;
        }
        if let Some(format) = &self.format {
            resource.format = parse_format(format)?;
        }
        if resource.format == TokenFormat::Opaque && resource.alg == SigningAlg::HS256 {
            return Err(invalid(
                "format",
                "opaque tokens are not signed; leave out the algorithm",
            ));
        }
        if let Some(scope) = &self.scope {
            resource.scope = check_scopes(registry, scope)?;
            if let Some(name) = resource
                .scope
                .iter()
                .find(|name| name.starts_with(RESERVED_PREFIX))
            {
                let fault = format!("{name} is the server's own; only its admin API has it");
                return Err(invalid("scope", fault));
            }
        }
        if let Some(token_roles) = &self.token_roles {
            resource.token_roles = parse_token_roles(token_roles)?;
        }
        self.apply_scope_roles(resource)?;
        check_scope_roles(resource)
    }

    fn apply_scope_roles(&self, resource: &mut Resource) -> Result<()> {
        if let Some(scope_roles) = &self.scope_roles {
            resource.scope_roles.clone_from(scope_roles);
        }
        for (name, roles) in &self.scope_roles_patch {
            let roles = roles.clone().unwrap_or_default();
            resource.scope_roles.insert(name.clone(), roles);
        }
        resource.scope_roles.retain(|_, roles| !roles.is_empty());
        if self.scope_roles.is_some() || !self.scope_roles_patch.is_empty() {
            check_roles(&resource.scope_roles)?;
        }
        Ok(())
    }
}

/// The names of the fields that differ, for the audit log.
pub(super) fn differing(before: &Resource, after: &Resource) -> Vec<&'static str> {
    [
        ("name", before.name != after.name),
        ("scope", before.scope != after.scope),
        ("alg", before.alg != after.alg),
        (
            "access_ttl",
            before.access_ttl_seconds != after.access_ttl_seconds,
        ),
        ("format", before.format != after.format),
        ("scope_roles", before.scope_roles != after.scope_roles),
        ("token_roles", before.token_roles != after.token_roles),
    ]
    .into_iter()
    .filter_map(|(name, differs)| differs.then_some(name))
    .collect()
}

fn change_alg(resource: &mut Resource, alg: SigningAlg) -> Result<()> {
    let is_shared = |alg| alg == SigningAlg::HS256;
    if is_shared(alg) != is_shared(resource.alg) {
        return Err(invalid(
            "alg",
            "a shared secret (HS256) and a public key do not change into one another; remove the resource and add it again",
        ));
    }
    resource.alg = alg;
    Ok(())
}

fn check_ttl(ttl: Duration) -> Result<i64> {
    i64::try_from(ttl.as_secs())
        .ok()
        .filter(|_| (MIN_ACCESS_TTL..=MAX_ACCESS_TTL).contains(&ttl))
        .ok_or_else(|| invalid("access_ttl", "it is 10s to 24h"))
}

fn parse_format(format: &str) -> Result<TokenFormat> {
    match format {
        "" | "jwt" => Ok(TokenFormat::Jwt),
        "opaque" => Ok(TokenFormat::Opaque),
        other => Err(invalid(
            "format",
            format!("{other:?} is not one of jwt, opaque"),
        )),
    }
}

fn parse_token_roles(value: &str) -> Result<TokenRoles> {
    match value {
        "" | "all" => Ok(TokenRoles::All),
        "own" => Ok(TokenRoles::Own),
        "none" => Ok(TokenRoles::None),
        other => Err(invalid(
            "token_roles",
            format!("{other:?} is not one of all, own, none"),
        )),
    }
}

fn check_roles(scope_roles: &ScopeRoles) -> Result<()> {
    for role in scope_roles.values().flatten() {
        check_role(role).map_err(|fault| invalid("scope_roles", format!("{role:?}: {fault}")))?;
    }
    Ok(())
}

/// A slip of the pen would bar everyone: each role that is named is one of the `known`.
pub(in crate::admin) fn refuse_unknown_roles(
    known: &BTreeSet<String>,
    resource: &Resource,
) -> Result<()> {
    let mut named = resource.scope_roles.values().flatten();
    match named.find(|role| !known.contains(*role)) {
        None => Ok(()),
        Some(role) => Err(invalid(
            "scope_roles",
            format!(
                "there is no role {role}; add it first: placet role add {role} --description \"…\""
            ),
        )),
    }
}

fn check_scope_roles(resource: &Resource) -> Result<()> {
    for name in resource.scope_roles.keys() {
        if is_built_in(name) {
            let fault = format!("{name} speaks of the person and cannot be kept for roles");
            return Err(invalid("scope_roles", fault));
        }
        if !resource.scope.contains(name) {
            let fault = format!(
                "{name} is not in the resource's scope; add it there, or leave its roles out"
            );
            return Err(invalid("scope_roles", fault));
        }
    }
    Ok(())
}
