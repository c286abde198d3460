//! What a request to the admin API says: its parameters, its conditions, its body.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, web};
use chrono::{DateTime, Datelike as _, Utc};
use percent_encoding::percent_decode_str;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use utoipa::IntoParams;
use uuid::Uuid;

use super::conditions::{Conditions, Seen, if_there};
use super::problem::Problem;
use crate::admin::By;
use crate::app::App;
use crate::http::web::Web;
use crate::http::{body, place};
use crate::model::event::Actor;

/// Of a parameter, in characters.
const MAX_TEXT: usize = 200;
const JSON: &str = "application/json";
pub(super) const MERGE_PATCH: &str = "application/merge-patch+json";

/// A value, or null.
pub(super) type Nullable<T> = Option<T>;

/// A request that was admitted.
pub(super) struct Call {
    pub web: Data<Web>,
    pub request: HttpRequest,
    actor: Actor,
}

/// The parameters of a request that changes something.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Changing {
    /// Also change what a file manages.
    #[serde(default, rename = "override", deserialize_with = "parsed")]
    pub overrides: Option<bool>,
}

/// No parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

impl FromRequest for Call {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let web = request.app_data::<Data<Web>>().cloned();
        let actor = request.extensions().get::<Actor>().cloned();
        ready(match (web, actor) {
            (Some(web), Some(actor)) => Ok(Self {
                web,
                request: request.clone(),
                actor,
            }),
            _ => Err(Problem::failed("a handler stands outside of the guard")),
        })
    }
}

impl Call {
    pub(super) fn app(&self) -> &App {
        &self.web.app
    }

    /// A part of the path, decoded; what no text can be names nothing.
    pub(super) fn part(&self, name: &str) -> Result<String, Problem> {
        let raw = self.request.match_info().get(name).unwrap_or_default();
        let text = percent_decode_str(raw)
            .decode_utf8()
            .map_err(|_| Problem::not_found())?;
        if text.contains('\0') {
            return Err(Problem::not_found());
        }
        Ok(text.into_owned())
    }

    /// A part of the path that is a UUID.
    pub(super) fn uuid(&self, name: &str) -> Result<Uuid, Problem> {
        Uuid::try_parse(&self.part(name)?).map_err(|_| Problem::not_found())
    }

    /// Who changes something that has no version, where `override` is the only parameter there may be.
    pub(super) fn by(&self) -> Result<By, Problem> {
        let changing: Changing = self.query()?;
        self.by_with(changing.overrides)
    }

    pub(super) fn by_with(&self, overrides: Option<bool>) -> Result<By, Problem> {
        self.conditions()?.refuse_tags()?;
        Ok(self.actor(overrides))
    }

    /// Who changes what `find` finds, and on what conditions; it is looked for only where there are any.
    pub(super) async fn by_if(
        &self,
        find: impl Future<Output = Result<Seen, Problem>>,
    ) -> Result<By, Problem> {
        self.by_if_any(async { find.await.map(Some) }).await
    }

    /// The same of a PUT, for what need not be there.
    pub(super) async fn by_put(
        &self,
        find: impl Future<Output = Result<Seen, Problem>>,
    ) -> Result<By, Problem> {
        self.by_if_any(async { if_there(find.await) }).await
    }

    async fn by_if_any(
        &self,
        find: impl Future<Output = Result<Option<Seen>, Problem>>,
    ) -> Result<By, Problem> {
        let changing: Changing = self.query()?;
        let by = self.actor(changing.overrides);
        let conditions = self.conditions()?;
        if conditions.is_none() {
            return Ok(by);
        }
        let seen = find.await?;
        let expects = conditions.expected(seen.as_ref())?;
        Ok(By { expects, ..by })
    }

    fn actor(&self, overrides: Option<bool>) -> By {
        By {
            overrides: overrides.unwrap_or(false),
            ..By::new(self.actor.clone(), place::of(&self.request).origin())
        }
    }

