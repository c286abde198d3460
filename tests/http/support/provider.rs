//! A provider elsewhere that says whatever a test wants: metadata, keys, tokens; GitHub's addresses too.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use placet::config::{Config, Provider};
use placet::keys::crypto::SigningKey;
use placet::keys::jwt;
use placet::model::signing_key::SigningAlg;
use reqwest::Url;
use scraper::{Html, Selector};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::server::start_of_time;
use super::{Browser, Page, TestServer};
use crate::support::database::TestDatabase;

pub(crate) const CLIENT: &str = "ours";
pub(crate) const SECRET: &str = "hush-hush-this-is-secret";

/// What is answered at a path: status and body.
type Answers = Arc<Mutex<HashMap<String, (u16, String)>>>;

/// A running provider. Dropped, it is gone.
pub(crate) struct FakeProvider {
    /// `127.0.0.1:port`.
    pub host: String,
    /// Its issuer.
    pub url: String,
    pub key: SigningKey,
    answers: Answers,
    /// What it was asked, head and body.
    calls: Arc<Mutex<Vec<String>>>,
    task: tokio::task::JoinHandle<()>,
}

pub(crate) fn new_key() -> SigningKey {
    SigningKey::generate(SigningAlg::ES256).unwrap().0
}

impl FakeProvider {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let (answers, calls) = (Answers::default(), Arc::<Mutex<Vec<String>>>::default());
        let (told, heard) = (Arc::clone(&answers), Arc::clone(&calls));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&told), Arc::clone(&heard)));
            }
        });
        let fake = Self {
            url: format!("http://{host}"),
            host,
            key: new_key(),
            answers,
            calls,
            task,
        };
        fake.metadata(&json!({}));
        fake.publish(&[&fake.key]);
        fake
    }

    /// What is answered at a path from now on.
    pub(crate) fn answer(&self, path: &str, status: u16, body: &Value) {
        let answer = (status, body.to_string());
        self.answers.lock().unwrap().insert(path.to_owned(), answer);
    }

    /// The metadata, with changes.
    pub(crate) fn metadata(&self, change: &Value) {
        let at = |path: &str| format!("{}{path}", self.url);
        let mut document = json!({
            "issuer": self.url,
            "authorization_endpoint": at("/authorize?own=1"),
            "token_endpoint": at("/token"),
            "jwks_uri": at("/jwks"),
            "authorization_response_iss_parameter_supported": true,
        });
        merge(&mut document, change);
        self.answer("/.well-known/openid-configuration", 200, &document);
    }

    /// The keys that it says it has.
    pub(crate) fn publish(&self, keys: &[&SigningKey]) {
        let keys: Vec<&Value> = keys.iter().map(|key| key.public_jwk().unwrap()).collect();
        self.answer("/jwks", 200, &json!({ "keys": keys }));
    }

    /// The claims of a good ID token for the sign-in behind this address, with changes; null takes one away.
    pub(crate) fn claims(&self, to: &Url, change: &Value) -> Value {
        let now = start_of_time().timestamp();
        let mut claims = json!({
            "iss": self.url,
            "sub": "248289761001",
            "aud": CLIENT,
            "exp": now + 600,
            "iat": now,
            "nonce": query(to, "nonce"),
        });
        merge(&mut claims, change);
        claims
    }

    /// The token endpoint answers with a good ID token, with changes.
    pub(crate) fn grant(&self, to: &Url, change: &Value) {
        let token = jwt::sign(&self.key, "JWT", &self.claims(to, change)).unwrap();
        self.give(&token);
    }

    /// The token endpoint answers with this ID token.
    pub(crate) fn give(&self, token: &str) {
        let answer = json!({ "access_token": "their-access-token", "token_type": "Bearer", "id_token": token });
        self.answer("/token", 200, &answer);
    }

    /// What it was asked so far, at paths that begin so.
    pub(crate) fn calls(&self, path: &str) -> Vec<String> {
        let calls = self.calls.lock().unwrap();
        let of_path = |call: &&String| {
            call.split(' ')
                .nth(1)
                .is_some_and(|it| it.starts_with(path))
        };
        calls.iter().filter(of_path).cloned().collect()
    }

    /// How this server is told of it.
    pub(crate) fn settings(&self) -> Provider {
        let mut provider = Provider::openid("fake", &self.url, CLIENT);
        "Fake & Sons".clone_into(&mut provider.name);
        provider.client_secret = Some(placet::model::secret::Secret::new(SECRET.to_owned()));
        provider
    }

    /// A server of ours that knows it, with changes to what it knows.
    pub(crate) async fn server(
        &self,
        db: TestDatabase,
        change: impl FnOnce(&mut Provider),
    ) -> TestServer {
        let mut provider = self.settings();
        change(&mut provider);
        let host = self.host.clone();
        TestServer::start_with(db, |config| knows(config, host, provider)).await
    }
}

