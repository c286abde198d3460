//! Lists and replacements that `admin` does not have yet.

use crate::admin::clients::{self, ClientWithSecret, NewClient};
use crate::admin::{AdminError, By, Page, Paging, Result, users};
use crate::app::App;
use crate::model::client::{Client, Registration};
use crate::model::user::User;

pub(super) struct ClientFilter {
    pub search: Option<String>,
    pub registration: Option<Registration>,
    pub is_enabled: Option<bool>,
}

pub(super) async fn find_clients(
    app: &App,
    filter: &ClientFilter,
    paging: &Paging,
) -> Result<Page<Client>> {
    let mut all = clients::list(app).await?;
    all.retain(|client| {
        filter.search.as_ref().is_none_or(|text| {
            client.metadata.client_name.contains(text) || client.id.as_str().contains(text)
        }) && filter.registration.is_none_or(|r| r == client.registration)
            && filter.is_enabled.is_none_or(|is| is == client.is_enabled())
            && paging
                .after
                .as_ref()
                .is_none_or(|after| client.id.as_str() > after.as_str())
    });
    Ok(Page::cut(all, paging.limit()?, |client| {
        client.id.to_string()
    }))
}

pub(super) async fn put_client(
    app: &App,
    by: &By,
    id: &str,
    new: NewClient,
) -> Result<(ClientWithSecret, bool)> {
    match clients::show(app, id).await {
        Ok(_) => {
            let client = clients::change(app, by, id, new.fields).await?;
            let made = ClientWithSecret {
                client,
                secret: None,
            };
            Ok((made, false))
        }
        Err(AdminError::NotFound { .. }) => Ok((clients::add(app, by, new).await?, true)),
        Err(error) => Err(error),
    }
}

pub(super) struct UserFilter {
    pub search: Option<String>,
    pub role: Option<String>,
    pub is_enabled: Option<bool>,
}

pub(super) async fn find_users(
    app: &App,
    filter: &UserFilter,
    paging: &Paging,
) -> Result<Page<User>> {
    let mut all = users::list(app).await?;
    all.retain(|user| {
        filter
            .search
            .as_ref()
            .is_none_or(|text| user.username.contains(text))
            && filter
                .role
                .as_ref()
                .is_none_or(|role| user.roles.contains(role))
            && filter.is_enabled.is_none_or(|is| is == user.is_enabled())
            && paging
                .after
                .as_ref()
                .is_none_or(|after| user.id.to_string() > *after)
    });
    Ok(Page::cut(all, paging.limit()?, |user| user.id.to_string()))
}
