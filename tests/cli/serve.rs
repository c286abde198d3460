//! The server as a program: what it says and makes at start, how it hears of changes, how it stops.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{Placet, text_of};

/// A server that runs; killed when dropped.
pub(super) struct Running {
    child: Child,
    /// `http://127.0.0.1:port`.
    pub(super) url: String,
    banner: Vec<String>,
}

impl Running {
    pub(super) fn start(placet: &Placet) -> Self {
        let mut child = placet.command(&["serve"]).spawn().unwrap();
        let mut banner = Vec::new();
        let mut address = None;
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            address = address.or_else(|| {
                line.trim()
                    .strip_prefix("listening")
                    .map(|rest| rest.trim().to_owned())
            });
            let is_last = line.trim().starts_with("(makes")
                || (line.trim().starts_with("data") && placet.has_admin());
            banner.push(line);
            if is_last {
                break;
            }
        }
        Self {
            child,
            url: format!("http://{}", address.unwrap()),
            banner,
        }
    }

    /// Sends a signal; how long the end took, and the exit code.
    pub(super) fn stop(mut self, signal: &str) -> (Duration, Option<i32>) {
        let started = Instant::now();
        self.signal(signal);
        let status = self.child.wait().unwrap();
        (started.elapsed(), status.code())
    }

    fn signal(&self, signal: &str) {
        let sent = Command::new("kill")
            .args([signal, &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(sent.success());
    }

    async fn token(&self, client: &Value, params: &[(&str, &str)]) -> (u16, Value) {
        let request = reqwest::Client::new()
            .post(format!("{}/token", self.url))
            .basic_auth(
                text_of(client, "client_id"),
                Some(text_of(client, "client_secret")),
            )
            .form(params);
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Placet {
    pub(super) fn serving() -> Self {
        Self::new().with("PLACET_LISTEN", "127.0.0.1:0")
    }

    fn has_admin(&self) -> bool {
        self.env
            .iter()
            .any(|(name, _)| name == "PLACET_ADMIN_USERNAME")
    }
}

#[tokio::test]
async fn the_first_start_makes_all_that_is_needed_and_says_where() {
    let placet = Placet::serving();
    let server = Running::start(&placet);
    let banner = server.banner.join("\n");
    assert!(banner.contains("issuer     http://127.0.0.1:1"), "{banner}");
    assert!(banner.contains("data/placet.db"), "{banner}");
    assert!(
        banner.contains("set up     http://127.0.0.1:1/setup?token="),
        "{banner}"
    );
    assert!(placet.file("data/placet.db").exists());
    let ready = reqwest::get(format!("{}/health/ready", server.url))
        .await
        .unwrap();
    assert_eq!(ready.status(), 200);
    let (took, code) = server.stop("-TERM");
    assert_eq!(code, Some(0));
    assert!(took < Duration::from_secs(5), "{took:?}");
}

#[tokio::test]
async fn a_configured_administrator_leaves_no_set_up_link() {
    let placet = Placet::serving()
        .with("PLACET_ADMIN_USERNAME", "root")
        .with("PLACET_ADMIN_PASSWORD", "a long password");
    let server = Running::start(&placet);
    assert!(
        !server.banner.join("\n").contains("/setup"),
        "{:?}",
        server.banner
    );
    assert_eq!(server.stop("-INT").1, Some(0));
    let users = placet.json(&["user", "list"]);
    assert_eq!(users[0]["username"], "root");
    assert_eq!(users[0]["roles"][0], "admin");
}

#[tokio::test]
async fn what_is_in_flight_is_answered_before_the_end() {
    // About a second of hashing, so that the signal comes in the midst of it.
    let placet = Placet::serving()
        .with("PLACET_PASSWORD_HASH__MEMORY_KIB", "65536")
        .with("PLACET_PASSWORD_HASH__ITERATIONS", "20");
    placet.json_with(
        &["user", "add", "ada", "--password-stdin"],
        "correct horse battery\n",
    );
    let client = placet.json(&[
        "client", "add", "--name", "Old", "--grant", "password", "--scope", "openid",
    ]);
    let server = Running::start(&placet);
    let ask = server.token(
        &client,
        &[
            ("grant_type", "password"),
            ("username", "ada"),
            ("password", "correct horse battery"),
            ("scope", "openid"),
        ],
    );
    let signal = async {
        tokio::time::sleep(Duration::from_millis(250)).await;
        server.signal("-TERM");
    };
    let ((status, answer), ()) = tokio::join!(ask, signal);
    assert_eq!(status, 200, "{answer}");
    assert_eq!(server.stop("-TERM").1, Some(0));
}

/// What is in memory alone is written while the mail under way is waited for, and at last every audit event has its place in the chain.
#[tokio::test]
async fn what_would_be_lost_is_kept_first_and_all_of_it_before_the_end() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let mail = format!("smtp://{}", silent.local_addr().unwrap());
    let placet = Placet::serving()
        .with("PLACET_MAIL__TRANSPORT", "smtp")
        .with("PLACET_MAIL__FROM", "id@acme.example")
        .with("PLACET_MAIL__SMTP_URL", &mail);
    placet.json(&["user", "add", "ada", "--email", "ada@example.com"]);
    let mut server = Running::start(&placet);
    placet.json(&["user", "reset-link", "ada", "--mail"]);
    // The mail is under way, and nobody answers.
    let _held = silent.accept().unwrap();
    let url = format!("sqlite://{}", placet.file("data/placet.db").display());
    let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
    let count = async |query: &'static str| {
        let count: i64 = sqlx::query_scalar(query).fetch_one(&pool).await.unwrap();
        count
    };
    placet.json(&["role", "add", "staff", "--description", "Works here"]);
    let refused = reqwest::get(format!("{}/authorize", server.url)).await;
    assert_eq!(refused.unwrap().status(), 400);
    server.signal("-TERM");
    let started = Instant::now();
    while count("SELECT count(*) FROM refused_requests").await == 0 {
        assert!(started.elapsed() < Duration::from_secs(10));
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let ended = server.child.try_wait().unwrap();
    assert_eq!(ended, None, "the mail is still under way");
    let status = server.child.wait().unwrap();
    assert_eq!(status.code(), Some(0));
    let took = started.elapsed();
    assert!(took < Duration::from_secs(10), "{took:?}");
    let mails = count("SELECT count(*) FROM outgoing_mails").await;
    assert_eq!(mails, 1, "it stays for another try");
    let unchained = count("SELECT count(*) FROM audit_events WHERE seq IS NULL").await;
    assert_eq!(unchained, 0);
}

#[test]
fn a_port_in_use_is_one_line_and_nothing_is_made() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let placet = Placet::new().with("PLACET_LISTEN", &address);
    let done = placet.run(&["serve"]);
    assert_eq!(
        (done.code, done.stderr.lines().count()),
        (1, 1),
        "{}",
        done.stderr
    );
    let expected = format!("error: cannot listen on {address}: ");
    assert!(done.stderr.starts_with(&expected), "{}", done.stderr);
    for setting in ["PLACET_LISTEN", "PLACET_ISSUER"] {
        assert!(done.stderr.contains(setting), "{}", done.stderr);
    }
    assert!(!placet.file("data").exists());
}

#[test]
fn a_role_of_the_settings_that_is_not_there_warns_at_start() {
    let placet = Placet::serving().with("PLACET_SECOND_FACTOR__REQUIRED_FOR_ROLES", "staf");
    let mut server = Running::start(&placet);
    server.signal("-TERM");
    let mut log = String::new();
    std::io::Read::read_to_string(&mut server.child.stderr.take().unwrap(), &mut log).unwrap();
    let said = "second_factor.required_for_roles: there is no role \"staf\", so nobody needs a second factor for it";
    assert!(log.contains("WARN") && log.contains(said), "{log}");
}

#[test]
fn the_demo_goes_with_its_port_and_warns_of_nothing() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let placet = Placet::new()
        .with("PLACET_LISTEN", &address.to_string())
        .with("PLACET_ISSUER", "");
    let mut child = placet.command(&["demo"]).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let banner: Vec<String> = lines
        .map(Result::unwrap)
        .take_while(|line| !line.trim().starts_with("stop"))
        .collect();
    let mut server = Running {
        child,
        url: String::new(),
        banner,
    };
    let banner = server.banner.join("\n");
    let open = format!("http://localhost:{}/demo", address.port());
    assert!(banner.contains(&open), "{banner}");
    server.signal("-TERM");
    let mut log = String::new();
    std::io::Read::read_to_string(&mut server.child.stderr.take().unwrap(), &mut log).unwrap();
    assert!(!log.contains("WARN"), "{log}");
}

