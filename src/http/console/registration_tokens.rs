//! Registration tokens: who holds one may register apps here.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::Scope;
use actix_web::http::StatusCode;
use actix_web::web::{self, Path};

use super::confirm::Question;
use super::flash::Done;
use super::form::{self, Choice, Field, Form, Refusal};
use super::frame::Section;
use super::guard::{Admin, Answer, Posted, Stop};
use super::pieces::{Cell, Fact, Link, Moment, Notice, Piece, Shape, State, Table};
use crate::admin::registration_tokens::{self, NewRegistrationToken};
use crate::config::RegistrationMode;
use crate::http::routes::resource;
use crate::model::initial_access_token::InitialAccessToken;
use crate::oauth::params::Params;

const FIRST: &str = "registration-tokens";
/// Hours, and what they are called.
const LIFETIMES: [(&str, &str); 5] = [
    ("1", "One hour"),
    ("24", "One day"),
    ("168", "One week"),
    ("720", "30 days"),
    ("8760", "One year"),
];
const HOUR: u64 = 3600;

/// Their addresses.
pub(super) fn routes(scope: Scope) -> Scope {
    let both = "GET, POST";
    scope
        .service(resource("/registration-tokens", "GET").route(web::get().to(list)))
        .service(
            resource("/new/registration-token", both)
                .route(web::get().to(new))
                .route(web::post().to(add)),
        )
        .service(
            resource("/registration-tokens/{id}/remove", both)
                .route(web::get().to(ask))
                .route(web::post().to(remove)),
        )
}

async fn all(admin: &Admin) -> Result<Vec<InitialAccessToken>, Stop> {
    let all = registration_tokens::list(admin.app()).await;
    all.map_err(|error| admin.failed(error))
}

async fn list(admin: Admin) -> Answer {
    let now = admin.app().clock.now();
    let row = |token: &InitialAccessToken| {
        let id = token.id.to_string();
        vec![
            Cell::text(&token.name),
            if token.is_good(now) {
                State::cell(Shape::Good, "works")
            } else if token.uses_left > 0 {
                State::cell(Shape::Off, "expired")
            } else {
                State::cell(Shape::Off, "used up")
            },
            Cell::text(token.uses_left.to_string()),
            Cell::time(token.created_at),
            Cell::time(token.expires_at),
            Cell::Link(Link::new("Remove", admin.at(&[FIRST, &id, "remove"])).about(&token.name)),
        ]
    };
    let columns = ["For", "State", "Uses left", "Made", "Ends", "Action"];
    let table = Table::new("Registration tokens", &columns)
        .rows(all(&admin).await?.iter().map(row))
        .empty(vec![
            Cell::text("Here will be every token with which somebody may register apps by a program. There is none yet."),
            Cell::link("Make the first", admin.at(&["new", "registration-token"])),
        ]);
    let mut page = admin
        .page(Section::RegistrationTokens, "Registration tokens")
        .lead("Programs that hold one register their apps themselves (RFC 7591), up to a number of times.")
        .action("New token", admin.at(&["new", "registration-token"]));
    if let Some(notice) = notice(&admin) {
        page = page.with(notice);
    }
    Ok(admin.show(&page.with(table)))
}

/// By the settings a token may be good for nothing.
fn notice(admin: &Admin) -> Option<Notice> {
    let text = match admin.app().config.registration.mode {
        RegistrationMode::Token => return None,
        RegistrationMode::Closed => {
            "Nobody can register apps now, with a token or without: registration.mode is closed."
        }
        RegistrationMode::Open => {
            "Anyone may register apps now without a token: registration.mode is open."
        }
    };
    let mut notice = Notice::bad(text);
    notice.link = Some(Link::new("Settings", admin.at(&["settings"])));
    Some(notice)
}

async fn new(admin: Admin) -> Answer {
    Ok(show(&admin, None))
}

