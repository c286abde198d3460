//! The authorization endpoint (RFC 6749 §4.1, OIDC Core §3.1.2):
//! 1. [`request::check`]: raw parameters → a checked request and a proven way back, or an error
//! 2. [`next_step::next_step`]: sign in, choose an account, ask consent, issue, or refuse; a pure decision
//! 3. [`issue::issue`]: the code, and the parameters of the answer

pub mod decision;
mod front_channel;
mod hint;
pub mod issue;
pub mod next_step;
pub mod request;
mod request_object;
mod response;
pub mod sealed;

use oauth2_types::requests::ResponseMode;

use super::error::Error;
use super::redirect_uri::Callback;
use crate::model::id::ClientId;

/// A proven way back to the client, and how the answer travels on it.
#[derive(Debug, Clone)]
pub struct Reply {
    /// Whose callback it is.
    pub client_id: ClientId,
    pub callback: Callback,
    pub mode: ResponseMode,
    pub state: Option<String>,
}

/// An answer for the client, ready to be put on its way.
#[derive(Debug, Clone)]
pub struct Answer {
    pub callback: Callback,
    pub mode: ResponseMode,
    /// Parameters in the order of sending.
    pub params: Vec<(&'static str, String)>,
}

impl Reply {
    /// The answer that carries an error; `error_uri` is where more is told of it (RFC 6749 §4.1.2.1).
    pub fn with_error(self, error: &Error, error_uri: Option<String>, issuer: &str) -> Answer {
        let mut params = vec![
            ("error", error.code.as_str().to_owned()),
            ("error_description", error.description()),
        ];
        params.extend(error_uri.map(|uri| ("error_uri", uri)));
        self.answer(params, issuer)
    }

    /// The answer with these parameters, `state`, and the issuer (RFC 9207 §2).
    pub fn answer(self, mut params: Vec<(&'static str, String)>, issuer: &str) -> Answer {
        if let Some(state) = self.state {
            params.push(("state", state));
        }
        params.push(("iss", issuer.to_owned()));
        Answer {
            callback: self.callback,
            mode: self.mode,
            params,
        }
    }
}
