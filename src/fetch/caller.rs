//! One call: which client makes it, its limits, and reading the answer.

use std::error::Error as _;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::dns::Resolve;
use reqwest::header::{ACCEPT, AGE, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, HeaderMap};
use reqwest::{Certificate, Client, ClientBuilder, RequestBuilder, Response};
use serde::de::IgnoredAny;
use serde_json::Value;
use url::{Host, Url};

use super::address::{Guarded, NotPublic, System, is_public};
use super::{Document, FetchError, Question, Want, kept};
use crate::config::OutgoingSettings;

const MAX_URL_BYTES: usize = 2000;
const MAX_HEADERS: usize = 64;

/// Why the fetcher cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("outgoing.extra_ca_file: cannot use {file}: {cause}; give a PEM file of certificates")]
pub struct SetupError {
    file: String,
    cause: String,
}

/// How long a call may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) connect: Duration,
    /// From the connection to the last byte of the answer.
    pub(super) total: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            total: Duration::from_secs(6),
        }
    }
}

pub(super) struct Caller {
    limits: Limits,
    resolver: Arc<dyn Resolve>,
    extra: Vec<Certificate>,
    allow_hosts: Vec<String>,
    // Made at the first call: reading the system's authorities takes its time, and most servers never call anybody.
    guarded: OnceLock<Option<Client>>,
    trusted: OnceLock<Option<Client>>,
}

/// Which client may call an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// To public addresses alone.
    Guarded,
    /// For `allow_hosts`: wherever the name leads. Redirects are not followed, so it calls no other host.
    Trusted,
}

impl Caller {
    pub(super) fn new(settings: &OutgoingSettings) -> Result<Self, SetupError> {
        Self::with(settings, Limits::default(), Arc::new(System))
    }

    /// With limits and a resolver of the test's own.
    pub(super) fn with(
        settings: &OutgoingSettings,
        limits: Limits,
        resolver: Arc<dyn Resolve>,
    ) -> Result<Self, SetupError> {
        Ok(Self {
            limits,
            resolver,
            extra: extra_authorities(settings)?,
            allow_hosts: settings.allow_hosts.clone(),
            guarded: OnceLock::new(),
            trusted: OnceLock::new(),
        })
    }

    fn client(&self, route: Route) -> Result<&Client, FetchError> {
        let made = match route {
            Route::Guarded => self.guarded.get_or_init(|| {
                build(&self.extra, || {
                    let guard = Guarded(Arc::clone(&self.resolver));
                    builder(self.limits).https_only(true).dns_resolver(guard)
                })
            }),
            Route::Trusted => self
                .trusted
                .get_or_init(|| build(&self.extra, || builder(self.limits))),
        };
        made.as_ref().ok_or(FetchError::Unreachable)
    }

    /// The address, checked, and which client may call it.
    pub(super) fn route(&self, text: &str) -> Result<(Url, Route), FetchError> {
        let url = Url::parse(text).map_err(|_| FetchError::Url)?;
        let is_web = matches!(url.scheme(), "https" | "http");
        let is_plain = url.username().is_empty() && url.password().is_none();
        if !is_web || !is_plain || text.len() > MAX_URL_BYTES {
            return Err(FetchError::Url);
        }
        let (Some(host), Some(place)) = (url.host(), OutgoingSettings::entry_of(&url)) else {
            return Err(FetchError::Url);
        };
        if self.allow_hosts.contains(&place) {
            return Ok((url, Route::Trusted));
        }
        if url.scheme() != "https" {
            return Err(FetchError::Url);
        }
        // `url` has read decimal, octal and hexadecimal forms as the addresses that they are. The resolver is not asked for these.
        let is_open = match host {
            Host::Ipv4(address) => is_public(address.into()),
            Host::Ipv6(address) => is_public(address.into()),
            Host::Domain(_) => true,
        };
        is_open
            .then_some((url, Route::Guarded))
            .ok_or(FetchError::Forbidden)
    }

    pub(super) async fn get(
        &self,
        url: &str,
        want: Want,
        limit: usize,
    ) -> Result<Document, FetchError> {
        let (url, route) = self.route(url)?;
        let client = self.client(route)?;
        let place = place(&url);
        let accept = match want {
            Want::Json => "application/json",
            Want::Any => "*/*",
        };
        let response = send(client.get(url).header(ACCEPT, accept), &place).await?;
        read(response, want, limit).await.inspect_err(
            |error| tracing::info!(host = place, %error, "a fetched answer is refused"),
        )
    }

    pub(super) async fn post_form(
        &self,
        url: &str,
        params: &[(&str, &str)],
    ) -> Result<u16, FetchError> {
        let (url, route) = self.route(url)?;
        let client = self.client(route)?;
        let place = place(&url);
        let response = send(client.post(url).form(params), &place).await?;
        Ok(response.status().as_u16())
    }

