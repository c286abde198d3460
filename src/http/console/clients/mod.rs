//! Clients: the list, and what its pages share.

mod actions;
mod edit;
mod fields;
mod kinds;
mod look;
mod new;
mod samples;
mod secrets;
mod show;

use actix_web::Scope;
use actix_web::web;

use super::form::{Choice, sentence};
use super::frame::Section;
use super::guard::{Admin, Answer, Stop};
use super::listing::Listing;
use super::pieces::{Cell, Filter, FilterChoice, Shape, State, Table};
use crate::admin::clients::{self, ClientFilter};
use crate::admin::managed::{self, Kind, Managed};
use crate::http::routes::resource;
use crate::model::client::{Client, Registration};
use crate::model::resource::admin_api_uri;

/// Their addresses.
pub(super) fn routes(scope: Scope) -> Scope {
    let both = "GET, POST";
    scope
        .service(resource("/clients", "GET").route(web::get().to(list)))
        .service(resource("/new/client", "GET").route(web::get().to(new::choose)))
        .service(
            resource("/new/client/{kind}", both)
                .route(web::get().to(new::get))
                .route(web::post().to(new::post)),
        )
        .service(resource("/clients/{id}", "GET").route(web::get().to(show::get)))
        .service(resource("/clients/{id}/settings", "GET").route(web::get().to(show::settings)))
        .service(
            resource("/clients/{id}/edit/{part}", both)
                .route(web::get().to(edit::get))
                .route(web::post().to(edit::post)),
        )
        .service(
            resource("/clients/{id}/secrets/new", both)
                .route(web::get().to(secrets::ask_new))
                .route(web::post().to(secrets::add)),
        )
        .service(
            resource("/clients/{id}/secrets/{secret}/remove", both)
                .route(web::get().to(secrets::ask_remove))
                .route(web::post().to(secrets::remove)),
        )
        .service(
            resource("/clients/{id}/{action:disable|enable|remove}", both)
                .route(web::get().to(actions::ask))
                .route(web::post().to(actions::act)),
        )
}

/// The list.
async fn list(admin: Admin) -> Answer {
    let href = admin.at(&["clients"]);
    let listing = Listing::read(&admin, href, &["search", "registration", "state"]);
    let filter = ClientFilter {
        search: listing.get("search").map(ToOwned::to_owned),
        registration: match listing.get("registration") {
            Some("administrator") => Some(Registration::Administrator),
            Some("dynamic") => Some(Registration::Dynamic),
            _ => None,
        },
        is_enabled: match listing.get("state") {
            Some("enabled") => Some(true),
            Some("disabled") => Some(false),
            _ => None,
        },
    };
    let found = clients::find(admin.app(), &filter, &listing.paging).await;
    let found = found.map_err(|error| admin.failed(error))?;
    let table = Table::new("Clients", &["Name", "Client ID", "Kind", "State"])
        .rows(found.items.iter().map(|client| row(&admin, client)))
        .empty(nothing(&admin, listing.is_filtered()));
    let page = admin
        .page(Section::Clients, "Clients")
        .lead("The apps and services that sign people in here, or get tokens from here.")
        .action("New client", admin.at(&["new", "client"]))
        .with(filter_of(&listing))
        .with(listing.paged(table, &found));
    Ok(admin.show(&page))
}

fn row(admin: &Admin, client: &Client) -> Vec<Cell> {
    vec![
        Cell::link(
            &client.metadata.client_name,
            admin.at(&["clients", client.id.as_str()]),
        ),
        Cell::code(client.id.as_str()),
        Cell::text(kinds::describe(client)),
        state(client),
    ]
}

/// Whether it works, and whether somebody looked at it.
fn state(client: &Client) -> Cell {
    match (client.is_enabled(), client.registration) {
        (false, _) => State::cell(Shape::Off, "disabled"),
        (true, Registration::Dynamic) => State::cell(Shape::Alert, "registered itself"),
        (true, Registration::Administrator) => State::cell(Shape::Good, "enabled"),
    }
}

fn nothing(admin: &Admin, is_filtered: bool) -> Vec<Cell> {
    if is_filtered {
        return vec![Cell::text(
            "No client is like that. Look for less, or show all.",
        )];
    }
    vec![
        Cell::text(
            "Here will be every app that signs people in through this server. There is none yet.",
        ),
        Cell::link("Register the first client", admin.at(&["new", "client"])),
    ]
}

fn filter_of(listing: &Listing) -> Filter {
    let registered = [
        ("", "By anyone"),
        ("administrator", "By an administrator"),
        ("dynamic", "By themselves"),
    ];
    let states = [
        ("", "Any"),
        ("enabled", "Enabled"),
        ("disabled", "Disabled"),
    ];
    Filter {
        action: listing.href().to_owned(),
        search: Some(listing.search("search", "Name or client ID")),
        choices: vec![
            FilterChoice {
                name: "registration",
                label: "Registered",
                options: listing.options("registration", &registered),
            },
            FilterChoice {
                name: "state",
                label: "State",
                options: listing.options("state", &states),
            },
        ],
        is_active: listing.is_filtered(),
    }
}

/// The client, and what manages it.
async fn find(admin: &Admin, id: &str) -> Result<(Client, Option<Managed>), Stop> {
    let client = clients::show(admin.app(), id).await;
    let client = client.map_err(|error| admin.failed(error))?;
    let managed = managed::of(admin.app(), Kind::Client, id).await;
    Ok((client, managed.map_err(|error| admin.failed(error))?))
}

/// The scopes that a client may be given, as ticks.
fn scope_choices(admin: &Admin, keep: impl Fn(&str) -> bool) -> Vec<Choice> {
    let registry = admin.app().registry();
    let scopes = registry.scopes.iter().filter(|scope| keep(&scope.name));
    scopes
        .map(|scope| Choice::new(&scope.name, &scope.name).help(sentence(&scope.description)))
        .collect()
}

/// The resources that it may ask tokens for, as ticks.
fn resource_choices(admin: &Admin, has_admin_api: bool) -> Vec<Choice> {
    let registry = admin.app().registry();
    let own = admin_api_uri(admin.app().issuer());
    let mut all: Vec<_> = registry
        .resources
        .values()
        .map(|keys| &keys.resource)
        .filter(|resource| has_admin_api || resource.uri != own)
        .collect();
    all.sort_by(|a, b| a.uri.cmp(&b.uri));
    all.iter()
        .map(|resource| Choice::new(&resource.uri, &resource.name).help(&resource.uri))
        .collect()
}
