//! The people of a Keycloak realm.

use serde_json::Value;
use uuid::Uuid;

use super::super::fields::Fields;
use super::super::people::{self, Taken};
use super::super::report::Report;
use super::super::{Imported, ImportedUser, NewRole};
use super::{Realm, is_own_role, role_name};
use crate::admin::users::NewUser;
use crate::model::id::UserId;
use crate::model::secret::PasswordHash;
use crate::model::user::ADMIN_ROLE;

/// Attributes have the names that an administrator gave them: those that are usual, and the claim that each is.
const ATTRIBUTES: [(&str, &str); 23] = [
    ("phoneNumber", "phone_number"),
    ("phone_number", "phone_number"),
    ("phone", "phone_number"),
    ("mobile", "phone_number"),
    ("phoneNumberVerified", "phone_number_verified"),
    ("phone_number_verified", "phone_number_verified"),
    ("middleName", "middle_name"),
    ("nickname", "nickname"),
    ("profile", "profile"),
    ("picture", "picture"),
    ("website", "website"),
    ("gender", "gender"),
    ("birthdate", "birthdate"),
    ("zoneinfo", "zoneinfo"),
    ("locale", "locale"),
    ("formatted", "address.formatted"),
    ("street", "address.street_address"),
    ("locality", "address.locality"),
    ("city", "address.locality"),
    ("region", "address.region"),
    ("postal_code", "address.postal_code"),
    ("postalCode", "address.postal_code"),
    ("country", "address.country"),
];

pub(super) fn convert(people: Option<Value>, realm: &Realm, imported: &mut Imported) {
    let mut taken = Taken::default();
    match people {
        Some(Value::Array(mut people)) => {
            // Who has a username keeps it; one that is made of an address gives way.
            people.sort_by_key(|person| {
                let username = person["username"].as_str();
                username.is_some_and(|name| name.contains('@'))
            });
            for person in people {
                add(person, realm, &mut taken, imported);
            }
        }
        None | Some(Value::Null) => {}
        Some(_) => imported.report.note(
            ("realm", &realm.name),
            "users",
            "it is not a list",
            "look at the file",
        ),
    }
}

fn add(value: Value, realm: &Realm, taken: &mut Taken, imported: &mut Imported) {
    let report = &mut imported.report;
    let Some(mut fields) = Fields::of("user", value, report) else {
        return;
    };
    let Some(wanted) = fields.text("username", report) else {
        let mend = "the account was left out; add it by hand: placet user add NAME";
        fields.note(report, "username", "there is none", mend);
        return;
    };
    fields.name.clone_from(&wanted);
    if fields.value("serviceAccountClientId").is_some() {
        let why = "it stands for a client, not for a person";
        fields.note(
            report,
            "",
            why,
            "nothing: a client with client_credentials stands for itself",
        );
        return;
    }
    let Some(username) = taken.username(fields.thing(), &wanted, report) else {
        return;
    };
    let id = fields.text("id", report);
    let id = id.and_then(|id| Uuid::try_parse(&id).ok()).map(UserId);
    let email = fields.text("email", report);
    let email = taken.email(fields.thing(), email, report);
    let is_verified = fields.flag("emailVerified", report) == Some(true);
    let mut new = NewUser {
        username,
        is_email_verified: is_verified && email.is_some(),
        email,
        ..NewUser::default()
    };
    claims(&mut fields, &mut new, report);
    new.roles = roles(&mut fields, realm, report);
    for name in &new.roles {
        // A file may have people without the realm's own list.
        if !imported.roles.iter().any(|role| role.name == *name) {
            imported.roles.push(NewRole {
                name: name.clone(),
                description: String::new(),
            });
        }
    }
    let password_hash = credentials(&mut fields, report);
    left_behind(&mut fields, report);
    let is_disabled = fields.flag("enabled", report) == Some(false);
    fields.finish(report);
    imported.users.push(ImportedUser {
        id,
        new,
        password_hash,
        is_disabled,
    });
}

fn claims(fields: &mut Fields, new: &mut NewUser, report: &mut Report) {
    for (field, claim) in [("firstName", "given_name"), ("lastName", "family_name")] {
        if let Some(text) = fields.text(field, report) {
            people::claim(fields.thing(), new, (claim, field, &text), report);
        }
    }
    new.name = people::joined_name(new);
    let mut attributes = fields.object("attributes", "user attribute", report);
    for (field, claim) in ATTRIBUTES {
        let text = match attributes.value(field) {
            Some(Value::Array(items)) => items.into_iter().next(),
            other => other,
        };
        let Some(text) = text else { continue };
        match text.as_str() {
            Some(text) => people::claim(fields.thing(), new, (claim, field, text), report),
            None => fields.note(report, field, "it is not a text", "look at the file"),
        }
    }
    let has_phone = new.claims.iter().any(|(name, _)| name == "phone_number");
    new.claims
        .retain(|(name, _)| has_phone || name != "phone_number_verified");
    attributes.finish(report);
}

