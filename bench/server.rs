//! The release server: set up through its own command line, started on its core, signed in to as browsers do.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use tempfile::TempDir;
use tokio::task::JoinSet;

use crate::Result;
use crate::host::{Host, Process};
use crate::wire::{self, Connection, between};

const BINARY: &str = env!("CARGO_BIN_EXE_placet");
const PASSWORD: &str = "correct horse battery staple";
pub(crate) const PEOPLE: usize = 32;
pub(crate) const REDIRECT_URI: &str = "https://app.example/callback";
pub(crate) const SCOPE: &str = "bench:read";
/// The resource whose tokens are asked about.
const API: &str = "https://api.example";

/// One installation: a database and the settings to use it with.
pub(crate) struct Installation {
    pub(crate) database_url: String,
    address: SocketAddr,
    secret_key: Option<String>,
    folder: TempDir,
}

/// What was registered there.
pub(crate) struct Registered {
    pub(crate) address: SocketAddr,
    /// A confidential client with `client_credentials` and `password`: the value of its Authorization header.
    pub(crate) authorization: String,
    /// A public client of our own, with the code grant.
    pub(crate) app: String,
    /// Another, whose tokens are for [`API`].
    pub(crate) api_app: String,
    /// What serves [`API`] and asks about its tokens: the value of its Authorization header.
    pub(crate) api: String,
    /// Algorithm and URI of a resource for each.
    pub(crate) resources: [(&'static str, &'static str); 2],
}

/// The server at work.
pub(crate) struct Running {
    pub(crate) process: Process,
    /// From its start to its first answer that it is ready.
    pub(crate) ready_after: Duration,
}

impl Installation {
    /// On SQLite, in a folder of its own.
    pub(crate) fn sqlite() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("placet-bench-").tempdir()?;
        let database_url = format!("sqlite://{}", folder.path().join("placet.db").display());
        Ok(Self {
            database_url,
            address: free_address()?,
            secret_key: None,
            folder,
        })
    }

    pub(crate) fn postgres(database_url: String) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("placet-bench-").tempdir()?;
        let secret_key = Some(STANDARD.encode(placet::random::bytes::<32>()));
        Ok(Self {
            database_url,
            address: free_address()?,
            secret_key,
            folder,
        })
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The settings of whoever runs this must not leak in.
    fn settings<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("PLACET_") || name == "DATABASE_URL" {
                command.env_remove(name);
            }
        }
        if let Some(key) = &self.secret_key {
            command.env("PLACET_SECRET_KEY", key);
        }
        command
            .current_dir(self.folder())
            .env("PLACET_DATABASE_URL", &self.database_url)
            .env("PLACET_LISTEN", self.address.to_string())
            .env("PLACET_ISSUER", format!("http://{}", self.address))
            .stdin(Stdio::null())
    }

    /// Runs a command of the command line; what it answers.
    pub(crate) fn run(&self, arguments: &[&str], stdin: Option<&str>) -> Result<Value> {
        let mut command = Command::new(BINARY);
        self.settings(&mut command).arg("--json").args(arguments);
        if stdin.is_some() {
            command.stdin(Stdio::piped());
        }
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        if let (Some(text), Some(mut pipe)) = (stdin, child.stdin.take()) {
            pipe.write_all(text.as_bytes())?;
        }
        let output = child.wait_with_output()?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(format!("placet {}: {said}", arguments.join(" ")).into());
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    /// Clients, resources, people.
    pub(crate) async fn register(&self) -> Result<Registered> {
        let resources = [
            ("EdDSA", "https://eddsa.example"),
            ("RS256", "https://rs256.example"),
        ];
        self.run(
            &["scope", "add", SCOPE, "--description", "Be measured"],
            None,
        )?;
        for (alg, uri) in resources.into_iter().chain([("ES256", API)]) {
            self.run(&["resource", "add", uri, "--alg", alg], None)?;
        }
        let service = self.service(resources.map(|(_, uri)| uri))?;
        let app = self.app("App", &[])?;
        let api_app = self.app("App of an API", &["--resource", API])?;
        let api = [
            "client",
            "add",
            "--name",
            "API",
            "--resource-server-of",
            API,
        ];
        let api = self.run(&api, None)?;
        for number in 0..PEOPLE {
            self.run(
                &["user", "add", &person(number), "--password-stdin"],
                Some(PASSWORD),
            )?;
            // Ctrl-C and the time limit are heard here.
            tokio::task::yield_now().await;
        }
        Ok(Registered {
            address: self.address,
            authorization: basic(&service)?,
            app: text(&app, "client_id")?,
            api_app: text(&api_app, "client_id")?,
            api: basic(&api)?,
            resources,
        })
    }

    /// A confidential client that acts for itself, and with people's passwords.
    fn service(&self, resources: [&str; 2]) -> Result<Value> {
        let scope = format!("openid profile {SCOPE}");
        let mut words = vec!["client", "add", "--name", "Service", "--scope", &scope];
        for uri in resources {
            words.extend(["--resource", uri]);
        }
        for grant in ["client_credentials", "password", "refresh_token"] {
            words.extend(["--grant", grant]);
        }
        words.extend(["--id-token-signed-response-alg", "ES256"]);
        self.run(&words, None)
    }

    /// A public client of our own.
    fn app(&self, name: &str, more: &[&str]) -> Result<Value> {
        let mut words = vec!["client", "add", "--name", name, "--public", "--first-party"];
        words.extend(["--redirect-uri", REDIRECT_URI, "--scope", "openid profile"]);
        words.extend(["--id-token-signed-response-alg", "ES256"]);
        words.extend(more);
        self.run(&words, None)
    }

    /// Starts the server and waits until it is ready.
    pub(crate) fn serve(&self, host: &Host) -> Result<Running> {
        let log = self.folder().join("log");
        let mut command = host.pinned(BINARY);
        self.settings(&mut command)
            .stdout(Stdio::null())
            .stderr(File::create(&log)?);
        let begun = Instant::now();
        let mut process = Process::start(&mut command, "TERM")?;
        while !is_ready(self.address) {
            let is_late = begun.elapsed() > Duration::from_secs(20);
            if is_late || process.check().is_err() {
                return Err(format!(
                    "the server did not get ready: {}",
                    fs::read_to_string(&log)?
                )
                .into());
            }
            sleep(Duration::from_micros(500));
        }
        Ok(Running {
            process,
            ready_after: begun.elapsed(),
        })
    }

    /// The size of the server's program in bytes.
    pub(crate) fn binary_bytes() -> Result<u64> {
        Ok(fs::metadata(PathBuf::from(BINARY))?.len())
    }
}

