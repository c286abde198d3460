//! What programs call; the names are those of `oauth`.

pub(super) mod authorize;
pub(super) mod client_logo;
pub(super) mod end_session;
mod form_request;
pub(super) mod health;
pub(super) mod introspect;
pub(super) mod register;
pub(super) mod revoke;
pub(super) mod token;
pub(super) mod userinfo;
pub(super) mod well_known;
