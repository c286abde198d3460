//! What ends a client, for a while or for good, and what lets it work again: asked once, with what will happen.

use actix_web::web::Path;

use super::find;
use crate::admin::grants::{self, GrantFilter};
use crate::admin::{Paging, clients};
use crate::http::console::confirm::Question;
use crate::http::console::flash::Done;
use crate::http::console::frame::Section;
use crate::http::console::guard::{Admin, Answer, Posted, Stop};
use crate::http::console::managed;
use crate::model::client::Client;

/// Asks.
pub(super) async fn ask(admin: Admin, path: Path<(String, String)>) -> Answer {
    admin.recent()?;
    let (id, action) = path.into_inner();
    let (client, _) = find(&admin, &id).await?;
    let name = &client.metadata.client_name;
    let (title, effects, submit) = match action.as_str() {
        "disable" => (
            format!("Disable {name}?"),
            disabled(&admin, &client, people(&admin, &client).await?),
            "Disable",
        ),
        "enable" => (
            format!("Enable {name}?"),
            vec!["It works again, with the settings and the secrets that it had.".to_owned()],
            "Enable",
        ),
        _ => (
            format!("Remove {name} for good?"),
            removed(&admin, &client, people(&admin, &client).await?),
            "Remove",
        ),
    };
    let question = Question {
        section: Section::Clients,
        title,
        effects,
        submit,
        action: admin.at(&["clients", &id, &action]),
        version: Some(client.version),
        back: &admin.at(&["clients", &id]),
        overrides: managed::overrides(&admin, None),
    };
    Ok(admin.show(&question.page(&admin)))
}

/// Does it.
pub(super) async fn act(admin: Admin, path: Path<(String, String)>, posted: Posted) -> Answer {
    admin.recent()?;
    let (id, action) = path.into_inner();
    let (client, _) = find(&admin, &id).await?;
    let (app, by) = (admin.app(), admin.by_form(&posted)?);
    let (result, done) = match action.as_str() {
        "disable" => (
            clients::disable(app, &by, &id).await.map(drop),
            Done::ClientDisabled,
        ),
        "enable" => (
            clients::enable(app, &by, &id).await.map(drop),
            Done::ClientEnabled,
        ),
        _ => (clients::remove(app, &by, &id).await, Done::ClientRemoved),
    };
    result.map_err(|error| admin.failed(error))?;
    let to = match done {
        Done::ClientRemoved => admin.at(&["clients"]),
        _ => admin.at(&["clients", &id]),
    };
    Ok(admin.done(done, &client.metadata.client_name, &to))
}

/// How many people it concerns.
async fn people(admin: &Admin, client: &Client) -> Result<String, Stop> {
    let filter = GrantFilter {
        client: Some(client.id.clone()),
        ..GrantFilter::default()
    };
    let paging = Paging {
        limit: Some(200),
        ..Paging::default()
    };
    let found = grants::find(admin.app(), &filter, &paging).await;
    let found = found.map_err(|error| admin.failed(error))?;
    let mut people: Vec<_> = found.items.iter().map(|grant| grant.user_id).collect();
    people.sort_unstable();
    people.dedup();
    Ok(match (people.len(), found.next.is_some()) {
        (0, _) => "Nobody is signed in through it now.".to_owned(),
        (1, false) => "One person uses it now; that access ends at once.".to_owned(),
        (count, false) => format!("{count} people use it now; their access ends at once."),
        (count, true) => format!("More than {count} people use it now; their access ends at once."),
    })
}

/// How long tokens that are out live on.
fn lifetime(admin: &Admin) -> String {
    let minutes = admin.app().config.tokens.access_ttl.as_secs().div_ceil(60);
    format!("{minutes} minutes")
}

fn disabled(admin: &Admin, client: &Client, people: String) -> Vec<String> {
    let name = &client.metadata.client_name;
    vec![
        people,
        format!("Nobody can sign in to {name}, and it gets no more tokens."),
        format!(
            "Tokens that it has work at APIs that check them themselves for {} at most.",
            lifetime(admin)
        ),
        "Nothing is forgotten: when it is enabled again, everything is as it was.".to_owned(),
    ]
}

fn removed(admin: &Admin, client: &Client, people: String) -> Vec<String> {
    let name = &client.metadata.client_name;
    vec![
        people,
        format!("{name} is gone, with its secrets and with all that people allowed it."),
        format!(
            "Tokens that it has work at APIs that check them themselves for {} at most.",
            lifetime(admin)
        ),
        "This cannot be undone.".to_owned(),
    ]
}
