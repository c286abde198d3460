//! The schema, the installation's own row, and the counter that tells nodes that something was administered.

use std::fs::File;

use chrono::{DateTime, Utc};
use sqlx::migrate::{Migrate, MigrateError, Migrator};
use sqlx::{query, query_as, query_scalar};
use uuid::Uuid;

use super::Result;
use super::db::{Db, Store, Tx, either};
use super::error::{Error, OpenError};

static MIGRATOR: Migrator = sqlx::migrate!("./migrations");

/// The installation: one row, made at the first start.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Installation {
    /// Random; part of what keys are derived from.
    pub id: Uuid,
    /// A value only the right secret key can make; `None` until a key was first used.
    pub secret_key_check: Option<Vec<u8>>,
    /// What hides the ids of people from clients with pairwise subjects, sealed; `None` until one was made.
    pub pairwise_key_sealed: Option<Vec<u8>>,
}

/// How the schema stands against what this binary knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaState {
    /// As this binary wants it.
    Current,
    /// Migrations are pending; an empty database too.
    Older,
}

const REVISION: &str = "SELECT revision FROM installation";
const SETUPS: &str = "SELECT setups FROM installation";
const RAISE_REVISION: &str = "UPDATE installation SET revision = revision + 1";
const FIND: &str = "SELECT id, secret_key_check, pairwise_key_sealed FROM installation";
const INSERT: &str = "INSERT INTO installation (id, revision, setups, created_at)
    SELECT $1, 1, 0, $2 WHERE NOT EXISTS (SELECT 1 FROM installation)";
const SET_CHECK: &str =
    "UPDATE installation SET secret_key_check = $1 WHERE secret_key_check IS NULL";

const UNHURRIED: &str = "SELECT set_config('lock_timeout', '0', false), set_config('idle_in_transaction_session_timeout', '0', false)";
const SET_PAIRWISE_KEY: &str =
    "UPDATE installation SET pairwise_key_sealed = $1 WHERE pairwise_key_sealed IS NULL";

impl Store {
    /// Applies what is missing of the schema. Several processes may do so at once: one works, the others wait.
    pub async fn migrate(&self) -> std::result::Result<(), OpenError> {
        let was_older = self.schema_state().await? == SchemaState::Older;
        self.apply_migrations().await?;
        if was_older {
            self.fill_keys().await?;
        }
        Ok(())
    }

    async fn apply_migrations(&self) -> std::result::Result<(), OpenError> {
        let result = match &self.db {
            Db::Sqlite { write, file, .. } => {
                // sqlx locks Postgres by itself, SQLite not at all. Waiting for a file blocks its thread, which the
                // task that holds the lock may need to go on.
                let file = file.clone();
                let lock = tokio::task::spawn_blocking(move || migration_lock(&file)).await;
                let lock = lock.map_err(|error| OpenError::Migrate(error.to_string()))??;
                let result = MIGRATOR.run(write).await;
                drop(lock);
                result
            }
            Db::Postgres(pool) => {
                let mut connection = pool.acquire().await.map_err(Error::from)?;
                // A migration that fails leaves sqlx's lock with its connection: back in the pool, it would make
                // everyone else wait for ever.
                connection.close_on_drop();
                // Nodes that start at once wait for the one that works, however long that takes.
                query(UNHURRIED)
                    .execute(&mut *connection)
                    .await
                    .map_err(Error::from)?;
                MIGRATOR.run_direct(None, &mut *connection, false).await
            }
        };
        result.map_err(|error| match error {
            MigrateError::VersionMissing(found) => newer(found),
            other => OpenError::Migrate(why_not(&other)),
        })
    }

    /// How the schema stands; an error where the database is from a newer version.
    pub async fn schema_state(&self) -> std::result::Result<SchemaState, OpenError> {
        let applied = match &self.db {
            Db::Sqlite { write, .. } => {
                applied_versions(&mut *write.acquire().await.map_err(Error::from)?).await
            }
            Db::Postgres(pool) => {
                applied_versions(&mut *pool.acquire().await.map_err(Error::from)?).await
            }
        };
        let applied = applied?;
        if let Some(found) = applied
            .iter()
            .copied()
            .find(|version| !MIGRATOR.version_exists(*version))
        {
            return Err(newer(found));
        }
        let is_current = MIGRATOR
            .iter()
            .all(|migration| applied.contains(&migration.version));
        Ok(if is_current {
            SchemaState::Current
        } else {
            SchemaState::Older
        })
    }

