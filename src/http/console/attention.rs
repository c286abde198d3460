//! What an administrator should look at: each with the way there.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::guard::{Admin, Stop};
use super::pieces::{Link, Moment, Notice};
use crate::admin::clients::{self, ClientFilter};
use crate::admin::managed::{self, Kind};
use crate::admin::refusals::{self, RefusalFilter};
use crate::admin::users::{self, UserFilter};
use crate::admin::{Paging, keys, plan};
use crate::config::RegistrationMode;
use crate::model::client::{ApplicationType, Client};
use crate::model::id::ClientId;
use crate::model::redirect_uri::RedirectKind;
use crate::model::refusal::Refusal;
use crate::model::user::ADMIN_ROLE;

/// Secrets that end within this are spoken of.
const SOON: TimeDelta = TimeDelta::days(7);
/// Keys that signed for longer, with no rotation set, are spoken of.
const OLD: TimeDelta = TimeDelta::days(365);
/// So many parts of the list of clients are looked through: the overview must be quick.
const PARTS: usize = 5;
/// Of each sort so many are named.
const NAMED: usize = 5;
/// So many of the things that files manage are compared with what their file said.
const COMPARED: usize = 50;

/// Everything found, the gravest first.
pub(super) async fn find(admin: &Admin) -> Result<Vec<Notice>, Stop> {
    let mut found = settings(admin);
    found.extend(administrators(admin).await?);
    found.extend(signing_keys(admin).await?);
    found.extend(of_clients(admin).await?);
    found.extend(drifted(admin).await?);
    found.extend(refused(admin).await?);
    Ok(found)
}

fn notice(text: impl Into<String>, link: Option<Link>) -> Notice {
    Notice {
        is_bad: true,
        text: text.into(),
        link,
    }
}

fn settings(admin: &Admin) -> Vec<Notice> {
    let config = &admin.app().config;
    let link = || Some(Link::new("Settings", admin.at(&["settings"])));
    let mut found = Vec::new();
    if config.registration.mode == RegistrationMode::Open {
        let text = "Anyone may register an app here without a token (registration.mode is open).";
        found.push(notice(text, link()));
    }
    found
}

async fn administrators(admin: &Admin) -> Result<Option<Notice>, Stop> {
    let filter = UserFilter {
        role: Some(ADMIN_ROLE.to_owned()),
        is_enabled: Some(true),
        ..UserFilter::default()
    };
    let paging = Paging {
        limit: Some(2),
        ..Paging::default()
    };
    let some = users::find(admin.app(), &filter, &paging).await;
    let some = some.map_err(|error| admin.failed(error))?;
    Ok((some.items.len() < 2).then(|| {
        let text =
            "You are the only administrator. If you lose your password, nobody can get in here.";
        notice(text, Some(Link::new("Users", admin.at(&["users"]))))
    }))
}

/// What is no longer as its file said.
async fn drifted(admin: &Admin) -> Result<Vec<Notice>, Stop> {
    let all = managed::list(admin.app()).await;
    let all = all.map_err(|error| admin.failed(error))?;
    let mut found = Vec::new();
    for thing in all.iter().take(COMPARED) {
        let drift = plan::drift(admin.app(), thing.kind, &thing.id).await;
        if drift.map_err(|error| admin.failed(error))?.is_empty() {
            continue;
        }
        let (what, list) = match thing.kind {
            Kind::Client => ("client", "clients"),
            Kind::User => ("user", "users"),
            Kind::Role => ("role", "roles"),
            Kind::Scope => ("scope", "scopes"),
            Kind::Resource => ("resource", "resources"),
        };
        let text = format!(
            "The {what} {} has drifted from {}, which manages it.",
            thing.id, thing.source
        );
        found.push(notice(text, Some(Link::new("Look", admin.at(&[list])))));
        if found.len() == NAMED {
            break;
        }
    }
    Ok(found)
}

async fn signing_keys(admin: &Admin) -> Result<Vec<Notice>, Stop> {
    let all = keys::list(admin.app()).await;
    let all = all.map_err(|error| admin.failed(error))?;
    let now = admin.app().clock.now();
    let is_by_hand = admin.app().config.keys.rotation().is_none();
    let link = || Some(Link::new("Keys", admin.at(&["keys"])));
    let about = all.iter().filter_map(|key| match key.state {
        "next" => {
            let from = Moment::new(key.activates_at).people;
            let mut next = notice(
                format!("A new {} key signs from {from} on.", key.alg),
                link(),
            );
            next.is_bad = false;
            Some(next)
        }
        "current" if is_by_hand && now - key.activates_at > OLD => {
            let text = format!(
                "The {} key has signed for more than a year, and no rotation is set.",
                key.alg
            );
            Some(notice(text, link()))
        }
        _ => None,
    });
    Ok(about.collect())
}

