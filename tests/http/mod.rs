//! Black box: the real server in-process, asked over real HTTP. Each test names the rule of `docs/security.md` that it shows.

pub mod support;

mod access_tokens;
mod authorize;
mod consent;
mod cookies;
mod cors;
mod discovery;
mod first_turn;
mod login;
mod pages;
mod redirect_uris;
mod setup;
mod throttle;
mod token_authorization_code;
mod token_client_credentials;
mod token_endpoint;
mod token_password;
mod token_refresh;
