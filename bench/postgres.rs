//! A Postgres of our own, as initdb makes it (every commit reaches the disk), on the server's core and a private socket.

use std::fs;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, PgConnection,
    postgres::PgConnectOptions,
};
use tempfile::TempDir;
use url::Url;

use crate::Result;
use crate::host::{Host, Process};

/// Settings that are not initdb's.
const CONFIGURATION: &str = "listen_addresses = ''\nlog_min_messages = fatal\n";

pub(crate) struct Postgres {
    url: Url,
    pub(crate) version: String,
    // Before the folder: fields are dropped in order.
    _process: Process,
    _folder: TempDir,
}

impl Postgres {
    /// `None` where there are no server programs on this machine.
    pub(crate) async fn start(host: &Host) -> Result<Option<Self>> {
        let Some(programs) = programs() else {
            return Ok(None);
        };
        let folder = tempfile::Builder::new()
            .prefix("placet-bench-pg-")
            .tempdir()?;
        let user = unprivileged(folder.path())?;
        let data = folder.path().join("data");
        let mut initdb = Command::new("setpriv");
        initdb.args(&user).arg("--").arg(programs.join("initdb"));
        initdb
            .args([
                "--no-sync",
                "-A",
                "trust",
                "-U",
                "placet",
                "-E",
                "UTF8",
                "--locale=C",
                "-D",
            ])
            .arg(&data);
        let made = initdb.current_dir("/").stdin(Stdio::null()).output()?;
        if !made.status.success() {
            return Err(format!("initdb: {}", String::from_utf8_lossy(&made.stderr)).into());
        }
        let socket = folder.path().display();
        fs::write(
            data.join("postgresql.auto.conf"),
            format!("{CONFIGURATION}unix_socket_directories = '{socket}'\n"),
        )?;
        let mut command = host.pinned("setpriv");
        // The order to die with the parent is lost with the change of the user, so it is given after that.
        command
            .args(&user)
            .args(["--pdeathsig", "QUIT", "--"])
            .arg(programs.join("postgres"))
            .arg("-D")
            .arg(&data);
        let log = fs::File::create(folder.path().join("log"))?;
        command
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log);
        let process = Process::start(&mut command, "QUIT")?;
        let mut url = Url::parse("postgres://placet@localhost:5432/postgres")?;
        url.query_pairs_mut()
            .append_pair("host", &socket.to_string());
        let mut server = Self {
            url,
            version: String::new(),
            _process: process,
            _folder: folder,
        };
        server.version = server.wait().await?;
        Ok(Some(server))
    }

    async fn wait(&self) -> Result<String> {
        let until = Instant::now() + Duration::from_secs(30);
        loop {
            match self.connect().await {
                Ok(mut connection) => {
                    let version: String = sqlx::query_scalar("SHOW server_version")
                        .fetch_one(&mut connection)
                        .await?;
                    connection.close().await?;
                    return Ok(version);
                }
                Err(error) if Instant::now() > until => {
                    return Err(format!("Postgres does not start: {error}").into());
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    }

    async fn connect(&self) -> Result<PgConnection> {
        let options: PgConnectOptions = self.url.as_str().parse()?;
        Ok(options.connect().await?)
    }

    /// A new, empty database; its URL.
    pub(crate) async fn create(&self, name: &str) -> Result<String> {
        let mut connection = self.connect().await?;
        connection
            .execute(AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .await?;
        connection.close().await?;
        let mut url = self.url.clone();
        url.set_path(name);
        Ok(url.into())
    }
}

/// The folder with the newest server programs; Debian keeps them out of PATH.
fn programs() -> Option<PathBuf> {
    let on_path =
        std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect::<Vec<_>>();
    let installed = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut installed: Vec<(u32, PathBuf)> = installed
        .filter_map(|entry| {
            Some((
                entry.file_name().to_str()?.parse().ok()?,
                entry.path().join("bin"),
            ))
        })
        .collect();
    installed.sort();
    let newest_first = installed.into_iter().rev().map(|(_, folder)| folder);
    newest_first
        .chain(on_path)
        .find(|bin| bin.join("initdb").is_file() && bin.join("postgres").is_file())
}

/// Postgres refuses to run as root: gives the folder to another user, and returns how `setpriv` becomes them.
fn unprivileged(folder: &Path) -> Result<Vec<String>> {
    if id(&["-u"]) != Some(0) {
        return Ok(Vec::new());
    }
    let user = ["postgres", "nobody"]
        .into_iter()
        .find(|user| id(&["-u", user]).is_some());
    let user = user.ok_or("run as root, and there is neither a user postgres nor nobody")?;
    let (uid, gid) = (
        id(&["-u", user]).unwrap_or_default(),
        id(&["-g", user]).unwrap_or_default(),
    );
    chown(folder, Some(uid), Some(gid))?;
    let words = [
        "--reuid",
        &uid.to_string(),
        "--regid",
        &gid.to_string(),
        "--clear-groups",
    ];
    Ok(words.map(str::to_owned).into())
}

fn id(arguments: &[&str]) -> Option<u32> {
    let output = Command::new("id")
        .args(arguments)
        .stderr(Stdio::null())
        .output()
        .ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}
