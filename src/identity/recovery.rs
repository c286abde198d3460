//! Recovery codes: ten random values, each good once in place of a second factor, for whoever lost theirs. Shown when they are made; what is
//! stored are hashes.

use super::login::Place;
use super::notices::{self, Notice};
use super::session;
use crate::app::App;
use crate::crypto;
use crate::model::event::{Actor, Event, EventKind};
use crate::model::id::{SessionId, UserId};
use crate::model::mail::NewMail;
use crate::model::secret::{Secret, TokenHash};
use crate::model::user::User;
use crate::random;
use crate::storage::{self, NewCodes};

/// How many a person gets.
pub const NUMBER: usize = 10;
/// Digits and letters that nobody takes for one another; 32, so that a byte's last five bits choose one without favour.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 120 random bits: with fewer than 112, a plain hash would not be enough (ASVS 6.5.2).
const LENGTH: usize = 24;
const GROUP: usize = 4;
const _: () = assert!(LENGTH * 5 >= 112);

/// Codes that were just made.
#[derive(Debug)]
pub struct Codes {
    /// As their owner reads them.
    pub shown: Vec<Secret<String>>,
    pub(super) hashes: Vec<TokenHash>,
    event: Event,
}

impl Codes {
    /// New codes, not stored yet.
    pub(super) fn make(app: &App, user: &User, place: &Place) -> Self {
        let shown: Vec<Secret<String>> = (0..NUMBER).map(|_| code()).collect();
        let hashes = shown
            .iter()
            .map(|code| hash(user.id, &plain(code.expose())))
            .collect();
        let mut event = app.event(
            EventKind::RecoveryCodesMade,
            Actor::User(user.id),
            place.origin(),
        );
        event.user_id = Some(user.id);
        event.detail = serde_json::json!({ "count": NUMBER });
        Self {
            shown,
            hashes,
            event,
        }
    }

    /// For the store; `notice` tells the person.
    pub(super) fn to_store<'a>(&'a self, notice: Option<&'a NewMail>) -> NewCodes<'a> {
        NewCodes {
            hashes: &self.hashes,
            event: &self.event,
            notice,
        }
    }
}

/// Ends a person's codes and makes others; with `kept`, every other session ends in the same moment. `None` where the person has no second
/// factor that they could stand for.
pub async fn renew(
    app: &App,
    user: &User,
    kept: Option<SessionId>,
    place: &Place,
) -> storage::Result<Option<Vec<Secret<String>>>> {
    let codes = Codes::make(app, user, place);
    let notice = notices::mail(app, user, Notice::CodesRenewed, place);
    let ended = session::others_ended(app, user, place);
    let made = app
        .store
        .replace_recovery_codes(
            user.id,
            &codes.to_store(notice.as_ref()),
            kept.map(|kept| (kept, &ended)),
        )
        .await?;
    app.mail_due.notify_one();
    app.logout_due.notify_one();
    Ok(made.then_some(codes.shown))
}

/// Takes a code, in any spelling; true for one that the person has left, which it then has not.
pub async fn take(app: &App, user: &User, code: &str, place: &Place) -> storage::Result<bool> {
    let plain = plain(code);
    if plain.len() != LENGTH {
        return Ok(false);
    }
    let mut event = app.event(
        EventKind::RecoveryCodeUsed,
        Actor::User(user.id),
        place.origin(),
    );
    event.user_id = Some(user.id);
    let hash = hash(user.id, &plain);
    let notice = notices::mail(app, user, Notice::CodeUsed, place);
    let is_used = app
        .store
        .use_recovery_code(user.id, &hash, notice.as_ref(), &event)
        .await?;
    app.mail_due.notify_one();
    Ok(is_used)
}

fn code() -> Secret<String> {
    let mut code = String::with_capacity(LENGTH + LENGTH / GROUP);
    for (index, byte) in random::bytes::<LENGTH>().into_iter().enumerate() {
        if index > 0 && index % GROUP == 0 {
            code.push('-');
        }
        code.push(char::from(ALPHABET[usize::from(byte % 32)]));
    }
    Secret::new(code)
}

/// What was typed, as it is hashed: no blanks, no hyphens, one case, and the letters that are not used read as the digits they look like.
fn plain(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}'))
        .take(LENGTH + 1)
        .map(|c| match c.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            c => c,
        })
        .collect()
}

/// With the owner in it: nobody can try one value against the codes of all.
fn hash(owner: UserId, plain: &str) -> TokenHash {
    crypto::hash_token(&format!("recovery code of {owner}: {plain}"))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn codes_are_random_and_in_groups() {
        let codes: HashSet<String> = (0..500).map(|_| code().into_inner()).collect();
        assert_eq!(codes.len(), 500);
        let mut seen = HashSet::new();
        for code in &codes {
            let groups: Vec<&str> = code.split('-').collect();
            assert_eq!(groups.len(), LENGTH / GROUP, "{code}");
            assert!(groups.iter().all(|group| group.len() == 4), "{code}");
            seen.extend(code.bytes().filter(|byte| *byte != b'-'));
        }
        assert_eq!(seen.len(), 32, "every character occurs");
    }

    #[test]
    fn any_spelling_is_read() {
        for spelling in [
            "0123-4567-89ab-cdef-ghjk-mnpq",
            " 0123 4567 89AB CDEF GHJK MNPQ ",
            "0123456789abcdefghjkmnpq",
            "oi23\u{2011}4567\u{2013}89ab-cdef-ghjk-mnpq",
            "OL23-4567-89AB-CDEF-GHJK-MNPQ",
        ] {
            assert_eq!(plain(spelling), "0123456789abcdefghjkmnpq", "{spelling}");
        }
        assert_eq!(plain(&"a".repeat(10_000)).len(), LENGTH + 1);
    }

    #[test]
    fn a_hash_is_its_owners() {
        let (ada, bob) = (UserId(random::uuid()), UserId(random::uuid()));
        assert_ne!(hash(ada, "x"), hash(bob, "x"));
        assert_eq!(hash(ada, "x"), hash(ada, "x"));
    }
}
