//! What tokens say, and what would be told of them; the tokens themselves go no further.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::{Detail, Outcome, Stop, Trial};
use crate::app::App;
use crate::model::client::Client;
use crate::model::grant::Grant;
use crate::model::user::User;
use crate::oauth::error::Error;
use crate::oauth::{access_token, introspect, userinfo};
use crate::storage::PersonGrant;

const ACCESS_TOKEN: &str = "The access token";
const ID_TOKEN: &str = "The ID token";
const USERINFO: &str = "UserInfo";

/// What stands behind the tokens: it would, if it were stored.
pub(super) struct Behind<'a> {
    pub client: &'a Client,
    pub user: &'a User,
    pub grant: Grant,
}

/// The tokens of an answer.
pub(super) async fn tokens(
    app: &App,
    behind: Option<Behind<'_>>,
    answer: &Map<String, Value>,
    now: DateTime<Utc>,
    trial: &mut Trial,
) -> Result<(), Stop> {
    let token = |name: &str| answer.get(name).and_then(Value::as_str);
    if let Some(access_token) = token("access_token") {
        let user = behind.as_ref().map(|behind| behind.user);
        access(app, access_token, user, now, trial)?;
    }
    if let Some(parts) = token("id_token").and_then(jwt) {
        let says = "Signed by this server, for the app alone.";
        trial.add(ID_TOKEN, Outcome::Passed, says, parts.into());
    }
    if let (Some(behind), Some(access_token)) = (behind, token("access_token")) {
        told(app, access_token, behind, now, trial).await?;
    }
    Ok(())
}

/// An access token: a JWT as it is, of an opaque one what its resource hears of it.
pub(super) fn access(
    app: &App,
    token: &str,
    user: Option<&User>,
    now: DateTime<Utc>,
    trial: &mut Trial,
) -> Result<(), Stop> {
    if let Some(parts) = jwt(token) {
        let says = "A JWT, which APIs can verify with the published keys, or with their own shared secret.";
        trial.add(ACCESS_TOKEN, Outcome::Passed, says, parts.into());
        return Ok(());
    }
    let claims = access_token::read_any(app, &app.registry(), token, now);
    let active = claims.map(|claims| introspect::active(claims, user.cloned()));
    let active = serde_json::to_value(active).map_err(|error| {
        let error = Error::server("an answer does not serialise", error);
        Stop::at(ACCESS_TOKEN, "The server failed.")(error)
    })?;
    let says = "Opaque: it says nothing by itself. The API asks this server (introspection) and hears this.";
    let heard = Detail::members("The introspection answer", active);
    trial.add(ACCESS_TOKEN, Outcome::Passed, says, vec![heard]);
    Ok(())
}

/// What UserInfo would answer.
async fn told(
    app: &App,
    token: &str,
    behind: Behind<'_>,
    now: DateTime<Utc>,
    trial: &mut Trial,
) -> Result<(), Stop> {
    let registry = app.registry();
    let claims = match userinfo::read(app, &registry, token, now) {
        Ok(claims) => claims,
        Err(error) => {
            let says = "It would not take this access token.";
            trial.add(
                USERINFO,
                Outcome::Noted,
                says,
                vec![Detail::refusal(&error)],
            );
            return Ok(());
        }
    };
    let failed = || Stop::at(USERINFO, "The server failed.");
    let stored = app.store.find_user_claims(behind.user.id).await;
    let stored = stored.map_err(Stop::at(USERINFO, "The facts cannot be read."))?;
    let person = PersonGrant {
        grant: behind.grant,
        user: behind.user.clone(),
        claims: stored.unwrap_or_default(),
    };
    let members = userinfo::told(app, &registry, &claims, behind.client, &person);
    let members = members.map_err(failed())?;
    let says = match behind.client.metadata.userinfo_signed_response_alg {
        None => "Told to whoever has the access token.".to_owned(),
        Some(alg) => format!(
            "Told to whoever has the access token, as a JWT signed with {}.",
            alg.alg()
        ),
    };
    let members = Detail::members("The answer", Value::Object(members));
    trial.add(USERINFO, Outcome::Passed, says, vec![members]);
    Ok(())
}

/// Header and claims of a JWT that was made here just now.
fn jwt(token: &str) -> Option<[Detail; 2]> {
    let mut parts = token.split('.');
    let mut part = || -> Option<Value> {
        let bytes = URL_SAFE_NO_PAD.decode(parts.next()?).ok()?;
        serde_json::from_slice(&bytes).ok()
    };
    let (header, claims) = (part()?, part()?);
    Some([
        Detail::members("Header", header),
        Detail::members("Claims", claims),
    ])
}
