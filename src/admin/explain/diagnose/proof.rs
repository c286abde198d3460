//! Who asks, and how it proves to be itself: ids, secrets, methods, verifiers, assertions.

use std::fmt::Write as _;

use chrono::DateTime;
use serde_json::Value;

use super::{Finding, NEAR, distance};
use crate::admin::{Result, clients};
use crate::app::App;
use crate::model::client::{AuthMethod, Client};
use crate::model::refusal::Refusal;

pub(super) async fn client_id(
    app: &App,
    refusal: &Refusal,
    client: Option<&Client>,
) -> Result<Finding> {
    if let Some(client) = client {
        let name = &client.metadata.client_name;
        return Ok(match client.disabled_at {
            Some(at) => Finding::new(format!(
                "The client {} ({name}) has been disabled since {}.",
                client.id,
                at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
            ))
            .mend(format!(
                "If it is to work again: placet client enable {}",
                client.id
            )),
            None => Finding::new(format!(
                "The client {} ({name}) is registered and enabled by now: the same request works.",
                client.id
            )),
        });
    }
    let Some(sent) = refusal.client_id.as_deref() else {
        return Ok(Finding::default());
    };
    let mut near: Vec<(usize, String)> = clients::list(app)
        .await?
        .into_iter()
        .map(|client| (distance(sent, client.id.as_str()), client.id.to_string()))
        .filter(|(distance, _)| *distance <= NEAR)
        .collect();
    near.sort();
    let near: Vec<String> = near.into_iter().take(3).map(|(_, id)| id).collect();
    let finding = Finding::new(format!("No client has the id {sent}."));
    Ok(if near.is_empty() {
        finding
    } else {
        finding.mend(format!(
            "Maybe the app means {}: compare the ids character by character.",
            near.join(" or ")
        ))
    })
}

pub(super) fn secret(app: &App, client: &Client) -> Finding {
    let now = app.clock.now();
    let live = client.live_secrets(now).count();
    let newest = client.live_secrets(now).map(|one| one.created_at).max();
    let expired = client.secrets.len() - live;
    let day = |at: DateTime<chrono::Utc>| at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let mut what = format!(
        "{} has {live} living secret{}",
        client.metadata.client_name,
        if live == 1 { "" } else { "s" }
    );
    if let Some(newest) = newest {
        let _ = write!(what, ", the newest of {}", day(newest));
    }
    if expired > 0 {
        let _ = write!(
            what,
            "; {expired} more expired: the app may still have an old one"
        );
    }
    Finding::new(format!("{what}. What it sent is none of them."))
}

pub(super) fn method(refusal: &Refusal, client: &Client) -> Finding {
    let registered = client.metadata.token_endpoint_auth_method;
    let used = if refusal.has("client_assertion") {
        "a client_assertion"
    } else if refusal.has("client_secret") {
        "client_secret in the body (client_secret_post)"
    } else if refusal.has("(Authorization header)") {
        "the Authorization header (client_secret_basic)"
    } else {
        "nothing but its client_id"
    };
    let finding = Finding::new(format!(
        "{} is registered for {}, and the request had {used}.",
        client.metadata.client_name,
        registered.as_str()
    ));
    match registered {
        AuthMethod::ClientSecretBasic | AuthMethod::ClientSecretPost => finding.mend(format!(
            "Set the method {} in the app's library, or change the registration: placet client update {} --token-endpoint-auth-method METHOD",
            registered.as_str(),
            client.id
        )),
        _ => finding,
    }
}

pub(super) fn verifier(refusal: &Refusal) -> Finding {
    match refusal.params.get("code_verifier").and_then(Value::as_str) {
        None => Finding::new("The request had no code_verifier."),
        Some(kept) if kept.contains("characters") => Finding::new(format!(
            "The code_verifier has a wrong length {kept}: RFC 7636 §4.1 wants 43 to 128 characters."
        )),
        Some(_) => Finding::default(),
    }
}

pub(super) fn assertion(app: &App, refusal: &Refusal) -> Finding {
    let told = refusal.params.get("client_assertion");
    let claim = |name: &str| told?.get(name)?.as_str();
    let Some(told) = told.and_then(Value::as_object) else {
        return Finding::new("The request had no client_assertion that can be read.");
    };
    let all: Vec<String> = told
        .iter()
        .map(|(name, value)| format!("{name} {}", value.as_str().unwrap_or_default()))
        .collect();
    let mut what = format!("The assertion says, unverified: {}.", all.join(", "));
    if let Some(exp) = claim("exp").and_then(|exp| exp.parse::<f64>().ok()) {
        let at = refusal.at.timestamp_micros();
        #[expect(
            clippy::cast_possible_truncation,
            reason = "bounded; it is shown to people"
        )]
        let ahead = (exp.clamp(0.0, 1e11) * 1e6) as i64 - at;
        let seconds = ahead / 1_000_000;
        let _ = if seconds < 0 {
            write!(what, " It expired {} seconds before it arrived.", -seconds)
        } else {
            write!(what, " It expires {seconds} seconds after it arrived.")
        };
    }
    if claim("aud").is_some_and(|aud| aud != app.issuer()) {
        let _ = write!(what, " This server's issuer is {}.", app.issuer());
    }
    Finding::new(what)
}
