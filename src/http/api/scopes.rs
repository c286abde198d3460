//! `/scopes`: their names, and the words of the consent page.

use actix_web::web::Payload;
use serde::Deserialize;
use utoipa::ToSchema;

use super::call::{Call, Changing, present};
use super::conditions::Seen;
use super::problem::Problem;
use super::reply::{self, Answer, List};
use crate::admin::scopes::{self, NewScope};
use crate::model::scope::OPENID;

/// A scope.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "the document alone reads it")]
#[serde(deny_unknown_fields)]
pub(super) struct Scope {
    name: String,
    /// What the consent page says the app will be able to do, after "It will be able to".
    description: String,
    /// Whether a person who allows at all must allow this one too.
    required: bool,
    /// Comes with every installation.
    built_in: bool,
}

/// A scope's words.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ScopeBody {
    #[schema(min_length = 1, max_length = 200, example = "read your notes")]
    description: String,
    /// No, but for `openid`, if not given.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    required: Option<bool>,
}

/// Lists the scopes, those that come with every installation first.
#[utoipa::path(get, path = "/scopes", tag = "Scopes",
    responses((status = 200, description = "The scopes", body = List<Scope>)))]
pub(super) async fn list(call: Call) -> Answer {
    call.no_query()?;
    Ok(reply::all(scopes::list(call.app()).await?))
}

/// Shows a scope.
#[utoipa::path(get, path = "/scopes/{name}", tag = "Scopes",
    responses((status = 200, description = "The scope", body = Scope)))]
pub(super) async fn show(call: Call) -> Answer {
    call.no_query()?;
    let name = call.part("name")?;
    let scope = scopes::show(call.app(), &name).await?;
    reply::one(&call, &scope, &Seen::new(&scope, scope.version)?)
}

/// Adds a scope, or changes the words of one.
#[utoipa::path(put, path = "/scopes/{name}", tag = "Scopes", params(Changing), request_body = ScopeBody,
    responses((status = 200, description = "Changed", body = Scope), (status = 201, description = "Added", body = Scope)))]
pub(super) async fn put(call: Call, payload: Payload) -> Answer {
    let name = call.part("name")?;
    let by = call.by_put(seen(&call, &name)).await?;
    let body: ScopeBody = call.json(payload).await?;
    let all = scopes::list(call.app()).await?;
    let is_there = all.iter().any(|scope| scope.name == name);
    let new = NewScope {
        is_required: Some(body.required.unwrap_or(name == OPENID)),
        name: name.clone(),
        description: body.description,
    };
    let scope = scopes::put(call.app(), &by, new).await?;
    let seen = Seen::new(&scope, scope.version)?;
    if is_there {
        return reply::one(&call, &scope, &seen);
    }
    let parts = ["scopes", name.as_str()];
    Ok(reply::created(&call, &parts, &scope, Some(&seen)))
}

/// Removes a scope; of a built-in one, the words that were put in place of ours.
#[utoipa::path(delete, path = "/scopes/{name}", tag = "Scopes", params(Changing),
    responses((status = 204, description = "Removed")))]
pub(super) async fn remove(call: Call) -> Answer {
    let name = call.part("name")?;
    let by = call.by_if(seen(&call, &name)).await?;
    scopes::remove(call.app(), &by, &name).await?;
    Ok(reply::nothing())
}

/// The scope that is there now.
async fn seen(call: &Call, name: &str) -> Result<Seen, Problem> {
    let scope = scopes::show(call.app(), name).await?;
    Seen::new(&scope, scope.version)
}
