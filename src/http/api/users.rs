//! `/users`: people's accounts. A user is named by id, username or e-mail address.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web::Payload;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::call::{Call, Changing, parsed, present, removable, short};
use super::conditions::Seen;
use super::problem::Problem;
use super::reply::{self, Answer, List};
use crate::admin::Page;
use crate::admin::users::{self, NewUser, UserFields, UserFilter, UserView};
use crate::model::secret::Secret;
use crate::model::user::User as Stored;

/// The members of `address` (OIDC Core §5.1.1).
const ADDRESS: [&str; 6] = [
    "formatted",
    "street_address",
    "locality",
    "region",
    "postal_code",
    "country",
];

/// A person's account.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "the document alone reads it")]
#[serde(deny_unknown_fields)]
pub(super) struct User {
    /// `sub` in tokens.
    id: Uuid,
    username: String,
    #[schema(required)]
    email: Option<String>,
    email_verified: bool,
    #[schema(required)]
    name: Option<String>,
    roles: Vec<String>,
    /// Standard claims (OIDC Core §5.1) that have no member of their own; left out in lists.
    #[schema(value_type = Option<Object>, nullable = false)]
    claims: Option<Map<String, Value>>,
    has_password: bool,
    disabled: bool,
    created_at: DateTime<Utc>,
}

/// A new account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewUserBody {
    #[schema(min_length = 1, max_length = 100, example = "ada")]
    username: String,
    #[schema(max_length = 254, example = "ada@example.com")]
    email: Option<String>,
    #[serde(default)]
    #[schema(default = false)]
    email_verified: bool,
    #[schema(max_length = 200, example = "Ada Lovelace")]
    name: Option<String>,
    #[serde(default)]
    roles: Vec<String>,
    /// Standard claims (OIDC Core §5.1): text, true or false, and `address` as an object.
    #[serde(default)]
    #[schema(value_type = Option<Object>, nullable = false, example = json!({"given_name": "Ada", "address": {"locality": "London"}}))]
    claims: Map<String, Value>,
    /// Without one nobody can sign in, until one is set.
    #[schema(value_type = Option<String>, format = Password)]
    password: Option<Secret<String>>,
}

/// A change; what is left out stays as it is, null takes a value away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UserBody {
    #[serde(default, deserialize_with = "removable")]
    #[schema(max_length = 254)]
    email: Option<String>,
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    email_verified: Option<bool>,
    #[serde(default, deserialize_with = "removable")]
    #[schema(max_length = 200)]
    name: Option<String>,
    /// All of them, in place of those that there are.
    #[serde(default, deserialize_with = "removable")]
    roles: Option<Vec<String>>,
    /// Those that are to be changed: a merge patch of its own.
    #[serde(default)]
    #[schema(value_type = Option<Object>, nullable = false)]
    claims: Map<String, Value>,
}

/// A password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Password {
    #[schema(value_type = String, format = Password, min_length = 8, max_length = 1024)]
    password: Secret<String>,
}

/// Which users.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct UserQuery {
    /// Part of the username, the name or the e-mail address, in any case of letters.
    #[serde(default, deserialize_with = "short")]
    #[param(max_length = 200)]
    search: Option<String>,
    /// Who has this role.
    #[serde(default, deserialize_with = "short")]
    #[param(max_length = 200)]
    role: Option<String>,
    #[serde(default, deserialize_with = "parsed")]
    enabled: Option<bool>,
    /// How many at most; 50 if not given.
    #[serde(default, deserialize_with = "parsed")]
    #[param(minimum = 1, maximum = 200)]
    limit: Option<i64>,
    /// The cursor that the part before gave as `next`.
    #[param(pattern = "^[A-Za-z0-9_-]+$")]
    after: Option<String>,
}

/// Lists users by id: oldest first.
#[utoipa::path(get, path = "/users", tag = "Users", params(UserQuery),
    responses((status = 200, description = "A part of the list", body = List<User>)))]
pub(super) async fn list(call: Call) -> Answer {
    let query: UserQuery = call.query()?;
    let paging = reply::paging(query.limit, query.after.as_deref())?;
    let filter = UserFilter {
        search: query.search,
        role: query.role,
        is_enabled: query.enabled,
    };
    let found = users::find(call.app(), &filter, &paging).await;
    let page = found.map_err(Problem::of_parameters)?;
    let items: Vec<UserView> = page.items.iter().map(UserView::from).collect();
    let next = page.next;
    Ok(reply::page(&call, Page { items, next }))
}

/// Adds a user.
#[utoipa::path(post, path = "/users", tag = "Users", params(Changing), request_body = NewUserBody,
    responses((status = 201, description = "Added", body = User)))]
pub(super) async fn add(call: Call, payload: Payload) -> Answer {
    let by = call.by()?;
    let body: NewUserBody = call.json(payload).await?;
    let new = NewUser {
        username: body.username,
        email: body.email,
        is_email_verified: body.email_verified,
        name: body.name,
        roles: body.roles,
        claims: claims(&body.claims)?,
        password: body.password,
    };
    let user = users::add(call.app(), &call.web.identity.passwords, &by, new).await?;
    let stored = users::claims_of(call.app(), &user).await?;
    let view = UserView::with_claims(&user, &stored);
    let seen = Seen::new(&view, user.version)?;
    let id = user.id.to_string();
    Ok(reply::created(&call, &["users", &id], &view, Some(&seen)))
}

