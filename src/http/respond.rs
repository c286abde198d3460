//! Outcomes and errors → JSON, redirects, pages. Refusals are logged here, once, at the edge.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use oauth2_types::requests::ResponseMode;
use serde_json::json;

use super::body::{self, BadBody};
use super::pages::error::ErrorPage;
pub(super) use super::pages::error::{
    Problem, not_found, nowhere, plain_http, problem, problem_page,
};
use super::pages::form_post::FormPostPage;
use super::place;
use super::refusals::{self, Refused};
use super::web::Web;
use crate::model::id::ClientId;
use crate::oauth::authorize::Answer;
use crate::oauth::error::{Error, ErrorCode};
use crate::storage;

/// Where a page's form may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Forms {
    /// Here.
    Own,
    /// At the client, and wherever its redirect URI leads on to: Chromium holds `form-action` against every redirect that
    /// follows a post, so naming the redirect URI's origin would still break clients that redirect once more (S58).
    Journey,
}

impl Forms {
    /// At an app, where one waits.
    pub(super) const fn of_sign_in(waits: bool) -> Self {
        if waits { Self::Journey } else { Self::Own }
    }
}

/// Says how long to wait, where that is known (RFC 9110 §10.2.3).
pub(super) fn retry_after(
    response: &mut HttpResponse,
    seconds: Option<impl Into<header::HeaderValue>>,
) {
    if let Some(seconds) = seconds {
        let headers = response.headers_mut();
        headers.insert(header::RETRY_AFTER, seconds.into());
    }
}

/// The same for people, in whole minutes.
pub(super) fn minutes(seconds: impl TryInto<i64>) -> i64 {
    let seconds = seconds.try_into().unwrap_or(i64::MAX);
    seconds.saturating_add(59).div_euclid(60).max(1)
}

/// A page without any script.
pub(super) fn page(status: StatusCode, page: &impl Template, forms: Forms) -> HttpResponse {
    let more = match forms {
        Forms::Own => "script-src 'none'; form-action 'self'",
        Forms::Journey => "script-src 'none'",
    };
    html(status, page, more)
}

/// The same with a script of ours.
pub(super) fn page_with_script(
    status: StatusCode,
    page: &impl Template,
    forms: Forms,
) -> HttpResponse {
    let more = match forms {
        Forms::Own => "script-src 'self'; form-action 'self'",
        Forms::Journey => "script-src 'self'",
    };
    html(status, page, more)
}

/// A page with frames from these origins, and from nowhere else.
pub(super) fn page_with_frames(page: &impl Template, origins: &[&str]) -> HttpResponse {
    let origins = origins.join(" ");
    let more = format!("script-src 'none'; form-action 'self'; frame-src {origins}");
    html(StatusCode::OK, page, &more)
}

fn html(status: StatusCode, page: &impl Template, more_csp: &str) -> HttpResponse {
    let Ok(body) = page.render() else {
        tracing::error!("a page does not render");
        return HttpResponse::InternalServerError().finish();
    };
    let csp = format!(
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; {more_csp}"
    );
    HttpResponse::build(status)
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(("content-security-policy", csp))
        .body(body)
}

/// Isolates a page from those that opened it; not for the authorize journey, which clients open in pop-ups (S57).
pub(super) fn isolated(mut response: HttpResponse) -> HttpResponse {
    let name = header::HeaderName::from_static("cross-origin-opener-policy");
    response
        .headers_mut()
        .insert(name, header::HeaderValue::from_static("same-origin"));
    response
}

/// 303 to an address of ours, or a proven one: a GET follows, whatever came before (RFC 9700 §4.12).
pub(super) fn see_other(location: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, location))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

/// Puts an answer of the authorization endpoint on its way to the client.
pub(super) fn to_client(
    request: &HttpRequest,
    web: &Web,
    answer: Answer,
    client_name: Option<&str>,
) -> HttpResponse {
    let uri = answer.callback.as_str();
    if answer.mode == ResponseMode::FormPost {
        let view = FormPostPage {
            layout: web.layout_for(request),
            action: uri.to_owned(),
            client_name: client_name.map(ToOwned::to_owned),
            fields: answer
                .params
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        };
        return html(StatusCode::OK, &view, "script-src 'self'");
    }
    let params = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(answer.params)
        .finish();
    let separator = match answer.mode {
        ResponseMode::Fragment => '#',
        _ if uri.contains('?') => '&',
        _ => '?',
    };
    see_other(&format!("{uri}{separator}{params}"))
}

/// An error of an endpoint that programs call (RFC 6749 §5.2).
pub(super) fn json_error(
    request: &HttpRequest,
    error: &Error,
    client_id: Option<&ClientId>,
) -> HttpResponse {
    json_error_as(request, error, client_id, error.status())
}

/// The same with a status of its own: 405, 413, 415.
pub(super) fn json_error_as(
    request: &HttpRequest,
    error: &Error,
    client_id: Option<&ClientId>,
    status: u16,
) -> HttpResponse {
    refused(request, error, client_id, status);
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    let mut response = HttpResponse::build(status);
    response
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::PRAGMA, "no-cache"));
    if let Some(seconds) = error.retry_after {
        response.insert_header((header::RETRY_AFTER, seconds));
    }
    if status == StatusCode::UNSUPPORTED_MEDIA_TYPE && body::is_coded(request) {
        response.insert_header((header::ACCEPT_ENCODING, "identity"));
    }
    // RFC 9110 §15.5.2: a 401 always says what would do.
    if status == StatusCode::UNAUTHORIZED {
        response.insert_header((
            header::WWW_AUTHENTICATE,
            "Basic realm=\"placet\", charset=\"UTF-8\"",
        ));
    }
    let mut body =
        json!({ "error": error.code.as_str(), "error_description": error.description() });
    if let Some(uri) = refusals::error_uri(request) {
        body["error_uri"] = json!(uri);
    }
    response.json(body)
}

