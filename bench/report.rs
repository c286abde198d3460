//! What was found, as a table and as JSON.

use std::fmt::Write as _;

use serde::Serialize;

use crate::host::Host;
use crate::load::Figures;

/// Everything of one run.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    host: Host,
    postgres: Option<String>,
    pub(crate) rows: Vec<Row>,
    pub(crate) facts: Vec<Fact>,
}

/// Something measured, and its floor.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) database: &'static str,
    pub(crate) what: String,
    pub(crate) figures: Figures,
    pub(crate) floor: Figures,
    pub(crate) aims: Aims,
    /// The statements alone, without the HTTP and the signatures that are in the floor.
    pub(crate) statements: Option<Figures>,
}

/// What we want.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Aims {
    /// The least share of the floor's rate.
    rate_at_least: f64,
    /// How many times the floor's processor time the server may take.
    cpu_at_most: Option<f64>,
}

impl Aims {
    pub(crate) const fn rate(rate_at_least: f64) -> Self {
        Self {
            rate_at_least,
            cpu_at_most: None,
        }
    }

    pub(crate) const fn cpu(rate_at_least: f64, cpu_at_most: f64) -> Self {
        Self {
            rate_at_least,
            cpu_at_most: Some(cpu_at_most),
        }
    }
}

/// One number that has no floor.
#[derive(Debug, Serialize)]
pub(crate) struct Fact {
    database: &'static str,
    what: String,
    value: f64,
    unit: &'static str,
    pub(crate) at_most: Option<f64>,
}

impl Fact {
    pub(crate) fn new(database: &'static str, what: &str, unit: &'static str, value: f64) -> Self {
        Self {
            database,
            what: what.to_owned(),
            value,
            unit,
            at_most: None,
        }
    }
}

impl Row {
    fn ratio(&self) -> f64 {
        self.figures.per_second / self.floor.per_second.max(f64::MIN_POSITIVE)
    }

    /// For the one who waits.
    pub(crate) fn in_short(&self) -> String {
        format!(
            "{:.0}/s, floor {:.0}/s, {}; cpu {}",
            self.figures.per_second,
            self.floor.per_second,
            self.rate_verdict(),
            self.cpu_verdict()
        )
    }

    /// How many times the floor's processor time the server takes; other programs blur it less than they blur the rates.
    fn cpu_ratio(&self) -> f64 {
        self.figures.cpu_us / self.floor.cpu_us.max(f64::MIN_POSITIVE)
    }

    fn rate_verdict(&self) -> String {
        let (ratio, aim) = (self.ratio(), self.aims.rate_at_least);
        let word = if ratio >= aim { "ok" } else { "MISSED" };
        format!("{ratio:.2} {word} (≥ {aim:.2})")
    }

    fn cpu_verdict(&self) -> String {
        let ratio = self.cpu_ratio();
        match self.aims.cpu_at_most {
            None => format!("{ratio:.2}×"),
            Some(aim) if ratio <= aim => format!("{ratio:.2}× ok (≤ {aim:.1})"),
            Some(aim) => format!("{ratio:.2}× MISSED (≤ {aim:.1})"),
        }
    }

    fn cells(&self) -> [String; 11] {
        let Figures {
            per_second,
            p50_ms,
            p99_ms,
            errors,
            cpu_us,
            ..
        } = self.figures;
        [
            self.database.to_owned(),
            self.what.clone(),
            format!("{per_second:.0}"),
            format!("{p50_ms:.2}"),
            format!("{p99_ms:.2}"),
            errors.to_string(),
            format!("{cpu_us:.0}"),
            format!("{:.0}", self.floor.per_second),
            format!("{:.0}", self.floor.cpu_us),
            self.cpu_verdict(),
            self.rate_verdict(),
        ]
    }

    fn warnings(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (whose, figures) in [("", &self.figures), ("floor of ", &self.floor)] {
            let name = format!("{whose}{}, {}", self.what, self.database);
            if let Some(error) = &figures.first_error {
                found.push(format!(
                    "{name}: {} errors, the first: {error}",
                    figures.errors
                ));
            }
            // The floor that measures itself is its own generator, and meant to be busy.
            let is_driven = whose.is_empty() || !self.what.starts_with("password");
            if is_driven && figures.generator_share > 0.9 {
                found.push(format!("{name}: the load generator was the limit"));
            }
        }
        found
    }
}

impl Report {
    pub(crate) fn new(host: Host, postgres: Option<String>) -> Self {
        Self {
            host,
            postgres,
            rows: Vec::new(),
            facts: Vec::new(),
        }
    }

    fn beside_statements(&self) -> Vec<String> {
        let line = |row: &Row| {
            let statements = row.statements.as_ref()?;
            let ratio = row.figures.per_second / statements.per_second;
            Some(format!(
                "{}, {}: {ratio:.2} of its statements alone ({:.0}/s, {:.0} µs)",
                row.what, row.database, statements.per_second, statements.cpu_us
            ))
        };
        self.rows.iter().filter_map(line).collect()
    }

    /// Everything, with the ratios.
    pub(crate) fn json(&self) -> serde_json::Result<String> {
        let mut all = serde_json::to_value(self)?;
        for (index, row) in self.rows.iter().enumerate() {
            all["rows"][index]["ratio"] = row.ratio().into();
            all["rows"][index]["cpu_ratio"] = row.cpu_ratio().into();
        }
        serde_json::to_string_pretty(&all)
    }

    pub(crate) fn table(&self) -> String {
        let mut text = self.host.lines().join("\n");
        let postgres = self.postgres.as_deref().unwrap_or("not found");
        let _ = write!(
            text,
            "\nSQLite synchronous=normal · Postgres {postgres}\n\n"
        );
        let head = [
            "database",
            "what",
            "per s",
            "p50 ms",
            "p99 ms",
            "errors",
            "cpu µs",
            "floor/s",
            "its cpu µs",
            "cpu",
            "÷ floor",
        ];
        let mut lines = vec![head.map(str::to_owned)];
        lines.extend(self.rows.iter().map(Row::cells));
        text.push_str(&aligned(&lines, 2));
        for line in self.beside_statements() {
            let _ = writeln!(text, "{line}");
        }
        text.push('\n');
        let mut lines = Vec::new();
        for fact in &self.facts {
            let mark = match fact.at_most {
                None => String::new(),
                Some(most) if fact.value <= most => format!("ok (≤ {most:.0})"),
                Some(most) => format!("MISSED (≤ {most:.0})"),
            };
            lines.push([
                fact.database.to_owned(),
                fact.what.clone(),
                format!("{:.1}", fact.value),
                fact.unit.to_owned(),
                mark,
            ]);
        }
        text.push_str(&aligned(&lines, 2));
        for warning in self.rows.iter().flat_map(Row::warnings) {
            let _ = write!(text, "\n! {warning}");
        }
        text.trim_end().to_owned() + "\n"
    }
}

/// Columns of one width each; the first `words` to the left, and the last; numbers to the right.
fn aligned<const N: usize>(lines: &[[String; N]], words: usize) -> String {
    let width = |column: usize| {
        lines
            .iter()
            .map(|line| line[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..N).map(width).collect();
    let mut text = String::new();
    for line in lines {
        let mut row = String::new();
        for (column, (cell, width)) in line.iter().zip(&widths).enumerate() {
            if column < words || column + 1 == N {
                let _ = write!(row, "{cell:<width$}  ");
            } else {
                let _ = write!(row, "{cell:>width$}  ");
            }
        }
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}
