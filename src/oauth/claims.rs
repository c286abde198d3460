//! Claims about a person: the `claims` parameter (OIDC Core §5.5), and what scopes and single requests bring (§5.4).
//!
//! A claim may be asked for without its scope. The person is then asked in the words of that scope, and what they allow is the
//! claim alone: the tokens do not get the scope. A client gets no claim whose scope it is not registered for.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::error::{Error, ErrorCode, invalid_request};
use super::params::Params;
use super::subject;
use crate::app::{App, Registry};
use crate::keys::unique::Unique;
use crate::model::acr::Acr;
use crate::model::claims::{self, UserClaims};
use crate::model::claims_request::{ClaimsRequest, Wanted};
use crate::model::client::Client;
use crate::model::request::Hint;
use crate::model::scope::{OPENID, Scopes};
use crate::model::user::User;

/// It travels in addresses, so a longer one would not arrive anyway.
const MAX_CLAIMS: usize = 4096;

/// The claims asked for one by one that the client may have, of a request with that scope; nothing without `openid` (§5.5).
pub fn check(
    registry: &Registry,
    client: &Client,
    params: &Params,
    scope: &Scopes,
) -> Result<Option<ClaimsRequest>, Error> {
    let Some(sent) = params.get("claims") else {
        return Ok(None);
    };
    let asked = parse(sent)?;
    if !scope.contains(OPENID) {
        return Ok(None);
    }
    let request = ClaimsRequest {
        userinfo: known(asked.userinfo),
        id_token: known(asked.id_token),
        acr: None,
    };
    let allowed = client
        .metadata
        .scope
        .filter(|name| registry.has_scope(name));
    Ok(request.within(&allowed))
}

/// Whom the request is about: `hint` is what `id_token_hint` says, and a `sub` asked for by value says it too (§5.5.1). Only
/// that person may answer (§3.1.2.2).
pub fn subject_hint(
    app: &App,
    client: &Client,
    params: &Params,
    hint: Option<Hint>,
) -> Result<Option<Hint>, Error> {
    let Some(sent) = params.get("claims") else {
        return Ok(hint);
    };
    let Some(sub) = parse(sent)?.sub else {
        return Ok(hint);
    };
    Ok(Some(match (subject::read(app, client, &sub), hint) {
        (Some(user), Some(Hint::Believed(hinted))) if hinted != user => Hint::Nobody,
        (Some(user), _) => Hint::Believed(user),
        (None, _) => Hint::Nobody,
    }))
}

/// The authentication contexts that a request names, and the least that it is content with.
pub struct AcrWanted {
    pub least: Option<Acr>,
    /// The one wanted most first.
    pub named: Vec<Acr>,
}

/// What is asked for is needed: an answer that says less would only lead to the same request again (RFC 9470 §5). Of several any one will do,
/// and those that we have not do not count.
pub fn acr(client: &Client, params: &Params) -> Result<AcrWanted, Error> {
    let known = |name: &str| Acr::parse(name);
    let by_claim = match params.get("claims") {
        Some(sent) => parse(sent)?.id_token.remove("acr"),
        None => None,
    };
    let by_claim: Vec<Acr> = by_claim.map_or_else(Vec::new, |acr| {
        let names = acr.wanted().filter_map(Value::as_str);
        names.filter_map(known).collect()
    });
    let by_values: Vec<Acr> = match params.get("acr_values") {
        Some(sent) => sent.split(' ').filter_map(known).collect(),
        // A default gives way to whatever the request says (OIDC Registration §2).
        None if by_claim.is_empty() => {
            let defaults = client.metadata.default_acr_values.iter();
            defaults.filter_map(|name| known(name)).collect()
        }
        None => Vec::new(),
    };
    let least = by_claim.iter().min().max(by_values.iter().min()).copied();
    Ok(AcrWanted {
        least,
        named: [by_claim, by_values].concat(),
    })
}

/// Whether the ID token has to say when the person signed in (§2 `auth_time`).
pub fn is_time_essential(params: &Params) -> Result<bool, Error> {
    let Some(sent) = params.get("claims") else {
        return Ok(false);
    };
    let id_token = parse(sent)?.id_token;
    let time = id_token.get("auth_time");
    Ok(time.is_some_and(|time| time.is_essential))
}

type Members = BTreeMap<String, Individual>;

struct Asked {
    userinfo: Members,
    id_token: Members,
    sub: Option<String>,
}

/// One claim as it was asked for.
struct Individual {
    is_essential: bool,
    value: Option<Value>,
    values: Option<Vec<Value>>,
}

impl Individual {
    /// The values of which any one will do.
    fn wanted(&self) -> impl Iterator<Item = &Value> {
        self.value.iter().chain(self.values.iter().flatten())
    }
}

