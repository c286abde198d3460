//! The code (RFC 6749 §4.1.2): minted, stored once per request, and put into the answer.

use chrono::{DateTime, TimeDelta, Utc};

use super::request::Checked;
use super::{Answer, Reply};
use crate::app::{App, after};
use crate::crypto;
use crate::model::consent::Consent;
use crate::model::event::Event;
use crate::model::grant::Code;
use crate::model::id::GrantId;
use crate::model::scope::{OPENID, Scopes};
use crate::model::session::SignedIn;
use crate::oauth::error::{Error, unauthorized_client};
use crate::random;
use crate::storage::{Issue, NewIssue};

/// The prefix of authorization codes.
pub const CODE_PREFIX: &str = "placet_ac_";

/// How issuing ended.
#[derive(Debug)]
pub enum Issued {
    Answer(Box<Answer>),
    /// This request got its code before: back button, repeated post, second tab.
    Before(Box<Reply>),
}

/// Issues the code for what the person allowed, and keeps the approval that the person has just given.
pub async fn issue(
    app: &App,
    checked: Checked,
    signed_in: &SignedIn,
    allowed: &Scopes,
    approval: Option<(Consent, Event)>,
) -> Result<Issued, Error> {
    let client = &checked.client;
    // Before the code: the sweep could take the client from under it.
    if client.sweep_at.is_some() && !app.store.keep_client(&client.id).await? {
        return Err(unauthorized_client(
            "the client's registration has ended unused; it has to register again",
        ));
    }
    let now = app.clock.now();
    let value = random::token(CODE_PREFIX);
    let code = code(app, &checked, signed_in, allowed, now, value.expose());
    let issue = NewIssue {
        code: &code,
        consent: approval.as_ref().map(|(consent, event)| (consent, event)),
        hears_of_logout: checked.client.metadata.hears_of_logout(),
    };
    match app.store.issue_code(&issue).await? {
        Issue::AlreadyIssued => Ok(Issued::Before(Box::new(checked.reply))),
        Issue::Issued => Ok(Issued::Answer(Box::new(
            checked.reply.with_code(value.into_inner(), app.issuer()),
        ))),
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "a row of facts, put together in one place"
)]
fn code(
    app: &App,
    checked: &Checked,
    signed_in: &SignedIn,
    allowed: &Scopes,
    now: DateTime<Utc>,
    value: &str,
) -> Code {
    let request = &checked.request;
    let expires_at = after(now, app.config.tokens.code_ttl);
    // The row outlives the sealed request, so that the request never gives a second code, and a replay is seen.
    let request_ends_at = after(request.received_at, app.config.requests.ttl);
    let scope = allowed.filter(|name| request.scope.contains(name));
    let claims = request.claims.as_ref().filter(|_| scope.contains(OPENID));
    Code {
        hash: crypto::hash_token(value),
        request_id: request.id,
        grant_id: GrantId(random::uuid()),
        client_id: request.client_id.clone(),
        user_id: signed_in.user.id,
        session_id: signed_in.session.id,
        redirect_uri: request.redirect_uri.clone(),
        is_redirect_uri_sent: request.is_redirect_uri_sent,
        code_challenge: request.code_challenge.clone(),
        scope,
        resource: request.resource.clone(),
        nonce: request.nonce.clone(),
        claims: claims.and_then(|claims| claims.within(allowed)),
        auth_time: signed_in.session.authenticated_at,
        amr: signed_in.session.amr.clone(),
        issued_at: now,
        expires_at,
        redeemed_at: None,
        sweep_at: request_ends_at.max(expires_at) + TimeDelta::minutes(1),
    }
}
