//! The database and the secret key under the commands: schema, versions, keys that do not fit; on Postgres too.

use serde_json::json;

use super::Placet;

#[test]
fn migrate_applies_the_schema_and_once_more_changes_nothing() {
    let placet = Placet::new();
    let first = placet.json(&["migrate"]);
    assert_eq!(first["database"], "sqlite://data/placet.db");
    assert!(first["schema_version"].as_i64().unwrap() >= 4);
    assert_eq!(placet.json(&["migrate"]), first);
    assert!(
        !placet.file("data/secret.key").exists(),
        "the schema needs no key"
    );
    let version = &first["schema_version"];
    assert_eq!(
        placet.text(&["migrate"]),
        format!("schema version {version} on sqlite://data/placet.db\n")
    );
}

#[test]
fn without_leave_to_migrate_an_old_schema_is_refused() {
    let placet = Placet::new().with("PLACET_DATABASE__MIGRATE", "false");
    let line = "the database's schema is older than this placet; run `placet migrate` first, or set database.migrate = true";
    placet.refuses(&["scope", "add", "a", "--description", "x"], 1, line);
    placet.json(&["migrate"]);
    placet.json(&["scope", "list"]);
}

#[tokio::test]
async fn a_database_from_a_newer_version_is_left_alone() {
    let placet = Placet::new().with("PLACET_LISTEN", "127.0.0.1:0");
    let known = placet.json(&["migrate"])["schema_version"].clone();
    let url = format!("sqlite://{}", placet.file("data/placet.db").display());
    let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
    let newer = "INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time)
        VALUES (9999, 'from the future', '2030-01-01 00:00:00', TRUE, x'00', 0)";
    sqlx::query(newer).execute(&pool).await.unwrap();
    pool.close().await;
    let line = format!(
        "the database was made by a newer version of placet (schema 9999, this one knows {known}); install that version"
    );
    for arguments in [&["migrate"][..], &["scope", "list"], &["serve"]] {
        placet.refuses(arguments, 1, &line);
    }
    assert!(!placet.file("data/secret.key").exists(), "nothing was made");
}

#[test]
fn a_secret_key_that_does_not_fit_changes_nothing() {
    let placet = Placet::new().with("PLACET_LISTEN", "127.0.0.1:0");
    placet.json(&["migrate"]);
    placet.json(&["scope", "list"]);
    let file = placet.file("data/secret.key");
    let key = std::fs::read(&file).unwrap();
    std::fs::write(&file, "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=\n").unwrap();
    let add = ["scope", "add", "a", "--description", "x"];
    let wrong = "secret_key: it is not the key that this database was made with; give that one, or use an empty database";
    placet.refuses(&add, 1, wrong);
    placet.refuses(&["serve"], 1, wrong);
    std::fs::write(&file, "short\n").unwrap();
    let done = placet.run(&add);
    assert_eq!(
        (done.code, done.stderr.lines().count()),
        (1, 1),
        "{}",
        done.stderr
    );
    assert!(
        done.stderr
            .contains("data/secret.key: not 32 bytes in base64"),
        "{}",
        done.stderr
    );
    std::fs::remove_file(&file).unwrap();
    placet.refuses(
        &add,
        1,
        "cannot read or write data/secret.key: it is missing, and this database was made with it; put it back",
    );
    std::fs::write(&file, key).unwrap();
    assert_eq!(placet.json(&["scope", "list"]).as_array().unwrap().len(), 8);
}

#[cfg(unix)]
#[test]
fn the_secret_key_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let placet = Placet::made();
    placet.json(&["scope", "list"]);
    let mode = std::fs::metadata(placet.file("data/secret.key"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_database_that_cannot_be_opened_is_one_line() {
    let placet = Placet::new();
    std::fs::write(placet.file("data"), "a file where the folder should be").unwrap();
    let done = placet.run(&["scope", "list"]);
    assert_eq!(
        (done.code, done.stdout.as_str(), done.stderr.lines().count()),
        (1, "", 1)
    );
    assert!(
        done.stderr
            .starts_with("error: cannot open the database data/placet.db: "),
        "{}",
        done.stderr
    );
    let done = Placet::on("postgres://nobody@127.0.0.1:1/none").run(&["scope", "list"]);
    assert_eq!(
        (done.code, done.stdout.as_str(), done.stderr.lines().count()),
        (1, "", 1),
        "{}",
        done.stderr
    );
    assert!(
        done.stderr
            .contains("cannot open the database 127.0.0.1:1/none: ")
            && done.stderr.contains("Connection refused"),
        "{}",
        done.stderr
    );
}

#[test]
fn what_only_reads_or_changes_makes_no_database() {
    let placet = Placet::new();
    let place = placet.folder.path().canonicalize().unwrap();
    let line = format!(
        "there is no database {}/data/placet.db; run this in the server's folder, or set database_url (PLACET_DATABASE_URL); `placet serve` makes a new one",
        place.display()
    );
    for arguments in [
        &["client", "list"][..],
        &["user", "disable", "ada"],
        &["key", "rotate"],
        &["key", "rekey"],
        &["audit", "verify"],
        &["explain", "abc"],
        &["export"],
    ] {
        placet.refuses(arguments, 1, &line);
    }
    assert!(!placet.file("data").exists());
    placet.json(&["user", "add", "ada"]);
    assert_eq!(placet.json(&["client", "list"]), json!([]));
}

#[test]
fn many_commands_at_once_make_one_installation() {
    let placet = Placet::new();
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..8)
            .map(|number| {
                let placet = &placet;
                scope.spawn(move || {
                    placet.run(&["scope", "add", &format!("s{number}"), "--description", "x"])
                })
            })
            .collect();
        for run in runs {
            let done = run.join().unwrap();
            assert_eq!((done.code, done.stderr.as_str()), (0, ""));
        }
    });
    assert_eq!(
        placet.json(&["scope", "list"]).as_array().unwrap().len(),
        16
    );
    assert_eq!(placet.json(&["key", "list"]).as_array().unwrap().len(), 2);
    assert_eq!(placet.json(&["user", "list"]), json!([]));
}
