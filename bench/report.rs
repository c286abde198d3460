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
    pub(crate) floor: Option<Figures>,
    /// The least share of the floor that we want.
    pub(crate) aim: Option<f64>,
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
    fn ratio(&self) -> Option<f64> {
        let floor = self.floor.as_ref().filter(|floor| floor.per_second > 0.0)?;
        Some(self.figures.per_second / floor.per_second)
    }

    /// For the one who waits.
    pub(crate) fn in_short(&self) -> String {
        let floor = self.floor.as_ref().map_or(0.0, |floor| floor.per_second);
        format!(
            "{:.0}/s, floor {floor:.0}/s, {}",
            self.figures.per_second,
            verdict(self.ratio(), self.aim)
        )
    }

    /// How many times the floor's processor time the server takes; other programs blur it less than they blur the rates.
    fn cpu_ratio(&self) -> Option<f64> {
        let floor = self.floor.as_ref().filter(|floor| floor.cpu_us > 0.0)?;
        Some(self.figures.cpu_us / floor.cpu_us)
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
        let floor = |value: fn(&Figures) -> f64| {
            self.floor
                .as_ref()
                .map_or_else(String::new, |floor| format!("{:.0}", value(floor)))
        };
        [
            self.database.to_owned(),
            self.what.clone(),
            format!("{per_second:.0}"),
            format!("{p50_ms:.2}"),
            format!("{p99_ms:.2}"),
            errors.to_string(),
            format!("{cpu_us:.0}"),
            floor(|floor| floor.per_second),
            floor(|floor| floor.cpu_us),
            self.cpu_ratio()
                .map_or_else(String::new, |ratio| format!("{ratio:.1}×")),
            verdict(self.ratio(), self.aim),
        ]
    }

    fn warnings(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (whose, figures) in [
            ("", Some(&self.figures)),
            ("floor of ", self.floor.as_ref()),
        ] {
            let Some(figures) = figures else { continue };
            let name = format!("{whose}{}, {}", self.what, self.database);
            if let Some(error) = &figures.first_error {
                found.push(format!(
                    "{name}: {} errors, the first: {error}",
                    figures.errors
                ));
            }
            // The floors that measure themselves are their own generator, and meant to be busy.
            let is_driven = whose.is_empty()
                || self.what.starts_with("client")
                || figures.per_second > 20_000.0;
            if is_driven && figures.generator_share > 0.9 {
                found.push(format!("{name}: the load generator was the limit"));
            }
        }
        found
    }
}

fn verdict(ratio: Option<f64>, aim: Option<f64>) -> String {
    let Some(ratio) = ratio else {
        return String::new();
    };
    match aim {
        None => format!("{ratio:.2}"),
        Some(aim) if ratio >= aim => format!("{ratio:.2} ok (≥ {aim:.2})"),
        Some(aim) => format!("{ratio:.2} MISSED (≥ {aim:.2})"),
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

    /// The rate of the floor's statements and the bare HTTP server's answers one after the other: the floor of `code turn`
    /// and `refresh` leaves out the requests and signatures that no server can do without.
    fn whole_floor(&self, row: &Row) -> Option<f64> {
        let bare = |what: &str| {
            let found = self
                .rows
                .iter()
                .find(|other| other.database == row.database && other.what == what);
            Some(1.0 / found?.floor.as_ref()?.per_second)
        };
        let requests = match row.what.as_str() {
            "code turn" => bare("key set")? + bare("client_credentials ES256")?,
            "refresh" => bare("client_credentials ES256")?,
            _ => return None,
        };
        Some(1.0 / (requests + 1.0 / row.floor.as_ref()?.per_second))
            .filter(|rate| rate.is_finite() && *rate > 0.0)
    }

    fn beside_whole_floors(&self) -> Vec<String> {
        let line = |row: &Row| {
            let whole = self.whole_floor(row)?;
            let ratio = row.figures.per_second / whole;
            Some(format!(
                "{}, {}: {ratio:.2} of its statements plus bare HTTP and one signature ({whole:.0}/s)",
                row.what, row.database
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
            all["rows"][index]["whole_floor_per_second"] = self.whole_floor(row).into();
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
        for line in self.beside_whole_floors() {
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
