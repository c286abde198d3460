//! Refused requests: which there were, why each was refused, the mend, and where one click is enough, that click.

use actix_web::Scope;
use actix_web::http::StatusCode;
use actix_web::web::{self, Path};
use serde_json::Value;

use super::confirm::Question;
use super::flash::Done;
use super::frame::{Page, Section};
use super::guard::{Admin, Answer, Posted, Stop};
use super::listing::Listing;
use super::managed::{self, Lock};
use super::names::Names;
use super::pieces::{Cell, Fact, Link, Notice, Part, Piece, Table};
use super::search;
use super::words::{self, sentence};
use crate::admin::explain::{self, Explanation, Fix};
use crate::admin::managed::Kind;
use crate::admin::refusals::{self, RefusalFilter};
use crate::admin::{AdminError, clients};
use crate::http::routes::resource;
use crate::model::id::ClientId;
use crate::model::refusal::Refusal;

/// Their addresses.
pub(super) fn routes(scope: Scope) -> Scope {
    scope
        .service(resource("/errors", "GET").route(web::get().to(list)))
        .service(resource("/errors/{id}", "GET").route(web::get().to(show)))
        .service(
            resource("/errors/{id}/mend", "GET, POST")
                .route(web::get().to(ask))
                .route(web::post().to(mend)),
        )
}

async fn list(admin: Admin) -> Answer {
    let listing = Listing::read(&admin, admin.at(&["errors"]), &["client", "from", "to"]);
    let fields = vec![
        search::field(&listing, "client", "Client ID", "search"),
        search::field(&listing, "from", "From (day, UTC)", "date"),
        search::field(&listing, "to", "Until (day, UTC)", "date"),
    ];
    let page = admin
        .page(Section::Errors, "Errors")
        .lead("Requests that were refused, newest first. Each says why, and how to mend it.")
        .with(search::search(&listing, fields));
    let (from, to) = match (search::from(&listing), search::to(&listing)) {
        (Ok(from), Ok(to)) => (from, to),
        (Err(fault), _) | (_, Err(fault)) => {
            let page = page.with(Notice::bad(fault));
            return Ok(admin.show_as(StatusCode::UNPROCESSABLE_ENTITY, &page));
        }
    };
    let filter = RefusalFilter {
        client: listing.get("client").map(ToOwned::to_owned),
        from,
        to,
    };
    let found = refusals::find(admin.app(), &filter, &listing.paging).await;
    let found = found.map_err(|error| admin.failed(error))?;
    let table = Table::new("Errors", &["Why", "Code", "Client", "Where", "When"])
        .rows(found.items.iter().map(|refusal| row(&admin, refusal)))
        .empty(vec![Cell::text(if listing.is_filtered() {
            "No refused request is like that. Look for less, or show all."
        } else {
            "Nothing was refused lately. What is will be explained here."
        })]);
    let page = page
        .with(listing.paged(table, &found))
        .with(Piece::Help(kept(&admin)));
    Ok(admin.show(&page))
}

/// How long they are kept.
fn kept(admin: &Admin) -> String {
    let settings = &admin.app().config.errors;
    if !admin.app().remembers_refusals() {
        return "Refused requests are not remembered here: errors.keep is 0.".to_owned();
    }
    format!(
        "The newest {} are kept, for {} at most.",
        settings.keep,
        words::span(settings.max_age)
    )
}

fn row(admin: &Admin, refusal: &Refusal) -> Vec<Cell> {
    vec![
        Cell::link(
            sentence(&refusal.reason),
            admin.at(&["errors", &refusal.id]),
        ),
        if refusal.code.is_empty() {
            Cell::muted(refusal.status.to_string())
        } else {
            Cell::code(&refusal.code)
        },
        client(admin, refusal),
        Cell::text(&refusal.endpoint),
        Cell::time(refusal.at),
    ]
}

/// As the request named it; what cannot be a client ID has no page.
fn client(admin: &Admin, refusal: &Refusal) -> Cell {
    match refusal.client_id.as_deref() {
        None => Cell::muted("none named"),
        Some(id) if ClientId::parse(id).is_ok() => Cell::link(id, admin.at(&["clients", id])),
        Some(id) => Cell::code(id),
    }
}

/// The explanation, or `None` where the request is not there any more.
async fn explanation(admin: &Admin, id: &str) -> Result<Option<Explanation>, Stop> {
    match explain::explain(admin.app(), id).await {
        Ok(explanation) => Ok(Some(explanation)),
        Err(AdminError::NotFound { .. }) => Ok(None),
        Err(error) => Err(admin.failed(error)),
    }
}

