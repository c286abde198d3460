//! Request objects (RFC 9101, OIDC Core §6): a request that the client signed, by value (`request`) or by reference (`request_uri`).
//!
//! 1. `request_uri` is one that the client registered, or nothing is fetched (S29)
//! 2. signed with a key of the client's and an algorithm that it may use; unsigned and encrypted ones are refused (S27, S28)
//! 3. `iss`, `aud`, `exp`, `nbf` are right where they are there, as are `client_id` and `response_type`
//! 4. then what stands inside counts. What stands outside fills up in an OpenID Connect request alone (OIDC Core §6.1); else it is not heard
//!    (RFC 9101 §6.3)
//!
//! Nothing from inside is used before 2 is done.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::request::SINGLE;
use crate::app::App;
use crate::fetch::Want;
use crate::keys::jwt::{Checks, JwtError};
use crate::model::client::{self, Client};
use crate::model::scope::OPENID;
use crate::model::signing_key::SigningAlg;
use crate::oauth::client_keys;
use crate::oauth::error::{Error, invalid_request, invalid_request_object, invalid_request_uri};
use crate::oauth::params::Params;

/// More cannot travel on, sealed into an address.
const MAX_OBJECT_BYTES: usize = 32 * 1024;
const LEEWAY: Duration = Duration::from_secs(30);

/// The members that speak of the JWT and not of the request.
const OF_THE_JWT: [&str; 7] = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"];

/// Whether the request is in a request object.
pub(super) fn is_used(params: &Params) -> bool {
    params.has("request") || params.has("request_uri")
}

/// The parameters that count. `outside` are those of the address or the form.
pub(super) async fn open(
    app: &App,
    client: &Client,
    outside: &Params,
    now: DateTime<Utc>,
) -> Result<Params, Error> {
    if let Some(name) = outside.repeated(&SINGLE) {
        return Err(invalid_request(format!("{name} was sent more than once")));
    }
    let object = match (outside.get("request"), outside.get("request_uri")) {
        (Some(object), None) => object.to_owned(),
        (None, Some(uri)) => fetch(app, client, uri).await?,
        _ => {
            return Err(invalid_request(
                "request and request_uri were both sent; a request has one of them",
            ));
        }
    };
    let members = verify(app, client, object.trim(), now).await?;
    let inside = read(client, outside, members)?;
    let is_openid = outside
        .get("scope")
        .is_some_and(|scope| scope.split(' ').any(|name| name == OPENID));
    Ok(if is_openid {
        inside.over(outside)
    } else {
        inside
    })
}

async fn fetch(app: &App, client: &Client, uri: &str) -> Result<String, Error> {
    if !client
        .metadata
        .request_uris
        .iter()
        .any(|known| known == uri)
    {
        return Err(invalid_request_uri(
            "request_uri is not one of the request_uris that the client registered; they are compared character by character",
        ));
    }
    let fetched = app.fetcher.get(uri, Want::Any, MAX_OBJECT_BYTES).await;
    let document = fetched.map_err(|error| {
        tracing::warn!(client_id = %client.id, %error, "request_uri: the request object cannot be had");
        invalid_request_uri(format!("request_uri: {error}"))
    })?;
    String::from_utf8(document.body)
        .map_err(|_| invalid_request_object("what is at request_uri is not a JWT"))
}

async fn verify(
    app: &App,
    client: &Client,
    object: &str,
    now: DateTime<Utc>,
) -> Result<Map<String, Value>, Error> {
    let registered = client.metadata.request_object_signing_alg;
    let checks = Checks {
        issuer: client.id.as_str(),
        audience: Some(app.issuer()),
        typ: "oauth-authz-req+jwt",
        algorithms: registered
            .as_ref()
            .map_or(SigningAlg::ASYMMETRIC.as_slice(), std::slice::from_ref),
        now,
        leeway: LEEWAY,
    };
    client_keys::verify_request_object(app, client, object, &checks)
        .await
        .map_err(|error| refused(client, error))
}

fn refused(client: &Client, error: JwtError) -> Error {
    tracing::warn!(client_id = %client.id, %error, "a request object is not believed");
    let mend = match error {
        JwtError::Malformed(_) => "it must be a signed JWT, not encrypted, with no member twice",
        JwtError::Header("alg") => {
            "it must be signed with the registered request_object_signing_alg, or else with RS256, ES256, PS256 or EdDSA"
        }
        JwtError::Header("typ") => "its typ must be oauth-authz-req+jwt or JWT, or be left out",
        JwtError::UnknownKey | JwtError::Signature => {
            "it must be signed with a key of the client's jwks or jwks_uri"
        }
        JwtError::Issuer => "iss must be the client_id",
        JwtError::Audience => "aud must be the issuer of this server",
        _ => "see to its header and claims",
    };
    invalid_request_object(format!("the request object is refused ({error}): {mend}"))
}

/// The parameters inside, once the object is believed.
fn read(
    client: &Client,
    outside: &Params,
    mut members: Map<String, Value>,
) -> Result<Params, Error> {
    // What a client signs to prove itself is no request (RFC 9101 §10.8).
    if members.get("sub").and_then(Value::as_str) == Some(client.id.as_str()) {
        return Err(invalid_request_object(
            "the request object has the client as its sub: that is a client assertion",
        ));
    }
    for name in OF_THE_JWT {
        members.remove(name);
    }
    if let Some(name) = ["request", "request_uri"]
        .into_iter()
        .find(|name| members.contains_key(*name))
    {
        return Err(invalid_request_object(format!(
            "{name} must not be inside a request object"
        )));
    }
    let own = Value::from(client.id.as_str());
    if *members.entry("client_id").or_insert_with(|| own.clone()) != own {
        return Err(invalid_request_object(
            "client_id differs inside and outside the request object",
        ));
    }
    let inside = Params::from_members(&members).map_err(|name| {
        invalid_request_object(format!("{name} is not a value that a parameter can have"))
    })?;
    let differs = |one: &str, other: &str| {
        let kind = client::response_type;
        one != other && (kind(one).is_none() || kind(one) != kind(other))
    };
    match (inside.get("response_type"), outside.get("response_type")) {
        (Some(one), Some(other)) if differs(one, other) => Err(invalid_request_object(
            "response_type differs inside and outside the request object",
        )),
        _ => Ok(inside),
    }
}
