//! What has to happen next for a checked request: a pure decision over stored facts.
//!
//! Pages never lead to one another; each leads back here. A new reason to stop and ask is one arm.

use chrono::{DateTime, TimeDelta, Utc};
use oauth2_types::requests::Prompt;

use crate::model::client::Client;
use crate::model::consent::Consent;
use crate::model::redirect_uri::RedirectKind;
use crate::model::request::AuthorizationRequest;
use crate::model::scope::Scopes;
use crate::model::session::Session;
use crate::oauth::error::ErrorCode;

/// The facts that the decision rests on.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub request: &'a AuthorizationRequest,
    pub client: &'a Client,
    /// Where the answer would go.
    pub redirect: RedirectKind,
    /// The live session of the browser.
    pub session: Option<&'a Session>,
    /// What its person decided for this client before.
    pub consent: Option<&'a Consent>,
    pub now: DateTime<Utc>,
}

/// What happens next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Nobody is signed in.
    LogIn,
    /// Somebody is, but has to prove it anew (`prompt=login`, `max_age`).
    LogInAgain,
    /// `prompt=select_account`.
    ChooseAccount,
    /// The person has to allow these.
    AskConsent { asked: Scopes },
    /// A code for these scopes.
    Issue { scope: Scopes },
    /// `prompt=none`, and something would have to be asked.
    Refuse(ErrorCode),
}

/// Decides (OIDC Core §3.1.2.3, §3.1.2.4).
pub fn next_step(facts: &Facts<'_>) -> Step {
    let is_silent = facts.request.has_prompt(&Prompt::None);
    let step = interactive_step(facts);
    match step {
        Step::LogIn | Step::LogInAgain if is_silent => Step::Refuse(ErrorCode::LoginRequired),
        Step::ChooseAccount if is_silent => Step::Refuse(ErrorCode::AccountSelectionRequired),
        Step::AskConsent { .. } if is_silent => Step::Refuse(ErrorCode::ConsentRequired),
        step => step,
    }
}

fn interactive_step(facts: &Facts<'_>) -> Step {
    let request = facts.request;
    let Some(session) = facts.session else {
        return Step::LogIn;
    };
    let is_signed_in_for_this = session.authenticated_at >= request.received_at;
    if !is_signed_in_for_this {
        let is_too_old = request.max_age.is_some_and(|seconds| {
            facts.now - session.authenticated_at > TimeDelta::seconds(i64::from(seconds))
                || seconds == 0
        });
        if request.has_prompt(&Prompt::Login) || is_too_old {
            return Step::LogInAgain;
        }
        if request.has_prompt(&Prompt::SelectAccount) && !request.is_account_chosen {
            return Step::ChooseAccount;
        }
    }
    consent_step(facts)
}

fn consent_step(facts: &Facts<'_>) -> Step {
    let request = facts.request;
    let must_ask = request.has_prompt(&Prompt::Consent);
    if facts.client.is_first_party && !must_ask {
        return Step::Issue {
            scope: request.scope.clone(),
        };
    }
    // Any program may pose as a public client whose answers go to this device: its approval is never remembered
    // (RFC 8252 §8.6, RFC 9700 §4.14).
    let is_identity_assured =
        !facts.client.metadata.is_public() || facts.redirect == RedirectKind::Web;
    match facts.consent {
        Some(consent) if !must_ask && is_identity_assured => {
            let asked = request
                .scope
                .minus(&consent.granted)
                .minus(&consent.declined);
            if asked.is_empty() {
                Step::Issue {
                    scope: request.scope.minus(&consent.declined),
                }
            } else {
                Step::AskConsent {
                    asked: request.scope.clone(),
                }
            }
        }
        _ => Step::AskConsent {
            asked: request.scope.clone(),
        },
    }
}

#[cfg(test)]
#[path = "next_step_tests.rs"]
mod tests;
