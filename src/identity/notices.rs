//! Mails that tell somebody what happened to their account, so that they notice what they did not do themselves.

use super::login::Place;
use super::{device, known};
use crate::app::App;
use crate::app::outbox::NOTICE_TTL;
use crate::mail::Draft;
use crate::model::mail::{MailKind, NewMail};
use crate::model::user::User;
use crate::storage;
use crate::texts::{Language, Message, Texts};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice<'a> {
    /// A sign-in with a browser that has not signed in as this person before.
    NewDevice,
    PasswordChanged,
    /// An app was allowed much.
    NewApp {
        client_name: &'a str,
        /// Nobody looked at it (S51).
        is_unchecked: bool,
    },
    FactorAdded {
        factor: Factor,
    },
    FactorRemoved {
        factor: Factor,
    },
    /// Other recovery codes in place of those that there were.
    CodesRenewed,
    /// A recovery code let somebody in.
    CodeUsed,
    /// Wrong codes after a right password, so many that no more are looked at.
    CodesThrottled,
    /// An account elsewhere signs in here from now on.
    UpstreamLinked {
        provider: &'a str,
    },
    UpstreamUnlinked {
        provider: &'a str,
    },
    /// Told to the address of before.
    AddressChanged {
        old: &'a str,
    },
}

/// What else than the password shows that it is them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Factor {
    Passkey,
    Totp,
    /// All that there were, recovery codes too.
    All,
}

impl Factor {
    /// What messages choose their form by.
    const fn word(self) -> &'static str {
        match self {
            Self::Passkey => "passkey",
            Self::Totp => "totp",
            Self::All => "all",
        }
    }
}

/// Queues the mail if mail is set up and the person has an address; else does nothing. Nobody waits for its sending.
pub async fn tell(
    app: &App,
    user: &User,
    notice: Notice<'_>,
    place: &Place,
) -> storage::Result<()> {
    if let Some(mail) = mail(app, user, notice, place) {
        app.store.queue_mail(&mail).await?;
        app.mail_due.notify_one();
    }
    Ok(())
}

/// Whether somebody who has signed in before is about to with a browser that has not been used for it. No database is asked where mail is not
/// set up, nor for a browser that is known.
pub async fn is_new_device(
    app: &App,
    user: &User,
    known_browser: Option<&str>,
) -> storage::Result<bool> {
    let is_known = known_browser.is_some_and(|cookie| known::is_known(app, cookie, user));
    if is_known || !app.mailer.is_set_up() || user.email.is_none() {
        return Ok(false);
    }
    app.store.has_signed_in(user.id).await
}

/// [`tell`] after something that is done already: where the mail cannot be queued, that stays done, and the log says so.
pub async fn tell_after(app: &App, user: &User, notice: Notice<'_>, place: &Place) {
    if let Err(error) = tell(app, user, notice, place).await {
        tracing::error!(request_id = place.request_id, %error, "cannot tell somebody what happened to their account");
    }
}

/// The mail, for a transaction of the caller's: whoever commits it wakes `mail_due`.
pub fn mail(app: &App, user: &User, notice: Notice<'_>, place: &Place) -> Option<NewMail> {
    if !app.mailer.is_set_up() {
        return None;
    }
    let to = match notice {
        Notice::AddressChanged { old } => old,
        _ => user.email.as_deref()?,
    };
    // Never in that of the request: it may be a thief's, who would choose one that the person cannot read.
    let texts = texts_for(user, app.config.language);
    let letter = draft(app, texts, user, (notice, place)).written_to(to)?;
    Some(app.outgoing_mail(MailKind::Notice, &letter, NOTICE_TTL))
}

/// In the language that is known to be the person's, else in another.
pub fn texts_for(user: &User, other: Language) -> Texts {
    let known = user.locale.as_deref().and_then(Language::of_tag);
    Texts::of(known.unwrap_or(other))
}

fn draft(app: &App, texts: Texts, user: &User, (notice, place): (Notice<'_>, &Place)) -> Draft {
    let installation = app.config.name.clone();
    let (subject, what) = said(texts, notice);
    let mut lines = vec![
        what.with("name", user.display_name())
            .with("installation", &installation),
    ];
    let mut page = "account";
    if let Notice::NewApp { is_unchecked, .. } = notice {
        let checked = if is_unchecked {
            texts.say("mail-app-unchecked")
        } else {
            texts.say("mail-app-checked")
        };
        lines.push(checked.with("installation", &installation));
        page = "account/apps";
    }
    lines.extend(circumstances(app, texts, place));
    Draft {
        texts,
        subject: subject.with("installation", &installation),
        lines,
        button: Some((texts.say("mail-look"), format!("{}/{page}", app.issuer()))),
        closing: vec![
            texts.say("mail-was-you"),
            texts
                .say("mail-was-not-you")
                .with("installation", &installation),
        ],
        installation,
    }
}

/// The subject, and the first sentence.
fn said(texts: Texts, notice: Notice<'_>) -> (Message, Message) {
    match notice {
        Notice::NewDevice => (
            texts.say("mail-device-subject"),
            texts.say("mail-device-what"),
        ),
        Notice::PasswordChanged => (
            texts.say("mail-password-subject"),
            texts.say("mail-password-what"),
        ),
        Notice::NewApp { client_name, .. } => (
            texts.say("mail-app-subject"),
            texts.say("mail-app-what").with("app", client_name),
        ),
        Notice::FactorAdded { factor } => (
            texts.say("mail-factor-added-subject"),
            texts
                .say("mail-factor-added-what")
                .choose("factor", factor.word()),
        ),
        Notice::FactorRemoved { factor } => (
            texts.say("mail-factor-removed-subject"),
            texts
                .say("mail-factor-removed-what")
                .choose("factor", factor.word()),
        ),
        Notice::CodesRenewed => (
            texts.say("mail-codes-renewed-subject"),
            texts.say("mail-codes-renewed-what"),
        ),
        Notice::CodeUsed => (
            texts.say("mail-code-used-subject"),
            texts.say("mail-code-used-what"),
        ),
        Notice::CodesThrottled => (
            texts.say("mail-codes-throttled-subject"),
            texts.say("mail-codes-throttled-what"),
        ),
        Notice::UpstreamLinked { provider } => (
            texts.say("mail-factor-added-subject"),
            texts
                .say("mail-upstream-linked-what")
                .with("provider", provider),
        ),
        Notice::UpstreamUnlinked { provider } => (
            texts.say("mail-factor-removed-subject"),
            texts
                .say("mail-upstream-unlinked-what")
                .with("provider", provider),
        ),
        Notice::AddressChanged { .. } => (
            texts.say("mail-address-subject"),
            texts.say("mail-address-what"),
        ),
    }
}

/// When, and from where, as far as that is known.
fn circumstances(app: &App, texts: Texts, place: &Place) -> Vec<Message> {
    let mut lines = vec![
        texts
            .say("mail-when")
            .with("time", texts.date_time(app.clock.now())),
    ];
    if let Some(address) = place.address {
        lines.push(texts.say("mail-from-address").with("address", address));
    }
    // In our words: the browser's own may say anything, to somebody who trusts a mail of ours.
    if let Some(agent) = &place.user_agent {
        let browser = device::in_words(texts, Some(agent)).plain();
        lines.push(texts.say("mail-browser").with("browser", browser));
    }
    lines
}
