//! What tokens are for: resources (RFC 8707) and scopes (RFC 6749 §3.3), at both endpoints.

use oauth2_types::requests::GrantType;

use super::error::{Error, invalid_scope, invalid_target};
use super::params::Params;
use crate::app::Registry;
use crate::model::client::Client;
use crate::model::resource::{self, Resources};
use crate::model::scope::{OFFLINE_ACCESS, OPENID, Scopes};

/// The resources of an authorization request: those asked for, else the client's only one (RFC 8707 §2.1).
pub fn check_resources(
    registry: &Registry,
    client: &Client,
    params: &Params,
) -> Result<Resources, Error> {
    let sent = params.all("resource");
    let asked: Resources = match (sent, client.metadata.resources.as_slice()) {
        ([], [only]) => [only].into_iter().collect(),
        (sent, _) => sent.iter().collect(),
    };
    for uri in asked.iter() {
        check_resource_uri(registry, client, uri)?;
    }
    Ok(asked)
}

/// The one resource of a token that nobody was asked about before (client credentials, password).
pub fn check_resource(
    registry: &Registry,
    client: &Client,
    params: &Params,
) -> Result<Option<String>, Error> {
    if params.is_repeated("resource") {
        return Err(invalid_target(
            "resource was sent more than once; a token is for one resource",
        ));
    }
    let resources = check_resources(registry, client, params)?;
    Ok(resources.only().map(ToOwned::to_owned))
}

fn check_resource_uri(registry: &Registry, client: &Client, uri: &str) -> Result<(), Error> {
    // The set is kept blank-separated: a blank is refused here, with all else that no URI has.
    if resource::check_uri(uri).is_err() {
        return Err(invalid_target(
            "resource must be an absolute URI without a fragment",
        ));
    }
    let is_registered = client.metadata.resources.iter().any(|known| known == uri);
    if !registry.resources.contains_key(uri) || !is_registered {
        return Err(invalid_target(
            "resource is not one that the client is registered for",
        ));
    }
    Ok(())
}

/// The resource of one access token of a grant, and the scope it may have there (RFC 8707 §2.2).
///
/// Where several were granted and none is named, any choice of ours could be the wrong one. A sign-in still works: the token is then for
/// this server, that is for UserInfo, and carries nothing that belongs to any resource.
pub fn of_token(
    registry: &Registry,
    granted: &Resources,
    scope: &Scopes,
    params: &Params,
) -> Result<(Option<String>, Scopes), Error> {
    match params.all("resource") {
        [] if granted.len() > 1 => {
            let is_owned = |name: &str| {
                let mut owners = registry.resources.values();
                owners.any(|owner| owner.resource.scope.contains(name))
            };
            let own = scope.filter(|name| !is_owned(name));
            if own.contains(OPENID) {
                return Ok((None, own));
            }
            Err(invalid_target(format!(
                "several resources were granted; name the one that the token is for with resource: {granted}"
            )))
        }
        [] => Ok((granted.only().map(ToOwned::to_owned), scope.clone())),
        [one] if granted.contains(one) => Ok((Some(one.clone()), scope.clone())),
        [_] => Err(invalid_target("resource is not one that was granted")),
        _ => Err(invalid_target(
            "resource was sent more than once; a token is for one resource",
        )),
    }
}

/// The scopes that are asked for; without `scope`, what the client registered but for `openid` and `offline_access`.
pub fn check_scope(
    registry: &Registry,
    client: &Client,
    resources: &Resources,
    sent: Option<&str>,
) -> Result<Scopes, Error> {
    let allowed = &client.metadata.scope;
    let Some(sent) = sent else {
        return Ok(allowed.filter(|name| {
            let is_asked_for_by_name = name == OPENID || name == OFFLINE_ACCESS;
            !is_asked_for_by_name
                && registry.has_scope(name)
                && !is_foreign_to_all(registry, resources, name)
        }));
    };
    let asked = Scopes::parse(sent).map_err(|error| invalid_scope(error.to_string()))?;
    // Someone who may not stay connected is still let in: libraries ask for it by default (OIDC Core §11).
    let may_stay =
        allowed.contains(OFFLINE_ACCESS) && client.metadata.may_use(&GrantType::RefreshToken);
    let asked = asked.filter(|name| name != OFFLINE_ACCESS || may_stay);
    let asked = known(registry, asked)?;
    if let Some(denied) = asked.minus(allowed).iter().next() {
        return Err(invalid_scope(format!(
            "scope {denied} is not registered for this client; add it to the client's scope"
        )));
    }
    refuse_foreign(registry, resources, &asked)?;
    Ok(asked)
}

/// OIDC Core §3.1.2.1: what is not understood is left out, as sign-in libraries expect that ask every provider for `groups`; the answer's
/// `scope` tells. Elsewhere a scope is what the client came for, and it is told at once.
fn known(registry: &Registry, asked: Scopes) -> Result<Scopes, Error> {
    if asked.contains(OPENID) {
        return Ok(asked.filter(|name| registry.has_scope(name)));
    }
    if let Some(unknown) = asked.iter().find(|name| !registry.has_scope(name)) {
        return Err(invalid_scope(format!(
            "scope {unknown} is not registered on this server"
        )));
    }
    Ok(asked)
}

/// Whether a scope means something at none of the resources that are asked for together.
fn is_foreign_to_all(registry: &Registry, resources: &Resources, name: &str) -> bool {
    let is_foreign = |uri| registry.is_foreign_scope(Some(uri), name);
    !resources.is_empty() && resources.iter().all(is_foreign)
}

/// A scope asked for by name must mean something at a resource that tokens are for (RFC 9068 §3).
pub fn refuse_foreign(
    registry: &Registry,
    resources: &Resources,
    asked: &Scopes,
) -> Result<(), Error> {
    match asked
        .iter()
        .find(|name| is_foreign_to_all(registry, resources, name))
    {
        None => Ok(()),
        Some(name) => Err(invalid_scope(format!(
            "scope {name} belongs to another resource; ask for that one with resource (RFC 8707)"
        ))),
    }
}
