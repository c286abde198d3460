//! Roles: what people are here, by which resources decide what apps get for them.

use actix_web::HttpResponse;
use actix_web::Scope;
use actix_web::http::StatusCode;
use actix_web::web::{self, Path};

use super::confirm::Question;
use super::flash::Done;
use super::form::{self, Field, Form, Refusal};
use super::frame::Section;
use super::guard::{Admin, Answer, Posted, Stop};
use super::managed::{self, Lock};
use super::pieces::{Cell, Table};
use crate::admin::managed::Kind;
use crate::admin::roles::{self, RoleView};
use crate::http::routes::resource;
use crate::oauth::params::Params;

/// Their addresses.
pub(super) fn routes(scope: Scope) -> Scope {
    let both = "GET, POST";
    scope
        .service(resource("/roles", "GET").route(web::get().to(list)))
        .service(
            resource("/new/role", both)
                .route(web::get().to(new))
                .route(web::post().to(add)),
        )
        .service(
            resource("/roles/{name}", both)
                .route(web::get().to(get))
                .route(web::post().to(change)),
        )
        .service(
            resource("/roles/{name}/remove", both)
                .route(web::get().to(ask))
                .route(web::post().to(remove)),
        )
}

async fn list(admin: Admin) -> Answer {
    let all = roles::list(admin.app()).await;
    let all = all.map_err(|error| admin.failed(error))?;
    let row = |role: &RoleView| {
        vec![
            Cell::link(&role.name, admin.at(&["roles", &role.name])),
            Cell::text(&role.description),
            Cell::text(role.users.to_string()),
            Cell::text(if role.built_in { "built in" } else { "yours" }),
        ]
    };
    let table =
        Table::new("Roles", &["Role", "Who has it", "People", "Origin"]).rows(all.iter().map(row));
    let page = admin
        .page(Section::Roles, "Roles")
        .lead("What people are here. Resources can keep scopes for people with certain roles.")
        .action("New role", admin.at(&["new", "role"]))
        .with(table);
    Ok(admin.show(&page))
}

async fn new(admin: Admin) -> Answer {
    let form = make(&admin, None, None);
    Ok(show_new(&admin, form, StatusCode::OK))
}

async fn add(admin: Admin, posted: Posted) -> Answer {
    let name = form::text(&posted, "name");
    let all = roles::list(admin.app()).await;
    let all = all.map_err(|error| admin.failed(error))?;
    let refusal = if all.iter().any(|role| role.name == name) {
        Refusal::new("name", "There is a role of that name already.")
    } else {
        let description = form::text(&posted, "description");
        match roles::put(admin.app(), &admin.by(), &name, &description).await {
            Ok(_) => return Ok(admin.done(Done::RoleAdded, &name, &admin.at(&["roles"]))),
            Err(error) => Refusal::of(error).map_err(|error| admin.failed(error))?,
        }
    };
    let form = make(&admin, None, Some(&posted)).refused(Some(&posted), Some(&refusal));
    Ok(show_new(&admin, form, refusal.status()))
}

fn show_new(admin: &Admin, form: Form, status: StatusCode) -> HttpResponse {
    let page = admin
        .page(Section::Roles, "New role")
        .up("Roles", admin.at(&["roles"]))
        .with(form);
    admin.show_as(status, &page)
}

async fn get(admin: Admin, name: Path<String>) -> Answer {
    show(&admin, &name, None).await
}

async fn change(admin: Admin, name: Path<String>, posted: Posted) -> Answer {
    let (by, description) = (admin.by_form(&posted)?, form::text(&posted, "description"));
    match roles::put(admin.app(), &by, &name, &description).await {
        Ok(_) => Ok(admin.done(Done::RoleChanged, &name, &admin.at(&["roles"]))),
        Err(error) => {
            let refusal = Refusal::of(error).map_err(|error| admin.failed(error))?;
            show(&admin, &name, Some((&posted, &refusal))).await
        }
    }
}

async fn find(admin: &Admin, name: &str) -> Result<RoleView, Stop> {
    let found = roles::show(admin.app(), name).await;
    found.map_err(|error| admin.failed(error))
}

async fn show(admin: &Admin, name: &str, sent: Option<(&Params, &Refusal)>) -> Answer {
    let role = find(admin, name).await?;
    let page = admin
        .page(Section::Roles, name)
        .up("Roles", admin.at(&["roles"]));
    if role.built_in {
        let page = page.lead(form::sentence(&role.description));
        return Ok(admin.show(&page.with(super::pieces::Piece::Text(
            "It comes with every installation and stays as it is. People with it may do everything here.".to_owned(),
        ))));
    }
    let typed = sent.map(|(typed, _)| typed);
    let refusal = sent.map(|(_, refusal)| refusal);
    let lock = Lock::of(admin, (Kind::Role, name), typed).await?;
    let href = admin.at(&["roles", name]);
    let form = make(admin, Some(&role), typed).refused(typed, refusal);
    let remove = lock.insisting(admin.at(&["roles", name, "remove"]));
    let page = lock.put(page.action("Remove role", remove), form, &href);
    Ok(admin.show_as(refusal.map_or(StatusCode::OK, Refusal::status), &page))
}

fn make(admin: &Admin, role: Option<&RoleView>, typed: Option<&Params>) -> Form {
    let description = Field::line("description", "Who has it")
        .help("For administrators, such as \u{201c}may publish articles\u{201d}.")
        .required();
    let form = match role {
        None => Form::new(admin, admin.at(&["new", "role"]), "Add role").field(
            Field::line("name", "Name")
                .help("What tokens say, such as editor. It cannot be changed later.")
                .required()
                .value(typed, ""),
        ),
        Some(role) => {
            Form::new(admin, admin.at(&["roles", &role.name]), "Save").version(role.version)
        }
    };
    let stored = role.map_or("", |role| role.description.as_str());
    form.field(description.value(typed, stored))
        .cancel(admin.at(&["roles"]))
}

async fn ask(admin: Admin, name: Path<String>) -> Answer {
    admin.recent()?;
    let role = find(&admin, &name).await?;
    let question = Question {
        section: Section::Roles,
        title: format!("Remove the role {}?", role.name),
        effects: vec![
            match role.users {
                0 => "Nobody has it.".to_owned(),
                1 => "One person has it, and must lose it first.".to_owned(),
                count => format!("{count} people have it, and must lose it first."),
            },
            "A role that a resource keeps a scope for cannot be removed.".to_owned(),
        ],
        submit: "Remove",
        action: admin.at(&["roles", &role.name, "remove"]),
        version: Some(role.version),
        back: &admin.at(&["roles", &role.name]),
        overrides: managed::overrides(&admin, None),
    };
    Ok(admin.show(&question.page(&admin)))
}

async fn remove(admin: Admin, name: Path<String>, posted: Posted) -> Answer {
    admin.recent()?;
    let removed = roles::remove(admin.app(), &admin.by_form(&posted)?, &name).await;
    removed.map_err(|error| admin.failed(error))?;
    Ok(admin.done(Done::RoleRemoved, &name, &admin.at(&["roles"])))
}
