//! `/roles`: what people are called by, so that resources can tell them apart.

use actix_web::web::Payload;
use serde::Deserialize;
use utoipa::ToSchema;

use super::call::{Call, Changing};
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
    Ok(reply::one(&role, role.version))
}

/// Adds a role, or changes the words of one.
#[utoipa::path(put, path = "/roles/{name}", tag = "Roles", params(Changing), request_body = RoleBody,
    responses((status = 200, description = "Changed", body = Role), (status = 201, description = "Added", body = Role)))]
pub(super) async fn put(call: Call, payload: Payload) -> Answer {
    let by = call.by()?;
    let name = call.part("name")?;
    let conditions = call.conditions()?;
    let body: RoleBody = call.json(payload).await?;
    if conditions.is_creation || conditions.is_update {
        let all = roles::list(call.app()).await?;
        conditions.check(all.iter().any(|role| role.name == name))?;
    }
    let (role, is_new) = roles::put(call.app(), &by, &name, &body.description).await?;
    if is_new {
        let version = Some(role.version);
        return Ok(reply::created(&call, &["roles", &name], &role, version));
    }
    Ok(reply::one(&role, role.version))
}

/// Removes a role that nobody has and no resource names.
#[utoipa::path(delete, path = "/roles/{name}", tag = "Roles", params(Changing),
    responses((status = 204, description = "Removed")))]
pub(super) async fn remove(call: Call) -> Answer {
    let by = call.by()?;
    roles::remove(call.app(), &by, &call.part("name")?).await?;
    Ok(reply::nothing())
}
