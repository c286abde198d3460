//! Signing in with an account elsewhere: this server as the client of an OpenID provider (OIDC Core §3.1), or of GitHub.
//!
//! 1. [`begin`] makes state, nonce and PKCE verifier, and the address to send the browser to. What waits is an [`Attempt`], which that browser
//!    alone keeps, sealed.
//! 2. [`finish`] judges what the provider sent back: state, `iss` (RFC 9207), the code, the ID token. What is left is [`Claims`].
//! 3. [`account`] says who that is here; [`links`] links the two by their own act.

pub mod account;
mod exchange;
mod github;
mod id_token;
pub mod links;
mod metadata;
mod userinfo;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use url::Url;

use super::login::Place;
use crate::app::{App, delta};
use crate::config::{OutgoingSettings, Protocol, Provider};
use crate::crypto;
use crate::fetch::FetchError;
use crate::model::event::{Actor, EventKind};
use crate::model::id::{SessionId, UserId};
use crate::model::secret::Secret;
use crate::random;
use crate::storage;

use exchange::Tokens;
use metadata::Metadata;

/// So long somebody may take at the provider.
pub const ATTEMPT_TTL: TimeDelta = TimeDelta::minutes(10);
/// Nodes whose clocks differ must not take a state after another forgot it.
const REMEMBERED_LONGER: TimeDelta = TimeDelta::minutes(5);

/// What waits for the browser to come back from a provider.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Attempt {
    #[serde(rename = "p")]
    pub provider: String,
    /// SHA-256 of the `state`.
    #[serde(rename = "s")]
    state: String,
    #[serde(rename = "n")]
    nonce: String,
    #[serde(rename = "v")]
    verifier: String,
    /// When it began.
    #[serde(rename = "a")]
    at: i64,
    /// The person had to show anew who they are.
    #[serde(rename = "f", default)]
    pub is_fresh: bool,
    /// Who wants the account linked, and in which session; `None`: it is a sign-in.
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    pub link: Option<(UserId, SessionId)>,
}

impl Attempt {
    /// Whether it is the one of this state, and still good.
    pub fn is_of(&self, state: &str, now: DateTime<Utc>) -> bool {
        crypto::equal(self.state.as_bytes(), digest(state).as_bytes()) && !self.is_over(now)
    }

    /// Whether it has taken too long.
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.began() + ATTEMPT_TTL <= now
    }

    fn began(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.at, 0).unwrap_or_default()
    }
}

/// What is asked of a provider.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wish<'a> {
    /// The person shall show anew who they are.
    pub is_fresh: bool,
    pub link: Option<(UserId, SessionId)>,
    /// Comes back in the state.
    pub carried: &'a str,
}

/// Who came, in the words of the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    pub issuer: String,
    pub subject: String,
    pub email: Option<String>,
    /// The provider answers for the address.
    pub is_email_verified: bool,
    pub preferred_username: Option<String>,
    pub name: Option<String>,
    /// RFC 8176.
    pub amr: Vec<String>,
    /// When the person showed there who they are, as far as that is told.
    pub authenticated_at: Option<DateTime<Utc>>,
}

/// Somebody whom a provider has sent.
pub struct Arrived {
    pub claims: Claims,
    tokens: Tokens,
    metadata: Option<Metadata>,
}

/// What went wrong, as a page tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The person, or the provider, said no.
    Denied,
    /// The provider does not answer, or not with what it should.
    Unavailable,
    /// The provider refused what we asked; mostly a setting is wrong.
    Refused,
    /// What came back cannot be believed.
    Untrusted,
    /// The state was used before.
    Used,
}

/// Why a sign-in elsewhere came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// `reason` is for the log, the audit log and the foot of the page: it has no secret and nothing that was not looked at.
    #[error("{reason}")]
    Told { fault: Fault, reason: String },
    #[error("{0}")]
    Storage(#[from] storage::Error),
}

impl Failure {
    fn untrusted(reason: impl Into<String>) -> Self {
        Self::told(Fault::Untrusted, reason)
    }

