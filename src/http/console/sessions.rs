//! Signed-in browsers: who is signed in where, and ending that.

use actix_web::Scope;
use actix_web::web::{self, Path};

use super::confirm::Question;
use super::flash::Done;
use super::frame::Section;
use super::guard::{Admin, Answer};
use super::listing::Listing;
use super::pieces::{Cell, Link, Notice, Table};
use super::{names, search};
use crate::admin::sessions::{self, SessionFilter, SessionView};
use crate::http::routes::resource;

/// The columns of [`row`].
pub(super) const COLUMNS: [&str; 5] = ["Browser", "From", "Signed in", "Last seen", "Action"];
/// The same under the heading of all.
const COLUMNS_OF_ALL: [&str; 6] = [
    "Person",
    "Browser",
    "From",
    "Signed in",
    "Last seen",
    "Action",
];
/// Browsers have long names for themselves.
const MAX_BROWSER: usize = 80;

/// Their addresses.
pub(super) fn routes(scope: Scope) -> Scope {
    scope
        .service(resource("/sessions", "GET").route(web::get().to(list)))
        .service(
            resource("/sessions/{id}/end", "GET, POST")
                .route(web::get().to(ask))
                .route(web::post().to(end)),
        )
}

async fn list(admin: Admin) -> Answer {
    let listing = Listing::read(&admin, admin.at(&["sessions"]), &["user"]);
    let fields = vec![search::field(
        &listing,
        "user",
        "Username or e-mail",
        "search",
    )];
    let page = admin
        .page(Section::Sessions, "Sessions")
        .lead("Browsers in which somebody is signed in now.")
        .with(search::search(&listing, fields));
    let user = match names::wanted(&admin, listing.get("user")).await? {
        Ok(user) => user,
        Err(text) => return Ok(admin.show(&page.with(Notice::bad(text)))),
    };
    let found = sessions::find(admin.app(), &SessionFilter { user }, &listing.paging).await;
    let found = found.map_err(|error| admin.failed(error))?;
    let table = Table::new("Sessions", &COLUMNS_OF_ALL)
        .rows(found.items.iter().map(|session| row(&admin, session, true)))
        .empty(vec![Cell::text("Not signed in anywhere.")]);
    Ok(admin.show(&page.with(listing.paged(table, &found))))
}

/// A session in a table, with the person where they are not known from the page.
pub(super) fn row(admin: &Admin, session: &SessionView, is_of_all: bool) -> Vec<Cell> {
    let id = session.id.to_string();
    let mut cells = Vec::new();
    let mut end = admin.at(&["sessions", &id, "end"]);
    if is_of_all {
        let href = admin.at(&["users", &session.user_id.to_string()]);
        cells.push(Cell::link(&session.username, href));
        end.push_str("?back=list");
    }
    let browser = session.user_agent.as_deref().map(|name| {
        let mut short: String = name.chars().take(MAX_BROWSER).collect();
        if short.len() < name.len() {
            short.push('\u{2026}');
        }
        short
    });
    let is_this = session.id == admin.signed_in.session.id;
    let about = format!(
        "session of {} from {}",
        session.username,
        session.address.as_deref().unwrap_or("an unknown place")
    );
    cells.extend([
        if is_this {
            Cell::text("This one, in which you are now")
        } else {
            Cell::or(browser.as_deref(), "unknown")
        },
        Cell::or(session.address.as_deref(), "unknown"),
        Cell::time(session.authenticated_at),
        Cell::time(session.last_seen_at),
        Cell::Link(Link::new("End", end).about(about)),
    ]);
    cells
}

/// How long tokens that are out live on, as a sentence.
pub(super) fn lifetime(admin: &Admin) -> String {
    let minutes = admin.app().config.tokens.access_ttl.as_secs().div_ceil(60);
    format!(
        "Access tokens that are out work at APIs that check them themselves for {minutes} minutes at most."
    )
}

/// Where it goes on afterwards.
fn back(admin: &Admin, session: &SessionView) -> String {
    match admin.query().get("back") {
        Some("list") => admin.at(&["sessions"]),
        _ => admin.at(&["users", &session.user_id.to_string()]),
    }
}

async fn ask(admin: Admin, id: Path<String>) -> Answer {
    admin.recent()?;
    let session = sessions::show(admin.app(), &id).await;
    let session = session.map_err(|error| admin.failed(error))?;
    let name = &session.username;
    let mut effects = vec![
        format!("{name} is signed out in that browser at once, and can sign in again."),
        "Apps that were used from there and want to know are told. What they hold only until sign-out ends.".to_owned(),
    ];
    if session.id == admin.signed_in.session.id {
        effects.insert(
            0,
            "It is the one in which you are now: you are signed out.".to_owned(),
        );
    }
    let mut action = admin.at(&["sessions", &id, "end"]);
    if admin.query().get("back") == Some("list") {
        action.push_str("?back=list");
    }
    let question = Question {
        section: Section::Sessions,
        title: format!("End this session of {name}?"),
        effects,
        submit: "End session",
        action,
        version: None,
        back: &back(&admin, &session),
        overrides: false,
    };
    Ok(admin.show(&question.page(&admin)))
}

async fn end(admin: Admin, id: Path<String>) -> Answer {
    admin.recent()?;
    let session = sessions::show(admin.app(), &id).await;
    let session = session.map_err(|error| admin.failed(error))?;
    let ended = sessions::end(admin.app(), &admin.by(), session.id).await;
    ended.map_err(|error| admin.failed(error))?;
    let to = back(&admin, &session);
    Ok(admin.done(Done::SessionEnded, &session.username, &to))
}
