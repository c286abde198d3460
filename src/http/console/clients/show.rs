//! One client: everything about it, each part with its help and its way to be changed.

use actix_web::web::Path;

use super::fields::ClientPart;
use super::{find, kinds, samples, state};
use crate::admin::Paging;
use crate::admin::clients::SecretView;
use crate::admin::consents::{self, ConsentFilter};
use crate::admin::managed::Managed;
use crate::admin::refusals::{self, RefusalFilter};
use crate::http::console::form::Field;
use crate::http::console::frame::{Page, Section};
use crate::http::console::guard::{Admin, Answer, Stop};
use crate::http::console::managed;
use crate::http::console::pieces::{
    Cell, Fact, Link, Moment, Notice, Part, Piece, Shape, State, Table,
};
use crate::model::client::{Client, Registration};

const PARTS: [ClientPart; 6] = [
    ClientPart::Basics,
    ClientPart::SignIn,
    ClientPart::Permissions,
    ClientPart::SignOut,
    ClientPart::Keys,
    ClientPart::Look,
];

/// The page.
pub(super) async fn get(admin: Admin, id: Path<String>) -> Answer {
    let (client, managed) = find(&admin, &id).await?;
    let at = admin.at(&["clients", &id]);
    let mut page = admin
        .page(Section::Clients, &client.metadata.client_name)
        .up("Clients", admin.at(&["clients"]))
        .action("Settings to copy", format!("{at}/settings"))
        .with(Piece::Facts(head(&client)));
    if let Some(managed) = &managed {
        page = managed::tell(&admin, page, managed).await?;
    }
    if client.registration == Registration::Dynamic {
        page = page.with(Notice {
            is_bad: true,
            text: "It registered itself: anyone could have chosen its name. People are told so."
                .to_owned(),
            link: None,
        });
    }
    for part in PARTS {
        page = page.with(section(&admin, &client, managed.as_ref(), part));
        if part == ClientPart::Permissions {
            page = page.with(secrets(&admin, &client, managed.as_ref()));
        }
    }
    page = page.with(people(&admin, &client).await?);
    page = page.with(errors(&admin, &client).await?);
    page = page.with(danger(&admin, &client, managed.as_ref()));
    Ok(admin.show(&page))
}

/// Settings for libraries, without the secret, which nobody knows any more.
pub(super) async fn settings(admin: Admin, id: Path<String>) -> Answer {
    let (client, _) = find(&admin, &id).await?;
    let name = &client.metadata.client_name;
    let samples = samples::of(admin.app(), &client, None);
    let page = admin
        .page(Section::Clients, "Settings to copy")
        .up(name, admin.at(&["clients", &id]))
        .lead("For common libraries, with this server's address and this client's own values.")
        .with(Piece::Facts(vec![
            Fact::new("Issuer", Cell::code(admin.app().issuer())),
            Fact::new("Client ID", Cell::code(client.id.as_str())),
        ]));
    let page = if samples.is_empty() {
        page.with(Piece::Text(
            "This client gets no tokens; there is nothing to copy.".to_owned(),
        ))
    } else {
        samples.into_iter().fold(page, Page::with)
    };
    Ok(admin.show(&page))
}

fn head(client: &Client) -> Vec<Fact> {
    vec![
        Fact::new("Client ID", Cell::code(client.id.as_str())),
        Fact::new("State", state(client)),
        Fact::new("Kind", Cell::text(kinds::describe(client))),
        Fact::new("Registered", Cell::time(client.created_at)),
    ]
}

fn section(admin: &Admin, client: &Client, managed: Option<&Managed>, part: ClientPart) -> Part {
    let fields = part.fields(admin, client, None);
    let facts = fields.into_iter().map(Field::into_fact);
    let facts = facts.collect();
    let href = admin.at(&["clients", client.id.as_str(), "edit", part.name()]);
    let mut change = managed::change_link(managed, &href);
    change.about = Some(part.heading().to_owned());
    Part::new(part.name(), part.heading())
        .help(part.help())
        .with(Piece::Facts(facts))
        .with(Piece::Links(vec![change]))
}

