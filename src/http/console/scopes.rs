//! Scopes: their names and the words of the consent page. The shortest example of how pages of the console are made.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::confirm::Question;
use super::flash::Done;
use super::form::{self, Field, Form, Refusal};
use super::frame::Section;
use super::guard::{Admin, Answer, Posted, Stop};
use super::pieces::{Cell, Shape, State, Table};
use crate::admin::scopes::{self, NewScope, ScopeView};
use crate::model::scope::RESERVED_PREFIX;
use crate::oauth::params::Params;

/// Every scope.
pub(super) async fn list(admin: Admin) -> Answer {
    let all = scopes::list(admin.app()).await;
    let all = all.map_err(|error| admin.failed(error))?;
    let row = |scope: &ScopeView| {
        vec![
            Cell::link(&scope.name, admin.at(&["scopes", &scope.name])),
            Cell::text(&scope.description),
            if scope.required {
                State::cell(Shape::Good, "always with the rest")
            } else {
                Cell::text("the person may leave it out")
            },
            Cell::text(if scope.built_in { "built in" } else { "yours" }),
        ]
    };
    let table = Table::new(
        "Scopes",
        &[
            "Scope",
            "An app with it will be able to",
            "Consent",
            "Origin",
        ],
    )
    .rows(all.iter().map(row));
    let page = admin
        .page(Section::Scopes, "Scopes")
        .lead("What apps may ask for, and what the consent page says of it.")
        .action("New scope", admin.at(&["new", "scope"]))
        .with(table);
    Ok(admin.show(&page))
}

/// The form for a new one.
pub(super) async fn new(admin: Admin) -> Answer {
    Ok(show(&admin, None, None, None))
}

/// Adds one.
pub(super) async fn add(admin: Admin, posted: Posted) -> Answer {
    let name = form::text(&posted, "name");
    let all = scopes::list(admin.app()).await;
    let all = all.map_err(|error| admin.failed(error))?;
    if all.iter().any(|scope| scope.name == name) {
        let there = Refusal::new("name", "There is a scope of that name already.");
        return Ok(show(&admin, None, Some(&posted), Some(&there)));
    }
    put(&admin, None, &posted, name).await
}

/// One scope, as a form.
pub(super) async fn get(admin: Admin, name: Path<String>) -> Answer {
    let scope = find(&admin, &name).await?;
    Ok(show(&admin, Some(&scope), None, None))
}

/// Changes its words.
pub(super) async fn change(admin: Admin, name: Path<String>, posted: Posted) -> Answer {
    let scope = find(&admin, &name).await?;
    put(&admin, Some(&scope), &posted, scope.name.clone()).await
}

async fn put(admin: &Admin, scope: Option<&ScopeView>, posted: &Params, name: String) -> Answer {
    let new = NewScope {
        name: name.clone(),
        description: form::text(posted, "description"),
        is_required: Some(form::is_ticked(posted, "required")),
    };
    match scopes::put(admin.app(), &admin.by_form(posted)?, new).await {
        Ok(_) => {
            let done = match scope {
                None => Done::ScopeAdded,
                Some(_) => Done::ScopeChanged,
            };
            Ok(admin.done(done, &name, &admin.at(&["scopes"])))
        }
        Err(error) => {
            let refusal = Refusal::of(error).map_err(|error| admin.failed(error))?;
            Ok(show(admin, scope, Some(posted), Some(&refusal)))
        }
    }
}

/// Asks before it is removed.
pub(super) async fn ask(admin: Admin, name: Path<String>) -> Answer {
    admin.recent()?;
    let scope = find(&admin, &name).await?;
    let question = Question {
        section: Section::Scopes,
        title: format!("Remove the scope {}?", scope.name),
        effects: vec![
            "Apps can no longer ask for it, and new tokens do not carry it.".to_owned(),
            "Tokens that carry it go on until they expire.".to_owned(),
        ],
        submit: "Remove",
        action: admin.at(&["scopes", &scope.name, "remove"]),
        version: None,
        back: &admin.at(&["scopes", &scope.name]),
        overrides: false,
    };
    Ok(admin.show(&question.page(&admin)))
}

/// Removes it.
pub(super) async fn remove(admin: Admin, name: Path<String>, posted: Posted) -> Answer {
    admin.recent()?;
    let removed = scopes::remove(admin.app(), &admin.by_form(&posted)?, &name).await;
    removed.map_err(|error| admin.failed(error))?;
    Ok(admin.done(Done::ScopeRemoved, &name, &admin.at(&["scopes"])))
}

async fn find(admin: &Admin, name: &str) -> Result<ScopeView, Stop> {
    let all = scopes::list(admin.app()).await;
    let all = all.map_err(|error| admin.failed(error))?;
    let found = all.into_iter().find(|scope| scope.name == name);
    found.ok_or_else(|| admin.missing())
}

fn show(
    admin: &Admin,
    scope: Option<&ScopeView>,
    typed: Option<&Params>,
    refusal: Option<&Refusal>,
) -> HttpResponse {
    let (title, action, submit) = match scope {
        None => (
            "New scope".to_owned(),
            admin.at(&["new", "scope"]),
            "Add scope",
        ),
        Some(scope) => (
            scope.name.clone(),
            admin.at(&["scopes", &scope.name]),
            "Save",
        ),
    };
    let stored = |of: fn(&ScopeView) -> &str| scope.map_or("", of);
    let mut form = Form::new(admin, action, submit).cancel(admin.at(&["scopes"]));
    if scope.is_none() {
        form = form.field(
            Field::line("name", "Name")
                .help(
                    "What apps write in a request, such as notes:read. It cannot be changed later.",
                )
                .required()
                .value(typed, ""),
        );
    }
    let form = form
        .field(
            Field::line("description", "An app with it will be able to …")
                .help("What people read when they are asked, such as \u{201c}read your notes\u{201d}. At most 200 characters.")
                .required()
                .value(typed, stored(|scope| &scope.description)),
        )
        .field(
            Field::tick("required", "Always with the rest")
                .help("Whoever allows an app that asks for it cannot leave it out.")
                .value(typed, stored(|scope| if scope.required { "yes" } else { "" })),
        )
        .refused(refusal);
    let status = refusal.map_or(StatusCode::OK, Refusal::status);
    let mut page = admin
        .page(Section::Scopes, title)
        .up("Scopes", admin.at(&["scopes"]))
        .with(form);
    if let Some(scope) = scope.filter(|scope| !scope.name.starts_with(RESERVED_PREFIX)) {
        let label = if scope.built_in {
            "Back to our words"
        } else {
            "Remove scope"
        };
        page = page.action(label, admin.at(&["scopes", &scope.name, "remove"]));
    }
    admin.show_as(status, &page)
}
