//! The metadata documents (RFC 8414, OpenID Connect Discovery 1.0): derived from what is there, so that they list
//! exactly what works.

use serde::Serialize;

use super::client_auth;
use super::register;
use crate::app::{App, Registry};
use crate::model::acr::Acr;
use crate::model::claims;
use crate::model::client::{AuthMethod, REGISTRABLE_GRANTS, RESPONSE_TYPES};
use crate::model::scope::RESERVED_PREFIX;
use crate::model::signing_key::SigningAlg;

/// The claims of every ID token, and those that depend on how it is issued.
const ID_TOKEN_CLAIMS: [&str; 13] = [
    "iss",
    "sub",
    "aud",
    "exp",
    "iat",
    "auth_time",
    "nonce",
    "acr",
    "amr",
    "azp",
    "at_hash",
    "c_hash",
    "sid",
];

/// Both documents: RFC 8414 lets one carry the members of the other.
#[derive(Debug, Serialize)]
pub struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    introspection_endpoint: String,
    revocation_endpoint: String,
    userinfo_endpoint: String,
    jwks_uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    registration_endpoint: Option<String>,
    end_session_endpoint: String,
    scopes_supported: Vec<String>,
    #[serde(flatten)]
    requests: Requests,
    grant_types_supported: Vec<String>,
    acr_values_supported: [&'static str; 3],
    subject_types_supported: [&'static str; 2],
    id_token_signing_alg_values_supported: Vec<&'static str>,
    userinfo_signing_alg_values_supported: Vec<&'static str>,
    token_endpoint_auth_methods_supported: [&'static str; 5],
    token_endpoint_auth_signing_alg_values_supported: [&'static str; 5],
    introspection_endpoint_auth_methods_supported: Vec<&'static str>,
    introspection_endpoint_auth_signing_alg_values_supported: [&'static str; 5],
    introspection_signing_alg_values_supported: Vec<&'static str>,
    revocation_endpoint_auth_methods_supported: [&'static str; 5],
    revocation_endpoint_auth_signing_alg_values_supported: [&'static str; 5],
    claims_supported: Vec<&'static str>,
    claims_parameter_supported: bool,
}

/// What may be asked for at the authorization endpoint, and what is told of the end of a session.
#[expect(
    clippy::struct_excessive_bools,
    reason = "the members are the specification's"
)]
#[derive(Debug, Serialize)]
struct Requests {
    /// All that a client may register; all but `code` are for clients that were opted in.
    response_types_supported: [&'static str; 7],
    response_modes_supported: [&'static str; 3],
    code_challenge_methods_supported: [&'static str; 1],
    prompt_values_supported: &'static [&'static str],
    display_values_supported: [&'static str; 4],
    request_parameter_supported: bool,
    request_uri_parameter_supported: bool,
    require_request_uri_registration: bool,
    request_object_signing_alg_values_supported: [&'static str; 4],
    authorization_response_iss_parameter_supported: bool,
    backchannel_logout_supported: bool,
    backchannel_logout_session_supported: bool,
    frontchannel_logout_supported: bool,
    frontchannel_logout_session_supported: bool,
}

const REQUESTS: Requests = Requests {
    response_types_supported: RESPONSE_TYPES,
    response_modes_supported: ["query", "fragment", "form_post"],
    code_challenge_methods_supported: ["S256"],
    prompt_values_supported: &["none", "login", "consent", "select_account"],
    // Accepted; every page suits every one of them.
    display_values_supported: ["page", "popup", "touch", "wap"],
    request_parameter_supported: true,
    request_uri_parameter_supported: true,
    require_request_uri_registration: true,
    request_object_signing_alg_values_supported: [
        SigningAlg::RS256.as_str(),
        SigningAlg::ES256.as_str(),
        SigningAlg::PS256.as_str(),
        SigningAlg::EdDSA.as_str(),
    ],
    authorization_response_iss_parameter_supported: true,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    frontchannel_logout_supported: true,
    frontchannel_logout_session_supported: true,
};

/// Where people may sign up themselves (Initiating User Registration via OpenID Connect 1.0 §4.2).
const PROMPTS_WITH_CREATE: &[&str] = &["none", "login", "consent", "select_account", "create"];

/// The document as it is with this registry.
pub fn metadata(app: &App, registry: &Registry) -> Metadata {
    let issuer = app.issuer();
    let now = app.clock.now();
    let at = |path: &str| format!("{}{path}", issuer.trim_end_matches('/'));
    // RS256 has to be offered (OIDC Discovery §3); the others once a key for them has been made.
    let algs: Vec<&str> = SigningAlg::ASYMMETRIC
        .into_iter()
        .filter(|alg| registry.keys.current(*alg, now).is_some())
        .map(SigningAlg::as_str)
        .collect();
    let methods = client_auth::METHODS.map(AuthMethod::as_str);
    // RFC 8414 §2: wherever a JWT may authenticate, its algorithms are named.
    let assertion_algs = client_auth::SIGNING_ALGS.map(SigningAlg::as_str);
    let is_proof = |method: &&str| *method != AuthMethod::None.as_str();
    Metadata {
        issuer: issuer.to_owned(),
        authorization_endpoint: at("/authorize"),
        token_endpoint: at("/token"),
        introspection_endpoint: at("/introspect"),
        revocation_endpoint: at("/revoke"),
        userinfo_endpoint: at("/userinfo"),
        jwks_uri: at("/.well-known/jwks.json"),
        registration_endpoint: register::endpoint(app),
        end_session_endpoint: at("/logout"),
        scopes_supported: registry
            .scopes
            .iter()
            // Of no use to an app that is not an administrator's own.
            .filter(|scope| !scope.name.starts_with(RESERVED_PREFIX))
            .map(|scope| scope.name.clone())
            .collect(),
        requests: requests(app),
        grant_types_supported: REGISTRABLE_GRANTS.iter().map(ToString::to_string).collect(),
        acr_values_supported: Acr::ALL.map(Acr::as_str),
        subject_types_supported: ["public", "pairwise"],
        id_token_signing_alg_values_supported: algs.clone(),
        userinfo_signing_alg_values_supported: algs.clone(),
        token_endpoint_auth_methods_supported: methods,
        token_endpoint_auth_signing_alg_values_supported: assertion_algs,
        // RFC 7662 §2.1: nobody asks without proof.
        introspection_endpoint_auth_methods_supported: methods
            .into_iter()
            .filter(is_proof)
            .collect(),
        introspection_endpoint_auth_signing_alg_values_supported: assertion_algs,
        introspection_signing_alg_values_supported: algs,
        revocation_endpoint_auth_methods_supported: methods,
        revocation_endpoint_auth_signing_alg_values_supported: assertion_algs,
        claims_supported: ID_TOKEN_CLAIMS
            .into_iter()
            .chain(claims::all().map(|(name, _)| name))
            .collect(),
        claims_parameter_supported: true,
    }
}

fn requests(app: &App) -> Requests {
    if app.config.sign_up.is_open() {
        return Requests {
            prompt_values_supported: PROMPTS_WITH_CREATE,
            ..REQUESTS
        };
    }
    REQUESTS
}
