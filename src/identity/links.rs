//! Links that are mailed: to set a new password, to show that an address is one's own. Each has a random token of 256 bits, of which the
//! hash alone is stored, and is good once. They are made of the issuer, never of what a request calls this server (S61).

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, json};

use super::Identity;
use super::login::{self, Place};
use super::notices::{self, Notice, texts_for};
use super::password::PoolError;
use super::password::rules::{self, Fault};
use crate::app::App;
use crate::crypto;
use crate::mail::Draft;
use crate::model::event::{Actor, Event, EventKind};
use crate::model::mail::MailKind;
use crate::model::mailed_link::{LinkKind, MailedLink};
use crate::model::secret::{Secret, TokenHash};
use crate::model::user::User;
use crate::random;
use crate::storage::{self, LinkUse, PasswordReset};
use crate::texts::{Language, Message, Texts};

/// How long a link to set a new password is good (ASVS 6.4.3).
pub const RESET_TTL: TimeDelta = TimeDelta::minutes(30);
/// How long a link that proves an address is good.
pub const VERIFY_TTL: TimeDelta = TimeDelta::hours(24);
/// The prefix of tokens.
const PREFIX: &str = "placet_ml_";
/// So many mails strangers may have sent to one person within [`WINDOW`].
const MAX_OF_ACCOUNT: i64 = 5;
/// So often one address may ask for a link within [`WINDOW`].
const MAX_OF_ADDRESS: i64 = 20;
/// So often all addresses around it may.
const MAX_OF_NETWORK: i64 = 200;
const WINDOW: TimeDelta = TimeDelta::hours(1);

/// A link that was made.
#[derive(Debug, Clone)]
pub struct Link {
    pub url: Secret<String>,
    pub expires_at: DateTime<Utc>,
}

/// How a link comes to its person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// To the address that is stored.
    Mail,
    /// By whoever made it.
    ByHand,
}

/// Seconds to wait if the address has asked too often. Counts this time, whoever is asked for.
pub async fn admit(app: &App, place: &Place) -> storage::Result<Option<i64>> {
    let counters = [
        (place.range(), "address", MAX_OF_ADDRESS),
        (place.network(), "network", MAX_OF_NETWORK),
    ];
    for (range, limit, most) in counters {
        let Some(range) = range else { continue };
        let full = count(app, &format!("link {limit} {range}"), most).await?;
        if full.is_some() {
            app.metrics.count_throttled("link", limit);
            return Ok(full);
        }
    }
    Ok(None)
}

pub(super) async fn count(app: &App, key: &str, limit: i64) -> storage::Result<Option<i64>> {
    let now = app.clock.now();
    // Whoever is over the limit costs no write.
    let counted = match app.store.count_of(key, now).await? {
        Some(counted) if counted.count >= limit => {
            return Ok(Some((counted.expires_at - now).num_seconds().max(1)));
        }
        _ => app.store.count_one(key, now, now + WINDOW).await?,
    };
    let over = counted.filter(|counted| counted.count > limit);
    Ok(over.map(|counted| (counted.expires_at - now).num_seconds().max(1)))
}

/// Mails a link to whoever is called so, if anyone is and may sign in. Its duration tells who exists, so nobody waits for it (S42).
pub async fn forgotten(
    app: &App,
    name: &str,
    place: &Place,
    language: Language,
) -> storage::Result<()> {
    let user = login::find_user(app, name).await?;
    let Some(user) = user.filter(|user| user.is_enabled() && user.email.is_some()) else {
        return Ok(());
    };
    if count(app, &format!("link account {}", user.id), MAX_OF_ACCOUNT)
        .await?
        .is_some()
    {
        app.metrics.count_throttled("link", "account");
        return Ok(());
    }
    let mut event = app.event(
        EventKind::PasswordResetRequested,
        Actor::Anonymous,
        place.origin(),
    );
    event.user_id = Some(user.id);
    reset_link(app, &user, (Delivery::Mail, language), event).await?;
    Ok(())
}

