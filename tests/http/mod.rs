//! Black box: the real server in-process, asked over real HTTP. Each test names the rule of `docs/security.md` that it shows.

pub(crate) mod support;

mod access_tokens;
mod asked_anew;
mod attacks;
mod authorize;
mod claims;
mod client_assertion;
mod client_keys;
mod consent;
mod cookies;
mod cors;
mod crash;
mod discovery;
mod ends;
mod first_turn;
mod key_rotation;
mod log_secrets;
mod login;
mod nodes;
mod pages;
mod pairwise;
mod real_clients;
mod redirect_uris;
mod secret_key;
mod setup;
mod throttle;
mod token_authorization_code;
mod token_client_credentials;
mod token_endpoint;
mod token_password;
mod token_refresh;
mod upkeep;
mod userinfo;
