//! From the request to what is allowed: its checks, who is signed in, what the consent page would ask.

use oauth2_types::requests::ResponseMode;
use serde_json::{Value, json};

use super::{Attempt, Detail, Outcome, Permission, Stop, Trial};
use crate::app::App;
use crate::model::acr;
use crate::model::request::{AuthorizationRequest, FreshSignIn};
use crate::model::scope::Scopes;
use crate::model::session::SignedIn;
use crate::oauth::authorize::decision;
use crate::oauth::authorize::next_step::Step;
use crate::oauth::authorize::request::{self, Checked};
use crate::oauth::error::{AuthorizeError, Error, ErrorCode};

const REQUEST: &str = "The request";
const PERSON: &str = "The person";
const CONSENT: &str = "Consent";
const SIGN_UP: &str = "The page to create an account would be shown: the request asks for it.";
const SILENT: &str =
    "Refused: with this request nobody may be asked anything, and somebody would have to be.";
/// A journey has at most so many pages; more would be a circle.
const MAX_PAGES: usize = 5;

/// The checks of the authorization endpoint.
pub(super) async fn check(
    app: &App,
    attempt: &Attempt<'_>,
    trial: &mut Trial,
) -> Result<Checked, Stop> {
    let checked = match request::check(app, attempt.params, attempt.now).await {
        Ok(checked) => checked,
        Err(AuthorizeError::Shown(error)) => {
            let says = "Refused on a page of this server: there is no proven way back to the app.";
            return Err(Stop::at(REQUEST, says)(error));
        }
        Err(AuthorizeError::Returned(reply, error)) => {
            let says = format!(
                "Refused: the app hears of it at {}.",
                reply.callback.as_str()
            );
            return Err(Stop::at(REQUEST, &says)(error));
        }
    };
    let understood = Detail::members("What is understood of it", understood(&checked.request));
    let dropped = dropped(attempt, &checked.request);
    if dropped.is_empty() {
        let says = "Every check is passed.";
        trial.add(REQUEST, Outcome::Passed, says, vec![understood]);
    } else {
        let says = format!(
            "Every check is passed, but it goes on without {dropped}: not known here, or not for this client and response type."
        );
        trial.add(REQUEST, Outcome::Noted, says, vec![understood]);
    }
    Ok(checked)
}

/// What of the scope was left out without an error (OIDC Core §3.1.2.1, §11).
fn dropped(attempt: &Attempt<'_>, request: &AuthorizationRequest) -> Scopes {
    let sent = attempt.params.get("scope").unwrap_or_default();
    let sent = Scopes::parse(sent).unwrap_or_default();
    sent.minus(&request.scope)
}

fn understood(request: &AuthorizationRequest) -> Value {
    let resources: Vec<&str> = request.resources.iter().collect();
    let prompt: Vec<String> = request.prompt.iter().map(ToString::to_string).collect();
    let mut members = json!({
        "response_type": request.response_type.as_str(),
        "response_mode": mode(&request.response_mode),
        "redirect_uri": request.redirect_uri,
        "scope": request.scope.to_string(),
    });
    let mut put = |name: &str, value: Value| members[name] = value;
    if !resources.is_empty() {
        put("resource", json!(resources));
    }
    if !prompt.is_empty() {
        put("prompt", json!(prompt.join(" ")));
    }
    if let Some(seconds) = request.max_age {
        put("max_age", json!(seconds));
    }
    if let Some(acr) = request.acr {
        put("acr", json!(acr));
    }
    if let Some(nonce) = &request.nonce {
        put("nonce", json!(nonce));
    }
    if request.code_challenge.is_some() {
        put("code_challenge_method", json!("S256"));
    }
    members
}

/// The name of a response mode on the wire.
pub(super) fn mode(mode: &ResponseMode) -> &'static str {
    match mode {
        ResponseMode::Fragment => "fragment",
        ResponseMode::FormPost => "form_post",
        _ => "query",
    }
}

