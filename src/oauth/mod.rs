//! What the specifications demand of an authorization server. No HTTP framework and no SQL in here.

mod about_token;
pub mod access_token;
pub mod authorize;
pub mod backchannel_logout;
pub mod claims;
pub mod client_auth;
pub mod client_keys;
pub mod client_logo;
pub mod discovery;
pub mod end_session;
pub mod error;
pub mod frontchannel_logout;
mod id_token_hint;
pub mod introspect;
pub mod params;
pub mod pkce;
pub mod redirect_uri;
pub mod register;
pub mod revoke;
pub mod roles;
pub mod subject;
pub mod target;
pub mod tester;
pub mod token;
pub mod userinfo;
