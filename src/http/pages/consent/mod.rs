//! The consent page: one app, one account, one question.

mod items;
mod own;
mod told;
mod view;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, TimeDelta, Utc};

use crate::app::Registry;
use crate::http::csrf::{self, Bound};
use crate::http::endpoints::authorize;
use crate::http::respond::{Forms, Problem};
use crate::http::web::Web;
use crate::http::{body, place, respond};
use crate::identity::notices::{self, Notice};
use crate::model::consent::{Consent, LIMITED, Lasting};
use crate::model::event::{Actor, Event, EventKind};
use crate::model::scope::{OFFLINE_ACCESS, Scopes};
use crate::model::session::SignedIn;
use crate::oauth::authorize::issue::{self, Allowed, Issued};
use crate::oauth::authorize::next_step::{Step, is_remembered};
use crate::oauth::authorize::request::Checked;
use crate::oauth::error::access_denied;
use crate::oauth::params::Params;
use crate::storage::Basis;
use view::view;

/// What is asked of whom.
struct Question {
    checked: Checked,
    signed_in: SignedIn,
    asked: Scopes,
    /// Allowed before; it goes along.
    kept: Scopes,
    before: Option<Consent>,
    now: DateTime<Utc>,
}

impl Question {
    /// Ties an answer to what was shown: nobody allows what came up after they had looked (S38).
    fn shown(&self) -> String {
        format!("{} + {}", self.asked, self.kept)
    }

    /// The choices of how long; none where the approval is not remembered anyway, or there is nothing to remember.
    fn lastings(&self) -> &'static [Lasting] {
        let redirect = self.checked.reply.callback.kind();
        let is_about_nothing = self.asked.is_empty() && self.checked.request.resources.is_empty();
        if is_about_nothing || !is_remembered(&self.checked.client, redirect) {
            return &[];
        }
        // An answer cannot say "nothing" (RFC 6749 §3.3), and this is all that "this time" would leave.
        let requested = &self.checked.request.scope;
        if !requested.is_empty() && requested.iter().all(|name| name == OFFLINE_ACCESS) {
            return &[Lasting::Always, Lasting::Limited];
        }
        &[Lasting::Always, Lasting::Limited, Lasting::Once]
    }

    fn lasting(&self, params: &Params) -> Lasting {
        let chosen = params.get("lasting").and_then(Lasting::parse);
        let is_offered = |choice: &Lasting| self.lastings().contains(choice);
        chosen.filter(is_offered).unwrap_or_default()
    }

    fn limit(&self) -> DateTime<Utc> {
        self.now + TimeDelta::days(LIMITED)
    }
}

/// Shows what is asked, if that is the next step; else leads to the step that is.
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let params = Params::parse(request.query_string()).unwrap_or_default();
    let sealed = params.get("request").unwrap_or_default();
    let question = match question(&request, &web, sealed).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    match own::of(&web, &question).await {
        Ok(own) => {
            let view = view(&request, &web, sealed, (&question, &own));
            respond::page(StatusCode::OK, &view, Forms::Journey)
        }
        Err(error) => respond::failed(&request, &web, error),
    }
}

/// Takes the decision.
pub async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let params = match body::form(&request, payload).await {
        Ok(params) => params,
        Err(bad) => return respond::unread(&request, &web, &bad),
    };
    let sealed = params.get("request").unwrap_or_default();
    let question = match question(&request, &web, sealed).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let bound = Bound::Session(&question.signed_in.session);
    if !csrf::is_genuine(
        &request,
        &web,
        bound,
        &["consent", sealed, &question.shown()],
        params.get("csrf"),
    ) {
        return not_genuine(&request, &web, sealed);
    }
    match params.get("decision") {
        Some("allow") => allow(&request, &web, question, &params).await,
        Some("deny") => deny(&request, &web, question).await,
        _ => respond::see_other(&web.href(&format!("/consent?request={sealed}"))),
    }
}

/// The request, who is asked, and for what; or the answer that leads to another step.
async fn question(
    request: &HttpRequest,
    web: &Web,
    sealed: &str,
) -> Result<Question, HttpResponse> {
    let checked = authorize::open(request, web, sealed).await?;
    let (signed_in, asked, kept) = match authorize::step(request, web, &checked).await {
        Ok((Some(signed_in), Step::AskConsent { asked, kept })) => (signed_in, asked, kept),
        Ok(_) => return Err(authorize::go(request, web, "/authorize/continue", &checked)),
        Err(error) => return Err(respond::failed(request, web, error)),
    };
    let now = web.app.clock.now();
    let (user, client) = (signed_in.user.id, &checked.client.id);
    let resources = &checked.request.resources;
    let found = web.app.store.find_consent(user, client, resources, now);
    let before = found
        .await
        .map_err(|error| respond::failed(request, web, error))?;
    Ok(Question {
        checked,
        signed_in,
        asked,
        kept,
        before,
        now,
    })
}

