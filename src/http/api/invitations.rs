//! `/invitations`: links with which somebody makes an account.

use actix_web::web::Payload;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::call::{Call, Changing};
use super::problem::Problem;
use super::reply::{self, Answer, List};
use super::sessions::PartQuery;
use crate::admin::Page;
use crate::admin::invitations::{self, InvitationView, NewInvitation};
use crate::admin::users::Delivery;

/// An invitation that nobody has accepted yet.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "the document alone reads it")]
#[serde(deny_unknown_fields)]
pub(super) struct Invitation {
    id: Uuid,
    email: String,
    /// Proposed to the person, who may choose another.
    #[schema(required)]
    username: Option<String>,
    #[schema(required)]
    name: Option<String>,
    /// What the account will have.
    roles: Vec<String>,
    /// The language of its mail; null: the installation's (`locale`).
    #[schema(required)]
    locale: Option<String>,
    /// The link went to the address, which is proved by that.
    mailed: bool,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    /// Only in the one answer that made it, where it was not mailed.
    #[schema(nullable = false)]
    link: Option<String>,
}

/// Somebody to be invited.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewInvitationBody {
    #[schema(max_length = 254, example = "grace@example.com")]
    email: String,
    /// Proposed to the person, who may choose another.
    #[schema(max_length = 100, example = "grace")]
    username: Option<String>,
    #[schema(max_length = 200, example = "Grace Hopper")]
    name: Option<String>,
    #[serde(default)]
    roles: Vec<String>,
    /// The language of the mail: en, de, fr, es, pt, it, pl, ja, zh-Hans or ar; the installation's where it is not said.
    #[schema(example = "de")]
    locale: Option<String>,
    /// To the address; else the link is in the answer, to be handed over.
    #[serde(default)]
    #[schema(default = false)]
    mail: bool,
}

/// Lists the invitations that nobody has accepted yet by id: oldest first.
#[utoipa::path(get, path = "/invitations", tag = "Invitations", params(PartQuery),
    responses((status = 200, description = "A part of the list", body = List<Invitation>)))]
pub(super) async fn list(call: Call) -> Answer {
    let query: PartQuery = call.query()?;
    let found = invitations::find(call.app(), &query.paging()?).await;
    let page = found.map_err(Problem::of_parameters)?;
    let views = page.items.iter();
    let items = views.map(|invitation| InvitationView::new(invitation, None));
    let items = items.collect();
    let next = page.next.clone();
    Ok(reply::page(&call, Page { items, next }))
}

/// Invites somebody; an earlier invitation of that address ends.
#[utoipa::path(post, path = "/invitations", tag = "Invitations", params(Changing), request_body = NewInvitationBody,
    responses((status = 201, description = "The invitation", body = Invitation)))]
pub(super) async fn add(call: Call, payload: Payload) -> Answer {
    let by = call.by()?;
    let body: NewInvitationBody = call.json(payload).await?;
    let new = NewInvitation {
        email: body.email,
        username: body.username,
        name: body.name,
        roles: body.roles,
        locale: body.locale,
        delivery: if body.mail {
            Delivery::Mail
        } else {
            Delivery::ByHand
        },
    };
    let (invitation, link) = invitations::add(call.app(), &by, new).await?;
    let view = InvitationView::new(&invitation, link.as_ref());
    let id = invitation.id.to_string();
    Ok(reply::created(&call, &["invitations", &id], &view, None))
}

/// Withdraws an invitation: its link leads nowhere any more.
#[utoipa::path(delete, path = "/invitations/{id}", tag = "Invitations", params(Changing),
    responses((status = 204, description = "Withdrawn")))]
pub(super) async fn withdraw(call: Call) -> Answer {
    let by = call.by()?;
    invitations::withdraw(call.app(), &by, &call.part("id")?).await?;
    Ok(reply::nothing())
}
