//! Why a request was refused: the rule, what happened in the light of what is registered now, the mend, and where one click is enough and safe,
//! that click.
//!
//! Whoever made the request may be anybody. So a fix is offered only for what the model's checks let through, and a redirect URI only on a host
//! that the client has already: else an attacker would send a request with an address of their own and wait for a helpful administrator.

mod change;
mod diagnose;
pub mod rules;
mod uri;

use serde::Serialize;

pub use change::{Change, Fix};
use diagnose::Finding;

use super::{AdminError, By, Result, clients, invalid, refusals};
use crate::app::App;
use crate::model::client::Client;
use crate::model::refusal::Refusal;

/// The rule that failed.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct RuleView {
    /// In one line.
    pub name: &'static str,
    /// Such as `RFC 6749 §4.1.3`.
    pub source: &'static str,
}

/// Why a request was refused.
#[derive(Debug, Serialize)]
pub struct Explanation {
    pub refusal: Refusal,
    pub rule: RuleView,
    pub what_happened: String,
    pub mend: String,
    pub fix: Option<Fix>,
}

/// Explains the refused request of that id, by what is registered now.
pub async fn explain(app: &App, id: &str) -> Result<Explanation> {
    let refusal = refusals::show(app, id).await?;
    app.refresh().await?;
    let client = match &refusal.client_id {
        None => None,
        Some(id) => match clients::show(app, id).await {
            Ok(client) => Some(client),
            Err(AdminError::NotFound { .. }) => None,
            Err(error) => return Err(error),
        },
    };
    let rule = rules::find(&refusal.code, &refusal.reason);
    let finding = diagnose::look(app, rule.look, &refusal, client.as_ref()).await?;
    let Finding {
        what,
        mend,
        change: proposed,
    } = finding;
    let fix = client
        .as_ref()
        .zip(proposed)
        .and_then(|(client, proposed)| change::offer(app, client, proposed));
    Ok(Explanation {
        rule: RuleView {
            name: rule.name,
            source: rule.source,
        },
        what_happened: if what.is_empty() {
            general(&refusal)
        } else {
            what
        },
        mend: mend.unwrap_or_else(|| rule.mend.to_owned()),
        fix,
        refusal,
    })
}

/// Carries out the fix that [`explain`] offers for that request.
pub async fn mend(app: &App, by: &By, id: &str) -> Result<Client> {
    let explanation = explain(app, id).await?;
    let Some(fix) = explanation.fix else {
        return Err(invalid(
            "id",
            "there is nothing that can be mended by itself; the explanation says what to do",
        ));
    };
    let client = clients::show(app, &fix.client_id).await?;
    // The whole list is written, so nobody else's change to it may be lost.
    let by = By {
        expects: by.expects.or(Some(client.version)),
        ..by.clone()
    };
    clients::change(app, &by, &fix.client_id, fix.change.fields(&client)).await
}

fn general(refusal: &Refusal) -> String {
    if refusals::is_elsewhere(refusal) {
        return format!(
            "A sign-in with an account elsewhere came to nothing: {}.",
            refusal.reason
        );
    }
    let who = match &refusal.client_id {
        Some(id) => format!("A request of the client {id}"),
        None => "A request".to_owned(),
    };
    format!(
        "{who} to {} was refused: {}.",
        refusal.endpoint, refusal.reason
    )
}
