//! `/account/security`: the passkeys, the authenticator app and the recovery codes of one's own. Whoever changes them has shown lately who
//! they are.

mod codes;
mod passkeys;
mod qr;
mod totp;
mod upstream;

use actix_web::http::StatusCode;
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::frame::{self, Frame, Section, When};
use super::guard;
use crate::admin::AdminError;
use crate::http::pages::layout::Layout;
use crate::http::routes::resource;
use crate::http::web::Web;
use crate::http::{cookies, place, respond};
use crate::identity::factors::{self, Removal};
use crate::identity::session::{self, Strengthened};
use crate::identity::upstream::links;
use crate::identity::{known, passkey};
use crate::model::acr::Acr;
use crate::model::factor::StoredPasskey;
use crate::model::id::SessionId;
use crate::model::session::SignedIn;
use crate::model::user::User;
use crate::oauth::params::Params;
use crate::storage;
use crate::text_id;
use crate::texts::Texts;
use upstream::Elsewhere;
pub(in crate::http::pages) use upstream::linked;

pub(in crate::http::pages) const HERE: &str = "/account/security";

/// A page, or the answer that stands in its way.
type Answer = Result<HttpResponse, HttpResponse>;

#[derive(Template)]
#[template(path = "pages/account/security/overview.html")]
struct OverviewPage {
    layout: Layout,
    frame: Frame,
    passkeys: Vec<Entry>,
    has_password: bool,
    /// When the password was set; `None` where there is none.
    password_changed: Option<When>,
    /// This installation can have passkeys.
    has_passkeys: bool,
    /// Since when there is an authenticator app.
    totp: Option<When>,
    /// How many recovery codes are left; `None`: there is nothing that they would stand for.
    codes: Option<i64>,
    elsewhere: Elsewhere,
}

impl OverviewPage {
    fn codes_left(&self) -> i64 {
        self.codes.unwrap_or_default()
    }

    /// So few that it is time for others.
    fn is_short_of_codes(&self) -> bool {
        self.codes.is_some_and(|left| left < 3)
    }
}

struct Entry {
    name: String,
    href: String,
    added: When,
    used: Option<When>,
}

impl Entry {
    fn new(web: &Web, texts: Texts, passkey: &StoredPasskey) -> Self {
        Self {
            name: passkey.name.clone(),
            href: web.href(&passkeys::address(passkey.id)),
            added: When::new(texts, passkey.created_at),
            used: passkey.last_used_at.map(|at| When::new(texts, at)),
        }
    }
}

/// Registers every address.
pub(super) fn routes(config: &mut ServiceConfig, web: &Web) {
    let page =
        |path: &str, methods: &'static str| resource(&format!("{}{HERE}{path}", web.base), methods);
    config
        .service(page("", "GET").route(web::get().to(get)))
        .service(
            page("/passkeys/new", "GET, POST")
                .route(web::get().to(passkeys::new))
                .route(web::post().to(passkeys::add)),
        )
        .service(
            page("/passkeys/{id}", "GET, POST")
                .route(web::get().to(passkeys::one))
                .route(web::post().to(passkeys::change)),
        )
        .service(
            page("/app", "GET, POST")
                .route(web::get().to(totp::new))
                .route(web::post().to(totp::add)),
        )
        .service(
            page("/app/remove", "GET, POST")
                .route(web::get().to(totp::ask))
                .route(web::post().to(totp::remove)),
        )
        .service(
            page("/codes", "GET, POST")
                .route(web::get().to(codes::ask))
                .route(web::post().to(codes::make)),
        )
        .service(
            page("/upstream/link/{provider}", "GET, POST")
                .route(web::get().to(upstream::ask_link))
                .route(web::post().to(upstream::link)),
        )
        .service(
            page("/upstream/remove/{id}", "GET, POST")
                .route(web::get().to(upstream::ask_remove))
                .route(web::post().to(upstream::remove)),
        );
}

async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    settle(overview(&request, &web).await)
}

async fn overview(request: &HttpRequest, web: &Web) -> Answer {
    let signed_in = guard::signed_in(request, web).await?;
    let found = Found::of(web, &signed_in.user).await;
    let found = found.map_err(|error| failed(request, web, error))?;
    let layout = web.layout_for(request);
    let texts = layout.texts;
    let title = text_id!("security-title");
    let elsewhere = Elsewhere::of(web, texts, &signed_in.user).await;
    let changed = web.app.store.password_changed_at(signed_in.user.id).await;
    let changed = changed.map_err(|error| failed(request, web, error))?;
    let view = OverviewPage {
        frame: Frame::new(request, web, &signed_in, Section::Security, title),
        passkeys: found
            .passkeys
            .iter()
            .map(|passkey| Entry::new(web, texts, passkey))
            .collect(),
        has_password: signed_in.user.password_hash.is_some(),
        password_changed: changed.map(|at| When::new(texts, at)),
        has_passkeys: passkey::is_supported(&web.app),
        codes: found.has_any().then_some(found.codes),
        elsewhere: elsewhere.map_err(|error| failed(request, web, error))?,
        totp: found.totp_since.map(|at| When::new(texts, at)),
        layout,
    };
    Ok(frame::show(request, web, StatusCode::OK, &view))
}

