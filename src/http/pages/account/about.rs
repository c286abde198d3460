//! What is known of a person (OIDC Core §5.1): what they may change themselves, as fields, and the rest of what apps may be told, as facts.

use serde_json::{Map, Value};

use super::field::Field;
use crate::model::claims;
use crate::model::user::User;
use crate::oauth::params::Params;
use crate::text_id;
use crate::texts::{Message, Texts};

/// The claim, what is said, what it is typed into, and how browsers fill it in.
type Claim = (&'static str, &'static str, &'static str, &'static str);

const ABOUT: [Claim; 7] = [
    (
        "given_name",
        text_id!("account-given-name"),
        "text",
        "given-name",
    ),
    (
        "family_name",
        text_id!("account-family-name"),
        "text",
        "family-name",
    ),
    ("nickname", text_id!("account-nickname"), "text", "nickname"),
    ("website", text_id!("account-website"), "url", "url"),
    ("picture", text_id!("account-picture"), "url", "photo"),
    ("birthdate", text_id!("account-birthdate"), "text", "bday"),
    ("zoneinfo", text_id!("account-zone"), "text", "off"),
];
const REACH: [Claim; 6] = [
    ("phone_number", text_id!("account-phone"), "tel", "tel"),
    (
        "address.street_address",
        text_id!("account-street"),
        "lines",
        "street-address",
    ),
    (
        "address.postal_code",
        text_id!("account-postal-code"),
        "text",
        "postal-code",
    ),
    (
        "address.locality",
        text_id!("account-locality"),
        "text",
        "address-level2",
    ),
    (
        "address.region",
        text_id!("account-region"),
        "text",
        "address-level1",
    ),
    (
        "address.country",
        text_id!("account-country"),
        "text",
        "country-name",
    ),
];
/// What apps take for granted, or what hardly anybody has.
const OTHERS: [(&str, &str); 6] = [
    ("preferred_username", text_id!("account-preferred-username")),
    ("middle_name", text_id!("account-middle-name")),
    ("gender", text_id!("account-gender")),
    ("profile", text_id!("account-profile-page")),
    ("locale", text_id!("account-locale")),
    (FORMATTED, text_id!("account-address")),
];
const FORMATTED: &str = "address.formatted";
/// The form has [`REACH`].
const HAS_REACH: &str = "reach";

/// What was typed and did not do, and at which fields.
pub(super) struct Typed<'a> {
    pub params: &'a Params,
    pub wrong: &'a [&'static str],
}

/// Something that is known.
pub(super) struct Fact {
    pub label: Message,
    pub value: String,
    pub is_verified: bool,
}

/// The claims that a form changes. One without the second part says nothing of it: what is sent empty is what is not sent.
pub(super) fn changes(params: &Params, stored: &Map<String, Value>) -> Vec<(String, String)> {
    let reach = REACH.iter().filter(|_| params.has(HAS_REACH));
    let differing = ABOUT.iter().chain(reach).filter_map(|(name, ..)| {
        let typed = typed(params, name);
        let stored = text(stored, name).map(tidy).unwrap_or_default();
        (typed != stored).then(|| ((*name).to_owned(), typed))
    });
    let mut changes: Vec<(String, String)> = differing.collect();
    let is_of_address = |(name, _): &(String, String)| name.starts_with("address.");
    // It says the parts once more, and would go on saying those of before (§5.1.1).
    if changes.iter().any(is_of_address) && text(stored, FORMATTED).is_some() {
        changes.push((FORMATTED.to_owned(), String::new()));
    }
    changes
}

/// The field that was found first, and all others that would not do either.
pub(super) fn all_wrong(params: &Params, first: &'static str) -> Vec<&'static str> {
    let is_wrong = |name: &str| claims::check(name, &typed(params, name)).is_err();
    let names = editable().map(|(name, ..)| *name);
    let others = names.filter(|name| *name != first && is_wrong(name));
    std::iter::once(first).chain(others).collect()
}

/// Who they are, with what is stored, or with what was typed and did not do.
pub(super) fn fields(
    texts: Texts,
    user: &User,
    stored: &Map<String, Value>,
    typed: Option<&Typed<'_>>,
) -> Vec<Field> {
    let name = Field::new(texts, "name", text_id!("account-name")).autocomplete("name");
    let name = filled(texts, name, user.name.as_deref(), typed);
    let about = ABOUT.iter().map(|claim| {
        let field = match claim.0 {
            "birthdate" => field(texts, claim).help(texts.say("account-birthdate-help")),
            "zoneinfo" => field(texts, claim).help(texts.say("account-zone-help")),
            _ => field(texts, claim),
        };
        filled(texts, field, text(stored, claim.0), typed)
    });
    std::iter::once(name).chain(about).collect()
}

/// How they are reached, likewise.
pub(super) fn reach(
    texts: Texts,
    stored: &Map<String, Value>,
    typed: Option<&Typed<'_>>,
) -> Vec<Field> {
    let reach = REACH.iter().map(|claim| {
        let field = match claim.0 {
            "phone_number" if is_phone_verified(stored) => {
                field(texts, claim).help(texts.say("account-phone-help-verified"))
            }
            "phone_number" => field(texts, claim).help(texts.say("account-phone-help")),
            _ => field(texts, claim),
        };
        filled(texts, field, text(stored, claim.0), typed)
    });
    reach.collect()
}

/// What is known and stands in no field.
pub(super) fn facts(texts: Texts, stored: &Map<String, Value>, may_edit: bool) -> Vec<Fact> {
    let own = editable().filter(|_| !may_edit);
    let own = own.map(|(name, label, ..)| (*name, *label));
    let found = own.chain(OTHERS).filter_map(|(name, label)| {
        Some(Fact {
            label: texts.say(label),
            value: text(stored, name)?.to_owned(),
            is_verified: name == "phone_number" && is_phone_verified(stored),
        })
    });
    found.collect()
}

fn editable() -> impl Iterator<Item = &'static Claim> {
    ABOUT.iter().chain(&REACH)
}

fn typed(params: &Params, name: &str) -> String {
    tidy(params.get(name).unwrap_or_default())
}

/// Browsers end lines with two characters; one will do (§5.1.1).
fn tidy(text: &str) -> String {
    text.trim().replace("\r\n", "\n")
}

fn text<'a>(stored: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    match name.split_once('.') {
        Some((object, member)) => stored.get(object)?.get(member)?.as_str(),
        None => stored.get(name)?.as_str(),
    }
}

fn is_phone_verified(stored: &Map<String, Value>) -> bool {
    stored.get("phone_number_verified") == Some(&Value::Bool(true))
}

fn field(texts: Texts, (name, label, kind, autocomplete): &Claim) -> Field {
    let field = Field::new(texts, name, label);
    field.kind(kind).autocomplete(autocomplete)
}

fn filled(
    texts: Texts,
    mut field: Field,
    stored: Option<&str>,
    typed: Option<&Typed<'_>>,
) -> Field {
    let sent = typed.and_then(|typed| typed.params.get(field.name));
    field.value = sent.or(stored).unwrap_or_default().to_owned();
    if typed.is_some_and(|typed| typed.wrong.contains(&field.name)) {
        field.problem = Some(texts.say(mend(field.name)));
    }
    field
}

fn mend(field: &str) -> &'static str {
    match field {
        "website" | "picture" => text_id!("account-wrong-link"),
        "birthdate" => text_id!("account-wrong-date"),
        "zoneinfo" => text_id!("account-wrong-zone"),
        "phone_number" => text_id!("account-wrong-phone"),
        _ => text_id!("account-wrong-text"),
    }
}
