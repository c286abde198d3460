//! `placet import`: clients, people and their passwords from another server.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::output::{Failure, Output};
use crate::admin::By;
use crate::admin::import::plan::{self, Names, Plan};
use crate::admin::import::{self, MAX_FILE_BYTES, Note, Source};
use crate::config::Config;

/// How many names a line shows, before it says how many more there are.
const NAMES: usize = 10;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Clients of Ory Hydra, or identities of Ory Kratos, as JSON
    Hydra(Import),
    /// A realm of Keycloak, as kc.sh export writes it
    Keycloak(Import),
}

#[derive(Debug, Args)]
pub(super) struct Import {
    /// The exported file
    file: PathBuf,
    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Make no secrets for clients that bring none: they cannot prove themselves until one is made
    #[arg(long)]
    no_secrets: bool,
}

pub(super) async fn run(command: Command, config: Config, output: Output) -> Result<(), Failure> {
    let (source, import) = match command {
        Command::Hydra(import) => (Source::Hydra, import),
        Command::Keycloak(import) => (Source::Keycloak, import),
    };
    // Before a database is opened, or made.
    let imported = import::convert(source, &read(&import.file)?)?;
    let by = By::command_line();
    let app = super::open(config).await?;
    let plan = plan::plan(&app, &by, source, imported, !import.no_secrets).await?;
    if !import.dry_run {
        plan::apply(&app, &by, &plan).await?;
    }
    output.print(&as_json(&plan, import.dry_run), || {
        text(&plan, import.dry_run)
    })
}

fn read(path: &Path) -> Result<String, Failure> {
    let name = path.display();
    let unreadable =
        |error: std::io::Error| Failure::failed(format!("cannot read {name}: {error}"));
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(MAX_FILE_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(Failure::failed(format!(
            "{name} is larger than 512 MiB; export the people in parts, and import one after the other"
        )));
    }
    String::from_utf8(bytes).map_err(|_| Failure::usage(format!("{name} is not UTF-8 text")))
}

fn as_json(plan: &Plan, is_dry: bool) -> Value {
    let secrets: Vec<Value> = plan
        .new_secrets
        .iter()
        .map(|(id, secret)| {
            // One that is not kept is nobody's to see.
            let secret = (!is_dry).then(|| secret.expose());
            json!({ "client_id": id, "client_secret": secret })
        })
        .collect();
    json!({
        "dry_run": is_dry,
        "added": plan.added,
        "kept": plan.kept,
        "new_secrets": secrets,
        "notes": plan.report.notes,
        "unread": plan.report.unread_fields(),
    })
}

fn text(plan: &Plan, is_dry: bool) -> String {
    let mut text = String::new();
    let heading = if is_dry { "would be added" } else { "added" };
    names(&mut text, heading, &plan.added);
    if plan.added.is_empty() {
        text.push_str("There is nothing to add.\n");
    }
    names(&mut text, "there already, left as they are", &plan.kept);
    notes(&mut text, &plan.report.notes);
    unread(&mut text, plan);
    if !plan.new_secrets.is_empty() {
        let heading = if is_dry {
            "clients that would get a new secret"
        } else {
            "new secrets, shown only this once"
        };
        paragraph(&mut text, heading);
        for (id, secret) in &plan.new_secrets {
            let secret = if is_dry { "" } else { secret.expose() };
            let _ = writeln!(text, "  {}", format!("{id}  {secret}").trim_end());
        }
    }
    text
}

fn paragraph(text: &mut String, heading: &str) {
    let before = if text.is_empty() { "" } else { "\n" };
    // Writing to a string does not fail.
    let _ = writeln!(text, "{before}{heading}:");
}

fn names(text: &mut String, heading: &str, names: &Names) {
    if names.is_empty() {
        return;
    }
    paragraph(text, heading);
    for (kind, names) in names.all() {
        if !names.is_empty() {
            let _ = writeln!(text, "  {kind} ({}): {}", names.len(), some_of(names));
        }
    }
}

fn some_of<T: AsRef<str>>(names: &[T]) -> String {
    let shown: Vec<&str> = names.iter().take(NAMES).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(NAMES) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// What is said of several is said once.
fn notes(text: &mut String, notes: &[Note]) {
    let mut order = Vec::new();
    let mut said: BTreeMap<(&str, &str, &str, &str), Vec<&str>> = BTreeMap::new();
    for note in notes {
        let key = (
            note.kind,
            note.field.as_str(),
            note.why.as_str(),
            note.mend.as_str(),
        );
        said.entry(key)
            .or_insert_with(|| {
                order.push(key);
                Vec::new()
            })
            .push(&note.name);
    }
    if !order.is_empty() {
        paragraph(text, "what did not fit, and what to do");
    }
    for key in order {
        let (kind, field, why, mend) = key;
        let names = said
            .get(&key)
            .map(|names| some_of(names))
            .unwrap_or_default();
        let field = if field.is_empty() {
            String::new()
        } else {
            format!(", {field}")
        };
        let _ = writeln!(text, "  {kind} {names}{field}\n    {why}\n    -> {mend}");
    }
}

fn unread(text: &mut String, plan: &Plan) {
    let fields = plan.report.unread_fields();
    let mut kinds: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for unread in &fields {
        let entry = format!("{} ({})", unread.field, unread.count);
        kinds.entry(unread.kind).or_default().push(entry);
    }
    if !kinds.is_empty() {
        paragraph(
            text,
            "fields without a counterpart here, and how many had something there",
        );
    }
    for (kind, fields) in kinds {
        let _ = writeln!(text, "  {kind}: {}", fields.join(", "));
    }
}
