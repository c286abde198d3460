//! `/resources` (RFC 8707): the APIs that accept our access tokens, each by its URI.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::web::Payload;
use serde::Deserialize;
use utoipa::ToSchema;

use super::call::{Call, Changing, Nullable, present, removable};
use super::conditions::Seen;
use super::problem::Problem;
use super::reply::{self, Answer, List};
use crate::admin::AdminError;
use crate::admin::resources::{
    self, NewResource, ResourceFields, ResourceView, ResourceWithSecret,
};
use crate::model::resource::Resource as Stored;

/// An API that accepts our access tokens.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "the document alone reads it")]
#[serde(deny_unknown_fields)]
pub(super) struct Resource {
    /// Its identifier, and the `aud` of its tokens.
    uri: String,
    /// What the consent page calls it.
    name: String,
    /// The scopes that are its own, blank-separated.
    scope: String,
    #[schema(pattern = "^(ES256|RS256|PS256|EdDSA|HS256)$")]
    alg: String,
    #[schema(pattern = "^(jwt|opaque)$")]
    format: String,
    /// null: the server's default.
    #[schema(required)]
    access_ttl_seconds: Option<i64>,
    /// Which of its scopes are for people with one of certain roles; others are for everyone.
    scope_roles: BTreeMap<String, BTreeSet<String>>,
    /// Which of a person's roles its tokens name.
    #[schema(pattern = "^(all|own|none)$")]
    token_roles: String,
    /// Comes with every installation, and stays as it is.
    built_in: bool,
    /// Only in the one answer that made it, of a resource with HS256.
    #[schema(nullable = false)]
    secret: Option<String>,
}

/// A resource to be registered, or a change of one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[derive(Default)]
pub(super) struct ResourceBody {
    /// The one in the address, or left out.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    uri: Option<String>,
    /// Its URI if not given.
    #[serde(deserialize_with = "removable")]
    #[schema(max_length = 200, example = "Notes")]
    name: Option<String>,
    /// Blank-separated; each registered before.
    #[serde(deserialize_with = "removable")]
    #[schema(example = "notes:read notes:write")]
    scope: Option<String>,
    /// ES256 if not given. One with HS256 gets a secret of its own.
    #[serde(deserialize_with = "present")]
    #[schema(
        nullable = false,
        pattern = "^(ES256|RS256|PS256|EdDSA|HS256)$",
        example = "ES256"
    )]
    alg: Option<String>,
    /// null: the server's default.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<u32>, minimum = 10, maximum = 86_400, example = 600)]
    access_ttl_seconds: Option<Nullable<u32>>,
    /// `jwt` if not given.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false, pattern = "^(jwt|opaque)$", example = "jwt")]
    format: Option<String>,
    /// Which of its scopes are for people with one of certain roles; null for one takes its roles away.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<BTreeMap<String, Option<BTreeSet<String>>>>, example = json!({"notes:write": ["editor"]}))]
    scope_roles: Option<Nullable<BTreeMap<String, Nullable<BTreeSet<String>>>>>,
    /// `all` if not given.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false, pattern = "^(all|own|none)$", example = "own")]
    token_roles: Option<String>,
}

/// Lists the resources, oldest first.
#[utoipa::path(get, path = "/resources", tag = "Resources",
    responses((status = 200, description = "The resources", body = List<Resource>)))]
pub(super) async fn list(call: Call) -> Answer {
    call.no_query()?;
    let stored = resources::list(call.app()).await?;
    let views = stored
        .iter()
        .map(|resource| ResourceView::new(resource, None));
    Ok(reply::all(views.collect()))
}

/// Shows a resource.
#[utoipa::path(get, path = "/resources/{resource}", tag = "Resources",
    responses((status = 200, description = "The resource", body = Resource)))]
pub(super) async fn show(call: Call) -> Answer {
    call.no_query()?;
    let resource = resources::show(call.app(), &call.part("resource")?).await?;
    answer(&call, &resource)
}

/// Registers a resource, or replaces one: what the body leaves out gets its default, but for the algorithm, which stays.
#[utoipa::path(put, path = "/resources/{resource}", tag = "Resources", params(Changing), request_body = ResourceBody,
    responses((status = 200, description = "Replaced", body = Resource), (status = 201, description = "Registered", body = Resource)))]
