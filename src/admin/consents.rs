//! What people allowed apps, and taking it back for them.

use serde_json::json;

use super::{By, Result, not_found, users};
use crate::app::App;
use crate::model::event::EventKind;
use crate::model::id::ClientId;

/// Takes back what a person allowed a client: forgets the approval, and ends its codes, grants and refresh tokens.
pub async fn withdraw(app: &App, by: &By, user: &str, client_id: &str) -> Result<()> {
    let user = users::show(app, user).await?;
    let client_id = ClientId::parse(client_id).map_err(|_| not_found("client", client_id))?;
    let mut event = by.event(
        app,
        EventKind::GrantRevoked,
        json!({ "consent": "withdrawn" }),
    );
    event.user_id = Some(user.id);
    event.client_id = Some(client_id.clone());
    if app
        .store
        .withdraw_consent(user.id, &client_id, &event)
        .await?
    {
        return Ok(());
    }
    Err(not_found("consent for", client_id.as_str()))
}
