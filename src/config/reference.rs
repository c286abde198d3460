//! The reference of settings: what each is for, its default, bounds and example. `load` checks given values against it, and the
//! example file and the settings page are made from it.

use super::error::toml;
use super::reference_table::SETTINGS;

/// One setting.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// As in `placet.toml`, with its section: `tokens.access_ttl`.
    pub key: &'static str,
    /// `None` where nothing is set unless it is given. Lists are comma-separated.
    pub default: Option<&'static str>,
    /// A value that would be good.
    pub example: &'static str,
    /// What values it takes.
    pub kind: Kind,
    /// What it is for, in one or two sentences.
    pub help: &'static str,
}

/// What values a setting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// Text that is not shown. A setting of the same name with `_file` at its end reads it from a file.
    Secret,
    /// A humantime string, `min` to `max`.
    Duration {
        /// The least.
        min: &'static str,
        /// The most.
        max: &'static str,
    },
    /// A whole number, `min` to `max`.
    Number {
        /// The least.
        min: u64,
        /// The most.
        max: u64,
    },
    /// `true` or `false`.
    Switch,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A list of texts; comma-separated in the environment.
    List,
}

impl Setting {
    /// The environment variable: `PLACET_TOKENS__ACCESS_TTL`.
    pub fn env(&self) -> String {
        env_name(self.key)
    }
}

/// Every setting, those without a section first, else section by section.
pub fn reference() -> &'static [Setting] {
    SETTINGS
}

/// The text of `placet.example.toml`: every setting with its help and default, each one commented out.
pub fn example_toml() -> String {
    let mut text = String::from(
        "# Settings of Placet, each with its default. Copy this file to placet.toml in the working folder (or name it with --config)\n\
         # and take the # off the lines that you change. The environment comes before the file: PLACET_ and the key in upper case,\n\
         # with __ for the dot, such as PLACET_TOKENS__ACCESS_TTL=5m; lists are comma-separated there, and an empty variable\n\
         # counts as not set. Paths that do not begin with / count from the working folder. Lines whose value is no default say so.\n",
    );
    let mut section = "";
    for setting in SETTINGS {
        let (its_section, name) = setting.key.rsplit_once('.').unwrap_or(("", setting.key));
        if its_section != section {
            section = its_section;
            text.extend(["\n[", section, "]\n"]);
        }
        text.push('\n');
        let no_default = if setting.default.is_some() {
            ""
        } else {
            " Not set by default."
        };
        text.push_str(&wrap(&format!(
            "{}{no_default}{}",
            setting.help,
            bounds(setting.kind)
        )));
        let value = toml(setting.kind, setting.default.unwrap_or(setting.example));
        text.extend(["#", name, " = ", &value, "\n"]);
    }
    text
}

fn bounds(kind: Kind) -> String {
    match kind {
        Kind::Duration { min, max } => format!(" {min} to {max}."),
        Kind::Number { min, max } => format!(" {min} to {max}."),
        Kind::Choice(words) => format!(" One of: {}.", words.join(", ")),
        Kind::Text | Kind::Secret | Kind::Switch | Kind::List => String::new(),
    }
}

/// Comment lines of at most 120 characters.
fn wrap(text: &str) -> String {
    let mut lines = String::from("#");
    let mut width = 1;
    for word in text.split_whitespace() {
        if width + 1 + word.len() > 120 {
            lines.push_str("\n#");
            width = 1;
        }
        lines.extend([" ", word]);
        width += 1 + word.len();
    }
    lines.push('\n');
    lines
}

pub(super) fn find(key: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.key == key)
}

pub(super) fn env_name(key: &str) -> String {
    format!("PLACET_{}", key.to_ascii_uppercase().replace('.', "__"))
}

/// Whether some setting has this section.
pub(super) fn is_section(name: &str) -> bool {
    let begins_so = |key: &str| {
        key.split_once('.')
            .is_some_and(|(section, _)| section == name)
    };
    SETTINGS.iter().any(|setting| begins_so(setting.key))
}

/// The setting that was probably meant: the right name in another section, or a few letters off.
pub(super) fn nearest(key: &str) -> Option<&'static Setting> {
    let key = key.to_lowercase();
    let last = |key: &str| key.rsplit('.').next().unwrap_or_default().to_owned();
    let same_name = SETTINGS
        .iter()
        .find(|setting| last(setting.key) == last(&key));
    let closest = SETTINGS
        .iter()
        .map(|setting| (distance(setting.key, &key), setting))
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, setting)| *distance <= (setting.key.len() / 4).clamp(1, 4));
    closest.map(|(_, setting)| setting).or(same_name)
}

/// How many letters must be put in, taken out or replaced to make one of the other (Levenshtein).
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (j, b) in to.iter().enumerate() {
            let cost = (left + 1)
                .min(row[j + 1] + 1)
                .min(diagonal + usize::from(a != *b));
            diagonal = row[j + 1];
            row[j] = left;
            left = cost;
        }
        row[to.len()] = left;
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_count_letters() {
        let cases = [
            ("", "", 0),
            ("a", "", 1),
            ("", "abc", 3),
            ("kitten", "sitting", 3),
            ("listen", "listn", 1),
            ("ab", "ba", 2),
        ];
        for (from, to, expected) in cases {
            assert_eq!(distance(from, to), expected, "{from} {to}");
            assert_eq!(distance(to, from), expected, "{to} {from}");
        }
    }
}
