//! The names of people whom a list knows by id.

use std::collections::HashMap;

use super::guard::{Admin, Stop};
use super::pieces::Cell;
use crate::admin::{AdminError, users};
use crate::model::id::UserId;

/// Names by id.
#[derive(Default)]
pub(crate) struct Names(HashMap<UserId, String>);

impl Names {
    /// Of those that are still there.
    pub(crate) async fn of(admin: &Admin, ids: impl Iterator<Item = UserId>) -> Result<Self, Stop> {
        let mut ids: Vec<UserId> = ids.collect();
        ids.sort_unstable();
        ids.dedup();
        let mut names = HashMap::new();
        for id in ids {
            match users::show(admin.app(), &id.to_string()).await {
                Ok(user) => _ = names.insert(id, user.username),
                Err(AdminError::NotFound { .. }) => {}
                Err(error) => return Err(admin.failed(error)),
            }
        }
        Ok(Self(names))
    }

    /// The way to their page, or that they are gone.
    pub(crate) fn cell(&self, admin: &Admin, id: UserId) -> Cell {
        match self.0.get(&id) {
            Some(name) => Cell::link(name, admin.at(&["users", &id.to_string()])),
            None => Cell::muted("somebody who was removed"),
        }
    }
}

/// The person that a search names: by username, e-mail address or id. `Err`: there is none.
pub(crate) async fn wanted(
    admin: &Admin,
    name: Option<&str>,
) -> Result<Result<Option<UserId>, String>, Stop> {
    let Some(name) = name else {
        return Ok(Ok(None));
    };
    match users::show(admin.app(), name).await {
        Ok(user) => Ok(Ok(Some(user.id))),
        Err(AdminError::NotFound { .. }) => Ok(Err(format!(
            "There is nobody with the username or e-mail address \u{201c}{name}\u{201d}."
        ))),
        Err(error) => Err(admin.failed(error)),
    }
}