/// 401 to a request without a token: what would do, and nothing more (RFC 6750 §3.1).
pub(super) fn bearer_wanted(request: &HttpRequest) -> HttpResponse {
    let refused = Refused {
        code: "",
        reason: "no access token was sent",
        status: 401,
        client_id: None,
    };
    refusals::remember(request, refused);
    HttpResponse::Unauthorized()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::WWW_AUTHENTICATE, "Bearer realm=\"placet\""))
        .finish()
}

/// A refusal at a resource of ours, with the challenge of RFC 6750 §3.
pub(super) fn bearer_refused(request: &HttpRequest, error: &Error, status: u16) -> HttpResponse {
    let mut response = json_error_as(request, error, None, status);
    let (code, description) = (error.code.as_str(), error.description());
    let mut challenge =
        format!("Bearer realm=\"placet\", error=\"{code}\", error_description=\"{description}\"");
    if error.code == ErrorCode::InsufficientScope {
        challenge.push_str(", scope=\"openid\"");
    }
    let headers = response.headers_mut();
    headers.remove(header::WWW_AUTHENTICATE);
    let is_ours = !matches!(
        error.code,
        ErrorCode::ServerError | ErrorCode::TemporarilyUnavailable
    );
    if let Ok(challenge) = header::HeaderValue::from_str(&challenge)
        && is_ours
    {
        headers.insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
}

/// Notes a refusal, in the log and for who will ask why.
pub(super) fn refused(
    request: &HttpRequest,
    error: &Error,
    client_id: Option<&ClientId>,
    status: u16,
) {
    log(request, error, client_id);
    let refused = Refused {
        code: error.code.as_str(),
        reason: &error.reason,
        status,
        client_id,
    };
    refusals::remember(request, refused);
}

/// Writes a refusal into the log: the server's own failures as errors, what smells of an attack as warnings.
fn log(request: &HttpRequest, error: &Error, client_id: Option<&ClientId>) {
    let request_id = place::of(request).request_id;
    let (code, reason) = (error.code.as_str(), error.reason.as_ref());
    let client_id = client_id.map(ClientId::as_str);
    match error.code {
        // Too many at once is no failure.
        ErrorCode::ServerError | ErrorCode::TemporarilyUnavailable if error.cause().is_some() => {
            tracing::error!(
                request_id,
                client_id,
                code,
                reason,
                cause = error.cause().map(ToString::to_string),
                "failed"
            );
        }
        ErrorCode::InvalidClient | ErrorCode::InvalidGrant => {
            tracing::warn!(request_id, client_id, code, reason, "refused");
        }
        _ => tracing::info!(request_id, client_id, code, reason, "refused"),
    }
}

/// An error of the authorization endpoint that cannot go back to the client.
pub(super) fn shown(request: &HttpRequest, web: &Web, error: &Error) -> HttpResponse {
    let is_ours = error.code == ErrorCode::ServerError;
    refused(
        request,
        error,
        None,
        if is_ours { error.status() } else { 400 },
    );
    if is_ours {
        return failed_page(request, web, error);
    }
    let layout = web.layout_for(request);
    let say = |id| layout.say(id).plain();
    let view = ErrorPage {
        title: say("problem-link-title"),
        what: say("problem-link-what"),
        whose_fault: Some(say("problem-link-fault")),
        what_to_do: vec![say("problem-link-again"), say("problem-link-tell")],
        way_on: None,
        technical: Some(format!("{}: {}", error.code.as_str(), error.reason)),
        request_id: Some(place::of(request).request_id),
        layout,
    };
    page(StatusCode::BAD_REQUEST, &view, Forms::Own)
}

/// The server's own failure, as a page.
pub(super) fn failed(request: &HttpRequest, web: &Web, error: storage::Error) -> HttpResponse {
    let error = error.into();
    refused(request, &error, None, error.status());
    failed_page(request, web, &error)
}

fn failed_page(request: &HttpRequest, web: &Web, error: &Error) -> HttpResponse {
    let layout = web.layout_for(request);
    let say = |id| layout.say(id).plain();
    let view = ErrorPage {
        title: say("problem-ours-title"),
        what: say("problem-ours-what"),
        whose_fault: Some(say("problem-ours-fault")),
        what_to_do: vec![say("problem-wait-and-reload")],
        way_on: None,
        technical: Some("server_error; the log tells more under the id".to_owned()),
        request_id: Some(place::of(request).request_id),
        layout,
    };
    let status = StatusCode::from_u16(error.status());
    let mut response = page(
        status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        &view,
        Forms::Own,
    );
    if let Some(seconds) = error.retry_after {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

/// A form that was not read: of another type, too large, too slow.
pub(super) fn unread(request: &HttpRequest, web: &Web, bad: &BadBody) -> HttpResponse {
    let status = StatusCode::from_u16(bad.status).unwrap_or(StatusCode::BAD_REQUEST);
    refused(request, &bad.error, None, bad.status);
    let texts = web.layout_for(request);
    let say = |id| texts.say(id).plain();
    problem_page(
        request,
        web,
        status,
        Problem {
            title: &say("problem-unread-title"),
            what: &say("problem-unread-what"),
            what_to_do: &[&say("problem-unread-again")],
            way_on: Some((say("problem-nowhere-start"), web.href("/"))),
            technical: &bad.error.reason,
        },
    )
}
