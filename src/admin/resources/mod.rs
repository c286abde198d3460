//! Resources: the APIs that accept our access tokens.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::json;

use super::{AdminError, By, Result, already_there, invalid, managed, not_found, parse_alg, roles};
use crate::app::{App, Registry};
use crate::model::event::EventKind;
use crate::model::managed::Kind;
use crate::model::resource::{self, Resource, TokenFormat, TokenRoles, admin_api_uri, check_uri};
use crate::model::scope::Scopes;
use crate::model::secret::Secret;
use crate::model::signing_key::SigningAlg;
use crate::random;
use crate::storage::{Added, Altered};

mod fields;
mod view;

pub(super) use fields::refuse_unknown_roles;
pub use view::ResourceView;

const SECRET_PREFIX: &str = "placet_rs_";
/// How often a change is tried that others get in the way of.
const TRIES: usize = 10;

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
    /// Which of its scopes are for people with one of certain roles; others are for everyone.
    pub scope_roles: ScopeRoles,
    /// Which of a person's roles its tokens name: `all` if not given, `own` or `none`.
    pub token_roles: Option<String>,
}

/// Which roles a person needs for which scope.
pub type ScopeRoles = BTreeMap<String, BTreeSet<String>>;

/// A change; a field that is `None` stays as it is, an empty text or map takes a value away.
#[derive(Debug, Clone, Default)]
pub struct ResourceFields {
    pub name: Option<String>,
    pub scope: Option<String>,
    /// From one public-key algorithm to another.
    pub alg: Option<String>,
    /// `Some(None)`: the server's default.
    pub access_ttl: Option<Option<Duration>>,
    pub format: Option<String>,
    /// All of them, in place of those that there are.
    pub scope_roles: Option<ScopeRoles>,
    /// Those of some scopes; `None` takes the scope's away.
    pub scope_roles_patch: BTreeMap<String, Option<BTreeSet<String>>>,
    pub token_roles: Option<String>,
}

/// A resource, and its secret where one was just made: the only time that it can be read (S171).
#[derive(Debug)]
pub struct ResourceWithSecret {
    pub resource: Resource,
    pub secret: Option<Secret<String>>,
}