async fn add(admin: Admin, posted: Posted) -> Answer {
    let name = form::text(&posted, "name");
    let now = admin.app().clock.now();
    // A form that is sent twice makes one token.
    let is_there = |token: &InitialAccessToken| token.name == name && token.is_good(now);
    if all(&admin).await?.iter().any(is_there) {
        let there = Refusal::new("name", "There is a token of that name that still works.");
        return Ok(show(&admin, Some((&posted, &there))));
    }
    let hours: u64 = form::text(&posted, "expires").parse().unwrap_or_default();
    let new = NewRegistrationToken {
        name,
        uses: form::text(&posted, "uses").parse().unwrap_or_default(),
        ttl: Duration::from_secs(hours.saturating_mul(HOUR)),
    };
    match registration_tokens::add(admin.app(), &admin.by(), new).await {
        Ok((stored, token)) => Ok(made(&admin, &stored, token.expose())),
        Err(error) => {
            let refusal = Refusal::of(error).map_err(|error| admin.failed(error))?;
            Ok(show(&admin, Some((&posted, &refusal))))
        }
    }
}

/// The token, this once: no redirect, because nothing may keep it on the way.
fn made(admin: &Admin, stored: &InitialAccessToken, token: &str) -> HttpResponse {
    let until = Moment::new(stored.expires_at).people;
    let page = admin
        .page(Section::RegistrationTokens, format!("The token for {}", stored.name))
        .up("Registration tokens", admin.at(&[FIRST]))
        .with(Notice {
            is_bad: false,
            text: "The token is shown this once. Give it to the one whom it is for, and keep it nowhere else.".to_owned(),
            link: None,
        })
        .with(Piece::Facts(vec![
            Fact::new("Token", Cell::code(token)),
            Fact::new("Uses", Cell::text(stored.uses_left.to_string())),
            Fact::new("Works until", Cell::text(until)),
        ]));
    admin.show(&page)
}

fn show(admin: &Admin, sent: Option<(&Params, &Refusal)>) -> HttpResponse {
    let (typed, refused) = (sent.map(|sent| sent.0), sent.map(|sent| sent.1));
    let choices = LIFETIMES.map(|(hours, word)| Choice::new(hours, word));
    let form = Form::new(
        admin,
        admin.at(&["new", "registration-token"]),
        "Make token",
    )
    .field(
        Field::line("name", "Whom it is for")
            .help("For administrators and the audit log, such as \u{201c}the build server\u{201d}.")
            .required()
            .value(typed, ""),
    )
    .field(
        Field::typed("uses", "How many apps", "number")
            .help("So many apps may be registered with it.")
            .required()
            .value(typed, "1"),
    )
    .field(
        Field::select("expires", "For how long", choices.into())
            .help("Apps that were registered with it stay when it ends.")
            .required()
            .value(typed, "24"),
    )
    .cancel(admin.at(&[FIRST]))
    .refused(typed, refused);
    let mut page = admin
        .page(Section::RegistrationTokens, "New registration token")
        .up("Registration tokens", admin.at(&[FIRST]));
    if let Some(notice) = notice(admin) {
        page = page.with(notice);
    }
    admin.show_as(
        refused.map_or(StatusCode::OK, Refusal::status),
        &page.with(form),
    )
}

async fn find(admin: &Admin, id: &str) -> Result<InitialAccessToken, Stop> {
    let all = all(admin).await?;
    let found = all.into_iter().find(|token| token.id.to_string() == id);
    found.ok_or_else(|| admin.missing())
}

async fn ask(admin: Admin, id: Path<String>) -> Answer {
    admin.recent()?;
    let token = find(&admin, &id).await?;
    let question = Question {
        section: Section::RegistrationTokens,
        title: format!("Remove the token for {}?", token.name),
        effects: vec![
            match token.uses_left {
                0 => "It is used up already.".to_owned(),
                1 => "The one app that could still be registered with it cannot.".to_owned(),
                left => format!("The {left} apps that could still be registered with it cannot."),
            },
            "Apps that were registered with it stay.".to_owned(),
        ],
        submit: "Remove",
        action: admin.at(&[FIRST, &id, "remove"]),
        version: None,
        back: &admin.at(&[FIRST]),
        overrides: false,
    };
    Ok(admin.show(&question.page(&admin)))
}

async fn remove(admin: Admin, id: Path<String>) -> Answer {
    admin.recent()?;
    let token = find(&admin, &id).await?;
    let removed = registration_tokens::remove(admin.app(), &admin.by(), &id).await;
    removed.map_err(|error| admin.failed(error))?;
    Ok(admin.done(
        Done::RegistrationTokenRemoved,
        &token.name,
        &admin.at(&[FIRST]),
    ))
}
