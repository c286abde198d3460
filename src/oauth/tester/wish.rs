//! The authorization request that a client would make (RFC 6749 §4.1.1, RFC 7636 §4.3).

use url::form_urlencoded::Serializer;

use crate::oauth::pkce;
use crate::random;

/// What is asked for; what is empty is not sent.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    pub client_id: String,
    pub redirect_uri: String,
    pub response_type: String,
    pub response_mode: String,
    pub scope: Vec<String>,
    pub resources: Vec<String>,
    pub prompt: String,
    pub max_age: String,
    pub nonce: String,
    pub has_pkce: bool,
}

/// The request as it travels.
#[derive(Debug)]
pub struct Built {
    /// What stands behind the `?` of the address.
    pub query: String,
    /// What the client would keep for the token endpoint.
    pub verifier: Option<String>,
}

impl Wish {
    /// With a `state` and, where it is wished for, a `code_challenge` of its own.
    pub fn build(&self) -> Built {
        let verifier = self.has_pkce.then(|| random::token("").into_inner());
        let scope = self.scope.join(" ");
        let state = random::uuid().simple().to_string();
        let mut params = vec![
            ("response_type", self.response_type.as_str()),
            ("client_id", &self.client_id),
            ("redirect_uri", &self.redirect_uri),
            ("scope", &scope),
            ("state", &state),
            ("nonce", &self.nonce),
            ("response_mode", &self.response_mode),
            ("prompt", &self.prompt),
            ("max_age", &self.max_age),
        ];
        params.extend(self.resources.iter().map(|uri| ("resource", uri.as_str())));
        let challenge = verifier.as_deref().map(pkce::challenge_of);
        if let Some(challenge) = &challenge {
            params.push(("code_challenge", challenge));
            params.push(("code_challenge_method", "S256"));
        }
        params.retain(|(_, value)| !value.is_empty());
        Built {
            query: Serializer::new(String::new()).extend_pairs(params).finish(),
            verifier,
        }
    }

    /// The same for the token endpoint, on the client's own behalf (RFC 6749 §4.4.2).
    pub fn build_own(&self) -> String {
        let scope = self.scope.join(" ");
        let mut params = vec![
            ("grant_type", "client_credentials"),
            ("scope", scope.as_str()),
        ];
        params.extend(self.resources.iter().map(|uri| ("resource", uri.as_str())));
        params.retain(|(_, value)| !value.is_empty());
        Serializer::new(String::new()).extend_pairs(params).finish()
    }
}
