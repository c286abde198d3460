//! A listener on this machine that counts who connects, keeps what they send, and answers as a test wants. Tests beside the code use it as well.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// How a listener answers each request.
#[derive(Clone)]
pub(crate) enum Answer {
    Text(String),
    /// Without end: after the head so many blanks at a time, with a pause between.
    Endless {
        head: &'static str,
        blanks: usize,
        pause: Duration,
    },
}

/// The head of a JSON answer of unknown length.
pub(crate) const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n[";

/// A JSON answer.
pub(crate) fn json(cache_control: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\ncache-control: {cache_control}\r\n\r\n{body}"
    )
}

/// A listener on 127.0.0.1.
pub(crate) struct Listener {
    pub port: u16,
    connections: Arc<AtomicUsize>,
    pub requests: Arc<Mutex<Vec<String>>>,
    answer: Arc<Mutex<Answer>>,
}

impl Listener {
    pub(crate) async fn start(answer: Answer, tls: Option<TlsAcceptor>) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let listener = Self {
            port: socket.local_addr().unwrap().port(),
            connections: Arc::default(),
            requests: Arc::default(),
            answer: Arc::new(Mutex::new(answer)),
        };
        let (connections, requests, answer) = (
            Arc::clone(&listener.connections),
            Arc::clone(&listener.requests),
            Arc::clone(&listener.answer),
        );
        tokio::spawn(async move {
            while let Ok((stream, _)) = socket.accept().await {
                connections.fetch_add(1, Ordering::SeqCst);
                let (requests, answer) = (Arc::clone(&requests), Arc::clone(&answer));
                let tls = tls.clone();
                tokio::spawn(async move {
                    match tls {
                        None => serve(stream, &requests, &answer).await,
                        Some(tls) => match tls.accept(stream).await {
                            Ok(stream) => serve(stream, &requests, &answer).await,
                            Err(_) => None,
                        },
                    }
                });
            }
        });
        listener
    }

    pub(crate) async fn text(text: &str) -> Self {
        Self::start(Answer::Text(text.to_owned()), None).await
    }

    pub(crate) fn place(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/x", self.place())
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    pub(crate) fn answer(&self, text: &str) {
        *self.answer.lock().unwrap() = Answer::Text(text.to_owned());
    }
}

async fn serve(
    mut stream: impl tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
    requests: &Mutex<Vec<String>>,
    answer: &Mutex<Answer>,
) -> Option<()> {
    let mut request = Vec::new();
    while !is_whole(&request) {
        if stream.read_buf(&mut request).await.ok()? == 0 {
            return None;
        }
    }
    let request = String::from_utf8_lossy(&request).into_owned();
    requests.lock().unwrap().push(request);
    let answer = answer.lock().unwrap().clone();
    match answer {
        Answer::Text(text) => stream.write_all(text.as_bytes()).await.ok()?,
        Answer::Endless {
            head,
            blanks,
            pause,
        } => {
            stream.write_all(head.as_bytes()).await.ok()?;
            loop {
                stream.write_all(&vec![b' '; blanks]).await.ok()?;
                stream.flush().await.ok()?;
                tokio::time::sleep(pause).await;
            }
        }
    }
    stream.shutdown().await.ok()
}

/// Whether head and body are there.
fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let is_length = name.eq_ignore_ascii_case("content-length");
        is_length.then(|| value.trim().parse::<usize>().unwrap())
    });
    body.len() >= length.unwrap_or(0)
}

/// A file of the tests' authority, which is good for `localhost` and 127.0.0.1.
pub(crate) fn tls_file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/support/tls/{name}"))
}

/// TLS with a certificate by that authority.
pub(crate) fn acceptor() -> TlsAcceptor {
    let chain = CertificateDer::from_pem_file(tls_file("localhost.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_file(tls_file("localhost.key.pem")).unwrap();
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![chain], key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}
