//! Scopes: their names and the words of the consent page. The shortest example of how pages of the console are made.

use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::confirm::Question;
use super::flash::Done;
use super::form::{self, Field, Form, Refusal};
use super::frame::Section;
use super::guard::{Admin, Answer, Posted, Stop};
use super::managed::{self, Lock};
use super::pieces::{Cell, Shape, State, Table};
use crate::admin::localized;
use crate::admin::managed::Kind;
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
    show(&admin, None, None).await
}

/// Adds one.
pub(super) async fn add(admin: Admin, posted: Posted) -> Answer {
    let name = form::text(&posted, "name");
    let all = scopes::list(admin.app()).await;
    let all = all.map_err(|error| admin.failed(error))?;
    if all.iter().any(|scope| scope.name == name) {
        let there = Refusal::new("name", "There is a scope of that name already.");
        return show(&admin, None, Some((&posted, &there))).await;
    }
    put(&admin, None, &posted, name).await
}

/// One scope, as a form.
pub(super) async fn get(admin: Admin, name: Path<String>) -> Answer {
    let scope = find(&admin, &name).await?;
    show(&admin, Some(&scope), None).await
}

/// Changes its words.
pub(super) async fn change(admin: Admin, name: Path<String>, posted: Posted) -> Answer {
    let scope = find(&admin, &name).await?;
    put(&admin, Some(&scope), &posted, scope.name.clone()).await
}

async fn put(admin: &Admin, scope: Option<&ScopeView>, posted: &Params, name: String) -> Answer {
    let by = admin.by_form(posted)?;
    let put = match localized::parse("descriptions", &form::lines(posted, "descriptions")) {
        Ok(descriptions) => {
            let new = NewScope {
                name: name.clone(),
                description: form::text(posted, "description"),
                is_required: Some(form::is_ticked(posted, "required")),
                descriptions: Some(descriptions),
            };
            scopes::put(admin.app(), &by, new).await
        }
        Err(error) => Err(error),
    };
    match put {
        Ok(_) => {
            let done = match scope {
                None => Done::ScopeAdded,
                Some(_) => Done::ScopeChanged,
            };
            Ok(admin.done(done, &name, &admin.at(&["scopes"])))
        }
        Err(error) => {
            let refusal = Refusal::of(error).map_err(|error| admin.failed(error))?;
            show(admin, scope, Some((posted, &refusal))).await
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
        version: Some(scope.version),
        back: &admin.at(&["scopes", &scope.name]),
        overrides: managed::overrides(&admin, None),
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

async fn show(
    admin: &Admin,
    scope: Option<&ScopeView>,
    sent: Option<(&Params, &Refusal)>,
) -> Answer {
    let typed = sent.map(|(typed, _)| typed);
    let refusal = sent.map(|(_, refusal)| refusal);
    let form = make(admin, scope, typed).refused(typed, refusal);
    let title = scope.map_or("New scope", |scope| &scope.name);
    let mut page = admin
        .page(Section::Scopes, title)
        .up("Scopes", admin.at(&["scopes"]));
    page = match scope {
        None => page.with(form),
        Some(scope) => {
            let lock = Lock::of(admin, (Kind::Scope, &scope.name), typed).await?;
            let label = if scope.built_in {
                "Back to our words"
            } else {
                "Remove scope"
            };
            let remove = admin.at(&["scopes", &scope.name, "remove"]);
            if !scope.name.starts_with(RESERVED_PREFIX) {
                page = page.action(label, lock.insisting(remove));
            }
            lock.put(page, form, &admin.at(&["scopes", &scope.name]))
        }
    };
    let status = refusal.map_or(StatusCode::OK, Refusal::status);
    Ok(admin.show_as(status, &page))
}

fn make(admin: &Admin, scope: Option<&ScopeView>, typed: Option<&Params>) -> Form {
    let form = match scope {
        None => Form::new(admin, admin.at(&["new", "scope"]), "Add scope").field(
            Field::line("name", "Name")
                .help(
                    "What apps write in a request, such as notes:read. It cannot be changed later.",
                )
                .required()
                .value(typed, ""),
        ),
        Some(scope) => {
            Form::new(admin, admin.at(&["scopes", &scope.name]), "Save").version(scope.version)
        }
    };
    let description = scope.map_or("", |scope| scope.description.as_str());
    let descriptions = scope.map(|scope| scope.descriptions.clone());
    let descriptions = descriptions.unwrap_or_default();
    let required = scope.is_some_and(|scope| scope.required);
    form.field(
        Field::line("description", "An app with it will be able to \u{2026}")
            .help("What people read when they are asked, such as \u{201c}read your notes\u{201d}. At most 200 characters.")
            .required()
            .value(typed, description),
    )
    .field(
        Field::lines("descriptions", "The same in other languages", 3)
            .help("One on each line, such as de=Ihre Notizen lesen. People read the one in the language of the page.")
            .value(typed, localized::lines(&descriptions)),
    )
    .field(
        Field::tick("required", "Always with the rest")
            .help("Whoever allows an app that asks for it cannot leave it out.")
            .value(typed, if required { "yes" } else { "" }),
    )
    .cancel(admin.at(&["scopes"]))
}
