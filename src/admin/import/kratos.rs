//! Ory Kratos: identities with their traits, addresses and the hash of a password.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use serde_json::Value;
use uuid::Uuid;

use super::fields::Fields;
use super::people::{self, Taken};
use super::report::Report;
use super::{Imported, ImportedUser};
use crate::admin::users::NewUser;
use crate::model::id::UserId;
use crate::model::secret::PasswordHash;

/// Traits have the names that a schema gave them: those that many schemas have, and the claim that each is.
const TRAITS: [(&str, &str); 26] = [
    ("given_name", "given_name"),
    ("givenName", "given_name"),
    ("first_name", "given_name"),
    ("firstName", "given_name"),
    ("first", "given_name"),
    ("family_name", "family_name"),
    ("familyName", "family_name"),
    ("last_name", "family_name"),
    ("lastName", "family_name"),
    ("last", "family_name"),
    ("middle_name", "middle_name"),
    ("nickname", "nickname"),
    ("picture", "picture"),
    ("avatar", "picture"),
    ("website", "website"),
    ("gender", "gender"),
    ("birthdate", "birthdate"),
    ("birthday", "birthdate"),
    ("zoneinfo", "zoneinfo"),
    ("timezone", "zoneinfo"),
    ("locale", "locale"),
    ("language", "locale"),
    ("phone_number", "phone_number"),
    ("phoneNumber", "phone_number"),
    ("phone", "phone_number"),
    ("profile", "profile"),
];

/// The traits that give a username outright.
const USERNAMES: [&str; 4] = ["username", "preferred_username", "user_name", "login"];

/// Whether an identity has a username of its own, and not only an address that one is made of.
pub(super) fn has_username(identity: &Value) -> bool {
    USERNAMES
        .iter()
        .any(|name| identity["traits"][name].as_str().is_some())
}

/// The identities of one file.
#[derive(Debug, Default)]
pub(super) struct People(Taken);

impl People {
    pub(super) fn add(&mut self, value: Value, imported: &mut Imported) {
        let report = &mut imported.report;
        let Some(mut fields) = Fields::of("user", value, report) else {
            return;
        };
        let id = fields.text("id", report);
        fields.name = id.clone().unwrap_or_default();
        let id = id.and_then(|id| Uuid::try_parse(&id).ok()).map(UserId);
        let mut traits = fields.object("traits", "trait", report);
        let email = ["email", "email_address", "mail"]
            .into_iter()
            .find_map(|name| traits.text(name, report));
        let mut credentials = fields.object("credentials", "credential", report);
        let (identifiers, hash) = password(&mut credentials, report);
        let wanted = USERNAMES
            .into_iter()
            .find_map(|name| traits.text(name, report))
            .or_else(|| identifiers.iter().find(|name| !name.contains('@')).cloned())
            .or_else(|| email.clone())
            .or_else(|| identifiers.first().cloned());
        let Some(wanted) = wanted else {
            let why = "no trait or identifier gives a username or e-mail address";
            let mend = "the account was left out; add it by hand: placet user add NAME";
            fields.note(report, "traits", why, mend);
            return;
        };
        fields.name.clone_from(&wanted);
        traits.name.clone_from(&wanted);
        let password_hash = checked(&fields, hash, report);
        let Some(username) = self.0.username(fields.thing(), &wanted, report) else {
            return;
        };
        let email = self.0.email(fields.thing(), email, report);
        let verified = verified_addresses(&mut fields, report);
        let mut new = NewUser {
            username,
            is_email_verified: email.as_ref().is_some_and(|email| verified.contains(email)),
            email,
            ..NewUser::default()
        };
        claims(&fields, &mut traits, &mut new, report);
        let phone = new.claims.iter().find(|(name, _)| name == "phone_number");
        if phone.is_some_and(|(_, phone)| verified.contains(phone)) {
            let verified = ("phone_number_verified", "verifiable_addresses", "true");
            people::claim(fields.thing(), &mut new, verified, report);
        }
        other_credentials(&fields, &credentials, report);
        let is_disabled = fields.text("state", report).as_deref() == Some("inactive");
        traits.finish(report);
        fields.finish(report);
        imported.users.push(ImportedUser {
            id,
            new,
            password_hash,
            is_disabled,
        });
    }
}

