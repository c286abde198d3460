//! The pages of resources.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::form::{make, make_roles, read, read_roles};
use super::{find, key};
use crate::admin::managed::Kind;
use crate::admin::resources::{self, ResourceFields, ResourceWithSecret};
use crate::admin::roles;
use crate::http::console::confirm::Question;
use crate::http::console::flash::Done;
use crate::http::console::form::{self, Refusal};
use crate::http::console::frame::Section;
use crate::http::console::guard::{Admin, Answer, Posted};
use crate::http::console::managed::{self, Lock};
use crate::http::console::pieces::{Cell, Fact, Link, Notice, Part, Piece, Table};
use crate::model::resource::{Resource, TokenFormat};
use crate::oauth::params::Params;

/// All of them.
pub(super) async fn list(admin: Admin) -> Answer {
    let all = resources::list(admin.app()).await;
    let all = all.map_err(|error| admin.failed(error))?;
    let row = |resource: &Resource| {
        let scope: Vec<String> = resource.scope.iter().map(ToOwned::to_owned).collect();
        vec![
            Cell::link(
                &resource.name,
                admin.at(&["resources", &key(&resource.uri)]),
            ),
            Cell::code(&resource.uri),
            Cell::Tags(scope),
            Cell::text(tokens(resource)),
        ]
    };
    let table =
        Table::new("Resources", &["Name", "URI", "Scopes", "Tokens"]).rows(all.iter().map(row));
    let page = admin
        .page(Section::Resources, "Resources")
        .lead("The APIs that accept access tokens from here.")
        .action("New resource", admin.at(&["new", "resource"]))
        .with(table);
    Ok(admin.show(&page))
}

fn tokens(resource: &Resource) -> String {
    match resource.format {
        TokenFormat::Opaque => "opaque".to_owned(),
        TokenFormat::Jwt => format!("JWT, {}", resource.alg),
    }
}

/// The form for a new one.
pub(super) async fn new(admin: Admin) -> Answer {
    Ok(show_new(&admin, None))
}

/// Registers it.
pub(super) async fn add(admin: Admin, posted: Posted) -> Answer {
    let read = match read(&posted) {
        Ok(read) => read,
        Err(refusal) => return Ok(show_new(&admin, Some((&posted, &refusal)))),
    };
    let new = read.into_new(form::text(&posted, "uri"));
    match resources::add(admin.app(), &admin.by(), new).await {
        Ok(ResourceWithSecret {
            resource,
            secret: None,
        }) => {
            let to = admin.at(&["resources", &key(&resource.uri)]);
            Ok(admin.done(Done::ResourceAdded, &resource.name, &to))
        }
        // The secret is shown here and nowhere else; sent once more, the form finds its URI taken.
        Ok(ResourceWithSecret {
            resource,
            secret: Some(secret),
        }) => {
            let page = admin
                .page(Section::Resources, format!("{} is registered", resource.name))
                .up("Resources", admin.at(&["resources"]))
                .with(Notice {
                    is_bad: false,
                    text: "The secret is shown this once. The text, byte for byte, is the key that the API checks tokens with.".to_owned(),
                    link: None,
                })
                .with(Piece::Facts(vec![
                    Fact::new("URI", Cell::code(&resource.uri)),
                    Fact::new("Secret", Cell::code(secret.expose())),
                ]));
            Ok(admin.show(&page))
        }
        Err(error) => {
            let refusal = Refusal::of(error).map_err(|error| admin.failed(error))?;
            Ok(show_new(&admin, Some((&posted, &refusal))))
        }
    }
}

fn show_new(admin: &Admin, sent: Option<(&Params, &Refusal)>) -> HttpResponse {
    let typed = sent.map(|(typed, _)| typed);
    let refusal = sent.map(|(_, refusal)| refusal);
    let form = make(admin, None, admin.at(&["new", "resource"]), typed).refused(typed, refusal);
    let page = admin
        .page(Section::Resources, "New resource")
        .up("Resources", admin.at(&["resources"]))
        .with(form);
    admin.show_as(refusal.map_or(StatusCode::OK, Refusal::status), &page)
}

/// One, as a form.
pub(super) async fn get(admin: Admin, key: Path<String>) -> Answer {
    show(&admin, &key, None).await
}

/// Changes it.
pub(super) async fn change(admin: Admin, path: Path<String>, posted: Posted) -> Answer {
    let resource = find(&admin, &path).await?;
    let by = admin.by_form(&posted)?;
    let read = match read(&posted) {
        Ok(read) => read,
        Err(refusal) => return show(&admin, &path, Some((&posted, &refusal))).await,
    };
    match resources::change(admin.app(), &by, &resource.uri, read.into_fields()).await {
        Ok(resource) => {
            let to = admin.at(&["resources", &key(&resource.uri)]);
            Ok(admin.done(Done::ResourceChanged, &resource.name, &to))
        }
        Err(error) => {
            let refusal = Refusal::of(error).map_err(|error| admin.failed(error))?;
            show(&admin, &path, Some((&posted, &refusal))).await
        }
    }
}

