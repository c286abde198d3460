//! Refused requests, remembered for whoever has to find out why (`/admin/errors`, `placet explain`). Nothing is written here: they wait in
//! memory for a job. A request that is not refused pays for a reference to its body, and no more.

mod kept;

use actix_web::web::{Bytes, Data};
use actix_web::{HttpMessage as _, HttpRequest};

use super::web::Web;
use super::{headers, place};
use crate::model::id::{ClientId, UserId};
use crate::model::refusal::{MAX_VALUE, Refusal, looks_secret, tame, without_users};
use crate::oauth::authorize::sealed;

/// The endpoints whose refusals are remembered, by their names in figures and log.
const ENDPOINTS: [&str; 18] = [
    "authorize",
    "token",
    "introspect",
    "revoke",
    "userinfo",
    "register",
    "login",
    "login_verify",
    "login_passkey",
    "login_upstream",
    "logout",
    "consent",
    "choose_account",
    "setup",
    "forgot",
    "reset",
    "sign_up",
    "account",
];
/// No client_id of ours is longer, and a stranger's is cut.
const MAX_ID: usize = 255;
const MAX_USER_AGENT: usize = 300;

/// A body that was read, as it came.
struct Body(Bytes);

/// Who was found to be signed in.
struct SignedInUser(UserId);

/// Why a request is refused.
#[derive(Debug, Clone, Copy)]
pub(super) struct Refused<'a> {
    /// On the wire.
    pub code: &'a str,
    pub reason: &'a str,
    pub status: u16,
    /// Where it is known better than the request says.
    pub client_id: Option<&'a ClientId>,
}

/// Keeps hold of a body, should its request be refused.
pub(super) fn note_body(request: &HttpRequest, body: &Bytes) {
    request.extensions_mut().insert(Body(body.clone()));
}

/// Keeps in mind who is signed in, should the request be refused.
pub(super) fn note_user(request: &HttpRequest, user: UserId) {
    request.extensions_mut().insert(SignedInUser(user));
}

/// Where an administrator reads what was wrong (`error_uri`, RFC 6749 §5.2, §4.1.2.1); `None` where nothing is remembered.
pub(super) fn error_uri(request: &HttpRequest) -> Option<String> {
    let web = request.app_data::<Data<Web>>()?;
    if !web.app.remembers_refusals() {
        return None;
    }
    let issuer = web.app.issuer().trim_end_matches('/');
    Some(format!(
        "{issuer}/admin/errors/{}",
        place::of(request).request_id
    ))
}

/// Remembers a refused request, within bounds.
pub(super) fn remember(request: &HttpRequest, refused: Refused<'_>) {
    let Some(web) = request.app_data::<Data<Web>>() else {
        return;
    };
    let endpoint = headers::endpoint_name(request.path(), &web.base);
    if !ENDPOINTS.contains(&endpoint) {
        return;
    }
    let place = place::of(request);
    let range = place.range();
    web.app.remember_refusal(range.as_deref(), || {
        let sent = kept::of(request, |value| sealed::read(&web.app, value));
        let named = refused.client_id.map(|id| id.as_str().to_owned());
        let extensions = request.extensions();
        Refusal {
            id: place.request_id,
            at: web.app.clock.now(),
            endpoint: endpoint.to_owned(),
            client_id: named
                .or(sent.client_id)
                .filter(|id| !looks_secret(id))
                .map(|id| tame(&id, MAX_ID)),
            user_id: extensions.get::<SignedInUser>().map(|user| user.0),
            status: refused.status,
            code: refused.code.to_owned(),
            reason: reason(refused.reason),
            params: sent.params,
            address: place.address.map(|address| address.to_string()),
            user_agent: place
                .user_agent
                .filter(|agent| !looks_secret(agent))
                .map(|agent| tame(&agent, MAX_USER_AGENT)),
        }
    });
}

/// Reasons say again what was sent, such as the name of a scope: not where that is a secret in the wrong place.
fn reason(reason: &str) -> String {
    if looks_secret(reason) {
        return "(not kept: what was sent looks like a secret in the wrong place)".to_owned();
    }
    tame(&without_users(reason), MAX_VALUE)
}