/// Adds a provider to the settings.
pub(crate) fn knows(config: &mut Config, host: String, provider: Provider) {
    config.outgoing.allow_hosts.push(host);
    config.upstream.providers.push(provider);
}

impl Drop for FakeProvider {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn merge(into: &mut Value, change: &Value) {
    for (name, value) in change.as_object().unwrap() {
        if value.is_null() {
            into.as_object_mut().unwrap().remove(name);
        } else {
            into[name] = value.clone();
        }
    }
}

/// A parameter of an address.
pub(crate) fn query(url: &Url, name: &str) -> String {
    let mut pairs = url.query_pairs();
    let found = pairs.find(|(found, _)| found == name);
    found.map_or_else(String::new, |(_, value)| value.into_owned())
}

/// Presses a provider's button on the sign-in page; where that leads.
pub(crate) async fn press(browser: &mut Browser, page: &Page, provider: &str) -> Page {
    let fields = {
        let html = Html::parse_document(&page.body);
        let form = Selector::parse("form.elsewhere").unwrap();
        let form = html.select(&form).next();
        let form = form.unwrap_or_else(|| panic!("no provider: {}", page.body));
        let inputs = Selector::parse("input").unwrap();
        let of = |input: scraper::ElementRef<'_>| {
            let of = |name| input.attr(name).unwrap_or_default().to_owned();
            (of("name"), of("value"))
        };
        form.select(&inputs).map(of).collect::<Vec<_>>()
    };
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    browser
        .post(&format!("/login/upstream/{provider}"), &fields)
        .await
}

/// The address at the provider to which an answer leads.
pub(crate) fn sent_to(page: &Page) -> Url {
    let location = page.location();
    let location = location.unwrap_or_else(|| panic!("{}: {}", page.status, page.text()));
    Url::parse(&location).unwrap()
}

/// Opens the sign-in page, and goes to the provider.
pub(crate) async fn begin(browser: &mut Browser, address: &str, provider: &str) -> Url {
    let page = browser.visit(address).await;
    let page = press(browser, &page, provider).await;
    sent_to(&page)
}

/// The way back from the fake provider, with this answer.
pub(crate) fn back(to: &Url, more: &[(&str, &str)]) -> String {
    let mut url = Url::parse(&query(to, "redirect_uri")).unwrap();
    let issuer = to.origin().ascii_serialization();
    let mut params = vec![
        ("state", query(to, "state")),
        ("code", "a-code".to_owned()),
        ("iss", issuer),
    ];
    params.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    let more = more.iter().filter(|(_, value)| !value.is_empty());
    url.query_pairs_mut()
        .extend_pairs(&params)
        .extend_pairs(more);
    url.to_string()
}

async fn serve(mut stream: TcpStream, answers: Answers, calls: Arc<Mutex<Vec<String>>>) {
    let mut text = String::new();
    let mut chunk = [0; 8192];
    loop {
        let Ok(read @ 1..) = stream.read(&mut chunk).await else {
            return;
        };
        text.push_str(&String::from_utf8_lossy(&chunk[..read]));
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            let is_length = name.eq_ignore_ascii_case("content-length");
            is_length.then(|| value.trim().parse::<usize>().ok())?
        });
        if body.len() >= length.unwrap_or(0) {
            break;
        }
    }
    let path = text.split(' ').nth(1).unwrap_or_default();
    let path = path.split('?').next().unwrap_or_default().to_owned();
    calls.lock().unwrap().push(text);
    let found = answers.lock().unwrap().get(&path).cloned();
    let (status, body) = found.unwrap_or((404, "{}".to_owned()));
    let length = body.len();
    let answer = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncache-control: no-store\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    );
    stream.write_all(answer.as_bytes()).await.ok();
}