async fn show(admin: &Admin, path: &str, sent: Option<(&Params, &Refusal)>) -> Answer {
    let resource = find(admin, path).await?;
    let typed = sent.map(|(typed, _)| typed);
    let refusal = sent.map(|(_, refusal)| refusal);
    let href = admin.at(&["resources", path]);
    let mut page = admin
        .page(Section::Resources, &resource.name)
        .up("Resources", admin.at(&["resources"]))
        .with(Piece::Facts(vec![Fact::new(
            "URI",
            Cell::code(&resource.uri),
        )]));
    let form = make(admin, Some(&resource), href.clone(), typed).refused(typed, refusal);
    if resource.is_built_in() {
        let facts = form
            .fields
            .into_iter()
            .map(form::Field::into_fact)
            .collect();
        page = page
            .lead("It comes with every installation and stays as it is.")
            .with(Piece::Facts(facts));
        return Ok(admin.show(&page));
    }
    let lock = Lock::of(admin, (Kind::Resource, &resource.uri), typed).await?;
    let remove = lock.insisting(format!("{href}/remove"));
    let roles = lock.insisting(format!("{href}/roles"));
    page = lock.put(page.action("Remove resource", remove), form, &href);
    page = page.with(role_part(&resource, roles));
    Ok(admin.show_as(refusal.map_or(StatusCode::OK, Refusal::status), &page))
}

fn role_part(resource: &Resource, href: String) -> Part {
    let row = |scope: &str| {
        let roles = resource.scope_roles.get(scope);
        let who = match roles {
            None => Cell::text("everyone"),
            Some(roles) => Cell::Tags(roles.iter().cloned().collect()),
        };
        vec![Cell::text(scope), who]
    };
    let table = Table::new(
        "Who may get which scope",
        &["Scope", "For people with the role"],
    )
    .rows(resource.scope.iter().map(row))
    .empty(vec![Cell::text(
        "It has no scopes of its own, so there is nothing to keep for anyone.",
    )]);
    Part::new("roles", "Who may get which scope")
        .help("A scope that somebody's roles do not allow is not granted, and the consent page says so.")
        .with(table)
        .with(Piece::Links(vec![Link::new("Change who may", href)]))
}

/// Which roles may get which scopes.
pub(super) async fn get_roles(admin: Admin, key: Path<String>) -> Answer {
    show_roles(&admin, &key, None).await
}

/// Changes that.
pub(super) async fn change_roles(admin: Admin, path: Path<String>, posted: Posted) -> Answer {
    let resource = find(&admin, &path).await?;
    let by = admin.by_form(&posted)?;
    let fields = ResourceFields {
        scope_roles: Some(read_roles(&posted)),
        ..ResourceFields::default()
    };
    match resources::change(admin.app(), &by, &resource.uri, fields).await {
        Ok(resource) => {
            let to = admin.at(&["resources", &key(&resource.uri)]);
            Ok(admin.done(Done::ResourceChanged, &resource.name, &to))
        }
        Err(error) => {
            let refusal = Refusal::of(error).map_err(|error| admin.failed(error))?;
            show_roles(&admin, &path, Some((&posted, &refusal))).await
        }
    }
}

async fn show_roles(admin: &Admin, path: &str, sent: Option<(&Params, &Refusal)>) -> Answer {
    let resource = find(admin, path).await?;
    let all = roles::list(admin.app()).await;
    let all = all.map_err(|error| admin.failed(error))?;
    let typed = sent.map(|(typed, _)| typed);
    let refusal = sent.map(|(_, refusal)| refusal);
    let lock = Lock::of(admin, (Kind::Resource, &resource.uri), typed).await?;
    let (up, action) = (
        admin.at(&["resources", path]),
        admin.at(&["resources", path, "roles"]),
    );
    let form = make_roles(admin, &resource, &all, (action.clone(), typed))
        .cancel(up.clone())
        .refused(typed, refusal);
    let page = admin
        .page(Section::Resources, "Who may get which scope")
        .up(&resource.name, up);
    let page = lock.put(page, form, &action);
    Ok(admin.show_as(refusal.map_or(StatusCode::OK, Refusal::status), &page))
}

/// Asks before it goes.
pub(super) async fn ask(admin: Admin, path: Path<String>) -> Answer {
    admin.recent()?;
    let resource = find(&admin, &path).await?;
    let question = Question {
        section: Section::Resources,
        title: format!("Remove {}?", resource.name),
        effects: vec![
            "Apps get no more tokens for it.".to_owned(),
            "Tokens that are out work until they expire, where the API checks them itself."
                .to_owned(),
            "Its scopes stay registered, as do the apps that named it.".to_owned(),
        ],
        submit: "Remove",
        action: admin.at(&["resources", &path, "remove"]),
        version: Some(resource.version),
        back: &admin.at(&["resources", &path]),
        overrides: managed::overrides(&admin, None),
    };
    Ok(admin.show(&question.page(&admin)))
}

/// Removes it.
pub(super) async fn remove(admin: Admin, path: Path<String>, posted: Posted) -> Answer {
    admin.recent()?;
    let resource = find(&admin, &path).await?;
    let removed = resources::remove(admin.app(), &admin.by_form(&posted)?, &resource.uri).await;
    removed.map_err(|error| admin.failed(error))?;
    Ok(admin.done(
        Done::ResourceRemoved,
        &resource.name,
        &admin.at(&["resources"]),
    ))
}
