//! `/clients`: in the words of RFC 7591 §2 and OpenID Connect Dynamic Client Registration §2.

mod body;

use actix_web::http::StatusCode;
use actix_web::web::Payload;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

pub(super) use self::body::ClientBody;

use super::call::{Call, Changing, parsed, short};
use super::conditions::Seen;
use super::problem::Problem;
use super::reply::{self, Answer, List};
use crate::admin::AdminError;
use crate::admin::clients::{
    self, ClientFilter, ClientView, ClientWithSecret, NewClient, SecretView,
};
use crate::model::client::{Client as Stored, Registration};
use crate::model::secret::Secret;

/// A client as it is registered. Its metadata is beside these members: see the body of a PUT.
#[derive(Debug, ToSchema)]
#[expect(
    dead_code,
    clippy::struct_field_names,
    reason = "the document alone reads it, by the names of RFC 7591; the members of ClientBody are added there"
)]
pub(super) struct Client {
    client_id: String,
    /// Seconds since 1970 (RFC 7591 §3.2.1).
    client_id_issued_at: i64,
    /// Only in the one answer that made it.
    client_secret: Option<String>,
    /// 0: it does not expire. Goes with `client_secret`.
    client_secret_expires_at: Option<i64>,
    disabled: bool,
    /// Who registered it: an administrator, or the client itself (`dynamic`).
    registration: String,
    /// The secrets that are alive, by their times.
    secrets: Vec<ClientSecret>,
}

/// The times of a secret, which itself is kept as a hash only.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "the document alone reads it")]
#[serde(deny_unknown_fields)]
pub(super) struct ClientSecret {
    /// Names it, and tells nothing of it.
    id: String,
    created_at: DateTime<Utc>,
    /// null: until it is removed.
    #[schema(required)]
    expires_at: Option<DateTime<Utc>>,
}

/// Which clients.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ClientQuery {
    /// Part of the name or of the `client_id`, in any case of letters.
    #[serde(default, deserialize_with = "short")]
    #[param(max_length = 200)]
    search: Option<String>,
    /// Who registered it.
    #[param(value_type = Option<String>, pattern = "^(administrator|dynamic)$")]
    registration: Option<Registration>,
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

/// A new secret.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewSecret {
    /// For how long the secrets that there are live on, so that the app can change over. 0 if not given.
    #[serde(default)]
    #[schema(default = 0, minimum = 0, maximum = 7_776_000, example = 86400)]
    overlap_seconds: u32,
}

/// Lists clients by `client_id`.
#[utoipa::path(get, path = "/clients", tag = "Clients", params(ClientQuery),
    responses((status = 200, description = "A part of the list", body = List<Client>)))]
pub(super) async fn list(call: Call) -> Answer {
    let query: ClientQuery = call.query()?;
    let paging = reply::paging(query.limit, query.after.as_deref())?;
    let filter = ClientFilter {
        search: query.search,
        registration: query.registration,
        is_enabled: query.enabled,
    };
    let found = clients::find(call.app(), &filter, &paging).await;
    let mut page = found.map_err(Problem::of_parameters)?;
    let items = std::mem::take(&mut page.items);
    let views = items.iter().map(|client| view(&call, client, None));
    let items = views.collect::<Result<Vec<_>, Problem>>()?;
    Ok(reply::page(
        &call,
        crate::admin::Page {
            items,
            next: page.next,
        },
    ))
}

/// Registers a client; the answer has its secret, this one time.
#[utoipa::path(post, path = "/clients", tag = "Clients", request_body = ClientBody,
    responses((status = 201, description = "Registered", body = Client)))]
pub(super) async fn add(call: Call, payload: Payload) -> Answer {
    let by = call.by()?;
    let body: ClientBody = call.json(payload).await?;
    let new = NewClient {
        id: body.client_id.clone(),
        is_public: false,
        fields: body.into_fields(),
    };
    let made = clients::add(call.app(), &by, new).await?;
    registered(&call, &made)
}

/// Shows a client.
#[utoipa::path(get, path = "/clients/{client_id}", tag = "Clients",
    responses((status = 200, description = "The client", body = Client)))]
pub(super) async fn show(call: Call) -> Answer {
    call.no_query()?;
    let client = clients::show(call.app(), &call.part("client_id")?).await?;
    answer(&call, &client)
}

/// Registers a client under this id, or replaces what is registered under it: what the body leaves out gets its default. The same
/// request again changes nothing. Secrets stay as they are; a new client's is in the answer, this one time.
#[utoipa::path(put, path = "/clients/{client_id}", tag = "Clients", params(Changing), request_body = ClientBody,
    responses((status = 200, description = "Replaced", body = Client), (status = 201, description = "Registered", body = Client)))]
pub(super) async fn put(call: Call, payload: Payload) -> Answer {
    let id = call.part("client_id")?;
    let by = call.by_put(seen(&call, &id)).await?;
    let body: ClientBody = call.json(payload).await?;
    body.check_id(&id)?;
    let new = NewClient {
        id: Some(id.clone()),
        is_public: false,
        fields: body.into_fields(),
    };
    if call.conditions()?.is_creation() {
        return match clients::add(call.app(), &by, new).await {
            Ok(made) => registered(&call, &made),
            Err(AdminError::AlreadyThere { .. }) => {
                Err(Problem::precondition("there is such a client already"))
            }
            Err(error) => Err(error.into()),
        };
    }
    let (made, is_new) = clients::put(call.app(), &by, &id, new).await?;
    if is_new {
        return registered(&call, &made);
    }
    let view = view(&call, &made.client, made.secret.as_ref())?;
    reply::one(&call, &view, &tagged(&call, &made.client)?)
}

