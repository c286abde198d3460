//! A setting that is wrong: one line that names it, says what is the matter, and shows an example.

use std::fmt;

use super::reference::{Kind, Setting, env_name, find};

/// Why the settings cannot be used. Displayed as one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError(String);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}

/// Where a value came from.
#[derive(Clone, Debug)]
pub(super) enum Source {
    File(String),
    Env(String),
}

impl ConfigError {
    pub(super) fn plain(line: &str) -> Self {
        Self(line.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// `source` is `None` for a setting that was not given, where a check finds it at odds with one that was.
    pub(super) fn bad_value(key: &str, source: Option<&Source>, fault: &str) -> Self {
        let place = place(source);
        let example = match find(key) {
            Some(setting) => format!("; for example {}", example(setting, source)),
            None => String::new(),
        };
        Self::plain(&format!("{key}{place}: {fault}{example}"))
    }

    /// The value is as it should be; what is wrong is the file that it names, and no other value would mend that.
    pub(super) fn bad_file(key: &str, source: Option<&Source>, fault: &str) -> Self {
        Self::plain(&format!("{key}{}: {fault}", place(source)))
    }

    /// A key that no setting has.
    pub(super) fn unknown(key: &str, source: &Source) -> Self {
        let named = match source {
            Source::Env(name) => name.clone(),
            Source::File(file) => format!("{key} ({file})"),
        };
        let hint = match super::reference::nearest(key) {
            _ if is_provider(key) => {
                "providers stand in a file of their own: did you mean upstream.file = \"providers.toml\"?".to_owned()
            }
            Some(setting) => format!("did you mean {}?", example(setting, Some(source))),
            None => "placet.example.toml lists them all".to_owned(),
        };
        Self::plain(&format!("{named}: there is no such setting; {hint}"))
    }
}

fn place(source: Option<&Source>) -> String {
    match source {
        Some(Source::Env(name)) => format!(" ({name})"),
        Some(Source::File(file)) => format!(" ({file})"),
        None => String::new(),
    }
}

fn is_provider(key: &str) -> bool {
    let key = key.strip_prefix("upstream.").unwrap_or(key);
    let first = key.split('.').next().unwrap_or_default();
    first == "provider" || first == "providers"
}

/// As one would write it in the place where the faulty value stands.
fn example(setting: &Setting, source: Option<&Source>) -> String {
    match source {
        Some(Source::Env(_)) => format!("{}={}", env_name(setting.key), setting.example),
        _ => format!("{} = {}", setting.key, toml(setting.kind, setting.example)),
    }
}

/// A value in the way of TOML; lists are comma-separated in the reference and in the environment.
pub(super) fn toml(kind: Kind, value: &str) -> String {
    match kind {
        Kind::Number { .. } | Kind::Switch => value.to_owned(),
        Kind::List => {
            let items: Vec<String> = super::values::split_list(value)
                .map(|item| format!("{item:?}"))
                .collect();
            format!("[{}]", items.join(", "))
        }
        _ => format!("{value:?}"),
    }
}
