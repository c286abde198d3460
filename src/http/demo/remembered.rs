//! What the sample app remembers of a browser: a sign-in under way, in a sealed cookie; who signed in, in memory.

use std::sync::{Arc, LazyLock};

use actix_web::cookie::time::Duration as CookieDuration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use quick_cache::sync::Cache;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::pages::DemoApiAnswer;
use crate::crypto;
use crate::http::cookies;
use crate::http::web::Web;
use crate::model::secret::Secret;
use crate::random;

/// How long a sign-in may take.
const WAITING_MINUTES: i64 = 10;
/// How many sign-ins may be under way in one browser; more are abandoned ones.
const MAX_WAITING: usize = 8;
/// Browsers that are remembered at once; the least used go.
const MAX_SIGNED_IN: usize = 1000;
const CONTEXT: &[u8] = b"demo sign-in";
const WAITING_COOKIE: &str = "placet_demo_";
const SESSION_COOKIE: &str = "placet_demo";

/// Of all servers in this process: the keys are random, so none meets another's.
static SIGNED_IN: LazyLock<Cache<String, Arc<SignedIn>>> =
    LazyLock::new(|| Cache::new(MAX_SIGNED_IN));

/// A sign-in under way: what must come back, and what must be told when it does.
#[derive(Serialize, Deserialize)]
pub(super) struct Waiting {
    pub(super) state: String,
    pub(super) nonce: String,
    /// RFC 7636 §4.1.
    pub(super) code_verifier: String,
    started_at: DateTime<Utc>,
}

/// Somebody signed in to the sample app, and what the app may do for them.
#[derive(Clone)]
pub(super) struct SignedIn {
    pub(super) access_token: Secret<String>,
    pub(super) expires_at: DateTime<Utc>,
    pub(super) refresh_token: Option<Secret<String>>,
    pub(super) scope: String,
    /// Checked.
    pub(super) id_claims: Value,
    pub(super) last_call: Option<Arc<DemoApiAnswer>>,
}

impl Waiting {
    /// A new one, of three random values that nobody can guess.
    pub(super) fn new(now: DateTime<Utc>) -> Self {
        let random = || random::token("").into_inner();
        Self {
            state: random(),
            nonce: random(),
            code_verifier: random(),
            started_at: now,
        }
    }

    /// Remembers it in the browser. Each has a cookie of its own, so that two tabs do not disturb each other.
    pub(super) fn keep(&self, request: &HttpRequest, web: &Web, response: &mut HttpResponse) {
        let abandoned = request.cookies().map(|all| {
            all.iter()
                .filter(|c| c.name().starts_with(WAITING_COOKIE))
                .map(|c| c.name().to_owned())
                .collect()
        });
        let abandoned: Vec<String> = abandoned.unwrap_or_default();
        if abandoned.len() >= MAX_WAITING {
            for name in abandoned {
                cookies::add(response, &expired(web, name));
            }
        }
        let Ok(plain) = serde_json::to_vec(self) else {
            return;
        };
        let sealed = URL_SAFE_NO_PAD.encode(web.app.crypto.requests.seal(CONTEXT, &plain));
        let mut cookie = cookie(web, waiting_cookie(&self.state), sealed);
        cookie.set_max_age(CookieDuration::minutes(WAITING_MINUTES));
        cookies::add(response, &cookie);
    }

    /// The one that belongs to a returned `state`, if this browser started it, and not too long ago.
    pub(super) fn find(request: &HttpRequest, web: &Web, state: &str) -> Option<Self> {
        let cookie = request.cookie(&waiting_cookie(state))?;
        let sealed = URL_SAFE_NO_PAD.decode(cookie.value()).ok()?;
        let plain = web.app.crypto.requests.open(CONTEXT, &sealed)?;
        let waiting: Self = serde_json::from_slice(&plain).ok()?;
        let is_in_time =
            web.app.clock.now() < waiting.started_at + TimeDelta::minutes(WAITING_MINUTES);
        (is_in_time && crypto::equal(waiting.state.as_bytes(), state.as_bytes())).then_some(waiting)
    }

    /// Forgets it: a state is good once.
    pub(super) fn forget(web: &Web, state: &str, response: &mut HttpResponse) {
        cookies::add(response, &expired(web, waiting_cookie(state)));
    }
}

/// Who is signed in to the sample app in this browser.
pub(super) fn signed_in(request: &HttpRequest) -> Option<(String, Arc<SignedIn>)> {
    let cookie = request.cookie(SESSION_COOKIE)?;
    let signed_in = SIGNED_IN.get(cookie.value())?;
    Some((cookie.value().to_owned(), signed_in))
}

/// Remembers a new sign-in under a value that the browser did not have before.
pub(super) fn sign_in(
    request: &HttpRequest,
    web: &Web,
    signed_in: SignedIn,
    response: &mut HttpResponse,
) {
    if let Some(before) = request.cookie(SESSION_COOKIE) {
        SIGNED_IN.remove(before.value());
    }
    let id = random::token("").into_inner();
    SIGNED_IN.insert(id.clone(), Arc::new(signed_in));
    cookies::add(response, &cookie(web, SESSION_COOKIE.to_owned(), id));
}

/// Remembers what has changed.
pub(super) fn update(id: String, signed_in: SignedIn) {
    SIGNED_IN.insert(id, Arc::new(signed_in));
}

/// Forgets who was signed in.
pub(super) fn sign_out(request: &HttpRequest, web: &Web, response: &mut HttpResponse) {
    if let Some(cookie) = request.cookie(SESSION_COOKIE) {
        SIGNED_IN.remove(cookie.value());
    }
    cookies::add(response, &expired(web, SESSION_COOKIE.to_owned()));
}

/// The part of the `state` in the name is no secret by itself: the whole of it is compared.
fn waiting_cookie(state: &str) -> String {
    let part: String = state
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_')
        .take(8)
        .collect();
    format!("{WAITING_COOKIE}{part}")
}

fn cookie(web: &Web, name: String, value: String) -> Cookie<'static> {
    Cookie::build(name, value)
        .path(web.href("/demo"))
        .http_only(true)
        .secure(web.app.config.issuer.is_https())
        .same_site(SameSite::Lax)
        .finish()
}

fn expired(web: &Web, name: String) -> Cookie<'static> {
    let mut cookie = cookie(web, name, String::new());
    cookie.make_removal();
    cookie
}
