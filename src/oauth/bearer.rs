//! Access tokens that are presented to us as a resource: read by [`access_token`], and traced to the grant, the person with their
//! claims, and the client behind them, all of them alive. One question to the database at most.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::access_token::{self, AccessClaims};
use super::error::{Error, invalid_token};
use super::subject;
use super::token::grant_of;
use crate::app::App;
use crate::model::client::Client;
use crate::storage::PersonGrant;

/// A living token with what stands behind it.
#[derive(Debug)]
pub struct VerifiedAccess {
    pub token: AccessClaims,
    pub client: Arc<Client>,
    /// The grant and its person; `None` where the client acts for itself.
    pub person: Option<PersonGrant>,
}

/// Reads a token; nothing is looked up. One that was signed with a resource's shared secret is not believed here: that resource
/// could have made it.
pub fn read(app: &App, value: &str, now: DateTime<Utc>) -> Result<AccessClaims, Error> {
    access_token::read(app, &app.registry(), value, now)
        .ok_or_else(|| invalid_token("not an access token of this server, or one that has expired"))
}

/// Finds what stands behind a token.
pub async fn find(
    app: &App,
    token: AccessClaims,
    now: DateTime<Utc>,
) -> Result<VerifiedAccess, Error> {
    let client = app.find_client(&token.client_id).await?;
    let client = client
        .filter(|client| client.is_enabled())
        .ok_or_else(|| invalid_token("the client of the access token is gone or disabled"))?;
    let person = match grant_of(app, &token.jti) {
        None if token.sub == token.client_id => None,
        // A person's token from before the secret key was changed: what became of its grant cannot be told any more.
        None => return Err(invalid_token("the grant of the access token is unknown")),
        Some(id) => {
            let found = app.store.find_person_grant(id).await?;
            let found =
                found.ok_or_else(|| invalid_token("the grant of the access token is gone"))?;
            check_alive(app, &token, &found, &client, now)?;
            Some(found)
        }
    };
    Ok(VerifiedAccess {
        token,
        client,
        person,
    })
}

fn check_alive(
    app: &App,
    token: &AccessClaims,
    found: &PersonGrant,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let is_theirs = found.grant.client_id == client.id
        && subject::read(app, client, &token.sub) == Some(found.user.id);
    if !is_theirs {
        return Err(invalid_token("the access token and its grant do not fit"));
    }
    if found.grant.revoked_at.is_some() {
        return Err(invalid_token("the grant of the access token is revoked"));
    }
    if now >= found.grant.expires_at {
        return Err(invalid_token("the grant of the access token has ended"));
    }
    if !found.user.is_enabled() {
        return Err(invalid_token(
            "the person behind the access token is disabled",
        ));
    }
    Ok(())
}