/// Reads the parameter. Members that are not understood are ignored (§5.5, §5.5.1).
fn parse(sent: &str) -> Result<Asked, Error> {
    if sent.len() > MAX_CLAIMS {
        return Err(invalid_request("claims is longer than 4096 bytes"));
    }
    // Two readers of a member that comes twice may each see another one. The reader also ends at a depth of 128.
    let is_json = serde_json::from_str::<Unique>(sent).is_ok();
    let Some(Value::Object(mut object)) = serde_json::from_str(sent).ok().filter(|_| is_json)
    else {
        return Err(invalid_request(
            "claims must be a JSON object with the members userinfo and id_token, none of them twice",
        ));
    };
    let userinfo = members("userinfo", object.remove("userinfo"))?;
    let id_token = members("id_token", object.remove("id_token"))?;
    check_acr(&id_token)?;
    let sub = match (subject_of(&userinfo)?, subject_of(&id_token)?) {
        (Some(one), Some(other)) if one != other => {
            return Err(invalid_request("claims: sub is asked for with two values"));
        }
        (one, other) => one.or(other),
    };
    Ok(Asked {
        userinfo,
        id_token,
        sub,
    })
}

fn members(place: &str, value: Option<Value>) -> Result<Members, Error> {
    let object = match value {
        None | Some(Value::Null) => return Ok(Members::new()),
        Some(Value::Object(object)) => object,
        Some(_) => {
            return Err(invalid_request(format!(
                "claims: {place} must be an object"
            )));
        }
    };
    let read = |(name, value)| {
        let wrong = || {
            invalid_request(format!(
                "claims: a claim in {place} must be null, or an object with essential (true or false), value or values (an array)"
            ))
        };
        let individual = individual(value).ok_or_else(wrong)?;
        Ok((name, individual))
    };
    object.into_iter().map(read).collect()
}

fn individual(value: Value) -> Option<Individual> {
    let mut object = match value {
        Value::Null => Map::new(),
        Value::Object(object) => object,
        _ => return None,
    };
    let is_essential = match object.remove("essential") {
        None => false,
        Some(Value::Bool(is_essential)) => is_essential,
        Some(_) => return None,
    };
    let values = match object.remove("values") {
        None => None,
        Some(Value::Array(values)) => Some(values),
        Some(_) => return None,
    };
    Some(Individual {
        is_essential,
        value: object.remove("value"),
        values,
    })
}

/// An essential `acr` that cannot be had is a sign-in that failed (§5.5.1.1); a voluntary one may be another.
fn check_acr(id_token: &Members) -> Result<(), Error> {
    let Some(acr) = id_token.get("acr").filter(|acr| acr.is_essential) else {
        return Ok(());
    };
    let is_met = |value: &Value| value.as_str().and_then(Acr::parse).is_some();
    let mut wanted = acr.wanted().peekable();
    if wanted.peek().is_none() || wanted.any(is_met) {
        return Ok(());
    }
    Err(Error::new(
        ErrorCode::UnmetAuthenticationRequirements,
        "claims: this server has no acr that is asked for as essential; see acr_values_supported",
    ))
}

/// The one person whom a `sub` asked for by value means (§5.5.1).
fn subject_of(members: &Members) -> Result<Option<String>, Error> {
    match members.get("sub") {
        None => Ok(None),
        Some(Individual {
            value,
            values: None,
            ..
        }) => match value {
            None => Ok(None),
            Some(Value::String(sub)) => Ok(Some(sub.clone())),
            Some(_) => Err(invalid_request("claims: the value of sub must be a string")),
        },
        Some(_) => Err(invalid_request(
            "claims: sub is one person's; ask with value, not with values",
        )),
    }
}

/// The claims that we have; others are ignored (§5.5).
fn known(members: Members) -> BTreeMap<String, Wanted> {
    let known = members
        .into_iter()
        .filter(|(name, _)| claims::scope_of(name).is_some());
    let wanted = |individual: Individual| Wanted {
        values: individual
            .value
            .into_iter()
            .chain(individual.values.into_iter().flatten())
            .collect(),
    };
    known
        .map(|(name, individual)| (name, wanted(individual)))
        .collect()
}

/// The claims that these scopes bring (§5.4).
pub fn of_scopes(user: &User, more: &UserClaims, scopes: &Scopes) -> Map<String, Value> {
    claims::all()
        .filter(|(_, scope)| scopes.contains(scope))
        .filter_map(|(name, _)| Some((name.to_owned(), value(name, user, more)?)))
        .collect()
}

/// The claims asked for one by one, as far as the person has them; one that was wanted with another value is left out.
pub fn of_request(
    user: &User,
    more: &UserClaims,
    wanted: &BTreeMap<String, Wanted>,
) -> Map<String, Value> {
    wanted
        .iter()
        .filter_map(|(name, wanted)| {
            let value = value(name, user, more).filter(|value| wanted.is_met_by(value))?;
            Some((name.clone(), value))
        })
        .collect()
}

/// One claim; what there is nothing to say of is left out (§5.3.2).
fn value(name: &str, user: &User, more: &UserClaims) -> Option<Value> {
    let stored = || more.values.get(name).cloned();
    match name {
        "name" => user.name.clone().map(Value::String),
        "preferred_username" => stored().or_else(|| Some(json!(user.username))),
        "updated_at" => Some(json!(more.updated_at.timestamp())),
        "roles" => Some(json!(user.roles)),
        "email" => user.email.clone().map(Value::String),
        "email_verified" => user.email.as_ref().map(|_| json!(user.is_email_verified)),
        "phone_number_verified" => {
            let verified = || stored().unwrap_or(Value::Bool(false));
            more.values.get("phone_number").map(|_| verified())
        }
        _ => stored(),
    }
}

#[cfg(test)]
#[path = "claims_tests.rs"]
mod tests;