    /// The version of the schema that this binary knows.
    pub fn known_schema() -> i64 {
        MIGRATOR
            .iter()
            .map(|migration| migration.version)
            .max()
            .unwrap_or_default()
    }

    /// What the database's clock says; `None` on SQLite, which has ours.
    pub async fn database_time(&self) -> Result<Option<DateTime<Utc>>> {
        match &self.db {
            Db::Sqlite { .. } => Ok(None),
            // The one statement that asks for it: to compare the clocks, nothing is decided by it.
            Db::Postgres(pool) => Ok(Some(
                query_scalar("SELECT clock_timestamp()")
                    .fetch_one(pool)
                    .await?,
            )),
        }
    }

    /// The installation's row, made with `id` if there is none.
    pub async fn installation(&self, id: Uuid, now: DateTime<Utc>) -> Result<Installation> {
        let found: Option<Installation> =
            either!(read self.db, db => query_as(FIND).fetch_optional(db).await)?;
        if let Some(found) = found {
            return Ok(found);
        }
        let mut tx = self.begin_write().await?;
        tx.lock_administration().await?;
        either!(tx &mut tx, db => query(INSERT).bind(id).bind(now).execute(db).await.map(|_| ()))?;
        tx.commit().await?;
        Ok(either!(read self.db, db => query_as(FIND).fetch_one(db).await)?)
    }

    /// Remembers the value that proves the secret key, unless one is remembered.
    pub async fn set_secret_key_check(&self, check: &[u8]) -> Result<()> {
        either!(write self.db, db => query(SET_CHECK).bind(check).execute(db).await.map(|_| ()))?;
        Ok(())
    }

    /// Keeps the key of pairwise subjects, unless one is kept; the one that is.
    pub async fn pairwise_key(&self, sealed: &[u8]) -> Result<Vec<u8>> {
        let mut tx = self.begin_sealing().await?;
        either!(tx &mut tx, db => query(SET_PAIRWISE_KEY).bind(sealed).execute(db).await.map(|_| ()))?;
        let kept: Installation = either!(tx &mut tx, db => query_as(FIND).fetch_one(db).await)?;
        tx.commit().await?;
        kept.pairwise_key_sealed
            .ok_or(Error::Corrupt("installation.pairwise_key_sealed"))
    }

    /// How often somebody was made an administrator: each time ends the set-up links before it.
    pub async fn setups(&self) -> Result<i64> {
        Ok(either!(read self.db, db => query_scalar(SETUPS).fetch_one(db).await)?)
    }

    /// A number that is higher after every administrative change: caches made before are stale.
    pub async fn revision(&self) -> Result<i64> {
        Ok(either!(read self.db, db => query_scalar(REVISION).fetch_one(db).await)?)
    }
}

impl Tx {
    /// Tells every node that something was administered.
    pub(super) async fn raise_revision(&mut self) -> Result<()> {
        either!(tx self, db => query(RAISE_REVISION).execute(db).await.map(|_| ()))?;
        Ok(())
    }
}

fn newer(found: i64) -> OpenError {
    OpenError::Newer {
        found,
        known: Store::known_schema(),
    }
}

async fn applied_versions(
    connection: &mut impl Migrate,
) -> std::result::Result<Vec<i64>, OpenError> {
    let table = "_sqlx_migrations";
    let list = connection.list_applied_migrations(table).await;
    match list {
        Ok(list) => Ok(list
            .into_iter()
            .map(|migration| migration.version)
            .collect()),
        // An empty database has no table of migrations.
        Err(MigrateError::Execute(sqlx::Error::Database(_))) => Ok(Vec::new()),
        Err(error) => Err(OpenError::Migrate(error.to_string())),
    }
}

/// What is wrong, with the mend where it is known: since Postgres 15 only the owner of a database may make tables in it.
fn why_not(error: &MigrateError) -> String {
    let (MigrateError::Execute(cause) | MigrateError::ExecuteMigration(cause, _)) = error else {
        return error.to_string();
    };
    match cause.as_database_error() {
        Some(refused) if refused.code().as_deref() == Some("42501") => format!(
            "{}; make the user of database_url the owner of the database: ALTER DATABASE … OWNER TO …",
            refused.message()
        ),
        _ => error.to_string(),
    }
}

fn migration_lock(file: &std::path::Path) -> std::result::Result<File, OpenError> {
    let place = file.with_extension("lock");
    let cause = |error: std::io::Error| OpenError::Unreachable {
        place: place.display().to_string(),
        cause: error.to_string(),
    };
    let lock = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&place)
        .map_err(cause)?;
    lock.lock().map_err(cause)?;
    Ok(lock)
}
