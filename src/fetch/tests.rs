//! The fetcher against listeners on this machine that count who connects (S150, S151, S166).

use std::net::{IpAddr, SocketAddr};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::TimeDelta;
use reqwest::dns::{Name, Resolve, Resolving};

use super::caller::Limits;
use super::*;

#[path = "../../tests/support/listener.rs"]
mod listener;

use listener::{Answer, HEAD, Listener, acceptor, json, tls_file};

const JSON: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 7\r\n\r\n{\"a\":1}";
const LIMIT: usize = 1000;

/// Answers with these addresses, one list at a time, the last one for ever; counts who asks.
struct Names(Mutex<Vec<Vec<IpAddr>>>, AtomicUsize);

impl Names {
    fn new(answers: &[&[&str]]) -> Arc<Self> {
        let parse = |list: &&[&str]| list.iter().map(|ip| ip.parse().unwrap()).collect();
        let answers = answers.iter().rev().map(parse).collect();
        Arc::new(Self(Mutex::new(answers), AtomicUsize::new(0)))
    }

    fn asked(&self) -> usize {
        self.1.load(Ordering::SeqCst)
    }
}

impl Resolve for Names {
    fn resolve(&self, _: Name) -> Resolving {
        self.1.fetch_add(1, Ordering::SeqCst);
        let mut answers = self.0.lock().unwrap();
        let last = answers.len() == 1;
        let next = if last {
            answers[0].clone()
        } else {
            answers.pop().unwrap()
        };
        let found: Vec<SocketAddr> = next.into_iter().map(|ip| (ip, 0).into()).collect();
        Box::pin(async move { Ok(Box::new(found.into_iter()) as _) })
    }
}

const QUICK: Limits = Limits {
    connect: Duration::from_millis(400),
    total: Duration::from_millis(800),
};

fn fetcher(allow_hosts: &[&str], names: &Arc<Names>) -> Fetcher {
    let settings = OutgoingSettings {
        allow_hosts: allow_hosts.iter().map(ToString::to_string).collect(),
        extra_ca_file: Some(tls_file("authority.pem")),
    };
    let resolver: Arc<dyn Resolve> = Arc::<Names>::clone(names);
    Fetcher::with(Caller::with(&settings, QUICK, resolver).unwrap())
}

fn closed() -> Fetcher {
    fetcher(&[], &Names::new(&[&["127.0.0.1"]]))
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

fn after(seconds: i64) -> DateTime<Utc> {
    now() + TimeDelta::seconds(seconds)
}

// S150
#[tokio::test]
async fn what_is_not_public_sees_no_connection() {
    let listener = Listener::text(JSON).await;
    let port = listener.port;
    let fetcher = closed();
    let hosts = [
        "127.0.0.1",
        "localhost",
        "localhost.",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "127.0.0.1.",
        "0",
        "0.0.0.0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[2002:7f00:1::]",
        "1%32%37.0.0.1",
        "①②⑦.0.0.1",
        "127。0。0。1",
        "rebind.example",
    ];
    for host in hosts {
        let url = format!("https://{host}:{port}/x");
        let error = fetcher.get_json(&url, LIMIT).await.unwrap_err();
        assert_eq!(error, FetchError::Forbidden, "{host}");
        let error = fetcher.post_form(&url, &[]).await.unwrap_err();
        assert_eq!(error, FetchError::Forbidden, "{host}");
        let url = format!("http://{host}:{port}/x");
        let error = fetcher.get_json(&url, LIMIT).await.unwrap_err();
        assert_eq!(error, FetchError::Url, "http {host}");
    }
    let odd = [
        "file:///etc/passwd".to_owned(),
        "ftp://127.0.0.1/x".to_owned(),
        "urn:x:y".to_owned(),
        "//127.0.0.1/".to_owned(),
        String::new(),
        "https://".to_owned(),
        format!("https://app.example/{}", "x".repeat(2000)),
        "https://ada@app.example/".to_owned(),
        "https://:secret@app.example/".to_owned(),
    ];
    for url in odd {
        assert_eq!(fetcher.check_url(&url), Err(FetchError::Url), "{url}");
    }
    assert_eq!(fetcher.check_url("https://app.example/jwks?x=1#y"), Ok(()));
    assert_eq!(listener.connections(), 0);
}

// S150: between check and use there is no second look-up, and each connection is checked anew.
#[tokio::test]
async fn a_name_that_changes_its_address_is_followed_nowhere() {
    let listener = Listener::text(JSON).await;
    let names = Names::new(&[&["9.9.9.9", "10.0.0.1"], &["127.0.0.1"]]);
    let guard = address::Guarded(Arc::<Names>::clone(&names));
    let first = guard.resolve("app.example".parse().unwrap()).await;
    let first: Vec<_> = first.unwrap().map(|address| address.ip()).collect();
    assert_eq!(first, ["9.9.9.9".parse::<IpAddr>().unwrap()]);
    assert!(guard.resolve("app.example".parse().unwrap()).await.is_err());

    let names = Names::new(&[&["127.0.0.1", "::1"]]);
    let fetcher = fetcher(&[], &names);
    let url = format!("https://app.example:{}/x", listener.port);
    for asked in 1..3 {
        let error = fetcher.get_json(&url, LIMIT).await.unwrap_err();
        assert_eq!(error, FetchError::Forbidden);
        assert_eq!(names.asked(), asked, "one look-up for one call");
    }
    assert_eq!(listener.connections(), 0);
}

#[tokio::test]
async fn an_allowed_host_works_over_http_and_no_other_port_of_it() {
    let (listener, other) = (Listener::text(JSON).await, Listener::text(JSON).await);
    let fetcher = fetcher(&[&listener.place()], &Names::new(&[&["127.0.0.1"]]));
    let answer = fetcher.get_json(&listener.url(), LIMIT).await.unwrap();
    assert_eq!(answer, serde_json::json!({"a": 1}));
    let sent = listener.requests.lock().unwrap()[0].to_ascii_lowercase();
    for header in ["cookie", "authorization", "accept-encoding", "referer"] {
        assert!(!sent.contains(header), "{header}: {sent}");
    }
    let status = fetcher
        .post_form(&listener.url(), &[("logout_token", "a b&c")])
        .await;
    assert_eq!(status, Ok(200));
    let sent = listener.requests.lock().unwrap()[1].clone();
    assert!(sent.starts_with("POST /x HTTP/1.1\r\n"), "{sent}");
    assert!(sent.ends_with("\r\n\r\nlogout_token=a+b%26c"), "{sent}");
    let error = fetcher.get_json(&other.url(), LIMIT).await.unwrap_err();
    assert_eq!(error, FetchError::Url);
    assert_eq!(other.connections(), 0);
}

#[tokio::test]
async fn tls_is_verified_by_the_extra_authority() {
    let listener = Listener::start(Answer::Text(JSON.to_owned()), Some(acceptor())).await;
    let place = format!("localhost:{}", listener.port);
    let url = format!("https://{place}/x");
    let fetcher = fetcher(&[&place], &Names::new(&[&["127.0.0.1"]]));
    assert!(fetcher.get_json(&url, LIMIT).await.is_ok());
    let stranger = OutgoingSettings {
        allow_hosts: vec![place],
        extra_ca_file: None,
    };
    let stranger = Fetcher::new(&stranger).unwrap();
    let error = stranger.get_json(&url, LIMIT).await.unwrap_err();
    assert_eq!(error, FetchError::Unreachable);
    let bad = OutgoingSettings {
        allow_hosts: vec![],
        extra_ca_file: Some(tls_file("localhost.key.pem")),
    };
    let error = Fetcher::new(&bad).err().unwrap().to_string();
    assert!(error.starts_with("outgoing.extra_ca_file: "), "{error}");
}

// S151
#[tokio::test]
async fn only_200_with_json_of_the_right_size_is_taken() {
    let target = Listener::text(JSON).await;
    let listener = Listener::text(JSON).await;
    let fetcher = fetcher(
        &[&listener.place(), &target.place()],
        &Names::new(&[&["127.0.0.1"]]),
    );
    let with = |status: &str, headers: &str, body: &str| {
        let length = body.len();
        format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n{headers}\r\n\r\n{body}")
    };
    let json = "content-type: application/json; charset=utf-8";
    let redirect = format!("location: {}\r\n{json}", target.url());
    let long = format!("[{}]", " ".repeat(LIMIT));
    let cases = [
        (with("302 Found", &redirect, "{}"), FetchError::Status(302)),
        (
            with("307 Temporary Redirect", &redirect, "{}"),
            FetchError::Status(307),
        ),
        (with("201 Created", json, "{}"), FetchError::Status(201)),
        (with("404 Not Found", json, "{}"), FetchError::Status(404)),
        (
            with("200 OK", "content-type: text/html", "{}"),
            FetchError::Malformed,
        ),
        (with("200 OK", "x: y", "{}"), FetchError::Malformed),
        (with("200 OK", json, "{"), FetchError::Malformed),
        (with("200 OK", json, ""), FetchError::Malformed),
        (
            with("200 OK", json, &"[".repeat(900)),
            FetchError::Malformed,
        ),
        (with("200 OK", json, &long), FetchError::TooLong),
        (
            format!("HTTP/1.1 200 OK\r\n{json}\r\n\r\n{long}"),
            FetchError::TooLong,
        ),
        ("nonsense\r\n\r\n".to_owned(), FetchError::Unreachable),
    ];
    for (answer, error) in cases {
        listener.answer(&answer);
        let got = fetcher.get_json(&listener.url(), LIMIT).await.unwrap_err();
        assert_eq!(got, error, "{answer}");
    }
    listener.answer(&with(
        "200 OK",
        "content-type: application/jwk-set+json",
        "{}",
    ));
    assert!(fetcher.get_json(&listener.url(), LIMIT).await.is_ok());
    assert_eq!(target.connections(), 0, "a redirect was followed");
}

fn endless(head: &'static str, blanks: usize, pause: u64) -> Answer {
    Answer::Endless {
        head,
        blanks,
        pause: Duration::from_millis(pause),
    }
}

// S151
#[tokio::test]
async fn slow_and_endless_answers_are_cut() {
    for (answer, error) in [
        (endless(HEAD, 1, 50), FetchError::Timeout),
        (endless("", 0, 60_000), FetchError::Timeout),
        (endless(HEAD, 16 * 1024, 0), FetchError::TooLong),
    ] {
        let listener = Listener::start(answer, None).await;
        let fetcher = fetcher(&[&listener.place()], &Names::new(&[&["127.0.0.1"]]));
        let begun = std::time::Instant::now();
        let got = fetcher.get_json(&listener.url(), LIMIT).await.unwrap_err();
        assert_eq!(got, error);
        assert!(begun.elapsed() < Duration::from_secs(3), "{error}");
    }
}

async fn kept(fetcher: &Fetcher, listener: &Listener, at: DateTime<Utc>) -> String {
    let document = fetcher
        .cached(&listener.url(), Want::Json, LIMIT, at)
        .await
        .unwrap();
    String::from_utf8(document.body.clone()).unwrap()
}

#[tokio::test]
async fn documents_are_kept_as_long_as_they_say() {
    let listener = Listener::text(&json("max-age=60", "[1]")).await;
    let fetcher = fetcher(&[&listener.place()], &Names::new(&[&["127.0.0.1"]]));
    assert_eq!(kept(&fetcher, &listener, now()).await, "[1]");
    listener.answer(&json("no-store", "[2]"));
    assert_eq!(kept(&fetcher, &listener, after(59)).await, "[1]");
    assert_eq!(listener.connections(), 1);
    assert_eq!(kept(&fetcher, &listener, after(60)).await, "[2]");
    listener.answer("HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n");
    assert_eq!(kept(&fetcher, &listener, after(69)).await, "[2]", "a floor");
    let url = listener.url();
    let cached = |at| fetcher.cached(&url, Want::Json, LIMIT, at);
    assert_eq!(
        cached(after(70)).await.unwrap_err(),
        FetchError::Status(500)
    );
    listener.answer(&json("max-age=99999999", "[3]"));
    assert!(
        cached(after(71)).await.is_err(),
        "no call right after a failure"
    );
    assert_eq!(listener.connections(), 3);
    assert_eq!(
        kept(&fetcher, &listener, after(74)).await,
        "[3]",
        "errors are not kept"
    );
    assert_eq!(kept(&fetcher, &listener, after(3600)).await, "[3]");
    listener.answer(&json("max-age=60", "[4]"));
    assert_eq!(
        kept(&fetcher, &listener, after(3680)).await,
        "[4]",
        "a ceiling"
    );
    assert_eq!(kept(&fetcher, &listener, after(3679)).await, "[4]");
    assert_eq!(listener.connections(), 5);
    assert_eq!(
        kept(&fetcher, &listener, after(-9)).await,
        "[4]",
        "the clock was put back"
    );
    assert_eq!(listener.connections(), 6);
}

// S166
#[tokio::test]
async fn a_forced_refresh_happens_now_and_then_only() {
    let listener = Listener::text(&json("max-age=3600", "[1]")).await;
    let fetcher = fetcher(&[&listener.place()], &Names::new(&[&["127.0.0.1"]]));
    assert_eq!(kept(&fetcher, &listener, now()).await, "[1]");
    listener.answer(&json("max-age=3600", "[2]"));
    let refreshed = async |seconds| {
        let url = listener.url();
        let document = fetcher.refreshed(&url, Want::Json, LIMIT, after(seconds));
        String::from_utf8(document.await.unwrap().body.clone()).unwrap()
    };
    // The first comes at once: the client may have changed its keys since.
    for seconds in [0, 1, 9] {
        assert_eq!(refreshed(seconds).await, "[2]");
    }
    assert_eq!(listener.connections(), 2);
    listener.answer("HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n");
    for seconds in 10..20 {
        assert_eq!(refreshed(seconds).await, "[2]", "what is fresh stays good");
    }
    assert_eq!(listener.connections(), 3);
    for seconds in 20..30 {
        assert_eq!(refreshed(seconds).await, "[2]");
    }
    assert_eq!(listener.connections(), 4);
}

// S166
#[tokio::test]
async fn many_at_once_make_one_call_even_if_they_go_away() {
    let listener = Listener::start(endless("", 0, 60_000), None).await;
    let fetcher = Arc::new(fetcher(
        &[&listener.place()],
        &Names::new(&[&["127.0.0.1"]]),
    ));
    let url = listener.url();
    for _ in 0..5 {
        let call = fetcher.cached(&url, Want::Json, LIMIT, now());
        let gone = tokio::time::timeout(Duration::from_millis(20), call).await;
        assert!(gone.is_err());
    }
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let (fetcher, url) = (Arc::clone(&fetcher), url.clone());
            tokio::spawn(async move { fetcher.cached(&url, Want::Json, LIMIT, now()).await })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap().unwrap_err(), FetchError::Timeout);
    }
    assert_eq!(listener.connections(), 1);
}
