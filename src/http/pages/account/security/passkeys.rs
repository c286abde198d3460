//! `/account/security/passkeys`: adding a passkey, giving it another name, taking it away.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use uuid::Uuid;

use super::{
    Answer, Entry, Found, Meaning, back, codes, failed, meaning, posted, proven, recent, removal,
    settle,
};
use crate::http::pages::account::frame::{self, Done, Frame, Section};
use crate::http::pages::account::guard;
use crate::http::pages::layout::Layout;
use crate::http::place;
use crate::http::respond::{self, Forms};
use crate::http::web::Web;
use crate::identity::device;
use crate::identity::passkey::{self, New, Registered};
use crate::model::acr;
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
    problem: Option<&'static str>,
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
    is_bad_name: bool,
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
    let name = device::in_words(texts, agent.as_deref()).plain();
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
    let title = text_id!("security-passkey-new-title");
    let view = NewPage {
        layout: web.layout_for(request),
        frame: Frame::new(request, web, signed_in, Section::Security, title),
        csrf: guard::csrf(web, signed_in, &web.href(NEW)),
        options: challenge.options.to_string(),
        sealed: challenge.sealed,
        name: name.chars().take(MAX_PASSKEY_NAME).collect(),
        max_length: MAX_PASSKEY_NAME,
        problem,
    };
    let response = respond::page_with_script(StatusCode::OK, &view, Forms::Own);
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
            let response = match codes {
                None => {
                    let to = web.href(super::HERE);
                    frame::done(web, &signed_in, Done::PasskeyAdded, new.name, &to)
                }
                Some(shown) => {
                    let done = Some(text_id!("security-done-first-passkey"));
                    codes::shown(request, web, &signed_in, (shown, done))
                }
            };
            let amr = acr::with_passkey(&signed_in.session.amr);
            return proven(request, web, (&signed_in, amr), response).await;
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
    show_one(request, web, &signed_in, (id, false)).await
}

async fn show_one(
    request: &HttpRequest,
    web: &Web,
    signed_in: &SignedIn,
    (id, is_bad_name): (&str, bool),
) -> Answer {
    let (id, found) = find(request, web, signed_in, id).await?;
    let meaning = meaning(web, &signed_in.user, &found, true);
    let layout = web.layout_for(request);
    let mut all = found.passkeys.iter().filter(|passkey| passkey.id == id);
    let Some(passkey) = all.next() else {
        return Err(guard::missing(request, web));
    };
    let title = text_id!("security-passkey-title");
    let view = OnePage {
        frame: Frame::new(request, web, signed_in, Section::Security, title),
        csrf: guard::csrf(web, signed_in, &web.href(&address(id))),
        passkey: Entry::new(web, layout.texts, passkey),
        max_length: MAX_PASSKEY_NAME,
        meaning,
        is_bad_name,
        layout,
    };
    Ok(frame::show(request, web, StatusCode::OK, &view))
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
        return show_one(request, web, signed_in, (id, true)).await;
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
        return show_one(request, web, signed_in, (id, false)).await;
    }
    let which = (found_id, removal(web, signed_in, params));
    let removed = passkey::remove(&web.app, user, which, &place::of(request)).await;
    let removed = removed.map_err(|error| failed(request, web, error))?;
    match removed {
        FactorRemoved::Removed => {}
        FactorRemoved::NotThere => return Ok(back(web)),
        FactorRemoved::MustStay => {
            return show_one(request, web, signed_in, (id, false)).await;
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
