//! What has to happen next for a checked request: a pure decision over stored facts.
//!
//! Pages never lead to one another; each leads back here. A new reason to stop and ask is one arm.

use chrono::{DateTime, TimeDelta, Utc};
use oauth2_types::requests::Prompt;

use crate::model::acr::{self, Acr};
use crate::model::client::Client;
use crate::model::consent::Consent;
use crate::model::redirect_uri::RedirectKind;
use crate::model::request::{AuthorizationRequest, FreshSignIn, Hint};
use crate::model::scope::Scopes;
use crate::model::session::Session;
use crate::oauth::error::ErrorCode;

/// How long a sign-in counts as made for the request that asked for it, at least: time to read the consent page.
const FRESH_SECONDS: i64 = 600;

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
    /// What of the requested scope the person may not have, by their roles.
    pub barred: &'a Scopes,
    /// The authentication context that is wanted at least: by the request, its client and this installation.
    pub acr: Acr,
    pub now: DateTime<Utc>,
}

/// What happens next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Nobody is signed in.
    LogIn,
    /// An account is to be made first (`prompt=create`).
    SignUp,
    /// Somebody is, but has to prove it anew (`prompt=login`, `max_age`).
    LogInAgain,
    /// `prompt=select_account`.
    ChooseAccount,
    /// The session is too weak for what is asked (RFC 9470 §4): the missing factor alone is asked for.
    StepUp,
    /// The person has to decide about `asked`; `kept` they allowed before, and it goes along.
    AskConsent { asked: Scopes, kept: Scopes },
    /// A code for these scopes; among them may be some that are not granted, but whose claims are (OIDC Core §5.5). What comes of it
    /// ends by `until`, where the person set an end.
    Issue {
        scope: Scopes,
        until: Option<DateTime<Utc>>,
    },
    /// The person may have nothing of what is asked for.
    Deny,
    /// `prompt=none`, and something would have to be asked.
    Refuse(ErrorCode),
}

/// Decides (OIDC Core §3.1.2.3, §3.1.2.4).
pub fn next_step(facts: &Facts<'_>) -> Step {
    let is_silent = facts.request.has_prompt(&Prompt::None);
    if facts.request.hint == Some(Hint::Nobody) {
        return Step::Refuse(ErrorCode::LoginRequired);
    }
    let step = interactive_step(facts);
    // A hint that cannot be believed names nobody who could be signed in (OIDC Core §3.1.2.1).
    if is_silent && facts.request.hint == Some(Hint::NotBelieved) {
        return Step::Refuse(ErrorCode::LoginRequired);
    }
    match step {
        // Nor does a stranger learn how the person signed in.
        Step::StepUp if is_silent && facts.request.acr.is_some() && !is_stranger(facts) => {
            Step::Refuse(ErrorCode::UnmetAuthenticationRequirements)
        }
        Step::LogIn | Step::LogInAgain | Step::SignUp | Step::StepUp if is_silent => {
            Step::Refuse(ErrorCode::LoginRequired)
        }
        Step::ChooseAccount if is_silent => Step::Refuse(ErrorCode::AccountSelectionRequired),
        // A stranger to the person does not learn whether it guessed right who is signed in, nor what they may do.
        Step::AskConsent { .. } | Step::Deny
            if is_silent && facts.request.hint.is_some() && is_stranger(facts) =>
        {
            Step::Refuse(ErrorCode::LoginRequired)
        }
        Step::Deny if is_silent && is_stranger(facts) => Step::Refuse(ErrorCode::ConsentRequired),
        Step::AskConsent { .. } if is_silent => Step::Refuse(ErrorCode::ConsentRequired),
        step => step,
    }
}

/// Whether the answer has to say when the person signed in (OIDC Core §2 `auth_time`, OIDC Registration §2 `require_auth_time`).
pub fn wants_time(request: &AuthorizationRequest, client: &Client) -> bool {
    request.max_age.is_some() || request.is_time_essential || client.metadata.require_auth_time
}

