//! Roles: what people are called by, so that resources can tell them apart.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::json;

use super::{AdminError, By, Result, check_text, invalid, managed, not_found};
use crate::app::App;
use crate::model::event::EventKind;
use crate::model::managed::Kind;
use crate::model::role::Role;
use crate::model::user::{ADMIN_ROLE, check_role};
use crate::storage::{Put, RoleRemoval};

const MAX_DESCRIPTION: usize = 200;
const ADMIN_DESCRIPTION: &str = "administers this installation: console, admin API";

/// A role as administrators see one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoleView {
    pub name: String,
    pub description: String,
    /// Comes with every installation.
    pub built_in: bool,
    /// How many people have it.
    pub users: i64,
    #[serde(skip)]
    pub version: i64,
}

impl From<Role> for RoleView {
    fn from(role: Role) -> Self {
        Self {
            built_in: role.name == ADMIN_ROLE,
            name: role.name,
            description: role.description,
            users: role.users,
            version: role.version,
        }
    }
}

/// Every role, the built-in one first, the others by name.
pub async fn list(app: &App) -> Result<Vec<RoleView>> {
    let mut stored = app.store.list_roles().await?;
    let users = stored
        .extract_if(.., |role| role.name == ADMIN_ROLE)
        .map(|role| role.users)
        .sum();
    let built_in = RoleView {
        name: ADMIN_ROLE.to_owned(),
        description: ADMIN_DESCRIPTION.to_owned(),
        built_in: true,
        users,
        version: 0,
    };
    let others = stored.into_iter().map(RoleView::from);
    Ok(std::iter::once(built_in).chain(others).collect())
}

/// The role of that name.
pub async fn show(app: &App, name: &str) -> Result<RoleView> {
    let all = list(app).await?;
    all.into_iter()
        .find(|role| role.name == name)
        .ok_or_else(|| not_found("role", name))
}

/// Adds a role, or changes the words of one; true: it is new.
pub async fn put(app: &App, by: &By, name: &str, description: &str) -> Result<(RoleView, bool)> {
    check_role(name).map_err(|fault| invalid("name", format!("{name:?}: {fault}")))?;
    if name == ADMIN_ROLE {
        let fault = format!("{name} is built in and cannot be changed");
        return Err(invalid("name", fault));
    }
    let description = description.trim();
    // One that came with a user has none, and may stay so.
    if !description.is_empty() {
        check_text("description", description, MAX_DESCRIPTION)?;
    }
    managed::guard(app, by, Kind::Role, name).await?;
    let event = by.event(app, EventKind::RoleUpdated, json!({ "role": name }));
    let put = app
        .store
        .put_role(name, description, by.expects, &event)
        .await?;
    if put == Put::Stale {
        return Err(changed(name));
    }
    Ok((show(app, name).await?, put == Put::Added))
}

/// Removes a role that nobody has and no resource names.
pub async fn remove(app: &App, by: &By, name: &str) -> Result<()> {
    if name == ADMIN_ROLE {
        let fault = format!("{name} is built in and cannot be removed");
        return Err(invalid("name", fault));
    }
    managed::guard(app, by, Kind::Role, name).await?;
    let event = by.event(app, EventKind::RoleRemoved, json!({ "role": name }));
    let in_use = |mend: &'static str| AdminError::InUse {
        what: "role",
        name: name.to_owned(),
        mend: mend.into(),
    };
    match app.store.remove_role(name, by.expects, &event).await? {
        RoleRemoval::Removed => Ok(()),
        RoleRemoval::Gone => Err(not_found("role", name)),
        RoleRemoval::Stale => Err(changed(name)),
        RoleRemoval::HeldByUser => Err(in_use("somebody has it; take it from them first")),
        RoleRemoval::NamedByResource => Err(in_use(
            "a resource reserves a scope to it; change that first: placet resource update URI --scope-role …",
        )),
    }
}

/// The names of all roles.
pub(super) async fn names(app: &App) -> Result<BTreeSet<String>> {
    let all = list(app).await?;
    Ok(all.into_iter().map(|role| role.name).collect())
}

/// Of a role that the settings name and that is not there: nobody can have it, so nothing comes of the setting.
pub async fn missing_of_settings(app: &App) -> Result<Option<String>> {
    let wanted = &app.config.second_factor.required_for_roles;
    if wanted.is_empty() {
        return Ok(None);
    }
    let there = names(app).await?;
    let missing = wanted.iter().filter(|name| !there.contains(*name));
    let missing: Vec<String> = missing.map(|name| format!("{name:?}")).collect();
    Ok((!missing.is_empty()).then(|| {
        format!(
            "second_factor.required_for_roles: there is no role {}, so nobody needs a second factor for it; `placet role list` shows those that there are",
            missing.join(" and no role ")
        )
    }))
}

fn changed(name: &str) -> AdminError {
    AdminError::Changed {
        what: "role",
        name: name.to_owned(),
    }
}
