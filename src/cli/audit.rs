//! `placet audit`: reads and proves the audit log; nothing here changes it.

use chrono::{DateTime, Utc};
use clap::Subcommand;

use super::output::{self, Failure, Output, instant};
use crate::admin::audit::{self, EventFilter, Verification};
use crate::admin::{Page, Paging};
use crate::app::App;
use crate::config::Config;
use crate::model::event::StoredEvent;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Events, newest first
    List(Filter),
    /// Check that no event was changed, removed, inserted or moved; exit code 1 where one was
    Verify,
    /// Every event as a line of JSON, oldest first, such as for a collector
    Export {
        /// From this place in the chain on
        #[arg(long, value_name = "SEQ", conflicts_with = "since")]
        from: Option<i64>,
        /// From this time on
        #[arg(long, value_name = "TIME", value_parser = time)]
        since: Option<DateTime<Utc>>,
    },
}

#[derive(Debug, clap::Args)]
pub(super) struct Filter {
    /// What happened, such as `sign_in_failed`
    #[arg(long)]
    kind: Option<String>,
    /// Who did it: `command_line`, `server`, `anonymous`, `user:ID` or `client:ID`
    #[arg(long)]
    actor: Option<String>,
    /// Whom it concerns: username, e-mail address or id
    #[arg(long)]
    user: Option<String>,
    /// Which client it concerns
    #[arg(long)]
    client: Option<String>,
    /// The id of the request, which error pages and log lines show
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    request_id: Option<String>,
    /// From this time on, such as 2026-01-31 or 2026-01-31T08:00:00Z
    #[arg(long, value_name = "TIME", value_parser = time)]
    from: Option<DateTime<Utc>>,
    /// Until before this time
    #[arg(long, value_name = "TIME", value_parser = time)]
    to: Option<DateTime<Utc>>,
    /// How many at most, 1 to 200
    #[arg(long)]
    limit: Option<i64>,
    /// Those before the event with this id, which the list before ended with
    #[arg(long, value_name = "ID")]
    after: Option<String>,
}

pub(super) async fn run(command: Command, config: Config, output: Output) -> Result<(), Failure> {
    let app = super::open(config).await?;
    match command {
        Command::List(filter) => list(&app, filter, output).await,
        Command::Verify => report(&audit::verify(&app).await?, output),
        Command::Export { from, since } => export(&app, from, since).await,
    }
}

async fn list(app: &App, filter: Filter, output: Output) -> Result<(), Failure> {
    let paging = Paging {
        after: filter.after,
        limit: filter.limit,
    };
    let filter = EventFilter {
        kind: filter.kind,
        actor: filter.actor,
        user: filter.user,
        client: filter.client,
        request_id: filter.request_id,
        from: filter.from,
        to: filter.to,
    };
    let Page { items, next } = audit::find(app, &filter, &paging).await?;
    output.print(
        &serde_json::json!({ "events": items, "next": next }),
        || {
            let rows: Vec<_> = items.iter().map(row).collect();
            let heading = ["at", "kind", "actor", "user", "client", "address", "detail"];
            let more = next.map(|id| format!("there are more: --after {id}\n"));
            output::table(heading, &rows) + &more.unwrap_or_default()
        },
    )
}

fn row(event: &StoredEvent) -> [String; 7] {
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    [
        instant(event.at),
        event.kind.clone(),
        event.actor.clone(),
        or_dash(event.user_id.map(|id| id.to_string())),
        or_dash(event.client_id.clone()),
        or_dash(event.address.clone()),
        event.detail.to_string(),
    ]
}

fn report(found: &Verification, output: Output) -> Result<(), Failure> {
    if let (Some(fault), false) = (&found.fault, output.is_json) {
        return Err(Failure::failed(format!(
            "the audit log is not as it was written: {fault}; docs/audit.md says what to do"
        )));
    }
    output.print(found, || {
        let waited = match found.waited {
            0 => String::new(),
            number => format!("{number} of them had waited for their place for longer than a minute: no server ran, or it could not\n"),
        };
        format!(
            "the audit log is whole: {} rows, from {} to {}\n{waited}",
            found.rows, found.first_seq, found.last_seq
        )
    })?;
    match found.fault {
        Some(_) => Err(Failure::silent()),
        None => Ok(()),
    }
}

async fn export(app: &App, from: Option<i64>, since: Option<DateTime<Utc>>) -> Result<(), Failure> {
    audit::chain(app).await?;
    let mut seq = from.unwrap_or(0);
    loop {
        let part = audit::chained_from(app, seq).await?;
        let Some(last) = part.last().and_then(|event| event.seq) else {
            return Ok(());
        };
        let wanted = part
            .iter()
            .filter(|event| since.is_none_or(|since| event.at >= since));
        let lines = wanted
            .map(audit::to_line)
            .collect::<std::io::Result<String>>()?;
        output::write_stdout(&lines)?;
        seq = last.saturating_add(1);
    }
}

/// A day, which begins at midnight UTC, or an instant.
fn time(text: &str) -> Result<DateTime<Utc>, String> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Ok(at.to_utc());
    }
    text.parse::<chrono::NaiveDate>()
        .map(|day| day.and_time(chrono::NaiveTime::MIN).and_utc())
        .map_err(|_| "it is a day (2026-01-31) or an instant (2026-01-31T08:00:00Z)".to_owned())
}
