//! Reads the settings: defaults, then `placet.toml` (or the file that was named), then the environment.
//!
//! 1. What was given is put into one table, by key, with where it came from. A key that is no setting stops here.
//! 2. Settings that name a file of a secret are replaced by what the file holds.
//! 3. Each value is checked against the reference, then all are read into [`Config`], then looked at together.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use config::{FileFormat, Value, ValueKind};

use super::error::{ConfigError, Source};
use super::reference::{Kind, find, is_section, reference};
use super::{Config, branding, check, upstream, values};

const FILE: &str = "placet.toml";

/// Where settings come from. The process's own: [`LoadOptions::from_process`].
#[derive(Clone, Debug, Default)]
pub struct LoadOptions {
    /// `--config`; it must exist. Else the file that `PLACET_CONFIG` names, else `placet.toml` in the working folder if there is one.
    pub file: Option<PathBuf>,
    /// Environment variables: all of them, those of others are passed over.
    pub env: Vec<(String, String)>,
}

impl LoadOptions {
    /// The environment of this process. What is not Unicode is read with replacement characters.
    pub fn from_process(file: Option<PathBuf>) -> Self {
        let text = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
        let env = std::env::vars_os()
            .map(|(name, value)| (text(name), text(value)))
            .collect();
        Self { file, env }
    }

    fn env(&self, name: &str) -> Option<&str> {
        let found = self.env.iter().find(|(its_name, _)| its_name == name);
        found
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }
}

type Given = BTreeMap<String, (Value, Source)>;

/// Reads and checks all settings. The error is one line for the person who wrote them.
pub fn load(options: &LoadOptions) -> Result<Config, ConfigError> {
    load_from(Path::new(""), options)
}

/// `folder`: where `placet.toml` is looked for.
pub(super) fn load_from(folder: &Path, options: &LoadOptions) -> Result<Config, ConfigError> {
    let file = options
        .file
        .clone()
        .or_else(|| options.env("PLACET_CONFIG").map(PathBuf::from))
        .or_else(|| Some(folder.join(FILE)).filter(|file| file.exists()));
    let mut given = match file {
        Some(file) => from_file(&file)?,
        None => Given::new(),
    };
    overlay(&mut given, from_env(options)?);
    read_secret_files(&mut given)?;
    build(given)
}

/// The environment's form of a secret (itself or a file of it) replaces either form in the file.
fn overlay(given: &mut Given, env: Given) {
    for (key, entry) in env {
        given.remove(&format!("{key}_file"));
        if let Some(secret) = key.strip_suffix("_file") {
            given.remove(secret);
        }
        given.insert(key, entry);
    }
}

fn from_file(file: &Path) -> Result<Given, ConfigError> {
    let shown = file.display().to_string();
    let text = std::fs::read_to_string(file)
        .map_err(|error| ConfigError::plain(&format!("{shown}: cannot be read: {error}")))?;
    let table = config::Config::builder()
        .add_source(config::File::from_str(&text, FileFormat::Toml))
        .build()
        .and_then(|built| built.cache.into_table())
        .map_err(|error| ConfigError::plain(&format!("{shown}: {}", syntax_fault(&error))))?;
    let mut given = Given::new();
    for (key, value) in table {
        flatten(key, value, &Source::File(shown.clone()), &mut given)?;
    }
    refuse_pairs(&given)?;
    Ok(given)
}

/// The parser's message spans lines and quotes the text, which may be a secret: its first line has the place, its last the fault.
fn syntax_fault(error: &config::ConfigError) -> String {
    let text = match error {
        config::ConfigError::FileParse { cause, .. } => cause.to_string(),
        _ => error.to_string(),
    };
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let place = lines.next().unwrap_or_default();
    match lines.next_back() {
        Some(fault) => format!("{place}: {fault}"),
        None => place.to_owned(),
    }
}

fn flatten(
    key: String,
    value: Value,
    source: &Source,
    given: &mut Given,
) -> Result<(), ConfigError> {
    if is_section(&key) {
        let ValueKind::Table(table) = value.kind else {
            let fault = format!("is a section; write its settings under [{key}]");
            return Err(ConfigError::bad_value(&key, Some(source), &fault));
        };
        for (name, value) in table {
            flatten(format!("{key}.{name}"), value, source, given)?;
        }
        return Ok(());
    }
    if find(&key).is_some() {
        given.insert(key, (value, source.clone()));
        return Ok(());
    }
    // In a section that does not exist, the settings themselves give the better hint.
    let inner = match value.kind {
        ValueKind::Table(table) => table.into_iter().next(),
        _ => None,
    };
    match inner {
        Some((name, value)) => flatten(format!("{key}.{name}"), value, source, given),
        None => Err(ConfigError::unknown(&key, source)),
    }
}

