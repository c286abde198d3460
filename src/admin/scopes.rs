//! Scopes: their names, and the words of the consent page.

use serde::Serialize;
use serde_json::json;

use super::{
    AdminError, By, Result, check_localized, check_text, clients, invalid, managed, not_found,
};
use crate::app::App;
use crate::model::event::EventKind;
use crate::model::localized::Localized;
use crate::model::managed::Kind;
use crate::model::scope::{OPENID, RESERVED_PREFIX, ScopeDefinition, Scopes, is_built_in};
use crate::storage::{Altered, Put};

const MAX_NAME: usize = 100;
const MAX_DESCRIPTION: usize = 200;

/// A scope to be added, or new words for one that there is.
#[derive(Debug, Clone, Default)]
pub struct NewScope {
    pub name: String,
    pub description: String,
    /// `None`: as it is; no, for a new one.
    pub is_required: Option<bool>,
    /// The description in other languages, all of them; `None`: as they are.
    pub descriptions: Option<Localized>,
}

/// A scope as administrators see one.
#[derive(Debug, Serialize)]
pub struct ScopeView {
    pub name: String,
    pub description: String,
    pub required: bool,
    #[serde(skip_serializing_if = "Localized::is_empty")]
    pub descriptions: Localized,
    /// Comes with every installation (OIDC Core §5.4, §11).
    pub built_in: bool,
    #[serde(skip)]
    pub version: i64,
}

/// How many still name a scope that is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct StillNamed {
    pub clients: usize,
    pub resources: usize,
}

impl From<&ScopeDefinition> for ScopeView {
    fn from(scope: &ScopeDefinition) -> Self {
        Self {
            name: scope.name.clone(),
            description: scope.description.clone(),
            required: scope.is_required,
            descriptions: scope.descriptions.clone(),
            built_in: is_built_in(&scope.name) || scope.name.starts_with(RESERVED_PREFIX),
            version: scope.version,
        }
    }
}

/// Adds a scope, or changes the words of one.
pub async fn put(app: &App, by: &By, new: NewScope) -> Result<ScopeView> {
    managed::guard(app, by, Kind::Scope, &new.name).await?;
    app.refresh().await?;
    let registry = app.registry();
    let before = registry.scopes.iter().find(|scope| scope.name == new.name);
    let scope = describe(new, before)?;
    let detail = json!({ "scope": scope.name });
    let event = by.event(app, EventKind::ScopeUpdated, detail);
    if app.store.put_scope(&scope, by.expects, &event).await? == Put::Stale {
        return Err(changed(&scope.name));
    }
    app.refresh().await?;
    // As it is stored: somebody else may have changed it in the same moment.
    let registry = app.registry();
    let stored = registry
        .scopes
        .iter()
        .find(|known| known.name == scope.name);
    Ok(ScopeView::from(stored.unwrap_or(&scope)))
}

/// A scope as it will be, checked; `before` is what there is of that name.
pub(super) fn describe(new: NewScope, before: Option<&ScopeDefinition>) -> Result<ScopeDefinition> {
    check_name(&new.name)?;
    if new.name.starts_with(RESERVED_PREFIX) {
        let fault = format!(
            "names that begin with {RESERVED_PREFIX} are this server's own; choose another"
        );
        return Err(invalid("name", fault));
    }
    check_text("description", &new.description, MAX_DESCRIPTION)?;
    let is_required = new
        .is_required
        .or_else(|| before.map(|scope| scope.is_required))
        .unwrap_or(false);
    if new.name == OPENID && !is_required {
        return Err(invalid(
            "required",
            "openid makes the request what it is and cannot be left out by the person",
        ));
    }
    let before_in_others = before.map(|scope| scope.descriptions.clone());
    let descriptions = match new.descriptions {
        Some(given) => check_localized("descriptions", &given, MAX_DESCRIPTION)?,
        None => before_in_others.unwrap_or_default(),
    };
    Ok(ScopeDefinition {
        name: new.name,
        descriptions,
        description: new.description.trim().to_owned(),
        is_required,
        version: before.map_or(1, |before| before.version + 1),
    })
}

/// Removes a scope; of a built-in one, the words that were put in place of ours. Those who still name it get nothing for it from then on.
pub async fn remove(app: &App, by: &By, name: &str) -> Result<StillNamed> {
    managed::guard(app, by, Kind::Scope, name).await?;
    let event = by.event(app, EventKind::ScopeRemoved, json!({ "scope": name }));
    let is_ours = is_built_in(name) || name.starts_with(RESERVED_PREFIX);
    match app.store.remove_scope(name, by.expects, &event).await? {
        Altered::Altered => app.refresh().await?,
        Altered::Stale => return Err(changed(name)),
        Altered::Gone if is_ours => {
            let fault = format!("{name} is built in and cannot be removed");
            return Err(invalid("name", fault));
        }
        Altered::Gone => return Err(not_found("scope", name)),
    };
    if is_ours {
        return Ok(StillNamed {
            clients: 0,
            resources: 0,
        });
    }
    let all = clients::list(app).await?;
    let clients = all
        .iter()
        .filter(|client| client.metadata.scope.contains(name));
    let registry = app.registry();
    let resources = registry.resources.values();
    Ok(StillNamed {
        clients: clients.count(),
        resources: resources
            .filter(|known| known.resource.scope.contains(name))
            .count(),
    })
}

/// The scope of that name.
pub async fn show(app: &App, name: &str) -> Result<ScopeView> {
    let all = list(app).await?;
    all.into_iter()
        .find(|scope| scope.name == name)
        .ok_or_else(|| not_found("scope", name))
}

/// Every scope, built-in ones first.
pub async fn list(app: &App) -> Result<Vec<ScopeView>> {
    app.refresh().await?;
    Ok(app.registry().scopes.iter().map(ScopeView::from).collect())
}

fn check_name(name: &str) -> Result<()> {
    let is_one = Scopes::parse(name).is_ok_and(|scopes| scopes.len() == 1 && scopes.contains(name));
    if !is_one || name.len() > MAX_NAME {
        let fault = format!(
            "{name:?} is not one scope value: 1 to {MAX_NAME} printable ASCII characters but blank, \" and \\ (RFC 6749 section 3.3)"
        );
        return Err(invalid("name", fault));
    }
    Ok(())
}

fn changed(name: &str) -> AdminError {
    AdminError::Changed {
        what: "scope",
        name: name.to_owned(),
    }
}
