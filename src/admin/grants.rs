//! What apps hold of people, and ending it.

use serde_json::json;
use uuid::Uuid;

use super::paging::before;
use super::{By, Page, Paging, Result, not_found};
use crate::app::App;
use crate::model::event::EventKind;
pub use crate::model::grant::GrantView;
use crate::model::id::GrantId;
pub use crate::storage::GrantFilter;

/// The live grants that are looked for, by id.
pub async fn find(app: &App, filter: &GrantFilter, paging: &Paging) -> Result<Page<GrantView>> {
    let (after, limit) = (paging.after_id()?, paging.limit()?);
    let now = app.clock.now();
    let found = app.store.find_grants(filter, now, after, limit + 1);
    Ok(Page::cut(found.await?, limit, |grant| grant.id.to_string()))
}

/// That live grant.
pub async fn show(app: &App, id: &str) -> Result<GrantView> {
    let gone = || not_found("grant", id);
    let uuid = Uuid::try_parse(id).map_err(|_| gone())?;
    let (filter, now) = (GrantFilter::default(), app.clock.now());
    let found = app.store.find_grants(&filter, now, before(uuid), 1).await?;
    let found = found.into_iter().next();
    found.filter(|grant| grant.id.0 == uuid).ok_or_else(gone)
}

/// Ends a grant with its refresh token, and its access tokens wherever somebody asks about them (S59).
pub async fn revoke(app: &App, by: &By, id: GrantId) -> Result<()> {
    let gone = || not_found("grant", &id.to_string());
    let (grant, _) = app.store.find_grant(id).await?.ok_or_else(gone)?;
    let mut event = by.event(app, EventKind::GrantRevoked, json!({ "grant_id": id }));
    event.user_id = Some(grant.user_id);
    event.client_id = Some(grant.client_id);
    if app.store.revoke_grant(id, &event).await? {
        return Ok(());
    }
    Err(gone())
}
