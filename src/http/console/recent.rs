//! Asks for the password again before something dangerous, and goes on to where it was asked.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};

use super::form::{Field, Form, Refusal};
use super::frame::Section;
use super::guard::{Admin, Answer, Posted};
use crate::http::return_to::ReturnTo;
use crate::http::sign_in::{Onward, Passed};
use crate::http::{cookies, place, respond, sign_in};
use crate::identity::login::{self, Attempt, SignIn};
use crate::model::acr;
use crate::model::secret::Secret;

/// Asks for the password.
pub(super) async fn get(admin: Admin) -> Answer {
    let query = admin.query();
    let to = query.get("to").and_then(ReturnTo::parse);
    Ok(show(&admin, &to.unwrap_or_else(ReturnTo::console), None))
}

/// Checks it, and goes on.
pub(super) async fn post(admin: Admin, posted: Posted) -> Answer {
    let to = posted.get("to").and_then(ReturnTo::parse);
    let to = to.unwrap_or_else(ReturnTo::console);
    let (place, known) = (
        place::of(&admin.request),
        cookies::get(&admin.request, &admin.web, cookies::KNOWN),
    );
    let attempt = Attempt {
        name: &admin.signed_in.user.username,
        password: Secret::new(posted.get("password").unwrap_or_default().to_owned()),
        place: &place,
        known_browser: known.as_deref(),
        client_id: None,
        is_behind_app: false,
    };
    let checked = login::check(&admin.web.app, &admin.web.identity, attempt).await;
    let failed = |error| respond::failed(&admin.request, &admin.web, error);
    let user = match checked.map_err(failed)? {
        SignIn::Verified(user) if user.id == admin.signed_in.user.id => *user,
        refusal => return Ok(show(&admin, &to, Some(&refusal))),
    };
    let amr = acr::password();
    let onward = Onward {
        waiting: None,
        to: Some(to),
    };
    let passed = sign_in::passed(&admin.request, &admin.web, Passed { user, amr }, onward);
    Ok(respond::isolated(passed.await))
}

fn show(admin: &Admin, to: &ReturnTo, refusal: Option<&SignIn>) -> HttpResponse {
    let (status, wait, problem) = match refusal {
        None => (StatusCode::OK, None, None),
        Some(SignIn::Throttled { retry_after }) => (
            StatusCode::TOO_MANY_REQUESTS,
            Some(*retry_after),
            Some("There were too many wrong tries. Please wait a while before the next one."),
        ),
        Some(SignIn::Busy) => (
            StatusCode::SERVICE_UNAVAILABLE,
            Some(2),
            Some(
                "Very many people are signing in at the moment. Please try again in a few seconds.",
            ),
        ),
        Some(SignIn::Mismatch | SignIn::Verified(_)) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            None,
            Some("That is not your password."),
        ),
    };
    let refusal = problem.map(|text| Refusal::new("password", text));
    let form = Form::new(admin, admin.at(&["password"]), "Go on")
        .hidden("to", to.as_str())
        .field(
            Field::typed("password", "Password", "password")
                .required()
                .autocomplete("current-password"),
        )
        .cancel(admin.at(&[]))
        .refused(None, refusal.as_ref());
    let page = admin
        .page(Section::Overview, "Your password, please")
        .lead("What comes next can do harm in the wrong hands, and you signed in a while ago. So please show once more that it is you.")
        .with(form);
    let mut response = admin.show_as(status, &page);
    if let Some(seconds) = wait {
        let headers = response.headers_mut();
        headers.insert(header::RETRY_AFTER, seconds.into());
    }
    response
}