/// Makes a link that lets its holder set a password; older ones of the person end.
pub async fn reset_link(
    app: &App,
    user: &User,
    (delivery, language): (Delivery, Language),
    mut event: Event,
) -> storage::Result<Link> {
    let (link, token) = new_link(app, LinkKind::ResetPassword, RESET_TTL);
    let letter_to = user.email.as_deref().filter(|_| delivery == Delivery::Mail);
    let link = MailedLink {
        user_id: Some(user.id),
        email: letter_to.map(str::to_owned),
        ..link
    };
    let url = url(app, "reset", &token);
    let texts = texts_for(user, language);
    let draft = reset_draft(app, texts, user, (&url, event.actor == Actor::Anonymous));
    let letter = letter_to.and_then(|email| draft.written_to(email));
    let mail = letter.map(|letter| app.outgoing_mail(MailKind::ResetPassword, &letter, RESET_TTL));
    event.detail = json!({ "mailed": mail.is_some() });
    app.store
        .add_mailed_link(&link, mail.as_ref(), &event)
        .await?;
    app.mail_due.notify_one();
    Ok(Link {
        url: Secret::new(url),
        expires_at: link.expires_at,
    })
}

/// What came of asking for another address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// A mail is on its way; until its link is opened, nothing changes.
    Sent,
    /// Too often; seconds to wait.
    Throttled(i64),
}

/// Mails a link to an address that somebody says is theirs. Whether it is another account's is not told: its owner would see (S42).
pub async fn ask_address(
    app: &App,
    user: &User,
    email: &str,
    place: &Place,
) -> storage::Result<Asked> {
    // Apart from what strangers may ask for: they cannot use up what the person has (S46).
    if let Some(seconds) = count(app, &format!("link of {}", user.id), MAX_OF_ACCOUNT).await? {
        app.metrics.count_throttled("link", "account");
        return Ok(Asked::Throttled(seconds));
    }
    let (link, token) = new_link(app, LinkKind::VerifyEmail, VERIFY_TTL);
    let link = MailedLink {
        user_id: Some(user.id),
        email: Some(email.to_owned()),
        ..link
    };
    let texts = texts_for(user, place.language().unwrap_or(app.config.language));
    let draft = verify_draft(app, texts, &url(app, "account/verify-email", &token));
    let letter = draft.written_to(email);
    let mail = letter.map(|letter| app.outgoing_mail(MailKind::VerifyEmail, &letter, VERIFY_TTL));
    let mut event = app.event(
        EventKind::EmailChangeRequested,
        Actor::User(user.id),
        place.origin(),
    );
    event.user_id = Some(user.id);
    app.store
        .add_mailed_link(&link, mail.as_ref(), &event)
        .await?;
    app.mail_due.notify_one();
    Ok(Asked::Sent)
}

/// A link of that kind that nobody can have yet, and its token.
pub(super) fn new_link(
    app: &App,
    kind: LinkKind,
    lasts: TimeDelta,
) -> (MailedLink, Secret<String>) {
    let now = app.clock.now();
    let token = random::token(PREFIX);
    let link = MailedLink {
        hash: crypto::hash_token(token.expose()),
        id: random::uuid_sortable(now),
        kind,
        user_id: None,
        email: None,
        detail: Map::new(),
        created_at: now,
        expires_at: now + lasts,
    };
    (link, token)
}

/// What is mailed.
pub(super) fn url(app: &App, page: &str, token: &Secret<String>) -> String {
    format!("{}/{page}?token={}", app.issuer(), token.expose())
}

fn reset_draft(app: &App, texts: Texts, user: &User, (url, is_asked_for): (&str, bool)) -> Draft {
    let installation = app.config.name.clone();
    let who = if is_asked_for {
        texts.say("mail-reset-asked")
    } else {
        texts.say("mail-reset-by-admin")
    };
    let closing = vec![
        lasts(texts.say("mail-reset-lasts"), RESET_TTL.num_minutes()),
        texts.say("mail-reset-not-you"),
    ];
    Draft {
        texts,
        subject: texts
            .say("mail-reset-subject")
            .with("installation", &installation),
        lines: vec![
            who.with("name", user.display_name())
                .with("installation", &installation),
            texts.say("mail-username").with("username", &user.username),
        ],
        button: Some((texts.say("mail-reset-button"), url.to_owned())),
        closing,
        installation,
    }
}

