//! The accounts elsewhere with which somebody signs in: on their page, and the way to take one away.

use actix_web::web::Path;

use super::{at, find};
use crate::admin::users::{self, UpstreamView};
use crate::http::console::confirm::Question;
use crate::http::console::flash::Done;
use crate::http::console::frame::Section;
use crate::http::console::guard::{Admin, Answer, Posted, Stop};
use crate::http::console::managed;
use crate::http::console::pieces::{Cell, Link, Part, Table};
use crate::model::user::User;

async fn all(admin: &Admin, user: &User) -> Result<Vec<UpstreamView>, Stop> {
    let all = users::upstream_accounts(admin.app(), &user.id.to_string()).await;
    all.map_err(|error| admin.failed(error))
}

/// What the person's page shows; `None` where nobody can have any.
pub(super) async fn part(admin: &Admin, user: &User) -> Result<Option<Part>, Stop> {
    let all = all(admin, user).await?;
    if all.is_empty() && admin.app().config.upstream.providers.is_empty() {
        return Ok(None);
    }
    let id = user.id.to_string();
    let rows = all.iter().map(|account| {
        let remove = at(admin, &id, &["upstream", &account.id, "remove"]);
        let last = account.last_used_at;
        vec![
            Cell::text(&account.provider),
            Cell::or(account.email.as_deref(), "none"),
            Cell::code(&account.subject),
            last.map_or_else(|| Cell::muted("never"), Cell::time),
            Cell::Link(Link::new("Remove", remove).about(&account.provider)),
        ]
    });
    let columns = ["Provider", "E-mail there", "Subject", "Last used", "Action"];
    let table = Table::new("Accounts elsewhere", &columns)
        .rows(rows)
        .empty(vec![Cell::text("None is linked.")]);
    let part = Part::new("upstream", "Accounts elsewhere")
        .help("Whoever can use one of them can sign in as this person.")
        .with(table);
    Ok(Some(part))
}

/// Asks.
pub(super) async fn ask(admin: Admin, path: Path<(String, String)>) -> Answer {
    admin.recent()?;
    let (id, account) = path.into_inner();
    let (user, _) = find(&admin, &id).await?;
    let name = user.display_name();
    let all = all(&admin, &user).await?;
    let found = all.iter().find(|it| it.id == account);
    let provider = found.map_or("a provider", |it| it.provider.as_str());
    let mut effects = vec![format!(
        "{name} can no longer sign in with that account. Sessions go on."
    )];
    if user.password_hash.is_none() && !user.has_passkey && all.len() == 1 {
        effects.push(format!("It is the only way in that {name} has. Send them a link to set a password, if they shall come back."));
    }
    let question = Question {
        section: Section::Users,
        title: format!("Remove the link of {name} to {provider}?"),
        effects,
        submit: "Remove the link",
        action: at(&admin, &id, &["upstream", &account, "remove"]),
        version: Some(user.version),
        back: &at(&admin, &id, &[]),
        overrides: managed::overrides(&admin, None),
    };
    Ok(admin.show(&question.page(&admin)))
}

/// Does it.
pub(super) async fn remove(admin: Admin, path: Path<(String, String)>, posted: Posted) -> Answer {
    admin.recent()?;
    let (id, account) = path.into_inner();
    let (user, _) = find(&admin, &id).await?;
    let by = admin.by_form(&posted)?;
    let name = user.id.to_string();
    let done = users::remove_upstream_account(admin.app(), &by, &name, &account).await;
    done.map_err(|error| admin.failed(error))?;
    let to = at(&admin, &id, &[]);
    Ok(admin.done(Done::UpstreamRemoved, user.display_name(), &to))
}
