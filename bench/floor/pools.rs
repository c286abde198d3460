//! Both databases, opened as the server opens them.

use std::str::FromStr as _;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection as _, PgPool, SqlitePool};

use crate::Result;

/// As many as the server has on one core.
const CONNECTIONS: u32 = 8;

#[derive(Clone)]
pub(super) enum Pools {
    Sqlite { read: SqlitePool, write: SqlitePool },
    Postgres(PgPool),
}

/// Runs an expression on either database.
macro_rules! either {
    (read $pools:expr, $name:ident => $body:expr) => {
        match &$pools {
            $crate::floor::pools::Pools::Sqlite { read: $name, .. } => $body,
            $crate::floor::pools::Pools::Postgres($name) => $body,
        }
    };
    (write $pools:expr, $name:ident => $body:expr) => {
        match &$pools {
            $crate::floor::pools::Pools::Sqlite { write: $name, .. } => $body,
            $crate::floor::pools::Pools::Postgres($name) => $body,
        }
    };
}
pub(super) use either;

/// As `src/storage/db.rs` opens them.
pub(super) async fn open(url: &str) -> Result<Pools> {
    if !url.starts_with("sqlite:") {
        let options = PgConnectOptions::from_str(url)?
            .application_name("placet")
            .statement_cache_capacity(200);
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .test_before_acquire(false);
        let pool = pool.before_acquire(|connection, meta| {
            Box::pin(async move {
                Ok(meta.idle_for <= Duration::from_secs(1) || connection.ping().await.is_ok())
            })
        });
        return Ok(Pools::Postgres(pool.connect_with(options).await?));
    }
    let options = SqliteConnectOptions::from_str(url)?
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .statement_cache_capacity(200);
    let pool = || SqlitePoolOptions::new().test_before_acquire(false);
    let write = pool()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.clone())
        .await?;
    let read = pool()
        .max_connections(CONNECTIONS)
        .connect_with(options.pragma("query_only", "ON"))
        .await?;
    Ok(Pools::Sqlite { read, write })
}
