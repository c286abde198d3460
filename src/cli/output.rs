//! What goes to stdout and stderr: an answer as JSON or for people, or one line that says what went wrong.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::process::ExitCode;

use serde::Serialize;

use crate::admin::AdminError;
use crate::app::StartError;

/// How answers are printed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Output {
    pub(super) is_json: bool,
}

/// Why a command ends without having done its work.
#[derive(Debug)]
pub(super) struct Failure {
    code: u8,
    line: String,
}

impl Failure {
    /// It did not work: exit code 1.
    pub(super) fn failed(line: impl Into<String>) -> Self {
        Self {
            code: 1,
            line: line.into(),
        }
    }

    /// It was asked for wrongly: exit code 2.
    pub(super) fn usage(line: impl Into<String>) -> Self {
        Self {
            code: 2,
            line: line.into(),
        }
    }

    /// It did not work, and the answer has said so: exit code 1.
    pub(super) fn silent() -> Self {
        Self::failed("")
    }

    /// Prints the line; the exit code.
    pub(super) fn report(&self) -> ExitCode {
        if !self.line.is_empty() {
            error(&self.line);
        }
        ExitCode::from(self.code)
    }
}

fn with_next(error: &AdminError, next: Option<&str>) -> String {
    next.map_or_else(|| error.to_string(), |next| format!("{error}; {next}"))
}

/// What shows those that there are.
fn lists(what: &str) -> Option<&'static str> {
    Some(match what {
        "client" => "see `placet client list`",
        "user" => "see `placet user list`",
        "role" => "see `placet role list`",
        "scope" => "see `placet scope list`",
        "resource" => "see `placet resource list`",
        "session" => "see `placet session list`",
        "grant" => "see `placet grant list`",
        "key" | "key for" => "see `placet key list`",
        "invitation" => "see `placet user invitations`",
        "account elsewhere" => "see `placet user upstream-accounts NAME`",
        "registration token" => "see `placet registration-token list`",
        "refused request" => {
            "one appears within a second, and goes after errors.max_age; the log may tell more under the same id; see `placet explain --client CLIENT_ID`"
        }
        _ => return None,
    })
}

/// What changes the one that is there.
fn changes(what: &str) -> Option<&'static str> {
    Some(match what {
        "client" => "change it with `placet client update`",
        "user" => "change it with `placet user update`",
        "resource" => "change it with `placet resource update`",
        _ => return None,
    })
}

impl From<AdminError> for Failure {
    fn from(error: AdminError) -> Self {
        match &error {
            AdminError::Invalid { .. } => Self::usage(error.to_string()),
            AdminError::NotFound { what, .. } => Self::failed(with_next(&error, lists(what))),
            AdminError::AlreadyThere { what, .. } => Self::failed(with_next(&error, changes(what))),
            _ => Self::failed(error.to_string()),
        }
    }
}

impl From<StartError> for Failure {
    fn from(error: StartError) -> Self {
        Self::failed(error.to_string())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::failed(format!("cannot write the answer: {error}"))
    }
}

impl Output {
    /// One JSON value, or its lines for people.
    pub(super) fn print(
        self,
        json: &impl Serialize,
        human: impl FnOnce() -> String,
    ) -> Result<(), Failure> {
        if self.is_json {
            let mut text = serde_json::to_string_pretty(json)
                .map_err(|error| Failure::failed(error.to_string()))?;
            text.push('\n');
            return Ok(write_stdout(&text)?);
        }
        Ok(write_stdout(&human())?)
    }
}

/// Aligned `key: value` lines; what has no value is left out.
pub(super) fn fields(fields: &[(&str, Option<String>)]) -> String {
    let width = fields
        .iter()
        .filter(|(_, value)| value.is_some())
        .map(|(key, _)| key.len())
        .max()
        .unwrap_or_default()
        + 1;
    let mut text = String::new();
    for (key, value) in fields {
        let Some(value) = value else { continue };
        let label = format!("{key}:");
        // Writing to a string does not fail.
        let _ = writeln!(text, "{label:width$} {value}");
    }
    text
}

/// A table with a heading; the last column is as wide as it likes.
pub(super) fn table<const N: usize>(heading: [&str; N], rows: &[[String; N]]) -> String {
    let mut widths = heading.map(str::len);
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = String::new();
    for row in std::iter::once(&heading.map(str::to_uppercase)).chain(rows) {
        let cells: Vec<String> = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell:width$}"))
            .collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// `yes` or `no`.
pub(super) fn yes(is: bool) -> String {
    if is { "yes" } else { "no" }.to_owned()
}

/// An instant to the second.
pub(super) fn instant(at: chrono::DateTime<chrono::Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

/// The values one after another, or nothing.
pub(super) fn joined<T: AsRef<str>>(values: &[T], between: &str) -> Option<String> {
    let values: Vec<&str> = values.iter().map(AsRef::as_ref).collect();
    (!values.is_empty()).then(|| values.join(between))
}

/// Help and version go to stdout; a wrong argument is one line, exit code 2.
pub(super) fn usage(error: &clap::Error) -> ExitCode {
    let text = error.render().to_string();
    if !error.use_stderr() {
        return match write_stdout(&text) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => Failure::from(error).report(),
        };
    }
    if error.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return Failure::usage(missing_subcommand(&text)).report();
    }
    // Paragraphs: the fault, sometimes a tip, then how it is used.
    let paragraphs = text
        .split("\n\n")
        .map(str::trim)
        .take_while(|paragraph| !paragraph.starts_with("Usage:"));
    let fault = paragraphs
        .filter(|paragraph| !paragraph.is_empty())
        .collect::<Vec<_>>()
        .join("; ");
    let fault = fault.strip_prefix("error: ").unwrap_or(&fault);
    let (fault, _) = fault
        .split_once("; For more information")
        .unwrap_or((fault, ""));
    Failure::usage(format!("{fault} (--help tells more)")).report()
}

/// clap prints the whole help there; its usage line is what is needed.
fn missing_subcommand(help: &str) -> String {
    let usage = help
        .lines()
        .find_map(|line| line.strip_prefix("Usage: "))
        .unwrap_or_default();
    format!("a command is missing; usage: {usage} (--help tells more)")
}

/// One line on stderr: what went wrong.
#[expect(clippy::print_stderr, reason = "the one place that reports failures")]
pub(super) fn error(line: &str) {
    let one: Vec<&str> = line.split_whitespace().collect();
    eprintln!("error: {}", one.join(" "));
}

/// One line on stderr: what is done, and may not be what was meant.
#[expect(clippy::print_stderr, reason = "the one place that reports notes")]
pub(super) fn note(line: &str) {
    eprintln!("note: {line}");
}

/// What a server says of itself at start, on stdout; that nobody reads it is no reason to stop.
pub(super) fn banner(lines: &[String]) {
    let _ = write_stdout(&format!("{}\n", lines.join("\n")));
}

/// A text as it is.
pub(super) fn text(text: &str) -> Result<(), Failure> {
    Ok(write_stdout(text)?)
}

/// Unlike `print!`, this does not panic where nobody reads.
pub(super) fn write_stdout(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}