fn secrets(admin: &Admin, client: &Client, managed: Option<&Managed>) -> Part {
    let part = Part::new("secrets", "Secrets");
    if !client.metadata.token_endpoint_auth_method.has_secret() {
        return part.with(Piece::Text(
            "It has none: it proves itself in another way, or not at all.".to_owned(),
        ));
    }
    let now = admin.app().clock.now();
    let id = client.id.as_str();
    let is_only_one = client.live_secrets(now).count() < 2;
    let suffix = managed.map_or("", |_| "?override=yes");
    let rows = client
        .live_secrets(now)
        .map(SecretView::from)
        .map(|secret| {
            let until = match secret.expires_at {
                Some(at) => State::cell(Shape::Waits, Moment::new(at).people),
                None => State::cell(Shape::Good, "until it is replaced"),
            };
            let remove = admin.at(&["clients", id, "secrets", &secret.id, "remove"]);
            let remove = if is_only_one {
                Cell::muted("the only one")
            } else {
                Cell::link("Remove", format!("{remove}{suffix}"))
            };
            vec![
                Cell::code(&secret.id),
                Cell::time(secret.created_at),
                until,
                remove,
            ]
        });
    let table = Table::new("Secrets", &["Named", "Made", "Works until", "Way out"])
        .rows(rows)
        .empty(vec![Cell::text("It has no secret that works. Make one.")]);
    let new = admin.at(&["clients", id, "secrets", "new"]);
    part.help("The secrets themselves are kept as hashes and cannot be shown. Each has the beginning of its hash as a name.")
        .with(table)
        .with(Piece::Links(vec![Link::new(
            "New secret",
            format!("{new}{suffix}"),
        )]))
}

/// The first of those who allowed it.
async fn people(admin: &Admin, client: &Client) -> Result<Part, Stop> {
    let filter = ConsentFilter {
        client: Some(client.id.clone()),
        ..ConsentFilter::default()
    };
    let paging = Paging {
        limit: Some(20),
        ..Paging::default()
    };
    let found = consents::find(admin.app(), &filter, &paging).await;
    let found = found.map_err(|error| admin.failed(error))?;
    let rows = found.items.iter().map(|consent| {
        let scope: Vec<String> = consent.granted.iter().map(ToOwned::to_owned).collect();
        vec![
            Cell::text(&consent.username),
            Cell::Tags(scope),
            Cell::time(consent.granted_at),
            Cell::until(consent.expires_at),
        ]
    });
    let table = Table::new(
        "People who allowed it",
        &["Person", "Allowed", "Since", "Until"],
    )
    .rows(rows)
    .empty(vec![Cell::text(
        "Here will be everyone who allowed it something. Nobody has yet.",
    )]);
    let part = Part::new("people", "People who allowed it");
    let part = match found.next {
        Some(_) => part.help("The first twenty."),
        None => part,
    };
    Ok(part.with(table))
}

/// Its last refused requests.
async fn errors(admin: &Admin, client: &Client) -> Result<Part, Stop> {
    let filter = RefusalFilter {
        client: Some(client.id.to_string()),
        ..RefusalFilter::default()
    };
    let paging = Paging {
        limit: Some(5),
        ..Paging::default()
    };
    let found = refusals::find(admin.app(), &filter, &paging).await;
    let found = found.map_err(|error| admin.failed(error))?;
    let rows = found.items.iter().map(|refusal| {
        vec![
            Cell::link(&refusal.id, admin.at(&["errors", &refusal.id])),
            Cell::time(refusal.at),
            Cell::text(&refusal.endpoint),
            Cell::text(&refusal.reason),
        ]
    });
    let table = Table::new("Recent errors", &["Id", "When", "Where", "Why"])
        .rows(rows)
        .empty(vec![Cell::text(
            "Here will be its requests that were refused, each with its mend. There were none.",
        )]);
    Ok(Part::new("errors", "Recent errors").with(table))
}

fn danger(admin: &Admin, client: &Client, managed: Option<&Managed>) -> Part {
    let suffix = managed.map_or("", |_| "?override=yes");
    let at = |action: &str| {
        let href = admin.at(&["clients", client.id.as_str(), action]);
        format!("{href}{suffix}")
    };
    let switch = if client.is_enabled() {
        Link::new("Disable", at("disable"))
    } else {
        Link::new("Enable", at("enable"))
    };
    Part::new("danger", "Danger zone")
        .help("You are asked before anything happens, and told what will.")
        .with(Piece::Links(vec![
            switch,
            Link::new("Remove", at("remove")),
        ]))
}