/// It would seal what nobody could open, so it goes; whoever supervises it starts it anew.
#[test]
fn a_server_whose_secret_key_was_changed_stops_by_itself() {
    let placet = Placet::serving();
    let mut server = Running::start(&placet);
    placet.json(&["key", "rekey"]);
    let started = Instant::now();
    let status = server.child.wait().unwrap();
    assert_eq!(status.code(), Some(1));
    assert!(started.elapsed() < Duration::from_secs(5));
    let mut log = String::new();
    std::io::Read::read_to_string(&mut server.child.stderr.take().unwrap(), &mut log).unwrap();
    let line = "error: secret_key: it was changed (`placet key rekey`) since this process started; start it again with the new one";
    assert_eq!(log.lines().last(), Some(line), "{log}");
    let again = Running::start(&placet);
    assert_eq!(again.stop("-TERM").1, Some(0));
}

#[tokio::test]
async fn a_running_server_makes_the_keys_that_are_due() {
    // S132
    let placet = Placet::serving();
    placet.json(&["migrate"]);
    placet.json(&["key", "list"]);
    let url = format!("sqlite://{}", placet.file("data/placet.db").display());
    let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
    let older = "UPDATE signing_keys SET activates_at = '2020-01-01T00:00:00.000000+00:00'";
    sqlx::query(older).execute(&pool).await.unwrap();
    pool.close().await;
    let server = Running::start(&placet);
    let started = Instant::now();
    loop {
        let set = reqwest::get(format!("{}/.well-known/jwks.json", server.url));
        let set: Value = set.await.unwrap().json().await.unwrap();
        if set["keys"].as_array().unwrap().len() == 4 {
            break;
        }
        assert!(started.elapsed() < Duration::from_secs(20), "{set}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(server.stop("-TERM").1, Some(0));
}

/// S74 for clients: what the command line changes is known to a running server within a second.
#[tokio::test]
async fn a_running_server_hears_of_changes_within_a_second() {
    let placet = Placet::serving();
    placet.json(&["scope", "add", "jobs:run", "--description", "run jobs"]);
    let client = placet.json(&["client", "add", "--name", "Job", "--scope", "jobs:run"]);
    let server = Running::start(&placet);
    let params = [("grant_type", "client_credentials")];
    assert_eq!(server.token(&client, &params).await.0, 200);
    placet.json(&["client", "disable", text_of(&client, "client_id")]);
    tokio::time::sleep(Duration::from_secs(1)).await;
    let (status, answer) = server.token(&client, &params).await;
    assert_eq!((status, text_of(&answer, "error")), (401, "invalid_client"));
    placet.json(&["client", "enable", text_of(&client, "client_id")]);
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(server.token(&client, &params).await.0, 200);
}
