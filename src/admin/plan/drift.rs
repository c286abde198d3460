//! What was changed by another road since a file was last applied.

use serde::Serialize;
use serde_json::Value;

use super::state::{self, KEPT, REFERENCES, State};
use crate::admin::Result;
use crate::app::App;
use crate::model::managed::Kind;

/// A field that is not as the file says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldDrift {
    pub field: String,
    /// Null: the file does not say it, and it has no value or its default.
    pub in_file: Value,
    pub now: Value,
}

/// How a thing differs from what the file that manages it said when it was last applied; nothing where no file does.
pub async fn drift(app: &App, kind: Kind, id: &str) -> Result<Vec<FieldDrift>> {
    let Some(managed) = app.store.find_managed(kind, id).await? else {
        return Ok(Vec::new());
    };
    let Value::Object(mut said) = managed.definition else {
        return Ok(Vec::new());
    };
    said.retain(|name, _| !REFERENCES.contains(&name.as_str()));
    let Some(mut now) = current(app, kind, id).await? else {
        return Ok(vec![FieldDrift {
            field: String::new(),
            in_file: said.into(),
            now: Value::Null,
        }]);
    };
    now.retain(|name, _| said.contains_key(name) || !KEPT.contains(&name.as_str()));
    let changes = state::compare(&said, &now, None);
    Ok(changes
        .into_iter()
        .map(|change| FieldDrift {
            field: change.field,
            in_file: change.old,
            now: change.new,
        })
        .collect())
}

async fn current(app: &App, kind: Kind, id: &str) -> Result<Option<State>> {
    Ok(match kind {
        Kind::Role => {
            let roles = app.store.registered_roles().await?;
            let found = roles.into_iter().find(|(name, _, _)| name == id);
            found.map(|(_, description, _)| state::of_role(&description))
        }
        Kind::Scope => {
            let scopes = app.store.list_scopes().await?;
            let found = scopes.iter().find(|scope| scope.name == id);
            found.map(state::of_scope)
        }
        Kind::Resource => {
            let resources = app.store.list_resources().await?;
            let found = resources.iter().find(|resource| resource.uri == id);
            found.map(state::of_resource)
        }
        Kind::Client => {
            let found = app.store.find_client(id).await?;
            found.as_ref().map(state::of_client)
        }
        Kind::User => match app.store.find_user_by_name(id).await? {
            None => None,
            Some(user) => {
                let claims = app.store.find_user_claims(user.id).await?;
                Some(state::of_user(&user, &claims.unwrap_or_default().values))
            }
        },
    })
}
