//! The answer to a request (RFC 6749 §4.1.2, §4.2.2; OIDC Core §3.3.2.5): minted, stored once per request, sent.

use chrono::{DateTime, TimeDelta, Utc};

use super::front_channel::{self, Due, FrontChannel};
use super::request::Checked;
use super::{Answer, Reply};
use crate::app::{App, after};
use crate::crypto;
use crate::model::acr::Acr;
use crate::model::claims_request::ClaimsRequest;
use crate::model::consent::Consent;
use crate::model::event::{Event, Origin};
use crate::model::grant::Code;
use crate::model::id::GrantId;
use crate::model::scope::{OPENID, Scopes};
use crate::model::secret::Secret;
use crate::model::session::SignedIn;
use crate::oauth::error::{Error, unauthorized_client};
use crate::random;
use crate::storage::{Basis, Issue, NewIssue};

/// The prefix of authorization codes.
pub const CODE_PREFIX: &str = "placet_ac_";

/// How issuing ended.
#[derive(Debug)]
pub enum Issued {
    Answer(Box<Answer>),
    /// This request got its answer before: back button, repeated post, second tab.
    Before(Box<Reply>),
    /// What was allowed before was taken back in this very moment: the next step is another.
    Anew(Box<Checked>),
}

/// What a person allowed, now or before.
#[derive(Debug)]
pub struct Allowed {
    pub scope: Scopes,
    /// Where the person was asked just now: what is to be remembered of it, if anything is.
    pub approval: Option<(Option<Consent>, Event)>,
    /// Whether it rests on what was allowed before alone.
    pub basis: Basis,
    /// Until when what comes of it lasts, where the person set an end.
    pub until: Option<DateTime<Utc>>,
    pub origin: Origin,
}

/// Issues what the response type asks for, and keeps the approval that the person has just given.
pub async fn issue(
    app: &App,
    checked: Checked,
    signed_in: &SignedIn,
    allowed: Allowed,
) -> Result<Issued, Error> {
    let client = &checked.client;
    // Before the code: the sweep could take the client from under it.
    if client.sweep_at.is_some() && !app.store.keep_client(&client.id).await? {
        return Err(unauthorized_client(
            "the client's registration has ended unused; it has to register again",
        ));
    }
    let now = app.clock.now();
    let wanted = Wanted {
        scope: &allowed.scope,
        until: allowed.until,
        origin: allowed.origin,
    };
    let prepared = prepare(app, &checked, signed_in, wanted, now).await?;
    let issue = NewIssue {
        code: &prepared.code,
        consent: allowed
            .approval
            .as_ref()
            .map(|(consent, event)| (consent.as_ref(), event)),
        hears_of_logout: checked.client.metadata.hears_of_logout(),
    };
    let front = &prepared.front;
    let grant = front.grant.as_ref().map(|(grant, event)| (grant, event));
    match app.store.issue_answer(&issue, grant, allowed.basis).await? {
        Issue::Withdrawn => Ok(Issued::Anew(Box::new(checked))),
        Issue::Gone => Err(unauthorized_client(
            "the client, or the account, was removed in this very moment",
        )),
        Issue::AlreadyIssued => Ok(Issued::Before(Box::new(checked.reply))),
        Issue::Issued => Ok(Issued::Answer(Box::new(
            checked.reply.answer(prepared.into_params(), app.issuer()),
        ))),
    }
}

/// What is allowed, until when, and from where it was asked for.
pub(in crate::oauth) struct Wanted<'a> {
    pub scope: &'a Scopes,
    pub until: Option<DateTime<Utc>>,
    pub origin: Origin,
}

/// An answer in the making. Nothing of it is stored yet, so nothing of it is good.
pub(in crate::oauth) struct Prepared {
    pub code: Code,
    /// The code itself, where the response type brings one.
    pub value: Option<Secret<String>>,
    pub front: FrontChannel,
}

impl Prepared {
    /// The parameters in the order of sending.
    pub(in crate::oauth) fn into_params(self) -> Vec<(&'static str, String)> {
        let mut params = self.front.params;
        if let Some(value) = self.value {
            params.insert(0, ("code", value.into_inner()));
        }
        params
    }
}

/// Mints what the response type asks for, and stores nothing.
pub(in crate::oauth) async fn prepare(
    app: &App,
    checked: &Checked,
    signed_in: &SignedIn,
    wanted: Wanted<'_>,
    now: DateTime<Utc>,
) -> Result<Prepared, Error> {
    let allowed = wanted.scope;
    let value = random::token(CODE_PREFIX);
    let has_code = checked.request.response_type.has_code();
    // Claims asked for one by one may need more than what is granted as scope.
    let request = &checked.request;
    let scope = allowed.filter(|name| request.scope.contains(name));
    let claims = request.claims.as_ref().filter(|_| scope.contains(OPENID));
    let mut claims = claims.and_then(|claims| claims.within(allowed));
    let shown = Acr::of(&signed_in.session.amr);
    let told = shown.told(&request.acr_wanted);
    if told != shown {
        claims.get_or_insert_default().acr = Some(told);
    }
    let due = Due {
        signed_in,
        scope: &scope,
        claims: claims.as_ref(),
        code: has_code.then_some(value.expose()),
        until: wanted.until,
        origin: wanted.origin,
        now,
    };
    let front = front_channel::mint(app, checked, due).await?;
    let mut code = code(
        app,
        checked,
        signed_in,
        (scope, claims),
        now,
        value.expose(),
    );
    if let Some(until) = wanted.until {
        code.expires_at = code.expires_at.min(until);
        code.grant_expires_at = Some(until);
    }
    Ok(Prepared {
        code,
        value: has_code.then_some(value),
        front,
    })
}

#[expect(
    clippy::too_many_arguments,
    reason = "a row of facts, put together in one place"
)]
fn code(
    app: &App,
    checked: &Checked,
    signed_in: &SignedIn,
    (scope, claims): (Scopes, Option<ClaimsRequest>),
    now: DateTime<Utc>,
    value: &str,
) -> Code {
    let request = &checked.request;
    let expires_at = if request.response_type.has_code() {
        after(now, app.config.tokens.code_ttl)
    } else {
        // Nobody learns this code, and it is dead: its row is what keeps the request from a second answer (S62).
        now
    };
    // The row outlives the sealed request, so that the request never gives a second code, and a replay is seen.
    let request_ends_at = after(request.received_at, app.config.requests.ttl);
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
        resources: request.resources.clone(),
        nonce: request.nonce.clone(),
        claims,
        auth_time: signed_in.session.authenticated_at,
        amr: signed_in.session.amr.clone(),
        issued_at: now,
        expires_at,
        grant_expires_at: None,
        redeemed_at: None,
        sweep_at: request_ends_at.max(expires_at) + TimeDelta::minutes(1),
    }
}
