//! `placet explain`: why a request was refused, by the id that its answer told; or what was refused of a client.

use std::time::Duration;

use clap::Args;
use serde_json::{Value, json};

use super::output::{Failure, Output, fields, instant, table};
use crate::admin::explain::{self, Explanation};
use crate::admin::refusals::{self, RefusalFilter};
use crate::admin::{By, Paging};
use crate::app::delta;
use crate::config::Config;
use crate::model::refusal::Refusal;

/// As many fit on a screen.
const LISTED: i64 = 40;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The id: on the error page, in `x-request-id`, at the end of `error_uri`
    #[arg(required_unless_present = "client", allow_hyphen_values = true)]
    id: Option<String>,
    /// List what was refused of this client instead, newest first
    #[arg(long, value_name = "CLIENT_ID", conflicts_with = "id")]
    client: Option<String>,
    /// With --client: no older than this, such as 1h
    #[arg(long, value_name = "TIME", value_parser = humantime::parse_duration, requires = "client", conflicts_with = "id")]
    since: Option<Duration>,
    /// Do what the explanation offers, such as adding the redirect URI
    #[arg(long, requires = "id")]
    mend: bool,
}

pub(super) async fn run(
    arguments: Arguments,
    config: Config,
    output: Output,
) -> Result<(), Failure> {
    let app = super::open(config).await?;
    let Some(id) = arguments.id else {
        let filter = RefusalFilter {
            client: arguments.client,
            from: arguments.since.map(|since| app.clock.now() - delta(since)),
            to: None,
        };
        let paging = Paging {
            after: None,
            limit: Some(LISTED),
        };
        let page = refusals::find(&app, &filter, &paging).await?;
        return output.print(&page.items, || list(&page.items, page.next.is_some()));
    };
    if arguments.mend {
        let client = explain::mend(&app, &By::command_line(), &id).await?;
        return output.print(
            &json!({ "client_id": client.id, "version": client.version }),
            || format!("changed: {}\n", client.id),
        );
    }
    let explanation = explain::explain(&app, &id).await?;
    output.print(&explanation, || screen(&explanation))
}

fn list(items: &[Refusal], has_more: bool) -> String {
    if items.is_empty() {
        return "nothing was refused, as far as it is remembered\n".to_owned();
    }
    let row = |refusal: &Refusal| {
        [
            refusal.id.clone(),
            instant(refusal.at),
            refusal.endpoint.clone(),
            refusal.code.clone(),
            refusal.reason.clone(),
        ]
    };
    let rows: Vec<_> = items.iter().map(row).collect();
    let mut text = table(["id", "at", "endpoint", "error", "reason"], &rows);
    if has_more {
        text.push_str("… and older ones; --since shortens the list\n");
    }
    text
}

fn screen(explanation: &Explanation) -> String {
    let refusal = &explanation.refusal;
    let answer = if refusal.code.is_empty() {
        ("answer", format!("HTTP {}", refusal.status))
    } else {
        ("error", format!("{} ({})", refusal.code, refusal.status))
    };
    let mut text = fields(&[
        ("request", Some(refusal.id.clone())),
        ("at", Some(instant(refusal.at))),
        ("endpoint", Some(refusal.endpoint.clone())),
        ("client", refusal.client_id.clone()),
        ("from", refusal.address.clone()),
        (answer.0, Some(answer.1)),
        ("reason", Some(refusal.reason.clone())),
    ]);
    text.push_str(&paragraph("What happened", &explanation.what_happened));
    let rule = format!("{} [{}]", explanation.rule.name, explanation.rule.source);
    text.push_str(&paragraph("The rule", &rule));
    text.push_str(&paragraph("The mend", &explanation.mend));
    if let Some(fix) = &explanation.fix {
        let offer = format!(
            "{} {} To do it: placet explain {} --mend",
            fix.says, fix.risk, refusal.id
        );
        text.push_str(&paragraph("What can be done at once", &offer));
    }
    if !refusal.params.is_empty() {
        let lines: Vec<_> = refusal
            .params
            .iter()
            .map(|(name, value)| (name.as_str(), Some(shown(value))))
            .collect();
        text.push_str("\nThe request, its secrets cut\n");
        for line in fields(&lines).lines() {
            text.push_str("  ");
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

fn paragraph(title: &str, text: &str) -> String {
    format!("\n{title}\n  {text}\n")
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
