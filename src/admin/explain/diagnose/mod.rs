//! What happened, by what is registered now: which address was meant, who has the scope, how far the clocks are apart.

mod addresses;
mod permitted;
mod proof;

use super::change::Change;
use super::rules::Look;
use crate::admin::Result;
use crate::app::App;
use crate::model::client::Client;
use crate::model::refusal::Refusal;

/// Names that differ by so many characters may be meant for one another.
const NEAR: usize = 3;
/// Clients are not compared beyond this length.
const MAX_COMPARED: usize = 100;

/// What a look found. Empty: nothing beyond the rule itself.
#[derive(Debug, Default)]
pub(super) struct Finding {
    pub(super) what: String,
    /// A better mend than the rule's.
    pub(super) mend: Option<String>,
    pub(super) change: Option<Change>,
}

impl Finding {
    fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            ..Self::default()
        }
    }

    fn mend(self, mend: impl Into<String>) -> Self {
        Self {
            mend: Some(mend.into()),
            ..self
        }
    }

    fn change(self, change: Option<Change>) -> Self {
        Self { change, ..self }
    }
}

/// Looks where the rule says that it pays.
pub(super) async fn look(
    app: &App,
    look: Look,
    refusal: &Refusal,
    client: Option<&Client>,
) -> Result<Finding> {
    if look == Look::ClientId {
        return proof::client_id(app, refusal, client).await;
    }
    let Some(client) = client else {
        return Ok(Finding::default());
    };
    Ok(match look {
        Look::RedirectUri => addresses::redirect_uri(refusal, client),
        Look::PostLogoutRedirectUri => addresses::post_logout(refusal, client),
        Look::Scope => permitted::scope_of(app, refusal, client),
        Look::Resource => permitted::resource_of(app, refusal, client),
        Look::GrantType => permitted::grant_type(refusal, client),
        Look::ResponseType => permitted::response_type(refusal, client),
        Look::Secret => proof::secret(app, client),
        Look::Method => proof::method(refusal, client),
        Look::Verifier => proof::verifier(refusal),
        Look::Code => Finding::new(format!(
            "{} presented a code: {}. A code is good for {} and once.",
            client.metadata.client_name,
            refusal.reason,
            humantime::format_duration(app.config.tokens.code_ttl)
        )),
        Look::Assertion => proof::assertion(app, refusal),
        Look::RequestUri => Finding::new(format!(
            "{} sent a request_uri that is not registered. Registered are: {}.",
            client.metadata.client_name,
            list(&client.metadata.request_uris)
        )),
        Look::Nothing | Look::ClientId => Finding::default(),
    })
}

fn list(items: &[String]) -> String {
    if items.is_empty() {
        "none".to_owned()
    } else {
        items.join(", ")
    }
}

/// How many characters have to be added, left out or changed (Levenshtein); case and blanks at the ends count little.
fn distance(one: &str, other: &str) -> usize {
    let tidy = |text: &str| text.trim().to_lowercase();
    if one != other && tidy(one) == tidy(other) {
        return 1;
    }
    let one: Vec<char> = one.chars().take(MAX_COMPARED).collect();
    let other: Vec<char> = other.chars().take(MAX_COMPARED).collect();
    if one.len().abs_diff(other.len()) > NEAR {
        return NEAR + 1;
    }
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let kept = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = kept.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_near() {
        for (one, other, expected) in [
            ("web", "web", 0),
            ("web", "Web ", 1),
            ("web", "wed", 1),
            ("web-app", "webapp", 1),
            ("c_abcdef", "c_abcfed", 2),
            ("web", "something", NEAR + 1),
        ] {
            assert_eq!(distance(one, other), expected, "{one} {other}");
        }
    }
}
