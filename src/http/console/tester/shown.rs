//! What came of a trial, as pieces of the page.

use chrono::DateTime;
use serde_json::Value;

use crate::admin::explain::rules;
use crate::http::console::form::sentence;
use crate::http::console::frame::Page;
use crate::http::console::guard::Admin;
use crate::http::console::pieces::{Cell, Fact, Moment, Part, Piece, Shape, State, Table};
use crate::oauth::error::ErrorCode;
use crate::oauth::tester::{Built, Detail, Outcome, Permission, Step, Told, Trial};

/// What the names of members mean to those who do not have them by heart.
const MEANINGS: [(&str, &str); 35] = [
    ("access_token", "Opens APIs"),
    ("acr", "How the person proved who they are"),
    ("active", "It is good"),
    ("alg", "The algorithm of the signature"),
    ("amr", "The means of the sign-in"),
    ("at_hash", "Binds it to the access token"),
    ("aud", "For whom it is"),
    ("auth_time", "When the person signed in"),
    ("azp", "The client that it was issued to"),
    ("c_hash", "Binds it to the code"),
    ("client_id", "The client"),
    ("code_challenge_method", "Proof of possession by PKCE"),
    ("code", "To be redeemed at the token endpoint"),
    ("exp", "Good until"),
    ("expires_in", "Good for so many seconds"),
    ("iat", "Issued at"),
    ("iss", "Who says so: this server"),
    ("jti", "Its own name"),
    ("kid", "The key of the signature"),
    ("max_age", "How many seconds a sign-in is fresh enough"),
    ("nonce", "The request's, unchanged"),
    ("prompt", "What the person is asked in any case"),
    ("redirect_uri", "Where the answer goes"),
    ("refresh_token", "Gets the next access token"),
    ("resource", "The APIs that tokens are for"),
    ("response_mode", "How the answer travels"),
    ("response_type", "What the answer brings"),
    ("roles", "The person's roles, as far as they are told"),
    ("scope", "What it is good for"),
    ("sid", "The session, for sign-out"),
    ("state", "The request's, unchanged"),
    ("sub", "The person, as this client knows them"),
    ("token_type", "How it is presented"),
    ("typ", "What kind of token it is"),
    ("updated_at", "When the profile was last changed"),
];
/// Members that are moments, in seconds since 1970.
const MOMENTS: [&str; 4] = ["exp", "iat", "auth_time", "updated_at"];

/// The address of the request, to be copied.
pub(super) fn address(admin: &Admin, page: Page, built: &Built) -> Page {
    let mut part = Part::new("address", "The address")
        .help("To send it for real, open this address in a browser. The app will then get an answer that it did not ask for.")
        .with(Piece::Code {
            label: "Address of the authorization request".to_owned(),
            text: format!("{}/authorize?{}", admin.app().issuer(), built.query),
        });
    if let Some(verifier) = &built.verifier {
        part = part
            .with(Piece::Help(
                "The code_verifier that belongs to it, for the token endpoint:".to_owned(),
            ))
            .with(Piece::Code {
                label: "code_verifier".to_owned(),
                text: verifier.clone(),
            });
    }
    page.with(part)
}

/// Every step: first all in short, then each with what there is to see.
pub(super) fn trial(page: Page, trial: &Trial) -> Page {
    let short = Table::new("Steps", &["Step", "Outcome", "What happens"]).rows(
        trial.steps.iter().enumerate().map(|(index, step)| {
            vec![
                Cell::text(heading(index, step)),
                outcome(step.outcome),
                Cell::text(&step.says),
            ]
        }),
    );
    let page = page.with(Part::new("steps", "What comes of it").with(short));
    let steps = trial.steps.iter().enumerate();
    steps
        .filter(|(_, step)| !step.details.is_empty())
        .fold(page, |page, (index, step)| page.with(details(index, step)))
}

fn heading(index: usize, step: &Step) -> String {
    format!("{}. {}", index + 1, step.name)
}

fn outcome(outcome: Outcome) -> Cell {
    match outcome {
        Outcome::Passed => State::cell(Shape::Good, "passed"),
        Outcome::Noted => State::cell(Shape::Alert, "less than asked"),
        Outcome::Asks => State::cell(Shape::Waits, "asks"),
        Outcome::Refused => State::cell(Shape::Alert, "refused"),
    }
}

fn details(index: usize, step: &Step) -> Part {
    let part = Part::new(format!("step-{}", index + 1), heading(index, step)).help(&step.says);
    step.details.iter().fold(part, |part, detail| match detail {
        Detail::Fault { code, reason } => part.with(Piece::Facts(fault(*code, reason))),
        Detail::Permissions(all) => part.with(permissions(all)),
        Detail::Members { of, members } => {
            let rows = members.iter().map(|(name, told)| member(name, told));
            part.with(Piece::Help(format!("{of}:"))).with(
                Table::new(
                    format!("{}: {of}", step.name),
                    &["Name", "Value", "Meaning"],
                )
                .rows(rows),
            )
        }
    })
}

/// The rule that failed, as the explanations of refused requests have it.
fn fault(code: ErrorCode, reason: &str) -> Vec<Fact> {
    let rule = rules::find(code.as_str(), reason);
    vec![
        Fact::new("Error", Cell::code(code.as_str())),
        Fact::new("Reason", Cell::text(reason)),
        Fact::new("Rule", Cell::text(rule.name)),
        Fact::new("Source", Cell::text(rule.source)),
        Fact::new("What to do", Cell::text(rule.mend)),
    ]
}

fn permissions(all: &[Permission]) -> Table {
    let row = |permission: &Permission| {
        let state = if permission.is_barred {
            State::cell(Shape::Off, "left out for want of a role")
        } else if permission.is_required {
            State::cell(Shape::Good, "required")
        } else {
            State::cell(Shape::Good, "optional")
        };
        vec![
            Cell::text(sentence(&permission.words)),
            Cell::code(&permission.scope),
            state,
        ]
    };
    Table::new("What the app may do", &["The app may", "Scope", "Kind"])
        .rows(all.iter().map(row))
        .empty(vec![Cell::muted("No scope is asked for.")])
}

fn member(name: &str, told: &Told) -> Vec<Cell> {
    let value = match told {
        Told::Withheld(what) => Cell::muted(format!("({what})")),
        Told::Value(Value::String(text)) => Cell::code(text),
        Told::Value(other) => Cell::code(other.to_string()),
    };
    let moment = match told {
        Told::Value(Value::Number(seconds)) if MOMENTS.contains(&name) => seconds
            .as_i64()
            .and_then(|seconds| DateTime::from_timestamp(seconds, 0)),
        _ => None,
    };
    let meaning = MEANINGS.iter().find(|(known, _)| *known == name);
    let meaning = meaning.map(|(_, meaning)| *meaning);
    let meaning = match moment {
        Some(at) => {
            let at = Moment::new(at).people;
            Cell::muted(format!("{}: {at}", meaning.unwrap_or_default()))
        }
        None => Cell::muted(meaning.unwrap_or_default()),
    };
    vec![Cell::code(name), value, meaning]
}
