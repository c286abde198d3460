//! What a file manages is changed in the file; by another road only by someone who says that they mean it.

use super::{AdminError, By, Result};
use crate::app::App;
pub use crate::model::managed::{Kind, Managed};

/// What manages that thing, if anything does.
pub async fn of(app: &App, kind: Kind, id: &str) -> Result<Option<Managed>> {
    Ok(app.store.find_managed(kind, id).await?)
}

/// Everything that files manage.
pub async fn list(app: &App) -> Result<Vec<Managed>> {
    Ok(app.store.list_managed().await?)
}

/// Refuses a change to what a file manages, unless `by` overrides.
pub async fn guard(app: &App, by: &By, kind: Kind, id: &str) -> Result<()> {
    if by.overrides {
        return Ok(());
    }
    match of(app, kind, id).await? {
        None => Ok(()),
        Some(managed) => Err(AdminError::Managed {
            what: kind.as_str(),
            name: id.to_owned(),
            source_name: managed.source,
        }),
    }
}
