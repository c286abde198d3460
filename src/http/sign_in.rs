//! From a proven factor to a session: the one way there is.
//!
//! 1. A page proves a factor and hands the person to [`passed`].
//! 2. What is missing is asked for: nothing is a session until then. The browser keeps, sealed, who it is and what they proved
//!    ([`Underway`]); that opens `/login/verify` and nothing else.
//! 3. With nothing missing the session starts, under a new cookie, and the browser goes on to where it was headed.
//!
//! A session that is too weak for what is asked (step-up, RFC 9470) comes in at 2: the missing factor alone is asked for.

use actix_web::cookie::Cookie;
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::endpoints::authorize;
use super::return_to::ReturnTo;
use super::web::Web;
use super::{cookies, language, place, respond};
use crate::crypto;
use crate::identity::factors::{self, Missing};
use crate::identity::known;
use crate::identity::notices::{self, Notice};
use crate::identity::session::{self, Shown, Strengthened};
use crate::model::acr::Acr;
use crate::model::id::{ClientId, UserId};
use crate::model::request::FreshSignIn;
use crate::model::session::{Session, SignedIn};
use crate::model::user::User;
use crate::oauth::authorize::decision;
use crate::oauth::authorize::request::Checked;
use crate::oauth::params::Params;
use crate::storage;

const CONTEXT: &[u8] = b"pending sign-in 1";
/// So long the second factor may take.
const PENDING_SECONDS: i64 = 600;

/// Somebody who has just proved who they are, and how (RFC 8176).
pub(crate) struct Passed {
    pub user: User,
    pub amr: Vec<String>,
    /// The session that one more factor was shown for, and nothing else.
    pub session: Option<Session>,
    /// When that was, where it was not now: at another provider.
    pub since: Option<DateTime<Utc>>,
}

impl Passed {
    /// All of it was shown now.
    pub(crate) const fn now(user: User, amr: Vec<String>) -> Self {
        Self {
            user,
            amr,
            session: None,
            since: None,
        }
    }
}

/// Where a sign-in leads to: the request that waits, else an address of ours, else the account.
#[derive(Default)]
pub(crate) struct Onward {
    pub waiting: Option<Checked>,
    pub to: Option<ReturnTo>,
}

impl Onward {
    /// What a page of the sign-in carries along.
    pub(super) async fn read(
        request: &HttpRequest,
        web: &Web,
        params: &Params,
    ) -> Result<Self, HttpResponse> {
        let waiting = match params.get("request") {
            Some(sealed) => Some(authorize::open(request, web, sealed).await?),
            None => None,
        };
        let to = params.get("return_to").and_then(ReturnTo::parse);
        Ok(Self { waiting, to })
    }

    /// Leads to another page of the sign-in, which carries this along.
    pub(super) fn at(&self, request: &HttpRequest, web: &Web, page: &str) -> HttpResponse {
        match (&self.waiting, &self.to) {
            (Some(waiting), _) => authorize::go(request, web, page, waiting),
            (None, Some(to)) => respond::see_other(&web.href(&to.carried_by(page, "return_to"))),
            (None, None) => respond::see_other(&web.href(page)),
        }
    }

    /// Leads there.
    pub(super) fn go(&self, request: &HttpRequest, web: &Web) -> HttpResponse {
        match (&self.waiting, &self.to) {
            (Some(waiting), _) => authorize::go(request, web, "/authorize/continue", waiting),
            (None, Some(to)) => respond::see_other(&web.href(to.as_str())),
            (None, None) => respond::see_other(&web.href("/account")),
        }
    }

    /// That is open to weak sessions too: there more is set up.
    fn leads_to_account(&self) -> bool {
        let account = ReturnTo::account();
        let is_there = |to: &ReturnTo| to.as_str().starts_with(account.as_str());
        self.waiting.is_none() && self.to.as_ref().is_some_and(is_there)
    }

    /// What the request that waits wants, and its client.
    fn demanded(&self) -> Acr {
        self.waiting.as_ref().map_or(Acr::Pwd, decision::demanded)
    }
}

