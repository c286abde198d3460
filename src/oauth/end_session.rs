//! Logout that an app asks for (OIDC RP-Initiated Logout 1.0):
//! 1. [`check`]: raw parameters → a checked request, or an error that goes to the person; nothing has ended then
//! 2. [`next_step`]: sign out at once, ask the person first, or nothing to end; a pure decision
//!
//! | # | check | source |
//! |---|---|---|
//! | 1 | no parameter sent twice | RFC 6749 §3.1 |
//! | 2 | `id_token_hint` an ID token of ours for a registered client, else as if there were none | §2 |
//! | 3 | `client_id` known, and the one that the hint was issued to | §2 |
//! | 4 | `post_logout_redirect_uri` one of the client's, character by character, if a client is known | §3 |
//!
//! Without a believed hint anyone may have made the request, so the person is asked (S158), and an address of a client that nobody
//! named is not followed (S157).

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::error::{Error, invalid_request};
use super::id_token_hint;
use super::params::Params;
use super::redirect_uri::{self, PostLogoutCallback};
use super::subject;
use crate::app::{App, after};
use crate::model::client::{Client, Registration};
use crate::model::id::{ClientId, SessionId, UserId};
use crate::model::session::Session;
use crate::texts::Language;

const CONTEXT: &[u8] = b"logout request 1";
const SINGLE: [&str; 6] = [
    "id_token_hint",
    "logout_hint",
    "client_id",
    "post_logout_redirect_uri",
    "state",
    "ui_locales",
];
/// State comes back unchanged, so it is refused rather than cut.
const MAX_STATE: usize = 4096;

/// A request that passed every check. It travels sealed while the person is asked; the address in it is verified anew then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogoutRequest {
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    client_id: Option<ClientId>,
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    hint: Option<Hinted>,
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    post_logout_redirect_uri: Option<String>,
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    /// The best of `ui_locales` (§2).
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    #[serde(rename = "w")]
    received_at: DateTime<Utc>,
}

/// Whom a believed hint names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Hinted {
    #[serde(rename = "u")]
    user_id: UserId,
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    session_id: Option<SessionId>,
}

/// A checked request with what was proven on the way.
#[derive(Debug, Clone)]
pub struct Checked {
    pub request: LogoutRequest,
    /// Who asks, as far as the request says.
    pub client: Option<Arc<Client>>,
    callback: Option<PostLogoutCallback>,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The hint names the person and the session: sign out.
    SignOut,
    /// Anyone may have sent the browser here: ask the person.
    Ask,
    /// Nobody is signed in.
    Done,
}

/// Where the browser goes once nobody is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Return {
    /// The verified address, with `state`.
    pub href: String,
    pub shown_host: String,
}

/// The language that the request asks to be answered in (§2), be it a good one or not.
pub fn language(params: &Params) -> Option<Language> {
    Language::best(params.get("ui_locales")?.split(' '))
}

/// Runs the list. `now` is when the request arrived.
pub async fn check(app: &App, params: &Params, now: DateTime<Utc>) -> Result<Checked, Error> {
    if let Some(name) = params.repeated(&SINGLE) {
        return Err(invalid_request(format!("{name} was sent more than once")));
    }
    let state = params.get("state");
    if state.is_some_and(|state| state.len() > MAX_STATE) {
        return Err(invalid_request("state is longer than 4096 bytes"));
    }
    let named = match params.get("client_id") {
        Some(id) => Some(
            find_client(app, id)
                .await?
                .ok_or_else(|| invalid_request("client_id names no registered client"))?,
        ),
        None => None,
    };
    let hinted = match params.get("id_token_hint") {
        Some(hint) => read_hint(app, hint, now).await?,
        None => None,
    };
    let (client, hint) = match (named, hinted) {
        (Some(named), Some((client, _))) if named.id != client.id => {
            return Err(invalid_request(
                "id_token_hint was issued to another client than client_id",
            ));
        }
        (_, Some((client, hint))) => (Some(client), Some(hint)),
        (named, None) => (named, None),
    };
    let callback = match (&client, params.get("post_logout_redirect_uri")) {
        (Some(client), Some(sent)) => Some(redirect_uri::verify_post_logout(client, sent).ok_or_else(|| {
            invalid_request("post_logout_redirect_uri is not one that the client registered; they are compared character by character")
        })?),
        // Of no use without a client, and no reason to leave the person signed in.
        _ => None,
    };
    let request = LogoutRequest {
        client_id: client.as_ref().map(|client| client.id.clone()),
        hint,
        post_logout_redirect_uri: callback.as_ref().map(|callback| callback.with_state(None)),
        state: state.map(ToOwned::to_owned),
        language: language(params),
        received_at: now,
    };
    Ok(Checked {
        request,
        client,
        callback,
    })
}

