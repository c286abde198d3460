//! `/account/sessions`: where the person is signed in, and ending that.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use uuid::Uuid;

use super::frame::{self, Done, Frame, Section, When};
use super::guard;
use crate::admin::sessions::{self, SessionFilter, SessionView};
use crate::admin::{AdminError, By, Paging};
use crate::http::pages::layout::Layout;
use crate::http::web::Web;
use crate::http::{place, respond};
use crate::identity::device;
use crate::model::event::Actor;
use crate::model::id::SessionId;
use crate::model::session::SignedIn;
use crate::text_id;
use crate::texts::{Message, Texts};

const HERE: &str = "/account/sessions";

#[derive(Template)]
#[template(path = "pages/account/sessions.html")]
struct SessionsPage {
    layout: Layout,
    frame: Frame,
    csrf: String,
    /// This one first.
    sessions: Vec<Entry>,
}

impl SessionsPage {
    fn has_others(&self) -> bool {
        self.sessions.len() > 1
    }
}

struct Entry {
    id: String,
    device: Message,
    is_this: bool,
    address: Option<String>,
    last_seen: When,
    since: When,
}

impl Entry {
    fn new(texts: Texts, session: &SessionView, this: SessionId) -> Self {
        Self {
            id: session.id.to_string(),
            device: device::in_words(texts, session.user_agent.as_deref()),
            is_this: session.id == this,
            address: session.address.clone(),
            last_seen: When::new(texts, session.last_seen_at),
            since: When::new(texts, session.created_at),
        }
    }
}

pub(super) async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let signed_in = match guard::signed_in(&request, &web).await {
        Ok(signed_in) => signed_in,
        Err(response) => return response,
    };
    let found = match all(&web, &signed_in).await {
        Ok(found) => found,
        Err(error) => return guard::failed(&request, &web, error),
    };
    let layout = web.layout_for(&request);
    let this = signed_in.session.id;
    let mut entries: Vec<Entry> = found
        .iter()
        .map(|session| Entry::new(layout.texts, session, this))
        .collect();
    entries.sort_by_key(|entry| (!entry.is_this, std::cmp::Reverse(entry.last_seen.at)));
    let title = text_id!("account-sessions-title");
    let view = SessionsPage {
        frame: Frame::new(&request, &web, &signed_in, Section::Sessions, title),
        csrf: guard::csrf(&web, &signed_in, &web.href(HERE)),
        sessions: entries,
        layout,
    };
    frame::show(&request, &web, StatusCode::OK, &view)
}

/// Every live session of theirs.
pub(super) async fn all(web: &Web, signed_in: &SignedIn) -> Result<Vec<SessionView>, AdminError> {
    let filter = SessionFilter {
        user: Some(signed_in.user.id),
    };
    guard::every(async |paging: Paging| sessions::find(&web.app, &filter, &paging).await).await
}

pub(super) async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let (signed_in, params) = match guard::posted(&request, &web, payload).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let user = signed_in.user.id;
    let by = By::new(Actor::User(user), place::of(&request).origin());
    let (ended, done) = match (params.get("end"), params.get("others")) {
        (Some(id), _) => {
            let id = SessionId(Uuid::try_parse(id).unwrap_or_default());
            let ended = sessions::end_of(&web.app, &by, user, id).await;
            (ended, Done::SessionEnded)
        }
        (None, Some(_)) => {
            let ended = sessions::end_others(&web.app, &by, &signed_in.session).await;
            (ended.map(|_| ()), Done::OthersEnded)
        }
        (None, None) => return respond::see_other(&web.href(HERE)),
    };
    match ended {
        Ok(()) => frame::done(&web, &signed_in, done, "", &web.href(HERE)),
        Err(AdminError::NotFound { .. }) => guard::missing(&request, &web),
        Err(error) => guard::failed(&request, &web, error),
    }
}
