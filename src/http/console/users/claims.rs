//! What apps may be told of a person beside the account: the standard claims (OIDC Core §5.1).

use actix_web::http::StatusCode;
use actix_web::web::Path;
use serde_json::{Map, Value};

use super::edit::refusal;
use super::{at, find};
use crate::admin::managed::Kind;
use crate::admin::users::{self, UserFields};
use crate::http::console::flash::Done;
use crate::http::console::form::{self, Field, Form, Refusal};
use crate::http::console::frame::Section;
use crate::http::console::guard::{Admin, Answer, Posted};
use crate::http::console::managed::Lock;
use crate::model::user::User;
use crate::oauth::params::Params;

/// How a claim is typed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Line,
    Lines,
    Tick,
}

/// Name, label, an example or nothing, and how it is typed.
const CLAIMS: [(&str, &str, &str, Look); 20] = [
    ("given_name", "Given name", "", Look::Line),
    ("family_name", "Family name", "", Look::Line),
    ("middle_name", "Middle name", "", Look::Line),
    ("nickname", "Nickname", "", Look::Line),
    (
        "preferred_username",
        "What they like to be called in apps",
        "",
        Look::Line,
    ),
    ("profile", "Page about them", "https://…", Look::Line),
    ("picture", "Picture", "The address of an image.", Look::Line),
    ("website", "Website", "https://…", Look::Line),
    ("gender", "Gender", "", Look::Line),
    (
        "birthdate",
        "Birthday",
        "1815-12-10, or 0000-12-10 without the year.",
        Look::Line,
    ),
    ("zoneinfo", "Time zone", "Europe/London", Look::Line),
    ("locale", "Language", "en-GB", Look::Line),
    (
        "phone_number",
        "Phone number",
        "+44 20 7946 0000",
        Look::Line,
    ),
    (
        "phone_number_verified",
        "The number is verified",
        "",
        Look::Tick,
    ),
    (
        "address.formatted",
        "Postal address as on an envelope",
        "",
        Look::Lines,
    ),
    ("address.street_address", "Street", "", Look::Lines),
    ("address.locality", "Town", "", Look::Line),
    ("address.region", "Region", "", Look::Line),
    ("address.postal_code", "Postal code", "", Look::Line),
    ("address.country", "Country", "", Look::Line),
];

/// Every claim as a field.
pub(super) fn fields(typed: Option<&Params>, stored: &Map<String, Value>) -> Vec<Field> {
    let one = |(name, label, help, look): &(&'static str, &str, &str, Look)| {
        let field = match look {
            Look::Line => Field::line(name, *label),
            Look::Lines => Field::lines(name, *label, 3),
            Look::Tick => Field::tick(name, *label),
        };
        let field = if help.is_empty() {
            field
        } else {
            field.help(*help)
        };
        field.value(typed, text(stored, name))
    };
    CLAIMS.iter().map(one).collect()
}

fn text(stored: &Map<String, Value>, name: &str) -> String {
    let value = match name.split_once('.') {
        None => stored.get(name),
        Some((claim, member)) => stored.get(claim).and_then(|object| object.get(member)),
    };
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Bool(true)) => "yes".to_owned(),
        _ => String::new(),
    }
}

/// The form.
pub(super) async fn get(admin: Admin, id: Path<String>) -> Answer {
    let (user, _) = find(&admin, &id).await?;
    show(&admin, (&id, &user), None).await
}

/// Changes them.
pub(super) async fn post(admin: Admin, id: Path<String>, posted: Posted) -> Answer {
    let (user, _) = find(&admin, &id).await?;
    let by = admin.by_form(&posted)?;
    let fields = UserFields {
        claims: CLAIMS
            .iter()
            .map(|(name, _, _, look)| ((*name).to_owned(), sent(&posted, name, *look)))
            .collect(),
        ..UserFields::default()
    };
    match users::change(admin.app(), &by, &user.id.to_string(), fields).await {
        Ok(user) => Ok(admin.done(
            Done::UserChanged,
            user.display_name(),
            &at(&admin, &id, &[]),
        )),
        Err(error) => {
            let refusal = refusal(error).map_err(|error| admin.failed(error))?;
            show(&admin, (&id, &user), Some((&posted, &refusal))).await
        }
    }
}

fn sent(posted: &Params, name: &str, look: Look) -> String {
    match look {
        Look::Tick if form::is_ticked(posted, name) => "true".to_owned(),
        Look::Tick => String::new(),
        Look::Line | Look::Lines => form::text(posted, name).replace("\r\n", "\n"),
    }
}

async fn show(
    admin: &Admin,
    (id, user): (&str, &User),
    given: Option<(&Params, &Refusal)>,
) -> Answer {
    let (typed, refused) = (given.map(|given| given.0), given.map(|given| given.1));
    let stored = users::claims_of(admin.app(), user).await;
    let stored = stored.map_err(|error| admin.failed(error))?;
    let href = at(admin, id, &["claims"]);
    let form = Form::new(admin, href.clone(), "Save")
        .version(user.version)
        .fields(fields(typed, &stored.values))
        .cancel(at(admin, id, &[]))
        .refused(typed, refused);
    let page = admin
        .page(Section::Users, "What apps may be told")
        .up(user.display_name(), at(admin, id, &[]))
        .lead("Only what a person allowed is told. Leave empty what nobody needs to know.");
    let lock = Lock::of(admin, (Kind::User, &user.username), typed).await?;
    let page = lock.put(page, form, &href);
    Ok(admin.show_as(refused.map_or(StatusCode::OK, Refusal::status), &page))
}
