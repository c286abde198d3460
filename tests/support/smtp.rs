//! A mail server that keeps what it is given: EHLO, STARTTLS, AUTH PLAIN, and refusals on demand. And a reader of what it kept.

use std::sync::atomic::{AtomicBool, AtomicU16, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

const PATIENCE: Duration = Duration::from_secs(20);

/// A running mail server.
pub(crate) struct MailServer {
    pub port: u16,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    mails: Mutex<Vec<Mail>>,
    /// What `RCPT` is refused with; 0: not at all.
    refusal: AtomicU16,
    /// Says nothing at all.
    is_silent: AtomicBool,
    attempts: AtomicUsize,
    logins: Mutex<Vec<String>>,
    hellos: Mutex<Vec<String>>,
    tls: Option<TlsAcceptor>,
}

/// A mail as it came.
#[derive(Debug, Clone)]
pub(crate) struct Mail {
    /// `RCPT TO`.
    pub to: Vec<String>,
    pub is_tls: bool,
    pub raw: String,
}

impl MailServer {
    pub(crate) async fn start() -> Self {
        Self::with(None, false).await
    }

    /// With TLS from the first byte, or by STARTTLS.
    pub(crate) async fn with(tls: Option<TlsAcceptor>, is_starttls: bool) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = socket.local_addr().unwrap().port();
        let state = Arc::new(State {
            tls: tls.clone().filter(|_| is_starttls),
            ..State::default()
        });
        let there = Arc::clone(&state);
        let wrapper = tls.filter(|_| !is_starttls);
        tokio::spawn(async move {
            while let Ok((stream, _)) = socket.accept().await {
                let (state, wrapper) = (Arc::clone(&there), wrapper.clone());
                tokio::spawn(async move {
                    if let Some(tls) = wrapper {
                        let stream = tls.accept(stream).await.ok()?;
                        talk(stream, &state, true, true).await.map(drop)
                    } else {
                        let stream = talk(stream, &state, false, true).await?;
                        let tls = state.tls.clone()?.accept(stream).await.ok()?;
                        talk(tls, &state, true, false).await.map(drop)
                    }
                });
            }
        });
        Self { port, state }
    }

    pub(crate) fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// From now on recipients are refused with that; 0: taken.
    pub(crate) fn refuse(&self, code: u16) {
        self.state.refusal.store(code, Ordering::SeqCst);
    }

    /// From now on nobody is greeted.
    pub(crate) fn fall_silent(&self) {
        self.state.is_silent.store(true, Ordering::SeqCst);
    }

    /// How often a recipient was named.
    pub(crate) fn attempts(&self) -> usize {
        self.state.attempts.load(Ordering::SeqCst)
    }

    /// User names and passwords that were given.
    pub(crate) fn logins(&self) -> Vec<String> {
        self.state.logins.lock().unwrap().clone()
    }

    /// Who said hello: each `EHLO` as it came.
    pub(crate) fn hellos(&self) -> Vec<String> {
        self.state.hellos.lock().unwrap().clone()
    }

    /// All that came and was not taken yet.
    pub(crate) fn take(&self) -> Vec<Mail> {
        std::mem::take(&mut *self.state.mails.lock().unwrap())
    }

    /// The next mail, which must come.
    pub(crate) async fn next(&self) -> Mail {
        let started = std::time::Instant::now();
        loop {
            {
                let mut mails = self.state.mails.lock().unwrap();
                if !mails.is_empty() {
                    return mails.remove(0);
                }
            }
            assert!(started.elapsed() < PATIENCE, "no mail comes");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Waits until so many recipients were named.
    pub(crate) async fn wait_for_attempts(&self, number: usize) {
        let started = std::time::Instant::now();
        while self.attempts() < number {
            assert!(started.elapsed() < PATIENCE, "{} attempts", self.attempts());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

/// One conversation. Gives the stream back where TLS is to begin.
async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    state: &State,
    is_tls: bool,
    greets: bool,
) -> Option<S> {
    let mut stream = BufReader::new(stream);
    if state.is_silent.load(Ordering::SeqCst) {
        tokio::time::sleep(Duration::from_mins(2)).await;
        return None;
    }
    if greets {
        stream.write_all(b"220 test ESMTP\r\n").await.ok()?;
    }
    let mut to = Vec::new();
    loop {
        stream.flush().await.ok()?;
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let line = line.trim_end();
        let verb = line
            .split([' ', ':'])
            .next()
            .unwrap_or_default()
            .to_ascii_uppercase();
        if verb == "EHLO" {
            state.hellos.lock().unwrap().push(line.to_owned());
        }
        let answer = match verb.as_str() {
            "EHLO" if state.tls.is_some() && !is_tls => {
                "250-test\r\n250-STARTTLS\r\n250 8BITMIME".to_owned()
            }
            "EHLO" => "250-test\r\n250-AUTH PLAIN\r\n250-SMTPUTF8\r\n250 8BITMIME".to_owned(),
            "STARTTLS" => {
                stream.write_all(b"220 go ahead\r\n").await.ok()?;
                stream.flush().await.ok()?;
                return Some(stream.into_inner());
            }
            "AUTH" => {
                let said = line.rsplit(' ').next().unwrap_or_default();
                let plain = STANDARD.decode(said).unwrap_or_default();
                let plain = String::from_utf8_lossy(&plain).replace('\0', " ");
                let is_right = !plain.contains("wrong");
                state.logins.lock().unwrap().push(plain.trim().to_owned());
                if is_right { "235 welcome" } else { "535 no" }.to_owned()
            }
            "RCPT" => {
                state.attempts.fetch_add(1, Ordering::SeqCst);
                match state.refusal.load(Ordering::SeqCst) {
                    0 => {
                        let address = line.split(['<', '>']).nth(1).unwrap_or_default();
                        to.push(address.to_owned());
                        "250 ok".to_owned()
                    }
                    // As real ones do, it repeats the address.
                    code => format!("{code} not now: {line}"),
                }
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await.ok()?;
                stream.flush().await.ok()?;
                let raw = data(&mut stream).await?;
                let to = std::mem::take(&mut to);
                state.mails.lock().unwrap().push(Mail { to, is_tls, raw });
                "250 queued".to_owned()
            }
            "QUIT" => {
                stream.write_all(b"221 bye\r\n").await.ok()?;
                stream.flush().await.ok();
                return None;
            }
            _ => "250 ok".to_owned(),
        };
        stream
            .write_all(format!("{answer}\r\n").as_bytes())
            .await
            .ok()?;
    }
}

/// Up to the lonely dot.
async fn data<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut BufReader<S>) -> Option<String> {
    let mut raw = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        if line == ".\r\n" {
            return Some(raw);
        }
        raw.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}

impl Mail {
    /// A header of the mail, its folds undone.
    pub(crate) fn header(&self, name: &str) -> String {
        let head = self.raw.split("\r\n\r\n").next().unwrap();
        header(head, name).unwrap_or_else(|| panic!("no {name}: {head}"))
    }

    /// The part of that type, decoded.
    fn part(&self, kind: &str) -> String {
        let boundary = self.header("Content-Type");
        let boundary = boundary.split("boundary=\"").nth(1).unwrap();
        let boundary = boundary.split('"').next().unwrap();
        for part in self.raw.split(&format!("--{boundary}")) {
            let Some((head, body)) = part.split_once("\r\n\r\n") else {
                continue;
            };
            if header(head, "Content-Type").is_some_and(|found| found.starts_with(kind)) {
                let encoding = header(head, "Content-Transfer-Encoding").unwrap_or_default();
                return decode(body, &encoding);
            }
        }
        panic!("no {kind}: {}", self.raw)
    }

    pub(crate) fn text(&self) -> String {
        self.part("text/plain")
    }

    pub(crate) fn html(&self) -> String {
        self.part("text/html")
    }

    /// The one link with a token in it.
    pub(crate) fn link(&self) -> String {
        let text = self.text();
        let found = text.lines().find(|line| line.contains("?token="));
        found
            .unwrap_or_else(|| panic!("no link: {text}"))
            .trim()
            .to_owned()
    }

    /// Its token.
    pub(crate) fn token(&self) -> String {
        self.link().split_once("?token=").unwrap().1.to_owned()
    }
}

fn header(head: &str, name: &str) -> Option<String> {
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    unfolded.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found
            .eq_ignore_ascii_case(name)
            .then(|| value.trim().to_owned())
    })
}

fn decode(body: &str, encoding: &str) -> String {
    match encoding.to_ascii_lowercase().as_str() {
        "base64" => {
            let joined: String = body.split_whitespace().collect();
            String::from_utf8(STANDARD.decode(joined).unwrap()).unwrap()
        }
        "quoted-printable" => {
            let joined = body.replace("=\r\n", "");
            let mut bytes = Vec::new();
            let mut rest = joined.as_bytes();
            while let Some((byte, after)) = rest.split_first() {
                rest = after;
                if *byte == b'=' {
                    let (digits, after) = rest.split_at(2);
                    let digits = std::str::from_utf8(digits).unwrap();
                    bytes.push(u8::from_str_radix(digits, 16).unwrap());
                    rest = after;
                } else {
                    bytes.push(*byte);
                }
            }
            String::from_utf8(bytes).unwrap()
        }
        _ => body.to_owned(),
    }
}
