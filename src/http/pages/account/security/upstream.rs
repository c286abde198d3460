//! `/account/security/upstream`: the accounts elsewhere with which one signs in here. Linked by one's own act, and never without another way in
//! taken away.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::{Answer, HERE, back, failed, kept, posted, recent, settle};
use crate::config::Provider;
use crate::http::endpoints::authorize;
use crate::http::pages::account::frame::{self, Done, Frame, Section, When};
use crate::http::pages::account::guard;
use crate::http::pages::layout::Layout;
use crate::http::pages::upstream as journey;
use crate::http::place;
use crate::http::respond::{self, Forms};
use crate::http::web::Web;
use crate::identity::upstream::links::{self, Link};
use crate::identity::upstream::{Arrived, Wish};
use crate::model::id::{SessionId, UserId};
use crate::model::session::SignedIn;
use crate::model::upstream::UpstreamAccount;
use crate::model::user::User;
use crate::storage::{self, UpstreamRemoved};
use crate::text_id;
use crate::texts::Texts;

/// One of them, in the list.
pub(super) struct Linked {
    pub provider: String,
    pub email: Option<String>,
    pub href: String,
    pub added: When,
    pub used: Option<When>,
}

/// One that may be linked.
pub(super) struct Offer {
    pub provider: String,
    pub href: String,
    /// Another account there is linked already.
    pub is_linked: bool,
}

/// What the overview shows of them.
pub(super) struct Elsewhere {
    pub linked: Vec<Linked>,
    pub offers: Vec<Offer>,
}

impl Elsewhere {
    pub(super) async fn of(web: &Web, texts: Texts, user: &User) -> storage::Result<Self> {
        let all = web.app.store.list_upstream_accounts(user.id).await?;
        let providers = &web.app.config.upstream.providers;
        let offer = |provider: &Provider| Offer {
            provider: provider.name.clone(),
            href: web.href(&link_address(&provider.id)),
            is_linked: all.iter().any(|it| it.provider == provider.id),
        };
        Ok(Self {
            linked: all
                .iter()
                .map(|it| linked_view(web, texts, (it, label(web, &all, it))))
                .collect(),
            offers: providers.iter().map(offer).collect(),
        })
    }

    /// Whether there is anything to tell of.
    pub(super) fn is_there(&self) -> bool {
        !self.linked.is_empty() || !self.offers.is_empty()
    }
}

fn linked_view(web: &Web, texts: Texts, (account, provider): (&UpstreamAccount, String)) -> Linked {
    Linked {
        provider,
        email: account.email.clone(),
        href: web.href(&remove_address(&links::id_of(account))),
        added: When::new(texts, account.created_at),
        used: account.last_used_at.map(|at| When::new(texts, at)),
    }
}

/// What the provider is called; where it is no longer there, its address.
fn name_of(web: &Web, account: &UpstreamAccount) -> String {
    let provider = web.app.config.upstream.provider(&account.provider);
    provider.map_or_else(|| account.issuer.clone(), |provider| provider.name.clone())
}

/// The same, and where two of a person's have one name, as after a provider's address changed, with the address.
fn label(web: &Web, all: &[UpstreamAccount], account: &UpstreamAccount) -> String {
    let name = name_of(web, account);
    let issuer = account.issuer.as_str();
    let mut others = all.iter().filter(|other| other.issuer != issuer);
    if !others.any(|other| name_of(web, other) == name) {
        return name;
    }
    let place = issuer.split_once("://").map_or(issuer, |(_, place)| place);
    format!("{name} ({})", place.trim_end_matches('/'))
}

fn link_address(provider: &str) -> String {
    format!("{HERE}/upstream/link/{provider}")
}

fn remove_address(id: &str) -> String {
    format!("{HERE}/upstream/remove/{id}")
}

#[derive(Template)]
#[template(path = "pages/account/security/upstream_link.html")]
struct LinkPage {
    layout: Layout,
    frame: Frame,
    csrf: String,
    action: String,
    provider: String,
}

#[derive(Template)]
#[template(path = "pages/account/security/upstream_remove.html")]
struct RemovePage {
    layout: Layout,
    frame: Frame,
    csrf: String,
    account: Linked,
    /// There is no other way in.
    is_last: bool,
}

pub(super) async fn ask_link(
    request: HttpRequest,
    web: Data<Web>,
    id: Path<String>,
) -> HttpResponse {
    settle(asked_link(&request, &web, &id).await)
}

async fn asked_link(request: &HttpRequest, web: &Web, id: &str) -> Answer {
    let Some(provider) = web.app.config.upstream.provider(id) else {
        return Err(guard::missing(request, web));
    };
    let address = link_address(id);
    let signed_in = recent(request, web, &address).await?;
    let layout = web.layout_for(request);
    let title = text_id!("upstream-link-title");
    let mut frame = Frame::new(request, web, &signed_in, Section::Security, title);
    frame.title = layout.say(title).with("provider", &provider.name);
    let action = web.href(&address);
    let view = LinkPage {
        frame,
        csrf: guard::csrf(web, &signed_in, &action),
        action,
        provider: provider.name.clone(),
        layout,
    };
    // The form leads to the provider (S58).
    let response = respond::page_with_script(StatusCode::OK, &view, Forms::Journey);
    Ok(frame::finish(request, web, response))
}

