//! `grant_type=authorization_code` (RFC 6749 §4.1.3, RFC 7636 §4.6).

use chrono::{DateTime, Utc};

use super::mint::{self, PersonGrant};
use super::{TokenRequest, TokenResponse};
use crate::app::App;
use crate::crypto;
use crate::model::client::Client;
use crate::model::event::{Actor, EventKind};
use crate::model::grant::{Code, Grant, Refresh};
use crate::model::scope::OFFLINE_ACCESS;
use crate::model::user::User;
use crate::oauth::client_auth::AuthenticatedClient;
use crate::oauth::error::{Error, invalid_grant, invalid_request};
use crate::oauth::params::Params;
use crate::oauth::{pkce, target};
use crate::storage::Redemption;

/// Read → decide → mint → commit.
pub(super) async fn answer(
    app: &App,
    client: &AuthenticatedClient,
    request: TokenRequest<'_>,
) -> Result<TokenResponse, Error> {
    let client = client.client();
    let value = request
        .params
        .get("code")
        .ok_or_else(|| invalid_request("code is missing"))?;
    let hash = crypto::hash_token(value);
    let (code, user) = app
        .store
        .find_code(&hash)
        .await?
        .ok_or_else(|| invalid_grant("code is unknown"))?;
    check_presenter(client, &code, request.params)?;
    // Only now, with client and verifier right, may a replay revoke: whoever merely learned a code must not be able
    // to end a stranger's grant (OAuth 2.1 §7.5.3).
    if code.redeemed_at.is_some() {
        return Err(replayed(app, &code, request).await?);
    }
    let given = (&code, &user);
    let minted = exchange(app, client, given, request.params, request.now).await?;
    let event = mint::grant_event(app, &minted.grant, "authorization_code", &request);
    match app
        .store
        .redeem_code(&hash, &minted.grant, minted.refresh.as_ref(), &event)
        .await?
    {
        Redemption::Redeemed => Ok(minted.answer),
        Redemption::AlreadyRedeemed => Err(replayed(app, &code, request).await?),
    }
}

/// What a code gives. Nothing of it is stored yet, so nothing of it is good.
pub(in crate::oauth) struct Minted {
    pub answer: TokenResponse,
    pub grant: Grant,
    pub refresh: Option<Refresh>,
}

/// Decides and mints, for whoever [`check_presenter`] found to be the code's own client; stores nothing.
pub(in crate::oauth) async fn exchange(
    app: &App,
    client: &Client,
    (code, user): (&Code, &User),
    params: &Params,
    now: DateTime<Utc>,
) -> Result<Minted, Error> {
    check_alive(code, user, now)?;
    let registry = app.registry();
    let (resource, scope) = target::of_token(&registry, &code.resources, &code.scope, params)?;
    let (mut grant, mut refresh) =
        mint::first_refresh(app, client, grant(code, now), resource.as_deref());
    if let Some(end) = code.grant_expires_at {
        grant.expires_at = grant.expires_at.min(end);
        if let Some((refresh, _)) = &mut refresh {
            refresh.idle_expires_at = refresh.idle_expires_at.min(end);
        }
    }
    let (refresh, refresh_token) = refresh.unzip();
    let claims = mint::requested_claims(app, client, user, &grant).await?;
    let answer = mint::answer_person(
        app,
        PersonGrant {
            client,
            user,
            grant: &grant,
            scope: &scope,
            resource: resource.as_deref(),
            nonce: code.nonce.as_deref(),
            claims,
            refresh_token,
            now,
        },
    )?;
    Ok(Minted {
        answer,
        grant,
        refresh,
    })
}

/// What tells the client that the code was given to from anyone else.
pub(in crate::oauth) fn check_presenter(
    client: &Client,
    code: &Code,
    params: &Params,
) -> Result<(), Error> {
    if code.client_id != client.id {
        return Err(invalid_grant("code belongs to another client"));
    }
    match params.get("redirect_uri") {
        Some(uri) if uri != code.redirect_uri => {
            return Err(
                invalid_grant("redirect_uri differs from the authorization request's").told(),
            );
        }
        // With PKCE the verifier proves more than the URI does (OAuth 2.1 §10.2).
        None if code.is_redirect_uri_sent && code.code_challenge.is_none() => {
            return Err(invalid_grant(
                "redirect_uri is missing; repeat the authorization request's",
            )
            .told());
        }
        _ => {}
    }
    match (&code.code_challenge, params.get("code_verifier")) {
        (Some(challenge), Some(verifier)) if pkce::is_verified(challenge, verifier) => {}
        (Some(_), Some(_)) => {
            return Err(invalid_grant(
                "code_verifier does not fit code_challenge (RFC 7636)",
            ));
        }
        (Some(_), None) => return Err(invalid_grant("code_verifier is missing (RFC 7636)").told()),
        // RFC 9700 §4.8.2: else a client that lost its challenge on the way would not notice.
        (None, Some(_)) => {
            return Err(invalid_grant(
                "code_verifier was sent, but the request had no code_challenge",
            )
            .told());
        }
        (None, None) => {}
    }
    Ok(())
}

fn check_alive(code: &Code, user: &User, now: DateTime<Utc>) -> Result<(), Error> {
    if now >= code.expires_at {
        return Err(invalid_grant("code has expired"));
    }
    if !user.is_enabled() {
        return Err(invalid_grant("the user is disabled"));
    }
    Ok(())
}

fn grant(code: &Code, now: DateTime<Utc>) -> Grant {
    Grant {
        id: code.grant_id,
        client_id: code.client_id.clone(),
        user_id: code.user_id,
        session_id: Some(code.session_id),
        scope: code.scope.clone(),
        resources: code.resources.clone(),
        auth_time: code.auth_time,
        amr: code.amr.clone(),
        claims: code.claims.clone(),
        is_offline: code.scope.contains(OFFLINE_ACCESS),
        created_at: now,
        expires_at: now,
        revoked_at: None,
    }
}

/// A code that its own client presented a second time: everything it gave ends (RFC 6749 §4.1.2).
async fn replayed(app: &App, code: &Code, request: TokenRequest<'_>) -> Result<Error, Error> {
    let mut event = app.event(
        EventKind::CodeReplayed,
        Actor::Client(code.client_id.clone()),
        request.place.origin(),
    );
    event.user_id = Some(code.user_id);
    event.client_id = Some(code.client_id.clone());
    event.detail = serde_json::json!({ "grant_id": code.grant_id });
    app.store.revoke_grant(code.grant_id, &event).await?;
    tracing::warn!(client_id = %code.client_id, grant_id = %code.grant_id, "a code was presented twice; its grant is revoked");
    Ok(invalid_grant(
        "code was redeemed before; what it gave is revoked",
    ))
}