fn not_genuine(request: &HttpRequest, web: &Web, sealed: &str) -> HttpResponse {
    let texts = web.layout_for(request).texts;
    let say = |id| texts.say(id).plain();
    respond::problem(
        request,
        web,
        StatusCode::FORBIDDEN,
        Problem {
            title: &say("problem-decide-title"),
            what: &say("problem-decide-what"),
            what_to_do: &[&say("problem-decide-look")],
            way_on: Some((
                say("problem-decide-back"),
                web.href(&format!("/consent?request={sealed}")),
            )),
            technical: "the form does not belong to this session and request",
        },
    )
}

async fn allow(
    request: &HttpRequest,
    web: &Web,
    question: Question,
    params: &Params,
) -> HttpResponse {
    let lasting = question.lasting(params);
    let granted = granted(&web.app.registry(), &question.asked, params);
    let scope = scope(&question, &granted, lasting);
    // An answer cannot say "nothing" (RFC 6749 §3.3): allowing nothing is not allowing.
    let requested = &question.checked.request.scope;
    let is_nothing = !requested.iter().any(|name| scope.contains(name));
    if is_nothing && !requested.is_empty() {
        return deny(request, web, question).await;
    }
    let is_told = match told::is_due(web, &question, &scope).await {
        Ok(is_told) => is_told,
        Err(error) => return respond::failed(request, web, error),
    };
    let mut event = event(request, web, EventKind::ConsentGranted, &question);
    event.detail = serde_json::json!({
        "granted": granted,
        "declined": question.asked.minus(&granted),
        "lasting": lasting.as_str(),
    });
    let session_end = question.signed_in.session.expires_at;
    let (consent, until) = match lasting {
        Lasting::Always => (Some(remember(&question, &granted, None)), None),
        Lasting::Limited => {
            let end = Some(question.limit());
            (Some(remember(&question, &granted, end)), end)
        }
        Lasting::Once => (None, Some(session_end)),
    };
    let Question {
        checked, signed_in, ..
    } = question;
    let asker = authorize::Asker::of(request, web, &checked.client);
    let is_unchecked = checked.client.is_unchecked();
    let reply = checked.reply.clone();
    let allowed = Allowed {
        scope,
        origin: event.origin.clone(),
        approval: Some((consent, event)),
        basis: Basis::Given,
        until,
    };
    match issue::issue(&web.app, checked, &signed_in, allowed).await {
        Ok(issued) => {
            if is_told && matches!(issued, Issued::Answer(_)) {
                let notice = Notice::NewApp {
                    client_name: &asker.name,
                    is_unchecked,
                };
                notices::tell_after(&web.app, &signed_in.user, notice, &place::of(request)).await;
            }
            authorize::issued_response(request, web, issued, &asker)
        }
        Err(error) => authorize::refuse(request, web, authorize::returned(reply, error)),
    }
}

/// Only what was asked can be granted, whatever was posted; what cannot be left out is in.
fn granted(registry: &Registry, asked: &Scopes, params: &Params) -> Scopes {
    let ticked = params.all("scope");
    let is_required = |name: &str| {
        let mut scopes = registry.scopes.iter();
        scopes.any(|scope| scope.name == name && scope.is_required)
    };
    asked.filter(|name| is_required(name) || ticked.iter().any(|tick| tick == name))
}

/// What the app gets: what is granted now, and before. `offline_access` would outlive "this time", so it is left out, and the app hears of
/// that (RFC 6749 §5.1).
fn scope(question: &Question, granted: &Scopes, lasting: Lasting) -> Scopes {
    let all = granted.union(&question.kept);
    match lasting {
        Lasting::Once => all.filter(|name| name != OFFLINE_ACCESS),
        Lasting::Always | Lasting::Limited => all,
    }
}

fn remember(question: &Question, granted: &Scopes, expires_at: Option<DateTime<Utc>>) -> Consent {
    let Question { asked, now, .. } = question;
    let before = question.before.as_ref();
    let (old_granted, old_declined, granted_at) = before
        .map_or((Scopes::default(), Scopes::default(), *now), |c| {
            (c.granted.clone(), c.declined.clone(), c.granted_at)
        });
    Consent {
        user_id: question.signed_in.user.id,
        client_id: question.checked.client.id.clone(),
        resources: question.checked.request.resources.clone(),
        granted: old_granted.minus(asked).union(granted),
        declined: old_declined.minus(granted).union(&asked.minus(granted)),
        granted_at,
        updated_at: *now,
        expires_at,
    }
}

async fn deny(request: &HttpRequest, web: &Web, question: Question) -> HttpResponse {
    let event = event(request, web, EventKind::ConsentDenied, &question);
    if let Err(error) = web.app.store.record(&event).await {
        return respond::failed(request, web, error);
    }
    let error = access_denied("the person did not allow it");
    authorize::refuse(
        request,
        web,
        authorize::returned(question.checked.reply, error),
    )
}

fn event(request: &HttpRequest, web: &Web, kind: EventKind, question: &Question) -> Event {
    let user = question.signed_in.user.id;
    let mut event = web
        .app
        .event(kind, Actor::User(user), place::of(request).origin());
    event.user_id = Some(user);
    event.client_id = Some(question.checked.client.id.clone());
    event
}