/// What a person has.
struct Found {
    passkeys: Vec<StoredPasskey>,
    totp_since: Option<chrono::DateTime<chrono::Utc>>,
    codes: i64,
    /// An account elsewhere lets the person in.
    is_upstream: bool,
}

impl Found {
    async fn of(web: &Web, user: &User) -> storage::Result<Self> {
        let store = &web.app.store;
        Ok(Self {
            passkeys: store.list_passkeys(user.id).await?,
            totp_since: store.find_totp(user.id).await?.map(|totp| totp.created_at),
            codes: store.count_recovery_codes(user.id).await?,
            is_upstream: links::is_way_in(&web.app, user.id).await?,
        })
    }

    fn has_any(&self) -> bool {
        self.totp_since.is_some() || !self.passkeys.is_empty()
    }

    /// Whether there is but one second factor.
    fn has_one(&self) -> bool {
        self.passkeys.len() + usize::from(self.totp_since.is_some()) == 1
    }
}

/// What removing a factor means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// Another one is left.
    OneLess,
    /// It is the last one: the password alone will do.
    PasswordAlone,
    /// It is the last one: an account elsewhere alone will do.
    ElsewhereAlone,
    /// It is the last one, and one must stay.
    MustStay,
    /// There is no other way in.
    LockedOut,
}

impl Meaning {
    const fn text(self) -> &'static str {
        match self {
            Self::OneLess => text_id!("security-means-one-less"),
            Self::PasswordAlone => text_id!("security-means-password-alone"),
            Self::ElsewhereAlone => text_id!("security-means-elsewhere-alone"),
            Self::MustStay => text_id!("security-means-must-stay"),
            Self::LockedOut => text_id!("security-means-locked-out"),
        }
    }

    const fn is_allowed(self) -> bool {
        matches!(
            self,
            Self::OneLess | Self::PasswordAlone | Self::ElsewhereAlone
        )
    }
}

/// How the person takes a factor away: whether one must stay, and whether the form says that the other sessions end.
fn removal(web: &Web, signed_in: &SignedIn, params: &Params) -> Removal {
    Removal {
        keeps_one: factors::must_have(&web.app.config.second_factor, &signed_in.user),
        kept: kept(signed_in, params),
    }
}

/// The one session that does not end, where the form says that the others do.
fn kept(signed_in: &SignedIn, params: &Params) -> Option<SessionId> {
    params.has("end_others").then_some(signed_in.session.id)
}

/// What removing one of the found factors means; `is_passkey`: it is a passkey.
fn meaning(web: &Web, user: &User, found: &Found, is_passkey: bool) -> Meaning {
    let is_way_in = is_passkey
        && user.password_hash.is_none()
        && found.passkeys.len() == 1
        && !found.is_upstream;
    if is_way_in {
        Meaning::LockedOut
    } else if !found.has_one() {
        Meaning::OneLess
    } else if factors::must_have(&web.app.config.second_factor, user) {
        Meaning::MustStay
    } else if user.password_hash.is_none() {
        Meaning::ElsewhereAlone
    } else {
        Meaning::PasswordAlone
    }
}

/// Whoever may change something: signed in, and known lately.
async fn recent(request: &HttpRequest, web: &Web, back: &str) -> Result<SignedIn, HttpResponse> {
    guard::recent(request, web, back).await
}

/// The same for a form that was posted.
async fn posted(
    request: &HttpRequest,
    web: &Web,
    payload: web::Payload,
    back: &str,
) -> Result<(SignedIn, Params), HttpResponse> {
    let (signed_in, params) = guard::posted(request, web, payload).await?;
    match guard::ask_again(web, &signed_in, back) {
        Some(response) => Err(response),
        None => Ok((signed_in, params)),
    }
}

/// Whoever has just set up an authenticator app has shown it by its code: the session says so from now on, under another cookie (S40), and is
/// not asked for it at once. The browser is known from now on as one that has shown it.
async fn proven(
    request: &HttpRequest,
    web: &Web,
    (signed_in, amr): (&SignedIn, Vec<String>),
    mut response: HttpResponse,
) -> Answer {
    let place = place::of(request);
    let known = cookies::get(request, web, cookies::KNOWN);
    let is_mfa = Acr::of(&amr) >= Acr::Mfa;
    let known = known::with(&web.app, known.as_deref(), &signed_in.user, is_mfa);
    let how = Strengthened::Enrolment;
    let proven = session::strengthen(&web.app, signed_in.clone(), amr, how, &place).await;
    let proven = proven.map_err(|error| failed(request, web, error))?;
    let Some((value, _)) = proven else {
        // It was ended from elsewhere in this very moment: the next page asks who this is.
        return Ok(response);
    };
    let cookie = cookies::set(web, cookies::SESSION, value.into_inner(), None);
    cookies::add(&mut response, &cookie);
    let known = cookies::set(web, cookies::KNOWN, known, Some(365));
    cookies::add(&mut response, &known);
    Ok(response)
}

fn settle(answer: Answer) -> HttpResponse {
    answer.unwrap_or_else(std::convert::identity)
}

fn failed(request: &HttpRequest, web: &Web, error: storage::Error) -> HttpResponse {
    guard::failed(request, web, AdminError::Storage(error))
}

/// Back to the overview: what was asked for is there already, or is gone.
fn back(web: &Web) -> HttpResponse {
    respond::isolated(respond::see_other(&web.href(HERE)))
}
