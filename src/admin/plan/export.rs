//! What there is as a document: everything but secrets, passwords, what is built in, and clients that registered themselves.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::document::{ClientEntry, Document, ResourceEntry, RoleEntry, ScopeEntry, UserEntry};
use super::secret::SecretReference;
use super::{state, words};
use crate::admin::{Result, clients, not_found, users};
use crate::app::App;
use crate::model::client::{Client, Registration};
use crate::model::managed::{Kind, Managed};
use crate::model::resource::{Resource, TokenRoles};
use crate::model::scope::ScopeDefinition;
use crate::model::signing_key::SigningAlg;
use crate::model::user::{ADMIN_ROLE, User};

const PAGE: i64 = 1000;

/// The lines at the head of an export: what is not in it.
pub fn heading(document: &Document) -> Vec<String> {
    let mut lines = vec![
        "Written by placet export; placet apply reads it.".to_owned(),
        "Not in it: secrets, passwords, what is built in, clients that registered themselves, signing keys, sessions, consents and tokens."
            .to_owned(),
    ];
    if document.references().next().is_some() {
        lines.push(
            "Where a secret is missing that one points to, the one in the database stays; an empty database needs them all."
                .to_owned(),
        );
    }
    lines
}

/// Everything that there is, or what one set manages.
pub async fn export(app: &App, set: Option<&str>) -> Result<Document> {
    let managed = app.store.list_managed().await?;
    let sources: BTreeSet<&str> = managed
        .iter()
        .map(|managed| managed.source.as_str())
        .collect();
    if let Some(set) = set.filter(|set| !sources.contains(set)) {
        return Err(not_found("set", set));
    }
    let only = (sources.len() == 1).then(|| sources.first()).flatten();
    let name = set.or(only.copied()).map(ToOwned::to_owned);
    let by_id: HashMap<(Kind, &str), &Managed> = managed
        .iter()
        .map(|managed| ((managed.kind, managed.id.as_str()), managed))
        .collect();
    let is_in = |kind: Kind, id: &str| {
        let source = by_id
            .get(&(kind, id))
            .map(|managed| managed.source.as_str());
        set.is_none() || source == set
    };
    let mut document = words_of(app, &is_in).await?;
    document.name = name;
    let mut references = References {
        by_id: &by_id,
        taken: HashSet::new(),
    };
    let mut resources = app.store.list_resources().await?;
    resources.sort_by(|a, b| a.uri.cmp(&b.uri));
    resources.retain(|resource| is_in(Kind::Resource, &resource.uri));
    let entries = resources.into_iter();
    document.resources = entries
        .map(|resource| resource_entry(resource, &mut references))
        .collect();
    let mut all = clients::list(app).await?;
    all.sort_by(|a, b| a.id.as_str().cmp(b.id.as_str()));
    all.retain(|client| {
        client.registration == Registration::Administrator
            && is_in(Kind::Client, client.id.as_str())
    });
    document.clients = all
        .iter()
        .map(|client| client_entry(client, &mut references))
        .collect();
    let mut people = users::list(app).await?;
    people.sort_by(|a, b| a.username.cmp(&b.username));
    people.retain(|user| is_in(Kind::User, &user.username));
    let mut claims = all_claims(app).await?;
    let mut claims_of = |user: &User| claims.remove(&user.id.0).unwrap_or_default();
    document.users = people
        .into_iter()
        .map(|user| {
            let claims = claims_of(&user);
            user_entry(user, claims)
        })
        .collect();
    Ok(document)
}

/// Roles and scopes.
async fn words_of(app: &App, is_in: &impl Fn(Kind, &str) -> bool) -> Result<Document> {
    let roles = app.store.registered_roles().await?.into_iter();
    let roles = roles.filter(|(name, _, _)| name != ADMIN_ROLE && is_in(Kind::Role, name));
    let mut scopes = app.store.list_scopes().await?;
    scopes.sort_by(|a, b| a.name.cmp(&b.name));
    scopes.retain(|scope| is_in(Kind::Scope, &scope.name));
    let scope_entry = |scope: ScopeDefinition| {
        let is_usual = scope.is_required == words::is_required_by_default(&scope.name);
        ScopeEntry {
            required: (!is_usual).then_some(scope.is_required),
            name: scope.name,
            description: scope.description,
            descriptions: scope.descriptions,
        }
    };
    Ok(Document {
        roles: roles
            .map(|(name, description, _)| RoleEntry { name, description })
            .collect(),
        scopes: scopes.into_iter().map(scope_entry).collect(),
        ..Document::default()
    })
}