pub(super) async fn put(call: Call, payload: Payload) -> Answer {
    let uri = call.part("resource")?;
    let by = call.by_put(seen(&call, &uri)).await?;
    let body: ResourceBody = call.json(payload).await?;
    body.check_uri(&uri)?;
    let new = body.into_new(uri);
    if call.conditions()?.is_creation() {
        return match resources::add(call.app(), &by, new).await {
            Ok(made) => registered(&call, &made),
            Err(AdminError::AlreadyThere { .. }) => {
                Err(Problem::precondition("there is such a resource already"))
            }
            Err(error) => Err(error.into()),
        };
    }
    let (made, is_new) = resources::put(call.app(), &by, new).await?;
    if is_new {
        return registered(&call, &made);
    }
    let view = ResourceView::new(&made.resource, made.secret.as_ref());
    reply::one(&call, &view, &tagged(&made.resource)?)
}

/// Changes what the body names, as a merge patch (RFC 7396): null takes a value away. Of `scope_roles` it takes away, or puts in, those of one scope.
#[utoipa::path(patch, path = "/resources/{resource}", tag = "Resources", params(Changing),
    request_body(content((ResourceBody = "application/merge-patch+json"), (ResourceBody = "application/json"))),
    responses((status = 200, description = "Changed", body = Resource)))]
pub(super) async fn change(call: Call, payload: Payload) -> Answer {
    let uri = call.part("resource")?;
    let by = call.by_if(seen(&call, &uri)).await?;
    let body: ResourceBody = call.patch(payload).await?;
    body.check_uri(&uri)?;
    let resource = resources::change(call.app(), &by, &uri, body.into_changes()).await?;
    answer(&call, &resource)
}

/// Removes a resource: no new token is for it.
#[utoipa::path(delete, path = "/resources/{resource}", tag = "Resources", params(Changing),
    responses((status = 204, description = "Removed")))]
pub(super) async fn remove(call: Call) -> Answer {
    let uri = call.part("resource")?;
    let by = call.by_if(seen(&call, &uri)).await?;
    resources::remove(call.app(), &by, &uri).await?;
    Ok(reply::nothing())
}

fn answer(call: &Call, resource: &Stored) -> Answer {
    let view = ResourceView::new(resource, None);
    reply::one(call, &view, &tagged(resource)?)
}

fn registered(call: &Call, made: &ResourceWithSecret) -> Answer {
    let view = ResourceView::new(&made.resource, made.secret.as_ref());
    let parts = ["resources", made.resource.uri.as_str()];
    let seen = tagged(&made.resource)?;
    Ok(reply::created(call, &parts, &view, Some(&seen)))
}

/// The resource that is there now.
async fn seen(call: &Call, uri: &str) -> Result<Seen, Problem> {
    tagged(&resources::show(call.app(), uri).await?)
}

fn tagged(resource: &Stored) -> Result<Seen, Problem> {
    Seen::new(&ResourceView::new(resource, None), resource.version)
}

impl ResourceBody {
    fn into_new(self, uri: String) -> NewResource {
        let scope_roles = self.scope_roles.flatten().unwrap_or_default();
        let kept = scope_roles.into_iter();
        NewResource {
            uri,
            name: self.name.filter(|name| !name.is_empty()),
            scope: self.scope.unwrap_or_default(),
            alg: self.alg,
            access_ttl: self.access_ttl_seconds.flatten().map(seconds),
            format: self.format,
            scope_roles: kept
                .filter_map(|(name, roles)| Some((name, roles?)))
                .collect(),
            token_roles: self.token_roles,
        }
    }

    /// Of a merge patch: an object goes into the one that there is (RFC 7396 §2).
    fn into_changes(self) -> ResourceFields {
        let scope_roles = match &self.scope_roles {
            Some(None) => Some(BTreeMap::new()),
            _ => None,
        };
        ResourceFields {
            name: self.name,
            scope: self.scope,
            alg: self.alg,
            access_ttl: self.access_ttl_seconds.map(|given| given.map(seconds)),
            format: self.format,
            scope_roles,
            scope_roles_patch: self.scope_roles.flatten().unwrap_or_default(),
            token_roles: self.token_roles,
        }
    }

    fn check_uri(&self, uri: &str) -> Result<(), Problem> {
        match &self.uri {
            Some(other) if other != uri => Err(Problem::field(
                StatusCode::UNPROCESSABLE_ENTITY,
                "uri",
                "it is not the one in the address; URIs never change",
            )),
            _ => Ok(()),
        }
    }
}

fn seconds(given: u32) -> Duration {
    Duration::from_secs(given.into())
}
