//! The sample API: somebody's notes. It asks for what we ask of every resource server: RFC 9068 §4 for the token,
//! RFC 6750 §3 for the refusal.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use quick_cache::sync::Cache;
use serde::Deserialize;
use serde_json::json;

use super::key_set::{PINNED, Source, Unverified};
use super::{Demo, READ, WRITE, api_uri, own_address};
use crate::http::web::Web;
use crate::keys::jwt::Checks;
use crate::model::scope::Scopes;

/// How far the clocks of issuer and API may differ.
const LEEWAY: Duration = Duration::from_secs(5);
const MAX_BODY_BYTES: usize = 4096;
const MAX_NOTE_CHARS: usize = 200;
/// Of each person; the oldest go.
const MAX_NOTES: usize = 5;
/// People whose notes are kept, for as long as the process lives.
const MAX_PEOPLE: usize = 1000;

static NOTES: LazyLock<Cache<String, Arc<Vec<String>>>> = LazyLock::new(|| Cache::new(MAX_PEOPLE));

/// What an access token must have beside what [`Checks`] looks at (RFC 9068 §2.2).
#[derive(Deserialize)]
struct Caller {
    sub: String,
    #[serde(rename = "client_id")]
    _client_id: String,
    #[serde(rename = "iat")]
    _iat: i64,
    #[serde(rename = "jti")]
    _jti: String,
    #[serde(default)]
    scope: Scopes,
}

#[derive(Deserialize)]
struct Note {
    text: String,
}

/// The notes of whom the token speaks for.
pub(super) async fn read(request: HttpRequest, web: Data<Web>, demo: Data<Demo>) -> HttpResponse {
    match authorize(&request, &web, &demo, READ.0).await {
        Ok(caller) => {
            HttpResponse::Ok().json(json!({ "of": caller.sub, "notes": *notes_of(&caller.sub) }))
        }
        Err(refused) => refused.response(),
    }
}

/// One more note.
pub(super) async fn write(
    request: HttpRequest,
    web: Data<Web>,
    demo: Data<Demo>,
    payload: Payload,
) -> HttpResponse {
    let caller = match authorize(&request, &web, &demo, WRITE.0).await {
        Ok(caller) => caller,
        Err(refused) => return refused.response(),
    };
    let bytes = match payload.to_bytes_limited(MAX_BODY_BYTES).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) => return HttpResponse::BadRequest().finish(),
        Err(_) => return HttpResponse::PayloadTooLarge().finish(),
    };
    let note = serde_json::from_slice::<Note>(&bytes)
        .ok()
        .filter(|note| (1..=MAX_NOTE_CHARS).contains(&note.text.chars().count()));
    let Some(note) = note else {
        return HttpResponse::UnprocessableEntity()
            .json(json!({ "error": "send {\"text\": \"…\"} with 1 to 200 characters" }));
    };
    let mut notes = notes_of(&caller.sub).to_vec();
    notes.push(note.text.clone());
    let surplus = notes.len().saturating_sub(MAX_NOTES);
    notes.drain(..surplus);
    NOTES.insert(caller.sub.clone(), Arc::new(notes));
    HttpResponse::Created().json(json!({ "of": caller.sub, "written": note.text }))
}

fn notes_of(sub: &str) -> Arc<Vec<String>> {
    NOTES.get(sub).unwrap_or_else(|| {
        Arc::new(vec![
            "Buy bread.".to_owned(),
            "Ask Bob about packets.".to_owned(),
        ])
    })
}

/// A refusal in the words of RFC 6750 §3.1.
struct Refused {
    status: StatusCode,
    /// None where the request had no token at all: then nothing more is said.
    error: Option<(&'static str, &'static str)>,
    /// The scope that would do.
    scope: Option<&'static str>,
}

impl Refused {
    fn new(status: StatusCode, code: &'static str, description: &'static str) -> Self {
        Self {
            status,
            error: Some((code, description)),
            scope: None,
        }
    }

    fn response(&self) -> HttpResponse {
        let mut challenge = vec!["Bearer realm=\"notes\"".to_owned()];
        if let Some((code, description)) = self.error {
            challenge.push(format!(
                "error=\"{code}\", error_description=\"{description}\""
            ));
        }
        challenge.extend(self.scope.map(|scope| format!("scope=\"{scope}\"")));
        let mut response = HttpResponse::build(self.status);
        response.insert_header((header::CACHE_CONTROL, "no-store"));
        if self.status != StatusCode::SERVICE_UNAVAILABLE {
            response.insert_header((header::WWW_AUTHENTICATE, challenge.join(", ")));
        }
        match self.error {
            Some((code, description)) => {
                response.json(json!({ "error": code, "error_description": description }))
            }
            None => response.json(json!({ "error_description": "an access token is needed" })),
        }
    }
}

async fn authorize(
    request: &HttpRequest,
    web: &Web,
    demo: &Demo,
    scope: &'static str,
) -> Result<Caller, Refused> {
    let token = bearer_token(request)?;
    let issuer = web.app.issuer();
    let audience = api_uri(issuer);
    let checks = Checks {
        issuer,
        audience: Some(&audience),
        typ: "at+jwt",
        algorithms: &PINNED,
        now: web.app.clock.now(),
        leeway: LEEWAY,
    };
    let source = Source {
        http: &demo.http,
        url: format!("{}/.well-known/jwks.json", own_address(request, web)),
    };
    let caller: Caller = match demo.api_keys.verify(&source, token, &checks).await {
        Ok(caller) => caller,
        Err(Unverified::NoKeys) => {
            return Err(Refused::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "temporarily_unavailable",
                "the issuer's keys cannot be fetched",
            ));
        }
        Err(Unverified::Token(error)) => {
            tracing::info!(%error, "the sample API refused a token");
            return Err(Refused::new(
                StatusCode::UNAUTHORIZED,
                "invalid_token",
                "the access token is expired, malformed or not for this API",
            ));
        }
    };
    if !caller.scope.contains(scope) {
        let refused = Refused::new(
            StatusCode::FORBIDDEN,
            "insufficient_scope",
            "the access token does not allow this",
        );
        return Err(Refused {
            scope: Some(scope),
            ..refused
        });
    }
    Ok(caller)
}

/// The token of the one `Authorization` header (RFC 6750 §2.1).
fn bearer_token(request: &HttpRequest) -> Result<&str, Refused> {
    let malformed = || {
        Refused::new(
            StatusCode::BAD_REQUEST,
            "invalid_request",
            "the Authorization header is not one Bearer token",
        )
    };
    let nothing = Refused {
        status: StatusCode::UNAUTHORIZED,
        error: None,
        scope: None,
    };
    let mut headers = request.headers().get_all(header::AUTHORIZATION);
    let value = match (headers.next(), headers.next()) {
        (None, _) => return Err(nothing),
        (Some(value), None) => value.to_str().map_err(|_| malformed())?,
        (Some(_), Some(_)) => return Err(malformed()),
    };
    match value.split_once(' ') {
        Some((scheme, token))
            if scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty() =>
        {
            Ok(token.trim())
        }
        _ if value.eq_ignore_ascii_case("bearer") => Err(malformed()),
        // Another scheme: for this API that is no authentication.
        _ => Err(nothing),
    }
}
