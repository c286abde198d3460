//! What people of every source have in common: a username that may be one here, claims, and the hash of a password.

use std::collections::HashSet;

use super::report::Report;
use crate::admin::users::NewUser;
use crate::identity::password::{Usable, usable};
use crate::model::claims;
use crate::model::client::is_deceptive;
use crate::model::secret::PasswordHash;
use crate::model::user::{account_key, check_email, check_username};

type Thing<'a> = (&'static str, &'a str);

/// The names and addresses that are taken within the file.
#[derive(Debug, Default)]
pub(super) struct Taken(HashSet<String>);

impl Taken {
    /// A username for somebody. What has an @ is an address here, and gives its first part; a number is added to one that is
    /// taken already.
    pub(super) fn username(
        &mut self,
        thing: Thing<'_>,
        wanted: &str,
        report: &mut Report,
    ) -> Option<String> {
        let base = wanted.split('@').next().unwrap_or_default().trim();
        if let Err(fault) = check_username(base) {
            report.note(thing, "username", fault, LEFT_OUT);
            return None;
        }
        let mut name = base.to_owned();
        let mut number = 1_u32;
        while !self.0.insert(account_key(&name)) {
            number += 1;
            name = format!("{base}-{number}");
        }
        let mend = "tell its owner; signing in with the e-mail address works as well";
        if name != base {
            let why = format!("{base:?} is somebody else's; the username here is {name:?}");
            report.note(thing, "username", why, mend);
        } else if name != wanted {
            let why = "a username has no @ here; it is what stands before it";
            report.note(thing, "username", why, mend);
        }
        Some(name)
    }

    /// An address, unless somebody else of the file has it.
    pub(super) fn email(
        &mut self,
        thing: Thing<'_>,
        email: Option<String>,
        report: &mut Report,
    ) -> Option<String> {
        let email = email?;
        if let Err(fault) = check_email(&email) {
            report.note(
                thing,
                "email",
                fault,
                "give one: placet user update NAME --email",
            );
            return None;
        }
        if !self.0.insert(account_key(&email)) {
            let mend =
                "one address has one account here; give another: placet user update NAME --email";
            report.note(thing, "email", "somebody before has the same address", mend);
            return None;
        }
        Some(email)
    }
}

const LEFT_OUT: &str = "the account was left out; add it by hand: placet user add NAME";

/// A name for people to read.
pub(super) fn full_name(thing: Thing<'_>, name: &str, report: &mut Report) -> Option<String> {
    let name = name.trim();
    if name.is_empty() {
        return None;
    }
    if name.chars().count() > 200 || name.chars().any(is_deceptive) {
        let why = "it has more than 200 characters, or characters that cannot be seen";
        report.note(
            thing,
            "name",
            why,
            "give one: placet user update NAME --name",
        );
        return None;
    }
    Some(name.to_owned())
}

/// The first and the last name in one.
pub(super) fn joined_name(user: &NewUser) -> Option<String> {
    let parts = ["given_name", "family_name"]
        .into_iter()
        .filter_map(|part| user.claims.iter().find(|(name, _)| name == part))
        .map(|(_, text)| text.trim());
    let name = parts.collect::<Vec<_>>().join(" ");
    (!name.is_empty() && name.chars().count() <= 200).then_some(name)
}

/// A standard claim; one that does not fit is noted.
pub(super) fn claim(
    thing: Thing<'_>,
    user: &mut NewUser,
    (name, field, text): (&str, &str, &str),
    report: &mut Report,
) {
    if text.is_empty() || user.claims.iter().any(|(known, _)| known == name) {
        return;
    }
    match claims::check(name, text) {
        Ok(_) => user.claims.push((name.to_owned(), text.to_owned())),
        Err(error) => {
            let mend = format!("give it: placet user update NAME --claim {name}=…");
            report.note(thing, field, error.fault, mend);
        }
    }
}

/// A hash that can be checked here.
pub(super) fn password(
    thing: Thing<'_>,
    field: &str,
    hash: String,
    report: &mut Report,
) -> Option<PasswordHash> {
    let why = match usable(&hash) {
        Usable::Yes => return Some(PasswordHash::from_phc(hash)),
        Usable::UnknownKind => {
            "the password's hash is none of bcrypt, PBKDF2 (SHA-1, -256, -384, -512), scrypt, argon2"
        }
        Usable::Refused => {
            "the password's hash is damaged, or asks for more work than a stored hash may"
        }
    };
    report.note(
        thing,
        field,
        why,
        "set a password: placet user password NAME",
    );
    None
}
