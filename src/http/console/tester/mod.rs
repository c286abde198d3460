//! The authorization tester: a request of a client, run as the signed-in administrator up to where it would be committed, and what came of
//! it step by step.

mod form;
mod shown;

use actix_web::Scope;
use actix_web::web;
use oauth2_types::requests::GrantType;

use super::frame::{Page, Section};
use super::guard::{Admin, Answer, Posted, Stop};
use super::listing::Listing;
use super::pieces::{Cell, Filter, Link, Piece, Table};
use crate::admin::clients::{self, ClientFilter};
use crate::http::place;
use crate::http::routes::resource;
use crate::model::client::Client;
use crate::oauth::params::Params;
use crate::oauth::tester::{self, Attempt};

const LEAD: &str = "See what a client's request would come to, and what its tokens would say. Nothing is issued: what is minted for it is decoded and thrown away.";

/// Its one address.
pub(super) fn routes(scope: Scope) -> Scope {
    scope.service(
        resource("/tester", "GET, POST")
            .route(web::get().to(get))
            .route(web::post().to(run)),
    )
}

/// On whose behalf the client asks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Grant {
    /// A person's, by the authorization endpoint.
    Person,
    /// Its own.
    Client,
}

impl Grant {
    const fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Client => "client",
        }
    }
}

/// What there is to try of a client.
fn grants(client: &Client) -> Vec<Grant> {
    let metadata = &client.metadata;
    let mut all = Vec::new();
    if !metadata.redirect_uris.is_empty() {
        all.push(Grant::Person);
    }
    if metadata.may_use(&GrantType::ClientCredentials) {
        all.push(Grant::Client);
    }
    all
}

/// The one asked for, else the first.
fn chosen(client: &Client, params: &Params) -> Option<Grant> {
    let all = grants(client);
    let asked = params.get("grant").unwrap_or_default();
    let found = all.iter().copied().find(|grant| grant.word() == asked);
    found.or(all.first().copied())
}

/// The form of a client, or the clients to choose from.
async fn get(admin: Admin) -> Answer {
    let query = admin.query();
    let Some(id) = query.get("client_id") else {
        return choose(&admin).await;
    };
    let client = find(&admin, id).await?;
    let page = page_of(&admin, &client);
    let page = match chosen(&client, &query) {
        None => page.with(Piece::Text(
            "There is nothing to try: this client has no redirect URI, and is not registered for client_credentials.".to_owned(),
        )),
        Some(grant) => others(&admin, &client, grant, page).with(form::form(&admin, &client, grant, None)),
    };
    Ok(admin.show(&page))
}

/// Runs it. A request that is refused is a result like any other.
async fn run(admin: Admin, posted: Posted) -> Answer {
    let Some(id) = posted.get("client_id") else {
        return choose(&admin).await;
    };
    let client = find(&admin, id).await?;
    let Some(grant) = chosen(&client, &posted) else {
        return Err(admin.missing());
    };
    let page = others(&admin, &client, grant, page_of(&admin, &client));
    let wish = form::wish(&client, &posted);
    let app = admin.app();
    let page = match grant {
        Grant::Client => {
            let params = Params::parse(&wish.build_own()).unwrap_or_default();
            let now = app.clock.now();
            let trial = tester::client_credentials(app, &client, &params, now).await;
            shown::trial(page, &trial)
        }
        Grant::Person => {
            let built = wish.build();
            let params = Params::parse(&built.query).unwrap_or_default();
            let attempt = Attempt {
                params: &params,
                verifier: built.verifier.as_deref(),
                signed_in: &admin.signed_in,
                origin: place::of(&admin.request).origin(),
                now: app.clock.now(),
            };
            let trial = tester::authorization(app, &attempt).await;
            shown::trial(shown::address(&admin, page, &built), &trial)
        }
    };
    let again = form::form(&admin, &client, grant, Some(&posted));
    Ok(admin.show(&page.with(form::again(again))))
}

fn page_of(admin: &Admin, client: &Client) -> Page {
    let title = format!("Try {}", client.metadata.client_name);
    admin
        .page(Section::Tester, title)
        .up("Tester", admin.at(&["tester"]))
        .lead(LEAD)
}

/// The ways to what else there is to try of the client.
fn others(admin: &Admin, client: &Client, grant: Grant, page: Page) -> Page {
    let others = grants(client).into_iter().filter(|other| *other != grant);
    let links: Vec<Link> = others
        .map(|other| {
            let label = match other {
                Grant::Person => "Try a sign-in",
                Grant::Client => "Try it on its own behalf",
            };
            let href = href(admin, client, &[("grant", other.word())]);
            Link::new(label, href)
        })
        .collect();
    if links.is_empty() {
        return page;
    }
    page.with(Piece::Links(links))
}

fn href(admin: &Admin, client: &Client, more: &[(&str, &str)]) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("client_id", client.id.as_str())
        .extend_pairs(more)
        .finish();
    format!("{}?{query}", admin.at(&["tester"]))
}

async fn find(admin: &Admin, id: &str) -> Result<Client, Stop> {
    let client = clients::show(admin.app(), id).await;
    client.map_err(|error| admin.failed(error))
}

/// The clients to choose from.
async fn choose(admin: &Admin) -> Answer {
    let listing = Listing::read(admin, admin.at(&["tester"]), &["search"]);
    let filter = ClientFilter {
        search: listing.get("search").map(ToOwned::to_owned),
        ..ClientFilter::default()
    };
    let found = clients::find(admin.app(), &filter, &listing.paging).await;
    let found = found.map_err(|error| admin.failed(error))?;
    let row = |client: &Client| {
        vec![
            Cell::link(&client.metadata.client_name, href(admin, client, &[])),
            Cell::code(client.id.as_str()),
        ]
    };
    let table = Table::new("Clients", &["Name", "Client ID"])
        .rows(found.items.iter().map(row))
        .empty(vec![
            Cell::text("Here will be the clients to choose from. There is none like that."),
            Cell::link("Register a client", admin.at(&["new", "client"])),
        ]);
    let page = admin
        .page(Section::Tester, "Tester")
        .lead(LEAD)
        .with(Filter {
            action: listing.href().to_owned(),
            search: Some(listing.search("search", "Name or client ID")),
            choices: Vec::new(),
            is_active: listing.is_filtered(),
        })
        .with(listing.paged(table, &found));
    Ok(admin.show(&page))
}
