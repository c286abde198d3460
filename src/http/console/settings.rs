//! The settings in force. They are changed where the server is started: by its file, its environment or its arguments.

use actix_web::Scope;
use actix_web::web;

use super::frame::Section;
use super::guard::{Admin, Answer};
use super::pieces::{Cell, Part, Piece, Table};
use crate::admin::settings::{self, SettingView};
use crate::http::routes::resource;

/// Their address.
pub(super) fn routes(scope: Scope) -> Scope {
    scope.service(resource("/settings", "GET").route(web::get().to(show)))
}

/// What each section is about.
fn heading(section: &str) -> &str {
    match section {
        "" => "Server",
        "database" => "Database",
        "outgoing" => "What the server fetches",
        "mail" => "Mail",
        "tokens" => "Tokens",
        "sessions" => "Sessions",
        "requests" => "Requests that wait for a person",
        "registration" => "Apps that register themselves",
        "password" => "Passwords",
        "password_hash" => "Hashing of passwords",
        "sign_in" => "Limits of sign-in",
        "keys" => "Keys",
        "audit" => "Audit log",
        "errors" => "Refused requests",
        "sweep" => "Sweeping",
        other => other,
    }
}

async fn show(admin: Admin) -> Answer {
    let all = settings::in_force(admin.app());
    let changed = all.iter().filter(|setting| !setting.is_default).count();
    let mut page = admin
        .page(Section::Settings, "Settings")
        .lead("What is in force on this server. Settings are changed in its file or environment, and hold from the next start.")
        .with(Piece::Text(match changed {
            0 => "Everything is as it comes.".to_owned(),
            1 => "One of them differs from its default.".to_owned(),
            count => format!("{count} of them differ from their defaults."),
        }));
    let section = |setting: &SettingView| {
        setting
            .key
            .split_once('.')
            .map_or("", |(section, _)| section)
    };
    for part in all.chunk_by(|a, b| section(a) == section(b)) {
        let of = part.first().map_or("", section);
        let id = if of.is_empty() { "server" } else { of };
        let table = Table::new(
            heading(of),
            &["Setting", "In force", "Default", "What it is for"],
        )
        .rows(part.iter().map(row));
        page = page.with(Part::new(id, heading(of)).with(table));
    }
    Ok(admin.show(&page))
}

fn row(setting: &SettingView) -> Vec<Cell> {
    let value = match &setting.value {
        Some(value) => Cell::code(value),
        None => Cell::muted("not set"),
    };
    let default = match (setting.is_default, setting.default) {
        (true, _) => Cell::muted("the same"),
        (false, Some("") | None) => Cell::text("set here"),
        (false, Some(default)) => Cell::text(format!("differs: {default}")),
    };
    vec![
        Cell::code(setting.key),
        value,
        default,
        Cell::text(setting.help),
    ]
}
