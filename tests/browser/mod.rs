//! A headless Chromium, driven by WebDriver, in front of the real program: what no HTTP client can show, that a person
//! gets through by reading and clicking.
//!
//! Needs `chromedriver` and Chromium on the `PATH`; without them the tests are noted as skipped.

mod accessibility;
mod account;
mod arrivals;
mod console;
mod console2;
mod demo;
mod journeys;
mod keyboard;
mod logout;
mod pages;
mod passkeys;
mod pictures;

use std::io::{BufRead as _, BufReader, Read};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::skipped;

/// Within this a program says that it is ready, or ends when it is asked to.
const PATIENCE: Duration = Duration::from_secs(30);
/// Within this a page shows what was waited for.
const PAGE_PATIENCE: Duration = Duration::from_secs(15);

/// A program in a process group of its own, which ends when this is dropped.
struct Program {
    child: Child,
    name: &'static str,
}

impl Program {
    /// Starts it and reads its stdout until `find` finds something in a line.
    fn start<T: Send + 'static>(
        name: &'static str,
        mut command: Command,
        find: impl Fn(&str) -> Option<T> + Send + 'static,
    ) -> (Self, T) {
        let child = command
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn();
        let mut program = Self {
            child: child.unwrap_or_else(|error| panic!("{name}: {error}")),
            name,
        };
        let mut stdout = BufReader::new(program.child.stdout.take().unwrap());
        let (send, found) = mpsc::channel();
        // Reads on after that, so that the program never waits for a reader.
        thread::spawn(move || {
            let mut line = String::new();
            while stdout.read_line(&mut line).is_ok_and(|bytes| bytes > 0) {
                if let Some(value) = find(&line) {
                    let _ = send.send(value);
                    break;
                }
                line.clear();
            }
            let _ = std::io::copy(&mut stdout.by_ref(), &mut std::io::sink());
        });
        let found = found
            .recv_timeout(PATIENCE)
            .unwrap_or_else(|_| panic!("{name} did not say that it is ready"));
        (program, found)
    }

    /// Asks it to end, and waits until it has.
    fn stop(mut self) -> ExitStatus {
        self.signal("TERM", &self.child.id().to_string());
        self.wait(PATIENCE)
            .unwrap_or_else(|| panic!("{} did not stop", self.name))
    }

    fn wait(&mut self, at_most: Duration) -> Option<ExitStatus> {
        let until = Instant::now() + at_most;
        loop {
            match self.child.try_wait().unwrap() {
                Some(status) => return Some(status),
                None if Instant::now() > until => return None,
                None => thread::sleep(Duration::from_millis(20)),
            }
        }
    }

    fn signal(&self, signal: &str, to: &str) {
        // The shell's own: not every machine has a program of that name.
        let line = format!("kill -s {signal} -- {to}");
        let sent = Command::new("sh")
            .args(["-c", &line])
            .stderr(Stdio::null())
            .status();
        assert!(sent.is_ok(), "{}: cannot be signalled: {sent:?}", self.name);
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if self.wait(Duration::ZERO).is_some() {
            return;
        }
        // chromedriver ends its browsers when it is asked to end, not when it is killed.
        let group = format!("-{}", self.child.id());
        self.signal("TERM", &group);
        if self.wait(Duration::from_secs(5)).is_none() {
            self.signal("KILL", &group);
            let _ = self.child.wait();
        }
    }
}

/// A browser with a profile of its own, and the driver that it hangs on.
struct Browser {
    client: Client,
    _driver: Program,
    _profile: TempDir,
}

impl Browser {
    /// `None` where this machine has none, which is noted.
    async fn open(has_javascript: bool) -> Option<Self> {
        Self::open_with(has_javascript, json!({})).await
    }

    /// The same, with these logs kept by the driver.
    async fn open_with(has_javascript: bool, logs: Value) -> Option<Self> {
        let (driver, chromium) = match (
            on_path(&["chromedriver"]),
            on_path(&["chromium", "chromium-browser", "google-chrome"]),
        ) {
            (Some(driver), Some(chromium)) => (driver, chromium),
            (None, _) => return missing("there is no chromedriver on the PATH"),
            (_, None) => return missing("there is no Chromium on the PATH"),
        };
        let profile = tempfile::tempdir().unwrap();
        let mut command = Command::new(driver);
        command.arg("--port=0").stderr(Stdio::null());
        let (driver, port) = Program::start("chromedriver", command, |line| {
            line.trim_end()
                .trim_end_matches('.')
                .split_once("started successfully on port ")?
                .1
                .parse::<u16>()
                .ok()
        });
        let mut capabilities = capabilities(&chromium, &profile, has_javascript);
        capabilities["goog:loggingPrefs"] = logs;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities.as_object().unwrap().clone())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap();
        Some(Self {
            client,
            _driver: driver,
            _profile: profile,
        })
    }

    async fn visit(&self, address: &str) {
        self.client.goto(address).await.unwrap();
    }

    /// The page's heading.
    async fn heading(&self) -> String {
        self.text("h1").await
    }

    /// What a person reads in the first such element.
    async fn text(&self, css: &str) -> String {
        self.find(Locator::Css(css)).await.text().await.unwrap()
    }

    /// Types into a field.
    async fn fill(&self, css: &str, text: &str) {
        let field = self.find(Locator::Css(css)).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Presses the button, or follows the link, that says this, and waits for the page that follows.
    async fn press(&self, label: &str) {
        let before = self.find(Locator::Css("html")).await;
        let path =
            format!("//button[normalize-space()='{label}'] | //a[normalize-space()='{label}']");
        self.find(Locator::XPath(&path))
            .await
            .click()
            .await
            .unwrap();
        // The driver waits for pages that load, but a click may be answered before its page begins to.
        let until = Instant::now() + PAGE_PATIENCE;
        while before.tag_name().await.is_ok() {
            assert!(Instant::now() < until, "{label:?} leads nowhere");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn find(&self, locator: Locator<'_>) -> Element {
        let found = self
            .client
            .wait()
            .at_most(PAGE_PATIENCE)
            .for_element(locator)
            .await;
        match found {
            Ok(element) => element,
            Err(error) => {
                let page = self.client.source().await.unwrap_or_default();
                panic!("{locator:?}: {error} in {page}");
            }
        }
    }

    async fn close(self) {
        self.client.close().await.unwrap();
    }
}

fn capabilities(chromium: &PathBuf, profile: &TempDir, has_javascript: bool) -> Value {
    let mut options = json!({
        "binary": chromium,
        "args": [
            "--headless=new",
            // For containers, where the tests run as root; every page comes from this machine.
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--no-proxy-server",
            format!("--user-data-dir={}", profile.path().display()),
        ],
    });
    if !has_javascript {
        options["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
    }
    json!({ "goog:chromeOptions": options })
}

fn missing<T>(why: &str) -> Option<T> {
    skipped::record("browser", why);
    None
}

/// The first of these programs that is found.
fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|file| file.is_file())
}
