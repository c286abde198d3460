//! The answer to the app's redirect URI, and the token endpoint's to its code; minted, told without codes and tokens, and dropped.

use oauth2_types::requests::GrantType;
use serde_json::{Map, Value, json};
use url::form_urlencoded::Serializer;

use super::decoded::{self, Behind};
use super::{Attempt, Detail, Outcome, Stop, Trial, journey};
use crate::app::App;
use crate::model::grant::Code;
use crate::model::scope::Scopes;
use crate::model::session::SignedIn;
use crate::oauth::authorize::issue::{self, Prepared, Wanted};
use crate::oauth::authorize::request::Checked;
use crate::oauth::error::Error;
use crate::oauth::params::Params;
use crate::oauth::token::{self, TokenResponse};

const ANSWER: &str = "The answer to the app";
const TOKENS: &str = "The token endpoint";

/// Everything from the answer on.
pub(super) async fn give(
    app: &App,
    attempt: &Attempt<'_>,
    (checked, signed_in, allowed): (&Checked, &SignedIn, &Scopes),
    trial: &mut Trial,
) -> Result<(), Stop> {
    let wanted = Wanted {
        scope: allowed,
        until: None,
        origin: attempt.origin.clone(),
    };
    let prepared = issue::prepare(app, checked, signed_in, wanted, attempt.now)
        .await
        .map_err(Stop::at(ANSWER, "Refused: the app hears of it."))?;
    let code = prepared.value.is_some().then(|| prepared.code.clone());
    let grant = prepared
        .front
        .grant
        .as_ref()
        .map(|(grant, _)| grant.clone());
    let front = told(app, checked, prepared, trial);
    if front.contains_key("access_token") || front.contains_key("id_token") {
        let behind = grant.map(|grant| Behind {
            client: &checked.client,
            user: &signed_in.user,
            grant,
        });
        decoded::tokens(app, behind, &front, attempt.now, trial).await?;
    }
    if let Some(code) = code {
        redeemed(app, attempt, (checked, signed_in, &code), trial).await?;
    }
    Ok(())
}

/// Tells of the answer; its members.
fn told(app: &App, checked: &Checked, prepared: Prepared, trial: &mut Trial) -> Map<String, Value> {
    let answer = checked
        .reply
        .clone()
        .answer(prepared.into_params(), app.issuer());
    let says = format!(
        "The browser goes to {}, with this by response mode {}.",
        answer.callback.as_str(),
        journey::mode(&answer.mode)
    );
    let members: Map<String, Value> = answer
        .params
        .into_iter()
        .map(|(name, value)| (name.to_owned(), json!(value)))
        .collect();
    let shown = Detail::members("What the app gets", Value::Object(members.clone()));
    trial.add(ANSWER, Outcome::Passed, says, vec![shown]);
    members
}

/// The code presented by its client. A token is for one resource, so that there is one request for each.
async fn redeemed(
    app: &App,
    attempt: &Attempt<'_>,
    (checked, signed_in, code): (&Checked, &SignedIn, &Code),
    trial: &mut Trial,
) -> Result<(), Stop> {
    let client = &checked.client;
    let named: Vec<Option<&str>> = if code.resources.len() > 1 {
        code.resources.iter().map(Some).collect()
    } else {
        vec![None]
    };
    for resource in named {
        let params = token_request(attempt, code, resource);
        let refused = || Stop::at(TOKENS, "Refused: the app gets an error in place of tokens.");
        token::check_grant(client, &GrantType::AuthorizationCode).map_err(refused())?;
        token::check_presenter(client, code, &params).map_err(refused())?;
        let given = (code, &signed_in.user);
        let minted = token::exchange(app, client, given, &params, attempt.now)
            .await
            .map_err(refused())?;
        let says = match resource {
            None => "The app redeems the code and gets this.".to_owned(),
            Some(uri) => format!("The app names {uri} as resource and gets this."),
        };
        let members = add_answer(&minted.answer, says, trial)?;
        let behind = Behind {
            client,
            user: &signed_in.user,
            grant: minted.grant,
        };
        decoded::tokens(app, Some(behind), &members, attempt.now, trial).await?;
    }
    Ok(())
}

/// What the app would send, but for its own authentication, whose secret nobody here knows.
fn token_request(attempt: &Attempt<'_>, code: &Code, resource: Option<&str>) -> Params {
    let mut request = Serializer::new(String::new());
    request.append_pair("redirect_uri", &code.redirect_uri);
    if let Some(verifier) = attempt.verifier {
        request.append_pair("code_verifier", verifier);
    }
    if let Some(uri) = resource {
        request.append_pair("resource", uri);
    }
    Params::parse(&request.finish()).unwrap_or_default()
}

/// Tells of the token endpoint's answer; its members.
pub(super) fn add_answer(
    answer: &TokenResponse,
    says: impl Into<String>,
    trial: &mut Trial,
) -> Result<Map<String, Value>, Stop> {
    let members = match serde_json::to_value(answer) {
        Ok(Value::Object(members)) => members,
        Ok(_) => Map::new(),
        Err(error) => {
            let error = Error::server("an answer does not serialise", error);
            return Err(Stop::at(TOKENS, "The server failed.")(error));
        }
    };
    let shown = Detail::members("The answer", Value::Object(members.clone()));
    trial.add(TOKENS, Outcome::Passed, says, vec![shown]);
    Ok(members)
}
