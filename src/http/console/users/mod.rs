//! Users: the list, and what its pages share.

mod actions;
mod claims;
mod edit;
mod password;
mod show;
mod upstream;

use actix_web::Scope;
use actix_web::web;

use super::frame::Section;
use super::guard::{Admin, Answer, Stop};
use super::listing::Listing;
use super::pieces::{Cell, Link, Piece, Shape, State, Table};
use super::search;
use crate::admin::managed::{self, Kind, Managed};
use crate::admin::roles;
use crate::admin::users::{self, UserFilter};
use crate::http::routes::resource;
use crate::model::user::User;
pub(super) use edit::{gives_admin, refusal};

/// Their addresses.
pub(super) fn routes(scope: Scope) -> Scope {
    let both = "GET, POST";
    scope
        .service(resource("/users", "GET").route(web::get().to(list)))
        .service(
            resource("/new/user", both)
                .route(web::get().to(edit::new))
                .route(web::post().to(edit::add)),
        )
        .service(resource("/users/{id}", "GET").route(web::get().to(show::get)))
        .service(
            resource("/users/{id}/edit", both)
                .route(web::get().to(edit::get))
                .route(web::post().to(edit::post)),
        )
        .service(
            resource("/users/{id}/claims", both)
                .route(web::get().to(claims::get))
                .route(web::post().to(claims::post)),
        )
        .service(
            resource("/users/{id}/password", both)
                .route(web::get().to(password::get))
                .route(web::post().to(password::post)),
        )
        .service(
            resource(
                "/users/{id}/{action:disable|enable|sign-out|reset-link|remove-factors|remove}",
                both,
            )
            .route(web::get().to(actions::ask))
            .route(web::post().to(actions::act)),
        )
        .service(
            resource("/users/{id}/apps/{client}/withdraw", both)
                .route(web::get().to(actions::ask_withdraw))
                .route(web::post().to(actions::withdraw)),
        )
        .service(
            resource("/users/{id}/upstream/{account}/remove", both)
                .route(web::get().to(upstream::ask))
                .route(web::post().to(upstream::remove)),
        )
}

async fn list(admin: Admin) -> Answer {
    let href = admin.at(&["users"]);
    let listing = Listing::read(&admin, href, &["search", "role", "state"]);
    let filter = UserFilter {
        search: listing.get("search").map(ToOwned::to_owned),
        role: listing.get("role").map(ToOwned::to_owned),
        is_enabled: match listing.get("state") {
            Some("enabled") => Some(true),
            Some("disabled") => Some(false),
            _ => None,
        },
    };
    let found = users::find(admin.app(), &filter, &listing.paging).await;
    let found = found.map_err(|error| admin.failed(error))?;
    let mut rows = Vec::new();
    for user in &found.items {
        rows.push(row(&admin, user).await?);
    }
    let table = Table::new("Users", &["Name", "Username", "E-mail", "Roles", "State"])
        .rows(rows)
        .empty(vec![Cell::text(
            "Nobody is like that. Look for less, or show all.",
        )]);
    let states = [
        ("", "Any"),
        ("enabled", "Enabled"),
        ("disabled", "Disabled"),
    ];
    let states = states.map(|(value, word)| (value.to_owned(), word.to_owned()));
    let fields = vec![
        search::field(&listing, "search", "Name or e-mail", "search"),
        search::choice(&listing, "role", "Role", role_options(&admin).await?),
        search::choice(&listing, "state", "State", states.into()),
    ];
    let mut page = admin
        .page(Section::Users, "Users")
        .lead("The people who have an account here.")
        .action("New user", admin.at(&["new", "user"]));
    if admin.app().config.sign_up.is_by_invitation() {
        page = page.with(Piece::Links(vec![
            Link::new("Invite a person", admin.at(&["new", "invitation"])),
            Link::new("Invitations", admin.at(&["invitations"])),
        ]));
    }
    let page = page
        .with(search::search(&listing, fields))
        .with(listing.paged(table, &found));
    Ok(admin.show(&page))
}

async fn role_options(admin: &Admin) -> Result<Vec<(String, String)>, Stop> {
    let all = roles::list(admin.app()).await;
    let all = all.map_err(|error| admin.failed(error))?;
    let any = (String::new(), "Any".to_owned());
    let each = all.into_iter().map(|role| (role.name.clone(), role.name));
    Ok(std::iter::once(any).chain(each).collect())
}

async fn row(admin: &Admin, user: &User) -> Result<Vec<Cell>, Stop> {
    Ok(vec![
        Cell::link(
            user.display_name(),
            admin.at(&["users", &user.id.to_string()]),
        ),
        Cell::text(&user.username),
        Cell::or(user.email.as_deref(), "none"),
        if user.roles.is_empty() {
            Cell::muted("none")
        } else {
            Cell::Tags(user.roles.clone())
        },
        state(admin, user).await?,
    ])
}

async fn state(admin: &Admin, user: &User) -> Result<Cell, Stop> {
    if !user.is_enabled() {
        return Ok(State::cell(Shape::Off, "disabled"));
    }
    let has_way_in = users::has_way_in(admin.app(), user).await;
    Ok(if has_way_in.map_err(|error| admin.failed(error))? {
        State::cell(Shape::Good, "enabled")
    } else {
        State::cell(Shape::Waits, "no password")
    })
}

/// The user, and what manages them.
async fn find(admin: &Admin, id: &str) -> Result<(User, Option<Managed>), Stop> {
    let user = users::show(admin.app(), id).await;
    let user = user.map_err(|error| admin.failed(error))?;
    let managed = managed::of(admin.app(), Kind::User, &user.username).await;
    Ok((user, managed.map_err(|error| admin.failed(error))?))
}

/// The address of somebody's page, or of one below it; by the id, or by what stands in the address now.
fn at(admin: &Admin, id: &str, below: &[&str]) -> String {
    admin.at(&[&["users", id], below].concat())
}