    /// The parameters of the address, each known, each once.
    pub(super) fn query<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let mut given = Map::new();
        for (name, value) in url::form_urlencoded::parse(self.request.query_string().as_bytes()) {
            let fault = |detail: &str| {
                Problem::field(StatusCode::BAD_REQUEST, name.clone().into_owned(), detail)
            };
            if value.chars().any(char::is_control) {
                return Err(fault("it has control characters"));
            }
            let value = Value::String(value.into_owned());
            if given.insert(name.clone().into_owned(), value).is_some() {
                return Err(fault("it is given more than once"));
            }
        }
        serde_path_to_error::deserialize(Value::Object(given))
            .map_err(|error| misfit(StatusCode::BAD_REQUEST, error))
    }

    /// That there are no parameters.
    pub(super) fn no_query(&self) -> Result<(), Problem> {
        self.query::<Nothing>().map(|_| ())
    }

    pub(super) fn conditions(&self) -> Result<Conditions, Problem> {
        Conditions::of(self.request.headers())
    }

    /// A JSON body.
    pub(super) async fn json<T: DeserializeOwned>(
        &self,
        payload: web::Payload,
    ) -> Result<T, Problem> {
        self.read(payload, &[JSON]).await
    }

    /// A merge patch (RFC 7396).
    pub(super) async fn patch<T: DeserializeOwned>(
        &self,
        payload: web::Payload,
    ) -> Result<T, Problem> {
        self.read(payload, &[MERGE_PATCH, JSON]).await
    }

    async fn read<T: DeserializeOwned>(
        &self,
        payload: web::Payload,
        types: &[&str],
    ) -> Result<T, Problem> {
        if !types
            .iter()
            .any(|kind| body::is_of_type(&self.request, kind))
        {
            return Err(Problem::wrong_type(types));
        }
        if body::is_coded(&self.request) {
            return Err(Problem::wrong_coding());
        }
        let bytes = body::read(payload).await?;
        // Whether it is JSON at all, and not too deep (S170: at most 128 levels), before its members are looked at.
        serde_json::from_slice::<IgnoredAny>(&bytes)
            .map_err(|error| Problem::bad_request(format!("the body is not JSON: {error}")))?;
        // The reader would take a list for an object without names.
        if bytes.trim_ascii_start().first() != Some(&b'{') {
            return Err(Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "the body is not a JSON object",
            ));
        }
        if has_nul(&bytes) {
            return Err(Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "the body has a text with the character U+0000",
            ));
        }
        let mut reader = serde_json::Deserializer::from_slice(&bytes);
        serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            // Escapes that stand for no character are found only now.
            let status = if error.inner().is_data() {
                StatusCode::UNPROCESSABLE_ENTITY
            } else {
                StatusCode::BAD_REQUEST
            };
            misfit(status, error)
        })
    }
}

/// What does not fit, by the name of the member or parameter, where it is one.
fn misfit(status: StatusCode, error: serde_path_to_error::Error<serde_json::Error>) -> Problem {
    let path = error.path().to_string();
    let fault = error.into_inner().to_string();
    let missing = fault.strip_prefix("missing field `");
    match missing.and_then(|rest| rest.split_once('`')) {
        Some((name, _)) if path == "." => Problem::field(status, name, "it is missing"),
        Some((name, _)) => Problem::field(status, format!("{path}.{name}"), "it is missing"),
        None if path == "." => Problem::new(status, fault),
        None => Problem::field(status, path, fault),
    }
}

/// Whether a text in this JSON has the one character that Postgres keeps in no text.
fn has_nul(json: &[u8]) -> bool {
    let mut at = 0;
    while let Some(found) = json[at..].iter().position(|byte| *byte == b'\\') {
        let rest = &json[at + found + 1..];
        if rest.starts_with(b"u0000") {
            return true;
        }
        at += found + 2;
        if at >= json.len() {
            return false;
        }
    }
    false
}

/// A parameter that is more than text.
pub(super) fn parsed<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    let text = String::deserialize(deserializer)?;
    text.parse().map(Some).map_err(serde::de::Error::custom)
}

/// A text that is not longer than any that is kept.
pub(super) fn short<'de, D>(deserializer: D) -> Result<Option<String>, D::Error>
where
    D: Deserializer<'de>,
{
    let text = String::deserialize(deserializer)?;
    if text.chars().count() > MAX_TEXT {
        let fault = format!("it has more than {MAX_TEXT} characters");
        return Err(serde::de::Error::custom(fault));
    }
    Ok(Some(text))
}

/// An instant that every database can hold, and compare.
pub(super) fn instant<'de, D>(deserializer: D) -> Result<Option<DateTime<Utc>>, D::Error>
where
    D: Deserializer<'de>,
{
    let at = DateTime::<Utc>::deserialize(deserializer)?;
    if (1970..=9998).contains(&at.year()) {
        return Ok(Some(at));
    }
    Err(serde::de::Error::custom("it is before 1970, or after 9998"))
}

/// A member that is there and no `null`.
pub(super) fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// A member that `null` takes away (RFC 7396 §1), as what is empty does.
pub(super) fn removable<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    let value = Option::<T>::deserialize(deserializer)?;
    Ok(Some(value.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::has_nul;

    #[test]
    fn finds_nul_and_no_escaped_backslash_before_its_name() {
        assert!(has_nul(br#"{"a":"x\u0000"}"#));
        assert!(has_nul(br#"{"a":"\\\u0000"}"#));
        assert!(!has_nul(br#"{"a":"\\u0000"}"#));
        assert!(!has_nul(br#"{"a":"\u00e9\n"}"#));
    }
}
