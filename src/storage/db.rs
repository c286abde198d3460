//! Both databases behind one door: opening, transactions, and the macro that runs one text on either.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, PgPool, Postgres, Sqlite, SqlitePool, Transaction};

use super::Result;
use super::error::OpenError;

/// How to open a database.
#[derive(Debug, Clone)]
pub struct Options {
    /// `sqlite://path` or `postgres://…`; may hold a password, so it is never printed.
    pub url: crate::model::secret::Secret<String>,
    /// At most this many connections: for reading on SQLite, for all on Postgres.
    pub max_connections: u32,
    /// SQLite: wait for the disk at every commit (`synchronous=FULL`) instead of at checkpoints only.
    pub is_synchronous_full: bool,
}

/// Nobody waits for another's lock, or holds one while nothing is heard of them, until everybody waits; where the address or the role sets
/// no other time.
const TIMEOUTS: &str =
    "SELECT set_config('lock_timeout', '5s', false) WHERE current_setting('lock_timeout') = '0';
    SELECT set_config('idle_in_transaction_session_timeout', '30s', false)
    WHERE current_setting('idle_in_transaction_session_timeout') = '0'";

/// The one door to the database. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    pub(super) db: Db,
    /// What proves the secret key of this process, once it is known; see `begin_sealing`.
    pub(super) secret_key_check: Option<[u8; 32]>,
}

/// The two kinds of database.
#[derive(Debug, Clone)]
pub(super) enum Db {
    /// Several connections read, one writes: with more the writers fight for the lock and lose half the speed.
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
        file: PathBuf,
    },
    Postgres(PgPool),
}

/// A write transaction on either.
pub(super) enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// Connections at work and at rest, for `/metrics`.
#[derive(Debug, Clone, Copy)]
pub struct PoolUse {
    pub open: u32,
    pub idle: usize,
}

/// Runs one expression on whichever database it is: `either!(read self.db, db => query(SQL).fetch_one(db).await)`.
macro_rules! either {
    (read $db:expr, $name:ident => $body:expr) => {
        match &$db {
            $crate::storage::db::Db::Sqlite { read: $name, .. } => $body,
            $crate::storage::db::Db::Postgres($name) => $body,
        }
    };
    (write $db:expr, $name:ident => $body:expr) => {
        match &$db {
            $crate::storage::db::Db::Sqlite { write: $name, .. } => $body,
            $crate::storage::db::Db::Postgres($name) => $body,
        }
    };
    (tx $tx:expr, $name:ident => $body:expr) => {
        match $tx {
            $crate::storage::db::Tx::Sqlite(tx) => {
                let $name = &mut **tx;
                $body
            }
            $crate::storage::db::Tx::Postgres(tx) => {
                let $name = &mut **tx;
                $body
            }
        }
    };
}
pub(super) use either;

/// Does a verb once more where it and another waited for each other: nothing of it was kept.
macro_rules! anew {
    ($verb:expr) => {
        match $verb.await {
            Err(error) if error.is_deadlock() => $verb.await,
            done => done,
        }
    };
}
pub(super) use anew;

impl Store {
    /// Opens the database; on SQLite makes the folder and the file. Applies no schema.
    pub async fn open(options: &Options) -> std::result::Result<Self, OpenError> {
        let url = options.url.expose();
        let db = if url.starts_with("sqlite:") {
            open_sqlite(options).await?
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            open_postgres(options).await?
        } else {
            return Err(OpenError::Url(
                "it starts with neither sqlite: nor postgres:".to_owned(),
            ));
        };
        Ok(Self {
            db,
            secret_key_check: None,
        })
    }

    /// Whether it is Postgres: several nodes may share it.
    pub const fn is_postgres(&self) -> bool {
        matches!(self.db, Db::Postgres(_))
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        either!(read self.db, db => sqlx::query("SELECT 1").execute(db).await.map(|_| ()))?;
        Ok(())
    }

    /// Connections open and idle.
    pub fn pool_use(&self) -> PoolUse {
        either!(read self.db, db => PoolUse { open: db.size(), idle: db.num_idle() })
    }

