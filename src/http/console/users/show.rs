//! One person: everything about them, and the way to change it.

use actix_web::web::Path;

use super::{at, claims, find, state, upstream};
use crate::admin::audit::{self, EventFilter};
use crate::admin::consents::{self, ConsentFilter};
use crate::admin::grants::{self, GrantFilter};
use crate::admin::managed::Managed;
use crate::admin::sessions::{self, SessionFilter};
use crate::admin::users;
use crate::admin::{Page, Paging};
use crate::http::console::audit as events;
use crate::http::console::form::Field;
use crate::http::console::frame::Section;
use crate::http::console::guard::{Admin, Answer, Stop};
use crate::http::console::pieces::{Cell, Fact, Link, Part, Piece, Table};
use crate::http::console::{grants as grant_pages, managed, sessions as session_pages};
use crate::model::user::User;

/// So many of each are shown; the rest is in its own list.
const SHOWN: i64 = 10;

/// The page.
pub(super) async fn get(admin: Admin, id: Path<String>) -> Answer {
    let (user, managed) = find(&admin, &id).await?;
    let mut page = admin
        .page(Section::Users, user.display_name())
        .up("Users", admin.at(&["users"]));
    if let Some(managed) = &managed {
        page = managed::tell(&admin, page, managed).await?;
    }
    let own = user.id.to_string();
    let link = |below: &str, label: &str| match &managed {
        None => Link::new(label, at(&admin, &own, &[below])),
        Some(managed) => managed::change_link(Some(managed), &at(&admin, &own, &[below])),
    };
    let stored = users::claims_of(admin.app(), &user).await;
    let stored = stored.map_err(|error| admin.failed(error))?;
    let known = claims::fields(None, &stored.values);
    let known: Vec<Fact> = known
        .into_iter()
        .filter(|field| !field.value.is_empty())
        .map(Field::into_fact)
        .collect();
    let told = Part::new("claims", "More that apps may be told")
        .help("The standard claims. An app is told those that the person allowed it.");
    let told = if known.is_empty() {
        told.with(Piece::Help("Nothing is known.".to_owned()))
    } else {
        told.with(Piece::Facts(known))
    };
    page = page
        .with(Piece::Facts(head(&user, state(&admin, &user).await?)))
        .with(Piece::Links(vec![
            link("edit", "Change").about("account and roles"),
            Link::new("Set password", at(&admin, &own, &["password"])),
        ]))
        .with(told.with(Piece::Links(vec![
            link("claims", "Change").about("what apps may be told"),
        ])))
        .with(browsers(&admin, &user).await?);
    if let Some(part) = upstream::part(&admin, &user).await? {
        page = page.with(part);
    }
    page = page
        .with(apps(&admin, &user).await?)
        .with(allowed(&admin, &user).await?)
        .with(recent(&admin, &user).await?)
        .with(danger(&admin, &user, managed.as_ref()));
    Ok(admin.show(&page))
}

fn head(user: &User, state: Cell) -> Vec<Fact> {
    let email = match &user.email {
        None => vec![Cell::muted("none")],
        Some(email) => vec![
            Cell::text(email),
            Cell::muted(if user.is_email_verified {
                "verified"
            } else {
                "not verified"
            }),
        ],
    };
    vec![
        Fact::new("State", state),
        Fact::new("Username", Cell::text(&user.username)),
        Fact::new("Full name", Cell::or(user.name.as_deref(), "none")),
        Fact::of("E-mail", email),
        Fact::new(
            "Roles",
            if user.roles.is_empty() {
                Cell::muted("none")
            } else {
                Cell::Tags(user.roles.clone())
            },
        ),
        Fact::new("Second factors", factors(user)),
        Fact::new("ID (sub in tokens)", Cell::code(user.id.to_string())),
        Fact::new("Here since", Cell::time(user.created_at)),
    ]
}

fn factors(user: &User) -> Cell {
    let words = |name: &str| match name {
        "totp" => "authenticator app".to_owned(),
        name => name.to_owned(),
    };
    let has: Vec<String> = user.second_factors().into_iter().map(words).collect();
    if has.is_empty() {
        Cell::muted("none")
    } else {
        Cell::Tags(has)
    }
}

fn paging() -> Paging {
    Paging {
        after: None,
        limit: Some(SHOWN),
    }
}

/// The way to all of a list, where not all is shown.
fn with_rest<T>(part: Part, admin: &Admin, (user, list): (&User, &str), found: &Page<T>) -> Part {
    if found.next.is_none() {
        return part;
    }
    let href = format!("{}?user={}", admin.at(&[list]), user.id);
    part.with(Piece::Links(vec![Link::new("Show all", href).about(list)]))
}

