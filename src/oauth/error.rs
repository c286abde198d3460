//! What went wrong at a protocol endpoint: the registered code, its status, and words for the developer.

use std::borrow::Cow;

use crate::storage;

/// The registered error codes that this server sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorCode {
    // RFC 6749 §4.1.2.1 and §5.2
    InvalidRequest,
    InvalidClient,
    InvalidGrant,
    UnauthorizedClient,
    UnsupportedGrantType,
    UnsupportedResponseType,
    InvalidScope,
    AccessDenied,
    ServerError,
    TemporarilyUnavailable,
    // RFC 8707 §2
    InvalidTarget,
    // OIDC Core §3.1.2.6
    LoginRequired,
    ConsentRequired,
    InteractionRequired,
    AccountSelectionRequired,
    RequestNotSupported,
    RequestUriNotSupported,
    RegistrationNotSupported,
    // OpenID Connect Core Error Code unmet_authentication_requirements 1.0
    UnmetAuthenticationRequirements,
    InvalidRequestUri,
    InvalidRequestObject,
    // OAuth 2.0 Bearer Token Usage: RFC 6750 §3.1
    InvalidToken,
    InsufficientScope,
    // RFC 7591 §3.2.2
    InvalidRedirectUri,
    InvalidClientMetadata,
    UnapprovedSoftwareStatement,
}

impl ErrorCode {
    /// The code on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidScope => "invalid_scope",
            Self::AccessDenied => "access_denied",
            Self::ServerError => "server_error",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
            Self::InvalidTarget => "invalid_target",
            Self::LoginRequired => "login_required",
            Self::ConsentRequired => "consent_required",
            Self::InteractionRequired => "interaction_required",
            Self::AccountSelectionRequired => "account_selection_required",
            Self::RequestNotSupported => "request_not_supported",
            Self::RequestUriNotSupported => "request_uri_not_supported",
            Self::RegistrationNotSupported => "registration_not_supported",
            Self::UnmetAuthenticationRequirements => "unmet_authentication_requirements",
            Self::InvalidRequestUri => "invalid_request_uri",
            Self::InvalidRequestObject => "invalid_request_object",
            Self::InvalidToken => "invalid_token",
            Self::InsufficientScope => "insufficient_scope",
            Self::InvalidRedirectUri => "invalid_redirect_uri",
            Self::InvalidClientMetadata => "invalid_client_metadata",
            Self::UnapprovedSoftwareStatement => "unapproved_software_statement",
        }
    }

    /// The HTTP status where the error is answered as JSON (RFC 6749 §5.2).
    pub const fn status(self) -> u16 {
        match self {
            Self::InvalidClient | Self::InvalidToken => 401,
            Self::InsufficientScope => 403,
            Self::ServerError => 500,
            Self::TemporarilyUnavailable => 503,
            _ => 400,
        }
    }
}

/// After so long it is worth another try.
const BUSY_SECONDS: u64 = 2;

