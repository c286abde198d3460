//! `sub` (OIDC Core §8): a person's id, or what stands for it in a client's sector.
//!
//! Pairwise subjects are the id under a cipher whose key is the sector's: nothing is stored, and what comes back in a hint can be
//! read. Both kinds have the form of a UUID, which no `client_id` may have (S98).

use uuid::Uuid;

use super::error::Error;
use crate::app::App;
use crate::model::client::{Client, SubjectType};
use crate::model::id::UserId;

/// What `sub` says of the person to that client, in every token and in UserInfo.
pub fn of(app: &App, client: &Client, user: UserId) -> Result<String, Error> {
    let Some(sector) = sector(client)? else {
        return Ok(user.to_string());
    };
    let hidden = app.subjects.hide(&sector, user.0.into_bytes());
    let hidden = hidden.ok_or_else(|| Error::server("a subject cannot be hidden", sector))?;
    Ok(Uuid::from_bytes(hidden).to_string())
}

/// The person whom a client's `sub` means.
pub fn read(app: &App, client: &Client, sub: &str) -> Option<UserId> {
    let id = Uuid::try_parse(sub).ok()?;
    match sector(client).ok()? {
        None => Some(UserId(id)),
        Some(sector) => {
            let revealed = app.subjects.reveal(&sector, id.into_bytes())?;
            Some(UserId(Uuid::from_bytes(revealed)))
        }
    }
}

/// The sector of a client with pairwise subjects. Registration sees to it that there is one.
fn sector(client: &Client) -> Result<Option<String>, Error> {
    if client.metadata.subject_type == SubjectType::Public {
        return Ok(None);
    }
    let sector = client.metadata.sector();
    let sector = sector.ok_or_else(|| {
        Error::server(
            "a client with pairwise subjects has no sector",
            client.id.to_string(),
        )
    })?;
    Ok(Some(sector))
}
