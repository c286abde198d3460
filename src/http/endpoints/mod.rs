//! What programs call; the names are those of `oauth`.

pub(super) mod authorize;
mod form_request;
pub(super) mod end_session;
pub(super) mod health;
pub(super) mod introspect;
pub(super) mod revoke;
pub(super) mod token;
pub(super) mod userinfo;
pub(super) mod well_known;
