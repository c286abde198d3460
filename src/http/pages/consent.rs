//! The consent page: one app, one account, one question.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::layout::{Layout, web_only};
use crate::app::Registry;
use crate::http::csrf::{self, Bound};
use crate::http::endpoints::authorize;
use crate::http::respond::{Forms, Problem};
use crate::http::web::Web;
use crate::http::{body, place, respond};
use crate::model::client::Registration;
use crate::model::consent::Consent;
use crate::model::event::{Actor, Event, EventKind};
use crate::model::redirect_uri::RedirectKind;
use crate::model::scope::{ScopeDefinition, Scopes};
use crate::model::session::SignedIn;
use crate::model::user::User;
use crate::oauth::authorize::issue;
use crate::oauth::authorize::next_step::Step;
use crate::oauth::authorize::request::Checked;
use crate::oauth::error::{AuthorizeError, access_denied};
use crate::oauth::params::Params;

/// Asks whether an app may use the person's account.
#[derive(Template)]
#[template(path = "pages/consent.html")]
pub struct ConsentPage {
    pub layout: Layout,
    /// The sealed authorization request.
    pub request: String,
    pub csrf: String,
    pub client_name: String,
    /// The host of the app's home page.
    pub client_host: Option<String>,
    /// The app's home page; linked only when it is `http` or `https`.
    pub client_uri: Option<String>,
    /// Registered by an administrator; otherwise the page says "not checked".
    pub checked: bool,
    /// Where the browser goes next: a host, or the scheme of an app.
    pub redirect_host: String,
    pub redirect_warning: Option<RedirectWarning>,
    /// Display name, or the username where there is none.
    pub account_name: String,
    pub account_username: String,
    pub account_email: Option<String>,
    /// Where "Not you?" leads.
    pub switch_href: String,
    pub groups: Vec<ScopeGroup>,
    /// Where the person takes a permission back, once there is such a page.
    pub connected_href: Option<String>,
    pub policy_uri: Option<String>,
    pub tos_uri: Option<String>,
}

/// What deserves a second look about where the browser goes next.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum RedirectWarning {
    /// `localhost` or a loopback address: any program on this computer could answer.
    ThisDevice,
    /// A private-use scheme: an app on this device opens.
    AppOnDevice,
}

/// Permissions that belong together.
pub struct ScopeGroup {
    /// "Photos API"; none for what concerns the account itself.
    pub title: Option<String>,
    pub items: Vec<ScopeItem>,
}

/// One permission in words.
pub struct ScopeItem {
    /// The scope's name: the value posted, never shown.
    pub name: String,
    /// What it allows, to follow "It will be able to".
    pub description: String,
    /// An example from the account, such as a masked e-mail address.
    pub detail: Option<String>,
    /// Whether it may be left out.
    pub optional: bool,
    /// Whether an optional one starts out ticked.
    pub checked: bool,
    /// Not asked for last time.
    pub new: bool,
}

impl ConsentPage {
    fn policy(&self) -> Option<&str> {
        web_only(self.policy_uri.as_deref())
    }

    fn terms(&self) -> Option<&str> {
        web_only(self.tos_uri.as_deref())
    }

    fn home(&self) -> Option<&str> {
        web_only(self.client_uri.as_deref())
    }

    fn asks_anything(&self) -> bool {
        self.groups.iter().any(|group| !group.items.is_empty())
    }

    fn has_choices(&self) -> bool {
        self.groups.iter().any(ScopeGroup::has_choices)
    }

    fn this_device(&self) -> bool {
        self.redirect_warning == Some(RedirectWarning::ThisDevice)
    }

    fn app_on_device(&self) -> bool {
        self.redirect_warning == Some(RedirectWarning::AppOnDevice)
    }

    /// The e-mail address, or the username where the display name hides it.
    fn account_detail(&self) -> Option<&str> {
        self.account_email.as_deref().or_else(|| {
            (self.account_name != self.account_username).then_some(self.account_username.as_str())
        })
    }
}

impl ScopeItem {
    /// `offline_access` gets a line that says what it means.
    fn is_offline(&self) -> bool {
        self.name == "offline_access"
    }
}

impl ScopeGroup {
    fn has_choices(&self) -> bool {
        self.items.iter().any(|item| item.optional)
    }
}

