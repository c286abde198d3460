//! What the mails say.

use super::SIGN_UP_TTL;
use crate::app::App;
use crate::mail::Draft;
use crate::model::invitation::Terms;
use crate::model::mailed_link::MailedLink;
use crate::model::user::User;
use crate::texts::{Language, Texts};

/// To an address that has no account.
pub(super) fn link_draft(app: &App, texts: Texts, url: String) -> Draft {
    let installation = app.config.name.clone();
    let lasts = texts.say("mail-verify-lasts");
    Draft {
        texts,
        subject: texts
            .say("mail-sign-up-subject")
            .with("installation", &installation),
        lines: vec![
            texts
                .say("mail-sign-up-asked")
                .with("installation", &installation),
        ],
        button: Some((texts.say("mail-sign-up-button"), url)),
        closing: vec![
            lasts.count("n", SIGN_UP_TTL.num_hours()),
            texts.say("mail-sign-up-not-you"),
        ],
        installation,
    }
}

/// To one that has.
pub(super) fn known_draft(app: &App, texts: Texts, user: &User) -> Draft {
    let installation = app.config.name.clone();
    let at = |page: &str| format!("{}/{page}", app.issuer());
    Draft {
        texts,
        subject: texts
            .say("mail-known-subject")
            .with("installation", &installation),
        lines: vec![
            texts
                .say("mail-known-asked")
                .with("installation", &installation),
            texts.say("mail-username").with("username", &user.username),
        ],
        button: Some((texts.say("sign-in"), at("login"))),
        closing: vec![
            texts.say("mail-known-forgot").with("address", at("forgot")),
            texts.say("mail-known-not-you"),
        ],
        installation,
    }
}

/// Nobody knows what the person speaks, but perhaps whoever invites them.
pub(super) fn invitation_draft(app: &App, link: &MailedLink, url: String) -> Draft {
    let chosen = Terms::of(link).locale;
    let language = chosen.and_then(|tag| Language::of_tag(&tag));
    let texts = Texts::of(language.unwrap_or(app.config.language));
    let installation = app.config.name.clone();
    Draft {
        texts,
        subject: texts
            .say("mail-invitation-subject")
            .with("installation", &installation),
        lines: vec![
            texts
                .say("mail-invitation-what")
                .with("installation", &installation),
        ],
        button: Some((texts.say("mail-sign-up-button"), url)),
        closing: vec![
            texts
                .say("mail-invitation-lasts")
                .with("time", texts.date_time(link.expires_at)),
            texts.say("mail-invitation-not-you"),
        ],
        installation,
    }
}
