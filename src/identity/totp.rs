//! Authenticator apps: time-based one-time codes (RFC 6238) of six digits, SHA-1, a step of thirty seconds; one step of delay is forgiven on
//! either side (§5.2), and no step is taken twice.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use totp_rs::{Algorithm, Builder, Totp};

use super::factors::Removal;
use super::login::Place;
use super::notices::{self, Factor, Notice};
use super::recovery::Codes;
use super::session;
use crate::app::{App, after};
use crate::model::event::{Actor, Event, EventKind};
use crate::model::factor::StoredTotp;
use crate::model::id::UserId;
use crate::model::secret::Secret;
use crate::model::user::User;
use crate::random;
use crate::storage::{self, FactorAdded, FactorRemoved, FactorTerms};

/// RFC 4226 §4, R6: as long as SHA-1's result.
const SECRET_BYTES: usize = 20;
const DIGITS: u8 = 6;
const STEP_SECONDS: u64 = 30;
/// So long the page that shows a new secret is good.
const ENROLMENT_TTL: std::time::Duration = std::time::Duration::from_mins(15);
const CONTEXT: &[u8] = b"authenticator app enrolment 1";

/// A secret that its owner has not confirmed yet. It is kept nowhere but in the page.
#[derive(Debug)]
pub struct Enrolment {
    /// For a form field; bound to its owner.
    pub sealed: String,
    /// For typing: base32 (RFC 4648 §6).
    pub secret: Secret<String>,
    /// For the QR code: an `otpauth` address.
    pub uri: Secret<String>,
}

/// How a confirmation ended.
#[derive(Debug)]
pub enum Confirmed {
    /// With the recovery codes, where it is the first second factor.
    Added(Option<Vec<Secret<String>>>),
    /// The code is not one of that secret's, now.
    WrongCode,
    /// The page is too old, or somebody else's, or there is an authenticator app by now.
    Stale,
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    user_id: UserId,
    secret: [u8; SECRET_BYTES],
    expires_at: DateTime<Utc>,
}

/// Makes a secret.
pub fn begin(app: &App, user: &User) -> Enrolment {
    let sealed = Sealed {
        user_id: user.id,
        secret: random::bytes(),
        expires_at: after(app.clock.now(), ENROLMENT_TTL),
    };
    // Plain values serialise.
    let plain = serde_json::to_vec(&sealed).unwrap_or_default();
    let field = URL_SAFE_NO_PAD.encode(app.crypto.requests.seal(CONTEXT, &plain));
    enrolment(app, user, field, &sealed.secret)
}

/// The secret of a page that was shown before; `None` where it is not good any more.
pub fn resume(app: &App, user: &User, sealed: &str) -> Option<Enrolment> {
    let opened = open(app, user, sealed)?;
    Some(enrolment(app, user, sealed.to_owned(), &opened.secret))
}

/// Keeps the secret, once a code shows that the app has it.
pub async fn confirm(
    app: &App,
    user: &User,
    (sealed, code): (&str, &str),
    place: &Place,
) -> storage::Result<Confirmed> {
    let Some(opened) = open(app, user, sealed) else {
        return Ok(Confirmed::Stale);
    };
    let now = app.clock.now();
    let Some(step) = matching_step(&opened.secret, code, now) else {
        return Ok(Confirmed::WrongCode);
    };
    let stored = StoredTotp {
        user_id: user.id,
        secret_sealed: app
            .crypto
            .at_rest
            .seal(user.id.0.as_bytes(), &opened.secret),
        // The code that confirms is used by that.
        last_step: step,
        created_at: now,
    };
    let codes = Codes::make(app, user, place);
    let event = event(app, user, EventKind::FactorAdded, place);
    let notice = notices::mail(
        app,
        user,
        Notice::FactorAdded {
            factor: Factor::Totp,
        },
        place,
    );
    let added = app
        .store
        .add_totp(&stored, &codes.to_store(notice.as_ref()), &event)
        .await?;
    app.mail_due.notify_one();
    Ok(match added {
        FactorAdded::Added { with_codes } => Confirmed::Added(with_codes.then_some(codes.shown)),
        FactorAdded::AlreadyThere | FactorAdded::TooMany | FactorAdded::NoUser => Confirmed::Stale,
    })
}

