//! `placet apply`: makes everything so as a file, or a folder of files, says.
//!
//! Exit codes: 0 done, or nothing to do; 1 failed; 2 with `--dry-run`: there is a difference.

use std::env::VarError;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use serde_json::json;

use super::client::duration;
use super::output::{self, Failure, Output};
use crate::admin::By;
use crate::admin::plan::{
    self, Action, Document, FieldChange, Format, Item, Options, Plan, PlanError, SecretReference,
    Secrets,
};
use crate::config::Config;

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "they are flags")]
pub(super) struct Arguments {
    /// A file (.toml, .yaml, .yml, .json), or a folder with such files
    #[arg(value_name = "FILE|DIR")]
    path: PathBuf,
    /// Change nothing; exit with 2 where there is a difference
    #[arg(long)]
    dry_run: bool,
    /// Remove what this set manages and no longer lists
    #[arg(long)]
    prune: bool,
    /// Manage what another set manages
    #[arg(long)]
    take_over: bool,
    /// Fail where a secret cannot be read, even if there is one already
    #[arg(long)]
    secrets_required: bool,
    /// How long replaced client secrets still work; 0s ends them now
    #[arg(long, default_value = "24h", value_name = "DURATION", value_parser = duration)]
    overlap: Duration,
}

/// More than any secret has: whatever the file is, no more of it is read.
const MAX_SECRET_BYTES: u64 = 4096;
/// A longer overlap would be two secrets for good.
const MAX_OVERLAP: Duration = Duration::from_hours(90 * 24);

pub(super) async fn run(
    arguments: Arguments,
    config: Config,
    output: Output,
) -> Result<ExitCode, Failure> {
    if arguments.overlap > MAX_OVERLAP {
        return Err(Failure::usage("overlap: it is at most 90d"));
    }
    let document = read(&arguments.path)?;
    let folder = match &arguments.path {
        path if path.is_dir() => path.clone(),
        path => path.parent().map(Path::to_path_buf).unwrap_or_default(),
    };
    let secrets = Secrets::read(&document, |reference| read_secret(&folder, reference));
    let options = Options {
        prune: arguments.prune,
        take_over: arguments.take_over,
        secrets_required: arguments.secrets_required,
        overlap: arguments.overlap,
    };
    let by = By::command_line();
    let app = super::open(config).await?;
    let plan = plan::difference(&app, &by, (&document, &secrets), &options)
        .await
        .map_err(|error| failure(&error))?;
    if !arguments.dry_run {
        plan::apply(&app, &by, &plan)
            .await
            .map_err(|error| failure(&error))?;
    }
    print(&plan, arguments.dry_run, output)?;
    let is_difference = arguments.dry_run && plan.has_difference();
    Ok(ExitCode::from(if is_difference { 2 } else { 0 }))
}

/// A line for each fault, and one that sums up.
fn failure(error: &PlanError) -> Failure {
    if let PlanError::Faults(faults) = error {
        for fault in faults {
            output::error(&fault.to_string());
        }
    }
    Failure::failed(error.to_string())
}

fn read(path: &Path) -> Result<Document, Failure> {
    let cannot = |path: &Path, error: &dyn std::fmt::Display| {
        Failure::failed(format!("cannot read {}: {error}", path.display()))
    };
    let format = |path: &Path| path.extension().and_then(|end| Format::of(end.to_str()?));
    let is_folder = path.is_dir();
    let mut files = Vec::new();
    if is_folder {
        let entries = std::fs::read_dir(path).map_err(|error| cannot(path, &error))?;
        for entry in entries {
            let file = entry.map_err(|error| cannot(path, &error))?.path();
            files.extend(format(&file).map(|format| (file, format)));
        }
        files.sort_by(|(a, _), (b, _)| a.cmp(b));
    } else {
        let format = format(path)
            .ok_or_else(|| cannot(path, &"its name ends in none of .toml, .yaml, .yml, .json"))?;
        files.push((path.to_path_buf(), format));
    }
    if files.is_empty() {
        return Err(cannot(
            path,
            &"there is no .toml, .yaml, .yml or .json file in it",
        ));
    }
    let (mut parts, mut faults) = (Vec::new(), Vec::new());
    for (file, format) in files {
        let text = std::fs::read_to_string(&file).map_err(|error| cannot(&file, &error))?;
        let name = file.display().to_string();
        match plan::parse(&name, &text, format) {
            Ok(document) => parts.push((name, document)),
            Err(fault) => faults.push(fault.to_string()),
        }
    }
    if faults.is_empty() {
        match Document::merge(parts) {
            Ok(mut document) => {
                let name = if is_folder {
                    path.canonicalize().ok()
                } else {
                    Some(path.to_path_buf())
                };
                let stem = name.as_deref().and_then(if is_folder {
                    Path::file_name
                } else {
                    Path::file_stem
                });
                document.name = document
                    .name
                    .or(stem.map(|stem| stem.to_string_lossy().into_owned()));
                return Ok(document);
            }
            Err(doubled) => faults = doubled,
        }
    }
    let last = faults.pop().unwrap_or_default();
    for fault in faults {
        output::error(&fault);
    }
    Err(Failure::failed(last))
}

/// Paths begin in the folder of the document.
fn read_secret(folder: &Path, reference: &SecretReference) -> Result<String, String> {
    match reference {
        SecretReference::Env(name) => std::env::var(name).map_err(|error| unset(&error)),
        SecretReference::File(path) => {
            let mut text = String::new();
            File::open(folder.join(path))
                .and_then(|file| file.take(MAX_SECRET_BYTES).read_to_string(&mut text))
                .map(|_| text)
                .map_err(|error| format!("it cannot be read: {error}"))
        }
    }
}

