//! The same for a client on its own behalf: `grant_type=client_credentials` (RFC 6749 §4.4).

use chrono::{DateTime, Utc};
use oauth2_types::requests::GrantType;

use super::{Outcome, Stop, Trial, answer, decoded};
use crate::app::App;
use crate::model::client::Client;
use crate::oauth::error::invalid_client;
use crate::oauth::params::Params;
use crate::oauth::token;

const CLIENT: &str = "The client";
const TOKENS: &str = "The token endpoint";

/// Tries a token request as that client.
pub async fn client_credentials(
    app: &App,
    client: &Client,
    params: &Params,
    now: DateTime<Utc>,
) -> Trial {
    let mut trial = Trial::default();
    if let Err(stop) = granted(app, client, params, now, &mut trial) {
        trial.stopped(stop);
    }
    trial
}

fn granted(
    app: &App,
    client: &Client,
    params: &Params,
    now: DateTime<Utc>,
    trial: &mut Trial,
) -> Result<(), Stop> {
    let refused = |name| {
        Stop::at(
            name,
            "Refused: the client gets an error in place of a token.",
        )
    };
    if !client.is_enabled() {
        return Err(refused(CLIENT)(invalid_client("the client is disabled")));
    }
    token::check_grant(client, &GrantType::ClientCredentials).map_err(refused(CLIENT))?;
    let method = client.metadata.token_endpoint_auth_method.as_str();
    let says = format!(
        "Registered for client_credentials, and enabled. It proves itself by {method}; that is not tried here, because nobody here knows its secret."
    );
    trial.add(CLIENT, Outcome::Passed, says, Vec::new());
    let minted = token::of_client(app, client, params, now).map_err(refused(TOKENS))?;
    let says = "The client gets this, and nobody is asked.";
    let members = answer::add_answer(&minted, says, trial)?;
    match members.get("access_token").and_then(|token| token.as_str()) {
        Some(token) => decoded::access(app, token, None, now, trial),
        None => Ok(()),
    }
}