/// Shows what is asked, if that is the next step; else leads to the step that is.
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let params = Params::parse(request.query_string()).unwrap_or_default();
    let sealed = params.get("request").unwrap_or_default();
    let (checked, signed_in, asked) = match asked(&request, &web, sealed).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let before = match web.app.store.find_consent(signed_in.user.id, &checked.client.id).await {
        Ok(before) => before,
        Err(error) => return respond::failed(&request, &web, error),
    };
    let view = view(&web, sealed, &Question { checked: &checked, signed_in: &signed_in, asked: &asked, before: before.as_ref() });
    respond::page(StatusCode::OK, &view, Forms::Journey)
}

/// Takes the decision.
pub async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let params = match body::form(&request, payload).await {
        Ok(params) => params,
        Err(bad) => return respond::shown(&request, &web, &bad.error),
    };
    let sealed = params.get("request").unwrap_or_default();
    let (checked, signed_in, asked) = match asked(&request, &web, sealed).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let bound = Bound::Session(&signed_in.session);
    if !csrf::is_genuine(&request, &web, bound, &["consent", sealed], params.get("csrf")) {
        return not_genuine(&request, &web, sealed);
    }
    match params.get("decision") {
        Some("allow") => allow(&request, &web, (checked, &signed_in, &asked), &params).await,
        Some("deny") => deny(&request, &web, checked, &signed_in).await,
        _ => respond::see_other(&web.href(&format!("/consent?request={sealed}"))),
    }
}

/// The request, who is asked, and for what; or the answer that leads to another step.
async fn asked(request: &HttpRequest, web: &Web, sealed: &str) -> Result<(Checked, SignedIn, Scopes), HttpResponse> {
    let checked = authorize::open(request, web, sealed).await?;
    match authorize::step(request, web, &checked).await {
        Ok((Some(signed_in), Step::AskConsent { asked })) => Ok((checked, signed_in, asked)),
        Ok(_) => Err(authorize::go(request, web, "/authorize/continue", &checked)),
        Err(error) => Err(respond::failed(request, web, error)),
    }
}

fn not_genuine(request: &HttpRequest, web: &Web, sealed: &str) -> HttpResponse {
    respond::problem(request, web, StatusCode::FORBIDDEN, Problem {
        title: "Please decide once more",
        what: "We could not make sure that the decision came from you: maybe somebody else signed in here meanwhile. Nothing was allowed.",
        what_to_do: &["Look at the question again, and at whose account it is about."],
        way_on: Some(("Back to the question".to_owned(), web.href(&format!("/consent?request={sealed}")))),
        technical: "the form does not belong to this session and request",
    })
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
    let granted = asked.filter(|name| is_required(&registry, name) || ticked.iter().any(|tick| tick == name));
    let before = match web.app.store.find_consent(signed_in.user.id, &checked.client.id).await {
        Ok(before) => before,
        Err(error) => return respond::failed(request, web, error),
    };
    let mut event = event(request, web, EventKind::ConsentGranted, &checked, signed_in);
    event.detail = serde_json::json!({ "granted": granted, "declined": asked.minus(&granted) });
    let consent = remember(before, &event, (asked, &granted), (&checked, signed_in));
    let name = checked.client.metadata.client_name.clone();
    match issue::issue(&web.app, checked, signed_in, granted, Some((consent, event))).await {
        Ok(issued) => authorize::issued_response(request, web, issued, &name),
        Err(error) => respond::shown(request, web, &error),
    }
}

fn remember(
    before: Option<Consent>,
    event: &Event,
    (asked, granted): (&Scopes, &Scopes),
    (checked, signed_in): (&Checked, &SignedIn),
) -> Consent {
    let (old_granted, old_declined, granted_at) =
        before.map_or((Scopes::default(), Scopes::default(), event.at), |c| (c.granted, c.declined, c.granted_at));
    Consent {
        user_id: signed_in.user.id,
        client_id: checked.client.id.clone(),
        granted: old_granted.minus(asked).union(granted),
        declined: old_declined.minus(granted).union(&asked.minus(granted)),
        granted_at,
        updated_at: event.at,
    }
}

async fn deny(request: &HttpRequest, web: &Web, checked: Checked, signed_in: &SignedIn) -> HttpResponse {
    let event = event(request, web, EventKind::ConsentDenied, &checked, signed_in);
    if let Err(error) = web.app.store.record(&event).await {
        return respond::failed(request, web, error);
    }
    let error = access_denied("the person did not allow it");
    authorize::refuse(request, web, AuthorizeError::Returned(Box::new(checked.reply), error))
}

