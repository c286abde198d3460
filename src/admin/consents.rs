//! What people allowed apps, and taking it back for them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use uuid::Uuid;

use super::paging::bad_cursor;
use super::{By, Page, Paging, Result, not_found, users};
use crate::app::App;
pub use crate::model::consent::ConsentView;
use crate::model::event::EventKind;
use crate::model::id::{ClientId, UserId};
pub use crate::storage::ConsentFilter;
use crate::storage::ConsentPlace;

/// The approvals that are looked for, by person, client and resources.
pub async fn find(app: &App, filter: &ConsentFilter, paging: &Paging) -> Result<Page<ConsentView>> {
    let (after, limit) = (place(paging)?, paging.limit()?);
    let now = app.clock.now();
    let found = app
        .store
        .find_consents(filter, now, &after, limit + 1)
        .await?;
    Ok(Page::cut(found, limit, cursor))
}

fn cursor(consent: &ConsentView) -> String {
    let resources = consent.resources.to_string();
    let place = json!([consent.user_id, consent.client_id, resources]);
    URL_SAFE_NO_PAD.encode(place.to_string())
}

/// Where the part before ended; before everything if there was none (S170).
fn place(paging: &Paging) -> Result<ConsentPlace> {
    let start = || (Uuid::nil(), String::new(), String::new());
    let parsed = paging.after.as_ref().map_or_else(
        || Some(start()),
        |after| {
            let bytes = URL_SAFE_NO_PAD.decode(after).ok()?;
            let (user, client, resources) = serde_json::from_slice(&bytes).ok()?;
            let place: (Uuid, String, String) = (user, client, resources);
            // What no row holds; Postgres takes no NUL either.
            let is_good = ClientId::parse(&place.1).is_ok()
                && place.2.chars().all(|c| c == ' ' || c.is_ascii_graphic());
            is_good.then_some(place)
        },
    );
    let (user, client, resources) = parsed.ok_or_else(bad_cursor)?;
    Ok(ConsentPlace {
        user: UserId(user),
        client,
        resources,
    })
}

/// Takes back what a person allowed a client: forgets the approval, and ends its codes, grants and refresh tokens.
pub async fn withdraw(app: &App, by: &By, user: &str, client_id: &str) -> Result<()> {
    let user = users::show(app, user).await?;
    let client_id = ClientId::parse(client_id).map_err(|_| not_found("client", client_id))?;
    let mut event = by.event(app, EventKind::ConsentWithdrawn, json!({}));
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