/// From page to page until there is an answer; on each the person does what they are asked. Who is signed in then, and what they allowed.
pub(super) async fn travel(
    app: &App,
    attempt: &Attempt<'_>,
    checked: &mut Checked,
    trial: &mut Trial,
) -> Result<(SignedIn, Scopes), Stop> {
    let mut signed_in = attempt.signed_in.clone();
    let who = signed_in.user.display_name().to_owned();
    let mut is_told = false;
    for _ in 0..MAX_PAGES {
        let step = decision::decide(app, checked, Some(&signed_in), attempt.now).await;
        match step.map_err(Stop::at(PERSON, "The facts cannot be read."))? {
            step @ (Step::LogIn | Step::LogInAgain | Step::SignUp) => {
                let says = match step {
                    Step::SignUp => SIGN_UP.to_owned(),
                    _ => format!("{who} would have to sign in again: the request asks for it."),
                };
                trial.add(PERSON, Outcome::Asks, says, Vec::new());
                // As if done now, for this request.
                signed_in.session.authenticated_at = attempt.now;
                checked.request.fresh = Some(FreshSignIn {
                    session_id: signed_in.session.id,
                    authenticated_at: attempt.now,
                });
                is_told = true;
            }
            Step::StepUp => {
                let says = format!(
                    "{who} would be asked for a second factor, or to set one up: the request, the app or a setting wants it."
                );
                trial.add(PERSON, Outcome::Asks, says, Vec::new());
                // As if shown now, by what satisfies every request.
                signed_in.session.amr = acr::with_passkey(&signed_in.session.amr);
                signed_in.session.authenticated_at = attempt.now;
                is_told = true;
            }
            Step::ChooseAccount => {
                let says = format!("{who} would be asked with which account to go on.");
                trial.add(PERSON, Outcome::Asks, says, Vec::new());
                checked.request.chosen = Some(signed_in.session.id);
                is_told = true;
            }
            Step::Refuse(code) => {
                let error = decision::refused(&checked.request, code);
                let name = if code == ErrorCode::ConsentRequired {
                    CONSENT
                } else {
                    PERSON
                };
                return Err(Stop::at(name, SILENT)(error));
            }
            step => {
                if !is_told {
                    let says = format!("{who} is signed in, and need not sign in again.");
                    trial.add(PERSON, Outcome::Passed, says, Vec::new());
                }
                let allowed = decided(app, checked, &signed_in, step, trial)?;
                return Ok((signed_in, allowed));
            }
        }
    }
    let circle = Error::server("a trial comes to no end", "too many pages");
    Err(Stop::at(PERSON, "It comes to no end.")(circle))
}

/// Whether the person is asked, and for what; what is allowed then.
fn decided(
    app: &App,
    checked: &Checked,
    signed_in: &SignedIn,
    step: Step,
    trial: &mut Trial,
) -> Result<Scopes, Stop> {
    let barred = decision::barred(app, &checked.request, signed_in);
    let left_out = if barred.is_empty() {
        String::new()
    } else {
        format!(
            " Left out, because it is kept for roles that {} has not: {barred}.",
            signed_in.user.display_name()
        )
    };
    let (allowed, outcome, says) = match step {
        Step::AskConsent { asked, kept } => {
            let says = if kept.is_empty() {
                "The consent page would ask. From here on all of it is taken as allowed."
            } else {
                "The consent page would ask for what is new. From here on all of it is taken as allowed."
            };
            (asked.union(&kept), Outcome::Asks, says)
        }
        Step::Issue { scope, .. } if checked.client.is_first_party => {
            let says = "Not asked for: this is one of the installation's own apps.";
            (scope, passed(&barred), says)
        }
        Step::Issue { scope, .. } => {
            let says = "Not asked for: it was decided before, and is remembered.";
            (scope, passed(&barred), says)
        }
        _ => {
            let error = decision::denied(&checked.request);
            let says = format!("Denied: nothing of it is left.{left_out}");
            return Err(Stop::at(CONSENT, &says)(error));
        }
    };
    let details = vec![Detail::Permissions(permissions(app, &allowed, &barred))];
    trial.add(CONSENT, outcome, format!("{says}{left_out}"), details);
    Ok(allowed)
}

fn passed(barred: &Scopes) -> Outcome {
    if barred.is_empty() {
        Outcome::Passed
    } else {
        Outcome::Noted
    }
}

/// In the order and the words of the consent page.
fn permissions(app: &App, asked: &Scopes, barred: &Scopes) -> Vec<Permission> {
    let registry = app.registry();
    let scopes = registry.scopes.iter();
    scopes
        .filter(|scope| asked.contains(&scope.name) || barred.contains(&scope.name))
        .map(|scope| Permission {
            scope: scope.name.clone(),
            words: scope.description.clone(),
            is_required: scope.is_required,
            is_barred: barred.contains(&scope.name),
        })
        .collect()
}
