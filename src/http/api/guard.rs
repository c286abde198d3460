//! Around every request to the admin API, before anything else is looked at: who asks, and whether they may (S168).
//!
//! 1. One `Authorization: Bearer` header (RFC 6750 §2.1), and in it an access token of ours (RFC 9068) for this very API.
//! 2. It is alive: not revoked, its client enabled, its grant and its person too.
//! 3. `placet:read` to look, `placet:admin` to change; of those, what the client may still have.
//! 4. A person is an administrator now, whatever they were when the token was issued.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage as _, HttpRequest};

use super::problem::Problem;
use crate::http::place;
use crate::http::web::Web;
use crate::model::event::Actor;
use crate::model::resource::admin_api_uri;
use crate::model::scope::{ADMIN, ADMIN_READ};
use crate::oauth::access_token;

const WANTED: &str = "Bearer realm=\"placet\"";
const MALFORMED: &str = "Bearer realm=\"placet\", error=\"invalid_request\"";
const INVALID: &str = "Bearer realm=\"placet\", error=\"invalid_token\"";
const INSUFFICIENT_READ: &str =
    "Bearer realm=\"placet\", error=\"insufficient_scope\", scope=\"placet:read\"";
const INSUFFICIENT: &str =
    "Bearer realm=\"placet\", error=\"insufficient_scope\", scope=\"placet:admin\"";
/// Of a person, to whom no other scope would help.
const NOT_ADMIN: &str = "Bearer realm=\"placet\", error=\"insufficient_scope\"";

/// Admits, or refuses; and gives every problem its form and its request's id.
pub(super) async fn around(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = match admit(request.request()).await {
        Ok(actor) => {
            request.extensions_mut().insert(actor);
            next.call(request).await?.map_into_boxed_body()
        }
        Err(problem) => request.error_response(problem).map_into_boxed_body(),
    };
    Ok(finish(response))
}

/// The same for what is public: only the form of problems.
pub(super) async fn public(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    Ok(finish(response))
}

/// Where what happened can be looked up.
fn instance(request: &HttpRequest, id: &str) -> String {
    let base = request.app_data::<Data<Web>>().map(|web| web.base.as_str());
    let base = base.unwrap_or_default();
    format!("{base}/api/v1/audit-events?request_id={id}")
}

fn finish(response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let (request, response) = response.into_parts();
    let problem = response
        .error()
        .and_then(actix_web::Error::as_error::<Problem>)
        .map(|problem| {
            let id = place::of(&request).request_id;
            problem.render(&id, &instance(&request, &id))
        });
    let mut response = problem.unwrap_or(response);
    let headers = response.headers_mut();
    if !headers.contains_key(header::CACHE_CONTROL) {
        let value = header::HeaderValue::from_static("no-store");
        headers.insert(header::CACHE_CONTROL, value);
    }
    ServiceResponse::new(request, response)
}

async fn admit(request: &HttpRequest) -> Result<Actor, Problem> {
    let web = request
        .app_data::<Data<Web>>()
        .ok_or_else(|| Problem::failed("the API has no app"))?;
    let (app, now) = (&web.app, web.app.clock.now());
    let invalid = |why| Problem::unauthorized(StatusCode::UNAUTHORIZED, INVALID, why);
    let token = bearer(request)?;
    let claims = access_token::read(app, &app.registry(), token, now)
        .ok_or_else(|| invalid("the access token is expired, or none of this server's"))?;
    if claims.audience() != Some(&admin_api_uri(app.issuer())) {
        return Err(invalid(
            "the access token is for another resource; ask for one with resource=…/api/v1 (RFC 8707)",
        ));
    }
    let live = access_token::find_live(app, &claims, now)
        .await?
        .ok_or_else(|| invalid("the access token is revoked, or its client or person disabled"))?;
    let registered = &live.client.metadata.scope;
    let has = |name: &str| claims.scope.contains(name) && registered.contains(name);
    let is_reading = matches!(*request.method(), Method::GET | Method::HEAD);
    if !(has(ADMIN) || is_reading && has(ADMIN_READ)) {
        let (challenge, scope) = if is_reading {
            (INSUFFICIENT_READ, ADMIN_READ)
        } else {
            (INSUFFICIENT, ADMIN)
        };
        return Err(Problem::unauthorized(
            StatusCode::FORBIDDEN,
            challenge,
            format!("this needs an access token with the scope {scope}"),
        ));
    }
    match live.person {
        None => Ok(Actor::Client(live.client.id.clone())),
        Some((_, user)) if user.is_admin() => Ok(Actor::User(user.id)),
        Some(_) => Err(Problem::unauthorized(
            StatusCode::FORBIDDEN,
            NOT_ADMIN,
            "this is for people with the role admin",
        )),
    }
}

/// The token of the one `Authorization` header; of two none can be meant, and what no token can be is no request (RFC 6750 §2.1, §3.1).
fn bearer(request: &HttpRequest) -> Result<&str, Problem> {
    let wanted = |why| Problem::unauthorized(StatusCode::UNAUTHORIZED, WANTED, why);
    let malformed = |why| Problem::unauthorized(StatusCode::BAD_REQUEST, MALFORMED, why);
    let mut headers = request.headers().get_all(header::AUTHORIZATION);
    let value = match (headers.next(), headers.next()) {
        (Some(value), None) => value.to_str().unwrap_or_default(),
        (None, _) => {
            let why = "this needs an access token, in the header Authorization: Bearer";
            return Err(wanted(why));
        }
        (Some(_), Some(_)) => {
            return Err(malformed("there is more than one Authorization header"));
        }
    };
    let why = "the Authorization header is not: Bearer, a blank, an access token";
    let (scheme, token) = value.split_once(' ').unwrap_or((value, ""));
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(wanted(why));
    }
    let token = token.trim_matches(' ');
    let is_legal = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    if token.is_empty() || !token.bytes().all(is_legal) {
        return Err(malformed(why));
    }
    Ok(token)
}
