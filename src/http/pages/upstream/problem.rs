//! The page that says why a sign-in elsewhere came to nothing, and what can be done.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};

use super::{back, is_account, status};
use crate::config::Provider;
use crate::http::respond::{self, Problem};
use crate::http::sign_in::Onward;
use crate::http::web::Web;
use crate::identity::upstream::Fault;
use crate::identity::upstream::account::Nobody;
use crate::identity::upstream::links::Link;
use crate::text_id;

/// What there is to be told.
pub(super) enum Trouble {
    /// The form was not ours, or not of this browser.
    NotGenuine,
    /// No attempt of this browser has that state.
    Stale,
    /// For so many seconds.
    Throttled(u64),
    /// It is to be shown anew who somebody is, and the provider cannot.
    NotAnew,
    Failed(Fault, String),
    Nobody(Nobody),
    NotLinked(Link),
    /// Somebody else is signed in by now, or nobody.
    NotThatSession,
}

/// Status, what happened, what to do, and for whoever looks closer.
type Told<'a> = (StatusCode, &'static str, &'static [&'static str], &'a str);

const AGAIN: &[&str] = &[text_id!("upstream-do-again")];
const TELL: &[&str] = &[text_id!("upstream-do-again"), text_id!("upstream-do-tell")];
const WAIT: &[&str] = &[text_id!("upstream-do-wait"), text_id!("upstream-do-tell")];
const LINK: &[&str] = &[text_id!("upstream-do-link"), text_id!("upstream-do-tell")];
const CREATE: &[&str] = &[
    text_id!("upstream-do-link"),
    text_id!("upstream-do-create"),
    text_id!("upstream-do-tell"),
];
const OTHER: &[&str] = &[text_id!("upstream-do-other"), text_id!("upstream-do-tell")];

impl Trouble {
    fn told(&self, takes_anybody: bool) -> Told<'_> {
        let (good, bad) = (StatusCode::OK, StatusCode::BAD_REQUEST);
        match self {
            Self::NotGenuine => (
                StatusCode::FORBIDDEN,
                text_id!("sign-in-not-checked"),
                AGAIN,
                "the csrf value is missing or wrong",
            ),
            Self::Stale => (
                bad,
                text_id!("upstream-what-stale"),
                AGAIN,
                "the state is of no attempt of this browser",
            ),
            Self::Throttled(_) => (
                StatusCode::TOO_MANY_REQUESTS,
                text_id!("upstream-what-throttled"),
                AGAIN,
                "too many attempts from this address",
            ),
            Self::NotAnew => (
                bad,
                text_id!("upstream-what-not-anew"),
                AGAIN,
                "the provider cannot be made to ask anew",
            ),
            Self::Failed(fault, reason) => {
                let (what, to_do) = of_fault(*fault);
                (status(*fault), what, to_do, reason)
            }
            Self::Nobody(Nobody::Unknown) if takes_anybody => {
                let (what, _) = of_nobody(Nobody::Unknown);
                (good, what, CREATE, Nobody::Unknown.reason())
            }
            Self::Nobody(nobody) => {
                let (what, to_do) = of_nobody(*nobody);
                (good, what, to_do, nobody.reason())
            }
            Self::NotLinked(Link::Domain) => {
                let (what, to_do) = of_nobody(Nobody::Domain);
                (good, what, to_do, Nobody::Domain.reason())
            }
            Self::NotLinked(_) => (
                good,
                text_id!("upstream-what-anothers"),
                OTHER,
                "the account is linked to somebody else",
            ),
            Self::NotThatSession => (
                bad,
                text_id!("upstream-what-session"),
                AGAIN,
                "the session that asked for the link is not here",
            ),
        }
    }
}

const fn of_fault(fault: Fault) -> (&'static str, &'static [&'static str]) {
    match fault {
        Fault::Denied => (text_id!("upstream-what-denied"), AGAIN),
        Fault::Unavailable => (text_id!("upstream-what-unavailable"), WAIT),
        Fault::Refused => (text_id!("upstream-what-refused"), WAIT),
        Fault::Untrusted => (text_id!("upstream-what-untrusted"), TELL),
        Fault::Used => (text_id!("upstream-what-stale"), AGAIN),
    }
}

const fn of_nobody(nobody: Nobody) -> (&'static str, &'static [&'static str]) {
    match nobody {
        Nobody::Disabled => (
            text_id!("upstream-what-disabled"),
            &[text_id!("upstream-do-tell")],
        ),
        Nobody::Domain => (text_id!("upstream-what-domain"), OTHER),
        Nobody::AddressTaken => (text_id!("upstream-what-taken"), LINK),
        Nobody::Unknown => (text_id!("upstream-what-unknown"), LINK),
    }
}

/// The page, with a way back to where the sign-in began.
pub(super) fn page(
    request: &HttpRequest,
    web: &Web,
    provider: &Provider,
    (onward, trouble): (&Onward, Trouble),
) -> HttpResponse {
    let (status, what, to_do, technical) = trouble.told(web.app.config.sign_up.is_open());
    let layout = web.layout_for(request);
    let wait = match trouble {
        Trouble::Throttled(seconds) => respond::minutes(seconds),
        _ => 0,
    };
    let say = |id| {
        layout
            .say(id)
            .count("n", wait)
            .with("provider", &provider.name)
            .with("installation", &layout.installation)
            .plain()
    };
    let to_do: Vec<String> = to_do.iter().map(|&id| say(id)).collect();
    let to_do: Vec<&str> = to_do.iter().map(String::as_str).collect();
    let label = if is_account(onward) {
        text_id!("upstream-back-account")
    } else {
        text_id!("upstream-back")
    };
    let title = if is_account(onward) {
        text_id!("upstream-not-linked-title")
    } else {
        text_id!("upstream-failed-title")
    };
    let problem = Problem {
        title: &say(title),
        what: &say(what),
        what_to_do: &to_do,
        way_on: Some((say(label), back(web, onward))),
        technical,
    };
    let mut response = respond::problem(request, web, status, problem);
    if let Trouble::Throttled(seconds) = trouble {
        respond::retry_after(&mut response, Some(seconds));
    }
    response
}
