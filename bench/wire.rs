//! HTTP/1.1 as the load generator speaks it: ready requests out, the few things needed of the answer in.

use std::io;
use std::net::SocketAddr;

use tokio::net::TcpStream;

/// One connection that is kept alive.
pub(crate) struct Connection {
    address: SocketAddr,
    stream: TcpStream,
    answer: Vec<u8>,
}

/// An answer, as long as the next request is not sent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answer<'a> {
    pub(crate) status: u16,
    head: &'a str,
    pub(crate) body: &'a str,
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            address,
            stream,
            answer: Vec::with_capacity(16 * 1024),
        })
    }

    /// A new one in place of one that broke.
    pub(crate) async fn open_again(&mut self) -> io::Result<()> {
        *self = Self::open(self.address).await?;
        Ok(())
    }

    /// Sends a request and reads the answer to its end.
    pub(crate) async fn exchange(&mut self, request: &[u8]) -> io::Result<Answer<'_>> {
        let mut sent = 0;
        while sent < request.len() {
            match self.stream.try_write(&request[sent..]) {
                Ok(count) => sent += count,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    self.stream.writable().await?;
                }
                Err(error) => return Err(error),
            }
        }
        self.answer.clear();
        let mut head = None;
        loop {
            self.stream.readable().await?;
            match self.stream.try_read_buf(&mut self.answer) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => continue,
                Err(error) => return Err(error),
            }
            head = head.or_else(|| self.answer.windows(4).position(|four| four == b"\r\n\r\n"));
            let Some(end) = head else { continue };
            let whole = end + 4 + content_length(&self.answer[..end])?;
            if self.answer.len() >= whole {
                return parse(&self.answer[..whole], end);
            }
        }
    }
}

fn malformed(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

fn content_length(head: &[u8]) -> io::Result<usize> {
    let head = std::str::from_utf8(head).map_err(|_| malformed("the head is not text"))?;
    let length = header(head, "content-length").and_then(|value| value.parse().ok());
    // Every answer of ours is of a known length.
    length.ok_or_else(|| malformed("no content-length"))
}

fn parse(bytes: &[u8], end: usize) -> io::Result<Answer<'_>> {
    let text = std::str::from_utf8(bytes).map_err(|_| malformed("the answer is not text"))?;
    let (head, body) = (&text[..end], &text[end + 4..]);
    let status = head
        .get(9..12)
        .and_then(|status| status.parse().ok())
        .ok_or_else(|| malformed("no status"))?;
    Ok(Answer { status, head, body })
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    headers(head, name).next()
}

fn headers<'a>(head: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    head.split("\r\n").skip(1).filter_map(move |line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

impl<'a> Answer<'a> {
    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&'a str> {
        header(self.head, name)
    }

    /// The value of a cookie that is set.
    pub(crate) fn cookie(&self, name: &str) -> Option<&'a str> {
        let value = |line: &'a str| {
            line.strip_prefix(name)?
                .strip_prefix('=')?
                .split(';')
                .next()
        };
        headers(self.head, "set-cookie").find_map(value)
    }

    /// A string member of the JSON body that has no escapes, as tokens do not.
    pub(crate) fn member(&self, name: &str) -> Option<&'a str> {
        between(self.body, &format!("\"{name}\":\""), '"')
    }
}

/// What stands between a start and the next `end`.
pub(crate) fn between<'a>(text: &'a str, start: &str, end: char) -> Option<&'a str> {
    let rest = &text[text.find(start)? + start.len()..];
    rest.split(end).next()
}

/// Form-encoded pairs, for a body or a query.
pub(crate) fn form(pairs: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

/// A GET with further header lines, each with its end.
pub(crate) fn get(host: SocketAddr, path: &str, lines: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{lines}\r\n").into_bytes()
}

/// A POST of a form with further header lines, each with its end.
pub(crate) fn post(host: SocketAddr, path: &str, lines: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\n{lines}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}