fn text(value: &Value, name: &str) -> Result<String> {
    let found = value.get(name).and_then(Value::as_str);
    Ok(found
        .ok_or_else(|| format!("client add printed no {name}"))?
        .to_owned())
}

/// How a client introduces itself by HTTP Basic.
fn basic(client: &Value) -> Result<String> {
    let (id, secret) = (text(client, "client_id")?, text(client, "client_secret")?);
    Ok(format!(
        "Basic {}",
        STANDARD.encode(format!("{id}:{secret}"))
    ))
}

fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}

fn is_ready(address: SocketAddr) -> bool {
    let request =
        format!("GET /health/ready HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    let mut answer = String::new();
    let asked = TcpStream::connect(address).and_then(|mut stream| {
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        stream.write_all(request.as_bytes())?;
        stream.read_to_string(&mut answer)
    });
    asked.is_ok() && answer.starts_with("HTTP/1.1 200 ")
}

fn person(number: usize) -> String {
    format!("bench-{number}")
}

/// The form fields of a person's name and password.
pub(crate) fn credentials(number: usize) -> [(&'static str, String); 2] {
    [
        ("username", person(number)),
        ("password", PASSWORD.to_owned()),
    ]
}

/// Everybody signs in at the sign-in page at the same moment; their session cookies, and how many signed in per second.
pub(crate) async fn sign_in_all(address: SocketAddr) -> Result<(Vec<String>, f64)> {
    let mut forms = Vec::new();
    for number in 0..PEOPLE {
        let mut connection = Connection::open(address).await?;
        let page = connection
            .exchange(&wire::get(address, "/login", ""))
            .await?;
        let browser = page
            .cookie("placet_browser")
            .ok_or("the sign-in page sets no cookie")?;
        let csrf = between(page.body, "name=\"csrf\" value=\"", '"')
            .ok_or("the sign-in page has no csrf field")?;
        let [username, password] = credentials(number);
        let body = wire::form(&[
            ("csrf", csrf),
            (username.0, &username.1),
            (password.0, &password.1),
        ]);
        let request = wire::post(
            address,
            "/login",
            &format!("Cookie: placet_browser={browser}\r\n"),
            &body,
        );
        forms.push((connection, request));
    }
    let begun = Instant::now();
    let mut posts = JoinSet::new();
    for (mut connection, request) in forms {
        posts.spawn(async move {
            let answer = connection
                .exchange(&request)
                .await
                .map_err(|error| error.to_string())?;
            let session = answer.cookie("placet_session").map(str::to_owned);
            session.ok_or_else(|| format!("sign-in was answered with {}", answer.status))
        });
    }
    let sessions = posts
        .join_all()
        .await
        .into_iter()
        .collect::<std::result::Result<Vec<_>, _>>()?;
    let count = u32::try_from(sessions.len()).map_or(0.0, f64::from);
    Ok((sessions, count / begun.elapsed().as_secs_f64()))
}
