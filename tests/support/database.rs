//! A database for one test, of either kind, and the macro that runs a test on both.

use std::collections::BTreeMap;

use placet::model::secret::Secret;
use placet::storage::{Options, Store};
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, query, query_scalar};
use tempfile::TempDir;

use super::{postgres, skipped};

/// The kinds of database there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

/// A database that belongs to one test and goes when it is dropped.
pub(crate) struct TestDatabase {
    pub(crate) kind: Kind,
    pub(crate) store: Store,
    /// Also for the real binary, as `PLACET_DATABASE_URL`.
    pub(crate) url: String,
    _place: Place,
}

enum Place {
    Folder(#[expect(dead_code, reason = "kept for its drop, which removes the folder")] TempDir),
    Server(
        #[expect(dead_code, reason = "kept for its drop, which drops the database")]
        postgres::Database,
    ),
}

/// Every table of the schema.
pub(crate) const TABLES: [&str; 31] = [
    "activity",
    "audit_chain",
    "audit_events",
    "client_origins",
    "client_secrets",
    "clients",
    "codes",
    "consents",
    "grants",
    "initial_access_tokens",
    "installation",
    "logout_deliveries",
    "mailed_links",
    "managed",
    "outgoing_mails",
    "passkeys",
    "recovery_codes",
    "refused_requests",
    "resources",
    "revoked_tokens",
    "roles",
    "scopes",
    "session_clients",
    "sessions",
    "sign_in_throttles",
    "signing_keys",
    "totps",
    "upstream_accounts",
    "used_assertions",
    "user_roles",
    "users",
];

impl TestDatabase {
    /// With the schema; `None` where this machine has no such database, which is noted.
    pub(crate) async fn new(kind: Kind) -> Option<Self> {
        let database = Self::create(kind, true).await?;
        if kind == Kind::Sqlite {
            database.store.migrate().await.unwrap();
        }
        Some(database)
    }

    /// Without the schema.
    pub(crate) async fn empty(kind: Kind) -> Option<Self> {
        Self::create(kind, false).await
    }

    async fn create(kind: Kind, has_schema: bool) -> Option<Self> {
        let (url, place) = match kind {
            Kind::Sqlite => {
                let folder = tempfile::tempdir().unwrap();
                let url = format!("sqlite://{}/placet.db", folder.path().display());
                (url, Place::Folder(folder))
            }
            Kind::Postgres => match postgres::Database::create(has_schema).await {
                Ok(database) => (database.url.clone(), Place::Server(database)),
                Err(why) => {
                    skipped::record("postgres", &why);
                    return None;
                }
            },
        };
        let store = open(&url).await;
        Some(Self {
            kind,
            store,
            url,
            _place: place,
        })
    }

    /// A second node on the same database.
    pub(crate) async fn another_store(&self) -> Store {
        open(&self.url).await
    }

    /// Runs a statement behind the store's back.
    pub(crate) async fn execute(&self, sql: &'static str) {
        match self.kind {
            Kind::Sqlite => {
                let mut connection = self.sqlite().connect().await.unwrap();
                query(sql).execute(&mut connection).await.unwrap();
            }
            Kind::Postgres => {
                let mut connection = self.postgres().connect().await.unwrap();
                query(sql).execute(&mut connection).await.unwrap();
            }
        }
    }

    /// The number of rows in every table.
    pub(crate) async fn row_counts(&self) -> BTreeMap<&'static str, i64> {
        let mut counts = BTreeMap::new();
        for table in TABLES {
            counts.insert(
                table,
                self.number(format!("SELECT count(*) FROM {table}")).await,
            );
        }
        counts
    }

    /// The rows of one table.
    pub(crate) async fn count(&self, table: &str) -> i64 {
        self.number(format!("SELECT count(*) FROM {table}")).await
    }

    async fn number(&self, sql: String) -> i64 {
        let sql = AssertSqlSafe(sql);
        match self.kind {
            Kind::Sqlite => {
                let mut connection = self.sqlite().connect().await.unwrap();
                query_scalar(sql).fetch_one(&mut connection).await.unwrap()
            }
            Kind::Postgres => {
                let mut connection = self.postgres().connect().await.unwrap();
                query_scalar(sql).fetch_one(&mut connection).await.unwrap()
            }
        }
    }

    /// What a query of one text column says.
    pub(crate) async fn texts(&self, sql: String) -> Vec<String> {
        let sql = AssertSqlSafe(sql);
        match self.kind {
            Kind::Sqlite => {
                let mut connection = self.sqlite().connect().await.unwrap();
                query_scalar(sql).fetch_all(&mut connection).await.unwrap()
            }
            Kind::Postgres => {
                let mut connection = self.postgres().connect().await.unwrap();
                query_scalar(sql).fetch_all(&mut connection).await.unwrap()
            }
        }
    }

    fn sqlite(&self) -> SqliteConnectOptions {
        self.url.parse().unwrap()
    }

    fn postgres(&self) -> PgConnectOptions {
        self.url.parse().unwrap()
    }
}

async fn open(url: &str) -> Store {
    let url = Secret::new(url.to_owned());
    Store::open(&Options {
        url,
        max_connections: 8,
        is_synchronous_full: false,
    })
    .await
    .unwrap()
}

/// Makes each `async fn name(db: TestDatabase) { … }` two tests, `name::sqlite` and `name::postgres`.
///
/// With `empty` before the functions the databases have no schema yet.
macro_rules! on_both {
    (empty $($rest:tt)*) => {
        $crate::support::database::on_both!(@with empty $($rest)*);
    };
    (@with $make:ident $(async fn $name:ident($db:ident: TestDatabase) $body:block)*) => {
        $(mod $name {
            use super::*;

            async fn run($db: $crate::support::database::TestDatabase) $body

            async fn on(kind: $crate::support::database::Kind) {
                if let Some(db) = $crate::support::database::TestDatabase::$make(kind).await {
                    run(db).await;
                }
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn sqlite() {
                on($crate::support::database::Kind::Sqlite).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn postgres() {
                on($crate::support::database::Kind::Postgres).await;
            }
        })*
    };
    ($($rest:tt)*) => {
        $crate::support::database::on_both!(@with new $($rest)*);
    };
}
pub(crate) use on_both;
