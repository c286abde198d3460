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
    /// Whether the statement pointed to a row that is gone.
    pub(super) fn is_foreign_key_violation(error: &sqlx::Error) -> bool {
        matches!(error, sqlx::Error::Database(inner) if inner.is_foreign_key_violation())
    }

    /// Whether the statement broke a unique rule.
    pub(super) fn is_unique_violation(error: &sqlx::Error) -> bool {
        matches!(error, sqlx::Error::Database(inner) if inner.is_unique_violation())
    }
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
