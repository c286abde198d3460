//! `GET, POST /userinfo` (OIDC Core §5.3): the bearer token in the header, or in the body of a POST (RFC 6750 §2.1, §2.2).

use actix_web::http::{Method, header};
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};

use crate::http::body::BadBody;
use crate::http::web::Web;
use crate::http::{body, cors, respond};
use crate::oauth::error::{Error, invalid_request};
use crate::oauth::params::Params;
use crate::oauth::userinfo::{self, UserInfo};

const TOKEN: &str = "access_token";

/// Answers, and lets browser apps of registered origins read the answer.
pub(crate) async fn answer(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let mut response = match find_token(&request, payload).await {
        Ok(Some(token)) => tell(&request, &web, &token).await,
        Ok(None) => respond::bearer_wanted(&request),
        Err(bad) => respond::bearer_refused(&request, &bad.error, bad.status),
    };
    cors::allow(&request, &web, &mut response).await;
    response
}

async fn tell(request: &HttpRequest, web: &Web, token: &str) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    match userinfo::answer(&web.app, token, web.app.clock.now()).await {
        Ok(UserInfo::Json(members)) => response.json(members),
        Ok(UserInfo::Signed(jwt)) => response.content_type("application/jwt").body(jwt),
        Err(error) => respond::bearer_refused(request, &error, error.status()),
    }
}

/// The one token that was sent; `None` where there is none.
async fn find_token(request: &HttpRequest, payload: Payload) -> Result<Option<String>, BadBody> {
    // Addresses end in logs and histories (RFC 9700 §4.3.2).
    if Params::parse(request.query_string()).map_or(true, |query| query.has(TOKEN)) {
        return Err(bad(
            "access_token belongs in the Authorization header, not in the address",
        ));
    }
    let in_header = header_token(request)?;
    let is_form = request
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(body::is_form_type);
    if request.method() != Method::POST || !is_form {
        return Ok(in_header);
    }
    let params = body::form(request, payload).await?;
    if params.is_repeated(TOKEN) || (in_header.is_some() && params.has(TOKEN)) {
        return Err(bad("more than one access token was sent"));
    }
    Ok(in_header.or_else(|| params.get(TOKEN).map(ToOwned::to_owned)))
}

/// The token of a `Bearer` header; another scheme is none of ours (RFC 9110 §11.4: its name in any case, blanks after it).
fn header_token(request: &HttpRequest) -> Result<Option<String>, BadBody> {
    let mut headers = request.headers().get_all(header::AUTHORIZATION);
    let value = match (headers.next(), headers.next()) {
        (None, _) => return Ok(None),
        (Some(value), None) => value.to_str().unwrap_or_default(),
        _ => return Err(bad("more than one Authorization header was sent")),
    };
    let (scheme, token) = value.split_once(' ').unwrap_or((value, ""));
    let token = token.trim_matches(' ');
    // RFC 6750 §2.1: b64token
    let is_legal = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    if !scheme.is_empty() && !scheme.eq_ignore_ascii_case("bearer") {
        return Ok(None);
    }
    if token.is_empty() || !token.bytes().all(is_legal) {
        return Err(bad(
            "the Authorization header is not: Bearer, a blank, an access token",
        ));
    }
    Ok(Some(token.to_owned()))
}

fn bad(reason: &'static str) -> BadBody {
    let error: Error = invalid_request(reason);
    BadBody {
        status: error.status(),
        error,
    }
}
