//! What is refused, as problem details (RFC 9457): one table from the reasons of `admin` to statuses.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

use crate::admin::AdminError;
use crate::http::body::BadBody;
use crate::oauth::error::Error;

/// The media type (RFC 9457 §3).
const MEDIA_TYPE: &str = "application/problem+json";
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
    allow: Option<Box<str>>,
    retry_after: Option<u32>,
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
    #[schema(example = "Unprocessable Entity")]
    title: &'a str,
    #[schema(example = 422, minimum = 400, maximum = 599)]
    status: u16,
    /// What was wrong with this request, and what to do.
    detail: &'a str,
    /// The request's id, as in the header `X-Request-Id`, the log and the audit log.
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
            allow: None,
            retry_after: None,
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

    pub(super) fn wrong_method(allow: &str) -> Self {
        Self {
            allow: Some(allow.into()),
            ..Self::new(
                StatusCode::METHOD_NOT_ALLOWED,
                format!("this address takes {allow}"),
            )
        }
    }

    /// 401 or 403 with its challenge (RFC 6750 §3).
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

    /// As it goes out; logged here, once.
    pub(super) fn render(&self, request_id: &str) -> HttpResponse {
        self.log(request_id);
        let mut response = HttpResponse::build(self.status);
        response.insert_header((header::CONTENT_TYPE, MEDIA_TYPE));
        if let Some(challenge) = self.challenge {
            response.insert_header((header::WWW_AUTHENTICATE, challenge));
        }
        if let Some(allow) = &self.allow {
            response.insert_header((header::ALLOW, &**allow));
        }
        if let Some(seconds) = self.retry_after {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        let body = ProblemBody {
            kind: "about:blank",
            title: self.status.canonical_reason().unwrap_or("Error"),
            status: self.status.as_u16(),
            detail: &self.detail,
            instance: request_id,
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
            AdminError::Busy => {
                return Self {
                    retry_after: Some(BUSY_SECONDS),
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
