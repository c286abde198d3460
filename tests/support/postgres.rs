//! A Postgres for the tests, found by itself: `PLACET_TEST_POSTGRES_URL` if set (13 or newer, a role that may create
//! databases), else the server programs of this machine, started once per run in a temporary folder, on a private
//! socket, as an unprivileged user.
//!
//! Each test gets a database of its own, copied from a template that has the schema. A watchdog child stops the server
//! and removes its folder when the test process is gone, by whatever death: then its end of the pipe closes.
//!
//! Most of the time goes into copying files: `TMPDIR=/dev/shm` makes a run faster.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs};

use placet::model::secret::Secret;
use placet::storage::{Options, Store};
use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, query, query_scalar,
};
use tokio::sync::Mutex;
use url::Url;

/// Started by the first test that asks; the reason where there is none.
static SERVER: OnceLock<Result<Server, String>> = OnceLock::new();
static TEMPLATE: Mutex<Option<String>> = Mutex::const_new(None);
static DATABASES: AtomicU32 = AtomicU32::new(0);

const CONFIGURATION: &str = "
listen_addresses = ''
max_connections = 400
fsync = off
full_page_writes = off
synchronous_commit = off
autovacuum = off
shared_buffers = 64MB
log_min_messages = fatal
";

/// Arguments: the server's folder, then the command that stops it.
const WATCHDOG: &str = r#"
folder=$1; shift
cat >/dev/null
"$@"
rm -rf "$folder" || { sleep 2; rm -rf "$folder"; }
"#;

/// A running server. The watchdog's pipe stays open as long as this is kept, which is as long as the process lives.
struct Server {
    url: Url,
    _watchdog: Option<Child>,
}

/// One test's database. Gone when dropped.
pub(crate) struct Database {
    pub(crate) url: String,
    name: String,
}

impl Database {
    /// A new database, with the schema or empty; the reason where there is no Postgres.
    pub(crate) async fn create(has_schema: bool) -> Result<Self, String> {
        let server = server()?;
        let template = if has_schema {
            template(server).await
        } else {
            "template0".to_owned()
        };
        let number = DATABASES.fetch_add(1, Ordering::Relaxed);
        let name = format!("placet_test_{}_{number}", std::process::id());
        let mut admin = connect(server).await;
        run(
            &mut admin,
            format!("CREATE DATABASE {name} TEMPLATE {template}"),
        )
        .await;
        Ok(Self {
            url: server.url_of(&name),
            name,
        })
    }
}

impl Drop for Database {
    /// Drops the database on a thread of its own: the test's runtime is busy with dropping.
    fn drop(&mut self) {
        let Ok(server) = server() else { return };
        let statement = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async { run(&mut connect(server).await, statement).await });
        });
        let _ = dropped.join();
    }
}

impl Server {
    fn url_of(&self, database: &str) -> String {
        let mut url = self.url.clone();
        url.set_path(database);
        url.into()
    }
}

fn server() -> Result<&'static Server, String> {
    SERVER.get_or_init(find).as_ref().map_err(Clone::clone)
}

async fn connect(server: &Server) -> PgConnection {
    let options: sqlx::postgres::PgConnectOptions = server.url.as_str().parse().unwrap();
    options.connect().await.unwrap()
}

async fn run(connection: &mut PgConnection, statement: String) {
    query(AssertSqlSafe(statement))
        .execute(connection)
        .await
        .unwrap();
}

/// The database that all others are copied from, made once for each state of the migrations. On a server that stays
/// it is found again by the next run.
async fn template(server: &Server) -> String {
    let mut made = TEMPLATE.lock().await;
    if let Some(name) = &*made {
        return name.clone();
    }
    let name = format!("placet_template_{:016x}", hash_of_migrations());
    let mut admin = connect(server).await;
    query("SELECT pg_advisory_lock(7015271902)")
        .execute(&mut admin)
        .await
        .unwrap();
    let exists: Option<i32> = query_scalar("SELECT 1 FROM pg_database WHERE datname = $1")
        .bind(&name)
        .fetch_optional(&mut admin)
        .await
        .unwrap();
    if exists.is_none() {
        let half = format!("{name}_half");
        run(
            &mut admin,
            format!("DROP DATABASE IF EXISTS {half} WITH (FORCE)"),
        )
        .await;
        run(
            &mut admin,
            format!("CREATE DATABASE {half} TEMPLATE template0"),
        )
        .await;
        let url = Secret::new(server.url_of(&half));
        let store = Store::open(&Options {
            url,
            max_connections: 1,
            is_synchronous_full: false,
        })
        .await
        .unwrap();
        store.migrate().await.unwrap();
        store.close().await;
        run(
            &mut admin,
            format!("ALTER DATABASE {half} RENAME TO {name}"),
        )
        .await;
    }
    admin.close().await.unwrap();
    *made = Some(name.clone());
    name
}

fn hash_of_migrations() -> u64 {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.hash(&mut hasher);
        fs::read(file).unwrap().hash(&mut hasher);
    }
    hasher.finish()
}