async fn browsers(admin: &Admin, user: &User) -> Result<Part, Stop> {
    let filter = SessionFilter {
        user: Some(user.id),
    };
    let found = sessions::find(admin.app(), &filter, &paging()).await;
    let found = found.map_err(|error| admin.failed(error))?;
    let rows = found
        .items
        .iter()
        .map(|session| session_pages::row(admin, session, false));
    let table = Table::new("Signed-in browsers", &session_pages::COLUMNS)
        .rows(rows)
        .empty(vec![Cell::text("Not signed in anywhere.")]);
    let part = Part::new("sessions", "Signed-in browsers").with(table);
    Ok(with_rest(part, admin, (user, "sessions"), &found))
}

async fn apps(admin: &Admin, user: &User) -> Result<Part, Stop> {
    let filter = GrantFilter {
        user: Some(user.id),
        client: None,
    };
    let found = grants::find(admin.app(), &filter, &paging()).await;
    let found = found.map_err(|error| admin.failed(error))?;
    let rows = found
        .items
        .iter()
        .map(|grant| grant_pages::row(admin, grant, false));
    let table = Table::new("What apps hold now", &grant_pages::COLUMNS)
        .rows(rows)
        .empty(vec![Cell::text("No app holds access.")]);
    let part = Part::new("grants", "What apps hold now")
        .help("Each is one sign-in through an app, with the tokens that came of it.")
        .with(table);
    Ok(with_rest(part, admin, (user, "grants"), &found))
}

async fn allowed(admin: &Admin, user: &User) -> Result<Part, Stop> {
    let id = user.id.to_string();
    let filter = ConsentFilter {
        user: Some(user.id),
        client: None,
    };
    let paging = Paging {
        limit: Some(100),
        ..paging()
    };
    let found = consents::find(admin.app(), &filter, &paging).await;
    let found = found.map_err(|error| admin.failed(error))?;
    let rows = found.items.iter().map(|consent| {
        let client = consent.client_id.as_str();
        let scopes = consent.granted.iter().map(ToString::to_string);
        let withdraw = at(admin, &id, &["apps", client, "withdraw"]);
        vec![
            Cell::link(&consent.client_name, admin.at(&["clients", client])),
            Cell::Tags(scopes.collect()),
            Cell::time(consent.updated_at),
            Cell::until(consent.expires_at),
            Cell::Link(Link::new("Take back", withdraw).about(&consent.client_name)),
        ]
    });
    let table = Table::new(
        "What was allowed",
        &["App", "Scopes", "Since", "Until", "Action"],
    )
    .rows(rows)
    .empty(vec![Cell::text("Nothing was allowed to any app.")]);
    Ok(Part::new("consents", "What was allowed")
        .help("Apps with it are not asked about again.")
        .with(table))
}

async fn recent(admin: &Admin, user: &User) -> Result<Part, Stop> {
    let filter = EventFilter {
        user: Some(user.id.to_string()),
        ..EventFilter::default()
    };
    let found = audit::find(admin.app(), &filter, &paging()).await;
    let found = found.map_err(|error| admin.failed(error))?;
    let table = events::table(admin, &found.items).await?;
    let part = Part::new("events", "What happened lately").with(table);
    Ok(with_rest(part, admin, (user, "audit"), &found))
}

fn danger(admin: &Admin, user: &User, managed: Option<&Managed>) -> Part {
    let id = user.id.to_string();
    let suffix = managed.map_or("", |_| "?override=yes");
    let to = |action: &str| format!("{}{suffix}", at(admin, &id, &[action]));
    let state = if user.is_enabled() {
        Link::new("Disable", to("disable"))
    } else {
        Link::new("Enable", to("enable"))
    };
    let has_mail = admin.app().mailer.is_set_up() && user.email.is_some() && user.is_enabled();
    let by_mail = has_mail.then(|| {
        let to = at(admin, &id, &["reset-link"]);
        Link::new("Mail a link to set a password", to)
    });
    let out = Link::new("End all sessions", at(admin, &id, &["sign-out"]));
    let mut links = vec![state, out];
    links.extend(by_mail);
    if user.has_passkey || user.has_totp {
        let factors = at(admin, &id, &["remove-factors"]);
        links.push(Link::new("Remove second factors", factors));
    }
    links.push(Link::new("Remove", to("remove")));
    Part::new("danger", "Danger zone")
        .help("You are asked before anything happens, and told what will.")
        .with(Piece::Links(links))
}