/// Shows a user.
#[utoipa::path(get, path = "/users/{user}", tag = "Users",
    responses((status = 200, description = "The user", body = User)))]
pub(super) async fn show(call: Call) -> Answer {
    call.no_query()?;
    let user = users::show(call.app(), &call.part("user")?).await?;
    answer(&call, &user).await
}

/// Changes what the body names, as a merge patch (RFC 7396): null takes a value away.
#[utoipa::path(patch, path = "/users/{user}", tag = "Users", params(Changing),
    request_body(content((UserBody = "application/merge-patch+json"), (UserBody = "application/json"))),
    responses((status = 200, description = "Changed", body = User)))]
pub(super) async fn change(call: Call, payload: Payload) -> Answer {
    let name = call.part("user")?;
    let by = call.by_if(seen(&call, &name)).await?;
    let body: UserBody = call.patch(payload).await?;
    let fields = UserFields {
        email: body.email,
        is_email_verified: body.email_verified,
        name: body.name,
        roles: body.roles,
        claims: claims(&body.claims)?,
    };
    let user = users::change(call.app(), &by, &name, fields).await?;
    answer(&call, &user).await
}

/// Removes a user with all that is theirs.
#[utoipa::path(delete, path = "/users/{user}", tag = "Users", params(Changing),
    responses((status = 204, description = "Removed")))]
pub(super) async fn remove(call: Call) -> Answer {
    let name = call.part("user")?;
    let by = call.by_if(seen(&call, &name)).await?;
    users::remove(call.app(), &by, &name).await?;
    Ok(reply::nothing())
}

/// Bars the way in, and ends every session and grant.
#[utoipa::path(post, path = "/users/{user}/disable", tag = "Users", params(Changing),
    responses((status = 200, description = "Disabled", body = User)))]
pub(super) async fn disable(call: Call) -> Answer {
    let name = call.part("user")?;
    let by = call.by_if(seen(&call, &name)).await?;
    let user = users::disable(call.app(), &by, &name).await?;
    answer(&call, &user).await
}

/// Lets a disabled user sign in again.
#[utoipa::path(post, path = "/users/{user}/enable", tag = "Users", params(Changing),
    responses((status = 200, description = "Enabled", body = User)))]
pub(super) async fn enable(call: Call) -> Answer {
    let name = call.part("user")?;
    let by = call.by_if(seen(&call, &name)).await?;
    let user = users::enable(call.app(), &by, &name).await?;
    answer(&call, &user).await
}

/// Sets a password, and ends the user's sessions.
#[utoipa::path(put, path = "/users/{user}/password", tag = "Users", params(Changing), request_body = Password,
    responses((status = 204, description = "Set")))]
pub(super) async fn set_password(call: Call, payload: Payload) -> Answer {
    let user = call.part("user")?;
    let by = call.by_if(seen(&call, &user)).await?;
    let body: Password = call.json(payload).await?;
    let pool = &call.web.identity.passwords;
    users::set_password(call.app(), pool, &by, &user, body.password).await?;
    Ok(reply::nothing())
}

async fn answer(call: &Call, user: &Stored) -> Answer {
    let stored = users::claims_of(call.app(), user).await?;
    let view = UserView::with_claims(user, &stored);
    reply::one(call, &view, &Seen::new(&view, user.version)?)
}

/// The user that is there now.
async fn seen(call: &Call, name: &str) -> Result<Seen, Problem> {
    let user = users::show(call.app(), name).await?;
    let stored = users::claims_of(call.app(), &user).await?;
    Seen::new(&UserView::with_claims(&user, &stored), user.version)
}

/// Claims as JSON has them, in the words of `admin`: text by name, the members of `address` one by one, empty text for null.
fn claims(given: &Map<String, Value>) -> Result<Vec<(String, String)>, Problem> {
    let mut claims = BTreeMap::new();
    for (name, value) in given {
        match value {
            Value::Object(members) if name == "address" => {
                for (member, value) in members {
                    let name = format!("address.{member}");
                    let text = text(&name, value)?;
                    claims.insert(name, text);
                }
            }
            Value::Null if name == "address" => {
                claims.extend(ADDRESS.map(|member| (format!("address.{member}"), String::new())));
            }
            value => {
                claims.insert(name.clone(), text(name, value)?);
            }
        }
    }
    Ok(claims.into_iter().collect())
}

fn text(name: &str, value: &Value) -> Result<String, Problem> {
    match value {
        Value::Null => Ok(String::new()),
        Value::String(text) => Ok(text.clone()),
        Value::Bool(flag) => Ok(flag.to_string()),
        Value::Number(_) | Value::Array(_) | Value::Object(_) => Err(Problem::field(
            StatusCode::UNPROCESSABLE_ENTITY,
            format!("claims.{name}"),
            "it is no text, and neither true nor false",
        )),
    }
}