/// Changes what the body names, as a merge patch (RFC 7396): null takes a value away.
#[utoipa::path(patch, path = "/clients/{client_id}", tag = "Clients", params(Changing),
    request_body(content((ClientBody = "application/merge-patch+json"), (ClientBody = "application/json"))),
    responses((status = 200, description = "Changed", body = Client)))]
pub(super) async fn change(call: Call, payload: Payload) -> Answer {
    let id = call.part("client_id")?;
    let by = call.by_if(seen(&call, &id)).await?;
    let body: ClientBody = call.patch(payload).await?;
    body.check_id(&id)?;
    let client = clients::change(call.app(), &by, &id, body.into_changes()).await?;
    answer(&call, &client)
}

/// Removes a client, with all that was granted to it.
#[utoipa::path(delete, path = "/clients/{client_id}", tag = "Clients", params(Changing),
    responses((status = 204, description = "Removed")))]
pub(super) async fn remove(call: Call) -> Answer {
    let id = call.part("client_id")?;
    let by = call.by_if(seen(&call, &id)).await?;
    clients::remove(call.app(), &by, &id).await?;
    Ok(reply::nothing())
}

/// Ends all that the client may do, until it is enabled again.
#[utoipa::path(post, path = "/clients/{client_id}/disable", tag = "Clients", params(Changing),
    responses((status = 200, description = "Disabled", body = Client)))]
pub(super) async fn disable(call: Call) -> Answer {
    let id = call.part("client_id")?;
    let by = call.by_if(seen(&call, &id)).await?;
    let client = clients::disable(call.app(), &by, &id).await?;
    answer(&call, &client)
}

/// Lets a disabled client work again.
#[utoipa::path(post, path = "/clients/{client_id}/enable", tag = "Clients", params(Changing),
    responses((status = 200, description = "Enabled", body = Client)))]
pub(super) async fn enable(call: Call) -> Answer {
    let id = call.part("client_id")?;
    let by = call.by_if(seen(&call, &id)).await?;
    let client = clients::enable(call.app(), &by, &id).await?;
    answer(&call, &client)
}

/// Lists the secrets of a client that are alive: their times, for themselves they are not kept.
#[utoipa::path(get, path = "/clients/{client_id}/secrets", tag = "Clients",
    responses((status = 200, description = "The secrets", body = List<ClientSecret>)))]
pub(super) async fn secrets(call: Call) -> Answer {
    call.no_query()?;
    let client = clients::show(call.app(), &call.part("client_id")?).await?;
    let secrets = client.live_secrets(call.app().clock.now());
    let secrets = secrets.map(SecretView::from);
    Ok(reply::all(secrets.collect()))
}

/// Makes a new secret, which this answer shows, and no other.
#[utoipa::path(post, path = "/clients/{client_id}/secrets", tag = "Clients", params(Changing), request_body = NewSecret,
    responses((status = 201, description = "The client with its new secret", body = Client)))]
pub(super) async fn add_secret(call: Call, payload: Payload) -> Answer {
    let id = call.part("client_id")?;
    let by = call.by_if(seen(&call, &id)).await?;
    let body: NewSecret = call.json(payload).await?;
    let overlap = std::time::Duration::from_secs(body.overlap_seconds.into());
    let made = clients::add_secret(call.app(), &by, &id, overlap).await?;
    let view = view(&call, &made.client, made.secret.as_ref())?;
    let secret = made.secret_id().unwrap_or_default();
    let parts = ["clients", &id, "secrets", &secret];
    Ok(reply::created(&call, &parts, &view, None))
}

/// Ends a secret at once: for one that leaked. Not the only one that lives.
#[utoipa::path(delete, path = "/clients/{client_id}/secrets/{id}", tag = "Clients", params(Changing),
    responses((status = 204, description = "Removed")))]
pub(super) async fn remove_secret(call: Call) -> Answer {
    let (client, secret) = (call.part("client_id")?, call.part("id")?);
    let by = call.by_if(seen(&call, &client)).await?;
    clients::remove_secret(call.app(), &by, &client, &secret).await?;
    Ok(reply::nothing())
}

pub(super) fn answer(call: &Call, client: &Stored) -> Answer {
    reply::one(call, &view(call, client, None)?, &tagged(call, client)?)
}

fn registered(call: &Call, made: &ClientWithSecret) -> Answer {
    let view = view(call, &made.client, made.secret.as_ref())?;
    let parts = ["clients", made.client.id.as_str()];
    let seen = tagged(call, &made.client)?;
    Ok(reply::created(call, &parts, &view, Some(&seen)))
}

/// The client that is there now.
async fn seen(call: &Call, id: &str) -> Result<Seen, Problem> {
    tagged(call, &clients::show(call.app(), id).await?)
}

fn tagged(call: &Call, client: &Stored) -> Result<Seen, Problem> {
    Seen::new(&view(call, client, None)?, client.version)
}

fn view(
    call: &Call,
    client: &Stored,
    secret: Option<&Secret<String>>,
) -> Result<serde_json::Value, Problem> {
    let view = ClientView::new(client, secret, call.app().clock.now());
    reply::with(&view, &[("registration", json!(client.registration))])
}

impl ClientBody {
    fn check_id(&self, id: &str) -> Result<(), Problem> {
        match &self.client_id {
            Some(other) if other != id => Err(Problem::field(
                StatusCode::UNPROCESSABLE_ENTITY,
                "client_id",
                "it is not the one in the address; ids never change",
            )),
            _ => Ok(()),
        }
    }
}
