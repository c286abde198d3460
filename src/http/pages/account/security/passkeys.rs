//! `/account/security/passkeys`: adding a passkey, giving it another name, taking it away.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use uuid::Uuid;

use super::{
    Answer, Entry, Found, Meaning, back, codes, failed, meaning, posted, recent, removal, settle,
};
use crate::http::pages::account::field::Problem;
use crate::http::pages::account::frame::{self, Done, Frame, Section};
use crate::http::pages::account::guard;
use crate::http::pages::layout::Layout;
use crate::http::place;
use crate::http::respond::{self, Forms};
use crate::http::web::Web;
use crate::identity::device;
use crate::identity::passkey::{self, New, Registered};
use crate::model::factor::{MAX_PASSKEY_NAME, passkey_name};
use crate::model::session::SignedIn;
use crate::oauth::params::Params;
use crate::storage::FactorRemoved;
use crate::text_id;

const NEW: &str = "/account/security/passkeys/new";

#[derive(Template)]
#[template(path = "pages/account/security/passkey_new.html")]
struct NewPage {
    layout: Layout,
    frame: Frame,
    csrf: String,
    /// For the script.
    options: String,
    sealed: String,
    name: String,
    max_length: usize,
    /// Why it did not work the last time.
    problems: Vec<Problem>,
}

impl NewPage {
    fn is_bad_name(&self) -> bool {
        self.problems.iter().any(|problem| problem.field == "name")
    }
}

#[derive(Template)]
#[template(path = "pages/account/security/passkey.html")]
struct OnePage {
    layout: Layout,
    frame: Frame,
    csrf: String,
    passkey: Entry,
    max_length: usize,
    meaning: Meaning,
    /// The one that is stored, or what was typed and does not do.
    name: String,
    problems: Vec<Problem>,
}

/// Where one of them is looked at.
pub(super) fn address(id: Uuid) -> String {
    format!("{}/passkeys/{id}", super::HERE)
}

pub(super) async fn new(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    settle(begun(&request, &web).await)
}

async fn begun(request: &HttpRequest, web: &Web) -> Answer {
    let signed_in = recent(request, web, NEW).await?;
    if !passkey::is_supported(&web.app) {
        return Ok(back(web));
    }
    let texts = web.layout_for(request).texts;
    let agent = place::of(request).user_agent;
    let name = device::known(texts, agent.as_deref());
    let name = name
        .unwrap_or_else(|| texts.say("security-passkey-unnamed"))
        .plain();
    show_new(request, web, &signed_in, (&name, None)).await
}

