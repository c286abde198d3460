//! The error page: what happened, whose fault it is, what to do, and an id.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::layout::Layout;
use crate::http::place;
use crate::http::refusals::{self, Refused};
use crate::http::respond::{self, Forms};
use crate::http::web::Web;

/// Tells a person what went wrong; nothing on it redirects.
#[derive(Template)]
#[template(path = "pages/error.html")]
pub struct ErrorPage {
    pub layout: Layout,
    /// The heading, a short sentence.
    pub title: String,
    pub what: String,
    /// "This is not your fault: …"
    pub whose_fault: Option<String>,
    pub what_to_do: Vec<String>,
    /// Label and address of the way on; the address is ours or verified, never the request's.
    pub way_on: Option<(String, String)>,
    /// The line for whoever helps, folded.
    pub technical: Option<String>,
    /// The id under which it is explained, and which the log line carries too.
    pub request_id: Option<String>,
}

/// A page for what is wrong with one request of a person.
pub(in crate::http) fn problem(
    request: &HttpRequest,
    web: &Web,
    status: StatusCode,
    problem: Problem<'_>,
) -> HttpResponse {
    tracing::info!(
        request_id = place::of(request).request_id,
        problem = problem.technical,
        "page refused"
    );
    let refused = Refused {
        code: "",
        reason: problem.technical,
        status: status.as_u16(),
        client_id: None,
    };
    refusals::remember(request, refused);
    problem_page(request, web, status, problem)
}

/// The page of a [`problem`] that is noted already.
pub(in crate::http) fn problem_page(
    request: &HttpRequest,
    web: &Web,
    status: StatusCode,
    problem: Problem<'_>,
) -> HttpResponse {
    let request_id = place::of(request).request_id;
    page_of(web.layout_for(request), status, problem, Some(request_id))
}

fn page_of(
    layout: Layout,
    status: StatusCode,
    problem: Problem<'_>,
    request_id: Option<String>,
) -> HttpResponse {
    let view = ErrorPage {
        layout,
        title: problem.title.to_owned(),
        what: problem.what.to_owned(),
        whose_fault: None,
        what_to_do: problem
            .what_to_do
            .iter()
            .map(|&line| line.to_owned())
            .collect(),
        way_on: problem.way_on,
        technical: Some(problem.technical.to_owned()),
        request_id,
    };
    respond::page(status, &view, Forms::Own)
}

/// The words of a [`problem`] page.
#[derive(Debug)]
pub(in crate::http) struct Problem<'a> {
    pub title: &'a str,
    pub what: &'a str,
    pub what_to_do: &'a [&'a str],
    /// Label and address; the address is ours or one that a client registered.
    pub way_on: Option<(String, String)>,
    pub technical: &'a str,
}

/// No such page.
pub(in crate::http) fn not_found(request: &HttpRequest, web: &Web) -> HttpResponse {
    let texts = web.layout_for(request);
    let say = |id| texts.say(id).plain();
    nowhere(
        request,
        web,
        Problem {
            title: &say("problem-nowhere-title"),
            what: &say("problem-nowhere-what"),
            what_to_do: &[&say("problem-nowhere-check")],
            way_on: Some((say("problem-nowhere-start"), web.href("/"))),
            technical: "404 not found",
        },
    )
}

/// A page of what is not there. It is not remembered, and gives no id: there is nothing to be explained.
pub(in crate::http) fn nowhere(
    request: &HttpRequest,
    web: &Web,
    problem: Problem<'_>,
) -> HttpResponse {
    tracing::info!(
        request_id = place::of(request).request_id,
        problem = problem.technical,
        "page refused"
    );
    let layout = web.layout_for(request);
    page_of(layout, StatusCode::NOT_FOUND, problem, None)
}

/// A browser came by plain http although the issuer is https: nothing secret may be typed or answered.
pub(in crate::http) fn plain_http(request: &HttpRequest, web: &Web) -> HttpResponse {
    let texts = web.layout_for(request);
    let say = |id| texts.say(id).plain();
    problem(
        request,
        web,
        StatusCode::FORBIDDEN,
        Problem {
            title: &say("problem-http-title"),
            what: &say("problem-http-what"),
            what_to_do: &[&say("problem-http-https")],
            way_on: Some((say("problem-http-open"), web.app.issuer().to_owned())),
            technical: "X-Forwarded-Proto is http, and the issuer is https",
        },
    )
}
