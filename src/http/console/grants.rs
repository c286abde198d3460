//! What apps hold of people, and ending it.

use actix_web::Scope;
use actix_web::web::{self, Path};

use super::confirm::Question;
use super::flash::Done;
use super::frame::Section;
use super::guard::{Admin, Answer};
use super::listing::Listing;
use super::pieces::{Cell, Link, Notice, Table};
use super::{names, search, sessions};
use crate::admin::Page;
use crate::admin::grants::{self, GrantFilter, GrantView};
use crate::http::routes::resource;
use crate::model::id::ClientId;

/// The columns of [`row`].
pub(super) const COLUMNS: [&str; 5] = ["App", "Scopes", "Since", "Ends", "Action"];
/// The same under the heading of all.
const COLUMNS_OF_ALL: [&str; 6] = ["Person", "App", "Scopes", "Since", "Ends", "Action"];

/// Their addresses.
pub(super) fn routes(scope: Scope) -> Scope {
    scope
        .service(resource("/grants", "GET").route(web::get().to(list)))
        .service(
            resource("/grants/{id}/revoke", "GET, POST")
                .route(web::get().to(ask))
                .route(web::post().to(revoke)),
        )
}

async fn list(admin: Admin) -> Answer {
    let listing = Listing::read(&admin, admin.at(&["grants"]), &["user", "client"]);
    let fields = vec![
        search::field(&listing, "user", "Username or e-mail", "search"),
        search::field(&listing, "client", "Client ID", "search"),
    ];
    let page = admin
        .page(Section::Grants, "Grants")
        .lead("What apps hold of people now: each is one sign-in through an app, with all tokens that came of it.")
        .with(search::search(&listing, fields));
    let user = match names::wanted(&admin, listing.get("user")).await? {
        Ok(user) => user,
        Err(text) => return Ok(admin.show(&page.with(Notice::bad(text)))),
    };
    let client = listing.get("client").map(ClientId::parse).transpose();
    let found = match client {
        Ok(client) => {
            let filter = GrantFilter { user, client };
            let found = grants::find(admin.app(), &filter, &listing.paging).await;
            found.map_err(|error| admin.failed(error))?
        }
        // What is no client ID has no grants.
        Err(_) => Page {
            items: Vec::new(),
            next: None,
        },
    };
    let table = Table::new("Grants", &COLUMNS_OF_ALL)
        .rows(found.items.iter().map(|grant| row(&admin, grant, true)))
        .empty(vec![Cell::text(
            "No app holds access. A grant is made when somebody signs in through an app.",
        )]);
    Ok(admin.show(&page.with(listing.paged(table, &found))))
}

/// A grant in a table, with the person where they are not known from the page.
pub(super) fn row(admin: &Admin, grant: &GrantView, is_of_all: bool) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut revoke = admin.at(&["grants", &grant.id.to_string(), "revoke"]);
    if is_of_all {
        let href = admin.at(&["users", &grant.user_id.to_string()]);
        cells.push(Cell::link(&grant.username, href));
        revoke.push_str("?back=list");
    }
    let about = format!("{} for {}", grant.client_name, grant.username);
    cells.extend([
        Cell::link(
            &grant.client_name,
            admin.at(&["clients", grant.client_id.as_str()]),
        ),
        Cell::Tags(grant.scope.iter().map(ToString::to_string).collect()),
        Cell::time(grant.created_at),
        Cell::time(grant.expires_at),
        Cell::Link(Link::new("Revoke", revoke).about(about)),
    ]);
    cells
}

fn back(admin: &Admin, grant: &GrantView) -> String {
    match admin.query().get("back") {
        Some("list") => admin.at(&["grants"]),
        _ => admin.at(&["users", &grant.user_id.to_string()]),
    }
}

async fn ask(admin: Admin, id: Path<String>) -> Answer {
    admin.recent()?;
    let grant = grants::show(admin.app(), &id).await;
    let grant = grant.map_err(|error| admin.failed(error))?;
    let (app, name) = (&grant.client_name, &grant.username);
    let mut action = admin.at(&["grants", &id, "revoke"]);
    if admin.query().get("back") == Some("list") {
        action.push_str("?back=list");
    }
    let question = Question {
        section: Section::Grants,
        title: format!("Revoke what {app} holds of {name}?"),
        effects: vec![
            format!(
                "The refresh token of {app} ends at once, and its access tokens wherever somebody asks about them."
            ),
            sessions::lifetime(&admin),
            format!(
                "What {name} allowed is remembered: the app can get a new grant when {name} is there. To be asked again, take back what was allowed, on the page of {name}."
            ),
        ],
        submit: "Revoke",
        action,
        version: None,
        back: &back(&admin, &grant),
        overrides: false,
    };
    Ok(admin.show(&question.page(&admin)))
}

async fn revoke(admin: Admin, id: Path<String>) -> Answer {
    admin.recent()?;
    let grant = grants::show(admin.app(), &id).await;
    let grant = grant.map_err(|error| admin.failed(error))?;
    let revoked = grants::revoke(admin.app(), &admin.by(), grant.id).await;
    revoked.map_err(|error| admin.failed(error))?;
    let to = back(&admin, &grant);
    Ok(admin.done(Done::GrantRevoked, &grant.client_name, &to))
}