fn roles(fields: &mut Fields, realm: &Realm, report: &mut Report) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for role in fields.texts("realmRoles", report) {
        if is_own_role(realm, &role) {
            continue;
        }
        if role == ADMIN_ROLE {
            let why = "admin was not given: it opens the console of this whole server";
            let mend = "if that is meant: placet user update NAME --role admin";
            fields.note(report, "realmRoles", why, mend);
            continue;
        }
        let name = role_name(&role);
        if !kept.contains(&name) {
            kept.push(name);
        }
    }
    if let Some(Value::Object(of_clients)) = fields.value("clientRoles") {
        for client in of_clients.keys() {
            if !super::client::BUILT_IN.contains(&client.as_str()) {
                let why = format!(
                    "the roles of the client {client}: roles belong to the whole installation here"
                );
                let mend = "give those that apps look at: placet user update NAME --role …";
                fields.note(report, "clientRoles", why, mend);
            }
        }
    }
    kept
}

fn credentials(fields: &mut Fields, report: &mut Report) -> Option<PasswordHash> {
    let mut hash = None;
    for value in fields.list("credentials", report) {
        let Some(mut credential) = Fields::of("credential", value, report) else {
            continue;
        };
        credential.name.clone_from(&fields.name);
        let kind = credential.text("type", report).unwrap_or_default();
        if kind != "password" {
            let why = format!("{kind} is not brought along");
            let mend = "the person sets it up anew";
            fields.note(report, "credentials", why, mend);
        } else if hash.is_none() {
            hash = if let Some(phc) = phc(&mut credential, report) {
                people::password(fields.thing(), "credentials", phc, report)
            } else {
                let why = "the password's salt, hash or settings are not as Keycloak writes them";
                let mend = "set a password: placet user password NAME";
                fields.note(report, "credentials", why, mend);
                None
            };
        }
    }
    hash
}

/// The hash in PHC form. `secretData` and `credentialData` are JSON within JSON; before Keycloak 8 their fields stood beside `type`.
fn phc(credential: &mut Fields, report: &mut Report) -> Option<String> {
    let mut inner = |field: &str| {
        let text = credential.text(field, report)?;
        serde_json::from_str::<Value>(&text).ok()
    };
    let (secret, data) = (inner("secretData"), inner("credentialData"));
    let mut old = |field: &str| credential.value(field).unwrap_or_default();
    let (value, salt, data) = if let (Some(secret), Some(data)) = (secret, data) {
        (secret["value"].clone(), secret["salt"].clone(), data)
    } else {
        let (value, salt) = (old("hashedSaltedValue"), old("salt"));
        let data = serde_json::json!({
            "hashIterations": old("hashIterations"),
            "algorithm": old("algorithm"),
        });
        (value, salt, data)
    };
    let value = value.as_str()?;
    // A hash with salt and cost in itself, as the bcrypt extension stores it.
    if value.starts_with('$') {
        return Some(value.to_owned());
    }
    let (tag, salt) = (
        value.trim_end_matches('='),
        salt.as_str()?.trim_end_matches('='),
    );
    let iterations = data["hashIterations"].as_u64()?;
    match data["algorithm"].as_str()? {
        "pbkdf2" => Some(format!("$pbkdf2-sha1$i={iterations}${salt}${tag}")),
        name @ ("pbkdf2-sha256" | "pbkdf2-sha512") => {
            Some(format!("${name}$i={iterations}${salt}${tag}"))
        }
        "argon2" => argon2(&data["additionalParameters"], (iterations, salt, tag)),
        other => Some(other.to_owned()),
    }
}

fn argon2(more: &Value, (iterations, salt, tag): (u64, &str, &str)) -> Option<String> {
    let of = |name: &str| more[name][0].as_str();
    let version = match of("version")? {
        "1.3" => 19,
        "1.0" => 16,
        _ => return None,
    };
    let kind = of("type").filter(|kind| ["id", "i", "d"].contains(kind))?;
    let number = |name: &str| of(name)?.parse::<u32>().ok();
    let (memory, lanes) = (number("memory")?, number("parallelism")?);
    Some(format!(
        "$argon2{kind}$v={version}$m={memory},t={iterations},p={lanes}${salt}${tag}"
    ))
}

/// What a person has beyond the account itself.
fn left_behind(fields: &mut Fields, report: &mut Report) {
    let left = [
        (
            "groups",
            "there are no groups here; people have those roles that the file gives them outright",
            "give the roles of the groups: placet user update NAME --role …",
        ),
        (
            "federatedIdentities",
            "sign-in by another provider is not brought along",
            "set a password: placet user password NAME",
        ),
        (
            "federationLink",
            "the password is checked elsewhere (LDAP or the like), and not brought along",
            "set a password: placet user password NAME",
        ),
        (
            "requiredActions",
            "what the person had to do at the next sign-in is not asked here",
            "ask them by other means",
        ),
    ];
    for (field, why, mend) in left {
        if fields.value(field).is_some() {
            fields.note(report, field, why, mend);
        }
    }
}
