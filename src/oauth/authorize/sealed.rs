//! A checked request sealed into a string, so that it can travel in the browser through sign-in and consent.
//!
//! Sealing is bound to nothing but the server's key: the string may be opened by any node and in any tab, and says
//! nothing about who is signed in. Opening checks everything again that may have changed meanwhile.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};

use super::request::Checked;
use super::{Reply, response};
use crate::app::{App, after};
use crate::model::client::Client;
use crate::model::request::AuthorizationRequest;
use crate::oauth::error::Error;
use crate::oauth::redirect_uri;

const CONTEXT: &[u8] = b"authorization request 1";

/// Why a sealed request cannot go on.
#[derive(Debug)]
pub enum Stale {
    /// Not sealed by us, or by another key.
    Unreadable,
    /// Open for too long; the client is known, so the person can be shown the way back to it.
    TooOld(Option<Arc<Client>>),
    /// The client, its redirect URI, or what it may be answered with, is gone meanwhile.
    ClientChanged,
    /// Storage failed.
    Failed(Error),
}

/// Seals a request.
pub fn seal(app: &App, request: &AuthorizationRequest) -> Result<String, Error> {
    let plain = serde_json::to_vec(request)
        .map_err(|error| Error::server("a request does not serialise", error))?;
    Ok(URL_SAFE_NO_PAD.encode(app.crypto.requests.seal(CONTEXT, &plain)))
}

/// Opens a sealed request and proves its way back anew.
pub async fn open(app: &App, sealed: &str, now: DateTime<Utc>) -> Result<Checked, Stale> {
    let request = read(app, sealed).ok_or(Stale::Unreadable)?;
    let client = app
        .find_client(request.client_id.as_str())
        .await
        .map_err(|error| Stale::Failed(error.into()))?;
    if now >= after(request.received_at, app.config.requests.ttl) {
        return Err(Stale::TooOld(client));
    }
    let client = client
        .filter(|client| client.is_enabled())
        .ok_or(Stale::ClientChanged)?;
    let callback = redirect_uri::verify(&client, Some(&request.redirect_uri))
        .map_err(|_| Stale::ClientChanged)?;
    if !response::is_registered(&client, request.response_type) {
        return Err(Stale::ClientChanged);
    }
    let reply = Reply {
        client_id: client.id.clone(),
        callback,
        mode: request.response_mode.clone(),
        state: request.state.clone(),
    };
    Ok(Checked {
        request,
        client,
        reply,
    })
}

/// What a sealed request says; nothing of it is proven.
pub fn read(app: &App, sealed: &str) -> Option<AuthorizationRequest> {
    let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
    let plain = app.crypto.requests.open(CONTEXT, &bytes)?;
    serde_json::from_slice(&plain).ok()
}