/// With nothing in it that whoever asked has chosen: the address may be anybody's, and their name would be words of ours to them.
fn verify_draft(app: &App, texts: Texts, url: &str) -> Draft {
    let installation = app.config.name.clone();
    Draft {
        texts,
        subject: texts
            .say("mail-verify-subject")
            .with("installation", &installation),
        lines: vec![
            texts
                .say("mail-verify-asked")
                .with("installation", &installation),
        ],
        button: Some((texts.say("mail-verify-button"), url.to_owned())),
        closing: vec![
            lasts(texts.say("mail-verify-lasts"), VERIFY_TTL.num_hours()),
            texts.say("mail-verify-not-you"),
        ],
        installation,
    }
}

fn lasts(message: Message, number: i64) -> Message {
    message.count("n", number)
}

/// What is stored of a token; `None`: it is none of ours.
pub(super) fn hash(token: &str) -> Option<TokenHash> {
    let is_ours = token.starts_with(PREFIX) && token.len() <= 200;
    is_ours.then(|| crypto::hash_token(token))
}

/// The link behind a token and its person, while it is good and they may sign in. Looking uses nothing up: mail scanners look too.
pub async fn find(
    app: &App,
    kind: LinkKind,
    token: &str,
) -> storage::Result<Option<(MailedLink, User)>> {
    let Some(hash) = hash(token) else {
        return Ok(None);
    };
    let found = app.store.find_mailed_link(kind, &hash, app.clock.now());
    let Some(link) = found.await? else {
        return Ok(None);
    };
    let Some(user_id) = link.user_id else {
        return Ok(None);
    };
    let user = app.store.find_user(user_id).await?;
    let user = user.filter(User::is_enabled);
    Ok(user.map(|user| (link, user)))
}

/// What came of setting a password by a link.
#[derive(Debug)]
pub enum Reset {
    Done,
    /// Somebody was quicker.
    Dead,
    Refused(Fault),
    /// The hashing queue is full.
    Busy,
}

/// Sets a password by a link, which is used up by that. Second factors stay: the next sign-in asks for them.
pub async fn reset_password(
    app: &App,
    identity: &Identity,
    (link, user): (&MailedLink, &User),
    (password, ends_sessions): (Secret<String>, bool),
    place: &Place,
) -> storage::Result<Reset> {
    if let Err(fault) = rules::check_aside(&app.config.password, &password, &user.about()).await {
        return Ok(Reset::Refused(fault));
    }
    let hash = match identity.passwords.hash(password).await {
        Ok(hash) => hash,
        Err(PoolError::TooLong) => return Ok(Reset::Refused(Fault::TooLong)),
        Err(_) => return Ok(Reset::Busy),
    };
    let notice = notices::mail(app, user, Notice::PasswordChanged, place);
    let mut event = app.event(
        EventKind::PasswordReset,
        Actor::User(user.id),
        place.origin(),
    );
    event.user_id = Some(user.id);
    event.detail = json!({ "sessions_ended": ends_sessions });
    let reset = PasswordReset {
        link,
        password: &hash,
        ends_sessions,
        notice: notice.as_ref(),
    };
    if app.store.reset_password(&reset, &event).await? != LinkUse::Done {
        return Ok(Reset::Dead);
    }
    login::forgive(app, user, place).await?;
    app.logout_due.notify_one();
    app.mail_due.notify_one();
    Ok(Reset::Done)
}

/// Makes the link's address the person's. The address of before is told, if it is another.
pub async fn verify_email(
    app: &App,
    (link, user): (&MailedLink, &User),
    place: &Place,
) -> storage::Result<LinkUse> {
    let old = user.email.as_deref();
    let old = old.filter(|old| Some(*old) != link.email.as_deref());
    let notice =
        old.and_then(|old| notices::mail(app, user, Notice::AddressChanged { old }, place));
    let mut event = app.event(
        EventKind::EmailVerified,
        Actor::User(user.id),
        place.origin(),
    );
    event.user_id = Some(user.id);
    let done = app
        .store
        .verify_email(link, notice.as_ref(), &event)
        .await?;
    app.mail_due.notify_one();
    Ok(done)
}
