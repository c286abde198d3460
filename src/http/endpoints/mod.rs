//! What programs call; the names are those of `oauth`.

pub(super) mod authorize;
pub(super) mod health;
pub(super) mod token;
pub(super) mod userinfo;
pub(super) mod well_known;
