//! Resources: the APIs that accept our access tokens.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;
use serde_json::json;

use super::{By, Result, already_there, check_scopes, check_text, invalid, not_found, parse_alg};
use crate::app::{App, Registry};
use crate::model::event::EventKind;
use crate::model::resource::{Resource, TokenFormat, TokenRoles, check_uri};
use crate::model::scope::Scopes;
use crate::model::secret::Secret;
use crate::model::signing_key::SigningAlg;
use crate::random;
use crate::storage::Added;

const MAX_NAME: usize = 200;
const MIN_ACCESS_TTL: Duration = Duration::from_secs(10);
const MAX_ACCESS_TTL: Duration = Duration::from_hours(24);

/// A resource to be registered.
#[derive(Debug, Clone, Default)]
pub struct NewResource {
    /// Its identifier, and the `aud` of its tokens.
    pub uri: String,
    /// What the consent page calls it; else its URI.
    pub name: Option<String>,
    /// Blank-separated; each registered before.
    pub scope: String,
    /// ES256 if not given.
    pub alg: Option<String>,
    /// The server's default if not given.
    pub access_ttl: Option<Duration>,
    /// `jwt` if not given, or `opaque`.
    pub format: Option<String>,
}

/// A resource, and its secret where one was just made: the only time that it can be read (S171).
#[derive(Debug)]
pub struct ResourceWithSecret {
    pub resource: Resource,
    pub secret: Option<Secret<String>>,
}

/// A resource as administrators see one.
#[derive(Debug, Serialize)]
pub struct ResourceView<'a> {
    uri: &'a str,
    name: &'a str,
    scope: &'a Scopes,
    alg: SigningAlg,
    format: &'static str,
    access_ttl_seconds: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<&'a str>,
}

impl<'a> ResourceView<'a> {
    /// As stored; `secret` only where one was just made.
    pub fn new(resource: &'a Resource, secret: Option<&'a Secret<String>>) -> Self {
        Self {
            uri: &resource.uri,
            name: &resource.name,
            scope: &resource.scope,
            alg: resource.alg,
            format: resource.format.as_str(),
            access_ttl_seconds: resource.access_ttl_seconds,
            secret: secret.map(|secret| secret.expose().as_str()),
        }
    }
}

/// Registers a resource. One with HS256 gets a secret of its own: the printed text, byte for byte, is the key.
pub async fn add(app: &App, by: &By, new: NewResource) -> Result<ResourceWithSecret> {
    app.refresh().await?;
    let (resource, secret) = make(app, new)?;
    if secret.is_none() {
        app.ensure_key(resource.alg).await?;
    }
    let event = by.event(
        app,
        EventKind::ResourceAdded,
        json!({ "resource": resource.uri, "alg": resource.alg.as_str() }),
    );
    match app.store.add_resource(&resource, event.at, &event).await? {
        Added::AlreadyThere => Err(already_there("resource", &resource.uri)),
        Added::Added => {
            app.refresh().await?;
            Ok(ResourceWithSecret { resource, secret })
        }
    }
}

/// Removes a resource: no new token is for it.
pub async fn remove(app: &App, by: &By, uri: &str) -> Result<()> {
    let event = by.event(app, EventKind::ResourceRemoved, json!({ "resource": uri }));
    if !app.store.remove_resource(uri, &event).await? {
        return Err(not_found("resource", uri));
    }
    app.refresh().await?;
    Ok(())
}

/// Every resource, oldest first.
pub async fn list(app: &App) -> Result<Vec<Resource>> {
    Ok(app.store.list_resources().await?)
}

/// The resource with that URI.
pub async fn show(app: &App, uri: &str) -> Result<Resource> {
    let all = app.store.list_resources().await?;
    all.into_iter()
        .find(|resource| resource.uri == uri)
        .ok_or_else(|| not_found("resource", uri))
}

fn make(app: &App, new: NewResource) -> Result<(Resource, Option<Secret<String>>)> {
    let mut resource = describe(&app.registry(), new)?;
    let secret = (resource.alg == SigningAlg::HS256).then(|| random::token("placet_rs_"));
    resource.secret_sealed = secret
        .as_ref()
        .map(|secret| seal_secret(app, &resource.uri, secret));
    Ok((resource, secret))
}

/// The secret as it is stored.
pub(super) fn seal_secret(app: &App, uri: &str, secret: &Secret<String>) -> Vec<u8> {
    let plain = secret.expose().as_bytes();
    app.crypto.at_rest.seal(uri.as_bytes(), plain)
}

/// A resource without its secret, checked against what is registered.
pub(super) fn describe(registry: &Registry, new: NewResource) -> Result<Resource> {
    check_uri(&new.uri).map_err(|fault| invalid("uri", fault))?;
    let name = match new.name {
        Some(name) => name.trim().to_owned(),
        None => new.uri.clone(),
    };
    if name != new.uri {
        check_text("name", &name, MAX_NAME)?;
    }
    let alg = new
        .alg
        .as_deref()
        .map_or(Ok(SigningAlg::ES256), |alg| parse_alg("alg", alg))?;
    if new
        .access_ttl
        .is_some_and(|ttl| !(MIN_ACCESS_TTL..=MAX_ACCESS_TTL).contains(&ttl))
    {
        return Err(invalid("access_ttl", "it is 10s to 24h"));
    }
    let format = parse_format(new.format.as_deref())?;
    if format == TokenFormat::Opaque && alg == SigningAlg::HS256 {
        return Err(invalid(
            "format",
            "opaque tokens are not signed; leave out the algorithm",
        ));
    }
    Ok(Resource {
        name,
        scope: check_scopes(registry, &new.scope)?,
        alg,
        access_ttl_seconds: new
            .access_ttl
            .and_then(|ttl| i64::try_from(ttl.as_secs()).ok()),
        format,
        secret_sealed: None,
        scope_roles: BTreeMap::new(),
        token_roles: TokenRoles::All,
        version: 1,
        uri: new.uri,
    })
}

fn parse_format(format: Option<&str>) -> Result<TokenFormat> {
    match format {
        None | Some("jwt") => Ok(TokenFormat::Jwt),
        Some("opaque") => Ok(TokenFormat::Opaque),
        Some(other) => Err(invalid(
            "format",
            format!("{other:?} is not one of jwt, opaque"),
        )),
    }
}
