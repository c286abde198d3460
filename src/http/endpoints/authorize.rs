//! `GET, POST /authorize`, and `/authorize/continue`, where every page of the journey leads back to.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};

use crate::http::pages::layout::web_only;
use crate::http::respond::Problem;
use crate::http::web::Web;
use crate::http::{body, cookies, language, place, refusals, respond, sign_in};
use crate::identity::session;
use crate::model::client::Client;
use crate::model::session::SignedIn;
use crate::oauth::authorize::issue::{self, Allowed, Issued};
use crate::oauth::authorize::next_step::Step;
use crate::oauth::authorize::request::{self, Checked};
use crate::oauth::authorize::sealed::{self, Stale};
use crate::oauth::authorize::{Reply, decision};
use crate::oauth::error::{AuthorizeError, Error, invalid_request};
use crate::oauth::params::Params;
use crate::storage::{self, Basis};
use crate::text_id;
use crate::texts::Texts;

/// The request in the address.
pub(crate) async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let Ok(params) = Params::parse(request.query_string()) else {
        return respond::shown(&request, &web, &invalid_request("a parameter is not UTF-8"));
    };
    match request::check(&web.app, &params, web.app.clock.now()).await {
        Ok(checked) => {
            web.app.metrics.count_authorization();
            proceed(&request, &web, checked).await
        }
        Err(error) => refuse(&request, &web, error),
    }
}

/// The request in the body. A post from the client's site comes without our cookies, which are `SameSite=Lax`, so the
/// browser is sent on with a GET before anybody asks who is signed in.
pub(crate) async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let mut params = match body::form(&request, payload).await {
        Ok(params) => params,
        Err(bad) => return respond::unread(&request, &web, &bad),
    };
    if params.add(request.query_string()).is_err() {
        return respond::shown(&request, &web, &invalid_request("a parameter is not UTF-8"));
    }
    match request::check(&web.app, &params, web.app.clock.now()).await {
        Ok(checked) => {
            web.app.metrics.count_authorization();
            go(&request, &web, "/authorize/continue", &checked)
        }
        Err(error) => refuse(&request, &web, error),
    }
}

/// A sealed request, on its way back from a page.
pub(crate) async fn resume(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let params = Params::parse(request.query_string()).unwrap_or_default();
    match open(&request, &web, params.get("request").unwrap_or_default()).await {
        Ok(checked) => proceed(&request, &web, checked).await,
        Err(response) => response,
    }
}

/// Takes the next step, whichever it is.
pub(crate) async fn proceed(request: &HttpRequest, web: &Web, checked: Checked) -> HttpResponse {
    let (signed_in, step) = match step(request, web, &checked).await {
        Ok(found) => found,
        Err(error) => return refuse(request, web, returned(checked.reply, error.into())),
    };
    match (step, signed_in) {
        (Step::Issue { scope, until }, Some(signed_in)) => {
            let asker = Asker::of(request, web, &checked.client);
            let reply = checked.reply.clone();
            let allowed = Allowed {
                scope,
                approval: None,
                basis: if checked.client.is_first_party {
                    Basis::Given
                } else {
                    Basis::Remembered
                },
                until,
                origin: place::of(request).origin(),
            };
            match issue::issue(&web.app, checked, &signed_in, allowed).await {
                Ok(issued) => issued_response(request, web, issued, &asker),
                Err(error) => refuse(request, web, returned(reply, error)),
            }
        }
        (Step::LogIn | Step::LogInAgain, _) | (Step::Issue { .. }, None) => {
            go(request, web, "/login", &checked)
        }
        (Step::SignUp, _) => go(request, web, "/sign-up", &checked),
        (Step::StepUp, _) => {
            let mut response = go(request, web, "/login/verify", &checked);
            // Whoever began to sign in here is not who has to go on now.
            sign_in::forget(request, web, &mut response);
            response
        }
        (Step::ChooseAccount, _) => go(request, web, "/choose-account", &checked),
        (Step::AskConsent { .. }, _) => go(request, web, "/consent", &checked),
        (Step::Deny, _) => {
            let error = decision::denied(&checked.request);
            refuse(request, web, returned(checked.reply, error))
        }
        (Step::Refuse(code), _) => {
            let error = decision::refused(&checked.request, code);
            refuse(request, web, returned(checked.reply, error))
        }
    }
}

/// Once the way back is proven, even the server's own failure goes there (RFC 6749 §4.1.2.1).
pub(crate) fn returned(reply: Reply, error: Error) -> AuthorizeError {
    AuthorizeError::Returned(Box::new(reply), error)
}

/// Who is signed in, and what comes next.
pub(crate) async fn step(
    request: &HttpRequest,
    web: &Web,
    checked: &Checked,
) -> storage::Result<(Option<SignedIn>, Step)> {
    let now = web.app.clock.now();
    let signed_in = signed_in(request, web).await?;
    let step = decision::decide(&web.app, checked, signed_in.as_ref(), now).await?;
    Ok((signed_in, step))
}

/// The person behind the session cookie.
pub(crate) async fn signed_in(
    request: &HttpRequest,
    web: &Web,
) -> storage::Result<Option<SignedIn>> {
    match cookies::get(request, web, cookies::SESSION) {
        Some(cookie) => {
            let found = session::find(&web.app, &cookie, web.app.clock.now()).await?;
            if let Some(signed_in) = &found {
                refusals::note_user(request, signed_in.user.id);
                language::note_person(request, &signed_in.user);
            }
            Ok(found)
        }
        None => Ok(None),
    }
}