async fn find_client(app: &App, id: &str) -> Result<Option<Arc<Client>>, Error> {
    let client = app.find_client(id).await?;
    Ok(client.filter(|client| client.is_enabled()))
}

/// The client that the hint was issued to, and whom it names; `None` for what is not believed.
async fn read_hint(
    app: &App,
    hint: &str,
    now: DateTime<Utc>,
) -> Result<Option<(Arc<Client>, Hinted)>, Error> {
    let claims = match id_token_hint::read(app, &app.registry(), None, hint, now) {
        Ok(claims) => claims,
        Err(error) => {
            tracing::info!(%error, "an id_token_hint is not believed");
            return Ok(None);
        }
    };
    let Some(client) = find_client(app, &claims.aud).await? else {
        return Ok(None);
    };
    let user_id = subject::read(app, &client, &claims.sub);
    let Some(user_id) = user_id else {
        return Ok(None);
    };
    // One that means no session must not pass for a hint at any.
    let session_id = match claims.sid {
        None => None,
        Some(sid) => match subject::read_session(app, &client, &sid) {
            Some(id) => Some(id),
            None => return Ok(None),
        },
    };
    let hint = Hinted {
        user_id,
        session_id,
    };
    Ok(Some((client, hint)))
}

/// Decides. `session` is the browser's.
pub fn next_step(request: &LogoutRequest, session: Option<&Session>) -> Step {
    let Some(session) = session else {
        return Step::Done;
    };
    let names = |hint: Hinted| {
        hint.user_id == session.user_id && hint.session_id.is_none_or(|id| id == session.id)
    };
    if request.hint.is_some_and(names) {
        Step::SignOut
    } else {
        Step::Ask
    }
}

impl Checked {
    /// Where the browser may go on to.
    pub fn way_back(&self) -> Option<Return> {
        let callback = self.callback.as_ref()?;
        Some(Return {
            href: callback.with_state(self.request.state.as_deref()),
            shown_host: callback.shown_host(),
        })
    }

    /// Whether it may go there by itself although the person was not asked. §3 wants another proof where there is no hint: an
    /// administrator looked at the client, or else a press of a button.
    pub fn may_return_unasked(&self) -> bool {
        let is_known = |client: &Arc<Client>| client.registration == Registration::Administrator;
        self.request.hint.is_some() || self.client.as_ref().is_some_and(is_known)
    }
}

/// Seals a request, so that it can go through the browser.
pub fn seal(app: &App, request: &LogoutRequest) -> Result<String, Error> {
    let plain = serde_json::to_vec(request)
        .map_err(|error| Error::server("a logout request does not serialise", error))?;
    Ok(URL_SAFE_NO_PAD.encode(app.crypto.requests.seal(CONTEXT, &plain)))
}

/// Opens a sealed request and proves its way back anew. `None` if it is not ours, too old, or if its client changed.
pub async fn open(app: &App, sealed: &str, now: DateTime<Utc>) -> Result<Option<Checked>, Error> {
    let request = URL_SAFE_NO_PAD
        .decode(sealed)
        .ok()
        .and_then(|bytes| app.crypto.requests.open(CONTEXT, &bytes))
        .and_then(|plain| serde_json::from_slice::<LogoutRequest>(&plain).ok())
        .filter(|request| now < after(request.received_at, app.config.requests.ttl));
    let Some(request) = request else {
        return Ok(None);
    };
    let client = match &request.client_id {
        Some(id) => match find_client(app, id.as_str()).await? {
            Some(client) => Some(client),
            None => return Ok(None),
        },
        None => None,
    };
    let callback = match (&client, &request.post_logout_redirect_uri) {
        (Some(client), Some(uri)) => match redirect_uri::verify_post_logout(client, uri) {
            Some(callback) => Some(callback),
            None => return Ok(None),
        },
        _ => None,
    };
    Ok(Some(Checked {
        request,
        client,
        callback,
    }))
}
