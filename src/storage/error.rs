//! How storage fails.

/// The database failed; nothing was kept.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The driver's or the database's own word.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A row does not hold what the code writes.
    #[error("the database holds a value that does not fit: {0}")]
    Corrupt(&'static str),
    /// What this process would seal nobody could open.
    #[error(
        "secret_key: it was changed (`placet key rekey`) since this process started; start it again with the new one"
    )]
    SecretKeyChanged,
}

impl Error {
    /// Whether the same may go well in a moment: others had what it needed for too long, or the connection broke.
    pub fn is_passing(&self) -> bool {
        let Self::Database(error) = self else {
            return false;
        };
        match error {
            sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) => true,
            sqlx::Error::Database(inner) => inner.code().is_some_and(|code| is_passing(&code)),
            _ => false,
        }
    }

    #[cfg(test)]
    pub(crate) const fn busy() -> Self {
        Self::Database(sqlx::Error::PoolTimedOut)
    }

    /// Whether two transactions waited for each other, and this one was ended.
    pub(super) fn is_deadlock(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(inner))
            if inner.code().is_some_and(|code| code == "40P01" || code == "40001"))
    }

    /// Whether the statement pointed to a row that is gone.
    pub(super) fn is_foreign_key_violation(error: &sqlx::Error) -> bool {
        matches!(error, sqlx::Error::Database(inner) if inner.is_foreign_key_violation())
    }

    /// Whether the statement broke a unique rule.
    pub(super) fn is_unique_violation(error: &sqlx::Error) -> bool {
        matches!(error, sqlx::Error::Database(inner) if inner.is_unique_violation())
    }
}

/// Postgres: a deadlock, a failed serialization, a lock not available in time, an idle transaction ended, no more connections, the server
/// stops or starts. SQLite: busy, in its extended codes too.
fn is_passing(code: &str) -> bool {
    const SQLITE_BUSY: u32 = 5;
    let of_sqlite = code.parse::<u32>().ok().filter(|_| code.len() < 5);
    matches!(
        code,
        "40P01" | "40001" | "55P03" | "25P03" | "53300" | "57P01" | "57P03"
    ) || of_sqlite.is_some_and(|code| code & 0xff == SQLITE_BUSY)
}

/// Why a database could not be opened or brought up to date: one line with the mend.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("database_url: {0}; examples: sqlite://data/placet.db, postgres://user@host/placet")]
    Url(String),
    #[error("cannot open the database {place}: {cause}")]
    Unreachable {
        /// File or host, without password.
        place: String,
        cause: String,
    },
    #[error(
        "the database was made by a newer version of placet (schema {found}, this one knows {known}); install that version"
    )]
    Newer { found: i64, known: i64 },
    #[error(
        "the database's schema is older than this placet; run `placet migrate` first, or set database.migrate = true"
    )]
    Older,
    #[error("cannot bring the database's schema up to date: {0}")]
    Migrate(String),
    #[error("{0}")]
    Database(#[from] Error),
}
