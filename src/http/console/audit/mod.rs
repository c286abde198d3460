//! The audit log: searched, and whether it is as it was written.

mod words;

use actix_web::HttpResponse;
use actix_web::Scope;
use actix_web::http::StatusCode;
use actix_web::web::{self, Data};
use serde_json::Value;
use uuid::Uuid;

use super::form::{Form, Refusal};
use super::frame::{Page, Section};
use super::guard::{Admin, Answer, Stop};
use super::listing::Listing;
use super::names::Names;
use super::pieces::{Cell, Fact, Notice, Piece, SearchField, Table};
use super::search;
use crate::admin::AdminError;
use crate::admin::audit::{self, EventFilter, Verification};
use crate::http::routes::resource;
use crate::http::web::Web;
use crate::model::event::{EventKind, StoredEvent};
use crate::model::id::{ClientId, UserId};

/// Its addresses.
pub(super) fn routes(scope: Scope) -> Scope {
    scope
        .service(resource("/audit", "GET").route(web::get().to(list)))
        .service(
            resource("/audit/verify", "GET, POST")
                .route(web::get().to(ask))
                .route(web::post().to(verify)),
        )
}

const FILTERS: [&str; 7] = [
    "kind",
    "user",
    "client",
    "actor",
    "request_id",
    "from",
    "to",
];

async fn list(admin: Admin) -> Answer {
    let listing = Listing::read(&admin, admin.at(&["audit"]), &FILTERS);
    let page = admin
        .page(Section::Audit, "Audit log")
        .lead(
            "Who did what to whom, from where and when. Nothing here can be changed or taken out.",
        )
        .action("Check the log", admin.at(&["audit", "verify"]))
        .with(search::search(&listing, fields(&listing)));
    let (from, to) = match (search::from(&listing), search::to(&listing)) {
        (Ok(from), Ok(to)) => (from, to),
        (Err(fault), _) | (_, Err(fault)) => return Ok(faulty(&admin, page, fault)),
    };
    let text = |name: &str| listing.get(name).map(ToOwned::to_owned);
    let filter = EventFilter {
        kind: text("kind"),
        actor: text("actor"),
        user: text("user"),
        client: text("client"),
        request_id: text("request_id"),
        from,
        to,
    };
    let found = match audit::find(admin.app(), &filter, &listing.paging).await {
        Ok(found) => found,
        Err(AdminError::NotFound { name, .. }) => {
            let text = format!(
                "There is nobody with the username or e-mail address \u{201c}{name}\u{201d}. Of somebody who was removed, the ID still finds events."
            );
            return Ok(faulty(&admin, page, &text));
        }
        Err(error) => match Refusal::of(error).map_err(|error| admin.failed(error))? {
            Refusal::Fault { field, sentence } => {
                return Ok(faulty(&admin, page, &format!("{field}: {sentence}")));
            }
            Refusal::Late => return Ok(admin.show(&page)),
        },
    };
    let table = table(&admin, &found.items).await?;
    Ok(admin.show(&page.with(listing.paged(table, &found))))
}

