//! UserInfo (OIDC Core §5.3): what the scope of an access token, and the `claims` parameter of the request that led to it, tell of
//! the person behind it.
//!
//! Any access token with `openid` is taken, whatever resource it is for: a client with one resource gets no other tokens. Whoever
//! hands a token to a resource that shall not read UserInfo asks for one without `openid` (RFC 6749 §6: `scope` at the refresh).

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::access_token::AccessClaims;
use super::error::{Error, insufficient_scope, invalid_token};
use super::token::published_key;
use super::{access_token, claims, roles, subject};
use crate::app::{App, Registry};
use crate::keys::jwt;
use crate::model::client::Client;
use crate::model::scope::OPENID;
use crate::storage::PersonGrant;

/// The answer, by the form that the client registered.
#[derive(Debug)]
pub enum UserInfo {
    Json(Map<String, Value>),
    /// A JWT (§5.3.2). It has no `exp`, and so passes for no ID token.
    Signed(String),
}

/// Answers for a token: one read, nothing written.
pub async fn answer(app: &App, value: &str, now: DateTime<Utc>) -> Result<UserInfo, Error> {
    let registry = app.registry();
    let token = read(app, &registry, value, now)?;
    let found = access_token::find_person(app, &token, now).await?;
    let (client, person) = found.ok_or_else(|| {
        invalid_token("the grant of the access token has ended, or its person or client has")
    })?;
    let members = told(app, &registry, &token, &client, &person)?;
    let Some(alg) = client.metadata.userinfo_signed_response_alg else {
        return Ok(UserInfo::Json(members));
    };
    let key = published_key(&registry, alg.alg(), now)?;
    let signed =
        jwt::sign(key, "JWT", &members).map_err(|error| Error::server("signing failed", error))?;
    Ok(UserInfo::Signed(signed))
}

/// The claims of a token that may ask.
pub(super) fn read(
    app: &App,
    registry: &Registry,
    value: &str,
    now: DateTime<Utc>,
) -> Result<AccessClaims, Error> {
    let token = access_token::read(app, registry, value, now).ok_or_else(|| {
        invalid_token("not an access token of this server, or one that has expired")
    })?;
    if !token.scope.contains(OPENID) || token.sub == token.client_id {
        return Err(insufficient_scope(
            "the access token has not the scope openid",
        ));
    }
    Ok(token)
}

/// What is told of the person behind a token, with `iss` and `aud` where it will be signed (§5.3.2).
pub(super) fn told(
    app: &App,
    registry: &Registry,
    token: &AccessClaims,
    client: &Client,
    person: &PersonGrant,
) -> Result<Map<String, Value>, Error> {
    // What the client may have now, if that became less since the token was made (S96).
    let allowed = &client.metadata.scope;
    let scope = token.scope.filter(|name| allowed.contains(name));
    let sub = subject::of(app, client, person.user.id)?;
    let mut members = Map::from_iter([("sub".to_owned(), Value::String(sub))]);
    members.extend(claims::of_scopes(&person.user, &person.claims, &scope));
    let single = person.grant.claims.as_ref();
    if let Some(request) = single.and_then(|request| request.within(allowed)) {
        let more = claims::of_request(&person.user, &person.claims, &request.userinfo);
        members.extend(more);
    }
    // A resource that has the token learns here no more of the roles than by the token.
    if members.contains_key("roles") {
        let aud = token.audience().filter(|aud| *aud != app.issuer());
        let told = match aud {
            None => roles::told(None, &person.user.roles),
            Some(uri) => registry
                .resources
                .get(uri)
                .and_then(|target| roles::told(Some(&target.resource), &person.user.roles)),
        };
        match told {
            Some(told) => members.insert("roles".to_owned(), json!(told)),
            None => members.remove("roles"),
        };
    }
    if client.metadata.userinfo_signed_response_alg.is_some() {
        members.insert("iss".to_owned(), json!(app.issuer()));
        members.insert("aud".to_owned(), json!(client.id.as_str()));
    }
    Ok(members)
}
