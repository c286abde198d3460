//! `/roles`: what people are called by, so that resources can tell them apart.

use actix_web::web::Payload;
use serde::Deserialize;
use utoipa::ToSchema;

use super::call::{Call, Changing};
use super::conditions::Seen;
use super::problem::Problem;
use super::reply::{self, Answer, List};
use crate::admin::roles;

/// A role.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "the document alone reads it")]
#[serde(deny_unknown_fields)]
pub(super) struct Role {
    name: String,
    description: String,
    /// Comes with every installation.
    built_in: bool,
    /// How many people have it.
    users: i64,
}

/// What a role is for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RoleBody {
    #[schema(
        min_length = 1,
        max_length = 200,
        example = "may change what is published"
    )]
    description: String,
}

/// Lists the roles by name, the built-in one first.
#[utoipa::path(get, path = "/roles", tag = "Roles",
    responses((status = 200, description = "The roles", body = List<Role>)))]
pub(super) async fn list(call: Call) -> Answer {
    call.no_query()?;
    Ok(reply::all(roles::list(call.app()).await?))
}

/// Shows a role.
#[utoipa::path(get, path = "/roles/{name}", tag = "Roles",
    responses((status = 200, description = "The role", body = Role)))]
pub(super) async fn show(call: Call) -> Answer {
    call.no_query()?;
    let role = roles::show(call.app(), &call.part("name")?).await?;
    reply::one(&call, &role, &Seen::new(&role, role.version)?)
}

/// Adds a role, or changes the words of one.
#[utoipa::path(put, path = "/roles/{name}", tag = "Roles", params(Changing), request_body = RoleBody,
    responses((status = 200, description = "Changed", body = Role), (status = 201, description = "Added", body = Role)))]
pub(super) async fn put(call: Call, payload: Payload) -> Answer {
    let name = call.part("name")?;
    let by = call.by_put(seen(&call, &name)).await?;
    let body: RoleBody = call.json(payload).await?;
    let (role, is_new) = roles::put(call.app(), &by, &name, &body.description).await?;
    let seen = Seen::new(&role, role.version)?;
    if is_new {
        return Ok(reply::created(&call, &["roles", &name], &role, Some(&seen)));
    }
    reply::one(&call, &role, &seen)
}

/// Removes a role that nobody has and no resource names.
#[utoipa::path(delete, path = "/roles/{name}", tag = "Roles", params(Changing),
    responses((status = 204, description = "Removed")))]
pub(super) async fn remove(call: Call) -> Answer {
    let name = call.part("name")?;
    let by = call.by_if(seen(&call, &name)).await?;
    roles::remove(call.app(), &by, &name).await?;
    Ok(reply::nothing())
}

/// The role that is there now.
async fn seen(call: &Call, name: &str) -> Result<Seen, Problem> {
    let role = roles::show(call.app(), name).await?;
    Seen::new(&role, role.version)
}
