//! `sub` (OIDC Core §8): a person's id, or what stands for it in a client's sector.
//!
//! Pairwise subjects are the id under a cipher whose key is the sector's: nothing is stored, and what comes back in a hint can be
//! read. Both kinds have the form of a UUID, which no `client_id` may have (S98). `sid` goes the same way: two sectors that were
//! told the same session would know that they speak of the same person.

use uuid::Uuid;

use super::error::Error;
use crate::app::App;
use crate::model::client::{Client, SubjectType};
use crate::model::id::{SessionId, UserId};

/// What `sub` says of the person to that client, in every token and in UserInfo.
pub fn of(app: &App, client: &Client, user: UserId) -> Result<String, Error> {
    hide(app, sector(client)?, user.0)
}

/// What `sid` says of the session to that client, in ID tokens and at logout.
pub fn of_session(app: &App, client: &Client, session: SessionId) -> Result<String, Error> {
    hide(app, session_sector(client)?, session.0)
}

/// The person whom a client's `sub` means.
pub fn read(app: &App, client: &Client, sub: &str) -> Option<UserId> {
    reveal(app, sector(client).ok()?, sub).map(UserId)
}

/// The session that a client's `sid` means.
pub fn read_session(app: &App, client: &Client, sid: &str) -> Option<SessionId> {
    reveal(app, session_sector(client).ok()?, sid).map(SessionId)
}

fn hide(app: &App, sector: Option<String>, id: Uuid) -> Result<String, Error> {
    let Some(sector) = sector else {
        return Ok(id.to_string());
    };
    let hidden = app.subjects.hide(&sector, id.into_bytes());
    let hidden = hidden.ok_or_else(|| Error::server("a subject cannot be hidden", sector))?;
    Ok(Uuid::from_bytes(hidden).to_string())
}

fn reveal(app: &App, sector: Option<String>, hidden: &str) -> Option<Uuid> {
    let id = Uuid::try_parse(hidden).ok()?;
    let Some(sector) = sector else {
        return Some(id);
    };
    let revealed = app.subjects.reveal(&sector, id.into_bytes())?;
    Some(Uuid::from_bytes(revealed))
}

/// Apart from that of subjects: what is hidden as the one is not revealed as the other. No host has a blank.
fn session_sector(client: &Client) -> Result<Option<String>, Error> {
    Ok(sector(client)?.map(|sector| format!("sid {sector}")))
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