fn event(request: &HttpRequest, web: &Web, kind: EventKind, checked: &Checked, signed_in: &SignedIn) -> Event {
    let mut event = web.app.event(kind, Actor::User(signed_in.user.id), place::of(request).origin());
    event.user_id = Some(signed_in.user.id);
    event.client_id = Some(checked.client.id.clone());
    event
}

fn is_required(registry: &Registry, name: &str) -> bool {
    registry.scopes.iter().any(|scope| scope.name == name && scope.is_required)
}

struct Question<'a> {
    checked: &'a Checked,
    signed_in: &'a SignedIn,
    asked: &'a Scopes,
    before: Option<&'a Consent>,
}

fn view(web: &Web, sealed: &str, question: &Question<'_>) -> ConsentPage {
    let Question { checked, signed_in, .. } = *question;
    let metadata = &checked.client.metadata;
    let user = &signed_in.user;
    let callback = &checked.reply.callback;
    ConsentPage {
        layout: web.layout(),
        request: sealed.to_owned(),
        csrf: csrf::token(web, Bound::Session(&signed_in.session), &["consent", sealed]),
        client_name: metadata.client_name.clone(),
        client_host: metadata.home_host(),
        client_uri: metadata.client_uri.clone(),
        checked: checked.client.registration == Registration::Administrator,
        redirect_host: callback.shown_host(),
        redirect_warning: match callback.kind() {
            RedirectKind::Web => None,
            RedirectKind::Localhost | RedirectKind::LoopbackIp => Some(RedirectWarning::ThisDevice),
            RedirectKind::PrivateUse => Some(RedirectWarning::AppOnDevice),
        },
        account_name: user.display_name().to_owned(),
        account_username: user.username.clone(),
        account_email: user.email.clone(),
        switch_href: web.href(&format!("/login?request={sealed}")),
        groups: groups(&web.app.registry(), question),
        connected_href: None,
        policy_uri: metadata.policy_uri.clone(),
        tos_uri: metadata.tos_uri.clone(),
    }
}

/// What is asked: first what concerns the account, then resource by resource.
fn groups(registry: &Registry, question: &Question<'_>) -> Vec<ScopeGroup> {
    let owner = |name: &str| {
        let mut owners = registry.resources.values().filter(|owner| owner.resource.scope.contains(name));
        owners.next().map(|owner| owner.resource.name.clone())
    };
    let mut own = Vec::new();
    let mut by_resource: HashMap<String, Vec<ScopeItem>> = HashMap::new();
    for scope in registry.scopes.iter().filter(|scope| question.asked.contains(&scope.name)) {
        let item = item(scope, question);
        match owner(&scope.name) {
            Some(resource) => by_resource.entry(resource).or_default().push(item),
            None => own.push(item),
        }
    }
    let mut named: Vec<(String, Vec<ScopeItem>)> = by_resource.into_iter().collect();
    named.sort_by(|a, b| a.0.cmp(&b.0));
    let own = (!own.is_empty()).then_some(ScopeGroup { title: None, items: own });
    let named = named.into_iter().map(|(title, items)| ScopeGroup { title: Some(title), items });
    own.into_iter().chain(named).collect()
}

fn item(scope: &ScopeDefinition, question: &Question<'_>) -> ScopeItem {
    let was_declined = question.before.is_some_and(|before| before.declined.contains(&scope.name));
    let is_known = question.before.is_some_and(|before| before.granted.contains(&scope.name)) || was_declined;
    ScopeItem {
        name: scope.name.clone(),
        description: scope.description.clone(),
        detail: detail(&scope.name, &question.signed_in.user),
        optional: !scope.is_required,
        checked: !was_declined,
        new: question.before.is_some() && !is_known,
    }
}

/// What the app would see, as far as it is known: the name, or the address with its middle left out.
fn detail(scope: &str, user: &User) -> Option<String> {
    match scope {
        "profile" => user.name.clone(),
        "email" => user.email.as_deref().map(masked),
        _ => None,
    }
}

fn masked(email: &str) -> String {
    let (local, domain) = email.rsplit_once('@').unwrap_or((email, ""));
    let first: String = local.chars().take(1).collect();
    format!("{first}•••@{domain}")
}