pub(super) async fn link(
    request: HttpRequest,
    web: Data<Web>,
    id: Path<String>,
    payload: Payload,
) -> HttpResponse {
    settle(linking(&request, &web, &id, payload).await)
}

async fn linking(request: &HttpRequest, web: &Web, id: &str, payload: Payload) -> Answer {
    let Some(provider) = web.app.config.upstream.provider(id) else {
        return Err(guard::missing(request, web));
    };
    let (signed_in, _) = posted(request, web, payload, &link_address(id)).await?;
    let wish = Wish {
        link: Some((signed_in.user.id, signed_in.session.id)),
        ..Wish::default()
    };
    let onward = journey::security_onward();
    Ok(journey::go(request, web, provider, (&onward, wish)).await)
}

/// The browser is back from a provider, to link the account there.
pub(in crate::http::pages) async fn linked(
    request: &HttpRequest,
    web: &Web,
    provider: &Provider,
    (arrived, (user, session)): (&mut Arrived, (UserId, SessionId)),
) -> HttpResponse {
    let signed_in = match authorize::signed_in(request, web).await {
        Ok(found) => found,
        Err(error) => return respond::failed(request, web, error),
    };
    let is_same = |it: &SignedIn| it.user.id == user && it.session.id == session;
    let Some(signed_in) = signed_in.filter(is_same) else {
        return journey::not_linked(request, web, provider, None);
    };
    let who = (&signed_in.user, &place::of(request));
    match links::link(&web.app, provider, arrived, who).await {
        Ok(Link::Linked | Link::Own) => {
            let to = web.href(HERE);
            frame::done(web, &signed_in, Done::UpstreamLinked, &provider.name, &to)
        }
        Ok(link) => journey::not_linked(request, web, provider, Some(link)),
        Err(failure) => {
            let onward = journey::security_onward();
            journey::not_done(request, web, provider, (&onward, failure)).await
        }
    }
}

pub(super) async fn ask_remove(
    request: HttpRequest,
    web: Data<Web>,
    id: Path<String>,
) -> HttpResponse {
    settle(asked_remove(&request, &web, &id).await)
}

async fn asked_remove(request: &HttpRequest, web: &Web, id: &str) -> Answer {
    let signed_in = recent(request, web, &remove_address(id)).await?;
    let (account, name) = own(request, web, &signed_in, id).await?;
    let is_last = links::is_last(&web.app, &signed_in.user, &account).await;
    let is_last = is_last.map_err(|error| failed(request, web, error))?;
    let layout = web.layout_for(request);
    let title = text_id!("upstream-unlink-title");
    let mut frame = Frame::new(request, web, &signed_in, Section::Security, title);
    frame.title = layout.say(title).with("provider", &name);
    let view = RemovePage {
        frame,
        csrf: guard::csrf(web, &signed_in, &web.href(&remove_address(id))),
        account: linked_view(web, layout.texts, (&account, name)),
        is_last,
        layout,
    };
    Ok(frame::show(request, web, StatusCode::OK, &view))
}

pub(super) async fn remove(
    request: HttpRequest,
    web: Data<Web>,
    id: Path<String>,
    payload: Payload,
) -> HttpResponse {
    settle(removed(&request, &web, &id, payload).await)
}

async fn removed(request: &HttpRequest, web: &Web, id: &str, payload: Payload) -> Answer {
    let (signed_in, params) = posted(request, web, payload, &remove_address(id)).await?;
    let (account, name) = own(request, web, &signed_in, id).await?;
    let which = (&account, kept(&signed_in, &params));
    let done = links::unlink(&web.app, &signed_in.user, which, &place::of(request)).await;
    match done.map_err(|error| failed(request, web, error))? {
        UpstreamRemoved::Removed => {
            let to = web.href(HERE);
            Ok(frame::done(
                web,
                &signed_in,
                Done::UpstreamUnlinked,
                &name,
                &to,
            ))
        }
        UpstreamRemoved::NotThere => Ok(back(web)),
        UpstreamRemoved::MustStay => asked_remove(request, web, id).await,
    }
}

/// The account of that id, if it is theirs (S169), and what it is called.
async fn own(
    request: &HttpRequest,
    web: &Web,
    signed_in: &SignedIn,
    id: &str,
) -> Result<(UpstreamAccount, String), HttpResponse> {
    let all = web
        .app
        .store
        .list_upstream_accounts(signed_in.user.id)
        .await;
    let all = all.map_err(|error| failed(request, web, error))?;
    let found = all.iter().find(|account| links::id_of(account) == id);
    let account = found.ok_or_else(|| guard::missing(request, web))?;
    Ok((account.clone(), label(web, &all, account)))
}
