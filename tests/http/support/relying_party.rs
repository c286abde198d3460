//! An app's server as far as logout needs one: it remembers what it is asked, and answers as told.

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use placet::admin::clients::NewClient;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::TestServer;
use super::requests::new_client;

const PATIENCE: Duration = Duration::from_secs(20);
/// Instead of a status: the connection stays open, and nothing comes.
pub(crate) const SILENCE: u16 = 0;

/// A running app. Dropped, it is gone.
pub(crate) struct RelyingParty {
    /// `127.0.0.1:port`.
    pub host: String,
    status: Arc<AtomicU16>,
    calls: UnboundedReceiver<Call>,
    task: tokio::task::JoinHandle<()>,
}

/// What it was asked.
#[derive(Debug)]
pub(crate) struct Call {
    pub method: String,
    pub target: String,
    pub head: String,
    pub body: String,
}

impl RelyingParty {
    pub(crate) async fn start(status: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let (send, calls) = unbounded_channel();
        let status = Arc::new(AtomicU16::new(status));
        let answers = Arc::clone(&status);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&answers), send.clone()));
            }
        });
        Self {
            host,
            status,
            calls,
            task,
        }
    }

    /// From now on it answers with that status.
    pub(crate) fn answer(&self, status: u16) {
        self.status.store(status, Ordering::SeqCst);
    }

    /// The next call, which must come.
    pub(crate) async fn next(&mut self) -> Call {
        let call = tokio::time::timeout(PATIENCE, self.calls.recv()).await;
        call.expect("nobody calls").unwrap()
    }

    /// A call that came already.
    pub(crate) fn try_next(&mut self) -> Option<Call> {
        self.calls.try_recv().ok()
    }

    /// A client with this app's addresses for everything: `/cb`, `/out`, and `/back` for calls.
    pub(crate) fn client(&self, name: &str) -> NewClient {
        let at = |path: &str| format!("http://{}{path}", self.host);
        let mut new = new_client(name, &[&at("/cb")]);
        new.fields.post_logout_redirect_uris = Some(vec![at("/out")]);
        new.fields.backchannel_logout_uri = Some(at("/back"));
        new
    }
}

impl Drop for RelyingParty {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Call {
    /// The form's field.
    pub(crate) fn field(&self, name: &str) -> String {
        let mut pairs = url::form_urlencoded::parse(self.body.as_bytes());
        let found = pairs.find(|(found, _)| found == name);
        found
            .unwrap_or_else(|| panic!("no {name}: {self:?}"))
            .1
            .into_owned()
    }
}

impl TestServer {
    /// Waits until the table has so many rows: what is done in the background is done soon.
    pub(crate) async fn wait_for_rows(&self, table: &str, rows: i64) {
        let started = Instant::now();
        while self.database.count(table).await != rows {
            assert!(
                started.elapsed() < PATIENCE,
                "{table}: {} rows, not {rows}",
                self.database.count(table).await
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// A figure of `/metrics`, by the start of its line.
    pub(crate) async fn figure(&self, line: &str) -> u64 {
        let text = reqwest::get(format!("{}/metrics", self.url)).await.unwrap();
        let text = text.text().await.unwrap();
        let found = text.lines().find_map(|found| found.strip_prefix(line));
        found.map_or(0, |value| value.trim().parse().unwrap())
    }

    /// Waits for a figure.
    pub(crate) async fn wait_for_figure(&self, line: &str, value: u64) {
        let started = Instant::now();
        while self.figure(line).await < value {
            assert!(started.elapsed() < PATIENCE, "{line} is not {value}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

async fn serve(mut stream: TcpStream, status: Arc<AtomicU16>, calls: UnboundedSender<Call>) {
    let mut text = String::new();
    let mut chunk = [0; 8192];
    let call = loop {
        let Ok(read @ 1..) = stream.read(&mut chunk).await else {
            return;
        };
        text.push_str(&String::from_utf8_lossy(&chunk[..read]));
        if let Some(call) = whole(&text) {
            break call;
        }
    };
    let is_page = call.method == "GET";
    let status = status.load(Ordering::SeqCst);
    calls.send(call).ok();
    if status == SILENCE {
        // Until the caller hangs up.
        while stream.read(&mut chunk).await.is_ok_and(|read| read > 0) {}
        return;
    }
    let body = if is_page {
        "<!doctype html><title>App</title><h1>At the app</h1>"
    } else {
        ""
    };
    let answer = format!(
        "HTTP/1.1 {status} Whatever\r\ncontent-type: text/html\r\nlocation: /moved\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(answer.as_bytes()).await.ok();
    stream.shutdown().await.ok();
}

/// The request, once all of it is there.
fn whole(text: &str) -> Option<Call> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let lower = head.to_ascii_lowercase();
    let length = lower
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))
        .map_or(0, |value| value.trim().parse::<usize>().unwrap());
    if body.len() < length {
        return None;
    }
    let mut words = head.split(' ');
    Some(Call {
        method: words.next()?.to_owned(),
        target: words.next()?.to_owned(),
        head: lower,
        body: body.to_owned(),
    })
}