fn from_env(options: &LoadOptions) -> Result<Given, ConfigError> {
    let mut given = Given::new();
    for (name, text) in &options.env {
        let Some(rest) = name.strip_prefix("PLACET_") else {
            continue;
        };
        let is_not_ours = matches!(rest, "BIN" | "CONFIG") || rest.starts_with("TEST_");
        if is_not_ours {
            continue;
        }
        let key = rest.to_ascii_lowercase().replace("__", ".");
        let source = Source::Env(name.clone());
        let setting = find(&key).ok_or_else(|| ConfigError::unknown(&key, &source))?;
        if text.is_empty() {
            continue;
        }
        let value = if setting.kind == Kind::List {
            Value::from(
                values::split_list(text)
                    .map(Value::from)
                    .collect::<Vec<_>>(),
            )
        } else {
            Value::from(text.as_str())
        };
        given.insert(key, (value, source));
    }
    let has_url = given.contains_key("database_url") || given.contains_key("database_url_file");
    if let (false, Some(url)) = (has_url, options.env("DATABASE_URL")) {
        let source = Source::Env("DATABASE_URL".to_owned());
        given.insert("database_url".to_owned(), (Value::from(url), source));
    }
    refuse_pairs(&given)?;
    Ok(given)
}

/// A secret and the file of it, both in one place: one of them would be silently ignored.
fn refuse_pairs(given: &Given) -> Result<(), ConfigError> {
    for (key, (_, source)) in given {
        let file = format!("{key}_file");
        if given.contains_key(&file) {
            let fault = format!("is given, and so is {file}; give one of the two");
            return Err(ConfigError::bad_value(key, Some(source), &fault));
        }
    }
    Ok(())
}

fn read_secret_files(given: &mut Given) -> Result<(), ConfigError> {
    let secrets = reference()
        .iter()
        .filter(|setting| setting.kind == Kind::Secret);
    for secret in secrets {
        let key = format!("{}_file", secret.key);
        let Some((value, source)) = given.remove(&key) else {
            continue;
        };
        let failed = |fault: String| ConfigError::bad_file(&key, Some(&source), &fault);
        let is_no_path =
            || ConfigError::bad_value(&key, Some(&source), "must be the path of a file");
        let file = text_of(&value).ok_or_else(is_no_path)?;
        let text = std::fs::read_to_string(&file)
            .map_err(|error| failed(format!("{file:?} cannot be read: {error}")))?;
        let text = text.strip_suffix('\n').unwrap_or(&text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        if text.is_empty() {
            return Err(failed(format!("{file:?} is empty")));
        }
        given.insert(secret.key.to_owned(), (Value::from(text), source.clone()));
    }
    Ok(())
}

/// A single value as text.
fn text_of(value: &Value) -> Option<String> {
    match &value.kind {
        ValueKind::Nil | ValueKind::Table(_) | ValueKind::Array(_) => None,
        _ => value.clone().into_string().ok(),
    }
}

fn build(given: Given) -> Result<Config, ConfigError> {
    let mut builder = config::Config::builder();
    let mut sources = BTreeMap::new();
    for (key, (value, source)) in given {
        if let Some(fault) = find(&key).and_then(|it| check::fault(it, text_of(&value).as_deref()))
        {
            return Err(ConfigError::bad_value(&key, Some(&source), &fault));
        }
        builder = builder
            .set_override(key.as_str(), value)
            .map_err(|error| ConfigError::plain(&error.to_string()))?;
        sources.insert(key, source);
    }
    let built = builder
        .build()
        .map_err(|error| ConfigError::plain(&error.to_string()))?;
    let mut config: Config = serde_path_to_error::deserialize(built).map_err(|error| {
        let path = error.path().to_string();
        let key = path.split('[').next().unwrap_or_default();
        ConfigError::bad_value(key, sources.get(key), &type_fault(error.inner()))
    })?;
    let together = check::contradiction(&config, |key| sources.contains_key(key));
    let together = together.map(|(key, fault)| (key, fault.to_owned()));
    let together = together.or_else(|| branding::fault(&config));
    if let Some((key, fault)) = together {
        return Err(ConfigError::bad_value(key, sources.get(key), &fault));
    }
    match upstream::load(&mut config) {
        Err((key, fault)) => Err(ConfigError::bad_file(key, sources.get(key), &fault)),
        Ok(()) => Ok(config),
    }
}

fn type_fault(error: &config::ConfigError) -> String {
    match error {
        config::ConfigError::Message(text) => text.clone(),
        config::ConfigError::At { error, .. } => type_fault(error),
        // Not the value: it may be a secret.
        config::ConfigError::Type { expected, .. } => format!("must be {expected}"),
        _ => error.to_string(),
    }
}
