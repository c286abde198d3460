//! The frame around every page of an account: heading, navigation, the way out, and what was done just before. A page's struct has
//! `layout: Layout` and `frame: Frame`; its template extends `pages/account/frame.html` and fills the block `content`.

use std::fmt::{self, Display, Formatter};

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use super::guard::AREA;
use crate::http::csrf::{self, Bound};
use crate::http::flash;
use crate::http::respond::{self, Forms};
use crate::http::web::Web;
use crate::model::session::SignedIn;
use crate::text_id;
use crate::texts::{Message, Texts};

/// The parts of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    Profile,
    Security,
    Sessions,
    Apps,
    Activity,
    Data,
}

/// In the order of the navigation: what the link says, and where below `/account` it leads.
const NAVIGATION: [(Section, &str, &str); 6] = [
    (Section::Profile, text_id!("account-profile"), ""),
    (Section::Security, text_id!("account-security"), "/security"),
    (Section::Sessions, text_id!("account-sessions"), "/sessions"),
    (Section::Apps, text_id!("account-apps"), "/apps"),
    (Section::Activity, text_id!("account-events"), "/events"),
    (Section::Data, text_id!("account-data"), "/data"),
];

/// What was done on the page before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Done {
    ProfileChanged,
    PasswordChanged,
    SessionEnded,
    OthersEnded,
    Disconnected,
    AddressAsked,
    PasskeyAdded,
    PasskeyRenamed,
    PasskeyRemoved,
    TotpAdded,
    TotpRemoved,
    UpstreamLinked,
    UpstreamUnlinked,
}

impl Done {
    /// The sentence; `$name` in it is what it was done to.
    const fn text(self) -> &'static str {
        match self {
            Self::ProfileChanged => text_id!("account-done-profile"),
            Self::PasswordChanged => text_id!("account-done-password"),
            Self::SessionEnded => text_id!("account-done-session"),
            Self::OthersEnded => text_id!("account-done-others"),
            Self::Disconnected => text_id!("account-done-disconnected"),
            Self::AddressAsked => text_id!("account-done-address"),
            Self::PasskeyAdded => text_id!("security-done-passkey"),
            Self::PasskeyRenamed => text_id!("security-done-renamed"),
            Self::PasskeyRemoved => text_id!("security-done-passkey-removed"),
            Self::TotpAdded => text_id!("security-done-app"),
            Self::TotpRemoved => text_id!("security-done-app-removed"),
            Self::UpstreamLinked => text_id!("upstream-done-linked"),
            Self::UpstreamUnlinked => text_id!("upstream-done-unlinked"),
        }
    }
}

/// A moment: in a page as people of its language write it.
pub(crate) struct When {
    pub at: DateTime<Utc>,
    texts: Texts,
}

impl When {
    pub(crate) const fn new(texts: Texts, at: DateTime<Utc>) -> Self {
        Self { at, texts }
    }

    /// For `datetime`.
    pub(crate) fn machine(&self) -> String {
        self.at.to_rfc3339_opts(SecondsFormat::Secs, true)
    }
}

impl Display for When {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.texts.date_time(self.at))
    }
}

pub(crate) struct NavigationItem {
    pub label: Message,
    pub href: String,
    pub is_current: bool,
}

/// What the frame shows.
pub(crate) struct Frame {
    pub title: Message,
    pub navigation: Vec<NavigationItem>,
    /// Display name, or the username where there is none.
    pub who: String,
    pub is_admin: bool,
    pub sign_out_csrf: String,
    /// What was done just before.
    pub message: Option<Message>,
}

impl Frame {
    pub(crate) fn new(
        request: &HttpRequest,
        web: &Web,
        signed_in: &SignedIn,
        section: Section,
        title: &'static str,
    ) -> Self {
        let (texts, session) = (web.layout_for(request).texts, &signed_in.session);
        let navigation = NAVIGATION.map(|(of, label, below)| NavigationItem {
            label: texts.say(label),
            href: web.href(&format!("/account{below}")),
            is_current: of == section,
        });
        let done = flash::read::<Done>(request, web, AREA, session);
        Self {
            title: texts.say(title),
            navigation: navigation.into(),
            who: signed_in.user.display_name().to_owned(),
            is_admin: signed_in.user.is_admin(),
            sign_out_csrf: csrf::token(web, Bound::Session(session), &["sign-out"]),
            message: done.map(|(done, name)| {
                let message = texts.say(done.text()).with("name", name);
                // What a new password does not end.
                message.link(web.href("/account/apps"))
            }),
        }
    }
}

/// The page as an answer.
pub(crate) fn show(
    request: &HttpRequest,
    web: &Web,
    status: StatusCode,
    view: &impl Template,
) -> HttpResponse {
    let response = respond::page_with_script(status, view, Forms::Own);
    finish(request, web, response)
}

/// The same for an answer that is made already, as a page with a script is: isolates it, and takes away the message that it showed.
pub(crate) fn finish(request: &HttpRequest, web: &Web, response: HttpResponse) -> HttpResponse {
    let mut response = respond::isolated(response);
    flash::said(&mut response, request, web);
    response
}

/// After a change: 303 to a page, an address of ours with the issuer's path, which says once what was done, and to what.
pub(crate) fn done(
    web: &Web,
    signed_in: &SignedIn,
    done: Done,
    name: &str,
    to: &str,
) -> HttpResponse {
    let mut response = respond::isolated(respond::see_other(to));
    flash::put(&mut response, web, (AREA, &signed_in.session), done, name);
    response
}