fn faulty(admin: &Admin, page: Page, text: &str) -> HttpResponse {
    let page = page.with(Notice::bad(text));
    admin.show_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn fields(listing: &Listing) -> Vec<SearchField> {
    let any = (String::new(), "Anything".to_owned());
    let kinds = EventKind::all().iter();
    let kinds = kinds.map(|kind| (kind.as_str().to_owned(), words::of(*kind).to_owned()));
    let mut kinds: Vec<(String, String)> = kinds.collect();
    kinds.sort_by(|a, b| a.1.cmp(&b.1));
    let actors = [
        ("", "Anyone"),
        ("command_line", "The command line"),
        ("server", "The server itself"),
        ("anonymous", "Somebody unknown"),
    ];
    let mut actors: Vec<_> = actors
        .map(|(value, word)| (value.to_owned(), word.to_owned()))
        .into();
    // From a link: a person or a client by id.
    let chosen = listing.get("actor").unwrap_or_default();
    if actors.iter().all(|(value, _)| value != chosen) {
        actors.push((chosen.to_owned(), chosen.to_owned()));
    }
    vec![
        search::choice(
            listing,
            "kind",
            "What",
            std::iter::once(any).chain(kinds).collect(),
        ),
        search::choice(listing, "actor", "By", actors),
        search::field(listing, "user", "Person concerned", "search"),
        search::field(listing, "client", "Client ID", "search"),
        search::field(listing, "request_id", "Request ID", "search"),
        search::field(listing, "from", "From (day, UTC)", "date"),
        search::field(listing, "to", "Until (day, UTC)", "date"),
    ]
}

/// Events in a table.
pub(super) async fn table(admin: &Admin, events: &[StoredEvent]) -> Result<Table, Stop> {
    let people = events.iter().flat_map(|event| {
        let actor = user_of(&event.actor);
        event.user_id.into_iter().chain(actor)
    });
    let names = Names::of(admin, people).await?;
    let columns = ["What", "Who did it", "Person", "Client", "When", "Detail"];
    Ok(Table::new("Events", &columns)
        .rows(events.iter().map(|event| row(admin, &names, event)))
        .empty(vec![Cell::text("No event is like that.")]))
}

fn user_of(actor: &str) -> Option<UserId> {
    let id = actor.strip_prefix("user:")?;
    Uuid::try_parse(id).ok().map(UserId)
}

fn row(admin: &Admin, names: &Names, event: &StoredEvent) -> Vec<Cell> {
    let what = event.kind.parse::<EventKind>();
    vec![
        Cell::text(what.map_or_else(|_| event.kind.clone(), |kind| words::of(kind).to_owned())),
        actor(admin, names, &event.actor),
        event
            .user_id
            .map_or(Cell::muted("nobody"), |id| names.cell(admin, id)),
        event
            .client_id
            .as_deref()
            .map_or(Cell::muted("none"), |id| client(admin, id)),
        Cell::time(event.at),
        Cell::Folded("Detail", detail(event)),
    ]
}

fn actor(admin: &Admin, names: &Names, actor: &str) -> Cell {
    if let Some(id) = user_of(actor) {
        return names.cell(admin, id);
    }
    match actor.split_once(':') {
        Some(("client", id)) => client(admin, id),
        _ => Cell::text(match actor {
            "command_line" => "the command line",
            "server" => "the server itself",
            "anonymous" => "somebody unknown",
            other => other,
        }),
    }
}

fn client(admin: &Admin, id: &str) -> Cell {
    match ClientId::parse(id) {
        Ok(_) => Cell::link(id, admin.at(&["clients", id])),
        Err(_) => Cell::code(id),
    }
}

/// All that is kept, a line each.
fn detail(event: &StoredEvent) -> String {
    let mut lines = vec![format!("kind: {}", event.kind)];
    let mut push = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            lines.push(format!("{name}: {value}"));
        }
    };
    push("at", Some(event.at.to_rfc3339()));
    push("by", Some(event.actor.clone()));
    push("person", event.user_id.map(|id| id.to_string()));
    push("address", event.address.clone());
    push("request", event.request_id.clone());
    if let Value::Object(members) = &event.detail {
        for (name, value) in members {
            let value = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            push(name, Some(value));
        }
    }
    push("id", Some(event.id.to_string()));
    push("row", event.seq.map(|seq| seq.to_string()));
    lines.join("\n")
}

fn frame(admin: &Admin) -> Page {
    admin
        .page(Section::Audit, "Is the log as it was written?")
        .up("Audit log", admin.at(&["audit"]))
        .lead("Each row carries a hash over itself and the row before, made with the secret key: what was changed, inserted or removed in the database shows.")
}

fn button(admin: &Admin, label: &'static str) -> Form {
    Form::new(admin, admin.at(&["audit", "verify"]), label)
}

async fn ask(admin: Admin) -> Answer {
    let page = frame(&admin)
        .with(Piece::Text(
            "Every row is read. With millions of them it takes a while.".to_owned(),
        ))
        .with(button(&admin, "Check now"));
    Ok(admin.show(&page))
}

async fn verify(admin: Admin, web: Data<Web>) -> Answer {
    let found = audit::verify(&web.app).await;
    let found: Verification = found.map_err(|error| admin.failed(error))?;
    let notice = match &found.fault {
        None => Notice {
            is_bad: false,
            text: "The log is whole: every row is as it was written.".to_owned(),
            link: None,
        },
        Some(fault) => Notice::bad(format!(
            "The log is not as it was written: {fault}. What comes after was not looked at."
        )),
    };
    let mut facts = vec![
        Fact::new("Rows that are right", Cell::text(found.rows.to_string())),
        Fact::new(
            "First to last",
            Cell::text(format!("{} to {}", found.first_seq, found.last_seq)),
        ),
        Fact::new("Checked", Cell::time(admin.app().clock.now())),
    ];
    if found.waited > 0 {
        facts.push(Fact::new(
            "Rows that had waited for their place for over a minute",
            Cell::text(found.waited.to_string()),
        ));
    }
    let page = frame(&admin)
        .with(notice)
        .with(Piece::Facts(facts))
        .with(button(&admin, "Check again"));
    Ok(admin.show(&page))
}