/// Whether it is a code of the person's authenticator app, now, and of a step that was not used before; it is used by that.
pub async fn check(app: &App, user: &User, code: &str) -> storage::Result<bool> {
    let Some(totp) = app.store.find_totp(user.id).await? else {
        return Ok(false);
    };
    let secret = app
        .crypto
        .at_rest
        .open(user.id.0.as_bytes(), &totp.secret_sealed)
        .ok_or(storage::Error::Corrupt("totps.secret_sealed"))?;
    match matching_step(&secret, code, app.clock.now()) {
        Some(step) if step > totp.last_step => app.store.use_totp_step(user.id, step).await,
        _ => Ok(false),
    }
}

/// Takes the person's authenticator app away.
pub async fn remove(
    app: &App,
    user: &User,
    removal: Removal,
    place: &Place,
) -> storage::Result<FactorRemoved> {
    let event = event(app, user, EventKind::FactorRemoved, place);
    let notice = notices::mail(
        app,
        user,
        Notice::FactorRemoved {
            factor: Factor::Totp,
        },
        place,
    );
    let ended = session::others_ended(app, user, place);
    let terms = FactorTerms {
        keeps_one: removal.keeps_one,
        // It lets nobody in by itself.
        keeps_way_in: None,
        ends_others: removal.kept.map(|kept| (kept, &ended)),
        notice: notice.as_ref(),
    };
    let removed = app.store.remove_totp(user.id, terms, &event).await?;
    app.mail_due.notify_one();
    app.logout_due.notify_one();
    Ok(removed)
}

fn event(app: &App, user: &User, kind: EventKind, place: &Place) -> Event {
    let mut event = app.event(kind, Actor::User(user.id), place.origin());
    event.user_id = Some(user.id);
    event.detail = serde_json::json!({ "factor": "totp" });
    event
}

fn open(app: &App, user: &User, sealed: &str) -> Option<Sealed> {
    let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
    let plain = app.crypto.requests.open(CONTEXT, &bytes)?;
    let opened: Sealed = serde_json::from_slice(&plain).ok()?;
    (opened.user_id == user.id && app.clock.now() < opened.expires_at).then_some(opened)
}

fn totp(secret: &[u8]) -> Builder {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(DIGITS)
        .with_skew(1)
        .with_step_duration(STEP_SECONDS)
        .with_secret(secret.to_vec())
}

fn enrolment(app: &App, user: &User, sealed: String, secret: &[u8]) -> Enrolment {
    // A colon parts the two in the address.
    let plain = |name: &str| name.replace(':', " ");
    let totp: Totp = totp(secret)
        .with_account_name(plain(&user.username))
        .with_issuer(Some(plain(&app.config.name)))
        .build_noncompliant();
    Enrolment {
        sealed,
        secret: Secret::new(totp.secret().to_base32()),
        // It fails for want of a name or for a colon in it.
        uri: Secret::new(totp.to_url().unwrap_or_default()),
    }
}

/// The time step that the code is of, among the present one and its neighbours.
fn matching_step(secret: &[u8], typed: &str, now: DateTime<Utc>) -> Option<i64> {
    let code: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .take(usize::from(DIGITS) + 1)
        .collect();
    if code.len() != usize::from(DIGITS) || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let seconds = u64::try_from(now.timestamp()).ok()?;
    let step = totp(secret).build_noncompliant().check(&code, seconds)?;
    i64::try_from(step).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238 appendix B, cut to six digits.
    #[test]
    fn the_rfcs_vectors_hold() {
        let at = |seconds: i64| DateTime::from_timestamp(seconds, 0).unwrap();
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let secret = b"12345678901234567890";
            assert_eq!(
                matching_step(secret, code, at(seconds)),
                Some(seconds / 30),
                "{seconds}"
            );
            // S50
            assert_eq!(
                matching_step(secret, code, at(seconds / 30 * 30 + 60)),
                None
            );
            assert!(matching_step(secret, code, at(seconds / 30 * 30 + 59)).is_some());
            assert!(matching_step(secret, code, at(seconds / 30 * 30 - 30)).is_some());
            assert_eq!(
                matching_step(secret, code, at(seconds / 30 * 30 - 31)),
                None
            );
        }
    }

    #[test]
    fn only_six_digits_are_a_code() {
        let now = DateTime::from_timestamp(59, 0).unwrap();
        let secret = b"12345678901234567890";
        for good in ["287082", " 287 082 ", "287-082"] {
            assert_eq!(matching_step(secret, good, now), Some(1), "{good}");
        }
        for bad in ["", "28708", "2870822", "94287082", "28708\u{662}", "abcdef"] {
            assert_eq!(matching_step(secret, bad, now), None, "{bad}");
        }
    }
}
