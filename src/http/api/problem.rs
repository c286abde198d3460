//! What is refused, as problem details (RFC 9457): one table from the reasons of `admin` to statuses.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

use super::call::MERGE_PATCH;
use crate::admin::AdminError;
use crate::http::body::BadBody;
use crate::oauth::error::Error;

/// The media type (RFC 9457 §3).
const MEDIA_TYPE: &str = "application/problem+json";
const ACCEPT_PATCH: HeaderName = HeaderName::from_static("accept-patch");
/// Passwords are hashed in less.
const BUSY_SECONDS: u32 = 2;
/// What `admin` calls otherwise than our JSON.
const NAMES: [(&str, &str); 4] = [
    ("access_ttl", "access_ttl_seconds"),
    ("overlap", "overlap_seconds"),
    ("expires", "expires_in"),
    ("is_required", "required"),
];

/// Why nothing was done.
#[derive(Debug)]
pub(super) struct Problem {
    status: StatusCode,
    detail: Box<str>,
    errors: Vec<FieldFault>,
    /// `WWW-Authenticate`.
    challenge: Option<&'static str>,
    /// What else the head says.
    headers: Vec<(HeaderName, String)>,
    /// For the log alone.
    cause: Option<Box<str>>,
}

/// What is wrong with one member of the body or one parameter.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldFault {
    /// Its name; members of members with dots between.
    #[schema(example = "redirect_uris")]
    field: String,
    /// The fault, and its mend.
    #[schema(example = "\"ftp://x\": it must begin with https://")]
    detail: String,
}

/// Problem details (RFC 9457 §3.1).
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Problem)]
pub(super) struct ProblemBody<'a> {
    /// `about:blank`: the status says what kind of problem it is.
    #[serde(rename = "type")]
    #[schema(example = "about:blank")]
    kind: &'a str,
    /// The status in words.
    #[schema(example = "Unprocessable Content")]
    title: &'a str,
    #[schema(example = 422, minimum = 400, maximum = 599)]
    status: u16,
    /// What was wrong with this request, and what to do.
    detail: &'a str,
    /// Where the audit log has what there is of this request, by its id: the one in the header `X-Request-Id` and in the log.
    instance: &'a str,
    /// The members or parameters that are at fault, where some are.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[schema(required = false)]
    errors: &'a [FieldFault],
}