async fn show_new(
    request: &HttpRequest,
    web: &Web,
    signed_in: &SignedIn,
    (name, problem): (&str, Option<&'static str>),
) -> Answer {
    let challenge = passkey::begin(&web.app, &signed_in.user).await;
    let challenge = challenge.map_err(|error| failed(request, web, error))?;
    let layout = web.layout_for(request);
    let problem = problem.map(|id| {
        let is_name = id == "security-passkey-bad-name";
        Problem::at(if is_name { "name" } else { "" }, layout.texts.say(id))
    });
    let status = match problem {
        None => StatusCode::OK,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let title = text_id!("security-passkey-new-title");
    let view = NewPage {
        layout,
        frame: Frame::new(request, web, signed_in, Section::Security, title),
        csrf: guard::csrf(web, signed_in, &web.href(NEW)),
        options: challenge.options.to_string(),
        sealed: challenge.sealed,
        name: name.chars().take(MAX_PASSKEY_NAME).collect(),
        max_length: MAX_PASSKEY_NAME,
        problems: problem.into_iter().collect(),
    };
    let response = respond::page_with_script(status, &view, Forms::Own);
    Ok(frame::finish(request, web, response))
}

pub(super) async fn add(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    settle(added(&request, &web, payload).await)
}

async fn added(request: &HttpRequest, web: &Web, payload: Payload) -> Answer {
    let (signed_in, params) = posted(request, web, payload, NEW).await?;
    let of = |name: &str| params.get(name).unwrap_or_default();
    let new = New {
        sealed: of("sealed"),
        response: of("response"),
        name: of("name"),
    };
    let (user, place) = (&signed_in.user, place::of(request));
    let registered = passkey::finish(&web.app, user, new, &place).await;
    let registered = registered.map_err(|error| failed(request, web, error))?;
    let problem = match registered {
        Registered::Added(codes) => {
            // Nothing is signed at a registration without attestation, so it proves no key: the session is as sure as it was, and where that is
            // not enough for what has a second factor now, the next page asks for the passkey (RFC 8176 §2 pop, NIST SP 800-63B §4.1.2.1).
            return Ok(match codes {
                None => {
                    let to = web.href(super::HERE);
                    frame::done(web, &signed_in, Done::PasskeyAdded, new.name, &to)
                }
                Some(shown) => {
                    let done = Some(text_id!("security-done-first-passkey"));
                    codes::shown(request, web, &signed_in, (shown, done))
                }
            });
        }
        Registered::Refused => text_id!("security-passkey-refused"),
        Registered::AlreadyThere => text_id!("security-passkey-known"),
        Registered::TooMany => text_id!("security-passkey-too-many"),
        Registered::BadName => text_id!("security-passkey-bad-name"),
    };
    show_new(request, web, &signed_in, (new.name, Some(problem))).await
}

/// One of the person's passkeys, with all they have.
async fn find(
    request: &HttpRequest,
    web: &Web,
    signed_in: &SignedIn,
    id: &str,
) -> Result<(Uuid, Found), HttpResponse> {
    let found = Found::of(web, &signed_in.user).await;
    let found = found.map_err(|error| failed(request, web, error))?;
    let id = Uuid::try_parse(id).unwrap_or_default();
    if found.passkeys.iter().any(|passkey| passkey.id == id) {
        return Ok((id, found));
    }
    Err(guard::missing(request, web))
}

pub(super) async fn one(request: HttpRequest, web: Data<Web>, id: Path<String>) -> HttpResponse {
    settle(looked_at(&request, &web, &id).await)
}

async fn looked_at(request: &HttpRequest, web: &Web, id: &str) -> Answer {
    let signed_in = recent(request, web, &format!("{}/passkeys/{id}", super::HERE)).await?;
    show_one(request, web, &signed_in, (id, None)).await
}

async fn show_one(
    request: &HttpRequest,
    web: &Web,
    signed_in: &SignedIn,
    (id, bad_name): (&str, Option<&str>),
) -> Answer {
    let (id, found) = find(request, web, signed_in, id).await?;
    let meaning = meaning(web, &signed_in.user, &found, true);
    let layout = web.layout_for(request);
    let mut all = found.passkeys.iter().filter(|passkey| passkey.id == id);
    let Some(passkey) = all.next() else {
        return Err(guard::missing(request, web));
    };
    let wrong = bad_name.map(|_| Problem::at("name", layout.say("security-passkey-bad-name")));
    let status = match wrong {
        None => StatusCode::OK,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let title = text_id!("security-passkey-title");
    let view = OnePage {
        frame: Frame::new(request, web, signed_in, Section::Security, title),
        csrf: guard::csrf(web, signed_in, &web.href(&address(id))),
        passkey: Entry::new(web, layout.texts, passkey),
        max_length: MAX_PASSKEY_NAME,
        meaning,
        name: bad_name
            .unwrap_or(&passkey.name)
            .chars()
            .take(200)
            .collect(),
        problems: wrong.into_iter().collect(),
        layout,
    };
    Ok(frame::show(request, web, status, &view))
}

pub(super) async fn change(
    request: HttpRequest,
    web: Data<Web>,
    id: Path<String>,
    payload: Payload,
) -> HttpResponse {
    settle(changed(&request, &web, &id, payload).await)
}

async fn changed(request: &HttpRequest, web: &Web, id: &str, payload: Payload) -> Answer {
    let here = format!("{}/passkeys/{id}", super::HERE);
    let (signed_in, params) = posted(request, web, payload, &here).await?;
    if params.has("remove") {
        return removed(request, web, &signed_in, (id, &params)).await;
    }
    renamed(request, web, &signed_in, (id, &params)).await
}

async fn renamed(
    request: &HttpRequest,
    web: &Web,
    signed_in: &SignedIn,
    (id, params): (&str, &Params),
) -> Answer {
    let Some(name) = params.get("name").and_then(passkey_name) else {
        let typed = params.get("name").unwrap_or_default();
        return show_one(request, web, signed_in, (id, Some(typed))).await;
    };
    let id = Uuid::try_parse(id).unwrap_or_default();
    let renamed = passkey::rename(&web.app, &signed_in.user, id, &name).await;
    if !renamed.map_err(|error| failed(request, web, error))? {
        return Err(guard::missing(request, web));
    }
    let to = web.href(super::HERE);
    Ok(frame::done(
        web,
        signed_in,
        Done::PasskeyRenamed,
        &name,
        &to,
    ))
}

async fn removed(
    request: &HttpRequest,
    web: &Web,
    signed_in: &SignedIn,
    (id, params): (&str, &Params),
) -> Answer {
    let (found_id, found) = find(request, web, signed_in, id).await?;
    let user = &signed_in.user;
    if !meaning(web, user, &found, true).is_allowed() {
        return show_one(request, web, signed_in, (id, None)).await;
    }
    let which = (found_id, removal(web, signed_in, params));
    let removed = passkey::remove(&web.app, user, which, &place::of(request)).await;
    let removed = removed.map_err(|error| failed(request, web, error))?;
    match removed {
        FactorRemoved::Removed => {}
        FactorRemoved::NotThere => return Ok(back(web)),
        FactorRemoved::MustStay => {
            return show_one(request, web, signed_in, (id, None)).await;
        }
    }
    let name = found.passkeys.into_iter().find(|it| it.id == found_id);
    let name = name.map(|it| it.name).unwrap_or_default();
    let to = web.href(super::HERE);
    Ok(frame::done(
        web,
        signed_in,
        Done::PasskeyRemoved,
        &name,
        &to,
    ))
}
