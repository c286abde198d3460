//! The forms of a resource, and what they say.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::admin::resources::{NewResource, ResourceFields, ScopeRoles};
use crate::admin::roles::RoleView;
use crate::http::console::form::{self, Choice, Field, Form, Refusal};
use crate::http::console::guard::Admin;
use crate::model::resource::Resource;
use crate::model::scope::{RESERVED_PREFIX, is_built_in};
use crate::oauth::params::Params;

/// What a posted form says of both a new and a known one.
pub(super) struct Read {
    pub name: String,
    pub scope: String,
    pub alg: Option<String>,
    pub format: Option<String>,
    pub access_ttl: Option<Duration>,
    pub token_roles: Option<String>,
}

pub(super) fn read(posted: &Params) -> Result<Read, Refusal> {
    let access_ttl = match form::text(posted, "access_ttl").as_str() {
        "" => None,
        text => {
            let seconds = text.parse().map_err(|_| {
                Refusal::new("access_ttl", "Write a whole number of seconds, or nothing.")
            })?;
            Some(Duration::from_secs(seconds))
        }
    };
    let given = |name| posted.get(name).map(ToOwned::to_owned);
    Ok(Read {
        name: form::text(posted, "name"),
        scope: posted.all("scope").join(" "),
        alg: given("alg"),
        format: given("format"),
        access_ttl,
        token_roles: given("token_roles"),
    })
}

impl Read {
    pub(super) fn into_new(self, uri: String) -> NewResource {
        NewResource {
            name: Some(self.name).filter(|name| !name.is_empty()),
            scope: self.scope,
            alg: self.alg,
            access_ttl: self.access_ttl,
            format: self.format,
            token_roles: self.token_roles,
            scope_roles: BTreeMap::new(),
            uri,
        }
    }

    pub(super) fn into_fields(self) -> ResourceFields {
        ResourceFields {
            name: Some(self.name),
            scope: Some(self.scope),
            alg: self.alg,
            access_ttl: Some(self.access_ttl),
            format: self.format,
            token_roles: self.token_roles,
            ..ResourceFields::default()
        }
    }
}

/// The form of a new one, or of a known one.
pub(super) fn make(
    admin: &Admin,
    resource: Option<&Resource>,
    action: String,
    typed: Option<&Params>,
) -> Form {
    let form = match resource {
        None => Form::new(admin, action, "Add resource").field(
            Field::line("uri", "URI")
                .help("What apps name it by, and the audience of its tokens: mostly the API's address, such as https://api.example.com/. It cannot be changed later.")
                .required()
                .value(typed, ""),
        ),
        Some(resource) => Form::new(admin, action, "Save").version(resource.version),
    };
    let name = resource.map_or("", |resource| resource.name.as_str());
    form.field(
        Field::line("name", "Name")
            .help("What the consent page calls it.")
            .required()
            .value(typed, name),
    )
    .field(scopes(admin, resource, typed))
    .fields(tokens(resource, typed))
    .cancel(admin.at(&["resources"]))
}

fn scopes(admin: &Admin, resource: Option<&Resource>, typed: Option<&Params>) -> Field {
    let registry = admin.app().registry();
    let is_free = |name: &str| !is_built_in(name) && !name.starts_with(RESERVED_PREFIX);
    let choices = registry.scopes.iter().filter(|scope| is_free(&scope.name));
    let choices = choices.map(|scope| {
        Choice::new(&scope.name, &scope.name).help(form::sentence(&scope.description))
    });
    let stored: Vec<&str> =
        resource.map_or_else(Vec::new, |resource| resource.scope.iter().collect());
    Field::ticks("scope", "Scopes of its own", choices.collect())
        .help("Only tokens for this API carry them. Scopes are made on their own page first.")
        .value(typed, stored.join("\n"))
}

fn tokens(resource: Option<&Resource>, typed: Option<&Params>) -> Vec<Field> {
    let algs = ["ES256", "RS256", "PS256", "EdDSA", "HS256"];
    let formats = vec![
        Choice::new("jwt", "Signed tokens (JWT)").help("The API checks them itself."),
        Choice::new("opaque", "Opaque tokens")
            .help("The API asks this server about each. They end at once when they are revoked."),
    ];
    let told = vec![
        Choice::new("all", "All of them"),
        Choice::new("own", "Those that decide about its scopes"),
        Choice::new("none", "None"),
    ];
    let ttl = resource.and_then(|resource| resource.access_ttl_seconds);
    vec![
        Field::one_of("format", "Tokens", formats).value(
            typed,
            resource.map_or("jwt", |resource| resource.format.as_str()),
        ),
        Field::select(
            "alg",
            "Signed with",
            algs.map(|alg| Choice::new(alg, alg)).into(),
        )
        .help(
            "ES256 is right for nearly all. HS256 is a secret that this server and the API share.",
        )
        .value(
            typed,
            resource.map_or("ES256", |resource| resource.alg.as_str()),
        ),
        Field::typed("access_ttl", "How long tokens live, in seconds", "number")
            .help("10 to 86400. Empty: as the settings say.")
            .value(typed, ttl.map(|ttl| ttl.to_string()).unwrap_or_default()),
        Field::one_of("token_roles", "Which of a person's roles they name", told).value(
            typed,
            resource.map_or("all", |resource| resource.token_roles.as_str()),
        ),
    ]
}

/// Which roles may get which scopes: a tick for each pair.
pub(super) fn make_roles(
    admin: &Admin,
    resource: &Resource,
    roles: &[RoleView],
    (action, typed): (String, Option<&Params>),
) -> Form {
    let pair = |scope: &str, role: &str| format!("{scope} {role}");
    let mut choices = Vec::new();
    for scope in resource.scope.iter() {
        for role in roles {
            choices.push(Choice::new(
                pair(scope, &role.name),
                format!("{scope} for {}", role.name),
            ));
        }
    }
    let stored = resource.scope_roles.iter();
    let stored: Vec<String> = stored
        .flat_map(|(scope, roles)| roles.iter().map(move |role| pair(scope, role)))
        .collect();
    Form::new(admin, action, "Save")
        .version(resource.version)
        .field(
            Field::ticks("scope_roles", "Only for people with these roles", choices)
                .help("A scope without any tick is for everyone. With several, one of the roles is enough.")
                .value(typed, stored.join("\n")),
        )
}

/// What that form says.
pub(super) fn read_roles(posted: &Params) -> ScopeRoles {
    let mut all: ScopeRoles = BTreeMap::new();
    for pair in posted.all("scope_roles") {
        if let Some((scope, role)) = pair.split_once(' ') {
            let roles: &mut BTreeSet<String> = all.entry(scope.to_owned()).or_default();
            roles.insert(role.to_owned());
        }
    }
    all
}