impl Problem {
    pub(super) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            status,
            detail: detail.into().into_boxed_str(),
            errors: Vec::new(),
            challenge: None,
            headers: Vec::new(),
            cause: None,
        }
    }

    pub(super) fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// 412: what `If-Match` or `If-None-Match` demands is not so.
    pub(super) fn precondition(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::PRECONDITION_FAILED, detail)
    }

    pub(super) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "there is nothing at this address")
    }

    pub(super) fn is_not_found(&self) -> bool {
        self.status == StatusCode::NOT_FOUND
    }

    /// 405, with the methods that there are; and with the patch formats (RFC 5789 §3.1).
    pub(super) fn wrong_method(allow: &str) -> Self {
        let mut headers = vec![(header::ALLOW, allow.to_owned())];
        if allow.contains("PATCH") {
            headers.push((ACCEPT_PATCH, MERGE_PATCH.to_owned()));
        }
        Self {
            headers,
            ..Self::new(
                StatusCode::METHOD_NOT_ALLOWED,
                format!("this address takes {allow}"),
            )
        }
    }

    /// 415, with the media types that are taken (RFC 9110 §15.5.16, RFC 5789 §2.2).
    pub(super) fn wrong_type(types: &[&str]) -> Self {
        let taken = types.join(", ");
        let name = if types.contains(&MERGE_PATCH) {
            ACCEPT_PATCH
        } else {
            header::ACCEPT
        };
        Self {
            headers: vec![(name, taken)],
            ..Self::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                format!("the body must be {}, in UTF-8", types.join(" or ")),
            )
        }
    }

    /// 415, with the content codings that are taken (RFC 9110 §15.5.16).
    pub(super) fn wrong_coding() -> Self {
        Self {
            headers: vec![(header::ACCEPT_ENCODING, "identity".to_owned())],
            ..Self::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "the body must be as it is, without a Content-Encoding",
            )
        }
    }

    /// 400, 401 or 403 with its challenge (RFC 6750 §3).
    pub(super) fn unauthorized(
        status: StatusCode,
        challenge: &'static str,
        detail: impl Into<String>,
    ) -> Self {
        Self {
            challenge: Some(challenge),
            ..Self::new(status, detail)
        }
    }

    /// The server's own failure; the cause goes to the log alone.
    pub(super) fn failed(cause: impl std::fmt::Display) -> Self {
        Self {
            cause: Some(cause.to_string().into_boxed_str()),
            ..Self::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "the server failed; its log tells more under the request's id",
            )
        }
    }

    /// The database is busy with others; the cause goes to the log alone.
    fn busy(cause: impl std::fmt::Display) -> Self {
        Self {
            cause: Some(cause.to_string().into_boxed_str()),
            headers: vec![(header::RETRY_AFTER, BUSY_SECONDS.to_string())],
            ..Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "the database is busy; try again in a moment",
            )
        }
    }

    /// One member or parameter is at fault.
    pub(super) fn field(
        status: StatusCode,
        field: impl Into<String>,
        detail: impl Into<String>,
    ) -> Self {
        let (field, detail) = (field.into(), detail.into());
        Self {
            errors: vec![FieldFault {
                field: field.clone(),
                detail: detail.clone(),
            }],
            ..Self::new(status, format!("{field}: {detail}"))
        }
    }

    /// Of a list, the parameters are at fault, not a body.
    pub(super) fn of_parameters(error: AdminError) -> Self {
        let mut problem = Self::from(error);
        if matches!(
            problem.status,
            StatusCode::UNPROCESSABLE_ENTITY | StatusCode::NOT_FOUND
        ) {
            problem.status = StatusCode::BAD_REQUEST;
        }
        problem
    }

    /// As it goes out; logged here, once. `instance`: a URI reference (RFC 9457 §3.1.5).
    pub(super) fn render(&self, request_id: &str, instance: &str) -> HttpResponse {
        self.log(request_id);
        let mut response = HttpResponse::build(self.status);
        response.insert_header((header::CONTENT_TYPE, MEDIA_TYPE));
        if let Some(challenge) = self.challenge {
            response.insert_header((header::WWW_AUTHENTICATE, challenge));
        }
        for (name, value) in &self.headers {
            response.insert_header((name, value.as_str()));
        }
        let body = ProblemBody {
            kind: "about:blank",
            title: title(self.status),
            status: self.status.as_u16(),
            detail: &self.detail,
            instance,
            errors: &self.errors,
        };
        match serde_json::to_vec(&body) {
            Ok(body) => response.body(body),
            Err(_) => HttpResponse::InternalServerError().finish(),
        }
    }

    fn log(&self, request_id: &str) {
        let (status, reason) = (self.status.as_u16(), &*self.detail);
        match &self.cause {
            Some(cause) => tracing::error!(request_id, status, cause, "failed"),
            // What was sent may hold anything: only its names are logged.
            None if !self.errors.is_empty() => {
                let fields: Vec<&str> = self.errors.iter().map(|e| e.field.as_str()).collect();
                tracing::info!(request_id, status, ?fields, "refused");
            }
            None if self.challenge.is_some() => {
                tracing::warn!(request_id, status, reason, "refused");
            }
            None => tracing::info!(request_id, status, "refused"),
        }
    }
}

/// The phrase of RFC 9110 §15, which `about:blank` asks for (RFC 9457 §4.2.1); the library has some of RFC 7231.
fn title(status: StatusCode) -> &'static str {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => "Content Too Large",
        StatusCode::UNPROCESSABLE_ENTITY => "Unprocessable Content",
        other => other.canonical_reason().unwrap_or("Error"),
    }
}

impl From<AdminError> for Problem {
    fn from(error: AdminError) -> Self {
        let detail = error.to_string();
        let status = match error {
            AdminError::Invalid { field, fault } => {
                let name = NAMES.iter().find(|(name, _)| *name == field);
                let field = name.map_or(field, |(_, name)| name);
                return Self::field(StatusCode::UNPROCESSABLE_ENTITY, field, fault);
            }
            AdminError::NotFound { .. } => StatusCode::NOT_FOUND,
            AdminError::AlreadyThere { .. } | AdminError::InUse { .. } => StatusCode::CONFLICT,
            AdminError::Managed { .. } => {
                return Self::new(
                    StatusCode::CONFLICT,
                    format!("{detail}: with ?override=true"),
                );
            }
            AdminError::Changed { .. } => StatusCode::PRECONDITION_FAILED,
            AdminError::Storage(cause) if cause.is_passing() => return Self::busy(cause),
            AdminError::Busy => {
                return Self {
                    headers: vec![(header::RETRY_AFTER, BUSY_SECONDS.to_string())],
                    ..Self::new(StatusCode::SERVICE_UNAVAILABLE, detail)
                };
            }
            AdminError::Unreadable { .. }
            | AdminError::Storage(_)
            | AdminError::Start(_)
            | AdminError::Hashing(_) => return Self::failed(detail),
        };
        Self::new(status, detail)
    }
}

impl From<BadBody> for Problem {
    fn from(bad: BadBody) -> Self {
        let status = StatusCode::from_u16(bad.status).unwrap_or(StatusCode::BAD_REQUEST);
        Self::new(status, bad.error.reason.as_ref())
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let cause = error.cause().map(ToString::to_string);
        if error.retry_after.is_some() {
            return Self::busy(cause.unwrap_or_default());
        }
        Self::failed(cause.unwrap_or_else(|| error.reason.to_string()))
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.detail)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status
    }
}
