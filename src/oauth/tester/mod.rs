//! The authorization tester: what would come of a request, by the very functions that answer real ones.
//!
//! Each of them reads, decides and mints before it commits; the tester stops there. What it mints was never stored: the code was never
//! issued, and no grant stands behind the tokens, so nothing of it is good anywhere. It is decoded and dropped all the same; what is
//! told has no code and no token in it.

mod answer;
mod decoded;
mod journey;
mod own;
mod wish;

use chrono::{DateTime, Utc};
use serde_json::Value;

pub use own::client_credentials;
pub use wish::{Built, Wish};

use super::error::{Error, ErrorCode};
use super::params::Params;
use crate::app::App;
use crate::model::event::Origin;
use crate::model::session::SignedIn;

/// What came of it, step by step.
#[derive(Debug, Default)]
pub struct Trial {
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Debug)]
pub struct Step {
    pub name: String,
    pub outcome: Outcome,
    /// In one or two sentences.
    pub says: String,
    pub details: Vec<Detail>,
}

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Passed,
    /// It goes on, and not with all that was asked for.
    Noted,
    /// The person would be asked.
    Asks,
    /// It ends here.
    Refused,
}

/// What there is to see of a step.
#[derive(Debug)]
pub enum Detail {
    Fault {
        code: ErrorCode,
        reason: String,
    },
    /// What an app may do, in the words of the consent page.
    Permissions(Vec<Permission>),
    /// Named values, such as the claims of a token.
    Members {
        of: String,
        members: Vec<(String, Told)>,
    },
}

/// A scope as the consent page puts it.
#[derive(Debug)]
pub struct Permission {
    pub scope: String,
    pub words: String,
    pub is_required: bool,
    /// The person's roles do not reach for it: it is left out.
    pub is_barred: bool,
}

/// A value, or what is said in its place.
#[derive(Debug)]
pub enum Told {
    Value(Value),
    /// A code or a token.
    Withheld(&'static str),
}

/// A request to be tried.
#[derive(Debug)]
pub struct Attempt<'a> {
    pub params: &'a Params,
    /// What belongs to its `code_challenge`.
    pub verifier: Option<&'a str>,
    /// Who would answer it.
    pub signed_in: &'a SignedIn,
    pub origin: Origin,
    pub now: DateTime<Utc>,
}

/// Tries an authorization request as that person, who allows all that is asked.
pub async fn authorization(app: &App, attempt: &Attempt<'_>) -> Trial {
    let mut trial = Trial::default();
    if let Err(stop) = authorized(app, attempt, &mut trial).await {
        trial.stopped(stop);
    }
    trial
}

async fn authorized(app: &App, attempt: &Attempt<'_>, trial: &mut Trial) -> Result<(), Stop> {
    let mut checked = journey::check(app, attempt, trial).await?;
    let (signed_in, allowed) = journey::travel(app, attempt, &mut checked, trial).await?;
    answer::give(app, attempt, (&checked, &signed_in, &allowed), trial).await
}

/// Where a trial ends before its time.
struct Stop {
    name: &'static str,
    says: String,
    error: Error,
}

impl Stop {
    /// For `map_err`.
    fn at<E: Into<Error>>(name: &'static str, says: &str) -> impl FnOnce(E) -> Self {
        move |error| Self {
            name,
            says: says.to_owned(),
            error: error.into(),
        }
    }
}

impl Trial {
    fn add(
        &mut self,
        name: impl Into<String>,
        outcome: Outcome,
        says: impl Into<String>,
        details: Vec<Detail>,
    ) {
        self.steps.push(Step {
            name: name.into(),
            outcome,
            says: says.into(),
            details,
        });
    }

    fn stopped(&mut self, stop: Stop) {
        let fault = Detail::refusal(&stop.error);
        self.add(stop.name, Outcome::Refused, stop.says, vec![fault]);
    }
}

impl Detail {
    fn refusal(error: &Error) -> Self {
        Self::Fault {
            code: error.code,
            reason: error.reason.clone().into_owned(),
        }
    }

    /// The members of an object.
    fn members(of: impl Into<String>, value: Value) -> Self {
        let members = match value {
            Value::Object(members) => members.into_iter().collect(),
            other => vec![("value".to_owned(), other)],
        };
        let told = |(name, value): (String, Value)| {
            let told = Told::of(&name, value);
            (name, told)
        };
        Self::Members {
            of: of.into(),
            members: members.into_iter().map(told).collect(),
        }
    }
}

impl Told {
    /// The value, unless the name is that of a code or a token.
    fn of(name: &str, value: Value) -> Self {
        match name {
            "code" => Self::Withheld("a code"),
            "access_token" => Self::Withheld("an access token"),
            "refresh_token" => Self::Withheld("a refresh token"),
            "id_token" => Self::Withheld("an ID token"),
            _ => Self::Value(value),
        }
    }
}
