//! `/account/events`: what happened with the account, from the audit log; newest first.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use uuid::Uuid;

use super::frame::{self, Frame, Section, When};
use super::guard;
use crate::http::pages::layout::Layout;
use crate::http::web::Web;
use crate::identity::device;
use crate::model::event::{Actor, StoredEvent};
use crate::model::session::SignedIn;
use crate::oauth::params::Params;
use crate::storage::{self, EventQuery};
use crate::text_id;
use crate::texts::{Message, Texts};

const PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "pages/account/events.html")]
struct EventsPage {
    layout: Layout,
    frame: Frame,
    events: Vec<Entry>,
    older_href: Option<String>,
    /// Where this is not the first part.
    newest_href: Option<String>,
}

struct Entry {
    what: Message,
    at: When,
    address: Option<String>,
    device: Option<Message>,
    by_others: bool,
    /// Perhaps somebody else was at it.
    is_warning: bool,
}

/// What somebody who guesses, or has stolen something, leaves behind.
const WARNINGS: [&str; 5] = [
    "sign_in_failed",
    "sign_in_throttled",
    "upstream_failed",
    "code_replayed",
    "refresh_token_replayed",
];

pub(super) async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let signed_in = match guard::signed_in(&request, &web).await {
        Ok(signed_in) => signed_in,
        Err(response) => return response,
    };
    let query = Params::parse(request.query_string()).unwrap_or_default();
    let before = match query.get("before").map(Uuid::try_parse) {
        None => None,
        Some(Ok(id)) => Some(id),
        Some(Err(_)) => return guard::missing(&request, &web),
    };
    match page(&request, &web, &signed_in, before).await {
        Ok(view) => frame::show(&request, &web, StatusCode::OK, &view),
        Err(error) => guard::failed(&request, &web, error.into()),
    }
}

async fn page(
    request: &HttpRequest,
    web: &Web,
    signed_in: &SignedIn,
    before: Option<Uuid>,
) -> storage::Result<EventsPage> {
    let mut found = part(web, signed_in, before, PAGE + 1).await?;
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let has_more = found.len() > page;
    found.truncate(page);
    let names = app_names(request, web, &found).await?;
    let layout = web.layout_for(request);
    let last = found.last().filter(|_| has_more);
    let title = text_id!("account-events-title");
    Ok(EventsPage {
        older_href: last.map(|last| web.href(&format!("/account/events?before={}", last.id))),
        newest_href: before.map(|_| web.href("/account/events")),
        events: found
            .iter()
            .map(|event| entry(layout.texts, signed_in, event, &names))
            .collect(),
        frame: Frame::new(request, web, signed_in, Section::Activity, title),
        layout,
    })
}

/// Events that concern the person, newest first: nobody else's (S169).
pub(super) async fn part(
    web: &Web,
    signed_in: &SignedIn,
    before: Option<Uuid>,
    limit: i64,
) -> storage::Result<Vec<StoredEvent>> {
    let wanted = EventQuery {
        user: Some(signed_in.user.id),
        before,
        ..EventQuery::default()
    };
    web.app.store.find_events(&wanted, limit).await
}

/// Whether an administrator did it.
pub(super) fn is_by_others(signed_in: &SignedIn, event: &StoredEvent) -> bool {
    let myself = Actor::User(signed_in.user.id).to_stored();
    let is_person = event.actor.starts_with("user:");
    (is_person && event.actor != myself) || event.actor == Actor::CommandLine.to_stored()
}

/// What the apps in them are called today; by their ids where they are gone.
async fn app_names(
    request: &HttpRequest,
    web: &Web,
    events: &[StoredEvent],
) -> storage::Result<HashMap<String, String>> {
    let mut names = HashMap::new();
    for id in events.iter().filter_map(|event| event.client_id.as_ref()) {
        if !names.contains_key(id) {
            let client = web.app.find_client(id).await?;
            let name = client.map(|client| web.name_for(request, &client));
            names.insert(id.clone(), name.unwrap_or_else(|| id.clone()));
        }
    }
    Ok(names)
}

fn entry(
    texts: Texts,
    signed_in: &SignedIn,
    event: &StoredEvent,
    names: &HashMap<String, String>,
) -> Entry {
    let app = event.client_id.as_ref().and_then(|id| names.get(id));
    let agent = event.detail.get("user_agent");
    let agent = agent.and_then(serde_json::Value::as_str);
    let by_others = is_by_others(signed_in, event);
    Entry {
        what: words(texts, &event.kind, app),
        at: When::new(texts, event.at),
        // Where an administrator was is nothing for others.
        address: event.address.clone().filter(|_| !by_others),
        device: agent.map(|agent| device::in_words(texts, Some(agent))),
        by_others,
        is_warning: WARNINGS.contains(&event.kind.as_str()),
    }
}

fn words(texts: Texts, kind: &str, app: Option<&String>) -> Message {
    let id = match (kind, app) {
        (_, Some(_)) => of_app(kind).or_else(|| of_account(kind)),
        (_, None) => of_account(kind),
    };
    let message = texts.say(id.unwrap_or(text_id!("account-event-other")));
    match app {
        Some(name) => message.with("app", name),
        None => message,
    }
}

/// What is said with an app's name in it.
fn of_app(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "sign_in_succeeded" => text_id!("account-event-signed-in-to"),
        "sign_in_failed" => text_id!("account-event-failed-at"),
        "consent_granted" => text_id!("account-event-allowed"),
        "consent_denied" => text_id!("account-event-denied"),
        "consent_withdrawn" => text_id!("account-event-withdrawn"),
        "grant_created" => text_id!("account-event-connected"),
        "grant_revoked" => text_id!("account-event-revoked"),
        "code_replayed" | "refresh_token_replayed" => text_id!("account-event-replayed"),
        _ => return None,
    })
}

fn of_account(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "sign_up_requested" => text_id!("account-event-sign-up-asked"),
        "setup_completed" | "user_added" | "signed_up" => text_id!("account-event-added"),
        "sign_in_succeeded" => text_id!("account-event-signed-in"),
        "sign_in_failed" => text_id!("account-event-failed"),
        "sign_in_throttled" => text_id!("account-event-throttled"),
        "signed_out" => text_id!("account-event-signed-out"),
        "session_ended" => text_id!("account-event-ended"),
        "user_updated" => text_id!("account-event-updated"),
        "factor_added" => text_id!("account-event-factor-added"),
        "factor_removed" => text_id!("account-event-factor-removed"),
        "upstream_linked" => text_id!("account-event-upstream-linked"),
        "upstream_unlinked" => text_id!("account-event-upstream-unlinked"),
        "upstream_failed" => text_id!("account-event-upstream-failed"),
        "recovery_codes_made" => text_id!("account-event-codes-made"),
        "recovery_code_used" => text_id!("account-event-code-used"),
        "password_reset_requested" => text_id!("account-event-reset-asked"),
        "email_change_requested" => text_id!("account-event-address-asked"),
        "email_verified" => text_id!("account-event-address"),
        "user_disabled" => text_id!("account-event-disabled"),
        "user_enabled" => text_id!("account-event-enabled"),
        "password_set" | "password_changed" | "password_reset" => {
            text_id!("account-event-password")
        }
        _ => return None,
    })
}
