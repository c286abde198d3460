//! The consent page: one app, one account, one question.

mod view;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};

use crate::app::Registry;
use crate::http::csrf::{self, Bound};
use crate::http::endpoints::authorize;
use crate::http::respond::{Forms, Problem};
use crate::http::web::Web;
use crate::http::{body, place, respond};
use crate::model::consent::Consent;
use crate::model::event::{Actor, Event, EventKind};
use crate::model::scope::Scopes;
use crate::model::session::SignedIn;
use crate::oauth::authorize::issue::{self, Allowed};
use crate::oauth::authorize::next_step::Step;
use crate::oauth::authorize::request::Checked;
use crate::oauth::error::access_denied;
use crate::oauth::params::Params;
use view::{Question, view};

/// Shows what is asked, if that is the next step; else leads to the step that is.
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let params = Params::parse(request.query_string()).unwrap_or_default();
    let sealed = params.get("request").unwrap_or_default();
    let (checked, signed_in, asked) = match asked(&request, &web, sealed).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let before = match web
        .app
        .store
        .find_consent(
            signed_in.user.id,
            &checked.client.id,
            &checked.request.resources,
        )
        .await
    {
        Ok(before) => before,
        Err(error) => return respond::failed(&request, &web, error),
    };
    let view = view(
        &web,
        sealed,
        &Question {
            checked: &checked,
            signed_in: &signed_in,
            asked: &asked,
            before: before.as_ref(),
        },
    );
    respond::page(StatusCode::OK, &view, Forms::Journey)
}

/// Takes the decision.
pub async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let params = match body::form(&request, payload).await {
        Ok(params) => params,
        Err(bad) => return respond::unread(&request, &web, &bad),
    };
    let sealed = params.get("request").unwrap_or_default();
    let (checked, signed_in, asked) = match asked(&request, &web, sealed).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let bound = Bound::Session(&signed_in.session);
    if !csrf::is_genuine(
        &request,
        &web,
        bound,
        &["consent", sealed],
        params.get("csrf"),
    ) {
        return not_genuine(&request, &web, sealed);
    }
    match params.get("decision") {
        Some("allow") => allow(&request, &web, (checked, &signed_in, &asked), &params).await,
        Some("deny") => deny(&request, &web, checked, &signed_in).await,
        _ => respond::see_other(&web.href(&format!("/consent?request={sealed}"))),
    }
}

/// The request, who is asked, and for what; or the answer that leads to another step.
async fn asked(
    request: &HttpRequest,
    web: &Web,
    sealed: &str,
) -> Result<(Checked, SignedIn, Scopes), HttpResponse> {
    let checked = authorize::open(request, web, sealed).await?;
    match authorize::step(request, web, &checked).await {
        Ok((Some(signed_in), Step::AskConsent { asked })) => Ok((checked, signed_in, asked)),
        Ok(_) => Err(authorize::go(request, web, "/authorize/continue", &checked)),
        Err(error) => Err(respond::failed(request, web, error)),
    }
}

fn not_genuine(request: &HttpRequest, web: &Web, sealed: &str) -> HttpResponse {
    respond::problem(
        request,
        web,
        StatusCode::FORBIDDEN,
        Problem {
            title: "Please decide once more",
            what: "We could not make sure that the decision came from you: maybe somebody else signed in here meanwhile. Nothing was allowed.",
            what_to_do: &["Look at the question again, and at whose account it is about."],
            way_on: Some((
                "Back to the question".to_owned(),
                web.href(&format!("/consent?request={sealed}")),
            )),
            technical: "the form does not belong to this session and request",
        },
    )
}

async fn allow(
    request: &HttpRequest,
    web: &Web,
    (checked, signed_in, asked): (Checked, &SignedIn, &Scopes),
    params: &Params,
) -> HttpResponse {
    let registry = web.app.registry();
    let ticked = params.all("scope");
    // Only what was asked can be granted, whatever was posted; what cannot be left out is in.
    let granted =
        asked.filter(|name| is_required(&registry, name) || ticked.iter().any(|tick| tick == name));
    // An answer cannot say "nothing" (RFC 6749 §3.3): allowing nothing is not allowing.
    let requested = &checked.request.scope;
    let is_nothing = !requested.iter().any(|name| granted.contains(name));
    if is_nothing && !requested.is_empty() {
        return deny(request, web, checked, signed_in).await;
    }
    let before = match web
        .app
        .store
        .find_consent(
            signed_in.user.id,
            &checked.client.id,
            &checked.request.resources,
        )
        .await
    {
        Ok(before) => before,
        Err(error) => return respond::failed(request, web, error),
    };
    let mut event = event(request, web, EventKind::ConsentGranted, &checked, signed_in);
    event.detail = serde_json::json!({ "granted": granted, "declined": asked.minus(&granted) });
    let consent = remember(before, &event, (asked, &granted), (&checked, signed_in));
    let name = checked.client.metadata.client_name.clone();
    let reply = checked.reply.clone();
    let allowed = Allowed {
        scope: granted,
        origin: event.origin.clone(),
        approval: Some((consent, event)),
    };
    match issue::issue(&web.app, checked, signed_in, allowed).await {
        Ok(issued) => authorize::issued_response(request, web, issued, &name),
        Err(error) => authorize::refuse(request, web, authorize::returned(reply, error)),
    }
}

fn remember(
    before: Option<Consent>,
    event: &Event,
    (asked, granted): (&Scopes, &Scopes),
    (checked, signed_in): (&Checked, &SignedIn),
) -> Consent {
    let (old_granted, old_declined, granted_at) = before
        .map_or((Scopes::default(), Scopes::default(), event.at), |c| {
            (c.granted, c.declined, c.granted_at)
        });
    Consent {
        user_id: signed_in.user.id,
        client_id: checked.client.id.clone(),
        resources: checked.request.resources.clone(),
        granted: old_granted.minus(asked).union(granted),
        declined: old_declined.minus(granted).union(&asked.minus(granted)),
        granted_at,
        updated_at: event.at,
    }
}

async fn deny(
    request: &HttpRequest,
    web: &Web,
    checked: Checked,
    signed_in: &SignedIn,
) -> HttpResponse {
    let event = event(request, web, EventKind::ConsentDenied, &checked, signed_in);
    if let Err(error) = web.app.store.record(&event).await {
        return respond::failed(request, web, error);
    }
    let error = access_denied("the person did not allow it");
    authorize::refuse(request, web, authorize::returned(checked.reply, error))
}

fn event(
    request: &HttpRequest,
    web: &Web,
    kind: EventKind,
    checked: &Checked,
    signed_in: &SignedIn,
) -> Event {
    let mut event = web.app.event(
        kind,
        Actor::User(signed_in.user.id),
        place::of(request).origin(),
    );
    event.user_id = Some(signed_in.user.id);
    event.client_id = Some(checked.client.id.clone());
    event
}

fn is_required(registry: &Registry, name: &str) -> bool {
    registry
        .scopes
        .iter()
        .any(|scope| scope.name == name && scope.is_required)
}
