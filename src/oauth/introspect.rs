//! Token introspection (RFC 7662), as JSON or as a signed JWT (RFC 9701).
//!
//! 1. The caller authenticates; a public client cannot.
//! 2. The token is read. Garbage, expired tokens and tokens of another kind end here, before any database.
//! 3. It is a token of the caller's own, or an access token for a resource that the caller is the server of.
//! 4. What stands behind it is alive: one read by primary key, for every question anew.
//!
//! Whatever fails after 1 is told in the same three words, so that nobody learns which it was (§2.2, §4).

use serde::Serialize;

use super::access_token::{self, AccessClaims};
use super::error::{Error, invalid_client};
use super::token::{RefreshTokenState, Refused, TokenRequest, published_key, read_refresh_token};
use super::{about_token, subject};
use crate::app::App;
use crate::keys::jwt;
use crate::model::client::Client;
use crate::model::scope::Scopes;
use crate::model::user::User;

pub use super::about_token::PARAMETERS;

/// The media type of an answer as JWT (RFC 9701 §4), and with that the `typ` of the JWT (§5).
pub const JWT_MEDIA_TYPE: &str = "application/token-introspection+jwt";
const JWT_TYP: &str = "token-introspection+jwt";
/// The scope that lets a client know a person's name.
const PROFILE: &str = "profile";

/// The answer, in the form that was asked for.
#[derive(Debug)]
pub enum Answer {
    Json(Introspection),
    Jwt(String),
}

/// What is told of a token (RFC 7662 §2.2).
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Introspection {
    Inactive(Inactive),
    Access(Box<ActiveAccess>),
    Refresh(Box<ActiveRefresh>),
}

/// Not good, or not the caller's business.
#[derive(Debug, Default, Serialize)]
pub struct Inactive {
    /// Always false.
    active: bool,
}

/// A live access token: what the token itself says, in the words that it says it (S120).
#[derive(Debug, Serialize)]
pub struct ActiveAccess {
    active: bool,
    token_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<String>,
    #[serde(flatten)]
    claims: AccessClaims,
}

/// A live refresh token, to the client that has it. There is no `token_type` for one (RFC 6749 §7.1).
#[derive(Debug, Serialize)]
pub struct ActiveRefresh {
    active: bool,
    iss: String,
    sub: String,
    exp: i64,
    iat: i64,
    client_id: String,
    #[serde(skip_serializing_if = "Scopes::is_empty")]
    scope: Scopes,
}

/// RFC 9701 §5. No `sub` and no `exp`, so that the answer never passes for a token.
#[derive(Serialize)]
struct SignedClaims<'a> {
    iss: &'a str,
    aud: &'a str,
    iat: i64,
    token_introspection: Introspection,
}

/// Answers a question about a token; `is_jwt`: as a JWT.
pub async fn answer(app: &App, request: TokenRequest<'_>, is_jwt: bool) -> Result<Answer, Refused> {
    let (caller, token) = about_token::read(app, request).await?;
    let caller = caller.client();
    let refused = |error| Refused {
        error,
        client_id: Some(caller.id.clone()),
    };
    if caller.metadata.is_public() {
        return Err(refused(invalid_client(
            "a public client cannot introspect: it has no way to prove itself (RFC 7662 section 2.1)",
        )));
    }
    let found = introspect(app, caller, token, request)
        .await
        .map_err(refused)?
        .unwrap_or_else(|| Introspection::Inactive(Inactive::default()));
    if !is_jwt {
        return Ok(Answer::Json(found));
    }
    sign(app, caller, found, request)
        .map(Answer::Jwt)
        .map_err(refused)
}

/// `None`: inactive.
async fn introspect(
    app: &App,
    caller: &Client,
    token: &str,
    request: TokenRequest<'_>,
) -> Result<Option<Introspection>, Error> {
    if let Some(state) = read_refresh_token(app, token).await? {
        return introspect_refresh(app, caller, state, request);
    }
    let claims = access_token::read_any(app, &app.registry(), token, request.now);
    let Some(claims) = claims.filter(|claims| may_ask(caller, claims)) else {
        return Ok(None);
    };
    let Some(live) = access_token::find_live(app, &claims, request.now).await? else {
        return Ok(None);
    };
    let active = active(claims, live.person.map(|(_, user)| user));
    Ok(Some(Introspection::Access(Box::new(active))))
}

/// What is told of a live access token, with the person behind it.
pub(super) fn active(claims: AccessClaims, user: Option<User>) -> ActiveAccess {
    let user = user.filter(|_| claims.scope.contains(PROFILE));
    ActiveAccess {
        active: true,
        token_type: "Bearer",
        username: user.map(|user| user.username),
        claims,
    }
}

fn may_ask(caller: &Client, claims: &AccessClaims) -> bool {
    let is_its_resource = |audience: &str| {
        let mut served = caller.metadata.resource_server_of.iter();
        served.any(|uri| uri == audience)
    };
    claims.client_id == caller.id.as_str() || claims.audience().is_some_and(is_its_resource)
}

/// A resource server has no business with refresh tokens: only the client hears of its own.
fn introspect_refresh(
    app: &App,
    caller: &Client,
    state: RefreshTokenState,
    request: TokenRequest<'_>,
) -> Result<Option<Introspection>, Error> {
    let is_good = state.is_good_for(caller, request.now);
    let Some(found) = state.found.filter(|_| is_good) else {
        return Ok(None);
    };
    let end = found.refresh.idle_expires_at.min(found.grant.expires_at);
    Ok(Some(Introspection::Refresh(Box::new(ActiveRefresh {
        active: true,
        iss: app.issuer().to_owned(),
        sub: subject::of(app, caller, found.user.id)?,
        exp: end.timestamp(),
        iat: found.refresh.rotated_at.timestamp(),
        client_id: caller.id.to_string(),
        scope: found.grant.scope,
    }))))
}

fn sign(
    app: &App,
    caller: &Client,
    found: Introspection,
    request: TokenRequest<'_>,
) -> Result<String, Error> {
    let registry = app.registry();
    let chosen = caller.metadata.introspection_signed_response_alg;
    let key = published_key(&registry, chosen.unwrap_or_default().alg(), request.now)?;
    let claims = SignedClaims {
        iss: app.issuer(),
        aud: caller.id.as_str(),
        iat: request.now.timestamp(),
        token_introspection: found,
    };
    jwt::sign(key, JWT_TYP, &claims).map_err(|error| Error::server("signing failed", error))
}
