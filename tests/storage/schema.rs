//! The schema: applied once however often and by however many, and never by an older version.

use std::collections::HashSet;
use std::time::Duration;

use placet::model::secret::Secret;
use placet::random;
use placet::storage::{OpenError, Options, SchemaState, Store};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::build::now;
use crate::support::database::{Kind, TestDatabase, on_both};

/// The number of the newest migration.
fn newest() -> i64 {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let number = |name: &str| {
        name.split('_')
            .next()
            .and_then(|number| number.parse().ok())
    };
    let names = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter_map(|name| number(&name)).max().unwrap()
}

on_both! {
    async fn migrating_again_changes_nothing(db: TestDatabase) {
        let before = db.row_counts().await;
        db.store.migrate().await.unwrap();
        assert_eq!(db.store.schema_state().await.unwrap(), SchemaState::Current);
        assert_eq!(db.row_counts().await, before);
        assert_eq!(db.count("_sqlx_migrations").await, newest());
    }

    async fn a_newer_database_is_left_alone(db: TestDatabase) {
        db.execute(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (9001, 'from the future', TRUE, '', 0)",
        )
        .await;
        let applied = db.count("_sqlx_migrations").await;
        let other = db.another_store().await;
        // Twice, and by two nodes: a refused migration must not keep the lock.
        for store in [&db.store, &other, &db.store] {
            let migrated = timeout(Duration::from_secs(20), store.migrate()).await.expect("no lock was left behind");
            for error in [migrated.unwrap_err(), store.schema_state().await.unwrap_err()] {
                let text = error.to_string();
                assert!(matches!(error, OpenError::Newer { found: 9001, known } if known == newest()), "{text}");
                assert!(text.contains("9001") && text.contains(&newest().to_string()), "{text}");
            }
        }
        assert_eq!(db.count("_sqlx_migrations").await, applied);
        assert!(db.row_counts().await.values().all(|count| *count == 0));
    }

    async fn a_database_behind_by_one_is_older(db: TestDatabase) {
        db.execute("DELETE FROM _sqlx_migrations WHERE version = (SELECT max(version) FROM _sqlx_migrations)").await;
        assert_eq!(db.store.schema_state().await.unwrap(), SchemaState::Older);
    }

    async fn a_migration_that_fails_says_so_and_can_be_tried_again(db: TestDatabase) {
        // The newest is taken for not applied; its tables are there.
        db.execute("DELETE FROM _sqlx_migrations WHERE version = (SELECT max(version) FROM _sqlx_migrations)").await;
        let other = db.another_store().await;
        for store in [&db.store, &other, &db.store] {
            let migrated = timeout(Duration::from_secs(20), store.migrate()).await.expect("no lock was left behind");
            assert!(matches!(migrated.unwrap_err(), OpenError::Migrate(_)));
            assert_eq!(store.schema_state().await.unwrap(), SchemaState::Older);
        }
    }

    async fn one_installation_however_many_start(db: TestDatabase) {
        let other = db.another_store().await;
        let mut tasks = JoinSet::new();
        for number in 0..16 {
            let store = if number % 2 == 0 { db.store.clone() } else { other.clone() };
            tasks.spawn(async move { store.installation(random::uuid(), now()).await.unwrap().id });
        }
        let ids: HashSet<_> = tasks.join_all().await.into_iter().collect();
        assert_eq!(ids.len(), 1);
        assert_eq!(db.count("installation").await, 1);
        assert_eq!(db.store.revision().await.unwrap(), 1);
    }

    async fn the_key_check_is_set_once(db: TestDatabase) {
        let installation = db.store.installation(random::uuid(), now()).await.unwrap();
        assert_eq!(installation.secret_key_check, None);
        db.store.set_secret_key_check(&[0, 1, 255]).await.unwrap();
        db.store.set_secret_key_check(&[9]).await.unwrap();
        let again = db.store.installation(random::uuid(), now()).await.unwrap();
        assert_eq!(again.id, installation.id);
        assert_eq!(again.secret_key_check, Some(vec![0, 1, 255]));
    }

    async fn the_door_says_what_is_behind_it(db: TestDatabase) {
        assert_eq!(db.store.is_postgres(), db.kind == Kind::Postgres);
        db.store.ping().await.unwrap();
        assert_eq!(Store::known_schema(), newest());
        let time = db.store.database_time().await.unwrap();
        assert_eq!(time.is_some(), db.kind == Kind::Postgres);
        let ours = placet::clock::Clock::system().now();
        assert!(time.is_none_or(|theirs| (theirs - ours).abs() < chrono::TimeDelta::seconds(60)), "{time:?}");
        let in_use = db.store.pool_use();
        assert!((1..=8).contains(&in_use.open) && in_use.idle <= 8, "{in_use:?}");
        db.store.close().await;
        assert!(db.store.ping().await.is_err());
    }
}

