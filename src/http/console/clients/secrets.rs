//! A client's secrets: a new one beside the old, which lives on for a while, and one that goes at once.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::find;
use super::new::with_secret;
use crate::admin::clients;
use crate::http::console::confirm::Question;
use crate::http::console::flash::Done;
use crate::http::console::form::{Choice, Field, Form, Refusal};
use crate::http::console::frame::Section;
use crate::http::console::guard::{Admin, Answer, Posted};
use crate::http::console::managed;
use crate::model::client::Client;
use crate::oauth::params::Params;

/// For how long the secrets before it live on: in the form, as a person reads it, in hours.
const OVERLAPS: [(&str, &str, u64); 5] = [
    ("0", "They end now: for a secret that leaked", 0),
    ("24", "One day", 24),
    ("168", "One week", 168),
    ("720", "30 days", 720),
    ("2160", "90 days", 2160),
];

/// Asks for how long the old ones live on.
pub(super) async fn ask_new(admin: Admin, id: Path<String>) -> Answer {
    admin.recent()?;
    let (client, _) = find(&admin, &id).await?;
    Ok(show_new(&admin, &client, None))
}

/// Makes it, and shows it this once.
pub(super) async fn add(admin: Admin, id: Path<String>, posted: Posted) -> Answer {
    admin.recent()?;
    let (client, _) = find(&admin, &id).await?;
    let hours = posted.get("overlap").and_then(|chosen| {
        let found = OVERLAPS.iter().find(|(value, ..)| *value == chosen);
        found.map(|(_, _, hours)| *hours)
    });
    let Some(hours) = hours else {
        let refusal = Refusal::new("overlap", "Choose one.");
        return Ok(show_new(&admin, &client, Some((&posted, &refusal))));
    };
    let overlap = Duration::from_secs(hours * 3600);
    let by = admin.by_form(&posted)?;
    match clients::add_secret(admin.app(), &by, &id, overlap).await {
        Ok(made) => {
            let page = admin.page(Section::Clients, "The new secret").up(
                &made.client.metadata.client_name,
                admin.at(&["clients", &id]),
            );
            Ok(admin.show(&with_secret(&admin, page, &made)))
        }
        Err(error) => {
            let refusal = Refusal::of(error).map_err(|error| admin.failed(error))?;
            Ok(show_new(&admin, &client, Some((&posted, &refusal))))
        }
    }
}

fn show_new(admin: &Admin, client: &Client, sent: Option<(&Params, &Refusal)>) -> HttpResponse {
    let id = client.id.as_str();
    let typed = sent.map(|(typed, _)| typed);
    let refusal = sent.map(|(_, refusal)| refusal);
    let choices = OVERLAPS.map(|(value, label, _)| Choice::new(value, label));
    let action = admin.at(&["clients", id, "secrets", "new"]);
    let mut form = Form::new(admin, action, "Make secret")
        .version(client.version)
        .field(
            Field::one_of(
                "overlap",
                "How long the secrets before it go on working",
                choices.into(),
            )
            .help("Give the app this time to change over; both work meanwhile.")
            .required()
            .value(typed, "24"),
        )
        .cancel(admin.at(&["clients", id]))
        .refused(typed, refusal);
    if managed::overrides(admin, typed) {
        form = form.hidden("override", "yes");
    }
    let page = admin
        .page(Section::Clients, "New secret")
        .up(&client.metadata.client_name, admin.at(&["clients", id]))
        .lead("It is shown once, on the next page.")
        .with(form);
    admin.show_as(refusal.map_or(StatusCode::OK, Refusal::status), &page)
}

/// Asks before one goes.
pub(super) async fn ask_remove(admin: Admin, path: Path<(String, String)>) -> Answer {
    admin.recent()?;
    let (id, secret) = path.into_inner();
    let (client, _) = find(&admin, &id).await?;
    let is_there = client
        .secrets
        .iter()
        .any(|stored| clients::SecretView::from(stored).id == secret);
    if !is_there {
        return Err(admin.missing());
    }
    let question = Question {
        section: Section::Clients,
        title: format!("Remove the secret {secret}?"),
        effects: vec![
            format!(
                "Wherever {} still uses it, it gets no more tokens, from this moment on.",
                client.metadata.client_name
            ),
            "Tokens that it has go on until they expire. Its other secrets stay.".to_owned(),
        ],
        submit: "Remove",
        action: admin.at(&["clients", &id, "secrets", &secret, "remove"]),
        version: Some(client.version),
        back: &admin.at(&["clients", &id]),
        overrides: managed::overrides(&admin, None),
    };
    Ok(admin.show(&question.page(&admin)))
}

/// Removes it.
pub(super) async fn remove(admin: Admin, path: Path<(String, String)>, posted: Posted) -> Answer {
    admin.recent()?;
    let (id, secret) = path.into_inner();
    let by = admin.by_form(&posted)?;
    let removed = clients::remove_secret(admin.app(), &by, &id, &secret).await;
    removed.map_err(|error| admin.failed(error))?;
    let to = admin.at(&["clients", &id]);
    Ok(admin.done(Done::SecretRemoved, &secret, &format!("{to}#secrets")))
}
