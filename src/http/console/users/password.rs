//! A new password for somebody, typed twice.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::edit::differ;
use super::{at, find};
use crate::admin::users;
use crate::http::console::flash::Done;
use crate::http::console::form::{Field, Form, Refusal};
use crate::http::console::frame::Section;
use crate::http::console::guard::{Admin, Answer, Posted};
use crate::model::secret::Secret;
use crate::model::user::User;

/// The form.
pub(super) async fn get(admin: Admin, id: Path<String>) -> Answer {
    admin.recent()?;
    let (user, _) = find(&admin, &id).await?;
    Ok(show(&admin, (&id, &user), None))
}

/// Sets it.
pub(super) async fn post(admin: Admin, id: Path<String>, posted: Posted) -> Answer {
    admin.recent()?;
    let (user, _) = find(&admin, &id).await?;
    if let Some(refusal) = differ(&posted) {
        return Ok(show(&admin, (&id, &user), Some(&refusal)));
    }
    let by = admin.by_form(&posted)?;
    let password = Secret::new(posted.get("password").unwrap_or_default().to_owned());
    let (pool, name) = (&admin.web.identity.passwords, user.id.to_string());
    match users::set_password(admin.app(), pool, &by, &name, password).await {
        Ok(user) => Ok(admin.done(
            Done::PasswordSet,
            user.display_name(),
            &at(&admin, &id, &[]),
        )),
        Err(error) => {
            let refusal = Refusal::of(error).map_err(|error| admin.failed(error))?;
            Ok(show(&admin, (&id, &user), Some(&refusal)))
        }
    }
}

fn show(admin: &Admin, (id, user): (&str, &User), refusal: Option<&Refusal>) -> HttpResponse {
    let min = admin.app().config.password.min_length;
    let mut form = Form::new(admin, at(admin, id, &["password"]), "Set password")
        .field(
            Field::typed("password", "New password", "password")
                .help(format!("At least {min} characters, and not the username."))
                .required()
                .autocomplete("new-password"),
        )
        .field(
            Field::typed("again", "The same once more", "password")
                .required()
                .autocomplete("new-password"),
        )
        .cancel(at(admin, id, &[]))
        .refused(None, refusal);
    form.version = Some(user.version);
    let lead = if user.id == admin.signed_in.user.id {
        "It is yours: you are signed out everywhere, here too."
    } else {
        "They are signed out everywhere, and need it to sign in again."
    };
    let page = admin
        .page(
            Section::Users,
            format!("A new password for {}", user.display_name()),
        )
        .up(user.display_name(), at(admin, id, &[]))
        .lead(lead)
        .with(form);
    admin.show_as(refusal.map_or(StatusCode::OK, Refusal::status), &page)
}