on_both! {
    empty
    async fn an_empty_database_is_older(db: TestDatabase) {
        assert_eq!(db.store.schema_state().await.unwrap(), SchemaState::Older);
        assert_eq!(db.store.schema_state().await.unwrap(), SchemaState::Older, "asking changes nothing");
        db.store.migrate().await.unwrap();
        assert_eq!(db.store.schema_state().await.unwrap(), SchemaState::Current);
        assert!(db.row_counts().await.values().all(|count| *count == 0), "every table is there");
    }

    async fn many_migrate_at_once(db: TestDatabase) {
        let mut stores = vec![db.store.clone()];
        for _ in 0..3 {
            stores.push(db.another_store().await);
        }
        let mut tasks = JoinSet::new();
        for number in 0..32 {
            let store = stores[number % stores.len()].clone();
            tasks.spawn(async move { store.migrate().await });
        }
        let results = timeout(Duration::from_mins(1), tasks.join_all()).await.expect("they wait, but not for ever");
        for result in results {
            result.unwrap();
        }
        assert_eq!(db.store.schema_state().await.unwrap(), SchemaState::Current);
        assert_eq!(db.count("_sqlx_migrations").await, newest());
    }
}

async fn open(url: &str) -> Result<Store, OpenError> {
    let url = Secret::new(url.to_owned());
    Store::open(&Options {
        url,
        max_connections: 2,
        is_synchronous_full: true,
    })
    .await
}

#[tokio::test]
async fn a_bad_url_is_named_with_examples() {
    for url in [
        "",
        "placet.db",
        "mysql://x/y",
        "sqlite://x?nonsense=1",
        "postgres://[/x",
    ] {
        let error = open(url).await.unwrap_err();
        assert!(matches!(error, OpenError::Url(_)), "{url}: {error}");
        assert!(
            error.to_string().contains("sqlite://data/placet.db"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_database_out_of_reach_is_named_without_password() {
    let error = open("postgres://user:hunter2@127.0.0.1:1/placet")
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("127.0.0.1:1/placet") && !error.contains("hunter2"),
        "{error}"
    );
    let file = tempfile::NamedTempFile::new().unwrap();
    let inside_a_file = format!("sqlite://{}/x.db", file.path().display());
    let error = open(&inside_a_file).await.unwrap_err();
    assert!(
        matches!(&error, OpenError::Unreachable { place, .. } if place.ends_with("x.db")),
        "{error}"
    );
}

#[tokio::test]
async fn the_folder_of_a_sqlite_file_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/a/b/placet.db", folder.path().display());
    let store = open(&url).await.unwrap();
    store.migrate().await.unwrap();
    store.close().await;
    assert!(folder.path().join("a/b/placet.db").is_file());
    let store = open(&url).await.unwrap();
    assert_eq!(store.schema_state().await.unwrap(), SchemaState::Current);
}

// Since Postgres 15 nobody but the owner of a database makes tables in it.
#[tokio::test]
async fn who_may_make_no_tables_is_told_the_mend() {
    let Some(database) = TestDatabase::empty(Kind::Postgres).await else {
        return;
    };
    database
        .execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        .await;
    // A role that every server has, and that owns nothing.
    let mark = if database.url.contains('?') { '&' } else { '?' };
    let store = open(&format!("{}{mark}options[role]=pg_monitor", database.url)).await;
    let error = store.unwrap().migrate().await.unwrap_err().to_string();
    assert_eq!(
        error,
        "cannot bring the database's schema up to date: permission denied for schema public; make the user of database_url the owner of the database: ALTER DATABASE … OWNER TO …"
    );
}
