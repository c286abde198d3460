//! The database's URL: checked at start, and never printed whole, since it may hold a password.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::{Deserialize, Deserializer};
use url::Url;

use crate::model::secret::Secret;

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatabaseKind {
    Sqlite,
    Postgres,
}

/// A `sqlite:` or `postgres:` URL. Prints without its password.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl {
    given: Secret<String>,
    kind: DatabaseKind,
}

impl DatabaseUrl {
    /// Which database.
    pub const fn kind(&self) -> DatabaseKind {
        self.kind
    }

    /// As given, with the password if one is in it.
    pub(super) fn expose(&self) -> &str {
        self.given.expose()
    }

    /// Whether it holds a password already.
    pub(super) fn has_password(&self) -> bool {
        Url::parse(self.expose()).is_ok_and(|url| url.password().is_some())
    }

    /// With this password in it; `None` where there is no place for one: SQLite, or a URL without host or user name.
    pub(super) fn with_password(&self, password: &str) -> Option<Secret<String>> {
        let mut url = Url::parse(self.expose()).ok()?;
        if self.kind == DatabaseKind::Sqlite || url.username().is_empty() {
            return None;
        }
        // The URL crate leaves a percent sign as it is; sqlx would decode it.
        let encoded = utf8_percent_encode(password, NON_ALPHANUMERIC).to_string();
        url.set_password(Some(&encoded)).ok()?;
        Some(Secret::new(url.into()))
    }

    /// As sqlx reads it: what follows `sqlite:` or `sqlite://`, up to a question mark.
    pub(super) fn sqlite_file(&self) -> Option<PathBuf> {
        let rest = self.expose().strip_prefix("sqlite:")?;
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let path = percent_decode_str(path).decode_utf8().ok()?;
        let is_in_memory =
            path == ":memory:" || path.is_empty() || query.split('&').any(|p| p == "mode=memory");
        (!is_in_memory).then(|| PathBuf::from(path.into_owned()))
    }
}

impl FromStr for DatabaseUrl {
    type Err = &'static str;

    /// No fault repeats the URL: it may hold a password.
    fn from_str(given: &str) -> Result<Self, Self::Err> {
        let kind = match given.split_once(':') {
            Some(("sqlite", rest)) if !rest.trim_start_matches('/').is_empty() => {
                DatabaseKind::Sqlite
            }
            Some(("sqlite", _)) => return Err("the URL names no file"),
            Some(("postgres" | "postgresql", _)) => DatabaseKind::Postgres,
            _ => return Err("the URL must begin with sqlite: or postgres:"),
        };
        if kind == DatabaseKind::Postgres && Url::parse(given).is_err() {
            return Err(
                "not a URL; if the password has special characters, percent-encode them or put it into database_password",
            );
        }
        Ok(Self {
            given: Secret::new(given.to_owned()),
            kind,
        })
    }
}

impl Default for DatabaseUrl {
    fn default() -> Self {
        Self {
            given: Secret::new("sqlite://data/placet.db".to_owned()),
            kind: DatabaseKind::Sqlite,
        }
    }
}

impl<'de> Deserialize<'de> for DatabaseUrl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// For people: the URL without password and query.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.kind, Url::parse(self.expose())) {
            (DatabaseKind::Postgres, Ok(mut url)) => {
                // Both fail only on a URL that can hold neither.
                let _is_cut = url.set_password(None).is_ok();
                url.set_query(None);
                f.write_str(url.as_str())
            }
            (DatabaseKind::Postgres, Err(_)) => f.write_str("postgres:"),
            (DatabaseKind::Sqlite, _) => f.write_str(self.expose()),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(given: &str) -> DatabaseUrl {
        given.parse().unwrap()
    }

    #[test]
    fn passwords_are_joined_in_percent_encoded_and_never_shown() {
        let joined = url("postgres://placet@db:5432/placet?sslmode=require")
            .with_password("p@ss/w:rd?#%41")
            .unwrap();
        assert_eq!(
            joined.expose(),
            "postgres://placet:p%40ss%2Fw%3Ard%3F%23%2541@db:5432/placet?sslmode=require"
        );
        let shown = format!("{:?}", url("postgres://u:hunter2@db/x?password=hunter2"));
        assert_eq!(shown, "DatabaseUrl(postgres://u@db/x)");
        for given in ["sqlite://x.db", "postgres://db/x", "postgres:///x"] {
            assert!(url(given).with_password("p").is_none(), "{given}");
        }
        assert!(url("postgresql://u:p@db/x").has_password());
        assert!(!url("postgresql://u@db/x").has_password());
    }

    #[test]
    fn sqlite_files_are_found_as_sqlx_finds_them() {
        let cases = [
            ("sqlite://data/placet.db", Some("data/placet.db")),
            ("sqlite:data/placet.db?mode=rwc", Some("data/placet.db")),
            (
                "sqlite:///var/lib/placet%20x.db",
                Some("/var/lib/placet x.db"),
            ),
            ("sqlite::memory:", None),
            ("sqlite://:memory:", None),
            ("sqlite://x?mode=memory", None),
            ("postgres://db/x", None),
        ];
        for (given, file) in cases {
            assert_eq!(url(given).sqlite_file(), file.map(PathBuf::from), "{given}");
        }
    }
}
