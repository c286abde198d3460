//! The real binary as a child process, with everything that it says kept in a file; and its database, seeded from here.

use std::fs::File;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use placet::admin::clients::{self, NewClient};
use placet::admin::users::{self, NewUser};
use placet::app::App;
use placet::clock::Clock;
use placet::config::Config;
use placet::identity::Identity;
use placet::model::secret::Secret;

use super::server::PASSWORD;
use super::{Client, TestServer};
use crate::support::database::TestDatabase;

const SECRET_KEY: [u8; 32] = [9; 32];

/// A server in a process of its own. Dropped, it is killed.
pub(crate) struct Process {
    pub url: String,
    /// What it and its predecessors wrote to stdout and stderr.
    pub log: PathBuf,
    child: Child,
}

/// One installation: a database, and a folder for logs. Servers come and go.
pub(crate) struct Installation {
    pub database: TestDatabase,
    pub folder: tempfile::TempDir,
    pub app: Arc<App>,
    identity: Identity,
    /// The address and the issuer of every server, one after the other.
    pub url: String,
}

impl Installation {
    pub(crate) async fn new(database: TestDatabase) -> Self {
        // Free now; taken by the child in a moment.
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let url = format!("http://127.0.0.1:{port}");
        let mut config = Config {
            issuer: url.parse().unwrap(),
            database_url: database.url.parse().unwrap(),
            secret_key: Some(Secret::new(SECRET_KEY)),
            ..Config::default()
        };
        config.database.max_connections = 2;
        config.password_hash.memory_kib = 64;
        config.password_hash.iterations = 1;
        let identity = Identity::new(&config).unwrap();
        let app = Arc::new(App::start(config, Clock::system()).await.unwrap());
        Self {
            database,
            folder: tempfile::tempdir().unwrap(),
            app,
            identity,
            url,
        }
    }

    pub(crate) async fn add_user(&self, username: &str) {
        let password = Some(Secret::new(PASSWORD.to_owned()));
        let new = NewUser {
            username: username.to_owned(),
            password,
            ..NewUser::default()
        };
        users::add(&self.app, &self.identity.passwords, &TestServer::by(), new)
            .await
            .unwrap();
    }

    pub(crate) async fn add_client(&self, new: NewClient) -> Client {
        let made = clients::add(&self.app, &TestServer::by(), new)
            .await
            .unwrap();
        Client::of(&self.url, &made)
    }

    /// Starts the binary on this installation and waits until it is ready.
    pub(crate) async fn start(&self, environment: &[(&str, &str)]) -> Process {
        let log = self.folder.path().join("log");
        let out = File::options()
            .create(true)
            .append(true)
            .open(&log)
            .unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_placet"));
        for (name, _) in std::env::vars()
            .filter(|(name, _)| name.starts_with("PLACET_") || name == "DATABASE_URL")
        {
            command.env_remove(name);
        }
        let child = command
            .current_dir(self.folder.path())
            .env("PLACET_LISTEN", self.url.strip_prefix("http://").unwrap())
            .env("PLACET_ISSUER", &self.url)
            .env("PLACET_DATABASE_URL", &self.database.url)
            .env("PLACET_SECRET_KEY", STANDARD.encode(SECRET_KEY))
            .env("PLACET_WORKERS", "2")
            .env("PLACET_PASSWORD_HASH__MEMORY_KIB", "64")
            .env("PLACET_PASSWORD_HASH__ITERATIONS", "1")
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(out.try_clone().unwrap())
            .stderr(out)
            .spawn()
            .unwrap();
        let mut process = Process {
            url: self.url.clone(),
            log,
            child,
        };
        process.wait_until_ready().await;
        process
    }
}

impl Process {
    async fn wait_until_ready(&mut self) {
        let started = Instant::now();
        loop {
            if let Ok(answer) = reqwest::get(format!("{}/health/ready", self.url)).await
                && answer.status() == 200
            {
                return;
            }
            let ended = self.child.try_wait().unwrap();
            assert!(
                ended.is_none(),
                "the server ended: {ended:?}: {}",
                self.said()
            );
            assert!(
                started.elapsed() < Duration::from_secs(20),
                "not ready: {}",
                self.said()
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Everything that it and its predecessors wrote so far.
    pub(crate) fn said(&self) -> String {
        String::from_utf8_lossy(&std::fs::read(&self.log).unwrap()).into_owned()
    }

    /// `kill -9`.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
