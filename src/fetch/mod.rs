//! The guarded fetcher: whatever this server asks of a machine that a client named (`jwks_uri`, `sector_identifier_uri`, `request_uri`,
//! `backchannel_logout_uri`), or a provider that people sign in with, goes through here, so that nobody can make it call what only it can reach (S150, S151; RFC 7591 §5, RFC 9700 §4.16).
//!
//! 1. https alone, without user name or password; a host that is an IP address must be a public one
//! 2. a name is looked up once, by a resolver that gives public addresses only ([`address`])
//! 3. no redirect, no proxy, no cookie, no decompression; limits on time and size, also while the answer trickles in
//! 4. the caller learns a [`FetchError`], one word; what happened stands in the log
//!
//! `outgoing.allow_hosts` lifts 1 and 2 for exactly the hosts in it.

mod address;
mod caller;
mod kept;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use quick_cache::sync::Cache;
use serde_json::Value;

use crate::config::OutgoingSettings;
use caller::Caller;
use kept::Slot;

pub use caller::SetupError;

/// At most this many documents are kept.
const KEPT: usize = 500;

/// Why there is no answer. That much, and no more, may be told to whoever named the address (S151).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// Not an https URL without user name and password.
    #[error("it is not an https address")]
    Url,
    /// It leads to an address that is not public.
    #[error("it does not lead to a public address")]
    Forbidden,
    /// No connection, or one that broke.
    #[error("it cannot be reached")]
    Unreachable,
    /// It took too long, from the connection to the last byte.
    #[error("it did not answer in time")]
    Timeout,
    /// Not 200; redirects are not followed.
    #[error("it answered with status {0}")]
    Status(u16),
    /// Longer than the caller's limit.
    #[error("its answer is too long")]
    TooLong,
    /// Not what was asked for: neither its media type nor its text.
    #[error("its answer is not what was expected")]
    Malformed,
}

/// What an answer must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// JSON, by media type (`application/json` or `…+json`) and by its text.
    Json,
    /// Anything: the caller looks.
    Any,
}

/// What an endpoint of a provider's is asked: its answer is read whatever its status, because an error has a body too.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    pub url: &'a str,
    /// Posted; `None`: it is a GET.
    pub form: Option<&'a [(&'a str, &'a str)]>,
    /// The header; a secret.
    pub authorization: Option<&'a str>,
    /// Of the answer, in bytes.
    pub limit: usize,
}

/// An answer with status 200.
#[derive(Debug)]
pub struct Document {
    pub body: Vec<u8>,
    /// In lower case, without parameters.
    pub media_type: String,
    /// For how long it may be kept (RFC 9111 §4.2.1), before our own bounds; `None`: it does not say.
    max_age: Option<Duration>,
}

/// The fetcher. One for the whole server.
pub struct Fetcher {
    caller: Arc<Caller>,
    kept: Cache<String, Arc<Slot>>,
}

impl Fetcher {
    /// A fetcher by these settings.
    pub fn new(settings: &OutgoingSettings) -> Result<Self, SetupError> {
        Ok(Self::with(Caller::new(settings)?))
    }

    fn with(caller: Caller) -> Self {
        Self {
            caller: Arc::new(caller),
            kept: Cache::new(KEPT),
        }
    }

    /// Whether an address could be fetched, as far as it tells by itself: what registration checks. No connection is made.
    pub fn check_url(&self, url: &str) -> Result<(), FetchError> {
        self.caller.route(url).map(|_| ())
    }

    /// Fetches, with nothing kept. `limit` is in bytes.
    pub async fn get(&self, url: &str, want: Want, limit: usize) -> Result<Document, FetchError> {
        self.caller.get(url, want, limit).await
    }

    /// Fetches JSON, with nothing kept.
    pub async fn get_json(&self, url: &str, limit: usize) -> Result<Value, FetchError> {
        let document = self.get(url, Want::Json, limit).await?;
        serde_json::from_slice(&document.body).map_err(|_| FetchError::Malformed)
    }

    /// The document, from memory while it is fresh. Many who ask at once wait for one call. An error is not kept, but who asks again right after
    /// it is told the same.
    pub async fn cached(
        &self,
        url: &str,
        want: Want,
        limit: usize,
        now: DateTime<Utc>,
    ) -> Result<Arc<Document>, FetchError> {
        let slot = self.slot(url, want);
        if let Some(document) = slot.fresh(now) {
            return Ok(document);
        }
        let call = (url.to_owned(), want, limit);
        kept::fetch(&self.caller, slot, call, now, false).await
    }

    /// The document, called for anew although it is fresh: for when something is missing in it, such as a key. A stranger may bring that about,
    /// so it happens only now and then, and else the kept one is given (S166).
    pub async fn refreshed(
        &self,
        url: &str,
        want: Want,
        limit: usize,
        now: DateTime<Utc>,
    ) -> Result<Arc<Document>, FetchError> {
        let call = (url.to_owned(), want, limit);
        kept::fetch(&self.caller, self.slot(url, want), call, now, true).await
    }

    /// Posts a form; the status of the answer, whose body nobody reads.
    pub async fn post_form(&self, url: &str, params: &[(&str, &str)]) -> Result<u16, FetchError> {
        self.caller.post_form(url, params).await
    }

    /// Asks, and reads the JSON that is answered, with its status. Nothing is kept.
    pub async fn ask(&self, question: Question<'_>) -> Result<(u16, Value), FetchError> {
        self.caller.ask(question).await
    }

    /// What was taken as anything must not pass for JSON, so the two are kept apart.
    fn slot(&self, url: &str, want: Want) -> Arc<Slot> {
        let key = format!("{want:?} {url}");
        let made = self
            .kept
            .get_or_insert_with(&key, || Ok::<_, std::convert::Infallible>(Arc::default()));
        match made {
            Ok(slot) => slot,
            Err(never) => match never {},
        }
    }
}

#[cfg(test)]
mod tests;