async fn of_clients(admin: &Admin) -> Result<Vec<Notice>, Stop> {
    let filter = ClientFilter {
        is_enabled: Some(true),
        ..ClientFilter::default()
    };
    let mut paging = Paging {
        after: None,
        limit: Some(200),
    };
    let mut sorts: [Vec<Notice>; 3] = Default::default();
    for _ in 0..PARTS {
        let part = clients::find(admin.app(), &filter, &paging).await;
        let part = part.map_err(|error| admin.failed(error))?;
        for client in &part.items {
            for (sort, text) in sorts.iter_mut().zip(about(admin, client)) {
                let href = admin.at(&["clients", client.id.as_str()]);
                let name = client.metadata.client_name.clone();
                let made = text.map(|text| notice(text, Some(Link::new(name, href))));
                sort.extend(made.filter(|_| sort.len() < NAMED));
            }
        }
        match part.next {
            Some(next) => paging.after = Some(next),
            None => break,
        }
    }
    Ok(sorts.into_iter().flatten().collect())
}

/// What is to be said of a client: no secret that works, one that ends soon, only addresses on this computer.
fn about(admin: &Admin, client: &Client) -> [Option<String>; 3] {
    let now = admin.app().clock.now();
    let has_secret = client.metadata.token_endpoint_auth_method.has_secret();
    let live: Vec<_> = client.live_secrets(now).collect();
    let ends = live.iter().filter_map(|secret| secret.expires_at).min();
    let is_soon = ends.filter(|at| has_secret && *at < now + SOON);
    let uris = &client.metadata.redirect_uris;
    let is_here = |kind| matches!(kind, RedirectKind::Localhost | RedirectKind::LoopbackIp);
    let is_local = client.metadata.application_type == ApplicationType::Web
        && !client.metadata.is_public()
        && !uris.is_empty()
        && uris.iter().all(|uri| is_here(uri.kind()));
    [
        (has_secret && live.is_empty())
            .then(|| "This client has no secret that works, so it gets no tokens:".to_owned()),
        is_soon.map(|at| {
            let at = Moment::new(at).people;
            format!("A secret ends on {at}; the app must have changed over by then:")
        }),
        is_local
            .then(|| "This web app returns to localhost alone; is it still being made?".to_owned()),
    ]
}

/// Who was refused most in the last day.
async fn refused(admin: &Admin) -> Result<Vec<Notice>, Stop> {
    let filter = RefusalFilter {
        from: Some(admin.app().clock.now() - TimeDelta::days(1)),
        ..RefusalFilter::default()
    };
    let paging = Paging {
        after: None,
        limit: Some(200),
    };
    let part = refusals::find(admin.app(), &filter, &paging).await;
    let part = part.map_err(|error| admin.failed(error))?;
    let mut counts: BTreeMap<Of<'_>, usize> = BTreeMap::new();
    for refusal in part
        .items
        .iter()
        .filter(|refusal| refusals::is_trouble(refusal))
    {
        *counts.entry(Of::new(refusal)).or_default() += 1;
    }
    let mut counts: Vec<(Of<'_>, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let more = if part.next.is_some() {
        "more than "
    } else {
        ""
    };
    let say = |(of, count): (Of<'_>, usize)| {
        let (requests, were) = if count == 1 {
            ("request", "was")
        } else {
            ("requests", "were")
        };
        let (text, query) = match of {
            Of::Elsewhere => (
                format!(
                    "{more}{count} {} with an account elsewhere failed in the last day.",
                    if count == 1 { "sign-in" } else { "sign-ins" }
                ),
                String::new(),
            ),
            Of::Nobody => (
                format!(
                    "{more}{count} {requests} that named no possible client {were} refused in the last day."
                ),
                String::new(),
            ),
            Of::Client(client) => (
                format!("{more}{count} {requests} of {client} {were} refused in the last day."),
                form_query(client),
            ),
        };
        let href = format!("{}{query}", admin.at(&["errors"]));
        notice(
            super::form::sentence(&text),
            Some(Link::new("Errors", href)),
        )
    };
    Ok(counts.into_iter().take(NAMED).map(say).collect())
}

/// What was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Of<'a> {
    Client(&'a str),
    /// A sign-in at another provider.
    Elsewhere,
    /// Of a client that cannot be, or of none.
    Nobody,
}

impl<'a> Of<'a> {
    fn new(refusal: &'a Refusal) -> Self {
        if refusals::is_elsewhere(refusal) {
            return Self::Elsewhere;
        }
        // Anybody may send any text as one: what no id can be is not told here.
        let client = refusal.client_id.as_deref();
        let client = client.filter(|id| ClientId::parse(id).is_ok());
        client.map_or(Self::Nobody, Self::Client)
    }
}

fn form_query(client: &str) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("client", client)
        .finish();
    format!("?{query}")
}
