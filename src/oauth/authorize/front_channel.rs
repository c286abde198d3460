//! Tokens in the authorization response itself: the implicit and hybrid flows (RFC 6749 §4.2, OIDC Core §3.2, §3.3). Legacy.
//!
//! The access token has a grant of its own, without a refresh token, so that it is known, ended with its session, and revoked like any other.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value};

use super::request::Checked;
use crate::app::App;
use crate::model::claims_request::ClaimsRequest;
use crate::model::event::{Actor, Event, EventKind, Origin};
use crate::model::grant::Grant;
use crate::model::id::GrantId;
use crate::model::scope::Scopes;
use crate::model::session::SignedIn;
use crate::oauth::error::{Error, access_denied};
use crate::oauth::token::mint::{self, PersonGrant, access};
use crate::oauth::{claims, subject};
use crate::random;

/// What goes into the answer beside the code, and what has to be stored with it.
#[derive(Default)]
pub(in crate::oauth) struct FrontChannel {
    /// Parameters in the order of sending.
    pub params: Vec<(&'static str, String)>,
    /// Stands behind the access token.
    pub grant: Option<(Grant, Event)>,
}

/// Facts that are there only when an answer is due.
pub(super) struct Due<'a> {
    pub signed_in: &'a SignedIn,
    pub scope: &'a Scopes,
    /// Asked for one by one, and allowed.
    pub claims: Option<&'a ClaimsRequest>,
    /// The code that goes along: the ID token is bound to it.
    pub code: Option<&'a str>,
    /// Until when the person allowed it, where they set an end.
    pub until: Option<DateTime<Utc>>,
    pub origin: Origin,
    pub now: DateTime<Utc>,
}

/// Mints what the response type asks for beside a code; nothing for `code` alone.
pub(super) async fn mint(
    app: &App,
    checked: &Checked,
    due: Due<'_>,
) -> Result<FrontChannel, Error> {
    let kind = checked.request.response_type;
    if !kind.has_token() && !kind.has_id_token() {
        return Ok(FrontChannel::default());
    }
    let registry = app.registry();
    let grant = grant(app, checked, &due);
    let person = PersonGrant {
        client: &checked.client,
        user: &due.signed_in.user,
        grant: &grant,
        scope: due.scope,
        resource: grant.resources.only(),
        nonce: checked.request.nonce.as_deref(),
        claims: claims(app, checked, &due, &grant).await?,
        refresh_token: None,
        now: due.now,
    };
    let sub = subject::of(app, &checked.client, due.signed_in.user.id)?;
    let mut params = Vec::new();
    let mut scope = None;
    let mut access_token = None;
    if kind.has_token() {
        let answer = mint::access_token(app, &registry, &person, &sub)?;
        params.push(("access_token", answer.access_token.clone()));
        params.push(("token_type", answer.token_type.to_owned()));
        params.push(("expires_in", answer.expires_in.to_string()));
        access_token = Some(answer.access_token);
        scope = Some(answer.scope).filter(|scope| !scope.is_empty());
    }
    if kind.has_id_token() {
        let beside = mint::Beside {
            access_token: access_token.as_deref(),
            code: due.code,
        };
        let id_token = mint::id_token(app, &registry, &person, &sub, beside)?;
        params.push(("id_token", id_token));
    }
    params.extend(scope.map(|scope| ("scope", scope)));
    let event = event(app, &grant, kind.as_str(), due.origin);
    Ok(FrontChannel {
        params,
        grant: kind.has_token().then_some((grant, event)),
    })
}

/// What the ID token says of the person: what was asked for one by one and, where no access token comes that UserInfo would take, what the
/// scopes bring (OIDC Core §5.4).
async fn claims(
    app: &App,
    checked: &Checked,
    due: &Due<'_>,
    grant: &Grant,
) -> Result<Map<String, Value>, Error> {
    let kind = checked.request.response_type;
    let user = &due.signed_in.user;
    if !kind.has_id_token() {
        return Ok(Map::new());
    }
    let mut all = mint::requested_claims(app, &checked.client, user, grant).await?;
    if !kind.has_token() && !kind.has_code() {
        let stored = app.store.find_user_claims(user.id).await?;
        let stored = stored.ok_or_else(|| access_denied("the person is gone"))?;
        all.extend(claims::of_scopes(user, &stored, due.scope));
    }
    Ok(all)
}

fn grant(app: &App, checked: &Checked, due: &Due<'_>) -> Grant {
    let session = &due.signed_in.session;
    let resources = &checked.request.resources;
    let ttl = access::ttl(app, &app.registry(), resources.only());
    let end = due.now + TimeDelta::seconds(ttl);
    Grant {
        id: GrantId(random::uuid()),
        client_id: checked.client.id.clone(),
        user_id: due.signed_in.user.id,
        session_id: Some(session.id),
        scope: due.scope.clone(),
        resources: resources.clone(),
        auth_time: session.authenticated_at,
        claims: due.claims.cloned(),
        amr: session.amr.clone(),
        is_offline: false,
        created_at: due.now,
        expires_at: due.until.map_or(end, |until| until.min(end)),
        revoked_at: None,
    }
}

fn event(app: &App, grant: &Grant, response_type: &str, origin: Origin) -> Event {
    let actor = Actor::Client(grant.client_id.clone());
    let mut event = app.event(EventKind::GrantCreated, actor, origin);
    event.user_id = Some(grant.user_id);
    event.client_id = Some(grant.client_id.clone());
    event.detail = serde_json::json!({
        "grant_id": grant.id, "grant_type": "implicit", "response_type": response_type, "scope": grant.scope,
    });
    event
}