/// Why there is no text; the error's own words would repeat what is there.
fn unset(error: &VarError) -> String {
    match error {
        VarError::NotPresent => "the variable is not set",
        VarError::NotUnicode(_) => "the variable is not UTF-8 text",
    }
    .to_owned()
}

fn print(plan: &Plan, is_dry_run: bool, output: Output) -> Result<(), Failure> {
    let changed: Vec<&Item> = plan.items.iter().filter(|item| is_told(item)).collect();
    let unlisted: Vec<_> = plan
        .unlisted
        .iter()
        .map(|(kind, id)| json!({ "kind": kind, "id": id }))
        .collect();
    let json = json!({
        "set": plan.source,
        "dry_run": is_dry_run,
        "difference": plan.has_difference(),
        "created": plan.count(Action::Create),
        "updated": plan.count(Action::Update),
        "removed": plan.count(Action::Remove),
        "unchanged": plan.count(Action::Unchanged),
        "adopted": plan.count_adopted(),
        "items": changed,
        "unlisted": unlisted,
    });
    output.print(&json, || {
        let mut lines: Vec<String> = changed
            .iter()
            .flat_map(|item| item_lines(item, &plan.source))
            .collect();
        for (kind, id) in &plan.unlisted {
            lines.push(format!(
                "! {} {id}: {} manages it and does not list it; --prune removes it",
                kind.as_str(),
                plan.source
            ));
        }
        lines.push(summary(plan, is_dry_run));
        lines.join("\n") + "\n"
    })
}

fn is_told(item: &Item) -> bool {
    item.action != Action::Unchanged
        || item.adopted
        || item.taken_from.is_some()
        || !item.notes.is_empty()
}

fn summary(plan: &Plan, is_dry_run: bool) -> String {
    let mut parts = Vec::new();
    let verbs: [(usize, &str); 4] = [
        (plan.count(Action::Create), "created"),
        (plan.count(Action::Update), "updated"),
        (plan.count(Action::Remove), "removed"),
        (plan.count_adopted(), "adopted"),
    ];
    for (number, verb) in verbs {
        if number > 0 {
            parts.push(format!("{number} {verb}"));
        }
    }
    if !plan.has_difference() {
        parts.insert(0, "no difference".to_owned());
    }
    let doing = if is_dry_run && !parts.is_empty() && plan.has_difference() {
        "would be: "
    } else {
        ""
    };
    format!(
        "{}: {doing}{}, {} unchanged",
        plan.source,
        parts.join(", "),
        plan.count(Action::Unchanged)
    )
}

fn item_lines(item: &Item, source: &str) -> Vec<String> {
    let sign = match item.action {
        Action::Create => '+',
        Action::Update => '~',
        Action::Unchanged => '=',
        Action::Remove => '-',
    };
    let name = format!("{sign} {} {}", item.kind.as_str(), item.id);
    let mut notes = Vec::new();
    if item.adopted {
        notes.push(format!("it was there; {source} manages it from now on"));
    }
    if let Some(other) = &item.taken_from {
        notes.push(format!("taken over from {other}"));
    }
    notes.extend(item.notes.iter().cloned());
    let mut lines = vec![if notes.is_empty() {
        name
    } else {
        format!("{name}: {}", notes.join("; "))
    }];
    lines.extend(item.fields.iter().map(field_line));
    lines
}

fn field_line(change: &FieldChange) -> String {
    let mut text = format!("    {}: {}", change.field, values(change));
    if change.drifted {
        text.push_str("  (changed by another road)");
    }
    text
}

/// What goes and what comes; of lists, the items.
fn values(change: &FieldChange) -> String {
    use serde_json::Value;
    if change.field.ends_with("secret") {
        return format!("a new one, {}", shown(&change.new));
    }
    let items = |value: &Value| -> Option<Vec<String>> {
        match value {
            Value::Null => Some(Vec::new()),
            Value::Array(items) => Some(items.iter().map(shown).collect()),
            Value::String(text) if change.field == "scope" => {
                Some(text.split_whitespace().map(ToOwned::to_owned).collect())
            }
            _ => None,
        }
    };
    let is_list = change.old.is_array() || change.new.is_array() || change.field == "scope";
    if let (true, Some(old), Some(new)) = (is_list, items(&change.old), items(&change.new)) {
        let gone = old
            .iter()
            .filter(|item| !new.contains(item))
            .map(|item| format!("- {item}"));
        let come = new
            .iter()
            .filter(|item| !old.contains(item))
            .map(|item| format!("+ {item}"));
        let all: Vec<String> = gone.chain(come).collect();
        return if all.is_empty() {
            "another order".to_owned()
        } else {
            all.join("  ")
        };
    }
    format!("{} -> {}", shown(&change.old), shown(&change.new))
}

fn shown(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => "(none)".to_owned(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // S179
    #[cfg(unix)]
    #[test]
    fn a_variable_that_is_no_text_is_not_repeated() {
        use std::os::unix::ffi::OsStringExt as _;
        let value = std::ffi::OsString::from_vec(b"hunter2\xff".to_vec());
        assert_eq!(
            unset(&VarError::NotUnicode(value)),
            "the variable is not UTF-8 text"
        );
    }
}