/// Where secrets are: as the file said that manages the thing, else a place that can be filled.
struct References<'a> {
    by_id: &'a HashMap<(Kind, &'a str), &'a Managed>,
    taken: HashSet<String>,
}

impl References<'_> {
    fn of(&mut self, kind: Kind, id: &str, field: &str) -> SecretReference {
        let managed = self.by_id.get(&(kind, id));
        let said = managed.and_then(|managed| {
            serde_json::from_value(managed.definition.get(field)?.clone()).ok()
        });
        if let Some(said) = said {
            return said;
        }
        let mut reference = SecretReference::placeholder(id);
        let mut number = 2;
        while !self.taken.insert(reference.to_string()) {
            reference = SecretReference::placeholder(&format!("{id}_{number}"));
            number += 1;
        }
        reference
    }
}

fn resource_entry(resource: Resource, references: &mut References<'_>) -> ResourceEntry {
    let has_secret = resource.alg == SigningAlg::HS256;
    ResourceEntry {
        secret: has_secret.then(|| references.of(Kind::Resource, &resource.uri, "secret")),
        name: (resource.name != resource.uri).then_some(resource.name),
        names: resource.names,
        scope: resource.scope.to_string(),
        alg: Some(resource.alg.to_string()),
        format: Some(resource.format.as_str().to_owned()),
        access_ttl_seconds: resource
            .access_ttl_seconds
            .and_then(|seconds| u64::try_from(seconds).ok()),
        token_roles: (resource.token_roles != TokenRoles::All)
            .then(|| resource.token_roles.as_str().to_owned()),
        scope_roles: resource.scope_roles,
        uri: resource.uri,
    }
}

fn client_entry(client: &Client, references: &mut References<'_>) -> ClientEntry {
    let mut fields = state::of_client(client);
    let says_nothing = |name: &str, value: &Value| match name {
        "redirect_uris" | "response_types" => *value == json!([]),
        "first_party" | "always_ask" | "disabled" => *value == json!(false),
        _ => false,
    };
    fields.retain(|name, value| !says_nothing(name, value));
    fields.insert("client_id".to_owned(), json!(client.id.as_str()));
    let mut entry: ClientEntry = serde_json::from_value(fields.into()).unwrap_or_default();
    entry.jwks = entry.jwks.map(in_order);
    if client.metadata.token_endpoint_auth_method.has_secret() {
        entry.client_secret =
            Some(references.of(Kind::Client, client.id.as_str(), "client_secret"));
    }
    entry
}

fn user_entry(user: User, claims: Map<String, Value>) -> UserEntry {
    UserEntry {
        id: Some(user.id.0),
        disabled: (!user.is_enabled()).then_some(true),
        username: user.username,
        email: user.email,
        email_verified: user.is_email_verified.then_some(true),
        name: user.name,
        roles: user.roles,
        claims: claims
            .into_iter()
            .map(|(name, value)| (name, in_order(value)))
            .collect::<BTreeMap<_, _>>()
            .into_iter()
            .collect(),
    }
}

/// The same with the members of objects by name: they come in whatever order they were stored in.
fn in_order(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let sorted: BTreeMap<String, Value> = members
                .into_iter()
                .map(|(name, value)| (name, in_order(value)))
                .collect();
            Value::Object(sorted.into_iter().collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(in_order).collect()),
        other => other,
    }
}

async fn all_claims(app: &App) -> Result<HashMap<Uuid, Map<String, Value>>> {
    let mut all = HashMap::new();
    let mut after = Uuid::nil();
    loop {
        let page = app.store.list_user_claims(after, PAGE).await?;
        let Some((last, _)) = page.last() else {
            return Ok(all);
        };
        after = *last;
        all.extend(page);
    }
}
