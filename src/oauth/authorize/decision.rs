//! The facts that the next step rests on, gathered for a checked request; and the refusals that come of it.

use chrono::{DateTime, Utc};
use oauth2_types::requests::Prompt;

use super::next_step::{Facts, Step, next_step};
use super::request::Checked;
use crate::app::App;
use crate::identity::factors;
use crate::model::acr::Acr;
use crate::model::request::AuthorizationRequest;
use crate::model::scope::Scopes;
use crate::model::session::SignedIn;
use crate::oauth::error::{Error, ErrorCode, access_denied};
use crate::oauth::roles;
use crate::storage;

/// What comes next for that request with that person signed in. Reads, and writes nothing.
pub async fn decide(
    app: &App,
    checked: &Checked,
    signed_in: Option<&SignedIn>,
    now: DateTime<Utc>,
) -> storage::Result<Step> {
    let request = &checked.request;
    let consent = match signed_in {
        // Nobody is asked about the installation's own apps, so nothing need be looked up.
        Some(_)
            if checked.client.is_first_party
                && !checked.client.is_consent_always_asked
                && !request.has_prompt(&Prompt::Consent) =>
        {
            None
        }
        Some(signed_in) => {
            app.store
                .find_consent(
                    signed_in.user.id,
                    &checked.client.id,
                    &request.resources,
                    now,
                )
                .await?
        }
        None => None,
    };
    let barred = signed_in.map(|signed_in| barred(app, request, signed_in));
    Ok(next_step(&Facts {
        request,
        client: &checked.client,
        redirect: checked.reply.callback.kind(),
        session: signed_in.map(|signed_in| &signed_in.session),
        consent: consent.as_ref(),
        barred: &barred.unwrap_or_default(),
        acr: signed_in.map_or(Acr::Pwd, |signed_in| {
            factors::wanted(&app.config.second_factor, &signed_in.user).max(demanded(checked))
        }),
        now,
    }))
}

/// The authentication context that the request and its client want at least.
pub fn demanded(checked: &Checked) -> Acr {
    let wanted = checked.request.acr.max(checked.client.required_acr);
    wanted.unwrap_or(Acr::Pwd)
}

/// The error for a person who cannot show what is wanted (OpenID Connect Core Error Code unmet_authentication_requirements 1.0).
pub fn unmet() -> Error {
    Error::new(
        ErrorCode::UnmetAuthenticationRequirements,
        "the person has not set up what it takes to sign in as surely as is asked for",
    )
}

/// What of the requested scope the person may not have, by their roles.
pub fn barred(app: &App, request: &AuthorizationRequest, signed_in: &SignedIn) -> Scopes {
    let roles = &signed_in.user.roles;
    roles::barred(&app.registry(), &request.resources, &request.scope, roles)
}

/// The error of [`Step::Deny`]. RFC 6749 §4.1.2.1: the server denies it; the scope itself is in order.
pub fn denied(request: &AuthorizationRequest) -> Error {
    access_denied(format!(
        "what is asked for is kept for roles that the person has not: {}",
        request.scope
    ))
}

/// The error of [`Step::Refuse`].
pub fn refused(request: &AuthorizationRequest, code: ErrorCode) -> Error {
    if code == ErrorCode::UnmetAuthenticationRequirements {
        return Error::new(
            code,
            "prompt=none was asked for, and the session is not as sure as acr_values or claims want",
        );
    }
    let reason = if request.has_prompt(&Prompt::None) {
        "prompt=none was asked for, and the person would have to act"
    } else {
        "the person whom id_token_hint or claims names did not sign in"
    };
    Error::new(code, reason)
}
