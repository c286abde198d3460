//! Invitations: links with which somebody whom an administrator named makes an account.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::users::{Delivery, MAX_NAME, check_delivery, check_locale, check_roles};
use super::{By, Page, Paging, Result, already_there, check_text, invalid, not_found};
use crate::app::App;
use crate::identity::sign_up;
use crate::model::event::EventKind;
use crate::model::invitation::{Invitation, Terms};
use crate::model::secret::Secret;
use crate::model::user::{check_email, check_username};

/// Somebody to be invited.
#[derive(Debug, Clone)]
pub struct NewInvitation {
    pub email: String,
    /// Proposed to them.
    pub username: Option<String>,
    /// Proposed too.
    pub name: Option<String>,
    pub roles: Vec<String>,
    /// The language of the mail, one of ours (BCP 47).
    pub locale: Option<String>,
    pub delivery: Delivery,
}

/// An invitation as administrators see one.
#[derive(Debug, Serialize)]
pub struct InvitationView<'a> {
    id: Uuid,
    email: &'a str,
    username: Option<&'a str>,
    name: Option<&'a str>,
    roles: &'a [String],
    locale: Option<&'a str>,
    mailed: bool,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<&'a str>,
}

impl<'a> InvitationView<'a> {
    /// As stored; `link` only where it was just made, to be handed over.
    pub fn new(invitation: &'a Invitation, link: Option<&'a Secret<String>>) -> Self {
        let terms = &invitation.terms;
        Self {
            id: invitation.id,
            email: &invitation.email,
            username: terms.username.as_deref(),
            name: terms.name.as_deref(),
            roles: &terms.roles,
            locale: terms.locale.as_deref(),
            mailed: terms.is_mailed,
            created_at: invitation.created_at,
            expires_at: invitation.expires_at,
            link: link.map(|link| link.expose().as_str()),
        }
    }
}

/// Invites somebody: an earlier invitation of that address ends. A link that is not mailed can be read this once (S171).
pub async fn add(
    app: &App,
    by: &By,
    new: NewInvitation,
) -> Result<(Invitation, Option<Secret<String>>)> {
    if !app.config.sign_up.is_by_invitation() {
        let fault = "is off, so nobody can accept an invitation; set it to invitation or open";
        return Err(invalid("sign_up.mode", fault));
    }
    check_email(&new.email).map_err(|fault| invalid("email", fault))?;
    check_delivery(app, new.delivery)?;
    let username = new.username.filter(|username| !username.is_empty());
    if let Some(username) = &username {
        check_username(username).map_err(|fault| invalid("username", fault))?;
        if app.store.find_user_by_name(username).await?.is_some() {
            return Err(already_there("user", username));
        }
    }
    let name = new.name.filter(|name| !name.is_empty());
    if let Some(name) = &name {
        check_text("name", name, MAX_NAME)?;
    }
    let terms = Terms {
        username,
        name,
        roles: check_roles(&new.roles)?,
        locale: check_locale(new.locale.as_deref().unwrap_or_default())?,
        is_mailed: new.delivery == Delivery::Mail,
    };
    if app.store.find_user_by_name(&new.email).await?.is_some() {
        return Err(already_there("user with the e-mail address", &new.email));
    }
    let event = by.event(app, EventKind::InvitationMade, json!({}));
    let made = sign_up::invite(app, &new.email, &terms, new.delivery, event).await?;
    Ok((Invitation::from(&made.0), made.1))
}

/// The invitations that are still good, by id: oldest first.
pub async fn find(app: &App, paging: &Paging) -> Result<Page<Invitation>> {
    let (after, limit) = (paging.after_id()?, paging.limit()?);
    let now = app.clock.now();
    let found = app.store.find_invitations(now, after, limit + 1).await?;
    let all = found.iter().map(Invitation::from).collect();
    Ok(Page::cut(all, limit, |invitation: &Invitation| {
        invitation.id.to_string()
    }))
}

/// That invitation, while it is good.
pub async fn show(app: &App, id: &str) -> Result<Invitation> {
    let gone = || not_found("invitation", id);
    let uuid = Uuid::try_parse(id).map_err(|_| gone())?;
    let (now, after) = (app.clock.now(), super::paging::before(uuid));
    let found = app.store.find_invitations(now, after, 1).await?;
    let found = found.iter().map(Invitation::from).next();
    found
        .filter(|invitation| invitation.id == uuid)
        .ok_or_else(gone)
}

/// Ends an invitation: its link leads nowhere any more.
pub async fn withdraw(app: &App, by: &By, id: &str) -> Result<()> {
    let gone = || not_found("invitation", id);
    let uuid = Uuid::try_parse(id).map_err(|_| gone())?;
    let event = by.event(app, EventKind::InvitationWithdrawn, json!({ "id": uuid }));
    let found = app.store.withdraw_invitation(uuid, &event).await?;
    found.then_some(()).ok_or_else(gone)
}