    fn told(fault: Fault, reason: impl Into<String>) -> Self {
        Self::Told {
            fault,
            reason: reason.into(),
        }
    }

    /// What was asked for at `url` did not come; where a setting keeps it from that, the reason names what to add.
    fn fetch(what: &str, url: &str, error: FetchError) -> Self {
        let is_kept_back = matches!(error, FetchError::Url | FetchError::Forbidden);
        let url = Url::parse(url).ok().filter(|_| is_kept_back);
        let mend = url.and_then(|url| OutgoingSettings::entry_of(&url));
        let mend = mend
            .map(|entry| format!("; if it may be called, add {entry:?} to outgoing.allow_hosts"));
        let mend = mend.unwrap_or_default();
        Self::told(Fault::Unavailable, format!("{what}: {error}{mend}"))
    }
}

/// Where providers send browsers back to.
pub fn redirect_uri(app: &App, provider: &Provider) -> String {
    format!("{}/login/upstream/{}/callback", app.issuer(), provider.id)
}

/// Makes an attempt, and the address that the browser goes to (OIDC Core §3.1.2.1, RFC 7636 §4).
pub async fn begin(
    app: &App,
    provider: &Provider,
    wish: Wish<'_>,
) -> Result<(Attempt, String), Failure> {
    let endpoint = match provider.protocol {
        Protocol::GitHub => github::authorization_endpoint(provider),
        _ => metadata::of(app, provider).await?.authorization_endpoint,
    };
    let random = || random::token("").into_inner();
    let state = match wish.carried {
        "" => random(),
        carried => format!("{}.{carried}", random()),
    };
    let attempt = Attempt {
        provider: provider.id.clone(),
        state: digest(&state),
        nonce: random(),
        verifier: random(),
        at: app.clock.now().timestamp(),
        is_fresh: wish.is_fresh,
        link: wish.link,
    };
    let mut url = Url::parse(&endpoint)
        .map_err(|_| Failure::told(Fault::Unavailable, "authorization_endpoint is no URL"))?;
    {
        let mut query = url.query_pairs_mut();
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", &provider.client_id)
            .append_pair("redirect_uri", &redirect_uri(app, provider))
            .append_pair("scope", &provider.scope)
            .append_pair("state", &state)
            .append_pair("code_challenge", &digest(&attempt.verifier))
            .append_pair("code_challenge_method", "S256");
        if provider.protocol != Protocol::GitHub {
            query.append_pair("nonce", &attempt.nonce);
        }
        if let Some(prompt) = prompt(provider, wish) {
            query.append_pair("prompt", prompt);
        }
        // `prompt` may be lost on the way; with this the ID token has to say when (OIDC Core §2 auth_time).
        if wish.is_fresh && provider.protocol.proves_anew() {
            query.append_pair("max_age", "0");
        }
    }
    Ok((attempt, url.into()))
}

/// Whoever shall show anew who they are is asked by the provider too, as far as it can be told to.
const fn prompt(provider: &Provider, wish: Wish<'_>) -> Option<&'static str> {
    match (wish.is_fresh, wish.link.is_some(), provider.protocol) {
        (true, _, Protocol::OpenId | Protocol::Microsoft) => Some("login"),
        // These know no more than this.
        (true, _, _) => Some("select_account"),
        // Which of several accounts is to be linked is for the person to say.
        (false, true, Protocol::Microsoft | Protocol::Google | Protocol::GitHub) => {
            Some("select_account")
        }
        _ => None,
    }
}

/// What the state has carried along.
pub fn carried(state: &str) -> &str {
    state.split_once('.').map_or("", |(_, carried)| carried)
}

/// What a provider sent back.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    pub state: &'a str,
    pub code: Option<&'a str>,
    pub iss: Option<&'a str>,
    pub error: Option<&'a str>,
}