/// Registers a resource. One with HS256 gets a secret of its own: the printed text, byte for byte, is the key.
pub async fn add(app: &App, by: &By, new: NewResource) -> Result<ResourceWithSecret> {
    app.refresh().await?;
    let (resource, secret) = make(app, new).await?;
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

/// Registers a resource, or makes one that there is just so; true: it is new. Its algorithm stays where none is given.
pub async fn put(app: &App, by: &By, new: NewResource) -> Result<(ResourceWithSecret, bool)> {
    for _ in 0..TRIES {
        let known = stored(app, &new.uri).await?;
        if known.is_none() && new.uri != admin_api_uri(app.issuer()) {
            if by.expects.is_some() {
                return Err(changed(&new.uri));
            }
            match add(app, by, new.clone()).await {
                // Somebody else was quicker: it is there now.
                Err(AdminError::AlreadyThere { .. }) => continue,
                made => return made.map(|made| (made, true)),
            }
        }
        let (uri, fields) = (new.uri.clone(), ResourceFields::all_of(new.clone()));
        match change(app, by, &uri, fields).await {
            Err(AdminError::NotFound { .. }) => {}
            resource => {
                let resource = resource?;
                let secret = None;
                return Ok((ResourceWithSecret { resource, secret }, false));
            }
        }
    }
    Err(changed(&new.uri))
}

/// Changes what is given of a resource.
pub async fn change(app: &App, by: &By, uri: &str, fields: ResourceFields) -> Result<Resource> {
    managed::guard(app, by, Kind::Resource, uri).await?;
    app.refresh().await?;
    for _ in 0..TRIES {
        let before = changeable(app, by, uri).await?;
        let mut after = before.clone();
        fields.apply(&app.registry(), &mut after)?;
        refuse_unknown_roles(&roles::names(app).await?, &after)?;
        let names = fields::differing(&before, &after);
        if names.is_empty() {
            return Ok(before);
        }
        if after.alg != SigningAlg::HS256 {
            app.ensure_key(after.alg).await?;
        }
        if let Some(resource) = store(app, by, after, &names).await? {
            return Ok(resource);
        }
    }
    Err(changed(uri))
}

/// Gives a resource with HS256 another secret, in place of the one that it has.
pub async fn rotate_secret(app: &App, by: &By, uri: &str) -> Result<ResourceWithSecret> {
    managed::guard(app, by, Kind::Resource, uri).await?;
    for _ in 0..TRIES {
        let mut resource = changeable(app, by, uri).await?;
        if resource.alg != SigningAlg::HS256 {
            return Err(invalid(
                "alg",
                "only a resource with HS256 has a secret; the keys of others turn by themselves: placet key rotate",
            ));
        }
        let secret = random::token(SECRET_PREFIX);
        resource.secret_sealed = Some(seal_secret(app, uri, &secret));
        if let Some(resource) = store(app, by, resource, &["secret"]).await? {
            let secret = Some(secret);
            return Ok(ResourceWithSecret { resource, secret });
        }
    }
    Err(changed(uri))
}

/// Removes a resource: no new token is for it.
pub async fn remove(app: &App, by: &By, uri: &str) -> Result<()> {
    refuse_built_in(app, uri)?;
    managed::guard(app, by, Kind::Resource, uri).await?;
    let event = by.event(app, EventKind::ResourceRemoved, json!({ "resource": uri }));
    match app.store.remove_resource(uri, by.expects, &event).await? {
        Altered::Altered => app.refresh().await?,
        Altered::Stale => return Err(changed(uri)),
        Altered::Gone => return Err(not_found("resource", uri)),
    };
    Ok(())
}

/// Every resource: the built-in one, then the others, oldest first.
pub async fn list(app: &App) -> Result<Vec<Resource>> {
    let built_in = resource::admin_api(app.issuer());
    let stored = app.store.list_resources().await?;
    let others = stored
        .into_iter()
        .filter(|resource| resource.uri != built_in.uri);
    Ok(std::iter::once(built_in.clone()).chain(others).collect())
}

/// The resource with that URI.
pub async fn show(app: &App, uri: &str) -> Result<Resource> {
    let all = list(app).await?;
    all.into_iter()
        .find(|resource| resource.uri == uri)
        .ok_or_else(|| not_found("resource", uri))
}

async fn stored(app: &App, uri: &str) -> Result<Option<Resource>> {
    let all = app.store.list_resources().await?;
    Ok(all.into_iter().find(|resource| resource.uri == uri))
}

/// One that may be changed, and has the version that is expected.
async fn changeable(app: &App, by: &By, uri: &str) -> Result<Resource> {
    refuse_built_in(app, uri)?;
    let found = stored(app, uri).await?;
    let found = found.ok_or_else(|| not_found("resource", uri))?;
    match by.expects {
        Some(expected) if expected != found.version => Err(changed(uri)),
        _ => Ok(found),
    }
}

/// `None`: somebody else changed it meanwhile, which is for the next try to find.
async fn store(
    app: &App,
    by: &By,
    mut resource: Resource,
    names: &[&str],
) -> Result<Option<Resource>> {
    let detail = json!({ "resource": resource.uri, "changed": names });
    let event = by.event(app, EventKind::ResourceUpdated, detail);
    if app.store.update_resource(&resource, &event).await? != Altered::Altered {
        return Ok(None);
    }
    app.refresh().await?;
    resource.version += 1;
    Ok(Some(resource))
}

async fn make(app: &App, new: NewResource) -> Result<(Resource, Option<Secret<String>>)> {
    if new.uri == admin_api_uri(app.issuer()) {
        return Err(already_there("resource", &new.uri));
    }
    let mut resource = describe(&app.registry(), new)?;
    refuse_unknown_roles(&roles::names(app).await?, &resource)?;
    let secret = (resource.alg == SigningAlg::HS256).then(|| random::token(SECRET_PREFIX));
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

/// A resource without its secret, checked against what is registered; that its roles are is for [`refuse_unknown_roles`].
pub(super) fn describe(registry: &Registry, new: NewResource) -> Result<Resource> {
    check_uri(&new.uri).map_err(|fault| invalid("uri", fault))?;
    let mut resource = Resource {
        uri: new.uri.clone(),
        name: new.uri.clone(),
        scope: Scopes::default(),
        alg: SigningAlg::ES256,
        access_ttl_seconds: None,
        format: TokenFormat::Jwt,
        secret_sealed: None,
        scope_roles: BTreeMap::new(),
        token_roles: TokenRoles::All,
        version: 1,
    };
    if let Some(alg) = &new.alg {
        resource.alg = parse_alg("alg", alg)?;
    }
    ResourceFields::all_of(new).apply(registry, &mut resource)?;
    Ok(resource)
}

fn refuse_built_in(app: &App, uri: &str) -> Result<()> {
    if uri == admin_api_uri(app.issuer()) {
        return Err(invalid(
            "uri",
            "this resource is the server's own and stays as it is",
        ));
    }
    Ok(())
}

fn changed(uri: &str) -> AdminError {
    AdminError::Changed {
        what: "resource",
        name: uri.to_owned(),
    }
}
