//! Refresh tokens that are asked about or revoked, rather than used: whose they are and whether they are good. Nothing moves.

use chrono::{DateTime, Utc};
use oauth2_types::requests::GrantType;

use super::refresh_value;
use crate::app::App;
use crate::crypto;
use crate::model::client::Client;
use crate::model::id::GrantId;
use crate::storage::{RefreshGrant, Result};

/// A value with the form of a refresh token, and the grant that it names.
#[derive(Debug)]
pub(in crate::oauth) struct RefreshTokenState {
    pub grant_id: GrantId,
    pub found: Option<RefreshGrant>,
    /// It is the grant's one live token.
    is_newest: bool,
    /// This server made it, at some time.
    is_ours: bool,
}

/// Looks a refresh token up; `None` where the value has not the form of one.
pub(in crate::oauth) async fn read(app: &App, value: &str) -> Result<Option<RefreshTokenState>> {
    let Some(presented) = refresh_value::parse(app, value) else {
        return Ok(None);
    };
    let found = app.store.find_refresh_grant(presented.grant_id).await?;
    let hash = crypto::hash_token(value);
    let is_newest = found
        .as_ref()
        .is_some_and(|found| crypto::equal(found.refresh.hash.as_bytes(), hash.as_bytes()));
    Ok(Some(RefreshTokenState {
        grant_id: presented.grant_id,
        found,
        is_newest,
        is_ours: presented.is_ours,
    }))
}

impl RefreshTokenState {
    /// Whether the token endpoint would take it from that client now.
    pub(in crate::oauth) fn is_good_for(&self, client: &Client, now: DateTime<Utc>) -> bool {
        self.is_newest
            && self.is_alive_for(client, now)
            && client.metadata.may_use(&GrantType::RefreshToken)
            && self
                .found
                .as_ref()
                .is_some_and(|found| found.user.is_enabled() && now < found.refresh.idle_expires_at)
    }

    /// Whether it is of a family that lives, and that is that client's; an older token of the family too.
    pub(in crate::oauth) fn is_alive_for(&self, client: &Client, now: DateTime<Utc>) -> bool {
        let Some(found) = &self.found else {
            return false;
        };
        (self.is_newest || self.is_ours)
            && found.grant.client_id == client.id
            && found.grant.revoked_at.is_none()
            && now < found.grant.expires_at
    }
}