/// One refusal. `reason` is logged and tested; the wire sees [`Error::description`].
#[derive(Debug)]
pub struct Error {
    pub code: ErrorCode,
    /// The rule that failed and its mend; never a secret.
    pub reason: Cow<'static, str>,
    /// Seconds to wait: turns the status into 429 or goes with a 503.
    pub retry_after: Option<u64>,
    /// Says more than the code's general words although the code is a secretive one.
    is_reason_public: bool,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error with its reason.
    pub fn new(code: ErrorCode, reason: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code,
            reason: reason.into(),
            retry_after: None,
            is_reason_public: false,
            cause: None,
        }
    }

    /// The same, with the reason told even where the code is a secretive one: for what only the rightful client sees.
    #[must_use]
    pub const fn told(mut self) -> Self {
        self.is_reason_public = true;
        self
    }

    /// `error_description` (RFC 6749 §5.2): legal characters only. General words where an attacker could learn.
    pub fn description(&self) -> String {
        let general = match self.code {
            _ if self.is_reason_public => None,
            ErrorCode::InvalidClient => Some(
                "Client authentication failed: check client_id, the secret, and token_endpoint_auth_method of the registration.",
            ),
            ErrorCode::InvalidGrant => Some(
                "The code, refresh token or credentials are unknown, expired, used, revoked, or belong to another client, redirect_uri or code_verifier.",
            ),
            ErrorCode::ServerError => Some(
                "The server met a condition that it cannot handle. The log tells more under the request id.",
            ),
            _ => None,
        };
        let text = general.unwrap_or(&self.reason);
        text.chars()
            .map(|c| {
                if c == '"' || c == '\\' || !(' '..='~').contains(&c) {
                    '\''
                } else {
                    c
                }
            })
            .collect()
    }

    /// The same for a redirect, which has no status to say that it is for the moment alone (RFC 6749 §4.1.2.1).
    #[must_use]
    pub fn redirected(self) -> Self {
        match (self.code, self.retry_after) {
            (ErrorCode::ServerError, Some(_)) => Self {
                code: ErrorCode::TemporarilyUnavailable,
                ..self
            },
            _ => self,
        }
    }

    /// The HTTP status of the JSON answer.
    pub const fn status(&self) -> u16 {
        match (self.code, self.retry_after) {
            (ErrorCode::ServerError, Some(_)) => 503,
            (ErrorCode::TemporarilyUnavailable | ErrorCode::ServerError, _) | (_, None) => {
                self.code.status()
            }
            (_, Some(_)) => 429,
        }
    }

    /// What lies beneath, for the log.
    pub fn cause(&self) -> Option<&(dyn std::error::Error + Send + Sync)> {
        self.cause.as_deref()
    }

    /// The server's own failure.
    pub fn server(
        reason: &'static str,
        cause: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self {
            cause: Some(cause.into()),
            ..Self::new(ErrorCode::ServerError, reason)
        }
    }
}

impl From<storage::Error> for Error {
    fn from(error: storage::Error) -> Self {
        if error.is_passing() {
            return Self {
                retry_after: Some(BUSY_SECONDS),
                ..Self::server("the database is busy", error)
            };
        }
        Self::server("storage failed", error)
    }
}

macro_rules! constructors {
    ($($name:ident => $code:ident),* $(,)?) => {
        $(
            #[doc = concat!("An `", stringify!($name), "` error.")]
            pub fn $name(reason: impl Into<Cow<'static, str>>) -> Error {
                Error::new(ErrorCode::$code, reason)
            }
        )*
    };
}

constructors! {
    invalid_request => InvalidRequest,
    invalid_client => InvalidClient,
    invalid_grant => InvalidGrant,
    unauthorized_client => UnauthorizedClient,
    unsupported_grant_type => UnsupportedGrantType,
    unsupported_response_type => UnsupportedResponseType,
    invalid_scope => InvalidScope,
    invalid_target => InvalidTarget,
    access_denied => AccessDenied,
    invalid_request_uri => InvalidRequestUri,
    invalid_request_object => InvalidRequestObject,
    invalid_token => InvalidToken,
    insufficient_scope => InsufficientScope,
    invalid_redirect_uri => InvalidRedirectUri,
    invalid_client_metadata => InvalidClientMetadata,
}

/// An error of the authorization endpoint, and the road it takes.
#[derive(Debug)]
pub enum AuthorizeError {
    /// To the person, as a page: there is no proven way back to the client.
    Shown(Error),
    /// To the client, by the way that was proven.
    Returned(Box<super::authorize::Reply>, Error),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_have_legal_characters_and_keep_secrets() {
        assert_eq!(
            invalid_request("say \"x\" \\ \u{e9}").description(),
            "say 'x' ' '"
        );
        assert!(
            !invalid_grant("code was redeemed by client x")
                .description()
                .contains("client x")
        );
        assert!(
            invalid_client("use basic")
                .told()
                .description()
                .contains("use basic")
        );
    }

    #[test]
    fn a_busy_database_is_worth_another_try() {
        let busy = Error::from(storage::Error::busy());
        assert_eq!((busy.status(), busy.retry_after), (503, Some(2)));
        assert_eq!(busy.code, ErrorCode::ServerError);
        assert_eq!(busy.redirected().code, ErrorCode::TemporarilyUnavailable);
        let broken = Error::from(storage::Error::Corrupt("a column"));
        assert_eq!((broken.status(), broken.retry_after), (500, None));
        assert_eq!(broken.redirected().code, ErrorCode::ServerError);
    }
}
