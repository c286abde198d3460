//! Links between people and their accounts elsewhere: made by their own act, and taken away, but never the last way in.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use super::account::{Nobody, account, is_of_domain, linked};
use super::{Arrived, Failure, failed};
use crate::app::App;
use crate::config::{Protocol, Provider};
use crate::crypto;
use crate::identity::login::Place;
use crate::identity::notices::{self, Notice};
use crate::identity::session;
use crate::model::event::{Actor, EventKind};
use crate::model::id::{SessionId, UserId};
use crate::model::upstream::UpstreamAccount;
use crate::model::user::User;
use crate::storage::{self, FactorTerms, LeadsIn, UpstreamLinked, UpstreamRemoved};

/// What came of linking an account by its person's own act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    Linked,
    /// It was linked to them before.
    Own,
    /// It is linked to somebody else.
    Anothers,
    /// It is not of a domain that may come.
    Domain,
}

/// Links an account to whoever is signed in and asked for it.
pub async fn link(
    app: &App,
    provider: &Provider,
    arrived: &mut Arrived,
    (user, place): (&User, &Place),
) -> Result<Link, Failure> {
    arrived.complete(app).await?;
    let claims = &arrived.claims;
    let outcome = if is_of_domain(provider, claims) {
        let account = account(app, provider, claims, user.id);
        let event = linked(app, &account, "person", place);
        let notice = notices::mail(
            app,
            user,
            Notice::UpstreamLinked {
                provider: &provider.name,
            },
            place,
        );
        let done = app
            .store
            .link_upstream_account(&account, None, notice.as_ref(), &event)
            .await?;
        app.mail_due.notify_one();
        if done == UpstreamLinked::Linked {
            Link::Linked
        } else {
            let (issuer, subject) = (&claims.issuer, &claims.subject);
            let there = app.store.find_upstream_account(issuer, subject).await?;
            let is_own = there.is_some_and(|there| there.user_id == user.id);
            if is_own { Link::Own } else { Link::Anothers }
        }
    } else {
        Link::Domain
    };
    let reason = match outcome {
        Link::Linked | Link::Own => return Ok(outcome),
        Link::Anothers => "the account is linked to somebody else",
        Link::Domain => Nobody::Domain.reason(),
    };
    failed(app, provider, (Some(user.id), reason), place).await?;
    Ok(outcome)
}

/// Takes a link of one's own away, unless it is the last way in.
pub async fn unlink(
    app: &App,
    user: &User,
    (account, kept): (&UpstreamAccount, Option<SessionId>),
    place: &Place,
) -> storage::Result<UpstreamRemoved> {
    let providers = &app.config.upstream;
    if is_last(app, user, account).await? {
        return Ok(UpstreamRemoved::MustStay);
    }
    let name = providers.provider(&account.provider);
    let provider = name.map_or(account.issuer.as_str(), |provider| &provider.name);
    let mut event = app.event(
        EventKind::UpstreamUnlinked,
        Actor::User(user.id),
        place.origin(),
    );
    event.user_id = Some(user.id);
    event.detail = detail(account);
    let notice = notices::mail(app, user, Notice::UpstreamUnlinked { provider }, place);
    let leads_in: LeadsIn<'_> = &|other| leads_in(app, other);
    // One that lets nobody in is no way in that must stay.
    let keeps_way_in = leads_in(account).then_some(leads_in);
    let ended = session::others_ended(app, user, place);
    let terms = FactorTerms {
        keeps_way_in,
        ends_others: kept.map(|kept| (kept, &ended)),
        notice: notice.as_ref(),
        ..FactorTerms::default()
    };
    let done = app
        .store
        .remove_upstream_account(account, terms, &event)
        .await?;
    app.mail_due.notify_one();
    app.logout_due.notify_one();
    Ok(done)
}

/// Whether it is the person's only way to sign in.
pub async fn is_last(app: &App, user: &User, account: &UpstreamAccount) -> storage::Result<bool> {
    if user.password_hash.is_some() || user.has_passkey || !leads_in(app, account) {
        return Ok(false);
    }
    let all = app.store.list_upstream_accounts(user.id).await?;
    let mut others = all.iter().filter(|other| *other != account);
    Ok(!others.any(|other| leads_in(app, other)))
}

/// Whether somebody can sign in with an account elsewhere.
pub async fn is_way_in(app: &App, user: UserId) -> storage::Result<bool> {
    if app.config.upstream.providers.is_empty() {
        return Ok(false);
    }
    let all = app.store.list_upstream_accounts(user).await?;
    Ok(all.iter().any(|account| leads_in(app, account)))
}

/// Not where its provider is gone, or has become another one under the same name.
pub(in crate::identity) fn leads_in(app: &App, account: &UpstreamAccount) -> bool {
    let provider = app.config.upstream.provider(&account.provider);
    provider.is_some_and(|it| it.protocol == Protocol::Microsoft || it.issuer == account.issuer)
}

/// A name for an account elsewhere that addresses can have.
pub fn id_of(account: &UpstreamAccount) -> String {
    let text = format!("{}\0{}", account.issuer, account.subject);
    URL_SAFE_NO_PAD.encode(&crypto::sha256(text.as_bytes())[..16])
}

/// What the audit log keeps of it.
pub fn detail(account: &UpstreamAccount) -> serde_json::Value {
    json!({ "provider": account.provider, "issuer": account.issuer })
}