    /// Closes every connection; on SQLite the log is folded into the file.
    pub async fn close(&self) {
        match &self.db {
            Db::Sqlite { read, write, .. } => {
                read.close().await;
                write.close().await;
            }
            Db::Postgres(pool) => pool.close().await,
        }
    }

    pub(super) async fn begin_write(&self) -> Result<Tx> {
        Ok(match &self.db {
            // A deferred transaction that reads first and then writes fails at once with "database is locked",
            // whatever the busy timeout: the lock has to be taken at the start.
            Db::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Db::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }
}

impl Tx {
    pub(super) async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

async fn open_sqlite(options: &Options) -> std::result::Result<Db, OpenError> {
    let url = options.url.expose();
    let connect =
        SqliteConnectOptions::from_str(url).map_err(|error| OpenError::Url(error.to_string()))?;
    let file = connect.get_filename().to_path_buf();
    if let Some(folder) = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        make_folder(folder).map_err(|error| unreachable_file(&file, &error))?;
    }
    make_file(&file).map_err(|error| unreachable_file(&file, &error))?;
    let synchronous = if options.is_synchronous_full {
        SqliteSynchronous::Full
    } else {
        SqliteSynchronous::Normal
    };
    let connect = connect
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(synchronous)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .statement_cache_capacity(200);
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(connect.clone())
        .await
        .map_err(|error| unreachable_file(&file, &error))?;
    let read = SqlitePoolOptions::new()
        .max_connections(options.max_connections)
        .test_before_acquire(false)
        .connect_with(connect.pragma("query_only", "ON"))
        .await
        .map_err(|error| unreachable_file(&file, &error))?;
    Ok(Db::Sqlite { read, write, file })
}

/// Makes the folder, for its owner's eyes alone: password hashes will lie there. One that exists stays as it is.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Makes the file, for its owner's eyes alone; what SQLite puts beside it takes after it. One that exists stays as it is.
fn make_file(file: &Path) -> std::io::Result<()> {
    let mut options = std::fs::File::options();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

fn unreachable_file(file: &Path, cause: &dyn std::error::Error) -> OpenError {
    OpenError::Unreachable {
        place: file.display().to_string(),
        cause: cause.to_string(),
    }
}

async fn open_postgres(options: &Options) -> std::result::Result<Db, OpenError> {
    let connect = PgConnectOptions::from_str(options.url.expose())
        .map_err(|error| OpenError::Url(error.to_string()))?;
    let place = format!(
        "{}:{}/{}",
        connect.get_host(),
        connect.get_port(),
        connect.get_database().unwrap_or("(the user's own)")
    );
    let connect = connect
        .application_name("placet")
        .statement_cache_capacity(200);
    let pool = PgPoolOptions::new()
        .max_connections(options.max_connections)
        .acquire_timeout(Duration::from_secs(10))
        // A ping before every use costs 3 to 8 %; a connection that has rested may have died with its server.
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for > Duration::from_secs(1) {
                    return Ok(connection.ping().await.is_ok());
                }
                Ok(true)
            })
        })
        .after_connect(|connection, _| {
            Box::pin(async move {
                sqlx::raw_sql(TIMEOUTS).execute(connection).await?;
                Ok(())
            })
        })
        .connect_with(connect.clone())
        .await;
    match pool {
        Ok(pool) => Ok(Db::Postgres(pool)),
        Err(error) => Err(OpenError::Unreachable {
            place,
            cause: why_unreachable(&connect, error).await,
        }),
    }
}

/// The pool tries again until its time is over, and then says that alone: one attempt more tells the cause.
async fn why_unreachable(connect: &PgConnectOptions, error: sqlx::Error) -> String {
    if !matches!(error, sqlx::Error::PoolTimedOut) {
        return error.to_string();
    }
    match tokio::time::timeout(Duration::from_secs(2), connect.connect()).await {
        Ok(Err(cause)) => cause.to_string(),
        Ok(Ok(_)) => error.to_string(),
        Err(_) => "it does not answer".to_owned(),
    }
}