/// Goes on after a first factor: asks for what is missing, else starts the session.
pub(crate) async fn passed(
    request: &HttpRequest,
    web: &Web,
    passed: Passed,
    onward: Onward,
) -> HttpResponse {
    // What the person has not set up is no reason to keep them out: a session is what it takes to set it up. What wants more than
    // the session then shows refuses it.
    let wanted = factors::wanted(&web.app.config.second_factor, &passed.user);
    let needed = wanted
        .max(onward.demanded())
        .min(factors::reachable(&passed.user));
    if factors::missing(&passed.user, &passed.amr, needed) == Missing::Nothing {
        return start(request, web, passed, onward).await;
    }
    let mut response = onward.at(request, web, "/login/verify");
    let cookie = cookies::set(web, cookies::PENDING, seal(web, &passed), None);
    cookies::add(&mut response, &cookie);
    response
}

async fn start(
    request: &HttpRequest,
    web: &Web,
    passed: Passed,
    mut onward: Onward,
) -> HttpResponse {
    let is_anew = passed.session.is_none();
    let client_id = onward.waiting.as_ref().map(|it| it.client.id.clone());
    let (now_in, cookies) = match begin(request, web, passed, client_id).await {
        Ok(Some(begun)) => begun,
        // What was shown is worth nothing any more: the password is another, or the session has ended.
        Ok(None) => {
            let mut response = onward.at(request, web, "/login");
            forget(request, web, &mut response);
            return response;
        }
        Err(error) => return respond::failed(request, web, error),
    };
    // What a session lacked, and no more, is no answer to `prompt=login` or `max_age` (OIDC Core §3.1.2.1).
    if let Some(waiting) = onward.waiting.as_mut().filter(|_| is_anew) {
        waiting.request.fresh = Some(FreshSignIn {
            session_id: now_in.session.id,
            authenticated_at: now_in.session.authenticated_at,
        });
    }
    let mut response = if is_weak(web, &now_in) && !onward.leads_to_account() {
        onward.at(request, web, "/login/enrol")
    } else {
        onward.go(request, web)
    };
    for cookie in cookies {
        cookies::add(&mut response, &cookie);
    }
    response
}

/// Starts the session, in place of the one that there may be; or makes it surer. `None`: what was shown counts no more.
async fn begin(
    request: &HttpRequest,
    web: &Web,
    passed: Passed,
    client_id: Option<ClientId>,
) -> storage::Result<Option<(SignedIn, Vec<Cookie<'static>>)>> {
    let Passed {
        user,
        amr,
        session,
        since,
    } = passed;
    let place = place::of(request);
    let cookie = cookies::get(request, web, cookies::KNOWN);
    let is_mfa = Acr::of(&amr) >= Acr::Mfa;
    let known = known::with(&web.app, cookie.as_deref(), &user, is_mfa);
    let is_new = notices::is_new_device(&web.app, &user, cookie.as_deref()).await?;
    let notice = is_new.then(|| notices::mail(&web.app, &user, Notice::NewDevice, &place));
    let notice = notice.flatten();
    let begun = if let Some(session) = session {
        let weak = SignedIn { session, user };
        let how = Strengthened::StepUp(client_id, notice);
        session::strengthen(&web.app, weak, amr, how, &place).await?
    } else {
        let before = authorize::signed_in(request, web).await?;
        let authenticated_at = since.unwrap_or_else(|| web.app.clock.now());
        let shown = Shown {
            amr,
            authenticated_at,
            client_id,
            notice,
        };
        session::start(&web.app, user, before.as_ref(), shown, &place).await?
    };
    let Some((value, now_in)) = begun else {
        return Ok(None);
    };
    let mut cookies = vec![
        cookies::set(web, cookies::SESSION, value.into_inner(), None),
        cookies::set(web, cookies::KNOWN, known, Some(365)),
    ];
    if cookies::get(request, web, cookies::PENDING).is_some() {
        cookies.push(cookies::clear(web, cookies::PENDING));
    }
    Ok(Some((now_in, cookies)))
}

/// Whether a session shows less than this installation wants of its person: nothing but their own account is opened.
pub(super) fn is_weak(web: &Web, signed_in: &SignedIn) -> bool {
    let wanted = factors::wanted(&web.app.config.second_factor, &signed_in.user);
    Acr::of(&signed_in.session.amr) < wanted
}