async fn show(admin: Admin, id: Path<String>) -> Answer {
    let Some(found) = explanation(&admin, &id).await? else {
        return Ok(admin.show_as(StatusCode::NOT_FOUND, &unknown(&admin)));
    };
    let refusal = &found.refusal;
    let names = Names::of(&admin, refusal.user_id.into_iter()).await?;
    let mut facts = vec![
        Fact::new("When", Cell::time(refusal.at)),
        Fact::new("Client", client(&admin, refusal)),
        Fact::new("Where", Cell::text(&refusal.endpoint)),
        Fact::new("Answer", answer(refusal)),
        Fact::new("Request ID", Cell::code(&refusal.id)),
    ];
    if let Some(user) = refusal.user_id {
        facts.push(Fact::new("Signed in as", names.cell(&admin, user)));
    }
    facts.push(Fact::new(
        "From",
        Cell::or(refusal.address.as_deref(), "unknown"),
    ));
    facts.push(Fact::new(
        "Browser or program",
        Cell::or(refusal.user_agent.as_deref(), "unknown"),
    ));
    let params = Table::new("Parameters", &["Parameter", "Value"])
        .rows(
            refusal
                .params
                .iter()
                .map(|(name, value)| vec![Cell::code(name), values(value)]),
        )
        .empty(vec![Cell::text("It had none.")]);
    let page = admin
        .page(
            Section::Errors,
            sentence(&refusal.reason).trim_end_matches('.'),
        )
        .up("Errors", admin.at(&["errors"]))
        .with(Part::new("what", "What happened").with(Piece::Text(found.what_happened.clone())))
        .with(
            Part::new("rule", "The rule")
                .with(Piece::Text(sentence(found.rule.name)))
                .with(Piece::Help(found.rule.source.to_owned())),
        )
        .with(mending(&admin, &found).await?)
        .with(
            Part::new("request", "The request")
                .help("As it came. Secrets are cut.")
                .with(Piece::Facts(facts))
                .with(params),
        );
    Ok(admin.show(&page))
}

fn answer(refusal: &Refusal) -> Cell {
    if refusal.code.is_empty() {
        return Cell::text(format!("HTTP {}", refusal.status));
    }
    Cell::code(format!("{} (HTTP {})", refusal.code, refusal.status))
}

/// What was sent under one name: a text, several, or what may be known of a secret.
fn values(value: &Value) -> Cell {
    match value {
        Value::String(text) => Cell::code(text),
        Value::Array(texts) => Cell::Tags(
            texts
                .iter()
                .map(|text| {
                    text.as_str()
                        .map_or_else(|| text.to_string(), str::to_owned)
                })
                .collect(),
        ),
        Value::Object(known) => {
            let known = known.iter().map(|(name, value)| {
                let value = value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned);
                format!("{name}: {value}")
            });
            Cell::text(known.collect::<Vec<_>>().join(", "))
        }
        other => Cell::code(other.to_string()),
    }
}

async fn mending(admin: &Admin, found: &Explanation) -> Result<Part, Stop> {
    let part = Part::new("mend", "How to mend it").with(Piece::Text(sentence(&found.mend)));
    let Some(fix) = &found.fix else {
        return Ok(part);
    };
    let lock = Lock::of(admin, (Kind::Client, &fix.client_id), None).await?;
    let href = admin.at(&["errors", &found.refusal.id, "mend"]);
    Ok(part
        .with(Piece::Text(fix.says.clone()))
        .with(Piece::Links(vec![Link::new(
            "Mend it here",
            lock.insisting(href),
        )])))
}

/// Of an id that we have not, or no longer.
fn unknown(admin: &Admin) -> Page {
    admin
        .page(Section::Errors, "No refused request has that ID")
        .up("Errors", admin.at(&["errors"]))
        .with(Piece::Text(
            "Nothing is known of it. It may be too old, or was copied in part. The log may tell more under the same ID.".to_owned(),
        ))
        .with(Piece::Text(kept(admin)))
}

async fn offered(admin: &Admin, id: &str) -> Result<Fix, Stop> {
    let found = explanation(admin, id)
        .await?
        .ok_or_else(|| admin.missing())?;
    found.fix.ok_or_else(|| {
        // Mended meanwhile, or the client is another now: the explanation says what is so.
        let href = admin.at(&["errors", id]);
        crate::http::respond::isolated(crate::http::respond::see_other(&href)).into()
    })
}

async fn ask(admin: Admin, id: Path<String>) -> Answer {
    admin.recent()?;
    let fix = offered(&admin, &id).await?;
    let client = clients::show(admin.app(), &fix.client_id).await;
    let client = client.map_err(|error| admin.failed(error))?;
    let name = &client.metadata.client_name;
    let question = Question {
        section: Section::Errors,
        title: format!("Change {name}?"),
        effects: vec![fix.says, fix.risk],
        submit: "Change it",
        action: admin.at(&["errors", &id, "mend"]),
        version: Some(client.version),
        back: &admin.at(&["errors", &id]),
        overrides: managed::overrides(&admin, None),
    };
    let mut page = question.page(&admin);
    if let Lock::Overridden(managed) =
        Lock::of(&admin, (Kind::Client, &fix.client_id), None).await?
    {
        page.pieces.0.insert(0, managed::warning(&managed).into());
    }
    Ok(admin.show(&page))
}

async fn mend(admin: Admin, id: Path<String>, posted: Posted) -> Answer {
    admin.recent()?;
    offered(&admin, &id).await?;
    match explain::mend(admin.app(), &admin.by_form(&posted)?, &id).await {
        Ok(client) => {
            let to = admin.at(&["errors", &id]);
            Ok(admin.done(Done::Mended, &client.metadata.client_name, &to))
        }
        Err(error) => Err(admin.failed(error)),
    }
}