fn interactive_step(facts: &Facts<'_>) -> Step {
    let request = facts.request;
    let wants_account = request.has_prompt(&Prompt::Create);
    let Some(session) = facts.session else {
        return if wants_account {
            Step::SignUp
        } else {
            Step::LogIn
        };
    };
    // Only the sign-in that was made for this very request counts, and not for ever: whoever opens the link later has
    // to sign in like anyone else.
    let made = FreshSignIn {
        session_id: session.id,
        authenticated_at: session.authenticated_at,
    };
    let lasts = request
        .max_age
        .map_or(FRESH_SECONDS, |age| FRESH_SECONDS.max(i64::from(age)));
    let is_signed_in_for_this = request.fresh == Some(made)
        && facts.now - made.authenticated_at <= TimeDelta::seconds(lasts);
    // Nobody but the person whom the client hinted at gets an answer (OIDC Core §3.1.2.2).
    if let Some(Hint::Believed(hinted)) = request.hint
        && hinted != session.user_id
    {
        return if is_signed_in_for_this {
            Step::Refuse(ErrorCode::LoginRequired)
        } else {
            Step::LogInAgain
        };
    }
    // What came of another provider that does not say when it was answers no question about that.
    let lacks_time = wants_time(request, facts.client) && !acr::is_dated(&session.amr);
    if lacks_time && !wants_account {
        return Step::LogInAgain;
    }
    if !is_signed_in_for_this {
        if wants_account {
            return Step::SignUp;
        }
        let is_too_old = request.max_age.is_some_and(|seconds| {
            facts.now - session.authenticated_at > TimeDelta::seconds(i64::from(seconds))
                || seconds == 0
        });
        if request.has_prompt(&Prompt::Login) || is_too_old {
            return Step::LogInAgain;
        }
        let must_choose = request.has_prompt(&Prompt::SelectAccount);
        if must_choose && request.chosen != Some(session.id) {
            return Step::ChooseAccount;
        }
    }
    if Acr::of(&session.amr) < facts.acr {
        return Step::StepUp;
    }
    consent_step(facts)
}

/// Whether the person has never allowed this app anything, and nobody did for them.
const fn is_stranger(facts: &Facts<'_>) -> bool {
    facts.consent.is_none() && !facts.client.is_first_party
}

/// Whether an approval of this app's may stand for a later one: any program may pose as a public client whose answers go to this device
/// (RFC 8252 §8.6, RFC 9700 §4.14), and an administrator can have people asked every time.
pub fn is_remembered(client: &Client, redirect: RedirectKind) -> bool {
    let is_identity_assured = !client.metadata.is_public() || redirect == RedirectKind::Web;
    is_identity_assured && !client.is_consent_always_asked
}

fn consent_step(facts: &Facts<'_>) -> Step {
    let request = facts.request;
    let requested = request.scope.minus(facts.barred);
    if requested.is_empty() && !request.scope.is_empty() {
        return Step::Deny;
    }
    let asked = request.asked().minus(facts.barred);
    let must_ask =
        request.has_prompt(&Prompt::Consent) || !is_remembered(facts.client, facts.redirect);
    if facts.client.is_first_party && !must_ask {
        return Step::Issue {
            scope: asked,
            until: None,
        };
    }
    let Some(consent) = facts.consent.filter(|_| !must_ask) else {
        return Step::AskConsent {
            asked,
            kept: Scopes::default(),
        };
    };
    // Only what is new is asked. What was left out comes along unticked: whoever is on the page anyway may have changed their mind,
    // and for its sake alone nobody is stopped.
    let kept = asked.filter(|name| consent.granted.contains(name));
    let is_decided = asked.minus(&consent.granted).is_subset(&consent.declined);
    let scope = asked.minus(&consent.declined);
    let is_nothing_left = requested.minus(&consent.declined).is_empty();
    // Where everything was left out the answer could only be "nothing", which it cannot say (RFC 6749 §3.3).
    if !is_decided || (is_nothing_left && !requested.is_empty()) {
        return Step::AskConsent {
            asked: asked.minus(&kept),
            kept,
        };
    }
    Step::Issue {
        scope,
        until: consent.expires_at,
    }
}

#[cfg(test)]
#[path = "next_step_tests.rs"]
mod tests;
