//! Accounts that people make themselves: by a link that proves their address, or because an administrator invited them.

mod mails;
mod making;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::links::{self, Delivery, count, new_link};
use super::login::{self, Place};
use super::notices::texts_for;
use crate::app::{App, delta};
use crate::crypto;
use crate::model::event::{Actor, Event, EventKind};
use crate::model::invitation::Terms;
use crate::model::mail::MailKind;
use crate::model::mailed_link::{LinkKind, MailedLink};
use crate::model::secret::Secret;
use crate::model::user::{User, account_key};
use crate::storage;
use crate::texts::{Language, Texts};
use mails::{invitation_draft, known_draft, link_draft};
pub use making::{Fault, Outcome, Wish, accept, proposed_username};

/// How long a link that proves an address is good.
pub const SIGN_UP_TTL: TimeDelta = TimeDelta::hours(24);
/// So many mails anybody may have sent to one address within an hour.
const MAX_OF_EMAIL: i64 = 5;

/// Somebody who wants an account.
#[derive(Debug, Clone)]
pub struct Asked {
    pub email: String,
    pub place: Place,
    pub language: Language,
    pub waiting: Option<Waiting>,
}

/// An authorization request that goes on after the sign-up, in the browser that came with it and in no other: whoever opens the link elsewhere
/// did not ask for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Sealed.
    request: String,
    /// A hash of the browser's own value.
    browser: String,
}

impl Waiting {
    /// Of that browser.
    pub fn new(request: String, browser: &str) -> Self {
        Self {
            request,
            browser: mark(browser),
        }
    }

    /// The request that waits in that browser behind a link, if any does.
    pub fn behind(link: &MailedLink, browser: &str) -> Option<String> {
        let detail = Value::Object(link.detail.clone());
        let waiting: Self = serde_json::from_value(detail).ok()?;
        let is_same = crypto::equal(waiting.browser.as_bytes(), mark(browser).as_bytes());
        is_same.then_some(waiting.request)
    }

    fn to_detail(&self) -> Map<String, Value> {
        match serde_json::to_value(self) {
            Ok(Value::Object(detail)) => detail,
            _ => Map::new(),
        }
    }
}

fn mark(browser: &str) -> String {
    URL_SAFE_NO_PAD.encode(crypto::sha256(browser.as_bytes()))
}

/// Seconds to wait if that was asked too often, from there or for that address. Counts this time, whoever has the address (S42).
pub async fn admit(app: &App, email: &str, place: &Place) -> storage::Result<Option<i64>> {
    if let Some(seconds) = links::admit(app, place).await? {
        return Ok(Some(seconds));
    }
    // Not the address itself: a stranger's is nothing to keep.
    let key = URL_SAFE_NO_PAD.encode(&crypto::sha256(account_key(email).as_bytes())[..16]);
    count(app, &format!("link email {key}"), MAX_OF_EMAIL).await
}

/// Mails a link to whoever has that address; who has an account is told that. Its duration tells which, so nobody waits for it (S42).
pub async fn ask(app: &App, asked: &Asked) -> storage::Result<()> {
    let event = app.event(
        EventKind::SignUpRequested,
        Actor::Anonymous,
        asked.place.origin(),
    );
    match login::find_user(app, &asked.email).await? {
        Some(user) if user.is_enabled() => remind(app, &user, asked, event).await,
        Some(_) => Ok(()),
        None => send_link(app, asked, &event).await,
    }
}

async fn send_link(app: &App, asked: &Asked, event: &Event) -> storage::Result<()> {
    let (link, token) = new_link(app, LinkKind::SignUp, SIGN_UP_TTL);
    let waiting = asked.waiting.as_ref();
    let link = MailedLink {
        email: Some(asked.email.clone()),
        detail: waiting.map(Waiting::to_detail).unwrap_or_default(),
        ..link
    };
    let url = links::url(app, "sign-up", &token);
    let letter = link_draft(app, Texts::of(asked.language), url).written_to(&asked.email);
    let mail = letter.map(|letter| app.outgoing_mail(MailKind::SignUp, &letter, SIGN_UP_TTL));
    app.store
        .add_mailed_link(&link, mail.as_ref(), event)
        .await?;
    app.mail_due.notify_one();
    Ok(())
}

async fn remind(app: &App, user: &User, asked: &Asked, mut event: Event) -> storage::Result<()> {
    event.user_id = Some(user.id);
    app.store.record(&event).await?;
    let draft = known_draft(app, texts_for(user, asked.language), user);
    let Some(letter) = draft.written_to(&asked.email) else {
        return Ok(());
    };
    let mail = app.outgoing_mail(MailKind::SignUp, &letter, SIGN_UP_TTL);
    app.store.queue_mail(&mail).await?;
    app.mail_due.notify_one();
    Ok(())
}

/// Makes an invitation, in place of an earlier one for the same address. The link is given back where nobody mails it.
pub async fn invite(
    app: &App,
    email: &str,
    terms: &Terms,
    delivery: Delivery,
    mut event: Event,
) -> storage::Result<(MailedLink, Option<Secret<String>>)> {
    let lasts = delta(app.config.sign_up.invitation_ttl);
    let (link, token) = new_link(app, LinkKind::Invitation, lasts);
    let link = MailedLink {
        email: Some(email.to_owned()),
        detail: terms.to_detail(),
        ..link
    };
    let url = links::url(app, "sign-up", &token);
    let is_mailed = delivery == Delivery::Mail;
    let letter = is_mailed.then(|| invitation_draft(app, &link, url.clone()).written_to(email));
    let mail = letter
        .flatten()
        .map(|letter| app.outgoing_mail(MailKind::Invitation, &letter, lasts));
    event.detail = json!({
        "id": link.id, "email": email, "roles": terms.roles, "mailed": mail.is_some(), "expires_at": link.expires_at,
    });
    app.store
        .add_mailed_link(&link, mail.as_ref(), &event)
        .await?;
    app.mail_due.notify_one();
    Ok((link, (!is_mailed).then(|| Secret::new(url))))
}

/// The link behind a token, of a kind that this installation offers, while it is good. Looking uses nothing up: mail scanners look too.
pub async fn find(app: &App, token: &str) -> storage::Result<Option<MailedLink>> {
    let Some(hash) = links::hash(token) else {
        return Ok(None);
    };
    let (settings, now) = (&app.config.sign_up, app.clock.now());
    if settings.is_open() {
        let found = app.store.find_mailed_link(LinkKind::SignUp, &hash, now);
        if let Some(link) = found.await? {
            return Ok(Some(link));
        }
    }
    if settings.is_by_invitation() {
        return app
            .store
            .find_mailed_link(LinkKind::Invitation, &hash, now)
            .await;
    }
    Ok(None)
}

/// Whether the token is that of an invitation that was withdrawn. Whoever has it is the one who was invited, and may know.
pub async fn is_withdrawn(app: &App, token: &str) -> storage::Result<bool> {
    match links::hash(token) {
        Some(hash) => {
            let now = app.clock.now();
            app.store.is_invitation_withdrawn(&hash, now).await
        }
        None => Ok(false),
    }
}