/// What the person signs in with, and the hash as it stands in the file.
fn password(credentials: &mut Fields, report: &mut Report) -> (Vec<String>, Option<String>) {
    let mut password = credentials.object("password", "credential", report);
    let identifiers = password.texts("identifiers", report);
    let mut config = password.object("config", "credential", report);
    (identifiers, config.text("hashed_password", report))
}

fn checked(fields: &Fields, hash: Option<String>, report: &mut Report) -> Option<PasswordHash> {
    let Some(hash) = hash else {
        let why = "the file has no hash of a password";
        let mend = "export it with the password credential, or set one: placet user password NAME";
        fields.note(report, "credentials.password", why, mend);
        return None;
    };
    people::password(fields.thing(), "hashed_password", in_phc(hash), report)
}

/// Kratos writes scrypt's N itself where the PHC form has its logarithm, and pads salt and hash.
fn in_phc(hash: String) -> String {
    let parts: Vec<&str> = hash.split('$').collect();
    let ["", "scrypt", settings, salt, tag] = parts[..] else {
        return hash;
    };
    let Some((n, rest)) = settings
        .strip_prefix("ln=")
        .and_then(|rest| rest.split_once(','))
    else {
        return hash;
    };
    let unpadded = |text: &str| {
        STANDARD
            .decode(text)
            .map(|bytes| STANDARD_NO_PAD.encode(bytes))
    };
    match (n.parse::<u64>(), unpadded(salt), unpadded(tag)) {
        (Ok(n), Ok(salt), Ok(tag)) if n.is_power_of_two() && n >= 64 => {
            format!("$scrypt$ln={},{rest}${salt}${tag}", n.trailing_zeros())
        }
        _ => hash,
    }
}

fn verified_addresses(fields: &mut Fields, report: &mut Report) -> Vec<String> {
    let addresses = fields.list("verifiable_addresses", report);
    let verified = addresses
        .into_iter()
        .filter(|address| address["verified"] == true);
    verified
        .filter_map(|address| address["value"].as_str().map(ToOwned::to_owned))
        .collect()
}

fn claims(fields: &Fields, traits: &mut Fields, new: &mut NewUser, report: &mut Report) {
    let thing = fields.thing();
    let mut objects = Vec::new();
    match traits.value("name") {
        Some(Value::String(name)) => new.name = people::full_name(thing, &name, report),
        Some(name @ Value::Object(_)) => objects.extend(Fields::of("trait", name, report)),
        Some(_) => traits.note(
            report,
            "name",
            "it is neither a text nor an object",
            "placet user update NAME --name",
        ),
        None => {}
    }
    for (field, claim) in TRAITS {
        for place in objects.iter_mut().chain([&mut *traits]) {
            if let Some(text) = place.text(field, report) {
                people::claim(thing, new, (claim, field, &text), report);
            }
        }
    }
    for place in objects {
        place.finish(report);
    }
    if new.name.is_none() {
        new.name = people::joined_name(new);
    }
}

fn other_credentials(fields: &Fields, credentials: &Fields, report: &mut Report) {
    for kind in credentials.names() {
        let mend = match kind.as_str() {
            // Sent anew each time: there is nothing to bring.
            "code" | "link" => continue,
            "oidc" | "saml" => {
                "the person signs in with a password, once one is set: placet user password NAME"
            }
            _ => "the person sets up a second factor anew",
        };
        let why = format!("{kind} is not brought along");
        fields.note(report, "credentials", why, mend);
    }
}
