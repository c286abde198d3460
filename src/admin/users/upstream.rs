//! The accounts elsewhere with which somebody signs in here.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{event, show, to_change};
use crate::admin::{By, Result, not_found};
use crate::app::App;
use crate::identity::login::Place;
use crate::identity::notices::{self, Notice};
use crate::identity::upstream::links::{self, id_of};
use crate::model::event::{Actor, EventKind};
use crate::model::upstream::UpstreamAccount;
use crate::model::user::User;
use crate::storage::{FactorTerms, UpstreamRemoved};

/// One of them, as administrators see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UpstreamView {
    pub id: String,
    /// As the settings call it.
    pub provider: String,
    pub issuer: String,
    pub subject: String,
    pub email: Option<String>,
    pub created_at: DateTime<Utc>,
    pub last_used_at: Option<DateTime<Utc>>,
}

impl From<UpstreamAccount> for UpstreamView {
    fn from(account: UpstreamAccount) -> Self {
        Self {
            id: id_of(&account),
            provider: account.provider,
            issuer: account.issuer,
            subject: account.subject,
            email: account.email,
            created_at: account.created_at,
            last_used_at: account.last_used_at,
        }
    }
}

/// All of one person, the oldest first.
pub async fn upstream_accounts(app: &App, name: &str) -> Result<Vec<UpstreamView>> {
    let user = show(app, name).await?;
    let all = app.store.list_upstream_accounts(user.id).await?;
    Ok(all.into_iter().map(UpstreamView::from).collect())
}

/// Whether somebody, unless disabled, can sign in: with a password, a passkey or an account elsewhere.
pub async fn has_way_in(app: &App, user: &User) -> Result<bool> {
    let has_own = user.password_hash.is_some() || user.has_passkey;
    Ok(has_own || links::is_way_in(app, user.id).await?)
}

/// Takes one away, be it the last way in or not. The one that was taken away.
pub async fn remove_upstream_account(
    app: &App,
    by: &By,
    name: &str,
    id: &str,
) -> Result<UpstreamView> {
    let user = to_change(app, by, name).await?;
    let all = app.store.list_upstream_accounts(user.id).await?;
    let missing = || not_found("account elsewhere", id);
    let mut all = all.into_iter();
    let account = all.find(|account| id_of(account) == id);
    let account = account.ok_or_else(missing)?;
    let kind = EventKind::UpstreamUnlinked;
    let event = event(app, by, kind, user.id, links::detail(&account));
    let provider = app.config.upstream.provider(&account.provider);
    let provider = provider.map_or(account.issuer.as_str(), |provider| &provider.name);
    // Whence somebody administers is not the person's business.
    let place = Place::default();
    let notice = Notice::UpstreamUnlinked { provider };
    let notice =
        notices::mail(app, &user, notice, &place).filter(|_| by.actor != Actor::User(user.id));
    let terms = FactorTerms {
        notice: notice.as_ref(),
        ..FactorTerms::default()
    };
    let removed = app
        .store
        .remove_upstream_account(&account, terms, &event)
        .await?;
    app.mail_due.notify_one();
    if removed != UpstreamRemoved::Removed {
        return Err(missing());
    }
    Ok(account.into())
}
