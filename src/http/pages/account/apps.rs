//! `/account/apps`: what apps may do for the person, and taking it back.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::{DateTime, Utc};

use super::frame::{self, Done, Frame, Section, When};
use super::guard;
use crate::admin::consents::{self, ConsentFilter, ConsentView};
use crate::admin::grants::{self, GrantFilter, GrantView};
use crate::admin::{AdminError, By, Paging};
use crate::app::Registry;
use crate::http::pages::layout::Layout;
use crate::http::place;
use crate::http::web::Web;
use crate::model::client::{Client, Registration};
use crate::model::event::Actor;
use crate::model::id::ClientId;
use crate::model::scope::Scopes;
use crate::model::session::SignedIn;
use crate::oauth::redirect_uri::shown_host;
use crate::text_id;
use crate::texts::Texts;

const HERE: &str = "/account/apps";

#[derive(Template)]
#[template(path = "pages/account/apps.html")]
struct AppsPage {
    layout: Layout,
    frame: Frame,
    csrf: String,
    apps: Vec<Entry>,
}

struct Entry {
    id: String,
    name: String,
    /// `None` where the app is gone.
    look: Option<Look>,
    groups: Vec<Group>,
    since: When,
    /// When something was last got with what it holds.
    used: Option<When>,
    /// `None`: until the person takes it back.
    until: Option<When>,
}

/// By what else one knows an app again.
struct Look {
    /// Of its home page.
    host: Option<String>,
    /// Registered by an administrator.
    is_checked: bool,
}

impl Look {
    fn new(client: &Client, tag: &str) -> Self {
        let is_checked = client.registration == Registration::Administrator;
        // RFC 7591 §5: whoever registers themselves may name anybody's home as theirs. What is proven is where browsers go.
        let is_own = |host: &String| {
            let mut uris = client.metadata.redirect_uris.iter();
            is_checked || uris.all(|uri| shown_host(uri.as_str()) == *host)
        };
        Self {
            host: client.metadata.home_host_in(tag).filter(is_own),
            is_checked,
        }
    }
}

/// What it may do at one resource; without a title: with the account itself.
struct Group {
    title: Option<String>,
    items: Vec<String>,
}

/// What is known of one app.
struct Known {
    name: String,
    scope: Scopes,
    since: DateTime<Utc>,
    used: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
    is_approved: bool,
}

pub(super) async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let signed_in = match guard::signed_in(&request, &web).await {
        Ok(signed_in) => signed_in,
        Err(response) => return response,
    };
    let (approvals, held) = match all(&web, &signed_in).await {
        Ok(found) => found,
        Err(error) => return guard::failed(&request, &web, error),
    };
    let layout = web.layout_for(&request);
    let (texts, registry) = (layout.texts, web.app.registry());
    let mut apps = Vec::new();
    for (id, mut known) in known(&approvals, &held) {
        let client = match web.app.find_client(id.as_str()).await {
            Ok(client) => client,
            Err(error) => return guard::failed(&request, &web, error.into()),
        };
        if let Some(client) = &client {
            known.name = web.name_for(&request, client);
        }
        let look = client.map(|client| Look::new(&client, layout.lang()));
        apps.push(Entry {
            look,
            ..entry(texts, &registry, &id, known)
        });
    }
    let title = text_id!("account-apps-title");
    let view = AppsPage {
        frame: Frame::new(&request, &web, &signed_in, Section::Apps, title),
        csrf: guard::csrf(&web, &signed_in, &web.href(HERE)),
        apps,
        layout,
    };
    frame::show(&request, &web, StatusCode::OK, &view)
}

/// What the person allowed, and what is held by virtue of that.
pub(super) async fn all(
    web: &Web,
    signed_in: &SignedIn,
) -> Result<(Vec<ConsentView>, Vec<GrantView>), AdminError> {
    let user = Some(signed_in.user.id);
    let (allowed, held) = (
        ConsentFilter { user, client: None },
        GrantFilter { user, client: None },
    );
    let approvals =
        guard::every(async |paging: Paging| consents::find(&web.app, &allowed, &paging).await);
    let approvals = approvals.await?;
    let held = guard::every(async |paging: Paging| grants::find(&web.app, &held, &paging).await);
    Ok((approvals, held.await?))
}

/// App by app.
fn known(approvals: &[ConsentView], held: &[GrantView]) -> BTreeMap<ClientId, Known> {
    let mut apps: BTreeMap<ClientId, Known> = BTreeMap::new();
    for approval in approvals {
        let new = Known {
            name: approval.client_name.clone(),
            scope: Scopes::default(),
            since: approval.granted_at,
            used: None,
            until: approval.expires_at,
            is_approved: true,
        };
        let app = apps.entry(approval.client_id.clone()).or_insert(new);
        // The approval that lasts longest; one without an end lasts until it is taken back.
        app.until = app.until.zip(approval.expires_at).map(|(a, b)| a.max(b));
        app.scope = app.scope.union(&approval.granted);
        app.since = app.since.min(approval.granted_at);
    }
    for grant in held {
        let new = Known {
            name: grant.client_name.clone(),
            scope: Scopes::default(),
            since: grant.created_at,
            used: None,
            until: None,
            is_approved: false,
        };
        let app = apps.entry(grant.client_id.clone()).or_insert(new);
        app.scope = app.scope.union(&grant.scope);
        app.since = app.since.min(grant.created_at);
        app.used = app.used.max(grant.last_used_at.or(Some(grant.created_at)));
        if !app.is_approved {
            app.until = app.until.max(Some(grant.expires_at));
        }
    }
    apps
}

fn entry(texts: Texts, registry: &Registry, id: &ClientId, known: Known) -> Entry {
    let mut own = Vec::new();
    let mut named: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let scopes = registry.scopes.iter();
    for scope in scopes.filter(|scope| known.scope.contains(&scope.name)) {
        let mut owners = registry.resources.values();
        let owner = owners.find(|owner| owner.resource.scope.contains(&scope.name));
        let items = match owner {
            Some(owner) => named.entry(texts.resource(&owner.resource)).or_default(),
            None => &mut own,
        };
        items.push(texts.scope(scope));
    }
    let own = (!own.is_empty()).then_some(Group {
        title: None,
        items: own,
    });
    let named = named.into_iter().map(|(title, items)| Group {
        title: Some(title),
        items,
    });
    Entry {
        id: id.to_string(),
        name: known.name,
        look: None,
        groups: own.into_iter().chain(named).collect(),
        since: When::new(texts, known.since),
        used: known.used.map(|at| When::new(texts, at)),
        until: known.until.map(|at| When::new(texts, at)),
    }
}

/// Takes back what an app may do: approval, codes, grants, and with them every token that anyone asks about (S59).
pub(super) async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let (signed_in, params) = match guard::posted(&request, &web, payload).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let user = signed_in.user.id;
    let id = params.get("disconnect").unwrap_or_default();
    let by = By::new(Actor::User(user), place::of(&request).origin());
    match consents::withdraw(&web.app, &by, &user.to_string(), id).await {
        Ok(()) => {}
        Err(AdminError::NotFound { .. }) => return guard::missing(&request, &web),
        Err(error) => return guard::failed(&request, &web, error),
    }
    let name = match web.app.find_client(id).await {
        Ok(client) => client.map(|client| web.name_for(&request, &client)),
        Err(error) => return guard::failed(&request, &web, error.into()),
    };
    let name = name.as_deref().unwrap_or(id);
    frame::done(&web, &signed_in, Done::Disconnected, name, &web.href(HERE))
}