fn find() -> Result<Server, String> {
    if let Ok(url) = env::var("PLACET_TEST_POSTGRES_URL") {
        let url = Url::parse(&url).expect("PLACET_TEST_POSTGRES_URL is a URL");
        return Ok(Server {
            url,
            _watchdog: None,
        });
    }
    let programs = programs()
        .ok_or("neither PLACET_TEST_POSTGRES_URL nor initdb and pg_ctl on this machine")?;
    start(&programs)
}

/// The folder with the newest server programs.
fn programs() -> Option<PathBuf> {
    let on_path = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect::<Vec<_>>();
    let mut installed: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            Some((
                entry.file_name().to_str()?.parse().ok()?,
                entry.path().join("bin"),
            ))
        })
        .collect();
    installed.sort();
    let installed = installed.into_iter().rev().map(|(_, folder)| folder);
    on_path
        .into_iter()
        .chain(installed)
        .find(|bin| bin.join("initdb").is_file() && bin.join("pg_ctl").is_file())
}

fn start(programs: &Path) -> Result<Server, String> {
    let folder = tempfile::Builder::new()
        .prefix("placet-pg-")
        .tempdir_in(short_temp_dir())
        .map_err(|error| error.to_string())?
        .keep();
    let user = unprivileged(&folder)?;
    let (place, data) = (text(&folder), text(&folder.join("data")));
    let (initdb, pg_ctl) = (
        text(&programs.join("initdb")),
        text(&programs.join("pg_ctl")),
    );
    let as_user = |words: &str| {
        let words = words.split(' ').map(|word| match word {
            "INITDB" => initdb.clone(),
            "PG_CTL" => pg_ctl.clone(),
            "DATA" => data.clone(),
            "LOG" => format!("{place}/log"),
            other => other.to_owned(),
        });
        user.iter().cloned().chain(words).collect::<Vec<String>>()
    };
    let watchdog = watch(&folder, &as_user("PG_CTL stop -w -m immediate -D DATA"))?;
    quietly(&as_user(
        "INITDB --no-sync -A trust -U placet -E UTF8 --locale=C -D DATA",
    ))?;
    let configuration = format!("{CONFIGURATION}unix_socket_directories = '{place}'\n");
    fs::write(folder.join("data/postgresql.auto.conf"), configuration)
        .map_err(|error| error.to_string())?;
    quietly(&as_user("PG_CTL start -w -t 60 -D DATA -l LOG"))?;
    let mut url = Url::parse("postgres://placet@localhost:5432/postgres")
        .map_err(|error| error.to_string())?;
    url.query_pairs_mut().append_pair("host", &place);
    Ok(Server {
        url,
        _watchdog: Some(watchdog),
    })
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

/// Starts what stops the server and removes its folder once this process is gone.
fn watch(folder: &Path, stop: &[String]) -> Result<Child, String> {
    Command::new("sh")
        .args(["-c", WATCHDOG, "watchdog"])
        .arg(folder)
        .args(stop)
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // A group of its own: it has to outlive Ctrl-C and `kill -- -group`.
        .process_group(0)
        .spawn()
        .map_err(|error| error.to_string())
}

/// A socket's path has at most 107 bytes (103 on macOS).
fn short_temp_dir() -> PathBuf {
    let folder = env::temp_dir();
    if folder.as_os_str().len() <= 60 {
        folder
    } else {
        PathBuf::from("/tmp")
    }
}

/// Postgres refuses to run as root: gives the folder to `postgres` or `nobody`, and returns what runs a command as them.
fn unprivileged(folder: &Path) -> Result<Vec<String>, String> {
    if id(&["-u"]) != Some(0) {
        return Ok(Vec::new());
    }
    let user = ["postgres", "nobody"]
        .into_iter()
        .find(|user| id(&["-u", user]).is_some())
        .ok_or("run as root, and there is neither a user postgres nor nobody")?;
    let (uid, gid) = (id(&["-u", user]), id(&["-g", user]));
    std::os::unix::fs::chown(folder, uid, gid).map_err(|error| error.to_string())?;
    let number = |id: Option<u32>| id.unwrap_or_default().to_string();
    let ways: [Vec<String>; 2] = [
        [
            "setpriv",
            "--reuid",
            &number(uid),
            "--regid",
            &number(gid),
            "--clear-groups",
        ]
        .map(str::to_owned)
        .into(),
        ["runuser", "-u", user, "--"].map(str::to_owned).into(),
    ];
    let works =
        |way: &Vec<String>| quietly(&[way.as_slice(), &["true".to_owned()]].concat()).is_ok();
    // `su` takes one string for the shell; the words that follow have no blanks in them.
    let su = ["su", user, "-s", "/bin/sh", "-c", "\"$0\" \"$@\"", "--"]
        .map(str::to_owned)
        .into();
    Ok(ways.into_iter().find(works).unwrap_or(su))
}

fn id(arguments: &[&str]) -> Option<u32> {
    let output = Command::new("id")
        .args(arguments)
        .stderr(Stdio::null())
        .output()
        .ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// Runs a command to its end; what it said where it failed.
fn quietly(words: &[String]) -> Result<(), String> {
    let (program, arguments) = words.split_first().ok_or("no command")?;
    let output = Command::new(program)
        .args(arguments)
        .current_dir("/")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{program}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!(
        "{}: {}",
        words.join(" "),
        String::from_utf8_lossy(&output.stderr)
    ))
}