/// Somebody whose sign-in, or step-up, is not finished.
pub(super) struct Underway {
    pub user: User,
    pub amr: Vec<String>,
    /// The session that is too weak; `None`: there is none yet.
    pub session: Option<Session>,
    /// When the first factor was shown, where it was not here.
    pub since: Option<DateTime<Utc>>,
    pub missing: Missing,
}

impl Underway {
    /// Who it is in this browser, if anybody: a sign-in that has begun goes before a session.
    pub(super) async fn find(
        request: &HttpRequest,
        web: &Web,
        onward: &Onward,
    ) -> storage::Result<Option<Self>> {
        let passed = match pending(request, web).await? {
            Some(passed) => passed,
            None => match authorize::signed_in(request, web).await? {
                Some(SignedIn { user, session }) => Passed {
                    session: Some(session.clone()),
                    ..Passed::now(user, session.amr)
                },
                None => return Ok(None),
            },
        };
        let Passed {
            user,
            amr,
            session,
            since,
        } = passed;
        language::note_person(request, &user);
        let needed = factors::wanted(&web.app.config.second_factor, &user).max(onward.demanded());
        // What the person has comes first; what they lack is the last thing that is asked for.
        let first = needed.min(factors::reachable(&user));
        let missing = match factors::missing(&user, &amr, first) {
            Missing::Nothing => factors::missing(&user, &amr, needed),
            missing => missing,
        };
        Ok(Some(Self {
            user,
            amr,
            session,
            since,
            missing,
        }))
    }

    /// The person, with one more method shown now.
    pub(super) fn with(self, amr: Vec<String>) -> Passed {
        Passed {
            user: self.user,
            amr,
            session: self.session,
            since: self.since,
        }
    }
}

/// Takes the memory of an unfinished sign-in away.
pub(super) fn forget(request: &HttpRequest, web: &Web, response: &mut HttpResponse) {
    if cookies::get(request, web, cookies::PENDING).is_some() {
        cookies::add(response, &cookies::clear(web, cookies::PENDING));
    }
}

/// A sign-in between its factors, as the browser keeps it.
#[derive(Serialize, Deserialize)]
struct Pending {
    user: UserId,
    amr: Vec<String>,
    at: i64,
    /// Of the password: a new one ends it.
    mark: String,
    /// When the first factor was shown, where it was not here.
    #[serde(default)]
    since: Option<i64>,
}

fn seal(web: &Web, passed: &Passed) -> String {
    let pending = Pending {
        user: passed.user.id,
        amr: passed.amr.clone(),
        at: web.app.clock.now().timestamp(),
        mark: mark(&passed.user),
        since: passed.since.map(|since| since.timestamp()),
    };
    let plain = serde_json::to_vec(&pending).unwrap_or_default();
    URL_SAFE_NO_PAD.encode(web.app.crypto.requests.seal(CONTEXT, &plain))
}

async fn pending(request: &HttpRequest, web: &Web) -> storage::Result<Option<Passed>> {
    let Some(pending) = opened(request, web) else {
        return Ok(None);
    };
    let age = web.app.clock.now().timestamp() - pending.at;
    if age >= PENDING_SECONDS {
        return Ok(None);
    }
    let user = web.app.store.find_user(pending.user).await?;
    let user = user.filter(|user| user.is_enabled() && mark(user) == pending.mark);
    let since = pending.since;
    Ok(user.map(|user| Passed {
        since: since.and_then(|since| DateTime::from_timestamp(since, 0)),
        ..Passed::now(user, pending.amr)
    }))
}

fn opened(request: &HttpRequest, web: &Web) -> Option<Pending> {
    let value = cookies::get(request, web, cookies::PENDING)?;
    let sealed = URL_SAFE_NO_PAD.decode(value).ok()?;
    let plain = web.app.crypto.requests.open(CONTEXT, &sealed)?;
    serde_json::from_slice(&plain).ok()
}

fn mark(user: &User) -> String {
    let hash = user.password_hash.as_ref().map_or("", |hash| hash.as_phc());
    URL_SAFE_NO_PAD.encode(&crypto::sha256(hash.as_bytes())[..16])
}