/// Judges the answer to an attempt, which is of its state.
pub async fn finish(
    app: &App,
    provider: &Provider,
    attempt: &Attempt,
    answer: Answer<'_>,
) -> Result<Arrived, Failure> {
    let metadata = match provider.protocol {
        Protocol::GitHub => None,
        _ => Some(metadata::of(app, provider).await?),
    };
    if let Some(metadata) = &metadata {
        metadata.check_sender(answer.iss)?;
    }
    let hash = crypto::hash_token(answer.state);
    let forgotten_at = attempt.began() + ATTEMPT_TTL + REMEMBERED_LONGER;
    if !app.store.use_assertion(&hash, forgotten_at).await? {
        return Err(Failure::told(Fault::Used, "the state was used before"));
    }
    if let Some(error) = answer.error {
        let fault = if error == "access_denied" {
            Fault::Denied
        } else {
            Fault::Refused
        };
        let reason = format!("the provider answered with the error {}", named(error));
        return Err(Failure::told(fault, reason));
    }
    let code = answer
        .code
        .ok_or_else(|| Failure::untrusted("the provider sent no code"))?;
    let code = Secret::new(code.to_owned());
    let tokens = exchange::redeem(app, provider, metadata.as_ref(), (&code, attempt)).await?;
    let claims = match &metadata {
        None => github::claims(app, provider, &tokens).await?,
        Some(metadata) => id_token::verify(app, provider, metadata, (&tokens, attempt)).await?,
    };
    Ok(Arrived {
        claims,
        tokens,
        metadata,
    })
}

impl Arrived {
    /// Asks the provider for what its ID token left out (OIDC Core §5.4).
    async fn complete(&mut self, app: &App) -> Result<(), Failure> {
        match &self.metadata {
            Some(metadata) if self.claims.email.is_none() => {
                userinfo::add(app, metadata, &self.tokens, &mut self.claims).await
            }
            _ => Ok(()),
        }
    }
}

/// Whether an OpenID provider answers at its issuer, for `doctor`.
pub async fn probe(app: &App, provider: &Provider) -> Result<(), Failure> {
    match provider.protocol {
        Protocol::GitHub => Ok(()),
        _ => metadata::of(app, provider).await.map(drop),
    }
}

fn throttle_key(place: &Place) -> Option<String> {
    place
        .range()
        .map(|range| format!("upstream address {range}"))
}

/// Seconds to wait if too many attempts from that address came to nothing. Nothing is counted.
pub async fn admit(app: &App, place: &Place) -> storage::Result<Option<u64>> {
    let Some(key) = throttle_key(place) else {
        return Ok(None);
    };
    let now = app.clock.now();
    let counted = app.store.count_of(&key, now).await?;
    let limit = i64::from(app.config.sign_in.attempts_per_address);
    let over = counted.filter(|counted| counted.count >= limit);
    let rest = over.map(|counted| (counted.expires_at - now).num_seconds().max(1));
    Ok(rest.and_then(|seconds| u64::try_from(seconds).ok()))
}

/// Writes down that an attempt came to nothing.
pub async fn failed(
    app: &App,
    provider: &Provider,
    (user, reason): (Option<UserId>, &str),
    place: &Place,
) -> storage::Result<()> {
    if let Some(key) = throttle_key(place) {
        let now = app.clock.now();
        let until = now + delta(app.config.sign_in.window);
        app.store.count_one(&key, now, until).await?;
    }
    tracing::warn!(
        request_id = place.request_id,
        provider = provider.id,
        reason,
        "a sign-in elsewhere failed"
    );
    let mut event = app.event(EventKind::UpstreamFailed, Actor::Anonymous, place.origin());
    event.user_id = user;
    event.detail = json!({ "provider": provider.id, "reason": reason });
    app.store.record(&event).await
}

/// An error code of somebody else's, if it looks like one.
fn named(error: &str) -> &str {
    let legal = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-' || c == '.';
    if !error.is_empty() && error.len() <= 64 && error.chars().all(legal) {
        error
    } else {
        "(unreadable)"
    }
}

/// SHA-256 in base64url, as PKCE has it (RFC 7636 §4.2).
fn digest(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(crypto::sha256(text.as_bytes()))
}