    pub(super) async fn ask(&self, question: Question<'_>) -> Result<(u16, Value), FetchError> {
        let (url, route) = self.route(question.url)?;
        let client = self.client(route)?;
        let place = place(&url);
        let mut request = match question.form {
            Some(form) => client.post(url).form(form),
            None => client.get(url),
        };
        request = request.header(ACCEPT, "application/json");
        if let Some(value) = question.authorization {
            request = request.header(AUTHORIZATION, value);
        }
        let response = send(request, &place).await?;
        let status = response.status().as_u16();
        let body = body(response, question.limit).await?;
        let value = serde_json::from_slice(&body);
        Ok((status, value.map_err(|_| FetchError::Malformed)?))
    }
}

/// What the log says of an address: its path and query may hold secrets.
fn place(url: &Url) -> String {
    url.origin().ascii_serialization()
}

async fn send(request: RequestBuilder, place: &str) -> Result<Response, FetchError> {
    request.send().await.map_err(|error| {
        let kind = kind(&error);
        tracing::info!(host = place, error = %kind, cause = cause(&error), "an outgoing call failed");
        kind
    })
}

async fn read(response: Response, want: Want, limit: usize) -> Result<Document, FetchError> {
    let status = response.status().as_u16();
    if status != 200 {
        return Err(FetchError::Status(status));
    }
    let media_type = media_type(response.headers());
    let is_json = media_type == "application/json"
        || (media_type.starts_with("application/") && media_type.ends_with("+json"));
    if want == Want::Json && !is_json {
        return Err(FetchError::Malformed);
    }
    let max_age = {
        let headers = response.headers();
        let values = headers.get_all(CACHE_CONTROL).iter();
        let age = headers.get(AGE).and_then(|value| value.to_str().ok());
        kept::max_age(values.filter_map(|value| value.to_str().ok()), age)
    };
    let body = body(response, limit).await?;
    if want == Want::Json && serde_json::from_slice::<IgnoredAny>(&body).is_err() {
        return Err(FetchError::Malformed);
    }
    Ok(Document {
        body,
        media_type,
        max_age,
    })
}

async fn body(mut response: Response, limit: usize) -> Result<Vec<u8>, FetchError> {
    if response
        .content_length()
        .is_some_and(|length| length > limit as u64)
    {
        return Err(FetchError::TooLong);
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| kind(&error))? {
        if body.len() + chunk.len() > limit {
            return Err(FetchError::TooLong);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn media_type(headers: &HeaderMap) -> String {
    let value = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let bare = value.unwrap_or_default().split(';').next();
    bare.unwrap_or_default().trim().to_ascii_lowercase()
}

fn kind(error: &reqwest::Error) -> FetchError {
    let mut source = error.source();
    while let Some(inner) = source {
        if inner.is::<NotPublic>() {
            return FetchError::Forbidden;
        }
        source = inner.source();
    }
    if error.is_timeout() {
        FetchError::Timeout
    } else {
        FetchError::Unreachable
    }
}

/// The innermost cause, which names no address.
fn cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    if cause.is::<reqwest::Error>() {
        return "no more is known".to_owned();
    }
    cause.to_string()
}

fn builder(limits: Limits) -> ClientBuilder {
    Client::builder()
        .user_agent("placet")
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .no_proxy()
        .connect_timeout(limits.connect)
        .timeout(limits.total)
        .http1_max_headers(MAX_HEADERS)
        // A kept connection would outlive the runtime of the thread that opened it, and the check of its address.
        .pool_max_idle_per_host(0)
}

fn extra_authorities(settings: &OutgoingSettings) -> Result<Vec<Certificate>, SetupError> {
    let Some(file) = &settings.extra_ca_file else {
        return Ok(Vec::new());
    };
    let failed = |cause: String| SetupError {
        file: file.display().to_string(),
        cause,
    };
    let pem = std::fs::read(file).map_err(|error| failed(error.to_string()))?;
    let found = Certificate::from_pem_bundle(&pem).map_err(|error| failed(cause(&error)))?;
    if found.is_empty() {
        return Err(failed("there is no certificate in it".to_owned()));
    }
    Ok(found)
}

/// With the system's authorities and ours. A small container has none: then with ours alone. `None`, and a line in the log, where not even
/// that works.
fn build(extra: &[Certificate], make: impl Fn() -> ClientBuilder) -> Option<Client> {
    let merged = make().tls_certs_merge(extra.iter().cloned()).build();
    let built = merged.or_else(|error| {
        tracing::warn!(cause = cause(&error), "no certificate authorities on this system: https calls will fail; install ca-certificates, or set outgoing.extra_ca_file");
        make().tls_certs_only(extra.iter().cloned()).build()
    });
    built
        .inspect_err(|error| tracing::error!(cause = cause(error), "outgoing calls cannot be made"))
        .ok()
}