/// The request that waits, sealed, as pages of the journey carry it along.
pub(crate) fn carried(web: &Web, waiting: Option<&Checked>) -> Result<Option<String>, Error> {
    waiting
        .map(|waiting| sealed::seal(&web.app, &waiting.request))
        .transpose()
}

/// Sends the browser to a page of the journey, the request sealed in the address.
pub(crate) fn go(request: &HttpRequest, web: &Web, path: &str, checked: &Checked) -> HttpResponse {
    match sealed::seal(&web.app, &checked.request) {
        Ok(sealed) => respond::see_other(&web.href(&format!("{path}?request={sealed}"))),
        Err(error) => respond::shown(request, web, &error),
    }
}

/// The app that an answer is for, after its request is used up.
pub(crate) struct Asker {
    pub(crate) name: String,
    /// Its home page.
    home: Option<String>,
    /// Nobody looked at it: its name and its links may lead anywhere (S51).
    is_unchecked: bool,
}

impl Asker {
    pub(crate) fn of(request: &HttpRequest, web: &Web, client: &Client) -> Self {
        Self {
            name: web.name_for(request, client),
            home: web_only(client.metadata.client_uri.as_deref()).map(ToOwned::to_owned),
            is_unchecked: client.is_unchecked(),
        }
    }

    /// Its name, for a page that has no room to say that nobody looked at it.
    fn checked_name(&self) -> Option<&str> {
        (!self.is_unchecked).then_some(self.name.as_str())
    }

    /// Label and address of the way back to it.
    fn way_back(&self, texts: Texts) -> Option<(String, String)> {
        self.checked_name()?;
        let label = texts.say("problem-stale-back").with("app", &self.name);
        Some((label.plain(), self.home.clone()?))
    }
}

/// The answer to issuing what was asked for.
pub(crate) fn issued_response(
    request: &HttpRequest,
    web: &Web,
    issued: Issued,
    asker: &Asker,
) -> HttpResponse {
    match issued {
        Issued::Answer(answer) => respond::to_client(request, web, *answer, asker.checked_name()),
        Issued::Anew(checked) => go(request, web, "/authorize/continue", &checked),
        Issued::Before(_) => {
            let texts = web.layout_for(request).texts;
            let say = |id| texts.say(id).plain();
            let problem = Problem {
                title: &say("problem-before-title"),
                what: &say("problem-before-what"),
                what_to_do: &[&say("problem-before-back")],
                way_on: asker.way_back(texts),
                technical: "this request was answered before",
            };
            respond::problem(request, web, StatusCode::CONFLICT, problem)
        }
    }
}

/// An error, by the road that its type says.
pub(crate) fn refuse(request: &HttpRequest, web: &Web, error: AuthorizeError) -> HttpResponse {
    match error {
        AuthorizeError::Shown(error) => respond::shown(request, web, &error),
        AuthorizeError::Returned(reply, error) => {
            // That somebody has to be asked first (OIDC Core §3.1.2.6) is an answer, not a fault.
            if !error.code.as_str().ends_with("_required") {
                web.app.metrics.count_returned_error();
            }
            let error = error.redirected();
            let client_id = reply.client_id.clone();
            let uri = refusals::error_uri(request);
            let answer = reply.with_error(&error, uri, web.app.issuer());
            let response = respond::to_client(request, web, answer, None);
            let status = response.status().as_u16();
            respond::refused(request, &error, Some(&client_id), status);
            response
        }
    }
}

/// Opens the sealed request of a page, or says kindly why it cannot go on.
pub(crate) async fn open(
    request: &HttpRequest,
    web: &Web,
    sealed: &str,
) -> Result<Checked, HttpResponse> {
    let stale = match sealed::open(&web.app, sealed, web.app.clock.now()).await {
        Ok(checked) => {
            language::note_client(request, &checked.request);
            return Ok(checked);
        }
        Err(stale) => stale,
    };
    let (what, technical, client) = match stale {
        Stale::Failed(error) => return Err(respond::shown(request, web, &error)),
        Stale::Unreadable => (
            text_id!("problem-stale-unreadable"),
            "the sealed request does not open",
            None,
        ),
        Stale::ClientChanged => (
            text_id!("problem-stale-changed"),
            "the client or its redirect_uri is gone",
            None,
        ),
        Stale::TooOld(client) => (
            text_id!("problem-stale-old"),
            "the sealed request is too old",
            client,
        ),
    };
    let texts = web.layout_for(request).texts;
    let say = |id| texts.say(id).plain();
    let asker = client.map(|client| Asker::of(request, web, &client));
    let app = asker.and_then(|asker| asker.way_back(texts));
    tracing::info!(
        request_id = place::of(request).request_id,
        technical,
        "stale request"
    );
    Err(respond::problem(
        request,
        web,
        StatusCode::BAD_REQUEST,
        Problem {
            title: &say("problem-stale-title"),
            what: &say(what),
            what_to_do: &[&say("problem-stale-again")],
            way_on: app.or_else(|| Some((say("upstream-back"), web.href("/login")))),
            technical,
        },
    ))
}
